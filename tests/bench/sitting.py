"""A review of made advice: what it costs to propose all of it in order, and what each key costs then.

`python -m tests.bench.sitting STATEMENTS` proposes for all of them: what is measured runs in a process of its own.
"""

import shutil
import sys
import time
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from commonground.desk import Desk
from commonground.dialogue import Sitting
from commonground.model import Content, Point, Source, Span
from commonground.proposing import Proposal, neighbours, propose
from commonground.similarity import Statement, TfidfEncoder
from tests.bench.made import load, statements, thesaurus
from tests.bench.processes import Seconds
from tests.casefile import CASES

WORDS = 4  # of a lead
FIRST = 100  # the number of the first made article: the guide that they come to has some already


def pressed(count: int, rounds: int, project: Path) -> Seconds:
    """Begin a review of so many made points; return how long it takes from a key to the next screen."""
    write(statements(count), project)
    sitting = Sitting(Desk(project), limit=5)
    shown = next(sitting.agenda().proposals())
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        sitting.answer(shown, "n")
        shown = next(sitting.agenda().proposals())
        seconds.append(time.perf_counter() - start)
    return Seconds(tuple(seconds))


def write(made: Iterable[Statement], project: Path) -> None:
    """Add articles of made advice to the guide about moving house."""
    shutil.copytree(CASES / "moving", project, dirs_exist_ok=True)
    for source, points in groupby(made, key=lambda one: one.source):
        mark = FIRST + int(source)
        front = f"---\ntitle: Article {mark}\nmark: {mark}\npublished: 2024-01-01\nlanguage: en\n---\n\nMany points.\n"
        parts = [front, *(_section(heading, below) for heading, below in groupby(points, key=lambda one: one.context))]
        (project / "docs" / "sources" / f"article-{mark}.md").write_text("\n".join(parts), encoding="utf-8")


def _section(heading: str, points: Iterable[Statement]) -> str:
    return "\n".join([f"## {heading.capitalize()}\n", *map(_bullet, points), ""])


def _bullet(one: Statement) -> str:
    words = one.text.split()
    lead, body = (" ".join(part).capitalize() for part in (words[:WORDS], words[WORDS:]))
    return f'- **{lead}.** {body}.\n  {{ #{one.id} topic="boxes" scope="before" }}'


def proposed(made: Iterable[Statement]) -> list[Proposal]:
    """Return what a review would ask about made points, of which none is decided, from the first to the last."""
    sources = tuple(_source(mark, list(points)) for mark, points in groupby(made, key=lambda one: one.source))
    content = Content(sources=sources)
    return propose(content, neighbours(content, TfidfEncoder(thesaurus())))


def _source(mark: str, points: list[Statement]) -> Source:
    span = Span(f"sources/article-{mark}.md")
    return Source(
        slug=mark,
        mark=mark,
        title=mark,
        facts={},
        left_out=(),
        points=tuple(_point(one, span) for one in points),
        body="",
        span=span,
    )


def _point(one: Statement, span: Span) -> Point:
    return Point(
        id=one.id,
        mark=one.source,
        lead=one.text,
        topic="boxes",
        scope="before",
        section=one.context,
        question="",
        span=span,
        attribute_row=0,
    )


if __name__ == "__main__":
    proposed(load(Path(sys.argv[1])))

"""What the tests of `review` share: the guide about moving house, and an engine that compares words."""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from commonground.model import Content
from commonground.pairs import Likeness, Pairs
from commonground.reading import read, read_folder
from commonground.similarity import Statement
from tests.casefile import CASES

MOVING = CASES / "moving"
NOTHING = "groups: []\n"  # no decision at all


class ByWords:
    """An engine for the tests of what is done with its answers: the share of words that two texts have in common."""

    def nearest(self, statements: Sequence[Statement], queries: Collection[int], count: int) -> Pairs:
        bags = [set(re.findall(r"\w+", statement.text.lower())) for statement in statements]
        near = {at: sorted(self.others(bags, at), key=lambda one: (-one[1], one[0]))[:count] for at in queries}
        return pairs(near)

    def others(self, bags: Sequence[set[str]], query: int) -> Iterator[tuple[int, float]]:
        for position, bag in enumerate(bags):
            if position != query:
                yield position, round(len(bag & bags[query]) / len(bag | bags[query]), 6)


def pairs(near: Mapping[int, Sequence[tuple[int, float]]]) -> Pairs:
    """What an engine would say that found these others of each."""
    rows = [(one, *found) for one in sorted(near) for found in near[one]]
    ones, others, scores = zip(*rows, strict=True) if rows else ((), (), ())
    return Pairs(np.array(ones, dtype=np.int64), np.array(others, dtype=np.int64), np.array(scores, dtype=float))


def likeness(near: Mapping[str, Sequence[tuple[str, float]]]) -> Likeness:
    """What is known of statements by name."""
    names = sorted({*near, *(other for found in near.values() for other, _ in found)})
    place = {name: at for at, name in enumerate(names)}
    return Likeness.of(names, pairs({place[one]: [(place[two], score) for two, score in near[one]] for one in near}))


def content_of(project: Path) -> Content:
    content, findings = read(read_folder(project / "docs"))
    assert findings == []
    return content


def merges(project: Path) -> str:
    return (project / "docs" / "merges.yml").read_text(encoding="utf-8")


def write_merges(project: Path, text: str) -> None:
    (project / "docs" / "merges.yml").write_text(text, encoding="utf-8")


def changes(before: str, after: str) -> list[str]:
    """The lines that a change took away and added."""
    return [row for row in difflib.ndiff(before.split("\n"), after.split("\n")) if row[0] in "+-"]

"""What the tests of `review` share: the guide about moving house, and an engine that compares words."""

import difflib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from commonground.model import Content
from commonground.reading import read, read_folder
from commonground.similarity import Statement
from tests.casefile import CASES

MOVING = CASES / "moving"
NOTHING = "groups: []\n"  # no decision at all


class ByWords:
    """An engine for the tests of what is done with its answers: the share of words that two texts have in common."""

    def nearest(
        self, statements: Sequence[Statement], queries: Sequence[int], count: int
    ) -> list[list[tuple[int, float]]]:
        bags = [set(re.findall(r"\w+", statement.text.lower())) for statement in statements]
        return [sorted(self.others(bags, query), key=lambda one: (-one[1], one[0]))[:count] for query in queries]

    def others(self, bags: Sequence[set[str]], query: int) -> Iterator[tuple[int, float]]:
        for position, bag in enumerate(bags):
            if position != query:
                yield position, round(len(bag & bags[query]) / len(bag | bags[query]), 6)


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

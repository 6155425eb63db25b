"""The values that pass between the steps of an import: lines, elements, and the article they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

BROKEN = "broken"  # the role of a line that a page breaks off within a paragraph


@dataclass(frozen=True)
class Line:
    """One line of the article as it came, or one block of a page that has no lines.

    `number` counts from 1. `role` says what a page with markup calls it (`heading-2`, `item-1`, `paragraph`,
    `question`), or nothing; `dropped` why it is no part of the article, where that is known from the markup alone.
    """

    number: int
    text: str
    role: str = ""
    dropped: str = ""


@dataclass(frozen=True)
class Element:
    """A piece of the article. `kind` is `title`, `heading`, `paragraph`, `item`, `question`, `answer` or `verse`.

    `lines` are the numbers of the lines it was read from and `level` how deep a heading or an item stands; `style`
    names how a heading was marked (`heading-2`, `numbered`, `bare`), and `label` what its mark was (`1.`, `Q.`).
    """

    kind: str
    text: str
    lines: tuple[int, ...]
    level: int = 0
    style: str = ""
    label: str = ""


@dataclass(frozen=True, order=True)
class Dropped:
    """A line that is no part of the article, and why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class Question:
    """A question of the article and its answer as one text."""

    line: int
    question: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Article:
    """A clean article: its elements in order, and every line that is not among them.

    `unit` is what `line` counts: lines, or the blocks of text of a page that has no lines. `facts` are `publisher`,
    `author`, `published`, `url` and `language`, as far as the article itself says them.
    """

    title: str = ""
    unit: str = "line"
    facts: dict[str, str] = field(default_factory=dict)
    elements: tuple[Element, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    @property
    def headings(self) -> Iterator[Element]:
        """The headings of its sections, at level 2 and deeper."""
        return (element for element in self.elements if element.kind == "heading")

    @property
    def questions(self) -> Iterator[Question]:
        """Its questions, each with everything that answers it."""
        asked: Element | None = None
        answer: list[str] = []
        for element in (*self.elements, Element("end", "", ())):
            if asked and element.kind == "answer":
                answer.append(element.text)
            elif asked:
                yield Question(asked.lines[0], asked.text, " ".join(answer))
                asked, answer = None, []
            if element.kind == "question":
                asked = element


class Refusal(Exception):
    """A file that cannot become a draft. The message is one line that says why and what to do instead."""

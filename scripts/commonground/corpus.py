"""All that a reader sees as one text, one stretch a line, made for looking up many words at little cost."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, takewhile

from .diagnostics import Diagnostic, Fix, Severity
from .visible import Stretch
from .yamltext import KeyPath

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
NOT_MENDED = {"heading", "title", "source-title", "quote", "alias"}
NEAR = 400  # signs; the longest sentence that may stand has about 150
_EDGE = re.compile(r"[.?!][\"”’)]*\s+|\n")  # a stretch ends a sentence


class Corpus:
    """Stretches joined by line breaks, each with blanks for its own; a position in `text` has its place in a file."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        """Join the stretches in their order."""
        self.stretches = stretches
        self.text = "\n".join(stretch.text.replace("\n", " ") for stretch in stretches)
        self.starts = [0, *accumulate(len(stretch.text) + 1 for stretch in stretches)]

    @cached_property
    def lower(self) -> str:
        """The text without capitals, sign by sign: a few letters would become two."""
        lower = self.text.lower()
        return lower if len(lower) == len(self.text) else "".join(sign.lower()[0] for sign in self.text)

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """Where each word begins, without capitals, with straight apostrophes; `they` where it says `they're`, too."""
        index: dict[str, list[int]] = {}
        for match in WORD.finditer(self.lower.replace("’", "'")):
            index.setdefault(match[0], []).append(match.start())
        for word in [word for word in index if "'" in word]:
            index.setdefault(word.partition("'")[0], []).extend(index[word])
        return index

    def stretch(self, position: int) -> int:
        """Return the number of the stretch that holds a position."""
        return bisect_right(self.starts, position) - 1

    def stretch_at(self, position: int) -> Stretch:
        """Return the stretch that holds a position."""
        return self.stretches[self.stretch(position)]

    def line(self, position: int) -> tuple[int, int]:
        """Return the two ends of the stretch around a position."""
        number = self.stretch(position)
        return self.starts[number], self.starts[number + 1] - 1

    @cached_property
    def counts(self) -> list[int]:
        """How many words each stretch has. Figures count, and a sign that stands alone counts too."""
        return [len(stretch.text.split()) for stretch in self.stretches]

    @cached_property
    def _units(self) -> dict[KeyPath, list[Stretch]]:
        units: dict[KeyPath, list[Stretch]] = {}
        for stretch in self.stretches:
            units.setdefault(stretch.unit, []).append(stretch)
        return units

    def _together(self, stretch: Stretch) -> list[Stretch]:
        return self._units[stretch.unit] if stretch.unit else [stretch]

    def breath(self, stretch: Stretch) -> str:
        """Return all that is read in one breath with a stretch, a line each."""
        return "\n".join(one.text.replace("\n", " ") for one in self._together(stretch))

    def beside(self, position: int) -> str:
        """Return the sentence before that around a position, or after it where that is the first of its breath."""
        number = self.stretch(position)
        stretch = self.stretches[number]
        before = takewhile(lambda one: one is not stretch, self._together(stretch))
        at = position - self.starts[number] + sum(len(one.text) + 1 for one in before)
        breath = self.breath(stretch)
        edges = [0, *(edge.end() for edge in _EDGE.finditer(breath)), len(breath), len(breath)]
        own = bisect_right(edges, at, hi=len(edges) - 2) - 1
        return breath[edges[own - 1] : edges[own]] if own else breath[edges[1] : edges[2]]

    def sentence(self, position: int) -> str:
        """Return the sentence around a position; of one that goes on and on, what is near."""
        start, end = self.line(position)
        start, end = max(start, position - NEAR), min(end, position + NEAR)
        edges = [edge.end() for edge in _EDGE.finditer(self.text, start, end)]
        before = [edge for edge in edges if edge <= position]
        return self.text[before[-1] if before else start : edges[len(before)] if len(before) < len(edges) else end]

    def is_quoted(self, position: int) -> bool:
        """Whether quotation marks stand around a position."""
        before = self.text[self.line(position)[0] : position]
        return before.count('"') % 2 == 1 or before.count("“") > before.count("”")

    def is_name(self, position: int) -> bool:
        """Whether the word there has a capital though it begins no sentence."""
        before = self.text[self.line(position)[0] : position].rstrip()
        return self.text[position].isupper() and before[-1:].isalnum() | before.endswith((",", ";", "-"))

    def _is_ours(self, position: int) -> bool:
        """Whether the words there are the guide's own, as written, and no link leads to them by their letters."""
        stretch = self.stretch_at(position)
        return stretch.as_written and not stretch.contexts & NOT_MENDED and not self.is_quoted(position)

    def finding(  # noqa: PLR0913  # what a finding is made of
        self, start: int, end: int, code: str, message: str, *, hint: str, severity: Severity, fix: str = ""
    ) -> Diagnostic:
        """Return a finding about the text between two positions; `fix` may stand there instead, where that is safe."""
        number = self.stretch(start)
        stretch, offset = self.stretches[number], self.starts[number]
        found = stretch.text[start - offset : end - offset]
        place = stretch.place(start - offset)
        length = len(found.split("\n", maxsplit=1)[0])
        safe = fix and "\n" not in found and self._is_ours(start) and not (self.is_name(start) or _is_shouted(found))
        mended = Fix(found, _as_big(fix, found)) if safe else None
        return Diagnostic(place.path, place.line, place.column, code, message, hint, severity, length, mended)


def _is_shouted(words: str) -> bool:
    return words.isupper() and len(WORD.findall(words)[0]) > 1


def _as_big(new: str, old: str) -> str:
    """Return the new words with a capital where the old ones had one."""
    return new[0].upper() + new[1:] if old[0].isupper() else new

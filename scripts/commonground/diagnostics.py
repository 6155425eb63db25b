"""What is wrong with the content, where, and how to mend it; and the ways to show that."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from itertools import takewhile

from .model import Span


class Severity(StrEnum):
    """An error stops the build; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Fix:
    """A change that keeps the meaning: at the finding's place stands `old`, and `new` may take its place."""

    old: str
    new: str


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One finding. The message stands alone; `hint` says what was expected or how to mend it.

    `length` is how many signs of the line it is about, where that is known, and `fix` what `check --fix` may do.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    length: int = field(default=1, compare=False)
    fix: Fix | None = field(default=None, compare=False)

    @classmethod
    def at(cls, span: Span, code: str, message: str, hint: str = "", severity: Severity = Severity.ERROR) -> Diagnostic:
        """A finding at a place in a content file."""
        return cls(span.path, span.line, span.column, code, message, hint, severity)

    def below(self, folder: str) -> Diagnostic:
        """Return the same finding with its path seen from above the folder it was found in."""
        return replace(self, path=f"{folder}/{self.path}")


class Fault(Exception):
    """A fault that makes the rest of a file unreadable."""

    def __init__(self, span: Span, code: str, message: str, hint: str = "") -> None:
        """Take what `Diagnostic.at` takes."""
        super().__init__(message)
        self.diagnostic = Diagnostic.at(span, code, message, hint)


def counted(count: int, word: str) -> str:
    """Say how many: `1 line`, `2 lines`, `2 addresses`."""
    return f"{count} {word if count == 1 else word + ('es' if word.endswith('s') else 's')}"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest valid name, or the valid names where they are few."""
    from difflib import get_close_matches

    names = sorted(set(known))
    for wanted in dict.fromkeys((name, name.strip().casefold().replace(" ", "-"))):
        for other in get_close_matches(wanted, names, n=5, cutoff=WORTH_A_LOOK):
            if _is_near(wanted, other):
                return f'Did you mean "{other}"?'
    if 0 < len(names) <= FEW_NAMES:
        return f"Expected one of: {', '.join(names)}."
    return ""


FEW_NAMES = 20
WORTH_A_LOOK, NEAR = 0.5, 0.75  # of difflib's likeness: what is less near is another word
_NUMBERED = re.compile(r"#?[a-z]+\d*-?\d+")


def _is_near(name: str, other: str) -> bool:
    """Whether one name may be a slip for the other. Of paths only the last parts count, and m45 is no slip for m85."""
    from difflib import SequenceMatcher

    one, two = (path.rstrip("/").rpartition("/")[2] for path in (name, other))
    if _NUMBERED.fullmatch(one):
        return one == two
    ahead, behind = _shared(one, two), _shared(one[::-1], two[::-1])
    is_one_edit = max(len(one), len(two)) - ahead - behind <= 1
    is_cut_short = two.startswith(one)
    is_shuffled = sorted(one) == sorted(two)
    return is_one_edit or is_cut_short or is_shuffled or SequenceMatcher(None, one, two).ratio() >= NEAR


def _shared(one: str, two: str) -> int:
    """How many signs two names have in common at their start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any finding stops the build."""
    return any(finding.severity is Severity.ERROR for finding in diagnostics)


_WORD = re.compile(r"[\w-]*\w")
EXCERPT = 100  # signs of a line that are shown around what is wrong in it


def as_text(finding: Diagnostic, row: str = "") -> str:
    """Return `path:line:column: code message`, then the line with what is wrong underlined, then the hint."""
    warning = "warning: " if finding.severity is Severity.WARNING else ""
    place = f"{finding.path}:{finding.line}:{finding.column}"
    shown = [f"{place}: {warning}{finding.code} {finding.message}"]
    if _WORD.search(row):
        margin = " " * len(str(finding.line))
        excerpt, marks = underlined(row, finding.column, finding.length)
        shown += [f"  {finding.line} | {excerpt}", f"  {margin} | {marks}"]
    if finding.hint:
        shown.append(f"    {finding.hint}")
    return "\n".join(shown)


def underlined(row: str, column: int, length: int) -> tuple[str, str]:
    """Return a stretch of the row and the line that underlines `length` signs of it, or a word, from `column`.

    Signs that would hide, move or colour what a terminal shows are replaced: the row may be anybody's.
    """
    at = min(column - 1, len(row))
    word = _WORD.match(row, at)
    end = max(at + 1, min(at + length, len(row)), word.end() if word else 0)
    start = 0 if end <= EXCERPT else max(0, min(at - EXCERPT // 4, len(row) - EXCERPT))
    stop = start + EXCERPT
    visible = "".join(sign if sign.isprintable() else " " if sign == "\t" else "\ufffd" for sign in row)
    before, after = "…" * bool(start), "…" * (len(row) > stop)
    marks = " " * (len(before) + at - start) + "^" * (min(end, stop) - at)
    return f"{before}{visible[start:stop]}{after}".rstrip(), marks


def as_github(finding: Diagnostic) -> str:
    """Return a GitHub workflow command that marks the line in a pull request."""

    def escaped(text: str, also: str = "") -> str:
        for character in "%\r\n" + also:
            text = text.replace(character, f"%{ord(character):02X}")
        return text

    place = f"file={escaped(finding.path, ',:')},line={finding.line},col={finding.column}"
    place += f",endColumn={finding.column + finding.length}" if finding.length > 1 else ""
    message = " ".join(filter(None, [finding.message, finding.hint]))
    return f"::{finding.severity} {place},title={finding.code}::{escaped(message)}"


def as_json(findings: Iterable[Diagnostic]) -> str:
    """Return all findings as a JSON array of objects."""
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2)

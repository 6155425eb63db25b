"""Which signs can be printed: those that every face of the shipped font has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .diagnostics import Diagnostic, Severity
from .model import Span

TABLE = Path(__file__).parent / "typesetting" / "fonts" / "signs.txt"  # ranges in hexadecimal; a test keeps it true
PRINTED = re.compile(r"(?:guide|stages|checklists)/[^/]+\.md|(?:index\.md|(?:merges|tensions|guide|help)\.yml)")


@cache
def _unprintable() -> re.Pattern[str]:
    ranges = [line.split("-") for line in TABLE.read_text(encoding="ascii").split()]
    inside = "".join(rf"\U{first:0>8}-\U{last:0>8}" for first, last in ranges)
    return re.compile(rf"[^\n\t{inside}]")


def printable(text: str) -> str:
    """Return the text with a question mark for every sign that cannot be printed."""
    return text if text.isascii() else _unprintable().sub("?", text)


def unprintable(path: str, text: str) -> Iterator[Diagnostic]:
    """Find each sign of a file that goes on paper and that the font lacks, once, where it first stands."""
    if not PRINTED.fullmatch(path) or text.isascii():
        return
    found: set[str] = set()
    for match in _unprintable().finditer(text):
        sign = match[0]
        if sign not in found:
            found.add(sign)
            start = text.rfind("\n", 0, match.start()) + 1
            span = Span(path, text.count("\n", 0, match.start()) + 1, match.start() - start + 1)
            message = f'The printed font has no "{sign}" (U+{ord(sign):04X}): it prints as a question mark.'
            hint = "Write it in words, or use a more common sign."
            yield Diagnostic.at(span, "unprintable-sign", message, hint, Severity.WARNING)

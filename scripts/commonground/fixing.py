"""Safe changes that findings offer, made in a text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from .diagnostics import Diagnostic


def fixed(text: str, findings: Iterable[Diagnostic]) -> tuple[str, int]:
    """Return the text of a file with what its findings offer, and how many of them could be done.

    A fix whose place holds something else than it says, or that overlaps one before it, is left for the next round.
    """
    starts = [0, *accumulate(len(row) + 1 for row in text.split("\n"))]
    pieces: list[str] = []
    position = count = 0
    for finding in sorted(findings):
        if finding.fix is None or finding.line >= len(starts):
            continue
        start = starts[finding.line - 1] + finding.column - 1
        if start >= position and text.startswith(finding.fix.old, start):
            pieces += [text[position:start], finding.fix.new]
            position = start + len(finding.fix.old)
            count += 1
    return "".join([*pieces, text[position:]]), count

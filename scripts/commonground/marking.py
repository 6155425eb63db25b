"""Untrusted text for a comment on GitHub or for a terminal: shown as it is, and never obeyed."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

SHORT, LONG = 200, 1_200  # signs of a text in a line, and of one that is folded away
WIDTH = 100


def shown(text: str, limit: int = LONG) -> str:
    """Return the text on its lines, with the signs that no one sees named, and cut where it is too long."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    seen = "\n".join("".join(map(_visible, line)) for line in lines if line)
    return seen if len(seen) <= limit else seen[: limit - 1].rstrip() + "…"


def _visible(sign: str) -> str:
    """The sign, or its number: what turns the direction of a text, or hides, must not do so in a report."""
    return sign if unicodedata.category(sign)[0] != "C" else f"U+{ord(sign):04X}"


def code(text: str) -> str:
    """Return the text as a code span on one line: nothing in it is a mention, a link, an element or a cell's end."""
    line = " ".join(shown(text, SHORT).split()).replace("|", "¦")
    ticks = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    room = " " if line.startswith("`") or line.endswith("`") or not line else ""
    return f"{ticks}{room}{line}{room}{ticks}"


def difference(before: str, after: str) -> str:
    """Return two texts, line by line, as a fenced block, which no text in it can end."""
    rows = list(compared(before, after))
    fence = "`" * max(3, *(len(run) + 1 for run in ["", *re.findall("`+", "\n".join(rows))]))
    return "\n".join([f"{fence}diff", *rows, fence])


def compared(before: str, after: str) -> Iterator[str]:
    """The lines of two texts: `-` before those that were, `+` before those that are, a space before those that stay."""
    old, new = shown(before).splitlines(), shown(after).splitlines()
    for _, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        stays = old[start:end] == new[begin:stop]
        yield from (row for line in old[start:end] for row in _rows(" " if stays else "-", line))
        yield from (row for line in new[begin:stop] if not stays for row in _rows("+", line))


def _rows(sign: str, line: str) -> list[str]:
    """A line in rows of a bearable width, each with the sign."""
    return [f"{sign} {row}" for row in textwrap.wrap(line, WIDTH)]

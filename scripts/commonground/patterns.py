"""Long patterns written as data: one alternative to a line."""

from __future__ import annotations

import re


def any_of(alternatives: str) -> str:
    """Return a pattern that matches any of the alternatives: one or several to a line, parted by |, as data reads best.

    Lines that start with # say what the next ones are for.
    """
    lines = (line.strip() for line in alternatives.splitlines())
    return f"(?:{'|'.join(line for line in lines if line and not line.startswith('#'))})"


_END = 12  # characters: a full stop, quotation marks and brackets
_CLOSED = re.compile(r"[.!?…:;]['\"”’)\]]*$")
_SENTENCE_END = re.compile(r"[.;,…]['\"”’)]*$")


def is_closed(text: str) -> bool:
    """Whether the text ends with a sign that ends a sentence or a part of one."""
    return _CLOSED.search(text[-_END:]) is not None


def ends_sentence(text: str) -> bool:
    """Whether the text ends as sentences do and headings do not; those may ask and exclaim."""
    return _SENTENCE_END.search(text[-_END:]) is not None


def is_label(text: str) -> bool:
    """Whether the text ends as labels do and sentences do not."""
    return not (is_closed(text) or ends_sentence(text))

"""Long patterns written as data: one alternative to a line."""

from __future__ import annotations


def any_of(alternatives: str) -> str:
    """Return a pattern that matches any of the alternatives: one or several to a line, parted by |, as data reads best.

    Lines that start with # say what the next ones are for.
    """
    lines = (line.strip() for line in alternatives.splitlines())
    return f"(?:{'|'.join(line for line in lines if line and not line.startswith('#'))})"

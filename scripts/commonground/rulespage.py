"""The lists of all rules, for the page with the marker `rules`."""

from __future__ import annotations

from collections.abc import Iterable

from .blocks import box, joined
from .ruling import Explanation, Rulebook

BREAK = "  \n  "  # a new line in the same item


def rules(rulebook: Rulebook) -> str:
    """Return every rule, those about words first, as list items that their codes name: why, and both examples."""
    words, others = _section("About words", rulebook.words), _section("About pages, links and names", rulebook.others)
    return joined(words, others)


def _section(title: str, explanations: Iterable[Explanation]) -> str:
    items = "\n".join(map(_item, sorted(explanations)))
    return joined(f"## {title}", box("rules", items)) if items else ""


def _item(one: Explanation) -> str:
    return f"- **`{one.code}`**{BREAK}{one.why}{BREAK}*Bad:* {one.bad}{BREAK}*Good:* {one.good}\n  {{ #{one.code} }}"

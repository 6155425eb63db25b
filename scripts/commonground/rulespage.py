"""The list of all rules, for the page with the marker `rules`."""

from __future__ import annotations

from collections.abc import Iterable

from .ruling import Explanation

BREAK = "  \n  "  # a new line in the same item


def rules(explanations: Iterable[Explanation]) -> str:
    """Return every rule as a list item that its code names: why it is one, and both examples."""
    return "\n".join(
        f"- **`{one.code}`**{BREAK}{one.why}{BREAK}*Bad:* {one.bad}{BREAK}*Good:* {one.good}\n  {{ #{one.code} }}"
        for one in explanations
    )

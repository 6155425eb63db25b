"""Words and what their forms have in common."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
# One ending of an English word, the longest that leaves three letters, is taken off: packed, packing, packs, pack.
ENDINGS = {
    "ation", "ations", "ition", "itions", "ement", "ements", "ment", "ments", "ness", "nesses", "ingly", "edly",
    "ities", "ity", "ily", "ally", "ion", "ions", "ing", "ings", "ive", "ful", "able", "ible", "ies", "ied", "er",
    "ers", "ly", "ed", "es", "al", "s", "e", "y",
}  # fmt: skip
LONGEST = max(map(len, ENDINGS))
LEFT = 3
DOUBLED = "bdglmnprt"  # planned, planning, plan


def words(text: str) -> list[str]:
    """Return the words of a text in order, without case and endings."""
    return [stem(word) for word in spoken(text)]


def spoken(text: str) -> list[str]:
    """Return the words of a text in order, without case, as they stand."""
    return WORD.findall(text.casefold().replace("’", "'"))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return what the forms of a word have in common, near enough; it need not be a word."""
    root = word.partition("'")[0]
    for start in range(max(LEFT, len(root) - LONGEST), len(root)):
        if root[start:] in ENDINGS and root[start - 1 :] != "ss":
            root = root[:start]
            break
    return root[:-1] if len(root) > LEFT and root[-1] == root[-2] and root[-1] in DOUBLED else root

"""Words and what their forms have in common."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
# One ending of an English word, taken off where three letters stay: packed, packing, packs, pack.
ENDING = re.compile(
    r"(?<=...)(?:ations?|itions?|ements?|ments?|ness(?:es)?|ingly|edly|ities|ity|ily|ally|ions?|ings?|ive|ful|able|"
    r"ible|ies|ied|ers?|ly|ed|es|al|(?<!s)s|e|y)$"
)
DOUBLED = re.compile(r"(?<=..)([bdglmnprt])\1$")  # planned, planning, plan


def words(text: str) -> list[str]:
    """Return the words of a text in order, without case and endings."""
    return [stem(word) for word in spoken(text)]


def spoken(text: str) -> list[str]:
    """Return the words of a text in order, without case, as they stand."""
    return WORD.findall(text.casefold().replace("’", "'"))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return what the forms of a word have in common, near enough; it need not be a word."""
    return DOUBLED.sub(r"\1", ENDING.sub("", word.partition("'")[0]))

"""How hard a text is to read: the grade of Flesch and Kincaid, with syllables told by the letters alone.

The usual library looks words up in a dictionary that takes a second to load; on pages of plain English the two differ
by less than a grade, and by a fifth of one on average. `tests/test_plainness.py` compares them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from .corpus import WORD

_VOWELS = re.compile(r"[aeiouy]+(?=ing$)|[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouyscxzg]es|(?<=[^aeiouy])(?:[lr]es))$")


def grade(sentences: Sequence[str]) -> float:
    """Return how many years at school it takes to read the sentences easily, by Flesch and Kincaid."""
    words = WORD.findall(" ".join(sentences).lower())
    if not words:
        return 0.0
    counts = Counter(words)
    spoken = sum(syllables(word) * count for word, count in counts.items())
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59


@cache
def syllables(word: str) -> int:
    """Return how many syllables an English word in small letters has, by its vowels."""
    return max(1, len(_VOWELS.findall(_SILENT.sub("x", word))))

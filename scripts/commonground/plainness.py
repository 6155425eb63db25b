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
    words, spoken = _averages(sentences)
    return 0.39 * words + 11.8 * spoken - 15.59 if words else 0.0


def ease(sentences: Sequence[str]) -> float:
    """Return how easy the sentences are to read, by Flesch: 100 is very easy, 0 very hard."""
    words, spoken = _averages(sentences)
    return 206.835 - 1.015 * words - 84.6 * spoken if words else 100.0


def _averages(sentences: Sequence[str]) -> tuple[float, float]:
    """Return how many words a sentence has, and how many syllables a word."""
    words = WORD.findall(" ".join(sentences).lower())
    if not words:
        return 0.0, 0.0
    spoken = sum(syllables(word) * count for word, count in Counter(words).items())
    return len(words) / len(sentences), spoken / len(words)


@cache
def syllables(word: str) -> int:
    """Return how many syllables an English word in small letters has, by its vowels."""
    return max(1, len(_VOWELS.findall(_SILENT.sub("x", word))))

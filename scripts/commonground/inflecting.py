"""The regular forms of an English word: boundary, boundaries; plan, planned, planning; apologise, apologizes.

It makes forms that nobody uses as well: they do no harm where forms are only looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

SHORTEST = 3  # letters that stay where an ending is taken off
_VOWEL = re.compile(r"[aeiouy]")
_OTHER_SPELLING = {"ise": "ize", "ize": "ise", "yse": "yze", "yze": "yse"}
_HISSING = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"(?<=[^aeiou])y$")
_SINGLE = re.compile(r"[^aeiou][aeiou]([bdfgklmnprt])$")  # which doubles in British spelling: travelled
_DOUBLE = re.compile(r"([bdfgklmnprt])\1$")


@cache
def forms(word: str) -> frozenset[str]:
    """Return the word in lower case and its other regular forms, with -ise and -ize alike."""
    bases = set(_bases(word))
    bases |= {base[:-3] + _OTHER_SPELLING[base[-3:]] for base in bases if base[-3:] in _OTHER_SPELLING}
    return frozenset(form for base in bases for form in _inflected(base))


def _bases(word: str) -> Iterator[str]:
    """What the word may be a form of; itself first."""
    yield word
    if word.endswith("ies"):
        yield from _long_enough(word[:-3] + "y", word[:-1])
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield from _long_enough(word[:-1], word[:-2] if _HISSING.search(word[:-2]) else "")
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and _VOWEL.search(root):
            yield from _long_enough(root, root + "e" if len(root) >= SHORTEST else "", _DOUBLE.sub(r"\1", root))
    if word.endswith("ied"):
        yield from _long_enough(word[:-3] + "y")


def _long_enough(*words: str) -> Iterator[str]:
    return (word for word in words if len(word) >= SHORTEST)


def _inflected(base: str) -> Iterator[str]:
    yield base
    if len(base) == 1:
        return
    short = _CONSONANT_Y.sub("i", base)
    yield short + ("es" if short != base or _HISSING.search(base) else "s")
    yield base + "d" if base.endswith("e") else short + "ed"
    if base.endswith("ie"):
        yield base[:-2] + "ying"
    else:
        yield (base[:-1] if base.endswith("e") and not base.endswith("ee") else base) + "ing"
    if _SINGLE.search(base):
        yield base + base[-1] + "ed"
        yield base + base[-1] + "ing"

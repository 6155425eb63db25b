"""Which language a text is in, by its commonest words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

# The languages that articles of a first European and American guide may be in, as justext names its lists.
LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "sv": "Swedish",
    "da": "Danish",
    "nb": "Norwegian_Bokmal",
    "fi": "Finnish",
    "pl": "Polish",
    "cs": "Czech",
    "ru": "Russian",
    "uk": "Ukrainian",
    "tr": "Turkish",
    "el": "Greek",
    "hu": "Hungarian",
    "ro": "Romanian",
}
LEAST_SHARE = 0.3  # of the words of running text are among a language's commonest; English articles have 0.45 and more
LEAST_LEAD = 1.15  # over the next language; near relatives share many short words
MOST_COMMON = 150  # of each list: lists differ in length, and longer ones would win


_FUNCTION_WORDS = """
a about after again all also am an and any are as at be because been before being both but by can could did do does
doing down each even few for from had has have having he her here hers him his how i if in into is it its just may me
might more most must my no nor not now of off on once one only or other our out over own same she should so some such
than that the their them then there these they this those through to too under until up us very was we were what when
where which while who whom why will with would you your yours
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())  # English words that hold a sentence together and tell nothing


@cache
def months() -> dict[str, int]:
    """The names of the months, whole and shortened, in all these languages; each with its number."""
    from babel.dates import get_month_names

    found: dict[str, int] = {}
    for code in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = get_month_names(width, context, code)
                found |= {name.casefold().rstrip("."): number for number, name in names.items()}
    return found | {"sept": 9}


@cache
def _commonest() -> dict[str, frozenset[str]]:
    from justext.utils import get_stoplist

    return {code: frozenset(get_stoplist(name)) for code, name in LANGUAGES.items()}


def language_of(texts: Iterable[str]) -> str:
    """Return the tag of the language that the texts are in, such as `en`; empty where no language is clearly ahead."""
    words = [word.lower() for text in texts for word in re.findall(r"[^\W\d_]+", text)]
    if not words:
        return ""
    shares = sorted(
        ((sum(word in common for word in words) / len(words), code) for code, common in _commonest().items()),
        reverse=True,
    )
    (first, code), (second, _) = shares[:2]
    return code if first >= LEAST_SHARE and first >= second * LEAST_LEAD else ""

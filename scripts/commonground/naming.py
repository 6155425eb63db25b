"""Names that are free: the file name that a title makes, and the next number of an article or an id."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

LONGEST = 60  # signs of a name, as the schema has it
_MARK = re.compile(r"^mark: *['\"]?(\d{1,6})\b", re.MULTILINE)
_LETTERS = ("", *"bcdefghijklmnopqrstuvwxyz")


def name_of(title: str, longest: int = LONGEST) -> str:
    """Return a title as a name: lower-case letters and figures with single hyphens, cut between two words.

    It is empty where the title has no letter that an address can hold.
    """
    letters = unicodedata.normalize("NFKD", title.replace("’", "'")).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", letters.replace("'", ""))
    name = "-".join(words)[: longest + 1]
    return name[:longest].rstrip("-") if len(name) <= longest else name.rpartition("-")[0] or name[:longest]


def marks(texts: Iterable[str]) -> list[str]:
    """The numbers of articles that stand in the front matter of these texts."""
    return [mark for text in texts for mark in _MARK.findall(text)]


def last_mark(taken: Iterable[str]) -> int:
    """The highest of the marks that are numbers; 0 where none is."""
    return max((int(mark) for mark in taken if mark.isdecimal()), default=0)


def prefix_of(mark: int, texts: Collection[str]) -> str:
    """What the ids of an article's bullets start with: a6, or a6b where a6-1 stands in a text already."""
    names = (f"a{mark}{letter}" for letter in _LETTERS)
    return next(name for name in names if not any(re.search(rf"(?<![\w-]){name}-\d", text) for text in texts))


def next_id(prefix: str, texts: Iterable[str]) -> str:
    """The first id beyond those with this prefix, such as g-, that stand in the texts: no id is used twice."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(prefix)}(\d{{1,6}})(?![\w-])")
    numbers = [int(number) for text in texts for number in pattern.findall(text)]
    return f"{prefix}{max(numbers, default=0) + 1:02d}"


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or with the first number behind it that makes it free: q-how, q-how-2."""
    if name not in taken:
        return name
    return next(one for one in (f"{name}-{number}" for number in range(2, len(taken) + 3)) if one not in taken)

"""What speaks against two texts being the same advice: that one may say the opposite of the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .languages import FUNCTION_WORDS
from .stemming import spoken, stem

NOT = frozenset({"not", "never", "no", "nor", "cannot", "without", "avoid", "stop"})
# Written without an apostrophe; with one, every word in -n't is heard: don't, mustn't, shan't, needn't, ain't.
UNMARKED = re.compile(
    r"(?:ai|are|ca|could|dare|did|do|does|had|has|have|is|may|might|must|need|ought|sha|should|was|were|wo|would)nt"
)
CLAUSE = re.compile(r"[.,;:!?()]|\b(?:but|instead|because|so that|unless)\b")
REACH = 3  # content words that a negation governs: "do not ever write the labels"
ALWAYS = frozenset({"always", "every", "each"})
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS = {name: str(number) for number, name in enumerate(_NUMBERS, 2)}


def opposite(one: str, other: str) -> str:
    """Return why two texts may say opposite things, in a few words, or nothing. The order of the two does not matter.

    It looks at words alone and knows no meaning: a reason to read twice, not a finding.
    """
    first, second = _claims(one), _claims(other)
    if not first.content & second.content:
        return ""
    if (first.always and second.never) or (second.always and first.never):
        return "one says always, the other never"
    denied = first.denied & second.said - second.denied | second.denied & first.said - first.denied
    if denied:
        return f"only one says not: {', '.join(sorted(min(first.forms[word], second.forms[word]) for word in denied))}"
    if first.numbers and second.numbers and not (first.numbers <= second.numbers or second.numbers <= first.numbers):
        sides = sorted(" and ".join(sorted(side, key=_by_value)) for side in (first.numbers, second.numbers))
        return f"different numbers: {sides[0]}, {sides[1]}"
    return ""


def _by_value(number: str) -> tuple[int, str]:
    return (len(number), number)


class _Claims:
    """What a text says and what it denies, as stems of content words."""

    def __init__(self, text: str) -> None:
        plain = text.casefold().replace("’", "'")
        plain = re.sub(r"\bnot (?:only|just|merely)\b", " ", plain)
        self.forms: dict[str, str] = {}  # the first word of each stem
        self.said: set[str] = set()
        self.denied: set[str] = set()
        every = spoken(plain)
        for clause in CLAUSE.split(plain):
            self._hear(spoken(clause))
        self.content = self.said | self.denied
        self.always = not ALWAYS.isdisjoint(every)
        self.never = "never" in every
        self.numbers = {NUMBERS.get(word, word) for word in every if word.isdecimal() or word in NUMBERS}

    def _hear(self, clause: Iterable[str]) -> None:
        governed = 0
        for word in clause:
            if _negates(word):
                governed = REACH
            elif word not in FUNCTION_WORDS and word not in ALWAYS:
                self.forms.setdefault(stem(word), word)
                (self.denied if governed else self.said).add(stem(word))
                governed -= bool(governed)


_claims = lru_cache(maxsize=10_000)(_Claims)  # each text is compared with several


@lru_cache(maxsize=10_000)
def _negates(word: str) -> bool:
    return word in NOT or word.endswith("n't") or bool(UNMARKED.fullmatch(word))

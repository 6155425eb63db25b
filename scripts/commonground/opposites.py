"""What speaks against two texts being the same advice: that one may say the opposite of the other."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from .languages import FUNCTION_WORDS
from .stemming import WORD, stem

TOKEN = re.compile(rf"{WORD.pattern}|[.,;:!?()]")
# Written without an apostrophe; with one, every word in -n't is heard.
NOT = re.compile(r"not|never|cannot|\w+n't|(?:ai|are|do)nt")
FORBIDDEN = re.compile(r"\b(?:ca|can|must|need|ought|sha|should)(?: not|n'?t)\b")  # whoever it is said of
LIST = re.compile(r"\b(?:not|\w+n't|dont|never|cannot|avoid|stop)(?: [\w']+){1,3}(?:,(?: [\w']+){1,3})+,? n?or\b")
MAY = {"can", "could", "may", "must", "ought", "should"}  # of the reader only: "it can hurt" asks for nothing
OPENING = {"do", "please", "also", "always", "ever", "even", "just", "only", "merely", "be", "then"}
ENDING = {*".,;:!?()", "but", "instead", "so"}
_QUESTIONS = {"what", "which", "who", "whom", "where", "why", "how", "whether", "that"}
_CONDITIONS = {"if", "when", "while", "because", "unless", "although", "until", "once", "before", "after"}
INNER = _QUESTIONS | _CONDITIONS  # from here to the end of the clause, nothing is asked for
STATING = {"is", "are", "was", "were", "can", "may", "might", "will", "would", "has", "had"}  # "plans may change"
PARTICLES = {"up", "out", "off", "down", "over", "in", "on", "for", "at", "into", "about", "through"}
NO_VERBS = FUNCTION_WORDS - {"have", "own"}
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS = {name: str(number) for number, name in enumerate(_NUMBERS, 2)}
BESIDE = 2  # words behind a number that may name what it counts: "two heavy boxes"


def opposite(one: str, other: str) -> str:
    """Return why two texts may say opposite things, in a few words, or nothing. The order of the two does not matter.

    It hears by the place of the words what the reader is to do and not to do, and knows no meaning: a reason to read
    twice, not a finding.
    """
    first, second = _heard(one), _heard(other)
    met = [*first.denied_of(second), *second.denied_of(first)]
    if any("never" in denial.how and "always" in claim.how for denial, claim in met):
        return "one says always, the other never"
    if words := {word for denial, claim in met for word in denial.against(claim)}:
        return f"only one says not: {', '.join(sorted(min(first.forms[word], second.forms[word]) for word in words))}"
    for counted in sorted(first.numbers.keys() & second.numbers.keys()):
        sides = first.numbers[counted], second.numbers[counted]
        if not (sides[0] <= sides[1] or sides[1] <= sides[0]):
            return "different numbers: " + ", ".join(sorted(" and ".join(sorted(side, key=_size)) for side in sides))
    return ""


def _is_gerund(word: str) -> bool:
    return word.endswith("ing") and not set("aeiouy").isdisjoint(word[:-3])  # not "bring"


def _size(number: str) -> tuple[int, str]:
    return (len(number), number)


@dataclass
class _Advice:
    """A verb as it stands, and the stems of what follows. Of `things`, only what follows is denied."""

    verb: str
    denied: bool
    how: set[str]  # always, never
    about: set[str] = field(default_factory=set)  # give up, look for; what "it" may stand for
    things: bool = False
    follows: set[str] = field(default_factory=set)

    def meets(self, other: _Advice) -> bool:
        """Whether the two are of one verb and, as far as both say more, have some of that in common."""
        said = ((self.follows, other.follows), (self.follows | self.about, other.follows | other.about))
        apart = any(one and two and one.isdisjoint(two) for one, two in said)
        return stem(self.verb) == stem(other.verb) and self.things == other.things and not apart

    def against(self, claim: _Advice) -> set[str]:
        """Return the stems that this denial and the claim share, where nobody can follow both."""
        if self.things:
            return self.follows if self.verb in {"", claim.verb} and self.follows <= claim.follows else set()
        # An imperative is bare, and so is what follows "do not": "plans" is neither.
        same = self.verb == claim.verb or _is_gerund(self.verb)
        return {stem(self.verb)} | self.follows & claim.follows if same and self.meets(claim) else set()


class _Heard:
    """What a text asks of the reader, and how many of what."""

    def __init__(self, text: str) -> None:
        plain = FORBIDDEN.sub("cannot", text.casefold().replace("’", "'"))
        # "Do not write, call or visit" denies all three.
        tokens = TOKEN.findall(LIST.sub(lambda found: found[0].replace(",", " or"), plain))
        self.forms: dict[str, str] = {}  # the first word of each stem
        self.advice: list[_Advice] = []
        self.numbers = _counted(plain)
        self._begin()
        for word, after in pairwise([*tokens, "."]):
            self._hear(NUMBERS.get(word, word), after)

    def denied_of(self, other: _Heard) -> list[tuple[_Advice, _Advice]]:
        """What this text denies and the other one asks for without denying it, too."""
        theirs = [one for one in other.advice if one.denied]
        denials = [one for one in self.advice if one.denied and not any(map(one.meets, theirs))]
        claims = [one for one in other.advice if not one.denied]
        return [(denial, claim) for denial in denials for claim in claims if denial.against(claim)]

    def _begin(self) -> None:
        """Begin a clause: a verb may open it."""
        self.open, self.inner, self.denied, self.reader = True, False, False, False
        self.heads: list[_Advice] = []  # the verbs that what follows belongs to
        self.how: set[str] = set()

    def _hear(self, word: str, after: str) -> None:
        self.how |= {word} & {"always", "never"}
        if word in ENDING:
            self._begin()
        elif word in INNER or self.inner:
            self.open, self.inner = False, True
            self._follow(word)
        elif word in {"and", "or", "nor"}:
            if self.heads:
                self.open = not self.heads[-1].things and not (self.denied and word == "and")
        elif NOT.fullmatch(word):
            self.denied |= after not in {"only", "just", "merely"}
            self.open |= word == "cannot" or after == "to"
        elif word in {"you", "we"} and not self.heads:
            self.reader, self.open = True, False
        elif word in MAY or word == "to":  # "you need to call", "try not to call"; but not "to win them back, ..."
            self.open = (self.reader and not self.heads) or (self.open and self.denied)
        elif self._refuses(word, after) or (self.open and word in OPENING):
            pass
        elif (self.open and word not in NO_VERBS) or (self.reader and word == "need" and after != "to"):
            self._act(word, after)
        else:
            self.open = False
            self._follow(word)

    def _refuses(self, word: str, after: str) -> bool:
        """Whether the word denies what comes next: an activity, or things."""
        if not (self.heads and word in {"no", "nothing", "without"}) and not (self.open and word in {"avoid", "stop"}):
            return False
        if word in {"without", "avoid", "stop"} and _is_gerund(after):
            self.open, self.denied = True, not self.denied
        elif self.denied or word == "stop":
            return False
        elif word in {"no", "nothing"}:  # unlike "pack without paper", "buy no paper" asks nobody to buy
            self.heads[-1].denied = self.heads[-1].things = True
        else:
            verb = self.heads[-1].verb if self.heads else ""
            self.heads, self.open = [_Advice(verb, True, self.how, things=True)], False
            self.advice += self.heads
        return True

    def _act(self, verb: str, after: str) -> None:
        self.open = False
        if any(head.follows for head in self.heads):
            self._follow(verb)  # "use guilt or money"
        if not self.denied and (after in STATING or _is_gerund(verb)):
            return
        about = {after, *self.forms} if after == "it" else {after} & PARTICLES
        self.forms.setdefault(stem(verb), verb)
        self.advice.append(_Advice(verb, self.denied, self.how, about))
        self.heads = [*(head for head in self.heads if head.denied == self.denied), self.advice[-1]]

    def _follow(self, word: str) -> None:
        if word not in FUNCTION_WORDS | OPENING | {"every", "never"}:
            self.forms.setdefault(stem(word), word)
            for head in self.heads:
                head.follows.add(stem(word))


def _counted(text: str) -> dict[str, set[str]]:
    """The numbers that stand beside each stem: before it, or at the end of a clause behind it."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for clause in re.split(r"[.,;:!?()]", text):
        words = [NUMBERS.get(word, word) for word in WORD.findall(clause) if word not in FUNCTION_WORDS]
        for place, number in enumerate(words):
            if number.isdecimal():
                behind = [word for word in words[place + 1 : place + 1 + BESIDE] if not word.isdecimal()]
                for word in behind or words[place - 1 : place]:
                    numbers[stem(word)].add(number)
    return numbers


_heard = lru_cache(maxsize=10_000)(_Heard)  # each text is compared with several

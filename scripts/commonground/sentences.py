"""Sentences, and which of them ask something of the reader. English only: other languages ask in other ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from .patterns import any_of

_END = re.compile(r"(?<![.!?…])[.!?…]++['\"”’)\]]*\s+(?=['\"“‘(\[]*[A-Z0-9À-Þ])")
_SHORTENED = any_of(r"""
    e\.g|i\.e|etc|vs|approx|no|fig|ca|cf
    mr|mrs|ms|dr|prof|st|sr|jr|inc|ltd|dept
    # initials and the figures of lists
    [a-z]|\d{1,2}
""")
_NOT_AN_END = re.compile(rf"(?:^|[\s(]){_SHORTENED}\.$", re.IGNORECASE)
_BEFORE_IMPERATIVES = any_of(r"""
    so|also|then|next|first|second|third|instead|however|and|but|or|above all|of course|just|always|never
    in addition|moreover|meanwhile|again|therefore|thus|now|perhaps|maybe|please|rather|afterwards?|likewise|together
    if (?:possible|necessary|needed)|(?:where|when)(?:ever)? possible|when in doubt
    for (?:example|instance)|in short|most importantly
    [a-z]+ly
""")
_OPENING = re.compile(rf"^(?:{_BEFORE_IMPERATIVES},?\s+)+", re.IGNORECASE)
_CONJUNCTIONS = any_of(r"""
    if|when|whenever|while|once|before|after|until|unless|as|although|though|since|because|even if|even though|to
    in order to|by|for|in|on|at|with|without|during|instead of|rather than|where|wherever|should|whether|from|through
    throughout|given|like
""")
_CLAUSE = re.compile(rf"^{_CONJUNCTIONS}\b", re.IGNORECASE)  # may stand before an imperative, up to a comma
_AFTER_VERBS = any_of(r"""
    the|an?|your|you|their|his|her|its?|our|my|them|him|us|me|yourself|yourselves|this|that|these|those|each|any
    some|all|no|not|more|less|how|what|why|when|where|whether|who
    to|with|about|on|for|out|up|in|into|at|off|over|down|back|away|from|through|between|by|as|if
    \w+ly|\w+ing
""")
_OBJECT = re.compile(rf"^\w+ {_AFTER_VERBS}\b", re.IGNORECASE)  # hardly ever follows a noun that is spelt like a verb
_DUTY = re.compile(
    any_of(r"""
        # "what you can or should ask" and "questions you must answer" report a duty
        (?<!can or )(?<!questions you )(?<!things you )\b(?:must|should|ought to|had better)\b
        \b(?:you|we|both)\b(?: \w+)? (?:need|needs|have|has) to\b
    """),
    re.IGNORECASE,
)
_WORTHY = any_of(r"""
    crucial|essential|important|vital|necessary|critical|imperative|advisable
    wise|best|better|helpful|worth(?:while)?|a good idea
""")
_WORTH = re.compile(
    any_of(rf"""
        # "it is also wise to", "is essential for you to", "equally important that you"
        \b(?:it['’]s|it is|is|also|equally)\b[^.,;]{{0,20}}\b{_WORTHY}\b(?: for \w+)? (?:to\b|that you\b|you\b|\w+ing\b)
        \bit['’]?s? (?:is )?(?:also |equally |critical )*(?:critical|crucial|essential|important|vital) that\b
        \bequally important is\b
        # "the first and most important step towards it is"
        \b(?:the )?(?:first|next|best|most \w+)(?: and most \w+)? (?:step|thing|way)\b[^.;]{{0,60}}\bis\b
        \bmake sure\b|\b(?:are|is) key\b|\bthe key is\b|^\W*worth \w+ing\b
    """),
    re.IGNORECASE,
)
_PRAISE = any_of(r"""
    essential|crucial|vital|significant|important|key|requires
    beneficial|helpful|useful|healthy|great|good|big
""")
_DOING = re.compile(  # "Seeking help is an important step": the doing of it is praised
    rf"^(?:sometimes,? |remember,? )?\w+ing\b[^.;]{{0,120}}?\b(?:is|are|can be) (?:not |also |an? )*{_PRAISE}\b",
    re.IGNORECASE,
)
_REFUSALS = any_of(r"""
    do not|don['’]t|never|avoid|stop|refrain from|no need to|try not to|resist
    # as plain as these, whatever follows it
    remember
""")
_REFUSAL = re.compile(rf"^{_REFUSALS}\b", re.IGNORECASE)
_STATED = re.compile(  # what follows a noun, so that the word before it is no imperative
    any_of(r"""
        is|are|was|were|can|could|may|might|will|would|has|have|had|does|do|did
        plays?|takes?|requires?|helps?|makes?|means?|seems?
        often|also|and|or
    """),
    re.IGNORECASE,
)
_FIRST = re.compile(r"^[^\w]*(?P<first>[\w-]+)(?P<joined>['’]\w+)?(?:\s+(?P<second>[\w'’-]+))?")
_PICTURES = re.compile(r"^\W*(?:imagine|picture|think of [^.]* as)\b", re.IGNORECASE)  # a thought only, to explain
_ABBREVIATION = 12  # characters before the end of a sentence, at most, that tell an abbreviation


def split(text: str) -> Iterator[str]:
    """Part a paragraph into sentences, in linear time; abbreviations and initials end none."""
    start = 0
    for match in _END.finditer(text):
        sentence = text[start : match.end()].strip()
        if _NOT_AN_END.search(sentence[-_ABBREVIATION:]):
            continue
        yield sentence
        start = match.end()
    if rest := text[start:].strip():
        yield rest


@cache
def _imperatives() -> frozenset[str]:
    """Verbs that how-to articles tell people by, in a file beside this module."""
    return frozenset(files(__package__).joinpath("words", "imperatives.txt").read_text(encoding="utf-8").split())


def asks(sentence: str, *, listed: bool = False) -> bool:
    """Whether the sentence asks something of the reader: an imperative, or must, should, need to and the like.

    A question asks only where it is `listed`: then it is one to put to oneself.
    """
    if sentence.rstrip("\"”'’) ").endswith("?"):
        return listed
    if sentence.endswith(":") or _PICTURES.match(sentence):
        return False
    rest = _OPENING.sub("", sentence)
    if _is_imperative(rest) or any(form.search(sentence) for form in (_DUTY, _WORTH, _DOING)):
        return True
    return bool(_CLAUSE.match(rest)) and _ends_in_imperative(rest)


def _ends_in_imperative(text: str) -> bool:
    """Whether an imperative stands behind a comma or a dash of a sentence that opens with a clause."""
    parts = re.split(r"(?:,| [–—-]) +", text)[1:]
    inner = [_OPENING.sub("", part) for part in parts]
    return any(_is_imperative(part) and (position == 0 or _OBJECT.match(part)) for position, part in enumerate(inner))


def _is_imperative(text: str) -> bool:
    """Whether the text starts with a verb that people tell others by, and not with a noun that is spelt like it."""
    if _REFUSAL.match(text):
        return True
    match = _FIRST.match(text)
    if not match or match["joined"] or match["first"].lower() not in _imperatives():
        return False
    return not (match["second"] and _STATED.fullmatch(match["second"]))

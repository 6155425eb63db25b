"""Where the rules about words, style and spelling meet: a guide's files and its voice to what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping

from . import proportions, spelling, style, voice
from .corpus import Corpus
from .diagnostics import Diagnostic
from .model import Guide
from .ruling import Text
from .visible import stretches
from .voice import Voice


def check(files: Mapping[str, str], guide: Guide, spoken: Voice) -> list[Diagnostic]:
    """Find what the words of the files break. Without a guide that can be built, rules about its parts find nothing."""
    corpus = Corpus([*stretches(files)])
    text = Text(corpus, guide, spoken)
    found = [*voice.check(corpus, spoken), *style.RULES.check(text), *proportions.RULES.check(text)]
    return sorted([*found, *spelling.check(corpus, spoken)])


def documentation(spoken: Voice) -> dict[str, str]:
    """Return what each code of these rules means, with a bad and a good example."""
    own, general = voice.documentation(spoken), {**style.RULES.documentation(), **proportions.RULES.documentation()}
    return dict(sorted({**own, **general, **spelling.CODES, **voice.CODES}.items()))


def exceptable(spoken: Voice) -> frozenset[str]:
    """Return the codes that a place may be excepted from, with a reason: all that are about words or their number."""
    return frozenset(documentation(spoken)) - voice.CODES.keys()

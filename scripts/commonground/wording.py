"""Where the rules about words, style and spelling meet: a guide's files and its voice to what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping

from . import spelling, style, voice
from .corpus import Corpus
from .diagnostics import Diagnostic
from .model import Guide
from .visible import stretches
from .voice import Voice


def check(files: Mapping[str, str], guide: Guide, spoken: Voice) -> list[Diagnostic]:
    """Find what the words of the files break. Without a guide that can be built, rules about its parts find nothing."""
    corpus = Corpus([*stretches(files)])
    found = [*voice.check(corpus, spoken), *style.check(corpus, guide, spoken), *spelling.check(corpus, spoken)]
    return sorted(found)


def documentation(spoken: Voice) -> dict[str, str]:
    """Return what each code of these rules means. All of them may be excepted where somebody gives a reason."""
    return dict(sorted({**voice.documentation(spoken), **style.documentation(), **spelling.CODES}.items()))

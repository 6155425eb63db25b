"""Where the rules about words, style and spelling meet: a guide's files and its voice to what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import proportions, spelling, style, voice
from .corpus import Corpus
from .diagnostics import Diagnostic, did_you_mean
from .measuring import Text
from .model import Guide
from .ruling import Explanation, explanation
from .visible import CONTEXTS, stretches
from .voice import Voice


def check(files: Mapping[str, str], guide: Guide, spoken: Voice) -> list[Diagnostic]:
    """Find what the words of the content's files break, and names in voice.yml that are nobody's.

    Without a guide that can be built, rules about its parts find nothing.
    """
    corpus = Corpus([*stretches(files)])
    text = Text(corpus, guide, spoken)
    found = [*voice.check(corpus, spoken), *style.RULES.check(text), *proportions.RULES.check(text)]
    return sorted([*found, *spelling.check(corpus, spoken), *_unknown(files, guide, spoken)])


def _unknown(files: Mapping[str, str], guide: Guide, spoken: Voice) -> Iterator[Diagnostic]:
    """Find what voice.yml names and nobody has: a page that has moved would lose its rule without a word."""
    known = {"context": CONTEXTS | spoken.pages.keys(), "page": set(files)}
    if guide.content.settings.scopes:
        known["scope"] = {scope.id for scope in guide.content.settings.scopes}
        known["stage"] = {stage.slug for stage in guide.content.stages}
        known["checklist"] = {checklist.slug for checklist in guide.content.checklists}
    for reference in spoken.named:
        if reference.id not in known.get(reference.kind, {reference.id}):
            message = f'There is no {reference.kind} "{reference.id}".'
            hint = did_you_mean(reference.id, known[reference.kind])
            yield Diagnostic.at(reference.span, "unknown-name", message, hint)


def documentation(spoken: Voice) -> dict[str, str]:
    """Return what each code of these rules means, with a bad and a good example."""
    own, general = voice.documentation(spoken), {**style.RULES.documentation(), **proportions.RULES.documentation()}
    return dict(sorted({**own, **general, **spelling.CODES, **voice.CODES}.items()))


def explanations(spoken: Voice) -> list[Explanation]:
    """Return the same, taken apart."""
    return [explanation(code, text) for code, text in documentation(spoken).items()]


def exceptable(spoken: Voice) -> frozenset[str]:
    """Return the codes that a place may be excepted from, with a reason: all that are about words or their number.

    Those are not among them that keep readers safe.
    """
    return frozenset(documentation(spoken)) - voice.CODES.keys() - kept_safe(spoken).keys()


def kept_safe(spoken: Voice) -> dict[str, str]:
    """Return the codes that no place may be excepted from, since they keep readers safe, and what to do instead."""
    narrow = "If it misfires, put the sentence under `good` in voice.yml and narrow the rule."
    own = {rule.id: narrow for rule in spoken.rules if not rule.exceptions}
    return own | dict.fromkeys(proportions.SAFETY, "Mend what it finds.")

"""How a guide speaks: the rules of its voice.yml about words, and what of its text breaks them.

The rules are the guide's own, so nothing here knows a word. Patterns can take for ever on text made for it, which is
why they stand in the project's own folder, among what is trusted, and never in the content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .corpus import Corpus
from .diagnostics import Diagnostic, Fault, Severity
from .model import Span
from .schemas import validate
from .visible import Stretch
from .yamltext import Document, load

FILE = "voice.yml"
PATTERNS = ("pattern", "then", "unless", "unless_near")


@dataclass(frozen=True, kw_only=True)
class WordRule:
    """Words to avoid: a finding is one of `words` with `then` after it, or what `pattern` finds in a stretch.

    It is none where `unless` finds something in the same sentence, `unless_near` in the same breath, after one of the
    words `not_after`, or where the text is one of `not_in`; with `only_in`, in no other. `swap` keeps the meaning.
    """

    id: str
    level: Severity
    says: str
    instead: str
    words: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    then: str = ""
    unless: re.Pattern[str] | None = None
    unless_near: re.Pattern[str] | None = None
    not_in: frozenset[str] = frozenset()
    only_in: frozenset[str] = frozenset()
    swap: Mapping[str, str] = field(default_factory=dict)
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Limit:
    """From where on a number is too large (or with `least` too small), as a warning and as an error."""

    warning: int | None = None
    error: int | None = None
    least: int | None = None

    def judge(self, number: int) -> Severity | None:
        """Return how bad a number is."""
        if self.error is not None and number > self.error:
            return Severity.ERROR
        return Severity.WARNING if self.warning is not None and number > self.warning else None


@dataclass(frozen=True, kw_only=True)
class Voice:
    """The rules of voice.yml. `pages` names pages that are something: it is one more context of all their text.

    `early` says what may not come early: the scope, the stages that are early, the first checklist that is not.
    """

    rules: tuple[WordRule, ...] = ()
    limits: Mapping[str, Limit] = field(default_factory=dict)
    pages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    early: Mapping[str, Any] = field(default_factory=dict)
    language: str = ""
    spelt: frozenset[str] = frozenset()


def load_voice(text: str, path: str = FILE) -> tuple[Voice, list[Diagnostic]]:
    """Read voice.yml, and what is wrong with it; then the voice has no rules."""
    try:
        document = load(text, path)
    except Fault as fault:
        return Voice(), [fault.diagnostic]
    findings = list(validate(document, "voice", "voice")) or [*_bad_patterns(document)]
    return (Voice() if findings else _voice(document.value or {})), findings


def _bad_patterns(document: Document) -> Iterator[Diagnostic]:
    for name, rule in (document.value or {}).get("rules", {}).items():
        for key in PATTERNS:
            try:
                _pattern(rule.get(key, ""))
            except re.error as error:
                span = document.spans["rules", name, key]
                message = f"This is no regular expression: {error.msg}."
                yield Diagnostic.at(span, "bad-pattern", message, f'It stands in "{key}" of "{name}".')


def _pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern in which a blank stands for any white space: where markup was, blanks are many."""
    spread = re.sub(r"(\\.|\[(?:\\.|[^\]\\])*\])| ", lambda part: part[1] or r"\s+", text)
    return re.compile(spread, re.IGNORECASE | re.MULTILINE)


def _voice(value: Mapping[str, Any]) -> Voice:
    spelling = value.get("spelling", {})
    return Voice(
        rules=tuple(_rule(name, rule) for name, rule in value.get("rules", {}).items()),
        limits={name: Limit(**limit) for name, limit in value.get("limits", {}).items()},
        pages={name: frozenset(paths) for name, paths in value.get("pages", {}).items()},
        names=tuple(value.get("names", ())),
        early=value.get("early", {}),
        language=spelling.get("language", ""),
        spelt=frozenset(word.lower() for word in spelling.get("words", ())),
    )


def _rule(name: str, value: Mapping[str, Any]) -> WordRule:
    given: dict[str, Any] = {**value, "id": name, "level": Severity(value.get("level", "warning"))}
    for key in {"pattern", "unless", "unless_near"} & given.keys():
        given[key] = _pattern(given[key])
    given |= {key: frozenset(given[key]) for key in {"not_in", "only_in"} & given.keys()}
    given |= {key: tuple(given[key]) for key in {"words", "not_after", "bad", "good"} & given.keys()}
    return WordRule(**given)


def documentation(voice: Voice) -> dict[str, str]:
    """Return what each of the guide's own rules means, with its examples."""
    return {
        rule.id: f"{rule.says} {rule.instead} Bad: `{'`, `'.join(rule.bad)}`. Good: `{'`, `'.join(rule.good)}`."
        for rule in voice.rules
    }


def check(corpus: Corpus, voice: Voice) -> Iterator[Diagnostic]:
    """Find the words that the voice avoids."""
    for rule in voice.rules:
        for match in _matches(rule, corpus):
            if _applies(rule, corpus, match.start(), voice):
                found = " ".join(match[0].split())
                yield corpus.finding(
                    match.start(),
                    match.end(),
                    rule.id,
                    f'"{found}": {rule.says}',
                    hint=rule.instead,
                    severity=rule.level,
                    fix=rule.swap.get(found.lower().replace("’", "'"), ""),
                )


def _matches(rule: WordRule, corpus: Corpus) -> Iterator[re.Match[str]]:
    """Return the places that a rule may be about. Most of its words the text has nowhere: those cost nothing."""
    if rule.pattern:
        yield from rule.pattern.finditer(corpus.text)
    phrases = [phrase for phrase in rule.words if _is_there(phrase, corpus)]
    if not phrases:
        return
    anywhere = "|".join(_as_pattern(phrase) for phrase in phrases)
    pattern = _pattern(rf"(?<![\w'’])(?:{anywhere})(?![\w]){rule.then}")
    starts = {at for phrase in phrases for word in _first_words(phrase, corpus) for at in corpus.places(word)}
    end = 0
    for start in sorted(starts):
        match = pattern.match(corpus.text, start)
        if match and start >= end:
            end = match.end()
            yield match


def _is_there(phrase: str, corpus: Corpus) -> bool:
    return all(any(True for _ in _first_words(word, corpus)) for word in phrase.split())


def _first_words(phrase: str, corpus: Corpus) -> Iterator[str]:
    """Return the words of the text that the first word of a phrase stands for: `*` is any beginning or end."""
    word = phrase.split()[0]
    parts = re.findall(r"[^\W\d_*]+(?:'[^\W\d_]+)*\*?|\*[^\W\d_*]+(?:'[^\W\d_]+)*", word)
    first = parts[0] if parts else word
    if first.endswith("*"):
        yield from (known for known in corpus.known if known.startswith(first[:-1]))
    elif first.startswith("*"):
        yield from (known for known in corpus.known if known.endswith(first[1:]))
    elif first in corpus.known:
        yield first


def _as_pattern(phrase: str) -> str:
    escaped = re.escape(phrase).replace(r"\ ", " ").replace(r"\*", r"\w*")
    return escaped.replace("'", "['’]")


def _applies(rule: WordRule, corpus: Corpus, start: int, voice: Voice) -> bool:
    stretch = corpus.stretches[corpus.stretch(start)]
    contexts = stretch.contexts | {name for name, paths in voice.pages.items() if stretch.span.path in paths}
    if "quote" not in contexts and "quote" in rule.not_in | rule.only_in and corpus.is_quoted(start):
        contexts |= {"quote"}
    if rule.only_in and not rule.only_in & contexts or ("link" in contexts and "link" not in rule.only_in):
        return False
    before = corpus.text[corpus.line(start)[0] : start].lower().split()
    return not (
        rule.not_in & contexts
        or (before and before[-1] in rule.not_after)
        or (rule.unless and rule.unless.search(corpus.sentence(start)))
        or (rule.unless_near and rule.unless_near.search(_near(corpus, stretch)))
    )


def _near(corpus: Corpus, stretch: Stretch) -> str:
    """Return all that is read in one breath with a stretch."""
    return "\n".join(one.text for one in corpus.stretches if one is stretch or (one.unit and one.unit == stretch.unit))

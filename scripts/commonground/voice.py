"""How a guide speaks: the rules of its voice.yml about words, and what of its text breaks them.

The rules are the guide's own, so nothing here knows a word. Patterns can take for ever on text made for it, which is
why they stand in the project's own folder, among what is trusted, and never in the content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .corpus import NEAR, Corpus
from .diagnostics import Diagnostic, Fault, Severity
from .model import Reference
from .schemas import validate
from .yamltext import Document, load

FILE = "voice.yml"
_WORDS = re.compile(r"\*?[^\W\d_]+(?:'[^\W\d_]+)*\*?")
NAMING = {"not_in": "context", "only_in": "context", "pages": "page"}  # keys whose values name something
NAMING |= {"scope": "scope", "stages": "stage", "before": "checklist"}
NAMING_KEY = {"rules": 2, "pages": 0, "early": 1}  # how deep such keys stand, in each part of voice.yml
CODES = {"bad-pattern": "A pattern of voice.yml is no regular expression. Bad: `a(b`. Good: `a(?:b|c)`."}
PATTERNS = ("pattern", "then", "unless", "unless_before", "unless_beside", "unless_near", "swap_unless")


@dataclass(frozen=True, kw_only=True)
class WordRule:
    """Words to avoid: a finding is one of `words` with `then` after it, or what `pattern` finds in a stretch.

    It is none where `unless` finds something in the same sentence, `unless_before` right before it, `unless_beside` in
    the sentence before (or after a lead), `unless_near` in the same breath, after one of `not_after`, or in `not_in`;
    with `only_in`, elsewhere. `swap` keeps the meaning unless `swap_unless` follows. No `exceptions`: it is for safety.
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
    unless_before: re.Pattern[str] | None = None
    unless_beside: re.Pattern[str] | None = None
    unless_near: re.Pattern[str] | None = None
    exceptions: bool = True
    not_in: frozenset[str] = frozenset()
    only_in: frozenset[str] = frozenset()
    swap: Mapping[str, str] = field(default_factory=dict)
    swap_unless: re.Pattern[str] | None = None
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
    `named` is everything of the guide that voice.yml names.
    """

    rules: tuple[WordRule, ...] = ()
    limits: Mapping[str, Limit] = field(default_factory=dict)
    pages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    early: Mapping[str, Any] = field(default_factory=dict)
    language: str = ""
    spelt: frozenset[str] = frozenset()
    named: tuple[Reference, ...] = ()


def load_voice(text: str, path: str = FILE) -> tuple[Voice, list[Diagnostic]]:
    """Read voice.yml, and what is wrong with it; then the voice has no rules."""
    try:
        document = load(text, path)
    except Fault as fault:
        return Voice(), [fault.diagnostic]
    findings = list(validate(document, "voice", "voice")) or [*_bad_patterns(document)]
    return (Voice() if findings else _voice(document)), findings


def _bad_patterns(document: Document) -> Iterator[Diagnostic]:
    for name, rule in (document.value or {}).get("rules", {}).items():
        for key in PATTERNS:
            if fault := _fault(key, rule.get(key, "a")):
                span = document.spans["rules", name, key]
                hint = f'It stands in "{key}" of "{name}".'
                yield Diagnostic.at(span, "bad-pattern", f"This pattern does not hold: {fault}.", hint)


def _fault(key: str, pattern: str) -> str:
    """Return what is wrong with a pattern."""
    try:
        empty = _pattern(pattern).match("")
    except (re.error, OverflowError) as error:
        return str(error)
    return "it finds something in nothing" if key == "pattern" and empty else ""


def _pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern in which a blank stands for many, which is what markup leaves; a line is a stretch."""
    spread = re.sub(r"(\\.|\[(?:\\.|[^\]\\])*\])| ", lambda part: part[1] or r"(?:[^\S\n]+)", text)
    return re.compile(spread, re.IGNORECASE | re.MULTILINE)


def _voice(document: Document) -> Voice:
    value: Mapping[str, Any] = document.value or {}
    spelling = value.get("spelling", {})
    return Voice(
        rules=tuple(_rule(name, rule) for name, rule in value.get("rules", {}).items()),
        limits={name: Limit(**limit) for name, limit in value.get("limits", {}).items()},
        pages={name: frozenset(paths) for name, paths in value.get("pages", {}).items()},
        names=tuple(value.get("names", ())),
        early=value.get("early", {}),
        language=spelling.get("language", ""),
        spelt=frozenset(word.lower() for word in spelling.get("words", ())),
        named=tuple(_named(document)),
    )


def _named(document: Document) -> Iterator[Reference]:
    """Return every page, context, scope, stage and checklist that voice.yml names, with its place."""
    for path, span in document.spans.items():
        depth = NAMING_KEY.get(str(path[0]), 0) if path else 0
        kind = NAMING.get(str(path[depth])) if len(path) > depth else None
        if kind and isinstance(name := document.at(path), str):
            yield Reference(kind, name, span)


def _rule(name: str, value: Mapping[str, Any]) -> WordRule:
    given: dict[str, Any] = {**value, "id": name, "level": Severity(value.get("level", "warning"))}
    if "unless_before" in given:
        given["unless_before"] = rf"(?<!\w)(?:{given['unless_before']})\Z"
    for key in {*PATTERNS} - {"then"} & given.keys():
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
        for start, end in _matches(rule, corpus):
            if _applies(rule, corpus, start, voice):
                found = " ".join(corpus.text[start:end].split())
                yield corpus.finding(
                    start,
                    end,
                    rule.id,
                    f'"{found}": {rule.says}',
                    hint=rule.instead,
                    severity=rule.level,
                    fix=_swapped(rule, found, corpus.text, end),
                )


def _swapped(rule: WordRule, found: str, text: str, end: int) -> str:
    """Return what means the same as the words found, which end there; empty where nothing is known to."""
    if rule.swap_unless and rule.swap_unless.match(text, end):
        return ""
    return rule.swap.get(found.lower().replace("’", "'"), "")


def _matches(rule: WordRule, corpus: Corpus) -> Iterator[tuple[int, int]]:
    """Return the places that a rule may be about, in order and none inside another.

    Most of its words the text has nowhere, which the index tells at once: a pattern for all of them would read it all.
    """
    found = [match.span() for match in rule.pattern.finditer(corpus.text)] if rule.pattern else []
    for phrase in rule.words:
        first, *others = _WORDS.findall(phrase)
        rest = phrase.removeprefix(first)
        is_there = all(other in corpus.index or "*" in other for other in others)
        for word in _meant(first, corpus) if is_there else ():
            starts = corpus.index[word]
            after = _pattern(_as_pattern(rest, rule.then)) if rest or rule.then else None
            ends = (after.match(corpus.text, start + len(word)) if after else None for start in starts)
            found += [
                (start, match.end() if match else start + len(word))
                for start, match in zip(starts, ends, strict=True)
                if match or not after
            ]
    end = 0
    for span in sorted(found):
        if span[0] >= end:
            end = span[1]
            yield span


def _meant(first: str, corpus: Corpus) -> Iterator[str]:
    """Return the words of the text that a word of a rule stands for: `*` is any beginning or end."""
    if first.startswith("*"):
        yield from (word for word in corpus.index if word.endswith(first[1:]))
    elif first.endswith("*"):
        yield from (word for word in corpus.index if word.startswith(first[:-1]))
    elif first in corpus.index:
        yield first


def _as_pattern(rest: str, then: str) -> str:
    """Return the pattern of what follows the first word: the other words of its phrase, then what the rule says."""
    words = re.escape(rest).replace(r"\ ", " ").replace(r"\*", r"\w*").replace("'", "['’]")
    return (rf"{words}(?!\w)" if rest else "") + then


def _applies(rule: WordRule, corpus: Corpus, start: int, voice: Voice) -> bool:
    stretch = corpus.stretch_at(start)
    contexts = stretch.contexts | {name for name, paths in voice.pages.items() if stretch.span.path in paths}
    if "quote" in rule.not_in | rule.only_in and corpus.is_quoted(start):
        contexts |= {"quote"}
    if (rule.only_in and not rule.only_in & contexts) or ("link" in contexts and "link" not in rule.only_in):
        return False
    before = corpus.text[max(corpus.line(start)[0], start - NEAR) : start].rstrip()
    return not (
        rule.not_in & contexts
        or (before and before.split()[-1].lower() in rule.not_after)
        or (rule.unless_before and rule.unless_before.search(before))
        or (rule.unless and rule.unless.search(corpus.sentence(start)))
        or (rule.unless_beside and rule.unless_beside.search(corpus.beside(start)))
        or (rule.unless_near and rule.unless_near.search(corpus.breath(stretch)))
    )

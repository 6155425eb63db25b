"""How a guide is written: how long and hard its sentences are, and the form of its paragraphs, bullets and headings.

A rule is a generator as in `checks`; its limit stands in voice.yml. Where there is none, there is no such rule.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from math import ceil

from .corpus import WORD
from .diagnostics import Diagnostic, Severity
from .mdtext import plain
from .measuring import PROSE, Text, count, measured
from .model import Span
from .plainness import ease, grade
from .ruling import Rules
from .visible import Stretch

RULES = Rules[Text]()
SENTENCE_END = re.compile(r"[.?!][\"”’)]*\s+")
_STOP = re.compile(r"[.?!]+[\"”’)]*\s+")
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_CAPITAL = re.compile(r"(?<=[^\W\d_] )[A-Z][a-z]+")
LONGEST_SHORTENING = 5  # signs: names such as NATO stand in capitals
_NUMBER_OR_WORD = re.compile(r"[\w'’-]+")


@RULES.named("long-sentence")
def long_sentences(text: Text) -> Iterator[Diagnostic]:
    """Somebody tired loses the thread of a long sentence. Bad: one of 26 words. Good: two of 13."""
    limit, hint = text.limit("sentence"), "Make two sentences of it, or leave words out."
    for stretch, words in zip(text.corpus.stretches, text.corpus.counts, strict=True):
        if stretch.kind in PROSE and limit.judge(words):  # else none of its sentences is too long
            for start, sentence in _parts(stretch.text):
                number, length = len(_NUMBER_OR_WORD.findall(sentence)), len(sentence.split("\n")[0])
                what, span = f"This sentence has {number} words", stretch.place(start)
                yield from measured(text, "sentence", number, span, "long-sentence", what, length=length, hint=hint)


def _parts(words: str) -> Iterator[tuple[int, str]]:
    """Return the sentences of a text, each with where it starts."""
    edges = [0, *(edge.end() for edge in SENTENCE_END.finditer(words)), len(words)]
    for start, end in pairwise(edges):
        sentence = words[start:end]
        yield start + len(sentence) - len(sentence.lstrip()), sentence.strip()


@RULES.named("long-paragraph")
def long_paragraphs(text: Text) -> Iterator[Diagnostic]:
    """A paragraph is one thought. Bad: five sentences. Good: three, and a new paragraph."""
    for stretch in text.corpus.stretches:
        if stretch.kind == "paragraph" and not stretch.contexts & {"quote", "answer"}:
            unquoted = _QUOTED.sub("", stretch.text)  # what somebody could say is one thing, however many sentences
            number = len(_STOP.findall(unquoted.rstrip() + " "))
            what = f"This paragraph has {number} sentences"
            span, length = _first(stretch)
            yield from measured(text, "paragraph", number, span, "long-paragraph", what, length=length, hint="Part it.")


def _first(stretch: Stretch) -> tuple[Span, int]:
    """Return the place of the first word, and how long the words of its line are."""
    words = stretch.text.strip()
    return stretch.place(len(stretch.text) - len(stretch.text.lstrip())), len(words.split("\n")[0].rstrip())


@RULES.named("long-bullet")
def long_bullets(text: Text) -> Iterator[Diagnostic]:
    """A bullet is one idea, taken in at a glance. Bad: 46 words. Good: 30, or two bullets."""
    for stretch, number in zip(text.corpus.stretches, text.corpus.counts, strict=True):
        if stretch.kind == "bullet":
            what = f"This bullet has {number} words"
            span, length = _first(stretch)
            yield from measured(text, "bullet", number, span, "long-bullet", what, length=length, hint="Part it.")
    for group in text.guide.content.decisions.groups:
        number = count(plain(f"{group.lead} {group.body}"))
        what = f'What "{group.id}" prints has {number} words'
        yield from measured(text, "bullet", number, group.span, "long-bullet", what, hint="Shorten its body.")


@RULES.named("long-answer")
def long_answers(text: Text) -> Iterator[Diagnostic]:
    """An answer is short and links to where more is said. Bad: 80 words. Good: 40 and a link."""
    for question in text.guide.content.questions:
        number = count(plain(question.answer))
        what = f"This answer has {number} words"
        hint = "Say the rest on the page of its topic."
        yield from measured(text, "answer", number, question.span, "long-answer", what, hint=hint)


@RULES.named("long-heading")
def long_headings(text: Text) -> Iterator[Diagnostic]:
    """A heading is read at a glance, and stands in menus. Bad: 66 signs. Good: `Pack the boxes`."""
    for stretch in _headings(text):
        words = " ".join(stretch.text.split())
        what = f"This heading has {len(words)} signs"
        span, length = _first(stretch)
        yield from measured(text, "heading", len(words), span, "long-heading", what, length=length)


def _headings(text: Text) -> Iterator[Stretch]:
    """Return what stands as a heading on a page: headings and titles."""
    return (one for one in text.corpus.stretches if one.kind == "heading" or "title" in one.contexts)


@RULES.named("heading-case")
def heading_cases(text: Text) -> Iterator[Diagnostic]:
    """Headings are in sentence case; names stand in `names` of voice.yml. Bad: `Pack The Boxes`. Good: `Pack boxes`."""
    for stretch in _headings(text) if "heading" in text.voice.limits else ():
        words = stretch.text.strip()
        if words.isupper() and len(words) > LONGEST_SHORTENING and words not in text.voice.names:
            hint = f'Write "{words.capitalize()}", or add the name to `names` of voice.yml.'
            yield Diagnostic.at(_first(stretch)[0], "heading-case", "This heading is all in capitals.", hint)
        for word in _CAPITAL.finditer(stretch.text):
            if not any(word[0] in name.split() for name in text.voice.names):
                span = stretch.place(word.start())
                hint = f'Write "{word[0].lower()}", or add the name to `names` of voice.yml.'
                yield Diagnostic.at(span, "heading-case", f'"{word[0]}" has a capital inside a heading.', hint)


@RULES.named("skipped-heading")
def skipped_headings(text: Text) -> Iterator[Diagnostic]:
    """A heading is at most one level below the one before it. Bad: `####` below `##`. Good: `###` below `##`."""
    level, path = 0, ""
    for stretch in text.corpus.stretches if "heading" in text.voice.limits else ():
        if stretch.kind == "heading":
            level = level if path == stretch.span.path else 1  # the title of its page
            if stretch.level > level + 1:
                message = f"This heading has level {stretch.level}, and that before it level {level}."
                hint = f"Begin it with {'#' * (level + 1)}, or add the heading between."
                yield Diagnostic.at(_first(stretch)[0], "skipped-heading", message, hint)
            level, path = stretch.level, stretch.span.path


@RULES.named("heading-stop")
def heading_stops(text: Text) -> Iterator[Diagnostic]:
    """A heading is no sentence. Bad: `## Pack the boxes.` Good: `## Pack the boxes`."""
    for stretch in _headings(text) if "heading" in text.voice.limits else ():
        words = stretch.text.rstrip()
        if words.endswith((".", ":", "!")):
            span = stretch.place(len(words) - 1)
            yield Diagnostic.at(span, "heading-stop", f'This heading ends with "{words[-1]}".', "Leave it out.")


@RULES.named("heading-question")
def heading_questions(text: Text) -> Iterator[Diagnostic]:
    """Headings say what to do, but on pages under `pages: questions`. Bad: `## Which?` Good: `## Choose one`."""
    asking = text.voice.pages.get("questions")
    for stretch in _headings(text) if asking is not None else ():
        words = stretch.text.rstrip()
        if words.endswith("?") and stretch.span.path not in (asking or ()):
            span = stretch.place(len(words) - 1)
            hint = "Say what the reader can do, verb first."
            yield Diagnostic.at(span, "heading-question", "This heading asks a question.", hint)


@RULES.named("hard-page")
def hard_pages(text: Text) -> Iterator[Diagnostic]:
    """A page is plain enough for a child of eleven: grade 6 by Flesch and Kincaid, and easy words by Flesch's `ease`.

    Bad: long words, long sentences. Good: short ones.
    """
    least = text.limit("ease").least
    for path, sentences in prose(text).items() if {"grade", "ease"} & text.voice.limits.keys() else ():
        found, easy = grade(sentences), ease(sentences)
        hint = "Use shorter sentences and shorter words. "
        if text.limit("grade").judge(number := ceil(found)):  # 6.1 is beyond 6
            what = f"This page is for grade {found:.1f}"
            hint += _hardest(sentences)
            yield from measured(text, "grade", number, Span(path), "hard-page", what, hint=hint)
        elif least is not None and easy < least:
            message = f"This page has a reading ease of {easy:.0f}; at least {least} are wanted."
            yield Diagnostic.at(Span(path), "hard-page", message, hint + _hardest(sentences), Severity.WARNING)


def prose(text: Text) -> dict[str, list[str]]:
    """Return the sentences of each page with those that the build prints there."""
    found: dict[str, list[str]] = defaultdict(list)
    for stretch in text.corpus.stretches:
        if stretch.kind in PROSE and stretch.span.path.endswith(".md") and "alias" not in stretch.contexts:
            found[stretch.span.path] += _sentences(stretch.text)
    for topic in text.guide.content.topics:
        for advice in text.guide.advice_of(topic):
            found[f"guide/{topic.slug}.md"] += _sentences(plain(advice.lead)) + _sentences(plain(advice.body))
    return found


def _sentences(words: str) -> list[str]:
    return [part for part in SENTENCE_END.split(words) if WORD.search(part)]


def _hardest(sentences: list[str]) -> str:
    hardest = max(sentences, key=lambda sentence: grade([sentence]))
    return f'The hardest sentence: "{" ".join(hardest.split())}"'

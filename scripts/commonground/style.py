"""How a guide is written: the length, order and form of its sentences, headings, pages and lists.

A rule is a generator as in `checks`; its limit, its pages and its names stand in voice.yml. Without them there is no
such rule.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from .corpus import WORD, Corpus
from .diagnostics import Diagnostic, Severity, counted
from .mdtext import lead_end, plain
from .model import Checklist, Guide, Span, Topic
from .visible import Stretch
from .voice import Limit, Voice

PROSE = {"paragraph", "bullet", "heading", "value", "table"}
SENTENCE_END = re.compile(r"(?<=[.?!:])[\"”’)]*\s+")
_CAPITAL = re.compile(r"(?<=[^\W\d_] )[A-Z][a-z]+")
_NUMBER_OR_WORD = re.compile(r"[\w'’-]+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouyscxzg]es|(?<=[^aeiouy])(?:[lr]es))$")
SHORT = 3  # letters of words such as "the", whose last e is spoken


@dataclass(frozen=True)
class Text:
    """What a rule looks at."""

    corpus: Corpus
    guide: Guide
    voice: Voice

    def limit(self, name: str) -> Limit:
        """Return a limit; where there is none, nothing is beyond it."""
        return self.voice.limits.get(name, Limit())


Rule = Callable[[Text], Iterator[Diagnostic]]
RULES: dict[str, Rule] = {}


def rule(code: str) -> Callable[[Rule], Rule]:
    """Register a generator of findings under its code."""

    def register(function: Rule) -> Rule:
        RULES[code] = function
        return function

    return register


def check(corpus: Corpus, guide: Guide, voice: Voice) -> Iterator[Diagnostic]:
    """Run every rule."""
    text = Text(corpus, guide, voice)
    for function in RULES.values():
        yield from function(text)


def documentation() -> dict[str, str]:
    """Return what each code means, with a bad and a good example."""
    return {code: re.sub(r"\s+", " ", function.__doc__ or "").strip() for code, function in RULES.items()}


def _measured(  # noqa: PLR0913  # what a finding about a number says
    text: Text, limit: str, number: int, span: Span, code: str, what: str, *, length: int = 1, hint: str = ""
) -> Iterator[Diagnostic]:
    """Yield a finding where a number is beyond its limit."""
    severity = text.limit(limit).judge(number)
    if severity:
        most = text.limit(limit).warning if severity is Severity.WARNING else text.limit(limit).error
        message = f"{what}; at most {most} are wanted."
        yield Diagnostic(span.path, span.line, span.column, code, message, hint, severity, length)


def _count(words: str) -> int:
    """Count the words of a text. Figures count, signs do not."""
    return len(_NUMBER_OR_WORD.findall(words))


@rule("long-sentence")
def long_sentences(text: Text) -> Iterator[Diagnostic]:
    """Somebody tired loses the thread of a long sentence. Bad: one of 26 words. Good: two of 13."""
    limit = text.limit("sentence")
    fewest = limit.warning if limit.warning is not None else limit.error
    for stretch in text.corpus.stretches if fewest is not None else ():
        if stretch.kind in PROSE and len(stretch.text.split()) > (fewest or 0):
            edges = [0, *(edge.end() for edge in SENTENCE_END.finditer(stretch.text)), len(stretch.text)]
            for start, end in pairwise(edges):
                sentence = stretch.text[start:end]
                first = start + len(sentence) - len(sentence.lstrip())
                number = _count(sentence)
                length = len(sentence.strip().split("\n")[0])
                hint = "Make two sentences of it, or leave words out."
                what = f"This sentence has {number} words"
                yield from _measured(
                    text, "sentence", number, stretch.place(first), "long-sentence", what, length=length, hint=hint
                )


@rule("long-paragraph")
def long_paragraphs(text: Text) -> Iterator[Diagnostic]:
    """A paragraph is one thought. Bad: five sentences. Good: three, and a new paragraph."""
    for stretch in text.corpus.stretches:
        if stretch.kind == "paragraph" and not stretch.contexts & {"quote", "answer"}:
            number = len([part for part in SENTENCE_END.split(stretch.text) if part.strip()])
            what = f"This paragraph has {number} sentences"
            span = _first(stretch.text, stretch.place)
            yield from _measured(text, "paragraph", number, span, "long-paragraph", what, hint="Part it.")


def _first(words: str, place: Callable[[int], Span]) -> Span:
    """Return the place of the first word."""
    return place(len(words) - len(words.lstrip()))


@rule("long-bullet")
def long_bullets(text: Text) -> Iterator[Diagnostic]:
    """A bullet is one idea, taken in at a glance. Bad: 46 words. Good: 30, or two bullets."""
    for stretch in text.corpus.stretches:
        if stretch.kind == "bullet":
            number = _count(stretch.text)
            span = _first(stretch.text, stretch.place)
            yield from _measured(
                text, "bullet", number, span, "long-bullet", f"This bullet has {number} words", hint="Part it."
            )
    for group in text.guide.content.decisions.groups:
        number = _count(plain(f"{group.lead} {group.body}"))
        what = f'What "{group.id}" prints has {number} words'
        yield from _measured(text, "bullet", number, group.span, "long-bullet", what, hint="Shorten its body.")


@rule("long-answer")
def long_answers(text: Text) -> Iterator[Diagnostic]:
    """An answer is short and links to where more is said. Bad: 80 words. Good: 40 and a link."""
    for question in text.guide.content.questions:
        number = _count(plain(question.answer))
        what = f"This answer has {number} words"
        hint = "Say the rest on the page of its topic."
        yield from _measured(text, "answer", number, question.span, "long-answer", what, hint=hint)


@rule("long-heading")
def long_headings(text: Text) -> Iterator[Diagnostic]:
    """A heading is read at a glance, and stands in menus. Bad: 66 signs. Good: `Pack the boxes`."""
    for stretch in _headings(text):
        words = " ".join(stretch.text.split())
        what = f"This heading has {len(words)} signs"
        span = _first(stretch.text, stretch.place)
        yield from _measured(text, "heading", len(words), span, "long-heading", what, length=len(words))


def _headings(text: Text) -> Iterator[Stretch]:
    """Return what stands as a heading on a page: headings and titles."""
    return (one for one in text.corpus.stretches if one.kind == "heading" or "title" in one.contexts)


@rule("heading-case")
def heading_cases(text: Text) -> Iterator[Diagnostic]:
    """Headings are in sentence case; names stand in `names` of voice.yml. Bad: `Pack The Boxes`. Good: `Pack boxes`."""
    for stretch in _headings(text) if "heading" in text.voice.limits else ():
        for word in _CAPITAL.finditer(stretch.text):
            if not any(word[0] in name.split() for name in text.voice.names):
                span = stretch.place(word.start())
                hint = f'Write "{word[0].lower()}", or add the name to `names` of voice.yml.'
                yield Diagnostic.at(span, "heading-case", f'"{word[0]}" has a capital inside a heading.', hint)


@rule("heading-stop")
def heading_stops(text: Text) -> Iterator[Diagnostic]:
    """A heading is no sentence. Bad: `## Pack the boxes.` Good: `## Pack the boxes`."""
    for stretch in _headings(text) if "heading" in text.voice.limits else ():
        words = stretch.text.rstrip()
        if words.endswith((".", ":", "!")):
            span = stretch.place(len(words) - 1)
            yield Diagnostic.at(span, "heading-stop", f'This heading ends with "{words[-1]}".', "Leave it out.")


@rule("heading-question")
def heading_questions(text: Text) -> Iterator[Diagnostic]:
    """Headings say what to do; pages that may ask stand in `pages: questions`. Bad: `## Which?` Good: `## Choose one`."""
    asking = text.voice.pages.get("questions")
    for stretch in _headings(text) if asking is not None else ():
        words = stretch.text.rstrip()
        if words.endswith("?") and stretch.span.path not in (asking or ()):
            span = stretch.place(len(words) - 1)
            hint = "Say what the reader can do, verb first."
            yield Diagnostic.at(span, "heading-question", "This heading asks a question.", hint)


@rule("hard-page")
def hard_pages(text: Text) -> Iterator[Diagnostic]:
    """A page is plain enough for a child of eleven: grade 6 by Flesch and Kincaid. Bad: long words, long sentences.

    Good: short ones.
    """
    if "grade" not in text.voice.limits:
        return
    for path, sentences in _prose(text).items():
        found = grade(sentences)
        what = f"This page is for grade {found:.1f}"
        hint = "Use shorter sentences and shorter words. " + _hardest(sentences)
        # A page at the limit is within it, and one a tenth above is not.
        number = int(found) + (found > int(found))
        yield from _measured(text, "grade", number, Span(path), "hard-page", what, hint=hint)


def _prose(text: Text) -> dict[str, list[str]]:
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


def grade(sentences: list[str]) -> float:
    """Return how many years at school it takes to read the sentences easily, by Flesch and Kincaid."""
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if not words:
        return 0.0
    counts = Counter(word.lower() for word in words)
    spoken = sum(syllables(word) * count for word, count in counts.items())
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59


@cache
def syllables(word: str) -> int:
    """Return how many syllables an English word has, by its vowels."""
    lower = word.lower()
    spoken = _SILENT.sub("x", lower) if len(lower) > SHORT else lower
    return max(1, len(_VOWELS.findall(spoken)))


def _hardest(sentences: list[str]) -> str:
    hardest = max(sentences, key=lambda sentence: grade([sentence]))
    return f'The hardest sentence: "{" ".join(hardest.split())}"'


@rule("long-page")
def long_pages(text: Text) -> Iterator[Diagnostic]:
    """Nobody reads a very long page to its end. Bad: a topic with more words than `page` allows. Good: fewer."""
    for topic, number in _lengths(text):
        what = f"This page has {number} words"
        hint = "Take out what another page says, or part the page."
        yield from _measured(text, "page", number, Span(topic.span.path), "long-page", what, hint=hint)


@rule("short-page")
def short_pages(text: Text) -> Iterator[Diagnostic]:
    """A page of a few lines is better a part of another. Bad: fewer words than `page` asks for. Good: more."""
    least = text.limit("page").least or 0
    for topic, number in _lengths(text):
        if number < least:
            message = f"This page has {number} words; at least {least} are wanted."
            hint = "Join it with another topic, or say what is missing."
            yield Diagnostic.at(Span(topic.span.path), "short-page", message, hint, Severity.WARNING)


def _lengths(text: Text) -> Iterator[tuple[Topic, int]]:
    """Count the words of each topic: its prose and its advice, and not what the build adds around them."""
    counts: Counter[str] = Counter()
    for stretch in text.corpus.stretches:
        if stretch.kind in PROSE - {"value"}:
            counts[stretch.span.path] += _count(stretch.text)
    for topic in text.guide.content.topics:
        advice = sum(_count(plain(one.text)) for one in text.guide.advice_of(topic))
        yield topic, counts[f"guide/{topic.slug}.md"] + advice


@rule("late-gate")
def late_gates(text: Text) -> Iterator[Diagnostic]:
    """The line to check first stands high on the page, after its lead. Bad: a lead of 120 words. Good: two sentences."""
    checks = {scope.id for scope in text.guide.content.settings.scopes if scope.check}
    for topic in text.guide.content.topics:
        number = _count(plain(topic.body[: lead_end(topic.body)]))
        if topic.scope in checks:
            what = f"{number} words stand before the line to check first"
            hint = "Shorten the first paragraph: the line follows it."
            yield from _measured(text, "lead", number, topic.span, "late-gate", what, hint=hint)


@rule("early-scope")
def early_scopes(text: Text) -> Iterator[Diagnostic]:
    """What is for later stands on no early page: voice.yml says which. Bad: it urges too soon. Good: a later topic."""
    early, content = text.voice.early, text.guide.content
    if not early:
        return
    stages = {topic.slug: topic.stage for topic in content.topics}
    scopes = {advice.id: advice.scope for advice in text.guide.advice}
    for advice in text.guide.advice:
        if advice.scope == early["scope"] and stages.get(advice.topic) in early["stages"]:
            message = f'"{advice.id}" is for the scope "{advice.scope}", and its page is an early one.'
            yield Diagnostic.at(advice.span, "early-scope", message, "Move it to a later topic, or change its scope.")
    for checklist in _before(content.checklists, early.get("before", "")):
        for item in checklist.items:
            late = next((name for name in item.advice if scopes.get(name) == early["scope"]), None)
            if late or checklist.scope == early["scope"]:
                message = f'This line is for the scope "{early["scope"]}", and its list is an early one.'
                yield Diagnostic.at(item.span, "early-scope", message, "Move it to a later list, or leave it out.")


def _before(checklists: tuple[Checklist, ...], name: str) -> Iterator[Checklist]:
    """Return the checklists before the named one."""
    order = next((one.order for one in checklists if one.slug == name), 0)
    return (one for one in checklists if one.order < order)


@rule("no-help")
def pages_without_help(text: Text) -> Iterator[Diagnostic]:
    """The pages that voice.yml names under `pages: help` carry the help block. Bad: no `help: true`. Good: with it."""
    content = text.guide.content
    pages = {one.span.path: one.help for one in (*content.topics, *content.checklists)}
    pages |= {page.path: page.help or "<!-- help -->" in page.body for page in (*content.plain, *content.stages)}
    for path in sorted(text.voice.pages.get("help", ())):
        if not pages.get(path, True):
            hint = "Write help: true into its front matter."
            yield Diagnostic.at(Span(path), "no-help", "This page needs the help block.", hint)


@rule("short-checklist")
def short_checklists(text: Text) -> Iterator[Diagnostic]:
    """A list of three lines needs no sheet of its own. Bad: fewer lines than `checklist` asks for. Good: more."""
    least = text.limit("checklist").least or 0
    for checklist in text.guide.content.checklists:
        if len(checklist.items) < least:
            message = f"This list has {counted(len(checklist.items), 'line')}; at least {least} are wanted."
            hint = "Add what is missing, or join it with another list."
            yield Diagnostic.at(Span(checklist.span.path), "short-checklist", message, hint)


@rule("long-checklist")
def long_checklists(text: Text) -> Iterator[Diagnostic]:
    """A list fits a page and a patient reader. Bad: more lines than `checklist` allows. Good: the ones that count."""
    for checklist in text.guide.content.checklists:
        number = len(checklist.items)
        span = Span(checklist.span.path)
        what = f"This list has {number} lines"
        yield from _measured(text, "checklist", number, span, "long-checklist", what, hint="Join or drop some.")


@rule("long-line")
def long_lines(text: Text) -> Iterator[Diagnostic]:
    """A line to tick is short. Bad: more than 90 signs. Good: `I have counted the keys.`"""
    for checklist in text.guide.content.checklists:
        for item in checklist.items:
            number = len(plain(item.text))
            what = f"This line has {number} signs"
            yield from _measured(text, "line", number, item.span, "long-line", what, hint="Say it shorter.")


@rule("many-related")
def many_related(text: Text) -> Iterator[Diagnostic]:
    """Too many ways on are none. Bad: nine related topics. Good: the five that help most."""
    for topic in text.guide.content.topics:
        number = len(topic.related)
        span = Span(topic.span.path)
        what = f"This page names {number} related topics"
        yield from _measured(text, "related", number, span, "many-related", what, hint="Keep those that help most.")

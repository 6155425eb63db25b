"""How a guide is laid out: how long its pages and lists are, what stands early on them and what must not.

A rule is a generator as in `checks`; its limit and its pages stand in voice.yml. Where there are none, there is no
such rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .diagnostics import Diagnostic, Severity, counted
from .mdtext import lead_end, plain
from .measuring import PROSE, Text, count, measured
from .model import Checklist, Span, Topic
from .ruling import Rules

RULES = Rules[Text]()
SAFETY = {"late-gate", "early-scope", "no-help"}  # what they find stands between a reader and harm


@RULES.named("long-page")
def long_pages(text: Text) -> Iterator[Diagnostic]:
    """Few read a very long page to its end; those under `pages: long` may be. Bad: 900 words. Good: 500."""
    for topic, number in _lengths(text):
        if topic.span.path not in text.voice.pages.get("long", ()):
            what = f"This page has {number} words"
            hint = "Take out what another page says, or part the page."
            yield from measured(text, "page", number, Span(topic.span.path), "long-page", what, hint=hint)


@RULES.named("short-page")
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
    for stretch, number in zip(text.corpus.stretches, text.corpus.counts, strict=True):
        if stretch.kind in PROSE and stretch.kind != "value":
            counts[stretch.span.path] += number
    for topic in text.guide.content.topics:
        advice = sum(count(plain(one.text)) for one in text.guide.advice_of(topic))
        yield topic, counts[f"guide/{topic.slug}.md"] + advice


@RULES.named("late-gate")
def late_gates(text: Text) -> Iterator[Diagnostic]:
    """The line to check first stands high on the page, after its lead. Bad: a lead of 120 words. Good: 30."""
    checks = {scope.id for scope in text.guide.content.settings.scopes if scope.check}
    for topic in text.guide.content.topics:
        number = count(plain(topic.body[: lead_end(topic.body)]))
        if topic.scope in checks:
            what = f"{number} words stand before the line to check first"
            hint = "Shorten the first paragraph: the line follows it."
            yield from measured(text, "lead", number, topic.span, "late-gate", what, hint=hint)


@RULES.named("early-scope")
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


@RULES.named("no-help")
def pages_without_help(text: Text) -> Iterator[Diagnostic]:
    """The pages that voice.yml names under `pages: help` carry the help block. Bad: no `help: true`. Good: with it."""
    content = text.guide.content
    pages = {topic.span.path: topic.help for topic in content.topics}
    pages |= {checklist.span.path: checklist.help for checklist in content.checklists}
    pages |= {page.path: page.help or "<!-- help -->" in page.body for page in (*content.plain, *content.stages)}
    for path in sorted(text.voice.pages.get("help", ())):
        if not pages.get(path, True):
            hint = "Write help: true into its front matter."
            yield Diagnostic.at(Span(path), "no-help", "This page needs the help block.", hint)


@RULES.named("short-checklist")
def short_checklists(text: Text) -> Iterator[Diagnostic]:
    """A list of three lines needs no sheet of its own. Bad: fewer lines than `checklist` asks for. Good: more."""
    least = text.limit("checklist").least or 0
    for checklist in text.guide.content.checklists:
        if len(checklist.items) < least:
            message = f"This list has {counted(len(checklist.items), 'line')}; at least {least} are wanted."
            hint = "Add what is missing, or join it with another list."
            yield Diagnostic.at(Span(checklist.span.path), "short-checklist", message, hint)


@RULES.named("long-checklist")
def long_checklists(text: Text) -> Iterator[Diagnostic]:
    """A list fits a page and a patient reader. Bad: more lines than `checklist` allows. Good: the ones that count."""
    for checklist in text.guide.content.checklists:
        number = len(checklist.items)
        span = Span(checklist.span.path)
        what = f"This list has {number} lines"
        yield from measured(text, "checklist", number, span, "long-checklist", what, hint="Join or drop some.")


@RULES.named("long-line")
def long_lines(text: Text) -> Iterator[Diagnostic]:
    """A line to tick is short. Bad: more than 90 signs. Good: `I have counted the keys`."""
    for checklist in text.guide.content.checklists:
        for item in checklist.items:
            number = len(plain(item.text))
            what = f"This line has {number} signs"
            yield from measured(text, "line", number, item.span, "long-line", what, hint="Say it shorter.")


@RULES.named("many-related")
def many_related(text: Text) -> Iterator[Diagnostic]:
    """Too many ways on are none. Bad: nine related topics. Good: the five that help most."""
    for topic in text.guide.content.topics:
        number = len(topic.related)
        span = Span(topic.span.path)
        what = f"This page names {number} related topics"
        yield from measured(text, "related", number, span, "many-related", what, hint="Keep those that help most.")

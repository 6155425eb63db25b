"""The guide's own links: the first mention of another topic on a page becomes a link to it."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import permutations

from .diagnostics import Diagnostic, Severity
from .linking import Checks, Targets
from .mentions import Linked, Mention, Names, Passage, link
from .model import Guide, Phrase, Plain, Span, Topic

ADVICE = "<!-- advice -->"


@dataclass(frozen=True)
class Crosslinks:
    """What linking makes of a guide.

    `bodies` are the pages' own texts by path and `advice` those of printed advice by id, with their links. `mentions`
    holds every mention by the path of its page, `back` the paths of the pages that lead to each topic, in the order of
    the guide, and `findings` the exceptions that except nothing.
    """

    bodies: dict[str, str] = field(default_factory=dict)
    advice: dict[str, str] = field(default_factory=dict)
    mentions: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
    back: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    findings: list[Diagnostic] = field(default_factory=list)


def crosslink(guide: Guide, targets: Targets) -> Crosslinks:
    """Link the topics, stages and plain pages of the guide, which must have passed every check.

    Sources and checklists have a link in every line, and every answer ends in links: they want no others.
    """
    linker = _Linker(guide, targets)
    for topic in guide.content.topics:
        linker.topic(topic)
    for page in (*guide.content.stages, *guide.content.plain):
        linker.plain(page)
    return linker.finish()


class _Linker:
    def __init__(self, guide: Guide, targets: Targets) -> None:
        self.guide = guide
        self.targets = targets
        self.made = Crosslinks()
        self.topics = {topic.slug: topic for topic in guide.content.topics}
        self.paths = {f"guide/{slug}.md": slug for slug in self.topics}
        self.called = {topic.slug: [topic.title, *_linkable(topic)] for topic in guide.content.topics}
        self.everywhere = guide.content.settings.nolink
        self.names = Names(self.called, (phrase.text for phrase in self.everywhere))
        self.check_first = Checks(guide).check_first
        self.apart = _apart(guide)
        self.excepted: set[str] = set()

    def topic(self, topic: Topic) -> None:
        before, marker, after = topic.body.partition(ADVICE)
        below = Span(topic.span.path, topic.span.line + before.count("\n"))
        advice = self.guide.advice_of(topic)
        passages = [
            Passage(before, topic.span),
            *(Passage(one.body, one.span, block=False, apart=self.apart[one.id]) for one in advice),
            Passage(after, below),
        ]
        free = topic.autolink and topic.slug != self.guide.content.settings.gate
        first, *bodies, last = self._link(passages, topic.span.path, topic.nolink, topic.slug, free=free)
        self.made.bodies[topic.span.path] = first + marker + last
        self.made.advice.update(zip((one.id for one in advice), bodies, strict=True))

    def plain(self, page: Plain) -> None:
        passages = [Passage(page.body, page.span)]
        [self.made.bodies[page.path]] = self._link(passages, page.path, page.nolink, free=page.autolink)

    def _link(
        self, passages: Sequence[Passage], path: str, nolink: Sequence[Phrase], own: str = "", *, free: bool
    ) -> tuple[str, ...]:
        """Link a page, and remember what came of it. A page that is not `free` keeps only its writer's links."""
        made = Linked(tuple(passage.text for passage in passages), (), frozenset())
        if free:
            phrases = (phrase.text for phrase in (*self.everywhere, *nolink))
            names = Names(self.called, phrases) if nolink else self.names
            made = link(passages, names, partial(self._write, path), self._meant, own)
        self.made.mentions[path] = made.mentions
        self.excepted |= made.excepted
        linked = {self._meant(aim, passage) for passage in passages for aim in passage.aims}
        for slug in sorted((linked | {one.aim for one in made.mentions if not one.reason}) - {own, ""}):
            self.made.back[slug].append(path)
        self.made.findings.extend(_unused(phrase) for phrase in nolink if phrase.text not in made.excepted)
        return made.texts

    def _meant(self, address: str, passage: Passage) -> str:
        """The topic that an address leads to, in whole or in part."""
        path = address.partition("#")[0]
        return self.paths.get(posixpath.normpath(posixpath.join(posixpath.dirname(passage.span.path), path)), "")

    def _write(self, here: str, words: str, slug: str, passage: Passage) -> str:
        """A link on the words, for the page `here`. From what a reader does alone to what wants a check, it says so."""
        check = self.check_first(f"guide/{slug}.md", here)
        return f"[{words}{check}]({self.targets.link('topic', slug, passage.span.path)})"

    def finish(self) -> Crosslinks:
        self.made.findings.extend(_unused(one) for one in self.everywhere if one.text not in self.excepted)
        return self.made


def _linkable(topic: Topic) -> list[str]:
    return [alias.text for alias in topic.aliases if alias.link]


def _apart(guide: Guide) -> dict[str, frozenset[str]]:
    """The topics of what was decided to be different from each piece of advice, other than its own."""
    printed = {point.id: advice for advice in guide.advice for point in (*advice.points, *advice.replaced)}
    apart: dict[str, set[str]] = defaultdict(set)
    for difference in guide.content.decisions.different:
        sides = [{printed[one.id] for one in side if one.id in printed} for side in difference.between]
        for side, other in permutations(sides, 2):
            for advice in side:
                apart[advice.id] |= {one.topic for one in other} - {advice.topic}
    return {advice.id: frozenset(apart[advice.id]) for advice in guide.advice}


def _unused(phrase: Phrase) -> Diagnostic:
    message = f'"{phrase.text}" keeps nothing from becoming a link.'
    hint = "Take it out of `nolink`, or write it as the text has it."
    return Diagnostic.at(phrase.span, "unused-nolink", message, hint, Severity.WARNING)

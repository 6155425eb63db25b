"""What a change does to the guide: two states of it compared, for whoever reviews the change.

Pure: what was and what is, each as the content folder's files, to values that `changesreport` tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from .building import build
from .diagnostics import Diagnostic, Severity, has_errors
from .joining import Joined, compare_advice
from .merging import merge
from .model import Content, Guide, Point, Settings
from .pagechanges import PageChange, compare_pages
from .proposing import undecided
from .reading import DOCS, read
from .revising import unrevised

SAFETY_FILES = {"help.yml"}


@dataclass(frozen=True)
class State:
    """The guide at one time. `pages` are the finished ones, by path; there are none where there are `errors`."""

    files: Mapping[str, bytes]
    guide: Guide
    pages: Mapping[str, str]
    errors: tuple[Diagnostic, ...] = ()
    readable: bool = True

    @property
    def size(self) -> int:
        """The bytes of the finished pages."""
        return sum(len(text.encode()) for text in self.pages.values())


def state(files: Mapping[str, bytes]) -> State:
    """Build what the files hold. Where that fails, what can be read can still be compared, but for its pages."""
    result = build(files)
    if not result.failed:
        pages = {page.path: page.text for page in result.pages if page.path.endswith(".md") and not page.moved}
        return State(files, result.guide, pages)
    errors = tuple(one.below(DOCS) for one in result.findings if one.severity is Severity.ERROR)
    content, findings = read(files)
    if has_errors(findings) or not files:
        return State(files, Guide(Content(), ()), {}, errors, readable=False)
    return State(files, Guide(content, merge(content)[0]), {}, errors)


@dataclass(frozen=True)
class Named:
    """Something with an id and a text, in what was and in what is; the text is empty where it is not."""

    id: str
    before: str
    after: str


@dataclass(frozen=True)
class Condition:
    """A point, or the wording of a group, that is swapped or bound to a condition, and what became of that."""

    id: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class NewSource:
    """An article that was not there: how many of its points are new, joined others, or wait for a decision."""

    id: str
    title: str
    new: int = 0
    joined: int = 0
    undecided: int = 0
    swapped: int = 0
    draft: bool = False


@dataclass(frozen=True)
class Changes:
    """All that a reviewer wants to know, but for duplicates, paper and weights, which are others' to find."""

    pages_added: tuple[str, ...] = ()
    pages_removed: tuple[str, ...] = ()
    pages_changed: tuple[PageChange, ...] = ()
    advice: Joined = field(default_factory=Joined)
    conditions: tuple[Condition, ...] = ()
    questions: tuple[Named, ...] = ()
    tensions: tuple[Named, ...] = ()
    lines: tuple[Named, ...] = ()
    sources_added: tuple[NewSource, ...] = ()
    sources_removed: tuple[Named, ...] = ()
    look_twice: tuple[str, ...] = ()
    unrevised: tuple[str, ...] = ()
    new_points: frozenset[str] = frozenset()

    @property
    def nothing(self) -> bool:
        """Whether no reader will see a difference."""
        seen = (self.pages_added, self.pages_removed, self.pages_changed, self.conditions, self.sources_added)
        return not any((*seen, self.questions, self.tensions, self.lines, self.sources_removed, *self.advice.every))


def compare(before: State, after: State) -> Changes:
    """Return what became of what was. What could not be read is taken for nothing, so look at `readable` first."""
    old, new = before.guide.content, after.guide.content
    pages = before.pages and after.pages
    return Changes(
        pages_added=tuple(sorted(after.pages.keys() - before.pages.keys())) if pages else (),
        pages_removed=tuple(sorted(before.pages.keys() - after.pages.keys())) if pages else (),
        pages_changed=tuple(compare_pages(before.pages, after.pages, before.files, after.files)),
        advice=compare_advice(before.guide, after.guide),
        conditions=tuple(_conditions(before.guide, after.guide)),
        questions=_named(_questions(old), _questions(new)),
        tensions=_named(_tensions(old), _tensions(new)),
        lines=_named(_lines(old), _lines(new)),
        sources_added=tuple(_sources(old, after.guide)),
        sources_removed=tuple(_gone(old, new)),
        look_twice=tuple(_look_twice(before, after)),
        unrevised=tuple(f"{DOCS}/{checklist.span.path}" for checklist in unrevised(new)),
        new_points=frozenset({one.id for one in new.points} - {one.id for one in old.points}),
    )


def _named(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Named, ...]:
    names = dict.fromkeys((*new, *old))
    return tuple(Named(name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name) != new.get(name))


def _questions(content: Content) -> dict[str, str]:
    return {one.id: f"{one.question} {one.answer}" for one in content.questions}


def _tensions(content: Content) -> dict[str, str]:
    return {
        one.id: "\n".join(
            [
                one.title,
                *(side.says for side in one.sides),
                *(f"If {case.condition}: {case.action}" for case in one.when),
            ]
        )
        for one in content.tensions
    }


def _lines(content: Content) -> dict[str, str]:
    return {f"{one.slug}: {item.id}": item.text for one in content.checklists for item in one.items}


def _conditions(before: Guide, after: Guide) -> Iterator[Condition]:
    old, new = _bound(before), _bound(after)
    for name in dict.fromkeys((*new, *old)):
        if old.get(name) != new.get(name) and (_binds(old.get(name)) or _binds(new.get(name))):
            (was, before_text), (is_, after_text) = old.get(name, ("", "")), new.get(name, ("", ""))
            what = f"was {was or 'not there'}, is {is_ or 'gone'}" if was != is_ else f"still {is_}, in other words"
            yield Condition(name, what, before_text, after_text)


def _binds(bound: tuple[str, str] | None) -> bool:
    return bool(bound) and bound[0].split()[0] != "keep" if bound else False


def _bound(guide: Guide) -> dict[str, tuple[str, str]]:
    """The use, rule and text of each point, and of the wording of each group that has points which are not kept."""
    points = {one.id: (f"{one.use} {one.rule}".strip(), one.text) for one in guide.content.points}
    groups = {group.id for group in guide.content.decisions.groups}
    for one in guide.advice:
        uses = {point.use for point in (*one.points, *one.replaced)} - {"keep"}
        if one.id in groups:
            points[one.id] = (f"{' and '.join(sorted(uses)) or 'keep'}", one.text)
    return points


def _sources(old: Content, after: Guide) -> Iterator[NewSource]:
    known = {one.slug for one in old.sources}
    fellows = {point.id: len(one.points) + len(one.replaced) for one in after.advice for point in one.points}
    waiting = {point.id for point in undecided(after.content)}
    for source in after.content.sources:
        if source.slug not in known:
            fates = Counter(_fate(point, waiting, fellows) for point in source.points)
            counts = (fates["new"], fates["joined"], fates["undecided"], fates["swapped"])
            yield NewSource(source.slug, source.title, *counts)
    drafts = {one.slug for one in old.drafts}
    for draft in after.content.drafts:
        if draft.slug not in drafts:
            yield NewSource(draft.slug, draft.title, draft=True)


def _fate(point: Point, waiting: set[str], fellows: Mapping[str, int]) -> str:
    if point.use == "swap":
        return "swapped"
    if fellows.get(point.id, 1) > 1:
        return "joined"
    return "undecided" if point.id in waiting else "new"


def _gone(old: Content, new: Content) -> Iterator[Named]:
    was, is_ = _articles(old), _articles(new)
    yield from (Named(slug, title, "") for slug, title in was.items() if slug not in is_)


def _articles(content: Content) -> dict[str, str]:
    """The titles of all sources, of the drafts too."""
    return {one.slug: one.title for one in content.sources} | {one.slug: one.title for one in content.drafts}


def _look_twice(before: State, after: State) -> Iterator[str]:
    """The files that keep readers safe and are other than they were, as seen from the project."""
    old, new = before.guide.content.settings, after.guide.content.settings
    names = SAFETY_FILES | {f"guide/{one.gate}.md" for one in (old, new) if one.gate}
    changed = {name for name in names if before.files.get(name) != after.files.get(name)}
    if before.readable and after.readable and _lasting(old) != _lasting(new):
        changed.add("guide.yml")
    yield from (f"{DOCS}/{name}" for name in sorted(changed))


def _lasting(settings: Settings) -> Settings:
    """The settings without the day, which every change may move."""
    return replace(settings, revised="")

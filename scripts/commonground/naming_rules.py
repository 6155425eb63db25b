"""Rules about names: whose they are, and that both ends of a link know each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from .diagnostics import Diagnostic, did_you_mean
from .model import GUIDE_MARK, Guide, Span, Topic
from .reading import DOCS
from .relating import WORDS
from .ruling import rule


@rule("unknown-name")
def unknown_names(guide: Guide) -> Iterator[Diagnostic]:
    """A name must be somebody's. Bad: `topic="plan-ahed"`. Good: `topic="plan-ahead"`."""
    content = guide.content
    known = {
        "topic": {topic.slug for topic in content.topics},
        "stage": {stage.slug for stage in content.stages},
        "scope": {scope.id for scope in content.settings.scopes},
        "rule": {*content.settings.care, *(tension.id for tension in content.tensions)},
        "tension": {tension.id for tension in content.tensions},
        "checklist": {checklist.slug for checklist in content.checklists},
        "mark": {source.mark for source in content.sources},
        "source": {source.slug for source in content.sources},
        "point": {point.id for point in content.points},
        "page": set(content.titles),
        "advice": {advice.id for advice in guide.advice},
    }
    printed_as = {point.id: advice.id for advice in guide.advice for point in (*advice.points, *advice.replaced)}
    # A line or an answer may name a point that has joined a group since: its name lasts.
    known["piece of advice"] = known["advice"] | printed_as.keys()
    for reference in content.references:
        if reference.id not in known[reference.kind]:
            printed = printed_as.get(reference.id) if reference.kind == "advice" else None
            hint = f'"{reference.id}" is printed as "{printed}".' if printed else ""
            yield Diagnostic.at(
                reference.span,
                "unknown-name",
                f'There is no {reference.kind} "{reference.id}".',
                hint or did_you_mean(reference.id, known[reference.kind]),
            )


@rule("double-id")
def double_ids(guide: Guide) -> Iterator[Diagnostic]:
    """An id is a permanent name, so no two things may share it. Bad: two bullets `#a-16`. Good: `#a-16`, `#a-17`."""
    content = guide.content
    named: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for one in content.ids:
        named[f"{one.kind} of {one.span.path}" if one.kind == "item" else one.kind].append((one.id, one.span))
    shared = named.pop("point", [])
    shared += [(group.id, group.span) for group in content.decisions.groups]
    shared += [(tension.id, tension.span) for tension in content.tensions]
    shared += named.pop("draft-point", [])
    marks = [(source.mark, source.span) for source in content.sources]
    marks += [(draft.mark, draft.span) for draft in content.drafts]
    namespaces = [
        shared,
        marks,
        [(difference.id, difference.span) for difference in content.decisions.different],
        [(title.casefold(), span) for title, span in named.pop("title", [])]
        + [
            (alias.text.casefold(), alias.span)
            for topic in content.topics
            for alias in topic.aliases
            if alias.text.casefold() != topic.title.casefold()  # the page's own title, said once more
        ]
        + [(alias.text.casefold(), alias.span) for page in content.plain for alias in page.aliases],
    ]
    namespaces += named.values()
    for names in namespaces:
        first: dict[str, Span] = {}
        for name, span in names:
            if name in first:
                yield Diagnostic.at(
                    span,
                    "double-id",
                    f'"{name}" is taken already, at {DOCS}/{first[name].path}:{first[name].line}.',
                    "Give this one another name.",
                )
            first.setdefault(name, span)


@rule("one-sided")
def one_sided(guide: Guide) -> Iterator[Diagnostic]:
    """Links between topics, and between topics and tensions, are named at both ends.

    Bad: `pack` names `boxes`, and `boxes` does not name `pack`. Good: each names the other.
    """
    topics = {topic.slug: topic for topic in guide.content.topics}
    for topic in topics.values():
        for relation in topic.related:
            other = topics.get(relation.topic.id)
            back = {one.topic.id for one in other.related} if other else set()
            # A name that is nobody's may be a slip for this one, and is a finding already.
            if other and topic.slug not in back and back <= topics.keys():
                yield _one_sided(relation.topic.span, f'"{other.slug}" does not name "{topic.slug}" as related', other)
    tensions = {tension.id: tension for tension in guide.content.tensions}
    for topic in topics.values():
        for reference in topic.tensions:
            if reference.id in tensions and topic.slug not in {one.id for one in tensions[reference.id].topics}:
                yield _one_sided(
                    reference.span, f'"{reference.id}" does not name the topic "{topic.slug}"', "tensions.yml"
                )
    for tension in tensions.values():
        for reference in tension.topics:
            other = topics.get(reference.id)
            if other and tension.id not in {one.id for one in other.tensions}:
                yield _one_sided(reference.span, f'"{other.slug}" does not name the tension "{tension.id}"', other)


def _one_sided(span: Span, fault: str, other: Topic | str) -> Diagnostic:
    where = other if isinstance(other, str) else other.span.path
    return Diagnostic.at(span, "one-sided", f"{fault}.", f"Add it in {DOCS}/{where}, or take it out here.")


@rule("long-reason")
def long_reasons(guide: Guide) -> Iterator[Diagnostic]:
    """A reason to read on is taken in at a glance. Bad: more than eight words. Good: `if there is no plan yet`."""
    for topic in guide.content.topics:
        for relation in topic.related:
            count = len(relation.reason.split())
            if count > WORDS:
                yield Diagnostic.at(
                    relation.topic.span,
                    "long-reason",
                    f'The reason to read "{relation.topic.id}" has {count} words.',
                    f"Say it in at most {WORDS}.",
                )


@rule("false-marks")
def false_marks(guide: Guide) -> Iterator[Diagnostic]:
    """Letters mark the guide's own page, one of them. Bad: `mark: H`. Good: `mark: G`."""
    for source in guide.content.sources:
        if not source.is_article and source.mark != GUIDE_MARK:
            yield Diagnostic.at(
                source.span,
                "false-marks",
                f'The mark "{source.mark}" is not one.',
                f"Articles have numbers; the guide's own page has {GUIDE_MARK}.",
            )

"""Rules about the advice: what is decided of it, and what must never print."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from .diagnostics import Diagnostic, Severity
from .mdtext import normalised
from .model import GUIDE_MARK, Advice, Guide, Span
from .ruling import rule
from .verdicts import Verdicts


@rule("two-decisions")
def two_decisions(guide: Guide) -> Iterator[Diagnostic]:
    """A point has one decision. Bad: `a-14` in two groups, or in a group and in `alone`. Good: in one of them."""
    decisions = guide.content.decisions
    decided: dict[str, str] = {}
    entries = [
        (member.id, member.span, f'the group "{group.id}"') for group in decisions.groups for member in group.members
    ]
    entries += [(reference.id, reference.span, '"alone"') for reference in decisions.alone]
    entries += [(reference.id, reference.span, '"unsure"') for reference in decisions.unsure]
    for name, span, place in entries:
        if name in decided:
            yield Diagnostic.at(
                span,
                "two-decisions",
                f'"{name}" stands in {place} and in {decided[name]}.',
                "Take it out of one of them.",
            )
        decided.setdefault(name, place)


@rule("same-and-different")
def same_and_different(guide: Guide) -> Iterator[Diagnostic]:
    """What is decided to be different cannot be one group.

    Bad: n01 parts a-05 and b-10, and m16 joins them. Good: one of the two decisions alone.
    """
    verdicts = Verdicts(guide.content)
    told: set[tuple[Span, str]] = set()
    for parting in verdicts.partings:
        piece = verdicts.piece(parting.one)
        if piece == verdicts.piece(parting.other) and (parting.span, piece) not in told:
            told.add((parting.span, piece))
            group = verdicts.groups.get(piece)
            what = f'what the group "{piece}" joins in line {group.span.line}' if group else f'"{piece}" and itself'
            yield Diagnostic.at(
                parting.span,
                "same-and-different",
                f"{parting.by} keeps apart {what}.",
                "Change one of the two decisions.",
            )


@rule("undecided-point")
def undecided_points(guide: Guide) -> Iterator[Diagnostic]:
    """Somebody looks at every point before it prints alone. Bad: a new bullet. Good: a group or `alone` has it."""
    decisions = guide.content.decisions
    decided = {member.id for group in decisions.groups for member in group.members}
    decided |= {reference.id for reference in (*decisions.alone, *decisions.unsure)}
    for point in guide.content.points:
        if point.id not in decided and point.use != "swap" and point.mark != GUIDE_MARK:
            yield Diagnostic.at(
                point.span,
                "undecided-point",
                f'Nobody has decided yet whether "{point.id}" says something new.',
                "Put it into a group of docs/merges.yml, or into its list `alone`.",
                Severity.WARNING,
            )


@rule("swap-printed")
def swaps_printed(guide: Guide) -> Iterator[Diagnostic]:
    """Swapped advice never prints. Bad: a group of swapped points that does not say so. Good: `replaced: true`."""
    groups = {group.id: group for group in guide.content.decisions.groups}
    for advice in guide.advice:
        group = groups.get(advice.id)
        if group and group.replaced != (not advice.points):
            fault = (
                "says that it replaces its members, and some print" if group.replaced else "has only swapped members"
            )
            yield Diagnostic.at(
                group.span,
                "swap-printed",
                f'"{group.id}" {fault}.',
                "`replaced: true` belongs to groups whose members are all swapped.",
            )
    alone = {reference.id: reference for reference in guide.content.decisions.alone}
    for point in guide.content.points:
        if point.use == "swap" and point.id in alone:
            yield Diagnostic.at(
                alone[point.id].span,
                "swap-printed",
                f'"{point.id}" is swapped and cannot print by itself.',
                "Take it out.",
            )


@rule("swap-unnamed")
def swaps_unnamed(guide: Guide) -> Iterator[Diagnostic]:
    """What the guide leaves out, it says, once. Bad: a swapped point in no topic's `left_out`. Good: in exactly one."""
    named = Counter(reference.id for topic in guide.content.topics for reference in topic.left_out)
    for point in guide.content.points:
        if point.use == "swap" and named[point.id] != 1:
            yield Diagnostic.at(
                point.span,
                "swap-unnamed",
                f'The swapped point "{point.id}" is named in `left_out` of {named[point.id]} topics.',
                "Name it in exactly one.",
            )
    swapped = {point.id for point in guide.content.points if point.use == "swap"}
    for topic in guide.content.topics:
        for reference in topic.left_out:
            if reference.id not in swapped:
                yield Diagnostic.at(
                    reference.span,
                    "swap-unnamed",
                    f'"{reference.id}" is not a swapped point.',
                    "Take it out of `left_out`.",
                )


@rule("no-rule")
def points_without_rule(guide: Guide) -> Iterator[Diagnostic]:
    """A narrowed or swapped point says which rule asks for it. Bad: `use="swap"`. Good: `use="swap" rule="c3"`."""
    for point in guide.content.points:
        if (point.use == "keep") == bool(point.rule):
            bound = point.use != "keep"
            fault = f'"{point.id}" needs a rule.' if bound else f'"{point.id}" has a rule but no use.'
            hint = (
                'Add rule="..." to its attribute line.' if bound else 'Add use="cond" or use="swap", or take rule out.'
            )
            yield Diagnostic.at(point.span, "no-rule", fault, hint)


CONDITION = re.compile(r"\b(?:if|when|once|only|unless|until|not|never|nobody)\b", re.IGNORECASE)


@rule("lost-condition")
def lost_conditions(guide: Guide) -> Iterator[Diagnostic]:
    """Conditional advice prints only in a wording that carries its condition.

    Bad: `a-06` (use cond) in `alone`, or a group "Lift it." Good: "If it is light, lift it."
    """
    for advice in guide.advice:
        conditional = [point.id for point in advice.points if point.use == "cond"]
        names = ", ".join(f'"{name}"' for name in conditional)
        if conditional and advice.id in conditional:
            yield Diagnostic.at(
                advice.span,
                "lost-condition",
                f"{names} is conditional and stands in no group.",
                "Give it a group in docs/merges.yml, of one member if need be, with a wording that says when it holds.",
            )
        elif conditional and not CONDITION.search(advice.text):
            yield Diagnostic.at(
                advice.span,
                "lost-condition",
                f'"{advice.id}" prints {names} without a condition.',
                "Say when it holds: if, when, once, only, unless, until, do not.",
            )


@rule("empty-topic")
def empty_topics(guide: Guide) -> Iterator[Diagnostic]:
    """A topic page has advice. Bad: a topic that no point names. Good: at least one point or group names it."""
    used, before = {advice.topic for advice in guide.advice}, _renamed(guide)
    for topic in guide.content.topics:
        if topic.slug not in used:
            message, hint = "No advice names this topic.", "Give it advice, or take it out."
            if old := before.get(topic.slug):
                message = f'No advice names this topic, and what it lists names "{old}", which has no page.'
                hint = (
                    f'If the page was renamed, name it {old}.md again, or write "{topic.slug}" wherever "{old}" stands.'
                )
            yield Diagnostic.at(Span(topic.span.path), "empty-topic", message, hint)


def _renamed(guide: Guide) -> dict[str, str]:
    """The topics that no advice names and that list the advice of a topic without a page, with the name of that."""
    topic_of = {advice.id: advice.topic for advice in guide.advice}
    pages = {topic.slug for topic in guide.content.topics}
    found = {}
    for topic in guide.content.topics:
        names = {topic_of[reference.id] for reference in topic.advice if reference.id in topic_of}
        if len(names) == 1 and not names & pages and topic.slug not in topic_of.values():
            found[topic.slug] = names.pop()
    return found


@rule("misplaced-advice")
def misplaced_advice(guide: Guide) -> Iterator[Diagnostic]:
    """A page lists its own advice. Bad: `advice: [m13]` on a topic that m13 does not belong to. Good: on its topic."""
    topic_of, renamed = {advice.id: advice.topic for advice in guide.advice}, _renamed(guide)
    for topic in guide.content.topics:
        for reference in topic.advice if topic.slug not in renamed else ():
            if topic_of.get(reference.id, topic.slug) != topic.slug:
                yield Diagnostic.at(
                    reference.span,
                    "misplaced-advice",
                    f'"{reference.id}" belongs to the topic "{topic_of[reference.id]}", not to this one.',
                    "Take it out here, or change its topic.",
                )


@rule("unlisted-advice")
def unlisted_advice(guide: Guide) -> Iterator[Diagnostic]:
    """A page says in which order its advice prints. Bad: advice that `advice:` does not list. Good: it lists all."""
    for topic in guide.content.topics:
        listed = {reference.id for reference in topic.advice}
        missing = [advice.id for advice in guide.advice_of(topic) if advice.id not in listed]
        if missing:
            yield Diagnostic.at(
                topic.advice[0].span if topic.advice else Span(topic.span.path),
                "unlisted-advice",
                f"Not in `advice`, so printed last: {', '.join(missing)}.",
                "Put them where they help most.",
                Severity.WARNING,
            )


@rule("repeated-advice")
def repeated_advice(guide: Guide) -> Iterator[Diagnostic]:
    """Each piece of advice is said once. Bad: two groups with the same words. Good: one group with all members."""
    by_text: dict[str, list[Advice]] = defaultdict(list)
    for advice in guide.advice:
        by_text[normalised(advice.text)].append(advice)
    for same in by_text.values():
        for other in same[1:]:
            yield Diagnostic.at(
                other.span,
                "repeated-advice",
                f'"{other.id}" says what "{same[0].id}" says.',
                "Join them or reword one.",
            )

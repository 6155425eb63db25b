"""The rules that content obeys, each named after the fault it finds.

A rule is a generator over the finished guide. Its docstring says why, then gives a bad and a good example; `check
--list` prints it. What makes a file unreadable is found while reading; `READING` says the same of those codes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from .diagnostics import Diagnostic, Severity, did_you_mean
from .mdtext import normalised
from .model import GUIDE_MARK, Advice, Guide, Span, Topic
from .relating import WORDS
from .revising import is_revised
from .verdicts import Verdicts
from .way import misfits

Rule = Callable[[Guide], Iterator[Diagnostic]]
RULES: dict[str, Rule] = {}

READING = {
    "not-yaml": "The file or its front matter is not YAML. Bad: `when: a: b`. Good: `when: 'a: b'`.",
    "yaml-anchor": "YAML anchors can hide endless work. Bad: `a: &x 1`, `b: *x`. Good: `a: 1`, `b: 1`.",
    "yaml-tag": "YAML tags can name code. Bad: `a: !!python/name:os.system`. Good: `a: text`.",
    "double-key": "A key stands twice, so one value would be lost. Bad: `title: A`, `title: B`. Good: `title: A`.",
    "unknown-key": "A key is unknown or misspelt. Bad: `titel: A`. Good: `title: A`.",
    "missing-key": "A key that is needed is missing. Bad: `{ #a-16 }`. Good: with topic and scope.",
    "bad-value": "A value has the wrong form. Bad: `order: first`. Good: `order: 1`.",
    "no-front-matter": "A page has no front matter. Bad: `# Title`. Good: `---`, `title: Title`, `---`.",
    "not-utf-8": "A file is in another encoding. Bad: Windows-1252. Good: UTF-8.",
    "file-too-large": "A file is too large to be a page somebody wrote. Good: several pages.",
    "bad-file-name": "A file name would make a bad address. Bad: `a b<c>.md`. Good: `a-b-c.md`.",
    "foreign-file": "Only text, data and pictures are content. Bad: `docs/a.js`, a link. Good: `docs/a.md`.",
    "raw-html": "HTML could run code. Bad: `a <b>word</b>`. Good: `a **word**`.",
    "stray-attribute": "Attributes could carry code. Bad: `text {: onclick=x }`. Good: `text`.",
    "bad-attribute": 'An attribute line cannot be read. Bad: `{ #a topic=x }`. Good: `{ #a topic="x" }`.',
    "split-answer": "An answer is more than one paragraph. Bad: text after its attribute line. Good: one paragraph.",
    "no-answer": "A question has no answer. Bad: two headings in a row. Good: a paragraph below each.",
    "no-attributes": "A bullet or an answer has no attribute line, so nothing can name it. Good: `{ #a-16 ... }`.",
    "unsafe-address": "A link could run code. Bad: `[a](javascript:b)`. Good: `[a](https://example.org/)`.",
    "remote-image": "A picture from elsewhere tells who reads. Bad: `![a](https://...)`. Good: `![a](a.png)`.",
    "file-inclusion": "Content may not read files. Bad: `--8<-- 'x'`. Good: the text itself.",
    "unprinted-text": "A checklist holds text that no sheet prints. Bad: a paragraph. Good: `when`, `foot`, lines.",
    "hidden-character": "A sign that nobody sees can hide what a text does. Bad: U+0002, U+202E. Good: what is seen.",
    "one-address": "Two pages would have one address. Bad: `a.md` and `a/index.md`. Good: one of them.",
    "endless-line": "Very long lines make the renderer crawl. Good: lines of a sentence.",
    "loose-list": "Blank lines between bullets move an id to the wrong element. Good: no blank lines.",
    "split-bullet": "A bullet is more than one paragraph. Good: one paragraph.",
    "no-lead": "A bullet has no bold lead. Bad: `- Keep promises.` Good: `- **Keep promises.** Why.`",
    "bad-lead": "A lead is too long or has no full stop. Good: `**Keep promises.**`, at most 60 characters.",
    "unknown-marker": "A marker is unknown here, or missing. Bad: `<!-- advise -->`. Good: `<!-- advice -->`, once.",
    "no-box": "A line of a checklist has no box. Bad: `- Rest.` Good: `- [ ] Rest.`",
    "unequal-twins": "Two points are equal in words and differ in topic, scope or use. Good: they agree.",
    "echo": "Running words are somebody else's sentence. Bad: six words of an article (five: a warning). Good: ours.",
    "no-guard": "An article has no guard in echoes/, so copies go unseen. Good: `import ARTICLE --guard 6`.",
    "bad-edit": "A change by `review` would spoil how merges.yml is written. Good: edit that place by hand.",
    "bad-guard": "A guard file in echoes/ cannot be read, so it guards nothing. Good: made by `commonground import`.",
    "too-long-to-print": "A checklist fits one page of A4 and of US Letter. Good: fewer or shorter lines.",
    "unprintable-sign": "Paper needs signs that its font has. Bad: a picture sign in a lead. Good: words.",
    "unused-nolink": "A phrase that no text holds keeps nothing from being linked. Good: take it out of `nolink`.",
    "possible-duplicate": "Nobody has decided about two points that look alike. Good: `commonground review`.",
    "lost-address": "A published address is gone. Bad: a page renamed. Good: also `old/: new/` in redirects.yml.",
    "unrecorded-address": "An address is not in addresses.txt, so nothing guards it. Good: `addresses --write`.",
    "bad-record": "A line of addresses.txt is no address. Good: one made by `commonground addresses --write`.",
    "dead-link": "An outside link leads nowhere (`check-links` asks). Good: where it is now, or nothing.",
    "moved-link": "An outside link has moved for good (`check-links` asks). Good: its new address.",
    "unsure-link": "A host does not say whether a link is good (`check-links` asks). Good: somebody looks.",
    "default-repo-url": "Links to edit a page would lead nowhere (`check --published`). Good: set REPO_URL.",
    "default-site-url": "The site would get a placeholder address (`check --published`). Good: set SITE_URL.",
}


def rule(code: str) -> Callable[[Rule], Rule]:
    """Register a generator of findings under the code that all of them carry."""

    def register(function: Rule) -> Rule:
        RULES[code] = function
        return function

    return register


def check(guide: Guide) -> list[Diagnostic]:
    """Run every rule and return what they find, in order of place."""
    return sorted(finding for function in RULES.values() for finding in function(guide))


def documentation() -> dict[str, str]:
    """Return what each code means, with a bad and a good example."""
    ruled = {code: re.sub(r"\s+", " ", function.__doc__ or "").strip() for code, function in RULES.items()}
    return dict(sorted((READING | ruled).items()))


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
    # A line or an answer may name a point that has joined a group since: its name lasts.
    points = {point.id for advice in guide.advice for point in (*advice.points, *advice.replaced)}
    known["piece of advice"] = known["advice"] | points
    for reference in content.references:
        if reference.id not in known[reference.kind]:
            yield Diagnostic.at(
                reference.span,
                "unknown-name",
                f'There is no {reference.kind} "{reference.id}".',
                did_you_mean(reference.id, known[reference.kind]),
            )


@rule("double-id")
def double_ids(guide: Guide) -> Iterator[Diagnostic]:
    """An id is a permanent name, so no two things may share it. Bad: two bullets `#a-16`. Good: `#a-16`, `#a-17`."""
    content = guide.content
    shared = [(point.id, point.span) for point in content.points]
    shared += [(group.id, group.span) for group in content.decisions.groups]
    shared += [(tension.id, tension.span) for tension in content.tensions]
    parts = [part for draft in content.drafts for section in draft.sections for part in section.parts]
    shared += [(part.id, part.span) for part in parts if part.id]
    marks = [(source.mark, source.span) for source in content.sources]
    marks += [(draft.mark, draft.span) for draft in content.drafts]
    namespaces = [
        shared,
        marks,
        [(difference.id, difference.span) for difference in content.decisions.different],
        [(question.id, question.span) for question in content.questions],
        *([(item.id, item.span) for item in checklist.items] for checklist in content.checklists),
        [(alias.text.casefold(), alias.span) for topic in content.topics for alias in topic.aliases]
        + [(alias.text.casefold(), alias.span) for page in content.plain for alias in page.aliases],
    ]
    for names in namespaces:
        first: dict[str, Span] = {}
        for name, span in names:
            if name in first:
                yield Diagnostic.at(
                    span,
                    "double-id",
                    f'"{name}" is taken already, at {first[name].path}:{first[name].line}.',
                    "Give this one another name.",
                )
            first.setdefault(name, span)


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
    """What is decided to be different cannot be one group. Bad: n01 parts a-05 and b-10, m16 joins them."""
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
            wanted = "needs a rule" if point.use != "keep" else "has a rule but no use"
            yield Diagnostic.at(
                point.span,
                "no-rule",
                f'"{point.id}" {wanted}.',
                'Write use="cond" or use="swap", with a rule.',
            )


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


@rule("misplaced-advice")
def misplaced_advice(guide: Guide) -> Iterator[Diagnostic]:
    """A page lists its own advice. Bad: `advice: [m13]` on a topic that m13 does not belong to. Good: on its topic."""
    topic_of = {advice.id: advice.topic for advice in guide.advice}
    for topic in guide.content.topics:
        for reference in topic.advice:
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
                Span(topic.span.path),
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


@rule("one-sided")
def one_sided(guide: Guide) -> Iterator[Diagnostic]:
    """Links between topics, and between topics and tensions, are named at both ends. Bad: a names b, b not a."""
    topics = {topic.slug: topic for topic in guide.content.topics}
    for topic in topics.values():
        for relation in topic.related:
            other = topics.get(relation.topic.id)
            if other and topic.slug not in {back.topic.id for back in other.related}:
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
    return Diagnostic.at(span, "one-sided", f"{fault}.", f"Add it in {where}, or take it out here.")


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


@rule("unlisted-stage")
def unlisted_stages(guide: Guide) -> Iterator[Diagnostic]:
    """The menu shows every stage. Bad: a page that `stages` of guide.yml leaves out. Good: it stands there."""
    listed = {reference.id for reference in guide.content.settings.stages}
    for stage in guide.content.stages:
        if stage.slug not in listed:
            hint = "Add it to the list `stages` of guide.yml, or delete its page."
            yield Diagnostic.at(Span(stage.path), "unlisted-stage", f'The stage "{stage.slug}" is in no list.', hint)


@rule("misplaced-step")
def misplaced_steps(guide: Guide) -> Iterator[Diagnostic]:
    """The way begins at the gate, goes on stage by stage and passes each topic once.

    Bad: a topic of the second stage, then one of the first. Good: in the order of `stages`.
    """
    content = guide.content
    for misfit in misfits(content.settings, {topic.slug: topic.stage for topic in content.topics}):
        place = misfit.place.topic
        message = f'"{place.id}" is out of place: {misfit.fault}.'
        yield Diagnostic.at(place.span, "misplaced-step", message, misfit.hint)


@rule("empty-checklist")
def empty_checklists(guide: Guide) -> Iterator[Diagnostic]:
    """A checklist has lines to tick. Bad: front matter alone. Good: `- [ ] Count the boxes.` and so on."""
    for checklist in guide.content.checklists:
        if not checklist.items:
            yield Diagnostic.at(
                checklist.span, "empty-checklist", "This list has no lines to tick.", "Write one with - [ ]"
            )


@rule("unrevised-checklist")
def unrevised_checklists(guide: Guide) -> Iterator[Diagnostic]:
    """Paper says which revision it is. Bad: a list that has changed since its last entry in revisions.yml.

    Good: an entry for it, written by `commonground revise`. A guide without that file prints no revisions.
    """
    content = guide.content
    for checklist in content.checklists:
        if content.revisions and not is_revised(content, checklist):
            yield Diagnostic.at(
                Span(checklist.span.path),
                "unrevised-checklist",
                f'"{checklist.title}" has changed since its last revision was written down.',
                "Run commonground revise, and commit docs/revisions.yml with your change.",
            )


@rule("empty-topic")
def empty_topics(guide: Guide) -> Iterator[Diagnostic]:
    """A topic page has advice. Bad: a topic that no point names. Good: at least one point or group names it."""
    used = {advice.topic for advice in guide.advice}
    for topic in guide.content.topics:
        if topic.slug not in used:
            yield Diagnostic.at(
                Span(topic.span.path),
                "empty-topic",
                "No advice names this topic.",
                "Give it advice, or take it out.",
            )

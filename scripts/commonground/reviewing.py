"""What an editor has yet to decide, what a machine proposes, and each decision as a change to merges.yml.

The machine ranks and nobody but a person decides: a decision is a few lines of text, which outlive every rewording.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from textwrap import wrap

from .diagnostics import Diagnostic, Fault, Severity
from .mdtext import normalised
from .model import GUIDE_MARK, Content, Group, Point, Span
from .opposites import opposite
from .similarity import Encoder, Statement
from .yamlediting import append, remove

MERGES = "merges.yml"
NEIGHBOURS = 40  # points looked at for each: enough to find the best five groups among them
NEAR = 0.4  # from this score on `check --duplicates` warns: six in ten of such pairs were the same advice (tests/eval)
WIDTH = 80  # columns of any terminal
SHORTEST_WORD = 5  # letters of a word that tells something when two texts share it


@dataclass(frozen=True)
class Candidate:
    """A group (or a point that stands alone so far) that may say the same, with what speaks for and against.

    `score` is that of its most similar member, from 0 to 1; `contradicts` says why it may be the opposite.
    """

    id: str
    lead: str
    body: str
    members: tuple[str, ...]
    score: float
    shared: tuple[str, ...]
    same_heading: bool
    contradicts: str


@dataclass(frozen=True)
class Proposal:
    """An undecided point and the candidates for it, best first."""

    point: Point
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Wording:
    """How a new group is printed."""

    topic: str
    lead: str
    body: str = ""


def undecided(content: Content) -> list[Point]:
    """The points of articles that nobody has decided about, in the order of their sources."""
    decisions = content.decisions
    decided = {member.id for group in decisions.groups for member in group.members}
    decided |= {reference.id for reference in decisions.alone}
    return [point for point in content.points if _is_open(point) and point.id not in decided]


def _is_open(point: Point) -> bool:
    return point.use != "swap" and point.mark != GUIDE_MARK


Neighbours = Mapping[str, Sequence[tuple[str, float]]]


def neighbours(content: Content, encoder: Encoder) -> Neighbours:
    """The most similar points of each undecided one, with scores: what no decision changes."""
    points = sorted((point for point in content.points if _is_open(point)), key=lambda point: point.id)
    open_points = {point.id for point in undecided(content)}
    queries = [position for position, point in enumerate(points) if point.id in open_points]
    statements = [Statement(point.id, point.text, point.question or point.section, point.mark) for point in points]
    near = encoder.nearest(statements, queries, NEIGHBOURS)
    return {
        points[query].id: [(points[other].id, score) for other, score in found]
        for query, found in zip(queries, near, strict=True)
    }


def propose(content: Content, near: Neighbours, limit: int = 5) -> list[Proposal]:
    """Propose for each undecided point the best candidate groups, the surest proposals first.

    What was decided to be different from the point, or from anything in a group, is not proposed again. The result
    depends on the points and the decisions alone, and on the order of neither.
    """
    points = {point.id: point for point in content.points}
    group_of = {member.id: group.id for group in content.decisions.groups for member in group.members}
    groups = {group.id: group for group in content.decisions.groups}
    found: list[Proposal] = []
    for point in undecided(content):
        apart = ruled_out(content, point.id)
        best: dict[str, tuple[float, Point]] = {}
        for other, score in near.get(point.id, ()):
            name = group_of.get(other, other)
            if not apart & {other, name} and name not in best:
                best[name] = (score, points[other])
        candidates = [_candidate(point, groups.get(name), other, score) for name, (score, other) in best.items()]
        found.append(Proposal(point, tuple(candidates[:limit])))
    return sorted(found, key=lambda one: (-max((c.score for c in one.candidates), default=0.0), one.point.id))


def _candidate(point: Point, group: Group | None, nearest: Point, score: float) -> Candidate:
    lead, body = (group.lead, group.body) if group else (nearest.lead, nearest.body)
    words = set(_telling(point.text))
    return Candidate(
        id=group.id if group else nearest.id,
        lead=lead,
        body=body,
        members=tuple(member.id for member in group.members) if group else (nearest.id,),
        score=score,
        shared=tuple(sorted(words & set(_telling(f"{lead} {body} {nearest.text}")))),
        same_heading=normalised(point.section) == normalised(nearest.section),
        contradicts=opposite(point.text, nearest.text),
    )


def _telling(text: str) -> list[str]:
    return [word for word in normalised(text).split() if len(word) >= SHORTEST_WORD]


def ruled_out(content: Content, name: str) -> set[str]:
    """The points and groups that were decided to be different from the point: whole groups, for sameness is shared."""
    sides = [[{one.id for one in side} for side in entry.between] for entry in content.decisions.different]
    apart = {
        one
        for entry in sides
        for side in entry
        if name in side
        for other in entry
        if other is not side
        for one in other
    }
    return apart | {group.id for group in content.decisions.groups if apart & {member.id for member in group.members}}


def warnings(proposals: Sequence[Proposal]) -> list[Diagnostic]:
    """Warn of each undecided point whose best candidate is so near that somebody should look."""
    return [
        Diagnostic.at(
            proposal.point.span,
            "possible-duplicate",
            f'"{proposal.point.id}" may say the same as "{near.id}" ({near.score:.2f}): {near.lead}',
            f"Settle it: commonground review --same {proposal.point.id} {near.id}, or --new {proposal.point.id}",
            Severity.WARNING,
        )
        for proposal in proposals
        for near in proposal.candidates[:1]
        if near.score >= NEAR
    ]


# Decisions, each from the text of merges.yml to the text with it


def same(text: str, content: Content, name: str, other: str, wording: Wording | None = None) -> str:
    """Decide that a point says the same as a group, or as another point: then they are a new group with a wording.

    Raises `Fault` where another decision says the contrary, and where there is no such point or group.
    """
    point = _point(content, name)
    groups = {group.id: group for group in content.decisions.groups}
    mine = next((group for group in groups.values() if name in {member.id for member in group.members}), None)
    if mine:
        raise Fault(mine.span, "two-decisions", f'"{name}" is in the group "{mine.id}" already.', "Take it out first.")
    group = groups.get(other) or next(
        (one for one in groups.values() if other in {member.id for member in one.members}), None
    )
    _refuse_contradiction(content, name, {member.id for member in group.members} if group else {other})
    text = _without(text, content, name)
    if group:
        return append(text, ("groups", list(groups).index(group.id), "members"), name)
    second = _point(content, other)
    words = wording or Wording(second.topic, second.lead, second.body)
    entry: dict[str, object] = {"id": _free(groups, "m"), "topic": words.topic, "lead": words.lead}
    entry |= {"body": words.body} if words.body else {}
    entry["members"] = [second.id, point.id]
    topics = [position for position, one in enumerate(groups.values()) if one.topic == words.topic]
    return append(_without(text, content, other), ("groups",), entry, after=topics[-1] if topics else None)


def different(text: str, content: Content, name: str, other: str, reason: str) -> str:
    """Decide that a point is not the same as another point, or as a group. Raises `Fault` as `same` does."""
    _point(content, name)
    group = next((one for one in content.decisions.groups if one.id == other), None)
    members = [member.id for member in group.members] if group else [_point(content, other).id]
    if name in members:
        raise Fault(Span(MERGES), "same-and-different", f'"{name}" is in "{other}". Take it out of the group first.')
    known = {entry.id for entry in content.decisions.different}
    entry = {"id": _free(known, "n"), "between": [[name], members], "reason": reason}
    return append(text, ("different",), entry)


def new(text: str, content: Content, name: str) -> str:
    """Decide that a point says something new and stands alone. Raises `Fault` as `same` does."""
    return append(_without(text, content, _point(content, name).id), ("alone",), name)


def unsure(text: str, content: Content, name: str) -> str:
    """Put a point off: it is printed alone and asked about again. Raises `Fault` as `same` does."""
    return append(_without(text, content, _point(content, name).id), ("unsure",), name)


def _point(content: Content, name: str) -> Point:
    for point in content.points:
        if point.id == name:
            return point
    raise Fault(Span(MERGES), "unknown-name", f'There is no point "{name}".')


def _without(text: str, content: Content, name: str) -> str:
    """Take the point out of the lists that a decision about it replaces."""
    for key, listed in (("alone", content.decisions.alone), ("unsure", content.decisions.unsure)):
        if name in {reference.id for reference in listed}:
            text = remove(text, (key,), name)
    return text


def _refuse_contradiction(content: Content, name: str, others: set[str]) -> None:
    for entry in content.decisions.different:
        for side in entry.between:
            ids = {one.id for one in side}
            rest = {one.id for one_side in entry.between if one_side is not side for one in one_side}
            if name in ids and rest & others:
                message = f'"{entry.id}" keeps "{name}" and "{sorted(rest & others)[0]}" apart: {entry.reason}'
                raise Fault(
                    entry.span, "same-and-different", message, "Take that decision out first, or choose another."
                )


def _free(taken: Mapping[str, object] | set[str], letter: str) -> str:
    """The first free id of groups (m01) or near misses (n01) beyond those in use."""
    numbers = [int(match[1]) for one in taken if (match := re.fullmatch(rf"{letter}(\d+)", one))]
    return next(f"{letter}{number:02d}" for number in count(max(numbers, default=0) + 1))


# The list of proposals for people and for tools


def listed(proposals: Sequence[Proposal], form: str) -> str:
    """The proposals as `text`, as `markdown` to discuss in a pull request, or as `json` for tools."""
    if form == "json":
        return json.dumps([_as_data(proposal) for proposal in proposals], ensure_ascii=False, indent=2)
    if not proposals:
        return "Everything is decided."
    if form == "markdown":
        return "\n\n".join("\n".join(_as_markdown(proposal)) for proposal in proposals)
    return "\n\n".join("\n".join(as_lines(proposal)) for proposal in proposals)


def _as_data(proposal: Proposal) -> dict[str, object]:
    point = proposal.point
    candidates = [asdict(candidate) for candidate in proposal.candidates]
    return {"point": point.id, "mark": point.mark, "lead": point.lead, "body": point.body, "candidates": candidates}


def _as_markdown(proposal: Proposal) -> Iterator[str]:
    yield f"- **{proposal.point.lead}** {proposal.point.body} (`{proposal.point.id}`, article {proposal.point.mark})"
    yield from (f"    - [ ] {row}" for row in _told(proposal))
    yield "    - [ ] new"


def as_lines(proposal: Proposal) -> list[str]:
    """The proposal as lines of plain text, numbered as its keys are, for any terminal."""
    point = proposal.point
    where = f"    article {point.mark}, under: {point.question or point.section}"
    rows = [f"{point.id}  {point.text}", where]
    rows += [f"  {number}  {row}" for number, row in enumerate(_told(proposal), start=1)]
    return [wrapped for row in rows for wrapped in wrap(row, WIDTH, subsequent_indent=" " * 5, drop_whitespace=True)]


def _told(proposal: Proposal) -> Iterator[str]:
    for one in proposal.candidates:
        against = f"; MAY CONTRADICT: {one.contradicts}" if one.contradicts else ""
        shared = f"shares {', '.join(one.shared)}" if one.shared else "shares no telling word"
        heading = "; same heading" if one.same_heading else ""
        members = f" [{', '.join(one.members)}]" if one.members != (one.id,) else ""
        yield f"{one.id} {one.score:.2f}  {one.lead} {one.body}{members} ({shared}{heading}{against})"

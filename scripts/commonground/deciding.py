"""Each decision of an editor as a change to the text of merges.yml: a few lines, which outlive every rewording.

A name is that of a point or of a group. Every function takes the text and what it says, and raises `Fault` where
another decision says the contrary and where there is no such name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from .diagnostics import Fault
from .mdtext import rebase
from .model import Content, Point, Span
from .verdicts import Verdicts
from .yamlediting import append, put, remove, take_out

MERGES = "merges.yml"


@dataclass(frozen=True)
class Wording:
    """How a new group is printed."""

    topic: str
    lead: str
    body: str = ""


def worded(point: Point) -> Wording:
    """Return how a point says it, for merges.yml: its links lead from there."""
    lead, body = (rebase(words, point.span.path, MERGES) for words in (point.lead, point.body))
    return Wording(point.topic, lead, body)


def same(text: str, content: Content, name: str, other: str, wording: Wording | None = None) -> str:
    """Decide that two say the same. Two points become a group, with the wording given or else the other's.

    Of two groups the larger takes in the smaller, and keeps its name and its wording; of equal ones the second does.
    """
    verdicts = Verdicts(content)
    one, two = named(verdicts, name), verdicts.piece(named(verdicts, other))
    _refuse_member(verdicts, name)
    if one == two:
        raise Fault(_span(verdicts, one), "two-decisions", f'"{name}" and "{other}" are the same already.')
    _refuse_parted(verdicts, one, two)
    if one in verdicts.groups and two in verdicts.groups:
        first, second = verdicts.groups[one], verdicts.groups[two]
        larger = len(first.members) > len(second.members)
        return joined(text, content, *((one, two) if larger else (two, one)))
    for point in (one, two):
        text = _without(text, content, point)
    if group := one if one in verdicts.groups else two if two in verdicts.groups else "":
        return append(text, ("groups", _place(verdicts, group), "members"), two if group == one else one)
    return _new_group(text, verdicts, [two, one], wording)


def _new_group(text: str, verdicts: Verdicts, members: Sequence[str], wording: Wording | None) -> str:
    first = _point(verdicts, members[0])
    words = wording or worded(first)
    listed = {one.id for one in verdicts.content.references if one.kind == "advice"}  # a page may still name who went
    entry: dict[str, object] = {"id": free({*verdicts.groups, *listed}, "m"), "topic": words.topic, "lead": words.lead}
    entry |= {"body": words.body} if words.body else {}
    entry["members"] = list(members)
    topics = [place for place, group in enumerate(verdicts.groups.values()) if group.topic == words.topic]
    return append(text, ("groups",), entry, after=topics[-1] if topics else None)


def joined(text: str, content: Content, kept: str, gone: str) -> str:
    """Decide that two groups say the same: the one kept takes in the members of the other, which goes."""
    verdicts = Verdicts(content)
    _refuse_parted(verdicts, kept, gone)
    stays, goes = verdicts.groups[kept], verdicts.groups[gone]
    if (goes.scope, goes.replaced) != (stays.scope, stays.replaced):
        message = f'"{gone}" and "{kept}" differ in scope, or in being replaced, and one of the two would be lost.'
        raise Fault(goes.span, "bad-edit", message, "Make these agree in docs/merges.yml, then join the two.")
    for member in goes.members:
        text = append(text, ("groups", _place(verdicts, kept), "members"), member.id)
    return take_out(text, ("groups",), _place(verdicts, gone))


def reworded(text: str, content: Content, group: str, lead: str, body: str) -> str:
    """Let a group print in other words."""
    place = ("groups", _place(Verdicts(content), group))
    return put(put(text, (*place, "lead"), lead, "topic"), (*place, "body"), body, "lead")


def different(text: str, content: Content, name: str, other: str, reason: str = "") -> str:
    """Decide that two are not the same: a near miss where it is said why, else a line of `apart`."""
    verdicts = Verdicts(content)
    one, two = named(verdicts, name), named(verdicts, other)
    ones, others = verdicts.members(one), verdicts.members(two)
    if one == two and one not in verdicts.groups:
        raise Fault(_span(verdicts, one), "same-and-different", f'"{one}" is one point.', "Name two of them.")
    if verdicts.piece(one) == verdicts.piece(two):
        group = verdicts.piece(one)
        message = f'"{name}" and "{other}" are the same by the group "{group}".'
        raise Fault(_span(verdicts, group), "same-and-different", message, "Take one out of the group first.")
    if not reason:
        return append(text, ("apart",), [ones[0], others[0]])
    known = {entry.id for entry in content.decisions.different}
    entry = {"id": free(known, "n"), "between": [list(ones), list(others)], "reason": reason}
    return append(text, ("different",), entry)


def new(text: str, content: Content, name: str, others: Sequence[str] = (), reason: str = "") -> str:
    """Decide that a point stands alone, and that it, or a group, is none of the others. They are not asked again.

    What holds only on a condition gets a group of its own, for that has a wording. A reason makes a near miss of the
    first of the others.
    """
    verdicts = Verdicts(content)
    own = named(verdicts, name)
    _refuse_member(verdicts, name)
    if own not in verdicts.groups and own not in verdicts.alone:
        text = _without(text, content, own)
        conditional = _point(verdicts, own).use == "cond"
        text = _new_group(text, verdicts, [own], None) if conditional else append(text, ("alone",), own)
    if reason and others:
        text = different(text, content, name, others[0], reason)
        others = others[1:]
    firsts = [verdicts.members(verdicts.piece(other))[0] for other in others]
    return append(text, ("apart",), [verdicts.members(own)[0], *firsts]) if firsts else text


def unsure(text: str, content: Content, name: str) -> str:
    """Put a point off: it is printed alone and asked about again."""
    verdicts = Verdicts(content)
    _refuse_member(verdicts, _point(verdicts, name).id)
    return append(_without(text, content, name), ("unsure",), name)


def named(verdicts: Verdicts, name: str) -> str:
    """Return the name, where a point or a group has it."""
    return name if name in verdicts.groups else _point(verdicts, name).id


def _point(verdicts: Verdicts, name: str) -> Point:
    for point in verdicts.content.points:
        if point.id == name:
            return point
    raise Fault(Span(MERGES), "unknown-name", f'There is no point or group "{name}" that this can be said of.')


def _place(verdicts: Verdicts, group: str) -> int:
    return list(verdicts.groups).index(group)


def _span(verdicts: Verdicts, name: str) -> Span:
    return verdicts.groups[name].span if name in verdicts.groups else Span(MERGES)


def _refuse_member(verdicts: Verdicts, name: str) -> None:
    if group := verdicts.group_of.get(name):
        message = f'"{name}" is in the group "{group}" already.'
        hint = f"Take it out first, or decide about the whole group: {group}."
        raise Fault(_span(verdicts, group), "two-decisions", message, hint)


def _refuse_parted(verdicts: Verdicts, one: str, other: str) -> None:
    parting = verdicts.parting(verdicts.members(one), verdicts.members(other))
    if parting:
        groups = [verdicts.groups[name] for name in (one, other) if name in verdicts.groups]
        lines = "".join(f' The group "{group.id}" stands in line {group.span.line}.' for group in groups)
        because = f": {parting.reason}" if parting.reason else "."
        message = f'{parting.by} keeps "{parting.one}" and "{parting.other}" apart{because}{lines}'
        hint = "Take that decision out first, or choose another."
        raise Fault(parting.span, "same-and-different", message, hint)


def _without(text: str, content: Content, name: str) -> str:
    """Take the point out of the lists that a decision about it replaces."""
    for key, listed in (("alone", content.decisions.alone), ("unsure", content.decisions.unsure)):
        if name in {reference.id for reference in listed}:
            text = remove(text, (key,), name)
    return text


def free(taken: Collection[str], letter: str, digits: int = 2) -> str:
    """The first free id of groups (m01), near misses (n01) or tensions (t1) beyond those in use."""
    numbers = [int(match[1]) for one in taken if (match := re.fullmatch(rf"{letter}(\d+)", one))]
    return f"{letter}{max(numbers, default=0) + 1:0{digits}d}"

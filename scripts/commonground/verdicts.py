"""What the decisions say of any two points: that they are one piece of advice, or that they are not, and where.

Sameness is shared by a whole group, and so is difference: who differs from one member differs from all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from .model import Content, Group, Reference, Span


@dataclass(frozen=True)
class Parting:
    """Two points that are decided to be different, by what, where, and why if somebody said so."""

    one: str
    other: str
    by: str
    span: Span
    reason: str = ""


@dataclass(frozen=True)
class Verdicts:
    """The decisions of a guide, as answers about points and groups."""

    content: Content

    @cached_property
    def groups(self) -> dict[str, Group]:
        """The groups by id."""
        return {group.id: group for group in self.content.decisions.groups}

    @cached_property
    def group_of(self) -> dict[str, str]:
        """The group of each point that is in one."""
        return {member.id: group.id for group in self.groups.values() for member in group.members}

    @cached_property
    def partings(self) -> tuple[Parting, ...]:
        """Every two points that a decision keeps apart, as it stands in the files."""
        return (*_of_near_misses(self.content), *_of_lines(self.content))

    @cached_property
    def tensions(self) -> Mapping[frozenset[str], str]:
        """Every two points that stand on two sides of a tension, and its id. One wording may settle it."""
        return {
            frozenset((one.id, other.id)): tension.id
            for tension in self.content.tensions
            for side, other_side in combinations(tension.sides, 2)
            for one, other in product(side.points, other_side.points)
        }

    @cached_property
    def not_asked(self) -> frozenset[frozenset[str]]:
        """The twos of points that need no question, sides of a tension among them once both are decided."""
        decided = self.alone | self.group_of.keys()
        known = {frozenset((parting.one, parting.other)) for parting in self.partings}
        return frozenset(known | {two for two in self.tensions if two <= decided})

    @cached_property
    def alone(self) -> frozenset[str]:
        """The points that somebody decided to stand by themselves."""
        return frozenset(reference.id for reference in self.content.decisions.alone)

    def piece(self, name: str) -> str:
        """Return the group that a point is in; a group, and a point in none, is its own."""
        return self.group_of.get(name, name)

    def members(self, name: str) -> tuple[str, ...]:
        """Return the points of a group; a point is its own only one."""
        return tuple(one.id for one in self.groups[name].members) if name in self.groups else (name,)

    def parting(self, ones: Collection[str], others: Collection[str]) -> Parting | None:
        """Return the first decision that keeps a point of the ones apart from one of the others."""
        for parting in self.partings:
            for one, other in ((parting.one, parting.other), (parting.other, parting.one)):
                if one in ones and other in others:
                    return parting
        return None

    def ruled_out(self, name: str) -> set[str]:
        """Return every point and every group that cannot be the same as the point or group."""
        own = set(self.members(self.piece(name)))
        met = {parting.other for parting in self.partings if parting.one in own}
        met |= {parting.one for parting in self.partings if parting.other in own}
        pieces = {self.piece(one) for one in met}
        return pieces | {member for piece in pieces for member in self.members(piece)}


Sides = Collection[Collection[Reference]]


def _across(sides: Sides, by: str, span: Span, reason: str = "") -> Iterator[Parting]:
    for side, other_side in combinations(sides, 2):
        for one, other in product(side, other_side):
            yield Parting(one.id, other.id, by, span, reason)


def _of_near_misses(content: Content) -> Iterator[Parting]:
    for entry in content.decisions.different:
        yield from _across(entry.between, f'"{entry.id}"', entry.span, entry.reason)


def _of_lines(content: Content) -> Iterator[Parting]:
    """A line of `apart` says of its first point that it is none of the others, and nothing of those."""
    for first, *others in content.decisions.apart:
        yield from _across([[first], others], "A line of `apart`", first.span)

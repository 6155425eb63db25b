"""What became of each piece of advice between two states of the guide: kept, reworded, joined, parted, moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .model import Advice, Guide


@dataclass(frozen=True)
class Piece:
    """A piece of advice as a report names it."""

    id: str
    topic: str
    text: str


@dataclass(frozen=True)
class Pair:
    """A piece of advice as it was and as it is."""

    before: Piece
    after: Piece


@dataclass(frozen=True)
class Regrouped:
    """A piece of advice, and the points that joined or left it, each with the piece that prints it on the other side.

    That is empty for a point which was not there, or which prints nowhere now.
    """

    piece: Piece
    points: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Joined:
    """All that became of the advice."""

    added: tuple[Piece, ...] = ()
    removed: tuple[Piece, ...] = ()
    reworded: tuple[Pair, ...] = ()
    merged: tuple[Regrouped, ...] = ()
    split: tuple[Regrouped, ...] = ()
    moved: tuple[Pair, ...] = ()
    rescoped: tuple[tuple[Pair, str, str], ...] = ()

    @property
    def every(self) -> tuple[Sequence[object], ...]:
        """Every kind of change."""
        return (self.added, self.removed, self.reworded, self.merged, self.split, self.moved, self.rescoped)


def compare_advice(before: Guide, after: Guide) -> Joined:
    """Follow the points. A piece goes on in the piece of its name, else in the one that prints most of its points."""
    old, new = _by_id(before), _by_id(after)
    printed, prints = _printed(old), _printed(new)
    onwards = {name: name if name in new else _heir(one, prints) for name, one in old.items()}
    backwards = {name: name if name in old else _heir(one, printed) for name, one in new.items()}
    pairs = [(old[was], one) for name, one in new.items() if (was := backwards[name]) and onwards[was] == name]
    return Joined(
        added=tuple(_piece(one) for name, one in new.items() if not backwards[name]),
        removed=tuple(_piece(one) for name, one in old.items() if not onwards[name]),
        reworded=tuple(_pair(was, one) for was, one in pairs if was.text != one.text),
        merged=tuple(_grown(new, backwards, old)),
        split=tuple(_parted(old, onwards, new, {point.id for point in after.content.points})),
        moved=tuple(_pair(was, one) for was, one in pairs if was.topic != one.topic),
        rescoped=tuple((_pair(was, one), was.scope, one.scope) for was, one in pairs if was.scope != one.scope),
    )


def _by_id(guide: Guide) -> dict[str, Advice]:
    return {one.id: one for one in guide.advice}


def _members(advice: Advice) -> list[str]:
    return [point.id for point in (*advice.points, *advice.replaced)]


def _printed(every: Mapping[str, Advice]) -> dict[str, str]:
    """The piece of advice that each point is in."""
    return {name: one.id for one in every.values() for name in _members(one)}


def _heir(advice: Advice, printed: Mapping[str, str]) -> str:
    """The piece among others that prints most of this one's points, or nothing."""
    shared = Counter(printed[name] for name in _members(advice) if name in printed)
    return min(shared, key=lambda name: (-shared[name], name)) if shared else ""


def _grown(new: Mapping[str, Advice], backwards: Mapping[str, str], old: Mapping[str, Advice]) -> Iterator[Regrouped]:
    was = _printed(old)
    for name, one in new.items():
        core = set(_members(old[backwards[name]])) if backwards[name] else set()
        comers = [point for point in _members(one) if point not in core]
        if comers and len(_members(one)) > 1:
            yield Regrouped(_piece(one), _sides(comers, was))


def _parted(
    old: Mapping[str, Advice], onwards: Mapping[str, str], new: Mapping[str, Advice], points: Iterable[str]
) -> Iterator[Regrouped]:
    now, there = _printed(new), set(points)
    for name, one in old.items():
        rest = set(_members(new[onwards[name]])) if onwards[name] else set()
        leavers = [point for point in _members(one) if point in there and point not in rest]
        if leavers and rest:
            yield Regrouped(_piece(one), _sides(leavers, now))


def _sides(points: Iterable[str], printed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((point, printed.get(point, "")) for point in points)


def _piece(advice: Advice) -> Piece:
    return Piece(advice.id, advice.topic, advice.text)


def _pair(before: Advice, after: Advice) -> Pair:
    return Pair(_piece(before), _piece(after))

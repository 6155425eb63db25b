"""Points and decisions to printed advice. Only what a person decided, or what is word for word the same, is joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .diagnostics import Diagnostic
from .mdtext import normalised
from .model import Advice, Content, Group, Point, mark_order


def merge(content: Content) -> tuple[tuple[Advice, ...], list[Diagnostic]]:
    """Return every printed piece of advice, by id, and what stands against joining or printing some of them.

    The result does not depend on the order of sources, points or decisions. Unknown ids are skipped: `checks` names
    them.
    """
    points = {point.id: point for point in content.points}
    scopes = [scope.id for scope in content.settings.scopes]
    grouped = {member.id for group in content.decisions.groups for member in group.members}
    single = [point for point in points.values() if point.id not in grouped and point.use != "swap"]
    advice = [_of_group(group, points, scopes) for group in content.decisions.groups]
    advice += [_of_points(same) for same in _same_text(single)]
    findings = list(_unjoinable(_same_text(single)))
    return tuple(sorted(advice, key=lambda piece: piece.id)), findings


def _of_group(group: Group, points: Mapping[str, Point], scopes: Sequence[str]) -> Advice:
    members = _in_source_order(points[member.id] for member in group.members if member.id in points)
    known = [scope for scope in scopes if any(point.scope == scope for point in members)]
    return Advice(
        id=group.id,
        topic=group.topic,
        scope=group.scope or (known[-1] if known else ""),
        lead=group.lead,
        body=group.body,
        points=tuple(point for point in members if point.use != "swap"),
        replaced=tuple(point for point in members if point.use == "swap"),
        added=group.added,
        span=group.span,
    )


def _of_points(same: Sequence[Point]) -> Advice:
    """Advice of points that say the same word for word; it has the id of the one that sorts first."""
    points = _in_source_order(same)
    first = min(points, key=lambda point: point.id)
    return Advice(
        id=first.id,
        topic=first.topic,
        scope=first.scope,
        lead=first.lead,
        body=first.body,
        points=points,
        span=first.span,
    )


def _in_source_order(points: Iterable[Point]) -> tuple[Point, ...]:
    return tuple(sorted(points, key=lambda point: (mark_order(point.mark), point.span, point.id)))


def _same_text(points: Iterable[Point]) -> Iterator[list[Point]]:
    by_text: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        by_text[normalised(point.text)].append(point)
    yield from by_text.values()


def _unjoinable(same_texts: Iterable[Sequence[Point]]) -> Iterator[Diagnostic]:
    """Equal words that differ in topic, scope or use cannot be one piece of advice, and must not print twice."""
    for points in same_texts:
        first, *others = sorted(points, key=lambda point: point.id)
        for other in others:
            differing = [key for key in ("topic", "scope", "use") if getattr(first, key) != getattr(other, key)]
            if differing:
                yield Diagnostic.at(
                    other.span,
                    "unequal-twins",
                    f'"{other.id}" says word for word what "{first.id}" says, with another {" and ".join(differing)}.',
                    "Make these agree, reword one, or decide in merges.yml what to print.",
                )

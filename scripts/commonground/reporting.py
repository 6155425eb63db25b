"""How the advice was merged: the decisions of a guide, counted and compared. Plain sums, no engine.

Nothing here depends on the order of sources, points, topics or decisions, but for the sides of a near miss: its reason
may speak of the first and the second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .languages import FUNCTION_WORDS
from .mdtext import normalised
from .model import Content, Difference, Group, Guide, Point, mark_order

# Words that say nothing of what a piece of advice is about. A guide in another language keeps its own, which makes all
# of its groups look a little more alike.
SHORTENED = frozenset({"s", "t"})  # what an apostrophe leaves: "it's", "don't"
LEFT_OUT, INSTEAD = "Left out: ", "This guide says instead: "  # how lead and body of a swapped point may start
DIGITS = 3  # of a share


@dataclass(frozen=True)
class Said:
    """A point, as a report names it."""

    id: str
    mark: str
    lead: str


@dataclass(frozen=True, kw_only=True)
class Merged:
    """A group. `marks` are the articles that say what prints, `likeness` is the least of its members' (see `report`).

    A group with one member has no likeness.
    """

    id: str
    lead: str
    topic: str
    marks: tuple[str, ...]
    members: tuple[Said, ...]
    likeness: float | None

    @property
    def articles(self) -> int:
        """How many articles say it."""
        return len(self.marks)


@dataclass(frozen=True, kw_only=True)
class NearMiss:
    """Sides that look alike and stay apart."""

    id: str
    sides: tuple[tuple[Said, ...], ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A topic, and how many points of each article print there."""

    topic: str
    title: str
    counts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """How many there are. `points` are those of articles, `swapped` are among them, `joined` groups have many members.

    `undecided` points are in no group and do not stand alone; `unsure` ones are among them.
    """

    articles: int
    points: int
    swapped: int
    groups: int
    joined: int
    near_misses: int
    alone: int
    undecided: int
    unsure: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of the points. `histogram` counts the pieces of advice that 0, 1, 2, ... articles say."""

    numbers: Numbers
    groups: tuple[Merged, ...]
    near_misses: tuple[NearMiss, ...]
    undecided: tuple[Said, ...]
    marks: tuple[str, ...]
    matrix: tuple[Row, ...]
    histogram: tuple[int, ...]


def report(guide: Guide) -> Report:
    """Report what was decided, the least alike groups first.

    The likeness of a member is the share of its words that its nearest fellow has too: its own words, each once,
    without function words.
    """
    content = guide.content
    points = {point.id: point for point in content.points}
    said_by = {advice.id: advice.articles for advice in guide.advice}
    groups = [_merged(group, points, said_by.get(group.id, ())) for group in content.decisions.groups]
    undecided = _undecided(content)
    marks = tuple(sorted((one.mark for one in content.sources if one.is_article), key=mark_order))
    return Report(
        numbers=_numbers(content, groups, undecided),
        groups=tuple(sorted(groups, key=_least_alike)),
        near_misses=tuple(
            _near_miss(one, points) for one in sorted(content.decisions.different, key=lambda one: one.id)
        ),
        undecided=_said(undecided),
        marks=marks,
        matrix=_matrix(guide, marks),
        histogram=_histogram(guide, len(marks)),
    )


def as_data(report: Report) -> dict[str, Any]:
    """Return the report as what JSON can hold."""
    data = asdict(report)
    for group, entry in zip(report.groups, data["groups"], strict=True):
        entry["articles"] = group.articles
    return data


def likeness(points: Iterable[Point]) -> float | None:
    """Return the least share of its words that a point has in common with the nearest other one; None for one alone."""
    points = list(points)
    if len(points) < 2:  # noqa: PLR2004  # a comparison takes two
        return None
    words = [_words(point) for point in points]
    shares = [
        max(len(own & other) for place, other in enumerate(words) if place != here) / len(own) if own else 0.0
        for here, own in enumerate(words)
    ]
    return round(min(shares), DIGITS)


def _words(point: Point) -> set[str]:
    text = f"{point.lead.removeprefix(LEFT_OUT)} {point.body.removeprefix(INSTEAD)}"
    return set(normalised(text).split()) - FUNCTION_WORDS - SHORTENED


def _merged(group: Group, points: Mapping[str, Point], marks: tuple[str, ...]) -> Merged:
    members = [points[member.id] for member in group.members if member.id in points]
    return Merged(
        id=group.id,
        lead=group.lead,
        topic=group.topic,
        marks=marks,
        members=_said(members),
        likeness=likeness(members),
    )


def _least_alike(group: Merged) -> tuple[bool, float, str]:
    """Sorting key of groups: the least alike first, those with nothing to compare last."""
    return group.likeness is None, group.likeness or 0.0, group.id


def _near_miss(difference: Difference, points: Mapping[str, Point]) -> NearMiss:
    sides = [_said(points[one.id] for one in side if one.id in points) for side in difference.between]
    return NearMiss(id=difference.id, sides=tuple(sides), reason=difference.reason)


def _said(points: Iterable[Point]) -> tuple[Said, ...]:
    """The points in the order of their sources."""
    ordered = sorted(points, key=lambda point: (mark_order(point.mark), point.span, point.id))
    return tuple(Said(point.id, point.mark, point.lead) for point in ordered)


def _undecided(content: Content) -> list[Point]:
    decided = {member.id for group in content.decisions.groups for member in group.members}
    decided |= {reference.id for reference in content.decisions.alone}
    return [one for one in content.points if one.use != "swap" and one.mark.isdigit() and one.id not in decided]


def _numbers(content: Content, groups: Iterable[Merged], undecided: list[Point]) -> Numbers:
    points = [point for point in content.points if point.mark.isdigit()]
    sizes = [len(group.members) for group in groups]
    return Numbers(
        articles=sum(source.is_article for source in content.sources),
        points=len(points),
        swapped=sum(point.use == "swap" for point in points),
        groups=len(sizes),
        joined=sum(size > 1 for size in sizes),
        near_misses=len(content.decisions.different),
        alone=len(content.decisions.alone),
        undecided=len(undecided),
        unsure=len(content.decisions.unsure),
    )


def _matrix(guide: Guide, marks: tuple[str, ...]) -> tuple[Row, ...]:
    """A row for each topic, in the order of the menu."""
    stages = {stage.id: place for place, stage in enumerate(guide.content.settings.stages)}
    topics = sorted(guide.content.topics, key=lambda one: (stages.get(one.stage, len(stages)), one.order, one.slug))
    counts = Counter((advice.topic, point.mark) for advice in guide.advice for point in advice.points)
    return tuple(
        Row(topic=topic.slug, title=topic.title, counts=tuple(counts[topic.slug, mark] for mark in marks))
        for topic in topics
    )


def _histogram(guide: Guide, articles: int) -> tuple[int, ...]:
    counts = Counter(len(advice.articles) for advice in guide.advice)
    return tuple(counts[number] for number in range(articles + 1))

"""Which topics of a stage stand in one row of the map, and how they are joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .lettering import words_of
from .model import Place, Topic, Way

ANY_TIME = "at any time"  # when to go to what is beside the way


@dataclass(frozen=True)
class Shape:
    """How wide a map is, and how many topics stand side by side: `across` on one way, `sides` where it forks.

    A row has at least so many `columns`, and between two of them so much `space`.
    """

    name: str
    width: int
    across: int
    sides: int
    columns: int
    space: int


@dataclass(frozen=True)
class Cell:
    """A topic of a row, and how it is joined to the one before it: `and`, `or` or not at all."""

    topic: str
    title: str
    words: str = ""
    joint: str = ""
    beside: bool = False


def rows(topics: Sequence[Topic], way: Way, shape: Shape) -> list[list[Cell]]:
    """The topics of one stage: step by step, then where readers stop, then what is beside the way."""
    titles = {topic.slug: words_of(topic.title) for topic in topics}
    found: list[list[Cell]] = []
    for step in way.steps:
        cells = [_cell(place, titles, step.join) for place in step.places if place.topic.id in titles]
        found += chunks(cells, shape.across if step.join == "and" else shape.sides)
    stop = way.stop.topic.id if way.stop else ""
    if way.stop and stop in titles:
        _append(found, _cell(way.stop, titles, "or"), shape.sides)
    placed = {cell.topic for cells in found for cell in cells}
    apart = ANY_TIME if way.steps else ""  # without a way, nothing is beside it
    for topic in topics:
        if topic.slug not in placed:
            at_stop = bool(found) and found[-1][-1].topic == stop  # from whose right the way to it comes
            cell = Cell(topic.slug, titles[topic.slug], apart, beside=bool(apart))
            _append(found, cell, 0 if at_stop else shape.across)
    return found


def _append(found: list[list[Cell]], cell: Cell, most: int) -> None:
    """Put a cell into the last row, or into a new one where that has no room."""
    if found and len(found[-1]) < most:
        found[-1].append(cell)
    else:
        found.append([cell])


def _cell(place: Place, titles: Mapping[str, str], joint: str) -> Cell:
    return Cell(place.topic.id, titles[place.topic.id], words_of(place.words), joint)


def chunks(cells: Sequence[Cell], most: int) -> Iterator[list[Cell]]:
    """Part the cells into as few rows as there must be, as even as they can be."""
    count = -(-len(cells) // most)
    ends = [round(len(cells) * number / max(count, 1)) for number in range(count + 1)]
    yield from (list(cells[start:end]) for start, end in pairwise(ends))

"""Where everything stands on the map of the guide: a frame for each stage, a box for each topic, a line for each leg.

Units are CSS pixels of a picture at its own size. What follows in the same row or the next one is joined directly;
every other leg runs down the lane at the left, which passes the stages' numbers; the way out runs down the right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .model import Place, Plain, Topic, Way
from .way import Route

SMALL, NORMAL, LARGE = 14, 15, 16  # sizes of letters: when to go there, a topic, a stage
BOLD = 1.1  # how much wider bold letters are
LEADING = 1.3
IDEOGRAPHS = 0x2E80  # from here on, letters are as wide as they are tall
LANE = 18  # from the left edge
EDGE = 20  # from a frame to the right edge, where the way out runs
OUT = 9  # from the right edge to that way
LEFT, RIGHT = 38, 10  # from a frame's edges to its boxes
PAD = 8  # around the words of a box
GAP = 30  # between two rows
BETWEEN = 16  # between two frames
BEND = 9  # from a box to where its line turns
HEAD = 5  # half of an arrow's width
DASH = 8  # from one dash to the next, as in the stylesheet
TOUCH = 44  # the least height of a box


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


@dataclass(frozen=True)
class Box:
    """A topic's place on the map; its row is counted through all stages."""

    cell: Cell
    stage: int
    row: int
    x: float
    y: float
    width: float
    height: float
    words: tuple[str, ...]
    title: tuple[str, ...]

    @property
    def middle(self) -> float:
        """The middle from left to right."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Frame:
    """A stage's place on the map."""

    stage: str
    number: int
    title: tuple[str, ...]
    y: float
    height: float

    @property
    def first_line(self) -> float:
        """The middle of its title's first line, where its number stands."""
        return self.y + BEND + LARGE * LEADING / 2


@dataclass(frozen=True)
class Line:
    """A leg as a path, from a topic (or a stage, where it is the way out) to a topic."""

    start: str
    end: str
    path: str
    out: float | None = None  # how far its dashes are shifted, on the way out, so that those of several lines agree


@dataclass(frozen=True)
class Sign:
    """A joint in words; `anchor` says which end of it is at x, and y is its middle."""

    text: str
    x: float
    y: float
    anchor: str = "middle"


@dataclass
class Drawing:
    """A whole map."""

    shape: Shape
    height: float = 0
    frames: list[Frame] = field(default_factory=list)
    boxes: dict[str, Box] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)


def draw(stages: Sequence[Plain], topics: Sequence[Topic], way: Way, shape: Shape) -> Drawing:
    """Lay out the stages in order, and draw every leg of the way."""
    drawing = Drawing(shape)
    route = Route(way)
    row = 0
    for number, stage in enumerate(stages):
        cells = rows([topic for topic in topics if topic.stage == stage.slug], way, shape)
        row = _frame(drawing, number, stage, cells, row)
    for leg in route.legs:
        _leg(drawing, drawing.boxes[leg.start], drawing.boxes[leg.end], leg.join)
    if way.stop:
        _ways_out(drawing, drawing.boxes[way.stop.topic.id])
    return drawing


def rows(topics: Sequence[Topic], way: Way, shape: Shape) -> list[list[Cell]]:
    """The topics of one stage: step by step, then where readers stop, then what is beside the way."""
    titles = {topic.slug: topic.title for topic in topics}
    found: list[list[Cell]] = []
    for step in way.steps:
        cells = [_cell(place, titles, step.join) for place in step.places if place.topic.id in titles]
        found += chunks(cells, shape.across if step.join == "and" else shape.sides)
    rest = [_cell(way.stop, titles, "or")] if way.stop and way.stop.topic.id in titles else []
    placed = {place.topic.id for step in way.steps for place in step.places} | {cell.topic for cell in rest}
    apart = bool(way.steps)  # without a way, nothing is beside it
    rest += [Cell(one.slug, one.title, beside=apart) for one in topics if one.slug not in placed]
    for cell in rest:
        room = shape.sides if cell.joint else shape.across
        if found and len(found[-1]) < room:
            found[-1].append(cell)
        else:
            found.append([cell])
    return found


def _cell(place: Place, titles: dict[str, str], joint: str) -> Cell:
    return Cell(place.topic.id, titles[place.topic.id], place.words, joint)


def chunks(cells: Sequence[Cell], most: int) -> Iterator[list[Cell]]:
    """Part the cells into as few rows as there must be, as even as they can be."""
    count = -(-len(cells) // most)
    ends = [round(len(cells) * number / max(count, 1)) for number in range(count + 1)]
    yield from (list(cells[start:end]) for start, end in pairwise(ends))


def _frame(drawing: Drawing, number: int, stage: Plain, cells: Iterable[list[Cell]], row: int) -> int:
    """Draw one stage below what is there already, and return the number of the next row."""
    width = drawing.shape.width - EDGE
    top = drawing.height + (BETWEEN if number else 0)
    title = tuple(fit(stage.title, width - LEFT - RIGHT - LARGE, LARGE * BOLD))
    y = top + BEND + len(title) * LARGE * LEADING + 2 * BEND
    for own in cells:
        height = _row(drawing, own, (number, row), y)
        y += height + GAP
        row += 1
    bottom = y - GAP + 2 * BEND
    drawing.frames.append(Frame(stage.slug, number + 1, title, top, bottom - top))
    drawing.height = bottom
    return row


def _row(drawing: Drawing, cells: Sequence[Cell], place: tuple[int, int], y: float) -> float:
    """Draw one row of boxes, all of one height, and the joints of a fork between them; return the height."""
    shape = drawing.shape
    columns = max(len(cells), shape.columns)
    inner = shape.width - EDGE - LEFT - RIGHT
    width = (inner - (columns - 1) * shape.space) / columns
    words = [tuple(fit(cell.words or ("at any time" if cell.beside else ""), width - 2 * PAD, SMALL)) for cell in cells]
    titles = [tuple(fit(cell.title, width - 2 * PAD, NORMAL)) for cell in cells]
    both = zip(words, titles, strict=True)
    height = max(TOUCH, *(2 * PAD + LEADING * (SMALL * len(when) + NORMAL * len(title)) for when, title in both))
    for column, cell in enumerate(cells):
        x = LEFT + column * (width + shape.space)
        drawing.boxes[cell.topic] = Box(cell, *place, x, y, width, height, words[column], titles[column])
        if column and cell.joint == "or":
            drawing.signs.append(Sign("or", x - shape.space / 2, y + height / 2))
    return height


def _leg(drawing: Drawing, start: Box, end: Box, joint: str) -> None:
    """Draw one leg: straight on in its row, down into the next row, or by the lane."""
    word = "and" if joint == "and" else ""
    if start.row == end.row and end.x > start.x and not _between(drawing, start, end):
        y = start.y + start.height / 2
        path = f"M{start.x + start.width:g} {y:g}H{end.x:g}{_head(end.x, y, 1)}"
        sign = Sign(word, (start.x + start.width + end.x) / 2, y - SMALL * 0.8)
    elif start.stage == end.stage and end.row == start.row + 1:
        turn = f"V{end.y - GAP / 2:g}H{end.middle:g}" if start.middle != end.middle else ""
        path = f"M{start.middle:g} {start.y + start.height:g}{turn}V{end.y:g}{_head(end.middle, end.y, 0)}"
        side, anchor = (-PAD, "end") if start.middle > end.middle else (PAD, "start")
        sign = Sign(word, end.middle + side, end.y - GAP / 2, anchor)
    else:
        below, above = start.y + start.height + BEND, end.y - BEND
        path = f"M{start.middle:g} {below - BEND:g}V{below:g}H{LANE}V{above:g}H{end.middle:g}V{end.y:g}"
        path += _head(end.middle, end.y, 0)
        sign = Sign("", 0, 0)
    drawing.lines.append(Line(start.cell.topic, end.cell.topic, path))
    drawing.signs += [sign] if sign.text else []


def _between(drawing: Drawing, start: Box, end: Box) -> bool:
    return any(start.x < box.x < end.x for box in drawing.boxes.values() if box.row == start.row)


def _head(x: float, y: float, across: int) -> str:
    """The head of an arrow that ends at the point: one that goes down (0), right (1) or left (-1)."""
    if not across:
        return f"M{x - HEAD:g} {y - HEAD:g}L{x:g} {y:g}L{x + HEAD:g} {y - HEAD:g}"
    back = x - across * HEAD
    return f"M{back:g} {y - HEAD:g}L{x:g} {y:g}L{back:g} {y + HEAD:g}"


def _ways_out(drawing: Drawing, stop: Box) -> None:
    """Draw the way to where readers stop, from every other stage."""
    edge, out = drawing.shape.width - EDGE, drawing.shape.width - OUT
    y, right = stop.y + stop.height / 2, stop.x + stop.width
    for number, frame in enumerate(drawing.frames):
        if number != stop.stage:
            shift = (frame.first_line - (out - edge)) % DASH
            path = f"M{edge} {frame.first_line:g}H{out}V{y:g}H{right:g}{_head(right, y, -1)}"
            drawing.lines.append(Line(frame.stage, stop.cell.topic, path, out=shift))
            drawing.signs.append(Sign("or", edge - RIGHT / 2, frame.first_line, "end"))


# Widths in ems, of DejaVu Sans: the widest of the letters that systems have for their own.
WIDTHS = dict.fromkeys("ijl|' ", 0.33) | dict.fromkeys("frt.,:;!()[]-", 0.42) | dict.fromkeys("mwMW@%", 0.98)
CAPITAL, OTHER, IDEOGRAPH = 0.74, 0.63, 1.0


def text_width(text: str, size: float) -> float:
    """How wide a text is at most."""
    return size * sum(WIDTHS.get(one) or _letter_width(one) for one in text)


def _letter_width(letter: str) -> float:
    if ord(letter) >= IDEOGRAPHS:
        return IDEOGRAPH
    return CAPITAL if letter.isupper() else OTHER


def fit(text: str, width: float, size: float) -> Iterator[str]:
    """Break a text into lines that are no wider than the width; a word that is wider by itself is cut."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if text_width(longer, size) <= width:
            line = longer
            continue
        if line:
            yield line
        line = ""
        for letter in word:
            if line and text_width(line + letter, size) > width:
                yield line
                line = ""
            line += letter
    if line:
        yield line

"""Where everything stands on the map of the guide: a frame for each stage, a box for each topic, a line for each leg.

Units are CSS pixels of a picture at its own size. What follows in the same row or the next one is joined directly;
every other leg runs down the lane at the left, which passes the stages' numbers; the way out runs down the right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .arranging import Cell, Shape, rows
from .lettering import fit, words_of
from .model import Plain, Topic, Way
from .way import Route

SMALL, NORMAL, LARGE = 14, 15, 16.5  # sizes of letters: when to go there, a topic, a stage
BOLD = 1.1  # how much wider bold letters are
LEADING = 1.3
LANE = 18  # from the left edge
EDGE = 20  # from a frame to the right edge, where the way out runs
OUT = 9  # from the right edge to that way
LEFT, RIGHT = 38, 10  # from a frame's edges to its boxes
PAD = 8  # around the words of a box
GAP = 30  # between two rows
BETWEEN = 15  # between two frames
BEND = 9  # from a box to where its line turns
HEAD = 5  # half of an arrow's width
DASH = 8  # from one dash to the next, as in the stylesheet
TOUCH = 44  # the least height of a box


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


def _frame(drawing: Drawing, number: int, stage: Plain, cells: Iterable[list[Cell]], row: int) -> int:
    """Draw one stage below what is there already, and return the number of the next row."""
    width = drawing.shape.width - EDGE
    top = drawing.height + (BETWEEN if number else 0)
    title = tuple(fit(words_of(stage.title), width - LEFT - RIGHT - LARGE, LARGE * BOLD))
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
    words = [tuple(fit(cell.words, width - 2 * PAD, SMALL)) for cell in cells]
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
    """Draw one leg, and where both its ends are of one step the word that joins them."""
    if start.row == end.row and end.x > start.x and not _between(drawing, start, end):
        path, sign = _along_row(start, end)
    elif start.stage == end.stage and end.row == start.row + 1:
        path, sign = _to_next_row(start, end)
    else:
        path, sign = _by_lane(start, end), None
    drawing.lines.append(Line(start.cell.topic, end.cell.topic, path))
    drawing.signs += [sign] if sign and joint == "and" else []


def _along_row(start: Box, end: Box) -> tuple[str, Sign]:
    x, y = start.x + start.width, start.y + start.height / 2
    return f"M{x:g} {y:g}H{end.x:g}{_head(end.x, y, 1)}", Sign("and", (x + end.x) / 2, y - SMALL * 0.8)


def _to_next_row(start: Box, end: Box) -> tuple[str, Sign]:
    x, y = end.middle, end.y - GAP / 2
    turn = f"V{y:g}H{x:g}" if start.middle != x else ""
    path = f"M{start.middle:g} {start.y + start.height:g}{turn}V{end.y:g}{_head(x, end.y, 0)}"
    return path, Sign("and", x - PAD, y, "end") if start.middle > x else Sign("and", x + PAD, y, "start")


def _by_lane(start: Box, end: Box) -> str:
    foot = start.y + start.height
    down = f"M{start.middle:g} {foot:g}V{foot + BEND:g}H{LANE}V{end.y - BEND:g}"
    return f"{down}H{end.middle:g}V{end.y:g}{_head(end.middle, end.y, 0)}"


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

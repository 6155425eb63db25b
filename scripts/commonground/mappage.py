"""The map of the guide as Markdown: one picture for a phone, one for a desk and paper, and the same as a list.

Every stage and topic of a picture is a Markdown link around SVG, so that whatever renders the page follows and checks
it like any other. A picture has no style of its own: the site's stylesheet colours it, and shows one of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .arranging import ANY_TIME, Shape
from .blocks import joined, lines
from .linking import Targets
from .mapping import (
    EDGE,
    LANE,
    LARGE,
    LEADING,
    LEFT,
    NORMAL,
    PAD,
    SMALL,
    Box,
    Drawing,
    Frame,
    Line,
    Sign,
    draw,
)
from .model import Guide, Plain
from .reportpage import count
from .waypage import Along, opening

SHAPES = (Shape("narrow", 356, 1, 2, 1, 26), Shape("wide", 576, 3, 3, 2, 36))
CORNER = 6
FOOT = 0.35  # from the middle of letters to their foot, as a share of their size
NUMBER = 13  # the radius of the disc that a stage's number stands on


def whole_map(guide: Guide, targets: Targets, along: Along, here: str) -> str:
    """Everything that stands in the place of the marker on the page `here`."""
    printer = _Printer(guide, targets, along, here)
    pictures = [printer.picture(shape) for shape in SHAPES] if along.stages else []
    return joined(*pictures, printer.as_list())


class _Printer:
    def __init__(self, guide: Guide, targets: Targets, along: Along, here: str) -> None:
        self.topics = guide.content.topics
        self.way = guide.content.settings.way
        self.targets = targets
        self.along = along
        self.here = here

    def picture(self, shape: Shape) -> str:
        """One picture as a block of HTML, in which Markdown sees nothing but links."""
        drawn = draw(self.along.stages, self.topics, self.way, shape)
        name = f"map-{shape.name}"
        size = f'viewBox="0 -1 {shape.width} {drawn.height + 2:g}" width="{shape.width}" height="{drawn.height + 2:g}"'
        return lines(
            [
                f'<div class="map map-{shape.name}" markdown="span">',
                f'<svg role="group" aria-labelledby="{name}-title" aria-describedby="{name}-says" {size}>',
                f'<title id="{name}-title">The whole guide as a map</title>',
                f'<desc id="{name}-says">{written(self.says(drawn))}</desc>',
                *(frame_ground(frame, shape) for frame in drawn.frames),
                *map(leg, drawn.lines),
                *map(sign, drawn.signs),
                *self.links(drawn),
                "</svg>",
                "</div>",
            ]
        )

    def says(self, drawn: Drawing) -> str:
        """What to say of a picture to those who do not see it."""
        parts = f"{count(len(drawn.frames), 'part', 'parts')} with {count(len(drawn.boxes), 'page', 'pages')}"
        return f"{parts}, each a link. Lines lead from page to page. The same stands below as a list."

    def links(self, drawn: Drawing) -> Iterator[str]:
        """Every stage, followed by its topics."""
        for number, frame in enumerate(drawn.frames):
            yield f"[{frame_title(frame)}]({self.targets.link('stage', frame.stage, self.here)})"
            for box in drawn.boxes.values():
                if box.stage == number:
                    yield f"[{topic_box(box)}]({self.targets.link('topic', box.cell.topic, self.here)})"

    def as_list(self) -> str:
        """The same as nested lists: the stages, their topics, and the ways on from each."""
        rows = [row for stage in self.along.stages for row in self.stage(stage)]
        return lines(
            ['<details class="figures" markdown="block"><summary>The same as a list</summary>\n', *rows, "\n</details>"]
        )

    def stage(self, stage: Plain) -> Iterator[str]:
        """One stage of the list."""
        own = [topic for topic in self.topics if topic.stage == stage.slug]
        stop = self.way.stop
        out = bool(stop) and all(not self.along.is_stop(topic.slug) for topic in own)
        ways_out = " ".join(self.along.stopping("Or", self.here)) if out else ""
        yield f"1. {self.along.stage(stage.slug, self.here)}" + (f". {ways_out}" if ways_out else "")
        order = {name: number for number, name in enumerate(self.along.route.places)}
        for topic in sorted(own, key=lambda one: order.get(one.slug, len(order) + self.along.is_stop(one.slug))):
            yield f"    - {self.along.topic(topic.slug, self.here)}{self.when(topic.slug)}"
            for leg in self.along.route.after(topic.slug):
                yield f"        - {self.along.to(opening(leg), leg.place, self.here)}"

    def when(self, topic: str) -> str:
        """When a reader goes to the topic, as an end of its line."""
        place = self.along.route.places.get(topic) or (self.way.stop if self.along.is_stop(topic) else None)
        if place:
            return f", {place.words}" if place.words else ""
        return f", {ANY_TIME}" if self.along.route.places else ""


def leg(line: Line) -> str:
    """A line from one page to another."""
    ends = f'data-start="{line.start}" data-end="{line.end}"'
    kind = 'class="leg"' if line.out is None else f'class="out" stroke-dashoffset="{line.out:g}"'
    return f'<path {kind} {ends} d="{line.path}"></path>'


def frame_ground(frame: Frame, shape: Shape) -> str:
    """The ground of a stage."""
    size = f'width="{shape.width - EDGE - 1}" height="{frame.height:g}"'
    return f'<rect class="frame" x="0.5" y="{frame.y:g}" {size} rx="{CORNER}"></rect>'


def frame_title(frame: Frame) -> str:
    """The number and the title of a stage."""
    middle = frame.first_line
    disc = f'<circle class="number" cx="{LANE}" cy="{middle:g}" r="{NUMBER}"></circle>'
    place = f'font-size="{SMALL}" x="{LANE}" y="{middle + SMALL * FOOT:g}" text-anchor="middle"'
    number = f'<text class="digit" {place}>{frame.number} </text>'
    return disc + number + text("stage", frame.title, LEFT, middle + LARGE * FOOT, LARGE)


def topic_box(box: Box) -> str:
    """The box of a topic: when to go there, and its title."""
    size = f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
    rect = f'<rect class="{"box beside" if box.cell.beside else "box"}" {size} rx="{CORNER}"></rect>'
    taken = LEADING * (SMALL * len(box.words) + NORMAL * len(box.title))
    top = box.y + (box.height - taken) / 2
    below = top + LEADING * SMALL * len(box.words)
    when = text("when", box.words, box.x + PAD, top + SMALL, SMALL)
    return rect + when + text("name", box.title, box.x + PAD, below + NORMAL, NORMAL)


def text(kind: str, rows: Iterable[str], x: float, y: float, size: float) -> str:
    """Lines of words, of which y is the foot of the first; a space parts them, or two words would be read as one."""
    spans = "".join(
        f'<tspan x="{x:g}" y="{y + size * LEADING * number:g}">{written(row)}</tspan> '
        for number, row in enumerate(rows)
    )
    return f'<text class="{kind}" font-size="{size:g}">{spans}</text>' if spans else ""


def sign(joint: Sign) -> str:
    """A joint in words."""
    place = f'font-size="{SMALL}" x="{joint.x:g}" y="{joint.y + SMALL * FOOT:g}" text-anchor="{joint.anchor}"'
    return f'<text class="joint" aria-hidden="true" {place}>{joint.text}</text>'


def written(words: str) -> str:
    """Words as they are: every sign that HTML or Markdown could take for its own is written by its number."""
    return "".join(one if one.isalnum() or one in " ,." else f"&#{ord(one)};" for one in words)

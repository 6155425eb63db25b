"""The report on the merging as Markdown, with its two pictures: SVG that needs no script and no style of its own.

Every picture has a table of the same figures below it. Its units are a sixteenth of the text's size; on a phone it
shrinks to the screen, and one that would then be too small to read scrolls in a box of its own.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from textwrap import wrap

from . import mdtext
from .blocks import box, cell, joined, lines
from .linking import Targets
from .model import Guide
from .reporting import Merged, NearMiss, Numbers, Report, Row, Said, report

MOST = 20  # groups to list
FONT = 14  # the size of a picture's letters
LINE = 17
ROW = 30
SQUARE = 26  # the side of the largest
SMALLEST = 8
COLUMN = 34
LABEL = 190  # the width of a row's label
LETTERS = 26  # that fit into it
BAR_LABEL, BAR, BAR_COUNT = 120, 200, 40
FITS = 420  # a picture of this width can be read on a phone
PER_EM = 15.5


@dataclass(frozen=True)
class Picture:
    """A drawing: its name and size, what to say of it to those who do not see it, and its shapes."""

    name: str
    title: str
    says: str
    width: int
    height: int
    shapes: Sequence[str]


def merging(guide: Guide, targets: Targets, here: str) -> str:
    """Everything that stands in the place of the marker on the page `here`."""
    found = report(guide)
    printer = _Printer(targets, here)
    pictures = [*matrix_blocks(found, printer), *histogram_blocks(found)] if found.marks else []
    return joined(numbers(found.numbers), *pictures, *printer.groups(found), *printer.rest(found))


def count(number: int, one: str, many: str) -> str:
    """A number with the words that fit it."""
    return f"{number} {one if number == 1 else many}"


def numbers(found: Numbers) -> str:
    """The numbers as a short list."""
    return lines(
        [
            f"- {count(found.articles, 'article', 'articles')}",
            f"- {count(found.points, 'piece', 'pieces')} of advice in them",
            f"- {count(found.swapped, 'piece', 'pieces')} left out, or put in a safer way",
            f"- {count(found.groups, 'wording', 'wordings')} of our own, of which {found.joined} "
            f"{'joins' if found.joined == 1 else 'join'} two or more pieces",
            f"- {count(found.alone, 'piece that stands', 'pieces that stand')} alone",
            f"- {count(found.near_misses, 'case', 'cases')} that looked alike and stayed apart",
            f"- {found.undecided} not decided yet",
        ]
    )


def picture(drawn: Picture) -> str:
    """The drawing as one block of HTML; a wide one in a box that scrolls, by the keyboard too."""
    title, says = html.escape(drawn.title), html.escape(drawn.says)
    wide = f' role="region" tabindex="0" aria-label="{title}"' if drawn.width > FITS else ""
    return lines(
        [
            f'<div class="picture"{wide}>',
            f'<svg role="img" aria-labelledby="{drawn.name}-title {drawn.name}-says"'
            f' viewBox="0 0 {drawn.width} {drawn.height}" width="{drawn.width / PER_EM:.1f}em"'
            ' fill="currentColor">',
            f'<title id="{drawn.name}-title">{title}</title>',
            f'<desc id="{drawn.name}-says">{says}</desc>',
            f'<g font-size="{FONT}">',
            *drawn.shapes,
            "</g>",
            "</svg>",
            "</div>",
        ]
    )


def text(x: float, y: float, words: str, anchor: str = "start") -> str:
    """Words of a picture; `y` is their middle."""
    return f'<text x="{x:g}" y="{y + FONT * 0.35:g}" text-anchor="{anchor}">{html.escape(words)}</text>'


def area(x: float, y: float, width: float, height: float) -> str:
    """A filled square or bar, pale enough for words upon it."""
    size = f'width="{width:.4g}" height="{height:.4g}"'
    return f'<rect class="area" x="{x:.4g}" y="{y:.4g}" {size} fill="currentColor" fill-opacity="0.18"/>'


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """The figures of a picture, folded up."""
    heads = list(heads)
    written = [heads, ["---", *("--:" for _ in heads[1:])], *rows]
    markdown = lines(f"| {' | '.join(row)} |" for row in written)
    return (
        f'<details class="figures" markdown="block"><summary>The same as a table</summary>\n\n{markdown}\n\n</details>'
    )


def matrix_blocks(found: Report, printer: _Printer) -> Iterator[str]:
    """What each article says on each topic: a square that grows with the number."""
    rows = [[printer.topic(row), *map(str, row.counts)] for row in found.matrix]
    yield "## Which article speaks of what"
    yield "Each column is an article. The larger the square, the more of its pieces are on that topic."
    yield picture(matrix(found))
    yield table(["Topic", *(f"\\[{mark}\\]" for mark in found.marks)], rows)


def matrix(found: Report) -> Picture:
    """Draw a column for each article and a row for each topic."""
    width = LABEL + COLUMN * len(found.marks)
    middles = [LABEL + COLUMN * (place + 0.5) for place in range(len(found.marks))]
    shapes = [text(x, ROW / 2, f"[{mark}]", "middle") for x, mark in zip(middles, found.marks, strict=True)]
    most = max((number for row in found.matrix for number in row.counts), default=0)
    top = ROW
    for row in found.matrix:
        label = wrap(words_of(row.title), LETTERS)
        height = max(ROW, LINE * len(label) + LINE // 2)
        middle = top + height / 2
        shapes.append(f'<path d="M0 {top}H{width}" stroke="currentColor" stroke-opacity="0.25"/>')
        first = middle - LINE * (len(label) - 1) / 2
        shapes += [text(0, first + LINE * place, line) for place, line in enumerate(label)]
        for x, number in zip(middles, row.counts, strict=True):
            shapes += square(x, middle, number, most)
        top += height
    says = (
        f"A table of {count(len(found.matrix), 'topic', 'topics')} and {count(len(found.marks), 'article', 'articles')}"
    )
    says += f". The largest number is {most}. The figures stand in the table below."
    return Picture("matrix", "How many pieces of each article are on each topic", says, width, top, shapes)


def square(x: float, y: float, number: int, most: int) -> list[str]:
    """One cell: nothing for none, else the number on a square of its size."""
    if not number:
        return []
    side = SMALLEST + (SQUARE - SMALLEST) * sqrt(number / most)
    return [area(x - side / 2, y - side / 2, side, side), text(x, y, str(number), "middle")]


def histogram_blocks(found: Report) -> Iterator[str]:
    """How many articles say each piece of advice."""
    yield "## How many articles say the same"
    yield "Each bar counts the pieces of advice in this guide that so many articles say."
    yield picture(histogram(found.histogram))
    rows = [[said_by(number), str(pieces)] for number, pieces in enumerate(found.histogram)]
    yield table(["Said by", "Pieces of advice"], rows)


def said_by(number: int) -> str:
    """Who says it: so many articles, or none."""
    return count(number, "article", "articles") if number else "This guide only"


def histogram(pieces: Sequence[int]) -> Picture:
    """Draw a bar for each number of articles."""
    most = max(pieces) or 1
    shapes: list[str] = []
    for number, found in enumerate(pieces):
        middle = ROW * (number + 0.5)
        length = BAR * found / most
        shapes += [text(0, middle, said_by(number))]
        shapes += [area(BAR_LABEL, middle - SQUARE / 2, length, SQUARE)] if found else []
        shapes += [text(BAR_LABEL + length + FONT / 2, middle, str(found))]
    says = "; ".join(f"{said_by(number)}: {found}" for number, found in enumerate(pieces)) + "."
    title = "How many pieces of advice so many articles say"
    return Picture("bars", title, says, BAR_LABEL + BAR + BAR_COUNT, ROW * len(pieces), shapes)


def words_of(title: str) -> str:
    """A title as its words alone."""
    return html.unescape(mdtext.plain(title))


class _Printer:
    """Prints what links to other pages from the page `here`."""

    def __init__(self, targets: Targets, here: str) -> None:
        self.targets = targets
        self.here = here

    def topic(self, row: Row) -> str:
        return f"[{cell(row.title)}]({self.targets.link('topic', row.topic, self.here)})"

    def point(self, said: Said) -> str:
        return f"[{mdtext.plain(said.lead)}]({self.targets.link('point', said.id, self.here)}) \\[{said.mark}\\]"

    def groups(self, found: Report) -> Iterator[str]:
        """The merged groups that are least alike."""
        compared = [group for group in found.groups if group.likeness is not None]
        if compared:
            yield "## Least alike first"
            yield (
                "We joined these, though some share few words. Those are the choices to check first. "
                "The share says how many words of one piece are in the nearest other piece too."
            )
            yield f"Here are {MOST} of {len(compared)}." if len(compared) > MOST else ""
            yield box("merged", lines(map(self.group, compared[:MOST])))

    def group(self, group: Merged) -> str:
        link = f"[{mdtext.plain(group.lead)}]({self.targets.link('advice', group.id, self.here)})"
        marks = " ".join(f"\\[{mark}\\]" for mark in group.marks)
        shown = f' <span class="marks">{marks}</span>' if marks else ""
        share = f"Shared words: {group.likeness or 0:.0%}"
        members = [f"    - {self.point(member)}" for member in group.members]
        return lines([f'- {link}{shown} <span class="marks">{share}</span>', *members])

    def rest(self, found: Report) -> Iterator[str]:
        """The near misses, and what nobody has decided."""
        if found.near_misses:
            yield "## Looked alike and stayed apart"
            yield "These pieces use like words. The line above each list says why we did not join them."
            yield box("merged", lines(map(self.near_miss, found.near_misses)))
        if found.undecided:
            yield "## Not decided yet"
            yield lines(f"- {self.point(said)}" for said in found.undecided)

    def near_miss(self, miss: NearMiss) -> str:
        reason = mdtext.rebase(" ".join(miss.reason.split()), "merges.yml", self.here)
        sides = [f"    1. {' '.join(map(self.point, side))}" for side in miss.sides]
        return lines([f"- {reason}", *sides])

"""What a reader finds at an address that has moved: a page that leads on, or a line on the page that is still there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

from . import mdtext
from .addresses import Place, address_of
from .blocks import Blocks, box, joined, lines
from .crosslinking import Crosslinks
from .linking import Targets
from .model import Guide, Page
from .redirects import Moves


def with_moved(guide: Guide, targets: Targets, links: Crosslinks, pages: Iterable[Page]) -> Iterator[Page]:
    """Return the pages, with a line on each for every place that left it, and a page for every page that moved.

    The line needs no script, and says what happened: a reader who asked for one thing and was put elsewhere without
    a word would have to guess. It stands at the end, for the old place in the text is not known any more.
    """
    if not guide.content.redirects:
        yield from pages
        return
    printer = _Printer(guide, targets, links)
    for page in pages:
        text = printer.places(address_of(page.path), page.path)
        yield Page(page.path, joined(page.text, text) + "\n") if text else page
    for address, target in printer.pages.items():
        yield printer.page(address, target)


class _Printer(Blocks):
    """Prints what the redirects of one guide need."""

    def __init__(self, guide: Guide, targets: Targets, links: Crosslinks) -> None:
        super().__init__(guide, targets, links)
        self.moves = Moves(guide)
        self.pages: dict[str, Place] = {}
        self.by_page: dict[str, list[tuple[str, Place]]] = defaultdict(list)
        for move in guide.content.redirects:
            page, sign, anchor = move.old.partition("#")
            target = self.moves.end(move.new)
            if target and sign:
                self.by_page[page].append((anchor, target))
            elif target:
                self.pages[page] = target

    def page(self, address: str, target: Place) -> Page:
        """The page at an old address. The theme sends readers on by its `moved`; without a theme the link does."""
        path = f"{address.removesuffix('/')}.md"
        values = {
            "title": "This page has moved",
            "noindex": True,
            "search": {"exclude": True},
            "moved": target.address,
        }
        front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
        text = joined(
            f"---\n{front}---",
            "# This page has moved",
            box("moved-to", f"What you are looking for is now here: {self.named(target, path)}."),
            self.places(address, path),
            self.help(path, full=False),
        )
        return Page(path, text + "\n", moved=True)

    def places(self, address: str, here: str) -> str:
        """The places that left the page, each with its old id and a link to where it is now; nothing if none did."""
        items = [
            f'<li id="{anchor}" markdown="block">\n{self.line(target, here)}\n\n</li>'
            for anchor, target in self.by_page[address]
            if target.address != address  # what was only taken out leads to the page that it was taken out of
        ]
        return lines(['<ul class="moved" markdown="1">', *items, "</ul>"]) if items else ""

    def line(self, target: Place, here: str) -> str:
        """What stood at a place, and where it is now."""
        words = f"**{mdtext.plain(target.words)}** This" if target.anchor else "What stood here"
        return f"{words} is now in {self.named(target, here)}."

    def named(self, target: Place, here: str) -> str:
        """A link to a place, with the title of its page."""
        title = self.moves.places[address_of(target.path)].words
        anchor = f"#{target.anchor}" if target.anchor else ""
        return f"[{title}]({mdtext.relative(target.path, here)}{anchor})"

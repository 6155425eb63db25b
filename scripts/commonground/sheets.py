"""Checklists as data for paper: every text as runs, every link whole. How a sheet looks is for parts.typ to say."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from .addresses import address_of
from .checklistpage import FILL, first_of, revision_of
from .model import Checklist, Guide, Item
from .revising import newest
from .runs import Run, runs

FOLDER = "sheets"  # of the site, for everything that is made for paper


@dataclass(frozen=True)
class Format:
    """A way to print a checklist: `name` ends the name of its file, `label` says it to readers."""

    name: str
    label: str
    paper: str
    large: bool = False

    @property
    def size(self) -> str:
        """What the template calls its size."""
        return "large" if self.large else "plain"


FORMATS = (
    Format("a4", "A4", "a4"),
    Format("letter", "US Letter", "us-letter"),
    Format("large", "Large print", "a4", large=True),
)


class Sheets:
    """Writes the data of a guide's sheets. `site` is the address at which readers find the guide, with a slash."""

    def __init__(self, guide: Guide, site: str) -> None:
        """Take the guide."""
        self.guide = guide
        self.site = site
        self.topics = {topic.slug: topic.title for topic in guide.content.topics}

    def sheet(self, checklist: Checklist) -> dict[str, Any]:
        """Return all that prints of a checklist."""
        here = f"checklists/{checklist.slug}.md"
        content = self.guide.content
        first = first_of(content, checklist)
        known = newest(content, checklist)
        address = self.site + address_of(here)
        return {
            "title": checklist.title,
            "when": self.runs(checklist.when, here),
            "stop": self.runs(first.stop if first else "", here),
            "groups": list(self._groups(checklist, here)),
            "foot": self.runs(checklist.foot, here),
            "note": self.runs(content.settings.sheet.note, "guide.yml"),
            "blanks": [] if checklist.shared else list(content.settings.sheet.blanks),
            "address": address,
            "code": f"{address}#revised-{known.content}" if known else address,
            "revision": revision_of(content, checklist),
        }

    def _groups(self, checklist: Checklist, here: str) -> Iterator[dict[str, Any]]:
        numbered = list(enumerate(checklist.items, start=1))
        for title in dict.fromkeys(item.group for item in checklist.items):
            yield {"title": title, "items": [self._item(*one, here) for one in numbered if one[1].group == title]}

    def _item(self, number: int, item: Item, here: str) -> dict[str, Any]:
        return {"number": str(number), "runs": self.runs(item.text, here), "topic": self.topics[item.topic]}

    def runs(self, text: str, here: str) -> list[dict[str, Any]]:
        """Return the text as runs, with every blank to fill in as one of its own."""
        return [piece for run in runs(text) for piece in self._pieces(run, here)]

    def _pieces(self, run: Run, here: str) -> Iterator[dict[str, Any]]:
        style = {name: value for name, value in asdict(run).items() if value and name != "text"}
        if run.link:
            style["link"] = self._whole(run.link, here)
        end = 0
        for match in FILL.finditer(run.text):
            yield {"text": run.text[end : match.start()], **style}
            yield {"blank": True}
            end = match.end()
        yield {"text": run.text[end:], **style}

    def _whole(self, link: str, here: str) -> str:
        """The address of a link that a text in the file `here` has."""
        path, sign, anchor = link.partition("#")
        if re.match(r"[a-z]+:", path):
            return link
        aim = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
        return f"{self.site}{address_of(aim).removeprefix('./')}{sign}{anchor}"

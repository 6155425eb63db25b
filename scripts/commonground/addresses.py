"""Every address the guide promises to keep: its pages, and in them what has an id of its own.

An address is written as it stands after the site's own: `guide/boxes/`, `guide/boxes/#m01`, `./` for the home page.
Headings are no promise: their anchors come from their words, which may be improved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from . import mdtext
from .model import Guide, Plain, Point, Tension


@dataclass(frozen=True)
class Place:
    """Where an address leads: a page's path, the anchor in it (or nothing), and what stands there, in words."""

    path: str
    anchor: str
    words: str

    @property
    def address(self) -> str:
        """The place as an address of the site."""
        return address_of(self.path) + (f"#{self.anchor}" if self.anchor else "")


def address_of(path: str) -> str:
    """Return the address that a page's file comes to have."""
    folder, slash, name = path.removesuffix(".md").rpartition("/")
    if name.casefold() in {"index", "readme"}:
        return folder + slash or "./"
    return f"{folder}{slash}{name}/"


def published(guide: Guide) -> dict[str, Place]:
    """Return every address of the guide as it is now."""
    return {place.address: place for place in (*_pages(guide), *_anchors(guide))}


def _pages(guide: Guide) -> Iterator[Place]:
    content = guide.content
    for folder, titled in (("guide", content.topics), ("sources", content.sources), ("checklists", content.checklists)):
        yield from (Place(f"{folder}/{one.slug}.md", "", one.title) for one in titled)
    for page in (*content.stages, *content.plain, *([content.faq] if content.faq else [])):
        yield Place(page.path, "", page.title)


def _anchors(guide: Guide) -> Iterator[Place]:
    content = guide.content
    points = {point.id: point for point in content.points}
    for advice in guide.advice:
        path = f"guide/{advice.topic}.md"
        yield from (Place(path, point.id, point.lead) for point in (*advice.points, *advice.replaced))
        yield Place(path, advice.id, advice.lead)
    for topic in content.topics:
        for reference in topic.left_out:
            yield Place(f"guide/{topic.slug}.md", f"left-out-{reference.id}", _lead(points, reference.id))
    for source in content.sources:
        yield from (Place(f"sources/{source.slug}.md", point.id, point.lead) for point in source.points)
    for checklist in content.checklists:
        yield from (Place(f"checklists/{checklist.slug}.md", item.id, item.text) for item in checklist.items)
    if content.faq:
        yield from (Place(content.faq.path, question.id, question.question) for question in content.questions)
    for tension in content.tensions:
        yield from (Place(path, tension.id, tension.title) for path in _shown_on(tension, content.plain))


def _lead(points: Mapping[str, Point], name: str) -> str:
    return points[name].lead if name in points else ""  # a name that is nobody's is another rule's finding


def _shown_on(tension: Tension, pages: Iterable[Plain]) -> Iterator[str]:
    yield from (f"guide/{topic.id}.md" for topic in tension.topics)
    yield from (page.path for page in pages if any(name == "tensions" for name, _ in mdtext.markers(page.body)))

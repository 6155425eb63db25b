"""Where everything prints: register every target first, then ask for links to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from . import mdtext
from .diagnostics import Diagnostic
from .model import Guide, Span

Key = tuple[str, str]


class Targets:
    """The address (page path and anchor) of everything that can be linked, by kind and id."""

    def __init__(self, guide: Guide) -> None:
        """Register every target of the guide."""
        self._addresses: dict[Key, str] = dict(_addresses(guide))

    def link(self, kind: str, name: str, here: str) -> str:
        """Return the relative link from the page `here` to a target. Raises `KeyError` where there is none."""
        path, hash_sign, anchor = self._addresses[kind, name].partition("#")
        return f"{mdtext.relative(path, here)}{hash_sign}{anchor}"


def _addresses(guide: Guide) -> Iterator[tuple[Key, str]]:
    content = guide.content
    for topic in content.topics:
        yield ("topic", topic.slug), f"guide/{topic.slug}.md"
        for reference in topic.left_out:
            yield ("left out", reference.id), f"guide/{topic.slug}.md#left-out-{reference.id}"
    for advice in guide.advice:
        yield ("advice", advice.id), f"guide/{advice.topic}.md#{advice.id}"
    for source in content.sources:
        yield ("source", source.mark), f"sources/{source.slug}.md"
        for point in source.points:
            yield ("point", point.id), f"sources/{source.slug}.md#{point.id}"
    for stage in content.stages:
        yield ("stage", stage.slug), stage.path
    for tension in content.tensions:
        yield ("tension", tension.id), f"guide/{tension.topics[0].id}.md#{tension.id}"
    for question in content.questions:
        yield ("question", question.id), f"faq.md#{question.id}"
    for checklist in content.checklists:
        yield ("checklist", checklist.slug), f"checklists/{checklist.slug}.md"


def colliding(paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Find pages that would be served at one address, where the last written would win without a word."""
    by_address: dict[str, list[str]] = defaultdict(list)
    for path in sorted(paths):
        folder, slash, name = path.casefold().removesuffix(".md").rpartition("/")
        address = folder if name in {"index", "readme"} else folder + slash + name
        by_address[address].append(path)
    for first, *others in by_address.values():
        for other in others:
            yield Diagnostic.at(
                Span(other),
                "one-address",
                f'This page would have the address of "{first}".',
                "Rename one of them.",
            )

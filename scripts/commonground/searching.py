"""What the site's search looks through: `words.json`, which its script fetches when a reader first searches.

Words only, and where they stand: what a word weighs is decided where it is looked for (overrides/javascripts). Of
running text each page gives every word once, where it says it first: that finds the same and takes half the room.
Another name than search.json, which one of the other renderers writes for itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from . import mdtext
from .addresses import address_of
from .languages import FUNCTION_WORDS
from .model import Advice, Checklist, Guide, Page, Plain, Question, Source, Tension, Topic
from .stemming import spoken

# Of the words that tell nothing, those that tell something to a reader who types three words.
TELLING = {"again", "before", "no", "not", "over"}
# What is left of a shortened verb where its apostrophe is not typed.
SHORTENED = (
    "cant couldnt didnt doesnt dont havent hes id im isnt ive shes shouldnt thats theyre wasnt whats wont wouldnt"
)
HELP = "help"  # the id of the block that says where help is
LISTS = {"a-to-z", "map", "merging", "rules"}  # markers whose lists only repeat what stands elsewhere

Part = tuple[str, str, str]  # an anchor of the page, a heading or a lead, and what it is about


def render_search(guide: Guide) -> Page:
    """Return all that can be found, each with its address, title, a word on what it is, and its words."""
    index = _Index(guide)
    data = {
        "passed_over": sorted((FUNCTION_WORDS - TELLING) | set(SHORTENED.split())),
        "instead": index.instead(),
        "found": list(index.found()),
    }
    return Page("words.json", json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")


class _Index:
    """Tells the words of one guide. `kind` is for the weighing, `label` for the reader; lay words are `found_by`."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.content = guide.content
        self.stages = {stage.slug: stage.title for stage in self.content.stages}
        self.gates = [topic for topic in self.content.topics if topic.slug == self.content.settings.gate]
        pages = {name: page for page in self.content.plain for name, _ in mdtext.markers(page.body)}
        self.all_tensions = pages.get("tensions")

    def instead(self) -> list[dict[str, Any]]:
        """What to show when nothing is found."""
        return [_entry(f"guide/{gate.slug}/", gate.title, "topic", "", about=gate.summary) for gate in self.gates]

    def found(self) -> Iterator[dict[str, Any]]:
        """Everything that can be found, in the order of the guide."""
        content = self.content
        yield from (self.help(gate) for gate in self.gates if gate.help)
        yield from map(self.topic, content.topics)
        yield from (self.plain(stage, "stage", "Stage") for stage in content.stages)
        yield from map(self.checklist, content.checklists)
        yield from map(self.question, content.questions)
        yield from map(self.tension, content.tensions)
        yield from (self.plain(page, *_sort_of(page)) for page in content.plain)
        yield from (self.plain(page, "page", "") for page in [content.faq] if page)
        yield from map(self.source, content.sources)

    def help(self, gate: Topic) -> dict[str, Any]:
        block = self.content.help
        text = _words(block.text)
        return _entry(f"guide/{gate.slug}/#{HELP}", "Help now", "help", gate.title, about=text, found_by=block.found_by)

    def topic(self, topic: Topic) -> dict[str, Any]:
        return _entry(
            f"guide/{topic.slug}/",
            topic.title,
            "topic",
            self.stages[topic.stage],
            about=topic.summary,
            names=(alias.text for alias in topic.aliases),
            found_by=topic.found_by,
            parts=[*_sections(topic.body), *map(_piece, self.guide.advice_of(topic))],
        )

    def plain(self, page: Plain, kind: str, label: str) -> dict[str, Any]:
        return _entry(
            address_of(page.path),
            page.title,
            kind,
            label,
            about=page.summary,
            names=[*([page.door] if page.door else []), *(alias.text for alias in page.aliases)],
            found_by=page.found_by,
            parts=() if page is self.content.faq else _sections(page.body),
        )

    def checklist(self, checklist: Checklist) -> dict[str, Any]:
        items = " ".join(item.text for item in checklist.items)
        return _entry(
            f"checklists/{checklist.slug}/",
            checklist.title,
            "checklist",
            "Checklist",
            about=checklist.when,
            found_by=checklist.found_by,
            parts=[("", "", items)],
        )

    def question(self, question: Question) -> dict[str, Any]:
        return _entry(f"faq/#{question.id}", question.question, "question", "Question", about=question.answer)

    def tension(self, tension: Tension) -> dict[str, Any]:
        page = address_of(self.all_tensions.path) if self.all_tensions else f"guide/{tension.topics[0].id}/"
        cases = " ".join(f"If {case.condition}: {case.action}" for case in tension.when)
        says = " ".join(side.says for side in tension.sides)
        label = "Where the articles pull two ways"
        return _entry(f"{page}#{tension.id}", tension.title, "tension", label, about=says, parts=[("", "", cases)])

    def source(self, source: Source) -> dict[str, Any]:
        """A source; its points are found where they print. What it was called is another's wording, and only finds."""
        sections = [(anchor, heading, "") for anchor, heading, _ in _sections(source.body)]
        recorded = [source.recorded_title] if source.recorded_title else []
        return _entry(f"sources/{source.slug}/", source.title, "source", "Source", found_by=recorded, parts=sections)


def _sort_of(page: Plain) -> tuple[str, str]:
    """What a plain page is."""
    return ("list" if any(name in LISTS for name, _ in mdtext.markers(page.body)) else "page", "")


def _entry(  # noqa: PLR0913  # the columns of one row
    at: str,
    title: str,
    kind: str,
    label: str,
    *,
    about: str = "",
    names: Iterable[str] = (),
    found_by: Iterable[str] = (),
    parts: Iterable[Part] = (),
) -> dict[str, Any]:
    """One thing that can be found; what is empty is left out."""
    row = {
        "at": at,
        "title": _words(title),
        "kind": kind,
        "label": _words(label),
        "about": _words(about),
        "names": list(names),
        "found_by": list(found_by),
        "parts": list(_new_words([(anchor, _words(name), text) for anchor, name, text in parts], (title, about))),
    }
    return {key: value for key, value in row.items() if value}


def _new_words(parts: Sequence[Part], shown: Iterable[str]) -> Iterator[Part]:
    """The parts with those words of their texts that no title, heading or lead and no part before them says."""
    said = FUNCTION_WORDS.union(*map(spoken, (*shown, *(name for _, name, _ in parts))))
    for anchor, name, text in parts:
        new = {word for word in spoken(_words(text)) if word not in said}
        said |= new
        if name or new:
            yield anchor, name, " ".join(sorted(new))


def _words(text: str) -> str:
    """The words of a piece of Markdown, on one line."""
    return " ".join(mdtext.unescape(mdtext.plain(text)).split())


def _piece(advice: Advice) -> Part:
    return (advice.id, advice.lead, advice.body)


def _sections(body: str) -> Iterator[Part]:
    """The sections of the writer's prose, with their anchors; what stands before all headings has none."""
    blocks, _ = mdtext.outline(body, "", 1)
    anchors = mdtext.slugs((block.text for block in blocks if block.kind == "heading"), {HELP})
    anchor = heading = ""
    texts: list[str] = []
    for block in blocks:
        if block.kind == "heading":
            yield anchor, heading, " ".join(texts)
            anchor, heading, texts = next(anchors), block.text, []
        else:
            texts.append(block.text)
    yield anchor, heading, " ".join(texts)

"""The A to Z: every name that leads somewhere, under the first of its words that tells something."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from . import mdtext
from .languages import FUNCTION_WORDS
from .model import Alias, Content, Plain, Topic

_WORD = re.compile(r"\w[\w'’-]*")
_MARKED = re.compile(r"[*_`\[\]<\\]")
_HEADING = re.compile(r"^#{2,3} (?P<title>.+?)(?: #*)?$", re.MULTILINE)
HOME = "index.md"  # every page leads there
MARKER = "a-to-z"  # of the page that holds the list itself
FIGURES = "0–9"  # the heading of what starts with a figure


@dataclass(frozen=True)
class Entry:
    """A name and the address (path and anchor) that it leads to.

    `other` is the title of the page that it is only another name of; `note` says what kind of thing it is.
    """

    text: str
    address: str
    other: str = ""
    note: str = ""

    @cached_property
    def telling(self) -> re.Match[str] | None:
        """The word to stand under: the first that is more than a function word, else the longest."""
        words = list(_WORD.finditer(self.text))
        for word in words:
            if _plain_letters(word[0]).split("'")[0] not in FUNCTION_WORDS:
                return word
        return max(words, key=lambda word: len(word[0]), default=None)

    @property
    def letter(self) -> str:
        """The heading to stand under."""
        first = self._key[:1]
        return FIGURES if first.isdigit() else first.upper()

    @property
    def shown(self) -> str:
        """The text as Markdown, with the word that it stands under in bold unless that is its first."""
        word = self.telling
        if not word or not word.start() or _MARKED.search(self.text):
            return self.text
        return f"{self.text[: word.start()]}**{word[0]}**{self.text[word.end() :]}"

    @property
    def order(self) -> tuple[str, str, str]:
        """What entries are sorted by."""
        return (self._key, self.text, self.address)

    @cached_property
    def _key(self) -> str:
        return _plain_letters(self.text[self.telling.start() :] if self.telling else self.text)


def _plain_letters(text: str) -> str:
    """The text in lower case, its letters without accents, so that É stands under E."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


def index(content: Content) -> list[Entry]:
    """Return every entry in order, none twice: what has a name of its own comes before another name of it."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in _entries(content):
        first.setdefault((_plain_letters(entry.text), entry.address.partition("#")[0]), entry)
    return sorted(first.values(), key=lambda entry: entry.order)


def _entries(content: Content) -> Iterator[Entry]:
    for topic in content.topics:
        yield Entry(topic.title, f"guide/{topic.slug}.md")
    for checklist in content.checklists:
        yield Entry(checklist.title, f"checklists/{checklist.slug}.md", note="a checklist")
    for stage in content.stages:
        yield Entry(stage.title, stage.path)
    for page in content.plain:
        if page.path != HOME and not any(name == MARKER for name, _ in mdtext.markers(page.body)):
            yield Entry(page.title, page.path)
    yield from _sections(content)
    for topic in content.topics:
        yield from _others(topic.aliases, topic.title, f"guide/{topic.slug}.md")
    for page in (*content.stages, *content.plain):
        yield from _others(page.aliases, page.title, page.path)
    for question in content.questions:
        yield Entry(question.question, f"faq.md#{question.id}")


def _others(aliases: Iterable[Alias], title: str, path: str) -> Iterator[Entry]:
    for alias in aliases:
        yield Entry(alias.text, path, other=title)


def _sections(content: Content) -> Iterator[Entry]:
    """The sections of topics that another page sends its readers to: they tell something without their page."""
    wanted = {aim for source, text in _prose(content) for aim in mdtext.anchors(text, source) if aim[0] != source}
    for topic in content.topics:
        path = f"guide/{topic.slug}.md"
        titles = {mdtext.slug(match["title"]): match["title"] for match in reversed([*_HEADING.finditer(topic.body)])}
        for anchor, title in titles.items():
            if (path, anchor) in wanted:
                yield Entry(mdtext.plain(title), f"{path}#{anchor}", note=f"in {topic.title}")


def _prose(content: Content) -> Iterator[tuple[str, str]]:
    """Every text that a person wrote and that may hold a link, with the file it stands in."""
    pages: tuple[Topic | Plain, ...] = (*content.topics, *content.stages, *content.plain)
    yield from ((page.span.path, page.body) for page in pages)
    yield from ((question.span.path, question.answer) for question in content.questions)
    yield from ((checklist.span.path, checklist.foot) for checklist in content.checklists)
    for tension in content.tensions:
        yield from ((tension.span.path, case.action) for case in tension.when)

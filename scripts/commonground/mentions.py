"""Mentions of things by name in running text, and links put on the ones that help. Knows names, texts and no guide."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .inflecting import forms
from .model import Span
from .prose import LINK, Paragraph, Zone, paragraph, paragraphs

MOST = 6  # links on a page: more are not followed, and make the text hard to read
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BETWEEN = re.compile(r"[ \t]*(?:-|\n)?[ \t]*")  # what may stand between two words of one name


@dataclass(frozen=True)
class Passage:
    """A piece of a page's text: a body of many blocks, or (not `block`) one paragraph. `span` is where it starts.

    `apart` are the things that no link from this passage may lead to.
    """

    text: str
    span: Span
    block: bool = True
    apart: frozenset[str] = frozenset()

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs of the text, in order."""
        return list(paragraphs(self.text)) if self.block else [paragraph(self.text)]

    @property
    def aims(self) -> Iterator[str]:
        """Where the links lead that a writer put into the text."""
        return (zone.aim for part in self.paragraphs for zone in part.zones if zone.aim)


@dataclass(frozen=True)
class Mention:
    """A name in a text, what it means, and why there is no link on it; no reason, and there is one."""

    words: str
    aim: str
    span: Span
    reason: str = ""


@dataclass(frozen=True)
class Linked:
    """A page's passages with their links, in order, every mention in them, and the exceptions that were met."""

    texts: tuple[str, ...]
    mentions: tuple[Mention, ...]
    excepted: frozenset[str]


@dataclass(frozen=True)
class _Found:
    """A name at a place in a passage."""

    start: int
    end: int
    aim: str


class Names:
    """What things are called. A phrase of `exceptions` is never a mention, nor is any part of it."""

    def __init__(self, names: Mapping[str, Iterable[str]], exceptions: Iterable[str] = ()) -> None:
        """Take the names of each thing."""
        self._phrases: dict[str, list[tuple[tuple[frozenset[str], ...], str, str]]] = defaultdict(list)
        for aim, phrases in names.items():
            for phrase in phrases:
                self._add(phrase, aim, "", forms)
        for phrase in exceptions:
            self._add(phrase, "", phrase, lambda word: frozenset({word}))
        for entries in self._phrases.values():
            entries.sort(key=lambda entry: (-len(entry[0]), not entry[2], entry[1], entry[2]))

    def _add(self, phrase: str, aim: str, exception: str, forms_of: Callable[[str], frozenset[str]]) -> None:
        first, *rest = [forms_of(word) for word in _words(phrase)] or [frozenset()]
        for form in sorted(first):
            self._phrases[form].append((tuple(rest), aim, exception))

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str, str]]:
        """Every name and exception between two places: start, end, aim, exception. The longest wins, then the first."""
        words = [(match.start(), match.end(), _plain(match[0])) for match in _WORD.finditer(text, start, end)]
        at = 0
        while at < len(words):
            for rest, aim, exception in self._phrases.get(words[at][2], ()):
                last = at + len(rest)
                if last < len(words) and _follow(text, words[at : last + 1], rest):
                    yield words[at][0], words[last][1], aim, exception
                    at = last
                    break
            at += 1


def _words(phrase: str) -> list[str]:
    return [_plain(word) for word in _WORD.findall(phrase)]


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _follow(text: str, words: Sequence[tuple[int, int, str]], rest: Sequence[frozenset[str]]) -> bool:
    for (_, end, _), (start, _, word), allowed in zip(words, words[1:], rest, strict=False):
        if word not in allowed or not _BETWEEN.fullmatch(text, end, start):
            return False
    return True


@dataclass
class _Page:
    """The linking of one page: what it says already, and what was found so far."""

    names: Names
    write: Callable[[str, str, Passage], str]
    meant: Callable[[str, Passage], str]
    own: str
    seen: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    excepted: set[str] = field(default_factory=set)

    def passage(self, passage: Passage) -> str:
        """Return the text with its links; outside of them every byte stays."""
        pieces, done, rows, counted = [], 0, 0, 0
        for part in passage.paragraphs:
            for found, reason in self._judge(part, passage):
                rows += passage.text.count("\n", counted, found.start)
                counted = found.start
                span = _at(passage, rows, found.start)
                words = passage.text[found.start : found.end]
                self.mentions.append(Mention(" ".join(words.split()), found.aim, span, reason))
                if not reason:
                    pieces += [passage.text[done : found.start], self.write(words, found.aim, passage)]
                    done = found.end
        return "".join([*pieces, passage.text[done:]])

    def _judge(self, part: Paragraph, passage: Passage) -> Iterator[tuple[_Found, str]]:
        """Every mention of the paragraph, and why it stays as it is."""
        near = {self.meant(zone.aim, passage) for zone in part.zones if zone.aim}
        for start, end in part.sentences:
            linked = any(zone.kind == LINK and zone.start < end and start < zone.end for zone in part.zones)
            for first, last, aim, exception in self.names.find(passage.text, start, end):
                if exception:
                    self.excepted.add(exception)
                    continue
                found = _Found(first, last, aim)
                zone = _zone_of(found, part.zones)
                if aim == self.own or zone == LINK:  # what needs no link, and what has one
                    continue
                reason = f"in {zone}" if zone else self._reason(aim, passage, near, linked=linked)
                if not reason:
                    self.seen.add(aim)
                    linked = True
                yield found, reason

    def _reason(self, aim: str, passage: Passage, near: Collection[str], *, linked: bool) -> str:
        if aim in passage.apart:
            return "kept apart by a decision"
        if aim in self.seen:
            return "linked on this page already"
        if aim in near:
            return "a part of it is linked in this paragraph"
        if linked:
            return "another link in this sentence"
        made = sum(not mention.reason for mention in self.mentions)
        return f"{MOST} links on this page already" if made >= MOST else ""


def _zone_of(found: _Found, zones: Iterable[Zone]) -> str:
    return next((zone.kind for zone in zones if zone.start < found.end and found.start < zone.end), "")


def _at(passage: Passage, rows: int, start: int) -> Span:
    if not passage.block:  # a text of its own in a file of many: where it is named is all that is known
        return passage.span
    column = start - (passage.text.rfind("\n", 0, start) + 1)
    first = passage.span
    return Span(first.path, first.line + rows, column + (first.column if rows == 0 else 1))


def link(
    passages: Sequence[Passage],
    names: Names,
    write: Callable[[str, str, Passage], str],
    meant: Callable[[str, Passage], str],
    own: str = "",
) -> Linked:
    """Put links on the first mention of each thing on a page: one in a sentence, `MOST` on the page.

    `write` turns words, what they mean and their passage into a link; `meant` says what an address that a writer
    linked is about, or nothing. What a writer linked as a whole needs no other link on the page, and what a writer
    linked in part none in that paragraph. `own` is what the page itself is about.
    """
    page = _Page(names, write, meant, own)
    page.seen.update(meant(aim, passage) for passage in passages for aim in passage.aims if "#" not in aim)
    texts = tuple(page.passage(passage) for passage in passages)
    return Linked(texts, tuple(page.mentions), frozenset(page.excepted))

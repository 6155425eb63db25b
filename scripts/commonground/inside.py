"""Links within the site: where they stand in the content, and whether their page and their place in it are there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from . import mdtext
from .diagnostics import Diagnostic, did_you_mean
from .model import Span
from .safety import PICTURES

_LINK = re.compile(r"(?<=\]\()(?P<path>[^)\s#]*)(?:#(?P<anchor>[^)\s]*))?(?=[\s)])|`[^`\n]*`")
_ID = re.compile(r'(?<=\sid=")[^"]+|(?<=\{ #)[^ ]+')
_HEADING = re.compile(r"^#{1,6} (.+?)(?: \{ #[^}]*\})?$", re.MULTILINE)


@dataclass(frozen=True)
class Link:
    """A link to a page, or to a place in one: as it is written, and what it leads to."""

    written: str
    path: str
    anchor: str
    span: Span


def find(texts: Mapping[str, str]) -> Iterator[Link]:
    """Find every link to a file of the content in its texts, given by path; code spans hold none."""
    for path, text in sorted(texts.items()):
        for number, line in enumerate(text.split("\n") if "](" in text else (), start=1):
            for match in _LINK.finditer(line):
                aim = match["path"]
                if aim is None or mdtext.is_whole(aim):
                    continue
                page = posixpath.normpath(posixpath.join(posixpath.dirname(path), aim)) if aim else path
                yield Link(match[0], page, match["anchor"] or "", Span(path, number, match.start() + 1))


Places = Callable[[str], Collection[str]]


def broken(links: Iterable[Link], pages: Collection[str], sources: Iterable[Places]) -> Iterator[Diagnostic]:
    """Find the links that lead to no page or picture, given by their paths, or to no place in a page.

    Each of `sources` gives what can be linked on a page; the next is asked only for what the one before lacks.
    """
    asked = [cache(source) for source in sources]
    for link in links:
        if not link.written:
            near, message = "", "This link leads nowhere."
        elif link.path not in pages:
            here = link.span.path
            near = did_you_mean(link.written.partition("#")[0], (mdtext.relative(page, here) for page in pages))
            what = "picture" if link.path.endswith(PICTURES) else "page"
            message = f'There is no {what} "{link.path}".'
        elif (
            link.anchor and link.path.endswith(".md") and not any(link.anchor in source(link.path) for source in asked)
        ):
            near = did_you_mean(link.anchor, asked[-1](link.path))
            message = f'There is no place "{link.anchor}" on the page "{link.path}".'
        else:
            continue
        hint = near or "Write the path of a file in docs/ as seen from this one, such as ../guide/a-topic.md."
        yield replace(Diagnostic.at(link.span, "broken-link", message, hint), length=len(link.written))


def places(text: str) -> set[str]:
    """Return what can be linked on a page, given as Markdown: its ids, and those that its headings get."""
    ids = set(_ID.findall(text))
    return ids | set(mdtext.slugs(_HEADING.findall(text), ids))

"""Where the running text of a piece of Markdown is: its sentences, and what in it must be left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from .mdtext import tokens

LINK = "a link"
# The first that fits at a place holds; `safety` has refused every other way to write them.
_INLINE = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<link>!?\[[^\[\]]*\]\((?P<aim>[^()\s]*)[^()]*\)|https?://\S+)"
    r'|(?P<quotation>"[^"]*"|“[^“”]*”)'
    r"|(?P<emphasis>\*{1,3}(?=\S)[^*]*(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\S)[^_]*(?<=\S)_{1,3}(?!\w))",
    re.DOTALL,
)
INLINE = {"code": "code", "link": LINK, "quotation": "a quotation", "emphasis": "emphasis"}
_SENTENCE_END = re.compile(r"[.?!…]+[*_\"”’)\]]*(?:\([^()\s]*\))?\s+(?=[*_\"“‘(\[]*[A-Z0-9À-Þ])")
_OPENERS = {"heading_open": "a heading", "blockquote_open": "a quotation"}


@dataclass(frozen=True)
class Zone:
    """A stretch of the text that is no running text, and why; `aim` is where a link leads."""

    start: int
    end: int
    kind: str
    aim: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or a list item: the ends of its sentences, and the zones inside it, in order."""

    start: int
    sentences: tuple[tuple[int, int], ...]
    zones: tuple[Zone, ...]


def paragraphs(body: str) -> Iterator[Paragraph]:
    """Return the paragraphs of a page's body; a heading and a quotation are paragraphs that are all zone."""
    starts = [0, *accumulate(len(row) + 1 for row in body.split("\n"))]
    around: list[str] = []
    for token in tokens(body):
        if token.type == "inline" and token.map:
            start, end = starts[token.map[0]], min(starts[token.map[1]], len(body))
            whole = around[-1] if around else "a table" if body.startswith("|", start) else ""
            yield _whole(start, end, whole) if whole else paragraph(body, start, end)
        elif token.type in _OPENERS:
            around.append(_OPENERS[token.type])
        elif token.type.removesuffix("_close") + "_open" in _OPENERS:
            around.pop()


def _whole(start: int, end: int, kind: str) -> Paragraph:
    return Paragraph(start, ((start, end),), (Zone(start, end, kind),))


def paragraph(text: str, start: int = 0, end: int | None = None) -> Paragraph:
    """Return a stretch of text as one paragraph."""
    stop = len(text) if end is None else end
    edges = [start, *(match.end() for match in _SENTENCE_END.finditer(text, start, stop)), stop]
    zones = tuple(_zone(match) for match in _INLINE.finditer(text, start, stop))
    return Paragraph(start, tuple(pairwise(edges)), zones)


def _zone(match: re.Match[str]) -> Zone:
    kind = next(name for name in INLINE if match[name] is not None)
    return Zone(match.start(), match.end(), INLINE[kind], match["aim"] or "")

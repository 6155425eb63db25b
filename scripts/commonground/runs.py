"""Markdown as runs of plain text in blocks, each with how it is set and where it leads: what paper is set from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark")
_STYLES = {"strong": "strong", "em": "emphasis"}
_LISTS = {"bullet_list_open": False, "ordered_list_open": True}


@dataclass(frozen=True)
class Run:
    """Some words set in one way. `link` is the address as the text has it."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


def runs(text: str) -> list[Run]:
    """Return the runs of a line of Markdown, in order. Pictures come as the words that describe them."""
    return _runs(_PARSER.parseInline(text)[0].children or [])


def _runs(tokens: Sequence[Token]) -> list[Run]:
    found: list[Run] = []
    on = {"strong": 0, "emphasis": 0}
    links: list[str] = []
    for token in tokens:
        kind, _, side = token.type.rpartition("_")
        if kind in _STYLES and side in {"open", "close"}:
            on[_STYLES[kind]] += 1 if side == "open" else -1
        elif token.type == "link_open":
            links.append(str(token.attrs["href"]))
        elif token.type == "link_close":
            links.pop()
        else:
            words = " " if token.type in {"softbreak", "hardbreak"} else token.content
            link = links[-1] if links else ""
            found.append(Run(words, strong=on["strong"] > 0, emphasis=on["emphasis"] > 0, link=link))
    return [run for run in found if run.text]


def blocks(text: str, write: Callable[[Run], Any]) -> list[dict[str, Any]]:
    """Return the headings, paragraphs, lists and quotations of a Markdown text; `write` makes data of each run.

    Tables, code and comments are passed over: a page that people print has none.
    """
    tokens = iter(_PARSER.parse(text))
    return list(_blocks(tokens, "", write))


def _blocks(tokens: Iterator[Token], end: str, write: Callable[[Run], Any]) -> Iterator[dict[str, Any]]:
    for token in tokens:
        if token.type == end:
            return
        if token.type in {"heading_open", "paragraph_open"}:
            written = [write(run) for run in _runs(next(tokens).children or [])]
            level = {"level": int(token.tag[1])} if token.type == "heading_open" else {}
            yield {"kind": token.type.removesuffix("_open"), "runs": written, **level}
            next(tokens)
        elif token.type in _LISTS:
            items = list(_items(tokens, token.type.replace("open", "close"), write))
            yield {"kind": "list", "ordered": _LISTS[token.type], "items": items}
        elif token.type == "blockquote_open":
            yield {"kind": "quotation", "blocks": list(_blocks(tokens, "blockquote_close", write))}


def _items(tokens: Iterator[Token], end: str, write: Callable[[Run], Any]) -> Iterator[list[dict[str, Any]]]:
    for token in tokens:
        if token.type == end:
            return
        yield list(_blocks(tokens, "list_item_close", write))

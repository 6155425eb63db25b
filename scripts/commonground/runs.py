"""A line of Markdown as runs of plain text, each with how it is set and where it leads: what paper is set from."""

from __future__ import annotations

from dataclasses import dataclass

from markdown_it import MarkdownIt

_PARSER = MarkdownIt("commonmark")
_STYLES = {"strong": "strong", "em": "emphasis"}


@dataclass(frozen=True)
class Run:
    """Some words set in one way. `link` is the address as the text has it."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


def runs(text: str) -> list[Run]:
    """Return the runs of a line of Markdown, in order. Pictures come as the words that describe them."""
    found: list[Run] = []
    on = {"strong": 0, "emphasis": 0}
    links: list[str] = []
    for token in _PARSER.parseInline(text)[0].children or []:
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

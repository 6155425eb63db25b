"""Signs of Markdown that would be left over in the finished text, because they mark nothing up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from .diagnostics import Diagnostic, Fix
from .mdtext import tokens
from .model import Span

_SIGNS = re.compile(r"\*\*|~~|\]\s*\(|\]\[|\[\[|!\[")  # no pattern matches without one of these
_CODE = r"(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
_BOLD = r"(?<!\*)\*\*(?=[^\s*]|\*[^\s*])(?:(?!\*\*).)+(?<=\S)\*\*"
_PLAIN = re.compile(rf"\\.|{_CODE}|{_BOLD}", re.DOTALL)
_AIM = r"\((?:[^()\s]*\.md(?:#[^()\s]*)?|https?://[^()\s]+|#[\w-]+)\)"
_WORDS = "Write it as [words](page.md)."


class _Kind(NamedTuple):
    code: str
    pattern: re.Pattern[str]
    message: str
    hint: str


_PARTED = re.compile(rf"(?<!!)\[[^\[\]]+\][ \t]+{_AIM}")
_KINDS = (
    _Kind("broken-markup", _PARTED, "A blank stands between the two parts of this link.", "Take it out."),
    _Kind("broken-markup", re.compile(r"\[\[[^\[\]\n]+\]\](?!\()"), "Double brackets make no link here.", _WORDS),
    _Kind(  # [1][G] are marks of sources
        "broken-markup",
        re.compile(r"\[(?!(?:\d+|[A-Z])\]\[(?:\d+|[A-Z])\])[^\[\]\n]+\]\[[^\[\]\n]*\](?!\()"),
        "A link by number or name is not read here.",
        _WORDS,
    ),
    _Kind("broken-markup", re.compile(r"~~(?=\S)[^~\n]+~~"), "Nothing is struck through here.", "Take the ~~ out."),
    _Kind(
        "broken-markup",
        re.compile(r"\*\*"),
        "This ** makes nothing bold.",
        "Put one right before the words and one right after them, in one paragraph, or take it out.",
    ),
    _Kind(
        "no-alt-text",
        re.compile(r"!\[\s*\]\("),
        "This picture has no words.",
        "Say between the brackets what it shows, for those who cannot see it.",
    ),
)


_EMPTY = {("list_item_open", "list_item_close"): "bullet", ("heading_open", "inline"): "heading"}


def leftovers(text: str, start: Span) -> Iterator[Diagnostic]:
    """Find what would be left over of one paragraph, bullet, heading or value; one finding of a kind is enough."""
    if not _SIGNS.search(text):
        return
    bare = _PLAIN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]) if match[0][0] != "*" else _inside(match[0]), text)
    for kind in _KINDS:
        if match := kind.pattern.search(bare):
            row, column = bare.count("\n", 0, match.start()), match.start() - bare.rfind("\n", 0, match.start())
            span = replace(start, line=start.line + row, column=column + (start.column - 1 if row == 0 else 0))
            found = Diagnostic.at(span, kind.code, kind.message, kind.hint)
            fix = Fix(match[0], re.sub(r"\]\s+\(", "](", match[0])) if kind.pattern is _PARTED else None
            yield replace(found, length=len(match[0]), fix=fix)


def _inside(bold: str) -> str:
    """What stands between the signs of a bold text, at its place."""
    return f"  {bold[2:-2]}  "


def in_body(body: str, path: str, first_line: int) -> Iterator[Diagnostic]:
    """Find what would be left over of a page, and the bullets and headings that hold nothing."""
    rows = body.split("\n")
    every = tokens(body)
    for token in every:
        if token.type == "inline" and token.map:
            yield from leftovers("\n".join(rows[slice(*token.map)]), Span(path, first_line + token.map[0]))
        if token.type == "fence" and token.map and not _is_closed(token.markup, rows[slice(*token.map)]):
            span = Span(path, first_line + token.map[0])
            yield Diagnostic.at(span, "broken-markup", "What starts here has no end.", f"Take the {token.markup} out.")
    for opener, token in pairwise(every):
        what = "" if token.content else _EMPTY.get((opener.type, token.type), "")
        if what and opener.map:
            span = Span(path, first_line + opener.map[0])
            yield Diagnostic.at(span, "broken-markup", f"This {what} is empty.", "Fill it, or take it out.")


def _is_closed(marks: str, rows: Sequence[str]) -> bool:
    """Whether a block of code, which starts with these marks, ends before its page or list does."""
    return len(rows) > 1 and rows[-1].strip().startswith(marks)

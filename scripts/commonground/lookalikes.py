"""Rows of Markdown that look like something and are read as something else, and what a broken merge leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .diagnostics import Diagnostic, Fault, Fix
from .mdtext import ATTRIBUTES, tokens
from .model import Span

_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)")
_BULLET = re.compile(r"^[-*+] ")
_HEADING = re.compile(r"^#{1,6}(?=[^\s#])")


def refuse_conflict(text: str, path: str) -> None:
    """Raise `Fault` at the first mark that a broken merge has left."""
    for number, row in enumerate(text.split("\n") if "<<<<<<<" in text or ">>>>>>>" in text else (), start=1):
        if _CONFLICT.match(row):
            hint = "Keep the words you want, and delete the lines that start with <<<<<<<, ======= and >>>>>>>."
            raise Fault(Span(path, number), "merge-conflict", "A merge was not finished here.", hint)


def lookalikes(body: str, path: str, first_line: int) -> Iterator[Diagnostic]:
    """Find headings without a blank, text that would become code, and lists that would run on in a paragraph."""
    rows = body.split("\n")
    for number, row in enumerate(rows):
        if match := _HEADING.match(row):
            span = Span(path, first_line + number)
            yield replace(
                Diagnostic.at(span, "bad-heading", "A heading wants a blank after its #.", "Put one there."),
                fix=Fix(match[0], f"{match[0]} "),
                length=len(match[0]),
            )
    before = ""
    for token in tokens(body):
        if token.level == 0 and token.map:
            start = Span(path, first_line + token.map[0])
            if token.type == "code_block":
                message = "Blanks or a tab at its start make this a block of code, in which no link works."
                yield Diagnostic.at(start, "indented-text", message, "Start the line at the left edge.")
            elif token.type == "bullet_list_open" and before == "paragraph_close" and rows[token.map[0] - 1].strip():
                hint = "Put a blank line before it."
                glued = Diagnostic.at(start, "glued-list", "This list would run on in the paragraph above it.", hint)
                yield replace(glued, fix=Fix("", "\n"))
        if token.level == 0:
            before = token.type


def almost_bullets(body: str, path: str, first_line: int) -> Iterator[Diagnostic]:
    """Find what has an attribute line as a bullet has, and does not start as one, on pages whose bullets have them."""
    rows = body.split("\n")
    for row in (number for number, text in enumerate(rows) if ATTRIBUTES.match(text)):
        start = _start(rows, row)
        if not _BULLET.match(rows[start]):
            column = len(rows[start]) - len(rows[start].lstrip()) + 1
            message = "This has an attribute line and is no bullet."
            hint = (
                "Start it at the left edge with a hyphen and one blank: `- **Lead.** Why.`, or `- [ ] ` on a checklist."
            )
            yield Diagnostic.at(Span(path, first_line + start, column), "almost-bullet", message, hint)


def _start(rows: Sequence[str], row: int) -> int:
    """The row at which the text above an attribute line starts."""
    start = row
    while start and not _BULLET.match(rows[start]):
        if not rows[start - 1].strip() or ATTRIBUTES.match(rows[start - 1]):
            break
        start -= 1
    return start

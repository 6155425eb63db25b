"""Rows of Markdown that look like something and are read as something else, and what a broken merge leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from .diagnostics import Diagnostic, Fault, Fix
from .mdtext import ATTRIBUTES, tokens
from .model import Span

_CONFLICT = re.compile(r"(?:<{7}|\|{7}|>{7})(?: |$)")
_MIDDLE = "======="  # of a conflict, or a heading's line below a word of as many letters
_HEADING = re.compile(r"^(?P<signs>#{1,6})(?P<next>[^\s#])")
_BULLET = re.compile(r"[-*+] ")
# What starts a bullet elsewhere, before a bold lead or a box.
_OPENER = re.compile(r"(?P<indent>\s*)(?P<sign>[-+•·‣▪–—]|\*(?=\s)|\d+[.)])(?P<blank>\s*)(?=\*\*|\[[ xX]?\])")
_LIST = re.compile(r"(?P<indent>\s*)(?P<sign>[-*+•·‣▪–—]|\d+[.)])(?P<blank>\s+)")
_OPEN = re.compile(r"\s*\{ ?#?[^{}]*$")
_UNOPENED = re.compile(r'\s*#[\w-]+ [^{}]*"\s*\}\s*$')
_BESIDE = re.compile(r"(?<=\S)\s*(?P<attributes>\{ ?#[^{}]*\})\s*$")
_START = "A bullet starts with `- `: a hyphen and a blank, at the left edge."


def refuse_conflict(text: str, path: str) -> None:
    """Raise `Fault` at the first mark that a broken merge has left."""
    if not any(mark in text for mark in ("<<<<<<<", _MIDDLE, ">>>>>>>")):
        return
    for number, (above, row) in enumerate(pairwise(["", *text.split("\n")]), start=1):
        if _CONFLICT.match(row) or (row == _MIDDLE and len(above) != len(_MIDDLE)):
            hint = "Keep the words you want, and delete the lines that start with <<<<<<<, ======= and >>>>>>>."
            raise Fault(Span(path, number), "merge-conflict", "A merge conflict is left here.", hint)


def lookalikes(body: str, path: str, first_line: int) -> Iterator[Diagnostic]:
    """Find headings without a blank, text that would become code, and lists that would run on in a paragraph."""
    rows = body.split("\n")
    fenced: set[int] = set()
    before = ""
    for token in tokens(body):
        if token.map and token.type == "fence":
            fenced.update(range(*token.map))
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
    yield from _headings(rows, fenced, Span(path, first_line))


def _headings(rows: Sequence[str], fenced: set[int], first: Span) -> Iterator[Diagnostic]:
    for number, row in enumerate(rows):
        if (match := _HEADING.match(row)) and number not in fenced:
            span = replace(first, line=first.line + number)
            hint = "Put one there." if match["next"].isalpha() else "Put one there, or let the line start with a word."
            found = Diagnostic.at(span, "bad-heading", "A heading wants a blank after its #.", hint)
            # "#1" may have been meant as it stands; the renderer makes a heading of both.
            fix = Fix(match["signs"], f"{match['signs']} ") if match["next"].isalpha() else None
            yield replace(found, fix=fix, length=len(match["signs"]))


def almost_bullets(body: str, path: str, first_line: int) -> Iterator[Diagnostic]:
    """Find what looks like a bullet, or has its attribute line, and does not start as one: on pages that want both."""
    rows = body.split("\n")
    for start, end in _items(rows):
        if (ATTRIBUTES.match(rows[end]) or _OPENER.match(rows[start])) and not _BULLET.match(rows[start]):
            alone = start == end and not _OPENER.match(rows[start])
            yield (_parted if alone else _almost)(rows, start, Span(path, first_line))


def _items(rows: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first and the last row of everything that could be meant as a bullet."""
    starts = [
        number
        for number, (above, row) in enumerate(pairwise(["", *rows]))
        if row.strip() and (not above.strip() or ATTRIBUTES.match(above) or _BULLET.match(row) or _OPENER.match(row))
    ]
    for start, limit in pairwise([*starts, len(rows)]):
        yield start, next((row - 1 for row in range(start + 1, limit) if not rows[row].strip()), limit - 1)


def _almost(rows: Sequence[str], start: int, first: Span) -> Diagnostic:
    row = rows[start]
    opener = _OPENER.match(row) or _LIST.match(row)
    column = len(row) - len(row.lstrip()) + 1
    fix = None
    if not opener:
        goes_on = start and ATTRIBUTES.match(rows[start - 1])
        message = "This goes on after an attribute line." if goes_on else "This has an attribute line and is no bullet."
    elif opener["sign"] not in "-*+":
        message = f'A bullet does not start with "{opener["sign"]}" here.'
    elif opener["blank"]:
        message = "This bullet is indented, so it would be a part of the one above it."
    else:
        message = f'The blank after the "{opener["sign"]}" is missing.'
        fix = Fix(opener["sign"], f"{opener['sign']} ")
    found = Diagnostic.at(Span(first.path, first.line + start, column), "almost-bullet", message, _START)
    return replace(found, length=len(opener["sign"]) if opener else 1, fix=fix)


def _parted(rows: Sequence[str], start: int, first: Span) -> Diagnostic:
    """Name an attribute line that stands apart: below a blank line, or a heading."""
    blank = start - 1
    parted = blank > 0 and not rows[blank].strip() and not rows[blank - 1].startswith("#")
    if not parted:
        where = Span(first.path, first.line + start)
        hint = "Put it below the last line of the text that it belongs to."
        return Diagnostic.at(where, "almost-bullet", "This attribute line belongs to no bullet.", hint)
    where = Span(first.path, first.line + blank)
    hint = "Take the blank line out: an attribute line follows its text at once."
    found = Diagnostic.at(where, "almost-bullet", "A blank line parts a bullet from its attribute line.", hint)
    return replace(found, fix=Fix(f"{rows[blank]}\n", ""))


def broken_attributes(body: str, path: str, first_line: int) -> Iterator[Diagnostic]:
    """Find attribute lines that lack a brace or stand beside their text, on pages that have such lines."""
    for number, row in enumerate(body.split("\n") if "#" in body else ()):
        column, fix, length = len(row) - len(row.lstrip()) + 1, None, 1
        if _OPEN.match(row):
            message, hint = "This attribute line has no end.", "Close it with a blank and a }."
        elif _UNOPENED.match(row):
            message, hint = "This attribute line has no start.", "Start it with { and a blank."
        elif (beside := _BESIDE.search(row)) and not row.startswith("#"):
            message, hint = "An attribute line stands beside its text.", "Put it on a line of its own, below the text."
            column, length = beside.start() + 1, len(beside[0])
            fix = Fix(beside[0], f"\n  {beside['attributes']}")
        else:
            continue
        found = Diagnostic.at(Span(path, first_line + number, column), "bad-attribute", message, hint)
        yield replace(found, fix=fix, length=length)

"""What untrusted content may not hold. The patterns look at the raw text and trust no Markdown parser's view of it."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator

from .diagnostics import Diagnostic
from .model import Span

MAX_LINE = 2_000  # Python-Markdown is quadratic in runs of brackets and backticks; no honest line is this long
MAX_FILE = 256 * 1024  # bytes; the longest content file of the first guide has 60 KB

_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_MARKER = re.compile(r"^<!-- [a-z-]+ -->\s*$")
_BRACE = re.compile(r"[{}]")
_INCLUDE = re.compile(r"-{1,}8<-{1,}|^\s*\.\. include::", re.MULTILINE)
_DESTINATION = re.compile(r"\]\(\s*<?([^)>]*)|^[ \t]{0,3}\[[^\]\n]+\]:\s*<?(\S+)", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\(\s*<?([^)>]*)|(?!\())")
_SCHEME = re.compile(r"^(?:(?P<scheme>[a-z][a-z0-9+.-]*):|//)", re.IGNORECASE)
_ALLOWED_SCHEMES = {"https", "http", "mailto"}
_SUSPICIOUS = re.compile(r"[<{}\[(`]|8<|::|>{20}")  # every pattern below needs one of these; most texts have none
_RUN = re.compile(r"\[{20}|`{20}|\({20}|>{20}")


def unsafe(text: str, start: Span, allowed_rows: Collection[int] = ()) -> Iterator[Diagnostic]:
    """Find in the text that starts at `start` what may run code, load files or reach another host.

    `allowed_rows` are rows (from 0) that hold a checked attribute line.
    """
    if len(text) <= MAX_LINE and not _SUSPICIOUS.search(text):
        return
    rows = text.split("\n")
    for row, line in enumerate(rows):
        yield from _unsafe_line(line, row, start, braces=row not in allowed_rows)
    for pattern, check in ((_DESTINATION, _unsafe_address), (_IMAGE, _unsafe_image)):
        for match in pattern.finditer(text):
            row = text.count("\n", 0, match.start())
            column = match.start() - (text.rfind("\n", 0, match.start()) + 1)
            yield from check(match, _place(start, row, column))


def _place(start: Span, row: int, column: int) -> Span:
    return Span(start.path, start.line + row, column + (start.column if row == 0 else 1))


def _unsafe_line(line: str, row: int, start: Span, *, braces: bool) -> Iterator[Diagnostic]:
    markup = None if _MARKER.match(line) else _MARKUP.search(line)
    if markup:
        yield Diagnostic.at(
            _place(start, row, markup.start()),
            "raw-html",
            "HTML is not read here.",
            "Write it in Markdown; write a bare < as &lt; and an address as [words](address).",
        )
    brace = _BRACE.search(line) if braces else None
    if brace:
        yield Diagnostic.at(
            _place(start, row, brace.start()),
            "stray-attribute",
            "A brace stands where no attribute line is read.",
            "Attribute lines stand alone, as the last line of a bullet or an answer; elsewhere leave braces out.",
        )
    include = _INCLUDE.search(line)
    if include:
        yield Diagnostic.at(
            _place(start, row, include.start()),
            "file-inclusion",
            "Content may not include files.",
            "Write the text here, or link to its page.",
        )
    run = _RUN.search(line)
    if len(line) > MAX_LINE or run:
        yield Diagnostic.at(
            _place(start, row, run.start() if run else MAX_LINE),
            "endless-line",
            f"This line is longer than {MAX_LINE} characters or repeats one sign too often.",
            "Break it up.",
        )


def _address(raw: str) -> str:
    """Return the address as a browser would read it: entities resolved, white space and control characters gone."""
    return re.sub(r"[\x00-\x20\\\u200b-\u200f\ufeff]", "", html.unescape(raw))


def _unsafe_address(match: re.Match[str], span: Span) -> Iterator[Diagnostic]:
    address = _address(match[1] or match[2] or "")
    scheme = _SCHEME.match(address)
    if scheme and (scheme["scheme"] or "").lower() not in _ALLOWED_SCHEMES:
        yield Diagnostic.at(
            span,
            "unsafe-address",
            f'The address "{address[:40]}" is not one that a page may link.',
            "Link a page of this guide by its relative path, or an address that starts with https://.",
        )


def _unsafe_image(match: re.Match[str], span: Span) -> Iterator[Diagnostic]:
    if match[1] is None or _SCHEME.match(_address(match[1])):
        yield Diagnostic.at(
            span,
            "remote-image",
            "An image from elsewhere would tell another host who reads this page.",
            "Put the picture into docs/ and link it by its relative path: ![what it shows](picture.png).",
        )

"""What untrusted content may not hold.

The patterns look at the raw text and trust no Markdown parser's view of it. For links and pictures they name what is
allowed, because there is no end to the ways of writing what is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import NamedTuple

from .diagnostics import Diagnostic, Fix
from .model import Span

MAX_LINE = 2_000  # Python-Markdown is quadratic in runs of brackets and backticks; no honest line is this long
MAX_FINDINGS = 20  # of one kind in one text: who pasted a web page needs no thousand
PICTURES = (".png", ".jpg", ".jpeg", ".webp")
_PICTURE_STARTS = re.compile(rb"\x89PNG|\xff\xd8\xff|RIFF.{4}WEBP", re.DOTALL)
MAX_FILE = 256 * 1024  # bytes; the longest content file of the first guide has 60 KB

_TITLE = r'(?: "[^"\n]*")?\)'
_LOCAL = r"(?!/)[\w./%-]*"
_LINK = rf"(?:https?://[\w./?=&%~@,+#:;-]+|mailto:[\w.@+-]+|{_LOCAL}(?:#[\w-]*)?){_TITLE}"
_PICTURE = rf"[^\[\]\\]*\]\({_LOCAL}{_TITLE}"
_TAG = r"<(?=[A-Za-z/!?])"
# Control characters, and those that hide, break lines elsewhere or turn the direction of what is read.
HIDDEN = r"\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
_NOTHING = re.compile(r"[\xad\u200b\u2060\ufeff]")  # those without which a text reads and breaks as before
_SUSPICIOUS = re.compile(rf"[<{{}}\[\](`{HIDDEN}]|8<|::|>{{20}}")  # no pattern matches without one of these


class _Kind(NamedTuple):
    code: str
    pattern: re.Pattern[str]
    message: str
    hint: str


_HIDDEN_CHARACTER = _Kind(
    "hidden-character",
    re.compile(rf"[{HIDDEN}]"),
    "A character stands here that no reader sees.",
    "Delete it; typing the text anew is the quickest way.",
)
_KINDS: tuple[_Kind, ...] = (
    _Kind(
        "raw-html",
        re.compile(r"^<!--(?! [a-z-]+ -->[ \t]*$)|(?<=[^\n])<!--", re.MULTILINE),
        "A remark is not read here, and this is no marker.",
        "A marker is a line of its own, such as <!-- advice -->, with one blank inside each end. Else take it out.",
    ),
    _Kind(
        "raw-html",
        re.compile(rf"^{_TAG}(?!!--)|(?<=[^\n]){_TAG}(?!!--)", re.MULTILINE),
        "HTML is not read here.",
        "Write it in Markdown; write a bare < as &lt; and an address as [words](address).",
    ),
    _Kind(
        "stray-attribute",
        re.compile(r"[{}]", re.MULTILINE),
        "A brace stands where no attribute line is read.",
        "Attribute lines stand alone, as the last line of a bullet or an answer; elsewhere leave braces out.",
    ),
    _Kind(
        "unsafe-address",
        re.compile(r"\]\(/(?!/)(?=[\w./%-]*(?:#[\w-]*)?\))"),
        "This link starts at the root of a site, and a page does not know where that is.",
        "Write the path of the page's file as seen from this one, such as other-page.md or ../faq.md.",
    ),
    _Kind(
        "unsafe-address",
        re.compile(rf"\]\((?!{_LINK}|/(?!/)[\w./%-]*(?:#[\w-]*)?\))|\[[^\[\]]*\]:", re.MULTILINE),
        "This is not a link that a page may hold.",
        "Write [words](page.md), [words](#section) or [words](https://...), with %28 and %29 for brackets.",
    ),
    _Kind(
        "remote-image",
        re.compile(rf"!\[(?!{_PICTURE})", re.MULTILINE),
        "A picture from elsewhere would tell another host who reads this page.",
        "Put the picture into docs/ and link it by its relative path: ![what it shows](picture.png).",
    ),
    _Kind(
        "file-inclusion",
        re.compile(r"(?<!-)-+8<-|^[ \t]*\.\. include::", re.MULTILINE),
        "Content may not include files.",
        "Write the text here, or link to its page.",
    ),
    _HIDDEN_CHARACTER,
    _Kind(
        "endless-line",
        re.compile(rf"([\[`(>])\1{{19}}|^.{{{MAX_LINE}}}.", re.MULTILINE),
        f"This line is longer than {MAX_LINE} characters or repeats one sign too often.",
        "Break it up.",
    ),
)


def unsafe(text: str, start: Span, allowed_rows: Collection[int] = ()) -> list[Diagnostic]:
    """Find in the text that starts at `start` what may run code, load files or reach another host.

    `allowed_rows` are rows (from 0) that hold a checked attribute line. One finding a row and kind is enough.
    """
    if len(text) <= MAX_LINE and not _SUSPICIOUS.search(text):
        return []
    return [finding for kind in _KINDS for finding in _find(kind, text, start, allowed_rows)]


def is_picture(raw: bytes) -> bool:
    """Whether the bytes are those of a picture, whatever the file's name says."""
    return bool(_PICTURE_STARTS.match(raw))


def hidden(text: str, path: str) -> list[Diagnostic]:
    """Find the rows of a file with characters that no reader sees: they may break lines, or turn their direction."""
    if not _HIDDEN_CHARACTER.pattern.search(text):
        return []
    rows = text.split("\n")
    return [_named(one, rows[one.line - 1][one.column - 1 :]) for one in _find(_HIDDEN_CHARACTER, text, Span(path), ())]


def _named(finding: Diagnostic, rest: str) -> Diagnostic:
    """Say which character it is; in the rest of its row, those that are nothing at all can be taken out."""
    name = unicodedata.name(rest[0], "a control character").lower()
    message = f"A character stands here that no reader sees: U+{ord(rest[0]):04X}, {name}."
    old = rest[: max((match.end() for match in _NOTHING.finditer(rest)), default=0)]
    fix = Fix(old, new) if (new := _NOTHING.sub("", old)) != old else None
    return replace(finding, message=message, fix=fix)


def _find(kind: _Kind, text: str, start: Span, allowed_rows: Collection[int]) -> Iterator[Diagnostic]:
    seen = set(allowed_rows) if kind.code == "stray-attribute" else set()
    row = counted = found = 0
    for match in kind.pattern.finditer(text):
        row += text.count("\n", counted, match.start())
        counted = match.start()
        if row not in seen and found < MAX_FINDINGS:
            seen.add(row)
            found += 1
            column = match.start() - (text.rfind("\n", 0, match.start()) + 1)
            span = Span(start.path, start.line + row, column + (start.column if row == 0 else 1))
            yield Diagnostic.at(span, kind.code, kind.message, kind.hint)

"""What a reader sees of the content: every stretch of text, what it is, and the place of each of its signs.

Nothing is cut out: markup, attribute lines, addresses and comments become blanks, so that a place in a stretch is a
place in its file. Stretches of data are those lines of the file that say the value's words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from . import mdtext
from .diagnostics import Fault
from .model import Span
from .reading import FAQ, SECTION
from .yamltext import Document, KeyPath, load

# Each begins with a sign that is rare in prose: that lets the search skip what has none of them.
_MARKUP = re.compile(
    r"<!--[^<>\n]*-->|`+[^`\n]*`+|!\[[^\[\]\n]*\]\([^()\n]*\)|\]\([^()\n]*\)|\[(?=[^\[\]]*\]\()|\{[^{}\n]*\}"
    r"|\*+|_+|\|[-:|\t ]*|&(?:[A-Za-z]\w*|#\w+);"
)
_ADDRESS = re.compile(r"(?<!\]\()https?://\S+")
_OPENER = re.compile(r"^[ \t>]*(?:#{1,6}[ \t]+|(?:[-+]|\d+[.)])[ \t]+(?:\[[ x]\][ \t]+)?|>[ \t]*)", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]*)\]\(")
_LEFT_OUT = re.compile(r"\s*- \*\*Left out\b")
# The keys whose values a reader meets, and what a value is for a rule that spares it there.
SHOWN = {
    "title": "title",
    "summary": "summary",
    "door": "",
    "when": "",
    "foot": "",
    "related": "",
    "aliases": "alias",
    "recorded_title": "source-title",
    "left_out": "left-out",
    "lead": "advice",
    "body": "advice",
    "added": "",
    "reason": "",
    "label": "",
    "means": "",
    "check": "safety",
    "note": "",
    "blanks": "",
    "care": "",
    "way": "",
    "says": "tension-box",
    "if": "tension-box",
    "then": "tension-box",
    "text": "safety",
    "line": "safety",
}
KINDS = {"heading", "bullet", "paragraph", "table", "link", "value"}
CONTEXTS = KINDS | {"quote", "faq-question", "answer", "checklist", "shared-checklist", "source"}
CONTEXTS |= {*SHOWN, *SHOWN.values()} - {""}
WHOLE = {"aliases", "left_out"}  # these say it for all that stands below them


@dataclass(frozen=True)
class Stretch:
    """A heading, bullet, paragraph, table, a link's words (once more) or a value, in which nothing but words is left.

    `contexts` says what it is for a reader; stretches of one `unit` are read in one breath, such as lead and body.
    Where the file says the words in another way, with YAML's escapes, they are not `as_written` and have no places.
    """

    kind: str
    text: str
    span: Span
    contexts: frozenset[str] = frozenset()
    level: int = 0
    unit: KeyPath = ()
    as_written: bool = True

    def place(self, position: int) -> Span:
        """Return the place in the file of a position in the text."""
        row = self.text.count("\n", 0, position)
        if not row:
            return Span(self.span.path, self.span.line, self.span.column + position)
        return Span(self.span.path, self.span.line + row, position - self.text.rfind("\n", 0, position))


def masked(text: str) -> str:
    """Return a piece of Markdown with all its markup blanked: as long as before, with the same line breaks."""
    bare = _MARKUP.sub(_blank, _ADDRESS.sub(_blank, text) if "://" in text else text)
    return _OPENER.sub(_blank, bare)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def stretches(files: Mapping[str, str]) -> Iterator[Stretch]:
    """Return what a reader sees of files given by path. Drafts, and files that cannot be read, are passed over."""
    for path in sorted(files):
        text = files[path].removeprefix("\ufeff").replace("\r\n", "\n")  # as reading takes them
        try:
            if path.endswith(".yml"):
                yield from _values(load(text, path), text, set())
            elif path.endswith(".md"):
                yield from _page(path, text)
        except Fault:
            continue  # reading has found the same


def _page(path: str, text: str) -> Iterator[Stretch]:
    parts = mdtext.split_front_matter(text, path)
    front = load(parts.yaml, path, first_line=2)
    value = front.value if isinstance(front.value, dict) else {}
    if not value.get("draft"):
        shared = {"shared-checklist"} if value.get("shared") else set()
        yield from _values(front, text, shared)
        yield from _blocks(path, parts, shared)


def _blocks(path: str, parts: mdtext.FrontMatter, shared: set[str]) -> Iterator[Stretch]:
    rows = parts.body.split("\n")
    around: list[str] = []
    opener = ""
    for token in mdtext.tokens(parts.body):
        if token.type == "inline" and token.map:
            start, end = token.map
            raw = "\n".join(rows[start:end])
            kind = _kind(opener, around, raw)
            level = int(opener[1]) if kind == "heading" else 0
            span = Span(path, parts.body_line + start)
            contexts = frozenset(_contexts(path, kind, level, raw, around, shared))
            yield Stretch(kind, masked(raw), span, contexts, level, (path, start))
            if "](" in raw:
                yield from _links(raw, span)
        elif token.type in {"blockquote_open", "list_item_open"}:
            around.append(token.type)
        elif token.type in {"blockquote_close", "list_item_close"}:
            around.pop()
        opener = token.tag


def _kind(tag: str, around: list[str], raw: str) -> str:
    if tag.startswith("h"):
        return "heading"
    if "list_item_open" in around:
        return "bullet"
    return "table" if raw.startswith("|") else "paragraph"


def _contexts(  # noqa: PLR0913, PLR0917  # all that says what a block is
    path: str, kind: str, level: int, raw: str, around: list[str], shared: set[str]
) -> Iterator[str]:
    yield kind
    if "blockquote_open" in around:
        yield "quote"
    if path == FAQ:
        yield "faq-question" if kind == "heading" and level > SECTION else "answer"
    if path.startswith("checklists/") and kind == "bullet":
        yield "checklist"
        yield from shared
    if path.startswith("sources/"):
        yield "source"
        if _LEFT_OUT.match(raw):
            yield "left-out"


def _links(raw: str, span: Span) -> Iterator[Stretch]:
    for match in _LINK.finditer(raw):
        words = Stretch("", raw, span).place(match.start("words"))
        yield Stretch("link", match["words"], words, frozenset({"link"}))


def _values(document: Document, text: str, also: set[str]) -> Iterator[Stretch]:
    """Return the texts of data that readers meet, each as the lines of the file that hold its words."""
    starts = [0, *accumulate(len(row) + 1 for row in text.split("\n"))]
    for path, span in document.spans.items():
        key = _shown(path)
        value = document.at(path) if key else None
        # On the way, what is one word is the name of a topic and not what is said of it.
        if isinstance(value, str) and value.strip() and (key != "way" or " " in value):
            begin = starts[span.line - 1] + span.column - 1
            found = _as_written(value, text, begin)
            start, words = found or (begin, " ".join(value.split()))
            line = bisect_right(starts, start)
            place = Span(span.path, line, start - starts[line - 1] + 1)
            unit = (span.path, *(path if key == "added" else path[:-1] or path))  # that is a note about lead and body
            contexts = frozenset({"value", key, SHOWN[key], *also} - {""})
            yield Stretch("value", masked(words), place, contexts, unit=unit, as_written=found is not None)


def _shown(path: KeyPath) -> str:
    """Return the key that makes the value at a key path one that readers meet; empty where there is none."""
    shown = [part for part in path if isinstance(part, str) and part in SHOWN]
    return next((part for part in shown if part in WHOLE), shown[-1] if shown else "")


def _as_written(value: str, text: str, start: int) -> tuple[int, str] | None:
    """Return where the words of a value stand in the file and what stands there; nothing where they differ."""
    words = value.split()
    first = text.find(words[0], start)
    end = first
    for word in words:
        end = text.find(word, end)
        if end < 0:
            break
        end += len(word)
    if first >= 0 and end >= 0 and text[first:end].split() == words:
        return first, text[first:end]
    return None

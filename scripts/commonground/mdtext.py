"""The only module that knows Markdown: front matter, blocks with their places, attribute lines, links, markers."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .diagnostics import Diagnostic, Fault
from .model import Span
from .yamltext import Document

_PARSER = MarkdownIt("commonmark").disable("inline")  # blocks and their text are all that is read
_ATTRIBUTES = re.compile(r"^\s*\{[^{}]*\}\s*$")
_ATTRIBUTE = re.compile(r'\s*(?:#(?P<id>[^\s"]+)|(?P<key>[\w-]+)="(?P<value>[^"]*)")(?=\s|$)')
_MARKER = re.compile(r"^<!-- (?P<name>[a-z-]+) -->[ \t]*$", re.MULTILINE)
_LEAD = re.compile(r"^\*\*(?P<lead>[^*]+)\*\*(?:\s+(?P<body>\S.*))?$")
_DESTINATION = re.compile(r"(?<=\]\()(?P<path>[^)\s#]*)(?P<anchor>#[^)\s]*)?(?=\))")
_EXTERNAL = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|/)", re.IGNORECASE)


@dataclass(frozen=True)
class FrontMatter:
    """A Markdown file in its two parts, and the line on which the body starts."""

    yaml: str
    body: str
    body_line: int


def split_front_matter(text: str, path: str) -> FrontMatter:
    """Part the YAML between the two `---` lines from the Markdown after it. Raises `Fault` where they are missing."""
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].strip() != "---":
        raise Fault(
            Span(path),
            "no-front-matter",
            "The file does not start with front matter.",
            "Start it with a line `---`, then `title: ...`, then another line `---`.",
        )
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() == "---":
            return FrontMatter("".join(lines[1:number]), "".join(lines[number + 1 :]), number + 2)
    raise Fault(Span(path), "no-front-matter", "The front matter has no end.", "Close it with a line `---`.")


@dataclass(frozen=True)
class Block:
    """A heading, a bullet or a paragraph. `text` is its Markdown on one line, without its attribute line.

    `attribute_row` is the row of that line in the body, from 0; `loose` tells of blank lines between bullets, `split`
    of a bullet that is more than one paragraph.
    """

    kind: str
    level: int
    text: str
    span: Span
    attributes: Document | None = None
    attribute_row: int | None = None
    loose: bool = False
    split: bool = False


def outline(body: str, path: str, first_line: int) -> tuple[list[Block], list[Diagnostic]]:
    """Read the body's top-level blocks in order, and what is wrong with their attribute lines.

    Lists are taken apart into bullets; other kinds of block (tables, quotations, code) are passed over.
    """
    rows = body.splitlines()
    findings: list[Diagnostic] = []
    blocks: list[Block] = []
    tokens = _PARSER.parse(body)
    for index, token in enumerate(tokens):
        kind = _kind(tokens, index) if token.type == "inline" else ""
        if kind:
            try:
                blocks.append(_block(kind, tokens, index, rows, Span(path, first_line)))
            except Fault as fault:
                findings.append(fault.diagnostic)
    return blocks, findings


def _kind(tokens: Sequence[Token], index: int) -> str:
    """Say what block the inline token is the text of; empty where no attribute line may stand."""
    opener = tokens[index - 1]
    if opener.type == "heading_open" and opener.level == 0:
        return "heading"
    if opener.type == "paragraph_open" and opener.level == 0:
        return "paragraph"
    return "bullet" if tokens[index - 2].type == "list_item_open" and tokens[index - 2].level == 1 else ""


def _block(kind: str, tokens: Sequence[Token], index: int, rows: Sequence[str], first: Span) -> Block:
    opener, token = tokens[index - 1], tokens[index]
    start, end = token.map or (0, 0)
    lines = token.content.splitlines()
    attributes, attribute_row = None, None
    if kind != "heading" and len(lines) > 1 and _ATTRIBUTES.match(lines[-1]):
        attribute_row = end - 1
        attributes = _attributes(rows[attribute_row], Span(first.path, first.line + attribute_row))
        lines.pop()
    return Block(
        kind=kind,
        level=int(opener.tag[1]) if kind == "heading" else 0,
        text=" ".join(line.strip() for line in lines),
        span=Span(first.path, first.line + start, len(rows[start]) - len(rows[start].lstrip()) + 1),
        attributes=attributes,
        attribute_row=attribute_row,
        loose=kind == "bullet" and not opener.hidden,
        split=kind == "bullet" and tokens[index + 2].type != "list_item_close",
    )


def _attributes(row: str, line: Span) -> Document:
    """Read `{ #id key="value" }` into a document whose keys and values have their columns."""
    start = row.index("{") + 1
    inner = row[start : row.rindex("}")].rstrip()
    value: dict[str, str] = {}
    document = Document(value, {(): Span(line.path, line.line, start)})
    position = 0
    while position < len(inner):
        pair = _ATTRIBUTE.match(inner, position)
        where = Span(line.path, line.line, start + position + 1 + (inner[position] == " "))
        if not pair:
            raise Fault(
                where,
                "bad-attribute",
                "This attribute line cannot be read.",
                'Write it as { #id topic="..." scope="..." }, each value in straight quotation marks.',
            )
        key = pair["key"] or "id"
        if key in value:
            raise Fault(where, "double-key", f'The key "{key}" stands here twice.', "Keep one of them.")
        value[key] = pair["value"] if pair["key"] else pair["id"]
        group = "value" if pair["key"] else "id"
        document.keys[(key,)] = where
        document.spans[(key,)] = Span(line.path, line.line, start + pair.start(group) + 1)
        position = pair.end()
    return document


def split_lead(text: str) -> tuple[str, str] | None:
    """Part `**Lead.** The rest` into lead and rest, or return None where there is no bold lead."""
    match = _LEAD.match(text)
    return (match["lead"].strip(), match["body"] or "") if match else None


def markers(body: str) -> Iterator[tuple[str, int]]:
    """Every `<!-- name -->` line of the body, with its row from 0."""
    for match in _MARKER.finditer(body):
        yield match["name"], body.count("\n", 0, match.start())


def expand(body: str, blocks: Mapping[str, Callable[[], str]]) -> str:
    """Replace each marker line by what the block of its name returns."""
    return _MARKER.sub(lambda match: blocks[match["name"]](), body)


def replace_rows(body: str, replacement: dict[int, str]) -> str:
    """Replace whole rows (counted from 0) of the body and leave every other byte as it is."""
    rows = body.splitlines(keepends=True)
    return "".join(f"{replacement[row]}\n" if row in replacement else line for row, line in enumerate(rows))


def lead_end(body: str) -> int:
    """Return the position in the body at which its first block has ended."""
    start = len(body) - len(body.lstrip("\n"))
    end = body.find("\n\n", start)
    return end + 1 if end >= 0 else len(body)


def rebase(text: str, source: str, target: str) -> str:
    """Rewrite the relative links of a text from the file `source` so that they hold in the file `target`."""

    def moved(match: re.Match[str]) -> str:
        path, anchor = match["path"], match["anchor"] or ""
        if _EXTERNAL.match(path) or source == target:
            return match[0]
        return relative(posixpath.normpath(posixpath.join(posixpath.dirname(source), path)), target, source) + anchor

    return _DESTINATION.sub(moved, text)


def relative(path: str, target: str, here: str = "") -> str:
    """Return the link from the file `target` to the file `path` (to `here` where the path is empty)."""
    return posixpath.relpath(path if path != "." else here, posixpath.dirname(target) or ".")


def plain(text: str) -> str:
    """Return the text without the marks of emphasis and with links as their words."""
    return re.sub(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}", "", re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text))


def normalised(text: str) -> str:
    """Return the words alone: no case, punctuation, white space, links or marks such as [2]."""
    words = re.sub(r"\[(?:\d+|[A-Z])\]", " ", plain(text))
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", words).casefold()))

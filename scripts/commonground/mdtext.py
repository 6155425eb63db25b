"""The only module that knows Markdown: front matter, blocks with their places, attribute lines, links, markers."""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .diagnostics import Diagnostic, Fault
from .model import Span
from .yamltext import Document

# Blocks and their text are all that is read; link definitions, which `safety` refuses, are quadratic in their number.
PARSER = MarkdownIt("commonmark").disable(["inline", "reference"])
ATTRIBUTES = re.compile(r"^\s*\{[^{}]*\}\s*$")
_ATTRIBUTE = re.compile(r'\s*(?:#(?P<id>[^\s"]+)|(?P<key>[\w-]+)="(?P<value>[^"]*)")(?=\s|$)')
_MARKER = re.compile(r"^<!-- (?P<name>[a-z-]+) -->[ \t]*$", re.MULTILINE)
_LEAD = re.compile(r"^\*\*(?P<lead>[^*]+)\*\*(?:\s+(?P<body>\S.*))?$")
_DESTINATION = re.compile(r"(?<=\]\()(?P<path>[^)\s#]*)(?P<anchor>#[^)\s]*)?(?=[\s)])")
_EXTERNAL = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|/)", re.IGNORECASE)
# What `safety` takes for emphasis, attributes, links, images or endless brackets, and a # that would end a heading.
_LIKE_MARKUP = re.compile(r"[*{}]|\](?=[(:])|(?<=!)\[|\({10,}|\[{10,}|#$")
_ESCAPED = re.compile(r"\\(?P<sign>[!-/:-@[-`{-~])|&(?:amp|lt|gt|#\d+);")


@dataclass(frozen=True)
class FrontMatter:
    """A Markdown file in its two parts, and the line on which the body starts."""

    yaml: str
    body: str
    body_line: int


def split_front_matter(text: str, path: str) -> FrontMatter:
    """Part the YAML between the two `---` lines from the Markdown after it. Raises `Fault` where they are missing."""
    lines = text.split("\n")
    if lines[0].strip() != "---":
        raise Fault(
            Span(path),
            "no-front-matter",
            "The file does not start with front matter.",
            "Start it with a line `---`, then `title: ...`, then another line `---`.",
        )
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() == "---":
            return FrontMatter("\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2)
    raise Fault(Span(path), "no-front-matter", "The front matter has no end.", "Close it with a line `---`.")


@dataclass(frozen=True)
class Block:
    """A heading, a bullet or a paragraph. `text` is its Markdown on one line, without its attribute line.

    `rows` are its rows in the body, from 0, and `attribute_row` that of its attribute line; `loose` tells of blank
    lines between bullets, `split` of a bullet that is more than one paragraph.
    """

    kind: str
    level: int
    text: str
    span: Span
    rows: range
    attributes: Document | None = None
    attribute_row: int | None = None
    loose: bool = False
    split: bool = False


@lru_cache(maxsize=128)  # a page is looked at by several modules, and parsing costs more than all they do
def tokens(body: str) -> Sequence[Token]:
    """Return the blocks of a body as the parser gives them, for reading only."""
    return PARSER.parse(body)


def outline(body: str, path: str, first_line: int) -> tuple[list[Block], list[Diagnostic]]:
    """Read the body's top-level blocks in order, and what is wrong with their attribute lines.

    Lists are taken apart into bullets; other kinds of block (tables, quotations, code) are passed over.
    """
    rows = body.split("\n")
    findings: list[Diagnostic] = []
    blocks: list[Block] = []
    parsed = tokens(body)
    for index, token in enumerate(parsed):
        kind = _kind(parsed, index) if token.type == "inline" else ""
        if kind:
            blocks.append(_block(kind, parsed, index, rows, Span(path, first_line), findings))
    return blocks, findings


def _kind(tokens: Sequence[Token], index: int) -> str:
    """Say what block the inline token is the text of; empty where no attribute line may stand."""
    opener = tokens[index - 1]
    if opener.type == "heading_open" and opener.level == 0:
        return "heading"
    if opener.type == "paragraph_open" and opener.level == 0:
        return "paragraph"
    return "bullet" if tokens[index - 2].type == "list_item_open" and tokens[index - 2].level == 1 else ""


def _block(  # noqa: PLR0913, PLR0917  # what the loop above knows of one block
    kind: str, tokens: Sequence[Token], index: int, rows: Sequence[str], first: Span, findings: list[Diagnostic]
) -> Block:
    opener, token = tokens[index - 1], tokens[index]
    start, end = token.map or (0, 0)
    lines = token.content.split("\n")
    attributes, attribute_row = None, None
    if kind != "heading" and len(lines) > 1 and ATTRIBUTES.match(lines[-1]):
        attribute_row = end - 1
        try:
            attributes = _attributes(rows[attribute_row], Span(first.path, first.line + attribute_row))
        except Fault as fault:
            findings.append(fault.diagnostic)
            attributes = Document(None)
        lines.pop()
    return Block(
        kind=kind,
        level=int(opener.tag[1]) if kind == "heading" else 0,
        text=" ".join(line.strip() for line in lines),
        span=Span(first.path, first.line + start, len(rows[start]) - len(rows[start].lstrip()) + 1),
        rows=range(start, end),
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
            bare = re.match(r"\s*([\w-]+)=(?P<mark>[^\"\s])", inner[position:])
            what = f'The value of "{bare[1]}"' if bare else "This attribute line"
            fault = "is not in straight quotation marks" if bare else "cannot be read"
            hint = 'Write it as { #id topic="..." scope="..." }, each value in straight quotation marks.'
            raise Fault(where, "bad-attribute", f"{what} {fault}.", hint)
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


def slugs(headings: Iterable[str], taken: Iterable[str] = ()) -> Iterator[str]:
    """Return the ids that Python-Markdown gives the headings of a page, on which those in `taken` are taken."""
    used, numbers = set(taken), Counter[str]()
    for heading in headings:
        ascii_only = unicodedata.normalize("NFKD", plain(heading)).encode("ascii", "ignore").decode()
        name = base = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())
        while name in used or not name:
            numbers[base] += 1
            name = f"{base}_{numbers[base]}"
        used.add(name)
        yield name


def markers(body: str) -> Iterator[tuple[str, int]]:
    """Every `<!-- name -->` line of the body, with its row from 0."""
    for match in _MARKER.finditer(body):
        yield match["name"], body.count("\n", 0, match.start())


def expand(body: str, blocks: Mapping[str, Callable[[], str]]) -> str:
    """Replace each marker line by what the block of its name returns."""
    return _MARKER.sub(lambda match: blocks[match["name"]](), body)


def without_markers(body: str) -> str:
    """Return the body without its marker lines."""
    return _MARKER.sub("", body)


def replace_rows(body: str, replacement: dict[int, str]) -> str:
    """Replace whole rows (counted from 0) of the body and leave every other byte as it is."""
    return "\n".join(replacement.get(row, line) for row, line in enumerate(body.split("\n")))


def lead_end(body: str) -> int:
    """Return the position in the body at which its first paragraph has ended; 0 where it starts with something else."""
    start = len(body) - len(body.lstrip("\n"))
    if body.startswith(NOT_A_PARAGRAPH, start):
        return 0
    end = re.compile(r"\n(?=\n|<!-- )").search(body, start)
    return end.end() if end else len(body)


NOT_A_PARAGRAPH = ("#", "<!--", "- ", "* ", "+ ", "1. ", ">", "|", "```", "![", "    ")


def rebase(text: str, source: str, target: str) -> str:
    """Rewrite the relative links of a text from the file `source` so that they hold in the file `target`."""

    def moved(match: re.Match[str]) -> str:
        path, anchor = match["path"], match["anchor"] or ""
        if _EXTERNAL.match(path):
            return match[0]
        aim = posixpath.normpath(posixpath.join(posixpath.dirname(source), path)) if path else source
        return relative(aim, target) + anchor

    return text if source == target or "](" not in text else _DESTINATION.sub(moved, text)


def anchors(text: str, source: str) -> Iterator[tuple[str, str]]:
    """Every place on a page that a text of the file `source` links: the path of the page, and the anchor."""
    for match in _DESTINATION.finditer(text) if "](" in text else ():
        path, anchor = match["path"], match["anchor"]
        if anchor and not _EXTERNAL.match(path):
            aim = posixpath.normpath(posixpath.join(posixpath.dirname(source), path)) if path else source
            yield aim, anchor.removeprefix("#")


def slug(heading: str) -> str:
    """Return the id that the renderer gives to a heading, if no heading before it has the same."""
    letters = unicodedata.normalize("NFKD", plain(heading)).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", letters).strip().lower())


def linked(text: str, here: str) -> dict[str, None]:
    """Return the paths and the whole addresses that the links of a text in the file `here` lead to, each once."""
    aims = (match["path"] for match in _DESTINATION.finditer(text) if match["path"])
    folder = posixpath.dirname(here)
    return dict.fromkeys(aim if is_whole(aim) else posixpath.normpath(posixpath.join(folder, aim)) for aim in aims)


def is_whole(address: str) -> bool:
    """Whether an address holds whatever page it stands on."""
    return bool(_EXTERNAL.match(address))


def relative(path: str, here: str) -> str:
    """Return the link from the file `here` to the file at `path`, both relative to one folder and normalised.

    `posixpath.relpath` would ask for the working folder, and takes a quarter of the time of printing all pages.
    """
    start, parts = here.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(start), len(parts) - 1) and start[shared] == parts[shared]:
        shared += 1
    return "/".join([".."] * (len(start) - shared) + parts[shared:])


def escape(text: str) -> str:
    """Return Markdown that says the text as it is: on one line, with nothing in it that `safety` refuses."""
    escaped = re.sub(r"\\|`|_", r"\\\g<0>", re.sub(r"&(?=#?\w+;)", "&amp;", text))
    escaped = _LIKE_MARKUP.sub(lambda match: "".join(f"&#{ord(sign)};" for sign in match[0]), escaped)
    unnumbered = re.sub(r"^(\d+)(?=[.)](?: |$))", r"\1\\", escaped)  # "1." would start a list
    return re.sub(r"^(?=[-+#=>~|:!.?])", r"\\", unnumbered.replace("<", "&lt;").replace(">", "&gt;"))


def unescape(text: str) -> str:
    """Return the text that `escape` was given."""
    return _ESCAPED.sub(lambda match: match["sign"] or html.unescape(match[0]), text)


def wrap(text: str, *, first: str = "", rest: str = "", width: int = 110) -> str:
    """Break escaped text into lines, each before a word that starts no block of Markdown."""
    lines: list[list[str]] = [[]]
    length = len(first)
    for word in text.split(" "):
        if length + len(word) >= width and lines[-1] and word[:1].isalpha():
            lines.append([])
            length = len(rest)
        lines[-1].append(word)
        length += len(word) + 1
    return "\n".join((rest if number else first) + " ".join(line) for number, line in enumerate(lines))


def plain(text: str) -> str:
    """Return the text without the marks of emphasis and with links as their words. Most texts have neither."""
    words = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text) if "](" in text else text
    if "*" not in words and "_" not in words:
        return words
    return re.sub(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=\w)_{1,3}(?!\w)", "", words)


def normalised(text: str) -> str:
    """Return the words alone: no case, punctuation, white space, links or marks such as [2]."""
    words = plain(text)
    words = re.sub(r"\[(?:\d+|[A-Z])\]", " ", words) if "[" in words else words
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", words).casefold()))

"""The only module that knows YAML: text to plain values, with the place of every key and value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import yaml

from .diagnostics import Diagnostic, Fault, Severity
from .model import Span

KeyPath = tuple[str | int, ...]

MAX_DEPTH = 12  # the deepest content file uses six
MAX_DIGITS = 15  # of a whole number
PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where PyYAML was built with it
_HINT = "Texts that hold a colon and a space, or start with a special character, want quotation marks."


@dataclass(frozen=True)
class Document:
    """A plain value, the place of each value in it (`spans`) and of each mapping's key (`keys`), by key path.

    `texts` are all its texts, keys among them, with their places.
    """

    value: Any
    spans: dict[KeyPath, Span] = field(default_factory=dict)
    keys: dict[KeyPath, Span] = field(default_factory=dict)
    texts: list[tuple[str, Span]] = field(default_factory=list)

    def at(self, path: KeyPath) -> Any:
        """Return the value at the key path."""
        value = self.value
        for part in path:
            value = value[part]
        return value


@lru_cache(maxsize=128)  # the words of a file are looked at after its values, and reading YAML is slow
def load(text: str, path: str, first_line: int = 1) -> Document:
    """Read one YAML document whose first line is line `first_line` of the file at `path`. It is for reading only.

    Plain scalars are whole numbers, `true`, `false`, `null` or text: `no`, `12:30` and `2024-01-10` stay what somebody
    typed. Raises `Fault` on what is not YAML and on what is not read here: anchors and merge keys (a kilobyte of them
    can take hours to expand), tags, deep nesting and doubled keys.
    """

    def place(mark: Any) -> Span:
        return Span(path, first_line + mark.line, mark.column + 1)

    try:
        return _Builder(text, place).document()
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark if error.context in _UNCLOSED else error.problem_mark or error.context_mark
        where = place(mark) if mark else Span(path, first_line)
        raise Fault(where, "not-yaml", *_in_words(error, text.split("\n"))) from None
    except yaml.YAMLError:
        message = "This is not YAML: it holds a character that YAML forbids."
        raise Fault(Span(path, first_line), "not-yaml", message) from None


_UNCLOSED = {
    "while parsing a flow sequence": ("This [ is not closed, or a comma is missing after it.", "Close it with ]."),
    "while parsing a flow mapping": ("This { is not closed, or a comma is missing after it.", "Close it with }."),
    "while scanning a quoted scalar": ("This quotation mark has no second one.", "Put one at the end of the text."),
}
_QUOTE = "Put the text in quotation marks."
_MISFIT = (
    "This line does not fit the one above it.",
    "What belongs together starts in one column; a text that goes on wants quotation marks around it.",
)
# A piece of what the parser says, what stands before that place in its line, and the same in words.
_PROBLEMS = (
    ("tab character", "", "A tab stands here.", "Use blanks."),
    ("cannot start any token", "", "A text cannot start with {sign} here.", _QUOTE),
    ("mapping values", ": ", "A colon and a blank stand in this text.", _QUOTE),
    ("mapping values", "", *_MISFIT),
    (
        "block sequence entries",
        "",
        "A list cannot start on the line of its key.",
        "Start it on the next line, or write it as [a, b].",
    ),
    (
        "node content",
        "",
        "A value is missing here, or a bracket above is not closed.",
        "Write it, or close the bracket.",
    ),
    ("did not find expected", r"^\s*$", *_MISFIT),
    (
        "did not find expected",
        "",
        "Something stands here after the end of a value.",
        "Put the whole text in quotation marks; within '...' write '' for an apostrophe.",
    ),
)


def _in_words(error: Any, rows: list[str]) -> tuple[str, str]:
    """Say what is not YAML, and how to mend it, in words that need no knowledge of YAML."""
    if error.context in _UNCLOSED:
        return _UNCLOSED[error.context]
    mark = error.problem_mark
    row = rows[mark.line] if mark and mark.line < len(rows) else ""
    before, sign = (row[: mark.column], row[mark.column : mark.column + 1]) if mark else ("", "")
    problem = "tab character" if sign == "\t" else error.problem or error.context
    for piece, start, message, hint in _PROBLEMS:
        if piece in problem and re.search(start, before):
            return message.replace("{sign}", sign), hint
    return f"This is not YAML: {problem}.", _HINT


class _Builder:
    """Builds a document from the parser's events, which expand nothing."""

    def __init__(self, text: str, place: Callable[[Any], Span]) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=PARSER)
        self.place = place
        self.spans: dict[KeyPath, Span] = {}
        self.keys: dict[KeyPath, Span] = {}
        self.texts: list[tuple[str, Span]] = []

    def document(self) -> Document:
        value = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.StreamStartEvent):
                self.spans[()] = self.place(event.start_mark)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.fault(event, "not-yaml", "A second document starts here.", "Keep one document a file.")
            elif isinstance(event, yaml.NodeEvent):
                value = self.value(event, ())
        return Document(value, self.spans, self.keys, self.texts)

    def fault(self, event: Any, code: str, message: str, hint: str = "") -> Fault:
        return Fault(self.place(event.start_mark), code, message, hint)

    def value(self, event: Any, path: KeyPath) -> Any:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            hint = "Write the value out; put a text that starts with & or * in quotation marks."
            raise self.fault(event, "yaml-anchor", "YAML anchors (&) and aliases (*) are not read here.", hint)
        if event.tag is not None:
            raise self.fault(event, "yaml-tag", "YAML tags (!) are not read here.", "Leave the tag out.")
        if len(path) > MAX_DEPTH:
            raise self.fault(event, "not-yaml", f"This is nested deeper than {MAX_DEPTH} levels.")
        span = self.spans[path] = self.place(event.start_mark)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        self.texts.append((event.value, span))
        return _scalar(event.value) if event.implicit[0] else event.value

    def sequence(self, path: KeyPath) -> list[Any]:
        values: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self.value(event, (*path, len(values))))
        return values

    def mapping(self, path: KeyPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.key(event)
            if key in values:
                raise self.fault(event, "double-key", f'The key "{key}" stands here twice.', "Keep one of them.")
            span = self.keys[*path, key] = self.place(event.start_mark)
            self.texts.append((key, span))
            values[key] = self.value(next(self.events), (*path, key))
        return values

    def key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
            raise self.fault(event, "not-yaml", "A key is one plain word here.", _HINT)
        if event.value == "<<" and event.implicit[0]:
            raise self.fault(event, "yaml-anchor", "YAML merge keys (<<) are not read here.", "Write the keys out.")
        return str(event.value)


_REMARK = re.compile(r"(?P<blanks>[ \t]+)#(?P<glued>\S?)(?![ \t]*allow)")


def cut_texts(document: Document, text: str, first_line: int = 1) -> Iterator[Diagnostic]:
    """Find the texts of a document that a # may have cut short: those of several words, or with no blank after the #.

    `text` is what the document was loaded from.
    """
    rows = text.split("\n") if " #" in text or "\t#" in text else []
    for words, span in document.texts if rows else ():
        row, end = rows[span.line - first_line], span.column - 1 + len(words)
        remark = _REMARK.match(row, end)
        is_text = isinstance(_scalar(words), str) and row.startswith(words, span.column - 1)
        if remark and is_text and (" " in words or remark["glued"]):
            place = replace(span, column=end + len(remark["blanks"]) + 1)
            message = "Everything from # on is a remark, and no part of the text before it."
            hint = "Put the text in quotation marks; or the remark on a line of its own."
            severity = Severity.ERROR if remark["glued"] else Severity.WARNING
            found = Diagnostic.at(place, "cut-text", message, hint, severity)
            yield replace(found, length=len(row) + 1 - place.column)


def _scalar(text: str) -> Any:
    """Return the plain value of an unquoted scalar, by the core types of YAML 1.2 without fractions."""
    if text in {"true", "false"}:
        return text == "true"
    if text in {"", "~", "null"}:
        return None
    digits = text.removeprefix("-")
    whole = digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS
    return int(text) if whole and (digits == "0" or digits[0] != "0") else text

"""Reads the case files: a change to the small guide in cases/base, and what must come of it.

    # What the case shows, in a sentence or more

    >>> guide/boxes.md
    the whole file, in the place of the base's or beside them
    >>> old.md as latin-1
    a file that is not plain text (the ways are those of `AS`); `as removed` takes one away

    <<< expected
    guide/boxes.md:3:1 unknown-key Did you mean "title"?

    === guide/boxes.md has
    lines that the finished page holds (`lacks`: does not hold; `is`: all of it)
    === guide/boxes.md in-order
    pieces of the finished page, one a line, that follow one another with anything between them

A file `voice.yml` is how the guide speaks: it stands beside the content, and without it there are no rules of words.
Every finding is expected by its place and code; what stands after the code is part of its message and hint. A case
without `<<< expected` expects no finding at all. One blank line before a section belongs to nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from commonground import wording
from commonground.building import Result, build
from commonground.reading import LINK, is_text, read_folder
from commonground.voice import FILE as VOICE
from commonground.voice import load_voice

CASES = Path(__file__).parent / "cases"
BASE = CASES / "base"

AS: dict[str, Callable[[str], bytes]] = {
    "text": str.encode,
    "latin-1": lambda text: text.encode("latin-1"),
    "utf-8-sig": lambda text: text.encode("utf-8-sig"),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "escaped": lambda text: text.encode("ascii").decode("unicode_escape").encode(),
    "unended": lambda text: text.rstrip("\n").encode(),
    "300-kilobytes": lambda text: text.encode() + b"word\n" * 61_440,
    "picture": lambda _: b"\x89PNG\r\n\x1a\n",
    "symbolic-link": lambda _: LINK,
}
HOLDS = {"has", "lacks", "is", "in-order"}
_SECTION = re.compile(
    r"^(?P<kind>>>>|<<<|===) (?P<name>.+?)(?: as (?P<form>\S+))?(?: (?P<how>[a-z-]+))?$",
    re.MULTILINE,
)
_FINDING = re.compile(r"(.+?:\d+:\d+) ([a-z0-9-]+)(?: (.+))?$")


@dataclass(frozen=True)
class Finding:
    """A finding: its place and code as `check` prints them, and its words (or a part of them)."""

    place: str
    code: str
    words: str


@dataclass
class Case:
    """A case file. `files` is laid over the base (None takes a file away); `pages` says what finished pages hold."""

    name: str
    title: str
    files: dict[str, bytes | None] = field(default_factory=dict)
    expected: list[Finding] = field(default_factory=list)
    pages: list[tuple[str, str, str]] = field(default_factory=list)

    def build(self) -> Result:
        """Build the base with this case's files laid over it."""
        files = {path: raw for path, raw in (read_folder(BASE) | self.files).items() if raw is not None}
        spoken = files.pop(VOICE, b"").decode()
        result = build(files)
        if not spoken:
            return result
        voice, found = load_voice(spoken)
        texts = {path: raw.decode() for path, raw in files.items() if is_text(path)}
        found += wording.check(texts, result.guide, voice)
        return replace(result, findings=tuple(sorted([*result.findings, *found])))


def cases(folder: str) -> list[Path]:
    """The case files of one folder, in order of their names."""
    return sorted((CASES / folder).glob("*.case"))


def read_case(path: Path) -> Case:
    """Read one case file."""
    text = path.read_text(encoding="utf-8")
    sections = list(_SECTION.finditer(text))
    case = Case(path.name, re.sub(r"^# ?", "", text[: sections[0].start()], flags=re.MULTILINE).strip())
    ends = [section.start() for section in sections[1:]] + [len(text)]
    for section, end in zip(sections, ends, strict=True):
        _add(case, section, re.sub(r"\n\n\Z", "\n", text[section.end() + 1 : end]))
    return case


def _add(case: Case, section: re.Match[str], inside: str) -> None:
    name, form, how = section.group("name", "form", "how")
    if section["kind"] == ">>>" and not how and name not in case.files:
        case.files[name] = None if form == "removed" else AS[form or "text"](inside)
    elif section["kind"] == "===" and how in HOLDS:
        case.pages.append((name, how, inside))
    elif section["kind"] == "<<<" and name == "expected":
        case.expected = [Finding(*one.groups("")) for one in map(_FINDING.match, inside.splitlines()) if one]
    else:
        raise ValueError(f"{case.name}: cannot read {section[0]!r}")


def assert_findings(case: Case, result: Result) -> None:
    """Compare the findings with the expected ones: none missing, none besides."""
    found = [
        Finding(f"{one.path}:{one.line}:{one.column}", one.code, f"{one.message} {one.hint}") for one in result.findings
    ]
    places = sorted((one.place, one.code) for one in found)
    assert places == sorted((one.place, one.code) for one in case.expected), (case.title, found)
    for expected in case.expected:
        same = [one for one in found if (one.place, one.code) == (expected.place, expected.code)]
        assert any(expected.words in one.words for one in same), (case.title, expected.words, same)


def assert_pages(case: Case, result: Result) -> None:
    """Compare the finished pages with what the case says of them."""
    finished = {page.path: page.text for page in result.pages}
    for path, how, wanted in case.pages:
        text = finished[path]
        if how == "is":
            assert text == wanted, case.title
        elif how == "has":
            assert wanted.strip("\n") in text, (case.title, path)
        elif how == "lacks":
            assert wanted.strip("\n") not in text, (case.title, path)
        else:
            _assert_in_order(text, wanted.splitlines(), case)


def _assert_in_order(text: str, pieces: list[str], case: Case) -> None:
    position = 0
    for piece in pieces:
        at = text.find(piece, position)
        assert at >= 0, (case.title, f"not found after the pieces before it: {piece}", text[position:])
        position = at + len(piece)

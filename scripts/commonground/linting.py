"""Where everything that `check` finds meets: the build's own findings and those of what lies beside the content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from . import echoes, fixing, inside, redirects, suppressions, wording
from .ageing import aged
from .building import Result, survey
from .diagnostics import Diagnostic
from .echoes import ECHOES
from .linking import Targets
from .model import Span
from .pages import render
from .reading import DOCS, is_text
from .safety import PICTURES
from .samples import unfinished
from .voice import FILE as VOICE
from .voice import Voice, load_voice

PARTS = (DOCS, ECHOES, redirects.RECORD, VOICE)  # what of a project is checked
ROUNDS = 10  # of fixing, in case one fix makes another possible


@dataclass(frozen=True)
class Project:
    """The files of a project by their paths in it: the content below docs/, and what lies beside it."""

    files: Mapping[str, bytes]

    @property
    def content(self) -> dict[str, bytes]:
        """The content folder's files, by their paths in it."""
        return {path.removeprefix(f"{DOCS}/"): raw for path, raw in self.files.items() if path.startswith(f"{DOCS}/")}

    @property
    def texts(self) -> dict[str, str]:
        """The files of the content that hold words, as they stand."""
        return {path: _text(raw) for path, raw in self.files.items() if path.startswith(f"{DOCS}/") and is_text(path)}

    def row(self, finding: Diagnostic) -> str:
        """The line that a finding is about; empty where there is none."""
        rows = _text(self.files.get(finding.path, b"")).split("\n")
        return rows[finding.line - 1].rstrip("\r") if finding.line <= len(rows) else ""


def _text(raw: bytes) -> str:
    return raw.decode(errors="replace").removeprefix("\ufeff")


def lint(
    project: Project, *, published: bool = False, days_since: Callable[[str], int] | None = None
) -> tuple[Result, list[Diagnostic]]:
    """Survey the project and return that with everything that is wrong, in order of place.

    With `published` drafts are not looked at for copied sentences; `days_since` is what `ageing` asks.
    """
    result = survey(project.content)
    texts = project.texts
    findings = [one.below(DOCS) for one in result.findings]
    findings += [one.below(DOCS) for one in aged(result.guide, days_since)] if days_since else ()
    findings += [one.below(DOCS) for one in _broken(project, texts, result)]
    findings += _copied(project, texts, result.guide.content.unpublished if published else ())
    findings += unfinished(texts)
    record = project.files.get(redirects.RECORD)
    findings += [] if record is None or result.failed else redirects.compare(_text(record), result.guide)
    spoken, faults = spoken_in(project)
    findings += [*faults, *_worded(texts, result, spoken)]
    codes = WORD_RULES | wording.exceptable(spoken)
    return result, _unspoilt(suppressions.apply(findings, texts, codes, wording.kept_safe(spoken)))


def _unspoilt(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Leave out what may follow from a fault after which nothing in its file is what it looks like."""
    spoilt = {one.path for one in findings if one.code in SPOILING}
    return [one for one in findings if one.path not in spoilt or one.code in SPOILING]


SPOILING = {"merge-conflict", "almost-bullet"}


WORD_RULES = frozenset({"echo"})


def spoken_in(project: Project) -> tuple[Voice, list[Diagnostic]]:
    """Return how the project speaks, and what is wrong with its voice.yml; without one, nothing is asked of words."""
    raw = project.files.get(VOICE, b"")
    try:
        return load_voice(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        place = Span(VOICE, raw.count(b"\n", 0, error.start) + 1)
        return Voice(), [Diagnostic.at(place, "not-utf-8", "The file is not UTF-8 text.", "Save it as UTF-8.")]


def _worded(texts: Mapping[str, str], result: Result, spoken: Voice) -> Iterator[Diagnostic]:
    """Find what the words of the content break."""
    inside = {path.removeprefix(f"{DOCS}/"): text for path, text in texts.items()}
    for one in wording.check(inside, result.guide, spoken):
        yield one if one.path == VOICE else one.below(DOCS)


def _broken(project: Project, texts: Mapping[str, str], result: Result) -> Iterator[Diagnostic]:
    """Find the broken links. Only a link to a place that nobody wrote needs the finished pages.

    Where an error stands in the way of these, the links to files that are not there are found all the same.
    """
    written = {path.removeprefix(f"{DOCS}/"): text for path, text in texts.items()}
    pictures = {path for path in project.content if path.endswith(PICTURES)}
    if result.failed:
        links = (replace(link, anchor="") for link in inside.find(written))
        yield from inside.broken(links, written.keys() | pictures, ())
        return
    pages = render(result.guide, Targets(result.guide), result.links)  # none is made before it is asked for
    finished: dict[str, str] = {}

    def on_finished(path: str) -> set[str]:
        while path not in finished and (page := next(pages, None)):
            finished[page.path] = page.text
        return inside.places(finished.get(path, ""))

    sources = (lambda path: inside.places(written[path]), on_finished)
    yield from inside.broken(inside.find(written), result.guide.content.titles.keys() | pictures, sources)


def _copied(project: Project, texts: Mapping[str, str], drafts: Sequence[str]) -> Iterator[Diagnostic]:
    found = {path: raw for path, raw in project.files.items() if path.startswith(f"{ECHOES}/")}
    guards = {path: _text(raw) for path, raw in found.items() if path.endswith(".txt")}
    inside = {path.removeprefix(f"{DOCS}/"): text for path, text in texts.items()}
    for one in echoes.compare({path: text for path, text in inside.items() if path not in drafts}, guards):
        yield one if one.code == "bad-guard" else one.below(DOCS)


def news(before: tuple[Project, Sequence[Diagnostic]], after: tuple[Project, Sequence[Diagnostic]]) -> list[Diagnostic]:
    """Return the findings that were not there before: another fault, or the same in a line that has changed."""
    known = Counter(_identity(before[0], one) for one in before[1])
    new: list[Diagnostic] = []
    for one in after[1]:
        identity = _identity(after[0], one)
        if known[identity]:
            known[identity] -= 1
        else:
            new.append(one)
    return new


def _identity(project: Project, finding: Diagnostic) -> tuple[str, str, str, str]:
    return finding.path, finding.code, finding.message, project.row(finding)


def mended(project: Project, check: Callable[[Project], Sequence[Diagnostic]]) -> tuple[Project, int]:
    """Make every safe change that the findings of `check` offer, until none is left; return how many were made."""
    made = 0
    for _ in range(ROUNDS):
        count = 0
        files = dict(project.files)
        findings = check(project)
        for path in {finding.path for finding in findings if finding.fix}:
            text, done = fixing.fixed(files[path].decode(), [one for one in findings if one.path == path])
            files[path] = text.encode()
            count += done
        if not count:
            break
        project, made = Project(files), made + count
    return project, made

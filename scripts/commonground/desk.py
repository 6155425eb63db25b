"""The decisions on the disk: read, changed and taken back, each change whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from .deciding import MERGES
from .diagnostics import Diagnostic, Fault, as_text, has_errors
from .linting import Project, lint, news
from .model import Content
from .pairs import Likeness
from .proposing import neighbours
from .reading import DOCS, Reader, read_folder
from .similarity import TfidfEncoder
from .storing import read_project, replace_file

EMPTY = """\
# Which points of the articles are one piece of advice, and how the guide words it.
# groups: the wording that prints, and the points behind it. different: alike, but to be kept apart.
# apart: the first point of a line is none of the others; nobody is told why.
# alone: points that print as their own source page words them. unsure: still to be decided.
groups: []
"""
Decision = Callable[[str, Content], str]


@dataclass
class Desk:
    """A project whose decisions are being changed. `before` keeps what each change replaced, and what it made of it."""

    project: Path
    before: list[tuple[str, str, Any]] = field(default_factory=list)
    _known: Project | None = None
    _read: tuple[Mapping[str, bytes], Content] | None = None
    _reader: Reader = field(default_factory=Reader)
    _near: tuple[Content, Likeness] | None = None

    @property
    def path(self) -> Path:
        """The file of decisions."""
        return self.project / DOCS / MERGES

    def text(self) -> str:
        """The decisions as they stand."""
        return self.path.read_bytes().decode() if self.path.exists() else EMPTY

    def content(self) -> Content:
        """The content as it stands. Raises `click.ClickException` where it has errors."""
        files = read_folder(self.project / DOCS)
        if self._read is None or self._read[0] != files:
            content, findings = self._reader.read(files)
            if has_errors(findings):
                raise click.ClickException("Mend this first.\n" + _told(findings))
            self._read = (files, content)
        return self._read[1]

    def near(self, content: Content) -> Likeness:
        """How alike its points are: found anew where they, or the names of topics, are not what they were."""
        before, near = self._near or (None, None)
        if near is None or before is None or (before.sources, before.topics) != (content.sources, content.topics):
            near = all_neighbours(content)
        self._near = (content, near)
        return near

    def change(self, decide: Decision, place: Any = None) -> str:
        """Save the text that a decision makes of the present one; return what stood in the way, or nothing.

        `place` is what `undo` gives back.
        """
        content, text = self.content(), self.text()  # content first: it says what is wrong with the file
        try:
            plain = decide(text.replace("\r\n", "\n"), content)
        except Fault as fault:
            return as_text(fault.diagnostic.below(DOCS))
        changed = plain.replace("\n", "\r\n") if "\r\n" in text else plain
        _, findings = self._reader.read(read_folder(self.project / DOCS) | {MERGES: changed.encode()})
        if has_errors(findings):
            return "That was not saved.\n" + _told(findings)
        self._known = self._known or read_project(self.project)
        self.before.append((text, changed, place))
        replace_file(self.path, changed)
        return ""

    def undo(self) -> tuple[bool, Any]:
        """Take the last decision back; return whether that was done, and the place of that decision.

        What somebody else changed since then is not written over.
        """
        if not self.before or self.before[-1][1] != self.text():
            return False, None
        text, _, place = self.before.pop()
        replace_file(self.path, text)
        return True, place

    def to_mend(self) -> list[Diagnostic]:
        """What `check` finds now and did not find before the first change."""
        if not self._known:
            return []
        now = read_project(self.project)
        return news((self._known, lint(self._known)[1]), (now, lint(now)[1]))


def _told(findings: list[Diagnostic]) -> str:
    return "\n".join(as_text(one.below(DOCS)) for one in findings)


def encoder(content: Content) -> TfidfEncoder:
    """The default engine, which knows what each topic is called."""
    return TfidfEncoder({one.slug: [one.title, *(alias.text for alias in one.aliases)] for one in content.topics})


def all_neighbours(content: Content) -> Likeness:
    """The most similar points of each, by the default engine."""
    return neighbours(content, encoder(content))

"""What the skeletons of new pages share: what is taken already, what may be chosen, and how a page begins."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from . import naming
from .diagnostics import Fault, did_you_mean
from .mdtext import normalised
from .model import Content, Span, Topic
from .yamlediting import inline

WIDTH = 108  # columns of a remark
FREE_REMARK = "Lines that start with # are remarks for you: they print nowhere. Take them out when you like."


@dataclass(frozen=True)
class Skeleton:
    """The files to write, whole, by their paths in the content folder, what is told of them, and what to do next.

    `shown` says whether the site shows it at once.
    """

    texts: Mapping[str, str]
    told: Sequence[str]
    steps: Sequence[str]
    shown: bool = True


@dataclass(frozen=True)
class Project:
    """The content, the texts of its files, and texts beside it in which ids may stand (the record of addresses)."""

    content: Content
    texts: Mapping[str, str]
    beside: Sequence[str] = ()

    @property
    def everything(self) -> list[str]:
        """Every text in which a name may be taken."""
        return [*self.texts.values(), *self.beside]

    def free_path(self, folder: str, title: str, name: str) -> str:
        """Return the path of a new page. Raises `Fault` where there is one, or the title makes no name."""
        chosen = naming.name_of(name or title)
        if not chosen or (name and chosen != name):
            words = f'"{name}" is' if name else f'"{title}" makes'
            hint = "Give it one with --name: lower-case letters and figures, with single hyphens between words."
            raise Fault(Span(""), "bad-file-name", f"{words} no name for a file.", hint)
        path = f"{folder}/{chosen}.md"
        if path in self.texts or chosen in {"index", "readme"}:
            hint = "Open that one, or choose another title, or another file name with --name."
            raise Fault(Span(path), "bad-file-name", f"docs/{path} is there already.", hint)
        return path

    def chosen_stage(self, name: str) -> str:
        """Return a stage of the guide: the one named, else the first."""
        stages = [reference.id for reference in self.content.settings.stages]
        if not stages:
            message = "This guide has no stages yet, and a topic belongs to one."
            raise Fault(Span("guide.yml"), "missing-key", message, "List them under `stages` in docs/guide.yml.")
        return known("stage", name, stages) if name else stages[0]

    def chosen_scope(self, name: str, others: Iterable[str] = ()) -> str:
        """Return a scope of the guide: the one named, else what most of the others have (of equals the later)."""
        scopes = [scope.id for scope in self.content.settings.scopes]
        counts = Counter(others)
        usual = max(scopes, key=lambda scope: (counts[scope], scopes.index(scope))) if counts else scopes[0]
        return known("scope", name, scopes) if name else usual

    def topic(self, name: str) -> Topic:
        """Return the topic of that name."""
        topics = {topic.slug: topic for topic in self.content.topics}
        return topics[known("topic", name, topics)]


def known(kind: str, name: str, names: Iterable[str]) -> str:
    """Return the name where it is one of these. Raises `Fault` with the nearest of them where it is not."""
    names = list(names)
    if name in names:
        return name
    raise Fault(Span(""), "unknown-name", f'There is no {kind} "{name}".', did_you_mean(name, names))


def said(text: str, what: str) -> str:
    """Return a text of the command line on one line. Raises `Fault` where nothing is left of it."""
    line = " ".join(text.encode("utf-8", "replace").decode().split())
    if not line:
        raise Fault(Span(""), "bad-value", f"{what} is empty.", "Put it in quotation marks after the command.")
    return line


def front_matter(title: str, rows: Iterable[tuple[str, str, object]]) -> str:
    """Return front matter: the title, then each key with its value below its remark."""
    lines = ["---", f"# {FREE_REMARK}", f"title: {inline(title)}"]
    for remark, key, value in rows:
        lines += [f"# {line}" for line in textwrap.wrap(remark, WIDTH)]
        lines.append(f"{key}: {inline(value)}")
    return "\n".join([*lines, "---\n"])


def refuse_double(title: str, titles: Mapping[str, str], what: str) -> None:
    """Raise `Fault` where one of the titles, given with their paths, says the same."""
    for one, path in titles.items():
        if normalised(one) == normalised(title) != "":
            raise Fault(Span(path), "double-id", f"There is {what} of this title already: docs/{path}.")

"""Links that leave the site: where they stand in the content, and what an answer to them means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .diagnostics import Diagnostic, Severity
from .model import Span

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\]}]+")
OWN = ("site_url:", "repo_url:")
FAILED = 400  # and above
UNWILLING = {401, 403, 405, 429, 451, 503}  # what a host that is there says to a machine it does not want


@dataclass(frozen=True)
class Link:
    """An address outside the site (without its fragment, which no server sees), and where it stands."""

    address: str
    span: Span


@dataclass(frozen=True)
class Answer:
    """What came of asking: a status (0 where there was no answer), its reason in words, and where it is for good."""

    status: int = 0
    reason: str = ""
    moved: str = ""


def find(texts: Mapping[str, str]) -> Iterator[Link]:
    """Find every outside link in the texts, given by path; the project's own addresses in mkdocs.yml are none."""
    for path, text in sorted(texts.items()):
        for number, line in enumerate(text.splitlines(), start=1):
            for match in _ADDRESS.finditer("" if line.startswith(OWN) else line):
                address = _without_what_follows(match[0]).partition("#")[0]
                yield Link(address, Span(path, number, match.start() + 1))


def _without_what_follows(text: str) -> str:
    """Take off the bracket that closes a Markdown link, and the stops that end a sentence."""
    depth = 0
    for position, sign in enumerate(text):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth < 0:
            return text[:position]
    return text.rstrip(".,;:!?")


def judge(link: Link, answer: Answer) -> Diagnostic | None:
    """Say what is wrong with a link that got this answer, or nothing."""
    said = f"answers {answer.status} {answer.reason}".rstrip() if answer.status else f"cannot be asked: {answer.reason}"
    said = f"{link.address} {said}."
    if answer.status in UNWILLING:
        hint = "Its host may answer no machine. Open it in a browser."
        return Diagnostic.at(link.span, "unsure-link", said, hint, Severity.WARNING)
    if not answer.status or answer.status >= FAILED:
        return Diagnostic.at(link.span, "dead-link", said, "Find where it is now, or take it out.")
    if answer.moved:
        hint = f"Its host sends everybody to {answer.moved} for good."
        return Diagnostic.at(link.span, "moved-link", f"{link.address} has moved.", hint, Severity.WARNING)
    return None

"""The sample sentences of `commonground new`, which wait for somebody's own words."""

from __future__ import annotations

from collections.abc import Mapping

from .diagnostics import Diagnostic, Severity
from .model import Span
from .revising import line_digest

SUMMARY = "Say in one sentence what this page helps with."
OPENING = "Say in two or three short sentences who this page is for, and where they may be now."
CLOSING = "Say what to do when it is hard, or take this line out."
LEAD = "Say in one short sentence what to do."
WHY = "Then say why, or how."
ANSWER = "Answer in one short paragraph, in your own words."
WHEN = "Say in one sentence when to use this list."
SECTION = "What this part of the article is about"
LINES = {  # as many as a list should have at least
    "first-line": "Say one thing to check, short enough to read at a glance.",
    "second-line": "Say the next thing, one on each line.",
    "third-line": "Say a thing that is easily forgotten.",
    "fourth-line": "Say a thing that has to come before the next.",
    "fifth-line": "Say a thing that somebody else should know.",
    "sixth-line": "Say what shows that it is time to stop.",
    "last-line": "Say the last thing, and then stop.",
}
SAMPLES = (SUMMARY, OPENING, CLOSING, LEAD, WHY, ANSWER, WHEN, SECTION, *LINES.values())
SAMPLE_LINES = tuple(line_digest(name, text) for name, text in LINES.items())


def unfinished(texts: Mapping[str, str]) -> list[Diagnostic]:
    """Find the sample words that nobody has replaced yet, in texts by their paths."""
    found = []
    for path, text in texts.items():
        for number, line in enumerate(text.split("\n"), start=1):
            if sample := next((one for one in SAMPLES if one in line), ""):
                message = f'This is still a sample sentence of `commonground new`: "{sample}"'
                span = Span(path, number, line.index(sample) + 1)
                hint = "Put your own words in its place."
                found.append(Diagnostic.at(span, "sample-text", message, hint, Severity.WARNING))
    return found

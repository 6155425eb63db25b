"""Exceptions that a writer makes from a word rule, for a line or a file, each with its reason.

In Markdown they stand at the end of a line, `<!-- allow absolute: the law says always -->`; in YAML, front matter
included, as `# allow absolute: the law says always`. `allow-in-file` holds for the whole file. Nothing of them reaches
a page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from .diagnostics import Diagnostic, Fix, Severity, did_you_mean
from .model import Span

_WORDS = r"[ \t]*allow(?P<wide>-in-file)?[ \t]+(?P<code>[a-z0-9-]+)(?:[ \t]*:[ \t]*(?P<reason>[^\n]*?))?[ \t]*"
_IN_YAML = re.compile(rf"(?:^|[ \t]+)#{_WORDS}$", re.MULTILINE)
_IN_MARKDOWN = re.compile(rf"[ \t]*<!--{_WORDS}-->[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Suppression:
    """One exception: the rule's code, the reason, the lines it holds for, and where and how it is written."""

    code: str
    reason: str
    lines: range
    span: Span
    written: str

    def holds_for(self, finding: Diagnostic) -> bool:
        """Whether the finding is what this makes an exception of."""
        return self.code == finding.code and finding.line in self.lines and bool(self.reason)


def without(body: str) -> str:
    """Return a Markdown body without the exceptions in it. Every row stays where it was."""
    return _IN_MARKDOWN.sub("", body) if "<!--" in body else body


def find(text: str, path: str) -> Iterator[Suppression]:
    """Find the exceptions in a file. One that stands alone holds for what follows: a line of YAML, or a paragraph."""
    rows = text.split("\n")
    start = _body(rows) if path.endswith(".md") else len(rows)
    for row, line in enumerate(rows):
        match = (_IN_YAML if row < start else _IN_MARKDOWN).search(line)
        if match:
            lines = range(1, len(rows) + 1) if match["wide"] else _covered(rows, row, match.start(), row >= start)
            yield Suppression(
                match["code"], match["reason"] or "", lines, Span(path, row + 1, match.start() + 1), match[0]
            )


def _body(rows: list[str]) -> int:
    """The row at which the body of a Markdown file starts."""
    ends = (row for row, line in enumerate(rows) if row and line.strip() == "---")
    return next(ends, 0) + 1 if rows[0].strip() == "---" else 0


def _covered(rows: list[str], row: int, start: int, is_markdown: bool) -> range:
    if rows[row][:start].strip():
        return range(row + 1, row + 2)
    end = row + 1
    while is_markdown and end < len(rows) and rows[end].strip():
        end += 1
    return range(row + 2, max(end, row + 2) + 1)


def apply(
    findings: Iterable[Diagnostic], texts: Mapping[str, str], codes: Collection[str], kept_safe: Mapping[str, str]
) -> list[Diagnostic]:
    """Leave out the findings that an exception holds for, and find the exceptions that are not right or not needed.

    `texts` are the files by path; `codes` are the rules from which an exception may be made, and `kept_safe` those from
    which none may, since they keep readers safe, each with what to do instead.
    """
    made: dict[str, list[Suppression]] = defaultdict(list)
    for path, text in texts.items():
        if "allow" in text:
            made[path] = list(find(text, path))
    used: set[Suppression] = set()
    kept: list[Diagnostic] = []
    for finding in findings:
        holding = [one for one in made.get(finding.path, ()) if one.holds_for(finding) and one.code in codes]
        used.update(holding)
        kept += [] if holding else [finding]
    every = (one for found in made.values() for one in found)
    return sorted([*kept, *(_judged(one, codes, kept_safe) for one in every if one not in used)])


def _judged(one: Suppression, codes: Collection[str], kept_safe: Mapping[str, str]) -> Diagnostic:
    if one.code in kept_safe:
        message = f'No exception can be made from "{one.code}": it keeps readers safe.'
        return Diagnostic.at(one.span, "bad-exception", message, kept_safe[one.code])
    if one.code not in codes:
        message = f'No exception can be made from "{one.code}".'
        hint = did_you_mean(one.code, codes) or "Word rules can be excepted; `commonground check --list` has them all."
        return Diagnostic.at(one.span, "bad-exception", message, hint)
    if not one.reason:
        message = f'The exception from "{one.code}" gives no reason.'
        return Diagnostic.at(one.span, "bad-exception", message, f"Write: allow {one.code}: and why, in a few words.")
    return Diagnostic(
        *(one.span.path, one.span.line, one.span.column, "unused-exception"),
        message=f'Nothing here needs the exception from "{one.code}".',
        hint="Take it out.",
        severity=Severity.WARNING,
        length=len(one.written),
        fix=Fix(one.written, ""),
    )

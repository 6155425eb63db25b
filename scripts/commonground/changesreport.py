"""The changes to a guide as text, as JSON, and as a comment for a pull request."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from .changecounts import Row, counts
from .changesections import Entry, Report, Said, Section, sections
from .marking import SHORT, code, compared, difference, shown
from .repeating import Duplicate

MARKER = "<!-- commonground changes -->"  # by which a workflow finds its comment again
NOTHING = "Nothing changes for readers."
LISTED = 15  # entries of a section
ROOM = 50_000  # bytes for the sections of a comment; GitHub takes 65,536 characters in all
HEAD: Row = ("", "before", "now", "added", "removed", "changed")


def as_data(report: Report) -> dict[str, Any]:
    """Return all of it as what JSON can hold, nothing cut."""
    data = {
        "against": report.against,
        "counts": {row[0]: dict(zip(HEAD[1:], row[1:], strict=True)) for row in counts(report)},
        **{name: value for name, value in asdict(report.changes).items() if name != "new_points"},
        "look_twice_code": report.code,
        "duplicates": None if report.duplicates is None else list(map(_duplicate, report.duplicates)),
        "unfit": [asdict(one) for one in report.unfit],
        "errors": {"before": [asdict(one) for one in report.before.errors]},
        "missing": [" ".join(one.words) for one in report.missing],
    }
    data["errors"]["now"] = [asdict(one) for one in report.after.errors]
    return data


def _duplicate(one: Duplicate) -> dict[str, Any]:
    return {**asdict(one), "same": one.same, "new": one.new}


def as_json(report: Report) -> str:
    """Return all of it as JSON."""
    return json.dumps(as_data(report), ensure_ascii=False, indent=2)


def as_text(report: Report) -> str:
    """Return it for a terminal."""
    table = [HEAD, *counts(report)]
    wide = [max(len(row[place]) for row in table) for place in range(len(HEAD))]
    rows = [
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, wide, strict=True))
        ).rstrip()
        for row in table
    ]
    blocks = ["\n".join(rows), *map(_text_section, sections(report))]
    return "\n\n".join([f"Against {shown(report.against)}:", *blocks, *_nothing(report)])


def _nothing(report: Report) -> list[str]:
    told = report.before.pages and report.after.pages and report.changes.nothing
    return [NOTHING] if told else []


def _text_section(section: Section) -> str:
    return "\n".join([f"{section.title} ({len(section.entries)})", *map(_text_entry, section.entries)])


def _text_entry(entry: Entry) -> str:
    texts = [f"    {row}" for row in compared(entry.before, entry.after)]
    below = [f"    {_text_words(words)}" for words in entry.below]
    return "\n".join([f"  {_text_words(entry.words)}", *below, *texts])


def _text_words(words: Sequence[str]) -> str:
    return _joined([shown(word, SHORT).replace("\n", " ") if isinstance(word, Said) else word for word in words])


def _joined(words: Sequence[str]) -> str:
    return " ".join(filter(None, words))


def as_markdown(report: Report) -> str:
    """Return it as one short comment, in which no text of the content makes a link, mention, picture or element."""
    table = [f"| {' | '.join(row)} |" for row in (HEAD, ("---",) * len(HEAD), *counts(report))]
    blocks = [MARKER, "## What this changes", f"Against {code(report.against)}:", "\n".join(table), *_nothing(report)]
    return "\n\n".join([*blocks, *_within(ROOM, sections(report))]) + "\n"


def _within(room: int, parts: Sequence[Section]) -> Iterator[str]:
    """The sections, as long as there is room for them."""
    for number, section in enumerate(parts):
        text = _section(section)
        room -= len(text.encode())
        if room < 0:
            names = ", ".join(one.title for one in parts[number:])
            yield f"There is no room here for: {names}. `make changes` prints all of it."
            return
        yield text


def _section(section: Section) -> str:
    more = len(section.entries) - LISTED
    entries = ("\n\n" if section.folded else "\n").join(
        _entry(one, folded=section.folded) for one in section.entries[:LISTED]
    )
    rest = f"\n\nand {more} more" if more > 0 else ""
    title = f"{section.title} ({len(section.entries)})"
    if section.folded:
        return f"<details><summary>{title}</summary>\n\n{entries}{rest}\n\n</details>"
    return f"### {title}\n\n{entries}{rest}"


def _entry(entry: Entry, *, folded: bool) -> str:
    words = _words(entry.words)
    if folded:
        return f"{words}\n\n{difference(entry.before, entry.after)}"
    return "\n".join([f"- {words}", *(f"  - {_words(one)}" for one in entry.below)])


def _words(words: Sequence[str]) -> str:
    return _joined([code(word) if isinstance(word, Said) else word for word in words])

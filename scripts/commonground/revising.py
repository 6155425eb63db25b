"""Revisions of checklists: what tells one from another, and how much has changed since a sheet was printed.

Whoever holds a sheet of paper can ask its page whether it still holds. The build reads no clock: `revise` writes the
day, and the page knows every revision that was ever written down.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from hashlib import sha256

from .model import Checklist, Content, Revision

FILE = "revisions.yml"
HEAD = "# Written by `commonground revise`: the revisions of each checklist, the newest last.\n"


def current(checklist: Checklist, date: str) -> Revision:
    """Return the checklist's revision as it is now, made on that day (YYYY-MM-DD).

    Its number tells its whole text from any other (the first 32 bits of SHA-256), its lines the same of each line to
    tick (24 bits), so that lines can be compared long after their words are gone.
    """
    around = [checklist.title, checklist.when, checklist.scope, checklist.foot]
    whole = "\n".join([*around, *(f"{item.group} {item.id} {item.text}" for item in checklist.items)])
    return Revision(date, _digest(whole, 8), tuple(line_digest(item.id, item.text) for item in checklist.items))


def _digest(text: str, length: int) -> str:
    return sha256(text.encode()).hexdigest()[:length]


def newest(content: Content, checklist: Checklist) -> Revision | None:
    """Return the newest revision that is written down, where it is the checklist as it is."""
    known = content.revisions.get(checklist.slug, ())
    return known[-1] if known and known[-1].content == current(checklist, "").content else None


def unrevised(content: Content) -> list[Checklist]:
    """Return the checklists that have changed since their last revision, in a guide that writes revisions down."""
    return [one for one in content.checklists if not newest(content, one)] if content.revisions else []


def changed_lines(old: Revision, new: Revision) -> int:
    """How many lines to tick are other than they were: reworded, new or gone."""
    before, after = Counter(old.lines), Counter(new.lines)
    return max((before - after).total(), (after - before).total())


def revised(content: Content, date: str, samples: Collection[tuple[str, ...]] = ()) -> dict[str, tuple[Revision, ...]]:
    """Return all revisions, with one of that day for each checklist that has changed since its last.

    `samples` are the lines of lists that nobody has written yet: a new revision takes the place of theirs.
    """
    every = dict(content.revisions)
    for checklist in content.checklists:
        if not newest(content, checklist):
            before = (one for one in every.get(checklist.slug, ()) if one.lines not in samples)
            every[checklist.slug] = (*before, current(checklist, date))
    return every


def line_digest(name: str, text: str) -> str:
    """What tells a line to tick from others: its id and its words."""
    return _digest(f"{name} {text}", 6)


def as_yaml(revisions: Mapping[str, tuple[Revision, ...]], before: str = "") -> str:
    """Return the revisions as the file holds them: names, dates and hexadecimal, which need no care in YAML.

    The remarks that the file `before` opens with stay: an editor may be told there what it holds.
    """
    rows = [(remarks[0] if (remarks := re.match(r"(?:#.*\n)+", before)) else HEAD)]
    for slug, entries in sorted(revisions.items()):
        rows.append(f"{slug}:\n")
        for one in entries:
            lines = " ".join(one.lines)
            rows.append(f'  - {{date: "{one.date}", content: "{one.content}", lines: "{lines}"}}\n')
    return "".join(rows)

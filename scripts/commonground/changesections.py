"""What a reviewer should see of the changes to a guide, in order: sections with their entries.

A text that the content chose is `Said`; everything else is our own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from .addresses import address_of
from .changes import Changes, Named, NewSource, State
from .diagnostics import Diagnostic, counted
from .joining import Pair, Piece, Regrouped
from .pagechanges import PageChange
from .repeating import Duplicate


class Said(str):
    """Words that the content chose, and that nothing may obey."""

    __slots__ = ()


@dataclass(frozen=True)
class Weight:
    """What a whole site weighs and takes: seconds of its build, bytes in all, and of its heaviest page, gzipped."""

    seconds: float
    size: int
    heaviest: str
    heaviest_size: int


@dataclass(frozen=True)
class Entry:
    """A line of a section, with lines below it, or with texts that differ: what they were and are."""

    words: tuple[str, ...]
    before: str = ""
    after: str = ""
    below: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Report:
    """Everything that is told. `code` are the changed files that run or rule, seen from the project.

    `duplicates` is None where nothing could look for them; `missing` says why, and what else is not there.
    """

    against: str
    before: State
    after: State
    changes: Changes
    code: tuple[str, ...] = ()
    duplicates: tuple[Duplicate, ...] | None = ()
    unfit: tuple[Diagnostic, ...] = ()
    weights: tuple[Weight, Weight] | None = None
    missing: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Section:
    """What belongs together. `folded` ones are shown when asked for."""

    title: str
    entries: tuple[Entry, ...]
    folded: bool = False


def sections(report: Report) -> list[Section]:
    """Every section that has something to say."""
    changes, advice = report.changes, report.changes.advice
    every = [
        Section("What cannot be built", tuple(_unbuilt(report))),
        Section("Look twice", tuple(_look_twice(report))),
        Section("Look twice: swapped or bound to a condition", tuple(_conditions(changes)), folded=True),
        Section("Checklists that need a hand", tuple(_paper(report))),
        Section("Sources", tuple(_sources(changes))),
        Section("Likely duplicates of what the guide already says", tuple(_duplicates(report))),
        Section("Advice added", tuple(map(_piece, advice.added))),
        Section("Advice removed", tuple(map(_piece, advice.removed))),
        Section("Advice reworded", tuple(map(_reworded, advice.reworded)), folded=True),
        Section("Advice merged", tuple(_regrouped(one, "joined by", "from") for one in advice.merged)),
        Section("Advice split", tuple(_regrouped(one, "left by", "to") for one in advice.split)),
        Section("Advice moved to another topic", tuple(map(_moved, advice.moved))),
        *_short("Questions", changes.questions),
        *_short("Tensions", changes.tensions),
        *_short("Lines of checklists", changes.lines),
        Section("Pages", tuple(_pages(changes))),
        Section("What nobody looked at", report.missing),
    ]
    return [section for section in every if section.entries]


def _unbuilt(report: Report) -> Iterator[Entry]:
    for state, where in ((report.before, f"what stands at {report.against}"), (report.after, "this change")):
        if not state.files:
            yield Entry(("There are no files in docs/ in", Said(where), "to build a guide from."))
        elif state.errors:
            reads = "Its advice is compared, but not its pages." if state.readable else "Nothing of it is compared."
            number = counted(len(state.errors), "error")
            yield Entry(("In", Said(where), f"there {'is' if len(state.errors) == 1 else 'are'} {number}. {reads}"))
            yield from (Entry((Said(_told(one)),)) for one in state.errors)


def _told(finding: Diagnostic) -> str:
    return f"{finding.path}:{finding.line}:{finding.column} {finding.code} {finding.message}"


def _look_twice(report: Report) -> Iterator[Entry]:
    for name in report.changes.look_twice:
        yield Entry((Said(name), "keeps readers safe."))
    for name in report.code:
        yield Entry((Said(name), "is code or rules."))
    for pair, before, after in report.changes.advice.rescoped:
        yield Entry((Said(pair.after.id), "is for another time:", Said(before), "before,", Said(after), "now."))


def _conditions(changes: Changes) -> Iterator[Entry]:
    return (Entry((Said(one.id), "", Said(one.what)), one.before, one.after) for one in changes.conditions)


def _paper(report: Report) -> Iterator[Entry]:
    for one in report.unfit:
        yield Entry((Said(one.path), Said(one.message)))
    for path in report.changes.unrevised:
        yield Entry((Said(path), "changed without a revision. To write it down:", Said("commonground revise")))


def _sources(changes: Changes) -> Iterator[Entry]:
    for one in changes.sources_added:
        yield Entry((Said(one.id), Said(one.title), f"added: {_fates(one)}."))
    for gone in changes.sources_removed:
        yield Entry((Said(gone.id), Said(gone.before), "removed."))


def _fates(source: NewSource) -> str:
    if source.draft:
        return "a draft, which the site leaves out"
    words = f"{counted(source.new, 'point')} new, {source.joined} joined, {source.undecided} undecided"
    return f"{words}, {source.swapped} left out" if source.swapped else words


def _duplicates(report: Report) -> Iterator[Entry]:
    for _, every in groupby(report.duplicates or (), key=lambda one: one.id):
        first, *others = every
        so = "is said to be new, and looks like:" if first.decided else "looks like:"
        below: list[tuple[str, ...]] = [
            (Said(one.like), Said(one.like_text), f"({one.score:.2f}). The same?", Said(one.same))
            for one in (first, *others)
        ]
        below += [] if first.decided else [("None of them?", Said(first.new))]
        yield Entry((Said(first.id), Said(first.text), so), below=tuple(below))


def _piece(piece: Piece) -> Entry:
    return Entry((Said(piece.id), Said(piece.text), "on", Said(_address(piece.topic))))


def _address(topic: str) -> str:
    return address_of(f"guide/{topic}.md")


def _reworded(pair: Pair) -> Entry:
    renamed = ("before", Said(pair.before.id)) if pair.before.id != pair.after.id else ()
    return Entry(
        (Said(pair.after.id), *renamed, "on", Said(_address(pair.after.topic))), pair.before.text, pair.after.text
    )


def _regrouped(one: Regrouped, verb: str, way: str) -> Entry:
    sides = [word for point, elsewhere in one.points for word in _side(point, elsewhere, way)]
    return Entry((Said(one.piece.id), Said(one.piece.text), verb, *sides))


def _side(point: str, elsewhere: str, way: str) -> Iterator[str]:
    """The point, and the piece that prints it on the other side where that is not its own."""
    yield Said(point)
    if not elsewhere:
        yield "(new)" if way == "from" else "(prints nowhere)"
    elif elsewhere != point:
        yield from (way, Said(elsewhere))


def _moved(pair: Pair) -> Entry:
    before, after = Said(_address(pair.before.topic)), Said(_address(pair.after.topic))
    return Entry((Said(pair.after.id), Said(pair.after.text), "from", before, "to", after))


def _short(title: str, named: Iterable[Named]) -> Iterator[Section]:
    named = tuple(named)
    came = [Entry((Said(one.id), "added:", Said(one.after))) for one in named if not one.before]
    went = [Entry((Said(one.id), "removed:", Said(one.before))) for one in named if not one.after]
    changed = [Entry((Said(one.id),), one.before, one.after) for one in named if one.before and one.after]
    yield Section(title, (*came, *went))
    yield Section(f"{title} reworded", tuple(changed), folded=True)


def _pages(changes: Changes) -> Iterator[Entry]:
    yield from (Entry((Said(address_of(path)), "is new.")) for path in changes.pages_added)
    yield from (Entry((Said(address_of(path)), "is gone.")) for path in changes.pages_removed)
    yield from (_edited(one) for one in changes.pages_changed if one.edited)
    followers = [one for one in changes.pages_changed if not one.edited]
    if followers:
        names = tuple(word for one in followers[:FOLLOWERS] for word in (Said(address_of(one.path)),))
        more = (f"and {len(followers) - FOLLOWERS} more",) if len(followers) > FOLLOWERS else ()
        only = "page only follows" if len(followers) == 1 else "pages only follow"
        yield Entry((f"{len(followers)} {only} what changed elsewhere:", *names, *more))


FOLLOWERS = 15


def _edited(page: PageChange) -> Entry:
    amount = f"{counted(page.more, 'word')} more, {page.fewer} fewer" if page.more or page.fewer else "another order"
    named = [Said(name) for name in page.headings if name]
    more = [f"and {len(named) - HEADINGS} more"] if len(named) > HEADINGS else []
    opening = ["and its opening" if named else "its opening"] if "" in page.headings else []
    return Entry((Said(address_of(page.path)), f"{amount}, in", *named[:HEADINGS], *more, *opening))


HEADINGS = 4

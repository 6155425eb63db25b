"""The changes to a guide in figures: what there was and is, and how much of it came, went and changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .changes import Changes, Named, State
from .changesections import Report
from .joining import Joined

Row = tuple[str, str, str, str, str, str]


def counts(report: Report) -> list[Row]:
    """The table: what there was and is, and how much of it came, went and changed."""
    changes = report.changes
    came = {
        "Pages": _page_counts(changes),
        "Pieces of advice": _advice_counts(changes.advice),
        "Sources": (sum(not one.draft for one in changes.sources_added), len(changes.sources_removed), 0),
        "Questions": _tally(changes.questions),
        "Tensions": _tally(changes.tensions),
        "Lines to tick": _tally(changes.lines),
    }
    before, after = (_sizes(state) for state in (report.before, report.after))
    rows = [_row(name, before[name], after[name], came[name]) for name in came]
    return [*rows, *_weights(report)]


def _row(name: str, before: str, after: str, came: tuple[int, int, int]) -> Row:
    added, removed, changed = (str(number) if number else "" for number in came)
    return (name, before, after, added, removed, changed)


def _sizes(state: State) -> dict[str, str]:
    """How much there is of everything; a question mark where nothing could be built or read."""
    content = state.guide.content
    sizes = {
        "Pieces of advice": len(state.guide.advice),
        "Sources": len(content.sources),
        "Questions": len(content.questions),
        "Tensions": len(content.tensions),
        "Lines to tick": sum(len(one.items) for one in content.checklists),
    }
    known = {name: str(size) if state.readable else "?" for name, size in sizes.items()}
    return {"Pages": str(len(state.pages)) if state.pages else "?", **known}


def _advice_counts(advice: Joined) -> tuple[int, int, int]:
    changed = {pair.after.id for pair in (*advice.reworded, *advice.moved)}
    return len(advice.added), len(advice.removed), len(changed)


def _page_counts(changes: Changes) -> tuple[int, int, int]:
    return len(changes.pages_added), len(changes.pages_removed), len(changes.pages_changed)


def _tally(named: Sequence[Named]) -> tuple[int, int, int]:
    added, removed = sum(not one.before for one in named), sum(not one.after for one in named)
    return added, removed, len(named) - added - removed


def _weights(report: Report) -> Iterator[Row]:
    if report.before.pages and report.after.pages:
        yield _weighed("Finished Markdown, KB", report.before.size / 1000, report.after.size / 1000)
    if report.weights:
        before, after = report.weights
        yield _weighed("Whole site, KB", before.size / 1000, after.size / 1000)
        yield _weighed("Heaviest page, KB gzipped", before.heaviest_size / 1000, after.heaviest_size / 1000)
        yield _weighed("Build, seconds, best of two", before.seconds, after.seconds, noise=NOISE)


def _weighed(name: str, before: float, after: float, noise: float = 0) -> Row:
    """A figure, and by how much it changed: not where that is within the noise, a share of it."""
    change = f"{after - before:+.1f}"
    told = float(change) and abs(after - before) > noise * before
    return (name, f"{before:.1f}", f"{after:.1f}", "", "", change if told else "")


NOISE = 0.25  # the same site, built again and again on a busy machine, differed by up to a fifth

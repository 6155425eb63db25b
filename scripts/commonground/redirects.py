"""What has moved: where an old address leads, what can be wrong with redirects.yml, and which promises are broken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from .addresses import Place, published
from .diagnostics import Diagnostic, Severity, did_you_mean
from .model import Guide, Span
from .ruling import rule

RECORD = "addresses.txt"  # beside docs/: nobody writes it by hand
_ADDRESS = re.compile(r"(?:\./|(?:[\w-]+/)+)(?:#[\w-]+)?", re.ASCII)
_HEAD = """\
# Every address this guide has had: pages, and what has an id in them. None may disappear without a line in
# docs/redirects.yml. `commonground addresses --write` adds the new ones; an address is taken out by hand alone.
"""
SHOWN = 5  # of the new addresses, by name


class Moves:
    """Follows the redirects of one guide."""

    def __init__(self, guide: Guide) -> None:
        self.places: Mapping[str, Place] = published(guide)
        self._moves = {move.old: move.new for move in guide.content.redirects}

    def step(self, address: str) -> str:
        """Return where the redirects send this address, or nothing where none names it or its page."""
        page, sign, anchor = address.partition("#")
        if address in self._moves or page not in self._moves:
            return self._moves.get(address, "")
        moved = self._moves[page]  # a page takes along what stands in it, unless it moved into one place of another
        return moved if "#" in moved else moved + sign + anchor

    def way(self, address: str) -> list[str]:
        """Return the address and those it leads to, one after the other, up to one that is there or not known.

        A circle ends with the address that stands in it twice.
        """
        way = [address]
        while way[-1] not in self.places and (following := self.step(way[-1])):
            way.append(following)
            if following in way[:-1]:
                break
        return way

    def end(self, address: str) -> Place | None:
        """Return the place that the address leads to at last, or None."""
        return self.places.get(self.way(address)[-1])


@rule("not-moved")
def not_moved(guide: Guide) -> Iterator[Diagnostic]:
    """What is still there has not moved. Bad: `guide/boxes/: guide/pack/` beside guide/boxes.md. Good: it is gone."""
    there = {address.casefold(): address for address in published(guide)}
    for move in guide.content.redirects:
        if found := there.get(move.old.casefold()):
            message = f'"{found}" is still part of the guide, so nobody would be sent on.'
            yield Diagnostic.at(move.span, "not-moved", message, "Take this line out, or what stands there.")


@rule("moved-to-nowhere")
def moved_to_nowhere(guide: Guide) -> Iterator[Diagnostic]:
    """A redirect ends at a place of the guide. Bad: `guide/old/: guide/pakc/`. Good: `guide/old/: guide/pack/`."""
    moves = Moves(guide)
    for move in guide.content.redirects:
        *_, last = moves.way(move.new)
        if last in moves.places or moves.step(last):
            continue  # it arrives, or goes round in a circle, which is a finding of its own
        via = "" if last == move.new else f', where "{move.new}" leads'
        message = f'There is no address "{last}"{via}.'
        yield Diagnostic.at(move.target, "moved-to-nowhere", message, did_you_mean(last, moves.places))


@rule("moved-in-a-circle")
def moved_in_a_circle(guide: Guide) -> Iterator[Diagnostic]:
    """Redirects arrive. Bad: `guide/a/: guide/b/` and `guide/b/: guide/a/`. Good: one of them."""
    moves = Moves(guide)
    for move in guide.content.redirects:
        way = moves.way(move.new)
        if way[-1] not in moves.places and moves.step(way[-1]):
            message = f'"{move.old}" goes round in a circle: {" → ".join(way)}.'
            yield Diagnostic.at(move.span, "moved-in-a-circle", message, "Name where the text is now.")


@rule("half-moved")
def half_moved(guide: Guide) -> Iterator[Diagnostic]:
    """A place moves from a page that is there, or has moved too. Bad: `old/#m1: new/#m1` alone. Good: `old/: new/`."""
    moves = Moves(guide)
    pages = {move.old for move in guide.content.redirects if "#" not in move.old} | moves.places.keys()
    for move in guide.content.redirects:
        page, sign, _ = move.old.partition("#")
        if sign and page not in pages:
            message = f'There is no page "{page}" that could send anybody on.'
            hint = f'Add a line for the page itself, such as "{page}: {move.new.partition("#")[0]}".'
            yield Diagnostic.at(move.span, "half-moved", message, hint)


@rule("one-address")
def one_address(guide: Guide) -> Iterator[Diagnostic]:
    """Two pages cannot share an address. Bad: `Old/: a/` and `old/: b/`. Good: one of them."""
    first: dict[str, str] = {}
    for move in guide.content.redirects:
        known = first.setdefault(move.old.casefold(), move.old)
        if known != move.old:
            message = f'"{move.old}" differs from "{known}" in capitals alone.'
            yield Diagnostic.at(move.span, "one-address", message, "Keep one: many servers see no difference.")


def compare(record: str, guide: Guide) -> list[Diagnostic]:
    """Compare the recorded addresses with those of the guide: what was lost is an error, what is new a warning."""
    moves = Moves(guide)
    lines = dict(_recorded(record))
    findings = [_unreadable(number) for number, address in lines.items() if not _ADDRESS.fullmatch(address)]
    known = {address: number for number, address in lines.items() if _ADDRESS.fullmatch(address)}
    lost = {address for address in known if not moves.end(address)}
    for address in lost:
        page, sign, _ = address.partition("#")
        if not (sign and page in lost):  # a lost page speaks for all that stood in it
            findings.append(_lost(address, known, moves.places))
    if new := [address for address in sorted(moves.places) if address not in known]:
        findings.append(_new(new))
    return sorted(findings)


def record(before: str, guide: Guide) -> str:
    """Return the record with the guide's addresses added. Nothing that was recorded leaves it."""
    known = {address for _, address in _recorded(before) if _ADDRESS.fullmatch(address)}
    return _HEAD + "".join(f"{address}\n" for address in sorted(known | published(guide).keys()))


def _recorded(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.strip()


def _unreadable(number: int) -> Diagnostic:
    hint = "`commonground addresses --write` writes the record anew and loses nothing, even after a merge conflict."
    return Diagnostic.at(Span(RECORD, number), "bad-record", "This line is no address.", hint)


def _lost(address: str, known: Mapping[str, int], places: Collection[str]) -> Diagnostic:
    message = f'"{address}" was published, and now nothing stands there.'
    line = f"{address}: {_nearest(address, known, places) or 'guide/where-it-is-now/'}"
    hint = f'Add the line "{line}" to docs/redirects.yml (or where else it went), or put it back.'
    return Diagnostic.at(Span(RECORD, known[address]), "lost-address", message, hint)


def _nearest(address: str, known: Collection[str], places: Collection[str]) -> str:
    """Return where it most likely went: to where its id is now, where most of what it held is now, a like name."""
    page, sign, anchor = address.partition("#")
    if sign:
        here = page.partition("/")[0]
        same = [one for one in places if one.endswith(f"#{anchor.removeprefix('left-out-')}")]
        return min(same, key=lambda one: (not one.startswith(here), one), default=page if page in places else "")
    held = {one.partition("#")[2] for one in known if one.startswith(f"{address}#")}
    now = Counter(one.partition("#")[0] for one in sorted(places) if one.partition("#")[2] in held)
    own = [one for one in now if one.partition("/")[0] == address.partition("/")[0]] or list(now)
    if held and own:
        return max(own, key=lambda one: now[one])
    pages = [one for one in sorted(places) if "#" not in one]
    return next(iter(get_close_matches(address, pages, n=1, cutoff=0.5)), "")


def _new(new: list[str]) -> Diagnostic:
    more = f" and {len(new) - SHOWN} more" if len(new) > SHOWN else ""
    message = f"Not recorded yet: {', '.join(new[:SHOWN])}{more}."
    hint = "Before they are published: commonground addresses --write"
    return Diagnostic.at(Span(RECORD), "unrecorded-address", message, hint, Severity.WARNING)

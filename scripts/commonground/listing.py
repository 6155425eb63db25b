"""How proposals are told: as lines for a terminal, as Markdown to discuss in a pull request, as JSON for tools."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from textwrap import shorten, wrap
from typing import Any

from .mdtext import plain
from .model import Point, mark_order
from .proposing import Candidate, Piece, Proposal, between_decided

WIDTH = 80  # columns of any terminal
LENGTHS = (65, 130, 195, 260, 390, 10_000)  # letters of a candidate on a screen: as many as leave room for all
FEW_WORDS = 6  # shared words that are named
INDENT = " " * 4
DECIDED = "Between what is decided"


def listed(proposals: Sequence[Proposal], form: str) -> str:
    """Return what is undecided, and what is decided and may be the same, as `text`, `markdown` or `json`."""
    points = [one for one in proposals if not one.piece.decided]
    groups = between_decided(proposals)
    if form == "json":
        data = {"points": [_as_data(one) for one in points], "decided": [_as_data(one) for one in groups]}
        return json.dumps(data, ensure_ascii=False, indent=2)
    told = _markdown if form == "markdown" else in_full
    heading = f"## {DECIDED}" if form == "markdown" else f"{DECIDED}\n{'-' * len(DECIDED)}"
    parts = ["\n".join(told(one)) for one in points]
    parts += [heading, *("\n".join(told(one)) for one in groups)] if groups else []
    return "\n\n".join(parts) or "Everything is decided."


def _as_data(proposal: Proposal) -> dict[str, Any]:
    piece = proposal.piece
    point = {"mark": piece.members[0].mark} if not piece.is_group else {}
    candidates = [
        _piece_as_data(one.piece)
        | {"score": one.score, "shared": one.shared, "same_heading": one.same_heading, "contradicts": one.contradicts}
        for one in proposal.candidates
    ]
    return _piece_as_data(piece) | point | {"candidates": candidates}


def _piece_as_data(piece: Piece) -> dict[str, Any]:
    members = [point.id for point in piece.members]
    return {"id": piece.id, "lead": piece.lead, "body": piece.body, "topic": piece.topic, "members": members}


def _markdown(proposal: Proposal) -> Iterator[str]:
    piece = proposal.piece
    yield f"- **{piece.lead}** {piece.body} (`{piece.id}`, {_origin(piece)})"
    for one in proposal.candidates:
        yield f"    - [ ] {one.id} {one.score:.2f}  {one.piece.text} [{_members(one.piece)}] ({_reasons(one)})"
    yield "    - [ ] " + ("none of these" if piece.decided else "new")


def in_full(proposal: Proposal) -> Iterator[str]:
    """Return the proposal with every word of its pieces and of their members."""
    yield from _wrapped(f"{proposal.piece.id}  ", plain(proposal.piece.text))
    yield from _own_words(proposal.piece)
    for number, one in enumerate(proposal.candidates, start=1):
        yield from _wrapped(f" {number}  ", f"{one.id} {one.score:.2f}  {plain(one.piece.text)}")
        yield from _wrapped(INDENT, _reasons(one))
        yield from _own_words(one.piece)


def _own_words(piece: Piece) -> Iterator[str]:
    """What a group's members say themselves; a point has said it, and tells where."""
    if not piece.is_group:
        yield from _wrapped(INDENT, _origin(piece))
        return
    for point in piece.members:
        yield from _wrapped(
            f"{INDENT}| ", f"{point.id}  {plain(point.text)} (article {point.mark}, under {_heading(point)})"
        )


def on_a_screen(proposal: Proposal, width: int, rows: int) -> list[str]:
    """Return the proposal in so many rows, or in as few as it can be told in.

    What speaks for and against a candidate stands in one row; where there is little room, words are cut, those of the
    likeliest last.
    """
    head = [
        *_wrapped(f"{proposal.piece.id}  ", plain(proposal.piece.text), width),
        *_wrapped(INDENT, f"{_origin(proposal.piece)}", width),
        "" if proposal.candidates else f"{INDENT}Nothing is like it.",
    ]
    told: list[list[str]] = [[] for _ in proposal.candidates]
    for length in LENGTHS:
        for at, one in enumerate(proposal.candidates):
            longer = list(_candidate(at + 1, one, width, length))
            if length == LENGTHS[0] or len(head) + sum(map(len, told)) - len(told[at]) + len(longer) <= rows:
                told[at] = longer
    return [*head, *chain.from_iterable(told)]


def _candidate(number: int, one: Candidate, width: int, length: int) -> Iterator[str]:
    yield from _wrapped(f" {number}  ", shorten(plain(one.piece.text), length, placeholder=" ..."), width)
    against = f", {_against(one)}" if _against(one) else ""
    told = f"{one.id} {one.score:.2f}{against}, {_standing(one.piece)}; {_speaks_for(one)}"
    yield f"{INDENT}{shorten(told, width - len(INDENT), placeholder=' ...')}"


def _wrapped(first: str, text: str, width: int = WIDTH) -> list[str]:
    return wrap(text, width, initial_indent=first, subsequent_indent=" " * len(first))


def _origin(piece: Piece) -> str:
    return _standing(piece) if piece.is_group else f"{_standing(piece)}, under {_heading(piece.members[0])}"


def _standing(piece: Piece) -> str:
    """What it is, and which articles say it."""
    marks = ", ".join(sorted({point.mark for point in piece.members}, key=mark_order))
    state = f"group of {len(piece.members)}" if piece.is_group else "alone" if piece.decided else "undecided"
    return f"{state}, article {marks}"


def _heading(point: Point) -> str:
    return f'"{point.question or point.section}"'


def _members(piece: Piece) -> str:
    return ", ".join(point.id for point in piece.members)


def _reasons(one: Candidate) -> str:
    return f"{_against(one)}; {_speaks_for(one)}" if _against(one) else _speaks_for(one)


def _against(one: Candidate) -> str:
    if one.parted:
        return f"RULED OUT ({one.parted})"
    return f"MAY CONTRADICT ({one.contradicts})" if one.contradicts else ""


def _speaks_for(one: Candidate) -> str:
    told = ["same heading"] if one.same_heading else []
    told += [f"shares {', '.join(one.shared[:FEW_WORDS])}"] if one.shared else []
    return "; ".join(told) or "no word in common"

"""Which wording prints where two pieces of advice become one: the question, and the decision that comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from . import deciding, terminal
from .deciding import Wording, worded
from .desk import Decision
from .model import Span
from .proposing import Piece
from .schemas import validate
from .yamltext import Document


def joining(piece: Piece, other: Piece) -> Decision | None:
    """Return how the two become one, or nothing where the editor turns back.

    A group's wording stands when a point joins it. Of two groups one goes, and of two points the editor may write the
    wording anew.
    """
    if piece.is_group != other.is_group:
        return partial(deciding.same, name=piece.id, other=other.id)
    pieces = sorted((piece, other), key=lambda one: -len(one.members))
    rows = [f" {number}  {one.text} ({one.id})" for number, one in enumerate(pieces, start=1)]
    own = [] if piece.is_group else [" w  write it yourself"]
    terminal.say("\n".join(["\nWhich wording prints?", *rows, *own, " Any other key: back."]))
    pressed = terminal.key()
    number = terminal.number(pressed, len(pieces))
    if piece.is_group:
        kept, gone = pieces if number == 1 else pieces[::-1]
        return partial(deciding.joined, kept=kept.id, gone=gone.id) if number else None
    wording = worded(pieces[number - 1].members[0]) if number else _written(pieces) if pressed == "w" else None
    return partial(deciding.same, name=piece.id, other=other.id, wording=wording) if wording else None


def _written(pieces: Sequence[Piece]) -> Wording:
    first, second = (worded(piece.members[0]) for piece in pieces)
    lead, body = rewritten(first.lead, first.body)
    either = f"Topic ({first.topic} or {second.topic})"
    topic = first.topic if first.topic == second.topic else terminal.typed(either, first.topic)
    return Wording(topic, lead, body)


def rewritten(lead: str, body: str) -> tuple[str, str]:
    """Return a lead and a body as the editor writes them, beginning with what there is."""
    return _lead(lead), terminal.typed("Body", body)


def _lead(given: str) -> str:
    """Ask until the lead is one, so that nobody types a wording twice."""
    while True:
        given = terminal.typed("Lead", given)
        fault = next(validate(Document(given, {(): Span(deciding.MERGES)}), "lead"), None)
        if not fault:
            return given
        terminal.say(fault.hint)

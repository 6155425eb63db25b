"""Two pieces of advice that pull two ways, as an entry of tensions.yml for an editor to finish."""

from __future__ import annotations

from .deciding import free
from .model import Content
from .proposing import Piece
from .yamlediting import inline

WHEN = ("say here when the first holds", "say here when the second holds")  # what only a person knows


def entry(content: Content, one: Piece, other: Piece) -> str:
    """Return an entry that holds all but the cases: it fits the schema as it stands, and wants its `when` written."""
    topics = list(dict.fromkeys((one.topic, other.topic)))
    rows = [
        f"- id: {name(content)}",
        f"  title: {inline(f'{_short(one)}, or {_short(other).lower()}')}",
        f"  topics: {inline(topics)}",
        "  sides:",
        *(row for piece in (one, other) for row in _side(piece)),
        "  when:",
        *(row for piece, when in zip((one, other), WHEN, strict=True) for row in _case(piece, when)),
    ]
    return "\n".join(rows)


def name(content: Content) -> str:
    """The first free id of a tension."""
    return free({tension.id for tension in content.tensions}, "t", 1)


def _short(piece: Piece) -> str:
    return piece.lead.rstrip(".?")


def _side(piece: Piece) -> tuple[str, str]:
    points = [point.id for point in piece.members]
    return f"    - says: {inline(piece.lead)}", f"      points: {inline(points)}"


def _case(piece: Piece, when: str) -> tuple[str, str]:
    return f"    - if: {inline(when)}", f"      then: {inline(piece.lead)}"

"""Two pieces of advice that pull two ways, as an entry of tensions.yml for an editor to finish."""

from __future__ import annotations

from .deciding import free, named
from .model import Content
from .proposing import Piece, piece
from .verdicts import Verdicts
from .yamlediting import inline

WHEN = ("say here when the first holds", "say here when the second holds")  # what only a person knows


def entry(content: Content, one: Piece, other: Piece) -> str:
    """Return an entry that holds all but the cases: it fits the schema as it stands, and wants its `when` written."""
    topics = list(dict.fromkeys((one.topic, other.topic)))
    rows = [
        f"- id: {name(content)}",
        f"  title: {inline(f'{_short(one)}, or {_short(other)[0].lower()}{_short(other)[1:]}')}",
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


def between(content: Content, name: str, other: str) -> str:
    """Return what `to_paste` does, of two that are named. Raises `Fault` where there is no such point or group."""
    one, two = (named(Verdicts(content), one) for one in (name, other))
    return to_paste(content, piece(content, one), piece(content, two))


def to_paste(content: Content, one: Piece, other: Piece) -> str:
    """Return the entry, below what to do with it."""
    topics = dict.fromkeys((one.topic, other.topic))
    pages = " and ".join(f"docs/guide/{topic}.md" for topic in topics)
    todo = f"# For docs/tensions.yml, its `when` still to be written.\n# Add {name(content)} to `tensions` in {pages}."
    return f"{todo}\n{entry(content, one, other)}"


def _short(piece: Piece) -> str:
    return piece.lead.rstrip(".?")


def _side(piece: Piece) -> tuple[str, str]:
    points = [point.id for point in piece.members]
    return f"    - says: {inline(piece.lead)}", f"      points: {inline(points)}"


def _case(piece: Piece, when: str) -> tuple[str, str]:
    return f"    - if: {inline(when)}", f"      then: {inline(piece.lead)}"

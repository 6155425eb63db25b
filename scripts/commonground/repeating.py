"""Which new points repeat what the guide says already. It proposes, and nobody but a person decides."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Content
from .proposing import NEAR, Neighbours, propose

CANDIDATES = 3  # for each new point: the right group is among the three likeliest for three in four (tests/eval)
BESIDE = 0.1  # how far the score of another one to look at may lie below the likeliest


@dataclass(frozen=True)
class Duplicate:
    """A point that was not there, and the piece of advice that says much the same; `score` is from 0 to 1."""

    id: str
    text: str
    like: str
    like_text: str
    score: float
    decided: bool

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands that settle it."""
        same = f"commonground review --same {self.id} {self.like}"
        return (same,) if self.decided else (same, f"commonground review --new {self.id}")


def duplicates(content: Content, near: Neighbours, points: frozenset[str]) -> list[Duplicate]:
    """Return which of the points look like something else that the guide says, the likest first.

    Those that somebody said are new are among them where no decision keeps the two apart.
    """
    found: dict[frozenset[str], Duplicate] = {}
    for proposal in propose(content, near):
        piece = proposal.piece
        best = max((one.score for one in proposal.candidates), default=0.0)
        for other in proposal.candidates[:CANDIDATES] if piece.id in points and best >= NEAR else ():
            if other.score >= best - BESIDE:
                one = Duplicate(piece.id, piece.text, other.id, other.piece.text, other.score, piece.decided)
                found.setdefault(frozenset((one.id, one.like)), one)
    likest = {one.id: one.score for one in sorted(found.values(), key=lambda one: one.score)}
    return sorted(found.values(), key=lambda one: (-likest[one.id], one.id, -one.score, one.like))

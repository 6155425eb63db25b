"""Which new points repeat what the guide says already. It proposes, and nobody but a person decides."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Content
from .pairs import Likeness
from .proposing import propose

# From this score on a point is shown. Of 156 points of two guides that people had put into groups, each tried as if it
# were new, 65 were shown with the right group among its three likeliest, and half of all that was shown was right. From
# 0.4 on, where `check --duplicates` warns, it were 34, and no more of them right: a reviewer can see what is wrong.
LIKELY = 0.3
CANDIDATES = 3
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
    def same(self) -> str:
        """The command that says they are the same."""
        return f"commonground review --same {self.id} {self.like}"

    @property
    def new(self) -> str:
        """The command that says it is neither this nor anything else."""
        return f"commonground review --new {self.id}"


def duplicates(content: Content, near: Likeness, points: frozenset[str]) -> list[Duplicate]:
    """Return which of the points look like something else that the guide says, the likest first.

    Those that somebody said are new are among them where no decision keeps the two apart.
    """
    found: dict[frozenset[str], Duplicate] = {}
    for proposal in propose(content, near):
        piece = proposal.piece
        best = max((one.score for one in proposal.candidates), default=0.0)
        for other in proposal.candidates[:CANDIDATES] if piece.id in points and best >= LIKELY else ():
            if other.score >= best - BESIDE:
                one = Duplicate(piece.id, piece.text, other.id, other.piece.text, other.score, piece.decided)
                found.setdefault(frozenset((one.id, one.like)), one)
    likest = {one.id: one.score for one in sorted(found.values(), key=lambda one: one.score)}
    return sorted(found.values(), key=lambda one: (-likest[one.id], one.id, -one.score, one.like))

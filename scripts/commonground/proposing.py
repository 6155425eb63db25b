"""What an editor has yet to decide, and what a machine proposes. It ranks, and nobody but a person decides."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from . import asking
from .asking import Screen
from .diagnostics import Diagnostic, Severity
from .languages import FUNCTION_WORDS
from .mdtext import normalised
from .model import GUIDE_MARK, Content, Point
from .opposites import opposite
from .similarity import Encoder, Statement
from .stemming import spoken, stem
from .verdicts import Verdicts

NEIGHBOURS = 40  # points looked at for each: enough to find the best five groups among them
NEAR = 0.4  # from this score on `check --duplicates` warns: six in ten of such pairs were the same advice (tests/eval)

Neighbours = Mapping[str, Sequence[tuple[str, float]]]


@dataclass(frozen=True)
class Piece:
    """A group with the wording it prints, or a point that is in none; `decided` where somebody said that it is new."""

    id: str
    topic: str
    lead: str
    body: str
    members: tuple[Point, ...]
    decided: bool

    @property
    def text(self) -> str:
        """Lead and body as one line."""
        return f"{self.lead} {self.body}".strip()

    @property
    def is_group(self) -> bool:
        """Whether it is a group of merges.yml."""
        return self.members[0].id != self.id


@dataclass(frozen=True)
class Candidate:
    """A piece that may say the same, with what speaks for and against.

    `score` is that of the two most similar members, from 0 to 1; `worth` says how soon to ask, and `contradicts` why
    it may be the opposite.
    """

    piece: Piece
    score: float
    worth: float
    shared: tuple[str, ...]
    same_heading: bool
    contradicts: str

    @property
    def id(self) -> str:
        """The id of the group or the point."""
        return self.piece.id


@dataclass(frozen=True)
class Proposal:
    """Somebody's question: is this piece the same as one of these, of which the first deserve the first look?"""

    piece: Piece
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Pause:
    """What a sitting put off: points and groups, and twos of pieces; and which piece it dwells on."""

    later: frozenset[str] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()
    stay: str = ""


def undecided(content: Content) -> list[Point]:
    """The points of articles that nobody has decided about, in the order of their sources."""
    verdicts = Verdicts(content)
    decided = verdicts.alone | verdicts.group_of.keys()
    return [point for point in content.points if _is_open(point) and point.id not in decided]


def _is_open(point: Point) -> bool:
    return point.use != "swap" and point.mark != GUIDE_MARK


def neighbours(content: Content, encoder: Encoder, of: Collection[str] | None = None) -> Neighbours:
    """The most similar points of each (or of these only), with scores: what no decision changes."""
    points = sorted(filter(_is_open, content.points), key=lambda point: point.id)
    queries = [position for position, point in enumerate(points) if of is None or point.id in of]
    statements = [Statement(point.id, point.text, point.question or point.section, point.mark) for point in points]
    near = encoder.nearest(statements, queries, NEIGHBOURS)
    return {
        points[query].id: [(points[other].id, score) for other, score in found]
        for query, found in zip(queries, near, strict=True)
    }


def propose(content: Content, near: Neighbours, limit: int = 5) -> list[Proposal]:
    """Propose candidates for each undecided point, and for what is decided where that is worth it; the best first.

    What was decided to be different, from any member of either, is not proposed again. The result depends on the
    points and the decisions alone, and on the order of neither.
    """
    return list(agenda(content, near, limit).proposals())


def agenda(content: Content, near: Neighbours, limit: int = 5, pause: Pause | None = None) -> Agenda:
    """Return what `propose` does, each proposal made only when it is wanted, without what a sitting put off."""
    table = _Table(content, near)
    pause = pause or Pause()
    questions = asking.order(table.near, table.verdicts.group_of, table.verdicts.not_asked | pause.apart)
    sizes = {name: len(group.members) for name, group in table.verdicts.groups.items()}
    open_ones = {point.id for point in undecided(content)}
    screens = asking.screens(questions, open_ones, sizes, limit, later=pause.later, stay=pause.stay)
    return Agenda(table, screens, open_ones)


def piece(content: Content, name: str) -> Piece:
    """Return a group or a point by its id."""
    return _Table(content, {}).piece(name)


def find(content: Content, near: Neighbours, proposal: Proposal, words: str, limit: int = 5) -> Proposal:
    """Propose for the same piece whatever has this id or holds all these words, in any form; the likeliest first."""
    table = _Table(content, near)
    own, wanted = proposal.piece.id, {stem(word) for word in spoken(words)}
    names = {table.verdicts.piece(point.id) for point in content.points if _is_open(point)}
    names -= {own, *table.verdicts.ruled_out(own)}
    found = [name for name in names if name == words.strip() or (wanted and wanted <= table.stems(name))]
    candidates = [table.candidate(own, name) for name in found]
    candidates.sort(key=lambda one: (-one.score, one.id))
    return Proposal(proposal.piece, tuple(candidates[:limit]))


def between_decided(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Those about what is decided already, without what is asked elsewhere: each two once."""
    seen: set[frozenset[str]] = set()
    found = []
    for one in proposals:
        worthy = [other for other in one.candidates if other.piece.decided and other.worth >= asking.FLOOR]
        fresh = [other for other in worthy if one.piece.decided and frozenset((one.piece.id, other.id)) not in seen]
        seen |= {frozenset((one.piece.id, other.id)) for other in fresh}
        found += [Proposal(one.piece, tuple(fresh))] if fresh else []
    return found


@dataclass(frozen=True)
class Agenda:
    """What is left to ask, in order."""

    table: _Table
    screens: Sequence[Screen]
    open_ones: Collection[str]

    @property
    def undecided(self) -> int:
        """How many of them are about points that nobody decided about."""
        return sum(screen.subject in self.open_ones for screen in self.screens)

    def proposals(self) -> Iterator[Proposal]:
        """Every proposal, the best first."""
        return map(self.table.proposal, self.screens)


class _Table:
    """Everything that a proposal is told from."""

    def __init__(self, content: Content, near: Neighbours) -> None:
        self.verdicts = Verdicts(content)
        self.points = {point.id: point for point in content.points}
        self.near = {
            name: [(other, score) for other, score in others if other in self.points]
            for name, others in near.items()
            if name in self.points  # in a sitting, the files may change
        }
        self.scores = {frozenset((one, other)): score for one, row in self.near.items() for other, score in row}

    def proposal(self, screen: Screen) -> Proposal:
        subject = screen.subject
        candidates = (self.candidate(subject, ask.beside(subject), ask.worth) for ask in screen.questions)
        return Proposal(self.piece(subject), tuple(candidates))

    def piece(self, name: str) -> Piece:
        members = tuple(self.points[one] for one in self.verdicts.members(name) if one in self.points)
        if name in self.verdicts.groups:
            group = self.verdicts.groups[name]
            return Piece(name, group.topic, group.lead, group.body, members, decided=True)
        (point,) = members
        return Piece(name, point.topic, point.lead, point.body, members, name in self.verdicts.alone)

    def stems(self, name: str) -> set[str]:
        piece = self.piece(name)
        return {stem(word) for text in (piece.text, *(one.text for one in piece.members)) for word in spoken(text)}

    def candidate(self, name: str, beside: str, worth: float = 0.0) -> Candidate:
        own, other = self.piece(name), self.piece(beside)
        one, nearest = min(product(own.members, other.members), key=self.unlikeness)
        said, compared = f"{own.text} {one.text}", f"{other.text} {nearest.text}"
        return Candidate(
            piece=other,
            score=self.score(one, nearest),
            worth=worth,
            shared=_shared(said, compared),
            same_heading=normalised(one.section) == normalised(nearest.section),
            contradicts=opposite(one.text, nearest.text),
        )

    def score(self, one: Point, other: Point) -> float:
        return self.scores.get(frozenset((one.id, other.id)), 0.0)

    def unlikeness(self, pair: tuple[Point, Point]) -> tuple[float, str, str]:
        return (-self.score(*pair), pair[0].id, pair[1].id)


def _shared(one: str, other: str) -> tuple[str, ...]:
    """The words that tell something and stand in both texts in some form, as the first text has them first."""
    theirs = {stem(word) for word in spoken(other)}
    forms: dict[str, str] = {}
    for word in spoken(one):
        if word not in FUNCTION_WORDS and stem(word) in theirs:
            forms.setdefault(stem(word), word)
    return tuple(forms.values())


def warnings(proposals: Sequence[Proposal]) -> list[Diagnostic]:
    """Warn of each undecided point whose best candidate is so near that somebody should look."""
    return [
        Diagnostic.at(
            one.piece.members[0].span,
            "possible-duplicate",
            f'"{one.piece.id}" may say the same as "{near.id}" ({near.score:.2f}): {near.piece.lead}',
            f"Settle it: commonground review --same {one.piece.id} {near.id}, or --new {one.piece.id}",
            Severity.WARNING,
        )
        for one in proposals
        for near in one.candidates[:1]
        if near.score >= NEAR and not one.piece.decided
    ]

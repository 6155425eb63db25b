"""What an editor has yet to decide, and what a machine proposes. It ranks, and nobody but a person decides."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from . import asking
from .asking import Questions, Screen
from .diagnostics import Diagnostic, Severity
from .languages import FUNCTION_WORDS
from .mdtext import normalised
from .model import GUIDE_MARK, Content, Point
from .opposites import opposite
from .pairs import Likeness
from .similarity import Encoder, Statement
from .stemming import spoken, stem
from .verdicts import Verdicts

NEIGHBOURS = 40  # points looked at for each: enough to find the best five groups among them
NEAR = 0.4  # from this score on `check --duplicates` warns: six in ten of such pairs were the same advice (tests/eval)


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece that may say the same as another one, with what speaks for and against.

    `nearest` is the two of their members that are most similar, the other one's first, and `score` how similar they
    are, from 0 to 1. `worth` says how soon to ask. `tension` is the id of one on whose sides they stand, and `parted`
    the place of a decision that they are different.
    """

    beside: Piece
    piece: Piece
    nearest: tuple[Point, Point]
    score: float
    worth: float
    tension: str = ""
    parted: str = ""

    @property
    def shared(self) -> tuple[str, ...]:
        """The words that tell something and stand in both in some form, as the other piece has them first."""
        said, compared = (
            _forms(f"{piece.text} {point.text}")
            for piece, point in zip((self.beside, self.piece), self.nearest, strict=True)
        )
        return tuple(form for stem, form in said.items() if stem in compared)

    @property
    def same_heading(self) -> bool:
        """Whether the two stand below the same heading."""
        one, other = self.nearest
        return normalised(one.section) == normalised(other.section)

    @property
    def contradicts(self) -> str:
        """Why they may be the opposite, as their nearest members or what they print say it, or nothing."""
        one, other = self.nearest
        if self.tension:
            return f"two sides of tension {self.tension}"
        return opposite(one.text, other.text) or opposite(self.beside.text, self.piece.text)

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


def neighbours(content: Content, encoder: Encoder, of: Collection[str] | None = None) -> Likeness:
    """How alike each point (or these only) and its most similar others are: what no decision changes."""
    points = sorted(filter(_is_open, content.points), key=lambda point: point.id)
    queries = [position for position, point in enumerate(points) if of is None or point.id in of]
    statements = [Statement(point.id, point.text, point.question or point.section, point.mark) for point in points]
    return Likeness.of([point.id for point in points], encoder.nearest(statements, queries, NEIGHBOURS))


def propose(content: Content, near: Likeness, limit: int = 5) -> list[Proposal]:
    """Propose candidates for each undecided point, and for what is decided where that is worth it; the best first.

    What was decided to be different, from any member of either, is not proposed again. The result depends on the
    points and the decisions alone, and on the order of neither.
    """
    return list(agenda(content, near, limit).proposals())


def agenda(content: Content, near: Likeness, limit: int = 5, pause: Pause | None = None) -> Agenda:
    """Return what `propose` does, each proposal made only when it is wanted, without what a sitting put off."""
    table = _Table(content, near)
    pause = pause or Pause()
    verdicts = table.verdicts
    questions = asking.order(table.near, verdicts.group_of, verdicts.not_asked | pause.apart)
    sizes = {name: len(group.members) for name, group in verdicts.groups.items()}
    open_ones = {point.id for point in undecided(content)}
    subjects = asking.subjects(questions, open_ones, sizes, later=pause.later, stay=pause.stay)
    return Agenda(table, questions, subjects, limit, open_ones)


def piece(content: Content, name: str) -> Piece:
    """Return a group or a point by its id."""
    return _Pieces(content).piece(name)


def find(content: Content, near: Likeness, proposal: Proposal, words: str, limit: int = 5) -> Proposal:
    """Propose for the same piece what has this id, or holds most of these words in any form; the likeliest first.

    What was decided to be different is found too, where nothing else is.
    """
    table = _Table(content, near)
    own, wanted = proposal.piece.id, {stem(word) for word in spoken(words)}
    names = {table.verdicts.piece(point.id) for point in content.points if _is_open(point)} - {own}
    if words.strip() in names:
        return Proposal(proposal.piece, (table.found(own, words.strip()),))
    held = {name: len(wanted & _stems(table.piece(name))) for name in names}
    for among in (names - table.verdicts.ruled_out(own), names):
        most = max([1, *(held[name] for name in among)])
        candidates = [table.found(own, name) for name in among if held[name] == most]
        if candidates:
            break
    candidates.sort(key=lambda one: (-one.score, one.id))
    return Proposal(proposal.piece, tuple(candidates[:limit]))


def _stems(said: Piece) -> set[str]:
    return {stem(word) for text in (said.text, *(one.text for one in said.members)) for word in spoken(text)}


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
    """What is left to ask: whom about, in order, and what at most of each."""

    table: _Table
    questions: Questions
    subjects: Sequence[str]
    limit: int
    open_ones: Collection[str]

    @property
    def undecided(self) -> list[str]:
        """Those that nobody decided about."""
        return [name for name in self.subjects if name in self.open_ones]

    def proposals(self) -> Iterator[Proposal]:
        """Every proposal, the best first."""
        return (self.table.proposal(self.questions.screen(name, self.limit)) for name in self.subjects)


class _Pieces:
    """The groups and the points that are in none, by name."""

    def __init__(self, content: Content) -> None:
        self.verdicts = Verdicts(content)
        self.points = {point.id: point for point in content.points}
        self._made: dict[str, Piece] = {}

    def piece(self, name: str) -> Piece:
        return self._made.get(name) or self._made.setdefault(name, self._make(name))

    def _make(self, name: str) -> Piece:
        members = tuple(self.points[one] for one in self.verdicts.members(name) if one in self.points)
        if name in self.verdicts.groups:
            group = self.verdicts.groups[name]
            return Piece(name, group.topic, group.lead, group.body, members, decided=True)
        (point,) = members
        return Piece(name, point.topic, point.lead, point.body, members, name in self.verdicts.alone)


class _Table(_Pieces):
    """Everything that a proposal is told from."""

    def __init__(self, content: Content, near: Likeness) -> None:
        super().__init__(content)
        self.near = near

    def proposal(self, screen: Screen) -> Proposal:
        subject = screen.subject
        candidates = (self.candidate(subject, ask.beside(subject), ask.worth) for ask in screen.questions)
        return Proposal(self.piece(subject), tuple(candidates))

    def candidate(self, name: str, beside: str, worth: float = 0.0) -> Candidate:
        own, other = self.piece(name), self.piece(beside)
        unlikeness, one, nearest = min(
            ((-self.near.score(one.id, two.id), one, two) for one, two in product(own.members, other.members)),
            key=lambda found: (found[0], found[1].id, found[2].id),
        )
        twos = (frozenset((mine.id, its.id)) for mine, its in product(own.members, other.members))
        tension = next((self.verdicts.tensions[two] for two in twos if two in self.verdicts.tensions), "")
        return Candidate(own, other, (one, nearest), -unlikeness, worth, tension)

    def found(self, name: str, beside: str) -> Candidate:
        """A candidate that was looked for, and may have been ruled out."""
        parting = self.verdicts.parting(self.verdicts.members(name), self.verdicts.members(beside))
        return replace(
            self.candidate(name, beside), parted=f"{parting.span.path}, line {parting.span.line}" if parting else ""
        )


@lru_cache(maxsize=10_000)  # each text is compared with several
def _forms(text: str) -> dict[str, str]:
    """The words that tell something: the first form of each, by its stem, in the order of the text."""
    forms: dict[str, str] = {}
    for word in spoken(text):
        if word not in FUNCTION_WORDS:
            forms.setdefault(stem(word), word)
    return forms


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

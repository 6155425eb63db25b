"""Which questions to ask a reviewer, and in which order, from what an engine finds alike."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

# Chosen on labelled sentences and on the guide's own points; tests/eval/review.json says what they are worth.
WEARY = 0.9  # what each "different" per statement takes from the worth of asking about a group again
GAIN = 0.1  # how much more it is worth to join many pairs with one answer
FLOOR = 0.08  # of two that are decided already, what is worth less than this is not asked
STAY = 0.8  # what was just joined is asked about first while its best question is worth so much of the best of all


def rank_groups(nearest: Iterable[tuple[str, float]], group_of: Mapping[str, str]) -> list[tuple[str, float]]:
    """Return the groups of similar statements with scores, best first, ties by name.

    A group scores as its best member: one good likeness is enough to ask. An ungrouped statement is its own group.
    """
    best: dict[str, float] = {}
    for name, score in nearest:
        group = group_of.get(name, name)
        best[group] = max(score, best.get(group, 0.0))
    return sorted(best.items(), key=lambda item: (-item[1], item[0]))


@dataclass(frozen=True)
class Question:
    """Are these two the same advice? Each is a group, or a statement in none; `pairs` is what a yes would join.

    `score` is that of the two most similar members; `worth` says how soon to ask.
    """

    one: str
    other: str
    score: float
    pairs: int
    worth: float

    def beside(self, name: str) -> str:
        """Return the one of the two that is not the named one."""
        return self.other if name == self.one else self.one


@dataclass(frozen=True)
class Screen:
    """What an editor sees at once: who it is about, and its questions of most worth, the likeliest first."""

    subject: str
    questions: tuple[Question, ...]

    @property
    def worth(self) -> float:
        """The worth of the best question; nothing where there is none."""
        return max((ask.worth for ask in self.questions), default=0.0)


def screens(  # noqa: PLR0913  # what is known, and how much of it to show
    questions: Sequence[Question],
    undecided: Collection[str],
    sizes: Mapping[str, int],
    limit: int,
    *,
    later: Collection[str] = (),
    stay: str = "",
) -> list[Screen]:
    """Gather ordered questions by whom they are about, in the order in which to show them.

    Each undecided statement is shown once, though nothing be like it; who is decided already only while that is worth
    it. A question is about the undecided one of its two, then about the smaller group. `later` is who was put off,
    and `stay` who is shown first if it nearly deserves it: what one answer joined is still in mind.
    """
    about: dict[str, list[Question]] = {}
    for ask in questions:
        about.setdefault(ask.one, []).append(ask)
        about.setdefault(ask.other, []).append(ask)
    open_ones = set(undecided) - set(later)

    def subjects() -> Iterator[str]:
        for ask in questions:
            free = {ask.one, ask.other} - set(later)
            if free and (ask.worth >= FLOOR or free & open_ones):
                yield min(free, key=lambda name: (name not in open_ones, sizes.get(name, 1), name))

    found = [_screen(name, about, limit) for name in dict.fromkeys([*subjects(), *sorted(open_ones)])]
    staying = _screen(stay, about, limit)
    if found and stay not in later and staying.worth >= max(FLOOR, STAY * found[0].worth):
        return [staying, *(screen for screen in found if screen.subject != stay)]
    return found


def _screen(name: str, about: Mapping[str, Sequence[Question]], limit: int) -> Screen:
    shown = sorted(about.get(name, ())[:limit], key=lambda ask: (-ask.score, ask.beside(name)))
    return Screen(name, tuple(shown))


def order(
    nearest: Mapping[str, Iterable[tuple[str, float]]],
    group_of: Mapping[str, str],
    apart: Collection[frozenset[str]] = (),
) -> list[Question]:
    """Return what to ask, the most informative first; ask again after each answer, for an answer changes the order.

    `apart` holds the twos (statements or groups) that were decided to be different; the groups that they belong to
    are not asked about again. The order of what is given makes no difference: equal questions come by name.
    """
    sizes = Counter(group_of.values())
    ruled_out = {two for known in apart if len(two := frozenset(group_of.get(name, name) for name in known)) > 1}
    refused = Counter(name for two in ruled_out for name in two)
    likeness = _between_groups(nearest, group_of)
    questions = []
    for (one, other), scores in likeness.items():
        if frozenset((one, other)) not in ruled_out:
            own, theirs = sizes[one] or 1, sizes[other] or 1
            weariness = WEARY ** ((refused[one] + refused[other]) / (own + theirs))
            mean = math.fsum(scores) / (own * theirs)
            worth = (max(scores) + mean) / 2 * weariness * (own * theirs) ** GAIN
            questions.append(Question(one, other, max(scores), own * theirs, round(worth, 6)))
    return sorted(questions, key=lambda ask: (-ask.worth, -ask.score, ask.one, ask.other))


def _between_groups(
    nearest: Mapping[str, Iterable[tuple[str, float]]], group_of: Mapping[str, str]
) -> dict[tuple[str, str], list[float]]:
    """Return the known scores between the statements of each two groups."""
    pairs = {(min(name, other), max(name, other)): score for name, near in nearest.items() for other, score in near}
    between: dict[tuple[str, str], list[float]] = {}
    for (name, other), score in pairs.items():
        one, two = sorted((group_of.get(name, name), group_of.get(other, other)))
        if one != two:
            between.setdefault((one, two), []).append(score)
    return between

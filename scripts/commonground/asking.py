"""Which questions to ask a reviewer, and in which order, from what an engine finds alike.

numpy (extra `review`) is imported where it is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .pairs import MILLION, Likeness

if TYPE_CHECKING:
    from .pairs import Floats, Integers

# Chosen on labelled sentences and on the guide's own points; tests/eval/review.json says what they are worth.
WEARY = 0.9  # what each "different" per statement takes from the worth of asking about a group again
GAIN = 0.1  # how much more it is worth to join many pairs with one answer
FLOOR = 0.08  # of two that are decided already, what is worth less than this is not asked
STAY = 0.8  # what was just joined is asked about first while its best question is worth so much of the best of all


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


@dataclass(frozen=True)
class Questions:
    """All questions, the most informative first, as numbers.

    `ones` and `others` are places among the names of groups and statements, which ascend; scores and worths are
    millionths.
    """

    names: Sequence[str]
    ones: Integers
    others: Integers
    scores: Integers
    pairs: Integers
    worths: Integers

    def __len__(self) -> int:
        return len(self.ones)

    def __getitem__(self, rank: int) -> Question:
        one, other = self.names[self.ones[rank]], self.names[self.others[rank]]
        score, worth = int(self.scores[rank]) / MILLION, int(self.worths[rank]) / MILLION
        return Question(one, other, score, int(self.pairs[rank]), worth)

    def __iter__(self) -> Iterator[Question]:
        return map(self.__getitem__, range(len(self)))

    def screen(self, subject: str, limit: int) -> Screen:
        """Return the first questions about a statement or a group, so many at most."""
        ranks, starts = self._about
        place = self._place.get(subject)
        own = [] if place is None else ranks[starts[place] : starts[place + 1]][:limit].tolist()
        shown = sorted((self[rank] for rank in own), key=lambda ask: (-ask.score, ask.beside(subject)))
        return Screen(subject, tuple(shown))

    @cached_property
    def _place(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.names)}

    @cached_property
    def _about(self) -> tuple[Integers, Integers]:
        """The ranks of the questions about each name, one name after the other, and where each name's begin."""
        import numpy as np

        about = np.stack([self.ones, self.others], axis=1).ravel()
        order = np.argsort(about, kind="stable")
        return order // 2, np.searchsorted(about[order], np.arange(len(self.names) + 1))


def subjects(
    questions: Questions,
    undecided: Collection[str],
    sizes: Mapping[str, int],
    *,
    later: Collection[str] = (),
    stay: str = "",
) -> list[str]:
    """Return whom to show a screen about, in order, each once.

    Each undecided statement is shown, though nothing be like it; who is decided already only while that is worth it.
    A question is about the undecided one of its two, then about the smaller group. `later` is who was put off, and
    `stay` who is shown first if it nearly deserves it: what one answer joined is still in mind.
    """
    import numpy as np

    names, open_ones = questions.names, set(undecided) - set(later)
    is_open = np.array([name in open_ones for name in names], dtype=bool)
    is_free = np.array([name not in later for name in names], dtype=bool)
    size = np.array([sizes.get(name, 1) for name in names], dtype=np.int64)
    precedence = np.empty(len(names), dtype=np.int64)
    precedence[np.lexsort((size, ~is_open, ~is_free))] = np.arange(len(names))
    first = np.where(precedence[questions.ones] < precedence[questions.others], questions.ones, questions.others)
    worthy = is_free[first] & (is_open[first] | (questions.worths >= FLOOR * MILLION))
    asked, at = np.unique(first[worthy], return_index=True)
    found = list(dict.fromkeys([*(names[place] for place in asked[np.argsort(at)].tolist()), *sorted(open_ones)]))
    if found and stay not in later:
        due = questions.screen(found[0], 1).worth
        if questions.screen(stay, 1).worth >= max(FLOOR, STAY * due):
            return [stay, *(name for name in found if name != stay)]
    return found


def order(likeness: Likeness, group_of: Mapping[str, str], apart: Collection[frozenset[str]] = ()) -> Questions:
    """Return what to ask, the most informative first; ask again after each answer, for an answer changes the order.

    `apart` holds the twos (statements or groups) that were decided to be different; the groups that they belong to
    are not asked about again. Equal questions come by name.
    """
    import numpy as np

    pieces = [group_of.get(name, name) for name in likeness.names]
    names = sorted(set(pieces))
    place = {name: at for at, name in enumerate(names)}
    members = Counter(group_of.values())
    sizes = np.array([members[name] or 1 for name in names], dtype=np.int64)
    ruled_out = {two for known in apart if len(two := frozenset(group_of.get(name, name) for name in known)) > 1}
    refused = Counter(name for two in ruled_out for name in two)
    refusals = np.array([refused[name] for name in names], dtype=np.int64)
    shut = [sorted(place[name] for name in two) for two in ruled_out if place.keys() >= two]

    twos, best, sums = _between(likeness, np.array([place[name] for name in pieces], dtype=np.int64), len(names))
    asked = ~np.isin(twos, [one * len(names) + other for one, other in shut])
    best, sums = best[asked], sums[asked]
    ones, others = np.divmod(twos[asked], max(1, len(names)))
    pairs = sizes[ones] * sizes[others]
    tired = (refusals[ones] + refusals[others]) / (sizes[ones] + sizes[others])
    weights = _each(tired, lambda times: WEARY**times) * _each(pairs, lambda joined: joined**GAIN)
    worths = np.rint((best + sums / pairs) / 2 * weights).astype(np.int64)
    ranked = np.argsort(-(worths * (1 << 20) + best), kind="stable")
    return Questions(names, ones[ranked], others[ranked], best[ranked], pairs[ranked], worths[ranked])


def _between(likeness: Likeness, piece: Integers, count: int) -> tuple[Integers, Integers, Integers]:
    """Return every two pieces that have statements alike, as a number, with the best score and the sum of all.

    `piece` is that of each statement, of so many.
    """
    import numpy as np

    one, other = piece[likeness.ones], piece[likeness.others]
    apart = one != other
    twos = (np.minimum(one, other) * count + np.maximum(one, other))[apart]
    sorting = np.argsort(twos, kind="stable")
    twos, scores = twos[sorting], likeness.scores[apart][sorting]
    twos, starts = np.unique(twos, return_index=True)
    return twos, np.maximum.reduceat(scores, starts), np.add.reduceat(scores, starts)


def _each(values: Floats | Integers, function: Callable[[float], float]) -> Floats:
    """Apply a function to each number, in Python: numpy's powers differ from machine to machine in their last digit."""
    import numpy as np

    distinct, at = np.unique(values, return_inverse=True)
    return np.array([function(value) for value in distinct.tolist()])[at]

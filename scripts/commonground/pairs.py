"""Twos of statements and how alike these are, as numbers: a hundred thousand statements have millions of them.

numpy (extra `review`) is imported where it is used.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Floats = NDArray[np.float64]

MILLION = 1_000_000


@dataclass(frozen=True)
class Pairs:
    """What an engine finds: the positions of two statements, and how alike they are, from 0 to 1 and to 6 digits.

    `ones` is whom it was asked about: they ascend, and the pairs of each begin with the most alike.
    """

    ones: Integers
    others: Integers
    scores: Floats

    def of(self, one: int) -> list[tuple[int, float]]:
        """Return the others of one of them, with scores."""
        import numpy as np

        start, end = np.searchsorted(self.ones, [one, one + 1])
        return list(zip(self.others[start:end].tolist(), self.scores[start:end].tolist(), strict=True))


@dataclass(frozen=True)
class Likeness:
    """How alike named statements are: each two once, whichever of them the engine was asked about.

    `names` ascend. `ones` and `others` are places among them, every one before its other, in ascending order; `scores`
    are millionths, so that sums are exact.
    """

    names: Sequence[str]
    ones: Integers
    others: Integers
    scores: Integers

    @classmethod
    def of(cls, names: Sequence[str], pairs: Pairs) -> Likeness:
        """Take it from the pairs of statements that have these names."""
        import numpy as np

        twos = np.minimum(pairs.ones, pairs.others) * len(names) + np.maximum(pairs.ones, pairs.others)
        twos, first = np.unique(twos, return_index=True)
        scores = np.rint(pairs.scores[first] * MILLION).astype(np.int64)
        return cls(names, *np.divmod(twos, max(1, len(names))), scores)

    def score(self, one: str, other: str) -> float:
        """Return how alike two are; 0 where the engine did not say."""
        import numpy as np

        lower, upper = (bisect_left(self.names, name) for name in sorted((one, other)))
        if upper == len(self.names) or (self.names[lower], self.names[upper]) != tuple(sorted((one, other))):
            return 0.0
        wanted = lower * len(self.names) + upper
        at = int(np.searchsorted(self._twos, wanted))
        return int(self.scores[at]) / MILLION if at < len(self._twos) and self._twos[at] == wanted else 0.0

    @cached_property
    def _twos(self) -> Integers:
        return self.ones * len(self.names) + self.others

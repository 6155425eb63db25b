"""Sparse arithmetic whose results depend on nothing but the numbers: not on order, not on the machine.

Rows are vectors of length 1 at most, and their weights multiples of 2**-16: sums of products of two rows are exact.
numpy and scipy (extra `review`) are imported where they are used.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Floats = NDArray[np.float64]

EXACT = 65_536
BLOCK = 50  # rows whose pairs are looked at at a time


def spread(counts: Any) -> Integers:
    """In how many rows each term stands."""
    import numpy as np

    return np.bincount(counts.indices, minlength=counts.shape[1])


def rarity(spread: Any, size: int) -> Floats:
    """What a term weighs that stands in so many of all rows: the fewer, the more."""
    import numpy as np

    weights: Floats = np.log((1 + size) / (1 + np.minimum(spread, size))) + 1
    return weights


def weighted(rows: Any, weights: Any) -> Any:
    """Return rows whose terms count by weights."""
    result = rows.copy()
    result.data *= weights[rows.indices]
    return result


def unit(rows: Any) -> Any:
    """Return rows of length 1; an empty one stays empty."""
    import numpy as np

    result = rows.copy()
    result.data **= 2
    lengths = np.sqrt(result @ np.ones(rows.shape[1]))
    result.data = rows.data / np.repeat(np.where(lengths > 0, lengths, 1), np.diff(rows.indptr))
    return result


def exact(rows: Any) -> Any:
    """Round the weights so that no sum of products of two rows needs rounding."""
    import numpy as np

    rows = rows.tocsr()
    rows.data = np.round(rows.data * EXACT) / EXACT
    rows.eliminate_zeros()
    return rows


def dots(vectors: Any, ones: Integers, others: Integers) -> Floats:
    """Return the products of pairs of exact rows; the pairs of one row stand together."""
    import numpy as np

    found = np.empty(len(ones))
    one = np.zeros(vectors.shape[1])
    edges = np.concatenate([[0], np.flatnonzero(np.diff(ones)) + 1, [len(ones)]]) if len(ones) else np.zeros(1, int)
    for start in range(0, len(edges) - 1, BLOCK):
        groups = edges[start : start + BLOCK + 1]
        rows = vectors[others[groups[0] : groups[-1]]]
        for span in spans(groups):
            at = slice(*vectors.indptr[ones[span.start] :][:2])
            one[vectors.indices[at]] = vectors.data[at]
            ends = rows.indptr[span.start - groups[0] : span.stop - groups[0] + 1]
            found[span] = _products(rows, ends, one)
            one[vectors.indices[at]] = 0
    return found


def _products(rows: Any, ends: Any, one: Floats) -> Floats:
    """Return the products of some of the rows, which end there, with one."""
    import numpy as np

    entries = slice(ends[0], ends[-1])
    products = one.take(rows.indices[entries], mode="clip") * rows.data[entries]  # "raise" would look twice
    sums = np.add.reduceat(np.append(products, 0.0), ends[:-1] - ends[0])
    sums[ends[1:] == ends[:-1]] = 0  # an empty row
    return sums


def spans(ends: Any) -> list[slice]:
    """Return the places of each row's entries."""
    return [slice(start, end) for start, end in pairwise(ends.tolist())]


def best(ones: Integers, scores: Floats, count: int) -> Integers:
    """Return where the `count` highest scores of each row stand, best first; of equal scores the first.

    Scores count to 6 digits.
    """
    import numpy as np

    order = np.argsort(ones * (1 << 21) - np.rint(scores * 1e6).astype(np.int64), kind="stable")
    ranked = ones[order]
    return order[np.arange(len(order)) - np.searchsorted(ranked, ranked) < count]


def largest(columns: Any, values: Any, itself: int, count: int) -> Integers:
    """Return the columns of the largest values, other than the row's own; of equal values the first columns."""
    import numpy as np

    keys = (values * float(EXACT) ** 2).astype(np.int64) * (1 << 24) - columns
    own = columns == itself
    keys[own] = np.iinfo(np.int64).min
    found = min(count, len(keys) - int(own.sum()))
    return np.sort(columns[np.argpartition(keys, -found)[len(keys) - found :]]).astype(np.int64)

"""Which pieces of advice may say the same: the engine behind `review`. It proposes, and a person decides.

A statement is one vector of three parts: its words without their endings, the runs of letters in them, and the
topics it names; its heading counts in each. Two statements are alike as far as their vectors point the same way, and
as far as the words of their nearest neighbours in other articles do: what several articles say tells more than two
sentences. Weights are multiples of 2**-16, so that sums are exact: neither the order of statements nor the machine
changes a score.

numpy and scipy (extra `review`) are imported where they are used; this module itself is light.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

from .languages import FUNCTION_WORDS
from .stemming import spoken, stem, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Floats = NDArray[np.float64]

# Chosen on labelled sentences and on the guide's own points; tests/eval/review.json says what they are worth.
HEADING = 0.4  # what a heading counts beside its statement
TOPICS = 0.2  # what named topics count beside words (0.5) and letters (0.5)
NEIGHBOURS = 3  # statements of other articles that make a neighbourhood
NEIGHBOURHOOD = 0.5  # what likeness of the neighbourhoods counts beside the statements' own
CANDIDATES = 50  # statements that words find, for all else to rank
COMMON = 2_000  # a word in more statements than this finds no candidates; it still ranks them
RUNS = (3, 4, 5)  # letters
EXACT = 65_536
BLOCK = 500  # statements at a time


@dataclass(frozen=True)
class Statement:
    """One piece of advice as an engine sees it."""

    id: str
    text: str  # lead and body, or the sentence
    context: str = ""  # its heading, or the question it answers
    source: str = ""  # the mark of its article; without one, it counts as an article of its own


class Encoder(Protocol):
    """Finds similar statements."""

    def nearest(
        self, statements: Sequence[Statement], queries: Sequence[int], count: int
    ) -> list[list[tuple[int, float]]]:
        """Return for the statement at each query position the positions of the most similar others, with scores.

        Scores are from 0 to 1 and rounded to 6 digits; best first, ties by id. Fewer than `count` may be found.
        """
        ...


@dataclass(frozen=True)
class TfidfEncoder:
    """The default engine. `thesaurus` gives the names of each topic: `{"packing": ["boxes", "bubble wrap"]}`."""

    thesaurus: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def nearest(
        self, statements: Sequence[Statement], queries: Sequence[int], count: int
    ) -> list[list[tuple[int, float]]]:
        """See `Encoder`. Up to `CANDIDATES`, a smaller count only cuts the list."""
        if not queries or count < 1:
            return [[] for _ in queries]
        order = sorted(range(len(statements)), key=lambda at: _identity(statements[at]))
        index = _Index([statements[at] for at in order], self.thesaurus)
        rank_of = {at: rank for rank, at in enumerate(order)}
        found = index.nearest(sorted({rank_of[at] for at in queries}), count)
        return [[(order[rank], score) for rank, score in found[rank_of[at]]] for at in queries]


def _identity(statement: Statement) -> tuple[str, str, str, str]:
    return (statement.id, statement.text, statement.context, statement.source)


class _Index:
    """Statements in the order of their ids as rows of vectors."""

    def __init__(self, statements: Sequence[Statement], thesaurus: Mapping[str, Sequence[str]]) -> None:
        import numpy as np
        from scipy import sparse

        every = [tuple(spoken(one.text)) for one in statements]  # tuples of text cost the garbage collector nothing
        said = [tuple(map(stem, one)) for one in every]
        above = cache(words)
        vocabulary = sorted(set().union(*said))  # a word of headings alone would be shared by nothing
        self.own, self.over = _counts(said, vocabulary), _counts((above(one.context) for one in statements), vocabulary)
        spread = _spread(self.own)
        self.words = _exact(_joined(self.own, self.over, sparse.diags(_rarity(spread, len(said)))))
        self.finders = _exact(self.words @ sparse.diags((spread <= COMMON).astype(float)))
        runs = [_runs(word) for word in vocabulary]
        runs_of = _counts(runs, sorted(set().union(*runs)))
        self.runs_of = runs_of @ sparse.diags(_rarity((runs_of > 0).T @ spread, len(said)))
        topics = _Topics(thesaurus)
        over = cache(lambda heading: topics.named(spoken(heading)))
        both = (topics.named(text) + over(one.context) for text, one in zip(every, statements, strict=True))
        named = _counts(both, sorted(thesaurus))
        self.topics = _unit(named @ sparse.diags(_rarity(_spread(named), len(said))))
        marks = {mark: number for number, mark in enumerate(sorted({one.source for one in statements}))}
        self.sources = np.array([marks[one.source] if one.source else -rank for rank, one in enumerate(statements, 1)])

    def nearest(self, queries: Sequence[int], count: int) -> dict[int, list[tuple[int, float]]]:
        """Return the most similar statements of each query, with scores, best first."""
        import numpy as np

        asked = np.array(queries, dtype=np.int64)
        ones, others = self._shortlist(asked, max(count, CANDIDATES))
        more, theirs = self._shortlist(np.setdiff1d(others, asked), CANDIDATES)  # for the neighbourhoods
        every, each = np.concatenate([ones, more]), np.concatenate([others, theirs])
        needed = np.union1d(every, each)
        scores = _dots(self._vectors(needed), np.searchsorted(needed, every), np.searchsorted(needed, each))
        around = self._neighbourhoods(every, each, scores)
        scores = (scores[: len(ones)] + NEIGHBOURHOOD * _dots(around, ones, others)) / (1 + NEIGHBOURHOOD)
        found: dict[int, list[tuple[int, float]]] = {query: [] for query in queries}
        for at in _best(ones, others, scores, count):
            found[int(ones[at])].append((int(others[at]), round(float(scores[at]), 6)))
        return found

    def _shortlist(self, rows: Integers, count: int) -> tuple[Integers, Integers]:
        """Pair each row with the `count` others whose words are most alike."""
        import numpy as np

        columns = self.finders.T.tocsr()
        others = [np.empty(0, dtype=np.int64)]
        for start in range(0, len(rows), BLOCK):
            block = rows[start : start + BLOCK]
            likeness = self.finders[block] @ columns
            for row, span in zip(block, _spans(likeness.indptr), strict=True):
                others.append(_largest(likeness.indices[span], likeness.data[span], int(row), count))
        return np.repeat(rows, [len(found) for found in others[1:]]), np.concatenate(others)

    def _vectors(self, rows: Integers) -> Any:
        """Return the whole vectors of some statements: words, letters and topics."""
        import numpy as np
        from scipy import sparse

        whole = 1 + TOPICS
        blocks = []
        for start in range(0, len(rows), BLOCK):
            block = rows[start : start + BLOCK]
            letters = _joined(self.own[block], self.over[block], self.runs_of)
            shares = [(0.5, self.words[block]), (0.5, letters), (TOPICS, self.topics[block])]
            parts = [part * (share / whole) ** 0.5 for share, part in shares]
            blocks.append(_exact(sparse.hstack(parts, format="csr")).astype(np.float32))  # 17 bits are enough
        return sparse.vstack(blocks, format="csr") if blocks else self.words

    def _neighbourhoods(self, ones: Integers, others: Integers, scores: Floats) -> Any:
        """Return for each statement the mean words of its nearest in other articles, weighed by likeness."""
        import numpy as np
        from scipy import sparse

        apart = np.flatnonzero(self.sources[ones] != self.sources[others])
        near = apart[_best(ones[apart], others[apart], scores[apart], NEIGHBOURS)]
        weights = sparse.csr_matrix((scores[near], (ones[near], others[near])), shape=(len(self.sources),) * 2)
        sums = np.asarray(weights.sum(axis=1)).ravel()
        return _exact(sparse.diags(1 / np.where(sums > 0, sums, 1)) @ weights @ self.words)


def _best(ones: Integers, others: Integers, scores: Floats, count: int) -> Integers:
    """Return where the `count` highest scores of each row stand, best first, ties by the other row."""
    import numpy as np

    order = np.lexsort((others, -np.round(scores, 6), ones))
    ranked = ones[order]
    return order[np.arange(len(order)) - np.searchsorted(ranked, ranked) < count]


def _spans(ends: Any) -> list[slice]:
    """Return the places of each row's entries."""
    return [slice(int(start), int(end)) for start, end in pairwise(ends)]


def _largest(columns: Any, values: Any, itself: int, count: int) -> Integers:
    """Return the columns of the largest values, other than the row's own; of equal values the first columns."""
    import numpy as np

    keys = (values * float(EXACT) ** 2).astype(np.int64) * (1 << 24) - columns
    keys = keys[columns != itself]
    columns = columns[columns != itself]
    if len(keys) > count:
        columns = columns[np.argpartition(-keys, count)[:count]]
    return np.sort(columns).astype(np.int64)


def _counts(rows: Iterable[Iterable[str]], vocabulary: Sequence[str]) -> Any:
    """How often each term of the vocabulary stands in each row."""
    import numpy as np
    from scipy import sparse

    column = {term: number for number, term in enumerate(vocabulary)}
    ends, found = [0], list[int]()
    for row in rows:
        found += [column[term] for term in row if term in column]
        ends.append(len(found))
    counts = sparse.csr_matrix((np.ones(len(found)), found, ends), shape=(len(ends) - 1, len(vocabulary)))
    counts.sum_duplicates()
    return counts


def _joined(own: Any, above: Any, weights: Any) -> Any:
    """Return vectors of length 1 of statements with their headings."""
    return _unit(_unit(own @ weights) + HEADING * _unit(above @ weights))


def _spread(counts: Any) -> Any:
    """In how many rows each term stands."""
    import numpy as np

    return np.bincount(counts.indices, minlength=counts.shape[1])


def _rarity(spread: Any, size: int) -> Any:
    """What a term weighs that stands in so many of all statements: the fewer, the more."""
    import numpy as np

    return np.log((1 + size) / (1 + np.minimum(spread, size))) + 1


def _unit(rows: Any) -> Any:
    import numpy as np
    from scipy import sparse

    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return (sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ rows).tocsr()


def _exact(rows: Any) -> Any:
    """Round the weights so that no sum of products of two rows needs rounding."""
    import numpy as np

    rows = rows.tocsr()
    rows.data = np.round(rows.data * EXACT) / EXACT
    rows.eliminate_zeros()
    rows.sort_indices()
    return rows


def _dots(vectors: Any, ones: Integers, others: Integers) -> Floats:
    """Return the products of pairs of rows; the pairs of one row stand together."""
    import numpy as np

    found = np.empty(len(ones))
    scratch = np.zeros(vectors.shape[1])
    edges = np.concatenate([[0], np.flatnonzero(np.diff(ones)) + 1, [len(ones)]])
    for start in range(0, len(edges) - 1, BLOCK):
        groups = edges[start : start + BLOCK + 1]
        rows = vectors[others[groups[0] : groups[-1]]]
        for span in _spans(groups):
            one = (
                slice(*vectors.indptr[[ones[span.start], ones[span.start] + 1]]) if span.stop > span.start else slice(0)
            )
            scratch[vectors.indices[one]] = vectors.data[one]
            ends = rows.indptr[span.start - groups[0] : span.stop - groups[0] + 1]
            entries = slice(ends[0], ends[-1])
            sums = np.concatenate([[0.0], np.cumsum(rows.data[entries] * scratch[rows.indices[entries]])])
            found[span] = np.diff(sums[ends - ends[0]])
            scratch[vectors.indices[one]] = 0
    return found


def _runs(word: str) -> list[str]:
    """Return the runs of letters in a word, its ends marked by spaces."""
    padded = f" {word} "
    return [padded[at : at + size] for size in RUNS for at in range(max(1, len(padded) - size + 1))]


class _Topics:
    """Which topics a text names. Function words do not count: "wrap in paper" names what "wrap the paper" does."""

    def __init__(self, thesaurus: Mapping[str, Sequence[str]]) -> None:
        self.phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for topic, names in sorted(thesaurus.items()):
            phrases = {tuple(stem(word) for word in spoken(name) if word not in FUNCTION_WORDS) for name in names}
            for first, *rest in sorted(phrases - {()}):
                self.phrases.setdefault(first, []).append((tuple(rest), topic))

    def named(self, text: Iterable[str]) -> list[str]:
        """Return the topics that a text of these words names, each once."""
        said = [stem(word) for word in text if word not in FUNCTION_WORDS]
        topics = set[str]()
        for at, word in enumerate(said):
            for rest, topic in self.phrases.get(word, ()):
                if not rest or tuple(said[at + 1 : at + 1 + len(rest)]) == rest:
                    topics.add(topic)
        return sorted(topics)

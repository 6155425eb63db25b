"""Which pieces of advice may say the same: the engine behind `review`. It proposes, and a person decides.

A statement is one vector of three parts: its words without their endings, the runs of letters in them, and the
topics it names; its heading counts in each. Two statements are alike as far as their vectors point the same way, and
as far as the words of their nearest neighbours in other articles do: what several articles say tells more than two
sentences. Weights are multiples of 2**-16, so that sums are exact: neither the order of statements nor the machine
changes a score.

numpy and scipy (extra `review`) are imported where they are used; this module itself is light.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Protocol

from .numbering import Numbered, number, topics_of, words_of
from .pairs import Pairs
from .stemming import stem
from .vectors import best, dots, exact, largest, rarity, spans, spread, unit, weighted

if TYPE_CHECKING:
    from .vectors import Floats, Integers

# Chosen on labelled sentences and on the guide's own points; tests/eval/review.json says what they are worth.
HEADING = 0.4  # what a heading counts beside its statement
TOPICS = 0.2  # what named topics count beside words (0.5) and letters (0.5)
WHOLE = 1 + TOPICS
NEIGHBOURS = 3  # statements of other articles that make a neighbourhood
NEIGHBOURHOOD = 0.5  # what likeness of the neighbourhoods counts beside the statements' own
CANDIDATES = 50  # statements at least that words find for each, for all else to rank ...
PAIRS = 100_000  # ... and more while all are few: among 316 statements each is compared with all
COMMON = 2_000  # a word in more statements than this finds no candidates; it still ranks them
RUNS = (3, 4, 5)  # letters
BLOCK = 200  # statements whose candidates are looked for at a time
ROWS = 1_000  # whole vectors that are made at a time


@dataclass(frozen=True, slots=True)
class Statement:
    """One piece of advice as an engine sees it."""

    id: str
    text: str  # lead and body, or the sentence
    context: str = ""  # its heading, or the question it answers
    source: str = ""  # the mark of its article; without one, it counts as an article of its own


class Encoder(Protocol):
    """Finds similar statements."""

    def nearest(self, statements: Sequence[Statement], queries: Collection[int], count: int) -> Pairs:
        """Pair the statement at each query position with the most similar others, ties by id.

        Fewer than `count` may be found.
        """
        ...


@dataclass(frozen=True)
class TfidfEncoder:
    """The default engine. `thesaurus` gives the names of each topic: `{"packing": ["boxes", "bubble wrap"]}`."""

    thesaurus: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def nearest(self, statements: Sequence[Statement], queries: Collection[int], count: int) -> Pairs:
        """See `Encoder`. Up to `CANDIDATES`, and among few up to more, a smaller count only cuts the list."""
        import numpy as np

        identity = attrgetter("id", "text", "context", "source")
        order = np.array(sorted(range(len(statements)), key=lambda at: identity(statements[at])), dtype=np.int64)
        ranks = np.flatnonzero(np.isin(order, list(queries)))
        if not len(ranks) or count < 1:
            return Pairs(order[:0], order[:0], np.zeros(0))
        ones, others, scores = _Index([statements[at] for at in order.tolist()], self.thesaurus).nearest(ranks, count)
        sorting = np.argsort(order[ones], kind="stable")
        return Pairs(order[ones][sorting], order[others][sorting], scores[sorting])


class _Index:
    """Statements in the order of their ids as rows of vectors."""

    def __init__(self, statements: Sequence[Statement], thesaurus: Mapping[str, Sequence[str]]) -> None:
        import numpy as np
        from scipy import sparse

        said = words_of(one.text for one in statements)
        headings = {heading: place for place, heading in enumerate(sorted({one.context for one in statements}))}
        above = words_of(headings)
        self.heading = np.array([headings[one.context] for one in statements])
        self._weigh(said, above)
        named = topics_of(said, thesaurus) + topics_of(above, thesaurus)[self.heading]
        topics = unit(weighted(named, rarity(spread(named), len(statements))))
        self.rest = sparse.hstack([self.words * (0.5 / WHOLE) ** 0.5, topics * (TOPICS / WHOLE) ** 0.5], format="csr")
        marks = {mark: place for place, mark in enumerate(sorted({one.source for one in statements}))}
        self.sources = np.array([marks[one.source] if one.source else -rank for rank, one in enumerate(statements, 1)])

    def _weigh(self, said: Numbered, above: Numbered) -> None:
        """Make the vectors of words, and what those of letters are made of."""
        vocabulary = sorted({stem(word) for word in said.terms})  # one of headings alone would be shared by nothing
        self.own, over = said.counts(vocabulary, stem), above.counts(vocabulary, stem)
        often, size = spread(self.own), self.own.shape[0]
        weights = rarity(often, size)
        headings = unit(weighted(over, weights))[self.heading]
        self.words = exact(unit(unit(weighted(self.own, weights)) + HEADING * headings))
        self.finders = weighted(self.words, (often <= COMMON).astype(float))
        self.finders.eliminate_zeros()
        self.found_by = self.finders.T.tocsr()
        runs = number(map(_runs, vocabulary))
        runs_of = runs.counts(sorted(runs.terms))
        self.runs_of = weighted(runs_of, rarity((runs_of > 0).T @ often, size))
        self.headings = unit(over @ self.runs_of)

    def nearest(self, queries: Integers, count: int) -> tuple[Integers, Integers, Floats]:
        """Return each query and the most similar statements, with scores, best first. Queries ascend."""
        import numpy as np

        size = len(self.sources)
        candidates = max(CANDIDATES, min(size, PAIRS // size))
        ones, others = self._shortlist(queries, max(count, candidates))
        more, theirs = self._shortlist(np.setdiff1d(others, queries), candidates)  # for the neighbourhoods
        scores = self._scores(np.concatenate([ones, more]), np.concatenate([others, theirs]), len(ones))
        chosen = best(ones, scores, count)
        return ones[chosen], others[chosen], np.round(scores[chosen], 6)

    def _scores(self, ones: Integers, others: Integers, wanted: int) -> Floats:
        """Return the likeness of the first so many pairs; the rest are there for the neighbourhoods."""
        import numpy as np

        needed = np.zeros(len(self.sources), dtype=bool)
        needed[ones] = needed[others] = True
        place = np.cumsum(needed) - 1
        own = dots(self._vectors(np.flatnonzero(needed)), place[ones], place[others])
        around = self._neighbourhoods(ones, others, own)
        return (own[:wanted] + NEIGHBOURHOOD * dots(around, ones[:wanted], others[:wanted])) / (1 + NEIGHBOURHOOD)

    def _shortlist(self, rows: Integers, count: int) -> tuple[Integers, Integers]:
        """Pair each row with the `count` others whose words are most alike. Both stand in the order of ids."""
        import numpy as np

        others = [np.empty(0, dtype=np.int64)]
        for start in range(0, len(rows), BLOCK):
            block = rows[start : start + BLOCK]
            likeness = self.finders[block] @ self.found_by
            for row, span in zip(block, spans(likeness.indptr), strict=True):
                others.append(largest(likeness.indices[span], likeness.data[span], int(row), count))
        return np.repeat(rows, [len(found) for found in others[1:]]), np.concatenate(others)

    def _vectors(self, rows: Integers) -> Any:
        """Return the whole vectors of some statements: words, letters and topics."""
        import numpy as np
        from scipy import sparse

        blocks = []
        for start in range(0, len(rows), ROWS):
            block = rows[start : start + ROWS]
            letters = unit(unit(self.own[block] @ self.runs_of) + HEADING * self.headings[self.heading[block]])
            whole = exact(sparse.hstack([letters * (0.5 / WHOLE) ** 0.5, self.rest[block]], format="csr"))
            whole.data = whole.data.astype(np.float32)  # 17 bits are enough
            blocks.append(whole)
        return sparse.vstack(blocks, format="csr") if blocks else self.words

    def _neighbourhoods(self, ones: Integers, others: Integers, scores: Floats) -> Any:
        """Return for each statement the mean words of its nearest in other articles, weighed by likeness."""
        import numpy as np
        from scipy import sparse

        apart = np.flatnonzero(self.sources[ones] != self.sources[others])
        near = apart[best(ones[apart], scores[apart], NEIGHBOURS)]
        weights = sparse.csr_matrix((scores[near], (ones[near], others[near])), shape=(len(self.sources),) * 2)
        sums = np.asarray(weights.sum(axis=1)).ravel()
        return exact(sparse.diags(1 / np.where(sums > 0, sums, 1)) @ weights @ self.words)


def _runs(word: str) -> list[str]:
    """Return the runs of letters in a word, its ends marked by spaces."""
    padded = f" {word} "
    return [padded[at : at + size] for size in RUNS for at in range(max(1, len(padded) - size + 1))]

"""Many texts as numbers: which terms stand in which, for arithmetic on all of them at once.

A term is looked at once, however often it stands: a hundred thousand texts have some ten thousand words. numpy and
scipy (extra `review`) are imported where they are used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .languages import FUNCTION_WORDS
from .stemming import spoken, stem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Numbered:
    """The terms of some texts, each once, and as numbers those of each text: `numbers[ends[n]:ends[n + 1]]`."""

    terms: list[str]
    numbers: Integers
    ends: Integers

    def each(self, parts: Callable[[str], Iterable[str]]) -> Numbered:
        """Put in the place of each term its parts: several terms, or none."""
        import numpy as np

        found = number(map(parts, self.terms))
        sizes = np.diff(found.ends)[self.numbers]
        ends = np.concatenate([[0], np.cumsum(sizes)])
        places = np.arange(ends[-1]) + np.repeat(found.ends[self.numbers] - ends[:-1], sizes)
        return Numbered(found.terms, found.numbers[places], ends[self.ends])

    def counts(self, vocabulary: Sequence[str], form: Callable[[str], str] = str) -> Any:
        """How often each of a vocabulary stands in each text, in any of the terms of that form: a sparse matrix."""
        import numpy as np
        from scipy import sparse

        column = {term: place for place, term in enumerate(vocabulary)}
        columns = np.array([column.get(form(term), -1) for term in self.terms], dtype=np.int64)[self.numbers]
        known = columns >= 0
        ends = np.concatenate([[0], np.cumsum(known)])[self.ends]
        shape = (len(self.ends) - 1, len(vocabulary))
        counts = sparse.csr_matrix((np.ones(ends[-1]), columns[known], ends), shape=shape)
        counts.sum_duplicates()
        return counts


def number(texts: Iterable[Iterable[str]]) -> Numbered:
    """Number the terms of texts in the order in which they come."""
    import numpy as np

    numbers = defaultdict[str, int]()
    numbers.default_factory = numbers.__len__
    ends, found = [0], list[int]()
    for text in texts:
        found += map(numbers.__getitem__, text)
        ends.append(len(found))
    return Numbered(list(numbers), np.array(found, dtype=np.int64), np.array(ends, dtype=np.int64))


def words_of(texts: Iterable[str]) -> Numbered:
    """The words of each text, as they are spoken: no word spans a gap."""
    return number(text.split() for text in texts).each(spoken)


def topics_of(words: Numbered, thesaurus: Mapping[str, Sequence[str]]) -> Any:
    """Which topics each text names, as a sparse matrix of ones; the columns are the topics in order.

    Function words do not count: "wrap in paper" names what "wrap the paper" does.
    """
    import numpy as np
    from scipy import sparse

    said = words.each(_content)
    phrases = _phrases(thesaurus, said.terms)
    begins = np.array([place in phrases for place in range(len(said.terms))], dtype=bool)
    starts = np.flatnonzero(begins[said.numbers])
    begun, rows = said.numbers[starts], np.searchsorted(said.ends, starts, side="right") - 1
    left = said.ends[rows + 1] - starts  # how many words there are to the end of the text
    found = [starts[:0]]
    for first, names in phrases.items():
        for rest, topic in names:
            at = np.flatnonzero((begun == first) & (left > len(rest)))
            for step, word in enumerate(rest, start=1):
                at = at[said.numbers[starts[at] + step] == word]
            found.append(rows[at] * len(thesaurus) + topic)
    named = np.unique(np.concatenate(found))
    places = np.divmod(named, max(1, len(thesaurus)))
    return sparse.csr_matrix((np.ones(len(named)), places), shape=(len(said.ends) - 1, len(thesaurus)))


def _content(word: str) -> list[str]:
    return [] if word in FUNCTION_WORDS else [stem(word)]


def _phrases(
    thesaurus: Mapping[str, Sequence[str]], terms: Sequence[str]
) -> dict[int, list[tuple[tuple[int, ...], int]]]:
    """The names of topics by the number of their first word: the rest of the name, and the topic.

    A name with a word that nothing says names nothing.
    """
    place = {term: at for at, term in enumerate(terms)}
    phrases: dict[int, list[tuple[tuple[int, ...], int]]] = {}
    for topic, names in enumerate(thesaurus[slug] for slug in sorted(thesaurus)):
        for name in {tuple(part for word in spoken(name) for part in _content(word)) for name in names} - {()}:
            if place.keys() >= set(name):
                first, *rest = (place[word] for word in name)
                phrases.setdefault(first, []).append((tuple(rest), topic))
    return phrases

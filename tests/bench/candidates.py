"""The nearest of each made statement, by our engine and by two others: what is measured runs in a process of its own.

`python -m tests.bench.candidates ours|semhash|scikit STATEMENTS OUT [LAST]` writes to OUT the best five of all
statements, or of the last so many, as positions.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from commonground.similarity import HEADING, RUNS, Statement, TfidfEncoder, _Index
from tests.bench.made import load, thesaurus

NEAREST = 40  # what a review looks at
SHOWN = 5
DIMENSIONS = 256  # of SemHash's own model, which would have to be downloaded

Candidates = list[list[int]]


def ours(statements: Sequence[Statement], queries: Sequence[int]) -> Candidates:
    found = TfidfEncoder(thesaurus()).nearest(statements, queries, NEAREST)
    return [[other for other, _ in found.of(query)[:SHOWN]] for query in queries]


class Encoder:
    """Our vectors for SemHash, which takes only dense ones: their projection on 256 directions."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        import numpy as np

        vectors = _Index(statements, thesaurus())._vectors(np.arange(len(statements)))
        directions = np.random.default_rng(0).standard_normal((vectors.shape[1], DIMENSIONS), dtype=np.float32)
        self.vectors = vectors @ directions

    def encode(self, inputs: Sequence[str], **_: object) -> Any:
        return self.vectors[[int(one) for one in inputs]]


def semhash(statements: Sequence[Statement], queries: Sequence[int]) -> Candidates:
    """Ask SemHash's index, as it does itself, for the nearest of what is in it."""
    from semhash import SemHash

    records = [{"position": str(at)} for at in range(len(statements))]
    index = SemHash.from_records(records, columns=["position"], model=Encoder(statements)).index
    found = index.query_top_k(index.vectors[queries], k=NEAREST, vectors_are_in_index=True)
    return [[int(at) for at in positions[:SHOWN]] for positions, _ in found]


def scikit(statements: Sequence[Statement], queries: Sequence[int]) -> Candidates:
    """Compare all with all: words, letters and headings by TF-IDF as we do, without topics and neighbourhoods."""
    from scipy import sparse
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.neighbors import NearestNeighbors
    from sklearn.preprocessing import normalize

    parts = []
    for settings in ({"analyzer": "word"}, {"analyzer": "char_wb", "ngram_range": (min(RUNS), max(RUNS))}):
        vectorizer = TfidfVectorizer(**settings)
        texts = vectorizer.fit_transform([one.text for one in statements])
        parts.append(normalize(texts + HEADING * vectorizer.transform([one.context for one in statements])))
    vectors = sparse.hstack(parts, format="csr")
    nearest = NearestNeighbors(n_neighbors=NEAREST + 1, metric="cosine", algorithm="brute").fit(vectors)
    found = nearest.kneighbors(vectors[queries], return_distance=False).tolist()
    return [[at for at in row if at != query][:SHOWN] for query, row in zip(queries, found, strict=True)]


BY: dict[str, Callable[[Sequence[Statement], Sequence[int]], Candidates]] = {
    "ours": ours,
    "semhash": semhash,
    "scikit": scikit,
}


def main(who: str, path: str, out: str, last: str = "") -> None:
    statements = load(Path(path))
    queries = range(len(statements))[-int(last) :] if last else range(len(statements))
    Path(out).write_text(json.dumps(BY[who](statements, queries)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""What the shortlists lose: our candidates, and others', beside those of every pair's full score.

`python -m tests.bench.recall STATEMENTS OUT` writes the exact best five of each statement; `share` compares.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from commonground.similarity import NEIGHBOURHOOD, NEIGHBOURS, Statement, _Index
from tests.bench.candidates import SHOWN, Candidates
from tests.bench.made import load, thesaurus

BLOCK = 500


def exact(statements: Sequence[Statement]) -> tuple[Candidates, list[list[float]]]:
    """Return the best five of each statement by the engine's own score of every two, and these scores.

    Statements come in the order of their ids.
    """
    import numpy as np

    index, size = _Index(statements, thesaurus()), len(statements)
    vectors = index._vectors(np.arange(size)).astype(np.float64)
    blocks = [np.arange(start, min(start + BLOCK, size)) for start in range(0, size, BLOCK)]
    ones, others, scores = [], [], []
    for block in blocks:
        own = (vectors[block] @ vectors.T).toarray()
        own[index.sources[block][:, None] == index.sources] = 0
        near = np.argsort(-np.round(own, 6), axis=1, kind="stable")[:, :NEIGHBOURS]
        ones.append(np.repeat(block, near.shape[1]))
        others.append(near.ravel())
        scores.append(np.take_along_axis(own, near, axis=1).ravel())
    around = index._neighbourhoods(*map(np.concatenate, (ones, others, scores)))
    found: Candidates = []
    likeness: list[list[float]] = []
    for block in blocks:
        every = (vectors[block] @ vectors.T + NEIGHBOURHOOD * (around[block] @ around.T)).toarray()
        every = np.round(every / (1 + NEIGHBOURHOOD), 6)
        every[np.arange(len(block)), block] = -1  # itself
        best = np.argsort(-every, axis=1, kind="stable")[:, :SHOWN]
        found += best.tolist()
        likeness += np.take_along_axis(every, best, axis=1).tolist()
    return found, likeness


def share(found: Candidates, wanted: Candidates, scores: Sequence[Sequence[float]], least: float = 0) -> float:
    """How many of the wanted were found, of those that score so much at least."""
    pairs = {
        (row, at)
        for row, (best, likeness) in enumerate(zip(wanted, scores, strict=True))
        for at, score in zip(best, likeness, strict=True)
        if score >= least
    }
    return len(pairs & {(row, at) for row, best in enumerate(found) for at in best}) / max(1, len(pairs))


def main(path: str, out: str) -> None:
    Path(out).write_text(json.dumps(exact(load(Path(path)))), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

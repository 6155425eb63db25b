"""Sparse arithmetic: what it comes to on rows small enough to work out by hand or by dense arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from commonground import vectors
from commonground.vectors import EXACT, best, dots, exact, largest, rarity, spread, unit, weighted

ROWS = sparse.csr_matrix([[3.0, 4.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 2.0]])


def test_rows_get_length_1_and_empty_ones_stay_empty() -> None:
    assert unit(ROWS).toarray().tolist() == [[0.6, 0.8, 0], [0, 0, 0], [0, 0, 1]]
    assert ROWS.toarray().tolist() == [[3, 4, 0], [0, 0, 0], [0, 0, 2]]


def test_weights_count_by_term_and_rare_terms_weigh_more() -> None:
    assert weighted(ROWS, np.array([2.0, 0.5, 1])).toarray().tolist() == [[6, 2, 0], [0, 0, 0], [0, 0, 2]]
    assert spread(ROWS).tolist() == [1, 1, 1]
    assert rarity(np.array([3, 5]), 3).tolist() == [1, 1]
    assert rarity(np.array([0]), 3)[0] > rarity(np.array([1]), 3)[0] > 1


weights = st.lists(st.floats(0, 1), min_size=4, max_size=4)
pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=12).map(sorted)


@given(st.lists(weights, min_size=4, max_size=4), pairs, st.integers(1, 3))
def test_products_are_exact(dense: list[list[float]], asked: list[tuple[int, int]], block: int) -> None:
    rows = exact(sparse.csr_matrix(dense))
    ones, others = (np.array([pair[side] for pair in asked], dtype=np.int64) for side in (0, 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors, "BLOCK", block)
        found = dots(rows, ones, others)
    parts = [[Fraction(round(weight * EXACT), EXACT) for weight in row] for row in dense]
    wanted = [sum(a * b for a, b in zip(parts[one], parts[other], strict=True)) for one, other in asked]
    assert [Fraction(product) for product in found.tolist()] == wanted


def test_the_best_come_first_and_ties_in_order() -> None:
    ones, scores = np.array([0, 0, 0, 2, 2]), np.array([0.2, 0.5, 0.5000001, 0.1, 0.3])
    assert best(ones, scores, 2).tolist() == [1, 2, 4, 3]
    assert best(ones, scores, 1).tolist() == [1, 4]


def test_of_equal_values_the_first_columns_are_the_largest() -> None:
    columns, values = np.array([4, 2, 9, 7, 5]), np.array([0.5, 0.25, 0.5, 1, 0.5])
    assert largest(columns, values, itself=7, count=2).tolist() == [4, 5]
    assert largest(columns, values, itself=1, count=9).tolist() == [2, 4, 5, 7, 9]

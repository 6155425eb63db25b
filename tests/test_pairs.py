"""How alike twos of statements are: what an engine found, by position, and what is known of names."""

import pytest

from commonground.pairs import Likeness
from tests.moving import likeness, pairs

KNOWN = likeness({"b": [("d", 0.5), ("a", 0.25)], "d": [("b", 0.5), ("c", 0.000001)]})


def test_the_pairs_of_one_statement_are_found_by_its_position() -> None:
    found = pairs({0: [(3, 0.5), (1, 0.25)], 2: [(1, 0.125)]})
    assert [found.of(at) for at in range(4)] == [[(3, 0.5), (1, 0.25)], [], [(1, 0.125)], []]


def test_each_two_is_known_once_whoever_of_them_was_asked_about() -> None:
    assert KNOWN.names == ["a", "b", "c", "d"]
    assert (KNOWN.ones.tolist(), KNOWN.others.tolist()) == ([0, 1, 2], [1, 3, 3])
    assert KNOWN.scores.tolist() == [250_000, 500_000, 1]


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("a", "b", 0.25),
        ("b", "a", 0.25),
        ("d", "c", 0.000001),
        ("a", "d", 0),
        ("a", "a", 0),
        ("a", "z", 0),
        ("aa", "b", 0),
    ],
)
def test_what_the_engine_did_not_say_scores_nothing(one: str, other: str, score: float) -> None:
    assert KNOWN.score(one, other) == score


def test_nothing_is_known_of_nobody() -> None:
    nothing = Likeness.of([], pairs({}))
    assert (nothing.names, len(nothing.scores), nothing.score("a", "b")) == ([], 0, 0)

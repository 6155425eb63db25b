"""Which groups are shown, and which questions come first."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from commonground.asking import order, rank_groups


def test_a_group_scores_as_its_best_member() -> None:
    group_of = {"a": "boxes", "b": "boxes", "c": "van"}
    ranked = rank_groups([("a", 0.2), ("c", 0.5), ("b", 0.7), ("d", 0.5)], group_of)
    assert ranked == [("boxes", 0.7), ("d", 0.5), ("van", 0.5)]


NEAR = {
    "a": [("b", 0.8), ("c", 0.3)],
    "b": [("a", 0.8), ("c", 0.3)],
    "c": [("d", 0.3), ("a", 0.3), ("b", 0.3)],
    "d": [("c", 0.3)],
}


def test_the_likeliest_is_asked_first_and_each_two_once() -> None:
    questions = order(NEAR, {})
    assert [(ask.one, ask.other) for ask in questions] == [("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")]


def test_of_equally_likely_groups_the_larger_are_asked_first() -> None:
    first, second = order(NEAR, {"a": "z", "b": "z"})
    assert (first.one, first.other, first.pairs) == ("c", "z", 2)
    assert (second.one, second.other, second.pairs) == ("c", "d", 1)


def test_what_was_decided_to_be_different_is_not_asked_again() -> None:
    questions = order(NEAR, {"a": "z", "b": "z"}, [frozenset({"c", "a"})])
    assert [(ask.one, ask.other) for ask in questions] == [("c", "d")]


def test_who_was_refused_often_waits() -> None:
    tired = order(NEAR, {}, [frozenset({"a", "x"}), frozenset({"a", "y"})])
    assert [(ask.one, ask.other) for ask in tired][1] == ("b", "c")


@given(st.randoms(use_true_random=False))
def test_the_order_of_what_is_known_changes_no_question(random: Random) -> None:
    shuffled = {name: random.sample(NEAR[name], len(NEAR[name])) for name in random.sample(sorted(NEAR), len(NEAR))}
    apart = [frozenset({"a", "c"}), frozenset({"d", "c"})]
    assert order(shuffled, {}, apart[::-1]) == order(NEAR, {}, apart)

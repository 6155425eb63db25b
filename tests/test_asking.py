"""Which questions come first, and whom a screen is about."""

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground import asking
from commonground.asking import FLOOR, Question, Questions, subjects
from commonground.pairs import MILLION
from tests.moving import likeness

NEAR = {
    "a": [("b", 0.8), ("c", 0.3)],
    "b": [("a", 0.8), ("c", 0.3)],
    "c": [("d", 0.3), ("a", 0.3), ("b", 0.3)],
    "d": [("c", 0.3)],
}


def order(
    near: Mapping[str, list[tuple[str, float]]],
    group_of: Mapping[str, str],
    apart: Collection[frozenset[str]] = (),
) -> list[Question]:
    return list(asking.order(likeness(near), group_of, apart))


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


def by_hand(
    near: Mapping[str, list[tuple[str, float]]], group_of: Mapping[str, str], apart: Collection[frozenset[str]]
) -> Iterator[tuple[str, str, float, int, float]]:
    """What `order` says of each two, in any order, worked out one two at a time."""

    def piece(name: str) -> str:
        return group_of.get(name, name)

    scores = {tuple(sorted((one, other))): score for one, found in near.items() for other, score in found}
    shut = {frozenset(map(piece, two)) for two in apart}
    shut = {two for two in shut if len(two) > 1}
    for one, other in combinations(sorted({piece(name) for two in scores for name in two}), 2):
        known = [score for two, score in scores.items() if {piece(name) for name in two} == {one, other}]
        if known and {one, other} not in shut:
            own, theirs = (max(1, list(group_of.values()).count(name)) for name in (one, other))
            refusals = sum(name in two for two in shut for name in (one, other))
            likely = (max(known) + sum(known) / (own * theirs)) / 2
            worth = likely * asking.WEARY ** (refusals / (own + theirs)) * (own * theirs) ** asking.GAIN
            yield one, other, max(known), own * theirs, worth


names = st.sampled_from("abcdefg")
scores = st.integers(0, 1_000).map(lambda thousandths: thousandths / 1_000)
twos = st.lists(st.tuples(names, names).filter(lambda two: two[0] < two[1]), unique=True, max_size=12)


@given(
    twos,
    st.data(),
    st.dictionaries(names, st.sampled_from(["m1", "m2", "z"])),
    st.lists(st.sets(names, min_size=2, max_size=2)),
)
def test_each_two_has_the_worth_that_was_worked_out_by_hand(
    asked: list[tuple[str, str]], data: st.DataObject, group_of: Mapping[str, str], apart: list[set[str]]
) -> None:
    near: dict[str, list[tuple[str, float]]] = {}
    for one, other in asked:
        near.setdefault(one, []).append((other, data.draw(scores)))
    shut = [frozenset(two) for two in apart]
    found = [(ask.one, ask.other, ask.score, ask.pairs, ask.worth) for ask in order(near, group_of, shut)]
    assert found == sorted(found, key=lambda ask: (-ask[4], -ask[2], ask[0], ask[1]))
    expected = sorted(by_hand(near, group_of, shut))
    assert [ask[:4] for ask in sorted(found)] == [ask[:4] for ask in expected]
    assert [ask[4] for ask in sorted(found)] == pytest.approx([ask[4] for ask in expected], abs=1.1e-6)


# Screens


def ask(one: str, other: str, worth: float, score: float = 0.5) -> Question:
    return Question(one, other, score, 1, worth)


def shown(
    asked: list[Question], undecided: Collection[str], sizes: Mapping[str, int], limit: int = 5, **pause: Any
) -> list[tuple[str, list[str]]]:
    """The screens, for questions that are in order: whom each is about, and the candidates."""
    names = sorted({name for one in asked for name in (one.one, one.other)})
    numbers = [
        (
            names.index(one.one),
            names.index(one.other),
            round(one.score * MILLION),
            one.pairs,
            round(one.worth * MILLION),
        )
        for one in asked
    ]
    questions = Questions(names, *np.array(numbers, dtype=np.int64).reshape(-1, 5).T)
    found = subjects(questions, undecided, sizes, **pause)
    return [(name, [one.beside(name) for one in questions.screen(name, limit).questions]) for name in found]


def test_a_screen_gathers_what_is_asked_about_one() -> None:
    questions = [ask("a", "b", 0.9), ask("a", "c", 0.8, score=0.7), ask("b", "c", 0.7)]
    assert shown(questions, {"a", "b", "c"}, {}) == [("a", ["c", "b"]), ("b", ["a", "c"]), ("c", ["a", "b"])]
    assert shown(questions, {"a", "b", "c"}, {}, limit=1)[0] == ("a", ["b"])


def test_a_screen_is_about_who_is_undecided_then_about_the_smaller() -> None:
    assert shown([ask("a", "z", 0.9)], {"z"}, {}) == [("z", ["a"])]
    assert shown([ask("m1", "m2", 0.9)], (), {"m1": 3, "m2": 2}) == [("m2", ["m1"])]
    assert shown([ask("m1", "z", 0.9)], (), {"m1": 2}) == [("z", ["m1"])]


def test_who_is_decided_is_asked_about_while_it_is_worth_it() -> None:
    assert shown([ask("a", "b", FLOOR - 0.001)], (), {}) == []
    assert shown([ask("a", "b", FLOOR)], (), {}) == [("a", ["b"])]
    assert shown([ask("a", "b", 0.001)], {"b"}, {}) == [("b", ["a"])]


def test_who_is_undecided_is_shown_though_nothing_is_like_it() -> None:
    assert shown([], {"a"}, {}) == [("a", [])]
    assert shown([ask("b", "c", 0.5)], {"a", "c"}, {}) == [("c", ["b"]), ("a", [])]


def test_who_was_put_off_is_not_asked_about_but_may_be_an_answer() -> None:
    questions = [ask("a", "b", 0.9), ask("b", "c", 0.8)]
    assert shown(questions, {"a", "b"}, {}, later={"a"}) == [("b", ["a", "c"])]
    assert shown(questions, {"a"}, {}, later={"a", "b", "c"}) == []


def test_what_was_just_joined_stays_while_it_nearly_deserves_it() -> None:
    def first(worth: float, later: tuple[str, ...] = ()) -> str:
        questions = [ask("a", "b", 0.5), ask("m1", "z", worth)]
        return shown(questions, {"a", "b", "z"}, {"m1": 2}, later=later, stay="m1")[0][0]

    assert first(0.41) == "m1"
    assert first(0.39) == "a"
    assert first(0.41, later=("m1",)) == "a"
    assert shown([ask("m1", "z", FLOOR / 2)], {"z"}, {"m1": 2}, stay="m1") == [("z", ["m1"])]
    assert shown([ask("m1", "m2", 0.5)], (), {"m1": 2, "m2": 3}, stay="m1") == [("m1", ["m2"])]

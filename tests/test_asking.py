"""Which groups are shown, and which questions come first."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from commonground.asking import FLOOR, Question, Screen, order, rank_groups, screens


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


# Screens


def ask(one: str, other: str, worth: float, score: float = 0.5) -> Question:
    return Question(one, other, score, 1, worth)


def shown(found: list[Screen]) -> list[tuple[str, list[str]]]:
    return [(screen.subject, [one.beside(screen.subject) for one in screen.questions]) for screen in found]


def test_a_screen_gathers_what_is_asked_about_one() -> None:
    questions = [ask("a", "b", 0.9), ask("a", "c", 0.8, score=0.7), ask("b", "c", 0.7)]
    assert shown(screens(questions, {"a", "b", "c"}, {}, 5)) == [
        ("a", ["c", "b"]),
        ("b", ["a", "c"]),
        ("c", ["a", "b"]),
    ]
    assert shown(screens(questions, {"a", "b", "c"}, {}, 1))[0] == ("a", ["b"])


def test_a_screen_is_about_who_is_undecided_then_about_the_smaller() -> None:
    assert shown(screens([ask("a", "z", 0.9)], {"z"}, {}, 5)) == [("z", ["a"])]
    assert shown(screens([ask("m1", "m2", 0.9)], (), {"m1": 3, "m2": 2}, 5)) == [("m2", ["m1"])]
    assert shown(screens([ask("m1", "z", 0.9)], (), {"m1": 2}, 5)) == [("z", ["m1"])]


def test_who_is_decided_is_asked_about_while_it_is_worth_it() -> None:
    assert screens([ask("a", "b", FLOOR - 0.001)], (), {}, 5) == []
    assert shown(screens([ask("a", "b", FLOOR)], (), {}, 5)) == [("a", ["b"])]
    assert shown(screens([ask("a", "b", 0.001)], {"b"}, {}, 5)) == [("b", ["a"])]


def test_who_is_undecided_is_shown_though_nothing_is_like_it() -> None:
    (screen,) = screens([], {"a"}, {}, 5)
    assert (shown([screen]), screen.worth) == ([("a", [])], 0.0)


def test_who_was_put_off_is_not_asked_about_but_may_be_an_answer() -> None:
    questions = [ask("a", "b", 0.9), ask("b", "c", 0.8)]
    assert shown(screens(questions, {"a", "b"}, {}, 5, later={"a"})) == [("b", ["a", "c"])]
    assert shown(screens(questions, {"a"}, {}, 5, later={"a", "b", "c"})) == []


def test_what_was_just_joined_stays_while_it_nearly_deserves_it() -> None:
    def first(worth: float, later: tuple[str, ...] = ()) -> str:
        questions = [ask("a", "b", 0.5), ask("m1", "z", worth)]
        return screens(questions, {"a", "b", "z"}, {"m1": 2}, 5, later=later, stay="m1")[0].subject

    assert first(0.41) == "m1"
    assert first(0.39) == "a"
    assert first(0.41, later=("m1",)) == "a"
    assert shown(screens([ask("m1", "z", FLOOR / 2)], {"z"}, {"m1": 2}, 5, stay="m1")) == [("z", ["m1"])]
    found = screens([ask("m1", "m2", 0.5)], (), {"m1": 2, "m2": 3}, 5, stay="m1")
    assert shown(found) == [("m1", ["m2"])]

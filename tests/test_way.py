"""The reader's way: what comes after a topic and before it, and that this depends on the order of no file."""

from collections.abc import Mapping, Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.building import build
from commonground.model import Place, Reference, Settings, Span, Step, Way
from commonground.reading import read_folder
from commonground.way import Leg, Route, misfits
from tests.casefile import CASES

HERE = Span("guide.yml")


def place(text: str) -> Place:
    """`boxes?` is a place with words of its own, which may be passed by."""
    name = text.removesuffix("?")
    return Place(Reference("topic", name, HERE), f"if {name}" if name != text else "")


def step(text: str) -> Step:
    """`a b? c` is a step joined by and, `a|b` a fork."""
    join, sign = ("or", "|") if "|" in text else ("and", None)
    return Step(join, tuple(place(f"{one}?" if sign else one) for one in text.split(sign)))


def route(*steps: str) -> Route:
    return Route(Way(tuple(map(step, steps))))


def legs(found: Sequence[Leg]) -> str:
    return " ".join(f"{leg.join}:{leg.end}" for leg in found)


@pytest.mark.parametrize(
    ("steps", "topic", "after"),
    [
        (["a b", "c"], "a", "and:b"),
        (["a b", "c"], "b", "next:c"),
        (["a b", "c"], "c", ""),
        (["a b? c", "d"], "a", "and:b and:c"),
        (["a b? c? d"], "a", "and:b and:c and:d"),
        (["a b? c?", "d"], "a", "and:b and:c next:d"),
        (["a b? c?", "d"], "b", "and:c next:d"),
        (["a b?", "c? d"], "a", "and:b next:c"),  # the words of a step's first place are those of the step
        (["a", "b|c", "d"], "a", "next:b or:c"),
        (["a", "b|c", "d"], "b", "next:d"),
        (["a", "b|c", "d"], "c", "next:d"),
        (["a|b", "c|d"], "a", "next:c or:d"),
        (["a b?"], "a", "and:b"),
        (["a"], "elsewhere", ""),
    ],
)
def test_what_comes_after(steps: list[str], topic: str, after: str) -> None:
    assert legs(route(*steps).after(topic)) == after


@pytest.mark.parametrize(
    ("steps", "topic", "before", "one_of_many"),
    [
        (["a b", "c"], "c", ["b"], True),
        (["a b?", "c"], "c", ["a", "b"], False),
        (["a", "b|c|d", "e"], "e", ["b", "c", "d"], True),
        (["a b? c"], "c", ["a", "b"], False),
        (["a"], "a", [], True),
    ],
)
def test_what_comes_before(steps: list[str], topic: str, before: list[str], one_of_many: bool) -> None:
    way = route(*steps)
    assert [leg.start for leg in way.before(topic)] == before
    assert way.one_of_many(before) is one_of_many


def test_each_side_of_a_fork_is_there_instead_of_the_others() -> None:
    way = route("a", "b|c|d", "e f")
    assert [one.topic.id for one in way.instead("c")] == ["b", "d"]
    assert way.instead("e") == way.instead("elsewhere") == ()


NAMES = "abcdefghij"


@st.composite
def ways(draw: st.DrawFn) -> Way:
    """Draw a way that passes each of some topics once."""
    steps: list[Step] = []
    names = list(NAMES[: draw(st.integers(1, len(NAMES)))])
    while names:
        size = draw(st.integers(1, len(names)))
        own = [names.pop(0) for _ in range(size)]
        forks = size > 1 and draw(st.booleans())
        optional = [forks or draw(st.booleans()) for _ in own]
        signs = ["?" if one else "" for one in optional]
        places = tuple(place(name + sign) for name, sign in zip(own, signs, strict=True))
        steps.append(Step("or" if forks else "and", places))
    return Way(tuple(steps))


@given(ways())
def test_next_and_previous_are_inverse(way: Way) -> None:
    found = Route(way)
    forth = {(one, leg.end, leg.place.words, leg.join) for one in found.places for leg in found.after(one)}
    back = {(leg.start, one, leg.place.words, leg.join) for one in found.places for leg in found.before(one)}
    assert forth == back
    assert len(forth) == len(found.legs)


@given(ways())
def test_the_way_goes_forwards_and_reaches_every_place(way: Way) -> None:
    found = Route(way)
    order = list(found.places)
    assert all(order.index(leg.start) < order.index(leg.end) for leg in found.legs)
    first = {one.topic.id for one in (way.steps[0].places if way.steps[0].join == "or" else way.steps[0].places[:1])}
    assert {name for name in order if not found.before(name)} == first
    last = set(order) - {leg.start for leg in found.legs}
    assert last <= {one.topic.id for one in way.steps[-1].places}


@given(ways())
def test_nobody_must_pass_what_has_words_of_its_own(way: Way) -> None:
    """From the place before it there is a way past it, unless it opens a step: then its words are the step's."""
    found = Route(way)
    for one in way.steps:
        if one.join == "and":
            for before, optional in zip(one.places, one.places[1:], strict=False):
                ends = [leg.end for leg in found.after(before.topic.id)]
                onward = [leg.end for leg in found.after(optional.topic.id)]
                if optional.words:
                    assert ends == [optional.topic.id, *onward]
                else:
                    assert ends == [optional.topic.id]


def settings(*steps: str, gate: str = "", stop: str = "") -> Settings:
    way = Way(tuple(map(step, steps)), place(f"{stop}?") if stop else None)
    return Settings(gate=gate, stages=tuple(Reference("stage", one, HERE) for one in ("one", "two")), way=way)


@pytest.mark.parametrize(
    ("found", "misplaced"),
    [
        (settings("a b", "c"), []),
        (settings("b a", "c", gate="a"), ["b"]),
        (settings("a c", "b", gate="a"), ["b"]),
        (settings("a c b"), ["b"]),
        (settings("a", "c", stop="b"), []),  # who would rather stop may go back
        (settings("a b", stop="b"), ["b"]),
        (settings("a unknown c"), []),  # which is a finding of its own
        (settings(gate="a"), []),
    ],
)
def test_a_way_begins_at_the_gate_and_follows_the_stages(found: Settings, misplaced: list[str]) -> None:
    stage_of = {"a": "one", "b": "one", "c": "two"}
    assert [one.place.topic.id for one in misfits(found, stage_of)] == misplaced


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_files_changes_no_way(docs: Mapping[str, bytes], seed: int) -> None:
    for files in (docs, read_folder(CASES / "moving" / "docs")):
        paths = list(files)
        Random(seed).shuffle(paths)  # noqa: S311  # no secrets
        pages = {page.path: page.text for page in build({path: files[path] for path in paths}).pages}
        assert "<nav" in pages["guide/boxes.md" if "guide/boxes.md" in pages else "guide/listen.md"]
        assert pages == {page.path: page.text for page in build(files).pages}

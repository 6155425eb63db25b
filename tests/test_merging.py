"""Joining points to advice: whatever the decisions, nothing is lost, nothing prints twice, and order means nothing."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.mdtext import normalised
from commonground.merging import merge
from commonground.model import (
    Advice,
    Content,
    Decisions,
    Group,
    Point,
    Reference,
    Scope,
    Settings,
    Source,
    Span,
)

SCOPES = ("early", "middle", "late")
LEADS = ("Do it.", "do it!", "Wait.", "Ask **first**.", "Ask first?", "Rest.")
BODIES = ("", "Now.", "NOW", "Later.")


def point(name: str, mark: str = "1", use: str = "keep", scope: str = "early", **words: str) -> Point:
    return Point(
        id=name,
        mark=mark,
        lead=words.get("lead", "Do it."),
        body=words.get("body", ""),
        topic="one",
        scope=scope,
        use=use,
        section="",
        question="",
        span=Span(f"sources/article-{mark}.md", int(name.rpartition("-")[2]) + 1),
        attribute_row=0,
    )


def group(name: str, members: list[str], scope: str = "", added: str = "") -> Group:
    here = Span("merges.yml")
    references = tuple(Reference("point", one, here) for one in members)
    return Group(id=name, topic="one", lead=f"Group {name}.", members=references, scope=scope, added=added, span=here)


def content(points: list[Point], groups: list[Group]) -> Content:
    marks = dict.fromkeys(one.mark for one in points)
    sources = [
        Source(
            slug=f"article-{mark}",
            mark=mark,
            title=mark,
            facts={},
            left_out=(),
            points=tuple(one for one in points if one.mark == mark),
            body="",
            span=Span(f"sources/article-{mark}.md"),
        )
        for mark in marks
    ]
    settings = Settings(scopes=tuple(Scope(scope, scope, scope) for scope in SCOPES))
    return Content(settings=settings, sources=tuple(sources), decisions=Decisions(groups=tuple(groups)))


def merged(points: list[Point], groups: list[Group]) -> tuple[Advice, ...]:
    return merge(content(points, groups))[0]


@st.composite
def guides(draw: st.DrawFn) -> tuple[list[Point], list[Group]]:
    """Points of a few sources, some of them with equal words; and groups, each point in one of them at most."""
    points = [
        point(
            f"p-{number:02}",
            mark=draw(st.sampled_from(["1", "2", "3", "10", "G"])),
            lead=draw(st.sampled_from(LEADS)),
            body=draw(st.sampled_from(BODIES)),
            use=draw(st.sampled_from(["keep", "keep", "cond", "swap"])),
            scope=draw(st.sampled_from(SCOPES)),
        )
        for number in range(draw(st.integers(0, 9)))
    ]
    free = draw(st.permutations([one.id for one in points]))
    groups = []
    for number in range(draw(st.integers(0, 3))):
        size = draw(st.integers(0, 3))
        members, free = list(free[:size]), list(free[size:])
        if members:
            groups.append(group(f"m{number}", members))
    return points, groups


@given(guides(), st.randoms())
def test_no_order_changes_the_advice(guide: tuple[list[Point], list[Group]], random: Random) -> None:
    points, groups = guide
    first = merge(content(points, groups))
    shuffled = [replace(one, members=tuple(random.sample(one.members, len(one.members)))) for one in groups]
    again = content(random.sample(points, len(points)), random.sample(shuffled, len(groups)))
    again = replace(again, sources=tuple(random.sample(again.sources, len(again.sources))))
    advice, findings = merge(again)
    assert advice == first[0]
    assert sorted(findings) == sorted(first[1])


@given(guides())
def test_every_point_prints_once_or_is_swapped(guide: tuple[list[Point], list[Group]]) -> None:
    points, groups = guide
    advice = merged(points, groups)
    printed = [one.id for piece in advice for one in piece.points]
    assert sorted(printed) == sorted(one.id for one in points if one.use != "swap")
    replaced = [one.id for piece in advice for one in piece.replaced]
    grouped = {member.id for one in groups for member in one.members}
    assert sorted(replaced) == sorted(one.id for one in points if one.use == "swap" and one.id in grouped)


@given(guides())
def test_only_decisions_and_equal_words_join(guide: tuple[list[Point], list[Group]]) -> None:
    points, groups = guide
    decided = {one.id: {member.id for member in one.members} for one in groups}
    for piece in merged(points, groups):
        names = {one.id for one in (*piece.points, *piece.replaced)}
        if piece.id in decided:
            assert names == decided[piece.id]
        else:
            assert piece.id == min(names)
            assert len({normalised(one.text) for one in piece.points}) == 1


@given(guides())
def test_advice_stands_in_the_order_of_its_names(guide: tuple[list[Point], list[Group]]) -> None:
    names = [piece.id for piece in merged(*guide)]
    assert names == sorted(names)


@given(guides())
def test_no_two_ungrouped_pieces_say_the_same(guide: tuple[list[Point], list[Group]]) -> None:
    points, groups = guide
    names = {one.id for one in groups}
    texts = [normalised(piece.text) for piece in merged(points, groups) if piece.id not in names]
    assert len(texts) == len(set(texts))


@given(guides())
def test_points_stand_in_the_order_of_their_marks(guide: tuple[list[Point], list[Group]]) -> None:
    order = ["1", "2", "3", "10", "G"]
    for piece in merged(*guide):
        for points in (piece.points, piece.replaced):
            marks = [order.index(one.mark) for one in points]
            assert marks == sorted(marks)


@given(guides())
def test_equal_words_that_differ_otherwise_are_named(guide: tuple[list[Point], list[Group]]) -> None:
    points, groups = guide
    advice, findings = merge(content(points, groups))
    names = {one.id for one in groups}
    unequal = [
        piece
        for piece in advice
        if piece.id not in names and len({(one.scope, one.use, one.topic) for one in piece.points}) > 1
    ]
    assert bool(findings) == bool(unequal)
    assert {one.code for one in findings} <= {"unequal-twins"}
    for finding in findings:
        assert any(f'"{one.id}"' in finding.message for piece in unequal for one in piece.points)


@pytest.mark.parametrize(
    ("scopes", "given_scope", "expected"),
    [
        (["early", "late", "middle"], "", "late"),
        (["early"], "", "early"),
        (["early", "early"], "middle", "middle"),
        (["late"], "early", "early"),
    ],
)
def test_a_group_has_the_latest_scope_unless_it_says_so(scopes: list[str], given_scope: str, expected: str) -> None:
    points = [point(f"p-{number}", scope=scope) for number, scope in enumerate(scopes)]
    (advice,) = merged(points, [group("m1", [one.id for one in points], scope=given_scope)])
    assert advice.scope == expected


@pytest.mark.parametrize(
    ("marks", "use", "added", "expected", "articles"),
    [
        (["2", "1", "2"], "keep", "", ("1", "2"), ("1", "2")),
        (["10", "9", "G"], "keep", "", ("9", "10", "G"), ("9", "10")),
        (["1"], "keep", "a word", ("1", "G"), ("1",)),
        (["1", "2"], "swap", "", ("G",), ()),
        (["G"], "keep", "", ("G",), ()),
    ],
)
def test_marks(marks: list[str], use: str, added: str, expected: tuple[str, ...], articles: tuple[str, ...]) -> None:
    points = [point(f"p-{number}", mark=mark, use=use) for number, mark in enumerate(marks)]
    (advice,) = merged(points, [group("m1", [one.id for one in points], added=added)])
    assert (advice.marks, advice.articles) == (expected, articles)


def test_a_member_that_is_nobody_is_passed_over() -> None:
    (advice,) = merged([point("p-1")], [group("m1", ["p-1", "p-9"])])
    assert [one.id for one in advice.points] == ["p-1"]


def test_nothing_makes_nothing() -> None:
    assert merge(Content()) == ((), [])

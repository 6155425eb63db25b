"""What the report on the merging counts and compares, and that it depends on the order of nothing."""

import json
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from commonground.building import build
from commonground.cli import main
from commonground.linking import Targets
from commonground.merging import merge
from commonground.model import (
    Content,
    Decisions,
    Difference,
    Group,
    Guide,
    Point,
    Reference,
    Settings,
    Source,
    Span,
    Topic,
)
from commonground.reading import read_folder
from commonground.reporting import Report, as_data, likeness, report
from commonground.reportpage import FITS, MOST, histogram, matrix, merging
from tests.casefile import CASES
from tests.rendering import as_html, harm

HERE = Span("here")


def point(name: str, lead: str = "Do it.", body: str = "", *, topic: str = "one", use: str = "keep") -> Point:
    mark = name[0]
    place = Span(f"sources/article-{mark}.md", int(name[2:]))
    words = {"lead": lead, "body": body, "section": "", "question": ""}
    return Point(id=name, mark=mark, topic=topic, scope="any", use=use, span=place, attribute_row=0, **words)


def source(mark: str, *points: Point) -> Source:
    slug = f"article-{mark}"
    return Source(slug=slug, mark=mark, title=slug, facts={}, left_out=(), points=points, body="", span=HERE)


def names(*ids: str) -> tuple[Reference, ...]:
    return tuple(Reference("point", one, HERE) for one in ids)


def group(name: str, *members: str, topic: str = "one") -> Group:
    return Group(id=name, topic=topic, lead=f"Say {name}.", members=names(*members), span=HERE)


def topic(slug: str, stage: str, order: int) -> Topic:
    words: dict[str, Any] = {
        "slug": slug,
        "title": slug.title(),
        "summary": "",
        "stage": stage,
        "scope": "any",
        "body": "",
    }
    return Topic(order=order, aliases=(), related=(), advice=(), tensions=(), left_out=(), span=HERE, **words)


CONTENT = Content(
    settings=Settings(stages=tuple(Reference("stage", one, HERE) for one in ("first", "then"))),
    sources=(
        source(
            "1",
            point("1-1", "Wrap the cups.", "Use paper."),
            point("1-2", "Label each box."),
            point("1-3", "Left out: running with glass.", use="swap"),
        ),
        source("2", point("2-1", "Wrap the glasses in paper."), point("2-2", "Write on boxes."), point("2-3", "Rest.")),
        source("3", point("3-1", "Wrap cups in paper."), point("3-2", "Eat.", topic="two"), point("3-3", "Sing.")),
        source("G", point("G-1", "Sleep.", topic="two")),
    ),
    decisions=Decisions(
        groups=(group("m1", "1-1", "2-1", "3-1"), group("m2", "1-2", "2-2"), group("m3", "3-2", topic="two")),
        different=(
            Difference(id="n2", between=(names("2-3"), names("1-1", "3-1")), reason="First and second.", span=HERE),
            Difference(id="n1", between=(names("1-2"), names("3-3")), reason="Not so.", span=HERE),
        ),
        alone=names("2-3"),
        unsure=names("3-3"),
    ),
    topics=(topic("two", "first", 2), topic("one", "then", 1)),
)


def found(content: Content = CONTENT) -> Report:
    return report(Guide(content, merge(content)[0]))


def test_it_counts_what_there_is() -> None:
    numbers = found().numbers
    assert (numbers.articles, numbers.points, numbers.swapped) == (3, 9, 1)
    assert (numbers.groups, numbers.joined, numbers.alone) == (3, 2, 1)
    assert (numbers.near_misses, numbers.undecided, numbers.unsure) == (2, 1, 1)
    assert [one.id for one in found().undecided] == ["3-3"]


def test_groups_come_the_least_alike_first_and_single_ones_last() -> None:
    groups = found().groups
    assert [(one.id, one.likeness, one.articles) for one in groups] == [
        ("m2", 0.0, 2),
        ("m1", 0.667, 3),
        ("m3", None, 1),
    ]
    assert groups[1].marks == ("1", "2", "3")
    assert [one.lead for one in groups[0].members] == ["Label each box.", "Write on boxes."]


@pytest.mark.parametrize(
    ("texts", "share"),
    [
        (["Wrap the cups."], None),
        (["Wrap the cups.", "Wrap your **cups**!"], 1.0),
        (["Wrap the cups.", "Wash the cups."], 0.5),
        (["Wrap the cups.", "Rest."], 0.0),
        (["Wrap the cups.", "Do it."], 0.0),  # of which no word says what it is about
        (["Wrap cups twice.", "Wrap cups.", "Wrap cups."], 0.667),  # the nearest counts
        (["Left out: lifting alone.", "Left out: running home."], 0.0),  # what reports a swap is nobody's word
    ],
)
def test_likeness_is_the_share_of_the_member_least_alike(texts: list[str], share: float | None) -> None:
    assert likeness(point(f"1-{number}", text) for number, text in enumerate(texts)) == share


def test_the_matrix_counts_printed_points_by_topic_in_the_menus_order() -> None:
    assert found().marks == ("1", "2", "3")
    assert [(row.topic, row.counts) for row in found().matrix] == [("two", (0, 0, 1)), ("one", (2, 3, 2))]


def test_the_histogram_counts_advice_by_its_articles() -> None:
    assert found().histogram == (1, 3, 1, 1)  # G-1; m3, 2-3 and 3-3; m2; m1


def test_near_misses_keep_the_order_of_their_sides() -> None:
    first, second = found().near_misses
    assert (first.id, second.id) == ("n1", "n2")
    assert [[one.id for one in side] for side in second.sides] == [["2-3"], ["1-1", "3-1"]]


@pytest.mark.parametrize("seed", range(5))
def test_it_depends_on_no_order(seed: int) -> None:
    chance = Random(seed)  # noqa: S311  # no secrets

    def shuffled(things: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(things, len(things)))

    decisions = CONTENT.decisions
    groups = tuple(replace(one, members=shuffled(one.members)) for one in decisions.groups)
    different = tuple(
        replace(one, between=tuple(shuffled(side) for side in one.between)) for one in decisions.different
    )
    changed = replace(
        CONTENT,
        sources=shuffled(tuple(replace(one, points=shuffled(one.points)) for one in CONTENT.sources)),
        topics=shuffled(CONTENT.topics),
        decisions=replace(decisions, groups=shuffled(groups), different=shuffled(different)),
    )
    assert found(changed) == found()


def test_its_data_are_json() -> None:
    data = json.loads(json.dumps(as_data(found())))
    assert data["numbers"]["points"] == 9
    assert data["groups"][0] | {"members": []} == {
        "id": "m2",
        "lead": "Say m2.",
        "topic": "one",
        "marks": ["1", "2"],
        "articles": 2,
        "members": [],
        "likeness": 0.0,
    }
    assert data["matrix"][0] == {"topic": "two", "title": "Two", "counts": [0, 0, 1]}


def test_an_empty_guide_has_an_empty_report() -> None:
    empty = report(Guide(Content(), ()))
    assert (empty.groups, empty.matrix, empty.histogram) == ((), (), (0,))
    assert "<svg" not in merging(Guide(Content(), ()), Targets(Guide(Content(), ())), "merging.md")


@pytest.mark.parametrize(("articles", "scrolls"), [(5, False), (12, True)])
def test_a_picture_too_wide_for_a_phone_has_a_box_that_scrolls(articles: int, scrolls: bool) -> None:
    sources = tuple(source(str(number)) for number in range(1, articles + 1))
    content = replace(CONTENT, sources=(*sources, CONTENT.sources[-1]), decisions=Decisions())
    guide = Guide(content, merge(content)[0])
    assert (matrix(report(guide)).width > FITS) is scrolls
    page = as_html(merging(guide, Targets(guide), "merging.md"))
    assert ('role="region" tabindex="0" aria-label="' in page) is scrolls
    assert page.count("<svg") == 2
    assert harm(page) == []


def test_every_bar_is_as_long_as_its_number() -> None:
    assert [shape.split('width="')[1].split('"')[0] for shape in histogram((1, 4)).shapes if "<rect" in shape] == [
        "50",
        "200",
    ]


def test_the_page_lists_the_least_alike_of_many(docs: Mapping[str, bytes]) -> None:
    guide = build(docs).guide
    page = as_html(merging(guide, Targets(guide), "merging.md"))
    assert page.count("Shared words: ") == min(MOST, report(guide).numbers.joined)
    assert harm(page) == []


def test_the_report_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "merging", "--project", str(CASES / "moving")]) == 0
    data = json.loads(capsys.readouterr().out)
    built = build(read_folder(CASES / "moving" / "docs")).guide
    assert data == json.loads(json.dumps(as_data(report(built))))
    assert data["numbers"]["articles"] == 5

"""Which topics are computed to be near: those that share what few share, never later ones, in an order of their own."""

from collections.abc import Mapping
from itertools import permutations

import pytest

from commonground.building import build
from commonground.model import (
    Checklist,
    Content,
    Guide,
    Item,
    Question,
    Reference,
    Relation,
    Scope,
    Settings,
    Span,
    Topic,
)
from commonground.relating import MOST, WIDEST, WORDS, neighbours

HERE = Span("")
SCOPES = ("alone", "both")


def topic(slug: str, order: int, scope: str = "alone", related: tuple[str, ...] = ()) -> Topic:
    return Topic(
        slug=slug,
        title=slug.title(),
        summary="",
        stage="",
        order=order,
        scope=scope,
        aliases=(),
        related=tuple(Relation(Reference("topic", name, HERE), "by choice") for name in related),
        advice=(),
        tensions=(),
        left_out=(),
        body="",
        span=HERE,
    )


def question(text: str, *topics: str) -> Question:
    return Question(
        id="q", question=text, answer="", topics=topics, origin="", group="", span=HERE, heading_row=0, attribute_row=0
    )


def checklist(title: str, *topics: str) -> Checklist:
    items = tuple(Item(id=name, text="", topic=name, group="", span=HERE) for name in topics)
    return Checklist(slug="list", title=title, when="", scope="alone", order=1, items=items, span=HERE)


def near(
    topics: tuple[Topic, ...], questions: tuple[Question, ...] = (), checklists: tuple[Checklist, ...] = ()
) -> dict[str, list[tuple[str, str]]]:
    settings = Settings(scopes=tuple(Scope(name, name, "") for name in SCOPES))
    content = Content(settings=settings, topics=topics, questions=questions, checklists=checklists)
    found = neighbours(Guide(content, ()))
    return {slug: [(one.topic.id, one.reason) for one in relations] for slug, relations in found.items()}


THREE = (topic("a", 1), topic("b", 2), topic("c", 3))


def test_both_ends_of_a_shared_question_are_near() -> None:
    found = near(THREE, (question("Why?", "a", "c"),))
    assert found == {"a": [("c", "answers: Why?")], "b": [], "c": [("a", "answers: Why?")]}


def test_what_few_share_counts_more_and_gives_the_reason() -> None:
    found = near(THREE, (question("Rare?", "a", "c"),), (checklist("Common", "a", "b", "c"),))
    assert found["a"] == [("c", "answers: Rare?"), ("b", "on the list: Common")]


def test_equals_stand_in_the_order_of_the_guide() -> None:
    found = near(THREE, (question("One?", "a", "c"), question("Two?", "a", "b")))
    assert [slug for slug, _ in found["a"]] == ["b", "c"]


def test_what_four_share_alone_is_too_little_and_with_more_of_it_enough() -> None:
    four = (*THREE, topic("d", 4))
    wide = checklist("Wide", "a", "b", "c", "d")
    assert near(four, (), (wide,))["a"] == []
    assert [slug for slug, _ in near(four, (), (wide, wide))["a"]] == ["b", "c", "d"]


def test_what_half_of_a_guide_shares_says_nothing() -> None:
    many = tuple(topic(f"t{number:02}", number) for number in range(WIDEST + 1))
    wide = checklist("Wide", *(one.slug for one in many))
    assert set(map(len, near(many, (), (wide,) * WIDEST * 2).values())) == {0}


def test_nothing_leads_to_a_later_scope_and_back_it_may() -> None:
    found = near((topic("a", 1), topic("b", 2, "both")), (question("Why?", "a", "b"),))
    assert found == {"a": [], "b": [("a", "answers: Why?")]}


@pytest.mark.parametrize("named", range(MOST + 2))
def test_the_writer_comes_first_and_leaves_room_or_none(named: int) -> None:
    others = tuple(topic(f"t{number}", number) for number in range(1, 10))
    chosen = tuple(one.slug for one in others[:named])
    first = topic("a", 0, related=chosen)
    found = near((first, *others), tuple(question("Why?", "a", one.slug) for one in others))
    assert len(found["a"]) == max(0, MOST - named)
    assert not {slug for slug, _ in found["a"]} & {"a", *chosen}


LONG = "How can I say all of this in fewer words?"


@pytest.mark.parametrize(
    ("questions", "checklists", "reason"),
    [
        ((question(LONG, "a", "b"),), (), "answers the same question"),
        ((question(LONG, "a", "b"),), (checklist("Short", "a", "b", "c"),), "on the list: Short"),
        ((), (checklist(LONG, "a", "b"),), "ticked on the same list"),
        ((question("Why?", "a", "b"), question("How?", "a", "b")), (), "answers: Why?"),
    ],
)
def test_the_reason_names_the_strongest_thing_that_fits(
    questions: tuple[Question, ...], checklists: tuple[Checklist, ...], reason: str
) -> None:
    assert near(THREE, questions, checklists)["a"][0] == ("b", reason)


def test_the_order_of_files_and_lines_changes_no_neighbour() -> None:
    questions = (question("One?", "a", "b"), question("Two?", "b", "c"), question("Three?", "a", "c"))
    found = [near(THREE, tuple(turned)) for turned in permutations(questions)]
    assert all(one == found[0] for one in found)


def test_the_guide_s_own_neighbours_say_why_and_never_lead_ahead(docs: Mapping[str, bytes]) -> None:
    guide = build(docs).guide
    topics = {one.slug: one for one in guide.content.topics}
    steps = [scope.id for scope in guide.content.settings.scopes]
    computed = [(topics[slug], one) for slug, relations in neighbours(guide).items() for one in relations]
    assert computed
    for here, relation in computed:
        there = topics[relation.topic.id]
        assert steps.index(there.scope) <= steps.index(here.scope), (here.slug, there.slug)
        assert len(relation.reason.split()) <= WORDS, relation.reason
        assert there.slug not in {here.slug, *(one.topic.id for one in here.related)}
    gate = guide.content.settings.gate
    assert not [one for here, one in computed if here.slug == gate and topics[one.topic.id].scope != steps[0]]

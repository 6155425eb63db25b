"""The A to Z: which word a name stands under, what is listed, and that nothing is listed twice."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions.toc import slugify

from commonground import mdtext
from commonground.building import build
from commonground.indexing import FIGURES, Entry, index
from commonground.reading import read_folder
from tests.casefile import BASE


@pytest.mark.parametrize(
    ("text", "letter", "shown"),
    [
        ("Pack the boxes", "P", "Pack the boxes"),
        ("packing", "P", "packing"),
        ("The last look", "L", "The **last** look"),
        ("A van", "V", "A **van**"),
        ("How many boxes do I need?", "M", "How **many** boxes do I need?"),
        ("May I carry it alone?", "C", "May I **carry** it alone?"),
        ("I statements", "S", "I **statements**"),
        ("own up", "O", "own up"),
        ("it is over", "O", "it is **over**"),
        ("It is 2am", FIGURES, "It is **2am**"),
        ("24 hours", FIGURES, "24 hours"),
        ("It's heavy", "H", "It's **heavy**"),
        ("It’s heavy", "H", "It’s **heavy**"),
        ("École", "E", "École"),
        ("Über uns", "U", "Über uns"),
        ("The *best* box", "B", "The *best* box"),
        ("?!", "?", "?!"),
    ],
)
def test_a_name_stands_under_its_first_telling_word(text: str, letter: str, shown: str) -> None:
    entry = Entry(text, "page.md")
    assert (entry.letter, entry.shown) == (letter, shown)


@given(st.text(min_size=1))
def test_any_name_has_a_place_and_keeps_its_words(text: str) -> None:
    entry = Entry(text, "page.md")
    assert entry.letter or not text.strip()
    assert entry.shown.replace("**", "") == text.replace("**", "")


def names(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    result = build(files)
    assert not result.failed, result.findings
    return [(entry.text, entry.address) for entry in index(result.guide.content)]


def test_every_kind_of_name_is_listed_in_order() -> None:
    assert names(read_folder(BASE)) == [
        ("Carry", "stages/carry.md"),
        ("May I carry it alone?", "faq.md#q-alone"),
        ("Checklists", "checklists/index.md"),
        ("Where they disagree", "tensions.md"),
        ("Lift and carry", "guide/lifting.md"),
        ("How many boxes do I need?", "faq.md#q-how-many"),
        ("Moving day", "checklists/moving-day.md"),
        ("Pack the boxes", "guide/boxes.md"),
        ("packing", "guide/boxes.md"),
        ("Plan the move", "guide/plan-the-move.md"),
        ("Prepare", "stages/prepare.md"),
        ("Sources", "sources/index.md"),
    ]


def test_a_name_that_only_repeats_its_page_s_title_is_listed_once(base: dict[str, bytes]) -> None:
    base["guide/boxes.md"] = base["guide/boxes.md"].replace(b"[packing]", b"[pack the boxes, packing]")
    assert [text for text, address in names(base) if address == "guide/boxes.md"] == ["Pack the boxes", "packing"]


@pytest.mark.parametrize(
    ("page", "link", "listed"),
    [
        ("guide/plan-the-move.md", "boxes.md#when-you-are-tired", True),
        ("index.md", "guide/boxes.md#when-you-are-tired", True),
        ("guide/boxes.md", "#when-you-are-tired", False),
        ("guide/boxes.md", "boxes.md#when-you-are-tired", False),
        ("index.md", "guide/boxes.md", False),
        ("index.md", "guide/boxes.md#m01", False),
    ],
)
def test_a_section_is_listed_when_another_page_sends_readers_to_it(
    base: dict[str, bytes], page: str, link: str, listed: bool
) -> None:
    base["guide/boxes.md"] = base["guide/boxes.md"].replace(b"Stop when", b"## When you are *tired*\n\nStop when")
    base[page] += f"\nSee [this]({link}).\n".encode()
    section = ("When you are tired", "guide/boxes.md#when-you-are-tired")
    assert (section in names(base)) == listed


@given(st.text(alphabet=st.characters(exclude_characters="*_[]()!\n"), max_size=40))
def test_a_heading_has_the_id_that_the_renderer_gives_it(heading: str) -> None:
    assert mdtext.slug(heading) == slugify(heading, "-")


def test_the_guide_lists_every_name_once(docs: Mapping[str, bytes]) -> None:
    content = build(docs).guide.content
    entries = index(content)
    listed = [(entry.text.casefold(), entry.address.partition("#")[0]) for entry in entries]
    assert len(listed) == len(set(listed))
    texts = {text for text, _ in listed}
    for topic in content.topics:
        assert {topic.title.casefold(), *(alias.text.casefold() for alias in topic.aliases)} <= texts
    assert {question.question.casefold() for question in content.questions} <= texts
    assert {stage.title.casefold() for stage in content.stages} <= texts
    assert {checklist.title.casefold() for checklist in content.checklists} <= texts

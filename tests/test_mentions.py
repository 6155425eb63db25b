"""Names in running text: which forms of a word are one, where a text may hold a link, and which mention gets it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.inflecting import forms
from commonground.mentions import MOST, Linked, Names, Passage, link
from commonground.model import Span
from commonground.prose import paragraphs

NAMES = {"boxes": ["packing", "box", "pack the boxes"], "van": ["hire a van", "van"], "cat": ["move the cat", "tabby"]}
HERE = Span("guide/page.md", 10)


def write(words: str, aim: str, _: Passage) -> str:
    return f"[{words}]({aim})"


def meant(address: str, _: Passage) -> str:
    return address.partition("#")[0].removesuffix(".md")


def linked(text: str, *, own: str = "", exceptions: tuple[str, ...] = (), apart: tuple[str, ...] = ()) -> Linked:
    passage = Passage(text, HERE, apart=frozenset(apart))
    return link([passage], Names(NAMES, exceptions), write, meant, own)


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("boundary", "boundaries"),
        ("boundaries", "boundary"),
        ("apology", "apologies"),
        ("apologise", "apologising"),
        ("apologize", "apologised"),
        ("plan", "planning"),
        ("planned", "plans"),
        ("travel", "travelled"),
        ("tie", "tying"),
        ("agree", "agreeing"),
        ("box", "boxes"),
        ("miss", "misses"),
        ("make", "making"),
        ("need", "needs"),
        ("go", "going"),
        ("analyse", "analyzed"),
    ],
)
def test_regular_forms(word: str, form: str) -> None:
    assert form in forms(word)


@pytest.mark.parametrize(
    ("word", "other"),
    [("trust", "trustee"), ("close", "closure"), ("bus", "bu"), ("this", "thi"), ("bed", "b")],
)
def test_other_words_are_no_forms(word: str, other: str) -> None:
    assert other not in forms(word)


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_a_word_is_a_form_of_itself_and_of_its_plural(word: str) -> None:
    assert word in forms(word)
    assert all(form and form == form.lower() for form in forms(word))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Start packing today.", "Start [packing](boxes) today."),
        ("PACKED boxes.", "[PACKED](boxes) boxes."),
        ("Pack the boxes first.", "[Pack the boxes](boxes) first."),
        ("They are hiring a van.", "They are [hiring a van](van)."),
        ("Hire a\nvan.", "[Hire a\nvan](van)."),
        ("The tabby’s basket.", "The tabby’s basket."),
        ("A caravan and a boxer.", "A caravan and a boxer."),
        ("- Pack.\n- Take the van.", "- [Pack](boxes).\n- Take the [van](van)."),
        ("Packing, a van.", "[Packing](boxes), a van."),
        ("Pack. Then pack again.", "[Pack](boxes). Then pack again."),
        ("Pack a [list](list.md). Pack it.", "Pack a [list](list.md). [Pack](boxes) it."),
        ("# Packing\n\nPack.", "# Packing\n\n[Pack](boxes)."),
        ("> Pack.\n\nVan.", "> Pack.\n\n[Van](van)."),
        ("| Pack | Van |\n| --- | --- |\n\nPack.", "| Pack | Van |\n| --- | --- |\n\n[Pack](boxes)."),
        ('She said "pack the\nvan". Pack.', 'She said "pack the\nvan". [Pack](boxes).'),
        ("“Pack”, they say. Pack.", "“Pack”, they say. [Pack](boxes)."),
        ("**Pack.** Then *pack*, `pack` and pack.", "**Pack.** Then *pack*, `pack` and [pack](boxes)."),
        ("![a van](van.png) and https://van.example/van", "![a van](van.png) and https://van.example/van"),
        ("```\npack\n```\n\n    pack\n\nPack.", "```\npack\n```\n\n    pack\n\n[Pack](boxes)."),
        ("1. Pack.\n   > pack\n2. The van.", "1. [Pack](boxes).\n   > pack\n2. The [van](van)."),
        ("Is it [packed?](a.md) The van waits.", "Is it [packed?](a.md) The [van](van) waits."),
        ("hire, a van", "hire, a [van](van)"),
    ],
)
def test_where_a_link_stands(text: str, expected: str) -> None:
    assert linked(text).texts == (expected,)


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("Pack. Pack.", ["", "linked on this page already"]),
        ("Pack the van.", ["", "another link in this sentence"]),
        ('"Pack." *Van.* `tabby`', ["in a quotation", "in emphasis", "in code"]),
        ("## Pack", ["in a heading"]),
        ("[Pack](x.md)", []),
    ],
)
def test_every_mention_without_a_link_has_its_reason(text: str, reasons: list[str]) -> None:
    assert [one.reason for one in linked(text).mentions] == reasons


def test_what_needs_no_link() -> None:
    assert linked("Pack the van.", own="boxes").texts == ("Pack the [van](van).",)
    made = linked("Pack. Van.", apart=("boxes",))
    assert made.texts == ("Pack. [Van](van).",)
    assert made.mentions[0].reason == "kept apart by a decision"


def test_what_a_writer_links_needs_no_other_link() -> None:
    assert linked("Pack.\n\nSee [this](boxes.md).").texts == ("Pack.\n\nSee [this](boxes.md).",)
    in_part = linked("Pack. See [this](boxes.md#tape).\n\nPack.")
    assert in_part.texts == ("Pack. See [this](boxes.md#tape).\n\n[Pack](boxes).",)
    assert in_part.mentions[0].reason == "a part of it is linked in this paragraph"


def test_an_exception_covers_what_lies_in_it_and_nothing_else() -> None:
    made = linked("A van full of luck. A van.", exceptions=("van full of luck", "cat food"))
    assert made.texts == ("A van full of luck. A [van](van).",)
    assert made.excepted == {"van full of luck"}


def test_a_page_has_few_links_whatever_it_mentions() -> None:
    names = Names({f"n{number}": [f"word{number}"] for number in range(MOST + 2)})
    text = " ".join(f"A word{number}." for number in range(MOST + 2))
    made = link([Passage(text, HERE)], names, write, meant)
    assert made.texts[0].count("](") == MOST
    assert [one.reason for one in made.mentions][-2:] == [f"{MOST} links on this page already"] * 2


def test_a_mention_has_its_place() -> None:
    made = linked("First.\n\nThen pack,\nor the van.")
    assert [(one.span.line, one.span.column, one.words) for one in made.mentions] == [(12, 6, "pack"), (13, 8, "van")]


def test_links_of_the_writer_are_known() -> None:
    passage = Passage("See [a](a.md#b), ![c](c.png) and `[d](d.md)`.\n\n> [e](e.md)", HERE)
    assert list(passage.aims) == ["a.md#b", "c.png"]


PIECES = [
    "pack ",
    "van",
    "\n\n",
    "\n",
    "- ",
    "> ",
    "# ",
    '"',
    "*",
    "**",
    "`",
    "[a](b.md) ",
    ". ",
    "A ",
    "_",
    "    ",
    "é ",
]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(texts)
def test_outside_of_links_every_byte_stays(text: str) -> None:
    made = linked(text)
    [after] = made.texts
    for one in made.mentions:
        if not one.reason:
            after = after.replace(f"]({one.aim})", "", 1)
    assert after.replace("[", "") == text.replace("[", "")
    assert sum(not one.reason for one in made.mentions) == after.count("[") - text.count("[")


@given(texts)
def test_paragraphs_are_in_order_and_their_sentences_touch(text: str) -> None:
    parts = list(paragraphs(text))
    assert [part.start for part in parts] == sorted(part.start for part in parts)
    for part in parts:
        assert all(one[1] == other[0] for one, other in pairwise(part.sentences))
        assert all(one.end <= other.start for one, other in pairwise(part.zones))

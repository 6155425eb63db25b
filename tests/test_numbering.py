"""Texts as numbers: the same words, counts and topics as text by text."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.numbering import Numbered, number, topics_of, words_of
from commonground.stemming import spoken


def texts_of(numbered: Numbered) -> list[list[str]]:
    """Each text as its terms."""
    spans = zip(numbered.ends.tolist(), numbered.ends.tolist()[1:], strict=False)
    return [[numbered.terms[at] for at in numbered.numbers[start:end].tolist()] for start, end in spans]


def test_terms_are_numbered_once_in_the_order_in_which_they_come() -> None:
    numbered = number([["van", "box", "van"], [], ["box"]])
    assert numbered.terms == ["van", "box"]
    assert texts_of(numbered) == [["van", "box", "van"], [], ["box"]]


def test_a_term_may_become_several_or_none() -> None:
    numbered = number([["ab", "", "c"], ["c"], [], ["", "ab"]])
    assert texts_of(numbered.each(list)) == [["a", "b", "c"], ["c"], [], ["a", "b"]]
    assert texts_of(number([]).each(list)) == []


@given(st.lists(st.text(alphabet=st.sampled_from("aBßİ'’-_ .\n\u00a0\u2028\x1c1é🙂"), max_size=20), max_size=6))
def test_words_are_those_of_each_text_by_itself(texts: list[str]) -> None:
    assert texts_of(words_of(texts)) == [spoken(text) for text in texts]


def test_counts_have_the_columns_asked_for() -> None:
    counts = number([["box", "van", "box"], ["lamp"], []]).counts(["box", "key", "van"])
    assert counts.toarray().tolist() == [[2, 0, 1], [0, 0, 0], [0, 0, 0]]
    assert number([["box", "Box", "key"]]).counts(["box"], str.lower).toarray().tolist() == [[2]]


TOPICS = {"van": ["removal van", "lorry", "lorry hire"], "pack": ["wrap in paper", "the", "wrap a lorry"]}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Removal vans are dear", ["van"]),
        ("wrap the papers", ["pack"]),
        ("the van, the removal", []),
        ("a lorry and a lorry", ["van"]),
        ("Wrap lorries", ["pack", "van"]),
        ("hire a removal", []),
        ("", []),
    ],
)
def test_a_topic_is_named_by_a_whole_phrase_in_any_form(text: str, named: Sequence[str]) -> None:
    for texts in ([text], [text, "van"], ["removal", text, "van"]):  # a phrase does not run on into the next text
        row = topics_of(words_of(texts), TOPICS).toarray()[texts.index(text)]
        assert [topic for topic, names in zip(sorted(TOPICS), row, strict=True) if names == 1] == named


def test_without_topics_or_texts_nothing_is_named() -> None:
    assert topics_of(words_of(["van"]), {}).shape == (1, 0)
    assert topics_of(words_of([]), TOPICS).shape == (0, 2)

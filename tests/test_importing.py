"""Messy articles to clean structure: the cases of cases/import, and the five first articles against people's labels."""

import csv
import json
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import trafilatura

from commonground import furniture
from commonground.article import Article, Refusal
from commonground.decoding import decode
from commonground.importing import HTML, describe, read_article, read_lines
from commonground.mdtext import plain
from commonground.reading import read
from commonground.sentences import asks, split
from commonground.writing import draft_of, write
from tests.casefile import CASES

EXPECTED = sorted((CASES / "import").glob("*.json"))
HOLDS = {"kept", "lost"}
TOLD = {"about", "refused", *HOLDS}


def load(path: Path) -> tuple[str, bytes, dict[str, Any]]:
    """The name of a case's article, its bytes, and what must come of it."""
    article = path.with_suffix("")
    return article.name, article.read_bytes(), json.loads(path.read_text(encoding="utf-8"))


def found(name: str, article: Article, expected: dict[str, Any]) -> dict[str, Any]:
    """What was found of everything that the case tells, in its form: pages with markup have no lines to number."""
    data = describe(name, article) | {key: article.facts.get(key) for key in ("author", "publisher")}
    for key in ("headings", "questions"):
        keys = set(expected[key][0]) if expected.get(key) else set()
        data[key] = [{part: value for part, value in one.items() if part in keys} for one in data[key]]
    return {key: data[key] for key in expected if key not in TOLD}


def body(article: Article) -> str:
    return "\n".join([article.title, *(element.text for element in article.elements)])


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_a_messy_article_becomes_what_the_case_says(path: Path) -> None:
    name, raw, expected = load(path)
    if "refused" in expected:
        with pytest.raises(Refusal) as refusal:
            read_article(name, raw)
        assert expected["refused"].lower() in str(refusal.value).lower()
        assert "\n" not in str(refusal.value)
        return
    article = read_article(name, raw)
    assert found(name, article, expected) == {key: value for key, value in expected.items() if key not in TOLD}
    assert [text for text in expected.get("kept", ()) if text not in body(article)] == []
    assert [text for text in expected.get("lost", ()) if text in body(article)] == []


@pytest.mark.parametrize(
    "path", [path for path in EXPECTED if "refused" not in load(path)[2]], ids=lambda path: path.stem
)
def test_its_draft_reads_back_to_the_same_thing(path: Path) -> None:
    name, raw, _ = load(path)
    draft = draft_of(read_article(name, raw), 6, "a6")
    content, findings = read({"sources/article-6.md": write(draft).encode()})
    assert findings == []
    assert content.drafts == (draft,)
    assert write(content.drafts[0]) == write(draft)


def words_of(text: str) -> Counter[str]:
    return Counter("".join(letter if letter.isalnum() else " " for letter in text).split())


@pytest.mark.parametrize(
    "path", [path for path in EXPECTED if "refused" not in load(path)[2]], ids=lambda path: path.stem
)
def test_no_word_vanishes_unnamed(path: Path) -> None:
    name, raw, _ = load(path)
    article = read_article(name, raw)
    lines, _ = read_lines(name, raw)
    dropped = {one.line for one in article.dropped}
    came = words_of("\n".join(plain(line.text) for line in lines if line.number not in dropped))  # links as words
    kept = words_of("\n".join([body(article), *(element.label for element in article.elements)]))
    kept.update(words_of(article.facts.get("publisher", "")))  # taken off the title
    assert came - kept == Counter()


PAGES = [path for path in EXPECTED if path.with_suffix("").suffix in HTML and "kept" in load(path)[2]]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_keeps_no_less_than_trafilatura_alone(path: Path) -> None:
    name, raw, expected = load(path)
    alone = trafilatura.extract(decode(raw), include_comments=False) or ""
    ours = body(read_article(name, raw))
    assert {text for text in expected["kept"] if text in alone} <= {text for text in expected["kept"] if text in ours}
    assert {text for text in expected["lost"] if text in ours} <= {text for text in expected["lost"] if text in alone}


def test_cases_are_many_and_each_says_what_it_shows() -> None:
    abouts = [load(path)[2]["about"] for path in EXPECTED]
    assert len(set(abouts)) == len(abouts) > 25


def test_every_reason_of_a_rule_is_shown_by_a_case() -> None:
    shown = set()
    for path in EXPECTED:
        name, raw, expected = load(path)
        if "refused" not in expected:
            shown |= {one.reason for one in read_article(name, raw).dropped}
    assert furniture.RULES.keys() <= shown


def test_every_reason_is_explained_in_one_sentence() -> None:
    for reason in furniture.RULES:
        assert furniture.why(reason).endswith(".")
        assert "\n" not in furniture.why(reason)


# With the articles at hand


@pytest.fixture(scope="session")
def gold(shared: Path) -> list[dict[str, Any]]:
    """The structure of the five articles as two readers found it."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((shared / "gold").glob("*.json"))]


def test_the_five_articles_have_the_structure_that_people_found(shared: Path, gold: list[dict[str, Any]]) -> None:
    assert sum(len(expected["headings"]) for expected in gold) == 95
    for expected in gold:
        name = expected["file"]
        data = describe(name, read_article(name, (shared / "articles" / name).read_bytes()))
        assert {key: data[key] for key in expected} == expected


def test_bullets_are_made_of_the_sentences_that_people_call_advice(shared: Path) -> None:
    path = Path(__file__).parent / "eval" / "advice.json"
    floor = json.loads(path.read_text(encoding="utf-8"))
    labels = (shared / "gold" / "statements.tsv").read_bytes()
    assert sha256(labels).hexdigest() == floor["labels"], "other labels: measure anew"
    rows = csv.DictReader(labels.decode().splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    truth = {row["text"].removeprefix("A. "): row["label_1"] in {"advice", "answer"} for row in rows}
    made = set[str]()
    for article in sorted((shared / "articles").glob("*.txt")):
        draft = draft_of(read_article(article.name, article.read_bytes()), 6, "a6")
        made |= {part.lead for section in draft.sections for part in section.parts if part.id}
    right = {text for text in made if truth.get(text)}
    assert made <= truth.keys()
    precision, recall = len(right) / len(made), len(right) / sum(truth.values())
    assert precision >= floor["precision"]
    assert recall >= floor["recall"]


def test_sentences_end_where_people_end_them(shared: Path, gold: list[dict[str, Any]]) -> None:
    text = (shared / "gold" / "statements.tsv").read_text(encoding="utf-8")
    paragraphs: dict[str, list[str]] = {}
    for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["form"] == "line" and row["label_1"] in {"advice", "answer", "reason", "filler"}:
            paragraphs.setdefault(row["id"].rpartition(".")[0], []).append(row["text"])
    for place, sentences in paragraphs.items():
        number, line = place.split(":")
        article = shared / "articles" / gold[int(number)]["file"]
        whole = article.read_text(encoding="utf-8").split("\n")[int(line) - 1]
        assert list(split(whole.strip())) == sentences


# Sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "Water the fern on Sundays.",
        "Don’t water it twice.",
        "Once the soil is dry, water it slowly.",
        "If the leaves, stems or roots look brown, gently cut them off.",
        "You should turn the pot every week.",
        "It’s essential to let the water drain.",
        "Feeding it in spring is an important step.",
        "Remember that the fern sleeps in winter.",
        "So, please keep it out of the sun.",
    ],
)
def test_a_sentence_that_asks_something(sentence: str) -> None:
    assert asks(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Water is heavier than most people think.",
        "Love and patience are what ferns live on.",
        "The fern came from a forest.",
        "Imagine a fern as a small umbrella.",
        "Here’s why it matters:",
        "Did you ever lose a fern?",
        "Most ferns like shade.",
    ],
)
def test_a_sentence_that_asks_nothing(sentence: str) -> None:
    assert not asks(sentence)


def test_a_question_in_a_list_is_one_to_put_to_oneself() -> None:
    assert asks("Did you water it?", listed=True)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Use glue, e.g. Wood glue. Wait.", 2),
        ("Mr. Reed came at 5 p.m. He left.", 2),
        ("“Stop!” She stopped.", 2),
        ("It costs 3.50 a pot. Buy two!", 2),
        ("One", 1),
        ("", 0),
    ],
)
def test_sentences_are_parted_at_their_ends(text: str, count: int) -> None:
    assert len(list(split(text))) == count

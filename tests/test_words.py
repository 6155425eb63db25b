"""How hard the finished pages are to read: every page, as a reader meets it, advice and boxes included."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import textstat
from bs4 import BeautifulSoup, Tag

HIGHEST_GRADE = 6  # Flesch-Kincaid; children of eleven read it
LONGEST_SENTENCE = 25  # words
BLOCKS = "p, li, summary, label, h1, h2, h3, dt, dd"
NOT_PROSE = ".rules, .contents-here, .marks, table, script, .doors, .behind, .mentioned"  # lists are no sentences
SENTENCE_END = re.compile(r"(?<=[.?:])[\"”]?\s+")  # the build puts a colon between a condition and its advice


def blocks(page: Path) -> Iterator[str]:
    """Each block of the page's text once, as one line."""
    article = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find("article")
    assert isinstance(article, Tag), page
    for element in article.select(NOT_PROSE):
        element.decompose()
    for element in reversed(article.select(BLOCKS)):  # the inner ones before those that hold them
        text = " ".join(element.extract().get_text().split())
        if re.search(r"\w", text):
            yield text


def pages_of(site: Path) -> list[Path]:
    return [page for page in sorted(site.rglob("index.html")) if "LICENSE" not in page.parts]


@pytest.fixture(scope="session")
def texts(site_dir: Path) -> dict[str, list[str]]:
    return {page.relative_to(site_dir).as_posix(): list(blocks(page)) for page in pages_of(site_dir)}


def test_no_page_is_harder_than_grade_six(texts: dict[str, list[str]]) -> None:
    hard = {}
    for page, text in texts.items():
        prose = " ".join(block if block.endswith((".", "?", "!")) else f"{block}." for block in text)
        grade = textstat.flesch_kincaid_grade(prose)
        if grade > HIGHEST_GRADE:
            hard[page] = grade
    assert texts
    assert hard == {}


def test_no_sentence_is_longer_than_twenty_five_words(texts: dict[str, list[str]]) -> None:
    long = [
        f"{page}: {sentence}"
        for page, text in texts.items()
        for block in text
        for sentence in SENTENCE_END.split(block)
        if len(re.findall(r"[\w'’-]+", sentence)) > LONGEST_SENTENCE
    ]
    assert long == []

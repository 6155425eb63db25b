"""What the search is told of the guide, and the library it looks with."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground import mdtext
from commonground.building import Result, build
from tests.rendering import as_html

VENDOR = Path(__file__).parents[1] / "overrides" / "javascripts" / "vendor"


def rows(result: Result) -> dict[str, Any]:
    data = json.loads(next(page.text for page in result.pages if page.path == "words.json"))
    found = {row["at"]: row for row in data["found"]}
    assert len(found) == len(data["found"])
    return found


@pytest.fixture
def found(base: dict[str, bytes]) -> dict[str, Any]:
    return rows(build(base))


@pytest.mark.parametrize(
    ("at", "title", "kind", "label"),
    [
        ("guide/boxes/", "Pack the boxes", "topic", "Prepare"),
        ("stages/prepare/", "Prepare", "stage", "Stage"),
        ("checklists/moving-day/", "Moving day", "checklist", "Checklist"),
        ("checklists/", "Checklists", "page", ""),
        ("faq/#q-alone", "May I carry it alone?", "question", "Question"),
        ("tensions/#t1", "One trip, or several", "tension", "Where the articles pull two ways"),
        ("sources/article-1/", "Article 1", "source", "Source"),
        ("faq/", "Questions people ask", "page", ""),
        ("./", "Moving house", "page", ""),
    ],
)
def test_each_kind_of_page_says_what_it_is(found: dict[str, Any], at: str, title: str, kind: str, label: str) -> None:
    row = found[at]
    assert (row["title"], row["kind"], row.get("label", "")) == (title, kind, label)


def test_a_topic_gives_its_words_and_where_they_stand(found: dict[str, Any]) -> None:
    row = found["guide/boxes/"]
    assert row["about"] == "Room by room."
    assert row["names"] == ["packing"]
    assert ["", "", "longer packing stop takes think tired"] in row["parts"]
    assert [part[:2] for part in row["parts"] if part[0] == "a-01"]


def test_a_page_says_each_word_of_its_text_once_and_none_that_it_shows(docs: Mapping[str, bytes]) -> None:
    for row in rows(build(docs)).values():
        shown = " ".join([row["title"], row.get("about", ""), *(name for _, name, _ in row.get("parts", ()))])
        words = [word for _, _, text in row.get("parts", ()) for word in text.split()]
        assert len(words) == len(set(words)), row["at"]
        assert not set(words) & set(re.findall(r"\w+", shown.lower())), row["at"]


LAY = "zqx words"


@pytest.mark.parametrize(
    ("path", "line", "at"),
    [
        ("guide/boxes.md", "order: 2", "guide/boxes/"),
        ("stages/prepare.md", "title: Prepare", "stages/prepare/"),
        ("checklists/moving-day.md", "order: 1", "checklists/moving-day/"),
        ("faq.md", "summary: Short answers.", "faq/"),
        ("help.yml", "entries: []", "guide/plan-the-move/#help"),
    ],
)
def test_lay_words_are_told_to_the_search_and_to_nobody_else(
    base: dict[str, bytes], path: str, line: str, at: str
) -> None:
    base["a-to-z.md"] = b"---\ntitle: A to Z\n---\n\n<!-- a-to-z -->\n"
    text = base[path].decode()
    assert line in text
    base[path] = text.replace(line, f'{line}\nfound_by: ["{LAY}"]').encode()
    result = build(base)
    assert result.findings == ()
    assert rows(result)[at]["found_by"] == [LAY]
    assert [page.path for page in result.pages if LAY in page.text] == ["words.json"]


def test_no_lay_word_of_this_guide_is_another_name_too(docs: Mapping[str, bytes]) -> None:
    found = rows(build(docs)).values()
    names = {name.casefold() for row in found for name in row.get("names", ())}
    lay = [word.casefold() for row in found if row["kind"] != "source" for word in row.get("found_by", ())]
    assert lay
    assert names & set(lay) == set()
    assert len(lay) == len(set(lay))


def test_a_guide_without_a_gate_offers_no_help_and_nothing_instead(base: dict[str, bytes]) -> None:
    base["guide.yml"] = base["guide.yml"].replace(b"gate: plan-the-move\n", b"")
    result = build(base)
    assert result.findings == ()
    data = json.loads(next(page.text for page in result.pages if page.path == "words.json"))
    assert data["instead"] == []
    assert not [row for row in data["found"] if row["kind"] == "help"]


HEADINGS = (
    st.text(st.sampled_from("abcéß ÀZ09-–,.?'’&/"), max_size=12).map(str.strip).filter(re.compile(r"[a-z]").search)
)


@given(st.lists(HEADINGS, min_size=1, max_size=8))
def test_headings_get_the_ids_that_the_renderer_gives_them(headings: list[str]) -> None:
    html = as_html("\n\n".join(f"## {heading}" for heading in headings))
    assert list(mdtext.slugs(headings)) == re.findall(r'<h2 id="([^"]*)"', html)


def test_the_library_is_what_its_page_says() -> None:
    for readme in VENDOR.glob("*/README.md"):
        sums = re.findall(r"^    sha256 ([0-9a-f]{64})  (\S+)$", readme.read_text(encoding="utf-8"), re.MULTILINE)
        assert {name for _, name in sums} == {path.name for path in readme.parent.iterdir()} - {"README.md"}
        for expected, name in sums:
            assert hashlib.sha256((readme.parent / name).read_bytes()).hexdigest() == expected, name
    assert len(list(VENDOR.glob("*/README.md"))) == len(list(VENDOR.iterdir())) == 1

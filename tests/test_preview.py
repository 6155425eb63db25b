"""What a server shows while something is wrong, and what it keeps from one build to the next."""

import filecmp
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from commonground import preview
from commonground.diagnostics import Diagnostic, Severity
from commonground.storing import kept, show_on_pages
from tests.casefile import BASE
from tests.serving import copy_of

FOUND = Diagnostic("docs/a.md", 3, 5, "no-such", "There is no <b>.", 'Did you mean "<i>"?', Severity.ERROR, length=3)
PAGE = '<html><body class="a"><main><article id="b"><h1>Title</h1></article></main></body></html>'


def test_a_finding_has_its_place_its_line_and_how_to_mend_it() -> None:
    [item] = BeautifulSoup(preview.finding(FOUND, "one <b> two"), "html.parser").select("li")
    assert item.get_text(" ", strip=True) == (
        'docs/a.md:3:5 There is no <b>. no-such one <b> two How to mend it: Did you mean "<i>"?'
    )
    assert [one.get_text() for one in item.select("pre mark")] == ["<b>"]


@pytest.mark.parametrize("row", ["", "   "])
def test_a_finding_without_a_line_has_no_excerpt(row: str) -> None:
    assert "<pre>" not in preview.finding(FOUND, row)


TAGS = {"li", "p", "code", "strong", "small", "pre", "mark", "section", "ol"}


@given(st.lists(st.text(alphabet="<>&\"'-! a/=script\n", max_size=20), min_size=5, max_size=5), st.integers(1, 30))
def test_no_text_of_a_finding_becomes_an_element(texts: list[str], column: int) -> None:
    path, code, words, hint, row = texts
    shown = preview.errors([preview.finding(Diagnostic(path, 1, column, code, words, hint), row), *preview.said(texts)])
    soup = BeautifulSoup(shown, "html.parser")
    assert {one.name for one in soup.find_all()} <= TAGS
    assert {name for one in soup.find_all() for name in one.attrs} == {"class", "aria-label"}
    assert "-->" not in shown


def test_a_page_says_only_so_much() -> None:
    items = preview.said(str(number) for number in range(preview.MOST + 5))
    shown = preview.errors(items)
    assert shown.count("<li>") == preview.MOST + 1
    assert "25 errors" in shown
    assert "and 5 more" in shown
    assert preview.warnings([]) == ""
    assert preview.warnings(items[:1]).startswith('<details class="preview-warning"><summary>1 thing to mend</summary>')


@pytest.mark.parametrize(
    ("page", "before"),
    [(PAGE, '<article id="b">'), ("<body><p>x</p></body>", "<body>"), ("<p>x</p>", "")],
)
def test_a_message_stands_on_top_and_takes_the_place_of_an_older_one(page: str, before: str) -> None:
    once = preview.marked(page, "<p>first</p>", "/sub/")
    twice = preview.marked(once, "<p>second</p>", "/sub/")
    assert re.search(rf'{before}<!-- preview --><link rel="stylesheet" href="/sub/preview.css"><p>first</p>', once)
    assert "first" not in twice
    assert twice == preview.marked(page, "<p>second</p>", "/sub/")
    assert preview.marked(twice, "", "/sub/") == page


def test_pages_that_wait_are_those_to_come_with_sound_names() -> None:
    result = preview.stand_in(["guide/a-b.md", "guide.yml", "A b.md", "../up.md", "picture.png"])
    assert [(page.path, page.moved) for page in result.pages] == [("guide/a-b.md", True), ("index.md", False)]
    assert result.navigation == ("index.md",)


def test_a_message_is_put_on_every_page_of_a_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "guide").mkdir(parents=True)
    (site / "guide" / "index.html").write_text(PAGE, encoding="utf-8")
    show_on_pages(site, "<p>wrong</p>", "/")
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert pages.keys() == {"index.html", "404.html", "guide/index.html"}
    assert all("<p>wrong</p>" in page for page in pages.values())
    assert (site / "preview.css").read_text(encoding="utf-8").startswith("/*")


def test_a_folder_is_put_back_where_something_fails(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "a.html").write_text("before", encoding="utf-8")

    def change(text: str) -> None:
        (folder / "a.html").unlink()
        (folder / "b.html").write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match="half"), kept(folder):
        change("half")
        raise ValueError("half")
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == {"a.html": "before"}
    with kept(folder):
        change("after")
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == {"b.html": "after"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


BUILDS = """
import sys
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config

project, site = Path(sys.argv[1]), sys.argv[2]
load_config(str(project / "mkdocs.yml")).plugins.on_startup(command="serve", dirty=False)
for change in ["", *sys.argv[3:]]:
    path, _, words = change.partition("=")
    if change:
        old, new = words.split("|")
        text = (project / path).read_text(encoding="utf-8")
        assert old in text, change
        (project / path).write_text(text.replace(old, new), encoding="utf-8")
    build(load_config(str(project / "mkdocs.yml"), site_dir=site), serve_url="http://127.0.0.1:8000/")
"""
CHANGES = [
    "docs/sources/article-1.md=Finish it before you|Finish all of it before you",
    "docs/guide/boxes.md=title: Pack the boxes|title: Pack every box",
    "overrides/404.html=This page is not here|Nothing is here",
    "mkdocs.yml=  - attr_list|",
    "docs/merges.yml=alone: [a-01]|alone: []",
]


def same(one: Path, other: Path) -> None:
    names = {path.relative_to(one).as_posix() for path in one.rglob("*") if path.is_file()}
    assert names == {path.relative_to(other).as_posix() for path in other.rglob("*") if path.is_file()}
    assert filecmp.cmpfiles(one, other, sorted(names), shallow=False)[1:] == ([], [])


@pytest.mark.parametrize("count", range(1, len(CHANGES) + 1))
def test_a_server_that_remembers_makes_the_same_as_one_that_does_not(tmp_path: Path, count: int) -> None:
    """After the first builds of one process; the other starts with what the first has come to."""
    project = copy_of(BASE, tmp_path / "project")
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": ""}
    for site, changes in (("kept", CHANGES[:count]), ("fresh", [])):
        command = [sys.executable, "-c", BUILDS, str(project), str(tmp_path / site), *changes]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        assert done.returncode == 0, done.stderr
    same(tmp_path / "kept", tmp_path / "fresh")

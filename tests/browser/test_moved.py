"""Old addresses in a real browser, on a site that lies below another: with scripts and without."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.browser.conftest import StaticHost
from tests.browser.tab import Tab
from tests.casefile import BASE
from tests.crawling import broken, read_site

PROJECT = Path(__file__).parents[2]
REDIRECTS = """\
packing/: guide/boxes/
packing/#b-03: guide/lifting/#m03
old/one-thing/: guide/lifting/#m03
guide/boxes/#m09: guide/lifting/#m03
"""


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small guide in the look of the site, with redirects, in the folder `below` of a web host."""
    project = tmp_path_factory.mktemp("moved")
    for name in ("overrides", "scripts"):
        shutil.copytree(PROJECT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(BASE, project / "docs")
    shutil.copy(PROJECT / "mkdocs.yml", project)
    (project / "docs" / "redirects.yml").write_text(REDIRECTS, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", "host/below"]
    ran = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return project / "host"


@pytest.fixture(scope="module")
def below(moved: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StaticHost, directory=str(moved))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/below/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("asked", "with_scripts", "without"),
    [
        ("packing/", "guide/boxes/", "guide/boxes/"),
        ("packing/#m01", "guide/boxes/#m01", "guide/boxes/"),  # a refresh cannot know what was asked for
        ("packing/#b-03", "guide/lifting/#m03", "guide/boxes/"),
        ("packing/#%E0%A4%A", "guide/boxes/#%E0%A4%A", "guide/boxes/"),
        ("packing/#help", "guide/boxes/#help", "guide/boxes/"),  # no id of the old page itself
        ("old/one-thing/", "guide/lifting/#m03", "guide/lifting/#m03"),
        ("old/one-thing/#m01", "guide/lifting/#m03", "guide/lifting/#m03"),
    ],
)
def test_an_old_page_sends_readers_on(
    new_tab: Callable[..., Tab], below: str, asked: str, with_scripts: str, without: str
) -> None:
    for scripts, target in ((True, with_scripts), (False, without)):
        page = new_tab(scripts=scripts).page
        page.goto(below)
        page.goto(below + asked)
        page.wait_for_url(below + target)
        page.go_back()
        page.wait_for_url(below)  # and not the old page, which would send them on again


def test_every_link_of_the_old_pages_resolves(moved: Path) -> None:
    pages = read_site(moved / "below")
    assert {"packing/", "old/one-thing/"} <= pages.keys()
    assert list(broken(pages, moved / "below")) == []


def test_an_old_page_is_whole_where_nothing_sends_readers_on(moved: Path) -> None:
    page = BeautifulSoup((moved / "below" / "packing" / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert [str(link["href"]) for link in page.select("article .moved-to a")] == ["../guide/boxes/"]
    assert page.select_one("article .moved li#b-03 a[href='../guide/lifting/#m03']")
    assert page.select_one("a.exit")
    assert page.select_one("meta[name=robots][content=noindex]")
    assert [str(one["href"]) for one in page.select("link[rel=canonical]")] == ["https://example.org/guide/boxes/"]
    assert [str(one["content"]) for one in page.select("noscript meta[http-equiv=refresh]")] == [
        "0; url=../guide/boxes/"
    ]
    assert not [script for script in page.select("script:not([src])") if script.get("type") != "application/json"]


def test_an_old_page_is_in_no_menu_no_search_and_no_sitemap(moved: Path) -> None:
    site = moved / "below"
    home = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert not home.select("a[href*='packing'], a[href*='one-thing']")
    assert "packing" not in (site / "sitemap.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_place_that_left_its_page_says_where_it_is(new_tab: Callable[..., Tab], below: str, *, scripts: bool) -> None:
    page = new_tab(width=390, scripts=scripts).page
    page.goto(f"{below}guide/boxes/#m09")
    line = page.locator("#m09")
    box, size = line.bounding_box(), page.viewport_size
    assert box is not None
    assert size is not None
    assert 0 <= box["y"] < size["height"]
    line.get_by_role("link", name="Lift and carry").click()
    page.wait_for_url(f"{below}guide/lifting/#m03")

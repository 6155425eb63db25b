"""What a reader's phone fetches before the page is there, and what it fetches when search is used."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect

from tests.browser.tab import Tab

MOST_REQUESTS = 6
MOST_KILOBYTES = 40  # gzipped, every one of them; the aim is 60


def fetched(tab: Tab) -> list[str]:
    return [urlparse(url).path for url in tab.requested if not url.startswith("data:")]


def test_first_load_of_the_heaviest_topic_is_small(new_tab: Callable[..., Tab], site_dir: Path) -> None:
    heaviest = max(site_dir.glob("guide/*/index.html"), key=lambda page: page.stat().st_size)
    tab = new_tab(390)
    tab.open(f"guide/{heaviest.parent.name}/")
    tab.page.wait_for_load_state("networkidle")  # the icon comes last
    paths = fetched(tab)
    files = [site_dir / path.lstrip("/") / ("index.html" if path.endswith("/") else "") for path in paths]
    weights = {file.name: len(gzip.compress(file.read_bytes())) / 1000 for file in files}
    assert len(paths) <= MOST_REQUESTS, paths
    assert sum(weights.values()) <= MOST_KILOBYTES, weights
    assert tab.foreign == []


@pytest.mark.parametrize("width", [390, 1280])
def test_search_comes_when_it_is_used_and_finds_a_topic(
    new_tab: Callable[..., Tab], site_dir: Path, width: int
) -> None:
    index = json.loads((site_dir / "search/search_index.json").read_text(encoding="utf-8"))
    topic = next(entry for entry in index["docs"] if entry["location"].startswith("guide/"))
    tab = new_tab(width)
    tab.open("")
    assert not [path for path in fetched(tab) if path.startswith(("/assets/javascripts/", "/search/"))]
    dialog = tab.search_for(topic["title"])  # typed before the script is there
    dialog.locator(f'a[href*="{topic["location"]}"]').first.click()
    tab.page.wait_for_url(f"**/{topic['location']}*")
    assert len([path for path in fetched(tab) if "/bundle." in path]) == 1
    assert tab.errors == []
    assert tab.foreign == []


@pytest.mark.parametrize("width", [390, 1280])
def test_search_opens_and_closes_from_the_keyboard(new_tab: Callable[..., Tab], width: int) -> None:
    tab = new_tab(width)
    tab.open("")
    small = width < 960
    opener = tab.page.get_by_role("banner").locator(".search-button" if small else ".md-search__input")
    opener.focus()
    if small:
        tab.page.keyboard.press("Enter")
    field = tab.page.get_by_role("textbox", name="Search")
    expect(field).to_be_focused()
    tab.page.keyboard.press("Escape")
    expect(tab.page.locator("#__search")).not_to_be_checked()
    if small:
        expect(opener).to_be_focused()
    assert tab.errors == []


def test_search_that_does_not_load_says_so_and_tries_again(browser_page: Tab) -> None:
    browser_page.page.route("**/bundle.*.js", lambda route: route.abort())
    browser_page.open("")
    field = browser_page.page.get_by_role("textbox", name="Search")
    field.focus()
    expect(browser_page.page.get_by_text("Search did not load")).to_be_visible()
    browser_page.page.get_by_role("main").get_by_role("link").first.focus()
    with browser_page.page.expect_request("**/bundle.*.js"):
        field.focus()

"""What a reader's browser does with the site. Knows its kinds of page, and nothing of its subject."""

import json
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.tab import Tab

KINDS = ["", "guide/*/", "stages/*/", "sources/*/", "checklists/*/", "faq/"]


def first_page(site_dir: Path, kind: str) -> str:
    pages = sorted(site_dir.glob(f"{kind}index.html"))
    assert pages, f"the site has no page {kind}"
    return pages[0].relative_to(site_dir).as_posix().removesuffix("index.html")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_page_loads_without_errors_or_foreign_requests(
    new_tab: Callable[..., Tab], site_dir: Path, kind: str, width: int
) -> None:
    tab = new_tab(width)
    assert tab.open(first_page(site_dir, kind)).ok
    expect(tab.page.get_by_role("heading", level=1)).to_be_visible()
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert tab.errors == []
    assert tab.foreign == []


def test_every_page_names_its_policy_before_anything_it_loads(site_dir: Path) -> None:
    pages = sorted(site_dir.rglob("*.html"))
    assert pages
    for page in pages:
        head, _, _ = page.read_text(encoding="utf-8").partition("<link")
        assert "Content-Security-Policy\" content=\"default-src 'none'; script-src 'self';" in head, page
        assert "unsafe-inline" not in head, page
        assert '<html lang="en-GB"' in head, page
        assert "<script" not in head, page


def test_missing_page_says_so_and_leads_home(browser_page: Tab) -> None:
    assert browser_page.open("no/such/page/").status == HTTPStatus.NOT_FOUND
    browser_page.page.get_by_role("main").get_by_role("link").first.click()
    assert browser_page.page.url == browser_page.site_url
    assert browser_page.errors == []
    assert browser_page.foreign == []


@pytest.mark.parametrize("width", [390, 1280])
def test_search_finds_a_topic(new_tab: Callable[..., Tab], site_dir: Path, width: int) -> None:
    index = json.loads((site_dir / "search/search_index.json").read_text(encoding="utf-8"))
    topic = next(entry for entry in index["docs"] if entry["location"].startswith("guide/"))
    tab = new_tab(width)
    tab.open("")
    if width < 960:  # Material shows the field itself from there on
        tab.page.get_by_role("button", name="Search").click()
    dialog = tab.page.get_by_role("dialog", name="Search")
    dialog.get_by_role("textbox").press_sequentially(topic["title"])  # Material listens to keys
    dialog.locator(f'a[href*="{topic["location"]}"]').first.click()
    tab.page.wait_for_url(f"**/{topic['location']}*")
    assert tab.errors == []
    assert tab.foreign == []


def test_menu_opens_from_the_keyboard_on_a_small_screen(new_tab: Callable[..., Tab], site_dir: Path) -> None:
    tab = new_tab(390)
    tab.open(first_page(site_dir, "guide/*/"))
    menu = tab.page.locator(".md-sidebar--primary")
    expect(menu).to_be_hidden()
    tab.page.get_by_role("button", name="Menu").press("Space")
    expect(menu).to_be_visible()
    assert tab.errors == []


def test_single_keys_do_nothing(browser_page: Tab, site_dir: Path) -> None:
    browser_page.open(first_page(site_dir, "guide/*/"))
    address = browser_page.page.url
    for key in "fspn/.,":
        browser_page.page.keyboard.press(key)
        browser_page.page.wait_for_timeout(100)
        assert not browser_page.page.locator("#__search").is_checked(), key
        assert browser_page.page.url == address, key


def test_checklist_box_is_named_and_ticks(browser_page: Tab, site_dir: Path) -> None:
    browser_page.open(first_page(site_dir, "checklists/*/"))
    box = browser_page.page.get_by_role("main").get_by_role("checkbox", name=" ").first
    expect(box).not_to_be_checked()
    box.press("Space")
    expect(box).to_be_checked()
    assert browser_page.errors == []


@pytest.mark.parametrize("kind", KINDS)
def test_page_reads_without_scripts(new_tab: Callable[..., Tab], site_dir: Path, kind: str) -> None:
    tab = new_tab(scripts=False)
    tab.open(first_page(site_dir, kind))
    article = tab.page.get_by_role("main").get_by_role("article")
    expect(article.get_by_role("heading", level=1)).to_be_visible()
    assert len(article.inner_text().split()) > 10  # the visible text only
    assert tab.foreign == []

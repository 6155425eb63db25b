"""What a reader's browser does with the site. Knows its kinds of page, and nothing of its subject."""

import re
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.tab import KINDS, Tab, first_page


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_page_loads_without_errors_or_foreign_requests(
    new_tab: Callable[..., Tab], site_dir: Path, kind: str, width: int
) -> None:
    tab = new_tab(width)
    tab.open(first_page(site_dir, kind))
    tab.page.wait_for_load_state("networkidle")
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


def test_missing_page_says_so_and_leads_to_every_stage(browser_page: Tab, site_dir: Path) -> None:
    assert browser_page.open("no/such/page/").status == HTTPStatus.NOT_FOUND
    article = browser_page.page.get_by_role("article")
    for stage in site_dir.glob("stages/*/"):
        expect(article.locator(f'a[href$="/stages/{stage.name}/"]')).to_be_visible()
    article.get_by_role("button", name="Search").click()
    expect(browser_page.page.get_by_role("dialog", name="Search").get_by_role("searchbox")).to_be_focused()
    browser_page.page.keyboard.press("Escape")
    article.get_by_role("link", name="Start").click()
    assert browser_page.page.url == browser_page.site_url
    assert browser_page.errors == []
    assert browser_page.foreign == []


def test_single_keys_do_nothing(browser_page: Tab, site_dir: Path) -> None:
    browser_page.open(first_page(site_dir, "guide/*/"))
    address = browser_page.page.url
    browser_page.search_for("")  # its script has come
    browser_page.page.keyboard.press("Escape")
    for key in "fspn/.,":
        browser_page.page.keyboard.press(key)
        browser_page.page.wait_for_timeout(100)
        expect(browser_page.page.get_by_role("dialog")).to_have_count(0)
        assert browser_page.page.url == address, key


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_each_checklist_prints_on_one_page(browser_page: Tab, site_dir: Path, paper: str) -> None:
    for page in sorted(site_dir.glob("checklists/*/index.html")):
        browser_page.open(page.relative_to(site_dir).as_posix())
        sheet = browser_page.page.pdf(format=paper)
        assert len(re.findall(rb"/Type /Page\b", sheet)) == 1, page

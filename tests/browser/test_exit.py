"""Exit this page: on every page, reached first, gone at once, and nothing left behind that a site can take away."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlparse

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Route, expect

from tests.browser.tab import Tab, first_page


def open_with_a_way_out(tab: Tab, site_dir: Path) -> str:
    """Open a topic, and stand a page of our own in the place of the one outside, which this gives the address of."""
    tab.open(first_page(site_dir, "guide/*/"))
    outside = tab.page.locator(".exit").get_attribute("href")
    assert outside

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html", body="<title>Weather</title>")

    tab.page.route(f"{urlparse(outside).scheme}://{urlparse(outside).netloc}/**", answer)
    return outside


def test_every_page_has_it_before_anything_else(site_dir: Path) -> None:
    pages = sorted(site_dir.rglob("*.html"))
    assert site_dir / "404.html" in pages
    for page in pages:
        body = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").body
        assert body, page
        first = body.select("a[href]:not(.md-skip), button, summary, input:not(.md-toggle)")[0]
        assert first.get_text() == "Emergency: Exit this page", page
        assert first["rel"] == ["nofollow", "noreferrer"], page


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_keyboard_meets_it_right_after_the_skip_link(
    new_tab: Callable[..., Tab], site_dir: Path, width: int, scripts: bool
) -> None:
    tab = new_tab(width, scripts=scripts)
    outside = open_with_a_way_out(tab, site_dir)
    tab.page.keyboard.press("Tab")
    expect(tab.page.get_by_role("link", name="Skip to content")).to_be_focused()
    tab.page.keyboard.press("Tab")
    expect(tab.page.get_by_role("link", name="Emergency: Exit this page")).to_be_focused()
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url(outside)


def test_back_does_not_return_and_nothing_stays_stored(browser_page: Tab, site_dir: Path) -> None:
    page = browser_page.page
    outside = open_with_a_way_out(browser_page, site_dir)
    page.evaluate("localStorage.setItem('a', '1'); sessionStorage.setItem('b', '2')")
    page.locator(".exit").click()
    page.wait_for_url(outside)
    page.go_back()
    assert not page.url.startswith(browser_page.site_url)
    browser_page.open("")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert browser_page.errors == []


def test_shift_three_times_leaves(browser_page: Tab, site_dir: Path) -> None:
    outside = open_with_a_way_out(browser_page, site_dir)
    for _ in range(3):
        browser_page.page.keyboard.press("Shift")
    browser_page.page.wait_for_url(outside)
    browser_page.page.go_back()
    assert not browser_page.page.url.startswith(browser_page.site_url)


@pytest.mark.parametrize("keys", ["Shift Shift", "Shift a Shift b Shift", "Shift+A Shift+B Shift+C", "Shift+Tab " * 4])
def test_shift_with_other_keys_does_nothing(browser_page: Tab, site_dir: Path, keys: str) -> None:
    open_with_a_way_out(browser_page, site_dir)
    address = browser_page.page.url
    for key in keys.split():
        browser_page.page.keyboard.press(key)
    browser_page.page.wait_for_timeout(200)
    assert browser_page.page.url == address
    expect(browser_page.page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_it_is_in_view_at_the_end_of_the_page_and_over_the_menu(
    new_tab: Callable[..., Tab], site_dir: Path, width: int
) -> None:
    tab = new_tab(width)
    outside = open_with_a_way_out(tab, site_dir)
    tab.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    exit_link = tab.page.locator(".exit")
    expect(exit_link).to_be_in_viewport(ratio=1)
    menu = tab.page.get_by_role("button", name="Menu")
    if menu.is_visible():
        menu.click()
        expect(exit_link).to_be_in_viewport(ratio=1)
    exit_link.click()  # fails if anything lies over it
    tab.page.wait_for_url(outside)

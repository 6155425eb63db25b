"""Cards beside links to topics: for mouse and keyboard, out of the way, and gone when they should be (WCAG 1.4.13)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, FloatRect, Locator, Route, expect

from tests.browser.tab import Tab, first_page

TOPIC = "guide/*/"
LONGER_THAN_ANY_WAIT = 900  # milliseconds; the card opens after 300 and closes after 200


def topic_links(tab: Tab) -> Locator:
    """The links to other topics at the end of a topic page."""
    return tab.page.locator('article h2:has-text("Related topics") + ul a')


def card(tab: Tab) -> Locator:
    return tab.page.locator(".preview")


def open_topic(tab: Tab, site_dir: Path) -> Locator:
    tab.open(first_page(site_dir, TOPIC))
    link = topic_links(tab).first
    link.scroll_into_view_if_needed()
    tab.page.mouse.move(5, 300)
    return link


def described(site_dir: Path, address: str) -> list[str]:
    """What a card says of a page: its title, what it is about and where it stands."""
    page = BeautifulSoup((site_dir / address / "index.html").read_text(encoding="utf-8"), "html.parser")
    metas = [page.select_one(f'meta[name="{name}"]') for name in ("description", "place")]
    assert page.h1
    return [page.h1.get_text(), *(str(meta["content"]) for meta in metas if meta)]


def boxes(*locators: Locator) -> list[FloatRect]:
    found = [box for box in (one.bounding_box() for one in locators) if box]
    assert len(found) == len(locators)
    return found


def apart(one: FloatRect, other: FloatRect) -> bool:
    beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
    return beside or one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_link_to_a_topic_says_what_is_there(
    new_tab: Callable[..., Tab], site_dir: Path, way: str, width: int
) -> None:
    tab = new_tab(width)
    link = open_topic(tab, site_dir)
    before = tab.page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    if way == "hover":
        link.hover()
    else:
        tab.page.locator('article h2:has-text("Related topics")').click()
        tab.page.keyboard.press("Tab")
        expect(link).to_be_focused()
    expect(card(tab)).to_be_visible()
    target = str(link.evaluate("one => one.pathname")).strip("/")
    assert card(tab).locator("p").all_inner_texts() == described(site_dir, target)
    assert len(card(tab).locator("p").all()) == 3
    expect(link).to_have_attribute("aria-describedby", str(card(tab).get_attribute("id")))
    expect(card(tab)).to_have_role("tooltip")
    expect(card(tab)).to_be_in_viewport(ratio=1)
    shown, met, header, exit_link = boxes(card(tab), link, tab.page.locator("header"), tab.page.locator(".exit"))
    assert all(apart(shown, other) for other in (met, header, exit_link))
    assert tab.page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]") == before
    found = Axe().run(tab.page)
    assert found.violations_count == 0, found.generate_report()
    assert tab.errors == []
    assert tab.foreign == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_card_of_a_page_stays_clear_of_its_link(browser_page: Tab, site_dir: Path, scheme: str) -> None:
    browser_page.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    open_topic(browser_page, site_dir)
    for link in topic_links(browser_page).all():
        link.hover()
        expect(link).to_have_attribute("aria-describedby", "link-preview")
        shown, met = boxes(card(browser_page), link)
        assert apart(shown, met)
        expect(card(browser_page)).to_have_count(1)


def test_a_link_to_advice_says_what_it_asks_for(browser_page: Tab, site_dir: Path) -> None:
    browser_page.open("faq/")
    link = browser_page.page.locator('.behind a[href*="guide/"][href*="#"]').first
    link.hover()
    address, _, anchor = str(link.evaluate("one => one.pathname + one.hash")).strip("/").partition("#")
    page = BeautifulSoup((site_dir / address.strip("/") / "index.html").read_text(encoding="utf-8"), "html.parser")
    advice = page.find(id=anchor)
    assert advice
    lead = advice.find_next("strong")
    assert lead
    expect(card(browser_page).locator("p").nth(1)).to_have_text(lead.get_text())


def test_the_card_stays_while_the_mouse_is_on_it_and_goes_with_it(browser_page: Tab, site_dir: Path) -> None:
    link = open_topic(browser_page, site_dir)
    link.hover()
    expect(card(browser_page)).to_be_visible()
    card(browser_page).hover()
    browser_page.page.wait_for_timeout(LONGER_THAN_ANY_WAIT)
    expect(card(browser_page)).to_be_visible()
    browser_page.page.mouse.move(5, 300)
    expect(card(browser_page)).to_have_count(0)
    assert link.get_attribute("aria-describedby") is None


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_escape_takes_it_away_and_leaves_the_focus(browser_page: Tab, site_dir: Path, way: str) -> None:
    link = open_topic(browser_page, site_dir)
    if way == "hover":
        link.hover()
    else:
        browser_page.page.locator('article h2:has-text("Related topics")').click()
        browser_page.page.keyboard.press("Tab")
    expect(card(browser_page)).to_be_visible()
    browser_page.page.keyboard.press("Escape")
    expect(card(browser_page)).to_have_count(0)
    browser_page.page.wait_for_timeout(LONGER_THAN_ANY_WAIT)
    expect(card(browser_page)).to_have_count(0)
    assert link.evaluate("one => one === document.activeElement") == (way == "focus")


def test_the_next_link_takes_over_and_what_is_no_link_to_a_topic_has_none(browser_page: Tab, site_dir: Path) -> None:
    open_topic(browser_page, site_dir)
    first, second = topic_links(browser_page).all()[:2]
    browser_page.page.locator('article h2:has-text("Related topics")').click()
    for link in (first, second):
        browser_page.page.keyboard.press("Tab")
        expect(link).to_be_focused()
        expect(link).to_have_attribute("aria-describedby", "link-preview")
        expect(card(browser_page)).to_have_count(1)
    for elsewhere in (".exit", ".header-home", ".menu a >> nth=1", ".contents a >> nth=0"):
        browser_page.page.locator(elsewhere).first.focus()
        browser_page.page.locator(elsewhere).first.hover()
        browser_page.page.wait_for_timeout(LONGER_THAN_ANY_WAIT)
        expect(card(browser_page)).to_have_count(0)


def test_passing_over_a_link_opens_and_fetches_nothing(browser_page: Tab, site_dir: Path) -> None:
    link = open_topic(browser_page, site_dir)
    target = str(link.evaluate("one => one.href"))
    link.hover()
    browser_page.page.mouse.move(5, 300)
    browser_page.page.wait_for_timeout(LONGER_THAN_ANY_WAIT)
    expect(card(browser_page)).to_have_count(0)
    assert target not in browser_page.requested


def test_a_link_that_is_left_while_the_script_comes_opens_nothing(browser_page: Tab, site_dir: Path) -> None:
    link = open_topic(browser_page, site_dir)
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    browser_page.page.route("**/previews.js", hold)
    link.hover()
    browser_page.page.mouse.move(5, 300)
    browser_page.page.wait_for_timeout(LONGER_THAN_ANY_WAIT)
    waiting[0].continue_()
    browser_page.page.wait_for_timeout(LONGER_THAN_ANY_WAIT)
    expect(card(browser_page)).to_have_count(0)
    link.hover()
    expect(card(browser_page)).to_be_visible()


def test_a_page_is_fetched_once_and_a_failure_is_silent(browser_page: Tab, site_dir: Path) -> None:
    link = open_topic(browser_page, site_dir)
    target = str(link.evaluate("one => one.href"))
    browser_page.page.route(target, lambda route: route.abort())
    link.hover()
    browser_page.page.wait_for_timeout(LONGER_THAN_ANY_WAIT)
    expect(card(browser_page)).to_have_count(0)
    browser_page.page.unroute(target)
    for _ in range(2):
        browser_page.page.mouse.move(5, 300)
        browser_page.page.wait_for_timeout(LONGER_THAN_ANY_WAIT)
        link.hover()
        expect(card(browser_page)).to_be_visible()
    assert browser_page.requested.count(target) == 2  # the one that failed, and one
    assert [error for error in browser_page.errors if "net::ERR_FAILED" not in error] == []


def test_a_finger_opens_nothing_and_fetches_nothing(browser: Browser, site_url: str, site_dir: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    tab = Tab(context.new_page(), site_url)
    tab.open(first_page(site_dir, TOPIC))
    link = topic_links(tab).first
    link.evaluate("one => one.addEventListener('click', (event) => event.preventDefault())")
    link.tap()
    tab.page.wait_for_timeout(LONGER_THAN_ANY_WAIT)
    expect(card(tab)).to_have_count(0)
    assert not [url for url in tab.requested if "previews" in url]
    context.close()


def test_nothing_of_it_is_there_without_scripts_or_on_paper(new_tab: Callable[..., Tab], site_dir: Path) -> None:
    still = new_tab(scripts=False)
    open_topic(still, site_dir).hover()
    still.page.wait_for_timeout(LONGER_THAN_ANY_WAIT)
    expect(card(still)).to_have_count(0)
    tab = new_tab()
    open_topic(tab, site_dir).hover()
    expect(card(tab)).to_be_visible()
    tab.page.emulate_media(media="print")
    expect(card(tab)).to_be_hidden()


@pytest.mark.parametrize("shown", [True, False])
def test_nothing_of_it_is_left_after_the_way_out(browser_page: Tab, site_dir: Path, shown: bool) -> None:
    link = open_topic(browser_page, site_dir)
    link.hover()
    if shown:
        expect(card(browser_page)).to_be_visible()
    # The page stays where it is, as it does for a while when the page outside is slow.
    browser_page.page.locator(".exit").evaluate("one => { one.href = '#'; one.click(); }")
    browser_page.page.wait_for_timeout(LONGER_THAN_ANY_WAIT)
    assert browser_page.page.evaluate("[document.body.childElementCount, document.title]") == [0, ""]

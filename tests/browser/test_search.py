"""The site's own search, as a reader meets it: what it finds, from the keyboard, read aloud, and when it fails."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Route, expect

from tests.browser.tab import Tab, first_page

QUERIES = yaml.safe_load((Path(__file__).parents[1] / "eval" / "queries.yml").read_text(encoding="utf-8"))
TOPIC = "guide/*/"
FOUND = ".search-found a"


def aims(dialog: Locator) -> list[str]:
    """Where the results lead: addresses of the site."""
    found = dialog.locator(FOUND).evaluate_all(
        "all => all.map((one) => new URL(one.href).pathname.slice(1) + one.hash)"
    )
    return list(found)


def rank(dialog: Locator, query: Any) -> int:
    """The place of the page that should come first, or one after the last."""
    dialog.get_by_role("searchbox").fill(query["typed"])
    found = [aim if "#" in query["first"] else aim.partition("#")[0] for aim in aims(dialog)]
    return [*found, query["first"]].index(query["first"]) + 1


@pytest.mark.parametrize("name", QUERIES)
def test_readers_find_what_they_mean(browser_page: Tab, site_dir: Path, name: str) -> None:
    browser_page.open("")
    dialog = browser_page.search_for("")
    queries, floor = QUERIES[name]["queries"], QUERIES[name]["floor"]
    ranks = {query["typed"]: rank(dialog, query) for query in queries}
    assert all((site_dir / query["first"].partition("#")[0] / "index.html").is_file() for query in queries)
    assert len(ranks) == len(queries)
    figures = {"first": sum(one == 1 for one in ranks.values()), "among_three": sum(one <= 3 for one in ranks.values())}
    assert figures["first"] >= floor["first"], ranks
    assert figures["among_three"] >= floor["among_three"], ranks


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("apologise", "apologize"),
        ("counselling", "counseling"),
        ("behaviour", "behavior"),
        ("boundary", "boundaries"),
        ("forgive", "forgiving"),
        ("don't know", "dont know"),
        ("Café", "cafe"),
    ],
)
def test_spellings_and_forms_find_the_same(browser_page: Tab, one: str, other: str) -> None:
    browser_page.open("")
    dialog = browser_page.search_for(one)
    found = aims(dialog)
    assert found
    dialog.get_by_role("searchbox").fill(f"{other} ")  # a word that is typed to its end
    assert aims(dialog)[0] == found[0]


@pytest.mark.parametrize("typed", ["bo", "bound", "boundari", "bounderies", "boundarys"])
def test_half_a_word_and_a_wrong_letter_are_enough(browser_page: Tab, typed: str) -> None:
    browser_page.open("")
    assert "guide/boundaries/" in [aim.partition("#")[0] for aim in aims(browser_page.search_for(typed))]


@pytest.mark.parametrize("width", [390, 1280])
def test_search_works_from_the_keyboard_alone(new_tab: Callable[..., Tab], site_dir: Path, width: int) -> None:
    tab = new_tab(width)
    tab.open(first_page(site_dir, TOPIC))
    button = tab.page.get_by_role("banner").get_by_role("button", name="Search")
    button.press("Enter")
    dialog = tab.page.get_by_role("dialog", name="Search")
    field = dialog.get_by_role("searchbox", name="Search")
    expect(field).to_be_focused()
    tab.page.keyboard.type("trust")
    expect(dialog.get_by_role("status")).to_have_text(re.compile("result"))
    links = dialog.locator(FOUND)
    one, two = links.nth(0), links.nth(1)
    for key, met in (("Down", one), ("Down", two), ("Up", one), ("Up", field), ("Up", field)):
        tab.page.keyboard.press(f"Arrow{key}")
        expect(met).to_be_focused()
    inside = "document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))"
    for key in ("Tab", "Shift+Tab"):
        for _ in range(links.count() + 6):
            tab.page.keyboard.press(key)
            assert tab.page.evaluate(inside)
    field.focus()
    tab.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    button.press("Enter")
    expect(field).to_have_value("")
    tab.page.keyboard.type("trust")
    expect(links.first).to_be_visible()
    aim = str(links.first.get_attribute("href"))
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url(aim)
    assert tab.errors == []


def test_result_on_the_same_page_closes_the_dialog_and_goes_there(browser_page: Tab) -> None:
    browser_page.open("guide/give-space/")
    dialog = browser_page.search_for("still see each other")
    dialog.locator(f'{FOUND}[href*="give-space/#"]').first.click()
    expect(dialog).to_be_hidden()
    expect(browser_page.page.locator(":target")).to_be_in_viewport()
    browser_page.page.keyboard.press("Tab")  # goes on from there
    below = "document.querySelector(':target').compareDocumentPosition(document.activeElement) & 4"
    assert browser_page.page.evaluate(below)


@pytest.mark.parametrize("width", [390, 1280])
def test_dialog_closes_by_button_and_keeps_the_way_out(new_tab: Callable[..., Tab], width: int) -> None:
    tab = new_tab(width)
    tab.open("")
    before = tab.page.locator("header .exit").bounding_box()
    dialog = tab.search_for("trust")
    way_out = dialog.get_by_role("link", name="Emergency: Exit this page")
    expect(way_out).to_be_in_viewport(ratio=1)
    assert way_out.bounding_box() == before
    way_out.click(trial=True)  # fails if anything lies over it
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_nothing_is_kept_and_nothing_leaves_the_site(browser_page: Tab) -> None:
    browser_page.open("")
    page = browser_page.page
    before = page.url, page.evaluate("history.length")
    dialog = browser_page.search_for("afraid of him")
    assert (page.url, page.evaluate("history.length")) == before
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []
    assert not [url for url in browser_page.requested if "afraid" in url]
    assert browser_page.foreign == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    closed = page.locator("dialog.search")
    expect(closed.locator("input")).to_have_value("")
    expect(closed.locator(FOUND)).to_have_count(0)


def test_lay_words_find_and_are_not_shown(browser_page: Tab) -> None:
    browser_page.open("")
    dialog = browser_page.search_for("clingy")
    assert aims(dialog)[0] == "guide/give-space/"
    expect(dialog.locator(FOUND).first).to_contain_text("Reach out, or give space")  # its stage
    assert "clingy" not in dialog.inner_text()


@pytest.mark.parametrize("width", [390, 1280])
def test_help_stands_in_the_result_in_full(new_tab: Callable[..., Tab], width: int) -> None:
    tab = new_tab(width)
    tab.open("")
    first = tab.search_for("want to die").locator(FOUND).first
    assert str(first.get_attribute("href")).endswith("#help")
    line = first.locator(".search-why")
    expect(line).to_contain_text("crisis line")
    assert line.evaluate("one => one.scrollHeight <= one.clientHeight + 1")


def test_nothing_found_is_said_kindly_with_somewhere_to_go(browser_page: Tab) -> None:
    browser_page.open("")
    dialog = browser_page.search_for("qzx")
    expect(dialog.get_by_role("status")).to_have_text(re.compile("^Nothing found"))
    assert aims(dialog) == ["guide/is-it-safe/"]
    expect(dialog.get_by_role("link", name="A to Z")).to_be_visible()
    dialog.get_by_role("searchbox").fill("how do i")  # and who has typed no telling word yet is not told so
    expect(dialog.get_by_role("status")).to_have_text(re.compile("^Type"))
    assert aims(dialog) == []


@pytest.mark.parametrize(
    "missing", ["**/minisearch.js*", "**/search-engine.js*", "**/search-results.js*", "**/words.json*"]
)
def test_search_that_does_not_load_says_so_and_tries_again(browser_page: Tab, missing: str) -> None:
    page = browser_page.page
    page.route(missing, lambda route: route.abort())
    browser_page.open("")
    page.get_by_role("banner").get_by_role("button", name="Search").click()
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_role("status")).to_have_text(re.compile("did not load"))
    expect(dialog.get_by_role("link", name="A to Z")).to_be_visible()
    page.unroute(missing)
    page.keyboard.type("trust")
    expect(dialog.locator(FOUND).first).to_be_visible()


def test_typing_before_it_has_loaded_is_not_lost(browser_page: Tab) -> None:
    page = browser_page.page
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/words.json", hold)
    browser_page.open("")
    page.get_by_role("banner").get_by_role("button", name="Search").click()
    page.keyboard.type("trust")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(re.compile("is loading"))
    waiting[0].continue_()
    expect(page.get_by_role("dialog").locator(FOUND).first).to_be_visible()


@contextmanager
def below(tmp_path: Path, site_dir: Path, serve: Callable[[Path], Any]) -> Iterator[str]:
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "guide").symlink_to(site_dir)
    with serve(tmp_path) as url:
        yield urljoin(url, "some/guide/")


def test_search_works_below_a_path(
    browser_page: Tab, site_dir: Path, tmp_path: Path, serve: Callable[[Path], Any]
) -> None:
    with below(tmp_path, site_dir, serve) as url:
        browser_page.site_url = url
        browser_page.open(first_page(site_dir, TOPIC))
        links = browser_page.search_for("apologise").locator(FOUND)
        links.first.click()
        browser_page.page.wait_for_url(f"{url}guide/apologise/**")
        assert browser_page.foreign == []
        assert browser_page.errors == []


@pytest.mark.parametrize("width", [390, 1280])
def test_without_scripts_a_to_z_stands_in_its_place(new_tab: Callable[..., Tab], site_dir: Path, width: int) -> None:
    tab = new_tab(width, scripts=False)
    tab.open(first_page(site_dir, TOPIC))
    banner = tab.page.get_by_role("banner")
    expect(banner.get_by_role("button", name="Search")).to_be_hidden()
    banner.get_by_role("link", name="A to Z").click()
    expect(tab.page.get_by_role("heading", level=1, name="A to Z")).to_be_visible()


# Of the page behind a dialog nothing can be reached, so axe looks at the dialog.
MORE_RULES = {"rules": {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": True}}}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("words", ["", "trust", "qzx"])
def test_axe_finds_nothing_in_the_dialog(new_tab: Callable[..., Tab], width: int, words: str) -> None:
    tab = new_tab(width)
    for scheme in ("light", "dark"):
        tab.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        tab.open("")
        dialog = tab.search_for(words)
        found = Axe().run(tab.page, options=MORE_RULES)
        assert found.violations_count == 0, f"{scheme}\n{found.generate_report()}"
        for target in dialog.locator("a, button, input").all():
            box = target.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 43.9, target.inner_text()
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width

"""The way and its map as readers meet them: small and large, by keyboard, in the dark and on paper."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.tab import Tab

SIZES = [(390, "narrow"), (1280, "wide")]

# Words that end outside their box, and titles of stages that meet the word beside them.
LOST_WORDS = """(map) => [...map.querySelectorAll("a")].flatMap((link) => {
  const box = link.querySelector(".box")?.getBoundingClientRect();
  const frame = [...map.querySelectorAll(".joint")].map((one) => one.getBoundingClientRect());
  return [...link.querySelectorAll("tspan")].filter((words) => {
    const {left, right, top, bottom} = words.getBoundingClientRect();
    if (box) return left < box.left + 4 || right > box.right - 4 || top < box.top || bottom > box.bottom;
    return frame.some((one) => one.left < right + 4 && left < one.right && one.top < bottom && top < one.bottom);
  }).map((words) => words.textContent);
})"""

LETTERS = """(map) => {
  const svg = map.querySelector("svg"), scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [...map.querySelectorAll("text")].map((one) => parseFloat(getComputedStyle(one).fontSize) * scale);
}"""

INK = """() => [...new Set([...document.querySelectorAll(".map-wide :is(.frame, .box, .leg, .out, text:not(.digit))")]
  .flatMap((one) => {
    const {fill, stroke} = getComputedStyle(one);
    return one.tagName === "text" ? [fill] : [fill, stroke];
  }))].sort()"""


@pytest.mark.parametrize(("width", "name"), SIZES)
def test_one_picture_is_shown_and_can_be_read(new_tab: Callable[..., Tab], width: int, name: str) -> None:
    tab = new_tab(width)
    tab.open("map/")
    for _, one in SIZES:
        expect(tab.page.locator(f".map-{one}")).to_be_visible(visible=one == name)
    picture = tab.page.locator(f".map-{name}")
    assert picture.evaluate(LOST_WORDS) == []
    letters = picture.evaluate(LETTERS)
    assert len(letters) > len(picture.get_by_role("link").all())
    assert min(letters) >= 14
    for link in picture.get_by_role("link").all():
        box = link.locator(".box")
        assert not box.count() or (box.bounding_box() or {"height": 0})["height"] >= 44
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.errors == []


@pytest.mark.parametrize(("width", "name"), SIZES)
def test_keyboard_reaches_every_page_in_order(
    new_tab: Callable[..., Tab], site_dir: Path, width: int, name: str
) -> None:
    tab = new_tab(width)
    tab.open("map/")
    links = tab.page.locator(f".map-{name} a").all()
    pages = [*site_dir.glob("guide/*/index.html"), *site_dir.glob("stages/*/index.html")]
    assert len(links) == len(pages)
    links[0].focus()
    for link in links:
        expect(link).to_be_focused()
        assert link.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
        path = str(link.evaluate("one => new URL(one.href.baseVal, location).pathname"))
        assert (site_dir / path.strip("/") / "index.html") in pages
        tab.page.keyboard.press("Tab")
    expect(tab.page.locator("main summary").last).to_be_focused()
    links[-1].focus()
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url(re.compile(r"/(guide|stages)/"))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_map_prints_on_one_page_black_on_white(browser_page: Tab, paper: str) -> None:
    browser_page.page.emulate_media(color_scheme="dark")
    browser_page.open("map/")
    sheet = browser_page.page.pdf(format=paper)
    assert len(re.findall(rb"/Type /Page\b", sheet)) == 1
    browser_page.page.emulate_media(media="print", color_scheme="dark")
    expect(browser_page.page.locator(".map-narrow")).to_be_hidden()
    assert browser_page.page.evaluate(INK) == ["none", "rgb(0, 0, 0)"]


def test_the_list_says_the_same_where_there_is_no_picture(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab(390)
    tab.open("map/")
    tab.page.locator("main summary").last.press("Enter")
    first = tab.page.locator("details > ol > li").first
    expect(first).to_be_visible()
    first.get_by_role("link").nth(1).click()
    expect(tab.page.get_by_role("heading", level=1)).to_be_visible()


def test_the_line_above_the_heading_is_one_line(new_tab: Callable[..., Tab], site_dir: Path) -> None:
    """What comes first on a phone is the check, so what stands above it is short."""
    tab = new_tab(390)
    pages = [*site_dir.glob("guide/*/"), *site_dir.glob("stages/*/"), *site_dir.glob("checklists/*/")]
    assert pages
    for page in pages:
        tab.open(f"{page.parent.name}/{page.name}/")
        line = tab.page.locator(".where")
        expect(line).to_have_count(1)
        box, heading = line.bounding_box(), tab.page.get_by_role("heading", level=1).bounding_box()
        assert box
        assert heading
        assert box["height"] < 24, page.name
        assert 0 <= heading["y"] - box["y"] - box["height"] < 12, page.name


def test_the_way_goes_on_at_the_end_of_every_page_of_it(new_tab: Callable[..., Tab], site_dir: Path) -> None:
    tab = new_tab(390)
    for page in [*site_dir.glob("guide/*/"), *site_dir.glob("stages/*/"), *site_dir.glob("checklists/*/")]:
        tab.open(f"{page.parent.name}/{page.name}/")
        along = tab.page.get_by_role("navigation", name="Along the way")
        expect(along.get_by_role("link", name="Map")).to_have_attribute("href", re.compile("/map/$"))

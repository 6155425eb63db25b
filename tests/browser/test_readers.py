"""What readers need, whatever they read with: axe-core, sizes, the keyboard, no scripts, paper."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.tab import KINDS, Tab, first_page

TOPIC = "guide/*/"
# Beyond what axe-core runs by itself: targets of 24 pixels, and contrasts of 7:1.
MORE_RULES = {"rules": {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": True}}}

# Elements that are seen and hit, and are not links in a line of text, with their size.
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, summary, label")]
  .filter((one) => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter((one) => getComputedStyle(one).display !== "inline" && !one.closest(".md-skip"))
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 43.9 || box.height < 43.9)
  .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""

# Text that ends outside the screen, or inside a box that cuts it off.
LOST_TEXT = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter((one) => !one.closest(".unseen, .md-skip"))
  .filter((one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
  .filter((one) => {
    const {left, right} = one.getBoundingClientRect();
    const cut = getComputedStyle(one).overflow !== "visible";
    const tall = one.scrollHeight > one.clientHeight + 1, wide = one.scrollWidth > one.clientWidth + 1;
    return left < -1 || right > innerWidth + 1 || (cut && (tall || wide));
  })
  .map((one) => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 60)}`)"""

# Where the focus is, and what is wrong with it.
HIDDEN_FOCUS = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const box = one.getClientRects()[0], style = getComputedStyle(one);
  const x = box.left + box.width / 2, y = box.top + Math.min(box.height, innerHeight) / 2;
  const there = document.elementFromPoint(x, y);
  const seen = there && (one.contains(there) || there.contains(one) || [...(one.labels ?? [])].includes(there));
  const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 1;
  return [one.textContent.trim().slice(0, 60) || one.className, Boolean(seen), marked];
}"""


# What fits hangs on the width, and contrast on the colours: each of both once, not each with each, which took minutes.
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(
    new_tab: Callable[..., Tab], site_dir: Path, kind: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    tab = new_tab(width)
    tab.page.emulate_media(color_scheme=scheme)
    tab.open(first_page(site_dir, kind))
    found = Axe().run(tab.page, options=MORE_RULES)
    assert found.response["passes"]
    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_in_the_open_menu(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab(390)
    tab.page.emulate_media(reduced_motion="reduce")
    tab.open("")
    tab.page.get_by_role("button", name="Menu").click()
    menu = Axe().run(tab.page)
    assert menu.violations_count == 0, menu.generate_report()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_targets_are_large_enough_to_hit(new_tab: Callable[..., Tab], site_dir: Path, kind: str, width: int) -> None:
    tab = new_tab(width)
    tab.open(first_page(site_dir, kind))
    fold = tab.page.locator(".contents-here > summary")
    if fold.is_visible() and not fold.locator("xpath=..").evaluate("one => one.open"):
        fold.click()
    menu = tab.page.get_by_role("button", name="Menu")
    if menu.is_visible():
        menu.click()
    assert tab.page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize(
    "style",
    [
        pytest.param("html { font-size: 250% !important }", id="doubled"),  # 125% is Material's
        pytest.param(
            "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
            "p { margin-bottom: 2em !important }",
            id="spaced",  # WCAG 1.4.12
        ),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_larger_and_wider_text_loses_nothing(
    new_tab: Callable[..., Tab], site_dir: Path, kind: str, style: str
) -> None:
    tab = new_tab(390)
    tab.open(first_page(site_dir, kind))
    tab.page.evaluate(
        "style => { const sheet = new CSSStyleSheet(); sheet.replaceSync(style);"
        "           document.adoptedStyleSheets = [sheet]; }",
        style,
    )
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.page.evaluate(LOST_TEXT) == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("kind", ["", TOPIC, "checklists/*/"])
def test_keyboard_focus_is_always_seen(new_tab: Callable[..., Tab], site_dir: Path, kind: str, width: int) -> None:
    tab = new_tab(width)
    tab.page.emulate_media(reduced_motion="reduce")
    tab.open(first_page(site_dir, kind))
    for key in ("Tab", "Shift+Tab"):
        for _ in range(300):
            tab.page.keyboard.press(key)
            met = tab.page.evaluate(HIDDEN_FOCUS)
            if met is None:
                break
            assert met[1:] == [True, True], f"{key} leads to {met[0]!r}: in view {met[1]}, marked {met[2]}"
        else:
            pytest.fail("the keyboard does not come to the end of the page")


def test_first_screen_of_home_holds_every_door(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab(390)
    tab.page.set_viewport_size({"width": 390, "height": 844})
    tab.open("")
    bar = tab.page.locator(".exit").bounding_box()
    links = tab.page.locator(".doors a, .doors + p + ul a").all()
    assert bar
    assert len(links) > 5
    for link in links:
        box = link.bounding_box()
        assert box
        assert box["y"] + box["height"] <= bar["y"], link.inner_text()


@pytest.mark.parametrize("kind", KINDS)
def test_page_reads_without_scripts(new_tab: Callable[..., Tab], site_dir: Path, kind: str) -> None:
    tab = new_tab(390, scripts=False)
    tab.open(first_page(site_dir, kind))
    article = tab.page.get_by_role("main").get_by_role("article")
    expect(article.get_by_role("heading", level=1)).to_be_visible()
    assert len(article.inner_text().split()) > 10  # the visible text only
    for search in tab.page.locator(".search, .search-button").all():
        expect(search).to_be_hidden()  # it needs one, so it is not offered
    assert tab.foreign == []


@pytest.mark.parametrize("scripts", [True, False])
def test_menu_folds_and_boxes_work_from_the_keyboard(
    new_tab: Callable[..., Tab], site_dir: Path, scripts: bool
) -> None:
    tab = new_tab(390, scripts=scripts)
    tab.open(first_page(site_dir, TOPIC))
    menu = tab.page.get_by_role("navigation", name="Menu")
    expect(menu).to_be_hidden()
    tab.page.get_by_role("button", name="Menu").press("Enter")
    expect(menu).to_be_visible()
    tab.page.keyboard.press("Tab")
    expect(menu.get_by_role("button", name="Close")).to_be_focused()
    tab.page.keyboard.press("Tab")
    expect(menu.get_by_role("link").first).to_be_focused()
    tab.page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    tab.page.get_by_role("button", name="Menu").press("Enter")
    menu.get_by_role("button", name="Close").press("Enter")
    expect(menu).to_be_hidden()

    for summary in (".contents-here > summary", ".said > summary"):
        fold = tab.page.locator(summary).first
        inside = fold.locator("xpath=..").get_by_role("listitem").first
        expect(inside).to_be_hidden()
        fold.press("Enter")
        expect(inside).to_be_visible()

    tab.open(first_page(site_dir, "checklists/*/"))
    tab.page.locator("details.ticking > summary").press("Enter")  # behind the question that this list asks
    box = tab.page.get_by_role("main").get_by_role("checkbox", name=" ").first
    expect(box).not_to_be_checked()
    box.press("Space")
    expect(box).to_be_checked()
    assert tab.errors == []


def test_paper_holds_the_page_and_nothing_else(browser_page: Tab, site_dir: Path) -> None:
    page = browser_page.page
    browser_page.open(first_page(site_dir, TOPIC))
    page.emulate_media(reduced_motion="reduce", media="print", color_scheme="dark")
    for gone in (".exit", "header", "nav", "footer", ".contents-here"):
        assert not any(one.is_visible() for one in page.locator(gone).all()), gone
    folded = page.locator("details:not(.contents-here, [open]) > :not(summary, .edit)").all()
    assert folded
    assert all(one.is_visible() for one in folded)  # paper cannot be unfolded
    style = "(one, name) => getComputedStyle(one)[name]"
    link = page.get_by_role("article").locator("p a").first
    assert link.evaluate(style, "color") == page.locator("h1").evaluate(style, "color") == "rgb(0, 0, 0)"
    assert link.evaluate(style, "textDecorationLine") == "underline"
    for whole in page.locator(".advice > li, .check-first, .tension, .help, .left-out, .said").all():
        assert whole.evaluate(style, "breakInside") == "avoid"

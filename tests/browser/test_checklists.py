"""Checklists as readers use them: ticked, kept, cleared, one line at a time, and on paper."""

import io
import json
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from pypdf import PdfReader

from commonground.blocks import day
from commonground.building import build
from commonground.checklistpage import first_of, revision_of
from commonground.mdtext import plain
from commonground.model import Checklist, Content
from commonground.reading import read, read_folder
from commonground.revising import as_yaml, revised
from commonground.sheets import Sheets
from tests.browser.conftest import CHROMIUM_NAMES
from tests.browser.tab import Tab
from tests.browser.test_readers import MORE_RULES
from tests.rendering import as_html

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = build(read_folder(DOCS)).guide
CONTENT: Content = GUIDE.content
LISTS = CONTENT.checklists
ASKING = [one for one in LISTS if first_of(CONTENT, one)]
PLAIN = [one for one in LISTS if not first_of(CONTENT, one)]
FILLED = [one for one in LISTS if any("____" in item.text for item in one.items)]

STORED = "JSON.stringify([{...localStorage}, {...sessionStorage}])"
NOTHING = "[{},{}]"
SILENT = "window.print = () => {}"  # Chromium would wait for a person

# What a screen reader would be told: changes of the count while it is live.
LISTEN = """addEventListener("DOMContentLoaded", () => {
  window.spoken = [];
  new MutationObserver((changes) => {
    for (const {target} of changes)
      if (target.closest?.("[aria-live]")) spoken.push(target.textContent);
  }).observe(document, {childList: true, characterData: true, subtree: true});
})"""

# Inks and grounds of what is seen, as CSS writes them.
INKS = """() => [...document.querySelectorAll("article, article *")]
  .filter((one) => one.checkVisibility())
  .flatMap((one) => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor])
  .filter((colour) => !["rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"].includes(colour))"""


def address(checklist: Checklist) -> str:
    return f"checklists/{checklist.slug}/"


def boxes(page: Page) -> Locator:
    return page.locator(".checklist input[type=checkbox]")


def unfold(page: Page) -> None:
    """Open the list where it is folded up behind its question."""
    summary = page.locator("details.ticking:not([open]) > summary")
    if summary.count():
        summary.press("Enter")


def open_list(tab: Tab, checklist: Checklist) -> Page:
    tab.open(address(checklist))
    unfold(tab.page)
    return tab.page


def ticked(page: Page) -> list[str]:
    """The ids of the lines that are ticked."""
    found = page.locator(".checklist > li:has(input:checked)").evaluate_all("lines => lines.map(one => one.id)")
    return [str(name) for name in found]


def squeezed(text: str) -> str:
    """The text without white space and ligatures, for lines break where they like."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def paper(page: Page, size: str = "A4") -> tuple[int, str]:
    """The print-out: how many pages, and its words."""
    pages = PdfReader(io.BytesIO(page.pdf(format=size))).pages
    return len(pages), squeezed(" ".join(one.extract_text() for one in pages))


def test_the_guide_has_lists_of_each_kind() -> None:
    assert len(LISTS) == 8
    assert len(ASKING) > 1
    assert len(PLAIN) > 1
    assert FILLED


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_whole_line_ticks_and_is_tall_enough(new_tab: Callable[..., Tab], width: int, scripts: bool) -> None:
    tab = new_tab(width, scripts=scripts)
    for checklist in LISTS:
        page = open_list(tab, checklist)
        sizes = page.locator(".checklist label").evaluate_all(
            "all => all.map((one) => [one.getBoundingClientRect(), one.closest('li').getBoundingClientRect()])"
            ".map(([label, line]) => [label.height, line.width - label.width])"
        )
        assert len(sizes) == len(checklist.items)
        assert min(height for height, _ in sizes) >= 44
        assert max(beside for _, beside in sizes) < 1
        label = page.locator(".checklist label").last
        box = label.bounding_box()
        assert box
        label.click(position={"x": box["width"] - 4, "y": box["height"] - 4})
        expect(label.locator("input")).to_be_checked()
    assert tab.errors == []


def test_every_box_and_every_blank_has_its_words_for_a_name(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab(390)
    for checklist in LISTS:
        page = open_list(tab, checklist)
        for item in checklist.items:
            words = plain(item.text).partition("____")[0].strip()
            line = page.locator(f"li#{item.id}")
            expect(line.get_by_role("checkbox", name=words, exact=True)).to_have_count(1)
            blanks = line.get_by_role("textbox", name=words.strip(": "), exact=True)
            expect(blanks).to_have_count(item.text.count("____"))
        for label in CONTENT.settings.sheet.blanks:
            expect(page.get_by_role("textbox", name=label)).to_have_count(0 if checklist.shared else 1)


def test_lines_are_numbered_through_whatever_is_shown(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab()
    for checklist in LISTS:
        page = open_list(tab, checklist)
        values = page.locator(".checklist > li").evaluate_all("lines => lines.map(one => one.value)")
        assert values == list(range(1, len(checklist.items) + 1))
        assert page.locator(".checklist").first.evaluate("one => getComputedStyle(one).listStyleType") == "decimal"


def test_ticks_stay_over_a_reload_and_go_with_the_tab(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab()
    checklist = ASKING[0]
    page = open_list(tab, checklist)
    assert page.evaluate(STORED) == NOTHING
    for place in (0, 2):
        boxes(page).nth(place).check()
    expected = [checklist.items[place].id for place in (0, 2)]
    page.reload()
    assert ticked(page) == expected
    expect(boxes(page).first).to_be_visible()  # ticks open the list
    expect(page.locator(".tick-count")).to_have_text(f"2 of {len(checklist.items)} ticked")
    tab.open("")
    tab.open(address(checklist))
    assert ticked(page) == expected
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(tab.site_url + address(checklist))
    assert ticked(again) == []
    assert again.evaluate(STORED) == NOTHING
    assert tab.errors == []


def test_a_doubled_tab_starts_empty(new_tab: Callable[..., Tab]) -> None:
    page = open_list(new_tab(), PLAIN[0])
    boxes(page).first.check()
    with page.expect_popup() as opened:
        page.evaluate("window.open(location.href)")  # as when a tab is doubled, the session's storage is copied
    other = opened.value
    other.wait_for_load_state()
    assert ticked(other) == []
    assert other.evaluate("sessionStorage.length") == 0
    assert len(ticked(page)) == 1


@pytest.fixture
def run_chromium(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., BrowserContext]]:
    """Start a Chromium that remembers its tabs: `run_chromium("--restore-last-session")` brings them back."""
    names = [found for name in CHROMIUM_NAMES if (found := shutil.which(name))]
    running: list[BrowserContext] = []

    def run(*options: str) -> BrowserContext:
        args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", *options]
        program = [*names, browser.browser_type.executable_path][0]
        running.append(
            browser.browser_type.launch_persistent_context(tmp_path, executable_path=program, headless=True, args=args)
        )
        return running[-1]

    yield run
    for context in running:
        context.close()


def test_a_tab_that_is_opened_again_starts_empty(run_chromium: Callable[..., BrowserContext], site_url: str) -> None:
    """Chromium brings back what a closed tab's session kept; the list does not believe it."""
    first = run_chromium()
    page = first.new_page()
    page.goto(site_url + address(PLAIN[0]))
    boxes(page).first.check()
    other = first.new_page()
    other.goto(site_url)
    other.evaluate("sessionStorage.setItem('proof', '1')")
    page.wait_for_timeout(1500)  # Chromium writes down its tabs in its own time
    with first.expect_event("close"):
        first.new_cdp_session(page).send("Browser.close")
    second = run_chromium("--restore-last-session")
    for _ in range(50):
        if sum(one.url.startswith(site_url) for one in second.pages) == 2:
            break
        second.pages[0].wait_for_timeout(100)
    found = {one.url.removeprefix(site_url): one for one in second.pages}
    assert found[""].evaluate("sessionStorage.getItem('proof')") == "1"
    expect(found[address(PLAIN[0])].locator(".tick-count")).to_have_text(re.compile("^0 of"))
    assert ticked(found[address(PLAIN[0])]) == []
    assert found[address(PLAIN[0])].evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("way", ["reload", "back"])
def test_the_browser_restores_nothing_by_itself(new_tab: Callable[..., Tab], way: str) -> None:
    tab = new_tab(scripts=False)
    page = open_list(tab, FILLED[0])
    boxes(page).first.check()
    page.locator(".blank").first.fill("Sunday")
    if way == "reload":
        page.reload()
    else:
        tab.open("")
        page.go_back()
    unfold(page)
    assert ticked(page) == []
    expect(page.locator(".blank").first).to_be_empty()


def test_remembering_is_for_each_list_and_ends_when_the_reader_says_so(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab(390)
    page = open_list(tab, PLAIN[0])
    remember = page.get_by_role("checkbox", name="Remember on this device")
    expect(remember).to_have_accessible_description(re.compile("^Your ticks then stay on this device"))
    boxes(page).first.check()
    remember.check()
    open_list(tab, PLAIN[1])
    boxes(page).first.check()
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(tab.site_url + address(PLAIN[0]))
    assert ticked(again) == [PLAIN[0].items[0].id]
    remembered = again.get_by_role("checkbox", name="Remember on this device")
    expect(remembered).to_be_checked()
    boxes(again).nth(1).check()
    remembered.uncheck()
    assert again.evaluate("localStorage.length") == 0
    again.reload()
    assert ticked(again) == [item.id for item in PLAIN[0].items[:2]]  # for this tab, as before
    again.goto(tab.site_url + address(PLAIN[1]))
    assert ticked(again) == []


def test_clear_empties_the_list_and_forgets_it(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab()
    page = open_list(tab, FILLED[0])
    for box in boxes(page).all():
        box.check()
    page.locator(".blank").first.fill("Sunday")
    page.get_by_role("checkbox", name="Remember on this device").check()
    expect(page.get_by_role("button", name="Print what is left")).to_be_disabled()
    page.locator(".tick-clear").click()
    assert ticked(page) == []
    assert page.evaluate(STORED) == NOTHING
    expect(page.locator(".blank").first).to_be_empty()
    expect(page.get_by_role("checkbox", name="Remember on this device")).not_to_be_checked()
    expect(page.get_by_role("button", name="Print what is left")).to_be_enabled()
    expect(page.get_by_role("button", name="Clear all lists")).to_be_hidden()


def test_all_lists_are_cleared_at_once_where_there_are_others(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab()
    page = open_list(tab, PLAIN[0])
    boxes(page).first.check()
    page.get_by_role("checkbox", name="Remember on this device").check()
    open_list(tab, PLAIN[1])
    boxes(page).first.check()
    page.locator(".tick-clear").click()
    assert page.evaluate("localStorage.length") == 1
    page.get_by_role("button", name="Clear all lists").press("Enter")
    assert page.evaluate(STORED) == NOTHING
    expect(page.locator(".tick-clear")).to_be_focused()
    tab.page.go_back()  # to a page that the browser may still hold as it was
    assert ticked(page) == []


def test_the_way_out_takes_everything_along(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab()
    page = open_list(tab, PLAIN[0])
    boxes(page).first.check()
    page.get_by_role("checkbox", name="Remember on this device").check()
    open_list(tab, PLAIN[1])
    boxes(page).first.check()
    outside = page.locator(".exit").get_attribute("href")
    assert outside

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html", body="<title>Weather</title>")

    page.route(f"{urlparse(outside).scheme}://{urlparse(outside).netloc}/**", answer)
    page.locator(".exit").click()
    page.wait_for_url(outside)
    assert page.evaluate("window.name") == ""
    tab.open("")
    assert page.evaluate(STORED) == NOTHING
    for checklist in PLAIN[:2]:
        tab.open(address(checklist))
        assert ticked(page) == []


def test_nothing_that_is_kept_or_asked_for_names_anything(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab()
    kept: list[dict[str, str]] = []
    for checklist in LISTS:
        page = open_list(tab, checklist)
        page.wait_for_load_state("networkidle")
        asked = len(tab.requested)
        if checklist is LISTS[0]:
            page.get_by_role("checkbox", name="Remember on this device").check()
        for box in boxes(page).all():
            box.check()
        for blank in page.locator(".blank").all():
            blank.fill("Nobody else may read this")
        page.locator(".tick-one").click()
        page.locator(".tick-next").click()
        kept = json.loads(page.evaluate(STORED))
        assert len(tab.requested) == asked
    assert [len(one) for one in kept] == [1, len(LISTS) - 1]
    for name, value in (pair for one in kept for pair in one.items()):
        assert re.fullmatch(r"list-[0-9a-f]{8}", name)
        assert re.fullmatch(r"[0-9a-f]{8}( [0-9a-f]{8})*", value)
    assert tab.page.evaluate("document.cookie") == ""
    assert tab.page.evaluate("window.name") == "open"
    assert tab.errors == []
    assert tab.foreign == []


def changed_page(site_dir: Path, checklist: Checklist, text: str) -> str:
    """The list's page as it would be with another text, and with the day written down on which it changed."""
    path = f"{address(checklist).rstrip('/')}.md"
    files = {**read_folder(DOCS), path: text.encode()}
    files["revisions.yml"] = as_yaml(revised(read(files)[0], "2099-01-02")).encode()
    made = BeautifulSoup(as_html(next(one.text for one in build(files).pages if one.path == path)), "html.parser")
    html = BeautifulSoup((site_dir / address(checklist) / "index.html").read_text(encoding="utf-8"), "html.parser")
    for selector in (".ticking", ".revised"):
        old = html.select(selector)
        old[0].insert_before(*made.select(selector))
        for one in old:
            one.decompose()
    return str(html)


def open_changed(tab: Tab, site_dir: Path, anchor: str = "") -> Checklist:
    """Open a list with its first line reworded, its first two swapped, and a new one before them."""
    checklist = PLAIN[0]
    first, second = checklist.items[:2]
    text = (DOCS / f"{address(checklist).rstrip('/')}.md").read_text(encoding="utf-8")
    line = r"- \[ \] .+\n.+#{} .+\n"
    head, one, two, tail = re.split(f"({line.format(first.id)})({line.format(second.id)})", text)
    new = f'- [ ] A new line.\n  {{ #quite-new topic="{first.topic}" }}\n'
    text = head + new + two + one.replace(first.text, "Quite other words.") + tail
    html = changed_page(site_dir, checklist, text)
    tab.page.route(tab.site_url + address(checklist), lambda route: route.fulfill(content_type="text/html", body=html))
    tab.open("")
    tab.open(address(checklist) + anchor)
    assert "Quite other words." in tab.page.locator(f"#{first.id}").inner_text()
    assert tab.page.locator(".checklist > li").count() == len(checklist.items) + 1
    return checklist


def test_a_line_keeps_its_tick_when_it_is_reworded_or_moved_and_a_new_one_is_empty(
    new_tab: Callable[..., Tab], site_dir: Path
) -> None:
    tab = new_tab()
    page = open_list(tab, PLAIN[0])
    for place in (0, 3):
        boxes(page).nth(place).check()
    before = ticked(page)
    assert sorted(before) == sorted(PLAIN[0].items[place].id for place in (0, 3))
    open_changed(tab, site_dir)
    assert sorted(ticked(page)) == sorted(before)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_sheet_of_paper_is_told_whether_it_still_holds(
    new_tab: Callable[..., Tab], site_dir: Path, scripts: bool
) -> None:
    tab = new_tab(390, scripts=scripts)
    for checklist in LISTS:
        newest = CONTENT.revisions[checklist.slug][-1]
        tab.open(address(checklist))
        expect(tab.page.locator(".revised:visible")).to_have_count(0)
        code = str(Sheets(GUIDE, tab.site_url).sheet(checklist)["code"])  # what the sheet's QR code says
        tab.open("")
        tab.open(code.removeprefix(tab.site_url))
        note = tab.page.locator(".revised:visible")
        expect(note).to_be_in_viewport(ratio=1)
        expect(note).to_have_text(f"Your sheet is still current. It is the one of {day(newest.date)}.")
    changed = open_changed(tab, site_dir, f"#revised-{CONTENT.revisions[PLAIN[0].slug][-1].content}")
    assert changed is PLAIN[0]
    notes = [note.inner_text() for note in tab.page.locator(".revised").all() if note.is_visible()]
    assert notes == [
        "Changed on 2 January 2099, since your sheet was printed: 2 lines to tick. Please use this one instead."
    ]


@pytest.mark.parametrize("checklist", LISTS, ids=lambda one: one.slug)
def test_one_at_a_time_by_keyboard_alone(new_tab: Callable[..., Tab], checklist: Checklist) -> None:
    tab = new_tab(390)
    page = tab.page
    page.emulate_media(reduced_motion="reduce")
    tab.open(address(checklist))
    unfold(page)
    last = len(checklist.items) - 1
    one, back, onward = (page.get_by_role("button", name=name) for name in ("One at a time", "Back", "Next"))
    expect(onward).to_be_hidden()
    boxes(page).first.press("Space")
    one.press("Enter")
    for place in range(1, last + 1):  # it begins with the first line that is not ticked
        expect(boxes(page).nth(place)).to_be_focused()
        assert [box.is_visible() for box in boxes(page).all()] == [number == place for number in range(last + 1)]
        assert [heading.inner_text() for heading in page.locator(".ticking h2").all() if heading.is_visible()] == [
            group for group in [checklist.items[place].group] if group
        ]
        assert page.locator(".checklist > li").nth(place).evaluate("line => line.value") == place + 1
        page.keyboard.press("Space")
        expect(boxes(page).nth(place)).to_be_checked()
        expect(boxes(page).nth(place)).to_be_focused()  # nothing goes on by itself
        tab_to(page, onward if place < last else back)
        page.keyboard.press("Enter")
    expect(boxes(page).nth(last - 1)).to_be_focused()  # the last press was Back
    expect(page.locator(".tick-count")).to_have_text(f"{last + 1} of {last + 1} ticked")
    page.get_by_role("button", name="All lines").press("Enter")
    expect(onward).to_be_hidden()
    assert all(box.is_visible() for box in boxes(page).all())
    assert tab.errors == []


def tab_to(page: Page, aim: Locator) -> None:
    """Press Tab until the aim has the focus."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if aim.evaluate("one => one === document.activeElement"):
            return
    pytest.fail("the keyboard does not come there")


def test_the_ends_have_one_way_on(new_tab: Callable[..., Tab]) -> None:
    page = open_list(new_tab(), PLAIN[0])
    page.get_by_role("button", name="One at a time").click()
    expect(page.get_by_role("button", name="Back")).to_be_disabled()
    for _ in PLAIN[0].items[1:]:
        page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    expect(page.get_by_role("button", name="Back")).to_be_enabled()


def test_the_count_is_spoken_as_it_goes_and_not_at_load(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab()
    tab.page.add_init_script(LISTEN)
    page = open_list(tab, PLAIN[0])
    expect(page.locator(".tick-count")).to_have_attribute("aria-live", "polite")
    boxes(page).first.check()
    total = len(PLAIN[0].items)
    assert page.evaluate("spoken") == [f"1 of {total} ticked"]
    page.reload()
    expect(page.locator(".tick-count")).to_have_attribute("aria-live", "polite")
    expect(page.locator(".tick-count")).to_have_text(f"1 of {total} ticked")
    assert page.evaluate("spoken") == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("checklist", LISTS, ids=lambda one: one.slug)
def test_axe_finds_nothing(new_tab: Callable[..., Tab], checklist: Checklist, width: int) -> None:
    tab = new_tab(width)
    page = open_list(tab, checklist)
    page.emulate_media(reduced_motion="reduce")
    boxes(page).first.check()
    for alone in (False, True):
        dark = alone == (width == 390)
        page.emulate_media(color_scheme="dark" if dark else "light")
        if alone:
            page.get_by_role("button", name="One at a time").click()
        found = Axe().run(page, options=MORE_RULES)
        assert found.response["passes"]
        assert found.violations_count == 0, f"dark: {dark}, alone: {alone}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_lists_tick_and_take_words_and_offer_nothing_else(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab(390, scripts=False)
    for checklist in LISTS:
        page = open_list(tab, checklist)
        boxes(page).first.press("Space")
        expect(boxes(page).first).to_be_checked()
        for blank in page.locator(".blank").all():
            blank.press_sequentially("Sunday")
            expect(blank).to_have_text("Sunday")
        assert not any(button.is_visible() for button in page.get_by_role("article").get_by_role("button").all())
        assert not any(tools.is_visible() for tools in page.locator(".tick-top, .tick-steps, .tick-tools").all())


@pytest.mark.parametrize("scripts", [True, False])
def test_a_list_that_wants_a_check_asks_before_it_shows(new_tab: Callable[..., Tab], scripts: bool) -> None:
    tab = new_tab(390, scripts=scripts)
    page = tab.page
    for checklist in ASKING:
        first = first_of(CONTENT, checklist)
        assert first
        tab.open(address(checklist))
        box = page.locator(".check-first")
        expect(box).to_have_count(1)  # one warning, and not two
        asked = f"Is any of lines 1 to {first.lines} on “{first.checklist.title}” untrue?"
        expect(box.get_by_text(asked)).to_be_visible()
        assert not any(line.is_visible() for line in boxes(page).all())
        stop = box.get_by_role("link", name="Yes, stop here")
        expect(stop).to_have_attribute("href", f"../../guide/{CONTENT.settings.gate}/")
        page.locator("summary", has_text="No, show the list").press("Enter")
        expect(boxes(page).first).to_be_visible()
    for checklist in PLAIN:
        tab.open(address(checklist))
        expect(page.locator("details.ticking, .asks, .stop")).to_have_count(0)
        expect(boxes(page).first).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_to_a_line_opens_the_list_there(new_tab: Callable[..., Tab], scripts: bool) -> None:
    tab = new_tab(390, scripts=scripts)
    for checklist in ASKING:
        tab.open("")
        tab.open(f"{address(checklist)}#{checklist.items[-1].id}")
        expect(tab.page.locator(f"#{checklist.items[-1].id}")).to_be_in_viewport()


def test_a_link_on_the_page_to_a_line_opens_the_list_too(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab(390)
    tab.open(address(ASKING[0]))
    tab.page.evaluate("name => { location.hash = name }", ASKING[0].items[-1].id)
    expect(tab.page.locator(f"#{ASKING[0].items[-1].id}")).to_be_in_viewport()


NOT_ON_PAPER = ["Menu", "Exit this page", "Search this guide", "One at a time", "Print what", "Clear", "Remember on"]
NOT_ON_PAPER += [
    "To print or keep",
    "Map of this guide",
    "Part 1 of",
    "show the list",
    "Yes, stop here",
    "On this page",
]
NOT_ON_PAPER += ["your local emergency number", "Text under", "0 of", "still current"]


@pytest.mark.parametrize(("size", "scripts"), [("A4", True), ("Letter", False)])  # test_site.py has the others
@pytest.mark.parametrize("checklist", LISTS, ids=lambda one: one.slug)
def test_a_list_prints_on_one_page_with_all_that_belongs_to_it(
    new_tab: Callable[..., Tab], checklist: Checklist, size: str, scripts: bool
) -> None:
    tab = new_tab(scripts=scripts)
    tab.page.emulate_media(color_scheme="dark")
    tab.open(f"{address(checklist)}#revised-{CONTENT.revisions[checklist.slug][-1].content}")
    pages, text = paper(tab.page, size)
    assert pages == 1
    assert [words for words in NOT_ON_PAPER if squeezed(words) in text] == []
    canonical = tab.page.locator("link[rel=canonical]").get_attribute("href")
    assert canonical
    assert canonical.endswith(address(checklist))
    sheet = CONTENT.settings.sheet
    held = [checklist.title, checklist.when, checklist.foot, sheet.note, canonical, revision_of(CONTENT, checklist)]
    held += [f"{number}." for number in range(1, len(checklist.items) + 1)]
    held += [piece for item in checklist.items for piece in item.text.split("____")]
    first = first_of(CONTENT, checklist)
    held += [first.stop] if first else []
    assert [words for words in held if squeezed(plain(words)) not in text] == []
    assert all((squeezed(label) in text) != checklist.shared for label in sheet.blanks)


def test_paper_from_the_browser_says_what_the_sheets_say() -> None:
    """In the same words: the line that says stop, and the revision."""
    for checklist in LISTS:
        sheet = Sheets(GUIDE, "https://example.net/").sheet(checklist)
        first = first_of(CONTENT, checklist)
        assert "".join(run["text"] for run in sheet["stop"]) == (first.stop if first else "")
        assert sheet["revision"] == revision_of(CONTENT, checklist)


def test_paper_is_black_on_white_with_boxes_of_five_millimetres(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab()
    for checklist in LISTS:
        page = open_list(tab, checklist)
        boxes(page).first.check()
        page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce")
        assert page.evaluate(INKS) == []
        for box in boxes(page).all():
            size = box.bounding_box()
            assert size
            assert [size["width"], size["height"]] == pytest.approx([5 * 96 / 25.4] * 2, abs=0.5)
        page.emulate_media(media="null")


def test_paper_has_empty_boxes_unless_the_reader_wants_the_ticks(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab()
    tab.page.add_init_script(SILENT)
    page = open_list(tab, ASKING[0])
    for place in (0, 1):
        boxes(page).nth(place).check()
    page.get_by_role("button", name="Print", exact=True).click()
    assert paper(page)[1].count("✓") == 0
    page.get_by_role("checkbox", name="Print my ticks too").check()
    pages, text = paper(page)
    assert (pages, text.count("✓")) == (1, 2)
    expect(page.locator(".tick-count")).to_have_text(re.compile("^2 of"))  # that box is no line


@pytest.mark.parametrize("checklist", LISTS, ids=lambda one: one.slug)
def test_what_is_left_prints_alone_and_keeps_its_numbers(new_tab: Callable[..., Tab], checklist: Checklist) -> None:
    tab = new_tab()
    tab.page.add_init_script(SILENT)
    page = open_list(tab, checklist)
    group = checklist.items[0].group
    for item in checklist.items:
        if item.group == group and item is not checklist.items[-1]:
            page.locator(f"#{item.id} input").check()
    page.get_by_role("button", name="Print what is left").click()
    left = [item for item in checklist.items if item.group != group] or [checklist.items[-1]]
    page.emulate_media(media="print")
    headings = [one.inner_text() for one in page.locator(".ticking h2").all() if one.is_visible()]
    assert headings == list(dict.fromkeys(item.group for item in left if item.group))
    pages, text = paper(page)
    assert pages == 1
    for number, item in enumerate(checklist.items, start=1):
        assert (squeezed(plain(item.text.partition("____")[0])) in text) == (item in left), item.id
        assert f"{number}." in text or item not in left
    # That was once: Chromium said afterprint, and the next print-out is whole.
    assert squeezed(plain(checklist.items[0].text.partition("____")[0])) in paper(page)[1]


def test_what_was_typed_prints_and_what_was_not_is_a_line(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab()
    words = "We said Sunday, and then we found that it would be better to wait a little longer for this"
    for checklist in FILLED:
        page = open_list(tab, checklist)
        blank = page.locator(".checklist .blank").first
        blank.fill(words)
        pages, text = paper(page)
        assert pages == 1
        assert squeezed(words) in text
        page.emulate_media(media="print")
        for line in page.locator(".blank").all():
            size = line.bounding_box()
            assert size
            assert size["width"] >= 30 * 96 / 25.4
            assert line.evaluate("one => getComputedStyle(one).borderBottomWidth") != "0px"
        page.emulate_media(media="null")
        assert page.evaluate(STORED) == NOTHING


def test_a_topic_prints_unfolded_with_its_links_written_out_once(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab()
    for topic in CONTENT.topics[:4]:
        tab.open(f"guide/{topic.slug}/")
        origin = str(tab.page.locator("link[rel=canonical]").get_attribute("href")).partition("guide/")[0]
        _, text = paper(tab.page)
        _, heading, end = text.rpartition(squeezed("Where the links lead"))
        assert heading
        hidden = ".where, .along, .help-line, .contents-here, .edit"
        links = tab.page.locator("article a[href]").evaluate_all(
            f"links => links.filter((one) => !one.closest('{hidden}')).map((one) => one.href.split('#')[0])"
        )
        here = tab.site_url + f"guide/{topic.slug}/"
        wanted = {str(link).replace(tab.site_url, origin) for link in links if link != here}
        written = re.findall(r"\((http[^)]*)\)", end)
        assert sorted(written) == sorted(wanted)
        assert [words for words in NOT_ON_PAPER[:3] if squeezed(words) in text] == []
        for advice in GUIDE.advice_of(topic):
            for point in advice.points:
                assert squeezed(plain(point.lead)) in text, point.id
        tab.page.emulate_media(media="print", reduced_motion="reduce")
        style = "all => all.map((one) => getComputedStyle(one).breakInside)"
        assert set(tab.page.locator("article li").evaluate_all(style)) == {"avoid"}
        assert tab.page.evaluate(INKS) == []
        tab.page.emulate_media(media="null")

"""`make serve`: what is saved is on the page, and what is wrong stands on top of every page until it is mended."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.casefile import BASE
from tests.serving import Server, copy_of, serving

BOXES = "docs/sources/article-1.md"
SECONDS = 30_000  # milliseconds until a change must be there: how fast it is, `make bench` measures


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(copy_of(BASE, tmp_path / "project")) as running:
        yield running


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[[str], Page]]:
    context = browser.new_context()
    context.set_default_timeout(SECONDS)
    yield lambda url: _opened(context.new_page(), url)
    context.close()


def _opened(page: Page, url: str) -> Page:
    page.goto(url)
    return page


def message(page: Page) -> Locator:
    return page.get_by_role("region", name="Errors")


def shows(page: Page, *words: str) -> None:
    for one in words:
        expect(message(page)).to_contain_text(one, timeout=SECONDS)


def shows_none(page: Page) -> None:
    expect(message(page)).to_have_count(0, timeout=SECONDS)


def test_a_saved_bullet_is_soon_on_the_page(server: Server, open_page: Callable[[str], Page]) -> None:
    page = open_page(f"{server.url}sources/article-1/")
    for words in ("Measure every room twice.", "Measure every wall."):
        before = re.findall(r"\*\*(.+?)\*\*", (server.project / BOXES).read_text(encoding="utf-8"))[0]
        server.replace(BOXES, f"**{before}**", f"**{words}**")
        expect(page.get_by_text(words, exact=True)).to_be_visible(timeout=SECONDS)
    shows_none(page)


def test_a_mistake_is_on_every_page_until_it_is_mended(server: Server, open_page: Callable[[str], Page]) -> None:
    pages = [open_page(f"{server.url}{address}") for address in ("", "guide/boxes/", "missing/")]
    errors: list[str] = []
    for page in pages:
        page.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
    heading = pages[1].get_by_role("heading", level=1)
    title = heading.inner_text()
    before = server.replace("docs/guide/boxes.md", "stage: ", "stage: <img src=x onerror=alert(1)>")
    for page in pages[:2]:
        shows(page, "1 error", "docs/guide/boxes.md:", "bad-value", "<img src=x", "How to mend it")
        expect(message(page)).to_be_in_viewport()
        assert message(page).locator("mark").count() == 1
        assert page.locator(".preview-error img").count() == 0
    expect(heading).to_have_text(title)
    pages[2].reload()
    shows(pages[2], "bad-value")
    assert "docs/guide/boxes.md:" in server.said
    (server.project / "docs/guide/boxes.md").write_text(before, encoding="utf-8")
    for page in pages[:2]:
        shows_none(page)
    assert server.alive
    assert "Traceback" not in server.said
    assert [one for one in errors if "404" not in one] == []  # nothing that the policy of the pages refused


def test_another_mistake_takes_the_place_of_the_first(server: Server, open_page: Callable[[str], Page]) -> None:
    page = open_page(server.url)
    before = server.replace("docs/guide/boxes.md", "title: ", "titel: ")
    shows(page, "titel")
    (server.project / "docs/guide/boxes.md").write_text(f"{before}\n<b>bold</b>\n", encoding="utf-8")
    shows(page, "raw-html")
    assert "titel" not in message(page).inner_text()
    assert page.locator(".preview-error").count() == 1


@pytest.mark.parametrize(
    ("path", "change", "words"),
    [
        ("mkdocs.yml", ("theme:", "theme: ["), "error parsing the configuration file"),
        ("mkdocs.yml", ("custom_dir: overrides", "custom_dir: nowhere"), "nowhere"),
        (
            "overrides/main.html",
            ("{% block site_nav %}", "{% block site_nav"),
            "expected token 'end of statement block'",
        ),
    ],
)
def test_what_else_fails_is_told_too_and_leaves_the_pages_whole(
    server: Server, open_page: Callable[[str], Page], path: str, change: tuple[str, str], words: str
) -> None:
    page = open_page(f"{server.url}guide/boxes/")
    title = page.get_by_role("heading", level=1).inner_text()
    before = server.replace(path, *change)
    shows(page, words)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert page.request.get(f"{server.url}stylesheets/guide.css").ok
    assert server.alive
    (server.project / path).write_text(before, encoding="utf-8")
    shows_none(page)


def test_a_server_that_starts_with_a_mistake_shows_it_and_then_the_site(
    tmp_path: Path, open_page: Callable[[str], Page]
) -> None:
    project = copy_of(BASE, tmp_path / "project")
    boxes = project / "docs/guide/boxes.md"
    before = boxes.read_text(encoding="utf-8")
    boxes.write_text(before.replace("title: ", "titel: "), encoding="utf-8")
    (project / "docs" / "B ad.md").write_text("<script>alert(1)</script>", encoding="utf-8")
    with serving(project) as server:
        assert "docs/guide/boxes.md:" in server.said
        pages = [open_page(f"{server.url}{address}") for address in ("", "guide/boxes/")]
        for page in pages:
            shows(page, "3 errors", "titel", "bad-file-name")
            expect(page.get_by_role("heading", level=1)).to_have_text("This page comes once the content can be read")
        (project / "docs" / "B ad.md").unlink()
        boxes.write_text(before, encoding="utf-8")
        for page in pages:
            shows_none(page)
        assert "Pack the boxes" in pages[1].title()


def test_a_warning_is_quieter(server: Server, open_page: Callable[[str], Page]) -> None:
    page = open_page(server.url)
    before = server.replace("docs/merges.yml", "alone: [a-01]", "alone: []")
    warning = page.locator("details.preview-warning")
    expect(warning.locator("summary")).to_have_text("1 thing to mend", timeout=SECONDS)
    expect(warning.locator("li")).to_be_hidden()
    warning.locator("summary").click()
    expect(warning.locator("li")).to_contain_text("undecided-point")
    shows_none(page)
    assert "undecided-point" in server.said
    (server.project / "docs/merges.yml").write_text(before, encoding="utf-8")
    expect(warning).to_have_count(0, timeout=SECONDS)


def test_what_mkdocs_warns_of_is_told_again_by_each_build(server: Server, open_page: Callable[[str], Page]) -> None:
    page = open_page(f"{server.url}guide/boxes/")
    before = server.replace("docs/guide/boxes.md", "Stop when you are tired.", "[Stop](nowhere.md) now.")
    warning = page.locator("details.preview-warning")
    expect(warning.locator("li").last).to_contain_text("contains a link 'nowhere.md'", timeout=SECONDS)
    server.replace("docs/guide/plan-the-move.md", "title: ", "title: Now ")
    expect(page.get_by_role("link", name="Now ").first).to_be_visible(timeout=SECONDS)
    expect(warning.locator("li").last).to_contain_text("contains a link 'nowhere.md'")
    (server.project / "docs/guide/boxes.md").write_text(before, encoding="utf-8")
    expect(warning).to_have_count(0, timeout=SECONDS)


def test_what_only_a_check_finds_is_said_quietly_and_the_page_is_new(
    server: Server, open_page: Callable[[str], Page]
) -> None:
    page = open_page(f"{server.url}guide/lifting/")
    before = server.replace("docs/guide/lifting.md", "<!-- advice -->", f"{'Lift it and ' * 9}rest.\n\n<!-- advice -->")
    warning = page.locator("details.preview-warning")
    expect(warning.locator("summary")).to_have_text("1 thing to mend", timeout=SECONDS)
    expect(page.locator("article")).to_contain_text("Lift it and Lift it and")
    warning.locator("summary").click()
    expect(warning.locator("li")).to_contain_text("long-sentence")
    shows_none(page)
    (server.project / "docs/guide/lifting.md").write_text(before, encoding="utf-8")
    expect(warning).to_have_count(0, timeout=SECONDS)

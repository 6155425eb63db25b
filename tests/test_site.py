"""The built site, file by file: what is printed, where it links, and that two builds are the same bytes."""

import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from jsonschema_rs import Draft202012Validator

from commonground.addresses import published
from commonground.building import build
from commonground.redirects import RECORD
from commonground.schemas import load_schema
from tests.crawling import ORIGIN, broken, clicks_from_home, ids, links, read_site, soup

PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def pages(site_dir: Path) -> dict[str, BeautifulSoup]:
    return read_site(site_dir)


@pytest.fixture(scope="session")
def guide(site_dir: Path) -> Any:
    return json.loads((site_dir / "guide.json").read_text(encoding="utf-8"))


def moved(pages: dict[str, BeautifulSoup]) -> set[str]:
    """The pages that only say where something is now."""
    return {address for address, page in pages.items() if page.select_one(".moved-to")}


def by_id(page: BeautifulSoup, name: str) -> Tag:
    found = page.find_all(id=name)
    assert len(found) == 1, f"{name}: {len(found)} elements"
    assert isinstance(found[0], Tag)
    return found[0]


def test_guide_json_obeys_its_schema(guide: Any) -> None:
    assert [error.message for error in Draft202012Validator(load_schema("guide")).iter_errors(guide)] == []


def test_each_advice_is_one_element_with_its_points(pages: dict[str, BeautifulSoup], guide: Any) -> None:
    printed = Counter(
        str(element["id"]) for page in pages.values() for element in page.select("[data-from], [data-replaces]")
    )
    assert printed == Counter(advice["id"] for advice in guide["advice"])
    for advice in guide["advice"]:
        element = by_id(pages[f"guide/{advice['topic']}/"], advice["id"])
        assert str(element.get("data-from", "")).split() == advice["points"]
        assert str(element.get("data-replaces", "")).split() == advice["replaced"]
        assert element.strong is not None
        assert element.strong.get_text() == advice["lead"]


def test_each_advice_shows_who_says_it(pages: dict[str, BeautifulSoup], guide: Any) -> None:
    articles = sum(source["mark"].isdigit() for source in guide["sources"])
    for advice in guide["advice"]:
        element = by_id(pages[f"guide/{advice['topic']}/"], advice["id"])
        marks = element.select_one(".marks")
        summary = element.select_one("details > summary")
        assert marks is not None
        assert summary is not None
        assert re.findall(r"\[(\w+)\]", marks.get_text()) == advice["marks"]
        if advice["articles"]:
            assert summary.get_text().startswith(f"{advice['articles']} of {articles} articles")
        else:
            assert summary.get_text().startswith("Added by this guide")


def aims(element: Tag, address: str) -> set[str]:
    """Where the links of an element of the page at an address lead, as addresses on the site."""
    return {urljoin(ORIGIN + address, str(link["href"])).removeprefix(ORIGIN) for link in element.select("a[href]")}


@pytest.fixture(scope="session")
def bullets(guide: Any) -> dict[str, str]:
    """The address of every point's bullet on the page of its source."""
    slugs = {source["mark"]: source["slug"] for source in guide["sources"]}
    return {point["id"]: f"sources/{slugs[point['mark']]}/#{point['id']}" for point in guide["points"]}


@pytest.fixture(scope="session")
def printed(guide: Any) -> dict[str, str]:
    """The address of every printed piece of advice."""
    return {advice["id"]: f"guide/{advice['topic']}/#{advice['id']}" for advice in guide["advice"]}


def place(pages: dict[str, BeautifulSoup], address: str) -> Tag:
    """The element at an address with an anchor."""
    page, _, anchor = address.partition("#")
    return by_id(pages[page], anchor)


def test_every_advice_leads_to_each_bullet_behind_it_and_every_bullet_back(
    pages: dict[str, BeautifulSoup], guide: Any, bullets: dict[str, str], printed: dict[str, str]
) -> None:
    points = {point["id"]: point for point in guide["points"]}
    met = set()
    for advice in guide["advice"]:
        there = printed[advice["id"]]
        for name in advice["points"] + advice["replaced"]:
            met.add(name)
            assert bullets[name] in aims(place(pages, there), there), name
            assert place(pages, bullets[name]).name == "li"
            assert there in aims(place(pages, bullets[name]), bullets[name]), name
            by_id(pages[there.partition("#")[0]], name)  # the old name stays when a point joins a group
    left = points.keys() - met
    assert left == {reference for topic in guide["topics"] for reference in topic["left_out"]} - met
    for name in left:
        bullet = place(pages, bullets[name])
        [address] = [aim for aim in aims(bullet, bullets[name]) if "#left-out-" in aim]
        box = place(pages, address)
        assert points[name]["use"] == "swap"
        assert "Not printed as the article gives it." in bullet.get_text()
        assert bullets[name] in aims(box.find_parent("li") or box, address) or box.name == "span", name


def test_every_side_of_a_tension_leads_to_its_articles_and_its_advice_and_both_lead_back(
    pages: dict[str, BeautifulSoup], guide: Any, bullets: dict[str, str], printed: dict[str, str]
) -> None:
    advice_of = {point: advice["id"] for advice in guide["advice"] for point in advice["points"] + advice["replaced"]}
    marks = {point["id"]: point["mark"] for point in guide["points"]}
    for tension in guide["tensions"]:
        boxes = [f"guide/{topic}/#{tension['id']}" for topic in tension["topics"]]
        for address in [*boxes, f"tensions/#{tension['id']}"]:
            sides = place(pages, address).find_next("ul")
            assert isinstance(sides, Tag)
            for side, item in zip(tension["sides"], sides.select(":scope > li"), strict=True):
                reached = aims(item, address)
                said = {marks[aim.partition("#")[2]] for aim in reached & set(bullets.values())}
                assert said == {marks[point] for point in side["points"]}, (address, side["says"])
                assert {printed[advice_of[point]] for point in side["points"] if point in advice_of} <= reached
                assert all(point in advice_of for point in side["points"]) or "left out" in item.get_text()
        for point in {point for side in tension["sides"] for point in side["points"]}:
            assert aims(place(pages, bullets[point]), bullets[point]) & set(boxes), (tension["id"], point)
            if point in advice_of:
                there = printed[advice_of[point]]
                assert aims(place(pages, there), there) & set(boxes), (tension["id"], point)


def test_every_line_to_tick_and_every_answer_leads_to_the_advice_behind_it_and_back(
    pages: dict[str, BeautifulSoup], guide: Any, printed: dict[str, str]
) -> None:
    behind = 0
    for checklist in guide["checklists"]:
        here = f"checklists/{checklist['slug']}/"
        for item in checklist["items"]:
            behind += len(item["advice"])
            assert {printed[name] for name in item["advice"]} <= aims(by_id(pages[here], item["id"]), here), item["id"]
            for name in item["advice"]:
                back = {aim.partition("#")[0] for aim in aims(place(pages, printed[name]), printed[name])}
                assert here in back, (item["id"], name)
    for question in guide["questions"]:
        behind += len(question["advice"])
        answer = by_id(pages["faq/"], question["id"]).find_next("p")
        assert isinstance(answer, Tag)
        assert {printed[name] for name in question["advice"]} <= aims(answer, "faq/"), question["id"]
        for name in question["advice"]:
            assert f"faq/#{question['id']}" in aims(place(pages, printed[name]), printed[name]), (question["id"], name)
    assert behind


def test_no_link_passes_over_a_line_to_check_without_a_word(pages: dict[str, BeautifulSoup], guide: Any) -> None:
    """From answers and lists that stand earlier in the way, the words of a link to advice further on say so."""
    steps = {scope["id"]: step for step, scope in enumerate(guide["scopes"])}
    later = {f"guide/{topic['slug']}/": steps[topic["scope"]] for topic in guide["topics"]}
    here = {f"checklists/{checklist['slug']}/": steps[checklist["scope"]] for checklist in guide["checklists"]}
    warned = 0
    for address in [*here, "faq/", "tensions/"]:
        for link in pages[address].select(".checklist a, .behind a"):
            aim, _, anchor = urljoin(ORIGIN + address, str(link["href"])).removeprefix(ORIGIN).partition("#")
            if anchor and later[aim] > max(here.get(address, 0), 0) and not pages[address].select(".check-first"):
                assert link.get_text().endswith("(check first)"), (address, link)
                warned += 1
    assert warned


def test_swapped_advice_is_nowhere_printed(pages: dict[str, BeautifulSoup], guide: Any) -> None:
    swapped = {point["id"] for point in guide["points"] if point["use"] == "swap"}
    assert swapped
    for address, page in pages.items():
        for element in page.select("[data-from]"):
            assert not swapped & set(str(element["data-from"]).split()), address


def test_sources_are_kept_out_of_search(site_dir: Path, pages: dict[str, BeautifulSoup], guide: Any) -> None:
    index = json.loads((site_dir / "search/search_index.json").read_text(encoding="utf-8"))
    found = {entry["location"].partition("#")[0] for entry in index["docs"]}
    assert "faq/" in found
    for source in guide["sources"]:
        address = f"sources/{source['slug']}/"
        assert address not in found
        assert pages[address].select_one('meta[name="robots"][content="noindex"]'), address
        assert f"/{address}<" not in (site_dir / "sitemap.xml").read_text(encoding="utf-8")


def test_checklist_lines_are_labelled_boxes_that_link_their_topic(pages: dict[str, BeautifulSoup], guide: Any) -> None:
    for checklist in guide["checklists"]:
        page = pages[f"checklists/{checklist['slug']}/"]
        assert len(page.select("ol.checklist input[type=checkbox]")) == len(checklist["items"])
        for item in checklist["items"]:
            line = by_id(page, item["id"])
            assert line.select_one("label > input[type=checkbox]"), item["id"]
            link = line.select_one("p > a")
            assert link is not None
            assert str(link["href"]).partition("#")[0].endswith(f"/guide/{item['topic']}/")


def test_questions_carry_data_for_search_engines_and_links(pages: dict[str, BeautifulSoup], guide: Any) -> None:
    page = pages["faq/"]
    script = page.find("script", type="application/ld+json")
    assert isinstance(script, Tag)
    data = json.loads(script.get_text())
    assert data["@type"] == "FAQPage"
    assert [one["name"] for one in data["mainEntity"]] == [one["question"] for one in guide["questions"]]
    assert all(one["acceptedAnswer"]["text"] for one in data["mainEntity"])
    for question in guide["questions"]:
        heading = by_id(page, question["id"])
        for topic in question["topics"]:
            assert heading.find_next("a", href=f"../guide/{topic}/"), question["id"]


def test_nothing_runs_or_is_loaded_from_elsewhere(pages: dict[str, BeautifulSoup]) -> None:
    for address, page in pages.items():
        for script in page.find_all("script"):
            inline = script.get_text().strip()
            assert script.get("type", "") in {"application/json", "application/ld+json"} or not inline, address
        for element in page.find_all(True):
            assert not [name for name in element.attrs if name.startswith("on")], address
            assert not element.get("style"), f"{address}: {element}"
        loaded = [url for element, url in links(page) if element.name == "link" and "canonical" not in element["rel"]]
        loaded += [url for _, url in links(page, "src")]
        assert not [url for url in loaded if urlsplit(url).netloc], address
        assert not page.find_all("a", href=re.compile(r"^\s*(?:javascript|data|vbscript):", re.IGNORECASE)), address


def test_every_link_and_anchor_resolves(pages: dict[str, BeautifulSoup], site_dir: Path) -> None:
    assert list(broken(pages, site_dir)) == []


def test_every_name_of_another_element_resolves(pages: dict[str, BeautifulSoup]) -> None:
    naming = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget")
    for address, page in pages.items():
        named = {name for key in naming for one, _ in links(page, key) for name in str(one[key]).split()}
        assert named - {str(one["id"]) for one in page.select("[id]")} == set(), address


def test_every_page_is_within_three_clicks(pages: dict[str, BeautifulSoup]) -> None:
    clicks = clicks_from_home(pages, "a[href]")
    assert pages.keys() - clicks.keys() - moved(pages) == {"404.html"}
    assert max(clicks.values()) <= 3


def test_the_text_alone_leads_to_every_page_of_the_guide(pages: dict[str, BeautifulSoup], guide: Any) -> None:
    """The menu is on every page, so it would hide that no text leads somewhere."""
    clicks = clicks_from_home(pages, "article a[href]")
    assert {one for one in pages if "/" in one.rstrip("/")} - clicks.keys() - moved(pages) == set()
    assert {clicks[f"guide/{topic['slug']}/"] for topic in guide["topics"]} <= {1, 2}
    assert max(clicks.values()) <= 3


def test_no_page_is_a_dead_end(pages: dict[str, BeautifulSoup]) -> None:
    """The text of a page leads on, or shows the help block. The line about help on all other pages does not count."""
    for address, page in pages.items():
        onward = [link for link in page.select("article a[href]") if not link.find_parent(class_="help-line")]
        assert onward or page.select("article aside.help"), address


def test_every_promised_address_is_there(site_dir: Path, docs: Mapping[str, bytes]) -> None:
    """Those of the guide as it is now, and all that were ever recorded."""
    recorded = {line for line in (PROJECT / RECORD).read_text(encoding="utf-8").splitlines() if line[:1] != "#"}
    promised = published(build(docs).guide).keys()
    assert recorded
    for address in recorded | promised:
        page, _, anchor = address.partition("#")
        file = site_dir / page / "index.html"
        assert file.is_file(), address
        assert not anchor or anchor in ids(file) or soup(file).select_one(".moved-to"), address


def test_every_page_has_promised_its_address(pages: dict[str, BeautifulSoup], docs: Mapping[str, bytes]) -> None:
    promised = {address.removeprefix("./") for address in published(build(docs).guide) if "#" not in address}
    assert pages.keys() - moved(pages) - {"404.html"} == promised


def test_the_sitemap_names_what_search_engines_may_show(site_dir: Path, pages: dict[str, BeautifulSoup]) -> None:
    named = re.findall(r"<loc>(.*?)</loc>", (site_dir / "sitemap.xml").read_text(encoding="utf-8"))
    shown = [ORIGIN + address for address, page in pages.items() if not page.select('meta[content="noindex"]')]
    assert sorted(named) == sorted(shown)


def test_ids_are_unique_on_every_page(pages: dict[str, BeautifulSoup]) -> None:
    for address, page in pages.items():
        double = [
            name for name, count in Counter(str(one["id"]) for one in page.find_all(id=True)).items() if count > 1
        ]
        assert double == [], address


def test_the_site_is_dated_by_its_content(site_dir: Path, guide: Any) -> None:
    dates = set(re.findall(r"<lastmod>(.*?)</lastmod>", (site_dir / "sitemap.xml").read_text(encoding="utf-8")))
    assert dates == {guide["revised"]}


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    """Another working folder, hash seed, time zone, locale and date in the environment change nothing."""
    builds = []
    for number, environment in enumerate(
        (
            {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1000000000"},
            {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "2000000000"},
        )
    ):
        project = tmp_path / f"copy-{number}"
        project.mkdir()
        for name in ("docs", "overrides", "scripts"):
            shutil.copytree(PROJECT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(PROJECT / "mkdocs.yml", project)
        site = tmp_path / f"site-{number}"
        command = [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "-f",
            str(project / "mkdocs.yml"),
            "-d",
            str(site),
        ]
        elsewhere = project if number else tmp_path
        done = subprocess.run(
            command, cwd=elsewhere, env=os.environ | environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        builds.append(site)
    names = [sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()) for site in builds]
    assert names[0] == names[1]
    _, different, unread = filecmp.cmpfiles(builds[0], builds[1], names[0], shallow=False)
    assert (different, unread) == ([], [])


def test_a_page_that_is_wrong_stops_the_strict_build(tmp_path: Path) -> None:
    for name in ("docs", "overrides", "scripts"):
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "mkdocs.yml", tmp_path)
    page = next(iter(sorted((tmp_path / "docs" / "guide").glob("*.md"))))
    page.write_text(page.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"docs/guide/{page.name}:2:1: unknown-key" in done.stderr
    assert 'Did you mean "title"?' in done.stderr
    assert "Traceback" not in done.stderr

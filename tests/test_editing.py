"""Links for who would mend something: each opens the file, at the line, that a person would change."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from commonground.building import Result, build, finish, survey
from commonground.cli import main
from commonground.console import repository_of
from commonground.model import Span
from commonground.reading import read_folder
from commonground.repository import Repository
from tests.casefile import BASE
from tests.crawling import read_site

PROJECT = Path(__file__).parents[1]
PLACEHOLDER = "https://github.com/OWNER/common-ground"
FORK = "https://github.com/someone/their-guide"
HERE = Repository(PLACEHOLDER, "main", "docs")


@pytest.fixture(scope="session")
def pages(site_dir: Path) -> dict[str, BeautifulSoup]:
    return read_site(site_dir)


@pytest.fixture(scope="session")
def result(docs: Mapping[str, bytes]) -> Result:
    return build(docs)


@pytest.mark.parametrize(
    ("url", "edit_uri", "expected"),
    [
        (FORK, "edit/main/docs/", Repository(FORK, "main", "docs")),
        (f"{FORK}/", "edit/one/two/guide", Repository(FORK, "one/two", "guide")),
        (None, "edit/main/docs/", None),
        ("", "edit/main/docs/", None),
        (FORK, None, None),
        (FORK, "", None),
        (FORK, "blob/main/docs/", None),
        (FORK, "?query=root/docs/", None),
        (FORK, "edit/main/", None),
    ],
)
def test_a_repository_is_read_from_the_configuration(
    url: str | None, edit_uri: str | None, expected: Repository | None
) -> None:
    assert Repository.at(url, edit_uri) == expected


def test_a_line_is_seen_as_it_is_written() -> None:
    assert HERE.line(Span("guide/a.md", 7)) == f"{PLACEHOLDER}/blob/main/docs/guide/a.md?plain=1#L7"
    assert HERE.line(Span("merges.yml", 12, 9)) == f"{PLACEHOLDER}/blob/main/docs/merges.yml#L12"


def test_words_and_addresses_of_links_are_escaped() -> None:
    html = Repository('https://h/"&', "main", "docs").links([("A <b>", Span("a.yml")), ("C", Span("c.yml"))])
    assert 'href="https://h/&quot;&amp;/blob/main/docs/a.yml#L1"' in html
    assert ">A &lt;b&gt;</a> · <a " in html


def place(link: Tag) -> tuple[str, str]:
    """The path in docs/ and the line itself that a link to a line leads to."""
    address = urlsplit(str(link["href"]))
    start = f"{PLACEHOLDER}/blob/main/docs/"
    assert str(link["href"]).startswith(start)
    path = str(link["href"]).removeprefix(start).partition("#")[0].partition("?")[0]
    assert parse_qs(address.query) == ({"plain": ["1"]} if path.endswith(".md") else {})
    number = re.fullmatch(r"L(\d+)", address.fragment)
    assert number
    return path, (PROJECT / "docs" / path).read_text(encoding="utf-8").splitlines()[int(number[1]) - 1]


def edits(element: Tag | BeautifulSoup | None) -> list[Tag]:
    return element.select(".edit a") if element else []


def test_every_page_opens_its_own_file_and_the_form(pages: dict[str, BeautifulSoup]) -> None:
    files = set()
    for address, page in pages.items():
        if page.select_one(".moved-to"):
            assert not edits(page)
            continue
        *edit, wrong = page.select(".edit-page a")
        assert wrong.get_text() == "Something wrong on this page?"
        form = urlsplit(str(wrong["href"]))
        assert f"{form.scheme}://{form.netloc}{form.path}" == f"{PLACEHOLDER}/issues/new"
        if address == "404.html":
            assert (edit, parse_qs(form.query)) == ([], {"template": ["page.yml"]})
            continue
        assert parse_qs(form.query) == {"template": ["page.yml"], "page": [f"https://example.org/{address}"]}
        [edit_link] = edit
        assert edit_link.get_text() == "Edit this page"
        path = str(edit_link["href"]).removeprefix(f"{PLACEHOLDER}/edit/main/docs/")
        assert (PROJECT / "docs" / path).is_file(), address
        assert path in {f"{address or 'index'}.md".replace("/.md", ".md"), f"{address}index.md"}
        files.add(path)
    assert files >= {"a-to-z.md", "map.md", "merging.md", "sources/index.md", "checklists/index.md", "faq.md"}
    assert len(files) > 40


def test_every_advice_opens_its_entry_or_bullet_and_those_of_its_points(
    pages: dict[str, BeautifulSoup], result: Result
) -> None:
    groups = {group.id for group in result.guide.content.decisions.groups}
    seen = set()
    for advice in result.guide.advice:
        element = pages[f"guide/{advice.topic}/"].find(id=advice.id)
        assert isinstance(element, Tag)
        wording, *others = edits(element)
        assert element.select("details.said > *")[-1] == wording.parent  # last, behind what the marks open
        points = [point for point in (*advice.points, *advice.replaced) if advice.id in groups or point.id != advice.id]
        assert [link.get_text().startswith("Edit ") for link in (wording, *others)] == [True] * (1 + len(points))
        path, line = place(wording)
        if advice.id in groups:
            assert (path, line.strip()) == ("merges.yml", f"- id: {advice.id}")
        else:
            assert path.startswith("sources/")
            assert line.startswith(f"- **{advice.lead}**"[: len(line)])
        for point, link in zip(points, others, strict=True):
            path, line = place(link)
            assert path == point.span.path
            assert line.startswith(f"- **{point.lead}**"[: len(line)]), point.id
            seen.add(point.id)
        assert len({link.get_text() for link in (wording, *others)}) == 1 + len(others)
    assert len(seen) > 50


def test_every_tension_opens_where_it_is_written(pages: dict[str, BeautifulSoup], result: Result) -> None:
    content = result.guide.content
    for tension in content.tensions:
        for page in [pages["tensions/"], *(pages[f"guide/{topic.id}/"] for topic in tension.topics)]:
            heading = page.find(id=tension.id)
            assert isinstance(heading, Tag)
            assert heading.parent is not None
            [link] = edits(heading.parent)
            assert place(link) == ("tensions.yml", f"- id: {tension.id}")


def test_every_link_to_edit_tells_nobody_where_the_reader_came_from(pages: dict[str, BeautifulSoup]) -> None:
    every = [link for page in pages.values() for link in edits(page)]
    assert len(every) > 300
    assert {" ".join(link["rel"]) for link in every} == {"noopener noreferrer"}


def test_no_search_data_or_print_out_holds_a_link_to_edit(site_dir: Path) -> None:
    files = [site_dir / "words.json", site_dir / "guide.json", *site_dir.rglob("*.pdf")]
    assert len(files) > 10
    assert not [file.name for file in files if b"OWNER" in file.read_bytes()]


def addresses_of_edits(site: Path) -> Iterator[str]:
    for page in read_site(site).values():
        yield from (str(link["href"]) for link in edits(page))


def made(project: Path, url: str) -> list[str]:
    """Every link to edit in the site that MkDocs makes of a project whose repository REPO_URL names."""
    site = project / f"site-{len(url)}"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(site)]
    command += ["--config-file", str(project / "mkdocs.yml")]
    environment = {**os.environ, "REPO_URL": url, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, env=environment, check=True)
    return list(addresses_of_edits(site))


def test_a_fork_names_its_own_by_one_variable(tmp_path: Path, site_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("docs", "overrides", "scripts"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    for name in ("mkdocs.yml", "voice.yml"):
        shutil.copy(PROJECT / name, tmp_path)
    there = list(addresses_of_edits(site_dir))
    assert len(there) > 300
    by_hook = made(tmp_path, FORK)
    assert by_hook == [address.replace(PLACEHOLDER, FORK) for address in there]
    assert not made(tmp_path, "")
    monkeypatch.setenv("REPO_URL", FORK)
    assert main(["build", "--project", str(tmp_path), "--to", str(tmp_path / "tree")]) == 0
    assert made(tmp_path / "tree", FORK) == by_hook


def test_the_pages_of_a_project_without_a_repository_have_no_link() -> None:
    plain, linked = build(read_folder(BASE)), finish(survey(read_folder(BASE)), repository=HERE)
    assert not [page.path for page in plain.pages if 'class="edit"' in page.text]
    topics = {f"guide/{name}.md" for name in ("boxes", "lifting", "plan-the-move")}
    assert {page.path for page in linked.pages if 'class="edit"' in page.text} == topics | {"tensions.md"}


@pytest.mark.parametrize(
    ("lines", "variable", "expected"),
    [
        ("repo_url: https://h/a\nedit_uri: edit/main/docs/\n", "https://h/b", "https://h/a"),
        ("repo_url: 'https://h/a/' # fork\nedit_uri: 'edit/main/docs/'\n", None, "https://h/a"),
        ("repo_url: !ENV [REPO_URL, 'https://h/a'] # fork\nedit_uri: edit/main/docs/\n", None, "https://h/a"),
        ('repo_url: !ENV [REPO_URL, "https://h/a"]\nedit_uri: edit/main/docs/\n', "https://h/b/", "https://h/b"),
        ("repo_url: !ENV [REPO_URL, 'https://h/a']\nedit_uri: edit/main/docs/\n", "", None),
        ("repo_url: https://h/a\n", None, None),
        ("edit_uri: edit/main/docs/\n", None, None),
        ("# repo_url: https://h/a\nedit_uri: edit/main/docs/\n", None, None),
    ],
)
def test_the_command_reads_the_configuration_as_mkdocs_does(
    project: Path, monkeypatch: pytest.MonkeyPatch, lines: str, variable: str | None, expected: str | None
) -> None:
    monkeypatch.delenv("REPO_URL", raising=False)
    if variable is not None:
        monkeypatch.setenv("REPO_URL", variable)
    (project / "mkdocs.yml").write_text(f"site_name: x\n{lines}", encoding="utf-8")
    found = repository_of(project)
    assert (found.url if found else None) == expected


def test_a_project_without_configuration_has_no_repository(tmp_path: Path) -> None:
    assert repository_of(tmp_path) is None


def test_every_file_is_named_where_the_configuration_says() -> None:
    written = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    assert len(re.findall(r"^(?:repo_url|edit_uri):", written, re.MULTILINE)) == 2
    assert yaml.safe_load(re.sub(r"!ENV ", "", written))["repo_url"] == ["REPO_URL", PLACEHOLDER]

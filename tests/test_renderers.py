"""The tree that `commonground build --to` writes, as three renderers make a site of it: the same pages and anchors.

MkDocs is here already. ProperDocs and Zensical each get an environment of their own in build/renderers, once for each
list of versions in tests/renderers.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from commonground.addresses import published
from commonground.building import build
from commonground.cli import main
from commonground.reading import read_folder
from tests.crawling import broken, clicks_from_home, read_site

PROJECT = Path(__file__).parents[1]
RENDERERS = Path(__file__).parent / "renderers"
OTHERS = ("properdocs", "zensical")
PIP = ["-m", "pip", "--disable-pip-version-check", "--quiet", "--timeout", "20", "--retries", "2"]
OFFLINE = "after connection broken by"  # as pip says of each of its tries
COMMANDS = {
    "mkdocs": ["build", "--strict", "-f", "mkdocs.yml"],
    "properdocs": ["build", "--strict", "-f", "mkdocs.yml"],
    "zensical": ["build", "--strict", "-f", "mkdocs.yml"],
}
QUIET = {
    "mkdocs": re.compile(r"(INFO +-  .*\n)*"),
    "properdocs": re.compile(r"(INFO +-  .*\n)*"),
    "zensical": re.compile(r"Build started\nNo issues found\nBuild finished in [\d.]+s\n"),
}


def run(command: Sequence[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command without anything of this project on its path; what it says comes as one text."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "SITE_URL"}}
    environment = kept | {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=600,
    )


@cache
def python_of(renderer: str) -> Path | str:
    """The Python of an environment that has the renderer, made if it is not there; or why there is none."""
    if renderer == "mkdocs":
        return Path(sys.executable)
    wanted = RENDERERS / f"{renderer}.txt"
    digest = hashlib.sha256(wanted.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = PROJECT / "build" / "renderers" / f"{renderer}-{digest}"
    python, stamp = folder / "bin" / "python", folder / "complete"
    if stamp.is_file():
        return python
    for old in folder.parent.glob(f"{renderer}-*"):
        shutil.rmtree(old)
    made = run([sys.executable, "-m", "venv", folder], PROJECT)
    assert made.returncode == 0, made.stdout
    got = run([python, *PIP, "install", "--no-deps", "--requirement", wanted], PROJECT)
    if got.returncode and OFFLINE in got.stdout:
        return f"{renderer} is not here, and the package registry cannot be reached: {got.stdout.splitlines()[-1]}"
    assert got.returncode == 0, got.stdout
    stamp.touch()
    return python


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of this project's own guide, with a page and a place in a page that moved."""
    project = tmp_path_factory.mktemp("project")
    for name in ("docs", "overrides"):
        shutil.copytree(PROJECT / name, project / name)
    shutil.copy(PROJECT / "mkdocs.yml", project)
    there = sorted(published(build(read_folder(project / "docs")).guide))
    topic = next(address for address in there if re.fullmatch(r"guide/[\w-]+/", address))
    place = next(address for address in there if address.startswith(f"{topic}#"))
    with (project / "docs" / "redirects.yml").open("a", encoding="utf-8") as redirects:
        redirects.write(f"once/here/: {topic}\nonce/there/: {place}\nfaq/#once-asked: {place}\nonce/home/: ./\n")
    assert main(["build", "--project", str(project), "--to", str(project / "tree")]) == 0
    return project / "tree"


@pytest.fixture(scope="session", params=["mkdocs", *OTHERS])
def site(request: pytest.FixtureRequest, tree: Path) -> tuple[str, Path]:
    """The renderer's name and the site that it made, without a word of warning."""
    return str(request.param), site_of(str(request.param), tree)


@cache
def site_of(renderer: str, tree: Path) -> Path:
    python = python_of(renderer)
    if isinstance(python, str):
        pytest.skip(python)  # it says which registry did not answer
    own = tree.with_name(f"tree-{renderer}")  # Zensical writes only below the folder that it reads
    shutil.copytree(tree, own)
    done = run([python, "-m", renderer, *COMMANDS[renderer]], own)
    assert done.returncode == 0, done.stdout
    assert QUIET[renderer].fullmatch(done.stdout), done.stdout
    return own / "site"


def headings(page: BeautifulSoup) -> list[tuple[str, object, str]]:
    return [(one.name, one.get("id"), one.get_text()) for one in page.select("h1, h2, h3, h4, h5, h6")]


def text(page: BeautifulSoup) -> str:
    [article] = page.select("article")
    return " ".join(article.get_text().split())


def anchors(page: BeautifulSoup) -> list[str]:
    return [str(one["id"]) for one in page.select("article [id]") if one["id"] != "__skip"]


def test_the_same_addresses_headings_anchors_and_words(site: tuple[str, Path], tree: Path) -> None:
    pages, expected = read_site(site[1]), read_site(site_of("mkdocs", tree))
    assert {"", "404.html", "once/here/", "once/there/", "once/home/"} <= pages.keys()
    assert pages.keys() == expected.keys()
    for address, page in pages.items():
        assert headings(page) == headings(expected[address]), address
        assert anchors(page) == anchors(expected[address]), address
        assert text(page) == text(expected[address]), address


def test_the_same_links_to_edit(site: tuple[str, Path], tree: Path) -> None:
    pages, expected = read_site(site[1]), read_site(site_of("mkdocs", tree))
    links = {address: [str(one["href"]) for one in page.select(".edit a")] for address, page in pages.items()}
    assert sum(map(len, links.values())) > 300
    for address, found in links.items():
        assert found == [str(one["href"]) for one in expected[address].select(".edit a")], address
        assert bool(found) != address.startswith("once/"), address


def test_the_same_data_and_pictures(site: tuple[str, Path], tree: Path) -> None:
    """A renderer that writes a file of its own name over one of ours would show here."""
    files = [path for path in (tree / "docs").rglob("*") if path.is_file() and path.suffix != ".md"]
    assert tree / "docs" / "guide.json" in files
    for path in files:
        assert (site[1] / path.relative_to(tree / "docs")).read_bytes() == path.read_bytes(), path.name


def test_every_link_resolves(site: tuple[str, Path]) -> None:
    pages = read_site(site[1])
    assert list(broken(pages, site[1])) == []
    clicks = clicks_from_home(pages, "a[href]")
    assert pages.keys() - clicks.keys() == {"404.html", "once/here/", "once/there/", "once/home/"}
    assert max(clicks.values()) <= 3


def test_every_page_has_the_way_out_and_asks_no_other_host(site: tuple[str, Path]) -> None:
    for address, page in read_site(site[1]).items():
        assert page.select_one("header a.exit[href]"), address
        [policy] = page.select("meta[http-equiv=Content-Security-Policy]")
        assert str(policy["content"]).startswith("default-src 'none'; script-src 'self'; style-src 'self';"), address
        assert page.select_one("meta[name=referrer][content=no-referrer]"), address
        loaded = [str(one["href"]) for one in page.select("link[href]:not([rel=canonical])")]
        loaded += [str(one["src"]) for one in page.select("[src]")]
        assert loaded
        assert not [url for url in loaded if "//" in url], address
        assert not page.select("[style], style"), address
        data = {"application/json", "application/ld+json"}
        assert not [one for one in page.select("script:not([src])") if one.get("type") not in data], address


def test_old_pages_send_readers_on_and_stay_out_of_sight(site: tuple[str, Path]) -> None:
    pages = read_site(site[1])
    for address in ("once/here/", "once/there/", "once/home/"):
        [refresh] = pages[address].select("noscript meta[http-equiv=refresh]")
        [link] = pages[address].select("article .moved-to a")
        assert str(refresh["content"]).rstrip("/.") == f"0; url={link['href']}".rstrip("/."), address
        assert pages[address].select_one("meta[name=robots][content=noindex]"), address
        assert pages[address].select_one("script[src$='javascripts/moved.js'][defer]"), address
    assert "/once/" not in (site[1] / "sitemap.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("renderer", OTHERS)
def test_the_versions_are_those_of_the_site_where_both_have_one(renderer: str) -> None:
    def pins(path: Path) -> dict[str, str]:
        return dict(re.findall(r"^([\w.-]+)==(\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE))

    own, site = pins(RENDERERS / f"{renderer}.txt"), pins(PROJECT / "constraints.txt")
    assert renderer in own
    assert {name: version for name, version in own.items() if site.get(name, version) != version} == {}


def test_a_registry_out_of_reach_is_told_from_a_version_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    download: list[str | Path] = [sys.executable, *PIP, "download", "--no-deps", "--dest", tmp_path, "zensical==0.0.1"]
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple")  # where nobody answers
    ran = run(download, tmp_path)
    assert ran.returncode != 0
    assert OFFLINE in ran.stdout
    ran = run([*download, "--no-index", "--find-links", tmp_path], tmp_path)
    assert ran.returncode != 0
    assert OFFLINE not in ran.stdout

"""What a reader's phone fetches before the page is there, and what it fetches when search is used."""

import gzip
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlparse

from tests.browser.tab import Tab, first_page

MOST_REQUESTS = 6
MOST_KILOBYTES = 40  # gzipped, every one of them; the aim is 60
MOST_FOR_SEARCH = 60  # gzipped, engine and words together


def fetched(tab: Tab) -> list[str]:
    return [urlparse(url).path for url in tab.requested if not url.startswith("data:")]


def test_first_load_of_the_heaviest_topic_is_small(new_tab: Callable[..., Tab], site_dir: Path) -> None:
    heaviest = max(site_dir.glob("guide/*/index.html"), key=lambda page: page.stat().st_size)
    tab = new_tab(390)
    tab.open(f"guide/{heaviest.parent.name}/")
    tab.page.wait_for_load_state("networkidle")  # the icon comes last
    paths = fetched(tab)
    files = [site_dir / path.lstrip("/") / ("index.html" if path.endswith("/") else "") for path in paths]
    weights = {file.name: len(gzip.compress(file.read_bytes())) / 1000 for file in files}
    assert len(paths) <= MOST_REQUESTS, paths
    assert sum(weights.values()) <= MOST_KILOBYTES, weights
    assert tab.foreign == []


def test_search_comes_when_it_is_used_and_weighs_little(browser_page: Tab, site_dir: Path) -> None:
    browser_page.open(first_page(site_dir, "guide/*/"))
    before = set(fetched(browser_page))
    browser_page.search_for("a")
    new = [path for path in fetched(browser_page) if path not in before and not path.endswith(".svg")]
    assert len(new) == len(set(new)) == 4, new  # the library, what we do with it (two files), and the words
    weights = {path: len(gzip.compress((site_dir / path.lstrip("/")).read_bytes())) / 1000 for path in new}
    assert sum(weights.values()) <= MOST_FOR_SEARCH, weights

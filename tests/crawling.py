"""Reads a built site as a visitor would: its pages, where they lead, and how far anything is from home."""

from collections import deque
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

ORIGIN = "https://example.org/"


@cache
def soup(path: Path) -> BeautifulSoup:
    """The page in a file, read once."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def read_site(site: Path) -> dict[str, BeautifulSoup]:
    """Every page by its address on the site."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): soup(path)
        for path in sorted(site.rglob("*.html"))
    }


@cache
def ids(path: Path) -> frozenset[str]:
    """Every id of the page in a file."""
    return frozenset(str(element["id"]) for element in soup(path).select("[id]"))


def links(page: BeautifulSoup, attribute: str = "href") -> Iterator[tuple[Tag, str]]:
    """Every element with the attribute, and the attribute's value."""
    for element in page.select(f"[{attribute}]"):
        yield element, str(element[attribute])


def targets(page: BeautifulSoup) -> Iterator[str]:
    """Every address that a page links, shows, loads or sends its reader on to."""
    for attribute in ("href", "src", "poster", "data"):
        yield from (url for _, url in links(page, attribute))
    for _, several in links(page, "srcset"):
        yield from (one.split()[0] for one in several.split(","))
    for element in page.select("meta[http-equiv=refresh]"):
        yield str(element["content"]).partition("url=")[2]


def inside(address: str, url: str) -> tuple[str, str] | None:
    """The path and the anchor that a URL on the page at this address leads to, or None where it leaves the site."""
    target = urlsplit(urljoin(ORIGIN + address, url))
    if f"{target.scheme}://{target.netloc}/" != ORIGIN:
        return None
    return unquote(target.path).lstrip("/"), unquote(target.fragment)


def broken(pages: Mapping[str, BeautifulSoup], site: Path) -> Iterator[str]:
    """Name every address inside the site that leads to no file, or to an anchor that is not there."""
    for address, page in pages.items():
        for url in targets(page):
            target = inside(address, url)
            if target is None:
                continue
            path, anchor = target
            file = site / path / "index.html" if path.endswith("/") or not path else site / path
            if not file.is_file() or (anchor and file.suffix == ".html" and anchor not in ids(file)):
                yield f"{address}: {url}"


def clicks_from_home(pages: Mapping[str, BeautifulSoup], selector: str) -> dict[str, int]:
    """How many of the links that the selector names lead from the home page to each page that they lead to."""
    clicks, waiting = {"": 0}, deque([""])
    while waiting:
        address = waiting.popleft()
        for link in pages[address].select(selector):
            target = inside(address, str(link["href"]))
            if target and target[0] in pages and target[0] not in clicks:
                clicks[target[0]] = clicks[address] + 1
                waiting.append(target[0])
    return clicks

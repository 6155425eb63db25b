"""Finished Markdown as HTML, and what may be wrong with that: code that runs, other hosts, dead links, ids twice."""

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown

CONFIGURATION = Path(__file__).parents[1] / "mkdocs.yml"
HARMLESS_TAGS = {
    "a", "aside", "blockquote", "br", "button", "code", "details", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "img", "input", "label", "li", "ol", "p", "pre", "span", "strong", "summary", "table", "tbody", "td", "th",
    "thead", "tr", "ul", "nav", "svg", "g", "title", "desc", "text", "tspan", "rect", "circle", "path",
}  # fmt: skip
HARMLESS_ATTRIBUTES = {
    "align", "alt", "aria-label", "aria-multiline", "autocomplete", "class", "contenteditable", "hidden", "href", "id",
    "spellcheck", "src", "start", "title", "type", "value",
}  # fmt: skip
PICTURE = {
    "aria-describedby", "aria-hidden", "aria-labelledby", "cx", "cy", "d", "fill", "fill-opacity", "font-size",
    "height", "r", "role", "rx", "stroke", "stroke-dashoffset", "stroke-opacity", "tabindex", "text-anchor", "viewbox",
    "width", "x", "y",
}  # fmt: skip
HARMLESS_SCHEMES = {"", "//", "http", "https", "mailto"}


@cache
def _extensions() -> tuple[list[str], dict[str, Any]]:
    """The Markdown extensions of mkdocs.yml, with their options, and the one that MkDocs itself adds."""
    text = CONFIGURATION.read_text(encoding="utf-8").replace("!ENV ", "")
    extensions = yaml.safe_load(text)["markdown_extensions"]
    named = [(one, {}) if isinstance(one, str) else next(iter(one.items())) for one in extensions]
    return ["toc", *(name for name, _ in named)], {name: options or {} for name, options in named}


def as_html(text: str) -> str:
    """Render Markdown (with or without front matter) the way the site does."""
    names, options = _extensions()
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    return str(Markdown(extensions=names, extension_configs=options).convert(body))


def harm(html: str) -> list[str]:
    """Name every element, attribute and address that could run code or call another host."""
    watch = _Watch()
    watch.feed(html)
    watch.close()
    return watch.found


def _scheme(address: str) -> str:
    """The scheme as a browser sees it: white space and control characters gone, a backslash is a slash."""
    seen = re.sub(r"[\t\r\n]", "", address.lstrip("".join(map(chr, range(33))))).replace("\\", "/")
    match = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", seen)
    return match[1].lower() if match else ("//" if seen.startswith("//") else "")


class _Watch(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and attrs == [("type", "application/ld+json")]:
            return
        if tag not in HARMLESS_TAGS:
            self.found.append(f"<{tag}>")
        self.found += [f"<{tag} {name}={value!r}>" for name, value in attrs if self._bad(name, value or "")]

    def _bad(self, name: str, value: str) -> bool:
        if name not in HARMLESS_ATTRIBUTES | PICTURE and not name.startswith("data-"):
            return True
        if name == "src":
            return _scheme(value) != ""
        return name == "href" and _scheme(value) not in HARMLESS_SCHEMES

    def handle_comment(self, data: str) -> None:
        if not re.fullmatch(r" [a-z-]+ ", data):
            self.found.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data}>")


class Anchors(HTMLParser):
    """The ids of a page, and the addresses that it links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href" and tag == "a"]


def broken(html: Mapping[str, str], files: Collection[str] = ()) -> Iterator[str]:
    """Name each id that stands twice on one page, and each link that leads nowhere, of pages given by their paths."""
    pages = {path: Anchors(text) for path, text in html.items()}
    for path, page in pages.items():
        yield from (f"{path}: id {name} twice" for name, count in Counter(page.ids).items() if count > 1)
        for link in page.links:
            target, _, anchor = link.partition("#")
            aim = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            known = aim in pages and (not anchor or anchor in pages[aim].ids)
            if not known and aim not in files and not re.match("[a-z]+:", link):
                yield f"{path}: {link} leads nowhere"

"""What a server need not make anew for each change: pages whose Markdown is the same, and the theme's templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents


@dataclass(frozen=True)
class _Rendered:
    """What MkDocs makes of a page's Markdown. `links` are those to places in pages, by the page's path."""

    markdown: str | None
    content: str | None
    toc: TableOfContents
    ids: set[str] | None
    links: dict[str, dict[str, str]]

    @classmethod
    def of(cls, page: Page) -> _Rendered:
        """Take it from a page that was rendered."""
        links = {file.src_uri: places for file, places in (page.links_to_anchors or {}).items()}
        return cls(page.markdown, page.content, page.toc, page.present_anchor_ids, links)

    def give(self, page: Page, files: Files) -> None:
        """Give it to a page of another build."""
        page.content, page.toc, page.present_anchor_ids = self.content, self.toc, self.ids
        found = [(files.get_file_from_path(path), places) for path, places in self.links.items()]
        page.links_to_anchors = {file: places for file, places in found if file}


class Memory:
    """Keeps what the last build made. All of it is forgotten when the configuration changes, or which files there are.

    `heard` counts what was warned of: what is kept is not warned of again, so a page with a warning is not kept.
    """

    def __init__(self, heard: Callable[[], int]) -> None:
        """Begin with nothing."""
        self.heard = heard
        self.frame: tuple[bytes, list[str]] | None = None
        self.pages: dict[str, _Rendered] = {}
        self.environment: Environment | None = None

    def begin(self, config: MkDocsConfig, files: Files) -> None:
        """Look at what every page depends on."""
        frame = (Path(config.config_file_path).read_bytes(), sorted(file.src_uri for file in files))
        if frame != self.frame:
            self.frame, self.environment = frame, None
            self.pages.clear()

    def attach(self, page: Page) -> None:
        """Let a page look here before it renders its Markdown."""
        page.render = partial(self._render, page)  # type: ignore[method-assign]  # no event of MkDocs comes in its place

    def _render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        known = self.pages.pop(page.file.src_uri, None)
        if known and known.markdown == page.markdown:
            known.give(page, files)
        else:
            before = self.heard()
            Page.render(page, config, files)
            if self.heard() != before:
                return
        self.pages[page.file.src_uri] = _Rendered.of(page)

    def templates(self, new: Environment) -> Environment:
        """The templates of before, each read again if its file has changed; the new ones where there are none."""
        self.environment = self.environment or new
        self.environment.auto_reload = True
        return self.environment

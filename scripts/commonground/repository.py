"""Where the files that people edit lie for everybody, and the address at which one of their lines is seen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from .model import Span

_EDITED_AT = re.compile(r"edit/(?P<branch>.+)/(?P<folder>[^/]+)/?")


@dataclass(frozen=True)
class Repository:
    """A repository as GitHub shows it: its address without a slash at its end, and where in it the content lies."""

    url: str
    branch: str
    folder: str

    @classmethod
    def at(cls, url: str | None, edit_uri: str | None) -> Repository | None:
        """Take what mkdocs.yml says: `edit/BRANCH/FOLDER/`. Where that is not so, no line has an address: None."""
        where = _EDITED_AT.fullmatch(edit_uri or "")
        return cls(url.rstrip("/"), where["branch"], where["folder"]) if url and where else None

    def line(self, span: Span) -> str:
        """The address of a line in its file as it is written, from where one step leads to the editor.

        The editor itself opens no line. Markdown is shown as a page unless it is asked for plain.
        """
        plain = "?plain=1" if span.path.endswith(".md") else ""
        return f"{self.url}/blob/{self.branch}/{self.folder}/{span.path}{plain}#L{span.line}"

    def links(self, places: Iterable[tuple[str, Span]]) -> str:
        """Links to lines, each with its words, as HTML: whatever collects the links of Markdown passes these over."""
        return " · ".join(
            f'<a href="{escape(self.line(span))}" rel="noopener noreferrer">{escape(words)}</a>'
            for words, span in places
        )

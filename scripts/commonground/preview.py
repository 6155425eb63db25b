"""What a served page says while something is wrong: findings and other failures as HTML, and pages with it on top.

Texts of contributors are in it, so every one is escaped. It uses no script: the server's own reloads the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape

from .building import Result
from .diagnostics import Diagnostic, counted, underlined
from .model import Page

MOST = 20  # findings on a page; the terminal has them all
STYLES = "preview.css"
_SHOWN = re.compile(r"<!-- preview -->.*?<!-- /preview -->", re.DOTALL)
_PLACE = (re.compile(r"<article\b[^>]*>"), re.compile(r"<body\b[^>]*>"))  # on top of the text, or of all
_PAGE = re.compile(r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.md")
BARE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Preview</title><body></body></html>'
WAITING = "---\ntitle: Not here yet\n---\n\n# This page comes once the content can be read\n"


def finding(one: Diagnostic, row: str) -> str:
    """A finding as an item: the place, what is wrong, the line with that marked, how to mend it."""
    excerpt, marks = underlined(row, one.column, one.length)
    start, end = len(marks) - len(marks.lstrip()), len(marks)
    parts = [escape(part) for part in (excerpt[:start], excerpt[start:end], excerpt[end:])]
    line = f"<pre><code>{parts[0]}<mark>{parts[1]}</mark>{parts[2]}</code></pre>" if excerpt.strip() else ""
    hint = f"<p>How to mend it: {escape(one.hint)}</p>" if one.hint else ""
    place = f"<code>{escape(one.path)}:{one.line}:{one.column}</code>"
    return (
        f"<li><p>{place} <strong>{escape(one.message)}</strong> <small>{escape(one.code)}</small></p>{line}{hint}</li>"
    )


def findings(several: Iterable[Diagnostic], row: Callable[[Diagnostic], str]) -> list[str]:
    """Findings as items; `row` gives the line that one is about."""
    return [finding(one, row(one)) for one in several]


def said(texts: Iterable[str]) -> list[str]:
    """What somebody else has said, such as MkDocs, as items."""
    return [f"<li><pre><code>{escape(text)}</code></pre></li>" for text in texts]


def errors(items: Sequence[str]) -> str:
    """What stands in the way of a new page. It is meant to be seen: it stays in view while the page is scrolled."""
    told = "Until nothing is wrong, pages stay as they were."
    head = f"<p><strong>{counted(len(items), 'error')}.</strong> {told}</p>"
    return f'<section class="preview-error" aria-label="Errors">{head}{_list(items)}</section>'


def warnings(items: Sequence[str]) -> str:
    """What stands in no page's way, folded up; nothing where there is none."""
    if not items:
        return ""
    head = f"<summary>{counted(len(items), 'thing')} to mend</summary>"
    return f'<details class="preview-warning">{head}{_list(items)}</details>'


def _list(items: Sequence[str]) -> str:
    more = f"<li>and {len(items) - MOST} more, which the terminal has</li>" if len(items) > MOST else ""
    return f"<ol>{''.join(items[:MOST])}{more}</ol>"


def marked(page: str, message: str, root: str) -> str:
    """Return the page with the message on top, in the place of an older one; `root` is where the site starts."""
    page = _SHOWN.sub("", page)
    place = next((found for found in (one.search(page) for one in _PLACE) if found), None)
    end = place.end() if place else 0
    link = f'<link rel="stylesheet" href="{escape(root)}{STYLES}">'
    shown = f"<!-- preview -->{link}{message}<!-- /preview -->" if message else ""
    return f"{page[:end]}{shown}{page[end:]}"


def stand_in(paths: Iterable[str]) -> Result:
    """Return pages for a server that starts with content which cannot be built: all there will be, with no text yet."""
    pages = sorted({"index.md", *filter(_PAGE.fullmatch, paths)})
    waiting = tuple(Page(path, WAITING, moved=path != "index.md") for path in pages)
    return Result((), pages=waiting, navigation=("index.md",))

"""A file to an article: where the steps of an import meet."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from pathlib import PurePosixPath
from typing import Any

from . import yamltext
from .article import Article, Line, Refusal
from .bylines import find_date
from .cleaning import clean
from .decoding import MAX_TEXT, decode, repair
from .diagnostics import Fault
from .languages import language_of

MAX_INPUT = 8 * 2**20  # bytes; a saved page with its pictures inside reaches 5 MB
MAX_LINES = 10_000  # an article that fits on a page has a tenth of that
TEXT = (".txt", ".md", ".markdown")
HTML = (".html", ".htm", ".xhtml")
STANDARD_INPUT = "-"
SUFFIXES = (*TEXT, *HTML, ".docx")
_FACTS = {"author", "publisher", "published", "url", "language", "title"}


def read_article(name: str, raw: bytes) -> Article:
    """Read one file into a clean article. Raises `Refusal` where it cannot become a draft."""
    return to_article(*read_lines(name, raw))


def read_lines(name: str, raw: bytes) -> tuple[list[Line], dict[str, str]]:
    """Read one file into its lines, and what its own records say of the article. Raises `Refusal`."""
    suffix = PurePosixPath(name).suffix.lower()
    if not raw.strip():
        raise Refusal("It is empty: it holds no text.")
    if len(raw) > MAX_INPUT:
        raise Refusal(f"It is larger than {MAX_INPUT // 2**20} MB. Save its text without pictures and scripts.")
    if suffix not in SUFFIXES and name != STANDARD_INPUT:
        raise Refusal(
            f"{suffix or 'A file without an ending'} is not read here. Save the article's text as .txt, "
            f"or the page as .html. Expected {', '.join(SUFFIXES)}."
        )
    if suffix == ".docx":
        from .extracting import read_docx

        return read_docx(raw)
    if raw.startswith(b"%PDF"):
        raise Refusal("This is a PDF. Save the article's text as .txt.")
    text = decode(raw)
    if suffix in HTML or (suffix not in TEXT and _is_html(text)):
        from .extracting import read_html

        return read_html(text)
    return read_text(text)


def to_article(lines: list[Line], known: dict[str, str]) -> Article:
    """Find the article in the lines, and its language. Raises `Refusal` as `clean` does, and where it is too long."""
    if len(lines) > MAX_LINES:
        raise Refusal(f"It has more than {MAX_LINES:,} lines. Part it, or save the article alone.")
    if sum(len(line.text) for line in lines if not line.dropped) > MAX_TEXT:
        raise Refusal(f"It holds more than {MAX_TEXT:,} characters of text. Part it, or save the article alone.")
    article = clean(lines, known)
    declared = re.match(r"[a-z]{2,3}(?![a-z])", article.facts.pop("language", "").lower())
    language = declared[0] if declared else language_of(element.text for element in article.elements)
    facts = article.facts | ({"language": language} if language else {})
    return replace(article, facts=facts)


def describe(name: str, article: Article | None) -> dict[str, Any]:
    """Return an article as data for other tools; of a file that was refused, only its name."""
    article = article or Article()
    return {
        "file": name,
        "title": article.title or None,
        "published": article.facts.get("published"),
        "language": article.facts.get("language"),
        "headings": [{"line": one.lines[0], "level": one.level, "text": one.text} for one in article.headings],
        "questions": [asdict(question) for question in article.questions],
        "junk_lines": sorted({one.line for one in article.dropped}),
        "bullets": sum(element.kind == "item" for element in article.elements),
        "dropped": [{"line": one.line, "reason": one.reason, "text": one.text} for one in article.dropped],
    }


def _is_html(text: str) -> bool:
    start = text.lstrip()[:20].lower()
    return start.startswith(("<!doctype html", "<html", "<?xml"))


def read_text(text: str) -> tuple[list[Line], dict[str, str]]:
    """Read plain text or Markdown into lines, and its front matter into what it says of the article."""
    if len(text) > 2 * MAX_TEXT:
        raise Refusal(f"It holds more than {MAX_TEXT:,} characters of text. Part it, or save the article alone.")
    lines = [Line(number, line) for number, line in enumerate(repair(text).split("\n"), start=1)]
    if not lines or lines[0].text.strip() != "---":
        return lines, {}
    end = next((line.number for line in lines[1:] if line.text.strip() == "---"), 0)
    known = _front_matter([line.text for line in lines[1 : end - 1]]) if end else None
    if known is None:
        return lines, {}
    if "published" in known:
        known["published"] = find_date(known["published"])
    return [replace(line, dropped="front matter") if 1 < line.number < end else line for line in lines], known


def _front_matter(rows: list[str]) -> dict[str, str] | None:
    """What the front matter says of the article; None where it is none, or tries what YAML should not."""
    try:
        value = yamltext.load("\n".join(rows), "front matter").value
    except Fault:
        return {} if all(":" in row or row.startswith((" ", "-")) for row in rows if row.strip()) else None
    if not isinstance(value, dict):
        return None
    found = {"published" if key == "date" else key.lower(): item for key, item in value.items()}
    return {key: str(item) for key, item in found.items() if key in _FACTS and isinstance(item, str | int)}

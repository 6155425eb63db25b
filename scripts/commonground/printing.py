"""Sheets of paper as PDF, set by Typst from this package's own templates and fonts: no system font, no network.

The same data give the same bytes. A sheet that must have one page and would have two is refused.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import segno
import typst

from .book import Book
from .diagnostics import Diagnostic, Fault
from .glyphs import printable
from .model import Checklist, Guide, Printout, Span
from .sheets import FOLDER, FORMATS, Format, Sheets

TEMPLATES = Path(__file__).parent / "typesetting"
GAPS = (4.6, 3.8, 3.0, 2.4)  # millimetres between lines to tick: the widest that fits one page


def printouts(guide: Guide, title: str, site: str, language: str = "en", *, whole: bool = True) -> Iterator[Printout]:
    """Typeset every checklist in every format and, for the `whole`, all of them in one file and the guide as a book.

    `title` is the name of the site, `site` its address, with a slash, and `language` what it is written in. Raises
    `Fault` where a sheet that must have one page does not fit.
    """
    writer = Sheets(guide, site)
    press = _Press(title, language, guide.content.settings.revised)
    shelf: dict[str, list[dict[str, Any]]] = {form.name: [] for form in FORMATS}
    for checklist in guide.content.checklists:
        data = writer.sheet(checklist)
        data["picture"] = code(data["code"])
        for form in FORMATS:
            sheet, gap = press.sheet(checklist, form, data)
            shelf[form.name].append({**data, "name": checklist.slug, "gap": gap})
            yield sheet
    for form in FORMATS if whole and guide.content.checklists else ():
        if not form.large:
            note = writer.runs(guide.content.settings.sheet.note, "guide.yml")
            yield press.document("booklet", form, "All checklists", {"note": note, "sheets": shelf[form.name]})
    for form in FORMATS if whole and guide.content.topics else ():
        if not form.large:
            yield press.document("book", form, "The whole guide", Book(guide, site).data())


def unfit(guide: Guide, title: str, site: str, language: str = "en") -> Iterator[Diagnostic]:
    """Say of each checklist that does not fit one page so, and by how much, where `printouts` stops at the first."""
    writer = Sheets(guide, site)
    press = _Press(title, language, guide.content.settings.revised)
    for checklist in guide.content.checklists:
        data = writer.sheet(checklist)
        data["picture"] = code(data["code"])
        try:
            for form in FORMATS:
                if not form.large:  # which may have as many pages as it takes
                    press.sheet(checklist, form, data)
        except Fault as fault:
            yield fault.diagnostic


class _Press:
    """Sets the documents of one site, which all carry the same day and language."""

    def __init__(self, title: str, language: str, day: str) -> None:
        self.title = title
        self.language, _, self.region = language.partition("-")
        self.date = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())

    def document(self, template: str, form: Format, label: str, data: Mapping[str, Any]) -> Printout:
        """A document of as many pages as it takes."""
        content, pages, _ = self.set(template, self.title, form, data)
        return Printout(f"{FOLDER}/{template}-{form.name}.pdf", f"{label}, {form.label}", content, pages)

    def sheet(self, checklist: Checklist, form: Format, data: Mapping[str, Any]) -> tuple[Printout, float]:
        """A checklist, and the gap between its lines: the widest with which it fits."""
        spilled = 0.0
        for gap in GAPS:
            content, pages, spilled = self.set("sheet", checklist.title, form, {"gap": gap, "sheet": data})
            if pages == 1 or form.large:
                path = f"{FOLDER}/{checklist.slug}-{form.name}.pdf"
                return Printout(path, form.label, content, pages, checklist.slug), gap
        message = f'"{checklist.title}" does not fit one page of {form.label}, by about {math.ceil(spilled)} lines.'
        raise Fault(Span(checklist.span.path), "too-long-to-print", message, "Shorten some lines, or take some out.")

    def set(self, template: str, title: str, form: Format, data: Mapping[str, Any]) -> tuple[bytes, int, float]:
        """Return the PDF, how many pages it has, and how many lines of text stand on its last page."""
        look: dict[str, str | None] = {"title": title, "paper": form.paper, "size": form.size}
        look |= {"language": self.language, "region": self.region or None}
        return _typeset(f"{template}.typ", _as_json({**look, **data}), self.date)


def _as_json(data: Mapping[str, Any]) -> str:
    return printable(json.dumps(data, ensure_ascii=False))


@cache
def _compiler(template: str) -> typst.Compiler:
    fonts = [str(TEMPLATES / "fonts")]
    return typst.Compiler(str(TEMPLATES / template), root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)


@lru_cache(maxsize=256)  # while a site is served, most changes leave most sheets as they are
def _typeset(template: str, data: str, date: int) -> tuple[bytes, int, float]:
    compiler = _compiler(template)
    # PDF/UA-1: tagged, with a title and a language, so that a screen reader can read it.
    content = compiler.compile(format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"], timestamp=date)
    assert isinstance(content, bytes)  # noqa: S101  # one file, because the format is PDF
    end = json.loads(compiler.query("<end>"))[-1]["value"]
    return content, end["pages"], end["lines"]


@lru_cache(maxsize=256)
def code(address: str) -> str:
    """Return a QR code of the address as SVG."""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=2, xmldecl=False)
    return picture.getvalue().decode()

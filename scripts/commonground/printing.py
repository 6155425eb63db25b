"""Sheets of paper as PDF, set by Typst from this package's own templates and fonts: no system font, no network.

The same data give the same bytes. A sheet that must have one page and would have two is refused.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from .book import Book
from .diagnostics import Fault
from .glyphs import printable
from .model import Checklist, Guide, Printout, Span
from .sheets import FOLDER, FORMATS, Format, Sheets

TEMPLATES = Path(__file__).parent / "typesetting"
GAPS = (4.6, 3.8, 3.0, 2.4)  # millimetres between lines to tick: the widest that fits one page


def printouts(guide: Guide, title: str, site: str, *, whole: bool = True) -> Iterator[Printout]:
    """Typeset every checklist in every format and, for the `whole`, all of them in one file and the guide as a book.

    `title` is the name of the site and `site` its address, with a slash. Raises `Fault` where a sheet that must have
    one page does not fit.
    """
    writer = Sheets(guide, site)
    shelf: dict[str, list[dict[str, Any]]] = {form.name: [] for form in FORMATS}
    date = _timestamp(guide.content.settings.revised)
    for checklist in guide.content.checklists:
        data = writer.sheet(checklist)
        data["picture"] = code(data["code"])
        for form in FORMATS:
            sheet, gap = _sheet(checklist, form, data, date)
            shelf[form.name].append({**data, "name": checklist.slug, "gap": gap})
            yield sheet
    for form in FORMATS if whole and guide.content.checklists else ():
        if not form.large:
            note = writer.runs(guide.content.settings.sheet.note, "guide.yml")
            yield _document("booklet", form, "All checklists", {"note": note, "sheets": shelf[form.name]}, title, date)
    for form in FORMATS if whole and guide.content.topics else ():
        if not form.large:
            yield _document("book", form, "The whole guide", Book(guide, site).data(), title, date)


def _look(title: str, form: Format) -> dict[str, Any]:
    return {"title": title, "paper": form.paper, "size": form.size, "language": "en", "region": "GB"}


def _document(  # noqa: PLR0913, PLR0917  # what its two callers know of a document
    template: str, form: Format, label: str, data: Mapping[str, Any], title: str, date: int
) -> Printout:
    content, pages, _ = _typeset(f"{template}.typ", _as_json({**_look(title, form), **data}), date)
    return Printout(f"{FOLDER}/{template}-{form.name}.pdf", f"{label}, {form.label}", content, pages)


def _sheet(checklist: Checklist, form: Format, data: Mapping[str, Any], date: int) -> tuple[Printout, float]:
    """Return the sheet, and the gap between its lines: the widest with which it fits."""
    path = f"{FOLDER}/{checklist.slug}-{form.name}.pdf"
    spilled = 0.0
    for gap in GAPS:
        look = _look(checklist.title, form)
        content, pages, spilled = _typeset("sheet.typ", _as_json({**look, "gap": gap, "sheet": data}), date)
        if pages == 1 or form.large:
            return Printout(path, form.label, content, pages, checklist.slug), gap
    message = f'"{checklist.title}" does not fit one page of {form.label}, by about {math.ceil(spilled)} lines.'
    raise Fault(Span(checklist.span.path), "too-long-to-print", message, "Shorten some lines, or take some out.")


def _as_json(data: Mapping[str, Any]) -> str:
    return printable(json.dumps(data, ensure_ascii=False))


@cache
def _compiler(template: str) -> typst.Compiler:
    fonts = [str(TEMPLATES / "fonts")]
    return typst.Compiler(str(TEMPLATES / template), root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)


@cache
def _typeset(template: str, data: str, date: int) -> tuple[bytes, int, float]:
    """Return the PDF, how many pages it has, and how many lines of text stand on its last page."""
    compiler = _compiler(template)
    # PDF/UA-1: tagged, with a title and a language, so that a screen reader can read it.
    content = compiler.compile(format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"], timestamp=date)
    assert isinstance(content, bytes)  # noqa: S101  # one file, because the format is PDF
    end = json.loads(compiler.query("<end>"))[-1]["value"]
    return content, end["pages"], end["lines"]


def code(address: str) -> str:
    """Return a QR code of the address as SVG."""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=2, xmldecl=False)
    return picture.getvalue().decode()


def _timestamp(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())

"""Sheets of paper as PDF, set by Typst from this package's own templates and fonts: no system font, no network.

The same data give the same bytes. A sheet that must have one page and would have two is refused.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, UTC
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from .diagnostics import Fault
from .model import Checklist, Guide, Span
from .sheets import FORMATS, Format, Sheets

TEMPLATES = Path(__file__).parent / "typesetting"
GAPS = (4.6, 3.8, 3.0, 2.4)  # millimetres between lines to tick: the widest that fits one page
STANDARD = "ua-1"  # tagged and accessible


@dataclass(frozen=True)
class Printed:
    """A finished file: its path in the site, its bytes and how many pages it has."""

    path: str
    content: bytes
    pages: int


def sheets(guide: Guide, site: str) -> Iterator[Printed]:
    """Typeset every checklist in every format. Raises `Fault` where one does not fit."""
    writer = Sheets(guide, site)
    date = _timestamp(guide.content.settings.revised)
    for checklist in guide.content.checklists:
        data = writer.sheet(checklist)
        for form in FORMATS:
            yield _sheet(checklist, form, data, date)


def _sheet(checklist: Checklist, form: Format, data: Mapping[str, Any], date: int) -> Printed:
    path = f"sheets/{checklist.slug}-{form.name}.pdf"
    spilled = 0.0
    for gap in GAPS:
        settings = {"title": data["title"], "paper": form.paper, "size": form.size, "gap": gap, "language": "en"}
        content, pages, spilled = _typeset("sheet.typ", json.dumps({**settings, "sheet": data | {"picture": code(data["code"])}}), date)
        if pages == 1 or form.large:
            return Printed(path, content, pages)
    message = f'"{checklist.title}" does not fit one page of {form.label}, by about {math.ceil(spilled)} lines.'
    raise Fault(Span(checklist.span.path), "too-long-to-print", message, "Shorten some lines, or take some out.")


@cache
def _compiler(template: str) -> typst.Compiler:
    fonts = [str(TEMPLATES / "fonts")]
    return typst.Compiler(str(TEMPLATES / template), root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)


@cache
def _typeset(template: str, data: str, date: int) -> tuple[bytes, int, float]:
    """Return the PDF, how many pages it has, and how many lines of text stand on its last page."""
    compiler = _compiler(template)
    content = compiler.compile(format="pdf", sys_inputs={"data": data}, pdf_standards=[STANDARD], timestamp=date)
    end = json.loads(compiler.query("<end>"))[-1]["value"]
    return content, end["pages"], end["lines"]


def code(address: str) -> str:
    """Return a QR code of the address as SVG."""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=2, xmldecl=False)
    return picture.getvalue().decode()


def _timestamp(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())

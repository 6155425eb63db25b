"""Paper: every sheet fits, is tagged, says what it should, is the same each time; text is text, however it looks."""

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from commonground.building import Result, build
from commonground.glyphs import TABLE
from commonground.mdtext import plain
from commonground.model import Printout
from commonground.printing import TEMPLATES, code, printouts
from commonground.reading import read_folder
from commonground.runs import runs
from tests.casefile import BASE

SITE = "https://example.net/"
MILLIMETRE = 72 / 25.4


@pytest.fixture(scope="module")
def result(docs: Mapping[str, bytes]) -> Result:
    return build(docs, partial(printouts, title="A guide", site=SITE, language="en-GB"))


@pytest.fixture(scope="module")
def papers(result: Result) -> dict[str, Printout]:
    return {one.path: one for one in result.printouts}


def read_pdf(one: Printout) -> PdfReader:
    return PdfReader(io.BytesIO(one.content))


def words(one: Printout) -> str:
    """All its text on one line; what is broken over lines at a hyphen comes together again."""
    text = " ".join(page.extract_text() for page in read_pdf(one).pages)
    return re.sub(r"\s+", "", text)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_every_checklist_has_its_sheets_and_there_are_two_books(result: Result, papers: dict[str, Printout]) -> None:
    lists = {one.slug for one in result.guide.content.checklists}
    assert len(lists) == 8
    sheets = {f"sheets/{slug}-{form}.pdf" for slug in lists for form in ("a4", "letter", "large")}
    books = {f"sheets/{name}-{form}.pdf" for name in ("booklet", "book") for form in ("a4", "letter")}
    assert papers.keys() == sheets | books


def test_sheets_have_one_page_of_their_size(papers: dict[str, Printout]) -> None:
    sizes = {"a4": (210, 297), "letter": (215.9, 279.4)}
    for path, one in papers.items():
        form = path.rpartition("-")[2].removesuffix(".pdf")
        pages = read_pdf(one).pages
        assert len(pages) == one.pages, path
        if one.of and form in sizes:
            assert one.pages == 1, path
        if form in sizes:
            size = (float(pages[0].mediabox.width) / MILLIMETRE, float(pages[0].mediabox.height) / MILLIMETRE)
            assert size == pytest.approx(sizes[form], abs=0.2), path


def test_every_file_is_tagged_titled_and_carries_its_fonts(papers: dict[str, Printout]) -> None:
    for path, one in papers.items():
        reader = read_pdf(one)
        catalogue: Any = reader.trailer["/Root"]
        assert catalogue["/MarkInfo"]["/Marked"], path
        assert "/StructTreeRoot" in catalogue, path
        assert catalogue["/Lang"] == "en-GB", path
        assert reader.metadata is not None
        assert reader.metadata.title, path
        assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data() if reader.xmp_metadata else False, path
        resources: list[Any] = [page["/Resources"] for page in reader.pages]
        fonts = [font.get_object() for one in resources for font in one["/Font"].values()]
        assert fonts, path
        for font in fonts:
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert descriptor.keys() & {"/FontFile2", "/FontFile3"}, path
            assert "NotoSans" in descriptor["/FontName"], path


def test_a_sheet_holds_all_of_its_list_in_order(result: Result, papers: dict[str, Printout]) -> None:
    for checklist in result.guide.content.checklists:
        for form in ("a4", "letter", "large"):
            text = words(papers[f"sheets/{checklist.slug}-{form}.pdf"])
            place = 0
            for number, item in enumerate(checklist.items, start=1):
                for piece in item.text.split("____"):
                    found = text.find(squeezed(plain(piece)), place)
                    assert found >= 0, (checklist.slug, form, piece)
                    place = found
                assert f"{number}." in text
            assert squeezed(plain(checklist.foot)) in text
            assert SITE + f"checklists/{checklist.slug}/" in text
            [*_, revision] = result.guide.content.revisions[checklist.slug]
            assert revision.content in text
            sheet = result.guide.content.settings.sheet
            assert all((squeezed(label) in text) != checklist.shared for label in sheet.blanks)


def test_the_book_holds_every_topic_and_its_advice(result: Result, papers: dict[str, Printout]) -> None:
    text = words(papers["sheets/book-a4.pdf"])
    for topic in result.guide.content.topics:
        assert text.count(squeezed(topic.title)) >= 2, topic.slug  # in the contents and as a heading
    for advice in result.guide.advice:
        assert squeezed(plain(advice.lead)) in text, advice.id
    for source in result.guide.content.sources:
        assert squeezed(source.recorded_title) in text


def test_the_same_guide_gives_the_same_bytes(result: Result) -> None:
    again = tuple(printouts(result.guide, "A guide", SITE, "en-GB", whole=False))
    assert again == tuple(one for one in result.printouts if one.of)


def test_a_list_that_does_not_fit_stops_the_build_and_says_by_how_much(base: dict[str, bytes]) -> None:
    rows = "".join(
        f'- [ ] A line that says something about box {n}.\n  {{ #box-{n} topic="boxes" }}\n' for n in range(60)
    )
    head, _, _ = base["checklists/moving-day.md"].decode().partition("## Before")
    base["checklists/moving-day.md"] = (head + rows).encode()
    failed = build(base, partial(printouts, title="A guide", site=SITE))
    [finding] = failed.findings
    assert (finding.code, finding.path) == ("too-long-to-print", "checklists/moving-day.md")
    assert re.fullmatch(r'"Moving day" does not fit one page of A4, by about \d+ lines\.', finding.message)
    assert failed.failed


LIKE_MARKUP = st.text(st.sampled_from("#$@*_\\<>\"'`=-+/~[](){}:;abc é"), min_size=1, max_size=30)


@settings(max_examples=25)
@given(LIKE_MARKUP)
def test_text_that_looks_like_markup_comes_out_as_text(text: str) -> None:
    item = "x" + text.replace("____", "") + "x"
    expected = squeezed("".join(run.text for run in runs(item)))
    guide = build(read_folder(BASE)).guide
    [checklist] = guide.content.checklists
    lines = tuple(replace(one, text=item) for one in checklist.items[:1])
    changed = replace(guide, content=replace(guide.content, checklists=(replace(checklist, items=lines),)))
    first = next(printouts(changed, "A guide", SITE, whole=False))
    assert expected in words(first)


def test_a_code_is_a_picture_of_the_address() -> None:
    assert code(SITE).startswith("<svg")
    assert code(SITE) == code(SITE) != code(SITE + "a/")


def test_the_table_of_signs_is_that_of_the_fonts() -> None:
    faces = [set(TTFont(path).getBestCmap()) for path in sorted(TEMPLATES.glob("fonts/*.ttf"))]
    assert len(faces) == 3
    every = {sign for sign in set.intersection(*faces) if sign >= ord(" ")}
    ranges = [line.split("-") for line in TABLE.read_text("ascii").split()]
    assert {sign for first, last in ranges for sign in range(int(first, 16), int(last, 16) + 1)} == every
    weight = sum(path.stat().st_size for path in TEMPLATES.glob("fonts/*.ttf"))
    assert weight < 600_000


def test_a_sign_without_a_glyph_prints_as_a_question_mark(base: dict[str, bytes]) -> None:
    base["checklists/moving-day.md"] = base["checklists/moving-day.md"].replace(
        b"I have shoes on.", "箱 ☃ on.".encode()
    )
    made = build(base, partial(printouts, title="A guide", site=SITE, whole=False))
    assert not made.failed
    assert {one.code for one in made.findings} == {"unprintable-sign"}
    assert "??on." in words(made.printouts[0])

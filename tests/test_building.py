"""The build as a whole: any bytes make findings, never a traceback; what it makes is complete, and whole in itself."""

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from commonground import reading
from commonground.building import Result, build
from commonground.diagnostics import Diagnostic
from commonground.model import Page
from commonground.reading import LINK, read, read_folder
from commonground.safety import PICTURES
from commonground.schemas import load_schema
from tests.casefile import BASE, cases, read_case
from tests.rendering import as_html, broken

BASE_FILES = read_folder(BASE)
SCHEMAS = {
    f"{name}.json": Draft202012Validator(load_schema(name), validate_formats=True) for name in ("guide", "words")
}

PATHS = st.sampled_from(
    [*BASE_FILES, "sources/article-3.md", "guide/new.md", "new.md", "redirects.yml", "a/b/c/d.md", "x.png", "README.md"]
)
PIECES = [
    b"\n", b"\n\n", b"  ", b"- ", b"- **Do it.** Now.\n", b'  { #z-1 topic="boxes" scope="day" }\n', b"{ #a }", b"{ }",
    b"---\n", b"## Two\n", b"### Three?\n", b"<!-- advice -->\n", b"<!-- help -->\n", b"title: x\n", b"mark: 3\n",
    b"\x00", b"\x02", b"\x0c", b"\x1c", b"\r", b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xff", b"\xed\xa0\x80",
    b"> ", b"1. ", b"\t", b"```\n", b"|", b"[a](b.md)", b"![a](b.png)", b"[]", b"&amp;", b": ", b"? ", b"#", b"'", b'"',
    b"[" * 30, b"- " * 200, b"*" * 300, b"a" * 2100, b"~\n", b"{}\n", b"[]\n", b"null", b"0", b"true", b'"\\n"',
    b"|\n ",
]  # fmt: skip
RAW = st.one_of(st.binary(max_size=40), st.lists(st.sampled_from(PIECES), max_size=8).map(b"".join))


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, bytes]:
    """The base with a few pieces cut out of it, put into it, and files that hold anything or nothing."""
    files = dict(BASE_FILES)
    for _ in range(draw(st.integers(1, 4))):
        path = draw(PATHS)
        raw = files.get(path, b"")
        cut, length = draw(st.integers(0, len(raw))), draw(st.integers(0, 12))
        inserted = draw(RAW)
        match draw(st.sampled_from(["insert", "insert", "cut", "swap-lines", "whole", "head", "remove"])):
            case "insert":
                files[path] = raw[:cut] + inserted + raw[cut:]
            case "cut":
                files[path] = raw[:cut] + raw[cut + length :]
            case "swap-lines":
                files[path] = b"\n".join(draw(st.permutations(raw.split(b"\n"))))
            case "whole":
                files[path] = inserted
            case "head":
                files[path] = b"---\ntitle: X\n---\n" + inserted
            case "remove":
                files.pop(path, None)
    return files


def assert_placed(finding: Diagnostic, files: dict[str, bytes]) -> None:
    """A finding is in a file, on one of its lines, and not behind the end of that line; or the file is missing."""
    if finding.code == "missing-file":
        assert (finding.path in files, finding.line, finding.column) == (False, 1, 1)
        return
    text = files[finding.path].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    rows = [*text.removesuffix("\n").split("\n"), ""]  # the end of a file is on a line of its own
    assert 1 <= finding.line <= len(rows), finding
    assert 1 <= finding.column <= len(rows[finding.line - 1]) + 1, finding


def misfits(page: Page) -> list[str]:
    return [error.message for error in SCHEMAS[page.path].iter_errors(json.loads(page.text))]


def assert_sound(files: dict[str, bytes]) -> None:
    """Whatever the content, the build says what is wrong with it or makes pages that somebody can write to a disk."""
    result = build(files)
    assert list(result.findings) == sorted(result.findings)
    for finding in result.findings:
        assert_placed(finding, files)
        assert finding.message.endswith((".", "?")), finding
    assert result.failed != bool(result.pages)
    for page in result.pages:
        page.text.encode("utf-8")
        if page.path in SCHEMAS:
            assert misfits(page) == []


@settings(max_examples=600)
@given(damaged())
def test_any_content_is_built_or_named(files: dict[str, bytes]) -> None:
    assert_sound(files)


@given(st.dictionaries(PATHS, st.one_of(RAW, st.just(LINK), st.binary(max_size=300)), max_size=5))
def test_any_bytes_are_read_or_named(files: dict[str, bytes]) -> None:
    for finding in read(files)[1]:
        assert_placed(finding, files)
    assert_sound(files)


@given(damaged(), st.randoms())
def test_the_order_of_files_changes_nothing(files: dict[str, bytes], random: Random) -> None:
    again = build(dict(random.sample(list(files.items()), len(files))))
    assert again == build(files)


EMPTY = [b"", b"\n", b"# a comment\n", b"~\n", b"{}\n", b"[]\n", b"text\n", b"0\n", b"---\n---\n"]


@pytest.mark.parametrize("raw", EMPTY)
@pytest.mark.parametrize("path", sorted(BASE_FILES))
def test_a_file_that_holds_nothing_is_named(path: str, raw: bytes) -> None:
    assert_sound(BASE_FILES | {path: raw})


@pytest.mark.parametrize("path", sorted(BASE_FILES))
def test_a_file_that_is_not_there_is_missed_or_not_needed(path: str) -> None:
    assert_sound({name: raw for name, raw in BASE_FILES.items() if name != path})


DEEP = {
    "quotations": "> " * 5_000,
    "bullets": "- " * 5_000,
    "steps": "\n".join(" " * number + "- a" for number in range(1_000)),
    "brackets": "[" * 50_000,
    "links": "[a](" * 20_000,
    "stars": "*a _b " * 20_000,
    "backticks": "".join("`" * number for number in range(1, 600)),
    "definitions": "[a]: x\n" * 20_000,
    "headings": "# a\n" * 20_000,
    "braces": "\n{ #a" * 3_000,
    "html": "<a " * 20_000,
    "entities": "&#" * 50_000,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in DEEP.items()])
@pytest.mark.parametrize("path", ["sources/article-1.md", "index.md"])
def test_endless_structures_end(path: str, text: str) -> None:
    started = time.process_time()  # which other processes do not lengthen
    assert_sound(BASE_FILES | {path: BASE_FILES[path] + b"\n" + text.encode()})
    assert time.process_time() - started < 10, "several times what the slowest of these takes"


BUILT = [
    pytest.param(result, id=name)
    for name, result in {
        "base": build(BASE_FILES),
        **{path.stem: read_case(path).build() for path in cases("build")},
    }.items()
]


@pytest.mark.parametrize("result", BUILT)
def test_the_data_obey_their_schema(result: Result) -> None:
    data = [page for page in result.pages if page.path in SCHEMAS]
    assert len(data) == len(SCHEMAS)
    assert [misfits(page) for page in data] == [[]] * len(SCHEMAS)


def html(result: Result) -> dict[str, str]:
    return {page.path: as_html(page.text) for page in result.pages if page.path.endswith(".md")}


@pytest.mark.parametrize("result", BUILT)
def test_every_link_leads_somewhere_and_every_id_is_one(result: Result) -> None:
    assert list(broken(html(result))) == []


@pytest.mark.parametrize("result", BUILT)
def test_every_printed_advice_is_an_element_with_its_points(result: Result) -> None:
    pages = html(result)
    for advice in result.guide.advice:
        page = pages[f"guide/{advice.topic}.md"]
        element = re.search(rf'<li [^>]*\bid="{advice.id}"[^>]*>', page)
        assert element, advice.id
        for name, points in (("data-from", advice.points), ("data-replaces", advice.replaced)):
            shown = re.search(rf'{name}="([^"]*)"', element[0])
            assert (shown[1].split() if shown else []) == [point.id for point in points]
        for point in (*advice.points, *advice.replaced):
            assert len(re.findall(rf'\bid="{point.id}"', page)) == 1


def listed(menu: Any) -> Iterator[str]:
    """Every path in a menu."""
    if isinstance(menu, str):
        yield menu
    else:
        for entry in menu.values() if isinstance(menu, dict) else menu:
            yield from listed(entry)


@pytest.mark.parametrize("result", BUILT)
def test_the_menu_names_every_page_once(result: Result) -> None:
    paths = sorted(page.path for page in result.pages if page.path.endswith(".md") and not page.moved)
    assert sorted(listed(result.navigation)) == paths


@pytest.mark.parametrize("result", BUILT)
def test_every_page_comes_out_once(result: Result) -> None:
    assert max(Counter(page.path for page in result.pages).values()) == 1


@pytest.mark.parametrize("path", sorted(path for path in BASE_FILES if path.endswith(".md")))
@pytest.mark.parametrize("where", ["first", "last"])
def test_prose_is_printed_or_refused(path: str, where: str) -> None:
    text = BASE_FILES[path].decode()
    head, body = text[: text.index("\n---\n") + 5], text[text.index("\n---\n") + 5 :]
    prose = "\nZebras move every day.\n"
    result = build(BASE_FILES | {path: (head + prose + body if where == "first" else text + prose).encode()})
    printed = [page for page in result.pages if page.path == path and prose.strip() in page.text]
    assert printed or result.failed


SHEET = BASE_FILES["checklists/moving-day.md"].decode().partition("\n---\n\n")[2]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        pytest.param("stages/rest.md", "", "---\ntitle: Rest\n---\n\nSit.\n\n<!-- topics -->\n", id="stage-of-no-menu"),
        pytest.param("guide.yml", "stages: [prepare, carry]", "stages: [prepare]", id="stage-left-out"),
        pytest.param("checklists/moving-day.md", SHEET, "", id="checklist-without-lines"),
        pytest.param("faq.md", 'No. Ask somebody.\n{ #q-alone topics="lifting" }\n', "", id="question-without-answer"),
        pytest.param("faq.md", "### May I", "### Really?\n\n### May I", id="question-before-question"),
        pytest.param("faq.md", "### May I", "And tape.\n\n### May I", id="answer-of-two-paragraphs"),
    ],
)
def test_what_is_only_half_there_is_named(path: str, old: str, new: str) -> None:
    text = BASE_FILES.get(path, b"").decode()
    assert old in text
    result = build(BASE_FILES | {path: text.replace(old, new).encode()})
    assert result.findings


def test_one_anchor_is_not_two_things() -> None:
    tensions = BASE_FILES["tensions.yml"].replace(b"id: t1", b"id: m01")
    files = {path: raw.replace(b"tensions: [t1]", b"tensions: [m01]") for path, raw in BASE_FILES.items()}
    files["sources/article-2.md"] = files["sources/article-2.md"].replace(b'rule="t1"', b'rule="m01"')
    result = build(files | {"tensions.yml": tensions})
    assert result.failed or list(broken(html(result))) == []


DIGEST = """
import hashlib, sys
from pathlib import Path
from commonground.building import build
from commonground.reading import read_folder
result = build(read_folder(Path(sys.argv[1])))
assert result.pages, result.findings
print(hashlib.sha256(repr((result.pages, result.navigation, result.findings)).encode()).hexdigest())
"""


def test_neither_seed_nor_folder_nor_locale_changes_a_byte(tmp_path: Path) -> None:
    digests = set()
    for seed, folder, locale in (("0", Path.cwd(), "C"), ("7", tmp_path, "C.UTF-8")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", DIGEST, str(BASE)]
        digests.add(subprocess.check_output(command, cwd=folder, env=environment, text=True))
    assert len(digests) == 1


def test_pictures_stay_and_make_no_page() -> None:
    for suffix in PICTURES:
        assert build(BASE_FILES | {f"guide/box{suffix}": b"\x89PNG"}) == build(BASE_FILES)


def test_what_is_read_again_is_what_would_be_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, seen = reading.Reader(), list[str]()
    without = {path: raw for path, raw in BASE_FILES.items() if path != "faq.md"}
    broken = BASE_FILES | {"merges.yml": b"groups: [", "guide/boxes.md": b"---\n"}
    for files in (BASE_FILES, broken, without, BASE_FILES, {}, BASE_FILES):
        assert reader.read(files) == read(files)
    decode = reading._decode

    def heard(path: str, raw: bytes) -> str:
        seen.append(path)
        return decode(path, raw)

    monkeypatch.setattr(reading, "_decode", heard)
    reader.read(BASE_FILES | {"merges.yml": b"groups: []\n"})
    assert seen == ["merges.yml"]

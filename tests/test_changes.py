"""What a reviewer is told of a change: pairs of small guides, each with the comment that must come of them."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from commonground.changes import Changes, State, compare, state
from commonground.changesections import Entry, Report, Weight, sections
from commonground.changesreport import LISTED, MARKER, NOTHING, ROOM, as_data, as_json, as_markdown, as_text
from commonground.marking import code, difference, shown
from commonground.reading import read, read_folder
from commonground.repeating import duplicates
from tests.casefile import BASE, CASES, cases, read_case
from tests.moving import likeness

PAIRS = cases("changes")
GITHUB = MarkdownIt("commonmark", {"html": True}).enable("table")


def pair(path: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files of the base, and with the case's laid over them."""
    before = read_folder(BASE)
    after = {name: raw for name, raw in (before | read_case(path).files).items() if raw is not None}
    return before, after


def told(before: dict[str, bytes], after: dict[str, bytes], **more: Any) -> Report:
    old, new = state(before), state(after)
    compared = compare(old, new) if old.readable and new.readable else Changes()
    return Report(against="main", before=old, after=new, changes=compared, **more)


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_the_comment_is_the_one_in_the_file(path: Path) -> None:
    assert as_markdown(told(*pair(path))) == path.with_suffix(".md").read_text(encoding="utf-8")


def test_every_file_of_a_comment_has_its_case() -> None:
    assert {path.stem for path in (CASES / "changes").glob("*.md")} == {path.stem for path in PAIRS}
    assert len(PAIRS) > 20


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_the_way_back_undoes_it(path: Path) -> None:
    before, after = pair(path)
    there, back = told(before, after), told(after, before)
    assert there.changes.nothing == back.changes.nothing
    for report, other in ((there, back), (back, there)):
        assert {one.id for one in report.changes.advice.added} == {one.id for one in other.changes.advice.removed}
        assert {one.after.id for one in report.changes.advice.moved} == {
            one.before.id for one in other.changes.advice.moved
        }
        assert report.changes.pages_added == other.changes.pages_removed
        assert {one.path for one in report.changes.pages_changed} == {one.path for one in other.changes.pages_changed}
        assert {(one.id, one.before, one.after) for one in report.changes.questions} == {
            (one.id, one.after, one.before) for one in other.changes.questions
        }


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_the_same_pair_makes_the_same_report_in_every_form(path: Path) -> None:
    before, after = pair(path)
    for form in (as_text, as_json, as_markdown):
        turned = told(dict(reversed(before.items())), dict(reversed(after.items())))
        assert form(told(before, after)) == form(turned)
    assert json.loads(as_json(told(before, after)))["against"] == "main"


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_the_same_guide_changes_nothing(path: Path) -> None:
    _, after = pair(path)
    report = told(after, after)
    assert report.changes.nothing
    assert [one.title for one in sections(report)] in (
        [],
        ["What cannot be built"],
        ["Checklists that need a hand"],
    )


# What cannot be built


def test_a_guide_whose_files_are_gone(base: dict[str, bytes]) -> None:
    for before, after in ((base, {}), ({}, base), ({}, {})):
        for form in (as_text, as_markdown):
            text = form(told(before, after))
            assert "There are no files in docs/ in" in text
            assert NOTHING not in text


def test_an_unrevised_checklist_is_named_with_the_command() -> None:
    text = as_text(told(*pair(CASES / "changes" / "checklist-unrevised.case")))
    assert "docs/checklists/moving-day.md changed without a revision." in text


# Texts that want to be more than texts

OUR_TAGS = re.compile(r"</?(?:details|summary)>")


def obeyed(markdown: str) -> list[str]:
    """What a reader's browser would get of a comment beyond words: links, pictures, elements, mentions, references."""
    html = GITHUB.render(markdown.replace(MARKER, "", 1))
    words = OUR_TAGS.sub("", re.sub(r"<(code|pre)\b[^>]*>.*?</\1>", "", html, flags=re.DOTALL))
    known = re.sub(r"</?(?:p|h[1-6]|ul|li|em|strong|hr|table|thead|tbody|tr|th|td|br)(?: [^>]*)?/?>", "", words)
    return [*re.findall(r"<[^>]*>?", known), *re.findall(r"[@#]\w+|https?:/|www\.", unescape(known))]


def test_a_link_would_be_seen_by_the_test() -> None:
    for text in (
        "[a](https://a.net)",
        "https://a.net",
        "![a](b)",
        "<img src=x>",
        "@a",
        "&#64;a",
        "see #1",
        "<!-- a -->",
    ):
        assert obeyed(text), text


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_no_text_of_the_content_is_obeyed(path: Path) -> None:
    text = as_markdown(told(*pair(path)))
    assert text.startswith(f"{MARKER}\n")
    assert obeyed(text) == []
    assert all(line.count("|") == 7 for line in text.split("\n\n")[3].splitlines())


NASTY = st.text(st.sampled_from("`~|<>!&@#[]()*_\\-=+:/.\n\t\r ahw3\u202e\u0000\u2028")) | st.sampled_from(
    ["</details>", "```", "````diff", "<!-- x -->", "&#64;a", "@a", "www.a.net", "https://a.net", "[a]: b", "---", "1."]
)


@given(NASTY, NASTY)
def test_no_text_at_all_is_obeyed(one: str, other: str) -> None:
    text = f"- {code(one)} and {code(other)}\n\n{difference(one, other)}\n\nEnd.\n"
    assert obeyed(text) == []
    html = GITHUB.render(text)
    assert html.count("<code") == 3
    assert html.endswith("<p>End.</p>\n")
    assert not set("\u202e\u0000") & set(text)


def test_signs_that_hide_are_named_and_long_texts_are_cut() -> None:
    assert shown("a\u202eb\x00") == "aU+202EbU+0000"
    assert shown("word " * 10, 20) == "word word word word…"
    assert shown(" one \n\n  two  three ") == "one\ntwo three"
    assert code("``a`` |") == "```  ``a`` ¦```".replace("```  ", "``` ").replace("¦```", "¦ ```")


# Size


def many(base: dict[str, bytes], number: int, words: str) -> dict[str, bytes]:
    points = "\n".join(
        f'- **Do thing {one}.** {words}\n  {{ #d-{one:03} topic="boxes" scope="before" }}' for one in range(number)
    )
    page = f"---\ntitle: Article 3\nmark: 3\n---\n\nMany.\n\n## All\n\n{points}\n"
    return base | {"sources/article-3.md": page.encode()}


def test_long_lists_are_cut_and_say_how_long_they_are(base: dict[str, bytes]) -> None:
    text = as_markdown(told(base, many(base, LISTED + 7, "Now.")))
    assert f"### Advice added ({LISTED + 7})" in text
    assert text.count("- `d-") == LISTED
    assert "\n\nand 7 more\n" in text


def test_a_comment_has_room_on_github(base: dict[str, bytes]) -> None:
    before, after = many(base, 60, "Now. " * 200), many(base, 60, "Then. " * 200)
    after["merges.yml"] = after["merges.yml"].replace(b"alone: [a-01]", b"alone: [a-01, d-001]")
    text = as_markdown(told(before, after))
    assert len(text.encode()) < ROOM + 5_000
    long = as_markdown(told(base, after, code=tuple(f"scripts/{'x' * 190}{one}.py" for one in range(900))))
    assert len(long.encode()) < ROOM + 5_000


def test_what_has_no_room_is_named(base: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commonground.changesreport.ROOM", 100)
    text = as_markdown(told(base, many(base, 30, "Now.")))
    assert "There is no room here for: Advice added, Pages." in text


# What others find


def test_weights_stand_in_the_table(base: dict[str, bytes]) -> None:
    weights = (Weight(2.04, 1_000_000, "a.html", 9_000), Weight(3.1, 1_020_000, "b.html", 9_000))
    text = as_markdown(told(base, base, weights=weights))
    assert "| Build, seconds, best of two | 2.0 | 3.1 |  |  | +1.1 |" in text
    assert "| Whole site, KB | 1000.0 | 1020.0 |  |  | +20.0 |" in text
    assert "| Heaviest page, KB gzipped | 9.0 | 9.0 |  |  |  |" in text
    close = (weights[0], replace(weights[1], seconds=2.5))
    assert "| Build, seconds, best of two | 2.0 | 2.5 |  |  |  |" in as_markdown(told(base, base, weights=close))


NEAR = likeness({"a-04": [("a-02", 0.7), ("b-01", 0.5)]})


def test_a_new_point_that_repeats_another_comes_with_the_command(base: dict[str, bytes]) -> None:
    page = base["sources/article-1.md"].decode()
    point = '- **Write on each box.** A word is enough.\n  { #a-04 topic="boxes" scope="before" }\n\n## Lifting'
    after = base | {"sources/article-1.md": page.replace("## Lifting", point).encode()}
    content, _ = read(after)
    (found,) = duplicates(content, NEAR, frozenset({"a-04"}))  # a-02 and b-01 are both in m01
    assert (found.id, found.like, found.score) == ("a-04", "m01", 0.7)
    text = as_markdown(told(base, after, duplicates=(found,)))
    assert "- `a-04` `Write on each box. A word is enough.` looks like:\n  - `m01` `Label every box." in text
    assert "(0.70). The same? `commonground review --same a-04 m01`\n" in text
    assert "\n  - None of them? `commonground review --new a-04`\n" in text
    said = as_text(told(base, after, duplicates=(replace(found, decided=True),)))
    assert "is said to be new, and looks like:\n    m01" in said
    assert "--new" not in said
    assert duplicates(content, NEAR, frozenset()) == []
    assert duplicates(content, likeness({"a-04": [("a-02", 0.29)]}), frozenset({"a-04"})) == []


def test_json_says_all_of_it(base: dict[str, bytes]) -> None:
    after = many(base, LISTED + 7, "Now.")
    data = as_data(told(base, after, duplicates=None, missing=(Entry(("Duplicates.",)),)))
    assert len(data["advice"]["added"]) == LISTED + 7
    assert data["counts"]["Pieces of advice"]["added"] == str(LISTED + 7)
    assert data["duplicates"] is None
    assert data["missing"] == ["Duplicates."]
    assert data["errors"] == {"before": [], "now": []}


def test_a_state_without_errors_is_readable(base: dict[str, bytes]) -> None:
    assert isinstance(state(base), State)
    assert replace(state(base), pages={}).size == 0

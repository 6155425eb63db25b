"""`commonground new`: each kind in each guide leaves it as sound as it was, and says what comes next."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground import naming, storing
from commonground.building import build
from commonground.cli import main
from commonground.diagnostics import Diagnostic
from commonground.model import Content
from commonground.reading import read, read_folder
from tests.casefile import BASE, CASES
from tests.conftest import PROJECT

GUIDES = {"base": BASE, "moving": CASES / "moving" / "docs", "own": PROJECT / "docs"}


@pytest.fixture(params=GUIDES)
def guide(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of one of the guides, in which the test runs."""
    shutil.copytree(GUIDES[request.param], tmp_path / "docs")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(project: Path) -> Mapping[str, bytes]:
    return read_folder(project / "docs")


def content(project: Path) -> Content:
    return read(contents(project))[0]


def findings(project: Path) -> list[Diagnostic]:
    """What the build finds: an error or a warning of it stops `make site`."""
    return list(build(contents(project)).findings)


def first_topic(project: Path) -> str:
    return content(project).topics[0].slug


# Every kind, in every guide


def test_a_topic_is_sound_and_complete(guide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stage = content(guide).settings.stages[-1].id
    before = contents(guide)
    assert main(["new", "topic", "Share the news", "--stage", stage]) == 0
    after = content(guide)
    made = next(topic for topic in after.topics if topic.slug == "share-the-news")
    assert (made.title, made.stage) == ("Share the news", stage)
    assert [point.topic for point in after.points if point.id == made.advice[0].id] == ["share-the-news"]
    assert findings(guide) == []
    changed = {path for path, raw in contents(guide).items() if before.get(path) != raw}
    assert changed == {"guide/share-the-news.md", "sources/guide.md"}
    assert contents(guide)["sources/guide.md"].startswith(before["sources/guide.md"].rstrip())
    out = capsys.readouterr().out
    assert "Wrote docs/guide/share-the-news.md\nChanged docs/sources/guide.md\n" in out
    named = out.partition("docs/sources/guide.md:")[2].partition(".")[0]
    assert "Say in one short" in (guide / "docs" / "sources" / "guide.md").read_text().split("\n")[int(named) - 1]


def test_a_checklist_is_sound_with_its_revision(guide: Path) -> None:
    revised = bool(content(guide).revisions)
    assert main(["new", "checklist", "Before you go", "--topic", first_topic(guide), "--today", "2031-02-03"]) == 0
    made = next(one for one in content(guide).checklists if one.slug == "before-you-go")
    assert len(made.items) == 7
    assert made.scope == content(guide).topics[0].scope
    assert findings(guide) == []
    assert [one.date for one in content(guide).revisions.get("before-you-go", ())] == ["2031-02-03"] * revised


def test_a_question_stands_under_the_heading_of_its_topic(guide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = content(guide).questions[0]
    before = contents(guide)["faq.md"].decode().split("\n")
    assert main(["new", "question", "may I ask this", "--topic", asked.topics[0], "--under", asked.group.upper()]) == 0
    made = next(one for one in content(guide).questions if one.id == "q-may-i-ask-this")
    assert (made.question, made.group, made.topics) == ("may I ask this?", asked.group, (asked.topics[0],))
    assert findings(guide) == []
    after = contents(guide)["faq.md"].decode().split("\n")
    added = after.index("### may I ask this?") - 1
    assert after[:added] + after[added + 5 :] == before
    assert f"docs/faq.md:{made.span.line} " in capsys.readouterr().out


def test_a_source_is_a_draft_with_the_next_number(guide: Path) -> None:
    marks = [int(one.mark) for one in content(guide).sources if one.is_article]
    path = f"sources/article-{max(marks) + 1}.md"
    given = ["--url", "https://example.net/a", "--published", "2021-02-03", "--author", "A. Penn: again"]
    assert main(["new", "source", "How *not* to: {a} list", *given]) == 0
    (draft,) = content(guide).drafts
    assert (draft.span.path, draft.recorded_title) == (path, "How *not* to: {a} list")
    assert draft.facts == {"url": "https://example.net/a", "published": "2021-02-03", "author": "A. Penn: again"}
    assert findings(guide) == []


def test_what_is_made_can_be_made_again_and_again(guide: Path) -> None:
    topic = first_topic(guide)
    for number in ("One", "Two", "Three"):
        assert main(["new", "topic", f"Topic {number}"]) == 0
        assert main(["new", "checklist", f"List {number}", "--topic", topic]) == 0
        assert main(["new", "question", f"Question {number}?", "--topic", topic]) == 0
        assert main(["new", "source", f"Source {number}"]) == 0
    assert findings(guide) == []


def test_a_dry_run_writes_nothing(guide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(guide)
    for arguments in (["topic", "A b"], ["checklist", "A b"], ["question", "A b", "--topic", first_topic(guide)]):
        assert main(["new", *arguments, "--dry-run"]) == 0
        assert "==> docs/" in capsys.readouterr().out
    assert contents(guide) == before


# What is left to do


@pytest.mark.usefixtures("project")
def test_check_names_every_sample_sentence_until_it_is_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["topic", "A b"], ["checklist", "C d"], ["question", "E", "--topic", "boxes"], ["source", "F"]):
        assert main(["new", *arguments]) == 0
    capsys.readouterr()
    assert main(["check", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["code"] for one in found} == {"sample-text"}
    kinds = {"docs/guide/a-b.md": 3, "docs/checklists/c-d.md": 8, "docs/faq.md": 1, "docs/sources/article-3.md": 3}
    kinds["docs/sources/guide.md"] = 1
    paths = [one["path"] for one in found]
    assert {path: paths.count(path) for path in paths} == kinds


def test_the_revision_of_a_list_that_nobody_has_written_gives_way(project: Path) -> None:
    (project / "docs" / "revisions.yml").write_text(
        '# kept\nmoving-day:\n  - {date: "2030-01-01", content: "00000000", lines: "000000"}\n', encoding="utf-8"
    )
    assert main(["revise", "--today", "2030-01-02"]) == 0
    assert main(["new", "checklist", "C d", "--today", "2030-01-03"]) == 0
    page = project / "docs" / "checklists" / "c-d.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Say one thing", "Count one thing"), encoding="utf-8")
    assert main(["revise", "--today", "2030-01-04"]) == 0
    revisions = content(project).revisions
    assert [one.date for one in revisions["c-d"]] == ["2030-01-04"]
    assert [one.date for one in revisions["moving-day"]] == ["2030-01-01", "2030-01-02"]
    assert (project / "docs" / "revisions.yml").read_text(encoding="utf-8").startswith("# kept\n")


# Refusals

REFUSED = {
    "a stage nobody knows": (
        ["topic", "A", "--stage", "prepair"],
        'There is no stage "prepair". Did you mean "prepare"?',
    ),
    "a scope nobody knows": (["topic", "A", "--scope", "dya"], 'There is no scope "dya". Did you mean "day"?'),
    "a topic nobody knows": (["question", "A", "--topic", "boxs"], 'There is no topic "boxs". Did you mean "boxes"?'),
    "a topic of a list": (["checklist", "A", "--topic", "boxs"], 'Did you mean "boxes"?'),
    "a heading nobody knows": (["question", "A", "--topic", "boxes", "--under", "Pakcing"], 'Did you mean "packing"?'),
    "a file that is there": (["topic", "Boxes"], "docs/guide/boxes.md is there already."),
    "a file that is there, by name": (["checklist", "Go", "--name", "moving-day"], "is there already."),
    "the name of a folder": (["topic", "Index"], "docs/guide/index.md is there already."),
    "a title that is there": (["topic", "Pack the BOXES!", "--name", "pack"], "docs/guide/boxes.md"),
    "a question that is asked": (["question", "how many boxes do i need", "--topic", "boxes"], "docs/faq.md:12"),
    "an id that is taken": (["question", "What?", "--topic", "boxes", "--name", "q-alone"], "makes no free id"),
    "no title": (["topic", " \t "], "The title is empty."),
    "no letters": (["topic", "日本"], '"日本" makes no name for a file. Give it one with --name'),
    "a name of signs": (["topic", "A", "--name", "../x"], '"../x" is no name for a file.'),
    "a name in capitals": (["topic", "A", "--name", "Plan"], '"Plan" is no name for a file.'),
    "HTML": (["topic", "A <b>c</b>"], "raw-html"),
    "braces": (["topic", "A {c}"], "stray-attribute"),
    "a hidden sign": (["topic", "A \u202e c"], "hidden-character"),
    "half a sign": (["topic", "?\udcff"], "makes no name"),
    "a sign that paper lacks": (["checklist", "Go \U0001f600"], "unprintable-sign"),
    "a day that is none": (["source", "A", "--published", "soon"], "bad-value"),
    "an address that is none": (["source", "A", "--url", "javascript:a"], "bad-value"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_say_why_and_write_nothing(name: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, told = REFUSED[name]
    before = contents(project)
    assert main(["new", *arguments]) == 1
    out, err = capsys.readouterr()
    assert told in err
    assert (out, contents(project)) == ("", before)


def test_nothing_is_made_on_unsound_ground(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs" / "guide" / "boxes.md").write_text("no front matter", encoding="utf-8")
    assert main(["new", "topic", "A"]) == 1
    assert "docs/guide/boxes.md:1:1: no-front-matter" in capsys.readouterr().out


@pytest.mark.parametrize(
    "kind", [["topic", "A"], ["checklist", "A"], ["question", "A", "--topic", "b"], ["source", "A"]]
)
def test_outside_a_project(
    kind: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", *kind]) == 2
    assert "There is no folder docs." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


EMPTY = {
    "topic": (["topic", "A"], 1, "List them under `stages` in docs/guide.yml."),
    "checklist": (["checklist", "A"], 1, "This guide has no topic yet"),
    "question": (["question", "A", "--topic", "b"], 1, 'There is no topic "b".'),
    "source": (["source", "A"], 0, ""),
}


@pytest.mark.parametrize("kind", EMPTY)
def test_in_an_empty_guide(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").mkdir()
    arguments, code, told = EMPTY[kind]
    assert main(["new", *arguments, "--project", str(tmp_path)]) == code
    assert told in capsys.readouterr().err


# Files as they were


def test_a_guide_without_a_page_of_its_own_gets_one(project: Path) -> None:
    page = project / "docs" / "sources" / "guide.md"
    page.unlink()
    lifting = project / "docs" / "guide" / "lifting.md"
    lifting.write_text(lifting.read_text(encoding="utf-8").replace("[m03, g-01]", "[m03]"), encoding="utf-8")
    assert main(["new", "topic", "A b"]) == 0
    assert 'topic="a-b"' in page.read_text(encoding="utf-8")
    assert findings(project) == []


def test_a_guide_without_questions_gets_a_page_of_them(project: Path) -> None:
    (project / "docs" / "faq.md").unlink()
    assert main(["new", "question", "Why?", "--topic", "boxes"]) == 0
    assert [one.id for one in content(project).questions] == ["q-why"]
    assert findings(project) == []


def test_line_ends_stay_as_they_are(project: Path) -> None:
    page = project / "docs" / "sources" / "guide.md"
    before = b"\xef\xbb\xbf" + page.read_bytes().replace(b"\n", b"\r\n")
    page.write_bytes(before)
    assert main(["new", "topic", "A b"]) == 0
    after = page.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(b"\r\n")


def test_an_id_that_was_published_once_is_not_given_again(project: Path) -> None:
    (project / "addresses.txt").write_text("sources/guide/#g-41\n", encoding="utf-8")
    assert main(["new", "topic", "A b"]) == 0
    assert "#g-42 " in (project / "docs" / "sources" / "guide.md").read_text(encoding="utf-8")


def test_files_are_written_together_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "old.md").write_bytes(b"old")

    def broken(path: Path, content: str | bytes) -> None:
        del content
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(storing, "write_new", broken)
    with pytest.raises(OSError, match="No space left"):
        storing.write_together(tmp_path, {"old.md": b"new", "more.md": b"more"}, {"old.md": b"old"})
    assert read_folder(tmp_path) == {"old.md": b"old"}


def test_what_somebody_else_has_changed_meanwhile_stays(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_bytes(b"theirs")
    with pytest.raises(Exception, match="Somebody else has changed"):
        storing.write_together(tmp_path, {"new.md": b"new", "old.md": b"new"}, {"old.md": b"old"})
    assert read_folder(tmp_path) == {"old.md": b"theirs"}


# Names

NAMES = {
    "Share the news": "share-the-news",
    "  It’s 2 am: what now? ": "its-2-am-what-now",
    "Café — Größe": "cafe-groe",
    "a_b/c.d": "a-b-c-d",
    "日本": "",
    "w" * 70: "w" * 60,
    "word " * 20: "word-" * 11 + "word",
}


@pytest.mark.parametrize("title", NAMES)
def test_names_of_titles(title: str) -> None:
    assert naming.name_of(title) == NAMES[title]


@given(st.text())
def test_a_name_is_none_or_fits_the_schema(title: str) -> None:
    name = naming.name_of(title)
    assert len(name) <= naming.LONGEST
    assert name == "" or all(part.isalnum() and part.isascii() and part == part.lower() for part in name.split("-"))
    assert naming.name_of(name) == name

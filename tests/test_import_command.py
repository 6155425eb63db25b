"""`commonground import`: what it writes, where, and what it never does."""

import io
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground import intake
from commonground.building import build
from commonground.cli import main
from commonground.reading import read_folder
from commonground.storing import write_new

ARTICLE = """Packing a Kitchen

By Rosa Fields | 3 May 2024

Start early

Kitchens take longest of all rooms. Begin with what you hardly use. It will not be missed.

Wrap plates

Stand every plate on its edge, because it breaks less often that way.
"""


@pytest.fixture
def article(project: Path) -> Path:
    """An article in the project's folder."""
    path = project / "kitchen.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def pages(project: Path) -> dict[str, str]:
    """The drafts and the guards."""
    found = {
        path.relative_to(project).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("docs/sources", "echoes")
        for path in (project / folder).glob("*")
    }
    return {path: text for path, text in found.items() if "draft: true" in text or "echoes" in path}


def test_an_article_becomes_a_draft_and_a_guard(
    project: Path, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(article)]) == 0
    out, err = capsys.readouterr()
    assert list(pages(project)) == ["docs/sources/article-3.md", "echoes/3.txt"]
    draft = pages(project)["docs/sources/article-3.md"]
    assert "recorded_title: Packing a Kitchen\n" in draft
    assert "author: Rosa Fields\npublished: '2024-05-03'\nlanguage: en\n" in draft
    assert "draft: true\n" in draft
    assert (
        "## Start early\n\nKitchens take longest of all rooms.\n\n- **Begin with what you hardly use.** It will"
        in draft
    )
    assert "'Line 3: date or byline'" in draft
    assert re.fullmatch(r"kitchen\.txt: wrote docs/sources/article-\d+\.md \(2 bullets, 1 line left out\)\n", out)
    assert err.startswith("Next: say each bullet in your own words")


def test_a_draft_is_left_out_of_the_build_until_it_is_ready(project: Path, article: Path) -> None:
    before = build(read_folder(project / "docs"))
    assert main(["import", str(article)]) == 0
    files = read_folder(project / "docs")
    result = build(files)
    assert result.findings == ()
    assert [page.path for page in result.pages] == [page.path for page in before.pages]
    assert [page.text for page in result.pages] == [page.text for page in before.pages]
    (path,) = result.guide.content.unpublished
    assert files[path].count(b"draft: true") == 1
    ready = files | {path: files[path].replace(b"draft: true\n", b"")}
    assert {finding.code for finding in build(ready).findings} == {"missing-key", "bad-lead"}


def test_a_draft_fails_the_check_until_it_is_re_worded(
    project: Path, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(article)]) == 0
    capsys.readouterr()
    assert main(["check"]) == 1
    out, _ = capsys.readouterr()
    assert re.search(r'article-3\.md:16:1: echo 6 running words stand in article 3 too: "kitchens take longest', out)
    assert "article-1.md:1:1: warning: no-guard Article 1 has no echo guard" in out
    assert main(["check", "--published"]) == 0
    page = project / "docs" / "sources" / "article-3.md"
    text = page.read_text(encoding="utf-8").partition("\n## ")[0]
    page.write_text(text + "\n## Start early\n\n- **Pack rare things first.** You can spare them.\n  { #a-99 }\n")
    assert main(["check"]) == 0


def test_numbers_and_ids_go_on_from_those_that_are_taken(project: Path, article: Path) -> None:
    assert main(["import", str(article)]) == 0
    others = [article.with_name(name) for name in ("attic.txt", "cellar.txt")]
    for other in others:
        other.write_text(
            f"{other.stem.title()} Days\n\nSweep the {other.stem} first. Then carry things out, one by "
            f"one, and look at each of them for a while.\n\nAsk a friend to help with the {other.stem}.\n"
        )
    assert main(["import", *map(str, others)]) == 0
    marks = sorted(int(path.stem) for path in (project / "echoes").glob("*.txt"))
    assert marks == list(range(marks[0], marks[0] + 3))
    content = build(read_folder(project / "docs")).guide.content
    ids = [part.id for draft in content.drafts for section in draft.sections for part in section.parts if part.id]
    assert len(set(ids)) == len(ids) > 5
    assert [draft.mark for draft in content.drafts] == [str(mark) for mark in marks]


def test_the_same_article_is_brought_in_once(project: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(article)]) == 0
    article.write_text(ARTICLE.replace("3 May 2024", "5 May 2024"), encoding="utf-8")
    assert main(["import", str(article)]) == 1
    assert "kitchen.txt: refused: It is article 3 already. Delete echoes/3.txt" in capsys.readouterr().err
    assert len(pages(project)) == 2


def test_ids_keep_clear_of_those_in_use(project: Path, article: Path) -> None:
    assert main(["import", "--dry-run", str(article)]) == 0
    mark = intake.Shelf(project, project / "docs" / "sources").next_mark()[0]
    index = project / "docs" / "index.md"
    index.write_text(index.read_text(encoding="utf-8") + f"\n[old](sources/old.md#a{mark}-01)\n", encoding="utf-8")
    assert intake.Shelf(project, project / "docs" / "sources").next_mark() == (mark, f"a{mark}b")


def test_nothing_is_overwritten(project: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shelf = intake.Shelf(project, project / "docs" / "sources")
    place = shelf.page(shelf.next_mark()[0])
    place.parent.mkdir(exist_ok=True)
    assert main(["import", str(article)]) == 0
    first = place.read_text(encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_new(place, "other")
    assert place.read_text(encoding="utf-8") == first
    mark = re.findall(r"\d+", place.stem)[0]
    assert main(["import", str(article), "--guard", mark]) == 1
    assert "is there already" in capsys.readouterr().err


def test_a_stopped_run_leaves_whole_files_or_none(
    project: Path, article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = {path for path in project.rglob("*") if path.is_file()}
    monkeypatch.setattr(os, "link", stop)
    assert main(["import", str(article)]) == 2
    assert {path for path in project.rglob("*") if path.is_file()} == before
    assert "Traceback" not in capsys.readouterr().err


def test_a_dry_run_prints_the_page_and_writes_nothing(
    project: Path, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    assert main(["import", "--dry-run", str(article)]) == 0
    out, _ = capsys.readouterr()
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == before
    assert main(["import", str(article)]) == 0
    (page,) = (text for path, text in pages(project).items() if path.startswith("docs/"))
    assert out.partition("\n")[2] == page + "\n"


def test_a_dry_run_for_tools_is_one_list(project: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "empty.txt").write_bytes(b"")
    assert main(["import", "--dry-run", "--format", "json", str(article), "empty.txt"]) == 1
    first, second = json.loads(capsys.readouterr().out)
    assert first == {
        "file": "kitchen.txt",
        "title": "Packing a Kitchen",
        "published": "2024-05-03",
        "language": "en",
        "headings": [
            {"line": 5, "level": 2, "text": "Start early"},
            {"line": 9, "level": 2, "text": "Wrap plates"},
        ],
        "questions": [],
        "junk_lines": [3],
        "bullets": 0,
        "dropped": [{"line": 3, "reason": "date or byline", "text": "By Rosa Fields | 3 May 2024"}],
    }
    assert second.keys() == first.keys() | {"refused"}
    assert (second["file"], second["refused"]) == ("empty.txt", "It is empty: it holds no text.")


def test_some_refused_and_the_others_imported(project: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "empty.txt").write_bytes(b"")
    assert main(["import", "empty.txt", "missing.txt", str(article), str(project / "mkdocs.yml")]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("kitchen.txt: wrote ")
    assert err.splitlines()[:3] == [
        "empty.txt: refused: It is empty: it holds no text.",
        "missing.txt: refused: There is no such file.",
        "mkdocs.yml: refused: .yml is not read here. Save the article's text as .txt, or the page as .html. "
        "Expected .txt, .md, .markdown, .html, .htm, .xhtml, .docx.",
    ]


def test_folders_are_taken_whole(project: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project / "saved" / "deep"
    folder.mkdir(parents=True)
    for name in ("b.md", "a.html", ".hidden.txt", "notes.pdf"):
        (folder / name).write_text(f"<p>{ARTICLE}</p>" if name == "a.html" else ARTICLE, encoding="utf-8")
    (folder / "c.txt").symlink_to(article)
    assert main(["import", "saved"]) == 1
    out, err = capsys.readouterr()
    assert [line.partition(":")[0] for line in out.splitlines()] == ["deep/a.html", "deep/b.md"]
    assert "deep/c.txt: refused: This is a symbolic link. Name the file itself." in err


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("text", [ARTICLE, f"<!doctype html><p>{ARTICLE.replace(chr(10) * 2, '</p><p>')}</p>"])
def test_standard_input(text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))
    assert main(["import", "-", "--dry-run", "--format", "json"]) == 0
    (data,) = json.loads(capsys.readouterr().out)
    assert (data["file"], data["published"]) == ("-", "2024-05-03")


def test_another_folder_keeps_its_own_guards(project: Path, article: Path) -> None:
    assert main(["import", str(article), "--to", "../elsewhere/pages"]) == 0
    other = project.parent / "elsewhere" / "pages"
    assert sorted(path.relative_to(other).as_posix() for path in other.rglob("*.*")) == ["article-3.md", "echoes/3.txt"]
    assert pages(project) == {}


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["import"], "Missing argument"),
        (["import", "kitchen.txt", "--format", "json"], "goes with --dry-run"),
        (["import", "docs/stages"], "There is no"),
        (["import", "a.txt", "b.txt", "--guard", "1"], "--guard"),
        (["import", "a.txt", "--guard", "../1"], "--guard"),
    ],
)
def test_what_cannot_run(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path("docs/stages")
    for path in folder.glob("*"):
        path.unlink()
    assert main(arguments) == 2
    assert told in capsys.readouterr().err


def test_a_bar_shows_how_far_a_long_run_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(6):
        (project / f"article {number}.txt").write_text(ARTICLE, encoding="utf-8")
    assert main(["import", *sorted(str(path) for path in project.glob("article *.txt"))]) == 0
    assert "Importing" in capsys.readouterr().err


@given(st.lists(st.text(max_size=200), max_size=5))
def test_a_new_file_is_whole(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("new")
    for number, text in enumerate(texts):
        cleaned = text.encode("utf-8", "replace").decode()
        write_new(folder / "deep" / f"{number}.md", cleaned)
        assert (folder / "deep" / f"{number}.md").read_bytes() == cleaned.encode()
    assert len(list(folder.rglob("*.*"))) == len(texts)

"""`report changes` in real repositories: what differs from a revision, and what cannot be compared at all."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commonground.cli import main
from tests.conftest import PROJECT

SET_UP = {"user.name": "Somebody", "user.email": "somebody@example.org", "commit.gpgsign": "false"}


def git(folder: Path, *arguments: str) -> str:
    given = [part for name, value in SET_UP.items() for part in ("-c", f"{name}={value}")]
    return subprocess.run(["git", *given, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def clone(project: Path) -> Path:
    """The small guide, in a repository with one commit that is called `start`."""
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "start")
    git(project, "tag", "start")
    return project


def test_nothing_changed(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (clone / ".git").is_dir()
    assert main(["report", "changes", "--against", "start"]) == 0
    out, err = capsys.readouterr()
    assert out.endswith("\n\nNothing changes for readers.\n")
    assert err == ""


def test_what_is_committed_and_what_is_not_are_both_told(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(clone / "docs" / "merges.yml", "Write the room on two sides.", "Write the room on top.")
    git(clone, "commit", "--quiet", "--all", "--message", "reworded")
    replace(clone / "docs" / "faq.md", "No. Ask somebody.", "No. Ask two people.")
    (clone / "overrides").mkdir()
    (clone / "overrides" / "main.html").write_text("new to git", encoding="utf-8")
    replace(clone / "mkdocs.yml", "strict: true", "strict: false")
    assert main(["report", "changes", "--against", "start"]) == 0
    text = capsys.readouterr().out
    assert "  m01 on guide/boxes/\n    - Label every box. Write the room on two sides.\n" in text
    assert "    + May I carry it alone? No. Ask two people.\n" in text
    assert "  mkdocs.yml is code or rules.\n  overrides/main.html is code or rules.\n" in text


def test_it_is_told_from_another_folder(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(clone / "docs" / "help.yml", "Then call a doctor.", "Then rest.")
    monkeypatch.chdir("/")
    assert main(["report", "changes", "--against", "start", "--project", str(clone), "--format", "markdown"]) == 0
    assert "- `docs/help.yml` keeps readers safe." in capsys.readouterr().out


def test_a_project_below_its_repository(tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "start")
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "of-somebody-else").touch()
    replace(project / "docs" / "help.yml", "Then call a doctor.", "Then rest.")
    assert main(["report", "changes", "--against", "HEAD"]) == 0
    text = capsys.readouterr().out
    assert "Look twice (1)\n  docs/help.yml keeps readers safe.\n" in text


def test_a_new_point_that_repeats_another(moving: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = moving / "docs" / "sources" / "article-4.md"
    kept = source.read_text(encoding="utf-8")
    lines = kept.splitlines(keepends=True)
    start = next(row for row, line in enumerate(lines) if "#d-07 " in line)
    first = max(row for row in range(start) if lines[row].startswith("- **"))
    source.write_text("".join(lines[:first] + lines[start + 1 :]), encoding="utf-8")
    git(moving, "init", "--quiet", "--initial-branch=main")
    git(moving, "add", "--all")
    git(moving, "commit", "--quiet", "--message", "start")
    source.write_text(kept, encoding="utf-8")
    assert main(["report", "changes", "--against", "HEAD", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["duplicates"]
    assert {one["id"] for one in found} == {"d-07"}
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    merges = (moving / "docs" / "merges.yml").read_text(encoding="utf-8")
    group = merges[: merges.index("members: [a-06, b-05, c-07]")].rsplit("- id: ", 1)[1].split()[0]
    assert group in [one["like"] for one in found]
    assert main(["review", "--same", "d-07", group]) == 0


def test_without_the_engine_it_says_what_to_install(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.setitem(sys.modules, "scipy", None)
    page = clone / "docs" / "sources" / "article-1.md"
    replace(page, "\n## Lifting", '- **Buy tape.** Now.\n  { #a-04 topic="boxes" scope="before" }\n\n## Lifting')
    assert main(["report", "changes", "--against", "start"]) == 0
    text = capsys.readouterr().out
    assert "What nobody looked at (1)\n  Duplicates. This needs " in text
    assert "--editable '.[review]'" in text
    assert "Advice added (1)" in text


def test_every_list_that_does_not_fit_is_named(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = clone / "docs" / "checklists" / "moving-day.md"
    many = "".join(
        f'- [ ] Box {one} is shut. {"It is. " * 30}\n  {{ #box-{one} topic="boxes" }}\n' for one in range(40)
    )
    replace(page, "## At the door\n\n", f"## At the door\n\n{many}")
    (page.parent / "second.md").write_text(
        page.read_text("utf-8").replace("#", "#s-").replace("#s-#s- ", "## "), "utf-8"
    )
    assert main(["report", "changes", "--against", "start"]) == 0
    text = capsys.readouterr().out
    assert "Checklists that need a hand (2)" in text
    assert 'docs/checklists/moving-day.md "Moving day" does not fit one page of A4, by about ' in text
    assert "docs/checklists/second.md" in text


# What cannot be compared


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "", "HEAD:docs"])
def test_a_revision_that_is_not_there(clone: Path, capsys: pytest.CaptureFixture[str], revision: str) -> None:
    before = sorted(clone.iterdir())
    assert main(["report", "changes", f"--against={revision}"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f'There is no revision "{revision}" here.' in err
    assert sorted(clone.iterdir()) == before


@pytest.mark.usefixtures("project")
def test_a_folder_that_is_in_no_repository(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", "/")
    assert main(["report", "changes", "--against", "HEAD"]) == 2
    assert "is in no git repository" in capsys.readouterr().err


def test_no_git(clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", str(clone))
    assert main(["report", "changes", "--against", "start"]) == 2
    assert "This needs git" in capsys.readouterr().err


def test_docs_deleted_and_docs_new(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.move(clone / "docs", clone / "kept")
    assert main(["report", "changes", "--against", "start"]) == 0
    assert "There are no files in docs/ in this change to build a guide from." in capsys.readouterr().out
    git(clone, "rm", "--quiet", "-r", "docs")
    git(clone, "commit", "--quiet", "--message", "gone")
    shutil.move(clone / "kept", clone / "docs")
    assert main(["report", "changes", "--against", "HEAD"]) == 0
    assert "There are no files in docs/ in what stands at HEAD" in capsys.readouterr().out


def test_errors_on_both_sides(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(clone / "docs" / "guide" / "boxes.md", "stage: prepare", "stage: prepar")
    git(clone, "commit", "--quiet", "--all", "--message", "broken")
    replace(clone / "docs" / "merges.yml", "groups:\n", "groups: [\n")
    assert main(["report", "changes", "--against", "HEAD"]) == 0
    text = capsys.readouterr().out
    assert 'docs/guide/boxes.md:4:8 unknown-name There is no stage "prepar".' in text
    assert "docs/merges.yml:2:3 not-yaml" in text
    assert "Nothing of it is compared." in text


# Whole sites


SITE = """site_name: Moving house
theme: mkdocs
plugins: []
hooks: [scripts/mkdocs_hook.py]
markdown_extensions: [attr_list, md_in_html, tables]
"""


@pytest.fixture
def site(clone: Path) -> Path:
    """The small guide with all that its site is made with."""
    (clone / "mkdocs.yml").write_text(SITE, encoding="utf-8")
    (clone / "scripts").mkdir()
    shutil.copyfile(PROJECT / "scripts" / "mkdocs_hook.py", clone / "scripts" / "mkdocs_hook.py")
    shutil.copytree(
        PROJECT / "scripts" / "commonground",
        clone / "scripts" / "commonground",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "site")
    return clone


def test_both_sites_are_built_and_weighed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(
        site / "docs" / "guide" / "boxes.md",
        "Packing takes longer",
        "Packing takes much longer " + "and longer\n" * 400,
    )
    assert main(["report", "changes", "--against", "HEAD", "--sites", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["missing"] == []
    counts = data["counts"]
    assert 3.9 < float(counts["Whole site, KB"]["changed"]) < 30
    assert float(counts["Build, seconds, best of two"]["now"]) > 0
    assert float(counts["Heaviest page, KB gzipped"]["before"]) > 1
    assert not (site / "site").exists()


def test_a_site_that_cannot_be_built_is_said(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(site / "mkdocs.yml", "theme: mkdocs", "theme: none-such")
    assert main(["report", "changes", "--against", "HEAD", "--sites"]) == 0
    text = capsys.readouterr().out
    assert "This one cannot be built: the working tree " in text
    assert "none-such" in text
    assert "Pages " in text

"""A second subject, from raw articles to a site: five short articles about moving house, and an editor's decisions."""

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commonground.building import build
from commonground.cli import main
from commonground.echoes import write_guard
from commonground.importing import read_lines, to_article
from commonground.reading import read_folder
from commonground.storing import read_guards
from commonground.writing import draft_of
from tests.casefile import CASES

MOVING = CASES / "moving"
RAW = sorted(path for path in (MOVING / "raw").iterdir() if path.suffix != ".tsv")
MARKS = dict(enumerate(RAW, start=1))


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text)).casefold()


def labels() -> list[dict[str, str]]:
    text = (MOVING / "raw" / "labels.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("path", RAW, ids=lambda path: path.stem)
def test_each_sentence_that_an_editor_used_becomes_a_bullet(path: Path) -> None:
    draft = draft_of(to_article(*read_lines(path.name, path.read_bytes())), 6, "a6")
    bullets = {plain(part.lead) for section in draft.sections for part in section.parts if part.id}
    rows = [row for row in labels() if row["file"] == path.name and row["made"] == "bullet" and row["point"] != "-"]
    assert rows
    assert [row["lead"] for row in rows if plain(row["lead"]) not in bullets] == []


def test_every_point_came_from_an_article() -> None:
    content = build(read_folder(MOVING / "docs")).guide.content
    written = {point.id for point in content.points if point.mark.isdigit()}
    assert len(written) > 60
    assert written == {row["point"] for row in labels()} - {"-"}


def test_every_decision_is_taken() -> None:
    decisions = build(read_folder(MOVING / "docs")).guide.content.decisions
    placed = {member.id: group.id for group in decisions.groups for member in group.members}
    placed |= {reference.id: "alone" for reference in decisions.alone}
    told = {row["point"]: row["decision"] for row in labels() if row["point"] != "-"}
    assert placed == told | {name: group for name, group in placed.items() if name.startswith("g-")}


def test_its_guards_are_those_of_its_articles() -> None:
    for mark, path in MARKS.items():
        lines, known = read_lines(path.name, path.read_bytes())
        article = to_article(lines, known)
        titles = [article.title, *(heading.text for heading in article.headings)]
        made = write_guard(str(mark), "\n".join(line.text for line in lines), titles)
        assert read_guards(MOVING / "echoes")[f"echoes/{mark}.txt"] == made


def test_it_has_no_finding(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.net/")
    assert main(["check", "--project", str(MOVING)]) == 0
    assert capsys.readouterr().err == "0 errors, 0 warnings\n"


def test_it_becomes_a_site(tmp_path: Path) -> None:
    assert main(["build", "--project", str(MOVING), "--to", str(tmp_path / "tree")]) == 0
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path / "site")]
    ran = subprocess.run(command, cwd=tmp_path / "tree", capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    pages = {path.parent.name for path in (tmp_path / "site" / "guide").rglob("index.html")}
    assert len(pages) > 5


def test_its_articles_can_be_brought_in_afresh(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "project"
    shutil.copytree(MOVING / "docs", project / "docs")
    assert main(["import", *map(str, RAW), "--project", str(project)]) == 0
    result = build(read_folder(project / "docs"))
    assert result.findings == ()
    assert len(result.guide.content.drafts) == len(RAW)
    shutil.copytree(MOVING / "echoes", project / "echoes", dirs_exist_ok=True)
    capsys.readouterr()
    assert main(["import", str(RAW[0]), "--project", str(project)]) == 1
    assert "It is article 1 already" in capsys.readouterr().err

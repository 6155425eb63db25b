"""The command line: exit codes, what goes where, and a tree that is written whole or not at all."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

import pytest
import yaml

from commonground import checks, wording
from commonground.building import build
from commonground.cli import main
from commonground.printing import printouts
from commonground.reading import read, read_folder
from commonground.revising import changed_lines
from commonground.voice import load_voice
from tests.casefile import BASE
from tests.conftest import PROJECT


def spoil(project: Path) -> None:
    """Put an error into the content, and a warning."""
    page = project / "docs" / "guide" / "boxes.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("stage: prepare", "stage: prepar").replace("[a-01, m01]", "[m01]"), encoding="utf-8")


def warn(project: Path) -> None:
    """Put a warning into the content."""
    page = project / "docs" / "guide" / "boxes.md"
    page.write_text(page.read_text(encoding="utf-8").replace("[a-01, m01]", "[m01]"), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# check


@pytest.mark.usefixtures("project")
def test_check_of_good_content(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr() == ("", "0 errors, 0 warnings\n")


def test_check_of_content_with_warnings_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    warn(project)
    assert main(["check"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("docs/guide/boxes.md:10:10: warning: unlisted-advice ")
    assert re.fullmatch("0 errors, 1 warnings?\n", err)


def test_check_of_bad_content(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(project)
    assert main(["check"]) == 1
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines == [
        'docs/guide/boxes.md:4:8: unknown-name There is no stage "prepar".',
        "  4 | stage: prepar",
        "    |        ^^^^^^",
        '    Did you mean "prepare"?',
        "docs/guide/boxes.md:10:10: warning: unlisted-advice Not in `advice`, so printed last: a-01.",
        "  10 | advice: [m01]",
        "     |          ^^^",
        "    Put them where they help most.",
    ]
    assert re.fullmatch("1 errors?, 1 warnings?\n", err)


def test_check_names_another_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(project)
    monkeypatch.chdir("/")
    assert main(["check", "--project", str(project)]) == 1


def test_check_as_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    spoil(project)
    assert main(["check", "--format", "json"]) == 1
    error, warning = json.loads(capsys.readouterr().out)
    assert (warning["code"], warning["severity"]) == ("unlisted-advice", "warning")
    assert error == {
        "path": "docs/guide/boxes.md",
        "line": 4,
        "column": 8,
        "code": "unknown-name",
        "message": 'There is no stage "prepar".',
        "hint": 'Did you mean "prepare"?',
        "severity": "error",
        "length": 1,
        "fix": None,
    }


def test_check_for_github(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(project)
    (project / "docs" / "a,b:c%.md").write_text("---\ntitle: A\n---\n\nText.\n", encoding="utf-8")
    (project / "docs" / "new.md").write_text('---\ntitle: New\n"a%0A::error::b": c\n---\n\nText.\n', encoding="utf-8")
    assert main(["check", "--format", "github"]) == 1
    out, _ = capsys.readouterr()
    assert "::error file=docs/a%2Cb%3Ac%25.md,line=1,col=1,title=" in out
    assert '::error file=docs/new.md,line=3,col=1,title=unknown-key::The key "a%250A::error::b" is unknown.' in out
    assert all(line.startswith("::error file=docs/") for line in out.splitlines())


def test_check_lists_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    spoken, _ = load_voice((PROJECT / "voice.yml").read_text(encoding="utf-8"))
    assert lines[::4] == sorted(one.code for one in [*checks.explanations(), *wording.explanations(spoken)])
    assert all(line.startswith("    Bad: ") for line in lines[2::4])
    assert all(line.startswith("    Good: ") for line in lines[3::4])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("site_url: https://example.org/", "default-site-url"),
        ("site_url: !ENV [SITE_URL, 'https://example.org/']", "default-site-url"),
        ("repo_url: https://github.com/OWNER/guide", "default-repo-url"),
        ("repo_url: !ENV [REPO_URL, 'https://github.com/OWNER/guide']", "default-repo-url"),
    ],
)
def test_check_warns_of_placeholders_before_publishing(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    line: str,
    code: str,
) -> None:
    (project / "mkdocs.yml").write_text(f"site_name: x\n{line}\n", encoding="utf-8")
    variables = ("SITE_URL", "REPO_URL")
    for variable in variables:
        monkeypatch.setenv(variable, "https://guide.example.net/")
    assert main(["check", "--published"]) == 0
    assert capsys.readouterr().out == ""
    for variable in variables:
        monkeypatch.delenv(variable)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["check", "--published"]) == 0
    assert capsys.readouterr().out.startswith(f"mkdocs.yml:2:1: warning: {code} ")


def test_check_does_not_warn_of_addresses_of_its_own(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SITE_URL")
    own = "site_url: https://guide.example.net/\nrepo_url: https://github.com/someone/guide\n"
    (project / "mkdocs.yml").write_text(f"site_name: x\n{own}", encoding="utf-8")
    assert main(["check", "--published"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Usage"),
        (["chek"], "No such command"),
        (["check", "--format", "xml"], "xml"),
        (["check", "--project", "nowhere"], "There is no folder nowhere/docs"),
        (["check", "surplus"], "surplus"),
        (["build"], "--to"),
        (["build", "--to", "out", "--project", "nowhere"], "There is no folder nowhere/docs"),
        (["build", "--to", "mkdocs.yml"], "mkdocs.yml"),
    ],
)
@pytest.mark.usefixtures("project")
def test_what_cannot_run(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert words in out + err
    assert "Traceback" not in out + err


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["build", "-h"]])
def test_help(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("Usage: commonground")


def test_no_docs(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(project / "docs")
    for arguments in (["check"], ["build", "--to", "out"]):
        assert main(arguments) == 2
        assert "There is no folder docs." in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_a_file_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "faq.md":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert main(["check"]) == 2
    assert "docs/faq.md: Permission denied." in capsys.readouterr().err


def test_a_file_whose_name_is_no_text(project: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (project / "docs" / "caf\udce9.md").write_bytes(b"no front matter")
    assert main(["check"]) == 1
    assert b".md:1:1: bad-file-name" in capfdbinary.readouterr().out


def test_a_link_out_of_the_content(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = project.parent / "secret.md"
    secret.write_text("---\ntitle: Secret\n---\n\nHidden words.\n", encoding="utf-8")
    (project / "docs" / "here.md").symlink_to(secret)
    (project / "docs" / "folder").symlink_to(project.parent)
    assert main(["check"]) == 1
    out, _ = capsys.readouterr()
    assert [line.split(" ")[:2] for line in out.splitlines() if not line.startswith(" ")] == [
        ["docs/folder:1:1:", "foreign-file"],
        ["docs/here.md:1:1:", "foreign-file"],
    ]


@pytest.mark.parametrize("command", [["check", "--published"], ["build", "--to", "out"]])
def test_a_configuration_that_is_no_text(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.delenv("SITE_URL")
    (project / "mkdocs.yml").write_bytes(b"site_name: caf\xe9\n")
    assert main(command) == 2
    assert "mkdocs.yml" in capsys.readouterr().err


def test_the_command_itself(project: Path) -> None:
    spoil(project)
    code = "import sys; from commonground.cli import main; sys.exit(main())"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        [sys.executable, "-c", code, "check"], capture_output=True, text=True, check=False, env=environment
    )
    assert ran.returncode == 1
    assert 'docs/guide/boxes.md:4:8: unknown-name There is no stage "prepar".' in ran.stdout
    assert re.fullmatch("1 errors?, 1 warnings?\n", ran.stderr)


# build --to


def test_build_writes_the_whole_tree(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "overrides").mkdir()
    (project / "overrides" / "main.html").write_text("x", encoding="utf-8")
    assert main(["build", "--to", "out"]) == 0
    made = build(read_folder(project / "docs"), partial(printouts, title="Moving house", site=os.environ["SITE_URL"]))
    files = {f"docs/{page.path}": page.text.encode() for page in made.pages}
    files |= {f"docs/{one.path}": one.content for one in made.printouts}
    written = tree(project / "out")
    assert {name: raw for name, raw in written.items() if name.startswith("docs/")} == files
    assert written.keys() == {"mkdocs.yml", "overrides/main.html", *files}
    assert f"Wrote {len(files)} files to out." in capsys.readouterr().out


def test_pdfs_are_written_where_asked_and_say_how_long_they_are(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pdf", "--to", "paper"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^paper/moving-day-a4\.pdf: 1 page, \d+ KB$", out, re.MULTILINE)
    files = sorted((project / "paper").iterdir())
    assert len(files) == len(out.splitlines()) == 7
    assert all(file.read_bytes().startswith(b"%PDF-") for file in files)


def test_revisions_are_written_down_once_for_each_change(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["revise", "--today", "2024-05-06"]) == 0
    assert main(["revise", "--today", "2024-05-07"]) == 0
    assert capsys.readouterr().out.endswith("Revised on 2024-05-06: moving-day.\nNo checklist has changed.\n")
    checklist = project / "docs" / "checklists" / "moving-day.md"
    checklist.write_text(checklist.read_text("utf-8").replace("shoes on", "boots on"), encoding="utf-8")
    assert main(["check"]) == 0
    assert main(["check", "--strict"]) == 1
    assert "unrevised-checklist" in capsys.readouterr().out
    assert main(["revise", "--today", "2024-05-08"]) == 0
    content, findings = read(read_folder(project / "docs"))
    assert findings == []
    first, second = content.revisions["moving-day"]
    assert (first.date, second.date) == ("2024-05-06", "2024-05-08")
    assert changed_lines(first, second) == 1
    assert main(["revise", "--today", "8 May"]) == 2


def test_build_copies_the_pictures(project: Path) -> None:
    (project / "docs" / "guide" / "box.png").write_bytes(b"\x89PNG")
    assert main(["build", "--to", "out"]) == 0
    assert (project / "out" / "docs" / "guide" / "box.png").read_bytes() == b"\x89PNG"


def test_the_tree_needs_neither_hook_nor_package(project: Path) -> None:
    assert main(["build", "--to", "out"]) == 0
    text = (project / "out" / "mkdocs.yml").read_text(encoding="utf-8")
    assert "hook" not in text
    assert "watch" not in text
    assert "site_url: https://example.org/\ntheme: mkdocs\nstrict: true\n" in text
    shutil.move(project / "out", project.parent / "elsewhere")
    site = project.parent / "site"
    ran = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=project.parent / "elsewhere",
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    pages = {page.path for page in build(read_folder(BASE)).pages}
    data = {"guide.json", "words.json"}
    for page in pages - data:
        address = page.removesuffix(".md").removesuffix("index").rstrip("/")
        assert (site / address / "index.html").is_file(), page
    assert all((site / name).is_file() for name in data & pages)
    assert data < pages


@pytest.mark.parametrize("extra", ["", "extra:\n  exit: about:blank\n", "extra:\n  exit: about:blank\nplugins: []\n"])
def test_the_tree_has_the_help_block_for_the_page_of_what_is_not_there(project: Path, extra: str) -> None:
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as configuration:
        configuration.write(extra)
    assert main(["build", "--to", "out"]) == 0
    written = yaml.safe_load((project / "out" / "mkdocs.yml").read_text(encoding="utf-8"))
    assert '<aside aria-label="Help now" class="help" id="help">' in written["extra"].pop("lost")
    assert written["extra"] == ({"exit": "about:blank"} if extra else {})
    assert written["site_name"] == "Moving house"
    assert written["nav"]


def test_the_tree_has_its_moved_pages_too(project: Path) -> None:
    (project / "docs" / "redirects.yml").write_text("old/: guide/boxes/\nolder/: old/\n", encoding="utf-8")
    assert main(["build", "--to", "out"]) == 0
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    ran = subprocess.run(command, cwd=project / "out", capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    for address in ("old", "older"):
        assert 'href="../guide/boxes/"' in (project / "out/site" / address / "index.html").read_text(encoding="utf-8")


def test_build_of_bad_content_writes_nothing(project: Path) -> None:
    assert main(["build", "--to", "out"]) == 0
    before = tree(project / "out")
    spoil(project)
    assert main(["build", "--to", "out"]) == 1
    assert main(["build", "--to", "other"]) == 1
    assert tree(project / "out") == before
    assert not (project / "other").exists()


def test_build_again_leaves_nothing_old(project: Path) -> None:
    (project / "docs" / "old.md").write_text("---\ntitle: Old\n---\n\nOld.\n", encoding="utf-8")
    assert main(["build", "--to", "out"]) == 0
    assert (project / "out" / "docs" / "old.md").is_file()
    (project / "docs" / "old.md").unlink()
    assert main(["build", "--to", "out"]) == 0
    assert not (project / "out" / "docs" / "old.md").exists()
    assert sorted(path.name for path in project.iterdir()) == ["docs", "mkdocs.yml", "out"]


def test_build_into_an_empty_folder_and_a_new_one(project: Path) -> None:
    (project / "empty").mkdir()
    assert main(["build", "--to", "empty"]) == 0
    assert main(["build", "--to", "new/deep/out"]) == 0
    assert tree(project / "empty") == tree(project / "new/deep/out") != {}


FOREIGN: dict[str, dict[str, bytes]] = {
    "some-file": {"notes.txt": b"mine"},
    "a-hidden-file": {".env": b"mine"},
    "a-project": {"mkdocs.yml": b"site_name: mine\n"},
    "a-project-in-another-encoding": {"mkdocs.yml": b"site_name: caf\xe9\n"},
    "an-empty-configuration": {"mkdocs.yml": b""},
}


@pytest.mark.parametrize("files", FOREIGN.values(), ids=FOREIGN)
def test_build_leaves_a_foreign_folder_alone(
    project: Path, capsys: pytest.CaptureFixture[str], files: dict[str, bytes]
) -> None:
    (project / "out").mkdir()
    for name, raw in files.items():
        (project / "out" / name).write_bytes(raw)
    assert main(["build", "--to", "out"]) == 2
    assert "out" in capsys.readouterr().err
    assert tree(project / "out") == files


@pytest.mark.parametrize("target", [".", "docs", "docs/guide"])
def test_build_leaves_its_own_project_alone(project: Path, target: str) -> None:
    before = tree(project)
    assert main(["build", "--to", target]) == 2
    assert tree(project) == before


def no_space(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def stop(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


STEPS: dict[str, list[tuple[object, str]]] = {
    "write": [(Path, "write_text"), (Path, "write_bytes"), (shutil, "copytree"), (shutil, "copyfile")],
    "move": [(os, "rename"), (os, "replace")],
}


@pytest.mark.parametrize("then", [no_space, stop])
@pytest.mark.parametrize("when", [("write", 1), ("write", 4), ("move", 1), ("move", 2), ("move", 3)])
def test_a_stopped_build_leaves_a_whole_tree(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    then: Callable[..., None],
    when: tuple[str, int],
) -> None:
    step, number = when
    assert main(["build", "--to", "out"]) == 0
    before = tree(project / "out")
    (project / "docs" / "new.md").write_text("---\ntitle: New\n---\n\nNew.\n", encoding="utf-8")
    assert main(["build", "--to", "other"]) == 0
    after = tree(project / "other")
    calls = count(1)

    def until(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            return (then if next(calls) == number else real)(*given, **named)

        return call

    with monkeypatch.context() as patch:
        for owner, name in STEPS[step]:
            patch.setattr(owner, name, until(getattr(owner, name)))
        ended = main(["build", "--to", "out"])
    assert tree(project / "out") == (before if ended else after)
    assert sorted(path.name for path in project.iterdir()) == ["docs", "mkdocs.yml", "other", "out"]
    assert "Traceback" not in "".join(capsys.readouterr())
    assert ended or number > 1, "the first step was not stopped"


RULE = """rules:
  magic:
    says: Nothing moves by magic.
    instead: Say who carries it.
    words: [{word}]
    bad: [By magic.]
    good: [By hand.]
pages:
  help: [{page}]
"""


def test_check_reads_how_the_project_speaks(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "voice.yml").write_text(RULE.format(word="tired", page="guide/gone.md"), encoding="utf-8")
    assert main(["check"]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert lines == [
        'docs/checklists/moving-day.md:6:8: warning: magic "Tired": Nothing moves by magic.',
        'docs/guide/boxes.md:18:19: warning: magic "tired": Nothing moves by magic.',
        'voice.yml:9:10: unknown-name There is no page "guide/gone.md".',
    ]
    assert main(["check", "--list"]) == 0
    assert "magic\n    Nothing moves by magic." in capsys.readouterr().out


def test_check_says_nothing_of_words_where_no_voice_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = project / "docs" / "guide" / "boxes.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nYou recieve a color!\n", encoding="utf-8")
    assert main(["check"]) == 0
    assert capsys.readouterr().out == ""

"""What editors and other tools are told: schemas, tasks, forms, hooks. Each is read as its reader reads it."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from commonground import yamlediting
from commonground.cli import main
from commonground.reading import DATA, PAGES
from commonground.schemas import load_schema
from tests.conftest import PROJECT

SCHEMAS = PROJECT / "scripts" / "commonground" / "schemas"
KINDS = sorted({*DATA.values(), *PAGES.values(), "page"})
GENERAL = {"id", "ids", "line", "words", "date", "mark", "address", "names"}  # they say what form a value has, not why
VSCODE = PROJECT / ".vscode"
FORMS = PROJECT / ".github" / "ISSUE_TEMPLATE"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("check-jsonschema")), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def setting(name: str) -> Any:
    return json.loads((VSCODE / f"{name}.json").read_text(encoding="utf-8"))


# Schemas


def test_there_is_a_schema_for_each_kind_of_file() -> None:
    assert sorted(path.stem for path in (SCHEMAS / "editor").glob("*.json")) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_schema_is_the_shape_itself(kind: str) -> None:
    schema = json.loads((SCHEMAS / "editor" / f"{kind}.json").read_text(encoding="utf-8"))
    file, _, shape = schema["$ref"].partition("#/$defs/")
    assert (SCHEMAS / "editor" / file).resolve() == SCHEMAS / "content.json"
    assert shape == kind in load_schema("content")["$defs"]
    assert schema["title"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "properties" in load_schema("content")["$defs"][kind]])
def test_a_hover_says_what_a_key_is_for(kind: str) -> None:
    shapes = load_schema("content")["$defs"]
    for key, schema in shapes[kind]["properties"].items():
        told = schema.get("markdownDescription") or schema.get("description")
        named = schema.get("$ref", "").removeprefix("#/$defs/")
        assert told or named not in GENERAL, f"{kind}.{key}"


@pytest.mark.parametrize("name", DATA)
def test_a_data_file_names_its_schema_and_fits_it(name: str, tmp_path: Path) -> None:
    path = PROJECT / "docs" / name
    first = path.read_text(encoding="utf-8").split("\n")[0]
    schema = (path.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()
    assert schema == SCHEMAS / "editor" / f"{DATA[name]}.json"
    fits = run("--schemafile", str(schema), str(path))
    assert fits.returncode == 0, fits.stdout
    spoilt = tmp_path / name
    spoilt.write_text("- nobody: knows this\n", encoding="utf-8")
    assert run("--schemafile", str(schema), str(spoilt)).returncode == 1


def test_vs_code_knows_the_same_schemas() -> None:
    mapped = {file: (PROJECT / schema).resolve() for schema, file in setting("settings")["yaml.schemas"].items()}
    voice = mapped.pop("voice.yml")
    assert voice.is_file() == (PROJECT / "voice.yml").is_file()
    assert mapped == {f"docs/{name}": SCHEMAS / "editor" / f"{shape}.json" for name, shape in DATA.items()}


def test_a_decision_leaves_the_first_line_alone() -> None:
    before = (PROJECT / "docs" / "merges.yml").read_text(encoding="utf-8")
    first = before.split("\n")[0]
    after = yamlediting.append(before, ("unsure",), "a-01")
    assert after.split("\n")[0] == yamlediting.remove(after, ("unsure",), "a-01").split("\n")[0] == first


def test_a_revision_leaves_the_first_line_alone(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "docs", tmp_path / "docs")
    before = (tmp_path / "docs" / "revisions.yml").read_text(encoding="utf-8")
    page = tmp_path / "docs" / "checklists" / "apology.md"
    page.write_text(page.read_text(encoding="utf-8").replace("- [ ] I know", "- [ ] Now I know"), encoding="utf-8")
    assert main(["revise", "--project", str(tmp_path), "--today", "2031-02-03"]) == 0
    after = (tmp_path / "docs" / "revisions.yml").read_text(encoding="utf-8")
    assert "2031-02-03" in after
    assert after.split("\n")[:2] == before.split("\n")[:2]


# VS Code


def matched(text: str, matcher: Any) -> Iterator[dict[str, Any]]:
    """What VS Code lists for the output of a task."""
    pattern = matcher["pattern"]
    for line in text.split("\n"):
        if match := re.match(pattern["regexp"], line):
            found = {key: match[group] for key, group in pattern.items() if isinstance(group, int)}
            yield found | {"severity": found["severity"] or matcher["severity"]}


def test_the_task_lists_what_check_finds(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = project / "docs" / "guide" / "boxes.md"
    spoilt = page.read_text(encoding="utf-8").replace("stage: prepare", "stage: prepar").replace("[a-01, m01]", "[m01]")
    page.write_text(f"{spoilt}\na.md:1:1: <b>bold</b>: 2\n", encoding="utf-8")
    (project / "docs" / "help.yml").write_text("text: a\nlines: b\n", encoding="utf-8")
    assert main(["check", "--format", "json"]) == 1
    wanted = json.loads(capsys.readouterr().out)
    assert main(["check"]) == 1
    printed = capsys.readouterr().out
    task = next(task for task in setting("tasks")["tasks"] if "check" in task["command"])
    assert task["command"] == "make --silent check"
    assert [*matched(printed, task["problemMatcher"])] == [
        {
            "file": one["path"],
            "line": str(one["line"]),
            "column": str(one["column"]),
            "severity": one["severity"],
            "code": one["code"],
            "message": one["message"],
        }
        for one in wanted
    ]
    assert {one["path"] for one in wanted} == {"docs/guide/boxes.md", "docs/help.yml"}


def test_tasks_and_hooks_run_what_the_makefile_has() -> None:
    targets = re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    hooks = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    commands = [task["command"] for task in setting("tasks")["tasks"]]
    commands += [hook["entry"] for repo in hooks for hook in repo["hooks"] if hook["language"] == "system"]
    assert [repo["repo"] for repo in hooks] == ["local"]
    assert len(commands) == 5
    for command in commands:
        assert command.startswith("make ")
        assert command.split()[-1] in targets


# Forms


def test_the_issue_forms_are_valid() -> None:
    forms = sorted(path for path in FORMS.glob("*.yml") if path.stem != "config")
    assert [path.stem for path in forms] == ["page", "safety", "topic"]
    checked = run("--builtin-schema", "vendor.github-issue-forms", *map(str, forms))
    assert checked.returncode == 0, checked.stdout
    checked = run("--builtin-schema", "vendor.github-issue-config", str(FORMS / "config.yml"))
    assert checked.returncode == 0, checked.stdout


def test_the_link_on_a_page_fills_in_the_form() -> None:
    form = yaml.safe_load((FORMS / "page.yml").read_text(encoding="utf-8"))
    assert form["body"][0] | {"attributes": {}} == {
        "type": "input",
        "id": "page",
        "attributes": {},
        "validations": {"required": True},
    }


# Words for people

WORDS = ["CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "SECURITY.md", ".github/pull_request_template.md"]


@pytest.mark.parametrize("name", WORDS)
def test_links_between_the_words_for_people_lead_somewhere(name: str) -> None:
    path = PROJECT / name
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text):
        assert (path.parent / target).exists(), target


def test_the_commands_that_contributing_names_exist(capsys: pytest.CaptureFixture[str]) -> None:
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE))
    assert {"check", "serve", "test"} <= named <= set(targets)
    for command in sorted(
        set(re.findall(r"commonground ((?:[a-z-]+)(?: (?:topic|checklist|question|source))?)", text))
    ):
        assert main([*command.split(), "--help"]) == 0, command
        assert capsys.readouterr().out.startswith("Usage: ")


def test_code_owners_name_what_is_there() -> None:
    rows = (PROJECT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    for row in rows:
        if row and not row.startswith("#"):
            pattern, *owners = row.split()
            assert owners, row
            assert pattern in {"*", "/voice.yml"} or (PROJECT / pattern.strip("/")).exists(), pattern


def test_the_picture_of_the_architecture_names_real_modules() -> None:
    text = (PROJECT / "architecture.svg").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    modules = {path.stem for path in [*SCHEMAS.parent.glob("*.py"), SCHEMAS.parent.parent / "mkdocs_hook.py"]}
    named = re.findall(r"(?:decoding|extracting|layout|cleaning|writing|echoes|skeletons|similarity)", text)
    named += re.findall(r"(?:deciding|building|reading|merging|checks|linking|linting|diagnostics|printing)", text)
    assert len(set(named)) == 17
    assert {*named, "mkdocs_hook", "storing", "pages", "data"} <= modules

"""What runs on GitHub: valid, safe, made of make targets; and the scripts that may write, run with a `gh` of ours."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from commonground.changesreport import MARKER, ROOM, as_markdown
from tests.conftest import PROJECT
from tests.test_changes import PAIRS, obeyed, pair, told

FOLDER = PROJECT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
BIN = Path(sys.executable).parent
# What runs a fork's code can only read; what may write runs none.
MAY = {
    "check": {"contents": "read"},
    "comment": {"actions": "read", "pull-requests": "write"},
    "preview": {"actions": "read"},
    "publish": {"contents": "read", "pages": "write", "id-token": "write"},
    "weekly": {"contents": "read"},
}
RUNS_NOTHING = {"comment", "preview"}


def workflow(name: str) -> dict[str, Any]:
    read = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    read["on"] = read.pop(True)  # what YAML 1.1 makes of `on`
    assert isinstance(read, dict)
    return read


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in workflow(name)["jobs"].values() for step in job["steps"]]


def script(name: str) -> str:
    (run,) = [step["run"] for step in steps(name) if "run" in step]
    return str(run)


# The files


def test_they_are_valid() -> None:
    for schema, files in (("github-workflows", WORKFLOWS), ("dependabot", [PROJECT / ".github" / "dependabot.yml"])):
        command: list[str | Path] = [BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr


def test_they_are_safe() -> None:
    command: list[str | Path] = [BIN / "zizmor", "--offline", "--no-progress", "--persona=auditor", PROJECT / ".github"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_zizmor_would_say_so(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    text = (FOLDER / "check.yml").read_text(encoding="utf-8")
    (folder / "check.yml").write_text(text.replace("run: make test", 'run: echo "${{ github.head_ref }}"'), "utf-8")
    ran = subprocess.run([BIN / "zizmor", "--offline", folder], capture_output=True, text=True, check=False)
    assert ran.returncode != 0
    assert "template-injection" in ran.stdout


@pytest.mark.parametrize("name", sorted(MAY))
def test_each_may_do_what_it_must_and_no_more(name: str) -> None:
    read = workflow(name)
    assert read["permissions"] == {}
    granted = [job["permissions"] for job in read["jobs"].values()]
    assert {right: how for one in granted for right, how in one.items()} == MAY[name]
    assert all("timeout-minutes" in job for job in read["jobs"].values())
    assert "concurrency" in read


def test_every_workflow_is_known_here() -> None:
    assert {path.stem for path in WORKFLOWS} == MAY.keys()


@pytest.mark.parametrize("name", sorted(MAY.keys() - RUNS_NOTHING))
def test_what_runs_our_code_calls_make_and_knows_no_secret(name: str) -> None:
    assert "secrets." not in (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*##", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for run in (step["run"] for step in steps(name) if "run" in step):
        made = re.fullmatch(r'make ([a-z]+)(?: [A-Z]+="\$\(date \+%F\)")?', run)
        assert (made and made[1] in targets) or run == "printf '%s\\n' \"$NUMBER\" > report/number", run


@pytest.mark.parametrize("name", sorted(RUNS_NOTHING))
def test_what_may_write_uses_no_action_at_all(name: str) -> None:
    assert [step for step in steps(name) if "uses" in step] == []
    assert workflow(name)["on"] == {"workflow_run": {"workflows": ["check"], "types": ["completed"]}}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_and_scripts_hold_no_expression(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for line in re.findall(r"uses:.*", text):
        assert re.fullmatch(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
    for step in steps(path.stem):
        assert "${{" not in step.get("run", "")
        if "actions/checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", sorted(RUNS_NOTHING))
def test_the_scripts_are_whole(name: str) -> None:
    subprocess.run(["bash", "-n"], input=script(name), text=True, check=True)


# The comment: a `gh` that answers as GitHub does, and writes down what was sent

GH = """#!{python}
import json, os, subprocess, sys
from pathlib import Path
folder = Path(os.environ["FAKE"])
given = sys.argv[1:]
assert given.pop(0) == "api"
options, method, fields, path = {{}}, "GET", [], ""
while given:
    one = given.pop(0)
    if one in ("--jq", "-F", "--method"):
        options[one] = given.pop(0)
    elif one not in ("--paginate", "--silent"):
        path = one
known = json.loads((folder / "answers.json").read_text())
if options.get("--method", "GET") != "GET":
    name, _, file = options["-F"].partition("=@")
    sent = {{"method": options["--method"], "path": path, name: Path(file).read_text()}}
    with (folder / "sent").open("a") as out:
        out.write(json.dumps(sent) + "\\n")
elif path.endswith("/zip"):
    sys.stdout.buffer.write((folder / "report.zip").read_bytes())
elif path not in known:
    sys.exit("gh: Not Found (HTTP 404)")
else:
    answer = json.dumps(known[path])
    sys.exit(subprocess.run(["jq", "-r", options["--jq"]], input=answer, text=True).returncode)
"""
HEAD = "a" * 40
FOOT = (
    "\nTo look at the site as it would be, download *site-preview* from "
    "[this run](https://github.example/o/r/actions/runs/5#artifacts).\n"
)
ROBOT = "github-actions[bot]"
needs_tools = pytest.mark.skipif(
    not all(map(shutil.which, ("bash", "jq", "unzip", "iconv"))), reason="GitHub's runners have jq and unzip"
)


@dataclass
class GitHub:
    """A repository with one pull request, and the artifact of one run."""

    folder: Path
    files: dict[str, bytes] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)
    pull: dict[str, Any] = field(default_factory=lambda: {"head": {"sha": HEAD}, "state": "open"})
    artifacts: list[dict[str, Any]] = field(default_factory=lambda: [{"id": 7, "expired": False}])
    size: int = 1_000
    artifact: str = "report"

    def answers(self) -> Mapping[str, Any]:
        return {
            f"repos/o/r/actions/runs/5/artifacts?name={self.artifact}": {"artifacts": self.artifacts},
            "repos/o/r/actions/artifacts/7": {"size_in_bytes": self.size},
            "repos/o/r/pulls/12": self.pull,
            "repos/o/r/pulls/13": {"head": {"sha": "b" * 40}, "state": "open"},
            "repos/o/r/issues/12/comments?per_page=100": self.comments,
        }

    def run(self, name: str, **more: str) -> subprocess.CompletedProcess[str]:
        bin_ = self.folder / "bin"
        bin_.mkdir()
        (bin_ / "gh").write_text(GH.format(python=sys.executable), encoding="utf-8")
        (bin_ / "gh").chmod(0o755)
        (self.folder / "answers.json").write_text(json.dumps(self.answers()), encoding="utf-8")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for path, content in self.files.items():
                archive.writestr(path, content)
        (self.folder / "report.zip").write_bytes(packed.getvalue())
        (self.folder / "work").mkdir()
        known = {"REPOSITORY": "o/r", "RUN": "5", "HEAD": HEAD, "FAKE": str(self.folder), "GH_TOKEN": "none"}
        known["SERVER"] = "https://github.example"
        path = f"{bin_}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script(name)],
            cwd=self.folder / "work",
            env={"PATH": path, "HOME": str(self.folder), "LANG": "C.UTF-8", **known, **more},
            capture_output=True,
            text=True,
            check=False,
        )

    def sent(self) -> list[dict[str, str]]:
        path = self.folder / "sent"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


@pytest.fixture
def github(tmp_path: Path) -> GitHub:
    return GitHub(tmp_path, {"changes.md": f"{MARKER}\n\n## What\n".encode(), "number": b"12\n"})


@needs_tools
def test_a_comment_is_written_where_there_is_none(github: GitHub) -> None:
    github.comments = [
        {"id": 1, "user": {"login": "somebody"}, "body": f"{MARKER}\nA trap: not ours to change."},
        {"id": 2, "user": {"login": ROBOT}, "body": "Another program's."},
    ]
    ran = github.run("comment")
    assert ran.returncode == 0, ran.stderr
    (sent,) = github.sent()
    assert (sent["method"], sent["path"]) == ("POST", "repos/o/r/issues/12/comments")
    assert sent["body"] == f"{MARKER}\n\n## What\n{FOOT}"


@needs_tools
def test_the_comment_that_is_there_is_renewed(github: GitHub) -> None:
    github.comments = [
        {"id": 3, "user": {"login": ROBOT}, "body": f"{MARKER}\nOld."},
        {"id": 4, "user": {"login": ROBOT}, "body": f"{MARKER}\nOlder."},
    ]
    assert github.run("comment").returncode == 0
    (sent,) = github.sent()
    assert (sent["method"], sent["path"]) == ("PATCH", "repos/o/r/issues/comments/3")


BAD: dict[str, dict[str, Any]] = {
    "no artifact": {"artifacts": []},
    "an expired one": {"artifacts": [{"id": 7, "expired": True}]},
    "too large": {"size": 1_000_001},
    "no number": {"number": None},
    "a number of words": {"number": b"12; echo"},
    "two numbers": {"number": b"12\n13\n"},
    "a path": {"number": b"../12"},
    "zero": {"number": b"0"},
    "no such pull request": {"number": b"14"},
    "another pull request": {"number": b"13"},
    "an older state": {"pull": {"head": {"sha": "c" * 40}, "state": "open"}},
    "a closed one": {"pull": {"head": {"sha": HEAD}, "state": "closed"}},
    "no report": {"report": None},
    "an empty report": {"report": b""},
    "no marker": {"report": b"Hello.\n"},
    "the marker later": {"report": f"Hello.\n{MARKER}\n".encode()},
    "more on the line of the marker": {"report": f"{MARKER} Hello.\n".encode()},
    "too long": {"report": f"{MARKER}\n{'x' * 60_000}".encode()},
    "no text": {"report": f"{MARKER}\n".encode() + b"\xff\xfe"},
}


@needs_tools
@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_a_bad_report_is_refused(github: GitHub, case: dict[str, Any]) -> None:
    for name, value in case.items():
        if name in {"number", "report"}:
            github.files["number" if name == "number" else "changes.md"] = value
        else:
            setattr(github, name, value)
    github.files = {name: raw for name, raw in github.files.items() if raw is not None}
    ran = github.run("comment")
    assert github.sent() == []
    assert ran.returncode == 0
    assert "::warning title=no comment::" in ran.stdout


@needs_tools
def test_a_flood_in_a_small_archive_stays_outside(github: GitHub) -> None:
    github.files["changes.md"] = f"{MARKER}\n".encode() + b"x" * 50_000_000
    github.run("comment")
    assert github.sent() == []
    assert (github.folder / "work" / "changes.md").stat().st_size <= ROOM + 20_000


@needs_tools
def test_names_in_the_archive_are_no_paths(github: GitHub) -> None:
    github.files["../escaped"] = b"x"
    assert github.run("comment").returncode == 0
    assert not (github.folder / "escaped").exists()
    assert len(github.sent()) == 1


FORGED = """
@octocat &#64;octocat &commat;octocat \\@octocat o/r#1 #1 GH-1 #22
![x](https://example.net/x.png) [y](//example.net) [z][q] <https://example.net> https://example.net www.example.net
[q]: https://example.net
<img src="https://example.net/x.png"> <a href="//example.net">here</a> <DETAILS open> <details open onclick=x>
<details><summary>Ours</summary>

https&#58;//example.net !\\[x](y) ![q] [q] :smile:

</details>
"""


@needs_tools
def test_a_forged_report_links_to_nothing_and_calls_nobody(github: GitHub) -> None:
    github.files["changes.md"] = f"{MARKER}\n{FORGED}".encode()
    assert obeyed(FORGED)
    assert github.run("comment").returncode == 0
    (sent,) = github.sent()
    report = sent["body"].removesuffix(FOOT)
    assert report != sent["body"]
    assert obeyed(report) == []
    assert not re.search(r"(?:[@&:\\]|www|GH-|#(?=\d)|\](?=[(:]))(?!\u200b)", report)
    assert "<details><summary>Ours</summary>" in sent["body"]
    assert re.findall(r"<(?!\u200b).*?>", sent["body"]) == [
        MARKER,
        "<details>",
        "<summary>",
        "</summary>",
        "</details>",
    ]


@needs_tools
@pytest.mark.parametrize(
    "path", [path for path in PAIRS if path.stem in {"hostile-readable", "source-added", "condition"}]
)
def test_our_own_reports_arrive_as_they_were(github: GitHub, path: Path) -> None:
    text = as_markdown(told(*pair(path)))
    github.files["changes.md"] = text.encode()
    assert github.run("comment").returncode == 0
    (sent,) = github.sent()
    report = sent["body"].removesuffix(FOOT)
    assert report.replace("\u200b", "") == text
    assert obeyed(report) == []


# The preview

HERE = {
    "SITE_URL": "https://o.github.io/r/",
    "PREVIEW_ORIGIN": "https://previews.example.net/",
    "PREVIEW_REPOSITORY": "other/previews",
    "PREVIEW_KEY": "a key",
}


@pytest.fixture
def host(github: GitHub) -> GitHub:
    """The artifact with a site, and in the place of the other repository one on this disk."""
    github.artifact = "site-preview"
    github.files = {"index.html": b"<p>Hello.", ".git/config": b"[core]\n", "a/.gitattributes": b"* x\n"}
    subprocess.run(["git", "init", "--quiet", "--bare", "there.git"], cwd=github.folder, check=True)
    return github


def preview(host: GitHub, **more: str) -> subprocess.CompletedProcess[str]:
    instead = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{host.folder / 'there.git'}.insteadOf",
        "GIT_CONFIG_VALUE_0": "git@github.com:other/previews.git",
        "GITHUB_OUTPUT": str(host.folder / "output"),
    }
    return host.run("preview", **{**HERE, **instead, **more})


def there(host: GitHub) -> list[str]:
    command = ["git", "ls-tree", "-r", "--name-only", "gh-pages"]
    return subprocess.run(
        command, cwd=host.folder / "there.git", capture_output=True, text=True, check=False
    ).stdout.split()


@needs_tools
def test_a_preview_is_copied_to_another_origin(host: GitHub) -> None:
    ran = preview(host)
    assert ran.returncode == 0, ran.stderr
    assert there(host) == [".nojekyll", "5/index.html", "robots.txt"]
    assert (host.folder / "output").read_text(encoding="utf-8") == "url=https://previews.example.net/5/\n"
    assert not (host.folder / "work" / "key").exists()


@needs_tools
@pytest.mark.parametrize(
    "origin",
    [
        "https://o.github.io",
        "https://O.GitHub.io/",
        "http://previews.example.net",
        "https://previews.example.net/a",
        "https://u@o.github.io",
        "https://o.github.io:8080",
    ],
)
def test_no_preview_on_the_guides_own_origin(host: GitHub, origin: str) -> None:
    ran = preview(host, PREVIEW_ORIGIN=origin)
    assert ran.returncode == 1
    assert "::error title=no preview::PREVIEW_ORIGIN" in ran.stdout
    assert there(host) == []


def test_a_preview_is_off_until_somebody_sets_it() -> None:
    assert workflow("preview")["jobs"]["preview"]["if"].startswith("vars.PREVIEW_ORIGIN != ''")

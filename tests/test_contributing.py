"""The whole way of a contribution, in a clone: a first fix, bad edits and what they are told, a sixth article.

Everything runs as a contributor would run it: the command in a process of its own, and MkDocs for the site.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import PROJECT

COMMAND = "import sys; from commonground.cli import main; sys.exit(main(sys.argv[1:]))"


@dataclass(frozen=True)
class Clone:
    """A clone of this repository as it is in the working tree, committed, so that changes can be compared with it."""

    folder: Path

    def git(self, *arguments: str) -> str:
        names = ["-c", "user.name=A contributor", "-c", "user.email=contributor@example.org"]
        command = ["git", "-C", str(self.folder), *names, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def run(self, *arguments: str, code: int | None = 0) -> str:
        """Run `commonground`, and return what it prints for people: findings, and what it says beside them."""
        return self._ran([sys.executable, "-c", COMMAND, *arguments], code)

    def site(self) -> Path:
        """Build the site as `make site` does."""
        self._ran([sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--clean"], 0)
        return self.folder / "site"

    def _ran(self, command: list[str], code: int | None) -> str:
        environment = os.environ | {"PYTHONPATH": str(self.folder / "scripts"), "NO_MKDOCS_2_WARNING": "1"}
        ran = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        assert "Traceback" not in ran.stderr, ran.stderr
        assert code in {None, ran.returncode}, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> int:
        """Replace what stands once in a file, and return the line in which it stood."""
        text = self.read(path)
        assert text.count(old) == 1, (path, old, text.count(old))
        (self.folder / path).write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def back(self) -> None:
        """Take every change back."""
        self.git("reset", "-q", "--hard", "start")
        self.git("clean", "-q", "-f", "-d")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """Clone the repository once, with what is not committed yet laid over it."""
    clone = Clone(tmp_path_factory.mktemp("contribution") / "guide")
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(PROJECT), str(clone.folder)], check=True)
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if (PROJECT / name).is_file():
            (clone.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT / name, clone.folder / name)
        else:
            (clone.folder / name).unlink(missing_ok=True)
    clone.git("add", "-A")
    clone.git("commit", "-q", "--allow-empty", "-m", "start")
    clone.git("tag", "start")
    return clone


@pytest.fixture
def clone(made: Clone) -> Clone:
    made.back()
    return made


# A first fix


def test_one_word_is_mended(clone: Clone) -> None:
    clone.edit("docs/guide/give-space.md", "Giving space can hurt.", "Giving space may hurt.")
    assert "0 errors, 0 warnings" in clone.run("check", "--strict", "--diff", "start", "docs/guide/give-space.md")
    report = clone.run("report", "changes", "--against", "start", "--format", "markdown")
    assert "guide/give-space" in report
    page = (clone.site() / "guide" / "give-space" / "index.html").read_text(encoding="utf-8")
    assert "Giving space may hurt." in page


def test_nothing_is_told_of_a_clone_in_which_nothing_changed(clone: Clone) -> None:
    assert clone.run("check", "--strict").strip() == "0 errors, 0 warnings"
    assert "Nothing changes for readers." in clone.run("report", "changes", "--against", "start")


# Bad edits


@dataclass(frozen=True)
class Slip:
    """An edit that should not be taken in, and what its author is told, at the line of the edit plus `below`."""

    path: str
    old: str
    new: str
    code: str
    told: str
    below: int = 0


SLIPS = {
    "a topic that is misspelt": Slip(
        "docs/sources/article-3.md",
        'wb-01 topic="go-slowly"',
        'wb-01 topic="go-slowley"',
        "unknown-name",
        'Did you mean "go-slowly"?',
    ),
    "a bullet that lost its attribute line": Slip(
        "docs/sources/article-3.md",
        '  { #wb-05 topic="apologise" scope="self" }\n',
        "",
        "no-attributes",
        "This has no attribute line.",
        below=-1,
    ),
    "pasted HTML": Slip(
        "docs/guide/give-space.md", "Giving space can hurt.", "Giving space <b>can</b> hurt.", "raw-html", "in Markdown"
    ),
    "a link that runs code": Slip(
        "docs/about.md", "(rules.md)", "(javascript:alert%281%29)", "unsafe-address", "not a link that a page may hold"
    ),
    "a link to no page": Slip("docs/about.md", "(rules.md)", "(rule.md)", "broken-link", 'Did you mean "rules.md"?'),
    "front matter that is no YAML": Slip(
        "docs/guide/give-space.md", "title: Give them space", "title: Give: them: space", "not-yaml", "A colon and"
    ),
    "a blank line between bullets": Slip(
        "docs/sources/article-3.md",
        "- **Listen to how they see it.**",
        "\n- **Listen to how they see it.**",
        "loose-list",
        "Take the blank lines",
    ),
    "a relation that is not returned": Slip(
        "docs/guide/give-space.md",
        "  let-go: if the answer is no\n",
        "  let-go: if the answer is no\n  forgive: for later\n",
        "one-sided",
        "Add it in docs/guide/forgive.md",
        below=1,
    ),
    "a line of a checklist without its box": Slip(
        "docs/checklists/before-you-write.md", "- [ ] They", "- They", "no-box", "Start it with `- [ ] `"
    ),
    "a phrase that promises": Slip(
        "docs/guide/give-space.md",
        "Giving space can hurt.",
        "Giving space will win them back.",
        "promise-back",
        "winning a person back",
    ),
    "a spelling mistake": Slip(
        "docs/guide/give-space.md",
        "Giving space can hurt.",
        "Giving space can definately hurt.",
        "misspelling",
        "definitely",
    ),
    "a sentence without an end": Slip(
        "docs/guide/give-space.md",
        "Giving space can hurt.",
        "Giving space can hurt " + "and hurt and hurt " * 8 + "a lot.",
        "long-sentence",
        "words",
    ),
    "a telephone number": Slip(
        "docs/guide/get-help.md",
        "\n---\n",
        "\n---\n\nCall 0800 123 4567 now.\n",
        "phone-number",
        "Link to the service",
        below=3,
    ),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS.keys())
def test_a_bad_edit_is_told_at_its_line(clone: Clone, slip: Slip) -> None:
    line = clone.edit(slip.path, slip.old, slip.new) + slip.below
    told = clone.run("check", "--strict", "--diff", "start", code=1)
    found = re.search(rf"^{re.escape(slip.path)}:{line}:\d+: (?:warning: )?{slip.code} (.*\n(?:  .*\n)*)", told, re.M)
    assert found, told
    assert slip.told in found[1]
    level = "warning" if "warning: " in found[0] else "error"
    annotated = clone.run("check", "--diff", "start", "--format", "github", slip.path, code=None)
    assert f"::{level} file={slip.path},line={line}," in annotated


# Something new


def test_what_new_makes_can_be_built_at_once(clone: Clone) -> None:
    clone.run("new", "topic", "Share the news", "--stage", "rebuild", "--scope", "together")
    clone.run("new", "checklist", "Before you tell people", "--topic", "boundaries")
    clone.run("new", "question", "Who do we tell first?", "--topic", "boundaries")
    clone.run("new", "source", "A calm article")
    told = clone.run("check", code=0)
    assert "0 errors, " in told
    assert {line.split(" ")[2] for line in told.splitlines() if ": warning: " in line} <= {
        "sample-text",
        "unrecorded-address",
        "short-page",
        "no-guard",
    }


# A sixth article


# Somebody else's article, as it was saved.
ARTICLE = """\
Ten quiet weeks

By a friend

Before you write

Put the telephone in a drawer after nine in the evening. Night thoughts make long letters that morning regrets.

Ask a neighbour to read the letter first. Whoever is not in love sees the sharp edges.

When you meet

Choose a bench outdoors and agree on an hour. Either person may leave early without a reason.
"""


def reworded(draft: str) -> str:
    """What a contributor makes of the draft: own words, a topic and a scope for each bullet, and no draft any more."""
    front, _, body = draft.partition("\n---\n")
    front = front.replace("draft: true\n", "")
    ids = re.findall(r"\{ #(\S+)", body)
    said = [
        ("Leave your phone in another room at night.", "What is written late is seldom kind.", "make-contact", "first"),
        ("Read your message as if it came to you.", "Think how each line may sound.", "make-contact", "first"),
        ("Meet in the open for a short time.", "Each of you can go when you like.", "time-together", "talking"),
    ]
    bullets = [
        f'- **{lead}** {why}\n  {{ #{name} topic="{topic}" scope="{scope}" }}'
        for name, (lead, why, topic, scope) in zip(ids, said, strict=False)
    ]
    return f"{front}\n---\n\nA short letter of advice.\n\n## All of it\n\n" + "\n".join(bullets) + "\n"


def test_a_sixth_article_comes_in(clone: Clone) -> None:
    pytest.importorskip("scipy", reason="the extra review is not installed")
    raw = clone.folder.parent / "ten-quiet-weeks.txt"
    raw.write_text(ARTICLE, encoding="utf-8")
    clone.run("import", str(raw))
    drafts = clone.git("ls-files", "--others", "--exclude-standard", "docs/sources").split()
    assert len(drafts) == 1
    assert (clone.folder / "echoes" / "6.txt").is_file()

    # A draft is the article's words: `check` says so, and the site is built without it.
    assert " echo " in clone.run("check", code=1)
    assert "0 errors" in clone.run("check", "--published")

    # In own words, each point wants a decision, and is told what the guide has already.
    draft = clone.read(drafts[0])
    (clone.folder / drafts[0]).write_text(reworded(draft), encoding="utf-8")
    points = re.findall(r"\{ #(\S+)", clone.read(drafts[0]))
    assert len(points) == 3
    told = clone.run("check", "--strict", drafts[0], code=1)
    assert told.count("undecided-point") == 3
    listed = clone.run("review", "--list", "--undecided")
    assert all(point in listed for point in points)
    report = clone.run("report", "changes", "--against", "start", "--format", "markdown")
    settle = re.search(rf"commonground review --same {points[1]} (\S+)`", report)
    assert settle, report
    group = settle[1]

    # Two are new, one joins what is there; the pages that print them list them; everything holds.
    clone.run("review", "--new", points[0])
    clone.run("review", "--new", points[2])
    clone.run("review", "--same", points[1], group)
    clone.run("check", "--fix", code=None)
    for topic, point in (("make-contact", points[0]), ("time-together", points[2])):
        clone.edit(f"docs/guide/{topic}.md", "\nadvice: [", f"\nadvice: [{point}, ")
    clone.run("addresses", "--write")
    assert clone.run("check", "--strict").strip() == "0 errors, 0 warnings"

    report = clone.run("report", "changes", "--against", "start", "--format", "markdown")
    assert "Leave your phone in another room at night." in report
    assert group in report
    site = clone.site()
    assert 'id="' + points[0] + '"' in (site / "guide" / "make-contact" / "index.html").read_text(encoding="utf-8")
    assert (site / Path(drafts[0]).relative_to("docs").with_suffix("") / "index.html").is_file()

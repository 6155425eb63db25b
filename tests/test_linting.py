"""`check` as a linter: parts of the content, what is new, what is mended, what is excepted, and what is shown of it."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground import suppressions
from commonground.building import build
from commonground.cli import main
from commonground.diagnostics import Diagnostic, Fix, Severity, as_text, did_you_mean, underlined
from commonground.fixing import fixed
from commonground.linting import Project, mended, news
from tests.casefile import BASE

SOURCE = "sources/article-1.md"
BAD_STAGE = "stage: prepar\n"


def change(project: Path, path: str, old: str, new: str) -> None:
    """Replace what stands once in a file of the project's content."""
    file = project / "docs" / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    """Run the command: the exit code, the findings' first lines, and what it says beside them."""
    code = main(["check", *arguments])
    out, err = capsys.readouterr()
    return code, [line for line in out.splitlines() if not line.startswith(" ")], err.strip()


# Some files of the content


@pytest.fixture
def two_faults(project: Path) -> Path:
    change(project, "guide/boxes.md", "stage: prepare\n", BAD_STAGE)
    change(project, "faq.md", 'topics="lifting"', 'topics="liftin"')
    return project


@pytest.mark.parametrize(
    ("paths", "files", "elsewhere"),
    [
        ([], ["docs/faq.md", "docs/guide/boxes.md"], ""),
        (["docs"], ["docs/faq.md", "docs/guide/boxes.md"], ""),
        (["docs/guide"], ["docs/guide/boxes.md"], " (1 finding in other files)"),
        (["docs/guide/"], ["docs/guide/boxes.md"], " (1 finding in other files)"),
        (["docs/faq.md", "docs/guide/boxes.md"], ["docs/faq.md", "docs/guide/boxes.md"], ""),
        (["docs/index.md"], [], " (2 findings in other files)"),
    ],
)
@pytest.mark.usefixtures("two_faults")
def test_some_paths(paths: list[str], files: list[str], elsewhere: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines, err = run(capsys, *paths)
    assert [line.partition(":")[0] for line in lines] == files
    assert code == bool(files)
    assert err.endswith(f"warnings{elsewhere}")


@pytest.mark.parametrize("path", ["docs/gone.md", "/etc/hostname", "..", "mkdocs.yml"])
@pytest.mark.usefixtures("project")
def test_paths_that_are_not_of_the_project(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, path)[0] == 2


@pytest.mark.usefixtures("two_faults")
def test_paths_are_seen_from_where_one_stands(
    two_faults: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(two_faults / "docs" / "guide")
    code, lines, _ = run(capsys, "boxes.md", "--project", "../..")
    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith("docs/guide/boxes.md:4:8: ")


@pytest.mark.usefixtures("project")
def test_strict_counts_warnings(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, "guide/boxes.md", "advice: [a-01, m01]", "advice: [m01]")
    assert run(capsys)[0] == 0
    assert run(capsys, "--strict")[0] == 1


# What is new


@pytest.fixture
def repository(project: Path) -> Path:
    """The project with a fault in it, as a commit."""
    change(project, "faq.md", 'topics="lifting"', 'topics="liftin"')
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "all"]):
        names = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *names, *command], cwd=project, check=True)
    return project


def test_only_what_is_new(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys)[0] == 1
    assert run(capsys, "--diff", "HEAD") == (0, [], "0 errors, 0 warnings")
    change(repository, "guide/boxes.md", "stage: prepare\n", BAD_STAGE)
    code, lines, _ = run(capsys, "--diff", "HEAD")
    assert code == 1
    assert lines == ['docs/guide/boxes.md:4:8: unknown-name There is no stage "prepar".']


def test_what_a_change_breaks_in_another_file_is_new(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository, "guide/boxes.md", "  plan-the-move: if there is no plan yet\n", "  plan-the-move: no plan yet\n")
    change(repository, "guide/plan-the-move.md", "  boxes:", "  lifting:")
    lines = run(capsys, "--diff", "HEAD")[1]
    assert any(line.startswith("docs/guide/boxes.md:") and "one-sided" in line for line in lines)


def test_old_findings_may_move(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (repository / "docs" / "faq.md").read_text(encoding="utf-8")
    (repository / "docs" / "faq.md").write_text(text.replace("---\n\n", "---\n\n\n\n", 1), encoding="utf-8")
    assert run(capsys, "--diff", "HEAD")[0] == 0


@pytest.mark.parametrize("revision", ["gone", "--output=x", ""])
@pytest.mark.usefixtures("repository")
def test_no_such_revision(repository: Path, revision: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, f"--diff={revision}")
    assert code == 2
    assert "There is no revision" in err
    assert not (repository / "x").exists()


@pytest.mark.usefixtures("project")
def test_no_repository(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", "/")
    code, _, err = run(capsys, "--diff", "HEAD")
    assert code == 2
    assert "no git repository" in err


def _found(*lines: int, code: str = "long") -> list[Diagnostic]:
    return [Diagnostic("docs/a.md", line, 1, code, "Too long.") for line in lines]


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ("one\n", "one\n", []),
        ("one\n", "two\n", [1]),
        ("one\n", "one\none\n", [2]),
        ("one\ntwo\n", "two\none\n", []),
    ],
)
def test_a_finding_is_known_by_its_line(before: str, after: str, new: list[int]) -> None:
    def checked(text: str) -> tuple[Project, Sequence[Diagnostic]]:
        return Project({"docs/a.md": text.encode()}), _found(*range(1, text.count("\n") + 1))

    assert [one.line for one in news(checked(before), checked(after))] == new


# Mending


def test_fixes_are_made_from_the_back_and_only_where_they_belong() -> None:
    findings = [
        Diagnostic("a", 1, 5, "x", "", fix=Fix("don't", "do not")),
        Diagnostic("a", 2, 1, "x", "", fix=Fix("gone", "there")),
        Diagnostic("a", 1, 5, "y", "", fix=Fix("don't go", "stay")),
        Diagnostic("a", 2, 9, "x", "", fix=Fix("can't\nwill", "cannot\nwill")),
        Diagnostic("a", 9, 1, "x", "", fix=Fix("", "beyond the end")),
    ]
    assert fixed("You don't go.\nThey, I can't\nwill\n", findings) == ("You do not go.\nThey, I cannot\nwill\n", 2)


@given(st.text(alphabet="ab \n"))
def test_mending_is_done_when_nothing_is_left_to_mend(text: str) -> None:
    def check(project: Project) -> list[Diagnostic]:
        rows = project.files["docs/a.md"].decode().split("\n")
        return [
            Diagnostic("docs/a.md", number, row.index("a") + 1, "x", "", fix=Fix("a", "b"))
            for number, row in enumerate(rows, start=1)
            if "a" in row
        ]

    project, made = mended(Project({"docs/a.md": text.encode()}), check)
    rounds = max(row.count("a") for row in text.split("\n"))
    if rounds <= 10:
        assert project.files["docs/a.md"].decode() == text.replace("a", "b")
        assert made == text.count("a")
        assert mended(project, check) == (project, 0)


def test_fix_writes_what_it_mends_and_nothing_else(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    change(project, "index.md", "\n---\n", "\n---\n\nGo now. <!-- allow echo: chance -->\n")
    mendable = (project / "docs" / "index.md").read_text(encoding="utf-8")
    none, some = "Mended 0 places in 0 files.\n0 errors, 0 warnings", "Mended 1 place in 1 file.\n0 errors, 0 warnings"
    assert run(capsys, "--fix", "docs/guide") == (0, [], f"{none} (1 finding in other files)")
    assert run(capsys, "--fix") == (0, [], some)
    assert run(capsys, "--fix") == (0, [], none)
    after = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    mended_one = mendable.replace(" <!-- allow echo: chance -->", "")
    assert after == before | {project / "docs" / "index.md": mended_one.encode()}


@pytest.mark.parametrize(
    ("path", "slip", "code"),
    [
        (SOURCE, ("\n- **Write on every box.**", "\n \n\n- **Write on every box.**"), "loose-list"),
        (SOURCE, ("\n- **Write on every box.**", "\n-**Write on every box.**"), "almost-bullet"),
        (SOURCE, ("\n  { #a-02", "\n\n  { #a-02"), "almost-bullet"),
        (SOURCE, ("\n  { #a-02", " { #a-02"), "bad-attribute"),
        (SOURCE, ("## Packing", "##Packing"), "bad-heading"),
        ("faq.md", ("Packing", "Pa\xadck\u200bing"), "hidden-character"),
        ("faq.md", ("[Label them](guide", "[Label them] (guide"), "broken-markup"),
        ("faq.md", ("### May I", "###May I"), "bad-heading"),
    ],
)
def test_fix_undoes_a_slip(
    project: Path, path: str, slip: tuple[str, str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = project / "docs" / path
    before = page.read_text(encoding="utf-8")
    change(project, path, *slip)
    assert [line.split()[1] for line in run(capsys)[1]] == [code]
    assert run(capsys, "--fix")[:2] == (0, [])
    assert page.read_text(encoding="utf-8") == before


def test_fix_parts_a_list_from_its_paragraph(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, "index.md", "\n---\n", "\n---\n\nPack\n- boxes\n- bags\n")
    assert [line.split()[1] for line in run(capsys)[1]] == ["glued-list"]
    assert run(capsys, "--fix")[:2] == (0, [])
    assert "\nPack\n\n- boxes\n- bags\n" in (project / "docs" / "index.md").read_text(encoding="utf-8")


# Exceptions


@pytest.mark.parametrize(
    ("text", "path", "found"),
    [
        ("---\ntitle: x\n---\nAlways. <!-- allow absolute: a law -->\n", "a.md", [("absolute", "a law", [4])]),
        ("---\n# allow-in-file absolute: a law\n---\nA\n", "a.md", [("absolute", "a law", [1, 2, 3, 4, 5])]),
        ("---\ntitle: x\n---\n\n<!-- allow we: b -->\nOne\ntwo.\n\nThree.\n", "a.md", [("we", "b", [6, 7])]),
        ("a: always # allow absolute: a law\nb: c\n", "a.yml", [("absolute", "a law", [1])]),
        ("# allow absolute: a law\na: always\nb: c\n", "a.yml", [("absolute", "a law", [2])]),
        ("---\ntitle: x\n---\n# allow late replies: a heading\n", "a.md", []),
        ("a: x # allow absolute\n", "a.yml", [("absolute", "", [1])]),
        ("<!-- allow a: b --> more\n", "a.md", []),
        ("<!-- allow a: b -->", "a.md", [("a", "b", [2])]),
    ],
)
def test_exceptions_are_found(text: str, path: str, found: list[tuple[str, str, list[int]]]) -> None:
    seen = list(suppressions.find(text, path))
    assert [(one.code, one.reason, list(one.lines)) for one in seen] == found
    for one in seen:
        row = text.split("\n")[one.span.line - 1]
        assert row.startswith(one.written, one.span.column - 1)


def test_exceptions_hold_back_what_they_name_and_are_told_when_idle() -> None:
    text = "---\ntitle: x\n---\nOne. <!-- allow we: ours -->\nTwo. <!-- allow we: ours -->\nThree. <!-- allow we -->\n"
    text += "Four. <!-- allow raw-html: please -->\nFive. <!-- allow fear: I know -->\n"
    findings = [
        Diagnostic("a.md", line, 1, code, "")
        for line, code in [(4, "we"), (4, "you"), (6, "we"), (7, "raw-html"), (8, "fear")]
    ]
    left = suppressions.apply(findings, {"a.md": text}, {"we", "you"}, {"fear": "Mend it."})
    assert [(one.line, one.code) for one in left] == [
        (4, "you"),
        (5, "unused-exception"),
        (6, "we"),
        (6, "bad-exception"),
        (7, "raw-html"),
        (7, "bad-exception"),
        (8, "fear"),
        (8, "bad-exception"),
    ]
    assert (left[-1].message, left[-1].hint) == (
        'No exception can be made from "fear": it keeps readers safe.',
        "Mend it.",
    )
    idle = next(one for one in left if one.code == "unused-exception")
    assert fixed(text, [idle])[0].split("\n")[4] == "Two."


@given(st.text(alphabet="a: -<!>\nlow#"))
def test_taking_exceptions_out_moves_no_row(text: str) -> None:
    left = suppressions.without(f"{text} <!-- allow we: ours -->\n{text}")
    assert left.count("\n") == text.count("\n") * 2 + 1
    assert "ours" not in left


def test_no_exception_reaches_a_page_and_none_hides_a_danger(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, "index.md", "\n---\n", "\n---\n\n<b>Now</b> go. <!-- allow raw-html: please -->\n")
    code, lines, _ = run(capsys)
    assert code == 1
    assert [line.split(": ")[0].split(":")[0] + " " + line.split()[1] for line in lines] == [
        "docs/index.md raw-html",
        "docs/index.md bad-exception",
    ]


def test_a_page_does_not_show_its_exceptions(base: dict[str, bytes]) -> None:
    written = base["index.md"].decode()
    assert written.count("\n---\n") == 1
    files = base | {"index.md": written.replace("\n---\n", "\n---\n\nGo now. <!-- allow we: ours -->\n").encode()}
    page = next(page.text for page in build(files).pages if page.path == "index.md")
    assert "Go now.\n" in page
    assert "allow" not in page


# Links within the site


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("index.md", "See [a](guide/boxes.md#m01), [c](#start) or [d](guide/lifting.md#a-b).", []),
        ("index.md", "See [a](guide/lifting.md#where-this-came-from).", []),
        ("index.md", "See [a](boxs.md).", [(9, 'There is no page "boxs.md". Did you mean "guide/boxes.md"?')]),
        ("index.md", "See [a](guide/boxs.md).", [(9, 'There is no page "guide/boxs.md". Did you mean "guide/boxes')]),
        (
            "guide/boxes.md",
            "See [a](guide/lifting.md).",
            [(9, 'There is no page "guide/guide/lifting.md". Did you mean "lifting.md"?')],
        ),
        ("guide/boxes.md", 'See [a](../index.md), [b](lifting.md "t") and [c](https://example.org/x.md#y).', []),
        ("index.md", "See [a](guide/boxes.md#m99).", [(9, 'There is no place "m99" on the page "guide/boxes.md".')]),
        ("index.md", "See [a](#strat).", [(9, 'There is no place "strat" on the page "index.md".')]),
        ("index.md", "Write `[a](gone.md)`, then [b](gone.md).", [(32, 'There is no page "gone.md".')]),
        ("index.md", "![a](box.png) ![b](boxs.png)", [(20, 'There is no picture "boxs.png". Did you mean "box.png"?')]),
        ("index.md", "See [a](guide/boxes/).", [(9, 'There is no page "guide/boxes". Did you mean "guide/boxes.md"?')]),
        ("index.md", "See [a]().", [(9, "This link leads nowhere.")]),
        ("faq.md", "See [a](faq.md#q-alone) and [b](checklists/index.md).", []),
    ],
)
def test_links_lead_somewhere(
    project: Path, path: str, text: str, found: list[tuple[int, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    change(project, "index.md", "\n---\n", "\n---\n\n## Start\n\n")
    change(project, "guide/lifting.md", "<!-- advice -->", "<!-- advice -->\n\n## A b\n\nText.")
    change(project, path, "\n---\n", f"\n---\n\n{text}\n")
    (project / "docs" / "box.png").write_bytes(b"\x89PNG")
    main(["check", "--format", "json"])
    findings = [one for one in json.loads(capsys.readouterr().out) if one["code"] == "broken-link"]
    said = [(one["column"], f"{one['message']} {one['hint']}") for one in findings]
    assert len(said) == len(found)
    for (column, words), (wanted, start) in zip(said, found, strict=True):
        assert column == wanted
        assert words.startswith(start)
    rows = (project / "docs" / path).read_text(encoding="utf-8").split("\n")
    assert all(rows[one["line"] - 1] == text for one in findings)


def test_links_to_files_are_followed_even_where_an_error_stands(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(project, "guide/boxes.md", "stage: prepare\n", BAD_STAGE)
    change(project, "index.md", "\n---\n", "\n---\n\nSee [a](faq.md#gone), [b](gone.md) and [c](guide/boxes.md).\n")
    assert [line.split()[1] for line in run(capsys)[1]] == ["unknown-name", "broken-link"]


# What day it is


HELP = """entries:
  - name: A line
    kind: crisis
    scope: international
    url: https://example.org/help
    last_checked: '2026-01-01'
    checked_by: an editor
"""


@pytest.mark.parametrize(
    ("today", "severity"),
    [
        ("2026-01-01", None),
        ("2026-04-01", None),
        ("2026-04-02", Severity.WARNING),
        ("2026-06-30", Severity.WARNING),
        ("2026-07-01", Severity.ERROR),
        ("2025-12-31", Severity.WARNING),
    ],
)
def test_help_entries_grow_old(
    project: Path, capsys: pytest.CaptureFixture[str], today: str, severity: Severity | None
) -> None:
    help_ = project / "docs" / "help.yml"
    kept = "".join(line for line in help_.read_text(encoding="utf-8").splitlines(True) if "entries" not in line)
    help_.write_text(kept + HELP, encoding="utf-8")
    assert run(capsys)[:2] == (0, [])
    code, lines, _ = run(capsys, "--today", today)
    assert code == (severity is Severity.ERROR)
    assert [" stale-help " in line and ("warning: " in line) == (severity is Severity.WARNING) for line in lines] == [
        True
    ] * (severity is not None)
    row = help_.read_text(encoding="utf-8").splitlines().index("    last_checked: '2026-01-01'") + 1
    assert all(line.startswith(f"docs/help.yml:{row}:19: ") for line in lines)


@pytest.mark.usefixtures("project")
def test_a_day_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--today", "soon")[0] == 2


# What is shown


@pytest.mark.parametrize(
    ("row", "column", "length", "shown"),
    [
        ("stage: prepar", 8, 1, ("stage: prepar", "       ^^^^^^")),
        ("a very long one", 3, 4, ("a very long one", "  ^^^^")),
        ("short", 9, 1, ("short", "     ^")),
        ("\tx\u202ey\x1b[31m", 2, 1, (" x\ufffdy\ufffd[31m", " ^")),
        ("a" * 300, 150, 3, ("…" + "a" * 100 + "…", " " * 26 + "^" * 75)),
    ],
)
def test_the_place_in_the_line_is_underlined(row: str, column: int, length: int, shown: tuple[str, str]) -> None:
    assert underlined(row, column, length) == shown


@given(st.text(max_size=300), st.integers(1, 400), st.integers(0, 50))
def test_any_row_can_be_shown(row: str, column: int, length: int) -> None:
    excerpt, marks = underlined(row, column, length)
    assert excerpt.isprintable() or not excerpt
    assert "^" in marks
    assert len(marks) <= 110


def test_a_place_at_the_front_of_a_file_shows_no_line() -> None:
    finding = Diagnostic("a.md", 1, 1, "empty-topic", "No advice.", "Give it some.")
    assert as_text(finding, "---") == "a.md:1:1: empty-topic No advice.\n    Give it some."


def test_the_base_is_what_these_tests_take_it_for() -> None:
    assert "stage: prepare\n" in (BASE / "guide" / "boxes.md").read_text(encoding="utf-8")


def test_a_voice_that_is_no_utf_8_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "voice.yml").write_bytes(b"names:\n  - caf\xe9\n")
    code, lines, _ = run(capsys)
    assert (code, lines) == (1, ["voice.yml:2:1: not-utf-8 The file is not UTF-8 text."])


def test_a_broken_merge_is_all_that_is_said_of_its_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, "index.md", "\n---\n", "\n---\n\n<<<<<<< HEAD\nGo. <!-- allow echo: chance -->\n>>>>>>> b\n")
    code, lines, _ = run(capsys)
    assert code == 1
    assert [line.split()[1] for line in lines] == ["merge-conflict"]


# Names that are near


@pytest.mark.parametrize(
    ("name", "known", "hint"),
    [
        ("prepar", ["prepare", "carry"], 'Did you mean "prepare"?'),
        ("reach-ou", ["reach-out"], 'Did you mean "reach-out"?'),
        ("Reach out", ["reach-out"], 'Did you mean "reach-out"?'),
        ("go-slowley", ["go-slowly"], 'Did you mean "go-slowly"?'),
        ("dya", ["day", "van"], 'Did you mean "day"?'),
        ("guide/forgve.md", ["guide/forgive.md"], 'Did you mean "guide/forgive.md"?'),
        ("guide/gone.md", [f"guide/page{letter}.md" for letter in "abcdefghijklmnopqrstuvwxyz"], ""),
        ("m45", ["m85", "m46"], "Expected one of: m46, m85."),
        ("jb-42", ["jb-11"], "Expected one of: jb-11."),
        ("forgive", ["boundaries", "listen"], "Expected one of: boundaries, listen."),
    ],
)
def test_only_what_is_near_is_offered(name: str, known: list[str], hint: str) -> None:
    assert did_you_mean(name, known) == hint

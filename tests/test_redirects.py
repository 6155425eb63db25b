"""The record of addresses: what is lost, where it most likely went, what is new, and that nothing ever leaves it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.addresses import published
from commonground.building import build
from commonground.cli import main
from commonground.diagnostics import Severity
from commonground.model import Guide
from commonground.reading import read_folder
from commonground.redirects import compare, record
from tests.casefile import BASE

FILES = read_folder(BASE)
GUIDE = build(FILES).guide
RECORD = record("", GUIDE)
ADDRESSES = sorted(published(GUIDE))


def guide(changes: dict[str, bytes | None]) -> Guide:
    """The small guide with files in the place of its own, beside them, or (None) taken away."""
    files = {path: raw for path, raw in (FILES | changes).items() if raw is not None}
    result = build(files)
    assert result.findings == ()
    return result.guide


def redirected(text: str) -> Guide:
    return guide({"redirects.yml": text.encode()})


def told(text: str, now: Guide) -> list[tuple[int, str, str]]:
    """Line, code and words of each finding."""
    return [(one.line, one.code, f"{one.message} {one.hint}") for one in compare(text, now)]


def test_what_the_small_guide_promises() -> None:
    assert "./" in ADDRESSES
    assert "checklists/" in ADDRESSES
    assert "stages/prepare/" in ADDRESSES
    assert [one for one in ADDRESSES if one.startswith("guide/boxes/")] == [
        "guide/boxes/",
        "guide/boxes/#a-01",  # alone
        "guide/boxes/#a-02",  # a member of the group
        "guide/boxes/#b-01",
        "guide/boxes/#m01",
        "guide/boxes/#t1",
    ]
    assert {"faq/#q-alone", "checklists/moving-day/#shoes", "sources/article-2/#b-03", "tensions/#t1"} <= {*ADDRESSES}
    assert {"guide/lifting/#b-03", "guide/lifting/#left-out-b-03"} <= {*ADDRESSES}  # which m03 replaces


def test_nothing_is_said_of_a_guide_whose_record_is_complete() -> None:
    assert compare(RECORD, GUIDE) == []
    assert [line for line in RECORD.splitlines() if line[:1] != "#"] == ADDRESSES


def test_a_page_that_was_renamed_is_one_finding_with_the_line_to_add() -> None:
    changes: dict[str, bytes | None] = {}
    for path, raw in FILES.items():
        changes[path.replace("lifting", "carrying")] = raw.replace(b"lifting", b"carrying")
    now = guide(changes | {"guide/lifting.md": None})
    [new, finding] = compare(RECORD, now)
    assert (finding.code, finding.severity, finding.path) == ("lost-address", Severity.ERROR, "addresses.txt")
    assert RECORD.splitlines()[finding.line - 1] == "guide/lifting/"
    assert '"guide/lifting/: guide/carrying/"' in finding.hint
    assert (new.code, new.severity) == ("unrecorded-address", Severity.WARNING)
    mended = guide(changes | {"guide/lifting.md": None, "redirects.yml": b"guide/lifting/: guide/carrying/\n"})
    assert [one.code for one in compare(RECORD, mended)] == ["unrecorded-address"]
    assert compare(record(RECORD, mended), mended) == []


def test_a_page_that_moved_takes_along_only_what_went_with_it() -> None:
    old = f"{RECORD}guide/packing/\nguide/packing/#m01\nguide/packing/#m09\n"
    number = len(old.splitlines())
    now = redirected("guide/packing/: guide/boxes/\n")
    assert [(line, code) for line, code, _ in told(old, now)] == [(number, "lost-address")]
    assert compare(old, redirected("guide/packing/: guide/boxes/\nguide/packing/#m09: guide/boxes/#m01\n")) == []
    into_one_place = redirected("guide/packing/: guide/boxes/#m01\n")
    assert compare(old, into_one_place) == []


@pytest.mark.parametrize(
    ("lost", "line"),
    [
        ("guide/plan-the-move/#m01", "guide/plan-the-move/#m01: guide/boxes/#m01"),  # the same id, elsewhere
        ("guide/boxes/#left-out-b-02", "guide/boxes/#left-out-b-02: guide/plan-the-move/#b-02"),  # back in
        ("guide/boxes/#m77", "guide/boxes/#m77: guide/boxes/"),  # gone: its page is the nearest
        ("faq/#q-how-long", "faq/#q-how-long: faq/"),
        ("guide/box/", "guide/box/: guide/boxes/"),  # a like name
        ("xyzzy/", "xyzzy/: guide/where-it-is-now/"),
    ],
)
def test_what_is_lost_is_named_with_the_nearest_address(lost: str, line: str) -> None:
    [(_, code, words)] = told(f"{RECORD}{lost}\n", GUIDE)
    assert code == "lost-address"
    assert f'Add the line "{line}" to docs/redirects.yml' in words


def test_a_redirect_that_is_taken_out_again_is_missed() -> None:
    now = redirected("guide/packing/: guide/boxes/\n")
    old = f"{RECORD}guide/packing/\n"
    assert compare(old, now) == []
    assert compare(record(old, now), now) == []
    assert [code for _, code, _ in told(record(old, now), GUIDE)] == ["lost-address"]


def test_new_addresses_are_one_warning() -> None:
    few = "".join(f"{one}\n" for one in ADDRESSES if not one.startswith("guide/boxes/"))
    [finding] = compare(few, GUIDE)
    assert finding.code == "unrecorded-address"
    assert finding.severity is Severity.WARNING
    assert "guide/boxes/, guide/boxes/#a-01," in finding.message
    assert finding.message.endswith(" and 1 more.")
    assert "commonground addresses --write" in finding.hint


def test_a_merge_conflict_is_found_and_mended_without_loss() -> None:
    lines = RECORD.splitlines()
    conflict = "\n".join([*lines, "<<<<<<< ours", "faq/#q-new", "=======", "faq/#q-other", ">>>>>>> theirs"])
    codes = [code for _, code, _ in told(conflict, GUIDE)]
    assert codes == ["bad-record", "lost-address", "bad-record", "lost-address", "bad-record"]
    mended = record(conflict, GUIDE)
    assert {"faq/#q-new", "faq/#q-other"} <= {*mended.splitlines()}
    assert "bad-record" not in [code for _, code, _ in told(mended, GUIDE)]


@given(st.lists(st.sampled_from(ADDRESSES)), st.permutations(ADDRESSES).map(lambda one: one[:9]), st.text(max_size=30))
def test_recording_adds_and_never_takes_away(some: list[str], others: list[str], scrap: str) -> None:
    before = "\n".join([*some, scrap, *others])
    after = record(before, GUIDE)
    assert {*ADDRESSES} <= {*after.splitlines()}
    assert after == record(after, GUIDE)
    assert compare(after, GUIDE) == [one for one in compare(after, GUIDE) if one.code == "lost-address"]
    lines = [line for line in after.splitlines() if not line.startswith("#")]
    assert lines == sorted(set(lines))


# The command line


def test_a_project_without_a_record_is_left_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert not (project / "addresses.txt").exists()
    assert capsys.readouterr().err == "0 errors, 0 warnings\n"


def test_the_command_prints_and_writes_only_when_asked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["addresses"]) == 0
    assert capsys.readouterr().out.splitlines() == ADDRESSES
    assert not (project / "addresses.txt").exists()
    assert main(["addresses", "--write"]) == 0
    assert (project / "addresses.txt").read_text(encoding="utf-8") == RECORD
    capsys.readouterr()
    assert main(["addresses", "--write"]) == 0
    assert "has every address already" in capsys.readouterr().out
    assert main(["check"]) == 0
    assert capsys.readouterr().err == "0 errors, 0 warnings\n"


def test_check_fails_on_a_lost_address_and_not_on_a_new_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["addresses", "--write"]) == 0
    (project / "docs" / "new.md").write_text("---\ntitle: New\n---\n\nNew.\n", encoding="utf-8")
    assert main(["check"]) == 0
    assert "addresses.txt:1:1: warning: unrecorded-address Not recorded yet: new/." in capsys.readouterr().out
    before = (project / "addresses.txt").read_text(encoding="utf-8")
    assert main(["build", "--to", "out"]) == 0
    assert (project / "addresses.txt").read_text(encoding="utf-8") == before
    assert main(["addresses", "--write"]) == 0
    (project / "docs" / "new.md").unlink()
    capsys.readouterr()
    assert main(["check"]) == 1
    assert re.search(r"addresses.txt:\d+:1: lost-address \"new/\" was published", capsys.readouterr().out)


def test_nothing_is_recorded_of_a_guide_that_cannot_be_built(project: Path) -> None:
    (project / "docs" / "faq.md").write_text("no front matter", encoding="utf-8")
    assert main(["addresses", "--write"]) == 1
    assert not (project / "addresses.txt").exists()

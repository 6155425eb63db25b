"""Review: what is proposed, how each decision changes merges.yml, and the conversation in a terminal."""

import difflib
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground import dialogue, reviewing
from commonground.building import build
from commonground.cli import main
from commonground.diagnostics import Fault
from commonground.model import Content
from commonground.reading import read, read_folder
from commonground.reviewing import Wording, neighbours, propose, undecided
from commonground.similarity import Statement
from tests.casefile import CASES

MOVING = CASES / "moving"


class ByWords:
    """An engine for the tests of what is done with its answers: the share of words that two texts have in common."""

    def nearest(
        self, statements: Sequence[Statement], queries: Sequence[int], count: int
    ) -> list[list[tuple[int, float]]]:
        bags = [set(re.findall(r"\w+", statement.text.lower())) for statement in statements]
        return [sorted(self.others(bags, query), key=lambda one: (-one[1], one[0]))[:count] for query in queries]

    def others(self, bags: Sequence[set[str]], query: int) -> Iterator[tuple[int, float]]:
        for position, bag in enumerate(bags):
            if position != query:
                yield position, round(len(bag & bags[query]) / len(bag | bags[query]), 6)


@pytest.fixture
def moving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The guide about moving house, in which the test runs, with its decision about d-07 taken back."""
    project = tmp_path / "moving"
    shutil.copytree(MOVING, project)
    merges = project / "docs" / "merges.yml"
    text = merges.read_text(encoding="utf-8")
    assert "[a-06, b-05, c-07, d-07]" in text
    merges.write_text(
        text.replace("members: [a-06, b-05, c-07, d-07]", "members: [a-06, b-05, c-07]"), encoding="utf-8"
    )
    monkeypatch.chdir(project)
    monkeypatch.setenv("SITE_URL", "https://example.net/")
    return project


def content_of(project: Path) -> Content:
    content, findings = read(read_folder(project / "docs"))
    assert findings == []
    return content


def merges(project: Path) -> str:
    return (project / "docs" / "merges.yml").read_text(encoding="utf-8")


def changes(before: str, after: str) -> list[str]:
    return [row for row in difflib.ndiff(before.split("\n"), after.split("\n")) if row[0] in "+-"]


# Proposals


def test_groups_are_proposed_and_not_their_members(moving: Path) -> None:
    content = content_of(moving)
    (proposal,) = propose(content, neighbours(content, ByWords()))
    assert proposal.point.id == "d-07"
    assert len(proposal.candidates) == 5
    group = next(one for one in proposal.candidates if one.id == "m17")
    assert group.members == ("a-06", "b-05", "c-07")
    assert "letters" in group.shared
    assert len({one.id for one in proposal.candidates}) == 5


def test_a_decided_guide_has_no_proposals() -> None:
    content = content_of(MOVING)
    assert undecided(content) == []
    assert propose(content, neighbours(content, ByWords())) == []


def test_what_was_ruled_out_does_not_come_back(moving: Path) -> None:
    text = reviewing.different(merges(moving), content_of(moving), "d-07", "m17", "Thickness and place.")
    (moving / "docs" / "merges.yml").write_text(text, encoding="utf-8")
    content = content_of(moving)
    (proposal,) = propose(content, neighbours(content, ByWords()), limit=99)
    assert "m17" not in {one.id for one in proposal.candidates}
    assert reviewing.ruled_out(content, "d-07") >= {"m17", "a-06", "b-05", "c-07"}


@given(st.randoms(use_true_random=False))
def test_the_order_of_files_and_decisions_changes_nothing(random: Any) -> None:
    files = read_folder(MOVING / "docs")
    files["merges.yml"] = files["merges.yml"].replace(b"members: [a-06, b-05, c-07, d-07]", b"members: [a-06]")
    names = list(files)
    random.shuffle(names)
    content, _ = read({name: files[name] for name in names})
    straight, _ = read(files)
    assert propose(content, neighbours(content, ByWords())) == propose(straight, neighbours(straight, ByWords()))


# Decisions


def test_same_as_a_group_is_one_line(moving: Path) -> None:
    before = merges(moving)
    after = reviewing.same(before, content_of(moving), "d-07", "m17")
    assert changes(before, after) == [
        "-     members: [a-06, b-05, c-07]",
        "+     members: [a-06, b-05, c-07, d-07]",
    ]
    assert reviewing.same(before, content_of(moving), "d-07", "b-05") == after


def test_same_as_a_point_is_a_new_group_among_those_of_its_topic(moving: Path) -> None:
    before = merges(moving)
    content = content_of(moving)
    topic = next(point.topic for point in content.points if point.id == "d-08")
    after = reviewing.same(before, content, "d-07", "d-08", Wording(topic, "Write and stack.", "Both at once."))
    added = [row[2:] for row in changes(before, after) if row[0] == "+"]
    assert added[1:5] == [
        f"    topic: {topic}",
        "    lead: Write and stack.",
        "    body: Both at once.",
        "    members: [d-08, d-07]",
    ]
    taken = [row for row in changes(before, after) if row[0] == "-"]
    assert len(taken) == 1
    assert taken[0].startswith("- alone:")
    written, findings = read(read_folder(moving / "docs") | {"merges.yml": after.encode()})
    assert findings == []
    assert written.decisions.groups != content.decisions.groups


def test_new_and_unsure(moving: Path) -> None:
    before = merges(moving)
    after = reviewing.new(before, content_of(moving), "d-07")
    assert [row[0] for row in changes(before, after)] == ["-", "+"]
    assert changes(before, after)[1].endswith(", d-07]")
    assert "unsure: [d-07]" in reviewing.unsure(before, content_of(moving), "d-07")


def test_a_decision_replaces_that_the_point_is_unsure(moving: Path) -> None:
    (moving / "docs" / "merges.yml").write_text(reviewing.unsure(merges(moving), content_of(moving), "d-07"))
    after = reviewing.same(merges(moving), content_of(moving), "d-07", "m17")
    assert "unsure: []" in after
    assert "[a-06, b-05, c-07, d-07]" in after


def test_a_contradiction_names_both(moving: Path) -> None:
    text = reviewing.different(merges(moving), content_of(moving), "d-07", "m17", "Thickness and place.")
    (moving / "docs" / "merges.yml").write_text(text, encoding="utf-8")
    with pytest.raises(Fault) as fault:
        reviewing.same(text, content_of(moving), "d-07", "m17")
    told = fault.value.diagnostic
    assert told.code == "same-and-different"
    assert told.message.endswith('keeps "d-07" and "a-06" apart: Thickness and place.')
    assert text.split("\n")[told.line - 1].strip().startswith("- id: n")


@pytest.mark.parametrize(("name", "other"), [("d-07", "m99"), ("z-01", "m17"), ("a-06", "m17")])
def test_what_cannot_be_decided(moving: Path, name: str, other: str) -> None:
    with pytest.raises(Fault):
        reviewing.same(merges(moving), content_of(moving), name, other)


# Without a terminal


def test_a_list_for_people_and_for_tools(moving: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert moving
    assert main(["review", "--list"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("d-07  ")
    assert max(map(len, out.splitlines())) <= 80
    assert main(["review", "--list", "--format", "json"]) == 0
    (data,) = json.loads(capsys.readouterr().out)
    assert data["point"] == "d-07"
    assert {"id", "score", "members", "shared", "contradicts"} < data["candidates"][0].keys()
    assert main(["review", "--format", "markdown"]) == 0
    assert "    - [ ] m17 " in capsys.readouterr().out


def test_decisions_by_option(moving: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--same", "d-07", "m17"]) == 0
    assert main(["review", "--list"]) == 0
    assert capsys.readouterr().out == "Everything is decided.\n"
    assert build(read_folder(moving / "docs")).findings == ()
    assert main(["review", "--same", "d-07", "m17"]) == 1
    assert "docs/merges.yml:" in capsys.readouterr().err
    assert main(["review", "--different", "a-01", "c-04"]) == 2
    assert main(["review", "--different", "a-01", "c-04", "--reason", "Lists and sales."]) == 0
    assert "reason: Lists and sales." in merges(moving)


def test_the_check_warns_of_what_looks_alike_and_names_the_way_out(
    moving: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--duplicates"]) == 0
    out = capsys.readouterr().out
    assert 'warning: possible-duplicate "d-07" may say the same as "' in out
    assert "commonground review --same d-07 m" in out
    assert main(["check"]) == 0
    assert "possible-duplicate" not in capsys.readouterr().out
    assert main(["review", "--new", "d-07"]) == 0
    assert main(["check", "--duplicates"]) == 0
    assert "possible-duplicate" not in capsys.readouterr().out
    assert "unsure: []" in merges(moving)


# In a terminal


def hold(project: Path, monkeypatch: pytest.MonkeyPatch, keys: str, *answers: str) -> None:
    """Press the keys, and type the answers where something is asked."""
    pressed, typed = iter(keys), iter(answers)
    monkeypatch.setattr(click, "getchar", lambda: next(pressed))
    monkeypatch.setattr(click, "prompt", lambda *_, **given: next(typed, given["default"]))
    dialogue.hold(project, 5)


def test_one_key_joins_a_group(
    moving: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = MOVING / "docs" / "merges.yml"
    (proposal,) = propose(content_of(moving), dialogue.neighbours(content_of(moving)))
    place = [one.id for one in proposal.candidates].index("m17") + 1
    hold(moving, monkeypatch, str(place))
    assert merges(moving) == before.read_text(encoding="utf-8")
    out = capsys.readouterr().out
    assert "\n1 left\n" in out
    assert out.endswith("Everything is decided.\n")


def test_every_answer_is_saved_and_can_be_taken_back(moving: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = merges(moving)
    hold(moving, monkeypatch, "?uq")
    assert merges(moving) == before
    text = before.replace("members: [a-05, d-06]", "members: [a-05]")
    (moving / "docs" / "merges.yml").write_text(text, encoding="utf-8")
    hold(moving, monkeypatch, "suq")
    assert merges(moving) == text
    hold(moving, monkeypatch, "nuq")
    assert merges(moving) == text


def test_what_is_not_sure_is_left_for_later(
    moving: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hold(moving, monkeypatch, "s")
    assert capsys.readouterr().out.endswith("Left for later: d-07\n")
    hold(moving, monkeypatch, "n")
    assert "unsure: []" in merges(moving)
    assert {finding.code for finding in build(read_folder(moving / "docs")).findings} == {"unlisted-advice"}


def test_different_from_all_asks_how(moving: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold(moving, monkeypatch, "d", "One is about pens.")
    assert merges(moving).count("One is about pens.") == 1
    assert undecided(content_of(moving)) == []


def test_a_new_group_asks_for_its_wording(moving: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (proposal,) = propose(content_of(moving), dialogue.neighbours(content_of(moving)))
    place = next(at for at, one in enumerate(proposal.candidates, 1) if one.members == (one.id,))
    hold(moving, monkeypatch, str(place), "Write on each box.", "And stack it well.")
    group = next(one for one in content_of(moving).decisions.groups if one.lead == "Write on each box.")
    assert "d-07" in {member.id for member in group.members}


def test_a_stopped_review_goes_on_where_it_was(moving: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = merges(moving).replace("members: [a-05, d-06]", "members: [a-05]")
    (moving / "docs" / "merges.yml").write_text(text, encoding="utf-8")
    first, second = propose(content_of(moving), dialogue.neighbours(content_of(moving)))
    hold(moving, monkeypatch, "nq")
    (left,) = propose(content_of(moving), dialogue.neighbours(content_of(moving)))
    assert left.point.id == second.point.id != first.point.id


def test_content_with_errors_is_mended_first(moving: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (moving / "docs" / "merges.yml").write_text("groups: [", encoding="utf-8")
    assert main(["review", "--list"]) == 2
    assert "docs/merges.yml:2:1: not-yaml" in capsys.readouterr().err

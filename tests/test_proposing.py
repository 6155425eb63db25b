"""What `review` proposes, and how the list of it reads."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground import asking, deciding
from commonground.cli import main
from commonground.proposing import (
    Proposal,
    between_decided,
    find,
    neighbours,
    propose,
    undecided,
)
from commonground.reading import read, read_folder
from commonground.verdicts import Verdicts
from tests.moving import MOVING, ByWords, content_of, merges, write_merges


def open_ones(proposals: list[Proposal]) -> list[Proposal]:
    return [one for one in proposals if not one.piece.decided]


def test_groups_are_proposed_and_not_their_members(moving: Path) -> None:
    content = content_of(moving)
    (proposal,) = open_ones(propose(content, neighbours(content, ByWords(), {"d-07"})))
    assert proposal.piece.id == "d-07"
    assert len(proposal.candidates) == 5
    group = next(one for one in proposal.candidates if one.id == "m17")
    assert [point.id for point in group.piece.members] == ["a-06", "b-05", "c-07"]
    assert group.shared == ("room", "thick", "letters", "word", "box")
    assert len({one.id for one in proposal.candidates}) == 5
    assert [one.score for one in proposal.candidates] == sorted(
        (one.score for one in proposal.candidates), reverse=True
    )


def test_a_decided_guide_has_only_questions_between_what_is_decided() -> None:
    content = content_of(MOVING)
    assert undecided(content) == []
    proposals = propose(content, neighbours(content, ByWords()))
    assert proposals
    assert open_ones(proposals) == []
    assert all(one.worth >= asking.FLOOR for proposal in between_decided(proposals) for one in proposal.candidates)


def test_between_what_is_decided_each_two_are_asked_about_once() -> None:
    content = content_of(MOVING)
    found = between_decided(propose(content, neighbours(content, ByWords())))
    twos = [frozenset((proposal.piece.id, one.id)) for proposal in found for one in proposal.candidates]
    assert len(twos) == len(set(twos)) > 20


@pytest.mark.parametrize("reason", ["Thickness and place.", ""])
def test_what_was_ruled_out_does_not_come_back(moving: Path, reason: str) -> None:
    write_merges(moving, deciding.different(merges(moving), content_of(moving), "d-07", "m17", reason))
    content = content_of(moving)
    (proposal,) = open_ones(propose(content, neighbours(content, ByWords(), {"d-07"}), limit=99))
    assert "m17" not in {one.id for one in proposal.candidates}
    assert Verdicts(content).ruled_out("d-07") >= {"m17", "a-06", "b-05", "c-07"}
    near = neighbours(content, ByWords())
    assert "m17" not in {one.id for one in find(content, near, proposal, "letters", 9).candidates}
    for asked in ("thick coloured tape", "m17"):
        (found,) = find(content, near, proposal, asked, 9).candidates
        assert found.id == "m17"
        assert found.parted.startswith("merges.yml, line ")


def test_two_sides_of_a_tension_are_not_asked_about_once_both_are_decided(moving: Path) -> None:
    content = content_of(MOVING)  # a-04 and d-05 stand on two sides, and nothing else keeps them apart
    assert Verdicts(content).parting(["a-04"], ["d-05"]) is None
    proposals = propose(content, neighbours(content, ByWords()), limit=99)
    twos = {frozenset((proposal.piece.id, one.id)) for proposal in proposals for one in proposal.candidates}
    assert frozenset(("a-04", "d-05")) not in twos
    assert frozenset(("a-04", "d-08")) in twos
    write_merges(moving, merges(MOVING).replace("alone: [a-04, ", "alone: ["))
    content = content_of(moving)
    (proposal,) = open_ones(propose(content, neighbours(content, ByWords()), limit=99))
    (side,) = [one for one in proposal.candidates if one.id == "d-05"]
    assert (proposal.piece.id, side.contradicts) == ("a-04", "two sides of tension t2")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("thick LETTER", ["m17"]),
        ("m19", ["m19"]),
        ("m18", ["m18"]),  # though n08 keeps it apart
        ("zebra", []),
        ("", []),
        ("  ", []),
        ("d-07", []),
        ("colour", ["m17"]),  # a member's own word
        ("colour zebra", ["m17"]),
        ("thick colour letters zebra", ["m17"]),
    ],
)
def test_finding_another_by_words_or_id(moving: Path, words: str, expected: list[str]) -> None:
    content = content_of(moving)
    near = neighbours(content, ByWords())
    (proposal,) = open_ones(propose(content, near))
    found = find(content, near, proposal, words)
    assert found.piece == proposal.piece
    assert [one.id for one in found.candidates] == expected


@settings(max_examples=20)  # each reads two whole guides
@given(st.randoms(use_true_random=False))
def test_the_order_of_files_and_decisions_changes_nothing(random: Any) -> None:
    files = read_folder(MOVING / "docs")
    whole = "members: [a-06, b-05, c-07, d-07]"
    files["merges.yml"] = files["merges.yml"].replace(whole.encode(), b"members: [a-06]")
    lines = ["  - [b-05, d-07, a-01]", "  - [a-04, c-04]", "  - [c-06, a-10]"]
    apart = b"\napart:\n" + "\n".join(random.sample(lines, 3)).encode() + b"\n"
    names = random.sample(list(files), len(files))
    shuffled = {name: files[name] + (apart if name == "merges.yml" else b"") for name in names}
    straight = files | {"merges.yml": files["merges.yml"] + b"\napart:\n" + "\n".join(lines).encode() + b"\n"}
    one, other = read(shuffled)[0], read(straight)[0]
    assert one.decisions.apart
    assert propose(one, neighbours(one, ByWords())) == propose(other, neighbours(other, ByWords()))


# The list


def test_a_list_for_people_and_for_tools(moving: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert moving
    assert main(["review", "--list"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("d-07  ")
    assert "\nBetween what is decided\n-----------------------\n" in out
    assert max(map(len, out.splitlines())) <= 80
    assert main(["review", "--list", "--undecided", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["decided"] == []
    (point,) = data["points"]
    assert (point["id"], point["mark"]) == ("d-07", "4")
    assert {"id", "score", "members", "shared", "contradicts"} < point["candidates"][0].keys()
    assert main(["review", "--format", "json"]) == 0
    decided = json.loads(capsys.readouterr().out)["decided"]
    assert len(decided) > 10
    assert "mark" not in next(one for one in decided if one["id"].startswith("m"))
    assert main(["review", "--format", "markdown"]) == 0
    out = capsys.readouterr().out
    assert "    - [ ] m17 " in out
    assert "\n## Between what is decided\n" in out
    assert out.rstrip().endswith("- [ ] none of these")


def test_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--list", "--undecided", "--project", str(MOVING)]) == 0
    assert capsys.readouterr().out == "Everything is decided.\n"


def test_the_check_warns_of_what_looks_alike_and_names_the_way_out(
    moving: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--duplicates"]) == 0
    out = capsys.readouterr().out
    assert 'warning: possible-duplicate "d-07" may say the same as "' in out
    assert out.count("possible-duplicate") == 1
    assert "commonground review --same d-07 m" in out
    assert main(["check"]) == 0
    assert "possible-duplicate" not in capsys.readouterr().out
    assert main(["review", "--new", "d-07"]) == 0
    assert main(["check", "--duplicates"]) == 0
    assert "possible-duplicate" not in capsys.readouterr().out
    assert "unsure: []" in merges(moving)


def test_content_with_errors_is_mended_first(moving: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_merges(moving, "groups: [")
    assert main(["review", "--list"]) == 2
    assert "docs/merges.yml:2:1: not-yaml" in capsys.readouterr().err
    (moving / "docs" / "merges.yml").write_bytes(b"groups: [] # caf\xe9\n")
    assert main(["review", "--new", "d-07"]) == 2
    assert "docs/merges.yml:1:1: not-utf-8" in capsys.readouterr().err


def test_a_guide_without_decisions_gets_a_file_of_them(moving: Path) -> None:
    (moving / "docs" / "merges.yml").unlink()
    assert main(["review", "--new", "d-07"]) == 0
    head, _, rest = merges(moving).partition("groups: []\n")
    assert rest == "\nalone:\n  - d-07\n"
    assert all(row.startswith("# ") for row in head.splitlines())

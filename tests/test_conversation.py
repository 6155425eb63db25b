"""The conversation of `review`: every key, what it leaves on the disk, and what it costs a perfect reviewer."""

import json
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations
from pathlib import Path

import click
import pytest

from commonground import desk, dialogue, terminal
from commonground.cli import main
from commonground.model import Content, Group
from commonground.proposing import Proposal, propose, undecided
from commonground.reading import read
from commonground.similarity import TfidfEncoder
from tests import evaluation
from tests.moving import MOVING, NOTHING, content_of, merges, write_merges

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


def hold(project: Path, monkeypatch: Patch, keys: str, *answers: str, only: bool = True) -> None:
    """Press the keys, and type the answers where something is asked. No key is left, and no answer."""
    pressed, typed = iter(keys), iter(answers)
    monkeypatch.setattr(click, "getchar", lambda: next(pressed))
    monkeypatch.setattr(click, "prompt", lambda *_, **__: next(typed))
    dialogue.hold(project, 5, undecided=only)
    assert (list(pressed), list(typed)) == ([], [])


def first(project: Path) -> Proposal:
    content = content_of(project)
    return next(one for one in propose(content, desk.all_neighbours(content)) if not one.piece.decided)


def place(project: Path, name: str) -> str:
    return str([one.id for one in first(project).candidates].index(name) + 1)


# The keys


def test_one_key_joins_a_group(moving: Path, monkeypatch: Patch, capsys: Capture) -> None:
    hold(moving, monkeypatch, place(moving, "m17"))
    assert merges(moving) == merges(MOVING)
    out = capsys.readouterr().out
    assert "\n-- 1 undecided ---" in out
    assert "\nd-07 and m17 are one: m17. It prints: Label each box on its sides with its room." in out
    assert out.endswith("Everything is decided.\n")


def test_a_screen_is_one_of_24_rows_and_80_columns(moving: Path, monkeypatch: Patch, capsys: Capture) -> None:
    write_merges(moving, NOTHING)
    hold(moving, monkeypatch, "n" * 20 + "q", only=False)
    screens = re.split(r"^.*q quit\n", capsys.readouterr().out.partition("saved at once.\n")[2], flags=re.MULTILINE)[
        :-1
    ]
    assert len(screens) == 21
    assert max(len(row) for screen in screens for row in screen.split("\n")) <= 80
    assert max(screen.count("\n") for screen in screens) <= 22


def test_a_narrow_terminal(moving: Path, monkeypatch: Patch, capsys: Capture) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    hold(moving, monkeypatch, "?mq")
    rows = capsys.readouterr().out.partition("Take the last")[0].split("\n")
    assert max(map(len, [row for row in rows if "q quit" not in row])) <= 60


@pytest.mark.parametrize("keys", ["?uq", "zq", "m?mq", "uuq", "9q", "q", "d\x1bq", "\x1b\rq", "0q", "²q"])
def test_keys_that_decide_nothing(moving: Path, monkeypatch: Patch, keys: str) -> None:
    before = merges(moving)
    hold(moving, monkeypatch, keys)
    assert merges(moving) == before


@pytest.mark.parametrize("key", ["n", "s"])
def test_every_answer_is_saved_and_can_be_taken_back(moving: Path, monkeypatch: Patch, key: str) -> None:
    text = merges(moving).replace("members: [a-05, d-06]", "members: [a-05]")
    write_merges(moving, text)
    asked = first(moving).piece.id
    hold(moving, monkeypatch, f"{key}q")
    assert merges(moving) != text
    write_merges(moving, text)
    hold(moving, monkeypatch, f"{key}u{key}uq")
    assert merges(moving) == text
    assert first(moving).piece.id == asked


def test_undo_goes_back_to_where_the_answer_was_given(moving: Path, monkeypatch: Patch, capsys: Capture) -> None:
    write_merges(moving, NOTHING)
    hold(moving, monkeypatch, "nnnuuuq", only=False)
    asked = re.findall(r"^-- .*\n(\S+) ", capsys.readouterr().out, re.MULTILINE)
    assert asked[:4] == asked[:2:-1]
    assert len(set(asked)) == 4


def test_undo_spares_what_somebody_else_wrote_meanwhile(moving: Path, monkeypatch: Patch, capsys: Capture) -> None:
    keys = iter("nuq")

    def pressed() -> str:
        key = next(keys)
        if key == "u":
            write_merges(moving, merges(moving) + "# Written meanwhile.\n")
        return key

    monkeypatch.setattr(click, "getchar", pressed)
    dialogue.hold(moving, 5)
    assert merges(moving).endswith("# Written meanwhile.\n")
    assert "d-07]" in merges(moving)
    assert "changed by somebody else" in capsys.readouterr().out


def test_what_is_not_sure_is_left_for_later(moving: Path, monkeypatch: Patch, capsys: Capture) -> None:
    hold(moving, monkeypatch, "s")
    assert "Left for later: d-07\n" in capsys.readouterr().out
    assert "unsure: [d-07]" in merges(moving)
    hold(moving, monkeypatch, "n")
    assert "unsure: []" in merges(moving)


def test_of_what_is_decided_nothing_is_written_when_it_is_put_off(moving: Path, monkeypatch: Patch) -> None:
    write_merges(moving, merges(MOVING))
    hold(moving, monkeypatch, "ssuq", only=False)
    assert merges(moving) == merges(MOVING)


def test_nothing_that_was_put_off_comes_back_in_a_sitting(moving: Path) -> None:
    write_merges(moving, NOTHING)
    sitting = dialogue.Sitting(desk.Desk(moving), 5)
    proposal = next(sitting.agenda().proposals())
    shown = {frozenset((proposal.piece.id, one.id)) for one in proposal.candidates}
    assert sitting.answer(proposal, "s") == f"{proposal.piece.id} is put off."
    after = list(sitting.agenda().proposals())
    assert proposal.piece.id not in {one.piece.id for one in after}
    assert shown & {frozenset((one.piece.id, other.id)) for one in after for other in one.candidates} == set()
    assert sitting.answer(after[0], "u") == "Taken back."
    assert next(sitting.agenda().proposals()) == proposal


def test_points_that_come_and_go_in_a_sitting_are_asked_about_as_if_it_had_just_begun(moving: Path) -> None:
    table = desk.Desk(moving)
    sitting = dialogue.Sitting(table, 5, undecided=True)
    (before,) = sitting.agenda().proposals()
    page = moving / "docs" / "sources" / "article-1.md"
    new = '- **Write the room on every box.** Thick letters help.\n  { #a-99 topic="boxes" scope="before" }\n'
    page.write_text(f"{page.read_text()}\n## More\n\n{new}")
    found = list(sitting.agenda().proposals())
    assert found == list(dialogue.Sitting(desk.Desk(moving), 5, undecided=True).agenda().proposals())
    assert {one.piece.id: bool(one.candidates) for one in found} == {"a-99": True, "d-07": True}
    page.write_text(page.read_text().replace(f"\n## More\n\n{new}", ""))
    assert list(sitting.agenda().proposals()) == [before]


def test_nothing_is_saved_that_could_not_be_read(moving: Path) -> None:
    before = merges(moving)
    table = desk.Desk(moving)
    told = table.change(lambda text, _: text.replace("topic: boxes", "topic: Two words", 1))
    assert told.startswith("That was not saved.\ndocs/merges.yml:")
    assert (merges(moving), table.before) == (before, [])


def test_the_end_names_what_is_left_to_do(moving: Path, monkeypatch: Patch, capsys: Capture) -> None:
    key = lone(moving)
    gone = first(moving).candidates[int(key) - 1].id
    hold(moving, monkeypatch, f"{key}1")
    out = capsys.readouterr().out
    assert "What `commonground check` finds after these decisions:\ndocs/guide/" in out
    assert f'unknown-name There is no advice "{gone}"' in " ".join(out.split())


def test_a_near_miss_asks_of_which_and_how(moving: Path, monkeypatch: Patch) -> None:
    names = [one.id for one in first(moving).candidates]
    hold(moving, monkeypatch, "d2", "One is about pens.")
    content = content_of(moving)
    assert undecided(content) == []
    entry = content.decisions.different[-1]
    assert entry.reason == "One is about pens."
    assert entry.between[0][0].id == "d-07"
    (line,) = content.decisions.apart
    assert len(line) == 1 + len(names) - 1


@pytest.mark.parametrize(("keys", "answers"), [("dqq", []), ("d2q", [""])])
def test_a_near_miss_that_nobody_explains_is_none(
    moving: Path, monkeypatch: Patch, keys: str, answers: list[str]
) -> None:
    before = merges(moving)
    hold(moving, monkeypatch, keys, *answers)
    assert merges(moving) == before


def test_finding_another(moving: Path, monkeypatch: Patch, capsys: Capture) -> None:
    hold(moving, monkeypatch, "ff1", "zebra", "thick letters")
    assert merges(moving) == merges(MOVING)
    out = capsys.readouterr().out
    assert "Nothing that it could be the same as has these words." in out
    assert "\n1 same  n new  d differs  s unsure" in out


# Wordings


def lone(project: Path) -> str:
    """The key of a candidate that is a point in no group."""
    return next(str(at) for at, one in enumerate(first(project).candidates, 1) if not one.piece.is_group)


def test_of_two_points_one_wording_is_chosen(moving: Path, monkeypatch: Patch) -> None:
    key = lone(moving)
    other = first(moving).candidates[int(key) - 1].piece
    hold(moving, monkeypatch, f"{key}2")
    group = next(one for one in content_of(moving).decisions.groups if "d-07" in {member.id for member in one.members})
    assert (group.lead, group.body, group.topic) == (other.lead, other.body, other.topic)


def test_or_written_anew_until_the_lead_is_one(moving: Path, monkeypatch: Patch, capsys: Capture) -> None:
    hold(moving, monkeypatch, f"{lone(moving)}w", "write on each box", "Write on each box.", "And stack it well.")
    group = next(one for one in content_of(moving).decisions.groups if one.lead == "Write on each box.")
    assert group.body == "And stack it well."
    assert "Expected a lead of at most 60 characters" in " ".join(capsys.readouterr().out.split())


def test_or_turned_back_from(moving: Path, monkeypatch: Patch) -> None:
    before = merges(moving)
    hold(moving, monkeypatch, f"{lone(moving)}xq")
    assert merges(moving) == before


@pytest.mark.parametrize("interrupt", [click.Abort, KeyboardInterrupt, EOFError])
def test_leaving_a_prompt_goes_back_to_the_screen(moving: Path, monkeypatch: Patch, interrupt: type) -> None:
    before = merges(moving)
    keys = iter(f"{lone(moving)}wfq")

    def left(*_: object, **__: object) -> str:
        raise click.Abort

    def pressed() -> str:
        key = next(keys)
        if key == "q" and interrupt is not click.Abort:
            raise interrupt
        return key

    monkeypatch.setattr(click, "getchar", pressed)
    monkeypatch.setattr(click, "prompt", left)
    dialogue.hold(moving, 5)
    assert merges(moving) == before


@pytest.mark.parametrize(("key", "kept"), [("1", "m17"), ("2", "m18")])
def test_of_two_groups_the_chosen_wording_stays(moving: Path, monkeypatch: Patch, key: str, kept: str) -> None:
    text = merges(MOVING)
    text = re.sub(r"  - id: n08\n.*\n.*\n", "", text)
    write_merges(moving, text)
    sitting = dialogue.Sitting(desk.Desk(moving), 99)
    proposal = next(one for one in sitting.agenda().proposals() if one.piece.id in {"m17", "m18"})
    other = ({"m17", "m18"} - {proposal.piece.id}).pop()
    candidate = next(one for one in proposal.candidates if one.id == other)
    keys = iter(("y" if candidate.contradicts else "") + key)
    monkeypatch.setattr(click, "getchar", lambda: next(keys))
    assert sitting.same(proposal, candidate).endswith(f"are one: {kept}. (w rewords it)")
    (group,) = [one for one in content_of(moving).decisions.groups if one.id in {"m17", "m18"}]
    assert {member.id for member in group.members} == {"a-06", "b-05", "c-07", "d-07", "b-06", "e-05"}


# What may contradict


@pytest.fixture
def opposed(moving: Path) -> Path:
    """d-07 says what m17 denies."""
    path = moving / "docs" / "sources" / "article-4.md"
    text = path.read_text(encoding="utf-8")
    changed = text.replace("**Name the room in thick letters.**", "**Never label a box with thick letters.**")
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    return moving


def test_how_a_group_prints_can_be_written_anew_and_taken_back(
    moving: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    write_merges(moving, NOTHING)
    hold(moving, monkeypatch, "w11wq", "Do it so.", "And so.")
    out = capsys.readouterr().out
    assert "That key does nothing here." in out  # w, before there is a group
    assert "prints: Do it so. And so." in out
    assert re.search(r"    lead: Do it so\.\n    body: And so\.\n    members: \[", merges(moving))
    write_merges(moving, NOTHING)
    hold(moving, monkeypatch, "11wuuq", "Do it so.", "")
    assert merges(moving) == NOTHING


def test_what_is_new_on_a_condition_gets_a_wording_that_says_so(moving: Path, monkeypatch: Patch) -> None:
    write_merges(moving, re.sub(r"  - id: m06\n(?:    .*\n)+", "", merges(moving)))
    sitting = dialogue.Sitting(desk.Desk(moving), 5)
    proposal = next(one for one in sitting.agenda().proposals() if one.piece.id == "e-03")
    assert sitting.answer(proposal, "n") == "e-03 is new. m26 prints it, and must say when it holds (w rewords it)."
    words = iter(["Pack it all if time is short.", "Sort it later."])
    monkeypatch.setattr(click, "prompt", lambda *_, **__: next(words))
    assert sitting.answer(proposal, "w") == "m26 prints: Pack it all if time is short. Sort it later."
    (group,) = [one for one in content_of(moving).decisions.groups if [two.id for two in one.members] == ["e-03"]]
    assert (group.lead, group.body) == ("Pack it all if time is short.", "Sort it later.")


def test_what_was_ruled_out_is_found_with_the_line_that_rules_it_out(
    moving: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    hold(moving, monkeypatch, "f1q", "m18")
    out = capsys.readouterr().out
    line = next(at for at, row in enumerate(merges(moving).split("\n"), 1) if "id: n08" in row)
    assert "m18 0." in out
    assert f"RULED OUT (merges.yml, line {line})" in out
    assert f"\nmerges.yml, line {line}, keeps d-07 and m18 apart. Take that out first.\n" in out


def test_the_rules_of_words_are_asked_about_what_was_typed(moving: Path, monkeypatch: Patch, capsys: Capture) -> None:
    rule = "{level: error, says: No., instead: A person., words: [cat], bad: [Ask the cat.], good: [Ask a friend.]}"
    (moving / "voice.yml").write_text(f"rules:\n  no-cat: {rule}\n")
    hold(moving, monkeypatch, "d1", "One is about the cat.")
    assert re.search(r"finds after these decisions:\ndocs/merges\.yml:\d+:\d+: no-cat", capsys.readouterr().out)


def test_what_is_decided_can_be_left_out_and_taken_in_again(moving: Path, monkeypatch: Patch, capsys: Capture) -> None:
    hold(moving, monkeypatch, "oo\rq", only=False)
    heads = re.findall(r"^-- (.*?)-*$", capsys.readouterr().out, re.MULTILINE)
    assert heads[1] == "1 undecided "
    assert heads[0] == heads[2] == heads[3]
    assert "between decided ones (o hides them)" in heads[0]


def test_a_high_terminal_shows_every_word(moving: Path, monkeypatch: Patch, capsys: Capture) -> None:
    write_merges(moving, NOTHING)
    monkeypatch.setenv("LINES", "16")
    hold(moving, monkeypatch, "q")
    assert " ...\n" in capsys.readouterr().out
    monkeypatch.setenv("LINES", "60")
    hold(moving, monkeypatch, "q")
    assert " ...\n" not in capsys.readouterr().out


def test_an_opposite_is_offered_as_a_tension(opposed: Path, monkeypatch: Patch, capsys: Capture) -> None:
    before = merges(opposed)
    hold(opposed, monkeypatch, place(opposed, "m17") + "t ")
    out = capsys.readouterr().out
    assert re.search(r"m17 0\.\d\d, MAY CONTRADICT \(", out)
    assert "m17 may contradict d-07: " in out
    assert merges(opposed) == before.replace("unsure: []", "unsure: [d-07]")
    pasted = out[out.index("# For docs/tensions.yml") : out.index("Any key goes on.")]
    tensions = opposed / "docs" / "tensions.yml"
    tensions.write_text(tensions.read_text(encoding="utf-8") + pasted, encoding="utf-8")
    assert content_of(opposed).tensions[-1].id == "t3"
    (side,) = [one for one in first(opposed).candidates if one.id == "m17"]
    assert side.contradicts == "two sides of tension t3"


def test_or_joined_after_all(opposed: Path, monkeypatch: Patch) -> None:
    hold(opposed, monkeypatch, place(opposed, "m17") + "y")
    assert merges(opposed) == merges(MOVING)


def test_or_neither(opposed: Path, monkeypatch: Patch) -> None:
    before = merges(opposed)
    hold(opposed, monkeypatch, place(opposed, "m17") + "xq")
    assert merges(opposed) == before


# The terminal


def test_of_keys_that_come_at_once_only_the_first_counts(monkeypatch: Patch) -> None:
    for come, meant in {"nn": "n", "N": "n", "": "q", "\x1b[A": "\x1b", "1": "1"}.items():
        monkeypatch.setattr(click, "getchar", lambda come=come: come)
        assert terminal.key() == meant


def test_without_a_line_editor_what_is_given_is_printed(monkeypatch: Patch) -> None:
    seen: dict[str, object] = {}
    monkeypatch.setitem(sys.modules, "readline", None)
    monkeypatch.setattr(click, "prompt", lambda question, **given: seen.update(given) or f" {question} ")
    assert terminal.typed("Lead", "As it was.") == "Lead"
    assert seen == {"default": "As it was.", "show_default": True}


def test_without_the_extra_it_says_what_to_install(moving: Path, monkeypatch: Patch, capsys: Capture) -> None:
    assert moving
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert main(["review", "--list"]) == 2
    assert "pip install --constraint constraints.txt --editable '.[review]'" in capsys.readouterr().err
    assert main(["review", "--same", "d-07", "m17"]) == 0


# What it costs

FLOORS = json.loads((Path(__file__).parent / "eval" / "review.json").read_text(encoding="utf-8"))["conversation"]


def assert_worth(held: evaluation.Held, floors: Mapping[str, float]) -> None:
    assert held.f1 >= floors["pair F1"]
    assert 0 < held.until_target <= floors["screens to F1 0.92"]
    assert held.screens <= floors["screens"]


def of_guide(content: Content, names: Mapping[str, Sequence[str]]) -> evaluation.Held:
    labelled = evaluation.of_guide(content)
    return evaluation.conversation(evaluation.nearest(TfidfEncoder(names), labelled.statements), labelled)


def test_what_the_guide_about_moving_house_would_cost() -> None:
    moving = content_of(MOVING)
    assert_worth(of_guide(moving, evaluation.thesaurus(moving)), FLOORS["moving"])


def test_what_the_guide_would_cost(docs: Mapping[str, bytes]) -> None:
    assert_worth(of_guide(read(docs)[0], evaluation.NAMES), FLOORS["guide"])


def test_what_the_labelled_articles_would_cost(shared: Path) -> None:
    table = (shared / "gold" / "statements.tsv").read_bytes()
    assert sha256(table).hexdigest() == FLOORS["labels"], "other labels: measure anew"
    labelled = evaluation.of_articles(table.decode())
    near = evaluation.nearest(TfidfEncoder(evaluation.NAMES), labelled.statements)
    assert_worth(evaluation.conversation(near, labelled), FLOORS["articles"])


@dataclass
class PerfectReviewer:
    """Reads the screens of a conversation and presses the keys of somebody who knows every group."""

    project: Path
    capsys: Capture
    truth: Mapping[str, str]
    pressed: Counter[str] = field(default_factory=Counter)
    until_target: int = 0

    def __call__(self) -> str:
        told = self.capsys.readouterr().out
        if "Which wording prints?" in told or "may contradict" in told:
            self.pressed["aside"] += 1
            return "1" if "Which wording prints?" in told else "y"
        if not self.until_target and self.f1() >= evaluation.TARGET:
            self.until_target = self.pressed["answer"]
        self.pressed["answer"] += 1
        screen = told.rpartition("\n-- ")[2].partition("\n")[2]
        own = self.group(screen.split()[0])
        others = re.findall(r"^    ([a-z]+-?\d+) \d\.\d\d, ", screen, re.MULTILINE)
        return next((str(at) for at, other in enumerate(others, 1) if self.group(other) == own), "n")

    def group(self, name: str) -> str:
        return self.truth[{one.id: one.members[0].id for one in self.groups()}.get(name, name)]

    def groups(self) -> Sequence[Group]:
        return read({"merges.yml": merges(self.project).encode()})[0].decisions.groups

    def f1(self) -> float:
        joined = [pair for one in self.groups() for pair in combinations([member.id for member in one.members], 2)]
        right = sum(self.truth[one] == self.truth[other] for one, other in joined)
        total = sum(self.truth[one] == self.truth[other] for one, other in combinations(self.truth, 2))
        return 2 * right / (len(joined) + total)


def test_a_perfect_reviewer_at_the_keys(moving: Path, monkeypatch: Patch, capsys: Capture) -> None:
    """From no decision at all, in the real conversation, as many answers as the measure says."""
    truth = evaluation.of_guide(content_of(MOVING)).group_of
    write_merges(moving, NOTHING)
    reviewer = PerfectReviewer(moving, capsys, truth)
    monkeypatch.setattr(click, "getchar", reviewer)
    dialogue.hold(moving, 5)
    assert undecided(content_of(moving)) == []
    answers = reviewer.pressed["answer"]
    assert_worth(evaluation.Held(answers, reviewer.until_target, 0, 0, reviewer.f1()), FLOORS["moving"])
    assert reviewer.pressed["aside"] < answers / 2

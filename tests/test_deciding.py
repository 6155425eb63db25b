"""Each decision as a change to merges.yml, what it refuses, and what same and different come to when they meet."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground import deciding, tensions
from commonground.building import build
from commonground.cli import main
from commonground.deciding import Wording
from commonground.diagnostics import Fault
from commonground.model import Content
from commonground.reading import read, read_folder
from commonground.verdicts import Verdicts
from tests.moving import MOVING, NOTHING, changes, content_of, merges, write_merges

WHOLE = content_of(MOVING)


def decided(text: str) -> Content:
    """The guide about moving house with these decisions."""
    content, findings = read({"merges.yml": text.encode()})
    assert findings == []
    return replace(WHOLE, decisions=content.decisions, tensions=())


def refused(text: str, decision: str, *names: str) -> Fault:
    with pytest.raises(Fault) as fault:
        getattr(deciding, decision)(text, decided(text), *names)
    return fault.value


# What each writes


def test_same_as_a_group_is_one_line(moving: Path) -> None:
    before = merges(moving)
    after = deciding.same(before, content_of(moving), "d-07", "m17")
    assert changes(before, after) == [
        "-     members: [a-06, b-05, c-07]",
        "+     members: [a-06, b-05, c-07, d-07]",
    ]
    assert deciding.same(before, content_of(moving), "d-07", "b-05") == after
    assert deciding.same(before, content_of(moving), "m17", "d-07") == after


def test_same_as_a_point_is_a_new_group_among_those_of_its_topic(moving: Path) -> None:
    before = merges(moving)
    content = content_of(moving)
    topic = next(point.topic for point in content.points if point.id == "d-08")
    after = deciding.same(before, content, "d-07", "d-08", Wording(topic, "Write and stack.", "Both at once."))
    added = [row[2:] for row in changes(before, after) if row[0] == "+"]
    assert added[1:5] == [
        f"    topic: {topic}",
        "    lead: Write and stack.",
        "    body: Both at once.",
        "    members: [d-08, d-07]",
    ]
    (taken,) = [row for row in changes(before, after) if row[0] == "-"]
    assert taken.startswith("- alone:")
    written, findings = read(read_folder(moving / "docs") | {"merges.yml": after.encode()})
    assert findings == []
    assert written.decisions.groups != content.decisions.groups


@pytest.mark.parametrize(("one", "other"), [("m18", "m17"), ("m17", "m18")])
def test_of_two_groups_the_larger_takes_in_the_smaller(one: str, other: str) -> None:
    text = merges(MOVING)
    free = text.replace("  - id: n08\n    between: [[a-06, b-05, c-07, d-07], [b-06, e-05]]\n", "")
    free = free.replace(
        "    reason: A label says where a box goes. A list says what it holds, and that it arrived.\n", ""
    )
    assert changes(free, deciding.same(free, decided(free), one, other)) == [
        "-     members: [a-06, b-05, c-07, d-07]",
        "+     members: [a-06, b-05, c-07, d-07, b-06, e-05]",
        "-   - id: m18",
        "-     topic: boxes",
        "-     lead: Number the boxes and keep a list.",
        "-     body: It tells you where a thing is, and if a box is lost.",
        "-     members: [b-06, e-05]",
    ]


def test_of_equal_groups_the_second_stays_and_one_may_be_named() -> None:
    text = merges(MOVING)
    content = decided(text)
    assert "id: m24" not in deciding.same(text, content, "m24", "m25")
    assert "id: m25" not in deciding.same(text, content, "m25", "m24")
    assert "id: m17" not in deciding.joined(text, content, "m25", "m17")


def test_a_scope_or_a_replacement_is_not_lost(moving: Path) -> None:
    text = merges(moving).replace("    members: [a-12, b-13]\n", "    members: [a-12, b-13]\n    scope: first-week\n")
    fault = refused(text, "same", "m24", "m25")
    assert fault.diagnostic.code == "bad-edit"
    assert '"m24" and "m25" differ in scope' in str(fault)
    replaced = merges(moving).replace("    members: [a-12, b-13]\n", "    members: [a-12, b-13]\n    replaced: true\n")
    assert refused(replaced, "joined", "m25", "m24").diagnostic.code == "bad-edit"


def test_the_name_of_a_group_that_went_is_not_given_again(moving: Path) -> None:
    """Its topic page may still list it."""
    text = merges(moving)
    joined = deciding.joined(text, content_of(moving), "m24", "m25")
    write_merges(moving, joined)
    assert "  - id: m26\n" in deciding.same(joined, content_of(moving), "a-04", "c-04")


def test_different_with_and_without_a_reason() -> None:
    text = merges(MOVING)
    told = deciding.different(text, decided(text), "a-04", "m17", "One is about getting boxes.")
    assert changes(text, told) == [
        "+   - id: n14",
        "+     between: [[a-04], [a-06, b-05, c-07, d-07]]",
        "+     reason: One is about getting boxes.",
    ]
    untold = deciding.different(text, decided(text), "m17", "a-04")
    assert changes(text, untold) == ["+ apart:", "+   - [a-06, a-04]", "+ "]
    more = deciding.different(untold, decided(untold), "m15", "m14")
    assert changes(untold, more) == ["+   - [a-07, a-05]"]


def test_new_and_unsure(moving: Path) -> None:
    before, content = merges(moving), content_of(moving)
    after = deciding.new(before, content, "d-07")
    assert [row[0] for row in changes(before, after)] == ["-", "+"]
    assert changes(before, after)[1].endswith(", d-07]")
    assert "unsure: [d-07]" in deciding.unsure(before, content, "d-07")


def test_new_on_a_condition_gets_a_group_whose_wording_can_carry_it() -> None:
    before = re.sub(r"  - id: m06\n(?:    .*\n)+", "", merges(MOVING))
    after = deciding.new(before, decided(before), "e-03", ["m17"])
    assert [row for row in changes(before, after) if "e-03" in row] == ["+     members: [e-03]", "+   - [e-03, a-06]"]
    assert deciding.new(after, decided(after), decided(after).decisions.groups[-1].id) == after


def test_the_links_of_a_wording_lead_from_where_it_stands(moving: Path) -> None:
    page = moving / "docs" / "sources" / "article-1.md"
    text = page.read_text()
    start = text.index("{ #a-04")
    page.write_text(f"{text[:start].rstrip()} See [boxes](../guide/boxes.md#start).\n  {text[start:]}")
    told = changes(merges(moving), deciding.same(merges(moving), content_of(moving), "c-04", "a-04"))
    assert any("See [boxes](guide/boxes.md#start)." in row for row in told)


def test_new_beside_others_keeps_them_apart(moving: Path) -> None:
    before, content = merges(moving), content_of(moving)
    after = deciding.new(before, content, "d-07", ["m17", "c-04", "b-06"])
    assert "+   - [d-07, a-06, c-04, b-06]" in changes(before, after)
    assert Verdicts(decided(after)).ruled_out("d-07") >= {"m17", "m18", "c-07", "e-05", "c-04"}
    told = changes(before, deciding.new(before, content, "d-07", ["m17", "c-04"], "Of letters."))
    assert "+     between: [[d-07], [a-06, b-05, c-07]]" in told
    assert "+   - [d-07, c-04]" in told


def test_a_group_and_a_decided_point_are_none_of_others_and_stay_what_they_are() -> None:
    text = merges(MOVING)
    assert changes(text, deciding.new(text, decided(text), "m17", ["m15"])) == ["+ apart:", "+   - [a-06, a-07]", "+ "]
    assert changes(text, deciding.new(text, decided(text), "a-04", ["m15"])) == ["+ apart:", "+   - [a-04, a-07]", "+ "]
    assert deciding.new(text, decided(text), "a-04") == text


def test_a_decision_replaces_that_the_point_is_unsure(moving: Path) -> None:
    write_merges(moving, deciding.unsure(merges(moving), content_of(moving), "d-07"))
    after = deciding.same(merges(moving), content_of(moving), "d-07", "m17")
    assert "unsure: []" in after
    assert "[a-06, b-05, c-07, d-07]" in after


# What is refused


@pytest.mark.parametrize(("reason", "told"), [("Thickness.", '"n14" keeps'), ("", "A line of `apart` keeps")])
def test_a_contradiction_names_both_lines(moving: Path, reason: str, told: str) -> None:
    text = deciding.different(merges(moving), content_of(moving), "d-07", "m17", reason)
    fault = refused(text, "same", "d-07", "m17").diagnostic
    assert fault.code == "same-and-different"
    assert fault.message.startswith(f'{told} "d-07" and "a-06" apart')
    rows = text.split("\n")
    assert rows[fault.line - 1].strip() in {"- id: n14", "- [d-07, a-06]"}
    assert f'The group "m17" stands in line {rows.index("  - id: m17") + 1}.' in fault.message


def test_what_differs_from_one_member_differs_from_all_of_both_groups() -> None:
    text = deciding.different(merges(MOVING), decided(merges(MOVING)), "a-12", "e-14")
    assert "- [a-12, e-14]" in text
    assert refused(text, "same", "m24", "m25").diagnostic.code == "same-and-different"
    assert refused(text, "joined", "m24", "m25").diagnostic.code == "same-and-different"


@pytest.mark.parametrize(
    ("decision", "names", "code"),
    [
        ("same", ["d-12", "m99"], "unknown-name"),
        ("same", ["z-01", "m17"], "unknown-name"),
        ("same", ["a-06", "m01"], "two-decisions"),
        ("same", ["m17", "m17"], "two-decisions"),
        ("same", ["m17", "a-06"], "two-decisions"),
        ("same", ["a-04", "a-04"], "two-decisions"),
        ("different", ["a-06", "m17"], "same-and-different"),
        ("different", ["a-06", "b-05"], "same-and-different"),
        ("different", ["a-04", "a-04"], "same-and-different"),
        ("different", ["a-04", "z-01"], "unknown-name"),
        ("new", ["a-06"], "two-decisions"),
        ("new", ["z-01"], "unknown-name"),
        ("unsure", ["a-06"], "two-decisions"),
        ("unsure", ["m17"], "unknown-name"),
    ],
)
def test_what_cannot_be_decided(decision: str, names: list[str], code: str) -> None:
    assert refused(merges(MOVING), decision, *names).diagnostic.code == code


# What decisions come to

POINTS = ["a-01", "b-01", "c-01", "d-01", "e-01", "a-02"]
STEPS = st.lists(
    st.tuples(st.sampled_from(["same", "different", "new"]), st.sampled_from(POINTS), st.sampled_from(POINTS)),
    max_size=12,
)


class Model:
    """The same decisions as sets: which points are one, and which two were kept apart."""

    def __init__(self) -> None:
        self.class_of = {name: frozenset({name}) for name in POINTS}
        self.apart: set[frozenset[str]] = set()

    def parted(self, one: str, other: str) -> bool:
        return any(frozenset((x, y)) in self.apart for x in self.class_of[one] for y in self.class_of[other])

    def take(self, decision: str, one: str, other: str) -> bool:
        """Take a decision; return whether it could be taken."""
        together = self.class_of[one] == self.class_of[other]
        if together or (decision == "same" and self.parted(one, other)):
            return False
        if decision == "same":
            both = self.class_of[one] | self.class_of[other]
            self.class_of |= dict.fromkeys(both, both)
        else:
            self.apart.add(frozenset((one, other)))
        return True


def taken(text: str, decision: str, one: str, other: str) -> str:
    """Decide about the pieces that two points are in now."""
    content = decided(text)
    name, beside = (Verdicts(content).piece(point) for point in (one, other))
    if decision == "new":
        if name == beside:
            raise Fault(WHOLE.sources[0].span, "two-decisions", "A question is about two.")
        return deciding.new(text, content, name, [beside])
    return (deciding.same if decision == "same" else deciding.different)(text, content, name, beside)


@settings(max_examples=150)
@given(STEPS)
def test_same_and_different_are_shared_where_they_must_be(steps: Sequence[tuple[str, str, str]]) -> None:
    model, text = Model(), NOTHING
    for step in steps:
        try:
            text, possible = taken(text, *step), True
        except Fault:
            possible = False
        assert possible == model.take(*step)
    verdicts = Verdicts(decided(text))
    for one in POINTS:
        assert set(verdicts.members(verdicts.piece(one))) == model.class_of[one]
        ruled_out = {other for other in POINTS if model.parted(one, other)}
        assert verdicts.ruled_out(one) & set(POINTS) == ruled_out
        assert not ruled_out & model.class_of[one]


@settings(max_examples=50)
@given(STEPS)
def test_no_decision_makes_what_the_check_refuses(steps: Sequence[tuple[str, str, str]]) -> None:
    text = NOTHING
    for step in steps:
        try:
            text = taken(text, *step)
        except Fault:
            continue
    found = build({"merges.yml": text.encode()} | SOURCES).findings
    assert {one.code for one in found} & {"same-and-different", "two-decisions", "bad-value", "double-id"} == set()


SOURCES = {name: raw for name, raw in read_folder(MOVING / "docs").items() if name.startswith("sources/")}


# By option, and tensions


def test_decisions_by_option(moving: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--same", "d-07", "m17"]) == 0
    assert capsys.readouterr().out.startswith("m17 prints: Label each box on its sides with its room.")
    assert main(["review", "--list", "--undecided"]) == 0
    assert capsys.readouterr() == ("Everything is decided.\n", "")
    assert build(read_folder(moving / "docs")).findings == ()
    assert main(["review", "--same", "d-07", "m17"]) == 1
    assert "docs/merges.yml:" in capsys.readouterr().err
    assert main(["review", "--different", "a-01", "c-04", "--reason", "Lists and sales."]) == 0
    assert "reason: Lists and sales." in merges(moving)
    assert main(["review", "--different", "a-04", "c-04"]) == 0
    assert "  - [a-04, c-04]\n" in merges(moving)


def test_joining_groups_by_option_names_the_page_that_still_lists_one(
    moving: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", "--same", "m24", "m25"]) == 0
    assert "id: m24" not in merges(moving)
    err = capsys.readouterr().err
    assert "What `commonground check` finds after these decisions:\ndocs/guide/settle-in.md:" in err
    assert 'unknown-name There is no advice "m24"' in err
    assert "undecided-point" not in err


def test_a_file_of_windows_keeps_its_line_ends(moving: Path) -> None:
    path = moving / "docs" / "merges.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    assert main(["review", "--same", "d-07", "m17"]) == 0
    assert path.read_bytes() == before.replace(b"[a-06, b-05, c-07]", b"[a-06, b-05, c-07, d-07]")


def test_a_tension_to_paste_fits(moving: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--tension", "d-07", "m18"]) == 0
    pasted = capsys.readouterr().out
    assert pasted.startswith(
        "# For docs/tensions.yml, its `when` still to be written.\n# Add t3 to `tensions` in docs/"
    )
    files = read_folder(moving / "docs")
    content, findings = read(files | {"tensions.yml": files["tensions.yml"] + pasted.encode()})
    assert findings == []
    tension = content.tensions[-1]
    assert (tension.id, [topic.id for topic in tension.topics]) == ("t3", ["boxes"])
    assert [[point.id for point in side.points] for side in tension.sides] == [["d-07"], ["b-06", "e-05"]]
    assert tension.sides[1].says == "Number the boxes and keep a list."
    codes = {
        finding.code for finding in build(files | {"tensions.yml": files["tensions.yml"] + pasted.encode()}).findings
    }
    assert codes == {"one-sided", "undecided-point", "unlisted-advice"}
    assert main(["review", "--tension", "d-07", "z-99"]) == 1
    assert '"z-99"' in capsys.readouterr().err


def test_a_tension_between_leads_of_any_signs_is_yaml(moving: Path) -> None:
    content = content_of(moving)
    verdicts = {point.id: point for point in content.points}
    odd = replace(verdicts["d-07"], lead="Write: \"# no\" & 'yes'.")
    changed = replace(
        content,
        sources=tuple(
            replace(source, points=tuple(odd if point.id == "d-07" else point for point in source.points))
            for source in content.sources
        ),
    )
    (tension,) = read({"tensions.yml": tensions.between(changed, "d-07", "m18").encode()})[0].tensions
    assert tension.sides[0].says == odd.lead

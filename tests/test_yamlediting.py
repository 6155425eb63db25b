"""Changes to a YAML file that touch nothing else in it."""

import difflib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.diagnostics import Fault
from commonground.yamlediting import append, put, remove, take_out
from commonground.yamltext import load
from tests.conftest import PROJECT

FILE = """\
# Decisions.
groups:
  # Boxes
  - id: m01
    lead: 'Label every box: twice.'   # as people say it
    members: [a-02, b-02]

  # Vans
  - id: m02
    lead: Hire a van.
    members:
      - b-03
      - a-03  # swapped

different:
  - id: n01
    between: [[a-01], [b-01]]
    reason: One is about rooms.

alone: [a-05]
# The end.
"""


def changes(before: str, after: str) -> list[str]:
    """The lines that a change took away and added."""
    rows = difflib.ndiff(before.split("\n"), after.split("\n"))
    return [row for row in rows if row[0] in "+-"]


def test_a_member_joins_a_flow_list() -> None:
    assert changes(FILE, append(FILE, ("groups", 0, "members"), "e-09")) == [
        "-     members: [a-02, b-02]",
        "+     members: [a-02, b-02, e-09]",
    ]


def test_a_member_joins_a_block_list() -> None:
    assert changes(FILE, append(FILE, ("groups", 1, "members"), "e-09")) == ["+       - e-09"]


def test_a_group_is_added_behind_another() -> None:
    group = {"id": "m03", "topic": "boxes", "lead": "Say: no.", "members": ["a-07", "b-07"]}
    changed = append(FILE, ("groups",), group, after=0)
    assert changes(FILE, changed) == [
        "+   - id: m03",
        "+     topic: boxes",
        "+     lead: 'Say: no.'",
        "+     members: [a-07, b-07]",
    ]
    assert changed.index("m01") < changed.index("m03") < changed.index("# Vans")


def test_a_difference_is_added_at_the_end() -> None:
    entry = {"id": "n02", "between": [["a-02"], ["b-03"]], "reason": "A box is no van."}
    assert changes(FILE, append(FILE, ("different",), entry)) == [
        "+   - id: n02",
        "+     between: [[a-02], [b-03]]",
        "+     reason: A box is no van.",
    ]


def test_the_first_item_of_an_empty_list() -> None:
    assert append("groups: []\nalone: []\n", ("alone",), "a-01") == "groups: []\nalone: [a-01]\n"
    assert append("groups: []\nalone: []\n", ("groups",), {"id": "m01"}) == "groups:\n  - id: m01\nalone: []\n"
    assert append("groups: []\nalone:\n", ("alone",), "a-01") == "groups: []\nalone: [a-01]\n"


def test_a_list_that_is_missing() -> None:
    assert append("groups: []\n", ("unsure",), "a-01") == "groups: []\n\nunsure:\n  - a-01\n"
    assert append(FILE, ("unsure",), "a-01").startswith(FILE)


@pytest.mark.parametrize(
    ("text", "path", "item", "expected"),
    [
        ("alone: [a, b, c] # x\n", ("alone",), "a", "alone: [b, c] # x\n"),
        ("alone: [a, b, c]\n", ("alone",), "b", "alone: [a, c]\n"),
        ("alone: [a, b, c]\n", ("alone",), "c", "alone: [a, b]\n"),
        ("alone: [a]\n", ("alone",), "a", "alone: []\n"),
        ("alone:\n  - a\n  - b # x\n", ("alone",), "a", "alone:\n  - b # x\n"),
        ("alone:\n  - a\n", ("alone",), "a", "alone: []\n"),
    ],
)
def test_an_item_is_taken_out(text: str, path: tuple[str], item: str, expected: str) -> None:
    assert remove(text, path, item) == expected


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("groups:\n  # x\n  - id: a\n    b: [c]\n  # y\n  - id: d # z\n", 0, "groups:\n  # x\n  # y\n  - id: d # z\n"),
        ("groups:\n  - id: a\n\n  # y\n  - id: d # z\n# end\n", 1, "groups:\n  - id: a\n\n  # y\n# end\n"),
        ("groups:\n  - id: a\n    b:\n      - c\n      - d # x\nalone: []\n", 0, "groups: []\nalone: []\n"),
        ("groups: [{id: a}, {id: b, c: [d]}, {id: e}]\n", 0, "groups: [{id: b, c: [d]}, {id: e}]\n"),
        ("groups: [{id: a}, {id: b, c: [d]}, {id: e}]\n", 1, "groups: [{id: a}, {id: e}]\n"),
        ("groups: [{id: a}]\n", 0, "groups: []\n"),
        ("groups:\n- id: a\n  b: |\n    c\n\n    d\n\n- id: e", 0, "groups:\n\n- id: e"),
        ("groups:\n- id: a\n- id: b\n  c: >\n    d\n", 1, "groups:\n- id: a\n"),
    ],
)
def test_a_whole_entry_is_taken_out(text: str, at: int, expected: str) -> None:
    assert take_out(text, ("groups",), at) == expected


def test_what_ends_in_many_lines_is_followed_by_the_next_entry() -> None:
    text = "groups:\n  - id: a\n    b: |\n      c\n\n# end\nalone: []\n"
    assert changes(text, append(text, ("groups",), {"id": "d"})) == ["+   - id: d"]


def test_a_list_of_names_is_a_line_of_a_list() -> None:
    first = append("groups: []\n", ("apart",), ["a", "b"])
    assert first == "groups: []\n\napart:\n  - [a, b]\n"
    assert append(first, ("apart",), ["c", "d"]) == first + "  - [c, d]\n"


@pytest.mark.parametrize(
    ("at", "key", "value", "expected"),
    [
        (
            0,
            "lead",
            "Label: all.",
            [
                "-     lead: 'Label every box: twice.'   # as people say it",
                "+     lead: 'Label: all.'   # as people say it",
            ],
        ),
        (0, "body", "Twice.", ["+     body: Twice."]),
        (1, "body", "# Twice.", ["+     body: '# Twice.'"]),
        (0, "body", "", []),
        (0, "lead", "", ["-     lead: 'Label every box: twice.'   # as people say it"]),
    ],
)
def test_a_value_is_put_in_the_place_of_another(at: int, key: str, value: str, expected: list[str]) -> None:
    assert changes(FILE, put(FILE, ("groups", at, key), value, "lead")) == expected


@pytest.mark.parametrize(
    "body", ["body: >\n      Once.\n      Twice.", "body: |-\n      Once.\n\n      Twice.", "body: Once,\n      twice."]
)
def test_a_value_of_many_lines_goes_whole(body: str) -> None:
    text = f"groups:\n  - id: m01\n    lead: Label.\n    {body}\n    members: [a-01]\n"
    assert put(text, ("groups", 0, "body"), "Now.", "lead") == text.replace(body, "body: Now.")
    assert put(text, ("groups", 0, "body"), "", "lead") == text.replace(f"    {body}\n", "")


def test_each_group_of_the_guide_can_be_taken_out_and_nothing_else_changes() -> None:
    text = (PROJECT / "docs" / "merges.yml").read_text(encoding="utf-8")
    for index in range(0, len(load(text, "").value["groups"]), 9):
        assert {row[0] for row in changes(text, take_out(text, ("groups",), index))} == {"-"}


@pytest.mark.parametrize(
    "text",
    ["alone: [a,\n  b]\n", "alone: [a, b,]\n", 'alone: ["a", b]\n', "{alone: [a, b], groups: []}\n"],
)
def test_odd_but_sound_forms(text: str) -> None:
    assert load(append(text, ("alone",), "c"), "").value["alone"] == ["a", "b", "c"]
    assert load(remove(text, ("alone",), "a"), "").value["alone"] == ["b"]


def test_what_is_not_there_cannot_be_taken_out() -> None:
    with pytest.raises(Fault):
        remove(FILE, ("alone",), "z-99")
    with pytest.raises(Fault):
        remove(FILE, ("unsure",), "a-01")


def test_the_guides_own_decisions_keep_every_other_byte() -> None:
    text = (PROJECT / "docs" / "merges.yml").read_text(encoding="utf-8")
    count = len(load(text, "").value["groups"])
    for index in range(count):
        changed = append(text, ("groups", index, "members"), "zz-99")
        assert len(changes(text, changed)) == 2
    for index in range(0, count, 7):
        changed = append(text, ("groups",), {"id": "m999", "lead": "New."}, after=index)
        assert changes(text, changed) == ["+   - id: m999", "+     lead: New."]


NAMES = st.from_regex(r"[a-z]{1,3}-[0-9]{2}", fullmatch=True)


@given(st.lists(NAMES, unique=True, max_size=6), NAMES, st.booleans(), st.text("# x\n", max_size=8))
def test_what_is_added_can_be_taken_out(names: list[str], name: str, block: bool, tail: str) -> None:
    comment = "".join(f"#{row}\n" for row in tail.split("\n"))
    listed = "\n" + "".join(f"  - {one}\n" for one in names) if block and names else f" [{', '.join(names)}]\n"
    text = f"groups: []\nalone:{listed}{comment}unsure: []\n"
    if name in names:
        return
    changed = append(text, ("alone",), name)
    value: Any = load(changed, "").value
    assert value["alone"] == [*names, name]
    assert comment in changed
    assert remove(changed, ("alone",), name) == text

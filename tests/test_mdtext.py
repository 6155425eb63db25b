"""Markdown as text: parts and places, attribute lines, markers, links, and the words alone."""

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground import mdtext
from commonground.diagnostics import Fault

LINES = st.lists(
    st.sampled_from(
        [
            "",
            "---",
            "title: x",
            "# One",
            "## Two",
            "- **Do it.** Why.",
            '  { #a-1 topic="x" }',
            '{ #a topic="b" }',
            "{ #a b }",
            "> quoted",
            "    code",
            "```",
            "1. first",
            "   - inner",
            "\t- tab",
            "<!-- advice -->",
            "<!-- help -->  ",
            "Grüße 📦",
        ]
    ),
    max_size=12,
)
# Control characters and the line breaks of other systems are for `reading` to refuse: test_building.py has them.
PRINTED = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], include_characters="\n\t")
ANY_TEXT = st.one_of(st.text(PRINTED, max_size=60), LINES.map("\n".join))


@given(ANY_TEXT)
def test_front_matter_and_body_are_the_file(text: str) -> None:
    try:
        parts = mdtext.split_front_matter(text, "a.md")
    except Fault as fault:
        assert fault.diagnostic.code == "no-front-matter"
        return
    rows = text.split("\n")
    assert rows[0].strip() == "---"
    assert "\n".join(rows[parts.body_line - 1 :]) == parts.body
    assert text.index(parts.yaml) < len(text) - len(parts.body)


@given(ANY_TEXT)
def test_every_block_and_every_finding_has_a_place_in_the_text(body: str) -> None:
    first_line = 5
    blocks, findings = mdtext.outline(body, "a.md", first_line)
    rows = body.split("\n")
    places = [(block.span.line, block.span.column) for block in blocks]
    for line, column in [*places, *((finding.line, finding.column) for finding in findings)]:
        assert 0 <= line - first_line < len(rows)
        assert 1 <= column <= len(rows[line - first_line]) + 1
    for block in blocks:
        if block.attribute_row is not None:
            assert rows[block.attribute_row].strip().startswith("{")


def test_blocks_know_their_kind_their_place_and_their_attributes() -> None:
    body = '\n# One\n\nTwo\nlines.\n\n- **Do.** Why\n  not.\n  { #a-1 topic="x y" }\n- Two\n\n> - quoted\n\n1. Third\n'
    blocks, findings = mdtext.outline(body, "a.md", 10)
    assert not findings
    assert [(one.kind, one.level, one.text, one.span.line, one.span.column, one.attribute_row) for one in blocks] == [
        ("heading", 1, "One", 11, 1, None),
        ("paragraph", 0, "Two lines.", 13, 1, None),
        ("bullet", 0, "**Do.** Why not.", 16, 1, 8),
        ("bullet", 0, "Two", 19, 1, None),
        ("bullet", 0, "Third", 23, 1, None),
    ]
    attributes = blocks[2].attributes
    assert attributes
    assert attributes.value == {"id": "a-1", "topic": "x y"}
    assert {key: (span.line, span.column) for key, span in attributes.spans.items()} == {
        (): (18, 3),
        ("id",): (18, 6),
        ("topic",): (18, 17),
    }


@pytest.mark.parametrize(
    ("body", "loose", "split"),
    [
        ("- one\n- two\n", False, False),
        ("- one\n\n- two\n", True, False),
        ("- one\n\n  more\n", True, True),
        ("- one\n  - two\n", False, True),
    ],
)
def test_lists_that_would_move_an_id(body: str, loose: bool, split: bool) -> None:
    bullet = mdtext.outline(body, "a.md", 1)[0][0]
    assert (bullet.loose, bullet.split) == (loose, split)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Do it.** Because.", ("Do it.", "Because.")),
        ("**Do it.**", ("Do it.", "")),
        ("**Is it?** Yes: *very* **much**.", ("Is it?", "Yes: *very* **much**.")),
        ("Do it. Because.", None),
        ("*Do it.* Because.", None),
        ("**Do it.**Because.", None),
        ("Well, **do it.** Because.", None),
        ("", None),
    ],
)
def test_lead(text: str, expected: tuple[str, str] | None) -> None:
    assert mdtext.split_lead(text) == expected


def test_markers_stand_on_lines_of_their_own() -> None:
    body = "<!-- one -->\ntext <!-- two -->\n  <!-- three -->\n<!-- Four -->\n\n<!-- one -->  \n"
    assert list(mdtext.markers(body)) == [("one", 0), ("one", 5)]
    expanded = mdtext.expand(body, {"one": lambda: r"\1 \g<name> $1"})
    assert expanded == body.replace("<!-- one -->  ", "<!-- one -->").replace("<!-- one -->", r"\1 \g<name> $1")


@given(st.lists(st.text(PRINTED.filter("\n".__ne__) | st.sampled_from(" \t")), max_size=8), st.data())
def test_replacing_rows_leaves_the_others_untouched(rows: list[str], data: st.DataObject) -> None:
    body = "".join(f"{row}\n" for row in rows)
    wanted = data.draw(st.dictionaries(st.sampled_from(range(len(rows))), st.text("ab \\"), max_size=3)) if rows else {}
    replaced = mdtext.replace_rows(body, wanted)
    assert replaced == "".join(f"{wanted.get(number, row)}\n" for number, row in enumerate(rows))


NAMES = st.sampled_from(["a", "b", "guide", "sources", "x-1"])
FILES = st.lists(NAMES, min_size=1, max_size=4).map(lambda parts: "/".join(parts) + ".md")
ANCHORS = st.sampled_from(["", "#m01", "#q-no-reply"])
TITLES = st.sampled_from(["", ' "A title"', " 'with (brackets)'"])


@given(FILES, FILES, FILES, ANCHORS, TITLES)
def test_a_rebased_link_leads_to_the_same_place(source: str, target: str, aim: str, anchor: str, title: str) -> None:
    link = posixpath.relpath(aim, posixpath.dirname(source) or ".")
    moved = mdtext.rebase(f"See ![the *words*]({link}{anchor}{title}), (and) more.", source, target)
    start, end = "See ![the *words*](", f"{anchor}{title}), (and) more."
    assert moved.startswith(start)
    assert moved.endswith(end)
    path = moved[len(start) : -len(end)]
    assert posixpath.normpath(posixpath.join(posixpath.dirname(target), path)) == aim


@given(FILES, FILES)
def test_a_rebased_anchor_leads_to_its_own_page(source: str, target: str) -> None:
    moved = mdtext.rebase("[here](#m01)", source, target)
    path, anchor = moved.removeprefix("[here](").removesuffix(")").split("#")
    assert anchor == "m01"
    aim = posixpath.normpath(posixpath.join(posixpath.dirname(target), path)) if path else target
    assert aim == source


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "[a](https://example.com/a/../b?c=d&e=%20#f)",
                    "[a](HTTP://example.com)",
                    "[a](mailto:a@example.com)",
                    "[a](/rooted/../page.md)",
                    "![a](https://example.com/x.png 'title')",
                    "[a] ",
                    " (b)",
                    "] (c)",
                    "\\1 \\g<path>",
                ]
            ),
            st.text("a b.\\*_é", max_size=5),
        )
    ).map("".join),
    FILES,
    FILES,
)
def test_text_without_relative_links_stays_byte_for_byte(text: str, source: str, target: str) -> None:
    assert mdtext.rebase(text, source, target) == text


@given(ANY_TEXT, FILES)
def test_a_text_on_its_own_page_keeps_its_links(text: str, source: str) -> None:
    assert mdtext.rebase(text, source, source) == text


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = mdtext.normalised(text)
    assert mdtext.normalised(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "Keep your promises",
        "KEEP your promises!",
        "  Keep\tyour\n  promises…",
        "**Keep** *your* __promises__.",
        "Keep your promises. [2] [G]",
        "Keep [your](../x.md#y) promises",
        "\uff2b\uff45\uff45\uff50 your promises",
    ],
)
def test_what_normalises_to_the_same(text: str) -> None:
    assert mdtext.normalised(text) == "keep your promises"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Keep your promises.", "Keep your promise."),
        ("Do not write.", "Do write."),
        ("Write once.", "Write at once."),
        ("Wait 2 days.", "Wait 3 days."),
    ],
)
def test_what_normalises_to_another(one: str, other: str) -> None:
    assert mdtext.normalised(one) != mdtext.normalised(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Bold** and *light* and __bold__", "Bold and light and bold"),
        ("a [link](x.md) and ![picture](y.png)", "a link and picture"),
        ("2 * 3 and snake_case", "2 * 3 and snake_case"),
    ],
)
def test_plain_text_has_no_marks(text: str, expected: str) -> None:
    assert mdtext.plain(text) == expected

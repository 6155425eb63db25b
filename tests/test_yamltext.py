"""YAML as values and places: nothing but `Fault` comes out, however the text was made, and at once."""

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.diagnostics import Fault
from commonground.yamltext import Document, load

PIECES = [
    "a", "b: ", "- ", "\n", "\n  ", "? ", "[", "]", "{", "}", ",", "'", '"', "|", ">", "|2-", "#", "---", "...",
    "%YAML", "&x ", "*x", "!!str ", "!t ", "<<: ", "~", "null", "true", "0", "-7", "0x1", "1e3", ": ", "\t", "\x85",
    "\u2028", "\\", "\\x00", "\\ud800", "\ufeff", "\x00", "\x7f", "é", "📦", "@", "`", "12:30", "2024-01-10",
]  # fmt: skip
YAMLISH = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
WORDS = st.text(st.characters(codec="ascii", min_codepoint=32, max_codepoint=126), max_size=12)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**14), 10**14), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS.filter(bool), inner, max_size=3)),
    max_leaves=8,
)


def read(text: str, first_line: int = 1) -> Document | Fault:
    try:
        return load(text, "a.yml", first_line)
    except Fault as fault:
        return fault


def places(read: Document | Fault) -> Iterator[tuple[int, int]]:
    if isinstance(read, Fault):
        yield read.diagnostic.line, read.diagnostic.column
    else:
        yield from ((span.line, span.column) for span in (*read.spans.values(), *read.keys.values()))


@given(YAMLISH)
def test_every_text_is_a_document_or_a_fault(text: str) -> None:
    found = read(text)
    if isinstance(found, Document):
        assert found.value is None or found.spans.keys() >= set(paths(found.value))
        assert found.keys.keys() >= {path for path in paths(found.value) if path and isinstance(path[-1], str)}


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The key path of every value in a value, its own first."""
    yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from paths(inner, (*path, key))


@given(YAMLISH.map(lambda text: re.sub(r"[\r\x85\u2028\u2029]", "", text) + "\n"))  # YAML's own line breaks
def test_every_place_is_inside_the_text(text: str) -> None:
    rows = text.split("\n")
    for line, column in places(read(text)):
        assert 1 <= line <= len(rows)
        assert 1 <= column <= len(rows[line - 1]) + 1


@given(YAMLISH, st.integers(2, 50))
def test_the_first_line_moves_every_place(text: str, first_line: int) -> None:
    moved = [(line - first_line + 1, column) for line, column in places(read(text, first_line))]
    assert moved == list(places(read(text)))


@given(VALUES)
def test_json_comes_back_as_it_went(value: Any) -> None:
    found = read(json.dumps(value, indent=1))
    assert isinstance(found, Document)
    assert found.value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("2024-01-10", "2024-01-10"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("010", "010"),
        ("1.50", "1.50"),
        ("1_000", "1_000"),
        ("True", "True"),
        (".inf", ".inf"),
        ("=", "="),
        ("true", True),
        ("-7", -7),
        ("0", 0),
        ("~", None),
        ("", None),
        ("'true'", "true"),
        ("[a, {b: 1}]", ["a", {"b": 1}]),
    ],
)
def test_values_are_what_somebody_typed(text: str, value: Any) -> None:
    found = read(f"key: {text}\n")
    assert isinstance(found, Document)
    assert found.value == {"key": value}
    assert type(found.value["key"]) is type(value)


def test_places_of_keys_and_values() -> None:
    found = read("one: a\ntwo:\n  - b\n  - {three: 'c'}\n", first_line=3)
    assert isinstance(found, Document)
    assert {path: (span.line, span.column) for path, span in found.spans.items()} == {
        (): (3, 1),
        ("one",): (3, 6),
        ("two",): (5, 3),
        ("two", 0): (5, 5),
        ("two", 1): (6, 5),
        ("two", 1, "three"): (6, 13),
    }
    assert {path: (span.line, span.column) for path, span in found.keys.items()} == {
        ("one",): (3, 1),
        ("two",): (4, 1),
        ("two", 1, "three"): (6, 6),
    }


LAUGHS = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
MERGES = "m0: &m0 {k: v}\n" + "".join(f"m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}]}}\n" for n in range(1, 40))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (LAUGHS, "yaml-anchor"),
        (MERGES, "yaml-anchor"),
        ("a: &a [*a]\n", "yaml-anchor"),
        ("<<: {a: 1}\n", "yaml-anchor"),
        ("a: *b\n", "yaml-anchor"),
        ("a: !!python/object/apply:os.system [x]\n", "yaml-tag"),
        ("!!map {a: 1}\n", "yaml-tag"),
        ("a: ! x\n", "yaml-tag"),
        ("[" * 50_000, "not-yaml"),
        ("{a: " * 50_000, "not-yaml"),
        ("- " * 50_000, "not-yaml"),
        ("? " * 50_000, "not-yaml"),
        ("a:\n" + "".join(" " * n + "a:\n" for n in range(1, 300)), "not-yaml"),
        ("a: 1\na: 2\n", "double-key"),
        ("a: 1\n'a': 2\n", "double-key"),
        ("? [a]\n: 1\n", "not-yaml"),
        ("a: 1\n---\nb: 2\n", "not-yaml"),
        ('a: "\x00"\n', "not-yaml"),
        ("a: b: c\n", "not-yaml"),
        ("a: [b\n", "not-yaml"),
        ("\ta: b\n", "not-yaml"),
        ("a: @b\n", "not-yaml"),
        ("a: %b\n", "not-yaml"),
        ('a: "\\ud800"\n', "not-yaml"),
    ],
)
def test_refused_at_once(text: str, code: str) -> None:
    started = time.perf_counter()
    found = read(text)
    assert isinstance(found, Fault)
    assert found.diagnostic.code == code
    assert time.perf_counter() - started < 1, "a second is a thousand times what this takes"


def test_a_quoted_sign_is_no_anchor() -> None:
    found = read("a: '&b'\nb: \"*c\"\nc: a & b * c\nd: '<<'\n'<<': x\n")
    assert isinstance(found, Document)
    assert found.value == {"a": "&b", "b": "*c", "c": "a & b * c", "d": "<<", "<<": "x"}


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a:\n\tb: 1\n", (2, 1), "A tab stands here. Use blanks."),
        ("a: b\n\tc\n", (2, 1), "A tab stands here."),
        ("a: [b, c\nd: e\n", (1, 4), "This [ is not closed"),
        ("a: {b: c\nd: 1\n", (1, 4), "This { is not closed"),
        ('a: 1\nb: "c\nd: e\n', (2, 4), "This quotation mark has no second one."),
        ("a: b: c\n", (1, 5), "A colon and a blank stand in this text. Put the text in quotation marks."),
        ("a: 1\n  b: 2\n", (2, 4), "This line does not fit the one above it."),
        ("a:\n  - b\n c: 1\n", (3, 2), "This line does not fit the one above it."),
        ("- a\nb: c\n", (2, 1), "This line does not fit the one above it."),
        ("a: 'it's'\n", (1, 8), "Something stands here after the end of a value."),
        ("a: [\n  - b\n", (2, 3), "A value is missing here, or a bracket above is not closed."),
        ("a: - b\n", (1, 4), "A list cannot start on the line of its key."),
        ("a: @b\n", (1, 4), "A text cannot start with @ here."),
    ],
)
def test_what_is_not_yaml_is_said_in_words(text: str, place: tuple[int, int], said: str) -> None:
    found = read(text)
    assert isinstance(found, Fault)
    assert (found.diagnostic.line, found.diagnostic.column) == place
    assert f"{found.diagnostic.message} {found.diagnostic.hint}".startswith(said)

"""How this guide speaks: each of its rules finds its bad examples and no good one, and places are exact."""

from collections.abc import Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground import spelling, wording
from commonground.building import build
from commonground.corpus import Corpus
from commonground.diagnostics import Diagnostic
from commonground.fixing import fixed
from commonground.reading import is_text
from commonground.visible import masked, stretches
from commonground.voice import Voice, WordRule, check, load_voice
from tests.conftest import PROJECT

VOICE, FAULTS = load_voice((PROJECT / "voice.yml").read_text(encoding="utf-8"))


def found(rule: WordRule, sentence: str) -> list[Diagnostic]:
    page = f"---\ntitle: A page\n---\n\n{sentence}\n"
    return list(check(Corpus([*stretches({"page.md": page})]), Voice(rules=(rule,))))


def examples(kind: str) -> list[Any]:
    return [
        pytest.param(rule, sentence, id=f"{rule.id}-{number}")
        for rule in VOICE.rules
        for number, sentence in enumerate(getattr(rule, kind))
    ]


def test_the_voice_can_be_read() -> None:
    assert FAULTS == []
    assert VOICE.rules


@pytest.mark.parametrize(("rule", "sentence"), examples("bad"))
def test_a_bad_example_is_found(rule: WordRule, sentence: str) -> None:
    assert found(rule, sentence)


@pytest.mark.parametrize(("rule", "sentence"), examples("good"))
def test_a_good_example_is_not(rule: WordRule, sentence: str) -> None:
    assert found(rule, sentence) == []


SWAPS = [pytest.param(rule, old, new, id=f"{rule.id}-{old}") for rule in VOICE.rules for old, new in rule.swap.items()]


@pytest.mark.parametrize(("rule", "old", "new"), SWAPS)
def test_what_a_rule_swaps_breaks_it_no_more(rule: WordRule, old: str, new: str) -> None:
    (finding,) = found(rule, f"Say {old} To it")
    assert finding.fix
    assert (finding.fix.old, finding.fix.new) == (old, new)
    assert found(rule, f"Say {new} To it") == []


def test_a_swap_keeps_a_capital() -> None:
    rule = next(rule for rule in VOICE.rules if "don't" in rule.swap)
    (finding,) = found(rule, "Don’t.")
    assert (finding.line, finding.column, finding.length) == (5, 1, 5)
    assert finding.fix
    assert (finding.fix.old, finding.fix.new) == ("Don’t", "Do not")


ADVICE = "groups:\n  - id: m01\n    lead: {}\n    body: {}\n    added: {}\n"
TENSION = "- id: t1\n  when:\n    - if: {}\n      then: {}\n"


@pytest.mark.parametrize(
    ("path", "text", "number"),
    [
        ("merges.yml", ADVICE.format("Call them.", "Only if they asked.", "a note"), 0),
        ("merges.yml", ADVICE.format("If they said yes, be brief.", "Call them.", "a note"), 0),
        ("merges.yml", ADVICE.format("Call them.", "Be kind.", "that it holds only if they want to"), 1),
        ("merges.yml", ADVICE.format("Be kind.", "Call them.", "that it holds only if they want to"), 1),
        ("merges.yml", ADVICE.format("Call them.", "Eat well. Only if they asked.", "a note"), 1),
        ("tensions.yml", TENSION.format("they asked for space", "Call them."), 1),
        ("tensions.yml", TENSION.format("none of that is true and it is safe", "Call them."), 0),
    ],
)
def test_a_condition_stands_near_what_it_is_for(path: str, text: str, number: int) -> None:
    rule = next(rule for rule in VOICE.rules if rule.id == "no-condition")
    assert len([*check(Corpus([*stretches({path: text})]), Voice(rules=(rule,)))]) == number


@pytest.mark.parametrize(
    ("page", "mended"),
    [
        ("You don't know.", "You do not know."),
        ("Don't you know?", None),
        ("Why don't they call?", None),
        ("Why don't your friends call?", None),
        ("Isn't it late.", None),
        ("Don't wait. Is it safe?", "Do not wait. Is it safe?"),
        ("You CAN'T know.", None),
        ("See the Don't Worry Centre.", None),
        ("It said: “go via it”.", None),
        ("> Go via it.", None),
        ("## You can't know", None),
        ("Go now!", "Go now."),
        ("Go now!?", "Go now?"),
        ("Oh! how sad.", None),
        ("## Go now!", None),
        ("Stop early (!) today.", None),
        ("Walk, e.g. here.", "Walk, for example here."),
        ("Walk via the wood.", "Walk through the wood."),
        ("It stands in Via Roma.", None),
        ("The color fades.", "The colour fades."),
        ("Color fades.", None),
        ('"The color fades."', None),
    ],
)
def test_a_swap_does_no_harm(page: str, mended: str | None) -> None:
    findings = wording.check(
        {"page.md": f"---\ntitle: A page\n---\n\n{page}\n"}, build({}).guide, replace(VOICE, named=())
    )
    fixes = [finding for finding in findings if finding.fix]
    assert findings
    text, done = fixed(f"\n\n\n\n{page}", fixes)
    assert (text[4:] if done else None) == mended


@pytest.mark.parametrize(
    "written", ['"You don\'t know."', "You don't know.", "'You don''t know.'", '"You don\\u2019t know."']
)
def test_a_swap_is_offered_only_where_it_can_be_made(written: str) -> None:
    page = f"---\ntitle: A page\nsummary: {written}\n---\n"
    (finding,) = [
        one
        for one in wording.check({"page.md": page}, build({}).guide, replace(VOICE, named=()))
        if "n't" in one.message.replace("’", "'")
    ]
    assert fixed(page, [finding])[1] == (finding.fix is not None) == ("don't" in written)


def test_what_is_parted_by_markup_or_a_line_has_no_swap() -> None:
    rule = next(rule for rule in VOICE.rules if rule.id == "promise-back")
    (finding,) = found(rule, "Do *win* them\nback.")
    assert (finding.line, finding.column, finding.length, finding.fix) == (5, 5, 9, None)


def test_each_of_this_guides_rules_is_documented_with_examples() -> None:
    documented = wording.documentation(VOICE)
    assert {rule.id for rule in VOICE.rules} < documented.keys()
    assert all("Bad: " in text and "Good: " in text for text in documented.values())


def test_no_exception_is_made_from_what_keeps_readers_safe() -> None:
    safe = {"no-condition", "suicide-words", "phone-number", "late-gate", "early-scope", "no-help"}
    assert safe < wording.kept_safe(VOICE).keys()
    assert wording.exceptable(VOICE) == wording.documentation(VOICE).keys() - wording.kept_safe(VOICE) - {"bad-pattern"}


def texts(docs: Mapping[str, bytes]) -> dict[str, str]:
    return {path: raw.decode() for path, raw in docs.items() if is_text(path)}


def test_the_guide_speaks_as_it_says(docs: Mapping[str, bytes]) -> None:
    assert wording.check(texts(docs), build(docs).guide, VOICE) == []


def test_a_draft_is_not_ours_yet() -> None:
    page = "---\ntitle: Win them back\nmark: 6\n{}---\n\nWin them back.\n"
    assert [stretch.text for stretch in stretches({"sources/article-6.md": page.format("draft: true\n")})] == []
    assert len([*stretches({"sources/article-6.md": page.format("")})]) == 2


def test_each_word_of_a_stretch_stands_at_its_place(docs: Mapping[str, bytes]) -> None:
    files = texts(docs)
    rows = {path: text.split("\n") for path, text in files.items()}
    seen = 0
    for stretch in stretches(files):
        position = 0
        for word in stretch.text.split():
            position = stretch.text.index(word, position)
            place = stretch.place(position)
            assert rows[place.path][place.line - 1].startswith(word, place.column - 1), (place, word)
            position += len(word)
            seen += 1
    assert seen > 20_000


MARKDOWN = st.text(alphabet=st.sampled_from("ab .!?\n#*_`[]()<>{}|&;-+:/h1\"'é"), max_size=80)


@given(MARKDOWN)
def test_masking_keeps_every_place(text: str) -> None:
    bare = masked(text)
    assert len(bare) == len(text)
    assert all(new in {old, " "} for old, new in zip(text, bare, strict=True))
    assert [at for at, sign in enumerate(bare) if sign == "\n"] == [at for at, sign in enumerate(text) if sign == "\n"]


@given(MARKDOWN, MARKDOWN)
def test_no_text_breaks_a_rule_about_words(title: str, body: str) -> None:
    page = f"---\ntitle: {title!r}\n---\n{body}"
    for finding in wording.check({"page.md": page}, build({}).guide, replace(VOICE, named=())):
        assert 1 <= finding.line <= page.count("\n") + 1
        assert finding.column >= 1


@pytest.mark.parametrize(
    "text",
    ["[" * 40_000, "<!-- " * 40_000, "`" * 40_000 + "a", "](" * 40_000, "{" * 40_000, '"' * 40_001, "* " * 40_000],
)
def test_no_text_takes_for_ever(text: str) -> None:
    assert len(masked(text)) == len(text)


@pytest.mark.parametrize("text", ["they will ", "tell them ", "don't ", '"', "a. ", "recieve "])
def test_no_page_takes_for_ever(text: str) -> None:
    page = f"---\ntitle: A page\n---\n\n{text * 5_000}\n"
    assert isinstance(wording.check({"page.md": page}, build({}).guide, VOICE), list)


def test_codespells_list_is_in_the_order_that_is_searched() -> None:
    words = [line.split(b"->")[0].decode().lower() for line in spelling._common()]
    plain = [word for word in words if word.isalpha()]
    lost = [word for word in plain if not spelling._meant(word, spelling._common())]
    assert len(plain) > 50_000
    assert len(lost) < len(plain) / 1_000, lost


def test_no_code_of_codespell_is_run() -> None:
    spec = find_spec("codespell_lib")
    assert spec
    assert spec.origin
    assert "import codespell" not in Path(spelling.__file__).read_text(encoding="utf-8")

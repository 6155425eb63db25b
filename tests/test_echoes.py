"""The echo guard: what a page shares with an article, from hashes alone."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from commonground.diagnostics import Diagnostic, Severity
from commonground.echoes import Guard, compare, find, read_guard, words, write_guard
from commonground.importing import read_article, read_lines
from tests.conftest import PROJECT

ARTICLE = "Moving in Spring\n\nPack the heavy books into the smallest boxes you own. Label each box on two sides."


def guard(text: str, titles: tuple[str, ...] = ()) -> Guard:
    made, wrong = read_guard("6", write_guard("6", text, titles), "echoes/6.txt")
    assert wrong == []
    return made


def echoes(text: str, titles: tuple[str, ...] = ()) -> list[Diagnostic]:
    return list(find("docs/a.md", text, [guard(ARTICLE).without(titles)]))


def test_six_running_words_are_an_error_at_their_place() -> None:
    (found,) = echoes("# Boxes\n\nDo  pack the heavy books INTO\nthe small ones.")
    assert (found.path, found.line, found.column, found.severity) == ("docs/a.md", 3, 5, Severity.ERROR)
    assert found.message == '6 running words stand in article 6 too: "pack the heavy books into the".'


def test_five_running_words_are_a_warning() -> None:
    (found,) = echoes("You can pack the heavy books into bags.")
    assert (found.column, found.severity) == (9, Severity.WARNING)


def test_four_running_words_are_nothing() -> None:
    assert echoes("You can pack the heavy books early.") == []


def test_a_longer_run_is_one_finding() -> None:
    (found,) = echoes("pack the heavy books into the smallest boxes you own label each box on two sides")
    assert found.message.startswith("16 running words")


def test_two_runs_are_two_findings() -> None:
    assert len(echoes("Pack the heavy books into the oven. Boxes you own label each box.")) == 2


def test_figures_signs_and_kinds_of_apostrophe_make_no_difference() -> None:
    made = guard("You don’t own 2 - or more - big boxes yet.")
    assert len(list(find("a.md", "**You** don't own\nor more big boxes", [made]))) == 1


def test_titles_of_the_article_may_be_repeated() -> None:
    made = guard(ARTICLE, ("Pack the heavy books into the smallest",))
    assert list(find("a.md", "Pack the heavy books into the smallest", [made])) == []
    assert len(list(find("a.md", "heavy books into the smallest boxes you own", [made]))) == 1


def test_recorded_titles_may_be_repeated() -> None:
    assert echoes("recorded_title: Pack the heavy books into the", titles=("Pack the heavy books into the",)) == []


def test_every_article_is_compared() -> None:
    other, _ = read_guard("7", write_guard("7", "pack the heavy books into the attic", ()), "echoes/7.txt")
    found = list(find("a.md", "pack the heavy books into the", [guard(ARTICLE), other]))
    assert [re.findall(r"article (\d)", one.message) for one in found] == [["6"], ["7"]]


def test_a_run_ends_with_its_paragraph() -> None:
    assert echoes("Pack the heavy\n\nbooks into the smallest") == []
    assert echoes("- Pack the heavy\n- books into the smallest") == []
    assert len(echoes("Pack the heavy\nbooks into the smallest")) == 1


def test_an_article_without_a_guard_is_named() -> None:
    texts = {"sources/a.md": "---\nmark: 6\n---\n", "sources/b.md": "---\nmark: 7\n---\n"}
    made = write_guard("6", ARTICLE, ())
    (found,) = compare(texts, {"echoes/6.txt": made})
    assert (found.path, found.code, found.severity) == ("sources/b.md", "no-guard", Severity.WARNING)
    assert found.hint.endswith("commonground import ARTICLE --guard 7")
    assert {one.code for one in compare(texts, {"echoes/6.txt": "", "echoes/7.txt": made})} <= {"no-guard"}
    assert compare(texts, {}) == []


def test_a_guard_holds_no_word_of_the_article() -> None:
    rows = write_guard("6", ARTICLE, ()).split("\n")[1:]
    assert {row for row in rows if row and not re.fullmatch(r"[0-9a-f ]+", row)} == {"5 words", "6 words"}


def test_a_spoilt_guard_is_named_with_its_line() -> None:
    text = write_guard("6", ARTICLE, ()).replace("6 words", "six words")
    spoilt, (found,) = read_guard("6", text, "echoes/6.txt")
    assert spoilt.runs == {}
    assert (found.path, found.code) == ("echoes/6.txt", "bad-guard")
    assert text.split("\n")[found.line - 1] == "six words"


@given(
    st.lists(
        st.sampled_from(["pack", "the", "heavy", "books", "into", "a", "box", "with", "your", "own", "tape"]),
        max_size=60,
    )
)
def test_what_is_found_is_what_a_plain_comparison_finds(drawn: list[str]) -> None:
    article = words(ARTICLE)
    known = {tuple(word.text for word in article[at : at + 6]) for at in range(len(article) - 5)}
    expected = any(tuple(drawn[at : at + 6]) in known for at in range(len(drawn) - 5))
    found = echoes(" ".join(drawn))
    assert any(one.severity is Severity.ERROR for one in found) == expected


# The project's own guards


def test_every_article_of_the_guide_has_its_guard(docs: Mapping[str, bytes]) -> None:
    marks = {re.findall(rb"^mark: (\d+)$", raw, re.MULTILINE)[0].decode() for raw in articles(docs)}
    assert marks == {path.stem for path in (PROJECT / "echoes").glob("*.txt")}


def articles(docs: Mapping[str, bytes]) -> list[bytes]:
    return [raw for path, raw in docs.items() if path.startswith("sources/article-")]


def test_the_guards_are_those_of_the_articles(shared: Path) -> None:
    for mark, article in enumerate(sorted((shared / "articles").glob("*.txt")), start=1):
        raw = article.read_bytes()
        found = read_article(article.name, raw)
        text = "\n".join(line.text for line in read_lines(article.name, raw)[0])
        titles = [found.title, *(heading.text for heading in found.headings)]
        made = write_guard(str(mark), text, titles)
        assert made == (PROJECT / "echoes" / f"{mark}.txt").read_text(encoding="utf-8")


def test_a_second_tool_finds_the_same_echoes(shared: Path, tmp_path: Path) -> None:
    texts = [path.read_text(encoding="utf-8").split() for path in sorted((shared / "articles").glob("*.txt"))]
    pieces = [text[at : at + size] for text in texts for at, size in ((40, 4), (60, 5), (90, 6), (150, 9), (300, 14))]
    page = tmp_path / "page.md"
    page.write_text("\n\nxyzzy ".join(" ".join(piece) for piece in pieces), encoding="utf-8")
    tool = [sys.executable, str(shared / "tools" / "echo.py"), "--words", "6", str(page)]
    theirs = subprocess.run(tool, capture_output=True, text=True, check=False).stdout
    guards = []
    for path in sorted((PROJECT / "echoes").glob("*.txt")):
        made, _ = read_guard(path.stem, path.read_text(encoding="utf-8"), path.name)
        guards.append(made)
    ours = {
        (one.line, one.message.split('"')[1])
        for one in find("page.md", page.read_text(encoding="utf-8"), guards)
        if one.severity is Severity.ERROR
    }
    expected = {(int(line), run) for line, run in re.findall(r":(\d+): \d+ words: (.+)", theirs)}
    assert len(expected) >= 10
    assert ours == expected

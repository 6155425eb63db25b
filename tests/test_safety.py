"""Content is untrusted: what may run code, read files or call another host is refused, in every disguise.

Two proofs. Known attacks are found, by their code, wherever text stands. And whatever is let through, made of
dangerous pieces in any order, is harmless once the site's own Markdown has rendered it.
"""

import json
from collections.abc import Collection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.building import Result, build
from commonground.model import Page, Span
from commonground.reading import read_folder
from commonground.safety import MAX_LINE, unsafe
from tests.casefile import BASE
from tests.rendering import as_html, harm

ATTACKS = [
    # HTML
    ("element", "a <b>word</b>", "raw-html"),
    ("script", "<script>go()</script>", "raw-html"),
    ("script-in-capitals", "<SCRIPT src=x>", "raw-html"),
    ("closing-tag", "a </div> b", "raw-html"),
    ("event", '<img src=x onerror="go()">', "raw-html"),
    ("event-over-lines", "<img\nsrc=x\nonerror=go()>", "raw-html"),
    ("svg", "<svg/onload=go()>", "raw-html"),
    ("custom-element", "<x-y onclick=go()>", "raw-html"),
    ("frame", '<iframe srcdoc="x">', "raw-html"),
    ("style", "<style>@import '//example.com'</style>", "raw-html"),
    ("comment", "<!-- x --><!---->", "raw-html"),
    ("comment-like-a-marker", "<!-- help --> <!-- x>go()<!-- -->", "raw-html"),
    ("declaration", "<!DOCTYPE html>", "raw-html"),
    ("instruction", "<?php x ?>", "raw-html"),
    ("html-in-code", "`a <b> c`", "raw-html"),
    ("html-in-link", "[<img onerror=go()>](x.md)", "raw-html"),
    ("markdown-in-html", '<div markdown="1" onclick="go()">', "raw-html"),
    ("autolink", "<https://example.com/>", "raw-html"),
    ("autolink-script", "<javascript:go()>", "raw-html"),
    ("html-after-a-line-break", "a\n   <b>", "raw-html"),
    # attributes
    ("attribute-event", "words\n{: onclick=go() }", "stray-attribute"),
    ("attribute-class", "words { .class }", "stray-attribute"),
    ("attribute-id", "## Heading {#id}", "stray-attribute"),
    ("attribute-on-link", "[a](x.md){ onmouseover=go() }", "stray-attribute"),
    ("attribute-style", "*a*{: style='x' }", "stray-attribute"),
    ("attribute-src", "![a](b.png){ src=//example.com }", "stray-attribute"),
    ("attribute-without-end", "words {: onclick=go()", "stray-attribute"),
    ("attribute-end", "words }", "stray-attribute"),
    ("template", "{{ config }} {% include 'x' %}", "stray-attribute"),
    # addresses
    ("javascript", "[a](javascript:go())", "unsafe-address"),
    ("javascript-bare", "[a](javascript:go)", "unsafe-address"),
    ("javascript-slashes", "[a](javascript://example.com/%0Ago)", "unsafe-address"),
    ("javascript-capitals", "[a](JaVaScRiPt:go())", "unsafe-address"),
    ("javascript-space", "[a]( javascript:go())", "unsafe-address"),
    ("javascript-tab-inside", "[a](java\tscript:go())", "unsafe-address"),
    ("javascript-newline-inside", "[a](java\nscript:go())", "unsafe-address"),
    ("javascript-newline-before", "[a](\njavascript:go())", "unsafe-address"),
    ("javascript-control", "[a](\x01javascript:go())", "unsafe-address"),
    ("javascript-entity", "[a](&#106;avascript:go())", "unsafe-address"),
    ("javascript-entity-hex", "[a](&#x6A;&#x61;vascript:go())", "unsafe-address"),
    ("javascript-entity-open", "[a](&#106avascript:go())", "unsafe-address"),
    ("javascript-entity-zeros", "[a](&#0000106;avascript:go())", "unsafe-address"),
    ("javascript-entity-colon", "[a](javascript&colon;go())", "unsafe-address"),
    ("javascript-entity-tab", "[a](java&Tab;script:go())", "unsafe-address"),
    ("javascript-entity-line", "[a](java&NewLine;script&#58;go())", "unsafe-address"),
    ("javascript-angles", "[a](<javascript:go()>)", "unsafe-address"),
    ("javascript-title", '[a](javascript:go() "A title")', "unsafe-address"),
    ("javascript-in-brackets", "[a [b]](javascript:go())", "unsafe-address"),
    ("javascript-after-another", "[a](x.md) [b](javascript:go())", "unsafe-address"),
    ("javascript-in-an-address", "[a](x [b](javascript:go())", "unsafe-address"),
    ("javascript-in-a-title", '[a](x "[b](javascript:go()) [c](javascript:go())', "unsafe-address"),
    ("javascript-picture-link", "[![a](b.png)](javascript:go())", "unsafe-address"),
    ("javascript-unclosed", "[a](javascript:go(", "unsafe-address"),
    ("javascript-in-table", "| a |\n| --- |\n| [a](javascript:go()) |", "unsafe-address"),
    ("data", "[a](data:text/html,x)", "unsafe-address"),
    ("data-image", "![a](data:image/svg+xml;base64,eA==)", "unsafe-address"),
    ("vbscript", "[a](vbscript:go)", "unsafe-address"),
    ("file", "[a](file:///x)", "unsafe-address"),
    ("blob", "[a](blob:x)", "unsafe-address"),
    ("made-up", "[a](x-app+1:go)", "unsafe-address"),
    ("protocol-relative", "[a](//example.com)", "unsafe-address"),
    ("definition", "[a]: javascript:go()\n\n[a]", "unsafe-address"),
    ("definition-spaced", "   [a]:   javascript:go()\n\n[a]", "unsafe-address"),
    ("definition-next-line", "[a]:\n  javascript:go()\n\n[a]", "unsafe-address"),
    ("definition-angles", "[a]: <javascript:go()>\n\n[a]", "unsafe-address"),
    ("definition-entity", "[a]: &#106;avascript:go()\n\n[a]", "unsafe-address"),
    ("definition-title", '[a]: javascript:go() "A title"\n\n[a]', "unsafe-address"),
    ("definition-after-text", "text\n[a]: javascript:go()\n\n[a]", "unsafe-address"),
    ("definition-quoted", "> [a]: javascript:go()\n\n[a]", "unsafe-address"),
    ("definition-in-bullet", "- [a]: javascript:go()\n\n[a]", "unsafe-address"),
    ("definition-in-number", "1. [a]: javascript:go()\n\n[a]", "unsafe-address"),
    ("definition-without-name", "[]: javascript:go()\n\n[a][]", "unsafe-address"),
    ("definition-broken-name", "[a\n]: javascript:go()\n\n[a]", "unsafe-address"),
    ("definition-carriage-return", "a\r[a]: javascript:go()\n\n[a]", "unsafe-address"),
    # pictures
    ("picture", "![a](https://example.com/a.png)", "remote-image"),
    ("picture-insecure", "![a](http://example.com/a.png)", "remote-image"),
    ("picture-protocol-relative", "![a](//example.com/a.png)", "remote-image"),
    ("picture-entity", "![a](&#104;ttps://example.com/a.png)", "remote-image"),
    ("picture-newline", "![a](\nhttps://example.com/a.png)", "remote-image"),
    ("picture-angles", "![a](<https://example.com/a.png>)", "remote-image"),
    ("picture-title", '![a](https://example.com/a.png "title")', "remote-image"),
    ("picture-alt-over-lines", "![a\nb](https://example.com/a.png)", "remote-image"),
    ("picture-brackets", "![a [b] c](https://example.com/a.png)", "remote-image"),
    ("picture-link-inside", "![a [b](x.png) c](https://example.com/a.png)", "remote-image"),
    ("picture-escaped-bracket", "![a\\](x.png)](https://example.com/a.png)", "remote-image"),
    ("picture-in-an-address", "![a](x ![b](https://example.com/a.png)", "remote-image"),
    ("picture-reference", "![a][b]\n\n[b]: https://example.com/a.png", "remote-image"),
    ("picture-short-reference", "![a]\n\n[a]: https://example.com/a.png", "remote-image"),
    ("picture-in-link", "[![a](https://example.com/a.png)](x.md)", "remote-image"),
    ("picture-backslash", "![a](/\\example.com/a.png)", "remote-image"),
    ("picture-backslashes", "![a](\\\\\\\\example.com/a.png)", "remote-image"),
    # signs that nobody sees, and that the renderer drops
    ("control-in-element", "<\x02b onclick=go()>", "hidden-character"),
    ("control-in-link", "[a]\x02(javascript:go())", "hidden-character"),
    ("control-in-picture", "!\x02[a](https://example.com/a.png)", "hidden-character"),
    ("placeholder", "\x02klzzwxh:0000\x03", "hidden-character"),
    ("carriage-return", "a\rb", "hidden-character"),
    # files
    ("snippet", '--8<-- "secret.txt"', "file-inclusion"),
    ("snippet-block", "--8<--\nsecret.txt\n--8<--", "file-inclusion"),
    ("snippet-short", "-8<- 'secret.txt'", "file-inclusion"),
    ("snippet-indented", '    --8<-- "secret.txt"', "file-inclusion"),
    ("include-directive", ".. include:: secret.txt", "file-inclusion"),
    # what keeps the renderer busy
    ("brackets", "[" * 20, "endless-line"),
    ("backticks", "`" * 20, "endless-line"),
    ("quotations", ">" * 20, "endless-line"),
    ("long-line", "a" * (MAX_LINE + 1), "endless-line"),
]
NAMED = [pytest.param(text, code, id=name) for name, text, code in ATTACKS]

HARMLESS = [
    "data: is a word, javascript: too, and on=off; onclick means nothing here",
    "[a](page.md) [b](../page.md#x) [c](#x) [d](https://example.com/a:b?c=d&e=f) [e](mailto:a@example.com)",
    '[a](page.md "javascript: in a title")',
    "![a](picture.png) ![b](../pictures/b.jpg)",
    "5 < 6, 3<4, I <3 you, a << b, x -> y",
    "&lt;script&gt; &amp; &#60;b&#62;",
    "<!-- advice -->\n\ntext\n\n<!-- help -->",
    "wash at 30: not hotter [1], (see: below)",
    "It cost 8<9, or 8< 9",
    "| a | b |\n| --- | :-: |\n| c | d |",
    "- [ ] a box: ____\n- [x] another",
    "a" * MAX_LINE,
    "`code` and ``more ` code``",
]


@pytest.mark.parametrize(("text", "code"), NAMED)
def test_attack(text: str, code: str) -> None:
    assert code in {finding.code for finding in unsafe(text, Span("a.md"))}


@pytest.mark.parametrize(("text", "code"), NAMED)
def test_attack_in_the_middle_of_a_text(text: str, code: str) -> None:
    text = f"Some words.\n\n{text}\n\nMore words."
    rows = text.split("\n")
    findings = [finding for finding in unsafe(text, Span("a.md", 7)) if finding.code == code]
    assert findings
    assert all(3 <= one.line - 7 + 1 <= len(rows) - 2 for one in findings), "outside of the attack"
    assert all(1 <= one.column <= len(rows[one.line - 7]) + 1 for one in findings)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_dangerous(text: str) -> None:
    assert list(unsafe(text, Span("a.md"))) == []


def test_a_row_that_was_checked_may_hold_braces_and_nothing_else() -> None:
    text = "words\n{ #a <b> }\n{ #b }"
    found = {(one.line, one.code) for one in unsafe(text, Span("a.md"), allowed_rows={1})}
    assert found == {(2, "raw-html"), (3, "stray-attribute")}


PLACES = {
    "page": ("index.md", "Moving is tiring, and it ends."),
    "stage": ("stages/carry.md", "Now it goes out of the door."),
    "topic": ("guide/boxes.md", "Stop when you are tired."),
    "source": ("sources/article-2.md", "A text of questions."),
    "faq": ("faq.md", "Short answers first."),
    "checklist": ("checklists/moving-day.md", "## At the door"),
    "bullet": ("sources/article-2.md", "A small one often does."),
    "answer": ("faq.md", "No. Ask somebody."),
    "item": ("checklists/moving-day.md", "I have shoes on."),
}
VALUES = {
    "title": ("guide/boxes.md", "Pack the boxes"),
    "summary": ("guide/boxes.md", "Room by room."),
    "alias": ("guide/boxes.md", "packing"),
    "reason": ("guide/boxes.md", "if there is no plan yet"),
    "fact": ("sources/article-1.md", "The Box Room"),
    "left-out": ("sources/article-1.md", "It was old."),
    "foot": ("checklists/moving-day.md", '"Tired? Read [Lift and carry](../guide/lifting.md)."'),
    "group-body": ("merges.yml", "Say out loud when you lift."),
    "difference": ("merges.yml", "One is about rooms, the other about boxes."),
    "says": ("tensions.yml", "The other goes room by room."),
    "condition": ("tensions.yml", "the new home is far away"),
    "action": ("tensions.yml", "Make one trip."),
    "care": ("guide.yml", "Heavy things hurt backs, so two people share them."),
    "scope": ("guide.yml", "This is for the day itself."),
    "help": ("help.yml", '"If somebody is hurt, see [help](guide/plan-the-move.md)."'),
}
SHORT = [
    ("<b onclick=go()>", "raw-html"),
    ("[a](javascript:go())", "unsafe-address"),
    ("![a](https://example.com/a.png)", "remote-image"),
    ("--8<-- x", "file-inclusion"),
    ("{: onclick=go() }", "stray-attribute"),
]


def changed(base: dict[str, bytes], place: tuple[str, str], text: str) -> dict[str, bytes]:
    """The base with a text in the place of another."""
    path, old = place
    assert base[path].count(old.encode()) == 1
    return base | {path: base[path].replace(old.encode(), text.encode("utf-8", "surrogatepass"))}


@pytest.mark.parametrize("place", [pytest.param(place, id=name) for name, place in PLACES.items()])
@pytest.mark.parametrize(("text", "code"), SHORT)
def test_attack_in_markdown(base: dict[str, bytes], place: tuple[str, str], text: str, code: str) -> None:
    findings = build(changed(base, place, f"{text} {place[1]}")).findings
    assert (place[0], code) in {(one.path, one.code) for one in findings}


@pytest.mark.parametrize("place", [pytest.param(place, id=name) for name, place in VALUES.items()])
@pytest.mark.parametrize(("text", "code"), SHORT)
def test_attack_in_data(base: dict[str, bytes], place: tuple[str, str], text: str, code: str) -> None:
    findings = build(changed(base, place, json.dumps(text))).findings
    assert (place[0], code) in {(one.path, one.code) for one in findings}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("sources/article-1.md", "A short text in two parts.", 'A short text.\n{ onclick="go()" }'),
        ("sources/article-1.md", "## Lifting\n", '## Lifting\n\nText.\n{ #a style="x" }\n'),
        ("faq.md", "Short answers first.", 'Short answers.\n{ onclick="go()" }'),
        ("faq.md", "## Packing\n", '## Packing\n\nWords.\n{ onclick="go()" }\n'),
        ("faq.md", "### May I", '- A bullet\n  { onclick="go()" }\n\n### May I'),
        ("sources/article-2.md", '#b-01 topic="boxes"', '#b-01 onclick="go()" topic="boxes"'),
        ("checklists/moving-day.md", "#shoes", '#shoes onclick="go()"'),
        ("faq.md", "#q-alone", '#q-alone class="x"'),
    ],
)
def test_only_the_attributes_of_the_contract_are_read(base: dict[str, bytes], path: str, old: str, new: str) -> None:
    result = build(changed(base, (path, old), new))
    assert path in {one.path for one in result.findings}
    assert result.failed


def harms(result: Result, besides: Collection[Page] = ()) -> list[str]:
    """What is harmful in a build's finished pages; nothing where an error stopped it."""
    pages = [page for page in result.pages if page.path.endswith(".md") and page not in besides]
    return [f"{page.path}: {one}" for page in pages for one in harm(as_html(page.text))]


SOURCE = """---
title: Article 3
mark: 3
---

- **Ask a friend.** Two are better.
  { #c-01 topic="boxes" scope="before" }
"""


@pytest.mark.parametrize(
    "name",
    [
        "a> <img src=x onerror=go()>",
        "a) <img src=x onerror=go()>",
        "a) [b](javascript:go()",
        "a) ![b](https:example.com",
        "a) ![b](https:example.com#",
    ],
)
def test_a_file_name_does_no_harm(base: dict[str, bytes], name: str) -> None:
    sheet = base["checklists/moving-day.md"].replace(b"order: 1", b"order: 2")
    for path, raw in ((f"sources/{name}.md", SOURCE.encode()), (f"checklists/{name}.md", sheet)):
        assert harms(build(base | {path: raw})) == []


PIECES = [
    "a", "b", " ", "  ", "\n", "\n\n", "\t", "- ", "1. ", "> ", "# ", "    ", ": ", "| ", "`", "*", "_", "\\", "'", '"',
    "[", "]", "(", ")", "!", "[a]", "[b]", "](", ")]", "![", "[a](", "![a](", "[a]:", "[a][]", "[]", "[]:", "x.png",
    "<", "&lt;", "&#60;", "&#x3c;", ">", "&", ";", "script", "img src=x onerror=go()", "b onclick=go()", "<!--", "-->",
    "javascript:go()", "javascript:go", "javascript", ":", "java", "script:", "JAVASCRIPT:", "vbscript:x",
    "data:text/html,x", "&#106;avascript:x", "javascript&colon;x", "https://example.com/a.png", "//example.com",
    "\\\\example.com", "/\\",
    "{", "}", "{: ", " }", "onclick=go()", ".class", "#id", "<!-- help -->", "---", "===", "/", "é",
    "\x00", "\x01", "\x02", "\x03", "\x02klzzwxh:0000\x03", "\x02amp\x03", "\r", "\x0b", "\x0c", "\x85", "\u2028",
    "\u200b", "\ufeff", "[a](x.png)", "![a](x.png)", '[a](x "', '")', "(x.md)", "(https://example.com/a.png)", "(#b)",
]  # fmt: skip
DANGEROUS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
MILD = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)  # so that many pass by themselves


@settings(max_examples=3000)
@given(DANGEROUS)
def test_what_is_let_through_is_harmless(text: str) -> None:
    if not list(unsafe(text, Span("a.md"))):
        assert harm(as_html(text)) == []


def test_the_base_is_harmless(base: dict[str, bytes]) -> None:
    assert harms(build(base)) == []


@settings(max_examples=100)
@given(st.data())
def test_no_two_texts_are_harmful_together(data: st.DataObject) -> None:
    files = read_folder(BASE)
    harmless = build(files).pages
    for name in data.draw(st.lists(st.sampled_from(sorted(PLACES | VALUES)), min_size=1, max_size=3, unique=True)):
        text = data.draw(MILD)
        place = (PLACES | VALUES)[name]
        files = changed(files, place, text if name in PLACES else json.dumps(text, ensure_ascii=False))
    assert harms(build(files), besides=harmless) == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (
            "sources/article-1.md",
            "what: A list of prices\n    why: It was old.",
            'what: "[a](javascript"\n    why: go())',
        ),
        (
            "tensions.yml",
            "if: the new home is far away\n      then: Make one trip.",
            'if: "[a](javascript"\n      then: go())',
        ),
        ("guide/boxes.md", "title: Pack the boxes", 'title: "A\\r[x]: javascript:go()\\r\\r[x]"'),
        ("guide/boxes.md", "title: Pack the boxes", 'title: "A [b]\\x02(javascript:go())"'),
        ("guide/boxes.md", "title: Pack the boxes", 'title: "A \\x3cb onclick=go()>"'),
        ("guide/boxes.md", "title: Pack the boxes", 'title: "A\\u2028[x]: javascript:go()"'),
    ],
)
def test_texts_that_are_harmful_only_where_they_print(base: dict[str, bytes], path: str, old: str, new: str) -> None:
    assert harms(build(changed(base, (path, old), new))) == []


def test_a_fenced_block_is_a_block_of_code() -> None:
    assert "<pre><code>two  blanks" in as_html("A.\n\n```\ntwo  blanks\n```\n")

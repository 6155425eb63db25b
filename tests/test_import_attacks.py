"""Articles that somebody made to break the import: each becomes a page or one clear line, and harms no other.

The attacks are run through the real command, in a process of their own that is held to seconds and to memory. What
nobody thought of is left to Hypothesis, which calls the same steps with random bytes and random markup.
"""

import io
import os
import random
import re
import shutil
import socket
import struct
import subprocess
import sys
import threading
import zipfile
import zlib
from base64 import b85decode
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.article import Article, Refusal
from commonground.building import build
from commonground.importing import SUFFIXES, read_article
from commonground.model import Draft, LeftOut, Part, Section
from commonground.reading import read, read_folder
from commonground.writing import draft_of, write
from tests.casefile import BASE

SECONDS = 10  # of processor time, for a whole run of attacks: what else the machine does is none of their doing
WAITING = 60  # seconds until a run that only waits, as for a pipe, is stopped
MEGABYTES = 1024  # resident at the peak
# The interpreter with all libraries maps 110 MB, 90 MB of it resident. This limit only keeps the machine alive.
MAPPED = 4 * 2**30
COMMAND = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MAPPED}, {MAPPED}))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
from commonground.cli import main
sys.exit(main(sys.argv[1:]))
"""
HONEST = "honest.txt"
TITLE = "How to store apples"
BEFORE = "Store apples in a cool and dark place. They keep for months there. You should look at them once a week."
AFTER = "Wrap each apple in paper so that rot does not spread. Sort out those with bruises and eat them first."
ARTICLE = f"{TITLE}\n\n{BEFORE}\n\nBefore you start\n\n{AFTER}\n"
UNREAD = "xyzzy-nobody-may-read-this"

Make = Callable[[], bytes]


def among(bait: str) -> Make:
    """A text with the bait between honest paragraphs."""
    text = f"{TITLE}\n\n{BEFORE}\n\n{bait}\n\nBefore you start\n\n{AFTER}\n"
    return partial(text.encode, "utf-8", "surrogatepass")


def page(bait: str, head: str = "") -> Make:
    """A page with the bait between honest paragraphs."""
    top = f"<!DOCTYPE html><html><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1><p>{BEFORE}</p>"
    text = f"{top}{bait}<h2>Before you start</h2><p>{AFTER}</p></body></html>"
    return text.encode


def matter(yaml: str) -> Make:
    """An honest text below such front matter."""
    return f"---\n{yaml}\n---\n\n{ARTICLE}".encode


def declared(encoding: str) -> Make:
    """A page that declares such an encoding and is in another."""
    return lambda: f'<meta charset="{encoding}"><h1>{TITLE}</h1><p>{BEFORE}</p><p>Caf\xe9.</p>'.encode("latin-1")


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>'
)

# 1.2 GB of zeros, which take seven seconds to pack, by bzip2 and then by zlib.
BZIP2 = "c-nJ{%CIzaj8qGb<l}sFpE17Af#CoH1BU{GL4&WG(*o6%Tn*Dl<wxa5<q662IE4u^<ga!C%CkUJoZ(!RxyVB}OUPlK-jl9^g^KZ(3*G<#srLzR"


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def document(body: str, before: str = "") -> bytes:
    start = f"<?xml version='1.0'?>{before}<w:document {WORD}><w:body>{paragraph(BEFORE)}{paragraph(AFTER)}"
    return f"{start}{body}</w:body></w:document>".encode()


def archive(*parts: tuple[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as opened:
        for name, raw in parts:
            opened.writestr(name, raw)
    return file.getvalue()


def docx(body: str, before: str = "", *extra: tuple[str, str], method: int = zipfile.ZIP_DEFLATED) -> Make:
    """A Word document that holds the body after honest paragraphs."""
    return lambda: archive(
        ("_rels/.rels", RELATIONS), ("word/document.xml", document(body, before)), *extra, method=method
    )


def bomb(method: int, declared: int) -> bytes:
    """A document whose text unpacks to more than a gigabyte, with the size that it declares."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = (packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)) * 1536 + b"\x03\x00"
    if method == zipfile.ZIP_BZIP2:
        packed = zlib.decompress(b85decode(BZIP2))
    entries, folder = b"", b""
    raws = [("_rels/.rels", RELATIONS.encode(), len(RELATIONS), 0), ("word/document.xml", packed, declared, method)]
    for name, raw, size, how in raws:
        about = struct.pack("<HHHHHIIIHH", 46, 0, how, 0, 33, zlib.crc32(raw), len(raw), size, len(name), 0)
        folder += struct.pack("<IH", 0x02014B50, 46) + about + struct.pack("<HHHII", 0, 0, 0, 0, len(entries))
        folder += name.encode()
        entries += struct.pack("<I", 0x04034B50) + about + name.encode() + raw
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(raws), len(raws), len(folder), len(entries), 0)
    return entries + folder + end


def encrypted() -> bytes:
    raw = docx("")()
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw = re.sub(re.escape(sign) + b".{%d}" % (place - 4) + b"\x00", lambda match: match[0][:-1] + b"\x01", raw)
    return raw


def noise(size: int) -> bytes:
    return random.Random(size).randbytes(size)  # noqa: S311  # the same in every run


def levels(tag: str, count: int) -> str:
    """As many elements, each inside the one before."""
    parts = tag.split()
    return (
        "".join(f"<{part}>" for part in parts) * count + "words" + "".join(f"</{part}>" for part in parts[::-1]) * count
    )


def laughs(depth: int) -> str:
    """Entities of which each is ten of the one before."""
    return "".join(f'<!ENTITY a{one} "{f"&a{one - 1};" * 10}">' for one in range(1, depth + 1))


SIGNS = {  # a run of signs on one line, for which patterns may look again from each of them
    "brackets": "[" * 20_000, "many-brackets": "[" * 100_000, "parentheses": "(" * 20_000, "backticks": "`" * 20_000,
    "stars": "*" * 100_000, "underscores": "_" * 100_000, "exclamations": "!" * 100_000, "full-stops": "." * 100_000,
    "less": "<" * 100_000, "greater": ">" * 100_000, "and": "&" * 100_000, "braces": "{ #a }" * 10_000,
    "backslashes": "\\" * 100_000, "hyphens": "-" * 100_000, "hyphens-and-word": "-" * 100_000 + "x",
    "hyphens-apart": "- " * 50_000 + "x", "bars": "| " * 50_000, "quotations": '"' * 100_000,
    "closing": "a." + "'" * 100_000 + "x", "spaces": "a" + " " * 100_000 + "b", "tabs": "a" + "\t" * 100_000 + "b",
    "hard-spaces": "a" + "\u00a0" * 100_000 + "b", "pictures": "![" * 50_000, "links": "[a](b " * 20_000,
    "bold": "**a " * 30_000, "italics": "_a" * 50_000, "entities": "&lt;&#60;&colon; " * 5_000,
    "emoji": "\U0001f34e" * 250_000, "fewer-emoji": "\U0001f34e" * 50_000, "accents": "a" + "\u0301\u0323" * 25_000,
    "accent": "a" + "\u0301" * 50_000, "directions": "\u202e" * 100_000, "ligatures": "\ufdfa" * 50_000,
    "jamo": "\u1100\u1161\u11a8" * 30_000, "surrogates": "\ud800 \udfff\udc80 a " * 5_000, "figures": "1" * 100_000,
    "wrongly-decoded": "Ã\u0192Â© " * 20_000,
}  # fmt: skip
WORDS = {  # words on one line that begin what a pattern looks for, again and again
    "breadcrumbs": "a > " * 25_000 + "a", "breadcrumbs-open": "a > " * 25_000 + "a.", "dotted": "1." * 50_000,
    "capitals": "A " * 20_000, "names": "Ab, " * 25_000, "by": "By " * 50_000,
    "by-name": "By " + "A.'-" * 25_000 + "!", "if": "If " + "x," * 50_000, "if-then": "If " + "x, " * 30_000,
    "first": "So, " * 25_000, "then": "only, " * 17_000, "doing": "Doing " + "x " * 50_000, "worth": "it is " * 17_000,
    "best": "the best " * 11_000, "you": "you " * 25_000, "ends": "A. " * 33_000, "asked": "Q. " * 33_000,
    "answered": "Q: " + "why? A " * 14_000, "address": "https://" + "a" * 90_000, "dates": "1 May 2024 " * 9_000,
    "days": "2024-01-01" * 9_000, "clock": "1:11 " * 20_000, "minutes": "1 min " * 16_000,
    "cookies": "we use cookies " * 6_000, "share": "share this " * 9_000, "copyright": "© " * 50_000 + "all rights",
    "menu": "home | about | " * 6_000, "parted": "a- a " * 20_000, "snippet": '--8<-- "secret.txt" ' * 5_000,
    "one-word": "a" * 100_000, "one-line": "word " * 200_000, "sentences": "You should do it. " * 6_000,
    "script": "<script>go()</script> " * 5_000, "template": "{{ x }} {% y %} " * 5_000,
}  # fmt: skip
LINES = {  # lines that could be many things each
    "short": "a\n" * 50_000, "shorter": "\n".join("a" for _ in range(100_000)), "apart": "Ab\n\n" * 20_000,
    "items": "- a\n" * 50_000, "numbered": "".join(f"{one}. a\n" for one in range(10_000)),
    "roman": "IV. a\n" * 10_000, "deeper": "".join(f"{' ' * (one % 100)}- a\n" for one in range(2_000)),
    "quotations": ">\n" * 50_000,
    "headings": "".join(f"{'#' * (1 + one % 6)} A{one}\n\nText {one}.\n\n" for one in range(3_000)),
    "bare": "".join(f"Heading {one}\n\n" for one in range(8_000)), "underlined": "A\n===\n" * 10_000,
    "alternating": "# A\n\n## B\n\n" * 5_000, "bold": "**A**\n\n" * 10_000, "rules": "---\n" * 20_000,
    "fences": "```\n" * 20_000, "dashes": f"{'- ' * 900}x\n\n" * 50, "spaces": f"a{' ' * 1_900}b\n\n" * 50,
    "signs": f"{'!' * 1_900} b\n\n" * 50, "verse": "La la la\nLa la\nLa\n\n" * 4_000, "questions": "Why?\n\n" * 10_000,
    "asked": "Q. a?\nA. b.\n" * 8_000, "faq": "FAQ\n\n" + "Why so?\nBecause.\n" * 5_000,
    "related": "Related articles:\n\n" * 5_000, "related-items": "Related\n\n- a\n" * 7_000,
    "references": "References\n\na\n\n" * 6_000, "contents": "Contents\n- a\n- b\n\n" * 4_000,
    "twice": f"{BEFORE}\n\n" * 1_500, "sections": f"## A\n\n{BEFORE}\n\n" * 1_000,
    "dates": "\n\n".join(f"{1 + one % 28} {'abcdefghijkl'[: 3 + one % 9]} {1000 + one % 9000}" for one in range(4_000)),
    "people": f"By {'Ab, ' * 22}!\n\n" * 1_000, "consent": f"{'consent to ' * 18}x\n\n" * 500,
    "photos": f"{'photo by ' * 9}\n\n" * 1_000, "crumbs": f"{'a > ' * 30}b.\n\n" * 800, "returns": "a\r" * 50_000,
    "separators": "a\u2028" * 50_000, "forms": f"{'subscribe ' * 39}\n\n" * 250,
}  # fmt: skip
BYTES: dict[str, Make] = {
    "empty.txt": lambda: b"", "blank.md": lambda: b" \n\t\n" * 1_000, "twenty-megabytes.txt": lambda: b"word " * 2**22,
    "twenty-megabytes.html": lambda: b"<p>word " * (5 * 2**19), "eight-megabytes.txt": lambda: b"word\n" * 1_600_000,
    "zeros.txt": lambda: bytes(1_000_000), "zeros.html": lambda: bytes(1_000_000),
    "zeros.docx": lambda: bytes(1_000_000), "noise.txt": lambda: noise(1_000_000),
    "noise.html": lambda: noise(1_000_000), "noise.docx": lambda: noise(1_000_000),
    "picture.md": lambda: b"\x89PNG\r\n\x1a\n" + noise(50_000), "utf-16.txt": lambda: b"\xff\xfe" + noise(100_000),
    "utf-16-cut.txt": lambda: b"\xff\xfe" + ARTICLE.encode("utf-16-le") + b"\xd8",
    "utf-32.txt": lambda: b"\xff\xfe\0\0" + noise(100_000), "utf-16-unmarked.txt": lambda: ARTICLE.encode("utf-16-be"),
    "no-ascii.txt": lambda: bytes(128 | one for one in noise(200_000)),
    "much-no-ascii.html": lambda: bytes(128 | one for one in noise(4_000_000)),
}  # fmt: skip
DECLARED = ["utf-7", "rot13", "zip", "hex", "idna", "punycode", "unicode_escape", "undefined", "mbcs", "x" * 40, "x.."]
MATTERS = {
    "bomb": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{two}: &{two} [{','.join([f'*{one}'] * 9)}]\n" for one, two in pairwise("abcdefghi")),
    "merge": "a: &a {x: 1}\nb: {<<: [*a, *a]}", "brackets": "[" * 20_000, "more-brackets": "a: " + "[" * 200_000,
    "braces": "{" * 200_000, "dashes": "- " * 100_000, "marks": "? " * 100_000, "colons": ": " * 100_000,
    "deep": "".join(f"{' ' * one}a:\n" for one in range(600)),
    "keys": "".join(f"k{one}: v\n" for one in range(10_000)), "same-keys": "a: b\n" * 50_000, "flow": "{a: " * 30_000,
    "tag": "title: !!python/object/apply:os.system ['echo x']", "open": 'a: "' + "x" * 200_000,
    "long-title": "title: " + "x " * 50_000, "long-key": "a" * 200_000 + ": b", "number": "title: " + "9" * 10_000,
    "date": "date: " + "1 May 2024 " * 9_000, "author": "author: " + "A " * 50_000,
    "address": "url: https://a/" + "[" * 90_000, "language": "language: " + "a" * 90_000, "list": "title: [a, b]",
    "no-mapping": "- a\n- b", "second": "a: b\n...\nc: d", "hidden": 'author: "a\\nb\\u202e\\0"\ntitle: "a\\x02b"',
    "markup": "title: '<script>'\npublisher: '](javascript:x) {#a}'\nurl: javascript:x\nlanguage: '../x'",
    "signs": "!" * 90_000, "spaces": "a: " + " " * 190_000 + "b", "quotes": "author: '" + "!" * 90_000 + "'",
}  # fmt: skip
NESTED = {
    "div": levels("div", 20_000), "b": levels("b", 20_000), "list": levels("ul li", 10_000),
    "table": levels("table tr td", 10_000), "quotation": levels("blockquote", 20_000),
    "article": levels("article", 20_000), "svg": levels("svg", 20_000), "form": levels("form", 20_000),
    "below-the-limit": levels("div", 190) * 200, "list-below": levels("ul li", 90) * 100,
    "table-below": levels("table tr td", 60) * 100, "open-b": "<b>a " * 50_000, "open-p": "<p>a " * 30_000,
    "open-li": "<ul>" + "<li>a " * 30_000, "open-div": "<div>" * 100_000, "open-span": "<span>a " * 30_000,
    "open-td": "<table>" + "<tr><td>a" * 20_000, "open-a": "<a href=x>a " * 30_000,
    "crossed": "<b><i></b></i>" * 30_000, "moved": "<b><p>" * 3_000 + "</b>" * 3_000,
    "closed": "</div></b></ul>" * 50_000, "b-and-breaks": "<b>" * 50_000 + "x<br>" * 50_000,
    "b-and-items": "<ul><li><ul>" + "<b>" * 50_000 + "<li></li>" * 50_000,
    "b-and-paragraphs": "<p><ul>" + "<b>" * 50_000 + "<p></p>x" * 50_000,
}  # fmt: skip
MARKUP = {
    "attribute": f'<p class="{"a" * 1_000_000}">x</p>',
    "attributes": f"<p {' '.join(f'a{one}=1' for one in range(100_000))}>x</p>",
    "style": f"<p style='{'a : b; ' * 100_000}'>x</p>", "id": f"<p id='fn:{'1' * 500_000}'>x</p>",
    "tag": f"<{'a' * 500_000}>x", "tags": "".join(f"<t{one}>x</t{one}>" for one in range(10_000)),
    "breaks": "<br>" * 50_000, "words-and-breaks": "a<br>" * 30_000, "rules": "<hr>" * 50_000,
    "items": f"<ul>{'<li>a</li>' * 50_000}</ul>", "headings": "<h2>A</h2><h3>b</h3>" * 5_000,
    "paragraphs": "<p>a</p>" * 30_000, "no-words": "<p></p>" * 100_000,
    "cells": f"<table><tr>{'<td>a</td>' * 30_000}</table>", "rows": f"<table>{'<tr><td>a</td></tr>' * 15_000}</table>",
    "comments": "<!-- x -->" * 50_000, "open-comments": "<!--" * 100_000, "sections": "<![CDATA[" * 50_000,
    "instructions": "<?a " * 100_000, "declarations": "<!a " * 100_000, "ends": "</a" * 100_000,
    "starts": "<a " * 100_000, "quotes": "<a x='" * 100_000, "slashes": "<a/" * 100_000,
    "scripts": "<script>" + "</scrip" * 100_000, "script-comments": "<script>" + "<!--<script>" * 50_000,
    "title": "<title>" * 50_000, "textarea": "<textarea>" * 50_000, "signs": "&" * 100_000, "numbers": "&#" * 50_000,
    "open-number": f"&#{'9' * 100_000};", "no-signs": "&#0;&#xd800;&#x110000;&#x2028; " * 2_000,
    "escaped": "&lt;script&gt;" * 7_000, "much-text": "a " * 950_000, "much-more-text": "word " * 1_200_000,
    "links": "<a href=http://x>a</a> " * 30_000, "notes": "<sup>" + "1<br>" * 20_000,
    "definitions": f"<dl>{'<dt>Why?<dd>because' * 5_000}</dl>", "as-typed": "<pre>" + "a\n" * 30_000 + "</pre>",
    "controls": "<p>\x02a\x1b[31mb\x7f</p>" * 50, "zeros": "<p>a\0b</p>" * 1_000,
    "right-to-left": "<p>\u202eabc\u202c</p>" * 1_000, "days": "<time datetime=2024-01-01>x</time>" * 10_000,
    "authors": "<p class=author>By Ann Bee</p>" * 10_000, "author": f"<p class=author>{'Ann Bee and ' * 8_000}</p>",
    "spaces": f"<p>a{' ' * 100_000}b</p>", "hidden": "<div hidden>" * 10_000,
}  # fmt: skip
HEADS = {
    "names": "<meta name=author content=x>" * 30_000,
    "name": f"<meta name=author content='{'Ann Bee and ' * 50_000}'>",
    "date": f"<meta name=date content='{'2024-' * 50_000}'>",
    "address": f"<meta property=og:url content='http://{'a.' * 50_000}'>",
    "title": f"<meta property=og:title content='{'a - ' * 50_000}'>", "bars": f"<title>{'a | ' * 50_000}</title>",
    "script-address": "<link rel=canonical href='javascript:x'><meta property=og:url content='javascript:x'>",
    "data": "<script type='application/ld+json'>" + '{"a":' * 50_000 + "</script>",
    "people": "<script type='application/ld+json'>" + '{"@type":"Person","name":"a b"},' * 10_000 + "</script>",
    "open-data": ('<script type=\'application/ld+json\'>{"author": "' + "x" * 1_000 + "</script>") * 100,
    "language": f"</head></html><html lang='{'en' * 50_000}'>",
}  # fmt: skip
NOTHING = {  # pages with no article at all
    "menu": "<nav>Store apples in a cool and dark place.</nav>", "unseen": "<p>\u00ad</p>",
    "script": "<script>x</script>", "tags": "<p></p>" * 100, "title": "<title>x</title>", "comment": "<!-- x -->",
    "declaration": "<!DOCTYPE html>", "sign": "<",
}  # fmt: skip
DOCUMENTS: dict[str, Make] = {
    "laughs": docx(paragraph("&a10;"), f'<!DOCTYPE x [<!ENTITY a0 "ha ">{laughs(10)}]>'),
    "fewer-laughs": docx(paragraph("&a5;"), f'<!DOCTYPE x [<!ENTITY a0 "ha ">{laughs(5)}]>'),
    "long-laughs": docx(paragraph("&a;" * 500), f'<!DOCTYPE x [<!ENTITY a "{"ha " * 30_000}">]>'),
    "entity": docx(paragraph("&a;"), '<!DOCTYPE x [<!ENTITY a SYSTEM "../secret.txt">]>'), "no-entity": docx("&a;"),
    "broken": docx("<w:p><w:r>"), "nothing": archive, "other": lambda: archive(("a.txt", "x")),
    "other-root": lambda: archive(("word/document.xml", "<x/>")),
    "broken-relations": lambda: archive(("_rels/.rels", "<"), ("word/document.xml", document(""))),
    "relations-away": lambda: archive(("_rels/.rels", RELATIONS.replace("word/document.xml", "../../../secret.txt"))),
    "relations-file": lambda: archive(("_rels/.rels", RELATIONS.replace("word/document.xml", "file:///etc/passwd"))),
    "paths-away": docx("", "", ("../../evil.txt", "x"), ("/tmp/evil", "y"), ("C:\\evil", "z")),  # noqa: S108  # a name
    "broken-styles": docx("", "", ("word/styles.xml", "<")), "encrypted": encrypted, "cut": lambda: docx("")()[:-30],
    "shifted": lambda: noise(999) + docx("")(), "lzma": docx("", method=zipfile.ZIP_LZMA),
    "old-word": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000),
    "utf-16": lambda: archive(
        ("_rels/.rels", RELATIONS), ("word/document.xml", document("").decode().encode("utf-16"))
    ), "many-parts": lambda: archive(("word/document.xml", document("")), *((f"{one}", "") for one in range(10_000))),
    "deep-tables": docx("<w:tbl><w:tr><w:tc>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000),
    "tables": docx("<w:tbl><w:tr><w:tc>" * 60 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 60),
}  # fmt: skip
BOMBS: dict[str, Make] = {
    "unpacks-to-much": lambda: bomb(zipfile.ZIP_DEFLATED, 3 * 2**29),
    "declares-little": lambda: bomb(zipfile.ZIP_DEFLATED, 999),
    "declares-less": lambda: bomb(zipfile.ZIP_DEFLATED, 2**25),
    "declares-little-and-is-bzip2": lambda: bomb(zipfile.ZIP_BZIP2, 999),
}  # fmt: skip
CROWDS: dict[str, Make] = {
    "paragraphs": docx(paragraph("a") * 20_000), "runs": docx(f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * 20_000}</w:p>"),
    "no-text": docx("<w:p/>" * 8_000_000), "much-text": docx(paragraph("a " * 20_000_000)),
    "deep": docx("<w:p>" * 50_000 + "</w:p>" * 50_000),
}  # fmt: skip


def texts(baits: Mapping[str, str], ending: str = ".txt", make: Callable[[str], Make] = among) -> dict[str, Make]:
    return {f"{name}{ending}": make(bait) for name, bait in baits.items()}


def parts(attacks: dict[str, Make], count: int) -> list[dict[str, Make]]:
    """The attacks in as many runs, for a process takes half a second to start."""
    return [dict(list(attacks.items())[start::count]) for start in range(count)]


RUNS: dict[str, list[dict[str, Make]]] = {
    "signs": parts(texts(SIGNS), 2),
    "words": parts(texts(WORDS), 2),
    "lines": parts(texts(LINES, ".md"), 3),
    "bytes": parts(BYTES, 1),
    "encodings": parts(texts({name: name for name in DECLARED}, ".html", declared), 1),
    "front-matter": parts(texts(MATTERS, ".md", matter), 2),
    "nested": parts(texts(NESTED, ".html", page), 2),
    "markup": parts(texts(MARKUP, ".html", page), 3),
    "heads": parts({f"{name}.html": page("", head) for name, head in HEADS.items()}, 1),
    "no-article": parts(texts(NOTHING, ".html", lambda text: text.encode), 1),
    "documents": parts({f"{name}.docx": make for name, make in DOCUMENTS.items()}, 1),
    "bombs": parts({f"{name}.docx": make for name, make in BOMBS.items()}, 1),
    "crowds": parts({f"{name}.docx": make for name, make in CROWDS.items()}, 5),
}
TITLES = [
    "../../../etc/passwd", "..\\..\\evil", "CON", "NUL.txt", "<script>go()</script> apples", "[x](javascript:go())",
    "](javascript:go()) x", "Apples { #id }", "{: onclick=go() }", '--8<-- "secret.txt"', "{{ config }} {% x %}",
    "\u202etxt.exe apples", "\u200f\u200e", "a: b", "- a", "# a", "&x a", "*x a", "!!python/object:x", "'a", '"a',
    "| a", "> a", "%a", "@a", "`a", "---", "null", "true", "1e3", "2024-01-01", "~", "0x1f", "<!-- advice -->",
    "**bold**", "**", "_", "\\", "&amp;", "&lt;b&gt;", "&#60;", "![a](http://x/y.png)", "[a]: http://x", "A" * 300,
    "A " * 300, "\U0001f34e", "e\u0301" * 40, "a\u2028b", "a\x02b", "Apples | here", "1. Apples", "Q. Apples?", "FAQ",
    "Contents", "By Ann Bee", "1 May 2024", "=", "...", "\ufeff", "a\tb", "[" * 30, "(" * 30, "`" * 30, ">" * 30,
]  # fmt: skip
NAMES = [
    "-dash.txt", "--to.txt", "CON.txt", "NUL.md", "caf\u00e9.txt", "\u4e2d\u6587.txt", "\U0001f34e.html",
    "'quoted'.txt", '"quoted".txt', "100%.txt", "%s%n.txt", "{0}.txt", "$(id).txt", ";ls.txt", "<b>.html",
    "a b  c.txt", " .txt", "a" * 250 + ".txt", "UPPER.TXT", "a.b.c.md", "~.txt", "\\.txt", "a:b.txt", "two\nlines.txt",
    "back\rback.txt", "colour\x1b[31m.txt", "turned\u202etxt.md", "no-text\udce9.txt", "refused: x.txt",
]  # fmt: skip


class Ran(NamedTuple):
    code: int
    out: list[str]
    err: list[str]
    megabytes: float


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small guide, a folder of articles with an honest one, and a file that nobody may read."""
    folder = tmp_path / "project"
    shutil.copytree(BASE, folder / "docs")
    (folder / "in").mkdir()
    (folder / "in" / HONEST).write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "secret.txt").write_text(UNREAD, encoding="utf-8")
    return folder


def run(project: Path, *arguments: str, given: bytes = b"") -> Ran:
    """Run the import in a process of its own, and stop it when its time is over."""
    files = [project.parent / name for name in ("stdin", "stdout", "stderr")]
    files[0].write_bytes(given)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    with files[0].open("rb") as stdin, files[1].open("wb") as stdout, files[2].open("wb") as stderr:
        command = [sys.executable, "-c", COMMAND, "import", *arguments]
        process = subprocess.Popen(command, cwd=project, stdin=stdin, stdout=stdout, stderr=stderr, env=environment)
        clock = threading.Timer(WAITING, process.kill)
        clock.start()
        _, status, used = os.wait4(process.pid, 0)
        clock.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    out, err = (file.read_bytes().decode(errors="replace").split("\n")[:-1] for file in files[1:])
    for file in files:
        file.unlink()
    return Ran(process.returncode, out, err, used.ru_maxrss / 1024)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and os.access(path, os.R_OK)
    }


def holds(project: Path, files: int, *arguments: str, given: bytes = b"") -> None:
    """Import all of `in` and prove everything that must hold whatever lies there."""
    before = tree(project.parent)
    ran = run(project, *(arguments or ("in",)), given=given)
    told = "\n".join([*ran.out[-3:], *ran.err[-9:]])
    assert ran.code in {0, 1}, f"ended with {ran.code} after {len(ran.out)} pages and {len(ran.err)} lines:\n{told}"
    assert not any("Traceback" in line for line in [*ran.out, *ran.err]), told
    assert ran.megabytes <= MEGABYTES
    # Every file has one line, and there are no others.
    refused = [line for line in ran.err if line.strip() and not line.startswith(("Importing", "Next: "))]
    wrote = [line for line in ran.out if line.strip()]
    assert [line for line in refused if not re.match(".+: refused: [A-Z].*[.]$", line)] == []
    assert [line for line in refused if "Please report" in line] == []
    assert [line for line in wrote if not re.match(r".+: wrote docs/sources/article-\d+[.]md \(", line)] == []
    assert [line for line in [*refused, *wrote] if not line.isprintable()] == []
    assert len(refused) + len(wrote) == files + 1, told
    assert ran.code == bool(refused)
    # Whole pages and guards, and nothing else.
    after = tree(project.parent)
    added = after.keys() - before.keys()
    assert {path: after.get(path) for path in before} == before
    assert all(re.fullmatch(r"project/(?:docs/sources/article-\d+\.md|echoes/\d+\.txt)", path) for path in added)
    assert len(added) == 2 * len(wrote)
    assert not any(UNREAD.encode() in after[path] for path in added)
    docs = read_folder(project / "docs")
    assert not build(docs).failed
    drafts = {draft.mark: draft for draft in read(docs)[0].drafts}
    honest = next(line for line in wrote if line.startswith(f"{HONEST}: "))
    mark = re.findall(r"article-(\d+)", honest)[0]
    assert len(drafts) == len(wrote)
    assert drafts[mark] == draft_of(read_article(HONEST, ARTICLE.encode()), int(mark), f"a{mark}")


@pytest.mark.parametrize(
    "attacks",
    [pytest.param(run, id=f"{name}-{number}") for name, runs in RUNS.items() for number, run in enumerate(runs, 1)],
)
def test_each_attack_ends_in_a_page_or_in_one_line(project: Path, attacks: Mapping[str, Make]) -> None:
    for name, make in attacks.items():
        (project / "in" / name).write_bytes(make())
    holds(project, len(attacks))


@pytest.mark.parametrize("ending", [".txt", ".md", ".html"])
def test_no_title_leads_out_of_its_page(project: Path, ending: str) -> None:
    for number, title in enumerate(TITLES):
        rest = ARTICLE.partition("\n")[2]
        text = f"{title}\n{rest}" if ending == ".txt" else f"# {title}\n{rest}"
        make = (lambda text=text: text.encode()) if ending != ".html" else page(f"<h1>{title}</h1>", f"<title>{title}")
        (project / "in" / f"{number}{ending}").write_bytes(make())
    holds(project, len(TITLES))


@pytest.mark.parametrize("raw", [ARTICLE.encode(), b""], ids=["imported", "refused"])
def test_no_file_name_breaks_its_line(project: Path, raw: bytes) -> None:
    for name in NAMES:
        (project / "in" / name).write_bytes(raw)
    holds(project, len(NAMES))


def test_what_is_no_file_is_refused_at_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project / "in"
    (folder / "link.txt").symlink_to(project.parent / "secret.txt")
    (folder / "nowhere.txt").symlink_to("nowhere")
    (folder / "endless.txt").symlink_to("/dev/zero")
    (folder / "round.txt").symlink_to("round.txt")
    (folder / "linked").symlink_to(project.parent)
    (folder / "folder.txt").mkdir()
    os.mkfifo(folder / "queue.txt")
    with socket.socket(socket.AF_UNIX) as plug:
        monkeypatch.chdir(folder)  # the address of a socket may have 100 characters
        plug.bind("socket.txt")
        holds(project, 6)


def test_what_is_no_file_is_refused_by_its_name_too(project: Path) -> None:
    os.mkfifo(project / "in" / "queue.txt")
    (project / "in" / "link.txt").symlink_to(project.parent / "secret.txt")
    names = [f"in/{name}" for name in (HONEST, "queue.txt", "link.txt", "missing.txt", "\udce9.txt")]
    holds(project, 7, *names, "/dev/zero", "/dev/full", "/proc/self/mem")


def test_a_name_that_no_file_can_have_stops_no_other(project: Path) -> None:
    holds(project, 2, f"in/{'a' * 300}.txt", f"in/{HONEST}", f"{'a/' * 3_000}a.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_refused(project: Path) -> None:
    (project / "in" / "closed.txt").write_bytes(b"words")
    (project / "in" / "closed.txt").chmod(0)
    holds(project, 1)


@pytest.mark.parametrize("given", [b"", bytes(20 * 2**20), b"word " * 2**22], ids=["nothing", "zeros", "words"])
def test_standard_input_is_held_to_the_same(project: Path, given: bytes) -> None:
    holds(project, 1, "-", f"in/{HONEST}", given=given)


# Whatever nobody thought of


def page_of(article: Article) -> str:
    """Write the page of an article and prove that it reads back; empty where it is refused."""
    draft = draft_of(article, 6, "a6")
    try:
        text = write(draft)
    except Refusal as refusal:
        assert "\n" not in str(refusal)
        return ""
    content, findings = read({"sources/article-6.md": text.encode()})
    assert (content.drafts, findings) == ((draft,), [])
    return text


def imports(name: str, raw: bytes) -> str:
    """Import the bytes twice: into the same page, or the same refusal."""
    results: list[str] = []
    for _ in range(2):
        try:
            article = read_article(name, raw)
        except Refusal as refusal:
            assert "\n" not in str(refusal)
            assert "Please report" not in str(refusal)
            results.append(str(refusal))
        else:
            results.append(page_of(article))
    assert results[0] == results[1]
    return results[0]


PIECES = [
    "a", "words", "Store apples.", "Why?", " ", "  ", "\n", "\n\n", "\t", "- ", "1. ", "1.1 ", "IV. ", "Q. ", "A: ",
    "> ", "# ", "### ", "    ", ": ", "| ", "`", "```", "\n```sh\n", "\n______\n",
    "*", "**", "_", "\\", "'", '"', "[", "]", "(", ")", "!", "](",
    "![", "[a](b)", "[a]:", "<", "&lt;", "&#60;", "&", ";", "{", "}", "{ #a }", "---", "===", "--8<--", "::",
    "<!-- advice -->", "<b>", "https://example.com/a", "javascript:go()", "By Ann Bee", "1 May 2024", "2 min read",
    "©", "Home > a > b", "FAQ", "References", "Related:", "Share this", "Table of contents", "é", "e\u0301", "\u4e2d",
    "\u05d0", "\U0001f34e", "\x00", "\x02", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u200b", "\u200d", "\u202e",
    "\ufeff", "\ufffd", "\uffff", "Ã©", "\u00ad", "\u00a0",
]  # fmt: skip
TAGS = [
    "p",
    "div",
    "b",
    "i",
    "a",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "blockquote",
    "br",
    "hr",
    "span",
    "nav",
    "footer",
    "aside",
    "form",
    "sup",
    "dl",
    "dt",
    "dd",
    "details",
    "summary",
    "script",
    "style",
    "title",
    "article",
    "main",
    "section",
    "img",
    "pre",
    "template",
    "svg",
    "head",
    "body",
    "html",
    "meta",
    "x-y",
]
ATTRIBUTES = [
    "",
    " class=author",
    " hidden",
    " id='fn:1'",
    " href='javascript:go()'",
    " role=navigation",
    " style='display:none'",
    ' a="',
    " lang=de",
    "/",
]
TEXT = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
TAG = st.builds("<{}{}{}>".format, st.sampled_from(["", "", "/"]), st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES))
HTML = st.lists(TAG | st.sampled_from(PIECES) | st.just(BEFORE), max_size=40).map("".join)


def inside(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Elements of a Word document, one inside another in any order."""
    tags = st.sampled_from(["p", "r", "t", "tbl", "tr", "tc", "hyperlink", "sdt", "sdtContent", "pPr", "rPr", "b"])
    return st.builds(lambda tag, inner: f"<w:{tag}>{''.join(inner)}</w:{tag}>", tags, st.lists(content, max_size=4))


@given(st.sampled_from(SUFFIXES), st.binary(max_size=3_000))
def test_random_bytes_are_a_page_or_a_refusal(suffix: str, raw: bytes) -> None:
    imports(f"a{suffix}", raw)


@given(st.sampled_from(SUFFIXES), st.data())
def test_a_spoilt_article_is_a_page_or_a_refusal(suffix: str, data: st.DataObject) -> None:
    raw = bytearray(docx("")() if suffix == ".docx" else ARTICLE.encode())
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=9)):
        raw[place] = data.draw(st.integers(0, 255))
    imports(f"a{suffix}", bytes(raw))


@settings(max_examples=500)
@given(st.sampled_from([".txt", ".md"]), TEXT, TEXT)
def test_random_text_is_a_page_or_a_refusal(suffix: str, before: str, after: str) -> None:
    imports(f"a{suffix}", f"{before}\n\n{BEFORE} {AFTER}\n{after}".encode())


@given(
    st.lists(
        st.sampled_from(["title: ", "author: ", "date: ", "url: ", "- ", "  ", "\n", '"', "{", "[", *PIECES]),
        max_size=20,
    ).map("".join)
)
def test_random_front_matter_is_a_page_or_a_refusal(yaml: str) -> None:
    imports("a.md", f"---\n{yaml}\n---\n\n{ARTICLE}".encode())


@settings(max_examples=300)
@given(HTML)
def test_random_markup_is_a_page_or_a_refusal(markup: str) -> None:
    imports("a.html", markup.encode())


@given(HTML)
def test_random_markup_beside_an_article_is_a_page_or_a_refusal(markup: str) -> None:
    imports("a.html", page(markup)())


@given(
    st.lists(
        st.sampled_from(
            [
                "<w:p>",
                "</w:p>",
                "<w:r>",
                "</w:r>",
                "<w:t>",
                "</w:t>",
                "<w:tbl>",
                "<w:tr>",
                "<w:tc>",
                "a ",
                "&lt;",
                "<w:br/>",
            ]
        ),
        max_size=20,
    ).map("".join)
)
def test_a_random_document_is_a_page_or_a_refusal(body: str) -> None:
    imports("a.docx", docx(body)())


# Reading is the inverse of writing

SIGN = st.characters(exclude_categories=["C", "Z"])
AWKWARD = st.sampled_from([piece for piece in PIECES if piece.isprintable() and " " not in piece])
A_WORD = st.lists(SIGN | AWKWARD, min_size=1, max_size=6).map("".join)
SENTENCE = st.lists(A_WORD, min_size=1, max_size=30).map(" ".join)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A draft as the import may make it, of any texts."""
    sections: list[Section] = []
    number = 0
    for _ in range(draw(st.integers(1, 3))):
        inside: list[Part] = []
        for lead, body in draw(st.lists(st.tuples(st.just("") | SENTENCE, st.just("") | SENTENCE), max_size=3)):
            number += bool(lead)
            inside += [Part(id=f"a6-{number:02d}" if lead else "", lead=lead, body=body)] if lead or body else []
        heading = draw(SENTENCE if sections else st.just("") | SENTENCE)
        if heading or inside:
            sections.append(
                Section(heading=heading, level=draw(st.integers(2, 6)) if heading else 1, parts=tuple(inside))
            )
    facts = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "publisher": SENTENCE,
                "author": SENTENCE,
                "published": st.dates().map(str),
                "url": st.just("https://example.com/a?b=c#d"),
                "language": st.sampled_from(["en", "no", "de"]),
            },
        )
    )
    return Draft(
        slug="article-6",
        mark="6",
        title="Article 6",
        recorded_title=draw(st.just("") | SENTENCE),
        facts=facts,
        left_out=tuple(draw(st.lists(st.just(LeftOut("Lines 3 to 5: form", "A form.")), max_size=1))),
        sections=tuple(sections),
    )


def written(draft: Draft) -> Sequence[Draft]:
    return read({"sources/article-6.md": write(draft).encode()})[0].drafts


@settings(max_examples=300)
@given(drafts())
def test_every_draft_is_written_and_read_back(draft: Draft) -> None:
    assert written(draft) == (draft,)
    assert write(draft) == write(draft)

"""Which finished pages read otherwise than they did: under which headings, and how many words came and went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from . import mdtext

# What no reader sees: elements and what they carry, attribute lists, where links lead, and data for search engines.
_UNSEEN = re.compile(r"<script.*?</script>|<[^<>]*>|\{:?\s*[#.\w][^{}]*\}|(?<=\])\([^()]*\)")


@dataclass(frozen=True)
class PageChange:
    """A finished page that reads otherwise: under which headings, and how many words came and went.

    `edited` is whether its own file changed; else it only follows what changed elsewhere. Where no word came or went,
    their order changed.
    """

    path: str
    edited: bool
    headings: tuple[str, ...]
    more: int
    fewer: int


def compare_pages(
    before: Mapping[str, str], after: Mapping[str, str], old_files: Mapping[str, bytes], new_files: Mapping[str, bytes]
) -> Iterator[PageChange]:
    """Compare the pages that are in both. Linear in their words: what only moved counts as neither come nor gone."""
    for path in sorted(before.keys() & after.keys()):
        if before[path] != after[path]:
            old, new = _sections(before[path]), _sections(after[path])
            headings = tuple(name for name in dict.fromkeys((*new, *old)) if old.get(name) != new.get(name))
            were, are = _words(old), _words(new)
            if headings:
                edited = old_files.get(path) != new_files.get(path)
                yield PageChange(path, edited, headings, (are - were).total(), (were - are).total())


def _words(sections: Mapping[str, str]) -> Counter[str]:
    return Counter(word for text in sections.values() for word in text.split())


def _sections(page: str) -> dict[str, str]:
    """The words of a page by their headings; what the front matter says, and what stands above all, has none."""
    parts = mdtext.split_front_matter(page, "")
    found: dict[str, list[str]] = {"": [parts.yaml]}
    heading = ""
    for line in parts.body.splitlines():
        if line.startswith("#"):
            heading = _readable(line.lstrip("#"))
        found.setdefault(heading, []).append(_readable(line))
    texts = {name: " ".join(" ".join(lines).split()) for name, lines in found.items()}
    return {name: text for name, text in texts.items() if text}


def _readable(line: str) -> str:
    """What a reader sees of a line."""
    return mdtext.unescape(mdtext.plain(_UNSEEN.sub("", line))).strip()

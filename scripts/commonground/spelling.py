"""Spelling: the words of codespell's lists, which are read as data. No code of codespell is ever run."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from .corpus import Corpus
from .diagnostics import Diagnostic, Severity
from .voice import Voice

BRITISH = "en-GB"
COMMON, PAIRS = "dictionary.txt", "dictionary_en-GB_to_en-US.txt"
# The list's American spellings that are British too, some of them of another word: a practice, a meter, a story.
BOTH = {"license", "licensed", "licenses", "licensing", "meter", "meters", "practice", "practices", "program", "story"}
BOTH |= {"stories", "focused", "focuses", "focusing", "refocused", "refocuses", "refocusing", "biased", "routing"}
BOTH |= {"judgment", "judgments", "writable"}
NOT_OURS = {"link", "alias", "source-title"}  # read already as part of its text; as readers type; as others wrote
CODES = {
    "misspelling": "A word is misspelt, or `words` of voice.yml lacks it. Bad: `recieve`. Good: `receive`.",
    "foreign-spelling": "One spelling is used throughout, that of voice.yml. Bad: `color`. Good: `colour`.",
}


def check(corpus: Corpus, voice: Voice) -> Iterator[Diagnostic]:
    """Find the misspelt words, and those spelt as elsewhere. A voice that names no language has no spelling."""
    if not voice.language:
        return
    foreign = _foreign(voice.language)
    words = corpus.index.keys() - voice.spelt
    for word in sorted(words & foreign.keys()):
        yield from _findings(corpus, word, "foreign-spelling", foreign[word])
    for word in sorted(words - foreign.keys()):
        if right := _meant(word, _common()):
            yield from _findings(corpus, word, "misspelling", '" or "'.join(right))


def _findings(corpus: Corpus, word: str, code: str, right: str) -> Iterator[Diagnostic]:
    whole = re.compile(rf"(?<![\w'’-]){re.escape(word)}(?![\w-])", re.IGNORECASE)
    for start in corpus.index[word]:
        name = code == "foreign-spelling" and corpus.is_name(start)  # of a place or an office, as it writes itself
        if whole.match(corpus.text, start) and not name and not corpus.stretch_at(start).contexts & NOT_OURS:
            yield corpus.finding(
                start,
                start + len(word),
                code,
                f'"{corpus.text[start : start + len(word)]}" is spelt wrongly here.',
                hint=f'Expected "{right}"; a word that is right goes into the list `words` of voice.yml.',
                severity=Severity.ERROR,
                fix=right if code == "foreign-spelling" and corpus.text[start].islower() else "",
            )


@cache
def _foreign(language: str) -> Mapping[str, str]:
    pairs = [line.split("->") for line in _lines(PAIRS).decode().lower().split("\n") if line]
    if language == BRITISH:
        return {american: british for british, american in pairs if american not in BOTH}
    return dict(pairs)


def _meant(word: str, lines: Sequence[bytes]) -> list[str]:
    """Return what may have been meant by a misspelt word; nothing where the list does not have it.

    The list is in order but for a few words with apostrophes, and a search by halves is a tenth of reading it all.
    """
    entry = f"{word}->".encode()
    at = bisect_left(lines, entry, key=bytes.lower)
    if at == len(lines) or not lines[at].lower().startswith(entry):
        return []
    return [each.strip() for each in lines[at][len(entry) :].decode().split(",") if each.strip()]


@cache
def _common() -> Sequence[bytes]:
    return _lines(COMMON).rstrip(b"\n").split(b"\n")


def _lines(name: str) -> bytes:
    """Read one of codespell's lists. Where it lies is known without importing it."""
    spec = find_spec("codespell_lib")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise ModuleNotFoundError("codespell is not installed", name="codespell_lib")
    return Path(folders[0], "data", name).read_bytes()

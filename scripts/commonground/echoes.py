"""The echo guard: finds running words that a page shares with an article, from hashes alone.

An article's words are somebody else's, so they never enter the repository. Its runs of five and six words do, hashed:
enough to tell that a sentence was copied, long after the article is gone, and no text can be read back. Who holds five
words of the article already can test guesses for the sixth; nothing that must be shared can prevent that.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from .diagnostics import Diagnostic, Severity

ECHOES = "echoes"  # the folder of the guards in a project
COPIED = 6  # running words, which are hardly ever chance; one word fewer are now and then
SIZES = (COPIED - 1, COPIED)
HASH_BYTES = 40 // 8  # a false alarm once in 50,000 runs of a guide of 30,000 words and five articles
HASHES_IN_A_ROW = 10
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_TITLE = re.compile(r"^recorded_title: *(.+)$", re.MULTILINE)
_MARK = re.compile(r"^mark: *['\"]?(\d+)\b", re.MULTILINE)
_BORDER = re.compile(r"\s*(?:$|[-*+] |\d+\. |#|[\w-]+: |---)")  # a paragraph, bullet, heading or key starts here
_ROW = re.compile(rf"[0-9a-f]{{{2 * HASH_BYTES}}}(?: [0-9a-f]{{{2 * HASH_BYTES}}})*")


class Word(NamedTuple):
    """A word as it counts in a comparison, and its place in the text."""

    text: str
    line: int
    column: int


@dataclass(frozen=True)
class Guard:
    """The hashed runs of one article, by their number of words."""

    mark: str
    runs: Mapping[int, frozenset[str]]

    def without(self, titles: Collection[str]) -> Guard:
        """The same guard for texts that may name these titles."""
        return Guard(self.mark, {size: known - _runs_of(titles, size) for size, known in self.runs.items()})


def words(text: str) -> list[Word]:
    """Return the words of a text without case, figures and signs, in order."""
    found: list[Word] = []
    for number, line in enumerate(text.split("\n"), start=1):
        found += (Word(match[0].lower().replace("’", "'"), number, match.start() + 1) for match in _WORD.finditer(line))
    return found


def runs(found: list[Word], size: int) -> list[str]:
    """Return the hash of each run of so many words; the run at a position stands at that position."""
    return _hashed([word.text for word in found], size)


def _runs_in(text: str, size: int) -> list[str]:
    """Return the same for the words of a text, whose places nobody asks for."""
    return _hashed([word.lower().replace("’", "'") for word in _WORD.findall(text)], size)


def _all_runs(guards: Iterable[Guard], size: int) -> set[str]:
    return {run for guard in guards for run in guard.runs.get(size, ())}


def _hashed(texts: list[str], size: int) -> list[str]:
    return [
        blake2b(" ".join(texts[start : start + size]).encode(), digest_size=HASH_BYTES).hexdigest()
        for start in range(len(texts) - size + 1)
    ]


def write_guard(mark: str, text: str, titles: Collection[str]) -> str:
    """Return the guard file of an article. Its titles may be repeated: a guide has to name its sources."""
    rows = [f"# Hashed runs of words of article {mark}; no text can be read back. Made by `commonground import`."]
    for size in SIZES:
        hashes = sorted(set(runs(words(text), size)) - _runs_of(titles, size))
        rows.append(f"{size} words")
        rows += [" ".join(hashes[at : at + HASHES_IN_A_ROW]) for at in range(0, len(hashes), HASHES_IN_A_ROW)]
    return "\n".join(rows) + "\n"


def read_guard(mark: str, text: str, path: str) -> tuple[Guard, list[Diagnostic]]:
    """Read a guard file, and what is wrong with it."""
    found: dict[int, set[str]] = {}
    headings = {f"{size} words": size for size in SIZES}
    size = 0
    for number, row in enumerate(text.split("\n"), start=1):
        if row in headings:
            size = headings[row]
            found[size] = set()
        elif size and _ROW.fullmatch(row):
            found[size] |= set(row.split())
        elif row and not row.startswith("#"):
            message = 'This is no row of an echo guard: "5 words", "6 words", or hashes of ten figures and letters.'
            return Guard(mark, {}), [Diagnostic(path, number, 1, "bad-guard", message, _anew(mark))]
    return Guard(mark, {size: frozenset(hashes) for size, hashes in found.items()}), []


def _anew(mark: str) -> str:
    return f"Delete echoes/{mark}.txt if it is there, then: commonground import ARTICLE --guard {mark}"


def _runs_of(titles: Iterable[str], size: int) -> set[str]:
    return {run for title in titles for run in runs(words(title), size)}


def compare(texts: Mapping[str, str], files: Mapping[str, str]) -> list[Diagnostic]:
    """Find what the content's texts share with the articles, by the guard files; both by their paths.

    Without any guard file nothing is guarded; where there are some, an article that has none is named.
    """
    guards: list[Guard] = []
    findings: list[Diagnostic] = []
    for path, text in sorted(files.items()):
        guard, wrong = read_guard(path.rpartition("/")[2].removesuffix(".txt"), text, path)
        guards.append(guard)
        findings += wrong
    if not guards:
        return []
    guarded = {guard.mark for guard in guards if any(guard.runs.values())} | {
        guard.mark for guard in guards if not guard.runs
    }
    titles = [title for text in texts.values() for title in _TITLE.findall(text)]
    guards = [guard.without(titles) for guard in guards]
    shortest = {size: _all_runs(guards, size) for size in {min(guard.runs) for guard in guards if guard.runs}}
    for path, text in sorted(texts.items()):
        mark = _MARK.search(text) if path.startswith("sources/") else None
        if mark and mark[1] not in guarded:
            message = f"Article {mark[1]} has no echo guard, so copied sentences go unseen."
            findings.append(Diagnostic(path, 1, 1, "no-guard", message, _anew(mark[1]), Severity.WARNING))
        if any(known.intersection(_runs_in(text, size)) for size, known in shortest.items()):
            findings += find(path, text, guards)  # a longer run has a shorter one in it
    return findings


def likeness(text: str, guard: Guard) -> float:
    """How much of a text an article's guard knows: the share of its longest runs, from 0 to 1."""
    own = set(runs(words(text), COPIED))
    return len(own & guard.runs.get(COPIED, frozenset())) / len(own) if own else 0.0


def find(path: str, text: str, guards: Iterable[Guard]) -> Iterator[Diagnostic]:
    """Find the longest runs of words that the text shares with an article: errors from six words on, else warnings."""
    found = words(text)
    blocks = _blocks(text)
    hashes = {size: runs(found, size) for size in SIZES}
    for guard in guards:
        taken: set[int] = set()
        for size in sorted(guard.runs, reverse=True):
            known = guard.runs[size]
            starts = [
                at
                for at, run in enumerate(hashes[size])
                if run in known and blocks[found[at].line] == blocks[found[at + size - 1].line]
            ]
            for start, end in _joined(starts, size):
                if not taken & set(range(start, end)):
                    taken |= set(range(start, end))
                    yield _echo(path, found[start:end], guard.mark)


def _blocks(text: str) -> list[int]:
    """The number of the paragraph, bullet, heading or key that each line (from 1) belongs to: no sentence goes on."""
    block = 0
    blocks = [0]
    for line in text.split("\n"):
        block += bool(_BORDER.match(line))
        blocks.append(block)
    return blocks


def _joined(starts: list[int], size: int) -> Iterator[tuple[int, int]]:
    """Join runs that start one word after the other: from where the first starts to where the last ends."""
    joined: list[list[int]] = []
    for start in starts:
        if joined and start == joined[-1][-1] + 1:
            joined[-1].append(start)
        else:
            joined.append([start])
    for run in joined:
        yield run[0], run[-1] + size


def _echo(path: str, run: list[Word], mark: str) -> Diagnostic:
    said = " ".join(word.text for word in run)
    message = f'{len(run)} running words stand in article {mark} too: "{said}".'
    severity = Severity.ERROR if len(run) >= COPIED else Severity.WARNING
    first, last = run[0], [word for word in run if word.line == run[0].line][-1]
    length = last.column + len(last.text) - first.column
    hint = "Say it in your own words."
    return Diagnostic(path, first.line, first.column, "echo", message, hint, severity, length)

"""Articles from the disk to drafts on the disk: what an import reads, what it calls it, and where it puts it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import echoes, importing, naming, writing
from .article import Refusal
from .diagnostics import counted
from .echoes import ECHOES, likeness, read_guard
from .importing import MAX_INPUT
from .reading import DOCS, read_folder
from .safety import HIDDEN
from .storing import read_guards, write_new

KNOWN_SHARE = 0.8  # of an article's runs of words in another's guard: then it is that article
DRAFT = "article-"  # starts the names of drafts, before their number
_UNSEEN = re.compile(rf"[\t\n{HIDDEN}]")


@dataclass(frozen=True)
class Outcome:
    """What became of one file: a line (or the page itself) to tell, the article as data, and whether it was refused."""

    told: str
    record: dict[str, Any]
    refused: bool = False


def inputs(paths: Sequence[str]) -> Iterator[tuple[str, Path | None]]:
    """Name every file to import: those given, those in the folders given, and - for standard input."""
    for given in paths:
        path = Path(given)
        if given == importing.STANDARD_INPUT:
            yield given, None
        elif _is_folder(path):
            for found in sorted(path.rglob("*")):
                inside = found.relative_to(path)
                hidden = any(part.startswith(".") for part in inside.parts)
                if found.suffix.lower() in importing.SUFFIXES and not hidden and not found.is_dir():
                    yield inside.as_posix(), found
        else:
            yield path.name, path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir() and not path.is_symlink()
    except OSError:  # no file can have such a name; reading it says so
        return False


def bring_in(name: str, path: Path | None, shelf: Shelf, guard: str, *, dry_run: bool) -> Outcome:
    """Import one file: write its draft and its echo guard, or with `guard` (a mark) the guard alone.

    A dry run tells what would be written. Whatever a file does to the libraries that read it, it is refused in a line.
    """
    shown = _UNSEEN.sub("?", name.encode("utf-8", "replace").decode())
    try:
        return _bring_in(shown, path, shelf, guard, dry_run=dry_run)
    except Refusal as refusal:
        reason = str(refusal)
    except RecursionError:
        reason = "It is nested too deeply. Save it as plain text."
    except Exception as error:  # one odd file must not stop the others
        reason = f"The import failed at it ({type(error).__name__}). Please report this with the file."
    record = importing.describe(shown, None) | {"refused": reason}
    return Outcome(f"{shown}: refused: {reason}", record, refused=True)


def _bring_in(name: str, path: Path | None, shelf: Shelf, guard: str, *, dry_run: bool) -> Outcome:
    lines, known = importing.read_lines(name, read_input(path))
    article = importing.to_article(lines, known)
    record = importing.describe(name, article)
    words = "\n".join(line.text for line in lines)
    titles = [article.title, *(heading.text for heading in article.headings)]
    if guard:
        text = echoes.write_guard(guard, words, titles)
        return Outcome(text if dry_run else f"{name}: wrote {shelf.put(shelf.guard(guard), text)}", record)
    shelf.refuse_known(words)
    mark, prefix = shelf.next_mark()
    draft = writing.draft_of(article, mark, prefix)
    page = writing.write(draft)
    if dry_run:
        shelf.last = mark
        return Outcome(f"==> {shelf.page(mark)} <==\n{page}", record)
    guarded = shelf.put(shelf.guard(str(mark)), echoes.write_guard(str(mark), words, titles))
    try:
        written = shelf.put(shelf.page(mark), page)
    except Refusal:
        guarded.unlink()  # a guard of nothing would only take the number
        raise
    bullets = sum(bool(part.id) for section in draft.sections for part in section.parts)
    told = f"{counted(bullets, 'bullet')}, {counted(len(record['junk_lines']), 'line')} left out"
    return Outcome(f"{name}: wrote {written} ({told})", record)


class Shelf:
    """Where drafts and guards go, and which numbers and ids are taken there and in the project."""

    def __init__(self, project: Path, target: Path) -> None:
        """Look at what is there once; what this run adds is remembered."""
        self.target = target
        within = target.resolve().is_relative_to(project.resolve())
        self.echoes = (project if within else target) / ECHOES
        self.guards = [read_guard(Path(path).stem, text, path)[0] for path, text in read_guards(self.echoes).items()]
        self.texts = _texts(project / DOCS) + _texts(target)
        marks = naming.marks(self.texts)
        marks += [path.stem for path in self.echoes.glob("*.txt")]
        marks += [path.stem.removeprefix(DRAFT) for path in target.glob(f"{DRAFT}*.md")]
        self.last = naming.last_mark(marks)

    def next_mark(self) -> tuple[int, str]:
        """Return the next free number of an article, and what the ids of its bullets start with."""
        mark = self.last + 1
        return mark, naming.prefix_of(mark, self.texts)

    def refuse_known(self, words: str) -> None:
        """Raise `Refusal` where nearly all of the article is in a guard already."""
        for guard in self.guards:
            if likeness(words, guard) >= KNOWN_SHARE:
                raise Refusal(
                    f"It is article {guard.mark} already. Delete echoes/{guard.mark}.txt to bring it in again."
                )

    def page(self, mark: int) -> Path:
        """Where the draft of an article goes."""
        return self.target / f"{DRAFT}{mark}.md"

    def guard(self, mark: str) -> Path:
        """Where the guard of an article goes."""
        return self.echoes / f"{mark}.txt"

    def put(self, path: Path, text: str) -> Path:
        """Write a new file and return its path; the number it bears is taken from now on."""
        try:
            write_new(path, text)
        except FileExistsError:
            raise Refusal(f"{path} is there already. Move it away, or run the import again.") from None
        if path.parent == self.target:
            self.last = max(self.last, int(path.stem.removeprefix(DRAFT)))
        return path


def _texts(folder: Path) -> list[str]:
    """The Markdown and data files of a folder, as far as they can be read."""
    found = read_folder(folder) if folder.is_dir() else {}
    return [raw.decode(errors="replace") for path, raw in found.items() if path.endswith((".md", ".yml"))]


def read_input(path: Path | None) -> bytes:
    """Read a file, or standard input where there is no path. Raises `Refusal` where it cannot or should not be read."""
    if path is None:
        return sys.stdin.buffer.read(MAX_INPUT + 1)
    try:
        if path.is_symlink():
            raise Refusal("This is a symbolic link. Name the file itself.")
        if not path.is_file():
            raise Refusal("There is no such file." if not path.exists() else "This is no file.")
        with path.open("rb") as file:
            return file.read(MAX_INPUT + 1)
    except OSError as error:
        raise Refusal(f"It cannot be read: {error.strerror}.") from None

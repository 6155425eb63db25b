"""Whole sites, built as they are published and then weighed. The only module that runs MkDocs."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from time import perf_counter

from .changesections import Weight
from .history import read_revision
from .reading import LINK

ROUNDS = 2  # of each, alternating, of which the faster counts: a first one may find cold files
PATIENCE = 600  # seconds


class Unbuilt(Exception):  # a fault of the site that was to be built, not of the program
    """A site that cannot be built: whose, and what MkDocs said in the end."""

    def __init__(self, name: str, said: str) -> None:
        """Take both."""
        super().__init__(said)
        self.name = name
        self.said = said


def weigh(project: Path, revision: str) -> tuple[Weight, Weight]:
    """Build the site of a revision and that of the project, and weigh both. Raises `Unbuilt` where one fails."""
    with tempfile.TemporaryDirectory(prefix="commonground-") as folder:
        base = Path(folder) / "base"
        _unpack(read_revision(project, revision), base)
        sides = ((base, revision), (project, "the working tree"))
        taken: list[list[float]] = [[], []]
        for _ in range(ROUNDS):
            for number, (side, name) in enumerate(sides):
                taken[number].append(_build(side, Path(folder) / f"site-{number}", name, Path(folder) / "compiled"))
        before, after = (_weight(Path(folder) / f"site-{number}", min(taken[number])) for number in (0, 1))
    return before, after


def _unpack(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        if content != LINK and ".." not in PurePosixPath(name).parts:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)


def _build(project: Path, site: Path, name: str, compiled: Path) -> float:
    """Build a project's site as its own mkdocs.yml says, with its own code; return the seconds that took."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean", "--site-dir", str(site)]
    start = perf_counter()
    try:
        ran = subprocess.run(  # noqa: S603  # no shell reads it
            command,
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
            env=_surroundings(compiled),
        )
    except subprocess.TimeoutExpired:
        raise Unbuilt(name, f"It took more than {PATIENCE} seconds.") from None
    if ran.returncode:
        raise Unbuilt(name, _last(ran.stderr or ran.stdout))
    return perf_counter() - start


def _surroundings(compiled: Path) -> dict[str, str]:
    """The environment, without what would put this project's code in the place of a revision's.

    Both sites start without compiled code and keep it in the same folder, so that neither has the better start.
    """
    kept = {name: value for name, value in os.environ.items() if name not in PYTHON}
    return {**kept, "PYTHONPYCACHEPREFIX": str(compiled)}


PYTHON = {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}


def _last(said: str) -> str:
    """The last lines: what went wrong, and the hint below it."""
    return " ".join(" ".join(said.split("\n")[-LINES:]).split())


LINES = 4


def _weight(site: Path, seconds: float) -> Weight:
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}
    pages = {name: len(gzip.compress(raw, mtime=0)) for name, raw in files.items() if name.endswith(".html")}
    heaviest = max(pages, key=lambda name: (pages[name], name))
    return Weight(seconds, sum(map(len, files.values())), heaviest, pages[heaviest])

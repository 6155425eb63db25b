"""What it costs to find the nearest of made statements, and how good they are beside every pair's full score."""

import json
from importlib.util import find_spec
from pathlib import Path

from tests.bench.candidates import BY
from tests.bench.made import ARTICLE
from tests.bench.processes import Cost, cost
from tests.bench.recall import share

NEEDS = {"ours": "scipy", "semhash": "semhash", "scikit": "sklearn"}


def present() -> list[str]:
    """Who can be measured: the libraries of the others may not be installed."""
    return [who for who in BY if find_spec(NEEDS[who])]


class Workshop:
    """A folder of made statements and of what was found among them, each made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def made(self, count: int) -> Path:
        return self._made(self.folder / f"made-{count}.json", "-m", "tests.bench.made", str(count))

    def _made(self, path: Path, *command: str | Path) -> Path:
        if not path.exists():
            cost(*command, path)
        return path

    def found(self, who: str, count: int) -> Path:
        return self.folder / f"found-{who}-{count}.json"

    def every(self, who: str, count: int) -> Cost:
        """Find the nearest of so many statements."""
        return cost("-m", "tests.bench.candidates", who, self.made(count), self.found(who, count))

    def proposed(self, count: int) -> Cost:
        """Propose for all of so many statements, in the order of a review."""
        return cost("-m", "tests.bench.sitting", self.made(count))

    def added(self, count: int) -> Cost:
        """Find the nearest of one article that comes to so many statements."""
        path, out = self.made(count + ARTICLE), self.folder / "added.json"
        return cost("-m", "tests.bench.candidates", "ours", path, out, str(ARTICLE))

    def recall(self, who: str, count: int, least: float = 0) -> float:
        """How many of the best five by full score were found, of those that score so much at least."""
        path = self._made(self.folder / f"exact-{count}.json", "-m", "tests.bench.recall", self.made(count))
        wanted, scores = json.loads(path.read_bytes())
        return share(json.loads(self.found(who, count).read_bytes()), wanted, scores, least)

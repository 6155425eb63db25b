"""What the guide's own links cost: in a build of this guide, and for ever more pages and 200 names."""

import random
import time
from collections.abc import Callable
from statistics import median

from commonground.building import build
from commonground.crosslinking import crosslink
from commonground.linking import Targets
from commonground.mentions import Names, Passage, link
from commonground.model import Span
from commonground.reading import read_folder
from tests.bench.processes import PROJECT

NAMES = 200
SENTENCES = 50  # of 12 words on a page
WORDS = [f"word{number}" for number in range(3_000)]


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def linked(rounds: int) -> float:
    """Return processor seconds of linking this guide, once it is read."""
    guide = build(read_folder(PROJECT / "docs")).guide
    return median(seconds(lambda: crosslink(guide, Targets(guide))) for _ in range(rounds))


def made(count: int) -> float:
    """Return processor seconds of linking so many made pages, names and all."""
    chance = random.Random(count)  # noqa: S311  # made texts, no secrets
    phrases = [" ".join(chance.choices(WORDS, k=chance.choice((1, 1, 2, 3)))) for _ in range(NAMES)]
    names = {f"topic-{number}": [phrase] for number, phrase in enumerate(phrases)}
    sentences = [[" ".join(chance.choices(WORDS, k=12)).capitalize() for _ in range(SENTENCES)] for _ in range(count)]
    pages = [Passage(".\n\n".join(one), Span("guide/page.md")) for one in sentences]

    def write(words: str, aim: str, _: Passage) -> str:
        return f"[{words}]({aim}.md)"

    def work() -> None:
        known = Names(names)
        if not sum(len(link([page], known, write, lambda *_: "").mentions) for page in pages):
            raise SystemExit("No made page mentions anything.")

    return seconds(work)

"""Made advice, as much as is wanted, that is shaped like real advice: the same number makes the same statements.

Real advice was looked at (the labelled sentences and the two test guides): 16 words each, half of them function
words; how often the others come (Zipf, with a flat head); six statements below a heading; four in ten say what no
other says.
"""

import json
import sys
from functools import cache
from itertools import accumulate, islice, product
from pathlib import Path
from random import Random

from commonground.languages import FUNCTION_WORDS
from commonground.similarity import Statement

ARTICLE = 100  # statements
SECTION = 6
WORDS = (4, 12)  # at least and at most, of each of the two kinds
VOCABULARY = 15_000
FLAT = 10  # ranks: the commonest word of a subject stands in a twelfth of its statements
TOPICS = 40
ENDINGS = ["", "", "", "s", "ed", "ing"]


@cache
def vocabulary() -> list[str]:
    """Made words, the commonest first."""
    syllables = ["".join(parts) for parts in product("bdfglmnprstv", "aeiou", ["", "l", "n", "r", "st"])]
    words = islice(map("".join, product(syllables, syllables)), VOCABULARY)
    return Random(0).sample(list(words), VOCABULARY)  # noqa: S311  # made texts, no secrets


@cache
def _weights(count: int, flat: int) -> list[float]:
    return list(accumulate(1 / (rank + flat) for rank in range(1, count + 1)))


def thesaurus() -> dict[str, list[str]]:
    """Name each topic by a common word, by two and by a rare one."""
    common, two, rare = (vocabulary()[start:] for start in (100, 200, 300))
    return {f"topic-{at}": [common[at], " ".join(two[2 * at : 2 * at + 2]), rare[at]] for at in range(TOPICS)}


def statements(count: int) -> list[Statement]:
    """Return so many statements, in articles of 100."""
    return [_statement(at, count) for at in range(count)]


def _statement(at: int, count: int) -> Statement:
    chance = Random(at)  # noqa: S311  # made texts, no secrets
    article, section = at // ARTICLE, at % ARTICLE // SECTION
    heading = _content(Random(f"{article} {section}"), 3)  # noqa: S311  # made texts, no secrets
    idea = _content(Random(f"idea {chance.randrange(count)}"), 6)  # noqa: S311  # made texts, no secrets
    half = chance.randint(*WORDS)
    content = [*chance.sample(idea, 4), heading[0], *_content(chance, half)][:half]
    every = sorted(FUNCTION_WORDS)
    said = [word + chance.choice(ENDINGS) for word in content]
    said += chance.choices(every, cum_weights=_weights(len(every), 0), k=half)
    chance.shuffle(said)
    return Statement(f"a{article:04}-{at % ARTICLE:03}", " ".join(said), " ".join(heading), str(article + 1))


def _content(chance: Random, count: int) -> list[str]:
    return chance.choices(vocabulary(), cum_weights=_weights(VOCABULARY, FLAT), k=count)


def write(count: int, path: Path) -> None:
    """Write so many statements to a file."""
    rows = [[one.id, one.text, one.context, one.source] for one in statements(count)]
    path.write_text(json.dumps(rows), encoding="utf-8")


def load(path: Path) -> list[Statement]:
    """Return the statements of a file, quickly: what is measured is not the reading."""
    return [Statement(*row) for row in json.loads(path.read_bytes())]


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))

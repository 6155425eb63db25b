"""Made advice, as much as is wanted, that is shaped like real advice: the same number makes the same statements.

Copied from the guide's own points: 24 words each, half of them function words; how often the others come (Zipf,
with a flat head); six or so statements below each heading; four in ten say what no other says.
"""

from functools import cache
from itertools import accumulate, islice, product
from random import Random

from commonground.languages import FUNCTION_WORDS
from commonground.similarity import Statement

ARTICLE = 100  # statements
SECTION = 6
VOCABULARY = 15_000
FLAT = 10  # ranks: the commonest word of a subject stands in an eighth of its statements
TOPICS = 40
ENDINGS = ["", "", "", "s", "ed", "ing"]


@cache
def vocabulary() -> list[str]:
    """Made words, the commonest first."""
    syllables = ["".join(parts) for parts in product("bdfglmnprstv", "aeiou", ["", "l", "n", "r", "st"])]
    words = islice(map("".join, product(syllables, syllables)), VOCABULARY)
    return Random(0).sample(list(words), VOCABULARY)  # noqa: S311  # made texts, no secrets


@cache
def _weights() -> list[float]:
    return list(accumulate(1 / (rank + FLAT) for rank in range(1, VOCABULARY + 1)))


@cache
def _function_words() -> tuple[list[str], list[float]]:
    words = sorted(FUNCTION_WORDS)
    return words, list(accumulate(1 / rank for rank in range(1, len(words) + 1)))


def statements(count: int) -> list[Statement]:
    """Return so many statements, in articles of 100; a larger count begins otherwise, for it has more to say."""
    return [_statement(at, count) for at in range(count)]


def thesaurus() -> dict[str, list[str]]:
    """Name 40 topics, each by three words or two."""
    words = vocabulary()
    return {f"topic-{at}": [words[100 + at], " ".join(words[200 + 2 * at :][:2]), words[300 + at]] for at in range(TOPICS)}


def _statement(at: int, count: int) -> Statement:
    chance = Random(at)  # noqa: S311
    article, section = at // ARTICLE, at % ARTICLE // SECTION
    heading = _content(Random(f"{article} {section}"), 3)  # noqa: S311
    idea = _content(Random(f"idea {chance.randrange(count)}"), 6)  # noqa: S311
    half = chance.randrange(4, 13)
    content = [*chance.sample(idea, min(4, half)), *heading[:1], *_content(chance, 7)][:half]
    words, weights = _function_words()
    said = [word + chance.choice(ENDINGS) for word in content] + chance.choices(words, cum_weights=weights, k=half)
    chance.shuffle(said)
    return Statement(f"a{article:04}-{at % ARTICLE:03}", " ".join(said), " ".join(heading), str(article + 1))


def _content(chance: Random, count: int) -> list[str]:
    return chance.choices(vocabulary(), cum_weights=_weights(), k=count)

"""The grade that `check` tells is near the one of the usual library, which takes a second to load."""

from collections.abc import Mapping

import textstat

from commonground.building import build
from commonground.corpus import Corpus
from commonground.measuring import Text
from commonground.plainness import grade, syllables
from commonground.reading import is_text
from commonground.style import prose
from commonground.visible import stretches
from commonground.voice import Voice

FURTHEST = 1.0  # grades, on any page; the licence, all abbreviations, is furthest
ON_AVERAGE = 0.2


def test_grades_are_near_those_of_the_library(docs: Mapping[str, bytes]) -> None:
    texts = {path: raw.decode() for path, raw in docs.items() if is_text(path)}
    pages = prose(Text(Corpus([*stretches(texts)]), build(docs).guide, Voice()))
    apart = []
    for sentences in pages.values():
        library = textstat.flesch_kincaid_grade(" ".join(f"{sentence.strip().rstrip('.:')}." for sentence in sentences))
        apart.append(abs(grade(sentences) - library))
    assert len(apart) > 30
    assert max(apart) < FURTHEST
    assert sum(apart) / len(apart) < ON_AVERAGE


def test_syllables() -> None:
    words = {"the": 1, "are": 1, "apart": 2, "being": 2, "asked": 1, "wanted": 2, "table": 2, "safe": 1, "rhythm": 1}
    assert {word: syllables(word) for word in words} == words


def test_no_words_are_no_grade() -> None:
    assert grade([]) == 0.0

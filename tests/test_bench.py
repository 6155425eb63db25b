"""The measuring itself, on little: what it returns, and never how long it takes."""

from importlib.util import find_spec
from pathlib import Path
from statistics import mean

import pytest

from commonground.languages import FUNCTION_WORDS
from commonground.similarity import TfidfEncoder
from commonground.stemming import spoken
from tests.bench import linking, made, recall, serving, sitting
from tests.bench.candidates import BY, SHOWN
from tests.bench.processes import Seconds, cost
from tests.bench.proposing import NEEDS, Workshop
from tests.casefile import BASE
from tests.moving import MOVING

COUNT = 200


def test_made_statements_are_the_same_each_time_and_shaped_as_said(tmp_path: Path) -> None:
    statements = made.statements(COUNT)
    made.write(COUNT, tmp_path / "made.json")
    assert made.load(tmp_path / "made.json") == made.statements(COUNT) == statements
    words = [spoken(one.text) for one in statements]
    assert 15 < mean(map(len, words)) < 17
    assert 0.4 < mean(word in FUNCTION_WORDS for text in words for word in text) < 0.6
    assert len({one.source for one in statements}) == COUNT / made.ARTICLE
    assert [one.id for one in statements] == sorted({one.id for one in statements})
    assert len({(one.source, one.context) for one in statements}) == 2 * -(-made.ARTICLE // made.SECTION)


@pytest.mark.parametrize("who", BY)
def test_everybody_proposes_for_each_statement_asked_about(who: str) -> None:
    if not find_spec(NEEDS[who]):
        pytest.skip(f"{NEEDS[who]} is not here: only `make bench` installs it")
    found = BY[who](made.statements(COUNT), range(150, COUNT))
    assert len(found) == COUNT - 150
    assert all(len(set(row)) == len(row) == SHOWN and query not in row for query, row in enumerate(found, 150))


def test_exact_scores_are_those_of_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commonground.similarity.CANDIDATES", COUNT)
    statements = made.statements(COUNT)
    found, scores = recall.exact(statements)
    engine = TfidfEncoder(made.thesaurus()).nearest(statements, range(COUNT), SHOWN)
    exact = [dict(zip(*both, strict=True)) for both in zip(found, scores, strict=True)]
    same = [
        row.get(at, 0) == pytest.approx(score, abs=2e-6)
        for query, row in enumerate(exact)
        for at, score in engine.of(query)
    ]
    assert len(same) == SHOWN * COUNT
    assert 0.95 < mean(same) < 1  # the engine knows no two that share no word, nor takes them for neighbours


def test_recall_counts_what_scores_enough() -> None:
    found, wanted, scores = [[1, 2], [0, 3]], [[1, 3], [2, 0]], [[0.9, 0.5], [0.6, 0.2]]
    assert recall.share(found, wanted, scores) == 0.5
    assert recall.share(found, wanted, scores, 0.6) == 0.5
    assert recall.share(found, wanted, scores, 0.9) == 1


def test_whole_processes_are_measured(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path)
    for used in (workshop.every("ours", COUNT), workshop.added(COUNT), workshop.proposed(COUNT)):
        assert min(used.processor, used.wall, used.megabytes) > 0
    assert 0.5 < workshop.recall("ours", COUNT) <= 1


def test_a_review_of_made_points_is_measured_from_key_to_screen(tmp_path: Path) -> None:
    assert [seconds > 0 for seconds in sitting.pressed(COUNT, 2, tmp_path).rounds] == [True, True]
    decided = (tmp_path / "docs" / "merges.yml").read_text() != (MOVING / "docs" / "merges.yml").read_text()
    assert decided
    proposals = sitting.proposed(made.statements(COUNT))
    assert len({one.piece.id for one in proposals}) == len(proposals) == COUNT
    assert all(one.candidates for one in proposals)


def test_a_process_that_fails_stops_the_measuring_with_its_own_words() -> None:
    with pytest.raises(SystemExit, match="no such animal"):
        cost("-c", "raise SystemExit('no such animal')")


def test_linking_is_measured_on_pages_that_mention_something() -> None:
    assert linking.made(20) > 0
    assert linking.linked(1) > 0


def test_a_bullet_is_followed_from_the_file_to_the_browser() -> None:
    assert [len(one.rounds) for one in serving.served(2, BASE)] == [2, 2, 2]
    assert str(Seconds((1.0, 4.0, 2.0))) == "2.00 s, at worst 4.00 s"

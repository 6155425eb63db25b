"""The engine that proposes duplicates: plain examples, properties of order, and what it is worth on labelled advice."""

import json
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground import similarity, vectors
from commonground.proposing import NEIGHBOURS
from commonground.reading import read
from commonground.similarity import Statement, TfidfEncoder
from commonground.stemming import stem, words
from tests import evaluation

MOVING = [
    Statement("a-1", "Label every box on two sides.", "Packing", "1"),
    Statement("a-2", "Book the van three weeks ahead.", "Transport", "1"),
    Statement("a-3", "Tell your bank the new address.", "Paperwork", "1"),
    Statement("b-1", "Write labels on the boxes.", "Pack well", "2"),
    Statement("b-2", "Reserve a lorry early.", "Getting there", "2"),
    Statement("b-3", "Feed the cat.", "On the day", "2"),
    Statement("c-1", "Put a label on each box.", "How to pack", "3"),
    Statement("c-2", "Order a van in good time.", "Booking", "3"),
]
THESAURUS = {"vehicle": ["van", "lorry", "removal truck"], "boxes": ["boxes"]}


def near(statements: list[Statement], name: str, count: int = 3) -> list[tuple[str, float]]:
    query = [one.id for one in statements].index(name)
    found = TfidfEncoder(THESAURUS).nearest(statements, [query], count)
    return [(statements[at].id, score) for at, score in found.of(query)]


def test_what_says_the_same_comes_first() -> None:
    assert {name for name, _ in near(MOVING, "a-1", 2)} == {"b-1", "c-1"}
    assert near(MOVING, "a-2", 1)[0][0] == "c-2"


def test_scores_fall_from_at_most_1_and_have_6_digits() -> None:
    scores = [score for _, score in near(MOVING, "a-1", 7)]
    assert scores == sorted(scores, reverse=True) == [round(score, 6) for score in scores]
    assert all(0 <= score <= 1 for score in scores)


def test_equal_texts_score_highest_and_tie_by_id() -> None:
    twins = [Statement(name, "Label the boxes", "Boxes", name) for name in "cab"]
    found = TfidfEncoder({"boxes": ["boxes"]}).nearest(twins, [0], 5).of(0)
    assert [twins[at].id for at, _ in found] == ["a", "b"]
    assert found[0][1] == found[1][1] == pytest.approx(1, abs=0.001)


def test_a_heading_and_a_name_of_the_topic_bring_together_what_shares_no_word() -> None:
    def score(context: str, thesaurus: Mapping[str, list[str]]) -> float:
        pair = [Statement("a", "Keep the van dry", context, "1"), Statement("b", "Keep a lorry clean", context, "2")]
        return TfidfEncoder(thesaurus).nearest(pair, [0], 1).of(0)[0][1]

    assert score("Clean transport", {}) > score("", {})
    assert score("", THESAURUS) > score("", {})


@pytest.mark.parametrize("empty", ["", "...", "🙂"])
def test_what_has_no_words_is_near_nothing(empty: str) -> None:
    statements = [*MOVING, Statement("empty", empty), Statement("empty-2", empty)]
    found = TfidfEncoder().nearest(statements, range(len(statements)), 5)
    assert found.of(len(MOVING)) == found.of(len(MOVING) + 1) == []
    assert set(found.ones) == set(found.others) == set(range(len(MOVING)))
    assert TfidfEncoder().nearest([Statement("empty", empty)], [0], 5).of(0) == []


@pytest.mark.parametrize(("statements", "queries", "count"), [([], [], 5), (MOVING, [], 5), (MOVING, [1, 1], 0)])
def test_no_statement_no_query_and_no_count_are_no_fault(
    statements: list[Statement], queries: list[int], count: int
) -> None:
    found = TfidfEncoder().nearest(statements, queries, count)
    assert (len(found.ones), len(found.others), len(found.scores)) == (0, 0, 0)


def test_the_order_of_queries_changes_nothing_nor_that_one_stands_twice() -> None:
    found = TfidfEncoder().nearest(MOVING, [3, 0, 3], 2)
    assert found.ones.tolist() == [0, 0, 3, 3]
    assert found.of(3) == TfidfEncoder().nearest(MOVING, [3], 2).of(3)


def test_the_forms_of_a_word_are_one() -> None:
    assert words("Packing, packed; PACKS") == ["pack"] * 3
    assert stem("planned") == stem("planning") == stem("plans") == stem("plan")
    assert words("Don’t") == words("don't")
    assert stem("box") == stem("boxes")


WORDS = ["box", "boxes", "van", "label", "pack", "key", "lamp", "the", "not", "lorry"]
texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
many = st.lists(st.tuples(texts, texts, st.sampled_from(["", "1", "2", "3"])), min_size=1, max_size=14)


def by_id(statements: list[Statement], encoder: TfidfEncoder, count: int) -> dict[str, list[tuple[str, float]]]:
    found = encoder.nearest(statements, range(len(statements)), count)
    return {
        one.id: [(statements[other].id, score) for other, score in found.of(at)] for at, one in enumerate(statements)
    }


@settings(max_examples=40)
@given(many, st.randoms(use_true_random=False), st.integers(1, 14))
def test_the_order_of_statements_changes_nothing(facts: list[tuple[str, str, str]], random: Random, count: int) -> None:
    statements = [Statement(f"p{number}", *fact) for number, fact in enumerate(facts)]
    shuffled = random.sample(statements, len(statements))
    assert by_id(statements, TfidfEncoder(THESAURUS), count) == by_id(shuffled, TfidfEncoder(THESAURUS), count)


@settings(max_examples=25)
@given(many, st.integers(1, 8))
def test_a_query_does_not_depend_on_the_others_asked_nor_on_the_count(
    facts: list[tuple[str, str, str]], count: int
) -> None:
    statements = [Statement(f"p{number}", *fact) for number, fact in enumerate(facts)]
    every = range(len(statements))
    together = TfidfEncoder().nearest(statements, every, len(statements))
    alone = [TfidfEncoder().nearest(statements, [at], count).of(at) for at in every]
    assert alone == [together.of(at)[:count] for at in every]
    assert (together.ones != together.others).all()


@settings(max_examples=25)
@given(many)
def test_likeness_is_mutual(facts: list[tuple[str, str, str]]) -> None:
    statements = [Statement(f"p{number}", *fact) for number, fact in enumerate(facts)]
    found = by_id(statements, TfidfEncoder(), len(statements))
    scores = {(one, other): score for one, row in found.items() for other, score in row}
    assert all(scores[other, one] == score for (one, other), score in scores.items())


def test_a_shortlist_is_the_same_whatever_came_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similarity, "CANDIDATES", 2)
    monkeypatch.setattr(similarity, "PAIRS", 0)
    monkeypatch.setattr(similarity, "BLOCK", 3)
    monkeypatch.setattr(vectors, "BLOCK", 3)
    twins = [Statement(f"t{number}", "Label the box", "", str(number)) for number in range(6)]
    mixed = [*twins, *MOVING]
    assert by_id(mixed, TfidfEncoder(), 2) == by_id(mixed[::-1], TfidfEncoder(), 2)


def test_every_run_gives_the_same_bytes() -> None:
    code = (
        "from commonground.similarity import *; from tests.test_similarity import MOVING, THESAURUS; "
        "print([TfidfEncoder(THESAURUS).nearest(MOVING, [at], 9).of(at) for at in range(len(MOVING))])"
    )
    command = [sys.executable, "-c", code]
    project = Path(__file__).parents[1]
    outputs = set()
    for seed in ("1", "2"):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{project}:{project / 'scripts'}"}
        ran = subprocess.run(command, capture_output=True, check=True, cwd=project, env=environment)
        outputs.add(ran.stdout)
    assert len(outputs) == 1


def test_the_module_loads_no_library() -> None:
    code = "import sys, commonground.similarity; assert not {'numpy', 'scipy', 'sklearn'} & set(sys.modules)"
    environment = {"PYTHONPATH": str(Path(similarity.__file__).parents[1])}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


# --- what it is worth

FLOORS = json.loads((Path(__file__).parent / "eval" / "review.json").read_text(encoding="utf-8"))


def hold(figures: Mapping[str, float], floors: Mapping[str, float]) -> None:
    """Fail where a figure is worse than its floor: judgements are better when fewer."""
    cost = "judgements"
    worse = {name: figures[name] for name, floor in floors.items() if name != cost and figures[name] < floor}
    assert worse == {}
    assert figures[cost] <= floors[cost]
    assert figures["pair F1 reached"] >= evaluation.TARGET


def test_proposals_on_the_labelled_articles(shared: Path) -> None:
    table = (shared / "gold" / "statements.tsv").read_bytes()
    assert sha256(table).hexdigest() == FLOORS["labels"], "other labels: measure anew"
    labelled = evaluation.of_articles(table.decode())
    found = evaluation.nearest(TfidfEncoder(evaluation.NAMES), labelled.statements)
    agreed = evaluation.average_precision(found, labelled.agreed)
    figures = evaluation.figures(found, labelled) | {"average precision where both people agree": agreed}
    hold(figures, FLOORS["articles"])


def test_what_is_measured_is_what_a_review_looks_at(docs: Mapping[str, bytes]) -> None:
    statements = evaluation.of_guide(read(docs)[0]).statements
    engine, every = TfidfEncoder(evaluation.NAMES), range(len(statements))
    measured, looked_at = (
        engine.nearest(statements, every, len(statements)),
        engine.nearest(statements, every, NEIGHBOURS),
    )
    assert [looked_at.of(at) for at in every] == [measured.of(at)[:NEIGHBOURS] for at in every]


def test_proposals_on_the_points_of_the_guide(docs: Mapping[str, bytes]) -> None:
    content, _ = read(docs)
    labelled = evaluation.of_guide(content)
    found = evaluation.nearest(TfidfEncoder(evaluation.NAMES), labelled.statements)
    hold(evaluation.figures(found, labelled), FLOORS["guide"])

"""How good proposals of duplicates are: the measures of tests/eval/review.json, on statements with known groups.

A *pair* is any two statements of one group. What an encoder does not return scores 0 and comes last, in order of ids.
"""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from commonground.asking import order, subjects
from commonground.model import Content
from commonground.similarity import Encoder, Statement
from tests.moving import likeness

FIRST = (1, 3, 5)
TARGET = 0.92  # pair F1 at which the review counts as done
NEIGHBOURS = 40  # what a review looks at, for each statement

Nearest = Mapping[str, Sequence[tuple[str, float]]]


@dataclass(frozen=True)
class Labelled:
    """Statements and the group of each; `other_group_of` is what a second person said, where one did."""

    statements: list[Statement]
    group_of: dict[str, str]
    other_group_of: dict[str, str] = field(default_factory=dict)

    def same(self, one: str, other: str) -> bool:
        return self.group_of[one] == self.group_of[other]

    def agreed(self, one: str, other: str) -> bool:
        """Whether both people call the two the same."""
        second = self.other_group_of
        return self.same(one, other) and second[one] == second[other] != ""


def of_articles(table: str) -> Labelled:
    """Read gold/statements.tsv: sentences that the first person calls advice or answers, each with its heading.

    The heading is the nearest heading or question above, in the same article. There are 144 sentences and 256 pairs;
    both people agree on 219.
    """
    statements, group_of, other_group_of = [], {}, {}
    context: dict[str, str] = {}
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        source = row["id"].partition(":")[0]
        if row["label_1"] in {"heading", "question"}:
            context[source] = row["text"]
        elif row["label_1"] in {"advice", "answer"}:
            statements.append(Statement(row["id"], row["text"], context.get(source, ""), source))
            group_of[row["id"]], other_group_of[row["id"]] = row["cluster_1"], row["cluster_2"]
    return Labelled(statements, group_of, other_group_of)


def of_guide(content: Content) -> Labelled:
    """The guide's own points that print as they are, of articles; a group of merges.yml is one group."""
    grouped = {member.id: group.id for group in content.decisions.groups for member in group.members}
    points = [point for point in content.points if point.use != "swap" and point.mark.isdigit()]
    statements = [Statement(point.id, point.text, point.question or point.section, point.mark) for point in points]
    return Labelled(statements, {point.id: grouped.get(point.id, point.id) for point in points})


def thesaurus(content: Content) -> dict[str, list[str]]:
    """The names of each topic."""
    return {topic.slug: [topic.title, *(alias.text for alias in topic.aliases)] for topic in content.topics}


NAMES: dict[str, list[str]] = json.loads((Path(__file__).parent / "eval" / "names.json").read_text(encoding="utf-8"))
"""The names of each topic when the floors were set; what the guide calls them may change without measuring anew."""


def nearest(encoder: Encoder, statements: Sequence[Statement]) -> dict[str, list[tuple[str, float]]]:
    """All others of each statement, by id, best first."""
    every = range(len(statements))
    found = encoder.nearest(statements, every, len(statements))
    return {statements[at].id: [(statements[other].id, score) for other, score in found.of(at)] for at in every}


def average_precision(near: Nearest, same: Callable[[str, str], bool]) -> float:
    """Of all pairs of statements ranked by score: the mean, over the true ones, of the precision down to each."""
    scores = {(min(one, other), max(one, other)): score for one, others in near.items() for other, score in others}
    ranked = sorted(combinations(sorted(near), 2), key=lambda pair: (-scores.get(pair, 0.0), pair))
    hits, total = 0, 0.0
    for rank, pair in enumerate(ranked, 1):
        if same(*pair):
            hits += 1
            total += hits / rank
    return total / hits


def rank_groups(nearest: Iterable[tuple[str, float]], group_of: Mapping[str, str]) -> list[str]:
    """Return the groups of similar statements, best first, ties by name; each scores as its best member."""
    best: dict[str, float] = {}
    for name, score in nearest:
        group = group_of.get(name, name)
        best[group] = max(score, best.get(group, 0.0))
    return sorted(best, key=lambda group: (-best[group], group))


def right_group(near: Nearest, labelled: Labelled) -> list[int]:
    """The rank of the right group, among the groups of *other* articles, for each statement whose group reaches one.

    Those are 88 of the 144 sentences: 39 % have no partner elsewhere. All other statements count as grouped already.
    """
    source_of = {one.id: one.source for one in labelled.statements}
    ranks = []
    for name, others in near.items():
        elsewhere = [(other, score) for other, score in others if source_of[other] != source_of[name]]
        group = labelled.group_of[name]
        if any(labelled.same(name, other) for other in source_of if source_of[other] != source_of[name]):
            groups = rank_groups(elsewhere, labelled.group_of)
            ranks.append(groups.index(group) + 1 if group in groups else len(source_of))
    return ranks


def shown_to_all(near: Nearest, labelled: Labelled, count: int) -> tuple[int, float]:
    """The cost of showing everyone's nearest few, each two once, and the pair F1 that this reaches."""
    shown = {frozenset((one, other)) for one, others in near.items() for other, _ in others[:count]}
    joined = _Joined(labelled)
    for one, other in sorted(map(sorted, shown)):
        if labelled.same(one, other):
            joined.join(one, other)
    return len(shown), joined.f1


def review_cost(near: Nearest, labelled: Labelled) -> tuple[int, float]:
    """The judgements until a perfect reviewer's groups reach the target, and the pair F1 reached.

    Nothing is decided at the start. Each judgement shows the first question of `order` (a statement or a group, and
    one candidate group) and answers *the same* or *not the same*: every answer counts as one.
    """
    seen = likeness({one: others[:NEIGHBOURS] for one, others in near.items()})
    joined, apart, asked = _Joined(labelled), set[frozenset[str]](), 0
    while joined.f1 < TARGET:
        questions = order(seen, joined.group_of, apart)
        if not questions:
            break
        asked += 1
        one, other = joined.member(questions[0].one), joined.member(questions[0].other)
        if labelled.same(one, other):
            joined.join(one, other)
        else:
            apart.add(frozenset((one, other)))
    return asked, joined.f1


@dataclass(frozen=True)
class Held:
    """What a conversation came to: its screens are keys, without those that choose a wording."""

    screens: int
    until_target: int
    wordings: int
    recall: float
    f1: float


def conversation(near: Nearest, labelled: Labelled, limit: int = 5) -> Held:
    """Let a perfect reviewer answer the screens of `review` until none is left; precision is 1.

    The first candidate that is the same is named; else all of the candidates shown are none of it.
    """
    seen = likeness({one: others[:NEIGHBOURS] for one, others in near.items()})
    joined, apart, undecided = _Joined(labelled), set[frozenset[str]](), set(near)
    stay, answers, wordings, until = "", 0, 0, 0
    while found := subjects(questions := order(seen, joined.group_of, apart), undecided, joined.sizes, stay=stay):
        one, answers = found[0], answers + 1
        asked = [ask.beside(one) for ask in questions.screen(one, limit).questions]
        same = next((other for other in asked if labelled.same(joined.member(one), joined.member(other))), "")
        undecided -= {one, same}
        if same:
            wordings += (one in joined.sizes) == (same in joined.sizes)
            stay = joined.join(joined.member(one), joined.member(same))
        else:
            apart |= {frozenset((joined.member(one), joined.member(other))) for other in asked}
            stay = ""
        until = until or (answers if joined.f1 >= TARGET else 0)
    return Held(answers, until, wordings, joined.recall, joined.f1)


class _Joined:
    """The groups so far. Only what belongs together is ever joined: precision is 1."""

    def __init__(self, labelled: Labelled) -> None:
        self.total = sum(size * (size - 1) // 2 for size in Counter(labelled.group_of.values()).values())
        self.members = {one.id: [one.id] for one in labelled.statements}
        self.group_of: dict[str, str] = {}

    @property
    def sizes(self) -> dict[str, int]:
        """How many are in each group."""
        return {name: len(members) for name, members in self.members.items() if len(members) > 1}

    def member(self, name: str) -> str:
        return name if name not in self.members else self.members[name][0]

    def join(self, one: str, other: str) -> str:
        """Join two, and return the name of their group."""
        first, second = sorted((self.group_of.get(one, one), self.group_of.get(other, other)))
        if first != second:
            self.members[first] += self.members.pop(second)
            self.group_of |= dict.fromkeys(self.members[first], first)
        return first

    @property
    def recall(self) -> float:
        return sum(len(members) * (len(members) - 1) // 2 for members in self.members.values()) / self.total

    @property
    def f1(self) -> float:
        return 2 * self.recall / (1 + self.recall)


def figures(near: Nearest, labelled: Labelled) -> dict[str, float]:
    """All measures by name."""
    ranks = right_group(near, labelled)
    judgements, reached = review_cost(near, labelled)
    return {
        "average precision": average_precision(near, labelled.same),
        **{f"right group in first {count}": sum(rank <= count for rank in ranks) / len(ranks) for count in FIRST},
        "judgements": judgements,
        "pair F1 reached": reached,
    }

"""Which topics are near each other: after those that a writer names, those that the guide itself brings together.

Two topics are near when they answer the same question, stand on the same checklist or are drawn from the same section
of an article. Whatever brings topics together counts less the more of them it does: each topic's one vote is shared out
evenly among the others. So a list that holds half of the guide says little, and a question of two topics says much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .model import Guide, Reference, Relation, Topic

MOST = 5  # related topics on a page, the writer's own among them
WORDS = 8  # of a reason, at most
WIDEST = 12  # what more topics share says too little, and counting it would take the square of their number
VOTE = 27_720  # divides evenly among any number of others that there can be, so that no sum is rounded
LEAST = VOTE // 2  # what it takes to be near: as much as one thing that three topics share


@dataclass(frozen=True)
class _Shared:
    """What brings topics together, and how that is said: by its name, or where that is too long, by its kind."""

    topics: frozenset[str]
    named: str
    unnamed: str

    @property
    def worth(self) -> int:
        return VOTE // (len(self.topics) - 1)

    @property
    def fits(self) -> bool:
        return len(self.named.split()) <= WORDS


def neighbours(guide: Guide) -> dict[str, tuple[Relation, ...]]:
    """Return, by topic, the computed related topics that stand after the writer's own, the nearest first.

    None has a later scope than the page: whoever reads what one can do alone is not led on to the other person by
    anything that nobody chose.
    """
    shared: dict[str, list[_Shared]] = defaultdict(list)
    for one in _shared(guide):
        for slug in one.topics:
            shared[slug].append(one)
    steps = {scope.id: step for step, scope in enumerate(guide.content.settings.scopes)}
    places = {topic.slug: (steps[topic.scope], place) for place, topic in enumerate(guide.content.topics)}
    return {topic.slug: tuple(_nearest(topic, shared[topic.slug], places)) for topic in guide.content.topics}


def _nearest(topic: Topic, shared: list[_Shared], places: Mapping[str, tuple[int, int]]) -> Iterator[Relation]:
    """The nearest topics by `places`: the step of each one's scope, and its place in the guide."""
    step, _ = places[topic.slug]
    taken = {topic.slug, *(relation.topic.id for relation in topic.related)}
    links: dict[str, list[_Shared]] = defaultdict(list)
    for one in shared:
        for slug in one.topics - taken:
            if places[slug][0] <= step:
                links[slug].append(one)
    votes = {slug: sum(one.worth for one in links[slug]) for slug in links}
    near = sorted((slug for slug in votes if votes[slug] >= LEAST), key=lambda slug: (-votes[slug], places[slug][1]))
    for slug in near[: max(0, MOST - len(topic.related))]:
        yield Relation(Reference("topic", slug, topic.span), _reason(links[slug]))


def _reason(shared: list[_Shared]) -> str:
    """Say by what two topics are near: by the strongest thing whose name fits, the first of them where several do."""
    strongest = sorted(shared, key=lambda one: -one.worth)
    return next((one.named for one in strongest if one.fits), strongest[0].unnamed)


def _shared(guide: Guide) -> Iterator[_Shared]:
    """Everything that brings a few topics together: questions, then checklists, then sections of articles."""
    content = guide.content
    found = [
        (frozenset(question.topics), f"answers: {question.question}", "answers the same question")
        for question in content.questions
    ]
    for checklist in content.checklists:
        topics = frozenset(item.topic for item in checklist.items)
        found.append((topics, f"on the list: {checklist.title}", "ticked on the same list"))
    for (title, section), topics in _sections(guide).items():
        found.append((topics, f"both draw on {title}: {section}", f"both draw on one section of {title}"))
    yield from (_Shared(*one) for one in found if 1 < len(one[0]) <= WIDEST)


def _sections(guide: Guide) -> dict[tuple[str, str], frozenset[str]]:
    """The topics that print something of each section of an article, in the order of the articles."""
    printed = {point.id: advice.topic for advice in guide.advice for point in advice.points}
    topics: dict[tuple[str, str], set[str]] = defaultdict(set)
    for source in guide.content.sources:
        for point in source.points if source.is_article else ():
            if point.section and point.id in printed:
                topics[source.title, point.section].add(printed[point.id])
    return {place: frozenset(slugs) for place, slugs in topics.items()}

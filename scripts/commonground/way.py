"""The reader's way through the topics: what follows what, worked out once for the pages and for the map.

A way is a list of steps. In a step joined by `and` a reader takes one place after the other; one that has words of
its own ("if there is a lift") may be passed by, except the first, whose words are those of the whole step. In a step
joined by `or` the way forks: a reader takes one of its places, and its words say which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from .model import Place, Settings, Step, Way


@dataclass(frozen=True)
class Leg:
    """A way from one topic to another. `join` is `and` in one step, `next` into a step, `or` into its other sides."""

    start: str
    place: Place
    join: str

    @property
    def end(self) -> str:
        """The topic it leads to."""
        return self.place.topic.id


class Route:
    """Answers what comes before and after each topic, both read from the same legs."""

    def __init__(self, way: Way) -> None:
        """Work out every leg of the way."""
        self.way = way
        self.legs = tuple(_legs(way.steps))
        self.places = {place.topic.id: place for step in way.steps for place in step.places}
        self._step_of = {place.topic.id: step for step in way.steps for place in step.places}
        self._after: dict[str, list[Leg]] = defaultdict(list)
        self._before: dict[str, list[Leg]] = defaultdict(list)
        for leg in self.legs:
            self._after[leg.start].append(leg)
            self._before[leg.end].append(leg)

    def after(self, topic: str) -> tuple[Leg, ...]:
        """The legs that start at the topic, in the order of the way."""
        return tuple(self._after.get(topic, ()))

    def before(self, topic: str) -> tuple[Leg, ...]:
        """The legs that end at the topic, in the order of the way."""
        return tuple(self._before.get(topic, ()))

    def instead(self, topic: str) -> tuple[Place, ...]:
        """The other sides of the fork that the topic is one side of."""
        step = self._step_of.get(topic)
        forks = step is not None and step.join == "or"
        return tuple(place for place in step.places if place.topic.id != topic) if step and forks else ()

    def one_of_many(self, topics: Sequence[str]) -> bool:
        """Whether the topics are sides of one fork, so that a reader comes from one of them."""
        return all({place.topic.id for place in self.instead(one)} >= set(topics) - {one} for one in topics)


def _legs(steps: Sequence[Step]) -> Iterator[Leg]:
    for step, following in pairwise((*steps, Step("and", ()))):
        for position, place in enumerate(step.places):
            inside = _reached(step.places[position + 1 :]) if step.join == "and" else ()
            yield from (Leg(place.topic.id, one, "and") for one in inside)
            if not inside or inside[-1].words:
                for side, entry in enumerate(_entries(following)):
                    yield Leg(place.topic.id, entry, "or" if side else "next")


def _reached(places: Sequence[Place]) -> tuple[Place, ...]:
    """The places that may come next: those that may be passed by, up to the first that may not."""
    optional = tuple(takewhile(lambda place: place.words, places))
    return (*optional, *places[len(optional) : len(optional) + 1])


def _entries(step: Step) -> tuple[Place, ...]:
    """Where a reader enters a step: at any side of a fork, else at its beginning."""
    return step.places if step.join == "or" else step.places[:1]


@dataclass(frozen=True)
class Misfit:
    """A place that cannot stand where it does, and why."""

    place: Place
    fault: str
    hint: str


def misfits(settings: Settings, stage_of: Mapping[str, str]) -> Iterator[Misfit]:
    """Find places before the gate, against the order of the stages, or named twice. `stage_of` is by topic."""
    way, stages = settings.way, [stage.id for stage in settings.stages]
    places = [place for step in way.steps for place in step.places]
    if settings.gate and places and places[0].topic.id != settings.gate:
        yield Misfit(places[0], f'the way begins at the gate, "{settings.gate}"', "Put the gate first.")
    latest = 0
    seen: set[str] = set()
    for place in [*places, *([way.stop] if way.stop else [])]:
        name = place.topic.id
        if name in seen:
            yield Misfit(place, "it stands on the way already", "Keep one of them.")
        seen.add(name)
        stage = stages.index(stage_of[name]) if stage_of.get(name) in stages else latest
        if stage < latest and place is not way.stop:
            hint = "Move it up, or give its topic another stage."
            yield Misfit(place, f'its stage comes before "{stages[latest]}"', hint)
        latest = max(latest, stage)

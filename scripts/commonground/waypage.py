"""Where a page stands on the reader's way: one line above its heading, and at its end where to go from there.

A guide without a way has neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import mdtext
from .blocks import lines
from .linking import Targets
from .model import Checklist, Guide, Place, Plain, Topic
from .way import Leg, Route

SETTINGS = "guide.yml"  # the file that the words of the way stand in


class Along:
    """Prints the way of one guide; `here` is the path of the page that a line is for."""

    def __init__(self, guide: Guide, targets: Targets) -> None:
        """Work out the way once for all pages."""
        content = guide.content
        self.targets = targets
        self.route = Route(content.settings.way)
        self.stop = content.settings.way.stop
        self.topics = {topic.slug: topic for topic in content.topics}
        stages = {stage.slug: stage for stage in content.stages}
        self.stages = [stages[one.id] for one in content.settings.stages]
        self.checklists = content.checklists
        self.map = next((page for page in content.plain if has_map(page)), None)

    def topic_line(self, topic: Topic, here: str) -> str:
        """The part a topic belongs to; a topic beside the way is for any time."""
        on_the_way = topic.slug in self.route.places or self.is_stop(topic.slug)
        return self._line(self.part(topic.stage, here, "" if on_the_way else ", and for any time"))

    def stage_line(self, stage: Plain) -> str:
        """Which part a stage is."""
        return self._line(self.number(stage.slug))

    def checklist_line(self, checklist: Checklist, here: str) -> str:
        """The part a list goes with."""
        return self._line(self.part(checklist.stage, here) if checklist.stage else "Use it whenever you need it.")

    def _line(self, text: str) -> str:
        # It is on most pages, so to search it says nothing.
        return f'<p class="where" data-search-exclude="" markdown="span">{text}</p>' if self.route.places else ""

    def number(self, stage: str) -> str:
        """Which of how many parts a stage is."""
        slugs = [one.slug for one in self.stages]
        return f"Part {slugs.index(stage) + 1} of {len(slugs)}"

    def part(self, stage: str, here: str, more: str = "") -> str:
        """Which part a stage is, with a link to it."""
        return f"{self.number(stage)}{more}: {self.stage(stage, here)}"

    def stage(self, slug: str, here: str) -> str:
        """A link to a stage."""
        title = next(one.title for one in self.stages if one.slug == slug)
        return f"[{title}]({self.targets.link('stage', slug, here)})"

    def topic(self, slug: str, here: str) -> str:
        """A link to a topic."""
        return f"[{self.topics[slug].title}]({self.targets.link('topic', slug, here)})"

    def is_stop(self, topic: str) -> bool:
        """Whether this is where readers go who would rather stop."""
        return self.stop is not None and self.stop.topic.id == topic

    def topic_nav(self, topic: Topic, here: str) -> str:
        """Where a reader of the topic comes from, and every way on from it."""
        if self.is_stop(topic.slug):
            return self._nav(["You can come here from any part."], here)
        if topic.slug not in self.route.places:
            return self._nav([f"Read this at any time. It is a part of {self.stage(topic.stage, here)}."], here)
        onward = [self.to(opening(leg), leg.place, here) for leg in self.route.after(topic.slug)]
        onward += self.stopping("Or" if onward else "", here)
        onward += [self.to("Instead", place, here) for place in self.route.instead(topic.slug)]
        return self._nav([*self.came_from(topic, here), *onward], here)

    def came_from(self, topic: Topic, here: str) -> Iterator[str]:
        """The topics before this one, joined by what they are to each other."""
        before = [leg.start for leg in self.route.before(topic.slug)]
        joint = ", or " if self.route.one_of_many(before) else ", and "
        if before:
            yield f"**Before this**: {joint.join(self.topic(one, here) for one in before)}"

    def stage_nav(self, stage: Plain, here: str) -> str:
        """The parts around a stage, and the lists that go with it."""
        slugs = [one.slug for one in self.stages]
        place = slugs.index(stage.slug)
        rows = [f"**Before this**: {self.stage(slug, here)}" for slug in slugs[:place][-1:]]
        rows += [f"**Next**: {self.stage(slug, here)}" for slug in slugs[place + 1 :][:1]]
        holds_stop = self.stop is not None and self.topics[self.stop.topic.id].stage == stage.slug
        rows += [] if holds_stop else self.stopping("Or", here)
        own = [one for one in self.checklists if one.stage == stage.slug]
        sheets = ", ".join(f"[{one.title}]({self.targets.link('checklist', one.slug, here)})" for one in own)
        return self._nav([*rows, *([f"To tick or print: {sheets}"] if own else [])], here)

    def checklist_nav(self, checklist: Checklist, here: str) -> str:
        """Where to go from a list."""
        goes_with = [f"This list goes with {self.stage(checklist.stage, here)}."] if checklist.stage else []
        return self._nav([*goes_with, *self.stopping("", here)], here)

    def stopping(self, lead: str, here: str) -> list[str]:
        """The way out, which stands on every page of the way."""
        return [self.to(lead, self.stop, here)] if self.stop else []

    def to(self, lead: str, place: Place, here: str) -> str:
        """A way to a place: how it joins the others, when it holds, and the link."""
        words = mdtext.rebase(place.words, SETTINGS, here)
        when = f"**{lead}**, {words}" if lead and words else f"**{lead}**" if lead else words[:1].upper() + words[1:]
        return f"{when}: {self.topic(place.topic.id, here)}" if when else self.topic(place.topic.id, here)

    def _nav(self, rows: Iterable[str], here: str) -> str:
        if not self.route.places:
            return ""
        whole = f"All on one page: [{self.map.title}]({mdtext.relative(self.map.path, here)})" if self.map else ""
        listed = lines(f"- {row}" for row in [*rows, *([whole] if whole else [])])
        # What it names is found on its own page, so here search passes it over.
        opened = '<nav class="along" aria-label="Along the way" data-search-exclude="" markdown="block">'
        return f"{opened}\n\n{listed}\n\n</nav>"


def opening(leg: Leg) -> str:
    """How a leg is announced: what follows in any case is next, what may be passed by is one more thing."""
    return {"and": "And" if leg.place.words else "Next", "next": "Next", "or": "Or"}[leg.join]


def has_map(page: Plain) -> bool:
    """Whether the map of the guide stands on the page."""
    return any(name == "map" for name, _ in mdtext.markers(page.body))

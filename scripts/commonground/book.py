"""The whole guide as data for a book: every stage with its topics, then the sources; see book.typ for its look."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from . import mdtext
from .addresses import address_of
from .blocks import day, joined, lines
from .linking import Targets
from .model import Advice, Guide, Plain, Source, Tension, Topic
from .runs import Run, blocks

HELP = "help"  # the place of the help block on every page


class Book:
    """Writes the data of a guide's book. `site` is the address at which readers find the guide, with a slash."""

    def __init__(self, guide: Guide, site: str) -> None:
        """Take the guide."""
        self.guide = guide
        self.content = guide.content
        self.site = site
        self.targets = Targets(guide)
        self.titles = {f"guide/{topic.slug}.md": topic.title for topic in guide.content.topics}

    def data(self) -> dict[str, Any]:
        """Return all that prints."""
        stages = {stage.slug: stage for stage in self.content.stages}
        home = next((page for page in self.content.plain if page.path == "index.md"), None)
        parts = [self.help()] if self.content.help.text else []
        parts += [self.stage(stages[one.id]) for one in self.content.settings.stages]
        parts.append({"title": "Sources", "name": "sources", "blocks": [], "chapters": list(self.sources())})
        return {
            "summary": home.summary if home else "",
            "contents": "Contents",
            "address": self.site,
            "revision": f"As revised on {day(self.content.settings.revised)}",
            "names": [HELP, *self.titles, *(stage.path for stage in self.content.stages)],
            "parts": parts,
        }

    def help(self) -> dict[str, Any]:
        """The help block, which every page of the site ends with, once and first."""
        blocks = self.blocks(self.content.help.text, "help.yml")
        return {"title": "Help now", "name": HELP, "blocks": blocks, "chapters": []}

    def stage(self, stage: Plain) -> dict[str, Any]:
        """A part of the book: a stage with its topics."""
        topics = [topic for topic in self.content.topics if topic.stage == stage.slug]
        return {
            "title": stage.title,
            "name": stage.path,
            "blocks": self.blocks(mdtext.without_markers(stage.body), stage.path),
            "chapters": [self.topic(topic) for topic in topics],
        }

    def topic(self, topic: Topic) -> dict[str, Any]:
        """A chapter: the check, the writer's prose with the advice in its place, tensions, and what is left out."""
        here = f"guide/{topic.slug}.md"
        advice = lines(self.advice(one, here) for one in self.guide.advice_of(topic))
        body = mdtext.expand(topic.body, {"advice": lambda: advice})
        end = mdtext.lead_end(body)
        own = {one.id for one in topic.tensions}
        tensions = joined(*(self.tension(one, here) for one in self.content.tensions if one.id in own))
        check = next(scope.check for scope in self.content.settings.scopes if scope.id == topic.scope)
        related = lines(
            f"- [{self.titles[path]}]({mdtext.relative(path, here)}): {why}" for path, why in _related(topic)
        )
        after = joined(
            f"## Where the articles pull two ways\n\n{tensions}" if tensions else "",
            f"## Related topics\n\n{related}" if related else "",
        )
        is_gate = topic.slug == self.content.settings.gate
        boxed = [] if is_gate or not check else [{"kind": "box", "blocks": self.blocks(check, "guide.yml")}]
        prose = [*self.blocks(body[:end], here), *boxed, *self.blocks(body[end:], here), *self.blocks(after, here)]
        return {"title": topic.title, "name": here, "blocks": prose}

    def advice(self, advice: Advice, here: str) -> str:
        """A piece of advice as a bullet, with the marks of those who say it."""
        body = mdtext.rebase(advice.body, advice.span.path, here)
        return f"- **{advice.lead}** {body} {' '.join(f'[{mark}]' for mark in advice.marks)}"

    def tension(self, tension: Tension, here: str) -> str:
        """Two ways, and what to do in which case."""
        sides = [f"- {mdtext.rebase(side.says, 'tensions.yml', here)}" for side in tension.sides]
        cases = [
            f"- **If {mdtext.rebase(case.condition, 'tensions.yml', here)}:** "
            f"{mdtext.rebase(case.action, 'tensions.yml', here)}"
            for case in tension.when
        ]
        return joined(f"### {tension.title}", lines(sides), "What to do:", lines(cases))

    def sources(self) -> Iterator[dict[str, Any]]:
        """What is known of each source."""
        for source in self.content.sources:
            text = lines(f"- {label}: {mdtext.escape(value)}" for label, value in _facts(source))
            yield {
                "title": f"[{source.mark}] {source.title}",
                "name": f"sources/{source.slug}.md",
                "blocks": self.blocks(text, "index.md"),
            }

    def blocks(self, text: str, here: str) -> list[dict[str, Any]]:
        """Return Markdown of the file `here` as blocks, with the name of each page that it links and the whole link."""

        def write(run: Run) -> dict[str, Any]:
            found: dict[str, Any] = {"text": run.text, "strong": run.strong, "emphasis": run.emphasis}
            if run.link and ":" in run.link:
                found["link"] = run.link
            elif run.link:
                path, sign, anchor = run.link.partition("#")
                aim = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
                whole = f"{self.site}{address_of(aim).removeprefix('./')}{sign}{anchor}"
                found |= {"name": HELP if anchor == HELP else aim, "link": whole}
            return found

        return blocks(text, write)


def _related(topic: Topic) -> Iterator[tuple[str, str]]:
    return ((f"guide/{relation.topic.id}.md", relation.reason) for relation in topic.related)


def _facts(source: Source) -> Iterator[tuple[str, str]]:
    if source.recorded_title:
        yield "Recorded title", source.recorded_title
    yield from ((key.capitalize(), value) for key, value in source.facts.items())

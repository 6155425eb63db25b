"""The guide as Markdown pages: what the writers wrote, with the generated blocks where they belong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from . import mdtext
from .addresses import address_of, published
from .blocks import Blocks, cell, day, ids, joined, lines
from .checklistpage import Ticking, revision_of
from .crosslinking import Crosslinks
from .linking import Targets
from .mappage import whole_map
from .model import Checklist, Guide, Page, Plain, Printout, Question, Source, Topic
from .reportpage import merging
from .repository import Repository
from .rulespage import rules
from .ruling import Rulebook
from .waypage import Along


@dataclass(frozen=True)
class Beside:
    """What the pages show that is no content: files for paper, the rules, and where a person can edit all of it."""

    printouts: Sequence[Printout] = ()
    rulebook: Rulebook = field(default_factory=Rulebook)
    repository: Repository | None = None


NOTHING = Beside()


def render(guide: Guide, targets: Targets, links: Crosslinks, beside: Beside = NOTHING) -> Iterator[Page]:
    """Return every page of the guide's tree as finished Markdown. The guide must have passed every check."""
    printer = _Printer(guide, targets, links)
    printer.printouts = beside.printouts
    printer.rulebook = beside.rulebook
    printer.repository = beside.repository
    content = guide.content
    yield from map(printer.topic, content.topics)
    yield from map(printer.source, content.sources)
    yield from map(printer.checklist, content.checklists)
    yield from map(printer.plain, (*content.stages, *content.plain))
    if content.faq:
        yield printer.faq(content.faq)


def navigation(guide: Guide) -> list[Any]:
    """Return the menu in MkDocs' form: paths, and lists of them under the title of their section."""
    content = guide.content
    stages = {stage.slug: stage for stage in content.stages}
    plain = [page.path for page in content.plain]
    menu: list[Any] = [path for path in plain if path == "index.md"]
    for reference in content.settings.stages:
        stage = stages[reference.id]
        topics = [f"guide/{topic.slug}.md" for topic in content.topics if topic.stage == stage.slug]
        menu.append({stage.title: [stage.path, *topics]})
    checklists = [f"checklists/{checklist.slug}.md" for checklist in content.checklists]
    sources = [f"sources/{source.slug}.md" for source in content.sources]
    menu += _section("Checklists", plain, "checklists/index.md", checklists)
    menu += [content.faq.path] if content.faq else []
    menu += _section("Sources", plain, "sources/index.md", sources)
    placed = {"index.md", "checklists/index.md", "sources/index.md"}
    return menu + [path for path in plain if path not in placed]


def _section(title: str, plain: list[str], index: str, pages: list[str]) -> list[Any]:
    return [{title: [path for path in plain if path == index] + pages}] if pages else []


def _front_matter(title: str, summary: str = "", **more: Any) -> str:
    """Return front matter in which every value is JSON, which is YAML that no text can break out of."""
    values = {"title": title, **({"description": mdtext.plain(summary)} if summary else {}), **more}
    rows = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    return f"---\n{rows}---"


DATES = {"published", "retrieved"}


class _Printer(Blocks):
    """Prints the pages of one guide."""

    def __init__(self, guide: Guide, targets: Targets, links: Crosslinks) -> None:
        super().__init__(guide, targets, links)
        self.along = Along(guide, targets)
        self.ticking = Ticking(self)
        self.rulebook = Rulebook()
        self.titles = {place.path: place.words for place in published(guide).values() if not place.anchor}

    def topic(self, topic: Topic) -> Page:
        here = f"guide/{topic.slug}.md"
        advice = self.guide.advice_of(topic)
        body = self.links.bodies[here]
        end = mdtext.lead_end(body)
        blocks = {"advice": partial(self.advice, advice, here)}
        tensions = [tension for tension in self.content.tensions if topic.slug in ids(tension.topics)]
        above = joined(
            mdtext.expand(body[:end], blocks),
            "" if topic.slug == self.content.settings.gate else self.check(topic.scope, here),
            mdtext.expand(body[end:], blocks),
            self.section("Where the articles pull two ways", self.tensions(tensions, here, "###")),
            self.section("What this guide leaves out", self.left_out(topic, here)),
            self.section("Related topics", lines(self.related(topic, here))),
            self.mentioned(topic, here),
        )
        below = self.section("Where this came from", self.origins(advice, here))
        help_ = self.help(here, full=topic.help)
        printed = joined(above, below, help_ if topic.help else "")
        return Page(
            here,
            joined(
                _front_matter(
                    topic.title, topic.summary, place=self.place(topic), links=self.written_out(printed, here)
                ),
                self.along.topic_line(topic, here),
                f"# {topic.title}",
                above,
                self.along.topic_nav(topic, here),
                below,
                help_,
            )
            + "\n",
        )

    def written_out(self, text: str, here: str) -> list[list[str]]:
        """The pages that a text links, each once: the title and the address, which the theme writes out on paper."""
        linked = [aim for aim in mdtext.linked(text, here) if aim != here]
        own = [[self.titles[aim], address_of(aim).removeprefix("./")] for aim in linked if aim in self.titles]
        return own + [["", aim] for aim in linked if mdtext.is_whole(aim)]

    def source(self, source: Source) -> Page:
        here = f"sources/{source.slug}.md"
        rows = {point.attribute_row: f"  {self.fate(point, here)}\n  {{ #{point.id} }}" for point in source.points}
        record = [("Recorded title", source.recorded_title)] if source.recorded_title else []
        record += [(key.capitalize(), day(value) if key in DATES else value) for key, value in source.facts.items()]
        table = ["| | |", "| --- | --- |", *(f"| {key} | {cell(value)} |" for key, value in record)]
        left_out = [f"- {entry.what}: {entry.why}" for entry in source.left_out]
        return Page(
            here,
            joined(
                _front_matter(source.title, search={"exclude": True}, noindex=True),
                self.along.beside_line(here),
                f"# {source.title}",
                lines(table) if record else "",
                mdtext.replace_rows(source.body, rows),
                self.section("Left out", lines(left_out)),
            )
            + "\n",
        )

    def checklist(self, checklist: Checklist) -> Page:
        here = f"checklists/{checklist.slug}.md"
        revision = revision_of(self.content, checklist)
        return Page(
            here,
            joined(
                _front_matter(checklist.title, checklist.when, checklist=True, revision=revision),
                self.ticking.revisions(checklist),
                self.along.checklist_line(checklist, here),
                f"# {checklist.title}",
                checklist.when,
                self.ticking.whole(checklist, here),
                self.on_paper(checklist.slug, here),
                self.along.checklist_nav(checklist, here),
                self.help(here, full=checklist.help),
            )
            + "\n",
        )

    def faq(self, page: Plain) -> Page:
        rows: dict[int, str] = {}
        for question in self.content.questions:
            rows[question.heading_row] = f"### {question.question} {{ #{question.id} }}"
            rows[question.attribute_row] = self.answer_links(question, page.path)
        return Page(
            page.path,
            joined(
                _front_matter(page.title, page.summary),
                self.along.beside_line(page.path),
                f"# {page.title}",
                mdtext.replace_rows(page.body, rows),
                self.help(page.path, full=page.help),
                f'<script type="application/ld+json">{_faq_data(self.content.questions)}</script>',
            )
            + "\n",
        )

    def plain(self, page: Plain) -> Page:
        here = page.path
        topics = [topic for topic in self.content.topics if topic.stage == page.slug]
        blocks = {
            "topics": partial(self.list_of, "topic", topics, here),
            "stages": partial(self.stages, here),
            "doors": partial(self.doors, here),
            "a-to-z": partial(self.a_to_z, here),
            "checklists": partial(self.checklists, here),
            "sources": partial(self.source_table, here),
            "tensions": partial(self.tensions, self.content.tensions, here, "##"),
            "merging": partial(merging, self.guide, self.targets, here),
            "rules": partial(rules, self.rulebook),
            "map": partial(whole_map, self.guide, self.targets, self.along, here),
            "help": partial(self.help, here, full=True),
        }
        hidden = {"noindex": True, "search": {"exclude": True}} if page.noindex else {}
        stage = page if page in self.content.stages else None
        has_help = any(name == "help" for name, _ in mdtext.markers(page.body))
        return Page(
            here,
            joined(
                _front_matter(page.title, page.summary, **hidden),
                self.where(page),
                f"# {page.title}",
                mdtext.expand(self.links.bodies[here], blocks),
                self.along.stage_nav(stage, here) if stage else "",
                "" if has_help else self.help(here, full=page.help),
            )
            + "\n",
        )

    def where(self, page: Plain) -> str:
        """The line that says where in the way a page stands; a page that keeps to itself has none."""
        if page in self.content.stages:
            return self.along.stage_line(page)
        return self.along.beside_line(page.path) if page.autolink else ""


def _faq_data(questions: Iterable[Question]) -> str:
    """The questions as schema.org data for search engines; `<` is escaped, so that no text can end the element."""
    entities = [
        {
            "@type": "Question",
            "name": question.question,
            "acceptedAnswer": {"@type": "Answer", "text": mdtext.plain(question.answer)},
        }
        for question in questions
    ]
    data = {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": entities}
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")

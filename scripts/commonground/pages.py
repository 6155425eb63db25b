"""The guide as Markdown pages: what the writers wrote, with the generated blocks where they belong.

Plain strings, no templates: the pages are mostly lists, the types are checked, and compiling templates took a tenth
of the whole build. Text of contributors goes in as it is: `safety` has refused what could do harm.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from typing import Any

from . import mdtext
from .linking import Targets
from .model import (
    GUIDE_MARK,
    Advice,
    Checklist,
    Guide,
    Item,
    Page,
    Plain,
    Point,
    Question,
    Reference,
    Side,
    Source,
    Tension,
    Topic,
)


def render(guide: Guide) -> Iterator[Page]:
    """Return every page of the guide's tree as finished Markdown. The guide must have passed every check."""
    printer = _Printer(guide)
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


def _joined(*blocks: str) -> str:
    """Join what is not empty with blank lines between."""
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip())


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _box(kind: str, *blocks: str) -> str:
    """Put Markdown blocks into an element of the given class."""
    return f'<div class="{kind}" markdown="block">\n\n{_joined(*blocks)}\n\n</div>' if any(blocks) else ""


class _Printer:
    """Prints the pages of one guide."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.content = guide.content
        self.targets = Targets(guide)
        self.points = {point.id: point for point in self.content.points}
        self.topics = {topic.slug: topic for topic in self.content.topics}
        self.sources = {source.mark: source for source in self.content.sources}
        self.checks = {scope.id: scope.check for scope in self.content.settings.scopes}
        self.articles = sum(source.is_article for source in self.content.sources)

    @cached_property
    def stages_in_order(self) -> list[Plain]:
        """The stages as the settings order them."""
        stages = {stage.slug: stage for stage in self.content.stages}
        return [stages[one.id] for one in self.content.settings.stages]

    @cached_property
    def printed(self) -> dict[str, Advice]:
        """The advice in which each point prints, or which replaces it."""
        return {point.id: advice for advice in self.guide.advice for point in (*advice.points, *advice.replaced)}

    # Pages

    def topic(self, topic: Topic) -> Page:
        here = f"guide/{topic.slug}.md"
        advice = self.guide.advice_of(topic)
        end = mdtext.lead_end(topic.body)
        blocks = {"advice": partial(self.advice, advice, here)}
        tensions = [tension for tension in self.content.tensions if topic.slug in _ids(tension.topics)]
        return Page(
            here,
            _joined(
                _front_matter(topic.title, topic.summary),
                f"# {topic.title}",
                mdtext.expand(topic.body[:end], blocks),
                "" if topic.slug == self.content.settings.gate else self.check(topic.scope, here),
                mdtext.expand(topic.body[end:], blocks),
                self.section("Where the articles pull two ways", self.tensions(tensions, here, "###")),
                self.section("What this guide leaves out", self.left_out(topic, here)),
                self.section("Related topics", _lines(self.related(topic, here))),
                self.section("Where this came from", self.origins(advice, here)),
                self.help(here, full=topic.help),
            )
            + "\n",
        )

    def source(self, source: Source) -> Page:
        here = f"sources/{source.slug}.md"
        rows = {point.attribute_row: f"  {self.fate(point, here)}\n  {{ #{point.id} }}" for point in source.points}
        record = [("Recorded title", source.recorded_title)] if source.recorded_title else []
        record += [(key.capitalize(), value) for key, value in source.facts.items()]
        table = ["| | |", "| --- | --- |", *(f"| {key} | {_cell(value)} |" for key, value in record)]
        left_out = [f"- {entry.what}: {entry.why}" for entry in source.left_out]
        return Page(
            here,
            _joined(
                _front_matter(source.title, search={"exclude": True}, noindex=True),
                f"# {source.title}",
                _lines(table) if record else "",
                mdtext.replace_rows(source.body, rows),
                self.section("Left out", _lines(left_out)),
            )
            + "\n",
        )

    def checklist(self, checklist: Checklist) -> Page:
        here = f"checklists/{checklist.slug}.md"
        blanks = [f'<p class="to-fill">{label}: {BLANK}</p>' for label in ("My local helpline", "Someone I can call")]
        return Page(
            here,
            _joined(
                _front_matter(checklist.title, checklist.when),
                f"# {checklist.title}",
                checklist.when,
                self.check(checklist.scope, here),
                *self.item_lists(checklist, here),
                checklist.foot,
                "Keep this page somewhere private. Do not print or keep it if someone checks your things.",
                "" if checklist.shared else _lines(blanks),
                self.help(here, full=checklist.help),
            )
            + "\n",
        )

    def faq(self, page: Plain) -> Page:
        rows: dict[int, str] = {}
        for question in self.content.questions:
            rows[question.heading_row] = f"### {question.question} {{ #{question.id} }}"
            rows[question.attribute_row] = f"See {self.topic_links(question.topics, page.path)}."
        return Page(
            page.path,
            _joined(
                _front_matter(page.title, page.summary),
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
            "checklists": partial(self.list_of, "checklist", self.content.checklists, here),
            "sources": partial(self.source_table, here),
            "tensions": partial(self.tensions, self.content.tensions, here, "##"),
            "help": partial(self.help, here, full=True),
        }
        hidden = {"noindex": True, "search": {"exclude": True}} if page.noindex else {}
        has_help = any(name == "help" for name, _ in mdtext.markers(page.body))
        return Page(
            here,
            _joined(
                _front_matter(page.title, page.summary, **hidden),
                f"# {page.title}",
                mdtext.expand(page.body, blocks),
                "" if has_help else self.help(here, full=page.help),
            )
            + "\n",
        )

    # Blocks

    def section(self, title: str, text: str) -> str:
        return f"## {title}\n\n{text}" if text else ""

    def check(self, scope: str, here: str) -> str:
        """The line that opens a page of this scope, or nothing."""
        return _box("check-first", mdtext.rebase(self.checks[scope], "guide.yml", here))

    def help(self, here: str, *, full: bool) -> str:
        """The help block, or the one line that stands on the other pages."""
        help_ = self.content.help
        if not full:
            return _box("help-line", mdtext.rebase(help_.line, "help.yml", here))
        entries = _lines(f"- [{entry.name}]({entry.url})" for entry in help_.entries)
        text = _joined(mdtext.rebase(help_.text, "help.yml", here), entries)
        return f'<aside class="help" id="help" aria-label="Help now" markdown="block">\n\n{text}\n\n</aside>'

    def advice(self, advice: Iterable[Advice], here: str) -> str:
        return f'<ul class="advice" markdown="1">\n{_lines(self.piece(one, here) for one in advice)}\n</ul>'

    def piece(self, advice: Advice, here: str) -> str:
        """One printed piece of advice, with the marks of who says it, which open to what each of them says."""
        said = [self.said(point, advice, here) for point in (*advice.points, *advice.replaced)]
        said += [f"- From this guide, not from the articles: {advice.added}"] if advice.added else []
        attributes = f'id="{advice.id}"'
        attributes += f' data-from="{" ".join(_ids(advice.points))}"' if advice.points else ""
        attributes += f' data-replaces="{" ".join(_ids(advice.replaced))}"' if advice.replaced else ""
        names = [name for name in _ids((*advice.points, *advice.replaced)) if name != advice.id]
        anchors = "".join(f'<span id="{name}"></span>' for name in names)
        marks = " ".join(f"\\[{mark}\\]" for mark in advice.marks)
        body = mdtext.rebase(advice.body, advice.span.path, here)
        return _lines(
            [
                f'<li {attributes} markdown="block">',
                f'**{advice.lead}** {body} <span class="marks">{marks}</span>{anchors}\n',
                f'<details class="said" markdown="block"><summary>{self.said_by(advice)}</summary>\n',
                *said,
                "\n</details>\n</li>",
            ]
        )

    def said(self, point: Point, advice: Advice, here: str) -> str:
        """What one source says, with a link to its bullet there."""
        link = f"- [{self.sources[point.mark].title}]({self.targets.link('point', point.id, here)})"
        if point.text != advice.text:
            return f"{link}: {mdtext.rebase(point.text, point.span.path, here)}"
        return f"{link}, in these words." if point.mark == GUIDE_MARK else f"{link} says this, in this guide's words."

    def said_by(self, advice: Advice) -> str:
        """How many of the articles say it, in words."""
        count = len(advice.articles)
        if count:
            return f"{count} of {self.articles} articles {'says' if count == 1 else 'say'} this"
        if advice.replaced:
            replaced = len({point.mark for point in advice.replaced})
            return f"Added by this guide, in place of advice in {replaced} {'article' if replaced == 1 else 'articles'}"
        return "Added by this guide"

    def tensions(self, tensions: Iterable[Tension], here: str, hashes: str) -> str:
        return _joined(*(self.tension(tension, here, hashes) for tension in tensions))

    def tension(self, tension: Tension, here: str, hashes: str) -> str:
        def moved(text: str) -> str:
            return mdtext.rebase(text, "tensions.yml", here)

        return _box(
            "tension",
            f"{hashes} {tension.title} {{ #{tension.id} }}",
            _lines(f"- {moved(side.says)} {self.side_marks(side, here)}" for side in tension.sides),
            "What to do:",
            _lines(f"- **If {moved(case.condition)}:** {moved(case.action)}" for case in tension.when),
        )

    def side_marks(self, side: Side, here: str) -> str:
        """The marks of a tension's side, each linked to the bullet where that source first says it."""
        links = {mark.id: self.targets.link("source", mark.id, here) for mark in side.marks}
        for point in sorted((self.points[one.id] for one in side.points), key=lambda point: point.span):
            links.setdefault(point.mark, self.targets.link("point", point.id, here))
        return " ".join(f"[\\[{mark}\\]]({links[mark]})" for mark in self.sources if mark in links)

    def left_out(self, topic: Topic, here: str) -> str:
        """The swapped points that the topic names, those with the same words together."""
        together: dict[str, list[Point]] = {}
        for reference in topic.left_out:
            point = self.points[reference.id]
            together.setdefault(point.text, []).append(point)
        items = [self.left_out_item(points, here) for points in together.values()]
        return _lines(['<ul class="left-out" markdown="1">', *items, "</ul>"]) if items else ""

    def left_out_item(self, points: list[Point], here: str) -> str:
        lead = points[0].lead.removeprefix("Left out: ")
        body = points[0].body.removeprefix("This guide says instead: ")
        instead = mdtext.rebase(body, points[0].span.path, here)
        marks = " ".join(f"[\\[{one.mark}\\]]({self.targets.link('point', one.id, here)})" for one in points)
        anchors = "".join(f'<span id="left-out-{point.id}"></span>' for point in points[1:])
        return _lines(
            [
                f'<li id="left-out-{points[0].id}" markdown="block">',
                f"**{lead[:1].upper()}{lead[1:]}** {instead} {marks}{anchors}",
                "\n</li>",
            ]
        )

    def related(self, topic: Topic, here: str) -> Iterator[str]:
        for relation in topic.related:
            link = self.targets.link("topic", relation.topic.id, here)
            yield f"- [{self.topics[relation.topic.id].title}]({link}): {relation.reason}"

    def origins(self, advice: list[Advice], here: str) -> str:
        """The sources of a page's advice, each with the titles of the sections it came from."""
        names = {point.id for piece in advice for point in piece.points}
        rows: list[str] = []
        for source in self.content.sources:
            used = [point for point in source.points if point.id in names]
            row = f"- \\[{source.mark}\\] [{source.title}]({self.targets.link('source', source.mark, here)})"
            if source.recorded_title:
                row += f": *{source.recorded_title}*"
            sections = list(dict.fromkeys(point.section for point in used if point.section))
            if sections and source.is_article:
                row += f". {'Section' if len(sections) == 1 else 'Sections'}: {'; '.join(sections)}"
            rows += [f"{row}."] if used else []
        return _joined(f"Numbers show the article. **{GUIDE_MARK}** marks what this guide adds.", _lines(rows))

    def fate(self, point: Point, here: str) -> str:
        """Where a point of a source page went, as one sentence with a link."""
        printed = self.printed.get(point.id)
        if printed:
            topic, link = self.topics[printed.topic], self.targets.link("advice", printed.id, here)
        else:
            topic = next(one for one in self.content.topics if point.id in _ids(one.left_out))
            link = self.targets.link("left out", point.id, here)
        if point.use != "swap":
            return f"*Printed in [{topic.title}]({link}).*"
        return f"*Not printed as the article gives it. See [{topic.title}]({link}).*"

    def item_lists(self, checklist: Checklist, here: str) -> Iterator[str]:
        """The lines to tick, numbered through, under the headings of their groups."""
        groups: dict[str, list[str]] = {}
        starts: dict[str, int] = {}
        for number, item in enumerate(checklist.items, start=1):
            groups.setdefault(item.group, []).append(self.item(item, here))
            starts.setdefault(item.group, number)
        for group, items in groups.items():
            yield f"## {group}" if group else ""
            yield f'<ol class="checklist" start="{starts[group]}" markdown="1">\n{_lines(items)}\n</ol>'

    def item(self, item: Item, here: str) -> str:
        text = item.text.replace("____", BLANK)
        link = f"[{self.topics[item.topic].title}]({self.targets.link('topic', item.topic, here)})"
        label = f'<label><input type="checkbox"> {text}</label>'
        return f'<li id="{item.id}" markdown="block">\n{label} {link}\n\n</li>'

    def stages(self, here: str) -> str:
        return self.list_of("stage", self.stages_in_order, here)

    def doors(self, here: str) -> str:
        """The stages as a reader would say where they are: large links, one under the other."""
        links = [
            f"- [{one.door or one.title}]({self.targets.link('stage', one.slug, here)})" for one in self.stages_in_order
        ]
        return f'<div class="doors" markdown="block">\n\n{_lines(links)}\n\n</div>'

    def a_to_z(self, here: str) -> str:
        """Every topic, every other name of a page and every question, under its first letter."""
        entries: list[tuple[str, str]] = []
        for topic in self.content.topics:
            link = f"[{topic.title}]({self.targets.link('topic', topic.slug, here)})"
            entries += [(topic.title, link), *((alias.text, f"{alias.text}: {link}") for alias in topic.aliases)]
        for page in self.content.plain:
            link = f"[{page.title}]({mdtext.relative(page.path, here)})"
            entries += [(alias.text, f"{alias.text}: {link}") for alias in page.aliases]
        for question in self.content.questions:
            entries.append(
                (question.question, f"[{question.question}]({self.targets.link('question', question.id, here)})")
            )
        letters: dict[str, list[str]] = {}
        for name, entry in sorted(entries, key=lambda entry: (entry[0].casefold(), entry)):
            letters.setdefault(name[0].upper(), []).append(f"- {entry}")
        return _joined(*(self.section(letter, _lines(rows)) for letter, rows in letters.items()))

    def list_of(self, kind: str, things: Iterable[Topic | Plain | Checklist], here: str) -> str:
        def line(thing: Topic | Plain | Checklist) -> str:
            summary = thing.when if isinstance(thing, Checklist) else thing.summary
            moved = mdtext.rebase(summary, thing.span.path, here)
            return f"- [{thing.title}]({self.targets.link(kind, thing.slug, here)}): {moved}"

        return _lines(map(line, things))

    def source_table(self, here: str) -> str:
        rows = ["| Mark | Page | Recorded title | Publisher | Published |", "| --- | --- | --- | --- | --- |"]
        for source in self.content.sources:
            page = f"[{source.title}]({self.targets.link('source', source.mark, here)})"
            title, publisher = source.recorded_title, source.facts.get("publisher", "")
            published = source.facts.get("published", "")
            rows.append(f"| \\[{source.mark}\\] | {page} | {_cell(title)} | {_cell(publisher)} | {published} |")
        return _lines(rows)

    def topic_links(self, topics: Iterable[str], here: str) -> str:
        *others, last = [f"[{self.topics[slug].title}]({self.targets.link('topic', slug, here)})" for slug in topics]
        return f"{', '.join(others)} and {last}" if others else last


BLANK = '<span class="blank"></span>'


def _cell(text: str) -> str:
    """Return the text as one cell of a table."""
    return text.replace("|", "\\|")


def _ids(things: Iterable[Point | Reference]) -> list[str]:
    return [thing.id for thing in things]


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

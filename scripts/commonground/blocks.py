"""The parts of a page that the build writes: advice, boxes, lists and tables, as Markdown.

Plain strings, no templates: the pages are mostly lists, the types are checked, and compiling templates took a tenth
of the whole build. Text of contributors goes in as it is: `safety` has refused what could do harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from . import mdtext
from .crosslinking import Crosslinks
from .diagnostics import counted
from .indexing import index
from .linking import Targets
from .model import (
    GUIDE_MARK,
    Advice,
    Checklist,
    Guide,
    Plain,
    Point,
    Printout,
    Question,
    Reference,
    Relation,
    Side,
    Span,
    Tension,
    Topic,
)
from .provenance import Provenance
from .relating import neighbours
from .repository import Repository


def joined(*blocks: str) -> str:
    """Join what is not empty with blank lines between."""
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip())


def lines(lines: Iterable[str]) -> str:
    """Join lines."""
    return "\n".join(lines)


def box(kind: str, *blocks: str) -> str:
    """Put Markdown blocks into an element of the given class."""
    return f'<div class="{kind}" markdown="block">\n\n{joined(*blocks)}\n\n</div>' if any(blocks) else ""


class Blocks:
    """Writes the generated blocks of one guide; `here` is the path of the page that a block is for."""

    def __init__(self, guide: Guide, targets: Targets, links: Crosslinks) -> None:
        self.guide = guide
        self.content = guide.content
        self.targets = targets
        self.links = links
        self.provenance = Provenance(guide, targets)
        self.printouts: Sequence[Printout] = ()
        self.repository: Repository | None = None
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
    def neighbours(self) -> dict[str, tuple[Relation, ...]]:
        """The related topics that no writer names."""
        return neighbours(self.guide)

    def section(self, title: str, text: str) -> str:
        """A heading and its text, or nothing where there is no text."""
        return f"## {title}\n\n{text}" if text else ""

    def check(self, scope: str, here: str) -> str:
        """The line that opens a page of this scope, or nothing."""
        return box("check-first", mdtext.rebase(self.checks[scope], "guide.yml", here))

    def help(self, here: str, *, full: bool) -> str:
        """The help block, or the one line that stands on the other pages."""
        help_ = self.content.help
        if not full:
            return box("help-line", mdtext.rebase(help_.line, "help.yml", here))
        entries = lines(f"- [{entry.name}]({entry.url})" for entry in help_.entries)
        text = joined(mdtext.rebase(help_.text, "help.yml", here), entries)
        return f'<aside class="help" id="help" aria-label="Help now" markdown="block">\n\n{text}\n\n</aside>'

    def advice(self, advice: Iterable[Advice], here: str) -> str:
        """The printed advice of a topic, as a list."""
        return f'<ul class="advice" markdown="1">\n{lines(self.piece(one, here) for one in advice)}\n</ul>'

    def piece(self, advice: Advice, here: str) -> str:
        """One printed piece of advice with its marks, which open to what each source says and what rests on it."""
        said = [self.said(point, advice, here) for point in (*advice.points, *advice.replaced)]
        said += [f"- From this guide, not from the articles: {advice.added}"] if advice.added else []
        attributes = f'id="{advice.id}"'
        attributes += f' data-from="{" ".join(ids(advice.points))}"' if advice.points else ""
        attributes += f' data-replaces="{" ".join(ids(advice.replaced))}"' if advice.replaced else ""
        names = [name for name in ids((*advice.points, *advice.replaced)) if name != advice.id]
        anchors = "".join(f'<span id="{name}"></span>' for name in names)
        marks = " ".join(f"\\[{mark}\\]" for mark in advice.marks)
        body = mdtext.rebase(self.links.advice[advice.id], advice.span.path, here)
        return lines(
            [
                f'<li {attributes} markdown="block">',
                f'**{advice.lead}** {body} <span class="marks">{marks}</span>{anchors}\n',
                f'<details class="said" markdown="block"><summary>{self.said_by(advice)}</summary>\n',
                *said,
                *self.provenance.uses(advice, here),
                *filter(None, [self.edit(*self.edited(advice))]),
                "\n</details>\n</li>",
            ]
        )

    def edit(self, *places: tuple[str, Span]) -> str:
        """Links to what a person would edit, each with its words; nothing where the project has no repository."""
        inside = self.repository.links(places) if self.repository else ""
        return f'\n<p class="edit">{inside}</p>' if inside else ""

    def edited(self, advice: Advice) -> Iterator[tuple[str, Span]]:
        """Where a piece of advice is written: its wording, then each point behind it that stands elsewhere."""
        yield "Edit this wording", advice.span
        points = (*advice.points, *advice.replaced)
        several = {mark for mark, count in Counter(point.mark for point in points).items() if count > 1}
        for point in points:
            if point.span != advice.span:
                title = f"Edit {mdtext.plain(self.sources[point.mark].title)}"
                yield f"{title} ({point.id})" if point.mark in several else title, point.span

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

    def place(self, topic: Topic) -> str:
        """The part of the guide that a topic stands in, and how far two people have come there, as plain words."""
        stage = next(one.title for one in self.content.stages if one.slug == topic.stage)
        return f"{stage} · {next(one.label for one in self.content.settings.scopes if one.id == topic.scope)}"

    def tensions(self, tensions: Iterable[Tension], here: str, hashes: str) -> str:
        """The boxes of several tensions, under headings of the given level (`##` or `###`)."""
        return joined(*(self.tension(tension, here, hashes) for tension in tensions))

    def tension(self, tension: Tension, here: str, hashes: str) -> str:
        """The box of one tension: what its sides say, and what to do in which case."""

        def moved(text: str) -> str:
            return mdtext.rebase(text, "tensions.yml", here)

        return box(
            "tension",
            f"{hashes} {tension.title} {{ #{tension.id} }}",
            lines(
                f"- {moved(side.says)} {self.side_marks(side, here)} {self.provenance.side(side, here)}".rstrip()
                for side in tension.sides
            ),
            "What to do:",
            lines(f"- **If {moved(case.condition)}:** {moved(case.action)}" for case in tension.when),
            self.edit(("Edit this box", tension.span)),
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
        return lines(['<ul class="left-out" markdown="1">', *items, "</ul>"]) if items else ""

    def left_out_item(self, points: list[Point], here: str) -> str:
        """One kind of thing that was left out, with the marks of the articles that say it."""
        lead = points[0].lead.removeprefix("Left out: ")
        body = points[0].body.removeprefix("This guide says instead: ")
        instead = mdtext.rebase(body, points[0].span.path, here)
        links: dict[str, str] = {}
        for point in points:  # an article that says it twice is named once
            links.setdefault(point.mark, self.targets.link("point", point.id, here))
        marks = " ".join(f"[\\[{mark}\\]]({link})" for mark, link in links.items())
        anchors = "".join(f'<span id="left-out-{point.id}"></span>' for point in points[1:])
        return lines(
            [
                f'<li id="left-out-{points[0].id}" markdown="block">',
                f"**{lead[:1].upper()}{lead[1:]}** {instead} {marks}{anchors}",
                "\n</li>",
            ]
        )

    def related(self, topic: Topic, here: str) -> Iterator[str]:
        """The related topics, each with the reason to go there: those the writer names, then those that are near."""
        for relation in (*topic.related, *self.neighbours[topic.slug]):
            link = self.targets.link("topic", relation.topic.id, here)
            yield f"- [{self.topics[relation.topic.id].title}]({link}): {relation.reason}"

    def mentioned(self, topic: Topic, here: str) -> str:
        """Where else the guide speaks of the topic, folded: pages that lead to it, lists, questions."""
        every: list[Topic | Plain] = [*self.content.topics, *self.content.stages, *self.content.plain]
        titles = {page.span.path: page.title for page in every}
        pages = [f"[{titles[path]}]({mdtext.relative(path, here)})" for path in self.links.back.get(topic.slug, ())]
        lists = [
            f"[{one.title}]({self.targets.link('checklist', one.slug, here)})"
            for one in self.content.checklists
            if topic.slug in {item.topic for item in one.items}
        ]
        questions = [
            f"[{one.question}]({self.targets.link('question', one.id, here)})"
            for one in self.content.questions
            if topic.slug in one.topics
        ]
        kinds = [("Pages", pages), ("Checklists", lists), ("Questions", questions)]
        rows = [f"- {kind}: {'; '.join(found)}" for kind, found in kinds if found]
        number = len(pages) + len(lists) + len(questions)
        summary = f"<summary>Mentioned in {number} other {'place' if number == 1 else 'places'}</summary>"
        return f'<details class="mentioned" markdown="block">{summary}\n\n{lines(rows)}\n\n</details>' if rows else ""

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
                row = f"{sentence(row)} {'Section' if len(sections) == 1 else 'Sections'}: {'; '.join(sections)}"
            rows += [sentence(row)] if used else []
        return joined(f"Numbers show the article. **{GUIDE_MARK}** marks what this guide adds.", lines(rows))

    def fate(self, point: Point, here: str) -> str:
        """Where a point of a source page went, as one sentence with a link."""
        printed = self.provenance.printed.get(point.id)
        if printed:
            topic, link = self.topics[printed.topic], self.targets.link("advice", printed.id, here)
        else:
            topic = next(one for one in self.content.topics if point.id in ids(one.left_out))
            link = self.targets.link("left out", point.id, here)
        tensions = self.provenance.tensions([point], here)
        side = f" One side of: {sentence(tensions)}" if tensions else ""
        if point.use != "swap":
            return f"*{sentence(f'Printed in [{topic.title}]({link})')}{side}*"
        reason = self.content.settings.care.get(point.rule, "")
        said = not reason or mdtext.normalised(reason) in mdtext.normalised(point.text)
        why = "as the article gives it." if said else f"as the article gives it. {mdtext.plain(reason)}"
        return f"*Not printed {why} {sentence(f'See [{topic.title}]({link})')}{side}*"

    def answer_links(self, question: Question, here: str) -> str:
        """What stands below an answer: the topics that say more, and the advice behind it."""
        topics = sentence(f"See {self.topic_links(question.topics, here)}")
        advice = self.provenance.leads(self.provenance.pieces(question.advice), here)
        behind = f' <span class="behind">Advice behind this: {advice}</span>' if advice else ""
        return f"{topics}{behind}"

    def checklists(self, here: str) -> str:
        """The checklists, each with its use, and what holds all of them on paper."""
        return joined(self.list_of("checklist", self.content.checklists, here), self.on_paper("", here))

    def on_paper(self, checklist: str, here: str) -> str:
        """The files to print or keep, each with its pages and its weight; nothing where none were made."""
        rows = [
            f"- [{one.label}]({mdtext.relative(one.path, here)}): PDF, {counted(one.pages, 'page')}, "
            f"{max(1, round(len(one.content) / 1000))} KB"
            for one in self.printouts
            if one.of == checklist
        ]
        return box("on-paper", "To print or keep:", lines(rows)) if rows else ""

    def stages(self, here: str) -> str:
        """The stages in order, with their summaries."""
        return self.list_of("stage", self.stages_in_order, here)

    def doors(self, here: str) -> str:
        """The stages as a reader would say where they are: large links, one under the other."""
        links = [
            f"- [{one.door or one.title}]({self.targets.link('stage', one.slug, here)})" for one in self.stages_in_order
        ]
        return f'<div class="doors" markdown="block">\n\n{lines(links)}\n\n</div>'

    def lost(self) -> str:
        """What to offer a reader whose address leads nowhere; its links hold from the root of the site."""
        titles = self.content.titles
        paths = [path for path in titles if path == "index.md"] + [one.id for one in self.content.settings.lost]
        links = lines(f"- [{titles[path]}]({path})" for path in dict.fromkeys(paths))
        return joined(self.doors(""), "Or go to one page:" if links else "", links, self.help("", full=True))

    def a_to_z(self, here: str) -> str:
        """Every name that leads somewhere, under its letter."""
        letters: dict[str, list[str]] = {}
        for entry in index(self.content):
            path, hash_sign, anchor = entry.address.partition("#")
            link = f"{mdtext.relative(path, here)}{hash_sign}{anchor}"
            check = self.provenance.check_first(path, here) if anchor else ""
            named = f"{entry.shown}: [{entry.other}]({link})" if entry.other else f"[{entry.shown}{check}]({link})"
            letters.setdefault(entry.letter, []).append(f"- {named}" + (f", {entry.note}" if entry.note else ""))
        return box("index", *(self.section(letter, lines(rows)) for letter, rows in letters.items()))

    def list_of(self, kind: str, things: Iterable[Topic | Plain | Checklist], here: str) -> str:
        """Links to things of one kind, each with its summary."""

        def line(thing: Topic | Plain | Checklist) -> str:
            summary = thing.when if isinstance(thing, Checklist) else thing.summary
            moved = mdtext.rebase(summary, thing.span.path, here)
            return f"- [{thing.title}]({self.targets.link(kind, thing.slug, here)}): {moved}"

        return lines(map(line, things))

    def source_table(self, here: str) -> str:
        """What is known of each source."""
        rows = ["| Mark | Page | Recorded title | Publisher | Published |", "| --- | --- | --- | --- | --- |"]
        for source in self.content.sources:
            page = f"[{source.title}]({self.targets.link('source', source.mark, here)})"
            title, publisher = source.recorded_title, source.facts.get("publisher", "")
            published = day(source.facts["published"]) if "published" in source.facts else ""
            rows.append(f"| \\[{source.mark}\\] | {page} | {cell(title)} | {cell(publisher)} | {published} |")
        return box("sources", lines(rows))

    def topic_links(self, topics: Iterable[str], here: str) -> str:
        """Links to topics, as words of a sentence."""
        *others, last = [f"[{self.topics[slug].title}]({self.targets.link('topic', slug, here)})" for slug in topics]
        return f"{', '.join(others)} and {last}" if others else last


MONTHS = ["January", "February", "March", "April", "May", "June"]
MONTHS += ["July", "August", "September", "October", "November", "December"]


def day(date: str) -> str:
    """Return a date as people write it: 22 January 2026 for 2026-01-22."""
    year, month, number = date.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


def sentence(text: str) -> str:
    """Return the text with a full stop, unless it ends in a question or a call (of a title, say)."""
    return text if mdtext.plain(text).endswith(("?", "!")) else f"{text}."


def cell(text: str) -> str:
    """Return the text as one cell of a table."""
    return text.replace("|", "\\|")


def ids(things: Iterable[Point | Reference]) -> list[str]:
    """Return the names of the things, in their order."""
    return [thing.id for thing in things]

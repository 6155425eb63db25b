"""The only reader: files of the content folder to `Content`, with everything that cannot be read named."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

from . import mdtext, model, records, suppressions
from .diagnostics import Diagnostic, Fault, Fix, counted, did_you_mean, has_errors
from .examples import attribute_line
from .glyphs import unprintable
from .leftovers import in_body, leftovers
from .lookalikes import almost_bullets, broken_attributes, lookalikes, refuse_conflict
from .model import Span
from .safety import MAX_FILE, PICTURES, hidden, is_picture, unsafe
from .schemas import validate
from .yamltext import Document, cut_texts, load

DOCS = "docs"  # the content folder of a project
DATA = {"guide.yml": "settings", "merges.yml": "merges", "tensions.yml": "tensions", "help.yml": "help"}
DATA |= {"redirects.yml": "redirects", "revisions.yml": "revisions"}
PAGES = {"sources": "source", "guide": "topic", "checklists": "checklist"}
ATTRIBUTED = {"source", "checklist"}  # shapes of pages whose bullets carry attribute lines; so do the answers of FAQ
FAQ = "faq.md"
NAMING = {
    "topic": "topic",
    "topics": "topic",
    "scope": "scope",
    "rule": "rule",
    "origin": "source",
    "advice": "piece of advice",
}
SOURCE_FACTS = ("publisher", "author", "published", "url", "retrieved", "language")
LISTS = {"stages", "doors", "sources", "tensions", "checklists", "help", "a-to-z", "merging"}  # markers of plain pages
LISTS |= {"map", "rules"}
FILE_NAME = re.compile(r"(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\.[A-Za-z0-9]+)?")
_ALMOST_MARKER = re.compile(r"<!--\s*([a-z-]+)\s*-->")  # which `safety` refuses where it is none
SECTION = 2  # the level of the headings that part a page
LINK = b"\0symbolic link"


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return every file below the folder by its relative path. Links are not followed: `read` refuses them."""
    files: dict[str, bytes] = {}
    for root, names, leaves in os.walk(folder):
        here = Path(root)
        names[:] = sorted(name for name in names if not name.startswith("."))
        links = [name for name in names if (here / name).is_symlink()]
        for leaf in sorted([*leaves, *links]):
            path = here / leaf
            if not leaf.startswith("."):
                files[path.relative_to(folder).as_posix()] = LINK if path.is_symlink() else path.read_bytes()
    return files


def is_text(path: str) -> bool:
    """Whether the file holds words of the guide."""
    return path.endswith((".md", ".yml"))


def read(files: Mapping[str, bytes]) -> tuple[model.Content, list[Diagnostic]]:
    """Read the content folder's files, given by relative path, in any order.

    Where the findings hold an error, the content is incomplete and only the findings are of use.
    """
    return Reader().read(files)


class Reader:
    """Reads the content folder again and again, and anew only the files that are not what they were before."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._known: dict[str, tuple[bytes, _Held]] = {}

    def read(self, files: Mapping[str, bytes]) -> tuple[model.Content, list[Diagnostic]]:
        """See `read`."""
        self._known = {path: (files[path], self._held(path, files[path])) for path in sorted(files)}
        every = _Held()
        for _, held in self._known.values():
            every.add(held)
        content = every.content()
        return content, sorted([*every.findings, *_missing(files, content)])

    def _held(self, path: str, raw: bytes) -> _Held:
        if path in self._known and self._known[path][0] == raw:
            return self._known[path][1]
        held = _Held()
        try:
            held.read_file(path, raw)
        except Fault as fault:
            held.findings.append(fault.diagnostic)
        return held


def _missing(files: Mapping[str, bytes], content: model.Content) -> Iterator[Diagnostic]:
    """Find the data files that are not there and without which many names would be nobody's."""
    named = {kind: {one.id for one in content.references if one.kind == kind} for kind in [*NAMING.values(), "tension"]}
    helpful: tuple[model.Topic | model.Plain | model.Checklist, ...]
    helpful = (*content.topics, *content.stages, *content.plain, *content.checklists)
    pages = [page for page in helpful if page.help]
    needs = {
        "guide.yml": f"the pages name {counted(len(named['scope']), 'scope')} from it"
        if len(named["scope"]) > 1
        else "",
        "tensions.yml": f"the pages name {counted(len(named['tension']), 'tension')} from it"
        if named["tension"]
        else "",
        "help.yml": f"what {counted(len(pages), 'page')} should show for help stands in it" if pages else "",
    }
    for path, need in needs.items():
        if need and path not in files:
            message = f"{DOCS}/{path} is missing: {need}."
            yield Diagnostic.at(Span(path), "missing-file", message, "Put the file back, at this very place.")


class _Held:
    """What a file holds, or several."""

    def __init__(self) -> None:
        self.findings: list[Diagnostic] = []
        self.references: list[model.Reference] = []
        self.ids: list[model.Reference] = []
        self.sources: list[model.Source] = []
        self.drafts: list[model.Draft] = []
        self.topics: list[model.Topic] = []
        self.stages: list[model.Plain] = []
        self.checklists: list[model.Checklist] = []
        self.plain: list[model.Plain] = []
        self.questions: list[model.Question] = []
        self.rest: dict[str, Any] = {}

    def add(self, other: _Held) -> None:
        for name, more in vars(other).items():
            own = getattr(self, name)
            own.update(more) if isinstance(own, dict) else own.extend(more)

    def content(self) -> model.Content:
        return model.Content(
            sources=tuple(sorted(self.sources, key=lambda source: (model.mark_order(source.mark), source.slug))),
            drafts=tuple(sorted(self.drafts, key=lambda draft: (model.mark_order(draft.mark), draft.slug))),
            topics=tuple(sorted(self.topics, key=lambda topic: (topic.order, topic.slug))),
            stages=tuple(self.stages),
            checklists=tuple(sorted(self.checklists, key=lambda checklist: (checklist.order, checklist.slug))),
            questions=tuple(self.questions),
            plain=tuple(sorted(self.plain, key=lambda page: (page.order, page.path))),
            references=tuple(self.references),
            ids=tuple(self.ids),
            **self.rest,
        )

    def find(self, span: Span, code: str, message: str, hint: str = "") -> None:
        self.findings.append(Diagnostic.at(span, code, message, hint))

    def read_file(self, path: str, raw: bytes) -> None:
        suffix = PurePosixPath(path).suffix.lower()
        if not FILE_NAME.fullmatch(path):
            hint = "Use letters, figures, hyphens and underscores, and an ending in lower case."
            raise Fault(Span(path), "bad-file-name", "This name would not make a sound address.", hint)
        if raw == LINK:
            raise Fault(Span(path), "foreign-file", "A symbolic link may point out of the content.", "Put a file here.")
        if suffix in PICTURES:
            if not is_picture(raw):
                hint = "Save it from a program for pictures, as .png, .jpg or .webp."
                raise Fault(Span(path), "foreign-file", "This file has a picture's name, and holds no picture.", hint)
            return
        if suffix not in {".md", ".yml"} or (suffix == ".yml" and path not in DATA):
            expected = did_you_mean(path, DATA) if suffix == ".yml" else "Expected .md, .yml, .png, .jpg or .webp."
            raise Fault(Span(path), "foreign-file", "This kind of file is not content.", expected)
        text = _decode(path, raw)
        if unseen := hidden(text, path):
            self.findings += unseen
            return
        refuse_conflict(text, path)
        self.findings += unprintable(path, text)
        file = self._data(path, text) if suffix == ".yml" else self._markdown(path, text)
        if file:
            self._keep(file)
            self.references += file.named

    def _data(self, path: str, text: str) -> records.Record | None:
        file = records.Record(path, load(text, path))
        return file if self._fits(file.data, DATA[path], [*cut_texts(file.data, text)]) else None

    def _markdown(self, path: str, text: str) -> records.Record | None:
        shape = _shape(path)
        parts = mdtext.split_front_matter(text, path)
        parts = replace(parts, body=suppressions.without(parts.body))
        slips = _slips(path, shape, parts)
        self.findings += slips
        if slips and (shape in ATTRIBUTED or path == FAQ):
            return None  # whatever else could be said of the page may follow from these
        blocks: list[mdtext.Block] = []
        if shape in ATTRIBUTED or path == FAQ:
            blocks, findings = mdtext.outline(parts.body, path, parts.body_line)
            self.findings += findings
        self.findings += unsafe(parts.body, Span(path, parts.body_line), _attribute_rows(shape, blocks))
        self._markers(path, parts)
        file = records.Record(path, load(parts.yaml, path, first_line=2), parts.body, parts.body_line, tuple(blocks))
        if not self._fits(file.data, shape, [*cut_texts(file.data, parts.yaml, first_line=2)]):
            return None
        if not file.get("draft"):
            self.findings += in_body(parts.body, path, parts.body_line)
        return file

    def _markers(self, path: str, parts: mdtext.FrontMatter) -> None:
        """Each kind of page knows its markers; a topic's and a stage's list stands exactly once."""
        known, needed = _known_markers(path)
        counts = Counter(name for name, _ in mdtext.markers(parts.body))
        for name, row in mdtext.markers(parts.body):
            if name not in known or counts[name] > 1:
                twice = name in known
                fault, hint = (
                    ("stands here twice", "Keep one.") if twice else ("is unknown here", did_you_mean(name, known))
                )
                span = Span(path, parts.body_line + row)
                self.find(span, "unknown-marker", f"The marker <!-- {name} --> {fault}.", hint)
        for name in needed - counts.keys() - {*_ALMOST_MARKER.findall(parts.body)}:
            message = f"The page has no marker <!-- {name} -->."
            hint = "Put it on a line of its own, where the list belongs."
            self.find(Span(path, parts.body_line), "unknown-marker", message, hint)

    def _keep(self, file: records.Record) -> None:
        shape = DATA.get(file.path) or _shape(file.path)
        if file.path in DATA:
            self.rest["decisions" if shape == "merges" else shape] = records.DATA[shape](file)
        elif shape == "source" and file.get("draft"):
            self.drafts.append(self._draft(file))
        elif shape == "source":
            self.sources.append(self._source(file))
        elif shape == "topic":
            self.topics.append(records.topic(file))
            self.ids.append(model.Reference("title", file.get("title"), file.data.spans["title",]))
        elif shape == "checklist":
            self.checklists.append(self._checklist(file))
        elif file.path == FAQ:
            self.rest["faq"] = records.plain(file)
            self.questions += self._questions(file)
        else:
            (self.stages if file.path.startswith("stages/") else self.plain).append(records.plain(file))

    def _fits(self, document: Document, shape: str, cut: list[Diagnostic]) -> bool:
        """Whether the data fits the shape, is safe and is not `cut`; what does not is a finding."""
        self.findings += cut
        if has_errors(cut):
            return False  # what is left of a text may not fit
        found = list(validate(document, shape))
        if not found:
            # A quoted or folded text is not what stands in the file, so the place is that of the whole value.
            found = [
                replace(finding, line=span.line, column=span.column, fix=None)
                for text, span in document.texts
                for finding in (*unsafe(text, span), *leftovers(text, span))
            ]
        self.findings += found
        return not found

    def _attributes(self, file: records.Record, block: mdtext.Block, shape: str, named: str = "") -> dict[str, str]:
        """The attributes of a bullet or an answer; empty, with the reason found, where they do not fit.

        An answer is `named` after its question.
        """
        if block.attributes and block.attributes.value is None:
            return {}  # what is wrong with it is a finding already
        if block.attributes is None:
            hint = f"Below it, add a line like {attribute_line(shape, named or block.text, file.blocks)}"
            self.find(block.span, "no-attributes", "This has no attribute line.", hint)
            return {}
        found = list(validate(block.attributes, shape))  # which leaves no room for anything unsafe
        self.findings += found
        if found:
            return {}
        attributes: dict[str, str] = block.attributes.value
        self.ids.append(model.Reference(shape, attributes["id"], block.attributes.spans["id",]))
        for key, kind in NAMING.items():
            for name in re.finditer(r"\S+", attributes.get(key, "")):
                start = block.attributes.spans[key,]
                file.name(kind, name[0], replace(start, column=start.column + name.start()))
        return attributes

    def _tight(self, file: records.Record) -> None:
        """Bullets with ids stand in tight lists, one paragraph each: else the id would land on another element."""
        bullets = [block for block in file.blocks if block.kind == "bullet"]
        loose = next((block for block in bullets if block.loose), None)
        if loose:
            rows = file.body.split("\n")
            blank = next((row for row in range(loose.rows.start, len(rows)) if not rows[row].strip()), loose.rows.start)
            message = "A blank line stands between the bullets of this list, or inside one."
            hint = "Take the blank lines of the list out; an attribute line follows the text at once."
            fix = Fix(f"{rows[blank]}\n", "") if not rows[blank].strip() else None
            span = Span(file.path, file.body_line + blank)
            self.findings.append(replace(Diagnostic.at(span, "loose-list", message, hint), fix=fix))
        for block in bullets:
            if block.split and not block.loose:
                self.find(
                    block.span, "split-bullet", "This bullet is more than one paragraph.", "Make it one paragraph."
                )

    def _source(self, file: records.Record) -> model.Source:
        mark = str(file.get("mark"))
        self._tight(file)
        points: list[model.Point] = []
        section = question = ""
        for block in file.blocks:
            if block.kind == "heading":
                section, question = (block.text, "") if block.level == SECTION else (section, block.text)
            elif block.kind == "bullet":
                attributes = self._attributes(file, block, "point")
                lead = self._lead(block)
                if attributes and lead:
                    point = model.Point(
                        mark=mark,
                        section=section,
                        question=question,
                        span=block.span,
                        attribute_row=block.attribute_row or 0,
                        **lead,
                        **attributes,
                    )
                    points.append(point)
        return model.Source(
            slug=file.slug,
            mark=mark,
            facts=file.only(*SOURCE_FACTS),
            left_out=tuple(model.LeftOut(**entry) for entry in file.get("left_out")),
            points=tuple(points),
            body=file.body,
            span=file.data.spans["mark",],
            **file.only("title", "recorded_title"),
        )

    def _draft(self, file: records.Record) -> model.Draft:
        """Read what an import wrote, or what an editor has made of it so far: no lead is too long, no topic missing."""
        self._tight(file)
        sections = [model.Section()]
        parts: list[list[model.Part]] = [[]]
        for block in file.blocks:
            if block.kind == "heading":
                sections.append(model.Section(heading=mdtext.unescape(block.text), level=block.level))
                parts.append([])
            elif block.kind == "paragraph":
                parts[-1].append(model.Part(body=mdtext.unescape(block.text), span=block.span))
            elif attributes := self._attributes(file, block, "draft-point"):
                lead, body = mdtext.split_lead(block.text) or ("", block.text)
                words = {"lead": mdtext.unescape(lead), "body": mdtext.unescape(body)}
                parts[-1].append(model.Part(id=attributes["id"], span=block.span, **words))
        return model.Draft(
            slug=file.slug,
            mark=str(file.get("mark")),
            title=file.get("title"),
            recorded_title=mdtext.unescape(file.get("recorded_title", default="")),
            facts={key: mdtext.unescape(value) for key, value in file.only(*SOURCE_FACTS).items()},
            left_out=tuple(model.LeftOut(**entry) for entry in file.get("left_out")),
            sections=tuple(
                replace(section, parts=tuple(own))
                for section, own in zip(sections, parts, strict=True)
                if own or section.heading
            ),
            span=file.data.spans["mark",],
        )

    def _lead(self, block: mdtext.Block) -> dict[str, str] | None:
        parts = mdtext.split_lead(block.text)
        if parts and not list(validate(Document(parts[0], {(): block.span}), "lead")):
            return {"lead": parts[0], "body": parts[1]}
        code, message = ("bad-lead", "The bold lead does not fit.") if parts else ("no-lead", "There is no bold lead.")
        hint = "Expected - **An imperative of at most 60 characters.** Then the why or how."
        self.find(block.span, code, message, hint)
        return None

    def _checklist(self, file: records.Record) -> model.Checklist:
        self._tight(file)
        read = {row for block in file.blocks if block.kind != "paragraph" for row in block.rows}
        unread = [row for row, line in enumerate(file.body.split("\n")) if line.strip() and row not in read]
        if unread:
            span = Span(file.path, file.body_line + unread[0])
            self.find(
                span, "unprinted-text", "A sheet prints no text here.", "Use `when` and `foot`, or a line to tick."
            )
        items: list[model.Item] = []
        group = ""
        for block in file.blocks:
            if block.kind == "heading":
                group = block.text
            elif block.kind == "bullet":
                attributes = self._attributes(file, block, "item")
                if not block.text.startswith("[ ] "):
                    hint = "Start it with `- [ ] `: blanks before, within and after the box."
                    self.find(block.span, "no-box", "This line of the checklist has no box.", hint)
                elif attributes:
                    item = model.Item(
                        id=attributes["id"],
                        text=block.text[4:],
                        topic=attributes["topic"],
                        advice=tuple(dict.fromkeys(attributes.get("advice", "").split())),
                        group=group,
                        span=block.span,
                    )
                    items.append(item)
        file.names("stage", "stage")
        return model.Checklist(
            slug=file.slug,
            items=tuple(items),
            found_by=records.found_by(file),
            span=file.names("scope", "scope")[0].span,
            **file.only("title", "when", "scope", "stage", "order", "foot", "help", "shared"),
        )

    def _questions(self, file: records.Record) -> list[model.Question]:
        questions: list[model.Question] = []
        group = ""
        headed: mdtext.Block | None = None
        asked: mdtext.Block | None = None
        unanswered: list[mdtext.Block] = []
        answered = False
        for block in file.blocks:
            if block.kind == "heading":
                unanswered += [asked] if asked else []
                group, asked = (block.text, None) if block.level == SECTION else (group, block)
                headed, answered = block, False
            elif answered:
                hint = "Make it one paragraph, with the attribute line at its end."
                self.find(block.span, "split-answer", "The answer goes on after its attribute line.", hint)
            elif asked:
                attributes = self._attributes(file, block, "question", asked.text)
                if attributes:
                    question = model.Question(
                        id=attributes["id"],
                        question=asked.text,
                        answer=block.text,
                        topics=tuple(attributes["topics"].split()),
                        advice=tuple(dict.fromkeys(attributes.get("advice", "").split())),
                        origin=attributes.get("origin", ""),
                        group=group,
                        span=block.span,
                        heading_row=asked.span.line - file.body_line,
                        attribute_row=block.attribute_row or 0,
                    )
                    questions.append(question)
                asked, answered = None, True
            elif headed and block.attribute_row is not None:
                hint = "Give its heading ###; ## starts a group of questions."
                self.find(headed.span, "bad-heading", "This has an answer, and is no question.", hint)
        for heading in [*unanswered, *([asked] if asked else [])]:
            self.find(heading.span, "no-answer", "This question has no answer.", "Write one paragraph below it.")
        return questions


def _shape(path: str) -> str:
    """What kind of page the path holds: the name of its schema."""
    folder, _, name = path.rpartition("/")
    return "page" if name == "index.md" else PAGES.get(folder, "page")


def _known_markers(path: str) -> tuple[set[str], set[str]]:
    """The markers that the page may hold, and those that it must hold."""
    shape = _shape(path)
    if shape == "checklist":
        return LISTS, set()  # a sheet prints no text at all, which is a finding of its own
    if shape == "topic" or path.startswith("stages/"):
        own = {"advice" if shape == "topic" else "topics"}
        return own, own
    return (set(), set()) if shape == "source" or path == FAQ else (LISTS, set())


def _slips(path: str, shape: str, parts: mdtext.FrontMatter) -> list[Diagnostic]:
    """What is read as something else than it looks like, on a page of this shape."""
    where = parts.body, path, parts.body_line
    slips = [*almost_bullets(*where)] if shape in ATTRIBUTED else []
    slips += broken_attributes(*where) if shape in ATTRIBUTED or path == FAQ else ()
    return slips or [*lookalikes(*where)]


def _attribute_rows(shape: str, blocks: list[mdtext.Block]) -> set[int]:
    """The rows where the page's kind reads an attribute line: below bullets, and below the answers to questions."""
    answers = {
        answer.attribute_row
        for asked, answer in pairwise(blocks)
        if asked.kind == "heading" and asked.level >= SECTION and answer.kind == "paragraph"
    }
    bullets = {block.attribute_row for block in blocks if block.kind == "bullet"}
    return {row for row in (bullets if shape in ATTRIBUTED else answers) if row is not None}


def _decode(path: str, raw: bytes) -> str:
    if len(raw) > MAX_FILE:
        raise Fault(Span(path), "file-too-large", f"The file is larger than {MAX_FILE // 1024} KB.", "Part it.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Fault(Span(path, line), "not-utf-8", "The file is not UTF-8 text.", "Save it as UTF-8.") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")

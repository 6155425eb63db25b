"""The values that every step reads and returns. Nothing here knows files, Markdown or MkDocs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Span:
    """A place in a content file. `path` is relative to the content folder; `line` and `column` count from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Reference:
    """The name of something of the given kind (topic, point, scope, ...), and where it is named."""

    kind: str
    id: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Point:
    """One piece of advice as one source gives it, in our own words.

    `use` is `keep` (prints as it is), `cond` (prints only in a wording that carries its condition) or `swap` (never
    prints; its text reports what was left out). `rule` names the care rule or tension that asks for the last two.
    `attribute_row` is the row of its attribute line in the page's body, from 0.
    """

    id: str
    mark: str
    lead: str
    body: str = ""
    topic: str
    scope: str
    use: str = "keep"
    rule: str = ""
    section: str
    question: str
    span: Span
    attribute_row: int

    @property
    def text(self) -> str:
        """Lead and body as one line."""
        return f"{self.lead} {self.body}".strip()


@dataclass(frozen=True)
class LeftOut:
    """Something of an article that the guide does not use, and why."""

    what: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """One article, or what the guide itself adds. `mark` is its number, or a letter for the guide's own points."""

    slug: str
    mark: str
    title: str
    recorded_title: str = ""
    facts: Mapping[str, str]
    left_out: tuple[LeftOut, ...]
    points: tuple[Point, ...]
    body: str
    span: Span

    @property
    def is_article(self) -> bool:
        """Whether this is somebody else's article (numbered) and not the guide's own page (a letter)."""
        return self.mark.isdigit()


@dataclass(frozen=True, kw_only=True)
class Part:
    """A piece of a draft: a paragraph, or with an id a bullet whose `lead` asks something of the reader."""

    id: str = ""
    lead: str = ""
    body: str = ""
    span: Span = field(default=Span(""), compare=False)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading of a draft and what stands below it; what stands before every heading has none, and level 1."""

    heading: str = ""
    level: int = 1
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A source page that nobody has re-worded yet: it is checked and never published."""

    slug: str
    mark: str
    title: str
    recorded_title: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    sections: tuple[Section, ...] = ()
    span: Span = field(default=Span(""), compare=False)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A person's decision that these points are one piece of advice, with the wording to print.

    `added` says what the wording holds beyond its members; `replaced` that the wording stands in their place.
    """

    id: str
    topic: str
    lead: str
    body: str = ""
    members: tuple[Reference, ...]
    added: str = ""
    replaced: bool = False
    scope: str = ""
    span: Span


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A person's decision that these sides look alike and must stay apart."""

    id: str
    between: tuple[tuple[Reference, ...], ...]
    reason: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """Every decision about which points are the same. The first of each line of `apart` is none of the others."""

    groups: tuple[Group, ...] = ()
    different: tuple[Difference, ...] = ()
    apart: tuple[tuple[Reference, ...], ...] = ()
    alone: tuple[Reference, ...] = ()
    unsure: tuple[Reference, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Advice:
    """One printed piece of advice: a group's, or a single point's.

    `points` are those it prints, `replaced` those that were swapped for it; both in the order of their sources.
    """

    id: str
    topic: str
    scope: str
    lead: str
    body: str
    points: tuple[Point, ...]
    replaced: tuple[Point, ...] = ()
    added: str = ""
    span: Span

    @property
    def text(self) -> str:
        """Lead and body as one line."""
        return f"{self.lead} {self.body}".strip()

    @property
    def articles(self) -> tuple[str, ...]:
        """The marks of the articles that say it, each once, in order."""
        return tuple(mark for mark in self.marks if mark.isdigit())

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks to print: every source of its points, and the guide's own where the guide added or replaced."""
        marks = {point.mark for point in self.points}
        if self.added or not self.points:
            marks.add(GUIDE_MARK)
        return tuple(sorted(marks, key=mark_order))


GUIDE_MARK = "G"


def mark_order(mark: str) -> tuple[bool, int, str]:
    """Sorting key of marks: numbers by value, letters after them."""
    return (not mark.isdigit(), int(mark) if mark.isdigit() else 0, mark)


@dataclass(frozen=True)
class Alias:
    """Another name of a page. `link` is false where the bare word would link wrongly."""

    text: str
    link: bool
    span: Span


@dataclass(frozen=True)
class Phrase:
    """Words that only look like a mention of a topic, so that no link stands on them."""

    text: str
    span: Span


@dataclass(frozen=True)
class Relation:
    """A related topic and the reason to go there."""

    topic: Reference
    reason: str


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One topic page: its front matter and the writer's own prose (`body`, Markdown with markers).

    `found_by` is what readers type and the guide does not say: the search knows it, and no page prints it.
    """

    slug: str
    title: str
    summary: str
    stage: str
    order: int
    scope: str
    aliases: tuple[Alias, ...]
    found_by: tuple[str, ...] = ()
    related: tuple[Relation, ...]
    advice: tuple[Reference, ...]
    tensions: tuple[Reference, ...]
    left_out: tuple[Reference, ...]
    help: bool = False
    autolink: bool = True
    nolink: tuple[Phrase, ...] = ()
    body: str
    span: Span


LAST = 1_000  # the place in the menu of pages that ask for none


@dataclass(frozen=True, kw_only=True)
class Plain:
    """A page that is prose and markers only. A stage page is one too: its slug is its file name.

    `door` is what a reader who belongs on this page would say of themselves; the home page lists it. `found_by` is
    what readers type, as with topics.
    """

    path: str
    title: str
    summary: str = ""
    order: int = LAST
    door: str = ""
    aliases: tuple[Alias, ...]
    found_by: tuple[str, ...] = ()
    help: bool = False
    noindex: bool = False
    autolink: bool = True
    nolink: tuple[Phrase, ...] = ()
    body: str
    span: Span

    @property
    def slug(self) -> str:
        """The file name without its ending."""
        return self.path.rsplit("/", 1)[-1].removesuffix(".md")


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of a tension: what is said and by which points; `marks` names articles where no point holds it."""

    says: str
    points: tuple[Reference, ...]
    marks: tuple[Reference, ...]


@dataclass(frozen=True)
class Case:
    """What to do where the condition holds."""

    condition: str
    action: str


@dataclass(frozen=True, kw_only=True)
class Tension:
    """A place where the sources pull two ways, with a rule for each case."""

    id: str
    title: str
    topics: tuple[Reference, ...]
    sides: tuple[Side, ...]
    when: tuple[Case, ...]
    span: Span


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of a checklist. `group` is the heading it stands under, or empty; `advice` what stands behind it.

    That is the names of pieces of advice, or of points that have joined one.
    """

    id: str
    text: str
    topic: str
    advice: tuple[str, ...] = ()
    group: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """A list to tick. `shared` sheets are filled in by two people and carry no helpline blanks.

    `stage` is the part of the way it goes with, or empty; `found_by` as with topics.
    """

    slug: str
    title: str
    when: str
    scope: str
    stage: str = ""
    order: int
    foot: str = ""
    found_by: tuple[str, ...] = ()
    help: bool = False
    shared: bool = False
    items: tuple[Item, ...]
    span: Span


@dataclass(frozen=True)
class Revision:
    """A checklist as it once was: the day, what tells its whole text from others, and the same of each line."""

    date: str
    content: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question as readers ask it. `answer` is Markdown; `origin` the slug of the article that asks it, or empty.

    `advice` names what stands behind the answer. The two rows, from 0, are those of its heading and of its answer's
    attribute line in the page's body.
    """

    id: str
    question: str
    answer: str
    topics: tuple[str, ...]
    advice: tuple[str, ...] = ()
    origin: str
    group: str
    span: Span
    heading_row: int
    attribute_row: int


@dataclass(frozen=True)
class Scope:
    """How far two people have come. `check` is the line that opens pages of this scope, or empty."""

    id: str
    label: str
    means: str
    check: str = ""


@dataclass(frozen=True)
class Sheet:
    """What every checklist carries: a note, and blanks to fill in by hand (not on sheets that are shared).

    `first` is the list to go through before any whose scope wants a check.
    """

    note: str = ""
    blanks: tuple[str, ...] = ()
    first: str = ""


@dataclass(frozen=True)
class Place:
    """A topic on the reader's way, with words such as "if there is a lift" where not everybody goes there."""

    topic: Reference
    words: str = ""


@dataclass(frozen=True)
class Step:
    """Places that belong together: a reader passes all of them (`and`), or takes one of them (`or`)."""

    join: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Way:
    """The reader's way: its steps in order, and the place to go to from anywhere when a reader would rather stop."""

    steps: tuple[Step, ...] = ()
    stop: Place | None = None


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What makes this guide this guide: the build itself knows no subject.

    `lost` names the pages to offer a reader whose address leads nowhere.
    """

    revised: str = "1970-01-01"
    gate: str = ""
    scopes: tuple[Scope, ...] = ()
    stages: tuple[Reference, ...] = ()
    way: Way = Way()
    lost: tuple[Reference, ...] = ()
    care: Mapping[str, str] = field(default_factory=dict)
    sheet: Sheet = Sheet()
    nolink: tuple[Phrase, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HelpEntry:
    """One service of the dated help list."""

    name: str
    kind: str
    scope: str
    url: str
    last_checked: str
    checked_by: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Help:
    """The help block and the single line that stands where the block does not; `found_by` as with topics."""

    text: str = ""
    line: str = ""
    found_by: tuple[str, ...] = ()
    entries: tuple[HelpEntry, ...] = ()


@dataclass(frozen=True)
class Redirect:
    """A page or a place in a page that moved, from one address to another, each as it stands after the site's own.

    `span` is the place of the old address in its file, `target` that of the new one.
    """

    old: str
    new: str
    span: Span
    target: Span


@dataclass(frozen=True, kw_only=True)
class Content:
    """Everything that was read, before any of it was compared."""

    settings: Settings = Settings()
    help: Help = Help()
    revisions: Mapping[str, tuple[Revision, ...]] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    drafts: tuple[Draft, ...] = ()
    decisions: Decisions = Decisions()
    topics: tuple[Topic, ...] = ()
    stages: tuple[Plain, ...] = ()
    tensions: tuple[Tension, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    faq: Plain | None = None
    questions: tuple[Question, ...] = ()
    plain: tuple[Plain, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    references: tuple[Reference, ...] = ()
    ids: tuple[Reference, ...] = ()  # of attribute lines, each of the kind of its line, and topics' titles

    @property
    def unpublished(self) -> tuple[str, ...]:
        """The paths of the drafts: files of the content folder that no page is made from."""
        return tuple(draft.span.path for draft in self.drafts)

    @property
    def titles(self) -> dict[str, str]:
        """The title of every page, by its path."""
        titles = {f"guide/{topic.slug}.md": topic.title for topic in self.topics}
        titles |= {f"sources/{source.slug}.md": source.title for source in self.sources}
        titles |= {f"checklists/{checklist.slug}.md": checklist.title for checklist in self.checklists}
        return titles | {page.path: page.title for page in (*self.stages, *self.plain, *filter(None, [self.faq]))}

    @property
    def points(self) -> Iterator[Point]:
        """Every point, in the order of the sources' marks and then of the page."""
        return (point for source in self.sources for point in source.points)


@dataclass(frozen=True)
class Guide:
    """The content and the advice that its decisions make of it."""

    content: Content
    advice: tuple[Advice, ...]

    def advice_of(self, topic: Topic) -> list[Advice]:
        """The topic's advice in printed order: as the page lists it, then what it does not list, by id."""
        listed = {reference.id: position for position, reference in enumerate(topic.advice)}
        own = [advice for advice in self.advice if advice.topic == topic.slug]
        return sorted(own, key=lambda advice: (listed.get(advice.id, len(listed)), advice.id))


@dataclass(frozen=True)
class Printout:
    """A file to print or keep: its path in the site, what readers call it, its bytes and how many pages it has.

    `of` is the checklist that it holds; empty for what holds more than one.
    """

    path: str
    label: str
    content: bytes
    pages: int
    of: str = ""


@dataclass(frozen=True)
class Page:
    """A finished file of the site's tree. `path` is where it goes; a Markdown page replaces the file it came from.

    `moved` tells of a page that only says where its text is now: no menu shows it.
    """

    path: str
    text: str
    moved: bool = False

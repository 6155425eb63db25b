"""The first text of a new topic, checklist, question or source: sound from the start, with sample words to replace.

Each function takes the project as it was read and returns what is to be written. A `Fault` says what stands in the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from . import naming
from .diagnostics import Fault
from .drafting import Project, Skeleton, front_matter, known, refuse_double, said
from .mdtext import escape, normalised, split_front_matter
from .model import GUIDE_MARK, Scope, Source, Span, Topic
from .reading import FAQ
from .samples import ANSWER, CLOSING, LEAD, LINES, OPENING, SECTION, SUMMARY, WHEN, WHY

OWN_PAGE = "sources/guide.md"  # where the guide's own advice goes, in a guide that has none yet


def topic(  # noqa: PLR0913  # what the command line may say of it
    project: Project, /, title: str, *, name: str = "", summary: str = "", stage: str = "", scope: str = ""
) -> Skeleton:
    """Make a topic page, and on the guide's own page its first advice: a topic without any is an error."""
    title = said(title, "The title")
    refuse_double(title, {one.title: f"guide/{one.slug}.md" for one in project.content.topics}, "a topic")
    path = project.free_path("guide", title, name)
    slug = path.removeprefix("guide/").removesuffix(".md")
    stage = project.chosen_stage(stage)
    beside = [one for one in project.content.topics if one.stage == stage]
    scope = project.chosen_scope(scope, (one.scope for one in beside))
    own, advice = _first_advice(project, title, slug, scope)
    rows = [
        ("One sentence that says what the page helps with; lists and the search show it.",
         "summary", said(summary or SUMMARY, "The summary")),
        (f"The part of the way it belongs to: {', '.join(_stages(project))}.", "stage", stage),
        ("Its place among the topics.", "order", 1 + max((one.order for one in project.content.topics), default=0)),
        (f"How far its readers have come: {_scopes(project.content.settings.scopes)}.", "scope", scope),
        ("What else people call it. Where a page first says one of these words, it becomes a link.", "aliases", []),
        ("What readers type into the search and this guide does not say. It prints nowhere.", "found_by", []),
        ("Up to five topics to read next, each with a reason of at most eight words, such as `a-topic: when you "
         "have a plan`. Each of them has to name this topic too.", "related", {}),
        ("The ids of its advice, in the order in which they print.", "advice", [advice]),
    ]  # fmt: skip
    body = f"{OPENING}\n\n<!-- advice -->\n\n{CLOSING}\n"
    own_path, own_text = own
    texts = {path: f"{front_matter(title, rows)}\n{body}", own_path: own_text}
    line = own_text[: own_text.index(f"#{advice} ")].count("\n")
    return Skeleton(texts, _told(project, texts), [*_topic_steps(project, path, f"{own_path}:{line}", advice, beside)])


def _topic_steps(project: Project, path: str, own: str, advice: str, beside: Sequence[Topic]) -> Iterator[str]:
    slug = path.removeprefix("guide/").removesuffix(".md")
    yield f"Open docs/{path} and put your own words in the place of each sentence that starts with Say."
    yield (
        f"Do the same with its first advice, {advice}, in docs/{own}. Each further bullet there gets the next id; "
        f"list the id under `advice` in docs/{path}. Advice from an article goes to the article's page instead."
    )
    if beside:
        yield (
            f"Name the topics to read next under `related`, and name this one on each of those pages, for example in "
            f"docs/guide/{beside[-1].slug}.md: `{slug}: if that is where you are`."
        )
    if project.content.settings.way.steps:
        yield "If readers pass it on their way through the guide, put it into `way` in docs/guide.yml."


def _first_advice(project: Project, title: str, slug: str, scope: str) -> tuple[tuple[str, str], str]:
    """Return the guide's own page with a first bullet for the topic, and the bullet's id."""
    page = next((one for one in project.content.sources if one.mark == GUIDE_MARK), None)
    advice = naming.next_id(_prefix(page), project.everything)
    bullet = f'- **{LEAD}** {WHY} This is the first advice of "{escape(title)}".\n'
    section = f'## {escape(title)}\n\n{bullet}  {{ #{advice} topic="{slug}" scope="{scope}" }}\n'
    if page:
        path = page.span.path
        return (path, f"{project.texts[path].rstrip()}\n\n{section}"), advice
    if OWN_PAGE in project.texts:
        hint = f"Give it `mark: {GUIDE_MARK}`, or take it away."
        raise Fault(Span(OWN_PAGE), "false-marks", f"docs/{OWN_PAGE} is not the guide's own page.", hint)
    head = f"---\ntitle: What this guide adds\nmark: {GUIDE_MARK}\n---\n"
    return (OWN_PAGE, f"{head}\nThis advice stands in no article.\n\n{section}"), advice


def _prefix(page: Source | None) -> str:
    """What most ids on the guide's own page start with."""
    starts = Counter(point.id.rstrip("0123456789") for point in page.points) if page else Counter[str]()
    usual = starts.most_common(1)[0][0] if starts else "g-"
    return usual if usual.endswith("-") else "g-"


def checklist(  # noqa: PLR0913  # what the command line may say of it
    project: Project,
    /,
    title: str,
    *,
    name: str = "",
    when: str = "",
    topic: str = "",
    scope: str = "",
    stage: str = "",
) -> Skeleton:
    """Make a checklist of seven lines, which go with the topic named, else with the first one."""
    title = said(title, "The title")
    refuse_double(title, {one.title: f"checklists/{one.slug}.md" for one in project.content.checklists}, "a checklist")
    path = project.free_path("checklists", title, name)
    if not project.content.topics:
        raise Fault(Span(""), "unknown-name", "This guide has no topic yet, and each line of a list belongs to one.")
    behind = project.topic(topic or next(one.slug for one in project.content.topics))
    rows: list[tuple[str, str, object]] = [
        ("One sentence that says when to use the list; it stands at the top of the sheet.",
         "when", said(when or WHEN, "What --when says")),
        (f"How far its readers have come: {_scopes(project.content.settings.scopes)}.",
         "scope", project.chosen_scope(scope, [behind.scope])),
        ("The part of the way it goes with. Take this out where it goes with none.",
         "stage", project.chosen_stage(stage or behind.stage)),
        ("Its place among the checklists. Below it you can add `foot: ...`, the sentence that ends the sheet.",
         "order", 1 + max((one.order for one in project.content.checklists), default=0)),
    ]  # fmt: skip
    items = "".join(f'- [ ] {text}\n  {{ #{one} topic="{behind.slug}" }}\n' for one, text in LINES.items())
    texts = {path: f"{front_matter(title, rows)}\n{items}"}
    return Skeleton(texts, _told(project, texts), [*_checklist_steps(project, path)])


def _checklist_steps(project: Project, path: str) -> Iterator[str]:
    yield f"Open docs/{path} and put your own words in the place of each sentence that starts with Say."
    yield "Give each line an id that says what it is about, such as #keys-counted, and the topic it comes from."
    if project.content.revisions:
        yield "When you are done: `commonground revise`, for the day on printed sheets. Commit docs/revisions.yml too."


def source(project: Project, /, title: str, facts: Mapping[str, str], taken: Iterable[str] = ()) -> Skeleton:
    """Make the draft of a page for an article, with the next free number. `taken` are numbers in use elsewhere."""
    title = said(title, "The title")
    mark = 1 + naming.last_mark([*naming.marks(project.texts.values()), *taken])
    path = project.free_path("sources", "", f"article-{mark}")
    prefix = naming.prefix_of(mark, project.everything)
    given = [("", key, said(value, f"What --{key} says")) for key, value in facts.items() if value]
    rows: list[tuple[str, str, object]] = [
        ("The title that the article itself has.", "recorded_title", escape(title)),
        ("Its mark in the guide: nothing else has this number.", "mark", mark),
        ("A draft is checked and not published. Take this line out when the page is ready.", "draft", True),
        *given,
        ("Above this line you can say what is known of it: publisher, author, published, url, retrieved, language. "
         "Days look like \"2026-01-31\". Leave out what you do not know. Below: what the guide does not take over, and "
         "why, such as `[{what: A list of prices, why: It was old.}]`.", "left_out", []),
    ]  # fmt: skip
    body = f"## {SECTION}\n\n- **{LEAD}** {WHY}\n  {{ #{prefix}-01 }}\n- **{LEAD}** {WHY}\n  {{ #{prefix}-02 }}\n"
    texts = {path: f"{front_matter(f'Article {mark}', rows)}\n{body}"}
    return Skeleton(texts, _told(project, texts), [*_source_steps(project, path, mark, prefix)], shown=False)


def _source_steps(project: Project, path: str, mark: int, prefix: str) -> Iterator[str]:
    scopes = [scope.id for scope in project.content.settings.scopes]
    topics = [topic.slug for topic in project.content.topics]
    yield f"Open docs/{path}: a heading for each part of the article, a bullet for each piece of advice, in your words."
    yield (
        f'Give each bullet its topic and its scope: {{ #{prefix}-01 topic="{topics[0] if topics else "a-topic"}" '
        f'scope="{scopes[0] if scopes else "a-scope"}" }}.{" Scopes here: " * bool(scopes)}{", ".join(scopes)}'
    )
    yield f"So that the check sees copied words: `commonground import ARTICLE --guard {mark}`, which keeps no text."
    yield "When every bullet is yours, take out `draft: true`. Then `commonground review` asks which of them are new."


def question(project: Project, /, asked: str, *, topics: Sequence[str], under: str = "", name: str = "") -> Skeleton:
    """Put a question at the end of the heading of docs/faq.md that most of its topic's questions stand under."""
    asked = said(asked, "The question").rstrip("?. ") + "?"
    for one in topics:
        project.topic(one)
    same = {normalised(one.question): one for one in project.content.questions}
    if double := same.get(normalised(asked)):
        place = f"docs/{double.span.path}:{double.span.line}"
        raise Fault(double.span, "double-id", f"This is asked already, at {place}.", "Mend the answer there.")
    names = {one.id for one in project.content.questions}
    chosen = naming.free_name(name or f"q-{naming.name_of(asked, 30)}".rstrip("-"), names)
    if (name and chosen != name) or not naming.name_of(chosen.removeprefix("q-")):
        raise Fault(Span(FAQ), "double-id", f'"{name or asked}" makes no free id.', "Give it another with --name.")
    entry = [f"### {escape(asked)}", "", ANSWER, f'{{ #{chosen} topics="{" ".join(topics)}" }}']
    row, heading = _place(project, topics, under)
    before = project.texts.get(
        FAQ, "---\ntitle: Questions people ask\nsummary: Short answers.\n---\n\nShort answers first.\n"
    )
    lines = before.rstrip().split("\n")
    row = row or len(lines)
    texts = {FAQ: "\n".join([*lines[:row], "", *entry, *lines[row:]]) + "\n"}
    told = [f"{one} {heading}".rstrip() for one in _told(project, texts)]
    return Skeleton(
        texts, told, [f"Open docs/{FAQ}:{row + 4} and put your answer, one paragraph, in the place of the sample."]
    )


def _place(project: Project, topics: Sequence[str], under: str) -> tuple[int, str]:
    """Return the line of docs/faq.md that the question follows (0: the last one), and its heading in words."""
    questions = project.content.questions
    groups = list(dict.fromkeys(one.group for one in questions))
    if under:
        named = {group.casefold(): group for group in groups}
        group = named[known("heading in docs/faq.md", under.casefold(), named)]
    elif questions:
        shared = Counter(one.group for one in questions for name in one.topics if name in topics)
        group = max(groups, key=lambda group: (shared[group], groups.index(group)))
    else:
        return 0, ""
    last = [one for one in questions if one.group == group][-1]
    first = split_front_matter(project.texts[FAQ], FAQ).body_line
    return first + last.attribute_row, f'under "{group}"' if group else ""


def _stages(project: Project) -> list[str]:
    return [reference.id for reference in project.content.settings.stages]


def _scopes(scopes: Iterable[Scope]) -> str:
    return ", ".join(f"{scope.id} ({scope.label})" for scope in scopes)


def _told(project: Project, texts: Mapping[str, str]) -> list[str]:
    return [f"{'Changed' if path in project.texts else 'Wrote'} docs/{path}" for path in texts]

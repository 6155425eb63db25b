"""A clean article to a draft page: the inverse of `reading`, which proves every page that is written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

import yaml

from . import furniture, model
from .article import Article, Element, Refusal
from .cleaning import announces_questions
from .mdtext import escape, wrap
from .patterns import is_closed
from .reading import read
from .safety import MAX_FILE, unsafe
from .sentences import asks, split

WIDTH = 110  # columns of a page
DEEPEST = 6  # the deepest heading of Markdown
QUESTIONS = "Questions"
ESCAPED = ("publisher", "author")  # facts in somebody's own words
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")


def draft_of(article: Article, mark: int, prefix: str) -> model.Draft:
    """Make the draft of an article: a bullet for each sentence that asks something, with the reasons after it.

    `mark` is its number in the guide, and `prefix` starts the ids of its bullets.
    """
    english = article.facts.get("language", "en").startswith("en")
    count = 0
    sections: list[model.Section] = []
    for heading, level, elements in _sections(article.elements):
        parts: list[model.Part] = []
        for lead, body in _parts(elements, english=english):
            count += bool(lead)
            parts.append(model.Part(id=f"{prefix}-{count:02d}" if lead else "", lead=lead, body=body))
        if heading or parts:
            sections.append(model.Section(heading=heading, level=level, parts=tuple(parts)))
    return model.Draft(
        slug=f"article-{mark}",
        mark=str(mark),
        title=f"Article {mark}",
        recorded_title=article.title,
        facts=dict(_sound(article.facts)),
        left_out=tuple(_left_out(article)),
        sections=tuple(sections),
    )


def _sections(elements: Iterable[Element]) -> Iterator[tuple[str, int, list[Element]]]:
    """Gather the elements below their headings. A question heads its answer; a heading announces the questions."""
    heading, level = "", 1
    inside: list[Element] = []
    announced = 0  # the level of the heading that the questions stand below
    for element in elements:
        if element.kind not in {"heading", "question"}:
            inside.append(element)
            continue
        yield heading, level, inside
        inside = []
        if element.kind == "heading":
            announced = element.level if announces_questions(element.text) else 0
        elif not announced:
            announced = 2
            yield QUESTIONS, announced, []
        depth = element.level if element.kind == "heading" else announced + 1
        heading, level = element.text, min(depth, DEEPEST)
    yield heading, level, inside


def _parts(elements: Iterable[Element], *, english: bool) -> Iterator[tuple[str, str]]:
    """Turn paragraphs, lists and answers into leads and bodies; a paragraph that asks nothing has no lead.

    What follows a lead in its paragraph or its list is its body; a list item that is no sentence stands alone.
    """
    lead, before = "", ""
    body: list[str] = []
    for element in elements:
        goes_on = element.kind == before == "item"
        for position, sentence in enumerate(split(element.text)):
            answers = element.kind == "answer" and before != "answer" and position == 0
            asked = answers or (english and asks(sentence, listed=element.kind == "item"))
            alone = element.kind == "item" and not is_closed(sentence)
            if asked or alone or (position == 0 and not goes_on):
                if lead or body:
                    yield lead, " ".join(body)
                lead, body = (sentence, []) if asked else ("", [sentence])
            else:
                body.append(sentence)
        before = element.kind
    if lead or body:
        yield lead, " ".join(body)


def _sound(facts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The facts in the form that a source page may have them in; others are left out."""
    for key in ("publisher", "author", "published", "url", "language"):
        value = " ".join(facts.get(key, "").split())
        if key == "url" and not _is_safe(value):
            continue
        if key == "language" and not _TAG.fullmatch(value):
            continue
        if value:
            yield key, value


def _is_safe(address: str) -> bool:
    return address.startswith(("https://", "http://")) and not unsafe(f"[a]({address})", model.Span(""))


def _left_out(article: Article) -> Iterator[model.LeftOut]:
    """Say of each reason which lines were dropped for it."""
    lines: dict[str, list[int]] = defaultdict(list)
    for one in article.dropped:
        lines[one.reason].append(one.line)
    for reason, numbers in lines.items():
        yield model.LeftOut(f"{_ranges(sorted(set(numbers)), article.unit)}: {reason}", furniture.why(reason))


def _ranges(numbers: list[int], unit: str) -> str:
    """Say which lines, runs of them by their ends: `Lines 3, 9 and 474 to 510`."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    said = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    listed = " and ".join([", ".join(said[:-1]), said[-1]] if said[1:] else said)
    return f"{unit.capitalize()}{'' if len(numbers) == 1 else 's'} {listed}"


def write(draft: model.Draft) -> str:
    """Return the page of a draft. Raises `Refusal` where the page would not read back to the same draft."""
    facts = {key: escape(value) if key in ESCAPED else value for key, value in draft.facts.items()}
    matter: dict[str, object] = {"title": draft.title}
    matter |= {"recorded_title": escape(draft.recorded_title)} if draft.recorded_title else {}
    matter |= {"mark": int(draft.mark) if draft.mark.isdigit() else draft.mark, "draft": True, **facts}
    if draft.left_out:
        matter["left_out"] = [{"what": one.what, "why": one.why} for one in draft.left_out]
    head = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False, width=WIDTH)
    page = f"---\n{head}---\n\n{_body(draft)}"
    content, findings = read({f"sources/{draft.slug}.md": page.encode()})
    if len(page.encode()) > MAX_FILE or findings or content.drafts != (draft,):
        why = findings[0].message if findings else "It would not read back to the same text."
        raise Refusal(f"No page can hold it: {why} Take out what is odd, or save it as plain text.")
    return page


def _body(draft: model.Draft) -> str:
    blocks: list[str] = []
    for section in draft.sections:
        if section.heading:
            blocks.append(f"{'#' * section.level} {escape(section.heading)}")
        for listed, parts in groupby(section.parts, key=lambda part: bool(part.id)):
            if listed:
                blocks.append("\n".join(_bullet(part) for part in parts))
            else:
                blocks += [wrap(escape(part.body), width=WIDTH) for part in parts]
    return "\n\n".join(blocks) + "\n"


def _bullet(part: model.Part) -> str:
    text = f"**{escape(part.lead)}** {escape(part.body)}".strip()
    return wrap(text, first="- ", rest="  ", width=WIDTH) + f"\n  {{ #{part.id} }}"

"""Lines to an article: its title, sections and questions, and every line that is none of these, with the reason."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import furniture, layout
from .article import Article, Dropped, Element, Line, Refusal
from .bylines import about, copyright_of, find_date
from .diagnostics import counted
from .mdtext import normalised, plain
from .patterns import any_of
from .sentences import split

MAX_DROPPED = 0.5  # of an article's words; where more would go, it is no article or was not understood
FEWEST_WORDS = 20  # in an article
TITLE_WORDS = 20  # at most
SITE_WORDS = 4  # at most, in the name of a site behind a title
BEFORE_TITLE = ("another script", "running head, repeated")
AFTER_TITLE = {"picture credit", "teaser", "contents with page numbers"}  # a title may look like these
MENU = {"another script", "breadcrumbs", "navigation", "head of a message"}
ABOVE_TITLE = "above the title"
PROSE_WORDS = 12  # at least, in a paragraph that shows that the text has begun
EMPTY_SECTION = "heading of what was left out"
TITLE_AGAIN = "title again"
_SITE = re.compile(r"\s+(?:\||[-–—]|::|»|·)\s+(?P<site>[^|»·]{2,60})$")
_FAQS = any_of(r"""
    faqs?|f\.a\.q\.?|frequently asked|q ?(?:&|and) ?a|people also ask|questions
    # German, Spanish, Italian, Dutch
    fragen|preguntas|domande|vragen
""")
_FAQ = re.compile(rf"\b{_FAQS}\b", re.IGNORECASE)
_PLACED = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Aside:
    """What has been taken out of the article so far: the lines, and the facts that they state of it."""

    dropped: list[Dropped]
    facts: dict[str, str]

    def without(self, elements: Sequence[Element], found: dict[int, str]) -> list[Element]:
        """Take the elements at the positions found, each with its reason, and return the others."""
        for position, reason in sorted(found.items()):
            element = elements[position]
            text = f"{element.label} {element.text}".strip()
            self.dropped.extend(
                Dropped(line, text if line == element.lines[0] else "", reason) for line in element.lines
            )
            for key, value in _stated(element.text, reason).items():
                self.facts.setdefault(key, value)
        return [element for position, element in enumerate(elements) if position not in found]


def _stated(text: str, reason: str) -> dict[str, str]:
    """What a line that is dropped says of the article; of one that is no byline, its date can still be read."""
    if reason in {"another script", "head of a message"} and (day := find_date(text)):
        return {"published": day}
    return about(text) or copyright_of(text) or {}


def clean(lines: Sequence[Line], known: dict[str, str]) -> Article:
    """Find the article in the lines. `known` is what the file's own records say of it, `title` among it.

    Raises `Refusal` where there is no article, or where too much of it would be dropped.
    """
    aside = Aside(
        dropped=[Dropped(line.number, line.text.strip(), line.dropped) for line in lines if line.dropped],
        facts={key: value for key, value in known.items() if key != "title"},
    )
    elements = layout.elements([line for line in lines if not line.dropped])
    _state_what_stands_above(lines, aside.facts)
    found = furniture.find(
        elements, (*BEFORE_TITLE, *(rule for rule in furniture.LINE_RULES if rule not in AFTER_TITLE))
    )
    above = _above_menu(elements, found)
    dates = [find_date(elements[place].text) for place in above]  # the head of a page may say it amid its menu
    elements = aside.without(elements, above | found)
    if "published" not in aside.facts and (day := next(filter(None, dates), "")):
        aside.facts["published"] = day
    title, elements = _title(elements, known.get("title", ""), aside)
    elements = aside.without(elements, furniture.find(elements))
    elements = aside.without(elements, _about_author(elements, aside.facts.get("author", "")))
    elements = aside.without(elements, _headless(elements, aside.dropped))
    elements = _asked(layout.ranked(elements))
    unit = "block" if any(line.role for line in lines) else "line"
    article = Article(
        title=title, unit=unit, facts=aside.facts, elements=tuple(elements), dropped=tuple(sorted(aside.dropped))
    )
    _refuse_loss(article, lines)
    return article


def _state_what_stands_above(lines: Sequence[Line], facts: dict[str, str]) -> None:
    """Take the date and the author from what a page sets above its text and the markup leaves out."""
    kept = (place for place, line in enumerate(lines) if not line.dropped and len(line.text.split()) >= PROSE_WORDS)
    for line in lines[: next(kept, 0)]:
        if line.dropped:
            for key, value in (about(line.text) or {}).items():
                facts.setdefault(key, value)


def _title(elements: Sequence[Element], recorded: str, aside: Aside) -> tuple[str, list[Element]]:
    """Find the title: a heading before all text, else what the file records; and drop where it stands again."""
    above = _above_title(elements)
    rest = aside.without(elements, dict.fromkeys(range(above), ABOVE_TITLE))
    title = recorded
    if rest and _is_title(rest, recorded):
        title = rest.pop(0).text or recorded
    title = _without_site(title, aside.facts)
    if not title:
        return title, rest
    again = {position: TITLE_AGAIN for position, element in enumerate(rest) if _is_again(element, title)}
    for position in again:
        title = _shorter(title, rest[position].text, aside.facts)
    return title, aside.without(rest, again)


def _above_menu(elements: Sequence[Element], found: dict[int, str]) -> dict[int, str]:
    """The lines above and amid the menu of a page, where a title follows it before the text begins."""
    text = next((place for place, one in enumerate(elements) if _is_prose(one) and place not in found), len(elements))
    heads = [place for place in range(text) if elements[place].kind == "heading" and place not in found]
    menu = max((place for place in range(max(heads, default=0)) if found.get(place) in MENU), default=0)
    return dict.fromkeys(range(menu), ABOVE_TITLE)


def _is_prose(element: Element) -> bool:
    return element.kind == "paragraph" and len(element.text.split()) >= PROSE_WORDS and element.text[-1:] in {*'.!?”"'}


def _above_title(elements: Sequence[Element]) -> int:
    """How many short lines, none of them a sentence, stand above the only heading of the highest level."""
    marks = Counter(element.style for element in elements if element.style.startswith("heading-"))
    highest = min(marks, default="")
    if highest not in {"heading-0", "heading-1"} or marks[highest] > 1:
        return 0
    place = next(place for place, element in enumerate(elements) if element.style == highest)
    short = all(len(one.text.split()) <= TITLE_WORDS and not one.text.endswith(".") for one in elements[:place])
    return place if short else 0


def _is_title(elements: Sequence[Element], recorded: str) -> bool:
    """Whether the first element is the title: of several headings with its mark, only the one that the page records."""
    first = elements[0]
    if first.kind != "heading" or first.label:
        return False
    alike = sum(element.style == first.style for element in elements if element.kind == "heading")
    return not first.style.startswith("heading-") or alike == 1 or bool(recorded and _same(first.text, recorded))


def _is_again(element: Element, title: str) -> bool:
    return len(element.text.split()) <= TITLE_WORDS and element.kind != "item" and _same(element.text, title)


def _without_site(title: str, facts: dict[str, str]) -> str:
    """Take a short name behind a bar off the title: that of the site, and so the publisher."""
    name, bar, site = title.rpartition(" | ")
    if not bar or len(site.split()) > min(SITE_WORDS, len(name.split()) - 1):
        return title
    facts.setdefault("publisher", site)
    return name


def _shorter(title: str, again: str, facts: dict[str, str]) -> str:
    """Return the shorter of two forms of a title; what the longer one has behind it is the publisher's name."""
    shorter, longer = sorted((title, again), key=len)
    if len(shorter) < len(longer) and (site := _SITE.search(longer)):
        facts.setdefault("publisher", site["site"])
    return shorter


def _same(one: str, other: str) -> bool:
    """Whether two lines are one title, perhaps with the site's name behind it."""
    first, second = sorted((normalised(one), normalised(other)), key=len)
    if first == second:
        return True
    longer = max(one, other, key=len)
    site = _SITE.search(longer)
    return site is not None and normalised(longer[: site.start()]) == first


def _following(elements: Sequence[Element], position: int) -> Element | None:
    """The element after the position; None at the end."""
    return elements[position + 1] if position + 1 < len(elements) else None


def _about_author(elements: Sequence[Element], author: str) -> dict[int, str]:
    """The paragraphs near the end that begin with the author's name: they tell of the author."""
    last = range(len(elements) * 2 // 3, len(elements))
    return {
        place: "note about the author"
        for place in last
        if author and elements[place].kind == "paragraph" and elements[place].text.startswith(f"{author} ")
    }


def _headless(elements: Sequence[Element], dropped: Sequence[Dropped]) -> dict[int, str]:
    """The headings that have nothing left to head because it was dropped."""
    gone = {one.line for one in dropped}
    found = {}
    for position, element in enumerate(elements):
        following = _following(elements, position)
        ends = following is None or (following.kind == "heading" and following.style == element.style)
        until = following.lines[0] if following else max(gone, default=0) + 1
        if element.kind == "heading" and ends and any(element.lines[-1] < line < until for line in gone):
            found[position] = EMPTY_SECTION
    return found


def announces_questions(heading: str) -> bool:
    """Whether questions with their answers stand below such a heading."""
    return _FAQ.search(heading) is not None


def _asked(elements: Sequence[Element]) -> list[Element]:
    """Tell questions and answers: by their marks, and below a heading that announces questions by their form."""
    found: list[Element] = []
    announced = answering = False
    for position, element in enumerate(elements):
        kind = element.kind
        asks = announced and _asks(element, _following(elements, position))
        if asks and (kind == "heading" or (kind in {"paragraph", "item"} and _is_one(element.text))):
            kind = "question"
        elif kind == "heading":
            announced = announces_questions(element.text)
        elif answering and kind in {"paragraph", "item"}:
            kind = "answer"
        elif kind == "answer" and not answering:
            kind = "paragraph"  # without a question an answer's mark is something else
        answering = kind in {"question", "answer"}
        found.append(replace(element, kind=kind, level=0 if answering else element.level))
    return found


def _asks(element: Element, following: Element | None) -> bool:
    """Whether the element has the form of a question with an answer below it."""
    answered = following is not None and following.kind != "heading" and not following.text.endswith("?")
    return answered and element.text.endswith("?")


def _is_one(text: str) -> bool:
    """Whether the text is one question and nothing beside it."""
    return len(list(split(text))) == 1


def _refuse_loss(article: Article, lines: Sequence[Line]) -> None:
    """Refuse a file of which too little is left; and prove that every word of it was kept or dropped by name."""
    # What the markup says is none of the article does not count as lost.
    came = sum(len(_PLACED.findall(plain(line.text))) for line in lines if not line.dropped)
    left = sum(len(element.text.split()) for element in article.elements)
    if came < FEWEST_WORDS:
        raise Refusal(f"It holds no article text: it has {counted(came, 'word')} in all.")
    if left < FEWEST_WORDS:
        raise Refusal("It holds no article text: nothing is left beside menus, forms and captions.")
    if came - left > MAX_DROPPED * came:
        reasons = Counter(one.reason for one in article.dropped).most_common(2)
        most = " and ".join(reason for reason, _ in reasons)
        told = f" ({most})" if most else ""
        raise Refusal(f"More than half of it would be dropped{told}. Save the article alone, as text.")
    lost = _unplaced(article, lines)
    if lost:
        raise Refusal(f"Line {lost[0]} would vanish unnamed. Please report this file as a fault of the import.")


def _unplaced(article: Article, lines: Sequence[Line]) -> list[int]:
    """The lines with words that are neither kept nor dropped, word for word."""
    whole = {line.number: _letters(plain(line.text)) for line in lines if not layout.RULE.match(line.text)}
    named = {one.line for one in article.dropped}
    kept = defaultdict[tuple[int, ...], str](str)
    for element in article.elements:
        kept[element.lines] += _letters(f"{element.label} {element.text}")
    for numbers, words in kept.items():
        if words == "".join(whole[number] for number in numbers):
            named |= set(numbers)
    title = _letters(article.title)
    return [
        number
        for number, words in whole.items()
        if words and number not in named and not (title and words.startswith(title))
    ]


def _letters(text: str) -> str:
    """The text without white space and signs, which the steps above may change."""
    return "".join(_PLACED.findall(text))

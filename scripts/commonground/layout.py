"""Lines to elements: which are headings, items, questions and paragraphs, by how they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise

from .article import BROKEN, Element, Line
from .furniture import announces_others, is_furniture
from .mdtext import plain
from .patterns import ends_sentence, is_closed

HEADING_WORDS = 14  # at most; the longest heading of the first five articles has 9
HEADING_LENGTH = 110  # characters at most
DENSE = 0.05  # fewer blank lines than this share of all: blank lines tell nothing there
WRAPPED_WIDTH = range(40, 131)  # columns at which people and programs break lines
WRAPPED_SHARE = 0.8  # of a paragraph's lines end where the next word would have gone over the edge
VERSE_LINES = 3  # at least
VERSE_WIDTH = 72  # columns at most
VERSE_MEAN = 45  # columns at most of its lines on average, where they do not start with capitals
VERSE_OPEN = 0.5  # of its lines but the last at least end in the middle of a sentence
PROSE_WORDS = 12  # at least, in the first lines of running text
PROSE_WIDTH = 35  # columns at least, of the first of them
LONGEST_ACRONYM = 4  # letters: FAQ is not shouted
COLON_WORDS = 7  # at most, of a heading that ends with a colon
LETTERS = "ABCDEFGHJKLMNOPQRSTU"  # that stand before headings; I and V are numerals
MANY_DASHES = 2  # a single line that starts with a dash is speech

RULE = re.compile(r"^\s*(?:[-_*=~#.•·—–] ?){3,}\s*$|^\s*(?:`{3}|~{3})\w*\s*$")
_HASH = re.compile(r"^ {0,3}(?P<marks>#{1,6})\s+(?P<text>.*?)\s*#*$")
_UNDERLINE = re.compile(r"^\s*(?:(?P<one>={3,})|-{3,})\s*$")
_BOLD = re.compile(r"^\s*(?P<marks>\*\*|__)(?P<text>(?:(?!\*\*|__).)+)(?P=marks)\s*(?P<end>[:.]?)\s*$")
_BULLET = re.compile(
    r"^(?P<label>[-*+•‣◦▪●○·–—»➢➤✓✔☐☑►▶❖o]|\[[ xX]\]|[-*] \[[ xX]\]|\([a-z]\)|[a-z]\))\s+(?P<text>\S.*)$"
)
_STARRED = re.compile(r"^\s*(?P<marks>[*=~#_•·-])(?P=marks)+\s+(?P<text>\S.*?)\s+(?P=marks){2,}\s*$")
_COUNTED = re.compile(r"^(?P<label>\d{1,2}|[A-HJ-UWYZ][.)])\s+(?P<text>[A-Z].*)$")
_NUMBER = re.compile(  # "1." and "(1)", "1.2", "#1", "1 -"
    r"^(?P<label>\(?\d{1,3}[.):]|\d{1,2}(?:\.\d{1,2})+[.)]?|#\d{1,3}[.:)]?|\d{1,2} [-–—])\s+(?P<text>\S.*)$"
)
_ROMAN = re.compile(r"^(?P<label>(?=[IVXLC])X{0,3}(?:IX|IV|V?I{0,3})[.)])\s+(?P<text>\S.*)$")
_QUESTION = r"(?:Q|Question|Frage|Pregunta|Domanda|Vraag|Pergunta)"
_ANSWER = r"(?:A|Answer|Ans|Antwort|Réponse|R|Respuesta|Risposta|Antwoord|Resposta)"
_ASKED = re.compile(rf"^(?P<label>{_QUESTION} ?\d{{0,3}} ?[.:)]|Q ?[-–—])\s+(?P<text>\S.*)$", re.IGNORECASE)
_ANSWERED = re.compile(rf"^(?P<label>{_ANSWER} ?\d{{0,3}} ?[.:)]|A ?[-–—])\s+(?P<text>\S.*)$", re.IGNORECASE)
_BOTH = re.compile(rf"^(?P<question>.*?\?)\s+(?P<answer>{_ANSWER} ?[.:]\s.*)$", re.IGNORECASE)
_ANY = re.compile(r"\w")
_CAPITAL = re.compile(r"^['\"“‘(\[¿¡]*[A-Z0-9À-ÞА-Я]")
_KINDS = {"asked": "question", "answered": "answer", "apart": "paragraph"}  # of rows to elements; others keep theirs


@dataclass(frozen=True)
class Row:
    """A line that holds text, with what its look says. `above` and `below` tell of blank lines next to it.

    `parted`: what stands right below it is no text of the article.
    """

    line: Line
    text: str
    kind: str = ""
    label: str = ""
    style: str = ""
    indent: int = 0
    above: bool = True
    below: bool = True
    parted: bool = False


@dataclass(frozen=True)
class Habits:
    """What the lines do throughout, without which a mark of one of them may mean something else.

    `dense`: they have hardly a blank line between them. `asks`: a mark such as `Q:` stands before questions, so that
    `A.` stands before answers. `no_marks`: signs that stand before one line alone, so that they are no items' marks.
    `counts`: a bare number stands before headings. `announces`: a colon stands behind them.
    """

    dense: bool = False
    asks: bool = False
    counts: bool = False
    announces: bool = False
    no_marks: frozenset[str] = frozenset()


_OF_MARKUP = Habits(asks=True)  # where the markup says what an item is, an `A.` in a paragraph is an answer


def elements(lines: Sequence[Line]) -> list[Element]:
    """Tell headings, items, questions, answers, verse and paragraphs apart, in order.

    Levels are those of the marks alone; `ranked` makes one order of them. Rules, fences and underlines are passed over.
    """
    rows = _set_apart(list(_rows(lines)))
    decided = [_decided(rows, index, _CAPITAL) for index in range(len(rows))]
    if not any(row.kind == "heading" for row in decided):
        decided = [_decided(rows, index, _ANY) for index in range(len(rows))]
    return [element for run in _runs(decided) for element in _from_run(run)]


def _rows(lines: Sequence[Line]) -> Iterator[Row]:
    """Read what stands at the start of each line that holds text; a line with a role has said it already."""
    blank = [not line.text.strip() or bool(RULE.match(line.text)) for line in lines]
    habits = _habits(lines, blank)
    for index, line in enumerate(lines):
        if blank[index]:
            continue
        last = index + 1 == len(lines)
        row = Row(
            line,
            plain(line.text).strip(),
            indent=len(line.text) - len(line.text.lstrip()),
            above=index == 0 or blank[index - 1] or bool(line.role),
            below=last or blank[index + 1] or bool(line.role),
        )
        yield _told(row, None if last else _UNDERLINE.match(lines[index + 1].text), habits)


def _set_apart(rows: Sequence[Row]) -> list[Row]:
    """Let the lines above the text, and those next to what is no part of it, stand as if blank lines were between."""
    head = _first_prose(rows)
    apart = [row.kind == "apart" or index < head for index, row in enumerate(rows)]
    near = [False, *apart, False]
    return [
        replace(
            row,
            above=row.above or near[index] or apart[index],
            below=row.below or near[index + 2] or apart[index],
            parted=near[index + 2] or apart[index],
        )
        for index, row in enumerate(rows)
    ]


def _first_prose(rows: Sequence[Row]) -> int:
    """The index of the row where running text begins: a few lines that follow one another and end a sentence."""
    start = 0
    for index, row in enumerate(rows):
        goes_on = index > start and rows[index - 1].line.number + 1 == row.line.number and not row.line.role
        if row.kind or not goes_on:
            start = index
        words = sum(len(one.text.split()) for one in rows[start : index + 1])
        if not row.kind and words >= PROSE_WORDS and is_closed(row.text) and len(rows[start].text) >= PROSE_WIDTH:
            return start
    return 0


def _habits(lines: Sequence[Line], blank: Sequence[bool]) -> Habits:
    until = max((index for index, empty in enumerate(blank) if not empty), default=0)
    return Habits(
        dense=sum(blank[:until]) <= until * DENSE,
        asks=any(_ASKED.match(plain(line.text).strip()) for line in lines),
        counts=_count_up(lines, blank),
        announces=sum(_is_announcement(lines, blank, index) for index in range(len(lines))) > 1,
        no_marks=frozenset(
            mark for mark in "–—o" if sum(line.text.lstrip().startswith(f"{mark} ") for line in lines) < MANY_DASHES
        ),
    )


def _count_up(lines: Sequence[Line], blank: Sequence[bool]) -> bool:
    """Whether short lines that stand alone begin with 1, 2, 3 and nothing behind the number, or with A., B., C."""
    found = [
        match["label"].rstrip(".)")
        for index, line in enumerate(lines)
        if _is_alone(blank, index) and (match := _COUNTED.match(line.text.strip())) and _is_short(line.text)
    ]
    up = (str(number) for number in count(1)) if found and found[0].isdigit() else iter(LETTERS)
    return len(found) > 1 and all(label == expected for label, expected in zip(found, up, strict=False))


def _is_alone(blank: Sequence[bool], index: int) -> bool:
    return (index == 0 or blank[index - 1]) and (index + 1 == len(blank) or blank[index + 1])


def _is_announcement(lines: Sequence[Line], blank: Sequence[bool], index: int) -> bool:
    """Whether a few words with a colon stand alone above a paragraph."""
    text = lines[index].text.strip()
    below = next((line.text for line in lines[index + 1 : index + 3] if line.text.strip()), "")
    few = text.endswith(":") and len(text.split()) <= COLON_WORDS and _is_alone(blank, index)
    return few and bool(_CAPITAL.match(text)) and len(below) > HEADING_LENGTH // 2 and not _BULLET.match(below.strip())


def _told(row: Row, underline: re.Match[str] | None, habits: Habits) -> Row:
    """Say what the line by itself tells, by its role, its underline, its words or its mark."""
    if row.line.role:
        return _by_role(row)
    if underline and row.above and len(row.text) <= HEADING_LENGTH:
        return replace(row, kind="heading", style=f"heading-{1 if underline['one'] else 2}")
    if is_furniture(row.text) or announces_others(row.text):
        return replace(row, kind="apart")
    spaced = replace(row, above=row.above or habits.dense, below=row.below or habits.dense)
    return _by_mark(spaced, row.line.text, habits)


def _by_role(row: Row) -> Row:
    """Say what the page calls the line; marks within a paragraph may still tell a question or an answer."""
    role = row.line.role
    if role.startswith("heading"):
        return _unnumbered(replace(row, kind="heading", style=role))
    if role == "bold" and _is_short(row.text):
        if row.text.endswith("?"):
            asked = _ASKED.match(row.text)
            bare = replace(row, text=asked["text"], label=asked["label"]) if asked else row
            return replace(bare, kind="question")
        return _unnumbered(replace(row, kind="bold", style="bold"))
    if role.startswith("item"):
        return replace(row, kind="item", style=role)
    marked = _by_mark(row, row.text, _OF_MARKUP)
    if marked.kind in {"asked", "answered"}:
        return marked
    return replace(row, kind="question") if role == "question" else row


def _unnumbered(row: Row) -> Row:
    """Take the number off a heading."""
    match = _NUMBER.match(row.text) or _ROMAN.match(row.text)
    return replace(row, text=match["text"], label=match["label"]) if match else row


def _by_mark(row: Row, text: str, habits: Habits) -> Row:
    """Say what the first characters of the text, with its marks of emphasis, make of the row."""
    words = plain(text).strip()
    headed = _headed(row, text, words)
    if headed:
        return headed
    if match := _ASKED.match(words):
        return replace(row, kind="asked", text=match["text"], label=match["label"])
    if habits.asks and (match := _ANSWERED.match(words)):
        return replace(row, kind="answered", text=match["text"], label=match["label"])
    for kind, pattern in (("numbered", _NUMBER), ("roman", _ROMAN), ("item", _BULLET)):
        match = pattern.match(text.strip())
        if match and match["label"] not in habits.no_marks:
            return replace(row, kind=kind, text=plain(match["text"]).strip(), label=match["label"])
    return _by_habit(row, words, habits) if row.above and row.below else row


def _headed(row: Row, text: str, words: str) -> Row | None:
    """A heading by its hashes or stars, or bold words that `_decided` has yet to judge; None where it has none."""
    if hashes := _HASH.match(text):
        inner = plain(hashes["text"]).strip()
        return _unnumbered(replace(row, kind="heading", style=f"heading-{len(hashes['marks'])}", text=inner))
    if starred := _STARRED.match(text):
        return _unnumbered(replace(row, kind="heading", style="starred", text=plain(starred["text"]).strip()))
    bold = _BOLD.match(text)
    if bold and _is_short(bold["text"]) and not _ASKED.match(words):
        return _unnumbered(replace(row, kind="bold", style="bold", text=words))
    return None


def _by_habit(row: Row, words: str, habits: Habits) -> Row:
    """Say what a line that stands alone is in a text whose headings look like that."""
    counted = _COUNTED.match(words) if habits.counts and _is_short(words) else None
    if counted:
        return replace(row, kind="numbered", text=counted["text"], label=counted["label"])
    announces = habits.announces and words.endswith(":") and len(words.split()) <= COLON_WORDS
    return replace(row, kind="announced") if announces else row


def _is_short(text: str) -> bool:
    return len(text.split()) <= HEADING_WORDS and len(text) <= HEADING_LENGTH


def _decided(rows: Sequence[Row], index: int, start: re.Pattern[str]) -> Row:
    """Decide whether a numbered, bold or bare row is a heading, by the rows around it."""
    row = rows[index]
    before = rows[index - 1] if index else None
    after = rows[index + 1] if index + 1 < len(rows) else None
    if row.kind in {"numbered", "roman"}:
        return _numbered(row, before, after)
    if row.kind == "announced":
        text = after is not None and after.kind == "" and len(after.text) > HEADING_LENGTH // 2
        heads = text or (after is not None and after.kind == "item")
        return replace(row, kind="heading", style="bare", text=row.text[:-1]) if heads else replace(row, kind="")
    if row.kind == "bold":
        return replace(row, kind="heading", text=row.text.rstrip(":. ")) if row.above else replace(row, kind="")
    marked = row.kind or row.line.role
    if marked or after is None or not _is_short(row.text) or _ends(row.text) or not start.match(row.text):
        return row
    return replace(row, kind="heading", style=_bare_style(row.text)) if _stands_alone(row, before, after) else row


def _numbered(row: Row, before: Row | None, after: Row | None) -> Row:
    """A heading where it is a short label with text below it, else an item of a list."""
    depth = row.label.rstrip(".").count(".")  # of 2.1 it is one
    same = after is not None and after.kind == row.kind and after.label.rstrip(".").count(".") == depth
    listed = same or (before and _follows(row, before))
    if after is None or listed or not _is_short(row.text) or ends_sentence(row.text):
        return replace(row, kind="item")
    return replace(row, kind="heading", style=f"{row.kind}-{depth}" if depth else row.kind)


def _follows(row: Row, before: Row) -> bool:
    """Whether the row goes on a list: right below an item, or next to it in number."""
    if before.kind != row.kind:
        return False
    numbers = [int(digits[0]) if (digits := re.findall(r"\d+", one.label)) else 0 for one in (before, row)]
    return before.line.number + 1 == row.line.number or (row.kind == "numbered" and numbers[0] + 1 == numbers[1])


def _ends(text: str) -> bool:
    """Whether the text ends as a sentence or an announcement does; headings may ask and exclaim."""
    return ends_sentence(text) or text.endswith(":")


def _bare_style(text: str) -> str:
    shouted = text.upper() == text and any(letter.isalpha() for letter in text)
    return "capitals" if shouted and (" " in text or len(text) > LONGEST_ACRONYM) else "bare"


def _stands_alone(row: Row, before: Row | None, after: Row) -> bool:
    """Whether a bare row is a heading: apart from the text before it, and shorter than what comes."""
    if not row.above:
        return False
    if before and before.kind == "" and not before.below and not is_closed(before.text):
        return False
    if row.line.number + 1 < after.line.number or row.parted:
        return True
    longer = len(after.text) > len(row.text) or after.kind != ""
    ends = is_closed(after.text) or after.kind == "item"
    return longer and ends and _CAPITAL.match(after.text) is not None


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Group the rows that follow one another with no blank line and no mark between them."""
    run: list[Row] = []
    for row in rows:
        if run and not _goes_on(run, row):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _goes_on(run: Sequence[Row], row: Row) -> bool:
    """Whether the row belongs to the run: right below it, unmarked, and where that is an item, not a new paragraph."""
    last = run[-1]
    adjacent = last.line.number + 1 == row.line.number and not last.parted
    if row.kind or row.line.role not in {"", BROKEN} or not adjacent:
        return False
    if run[0].kind in {"item", "answered", "asked"}:
        return row.indent > run[0].indent or not is_closed(last.text) or row.text[:1].islower()
    return run[0].kind == ""


def _from_run(run: Sequence[Row]) -> Iterator[Element]:
    first = run[0]
    both = _BOTH.match(first.text) if first.kind == "asked" else None
    if both:
        yield from _question_with_answer(run, both)
    elif first.kind:
        yield _marked(run)
    elif _is_verse(run):
        yield from (Element("verse", row.text, (row.line.number,)) for row in run)
    else:
        for part in _paragraphs(run):
            yield Element("paragraph", _joined([row.text for row in part]), _numbers(part))


def _numbers(rows: Sequence[Row]) -> tuple[int, ...]:
    return tuple(row.line.number for row in rows)


def _question_with_answer(run: Sequence[Row], both: re.Match[str]) -> Iterator[Element]:
    """A question whose answer starts on its own line, and may go on below it."""
    yield Element("question", both["question"], _numbers(run[:1]), label=run[0].label)
    if answer := _ANSWERED.match(both["answer"]):
        text = " ".join([answer["text"], *(row.text for row in run[1:])])
        yield Element("answer", text, _numbers(run), label=answer["label"])


def _marked(run: Sequence[Row]) -> Element:
    """One element of all the rows; the first says of which kind."""
    first = run[0]
    level = 0
    if first.kind == "item":
        level = int(first.style[-1]) if first.style else 1 + first.indent
    kind = _KINDS.get(first.kind, first.kind)
    return Element(kind, " ".join(row.text for row in run), _numbers(run), level, first.style, first.label)


def _is_verse(run: Sequence[Row]) -> bool:
    """Whether the lines are broken for their sound: short, each with a capital, most without a full stop."""
    texts = [row.text for row in run]
    if len(run) < VERSE_LINES or max(map(len, texts)) > VERSE_WIDTH or _is_wrapped(texts):
        return False
    capitals = all(_CAPITAL.match(text.lstrip("‘'’")) for text in texts)
    opened = sum(not re.search(r"[.!?:]['\"”’]?$", text) for text in texts[:-1])
    short = capitals or sum(map(len, texts)) <= VERSE_MEAN * len(texts)
    return short and opened >= (len(texts) - 1) * VERSE_OPEN


def _is_wrapped(texts: Sequence[str]) -> bool:
    """Whether the lines are broken where the next word would have gone over the edge."""
    width = max(map(len, texts))
    if width not in WRAPPED_WIDTH:
        return False
    full = sum(len(text) + 1 + len(following.split()[0]) > width for text, following in pairwise(texts))
    return full >= (len(texts) - 1) * WRAPPED_SHARE


def _paragraphs(run: Sequence[Row]) -> Iterator[list[Row]]:
    """Part the run into paragraphs: one where its lines are wrapped, else one for each line that ends a sentence."""
    texts = [row.text for row in run]
    if len(run) > 1 and _is_wrapped(texts):
        yield list(run)
        return
    part: list[Row] = []
    for row in run:
        if part and is_closed(part[-1].text) and _CAPITAL.match(row.text):
            yield part
            part = []
        part.append(row)
    yield part


def _joined(texts: Sequence[str]) -> str:
    """Join wrapped lines; a word that was parted at its hyphen keeps it."""
    return re.sub(r"(?<=\w-) (?=[a-z])", "", " ".join(texts)) if len(texts) > 1 else texts[0]


def ranked(found: Sequence[Element]) -> list[Element]:
    """Give headings their levels, from 2: those of marks that number them, then other marks as they first appear."""
    styles = list(dict.fromkeys(element.style for element in found if element.kind == "heading"))
    marked = sorted(style for style in styles if style.startswith("heading-"))
    order = [*marked, *(style for style in styles if style not in marked)]
    depths = sorted({element.level for element in found if element.kind == "item"})

    def level(element: Element) -> int:
        if element.kind == "heading":
            return 2 + order.index(element.style)
        return 1 + depths.index(element.level) if element.kind == "item" else element.level

    return [replace(element, level=level(element)) for element in found]

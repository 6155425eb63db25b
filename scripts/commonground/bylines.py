"""What an article's own lines say of it: its date, its author, its publisher."""

from __future__ import annotations

import re
from calendar import monthrange

from .languages import months
from .patterns import any_of

_MONTH = r"[^\W\d_]{3,12}\.?"  # a word; whether it is a month is decided where it is parsed
_DAY = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_DATE = re.compile(
    r"(?<!\w)(?:"
    r"(?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:T[\d:.+Z-]+)?"
    r"|(?P<cjk>\d{4}年\d{1,2}月\d{1,2}日)"
    r"|(?P<digits>\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"
    rf"|(?P<words>{_DAY} (?:of |de )?{_MONTH},? (?:de )?\d{{4}}|{_MONTH} {_DAY},? \d{{4}})"
    r")(?!\w)"
)
_RELATIVE = re.compile(
    r"\b(?:\d+|an?|one|two|three) (?:minute|hour|day|week|month|year)s? ago\b|\byesterday\b", re.IGNORECASE
)
_CLOCK = re.compile(
    r"\b(?:at )?\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: (?:GMT|UTC|BST|CET|EST|EDT|PST|PDT))?", re.IGNORECASE
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b,?", re.IGNORECASE)
_READING_TIME = re.compile(  # "Reading time: 5 to 7 minutes", "5-min read"
    r"\b(?:(?:estimated )?reading time:? *)?(?:about )?"
    r"\d+(?:-| )?(?:to \d+ )?min(?:ute)?s?\.?(?:(?:[- ]| to )read(?:ing)?(?: time)?)?\b"
    r"(?=$| ?[|·•,)])",
    re.IGNORECASE,
)
_DONE = any_of(r"""
    (?:first |originally |last )?(?:published|posted|updated|modified|reviewed|edited|revised|written|created)
    publication date|release date|date|updated?
    # French, German, Spanish, Italian, Dutch
    publié|mis à jour
    veröffentlicht|aktualisiert|erschienen
    publicado|actualizado
    pubblicato|aggiornato
    gepubliceerd
""")
_SAID = re.compile(rf"\b{_DONE}\b(?: on| at| le| am| el| il| op)?:?", re.IGNORECASE)
_PARTICLES = r"(?:(?:van|von|de|der|den|la|and|und|&) )*"
_PERSON = rf"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?[A-Z][\w.'’-]*(?:,? {_PARTICLES}[A-Z][\w.'’-]*){{0,6}}"
_WORK = "[Ww]ords|[Tt]ext|[Ss]tory|[Aa]rticle|[Ww]ritten|[Pp]osted|[Rr]eviewed|[Ee]dited|WORDS|TEXT|WRITTEN"
_AUTHOR = re.compile(  # in the case that people write it in, for a name is told by its capitals
    rf"^(?:(?:{_WORK})? ?(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or)[: ] ?|[Aa]uthors?: ?|AUTHOR: ?)(?P<name>{_PERSON})$"
)
_PUBLISHER = re.compile(
    r"^(?:(?i:source|publisher|published by): ?|(?i:published (?:by|in|at)|originally published (?:on|in|at|by)) "
    r"(?=[A-Z]))(?P<name>[^.!?]{2,60})$"
)
_COPYRIGHT = re.compile(
    r"^(?:©|\(c\)(?= ?\d{4})|copyright)[ ©]*(?:\(c\) ?)?(?:\d{4})?(?:[-–]\d{4})?(?: by)? ?"
    r"(?P<name>[^.|]*?)(?: \d{4})?(?=[.|]|$)",
    re.IGNORECASE,
)
_NICKNAME = re.compile(r"(?:post(?:ed)? |written )?by (?P<name>[\w.-]{2,30})", re.IGNORECASE)
_RIGHTS = re.compile(r"\W*all rights reserved.*", re.IGNORECASE)
_ABOUT_PAGE = re.compile(
    r"(?:in|filed under|category:?|under) [\w &,'’-]{2,40}|\d+ (?:comments?|views?|shares?)", re.IGNORECASE
)
_SEPARATOR = re.compile(r" *[|·•/] *| +[–—-] +|, *(?=\d+ min)|,(?= *$)| (?=(?:in|under) [A-Z])")
_FILLER = re.compile(r"on|at|in|the|by|read|le|el|il|am|den|vom", re.IGNORECASE)
_AROUND = re.compile(r"^(?:on|at|in|le|am)\b\W*|\W*\b(?:on|at|in|le|am)$", re.IGNORECASE)
_LATER = re.compile(r"\b(?:updat|modif|review|revis)\w*\W*(?:on)?\W*$", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b| of\b")
_ASIDE_WORDS = 3  # at most, between a name and a date
_MOST_WORDS = 24
_MOST_LENGTH = 250  # characters  # of a line that only says when and by whom an article is
MONTHS = 12


def find_date(text: str) -> str:
    """Return the first date in the text as YYYY-MM-DD; empty where there is none, or where it has two readings."""
    match = _DATE.search(text)
    return _read(match) if match else ""


def _read(match: re.Match[str]) -> str:
    """Return the date that was matched, or nothing where it is none or where it has two readings."""
    if match["words"]:
        return _in_words(match["words"])
    numbers = [int(number) for number in re.findall(r"\d+", match["iso"] or match["cjk"] or match["digits"])]
    if match["digits"]:
        numbers.reverse()
        dotted = "." in match["digits"]  # only where the day comes first
        if not dotted and max(numbers[1:]) <= MONTHS and numbers[1] != numbers[2]:
            return ""  # 03/04/2024: March or April, as the reader's country has it
        if numbers[1] > MONTHS:
            numbers[1:] = [numbers[2], numbers[1]]
    return _iso(*numbers)


def _iso(year: int, month: int, day: int) -> str:
    sound = 1 <= month <= MONTHS and 1 <= day <= monthrange(year, month)[1]
    return f"{year:04}-{month:02}-{day:02}" if sound and year else ""


def _in_words(text: str) -> str:
    """Read a date with its month as a word."""
    words = re.findall(r"[^\W\d_]{3,}", _ORDINAL.sub("", text))
    month = next((months()[word.casefold()] for word in words if word.casefold() in months()), 0)
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    return _iso(max(numbers), month, min(numbers)) if month else ""


def about(text: str) -> dict[str, str] | None:
    """Return what a line says of its article (`published`, `author`, `publisher`), or None where it says other things.

    The dictionary is empty where the line is a date or a reading time of which nothing can be kept.
    """
    if len(text) > _MOST_LENGTH or len(text.split()) > _MOST_WORDS:
        return None
    line = text.strip(" *_()[]")
    published = _published(line)
    if published is None:
        return None
    told = False
    for pattern in (_DATE, _RELATIVE, _READING_TIME):
        line, count = pattern.subn("|", line)
        told = told or count > 0
    if told:
        line = _SAID.sub("|", _WEEKDAY.sub("|", _CLOCK.sub("|", line)))
    people = _people(line, told)
    return None if people is None else published | people


def _published(line: str) -> dict[str, str] | None:
    """When the article was published, or else last changed; None where what looks like a date is none."""
    first = changed = ""
    for match in _DATE.finditer(line):
        found = _read(match)
        if not found and match["words"]:
            return None
        if _LATER.search(line[: match.start()]):
            changed = changed or found
        else:
            first = first or found
    return {"published": first or changed} if first or changed else {}


def _people(line: str, dated: bool) -> dict[str, str] | None:
    """Who wrote and who published it, by the rest of the line; None where that says other things, or nothing."""
    facts: dict[str, str] = {}
    told = dated
    asides = 0
    for piece in _SEPARATOR.split(line):
        part = _AROUND.sub("", piece.strip(" ,:;()-–—"))
        if not part or (told and _FILLER.fullmatch(part)):
            continue
        fact = _fact(part, told)
        if fact is None and len(part.split()) > _ASIDE_WORDS:
            return None
        if fact is None:
            asides += 1
            continue
        facts |= fact
        told = True
    signed = (
        dated and "author" in facts and re.match(r"(?:\w+ )?by ", line, re.IGNORECASE)
    )  # beside a name and a date a few words may say where it stood
    return facts if told and (signed or not asides) else None


def _fact(part: str, beside_date: bool) -> dict[str, str] | None:
    """What one part of the line says; a bare name is an author's only beside a date."""
    match = _AUTHOR.match(part)
    if match and (beside_date or " " in match["name"] or ":" in part):  # "By Car" alone heads a way to travel
        return {"author": match["name"]}
    if match := _PUBLISHER.match(part):
        return {"publisher": match["name"].strip()}
    if beside_date and (nick := _NICKNAME.fullmatch(part)):
        return {"author": nick["name"]}
    if beside_date and re.fullmatch(_PERSON, part):
        return {"author": part} if " " in part else {}
    return {} if beside_date and _ABOUT_PAGE.fullmatch(part) else None


def copyright_of(text: str) -> dict[str, str] | None:
    """Return the publisher that a copyright line names, or None where the text is no such line."""
    match = _COPYRIGHT.match(text) if len(text) <= _MOST_LENGTH else None
    if not match:
        return None
    name = _RIGHTS.sub("", match["name"]).strip(" ,;–-")
    return {"publisher": name} if name else {}

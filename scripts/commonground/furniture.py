"""What stands around an article and is no part of it: one rule for each kind, each named in the draft's `left_out`.

A rule is a generator over the elements that are left; it yields the positions it drops. Its docstring says why.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, takewhile

from .article import Element
from .bylines import about, copyright_of
from .mdtext import normalised
from .patterns import any_of, is_label

Rule = Callable[[Sequence[Element]], Iterator[int]]
LineRule = Callable[[str], bool]
RULES: dict[str, Rule] = {}
LINE_RULES: dict[str, LineRule] = {}

CAPTION_WORDS = 6  # at most, of a picture caption that says nothing else of itself
LINE_LENGTH = 300  # characters at most, of a line that is looked at by itself
LABEL_WORDS = 8  # at most, of a line that is a button, a menu or a label
FORM_WORDS = 40  # at most, of what a form or a notice says
REPEATED_SHARE = 0.75  # of a section that stands before
REPEATED_WORDS = 8  # at least: shorter sentences come twice in honest texts
LISTED_SHARE = 0.7  # of a list's lines that are headings make it a table of contents
LISTED_LINES = 3  # at least
MANY_PARTS = 3  # of a breadcrumb or a menu in one line; how often a running head comes; paragraphs of a note
JAPANESE = {"CJK", "HIRAGANA", "KATAKANA"}  # scripts that stand in one sentence


def _line(alternatives: str) -> re.Pattern[str]:
    """A pattern for a line that is one of the alternatives and nothing else."""
    return re.compile(rf"^{any_of(alternatives)}$", re.IGNORECASE)


def _holds(alternatives: str) -> re.Pattern[str]:
    """A pattern for a line that holds one of the alternatives."""
    return re.compile(any_of(alternatives), re.IGNORECASE)


_NETWORKS = any_of(r"""
    facebook|twitter|x|pinterest|linkedin|whatsapp|reddit|instagram|youtube|tiktok|telegram|tumblr|threads|mastodon
    bluesky|messenger
""")
_NETWORK = re.compile(_NETWORKS)
_SHARING_WORD = re.compile(
    any_of(rf"""
        {_NETWORKS}
        share|tweet|pin|it|email|e-mail|mail|print|copy|link|this|on|via|save|follow|us|like|post|article
    """)
)
_SHARED = any_of(rf"""
    this|it|us|the|on|via|with|your|friends|story|post|article|page|:
    {_NETWORKS}
""")
_SHARE = _holds(rf"""
    ^(?:share|tweet|pin|follow us|like)\b(?: {_SHARED})*\W*$
    ^share (?:this|on|via)\b.{{0,60}}[:!]?$
    ^(?:spread the word|share the love|sharing is caring)\W*$
    ^\d+ shares?$
    ^click to (?:share|email|print)\b|\(opens in (?:a )?new (?:window|tab)\)$
""")
_MENU = _line(r"""
    # around the page
    (?:skip|jump|go) to (?:the )?(?:main )?(?:content|navigation|search|footer).*
    (?:main |open |close |toggle )?(?:menu|navigation)(?: toggle)?
    back to (?:the )?(?:top|home|blog|all).*
    page \d+(?: of \d+)?
    # to other pages
    home|contact(?: us)?|about(?: us)?|privacy(?: policy)?|site ?map|all posts|categories|archives?
    terms(?: (?:of (?:use|service)|and conditions|& conditions))?
    search(?: for| this site| the site)?[:.…]*
    (?:« ?|← ?)?(?:previous|next|older|newer)(?: (?:post|article|page|entry|story|entries|posts))?(?: ?»| ?→)?
    (?:previous|next|older|newer)(?: (?:post|article|page|story))?(?::.*| article\b.*)?
    (?:previous|next) (?:post|article)\b.*
    random(?: page)?|rss|permalink|checkout|account|forward to a friend|update your preferences
    # what forums put beside what people write
    quote|report|top|reply|edit|posts?: \d+|\d+ posts?|joined: .*|location: .{2,30}|post(?:ed)? by \S.{0,40}
    last edited by .*
    tags?:.*|filed under:? .*|categor(?:y|ies): .*|posted in:? .*
    # to the rest of what is shown
    view all|load more|show more|read more(?: ?[»→…])?|continue reading.*|click here.*|loading[.…]*
    # accounts and shops
    log ?in|sign ?in|log ?out|register|sign up|my account|cart|basket(?: ?\(\d+\))?
    # what pops up, and the buttons that answer it
    advert(?:isement)?s?|sponsored(?: content| post)?|ad|close|ok|accept|decline|dismiss|settings|preferences|accept all
""")
_WE = r"(?:we|(?:this|our) (?:web)?site|this (?:page|blog))(?: and our \w+)?"
_COOKIES = _holds(rf"""
    \b{_WE} (?:use|store)s? cookies(?:[.,;]| (?:to|and|on this|so)\b|$)
    \bcookies? (?:policy|settings|preferences|notice|consent)\b
    \b(?:accept|reject|allow|manage)(?: all| our)? cookies\b
    \bconsent to\b.{{0,40}}\bcookies\b
    ^(?:accept|reject|allow|decline) all(?: .{{0,30}})?$
    \bcookies on your \w+
    # law asks for this notice too
    \baffiliate links?\b|\bearn (?:a )?(?:small )?commissions?\b
""")
_FORM = _holds(r"""
    # letters to subscribe to
    \b(?:subscribe|sign up|join)\b.{0,60}\b(?:newsletter|mailing list|inbox|e-?mails?|updates|list)\b
    \b(?:our|free|weekly|monthly) newsletter\b
    # fields and buttons
    \benter (?:your|an?) (?:e-?mail|name)
    \byour e-?mail(?: address)?\b
    \brequired fields? (?:are|is) marked\b
    ^(?:(?:first |last |full |your )?name|(?:your )?e-?mail(?: address)?|comment|website|phone)[ *:_()a-z]{0,20}$
    ^\[ \] i (?:agree|accept|consent)\b
    ^request an? (?:free )?(?:quote|call\b.*)$
    \b(?:in|into|to|straight to) your inbox\b
    ^(?:submit|send|subscribe|sign up)(?: now| here)?\W*$
    # comments of readers
    ^(?:leave|post|add|write) a (?:comment|reply)\b
    ^\d+ (?:comments?|responses?|replies)\b
    ^(?:comments?|reply)$
    ^join (?:over |more than )?[\d,.]+k? \w+
    ^was this (?:page|article|guide) (?:helpful|useful)\b
    ^enjoying (?:this|the|our)\b.{0,60}\?|^never miss\b
""")
_PICTURE = any_of(r"""
    photo(?:graph)?s?|images?|pictures?|illustration|credit|caption|figure|fig\.?|pictured
    getty|shutterstock|unsplash
""")
_CREDIT = _holds(rf"""
    # "Photo by", "Figure 2:", "Credit -"
    ^[(\[]?{_PICTURE}\b(?: ?\d+)?(?: ?[:.–—-]| by| credit| courtesy| from| via|/)
    \b(?:photo|image|picture) (?:by|credit|courtesy|via|from)\b.{{0,60}}$
    # the name of a file, and what stands where a picture was
    \.(?:jpe?g|png|webp|gif)[)\]]?$
    ^\[(?:image|photo|picture|caption)\b
    ^!\[
""")
_TEASERS = any_of(r"""
    related(?: (?:posts?|articles?|reading|stories|guides?|content|topics?))?
    see also
    read (?:also|next|this next|this)
    also read|also see
    read more(?: about| on)?
    more (?:from|like this|on this|stories|articles).{0,40}
    you (?:may|might|could|will|'ll) also (?:like|enjoy|be interested in)
    recommended(?: (?:for you|reading|posts?|articles?))?
    keep reading|don['’]t miss|up next|next up
    customers also (?:bought|viewed|liked)|most (?:read|popular|viewed)|other (?:posts|articles)|in other news
    popular (?:posts?|articles?|now)|trending(?: now)?|latest (?:posts?|articles?)
    further reading
""")
_TEASER = re.compile(rf"^{_TEASERS}\b *(?:[:–—»>…]|$)", re.IGNORECASE)
_MESSAGE = _line(r"""
    (?:from|to|cc|subject|sent|date|reply-to): .*
    [-=_ ]{4,}(?:forwarded|original) message[-=_ ]*
    (?:view|read|open) this (?:e-?mail|message|issue|newsletter) (?:in|on) .*
    you (?:are receiving|received|have received) this .*
    .*\bunsubscribe\b.*
    did (?:someone|somebody) forward this .*
""")
_PAGE_NUMBER = re.compile(
    r"^[-–—] ?\d{1,4} ?[-–—]$|\b(?:page|p\.|pg\.) ?\d{1,4}(?: (?:of|/) ?\d{1,4})?\W*$", re.IGNORECASE
)
_LEADER = re.compile(r"(?:\.{4,}|(?: \.){4,}|…{2,}|_{4,}) ?\d{1,4}$")
_AD_LABEL = _line(r"""
    advert(?:isement)?s?|sponsored(?: content| post)?|promotion|promoted|shop (?:the|this) \w+|paid content
    article continues below.*|(?:story|article) continues (?:below|after).*|our sponsors|brought to you by .*
""")
_AD_LINE = _holds(r"""
    \badd to (?:basket|cart|bag)\b|\bbuy (?:now|me a coffee|it now)\b|\bshop now\b|\bcheck (?:the )?price\b|\buse code\b
    ^free delivery\b|^win an? .*!|\bprize draw\b|\border (?:now|before|today)\b|\bdonate (?:now|today|here)\b
    [£$€] ?\d+[.,]\d\d$
    \b\d+ ?% off\b|\boffer ends\b|\bfor the price of\b|^try \w+ free\b
    ^powered by |^you are visitor |^best viewed |\bweb ?ring\b
""")
_STARS = re.compile("[★☆⭐]{3}")
_COMMENTS = _line(r"""
    (?:\d+ )?(?:comments?|responses?|replies|reactions)(?: \(\d+\)| on .*)?:?
    \d+ thoughts on .*
    (?:leave|post|add|write) a (?:comment|reply).*|join the (?:conversation|discussion).*|what do you think\?
    re: .*|reader comments.*|.{2,40} says:|.{2,40} wrote:
""")
_AUTHOR_NOTE = _line(r"""
    about the (?:author|writer|editor|blogger)s?:?.*
    about (?:me|us)|meet the author|the author|author bio(?:graphy)?:?.*
""")
_REFERENCES = _line(r"""
    references?|sources?|bibliography|works cited|citations?|literature|footnotes|end ?notes
    notes and references|references and further reading|sources and further reading
""")
_REFERENCE = _holds(r"""
    # "[1] Author (2020)", "2. https://..."
    ^(?:\[\d+\]|\^|\d+\.) .*(?:\(\d{4}\)|https?://|doi\b)
    # an address alone, or announced
    ^\(?(?:https?://|www\.)\S+\)?$
    ^sources?: (?:https?://|www\.)
""")
_CONTENTS = _line(r"""
    (?:table of contents?|contents|overview of contents|quick links|jump to(?: section)?)\b\W*
    (?:on this page|in this (?:article|guide|post|story|piece)|what['’]s (?:inside|in this \w+))\b\W*
""")
_SONG = _holds(r"\b(?:song|lyrics?|poem|verse|chorus|stanza|singer|album|tune|hymn|rhyme)\b")
_SONG_PART = _line(r"[\[(]?(?:(?:pre-|post-)?chorus|verse|bridge|refrain|intro|outro|hook|stanza)\b ?\d{0,2}[\])]?:?")
_ARROW = re.compile(r" ?(?:[>»›→]|<(?= )) ?")


def rule(reason: str) -> Callable[[Rule], Rule]:
    """Register a rule under the reason that the draft gives for what it drops."""

    def register(function: Rule) -> Rule:
        RULES[reason] = function
        return function

    return register


def line_rule(reason: str) -> Callable[[LineRule], LineRule]:
    """Register a rule that needs to see no more than one line to know it."""

    def register(function: LineRule) -> LineRule:
        def over(elements: Sequence[Element]) -> Iterator[int]:
            for position, element in enumerate(elements):
                # A heading that is marked as one is believed: "Accept" may be advice, or a button. Dates never head.
                marked = element.kind == "heading" and element.style != "bare" and not re.search(r"\d{4}", element.text)
                listed = element.kind == "item" and reason == "form"  # a list may name what a form asks for
                spared = marked or listed or element.kind in {"question", "answer"}
                if not spared and len(element.text) <= LINE_LENGTH and function(element.text):
                    yield position

        over.__doc__ = function.__doc__
        RULES[reason] = over
        LINE_RULES[reason] = function
        return function

    return register


def is_furniture(line: str) -> bool:
    """Whether the line shows by itself that it is no part of an article."""
    return len(line) <= LINE_LENGTH and any(function(line) for function in LINE_RULES.values())


def announces_others(line: str) -> bool:
    """Whether the line is a label that stands above the titles of other pages."""
    match = _TEASER.match(line) if len(line) <= LINE_LENGTH else None
    return match is not None and match.end() == len(line.rstrip())


def why(reason: str) -> str:
    """Say in a sentence why what is dropped for this reason is no part of an article."""
    return (RULES[reason].__doc__ if reason in RULES else None) or "It stood around the article and is no part of it."


def find(elements: Sequence[Element], reasons: Sequence[str] = ()) -> dict[int, str]:
    """Return the positions of the elements to drop, each with its reason, by the rules of these reasons (or all)."""
    found: dict[int, str] = {}
    for reason in reasons or RULES:
        left = [position for position in range(len(elements)) if position not in found]
        for position in RULES[reason]([elements[position] for position in left]):
            found[left[position]] = reason
    return found


def _words(text: str) -> int:
    return len(text.split())


def script_of(text: str) -> str:
    """Return the script that most of the text's letters belong to, such as LATIN, CYRILLIC or CJK; empty for none."""
    if text.isascii():
        return "LATIN" if re.search("[A-Za-z]", text) else ""
    names = Counter(unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha())
    return names.most_common(1)[0][0] if names else ""


@rule("another script")
def other_scripts(elements: Sequence[Element]) -> Iterator[int]:
    """A line in another script than the article came with the page it stood on."""
    scripts = Counter[str]()
    for element in elements:
        scripts[script_of(element.text)] += sum(letter.isalpha() for letter in element.text)
    main = scripts.most_common(1)[0][0] if scripts else ""
    together = JAPANESE if main in JAPANESE else {main}
    for position, element in enumerate(elements):
        script = script_of(element.text)
        if script and script not in together:
            yield position


@line_rule("date or byline")
def byline(line: str) -> bool:
    """A date, an author or a publisher stands in the record of the source."""
    return about(line) is not None


@line_rule("copyright line")
def copyright_line(line: str) -> bool:
    """Who holds the rights is no advice."""
    said = copyright_of(line) is not None or "all rights reserved" in line.lower()
    return said and _words(line) <= FORM_WORDS


@line_rule("breadcrumbs")
def breadcrumbs(line: str) -> bool:
    """The way to a page on its site is no part of what it says."""
    if _words(line) > LABEL_WORDS * 2 or not is_label(line):
        return False
    arrows = _ARROW.search(line) is not None
    parts = _ARROW.split(line) if arrows else re.split(r" [/|·•] ", line)
    if len(parts) < MANY_PARTS - 1 or not all(parts):
        return False
    home = re.match(r"(?:you are here|home|(?:board )?index)\b", parts[0], re.IGNORECASE) is not None
    names = arrows and all(_words(part) < MANY_PARTS + 1 and part[:1].isupper() for part in parts)
    return home or (arrows and len(parts) >= MANY_PARTS) or names


@line_rule("navigation")
def navigation(line: str) -> bool:
    """Menus and buttons of the page it stood on."""
    if _words(line) > LABEL_WORDS * 2:
        return False
    parts = [part for part in re.split(r" *[|·•»«] *| {2,}| \. |\] *\[", line.strip("[]() ")) if part]
    menu = len(parts) >= MANY_PARTS and all(_words(part) < MANY_PARTS + 1 for part in parts) and is_label(line)
    return bool(menu) or all(_MENU.match(part) for part in parts) or _MENU.match(line) is not None


@line_rule("cookie notice")
def cookie_notice(line: str) -> bool:
    """A notice of the page it stood on."""
    return _words(line) <= FORM_WORDS and _COOKIES.search(line) is not None


@line_rule("form")
def form(line: str) -> bool:
    """A form of the page it stood on: letters to subscribe to, comments to leave."""
    return _words(line) <= FORM_WORDS and _FORM.search(line) is not None


@line_rule("share line")
def share_line(line: str) -> bool:
    """Buttons for sharing, as text."""
    words = re.findall(r"[\w-]+", line.lower())
    buttons = all(map(_SHARING_WORD.fullmatch, words)) and any(map(_NETWORK.fullmatch, words))
    return bool(words) and (buttons or _SHARE.match(line) is not None)


@line_rule("head of a message")
def message_head(line: str) -> bool:
    """Who wrote to whom, where the article came as a message."""
    return _words(line) <= FORM_WORDS and _MESSAGE.match(line) is not None


@line_rule("running head")
def running_head(line: str) -> bool:
    """What stands at the edge of each printed page."""
    return _words(line) <= LABEL_WORDS * 2 and _PAGE_NUMBER.search(line) is not None


@line_rule("contents with page numbers")
def leader(line: str) -> bool:
    """A heading and its page, before it comes."""
    return _LEADER.search(line) is not None


@rule("running head, repeated")
def repeated_heads(elements: Sequence[Element]) -> Iterator[int]:
    """A line that stands again and again is at the edge of each page."""
    heads = Counter(_edge(element.text) for element in elements if _words(element.text) <= LABEL_WORDS * 2)
    numbered = {_edge(element.text) for element in elements if _PAGE_NUMBER.search(element.text)}
    parts = {part for head in numbered for part in re.split(r" {3,}| [-–—|] ", head)}
    for position, element in enumerate(elements):
        edge = _edge(element.text)
        columns = set(re.split(r" {3,}", edge))
        often = heads[edge] >= MANY_PARTS and element.kind in {"paragraph", "heading", "verse"}
        if element.kind != "item" and edge and (often or edge in parts or columns & numbered):
            yield position


def _edge(text: str) -> str:
    """What stays of a running head from page to page."""
    return _PAGE_NUMBER.sub("", text).strip(" -–—|·").casefold()


@rule("advertisement")
def advertisements(elements: Sequence[Element]) -> Iterator[int]:
    """Something to buy, and the lines right below its label."""
    for position, element in enumerate(elements):
        if len(element.text) > LINE_LENGTH:
            continue
        if _STARS.search(element.text) or (_AD_LINE.search(element.text) and _words(element.text) <= FORM_WORDS // 2):
            yield position
        elif _AD_LABEL.match(element.text):
            yield position
            last = element.lines[-1]
            for below in range(position + 1, len(elements)):
                if elements[below].lines[0] != last + 1 or _words(elements[below].text) > FORM_WORDS // 2:
                    break
                yield below
                last = elements[below].lines[-1]


@line_rule("picture credit")
def credit(line: str) -> bool:
    """What stood below a picture says nothing without it."""
    return _words(line) <= FORM_WORDS // 2 and _CREDIT.search(line) is not None


@rule("picture caption")
def captions(elements: Sequence[Element]) -> Iterator[int]:
    """A few words in lower case stood below a picture and say nothing without it."""
    if not any(element.kind == "heading" for element in elements):
        return  # in a text without headings a few words in lower case may be one
    for position, element in enumerate(elements):
        short = element.kind == "paragraph" and _words(element.text) <= CAPTION_WORDS and len(element.lines) == 1
        if short and element.text[:1].islower() and is_label(element.text):
            yield position


@line_rule("teaser")
def teaser(line: str) -> bool:
    """A line that leads to another page."""
    match = _TEASER.match(line) if _words(line) <= FORM_WORDS // 2 else None
    return match is not None and match.end() < len(line.rstrip())  # a bare label announces, see below


@rule("related article")
def related(elements: Sequence[Element]) -> Iterator[int]:
    """A label for other pages, and the lines that it announces."""
    for position, element in enumerate(elements):
        if announces_others(element.text):
            yield position
            yield from _announced(elements, position)


def _announced(elements: Sequence[Element], label: int) -> Iterator[int]:
    """The short lines after a label: items, or lines that are no sentences."""
    for position in range(label + 1, len(elements)):
        element = elements[position]
        following = elements[position + 1] if position + 1 < len(elements) else None
        line = element.kind == "paragraph" and _is_title(element)
        heads_nothing = following is None or following.kind == "heading" or _is_title(following)
        if not (element.kind == "item" or line or (element.kind == "heading" and heads_nothing)):
            return
        yield position


def _is_title(element: Element) -> bool:
    """Whether the element may be the title of another page: short, and no sentence."""
    open_end = not element.text.endswith((".", ":", ";", ",", "!", "…"))
    return element.kind != "item" and _words(element.text) <= LABEL_WORDS * 2 and open_end


@rule("references")
def references(elements: Sequence[Element]) -> Iterator[int]:
    """The list of what the article read; the guide names its own sources."""
    for position, element in enumerate(elements):
        if _REFERENCE.match(f"{element.label} {element.text}".strip()):
            yield position
        elif _REFERENCES.match(element.text.rstrip(":")) and element.kind in {"heading", "paragraph"}:
            yield position
            below = range(position + 1, len(elements))
            yield from takewhile(lambda after: elements[after].kind not in {"heading", "question"}, below)


@rule("table of contents")
def tables_of_contents(elements: Sequence[Element]) -> Iterator[int]:
    """The headings, listed before they come."""
    counts = Counter(normalised(element.text) for element in elements)
    headings = {normalised(element.text) for element in elements if element.kind in {"heading", "question"}}
    for start, end in _lists(elements):
        texts = [normalised(element.text) for element in elements[start:end]]
        announced = start > 0 and _CONTENTS.match(elements[start - 1].text) is not None
        twice = sum(text in headings and counts[text] > 1 for text in texts)
        if announced or (len(texts) >= LISTED_LINES and twice >= len(texts) * LISTED_SHARE):
            yield from range(start, end)
    for position, element in enumerate(elements):
        if _CONTENTS.match(element.text) and element.kind != "item":
            yield position


def _lists(elements: Sequence[Element]) -> Iterator[tuple[int, int]]:
    """Runs of items, and runs of headings and short lines with no text between them."""
    start = 0
    for position in range(len(elements) + 1):
        kind = elements[position].kind if position < len(elements) else "end"
        same = start < position and kind == elements[start].kind and kind in {"item", "heading", "verse"}
        if not same:
            if position - start > 1:
                run_end = position - 1 if elements[start].kind == "heading" and kind != "end" else position
                yield start, run_end
            start = position


@rule("song or verse")
def songs(elements: Sequence[Element]) -> Iterator[int]:
    """Somebody else's words, broken into lines for their sound; with what speaks of the song, and its heading."""
    if not any(element.kind == "verse" for element in elements):
        return
    sung = {place for place, one in enumerate(elements) if one.kind == "verse" or _SONG_PART.match(one.text)}
    yield from sorted(sung)
    for position, element in enumerate(elements):
        if position in sung or not _SONG.search(element.text):
            continue
        heads = element.kind == "heading" and position + 1 in sung
        follows = element.kind == "paragraph" and position - 1 in sung
        if heads or (follows and element.text.lower().startswith(("the ", "this "))):
            yield position


@rule("comments of readers")
def comments(elements: Sequence[Element]) -> Iterator[int]:
    """What readers wrote below it is not the author's."""
    for position, element in enumerate(elements):
        if position > len(elements) // 2 and _COMMENTS.match(element.text):
            yield position
            below = range(position + 1, len(elements))
            yield from takewhile(lambda place: elements[place].kind != "heading" or place + 1 == len(elements), below)


@rule("note about the author")
def author_notes(elements: Sequence[Element]) -> Iterator[int]:
    """Who wrote it stands in the record of the source."""
    for position, element in enumerate(elements):
        if _AUTHOR_NOTE.match(element.text) and element.kind != "item":
            yield position
            below = range(position + 1, min(position + 1 + MANY_PARTS, len(elements)))
            yield from takewhile(lambda after: elements[after].kind == "paragraph", below)


@rule("repeated")
def repetitions(elements: Sequence[Element]) -> Iterator[int]:
    """What stands twice, word for word, is kept once."""
    texts = [normalised(element.text) for element in elements]
    again = _repeated_sections(elements, texts)
    yield from sorted(again)
    seen: set[str] = set()
    for position, (element, text) in enumerate(zip(elements, texts, strict=True)):
        long = element.kind in {"paragraph", "item", "answer"} and _words(text) >= REPEATED_WORDS
        if long and text in seen and position not in again:
            yield position
        seen.add(text)


def _repeated_sections(elements: Sequence[Element], texts: Sequence[str]) -> set[int]:
    """The positions of sections, from heading to heading, that stand before them, nearly whole."""
    again: set[int] = set()
    starts = [position for position, element in enumerate(elements) if element.kind == "heading"]
    for start, end in pairwise([*starts, len(elements)]):
        before = set(texts[:start])
        known = [text in before for text in texts[start:end]]
        if len(known) > 1 and known[0] and sum(known) >= len(known) * REPEATED_SHARE:
            again |= set(range(start, end))
    return again

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
from .patterns import any_of

Rule = Callable[[Sequence[Element]], Iterator[int]]
RULES: dict[str, Rule] = {}

CAPTION_WORDS = 6  # at most, of a picture caption that says nothing else of itself
LABEL_WORDS = 8  # at most, of a line that is a button, a menu or a label
FORM_WORDS = 40  # at most, of what a form or a notice says
REPEATED_WORDS = 8  # at least: shorter sentences come twice in honest texts
LISTED_SHARE = 0.7  # of a list's lines that are headings make it a table of contents
LISTED_LINES = 3  # at least
MANY_PARTS = 3  # of a breadcrumb or a menu in one line
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
    (?:previous|next) (?:post|article)\b.*
    tags?:.*|filed under:? .*|categor(?:y|ies): .*
    # to the rest of what is shown
    view all|load more|show more|read more(?: ?[»→…])?|continue reading.*|click here.*|loading[.…]*
    # accounts and shops
    log ?in|sign ?in|log ?out|register|sign up|my account|basket|cart
    # what pops up, and the buttons that answer it
    advert(?:isement)?s?|sponsored(?: content| post)?|ad|close|ok|accept|decline|dismiss
""")
_WE = r"(?:we|(?:this|our) (?:web)?site|this (?:page|blog))(?: and our \w+)?"
_COOKIES = _holds(rf"""
    \b{_WE} (?:use|store)s? cookies(?:[.,;]| (?:to|and|on this|so)\b|$)
    \bcookies? (?:policy|settings|preferences|notice|consent)\b
    \b(?:accept|reject|allow|manage)(?: all| our)? cookies\b
    \bconsent to\b.{{0,40}}\bcookies\b
    ^accept all(?: .{{0,30}})?$
    # law asks for this notice too
    \baffiliate links?\b
""")
_FORM = _holds(r"""
    # letters to subscribe to
    \b(?:subscribe|sign up|join)\b.{0,60}\b(?:newsletter|mailing list|inbox|e-?mails?|updates|list)\b
    \b(?:our|free|weekly|monthly) newsletter\b
    # fields and buttons
    \benter (?:your|an?) (?:e-?mail|name)
    \byour e-?mail(?: address)?\b
    \brequired fields? (?:are|is) marked\b
    ^(?:name|e-?mail|comment|website|phone|message)\s?\*?:?$
    ^(?:submit|send|subscribe|sign up)(?: now| here)?\W*$
    # comments of readers
    ^(?:leave|post|add|write) a (?:comment|reply)\b
    ^\d+ (?:comments?|responses?|replies)\b
    ^(?:comments?|reply)$
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
    ^\[(?:image|photo|picture)\b
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
    popular (?:posts?|articles?|now)|trending(?: now)?|latest (?:posts?|articles?)
    further reading
""")
_TEASER = re.compile(rf"^{_TEASERS}\b *(?:[:–—»>…]|$)", re.IGNORECASE)
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
_ARROW = re.compile(r" ?[>»›→] ?")
_BREADCRUMB = re.compile(
    r"^(?:you are here:? *)?"
    r"(?:[^>»›→]{1,50} ?[>»›→] ?)+"  # pages above, each with its arrow
    r"[^>»›→]{1,90}$",  # the page itself
    re.IGNORECASE,
)
_OPEN_END = re.compile(r"[^.!?:;,…]['\"”’)]*$")  # how labels end, and sentences do not


def rule(reason: str) -> Callable[[Rule], Rule]:
    """Register a rule under the reason that the draft gives for what it drops."""

    def register(function: Rule) -> Rule:
        RULES[reason] = function
        return function

    return register


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


def _matching(elements: Sequence[Element], pattern: re.Pattern[str], most_words: int) -> Iterator[int]:
    for position, element in enumerate(elements):
        if _words(element.text) <= most_words and pattern.search(element.text):
            yield position


def script_of(text: str) -> str:
    """Return the script that most of the text's letters belong to, such as LATIN, CYRILLIC or CJK; empty for none."""
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


@rule("date or byline")
def bylines(elements: Sequence[Element]) -> Iterator[int]:
    """A date, an author or a publisher stands in the record of the source."""
    for position, element in enumerate(elements):
        if element.kind not in {"question", "answer"} and about(element.text) is not None:
            yield position


@rule("copyright line")
def copyright_lines(elements: Sequence[Element]) -> Iterator[int]:
    """Who holds the rights is no advice."""
    for position, element in enumerate(elements):
        short = _words(element.text) <= FORM_WORDS
        if short and (copyright_of(element.text) is not None or "all rights reserved" in element.text.lower()):
            yield position


@rule("breadcrumbs")
def breadcrumbs(elements: Sequence[Element]) -> Iterator[int]:
    """The way to a page on its site is no part of what it says."""
    for position, element in enumerate(elements):
        arrows = _BREADCRUMB.match(element.text) is not None
        parts = _ARROW.split(element.text) if arrows else re.split(r" [/|·•] ", element.text)
        home = re.match(r"(?:you are here|home)\b", parts[0], re.IGNORECASE) is not None
        short = _words(element.text) <= LABEL_WORDS * 2 and _OPEN_END.search(element.text) is not None
        if short and len(parts) > 1 and (home or (arrows and len(parts) >= MANY_PARTS)):
            yield position


@rule("navigation")
def navigation(elements: Sequence[Element]) -> Iterator[int]:
    """Menus and buttons of the page it stood on."""
    yield from _matching(elements, _MENU, LABEL_WORDS * 2)
    for position, element in enumerate(elements):
        parts = [part for part in re.split(r" *[|·•] *", element.text) if part]
        if len(parts) >= MANY_PARTS and all(_words(part) < MANY_PARTS + 1 for part in parts):
            yield position


@rule("cookie notice")
def cookie_notices(elements: Sequence[Element]) -> Iterator[int]:
    """A notice of the page it stood on."""
    yield from _matching(elements, _COOKIES, FORM_WORDS)


@rule("form")
def forms(elements: Sequence[Element]) -> Iterator[int]:
    """A form of the page it stood on: letters to subscribe to, comments to leave."""
    yield from _matching(elements, _FORM, FORM_WORDS)


@rule("share line")
def share_lines(elements: Sequence[Element]) -> Iterator[int]:
    """Buttons for sharing, as text."""
    for position, element in enumerate(elements):
        words = re.findall(r"[\w-]+", element.text.lower())
        buttons = all(map(_SHARING_WORD.fullmatch, words)) and any(map(_NETWORK.fullmatch, words))
        if buttons or (words and _SHARE.match(element.text)):
            yield position


@rule("picture caption")
def captions(elements: Sequence[Element]) -> Iterator[int]:
    """What stood below a picture says nothing without it."""
    yield from _matching(elements, _CREDIT, FORM_WORDS // 2)
    if not any(element.kind == "heading" for element in elements):
        return  # in a text without headings a few words in lower case may be one
    for position, element in enumerate(elements):
        short = element.kind == "paragraph" and _words(element.text) <= CAPTION_WORDS and len(element.lines) == 1
        if short and element.text[:1].islower() and _OPEN_END.search(element.text):
            yield position


@rule("related article")
def teasers(elements: Sequence[Element]) -> Iterator[int]:
    """A line that leads to another page; after a bare label the lines it announces go too."""
    for position, element in enumerate(elements):
        match = _TEASER.match(element.text)
        if not match or _words(element.text) > FORM_WORDS // 2:
            continue
        yield position
        if match.end() == len(element.text.rstrip()):
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
    """The positions of sections, from heading to heading, that stand whole before."""
    seen: set[tuple[str, ...]] = set()
    again: set[int] = set()
    starts = [position for position, element in enumerate(elements) if element.kind == "heading"]
    for start, end in pairwise([*starts, len(elements)]):
        section = tuple(texts[start:end])
        if section in seen and len(section) > 1:
            again |= set(range(start, end))
        seen.add(section)
    return again

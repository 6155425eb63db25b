"""Pages with markup to lines: HTML, and .docx by way of HTML.

The page is read by the standard library's parser, which has no limit of depth and keeps every visible text. Which of
it is the article, trafilatura says; what it leaves out stays in the lines as dropped, so that nothing vanishes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

from .article import BROKEN, Line, Refusal
from .decoding import MAX_TEXT, repair

MAX_UNPACKED = 50 * 2**20  # bytes in a .docx: a book with pictures has less
MAX_PART = 4 * 2**20  # bytes in a part of it that is read: the text of an article has a tenth of that
MAX_ELEMENTS = 50_000  # in a page; a long one has a fifth of that
MAX_JUDGED = 10_000  # elements, and
MAX_BLOCKS = 3_000  # blocks of text, that trafilatura is asked about: beyond them it takes minutes
MAX_DECLARED = 100_000  # characters of what a page declares of itself to machines; trafilatura takes its time over it
MAX_ATTRIBUTES = 500  # of one element
MAX_NESTING = 200  # beyond this the parser below trafilatura loses text, and takes its time over it
LEAST_SHARE = 0.3  # of the words outside menus and forms; where trafilatura finds less, it has lost the article
MANY_WORDS = 6  # a text as long as this may be found inside another, a shorter one only by itself
MOSTLY_LINKS = 0.5  # of the words of a block: then it leads elsewhere


def _names(text: str) -> frozenset[str]:
    """Names of tags, which read best as text."""
    return frozenset(text.split())


_BLOCKS = _names("""
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol option p pre search section select
    summary table tbody td textarea tfoot th thead title tr ul
""")
_UNSEEN = _names("script style template noscript svg math head title iframe object canvas audio video")
_ALONE = _names("area base br col embed hr img input link meta source track wbr")  # that have no end
_CHROME = {
    "nav": "navigation",
    "footer": "foot of the page",
    "aside": "aside",
    "form": "form",
    "button": "form",
    "select": "form",
    "textarea": "form",
    "dialog": "form",
    "search": "form",
    "figcaption": "picture caption",
    "caption": "table caption",
}
_ROLES = {"navigation": "navigation", "contentinfo": "foot of the page", "search": "form", "dialog": "form"}
_LISTS = _names("ul ol menu")
_CLOSED_BY = {  # the elements, whose end may be left out, that end where this one starts
    "li": ("li",),
    "p": ("p",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "option": ("option",),
}
_CLOSED_WITHIN = _LISTS | {"table", "dl"}  # and not beyond these, which may stand in one of their kind
_INNER = _names("""
    p ul ol li menu dl dt dd h0 h1 h2 h3 h4 h5 h6 blockquote details summary figure
    a b strong i em u s span font small big code mark cite q abbr time sup sub label center pre
""")  # that hold one piece of text; those that hold pieces side by side are not among them
_IN_HEAD = _names("html head title meta link script style base noscript template")
_FOOTNOTE = re.compile(r"(?:foot|end)note-?\d|fn:?-?\d|cite_note", re.IGNORECASE)
_CAPTION = re.compile(r"(?:^|[ -])(?:img-|image-|wp-|tr-)?caption(?:-text)?(?: |$)")
_LONG_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{8,};?")  # to a character that cannot be
_NOTE_MARK = re.compile(r"^\s*\[?(?:\d{1,3}|[*†‡a-z])\]?\s*$")
_WORD = re.compile(r"\w+")
_DOCX_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='List Bullet'] => ul > li:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Number'] => ol > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
"""


@dataclass
class Block:
    """A run of visible text: its words, those of them that are links or bold, and the elements it stands in.

    `within` numbers the element that holds it with its neighbours; `broken` says that a line break stands before it.
    """

    around: tuple[str, ...] = ()
    chrome: str = ""
    within: int = 0
    text: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0
    broken: bool = False

    @property
    def words(self) -> str:
        """The text with single spaces."""
        return " ".join("".join(self.text).split())


@dataclass
class _Open:
    """An element that has not ended: what of the page around the article it is, and whether nobody sees its text."""

    tag: str = ""
    chrome: str = ""
    unseen: bool = False
    within: int = 0


class _Reader(HTMLParser):
    """Gathers the blocks of visible text in the order of the page."""

    def __init__(self, *, titled: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.titled = titled  # whether `h1.title` is the title among other `h1`
        self.elements = 0
        self.open: list[_Open] = []
        self.counts: dict[str, int] = {}
        self.blocks: list[Block] = []
        self.current = Block()
        self.title = ""
        self.language = ""
        self.deepest = self.size = self.declared = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS or len(attrs) > MAX_ATTRIBUTES:
            raise Refusal("The page holds more markup than any article. Save it from the browser as text.")
        attributes = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = attributes.get("lang", "")
        if tag not in _IN_HEAD:
            self.close_tag("head")
        if tag in _BLOCKS:
            self.flush()
        elif tag == "br":
            self.flush(broken=bool(self.current.words))
        if tag in _ALONE:
            return
        for other in _CLOSED_BY.get(tag, ()):
            self.close_tag(other, within=_CLOSED_WITHIN)
        self.open_tag(tag, attributes)

    def open_tag(self, tag: str, attributes: dict[str, str]) -> None:
        """Note that what follows stands in such an element."""
        outer = self.open[-1] if self.open else _Open()
        name = "h0" if tag == "h1" and attributes.get("class") == "title" and self.titled else tag
        unseen = outer.unseen or tag in _UNSEEN or _is_hidden(attributes)
        self.deepest += 1 if len(self.open) >= self.deepest else 0
        if len(self.open) > MAX_NESTING:
            return  # so deep that what it is no longer matters
        inside = self.current_heading()
        chrome = outer.chrome or ("" if inside else _chrome(tag, attributes))  # a button may fold what a heading heads
        within = outer.within if tag in _INNER else self.elements
        self.open.append(_Open(name, chrome, unseen, within))
        self.counts[name] = self.counts.get(name, 0) + 1

    def current_heading(self) -> bool:
        """Whether a heading is open."""
        return any(self.counts.get(f"h{level}") for level in range(7))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
        self.close_tag("h0" if tag == "h1" and self.counts.get("h0") else tag)

    def close_tag(self, tag: str, within: frozenset[str] = frozenset()) -> None:
        """Close the innermost such element and all in it; one that stands outside the elements `within` stays open."""
        if not self.counts.get(tag):
            return
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth].tag == tag:
                for element in self.open[depth:]:
                    self.counts[element.tag] -= 1
                del self.open[depth:]
                return
            if self.open[depth].tag in within:
                return

    def handle_data(self, data: str) -> None:
        inner = self.open[-1] if self.open else _Open()
        if inner.tag == "title" and not self.title:
            self.title = " ".join(data.split())
        if inner.unseen or (self.counts.get("sup") and _NOTE_MARK.match(data)):
            return
        self.size += len(data)
        if self.size > 10 * MAX_TEXT:
            raise Refusal("The page holds more text than any article. Save the article alone.")
        count = len(data.split())
        self.current.text.append(data)
        self.current.linked += count if self.counts.get("a") else 0
        self.current.bold += count if self.counts.get("b") or self.counts.get("strong") else 0
        if not self.current.around and data.strip():
            self.current.around = tuple(element.tag for element in self.open)
            self.current.chrome = inner.chrome
            self.current.within = inner.within

    def flush(self, *, broken: bool = False) -> None:
        """End the block of text that is being read; what follows goes on in the same paragraph where it is broken."""
        if self.current.words:
            self.blocks.append(self.current)
        self.current = Block(broken=broken)


def _chrome(tag: str, attributes: dict[str, str]) -> str:
    """What of the page around the article such an element is; empty where it may be the article."""
    footnote = tag in {"li", "p", "div"} and _FOOTNOTE.match(attributes.get("id", ""))
    caption = "picture caption" if _CAPTION.search(attributes.get("class", "")) else ""
    return _CHROME.get(tag) or caption or _ROLES.get(attributes.get("role", "")) or ("footnote" if footnote else "")


def _is_hidden(attributes: dict[str, str]) -> bool:
    style = re.sub(r"\s", "", attributes.get("style", "")).lower()
    marked = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    return marked or "display:none" in style or "visibility:hidden" in style


def read_html(page: str) -> tuple[list[Line], dict[str, str]]:
    """Read a page into lines, and what it says of itself: `title`, `author`, `published`, `publisher`, `url`.

    Raises `Refusal` where the page holds no text, or more than an article may.
    """
    reader = _Reader()
    reader.feed(_LONG_REFERENCE.sub("\ufffd", page))
    reader.close()
    reader.flush()
    if not reader.blocks:
        raise Refusal(
            "The page holds no article text; perhaps a script would fetch it. Save it from the browser as text."
        )
    facts = {"language": reader.language, "page_title": reader.title}
    main = ""
    judged = reader.elements <= MAX_JUDGED and len(reader.blocks) <= MAX_BLOCKS
    if judged and reader.deepest <= MAX_NESTING and _declared(page) <= MAX_DECLARED:
        main, found = _main_text(page)
        facts |= found
    return _lines(reader.blocks, main), {key: repair(value) for key, value in facts.items() if value}


def _declared(page: str) -> int:
    """How much the page declares of itself to machines, at most."""
    start = page.find("application/ld+json")
    return 0 if start < 0 else page.rfind("</script") - start


def _main_text(page: str) -> tuple[str, dict[str, str]]:
    """What trafilatura takes for the article, and what it knows of it. Dates are read where the page declares them."""
    import trafilatura

    dates: dict[str, Any] = {"original_date": True, "extensive_search": False, "max_date": "9999-12-31"}
    try:
        text = trafilatura.extract(page, include_comments=False, date_extraction_params=dates)
        about = trafilatura.extract_metadata(page, date_config=dates, extensive=False)
    except Exception:  # untrusted pages break a parser in many ways, and the page is read without it
        return "", {}
    facts = {
        "title": about.title,
        "author": (about.author or "").strip(" ·|,;-–—"),
        "published": about.date if about.date and about.date in page else "",  # what it reads from the text, we read
        "publisher": about.sitename,
        "url": about.url,
    }
    return text or "", {key: value for key, value in facts.items() if value}


def _lines(blocks: Sequence[Block], main: str) -> list[Line]:
    """Number the blocks, give each its role, and drop those that are not the article."""
    judged = [_judge(block, index) for index, block in enumerate(blocks, start=1)]
    found = {" ".join(_WORD.findall(line)) for line in main.splitlines()}
    within = f" {' '.join(_WORD.findall(main))} "
    outside = [line for line in judged if not line.dropped]
    kept = [line for line in outside if _is_in(line, found, within)]
    if not kept or _count(kept) < _count(outside) * LEAST_SHARE:
        return judged
    numbers = _with_neighbours(kept, outside, blocks)
    return [
        line if line.dropped or line.number in numbers else replace(line, dropped="outside the article")
        for line in judged
    ]


def _with_neighbours(kept: Sequence[Line], outside: Sequence[Line], blocks: Sequence[Block]) -> set[int]:
    """The numbers of the lines that were kept, and of what trafilatura leaves out though it belongs to them.

    It leaves out headings, the title nearly always, and lists and short paragraphs amid the article.
    """
    numbers = {line.number for line in kept}
    first, last = min(numbers), max(numbers)
    containers = {blocks[line.number - 1].within for line in kept if len(line.text.split()) >= MANY_WORDS}
    heads = False  # whether a heading would head something that is kept
    for line in reversed(outside):
        heading = line.role.startswith("heading")
        told = line.role.startswith(("item", "question")) or line.text.endswith((".", "!", "?"))
        amid = first < line.number < last and blocks[line.number - 1].within in containers
        if (amid and told and not heading) or (heading and heads and line.number < last):
            numbers.add(line.number)
        heads = line.number in numbers
    return numbers


def _judge(block: Block, number: int) -> Line:
    """Say what the block is by the elements it stands in; an item that is mostly links is no item of the article."""
    role = _role(block, block.words)
    text = repair(block.words).rstrip("¶# ") if role.startswith("heading") else repair(block.words)
    leads = role.startswith("item") and block.linked >= len(block.words.split()) * MOSTLY_LINKS
    return Line(number, text, role, block.chrome or ("navigation" if leads else ""))


def _role(block: Block, text: str) -> str:
    for tag in reversed(block.around):
        if re.fullmatch("h[0-6]", tag):
            return f"heading-{tag[1]}"
    if "summary" in block.around or "dt" in block.around:
        return "question" if text.endswith("?") else "paragraph"
    depth = sum(tag in _LISTS for tag in block.around)
    if depth and "li" in block.around:
        return f"item-{depth}"
    if block.bold >= len(block.words.split()):
        return "bold"
    return BROKEN if block.broken else "paragraph"


def _is_in(line: Line, found: set[str], within: str) -> bool:
    """Whether the text that was found holds the line: as a line of its own, or a long one within another."""
    words = _WORD.findall(line.text)
    text = " ".join(words)
    return text in found or (len(words) >= MANY_WORDS and f" {text} " in within)


def _count(lines: Sequence[Line]) -> int:
    return sum(len(line.text.split()) for line in lines)


def read_docx(raw: bytes) -> tuple[list[Line], dict[str, str]]:
    """Read a Word document into lines; all of its text is the article. Raises `Refusal` as `read_html` does."""
    import mammoth

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise Refusal("This is not a Word document, which is a zip archive. Save it as .docx anew.") from None
    _refuse_bombs(entries)
    try:
        page = mammoth.convert_to_html(io.BytesIO(raw), style_map=_DOCX_STYLES, convert_image=_no_image()).value
    except Exception as error:  # untrusted archives break a parser in many ways
        raise Refusal(f"Its text cannot be read ({type(error).__name__}). Save it as .docx anew.") from None
    reader = _Reader(titled=True)
    reader.feed(page)
    reader.flush()
    if not reader.blocks:
        raise Refusal("The document holds no text.")
    return [_judge(block, index) for index, block in enumerate(reader.blocks, start=1)], {}


def _refuse_bombs(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse an archive that would fill the memory or take for ever; its own figures are held to while it is read."""
    parts = [entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels"))]
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED or max(parts, default=0) > MAX_PART:
        raise Refusal("It unpacks to more than any article. Save its text without the pictures, or part it.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refusal("It is locked with a password. Save it without.")
    if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
        raise Refusal("It is packed in a way that Word never uses. Save it as .docx anew.")


def _no_image() -> Any:
    import mammoth

    return mammoth.images.img_element(lambda _: {"src": ""})

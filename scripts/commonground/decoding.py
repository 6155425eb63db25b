"""Bytes in any encoding to clean text: one kind of line end, and nothing that no reader sees."""

from __future__ import annotations

import codecs
import re
import unicodedata

import ftfy
from charset_normalizer import from_bytes

from .article import Refusal

MAX_TEXT = 200_000  # characters: a page of the guide may have 256 KB, and markup and marks want room
_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._-]{2,40})""")
_DECLARED_WITHIN = 2_048  # bytes from the start; browsers look at 1,024
_NULS_OF_UTF16 = 0.3  # of every other byte of Western text are zero in UTF-16, and none in anything else
_CONTROL_SHARE = 0.01  # of a text; pictures and archives hold ten times as much
_WESTERN_SHARE = 0.15  # of the bytes of a Western text at most are not ASCII
# What Windows-1252 holds beyond ASCII and people type: letters of Western languages, quotation marks, dashes, signs.
_WESTERN = frozenset(
    "‘’“”–—…•€£§°©®™«»·¿¡½¼¾²³×\u00b4 \xad" + "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœšžÀÁÂÄÅÆÇÈÉÊËÎÏÑÓÔÖØÚÜŒŠŽ"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# No reader sees these: soft hyphens, zero-width signs, marks and overrides of the direction of writing.
_UNSEEN = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]|(?<=[ -~])[\u200c\u200d]")
_HIGHEST_OF_ASCII = 0x7F
_SPACES = re.compile(r"[\t\x0b\x0c\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Only what is wrong throughout a line is mended: the last three would "mend" a word that rightly ends in Ã. They are
# heeded only while `explain` is on, as it is when nothing is said.
WIDEST_GAP = 8  # spaces: as many part columns, and more would slow down what looks at lines
_MANY_SPACES = re.compile(rf"[ \t\xa0]{{{WIDEST_GAP + 1},}}")
_MANY_ACCENTS = re.compile(r"([\u0300-\u036f]{8})[\u0300-\u036f]+")  # sorting them would take for ever
_REPAIRS = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_character_width=False,
    restore_byte_a0=False,
    replace_lossy_sequences=False,
    decode_inconsistent_utf8=False,
)


def decode(raw: bytes) -> str:
    """Return the text of the bytes. Raises `Refusal` where they are no text."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _checked(raw[len(mark) :].decode(encoding, errors="replace"))
    if encoding := _without_mark(raw):
        return _checked(raw.decode(encoding, errors="replace"))
    _checked(raw.decode("latin-1"))  # where each byte is one character: binary data must not reach the guesses below
    try:
        return _checked(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(_nearly_utf8(raw) or _declared(raw) or _western(raw) or _guessed(raw))


def _without_mark(raw: bytes) -> str:
    """Tell UTF-16 without its mark by where its zero bytes stand."""
    first, second = raw[0::2].count(0), raw[1::2].count(0)
    many = len(raw) // 2 * _NULS_OF_UTF16
    if second > many > first:
        return "utf-16-le"
    return "utf-16-be" if first > many > second else ""


def _checked(text: str) -> str:
    if len(_CONTROLS.findall(text)) > len(text) * _CONTROL_SHARE:
        raise Refusal("This is binary data and no text. Save the article as text, Markdown, HTML or .docx.")
    return text


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read what is wrong in UTF-8 (or nothing in Windows-1252) byte by byte as Windows-1252, else as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in wrong), error.end


codecs.register_error("as-windows-1252", _as_windows)


def _nearly_utf8(raw: bytes) -> str:
    """UTF-8 with a few bytes of Windows-1252 in it, as pasting leaves it; empty where it is not."""
    wrong = raw.decode("utf-8", errors="replace").count("\ufffd")
    beyond = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", raw))
    return raw.decode("utf-8", errors="as-windows-1252") if wrong < beyond else ""


def _declared(raw: bytes) -> str:
    """The text in the encoding that the page says it has; empty where it says none, or a wrong one."""
    match = _DECLARED.search(raw, 0, _DECLARED_WITHIN)
    try:
        encoding = codecs.lookup(match[1].decode()).name if match else ""
    except LookupError:
        return ""
    # Browsers read Latin-1 as Windows-1252, and so do the people who declare it.
    if encoding in {"iso8859-1", "ascii", "cp1252"}:
        return raw.decode("cp1252", errors="as-windows-1252")
    try:
        return raw.decode(encoding) if encoding else ""
    except (UnicodeError, LookupError):  # it declares what is no encoding of text
        return ""


def _western(raw: bytes) -> str:
    """Windows-1252 (and Latin-1, which it holds) where every byte of it is one that people type."""
    beyond = bytes(byte for byte in raw if byte > _HIGHEST_OF_ASCII)
    usual = set(beyond.decode("cp1252", errors="replace")) <= _WESTERN
    return raw.decode("cp1252") if usual and len(beyond) < len(raw) * _WESTERN_SHARE else ""


def _guessed(raw: bytes) -> str:
    """The text in the encoding that it reads best in."""
    best = from_bytes(raw).best()
    if best is None:
        raise Refusal("Its encoding cannot be told. Save the article as UTF-8.")
    return str(best)


def repair(text: str) -> str:
    """Return the text with wrong decoding mended and unseen characters gone; its lines stay where they were."""
    text = _MANY_ACCENTS.sub(r"\1", text)
    mended = _MANY_SPACES.sub(" " * WIDEST_GAP, ftfy.fix_text(text, _REPAIRS))
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _UNSEEN.sub("", _SPACES.sub(" ", mended))))

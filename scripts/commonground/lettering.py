"""How wide words are in a picture, where no browser breaks them into lines.

What letters a reader's system has is unknown, so the widths are those of the widest that are common.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from . import mdtext

IDEOGRAPHS = 0x2E80  # from here on, letters are as wide as they are tall
# In ems, of DejaVu Sans.
WIDTHS = dict.fromkeys("ijl|' ", 0.33) | dict.fromkeys("frt.,:;!()[]-", 0.42) | dict.fromkeys("mwMW@%", 0.98)
CAPITAL, OTHER, IDEOGRAPH = 0.74, 0.63, 1.0


def text_width(text: str, size: float) -> float:
    """How wide a text is at most."""
    return size * sum(WIDTHS.get(one) or _letter_width(one) for one in text)


def _letter_width(letter: str) -> float:
    if ord(letter) >= IDEOGRAPHS:
        return IDEOGRAPH
    return CAPITAL if letter.isupper() else OTHER


def words_of(text: str) -> str:
    """The words of a text in Markdown, as a reader sees them."""
    return html.unescape(mdtext.plain(text))


def fit(text: str, width: float, size: float) -> Iterator[str]:
    """Break a text into lines that are no wider than the width; a word that is wider by itself is cut."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if text_width(longer, size) <= width:
            line = longer
            continue
        if line:
            yield line
        line = ""
        for letter in word:
            if line and text_width(line + letter, size) > width:
                yield line
                line = ""
            line += letter
    if line:
        yield line

"""An attribute line to copy, made from those that stand on the same page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from . import naming
from .mdtext import Block

_NUMBERED = re.compile(r"(?P<prefix>.*?)\d+")
SHORT = 30  # signs of an id that is made from a text


def attribute_line(shape: str, text: str, blocks: Sequence[Block]) -> str:
    """Return the attribute line that a bullet or an answer of this shape may have; `text` is what it is named after.

    Its id is free on the page. What the page does not tell is left open: `topic="..."`.
    """
    known = [block.attributes.value for block in blocks if block.attributes and block.attributes.value]
    ids = [str(one["id"]) for one in known if "id" in one]
    keys = {"point": ("topic", "scope"), "item": ("topic",), "question": ("topics",)}.get(shape, ())
    pairs = "".join(f' {key}="{_commonest(one[key] for one in known if key in one)}"' for key in keys)
    return f"{{ #{_free_id(shape, text, ids)}{pairs} }}"


def _commonest(values: Iterable[str]) -> str:
    return next((value for value, _ in Counter(values).most_common(1)), "...")


def _free_id(shape: str, text: str, ids: Sequence[str]) -> str:
    if shape in {"item", "question"}:
        name = naming.name_of(text, SHORT)
        return naming.free_name(f"q-{name}" if shape == "question" else name, ids)
    prefixes = Counter(match["prefix"] for one in ids if (match := _NUMBERED.fullmatch(one)))
    return naming.next_id(_commonest(prefixes.elements()), ids) if prefixes else "..."

"""Where rules are kept: each a generator over the finished guide, registered under the code of what it finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .diagnostics import Diagnostic
from .model import Guide

Rule = Callable[[Guide], Iterator[Diagnostic]]
RULES: dict[str, Rule] = {}
_TEXT = re.compile(r"(?P<why>.*?)\s+Bad:\s+(?P<bad>.*?)\s+Good:\s+(?P<good>.*)", re.DOTALL)


@dataclass(frozen=True, order=True)
class Explanation:
    """What a code means: why it is a fault, and an example of it and of what is right, as Markdown."""

    code: str
    why: str
    bad: str
    good: str


@dataclass(frozen=True)
class Rulebook:
    """All explanations: of the rules about words, which are the guide's own, and of the others."""

    words: Sequence[Explanation] = ()
    others: Sequence[Explanation] = ()


def rule(code: str) -> Callable[[Rule], Rule]:
    """Register a generator of findings under the code that all of them carry.

    Its docstring says why, then gives a bad and a good example.
    """

    def register(function: Rule) -> Rule:
        RULES[code] = function
        return function

    return register


def explanation(code: str, text: str) -> Explanation:
    """Take a text in the form "Why. Bad: an example. Good: an example." apart; raises `ValueError` at another form."""
    parts = _TEXT.fullmatch(re.sub(r"\s+", " ", text).strip())
    if not parts:
        raise ValueError(f"The rule {code} needs a bad and a good example: {text!r}")
    return Explanation(code, **parts.groupdict())

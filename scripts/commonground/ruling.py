"""Where rules are kept: each a generator of findings, registered under the code that they carry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .diagnostics import Diagnostic
from .model import Guide

Looked = TypeVar("Looked")
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


class Rules(dict[str, Callable[[Looked], Iterator[Diagnostic]]], Generic[Looked]):
    """Generators of findings over what they look at, by the code that all of one's findings carry.

    A generator's docstring says why it is a rule, then gives a bad and a good example.
    """

    def named(
        self, code: str
    ) -> Callable[[Callable[[Looked], Iterator[Diagnostic]]], Callable[[Looked], Iterator[Diagnostic]]]:
        """Register a generator under its code."""

        def register(function: Callable[[Looked], Iterator[Diagnostic]]) -> Callable[[Looked], Iterator[Diagnostic]]:
            self[code] = function
            return function

        return register

    def check(self, looked: Looked) -> Iterator[Diagnostic]:
        """Run every rule."""
        for function in self.values():
            yield from function(looked)

    def documentation(self) -> dict[str, str]:
        """Return what each code means, with a bad and a good example."""
        return {code: function.__doc__ or "" for code, function in self.items()}


RULES = Rules[Guide]()  # over the finished guide
rule = RULES.named


def explanation(code: str, text: str) -> Explanation:
    """Take a text in the form "Why. Bad: an example. Good: an example." apart; raises `ValueError` at another form."""
    parts = _TEXT.fullmatch(re.sub(r"\s+", " ", text).strip())
    if not parts:
        raise ValueError(f"The rule {code} needs a bad and a good example: {text!r}")
    return Explanation(code, **parts.groupdict())

"""What the rules about style share: what they look at, how they are found by code, and how a number is judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .corpus import Corpus
from .diagnostics import Diagnostic, Severity
from .model import Guide, Span
from .voice import Limit, Voice

PROSE = {"paragraph", "bullet", "heading", "value", "table"}  # kinds of stretches that stand on a page


@dataclass(frozen=True)
class Text:
    """What a rule looks at."""

    corpus: Corpus
    guide: Guide
    voice: Voice

    def limit(self, name: str) -> Limit:
        """Return a limit; where there is none, nothing is beyond it."""
        return self.voice.limits.get(name, Limit())


def measured(  # noqa: PLR0913, PLR0917  # what a finding about a number says
    text: Text, limit: str, number: int, span: Span, code: str, what: str, *, length: int = 1, hint: str = ""
) -> Iterator[Diagnostic]:
    """Yield a finding where a number is beyond its limit."""
    severity = text.limit(limit).judge(number)
    if severity:
        most = text.limit(limit).warning if severity is Severity.WARNING else text.limit(limit).error
        message = f"{what}; at most {most} are wanted."
        yield Diagnostic(span.path, span.line, span.column, code, message, hint, severity, length)


def count(words: str) -> int:
    """Count the words of a text. Figures count, and a sign that stands alone counts too."""
    return len(words.split())

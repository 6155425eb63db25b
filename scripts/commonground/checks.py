"""All rules over the finished guide, and what every code means that a finding may carry."""

from __future__ import annotations

from . import merging_rules, naming_rules, page_rules, redirects  # noqa: F401  # each registers its rules
from .diagnostics import Diagnostic
from .model import Guide
from .rulebook import ELSEWHERE
from .ruling import RULES, Explanation, explanation


def check(guide: Guide) -> list[Diagnostic]:
    """Run every rule and return what they find, in order of place."""
    return sorted(RULES.check(guide))


def explanations() -> list[Explanation]:
    """Return what each code means, in order."""
    texts = ELSEWHERE | RULES.documentation()
    return sorted(explanation(code, text) for code, text in texts.items())

"""Rules that need to know what day it is; `check --today` asks them, no build does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .diagnostics import Diagnostic, Severity
from .model import Guide

OLD, TOO_OLD = 90, 180  # days since somebody asked whether a help service is still there


def aged(guide: Guide, days_since: Callable[[str], int]) -> Iterator[Diagnostic]:
    """Find what has not been looked at for long; `days_since` tells how many days ago a date was."""
    for entry in guide.content.help.entries:
        days = days_since(entry.last_checked)
        if days < 0:
            message = f'"{entry.name}" was last checked on a day to come.'
            hint = "Write the day on which it was checked."
        elif days > OLD:
            message = f'"{entry.name}" was last checked {days} days ago.'
            hint = "Open its address, ask whether it is still there, and write down the day and your name."
        else:
            continue
        severity = Severity.ERROR if days > TOO_OLD else Severity.WARNING
        yield Diagnostic.at(entry.span, "stale-help", message, hint, severity)

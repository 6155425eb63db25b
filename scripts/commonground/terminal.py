"""Keys and words: what a conversation needs of any terminal, 80 columns or fewer, with or without colour."""

from __future__ import annotations

import shutil
from textwrap import wrap

import click

from .listing import WIDTH


def width() -> int:
    """How many columns to use."""
    return min(shutil.get_terminal_size().columns, WIDTH)


def height() -> int:
    """How many rows there are."""
    return shutil.get_terminal_size().lines


def say(text: str) -> None:
    """Print words; a line that is too long for the terminal is folded below its first word."""
    click.echo("\n".join(folded(text)))


def folded(text: str) -> list[str]:
    """Return the rows of words in the terminal."""
    rows = []
    for row in text.split("\n"):
        indent = " " * (len(row) - len(row.lstrip()))
        rows += wrap(row, width(), subsequent_indent=indent, break_long_words=False) or [""]
    return rows


def key() -> str:
    """Return the key pressed; q for Ctrl-C, Ctrl-D and a terminal that was closed.

    Of several that come at once only the first counts: nobody has seen the next screen.
    """
    try:
        return click.getchar()[:1].lower() or "q"
    except (KeyboardInterrupt, EOFError):
        return "q"


def chosen(count: int) -> int | None:
    """Return the number from 1 on whose key is pressed; any other key is none."""
    return number(key(), count)


def number(pressed: str, count: int) -> int | None:
    """Return the number that a key stands for, if it is one of so many."""
    return int(pressed) if pressed in {str(one) for one in range(1, count + 1)} else None


def typed(question: str, given: str = "") -> str:
    """Return what is typed. What is given stands there to be changed, or is printed where no line can be edited."""
    try:
        import readline
    except ImportError:  # as on Windows
        return str(click.prompt(question, default=given, show_default=bool(given))).strip()
    readline.set_startup_hook(lambda: readline.insert_text(given))
    try:
        return str(click.prompt(question, default="", show_default=False)).strip()
    finally:
        readline.set_startup_hook()

"""A checklist's page: the question before the list, its lines to tick, what can be done with them, its revisions.

Every box works by itself. What wants a script (overrides/javascripts/checklists.js) is hidden where there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from . import mdtext
from .blocks import Blocks, box, day, joined, lines
from .diagnostics import counted
from .model import Checklist, Content, Item, Revision
from .revising import changed_lines, newest

FILL = re.compile(r"_{4,}")  # a blank to write on


@dataclass(frozen=True)
class First:
    """The list to go through before another, and how many of its lines must hold: those of its first group."""

    checklist: Checklist
    lines: int

    @property
    def stop(self) -> str:
        """What paper says of it."""
        return f"If any of lines 1 to {self.lines} of “{self.checklist.title}” is untrue, stop."


def first_of(content: Content, checklist: Checklist) -> First | None:
    """Return what to go through before the checklist, if its scope wants a check and it is not that list itself."""
    wanted = {scope.id for scope in content.settings.scopes if scope.check}
    if checklist.scope not in wanted:
        return None
    for other in content.checklists:
        if other.slug == content.settings.sheet.first != checklist.slug:
            return First(other, sum(item.group == other.items[0].group for item in other.items))
    return None


def revision_of(content: Content, checklist: Checklist) -> str:
    """Say which revision of the checklist this is; empty where it was not written down."""
    known = newest(content, checklist)
    return f"Revised on {day(known.date)} ({known.content})" if known else ""


def neutral(name: str) -> str:
    """Return what stands for a name in the reader's browser, where no word may tell what the list is about.

    It outlives rewording and reordering, as the name does: the first 32 bits of its SHA-256.
    """
    return sha256(name.encode()).hexdigest()[:8]


def blank(name: str) -> str:
    """A line to write on, with a name for who cannot see it. It is no form field, so browsers store nothing of it."""
    return (
        '<span class="blank" contenteditable="plaintext-only" role="textbox" aria-multiline="true" spellcheck="false" '
        f'aria-label="{escape(mdtext.plain(name).strip(" :"))}"></span>'
    )


class Ticking:
    """Prints what is to be ticked; `here` is the path of the page."""

    def __init__(self, blocks: Blocks) -> None:
        """Take the printer of the guide's blocks."""
        self._blocks = blocks
        self._content = blocks.content

    def revisions(self, checklist: Checklist) -> str:
        """Whether a sheet of paper still holds: of these lines one shows, by the address on that sheet."""
        known = self._content.revisions.get(checklist.slug, ())
        return lines(
            f'<p class="revised" id="revised-{one.content}" data-search-exclude="" markdown="span">'
            f"{_since(one, known[-1])}</p>"
            for one in known
        )

    def whole(self, checklist: Checklist, here: str) -> str:
        """The list with all that belongs to it, below the check and behind its question where there is one."""
        first, gate = first_of(self._content, checklist), self._content.settings.gate
        check = self._blocks.check(checklist.scope, here)
        parts = list(self._parts(checklist, here))
        opened = f'class="ticking" data-list="{neutral(checklist.slug)}" markdown="block"'
        if not first or not gate:
            return joined(check, f"<div {opened}>", *parts, "</div>")
        link = self._blocks.targets.link("checklist", first.checklist.slug, here)
        asked = f"Is any of lines 1 to {first.lines} on “[{first.checklist.title}]({link})” untrue?"
        stop = f"[Yes, stop here]({self._blocks.targets.link('topic', gate, here)})"
        text = mdtext.rebase(self._blocks.checks[checklist.scope], "guide.yml", here)
        return joined(
            # One box and one decision: of two warnings in a row, readers skip both.
            box("check-first asks", text, asked, stop),
            f'<p class="on-sheet stop">{escape(first.stop, quote=False)}</p>',
            f"<details {opened}>\n<summary>No, show the list</summary>",
            *parts,
            "</details>",
        )

    def _parts(self, checklist: Checklist, here: str) -> Iterator[str]:
        sheet = self._content.settings.sheet
        yield TOP.format(count=len(checklist.items))
        yield from self._groups(checklist, here)
        yield STEPS
        yield checklist.foot
        yield mdtext.rebase(sheet.note, "guide.yml", here)
        yield "" if checklist.shared else lines(f'<p class="to-fill">{one}: {blank(one)}</p>' for one in sheet.blanks)
        yield TOOLS

    def _groups(self, checklist: Checklist, here: str) -> Iterator[str]:
        """The lines to tick, numbered through, under the headings of their groups."""
        numbered = list(enumerate(checklist.items, start=1))
        for group in dict.fromkeys(item.group for item in checklist.items):
            own = [(number, item) for number, item in numbered if item.group == group]
            rows = lines(self._item(checklist, number, item, here) for number, item in own)
            yield f"## {group}" if group else ""
            yield f'<ol class="checklist" start="{own[0][0]}" markdown="1">\n{rows}\n</ol>'

    def _item(self, checklist: Checklist, number: int, item: Item, here: str) -> str:
        """One line to tick, with a link to its topic, at the advice that stands behind it where there is some."""
        blocks = self._blocks
        advice = blocks.provenance.pieces(item.advice)
        own = next((one for one in advice if one.topic == item.topic), None)
        link = blocks.targets.link("advice", own.id, here) if own else blocks.targets.link("topic", item.topic, here)
        check = blocks.provenance.check_first(f"guide/{item.topic}.md", here) if own else ""
        title = blocks.topics[item.topic].title + (f'<span class="behind">{check}</span>' if check else "")
        behind = blocks.provenance.leads((one for one in advice if one is not own), here)
        more = f' <span class="behind">Also: {behind}</span>' if behind else ""
        # The number is said: a line that is not shown would not be counted.
        opened = f'<li id="{item.id}" value="{number}" markdown="block">'
        return f"{opened}\n{_line(checklist, item)} [{title}]({link}){more}\n\n</li>"


def _line(checklist: Checklist, item: Item) -> str:
    """The box with its words for a label, and after these the blanks, which would not be pressed inside it."""
    words, *after = FILL.split(item.text)
    key = neutral(f"{checklist.slug} {item.id}")
    label = f'<label><input type="checkbox" autocomplete="off" data-key="{key}"> {words.strip()}</label>'
    return " ".join([label, *(f"{blank(FILL.sub('', item.text))} {one}".strip() for one in after)])


def _since(old: Revision, new: Revision) -> str:
    if old == new:
        return f"**Your sheet is still current.** It is the one of {day(old.date)}."
    changed = changed_lines(old, new)
    what = f"{counted(changed, 'line')} to tick" if changed else "the words around the lines to tick"
    return f"**Changed on {day(new.date)}**, since your sheet was printed: {what}. Please use this one instead."


TOP = """<div class="tick-top with-scripts" data-search-exclude="">
<p class="tick-count">0 of {count} ticked</p>
<button type="button" class="tick-one">One at a time</button>
</div>"""

STEPS = """<div class="tick-steps with-scripts" role="group" aria-label="One at a time" data-search-exclude="">
<button type="button" class="tick-back">Back</button>
<button type="button" class="tick-next">Next</button>
</div>"""

TOOLS = """<div class="tick-tools with-scripts" role="group" aria-label="This list" data-search-exclude="">
<button type="button" class="tick-print">Print</button>
<button type="button" class="tick-print-left">Print what is left</button>
<button type="button" class="tick-clear">Clear</button>
<button type="button" class="tick-clear-all" hidden>Clear all lists</button>
<label><input type="checkbox" class="tick-print-ticks" autocomplete="off"> Print my ticks too</label>
<label><input type="checkbox" class="tick-remember" autocomplete="off" aria-describedby="what_stays"> \
Remember on this device</label>
<p id="what_stays">Your ticks then stay on this device until you clear them, and others who use it may see them.</p>
</div>"""

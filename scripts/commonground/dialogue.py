"""The conversation of `review` in a terminal: one key a decision, saved at once."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from textwrap import wrap

import click

from . import deciding, tensions
from .deciding import Wording
from .desk import Decision, Desk, all_neighbours
from .diagnostics import as_text, counted
from .listing import WIDTH, in_full, on_a_screen
from .model import Content, Span
from .proposing import Candidate, Neighbours, Pause, Piece, Proposal, between_decided, propose
from .schemas import validate
from .verdicts import Verdicts
from .yamltext import Document

KEYS = "s not sure  m more  u undo  ? help  q quit"
HELP = """\
  1, 2 ...  The piece at the top says the same as this one. The two are joined.
  n  It says none of these. A point is then new; these are not asked again.
  d  As n, and you say how it differs from number 1, which the site tells readers.
  s  Not now. It comes back the next time; a point waits in the list `unsure`.
  m  Show every word of all of them, and of the points that make up a group.
  u  Take the last answer back.
  q  Stop. All is saved, and the same command goes on from here."""
PULLING = """\
  t  They pull two ways: show me a tension to paste, and put this off.
  y  They are the same after all.      Any other key: back."""
UNCHANGED = "Nothing was changed."
ASIDE = {"m", "?"}
STOPS = {"q", "\x03", "\x04", ""}  # quit, Ctrl-C, Ctrl-D, and a terminal that was closed
BARREN = 10  # answers without a yes from which on it is said how many there were
FEW = 8  # findings that are shown at the end


@dataclass(frozen=True)
class Place:
    """Where a sitting is: what it put off and dwells on, and how many answers ago something was the same."""

    pause: Pause = field(default_factory=Pause)
    barren: int = 0


@dataclass
class Sitting:
    """One run of the conversation."""

    desk: Desk
    near: Neighbours
    limit: int
    undecided: bool = False
    place: Place = field(default_factory=Place)

    def proposals(self) -> list[Proposal]:
        """What is left to ask, in order; with `undecided`, of points that nobody decided about."""
        found = propose(self.desk.content(), self.near, self.limit, self.place.pause)
        return [one for one in found if not (self.undecided and one.piece.decided)]

    def answer(self, proposal: Proposal, key: str) -> str:
        """Do what the key asks for; return what to say of it."""
        nearest = proposal.candidates[:1]
        if key == "u":
            return self.undo()
        if key == "n":
            return self.apart(proposal, "")
        if key == "d" and nearest:
            return self.apart(proposal, _typed(f"How does it differ from {nearest[0].id}? (empty: not said)"))
        if key == "s":
            return self.put_off(proposal)
        if key.isdigit() and 0 < int(key) <= len(proposal.candidates):
            return self.same(proposal, proposal.candidates[int(key) - 1])
        return "That key does nothing here."

    def undo(self) -> str:
        """Take the last decision back, and go back to where it was taken."""
        if not self.desk.before:
            return "There is nothing to take back."
        done, place = self.desk.undo()
        if not done:
            return "merges.yml was changed by somebody else since then. Take it back by hand."
        self.place = place
        return "Taken back."

    def apart(self, proposal: Proposal, reason: str) -> str:
        """It is none of what is shown."""
        name, others = proposal.piece.id, [one.id for one in proposal.candidates]
        then = Place(replace(self.place.pause, stay=""), self.place.barren + 1)
        told = f"{name} is none of them." if proposal.piece.decided else f"{name} is new."
        return self.decide(partial(deciding.new, name=name, others=others, reason=reason), then, told)

    def put_off(self, proposal: Proposal) -> str:
        """Neither this piece nor what is shown with it comes back in this sitting."""
        piece, pause = proposal.piece, self.place.pause
        twos = {frozenset((piece.members[0].id, one.piece.members[0].id)) for one in proposal.candidates}
        then = replace(self.place, pause=Pause(pause.later | {piece.id}, pause.apart | twos))
        decide = _nothing if piece.decided else partial(deciding.unsure, name=piece.id)
        return self.decide(decide, then, f"{piece.id} is put off.")

    def same(self, proposal: Proposal, candidate: Candidate) -> str:
        """Join the two, once it is settled that they do not pull two ways, and which wording prints."""
        piece, other = proposal.piece, candidate.piece
        if candidate.contradicts:
            _say(f"\n{other.id} may contradict {piece.id}: {candidate.contradicts}.\n{PULLING}")
            key = _key()
            if key == "t":
                click.echo(f"\n{_tension(self.desk.content(), piece, other)}")
                return self.put_off(proposal)
            if key != "y":
                return UNCHANGED
        decide = _joining(piece, other)
        if not decide:
            return UNCHANGED
        if told := self.decide(decide, self.place, ""):
            return told
        joined = Verdicts(self.desk.content()).piece(piece.members[0].id)
        self.place = Place(replace(self.place.pause, stay=joined))
        return f"{piece.id} and {other.id} are one: {joined}."

    def decide(self, decide: Decision, then: Place, told: str) -> str:
        """Save a decision and go on; return what to say of it."""
        if fault := self.desk.change(decide, self.place):
            return fault
        self.place = then
        return told

    def left(self, proposals: Sequence[Proposal]) -> str:
        """How much is left, and whether it is still worth it."""
        decided = len(between_decided(proposals))
        parts = [f"{sum(not one.piece.decided for one in proposals)} undecided"]
        parts += [f"{decided} between what is decided"] if decided else []
        parts += [f"none the same in the last {self.place.barren}"] if self.place.barren >= BARREN else []
        return ", ".join(parts)


def hold(project: Path, limit: int, *, undecided: bool = False) -> None:
    """Ask until nothing is left or the editor stops."""
    desk = Desk(project)
    _say("Is the piece at the top the same as one of those below? One key answers, and is saved at once.")
    sitting = Sitting(desk, all_neighbours(desk.content()), limit, undecided)
    while proposals := sitting.proposals():
        key = _asked(proposals[0], sitting.left(proposals))
        if key in STOPS:
            _say(f"\nStopped. Left: {sitting.left(proposals)}. The same command goes on from here.")
            break
        try:
            told = sitting.answer(proposals[0], key)
        except click.Abort:
            told = UNCHANGED
        _say(f"\n{told}")
    else:
        later = ", ".join(sorted(sitting.place.pause.later))
        _say(f"Left for later: {later}" if later else "Everything is decided.")
    if mend := left_to_mend(desk):
        _say(mend)


def left_to_mend(desk: Desk) -> str:
    """Name what the decisions of this sitting left to do elsewhere, such as a page that lists what is gone."""
    found = desk.to_mend()
    rows = ["", "What `commonground check` finds after these decisions:", *map(as_text, found[:FEW])]
    rows += [f"and {counted(len(found) - FEW, 'finding')} more."] if len(found) > FEW else []
    return "\n".join(rows) if found else ""


def _asked(proposal: Proposal, left: str) -> str:
    """Show the proposal and return the key pressed, when it is one that answers."""
    count = len(proposal.candidates)
    same = {0: "", 1: "1 same  "}.get(count, f"1-{count} same  ")
    none = "n none  " if proposal.piece.decided else "n new  "
    keys = f"{same}{none}{'d differs, why  ' if count else ''}{KEYS}"
    width = _width()
    click.echo("\n".join([f"\n-- {left} ".ljust(width, "-"), *on_a_screen(proposal, width), "", keys]))
    while (key := _key()) in ASIDE:
        _say(f"\n{HELP}") if key == "?" else click.echo("\n" + "\n".join(in_full(proposal)))
        click.echo(keys)
    return key


def _width() -> int:
    return min(shutil.get_terminal_size().columns, WIDTH)


def _say(text: str) -> None:
    """Print words, with the lines that are too long for the terminal folded below their first word."""
    for row in text.split("\n"):
        indent = " " * (len(row) - len(row.lstrip()))
        click.echo("\n".join(wrap(row, _width(), subsequent_indent=indent, break_long_words=False)))


def _key() -> str:
    """Return the key pressed. Of several that come at once only the first counts: nobody has seen the next screen."""
    try:
        return click.getchar()[:1].lower()
    except (KeyboardInterrupt, EOFError):
        return "q"


def _joining(piece: Piece, other: Piece) -> Decision | None:
    """Return how the two become one. Where two wordings meet, the editor says which one prints."""
    if piece.is_group != other.is_group:
        return partial(deciding.same, name=piece.id, other=other.id)
    pieces = sorted((piece, other), key=lambda one: -len(one.members))
    own = "" if piece.is_group else "  w  write it yourself   "
    rows = [f"  {number}  {one.text} ({one.id})" for number, one in enumerate(pieces, start=1)]
    _say("\n".join(["\nWhich wording prints?", *rows, f"{own}  Any other key: back."]))
    key = _key()
    if piece.is_group:
        kept, gone = (one.id for one in (pieces if key == "1" else reversed(pieces)))
        return partial(deciding.joined, kept=kept, gone=gone) if key in {"1", "2"} else None
    wording = _wording(pieces, key)
    return partial(deciding.same, name=piece.id, other=other.id, wording=wording) if wording else None


def _wording(pieces: Sequence[Piece], key: str) -> Wording | None:
    if key in {"1", "2"}:
        chosen = pieces[int(key) - 1]
        return Wording(chosen.topic, chosen.lead, chosen.body)
    if key != "w":
        return None
    lead, body = _lead(pieces[0].lead), _typed("Body", pieces[0].body)
    topic = pieces[0].topic
    return Wording(topic if topic == pieces[1].topic else _typed("Topic", topic), lead, body)


def _lead(given: str) -> str:
    """Ask until the lead is one, so that nobody types a wording twice."""
    while True:
        lead = _typed("Lead", given)
        fault = next(validate(Document(lead, {(): Span(deciding.MERGES)}), "lead"), None)
        if not fault:
            return lead
        _say(fault.hint)
        given = lead


def _typed(question: str, given: str = "") -> str:
    """Return what the editor types. What is given stands there to be changed, or prints where no line can be edited."""
    try:
        import readline
    except ImportError:  # as on Windows
        return str(click.prompt(question, default=given, show_default=bool(given))).strip()
    readline.set_startup_hook(lambda: readline.insert_text(given))
    try:
        return str(click.prompt(question, default="", show_default=False)).strip()
    finally:
        readline.set_startup_hook()


def _nothing(text: str, _: Content) -> str:
    return text


def _tension(content: Content, piece: Piece, other: Piece) -> str:
    pages = ", ".join(sorted({f"docs/guide/{one.topic}.md" for one in (piece, other)}))
    name = tensions.name(content)
    return (
        f"Paste this into docs/tensions.yml and finish its `when`; add {name} to `tensions` in {pages}.\n\n"
        f"{tensions.entry(content, piece, other)}\n"
    )

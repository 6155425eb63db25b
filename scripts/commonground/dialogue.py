"""The conversation of `review` in a terminal: one key a decision, saved at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import click

from . import deciding, tensions, terminal
from .desk import Decision, Desk
from .diagnostics import as_text, counted
from .listing import in_full, on_a_screen
from .model import Content
from .proposing import Agenda, Candidate, Pause, Piece, Proposal, agenda, find
from .terminal import chosen, key, say, typed, width
from .verdicts import Verdicts
from .wordings import joining

KEYS = "s unsure  f find  m more  u undo  ? help  q quit"
HELP = """\
  1, 2 ...  The piece at the top says the same as this one. The two are joined.
  n  It says none of these. A point is then new; these are not asked again.
  d  As n, and you say how it differs from one of them: the site tells readers.
  s  Not now. It comes back the next time; a point waits in the list `unsure`.
  f  Find another that is the same, by words of it or by its id.
  m  Show every word of all of them, and of the points that make up a group.
  u  Take the last answer back.
  q  Stop. All is saved, and the same command goes on from here."""
PULLING = "  t  They pull two ways: show me a tension to paste, and put this off."
ANYWAY = "  y  They are the same after all.      Any other key: back."
UNCHANGED = "Nothing was changed."
ASIDE = {"m", "?"}
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
    limit: int
    undecided: bool = False
    place: Place = field(default_factory=Place)

    def agenda(self) -> Agenda:
        """What is left to ask, in order; with `undecided`, of points that nobody decided about."""
        content = self.desk.content()
        found = agenda(content, self.desk.near(content), self.limit, self.place.pause)
        return replace(found, subjects=found.undecided) if self.undecided else found

    def answer(self, proposal: Proposal, pressed: str) -> str:
        """Do what the key asks for; return what to say of it."""
        if pressed == "u":
            return self.undo()
        if pressed == "n":
            return self.none_of(proposal)
        if pressed == "d" and proposal.candidates:
            return self.near_miss(proposal)
        if pressed == "s":
            return self.put_off(proposal)
        if number := terminal.number(pressed, len(proposal.candidates)):
            return self.same(proposal, proposal.candidates[number - 1])
        return "That key does nothing here."

    def found(self, proposal: Proposal) -> Proposal:
        """Return the same question with what the editor looks for, or as it was where there is nothing."""
        try:
            words = typed("Words of it, or its id")
        except click.Abort:
            return proposal
        content = self.desk.content()
        found = find(content, self.desk.near(content), proposal, words, self.limit)
        if not found.candidates:
            say("\nNothing that it could be the same as has all these words.")
        return found if found.candidates else proposal

    def undo(self) -> str:
        """Take the last decision back, and go back to where it was taken."""
        if not self.desk.before:
            return "There is nothing to take back."
        done, place = self.desk.undo()
        if not done:
            return "merges.yml was changed by somebody else since then. Take it back by hand."
        self.place = place
        return "Taken back."

    def near_miss(self, proposal: Proposal) -> str:
        """It is none of what is shown, and the editor says how it differs from one of them."""
        count = len(proposal.candidates)
        if count > 1:
            say(f"\nNone of them. Which one looks most like it? 1-{count}   Any other key: back.")
        number = chosen(count) if count > 1 else 1
        if not number:
            return UNCHANGED
        first = proposal.candidates[number - 1]
        rest = [one for one in proposal.candidates if one.id != first.id]
        reason = typed(f"How does it differ from {first.id}")
        return self.none_of(replace(proposal, candidates=(first, *rest)), reason) if reason else UNCHANGED

    def none_of(self, proposal: Proposal, reason: str = "") -> str:
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
            ways = [ANYWAY] if candidate.tension else [PULLING, ANYWAY]
            say("\n".join([f"\n{other.id} may contradict {piece.id}: {candidate.contradicts}.", *ways]))
            pressed = key()
            if pressed == "t" and not candidate.tension:
                return self.tension(proposal, other)
            if pressed != "y":
                return UNCHANGED
        decide = joining(piece, other)
        told = self.decide(decide, self.place, "") if decide else UNCHANGED
        if told:
            return told
        joined = Verdicts(self.desk.content()).piece(piece.members[0].id)
        self.place = Place(replace(self.place.pause, stay=joined))
        return f"{piece.id} and {other.id} are one: {joined}."

    def tension(self, proposal: Proposal, other: Piece) -> str:
        """Show what to paste, and put the piece off until that is written."""
        click.echo(f"\n{tensions.to_paste(self.desk.content(), proposal.piece, other)}")
        say("\nAny key goes on.")
        key()
        return self.put_off(proposal)

    def decide(self, decide: Decision, then: Place, told: str) -> str:
        """Save a decision and go on; return what to say of it."""
        if fault := self.desk.change(decide, self.place):
            return fault
        self.place = then
        return told

    def left(self, found: Agenda) -> str:
        """How much is left, and whether it is still worth it."""
        undecided = len(found.undecided)
        decided = len(found.subjects) - undecided
        parts = [f"{undecided} undecided"]
        parts += [f"{decided} between what is decided"] if decided else []
        parts += [f"none the same in the last {self.place.barren}"] if self.place.barren >= BARREN else []
        return ", ".join(parts)


def hold(project: Path, limit: int, *, undecided: bool = False) -> None:
    """Ask until nothing is left or the editor stops."""
    desk = Desk(project)
    say("Is the piece at the top the same as one of those below? One key answers, and is saved at once.")
    sitting = Sitting(desk, limit, undecided)
    while (found := sitting.agenda()).subjects:
        shown, left = next(found.proposals()), sitting.left(found)
        while (pressed := _asked(shown, left)) == "f":
            shown = sitting.found(shown)
        if pressed == "q":
            say(f"\nStopped. Left: {left}. The same command goes on from here.")
            break
        try:
            told = sitting.answer(shown, pressed)
        except click.Abort:
            told = UNCHANGED
        say(f"\n{told}")
    else:
        later = ", ".join(sorted(sitting.place.pause.later))
        say(f"Left for later: {later}" if later else "Everything is decided.")
    if mend := left_to_mend(desk):
        say(mend)


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
    keys = f"{same}{none}{'d differs  ' if count else ''}{KEYS}"
    columns = width()
    click.echo("\n".join([f"\n-- {left} ".ljust(columns, "-"), *on_a_screen(proposal, columns), "", keys]))
    while (pressed := key()) in ASIDE:
        say(f"\n{HELP}") if pressed == "?" else click.echo("\n" + "\n".join(in_full(proposal)))
        click.echo(keys)
    return pressed


def _nothing(text: str, _: Content) -> str:
    return text

"""The conversation of `review` in a terminal: one key a decision, saved at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import click

from . import deciding, tensions, terminal, wordings
from .desk import Decision, Desk
from .diagnostics import as_text, counted
from .listing import in_full, on_a_screen
from .model import Content
from .proposing import Agenda, Candidate, Pause, Piece, Proposal, agenda, find, piece
from .terminal import chosen, folded, key, say, typed, width
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
  w  Write anew how the group prints that the last answer made or added to.
  o  Only what nobody has decided about, from now on; again: all of it.
  q  Stop. All is saved, and the same command goes on from here."""
PULLING = "  t  They pull two ways: show me a tension to paste, and put this off."
ANYWAY = "  y  They are the same after all.      Any other key: back."
UNCHANGED = "Nothing was changed."
ASIDE = {"m", "?"}
ENTER = "\r"
BARREN = 10  # answers without a yes from which on it is said how many there were
BELOW = 3  # rows below the candidates: a blank one, the keys, and where the cursor stands
FEW = 8  # findings that are shown at the end


@dataclass(frozen=True)
class Place:
    """Where a sitting is: what it put off and dwells on, and how many answers ago something was the same.

    `printed` is the group that the last answer made or added to.
    """

    pause: Pause = field(default_factory=Pause)
    barren: int = 0
    printed: str = ""


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
        actions: dict[str, Callable[[], str]] = {
            "n": partial(self.none_of, proposal),
            "s": partial(self.put_off, proposal),
            "u": self.undo,
            "o": self.narrow,
            ENTER: str,
        }
        actions |= {"d": partial(self.near_miss, proposal)} if proposal.candidates else {}
        actions |= {"w": self.reword} if self.place.printed else {}
        for number, candidate in enumerate(proposal.candidates, start=1):
            actions[str(number)] = partial(self.same, proposal, candidate)
        return actions.get(pressed, lambda: "That key does nothing here.")()

    def narrow(self) -> str:
        """Leave out what is decided, or take it in again."""
        self.undecided = not self.undecided
        return "Only what is undecided." if self.undecided else "All of it again."

    def found(self, proposal: Proposal) -> tuple[Proposal, str]:
        """Return the same question with what the editor looks for, or as it was and why."""
        try:
            words = typed("Words of it, or its id")
        except click.Abort:
            return proposal, UNCHANGED
        content = self.desk.content()
        found = find(content, self.desk.near(content), proposal, words, self.limit)
        if found.candidates:
            return found, ""
        return proposal, "Nothing that it could be the same as has these words." if words else UNCHANGED

    def reword(self) -> str:
        """Let the editor change how the group prints that was just joined."""
        group = piece(self.desk.content(), self.place.printed)
        lead, body = wordings.rewritten(group.lead, group.body)
        decide = partial(deciding.reworded, group=group.id, lead=lead, body=body)
        return self.decide(decide, self.place, f"{group.id} prints: {lead} {body}")

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
        decide = partial(deciding.new, name=name, others=others, reason=reason)
        if fault := self.decide(decide, then, ""):
            return fault
        if proposal.piece.decided:
            return f"{name} is none of them."
        group = Verdicts(self.desk.content()).piece(name)
        if group == name:
            return f"{name} is new."
        self.place = replace(then, printed=group)
        return f"{name} is new. {group} prints it, and must say when it holds (w rewords it)."

    def put_off(self, proposal: Proposal) -> str:
        """Neither this piece nor what is shown with it comes back in this sitting."""
        piece, pause = proposal.piece, self.place.pause
        twos = {frozenset((piece.members[0].id, one.piece.members[0].id)) for one in proposal.candidates}
        then = replace(self.place, pause=Pause(pause.later | {piece.id}, pause.apart | twos))
        decide = _nothing if piece.decided else partial(deciding.unsure, name=piece.id)
        return self.decide(decide, then, f"{piece.id} is put off.")

    def same(self, proposal: Proposal, candidate: Candidate) -> str:
        """Join the two, once it is settled that they do not pull two ways, and which wording prints."""
        one, other = proposal.piece, candidate.piece
        if candidate.parted:
            return f"{candidate.parted}, keeps {one.id} and {other.id} apart. Take that out first."
        if candidate.contradicts:
            ways = [ANYWAY] if candidate.tension else [PULLING, ANYWAY]
            say("\n".join([f"\n{other.id} may contradict {one.id}: {candidate.contradicts}.", *ways]))
            pressed = key()
            if pressed == "t" and not candidate.tension:
                return self.tension(proposal, other)
            if pressed != "y":
                return UNCHANGED
        decide = joining(one, other)
        told = self.decide(decide, self.place, "") if decide else UNCHANGED
        if told:
            return told
        joined = Verdicts(self.desk.content()).piece(one.members[0].id)
        self.place = Place(replace(self.place.pause, stay=joined), printed=joined)
        prints = f" It prints: {piece(self.desk.content(), joined).text}" if one.is_group != other.is_group else ""
        return f"{one.id} and {other.id} are one: {joined}.{prints} (w rewords it)"

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
        parts += [f"{decided} between decided ones (o hides them)"] if decided else []
        parts += [f"none the same in the last {self.place.barren}"] if self.place.barren >= BARREN else []
        return ", ".join(parts)


def hold(project: Path, limit: int, *, undecided: bool = False) -> None:
    """Ask until nothing is left or the editor stops."""
    desk = Desk(project)
    say("Is the piece at the top the same as one of those below? One key answers, and is saved at once.")
    sitting = Sitting(desk, limit, undecided)
    told = ""
    while (found := sitting.agenda()).subjects:
        shown, left = next(found.proposals()), sitting.left(found)
        while (pressed := _asked(shown, left, told)) == "f":
            shown, told = sitting.found(shown)
        if pressed == "q":
            say(f"\nStopped. Left: {left}. The same command goes on from here.")
            break
        try:
            told = sitting.answer(shown, pressed)
        except click.Abort:
            told = UNCHANGED
    else:
        later = ", ".join(sorted(sitting.place.pause.later))
        say(f"\n{told}")
        say(f"Left for later: {later}" if later else "Everything is decided.")
    if mend := left_to_mend(desk):
        say(mend)


def left_to_mend(desk: Desk) -> str:
    """Name what the decisions of this sitting left to do elsewhere, such as a page that lists what is gone."""
    found = desk.to_mend()
    rows = ["", "What `commonground check` finds after these decisions:", *map(as_text, found[:FEW])]
    rows += [f"and {counted(len(found) - FEW, 'finding')} more."] if len(found) > FEW else []
    return "\n".join(rows) if found else ""


def _asked(proposal: Proposal, left: str, told: str) -> str:
    """Show the proposal, below what the last key did, and return the key pressed, when it is one that answers."""
    count = len(proposal.candidates)
    same = {0: "", 1: "1 same  "}.get(count, f"1-{count} same  ")
    none = "n none  " if proposal.piece.decided else "n new  "
    keys = f"{same}{none}{'d differs  ' if count else ''}{KEYS}"
    columns = width()
    *rows, last = folded(f"-- {left}")
    head = ["", *(folded(told) if told else []), *rows, f"{last} ".ljust(columns, "-")]
    shown = on_a_screen(proposal, columns, terminal.height() - len(head) - BELOW)
    click.echo("\n".join([*head, *shown, "", keys]))
    while (pressed := key()) in ASIDE:
        say(f"\n{HELP}") if pressed == "?" else click.echo("\n" + "\n".join(in_full(proposal)))
        click.echo(f"{keys}\nEnter shows the question again.")
    return pressed


def _nothing(text: str, _: Content) -> str:
    return text

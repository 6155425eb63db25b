"""The conversation of `review` in a terminal: one key a decision, saved at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import click

from . import reviewing
from .diagnostics import Fault, as_text, has_errors
from .model import Content
from .reading import read, read_folder
from .reviewing import MERGES, Candidate, Neighbours, Proposal, Wording
from .similarity import TfidfEncoder
from .storing import DOCS, replace_file

KEYS = "1-5 same   n new   d different from all   s not sure   u undo   q quit"
EMPTY = "groups: []\n"


@dataclass
class Desk:
    """The decisions on the disk, and how to change them.

    `later` are the points put off in this sitting, and `before` what each change replaced, for undo.
    """

    project: Path
    before: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    later: frozenset[str] = frozenset()

    @property
    def path(self) -> Path:
        """The file of decisions."""
        return self.project / DOCS / MERGES

    def text(self) -> str:
        """The decisions as they stand."""
        return self.path.read_text(encoding="utf-8") if self.path.exists() else EMPTY

    def content(self) -> Content:
        """The content as it stands. Raises `click.ClickException` where it has errors."""
        content, findings = read(read_folder(self.project / DOCS))
        if has_errors(findings):
            raise click.ClickException("Mend this first.\n" + "\n".join(as_text(one.below(DOCS)) for one in findings))
        return content

    def change(self, decide: Callable[[str, Content], str]) -> str:
        """Save the text that a decision makes of the present one; return what stood in the way, or nothing."""
        text = self.text()
        try:
            changed = decide(text, self.content())
        except Fault as fault:
            return as_text(fault.diagnostic.below(DOCS))
        self.before.append((text, self.later))
        replace_file(self.path, changed)
        return ""

    def undo(self) -> bool:
        """Take the last decision back; whether there was one."""
        if not self.before:
            return False
        text, self.later = self.before.pop()
        replace_file(self.path, text)
        return True


def thesaurus(content: Content) -> dict[str, list[str]]:
    """What each topic is called, for the engine."""
    return {topic.slug: [topic.title, *(alias.text for alias in topic.aliases)] for topic in content.topics}


def neighbours(content: Content) -> Neighbours:
    """The most similar points of each undecided one, by the default engine."""
    return reviewing.neighbours(content, TfidfEncoder(thesaurus(content)))


def hold(project: Path, limit: int) -> None:
    """Ask about each undecided point until none is left or the editor stops."""
    desk = Desk(project)
    near = neighbours(desk.content())
    click.echo(f"One key each; every answer is saved at once.\n{KEYS}")
    while True:
        proposals = [one for one in reviewing.propose(desk.content(), near, limit) if one.point.id not in desk.later]
        if not proposals:
            click.echo(
                "Everything is decided." if not desk.later else f"Left for later: {', '.join(sorted(desk.later))}"
            )
            return
        click.echo(f"\n{len(proposals)} left\n" + "\n".join(reviewing.as_lines(proposals[0])))
        key = click.getchar().lower()
        if key in {"q", "\x03", "\x04"}:
            click.echo(f"Stopped. {len(proposals)} are left; run the same command to go on.")
            return
        told = _answer(desk, proposals[0], key)
        if told:
            click.echo(told)


def _answer(desk: Desk, proposal: Proposal, key: str) -> str:
    """Do what the key asks for; return what to say."""
    name = proposal.point.id
    if key == "u":
        return "Taken back." if desk.undo() else "There is nothing to take back."
    if key == "n":
        return desk.change(lambda text, content: reviewing.new(text, content, name))
    if key == "s":
        told = desk.change(lambda text, content: reviewing.unsure(text, content, name))
        desk.later |= {name}
        return told
    if key == "d":
        return _apart(desk, proposal)
    if key.isdigit() and 0 < int(key) <= len(proposal.candidates):
        return _same(desk, proposal, proposal.candidates[int(key) - 1])
    return KEYS


def _same(desk: Desk, proposal: Proposal, candidate: Candidate) -> str:
    name = proposal.point.id
    if candidate.contradicts:
        return (
            f"{candidate.id} may contradict it ({candidate.contradicts}). If they pull two ways, write a tension in "
            f"docs/tensions.yml with {name} and {candidate.id}; if they are the same after all: "
            f"commonground review --same {name} {candidate.id}"
        )
    wording = None
    if candidate.members == (candidate.id,):
        lead = click.prompt("The lead that prints", default=candidate.lead)
        body = click.prompt("Its body", default=candidate.body or proposal.point.body, show_default=True)
        topic = click.prompt("Its topic", default=proposal.point.topic)
        wording = Wording(topic, lead, body)
    return desk.change(lambda text, content: reviewing.same(text, content, name, candidate.id, wording))


def _apart(desk: Desk, proposal: Proposal) -> str:
    """Stand alone, and keep apart from the nearest candidate, which would come back otherwise."""
    name = proposal.point.id
    told = desk.change(lambda text, content: reviewing.new(text, content, name))
    if told or not proposal.candidates:
        return told
    nearest = proposal.candidates[0]
    reason = click.prompt(f"How does it differ from {nearest.id}? (empty to leave it at that)", default="")
    if not reason.strip():
        return ""
    return desk.change(lambda text, content: reviewing.different(text, content, name, nearest.id, reason.strip()))

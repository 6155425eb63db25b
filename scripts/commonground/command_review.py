"""The command in which a person decides what says the same."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .console import in_project, needs, refuse
from .diagnostics import Fault, as_text
from .reading import DOCS

if TYPE_CHECKING:
    from . import desk


@click.command()
@click.option("--list", "listing", is_flag=True, help="Print what is undecided, with the best candidates.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@click.option(
    "--same", nargs=2, metavar="ID ID", help="They say the same: a point and a point or group, or two groups."
)
@click.option("--different", nargs=2, metavar="ID ID", help="They only look alike; the site says why with --reason.")
@click.option("--reason", default="", help="How the two are different.")
@click.option("--new", metavar="ID", help="The point says something new and stands alone.")
@click.option("--unsure", metavar="ID", help="To be decided later.")
@click.option("--tension", nargs=2, metavar="ID ID", help="They pull two ways: print an entry for docs/tensions.yml.")
@click.option("--undecided", is_flag=True, help="Leave out what is decided and may be the same.")
@click.option("--limit", type=click.IntRange(1, 9), default=5, show_default=True, help="Candidates for each.")
@in_project
def review(  # noqa: PLR0913, PLR0917  # click passes each option by its name
    listing: bool,
    form: str,
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    reason: str,
    new: str | None,
    unsure: str | None,
    tension: tuple[str, str] | None,
    undecided: bool,
    limit: int,
    project: Path,
) -> None:
    """Decide which points say the same: the machine proposes, you decide, docs/merges.yml remembers.

    An ID is that of a point or of a group. Without options it asks in the terminal, one key a decision, what counts
    most first. Exit 0 when done, 1 when a decision was refused.
    """
    from . import deciding, desk, dialogue, proposing, tensions
    from . import listing as lists

    if not (project / DOCS).is_dir():
        raise click.UsageError(f"There is no folder {project / DOCS}. Run this in the project, or use --project.")
    table = desk.Desk(project)
    decide: desk.Decision | None = None
    name = ""
    if same:
        name = same[0]
        decide = partial(deciding.same, name=same[0], other=same[1])
    elif different:
        decide = partial(deciding.different, name=different[0], other=different[1], reason=reason.strip())
    elif new:
        name = new
        decide = partial(deciding.new, name=new)
    elif unsure:
        decide = partial(deciding.unsure, name=unsure)
    if decide:
        _decide(table, decide, name)
        return
    try:
        if tension:
            click.echo(tensions.between(table.content(), *tension))
        elif listing or form != "text" or not sys.stdin.isatty():
            content = table.content()
            proposals = proposing.propose(content, desk.all_neighbours(content), limit)
            click.echo(lists.listed([one for one in proposals if not (undecided and one.piece.decided)], form))
        else:
            dialogue.hold(project, limit, undecided=undecided)
    except Fault as fault:
        refuse(as_text(fault.diagnostic.below(DOCS)))
    except ModuleNotFoundError as missing:
        raise click.UsageError(needs(missing, "review")) from None


def _decide(table: desk.Desk, decide: desk.Decision, name: str) -> None:
    """Decide, and say how that is printed now which was named."""
    from . import dialogue, proposing
    from .verdicts import Verdicts

    points = Verdicts(table.content()).members(name)
    if told := table.change(decide):
        refuse(told)
    content = table.content()
    piece = proposing.piece(content, Verdicts(content).piece(points[0])) if name else None
    if piece and piece.is_group:
        click.echo(f"{piece.id} prints: {piece.text}")
    if mend := dialogue.left_to_mend(table):
        click.echo(mend, err=True)

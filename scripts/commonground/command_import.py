"""The command that turns articles into drafts of source pages."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from .console import MANY_FILES, in_project, needs
from .reading import DOCS

NEXT_STEP = (
    "Next: say each bullet in your own words, give it a topic and a scope, decide about it in docs/merges.yml, and "
    "take out `draft: true`. `commonground check` names every sentence that is still the article's."
)


@click.command(name="import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--to", "target", type=click.Path(path_type=Path), help="The folder for the drafts.  [docs/sources]")
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="JSON with --dry-run.")
@click.option("--guard", metavar="MARK", help="Write only the echo guard of an article whose page is there already.")
@in_project
def import_command(  # noqa: PLR0913, PLR0917  # click passes each option by its name
    paths: Sequence[str], target: Path | None, dry_run: bool, form: str, guard: str | None, project: Path
) -> None:
    """Turn articles (.txt, .md, .html, .docx, whole folders, - for standard input) into drafts of source pages.

    Exit 0 when all were imported, 1 when some were refused, 2 when it could not run.
    """
    if form == "json" and not dry_run:
        raise click.UsageError("--format json goes with --dry-run. Add that, or leave --format out.")
    try:
        from . import intake
    except ModuleNotFoundError as missing:
        raise click.UsageError(needs(missing, "import")) from None
    for library in ("trafilatura", "htmldate", "mammoth"):
        logging.getLogger(library).setLevel(logging.CRITICAL)  # what they would say, the refusals say
    inputs = list(intake.inputs(paths))
    if not inputs:
        raise click.UsageError(f"There is no .txt, .md, .html or .docx file in {', '.join(paths)}.")
    if guard and (len(inputs) > 1 or not re.fullmatch(r"\d{1,4}", guard)):
        raise click.UsageError("--guard takes the number of one article and goes with one file: ARTICLE --guard 6")
    if not target and not (project / DOCS).is_dir():
        raise click.UsageError(
            f"There is no folder {project / DOCS}. Run this in the project, or name it by --project."
        )
    shelf = intake.Shelf(project, target or project / DOCS / "sources")
    outcomes: list[intake.Outcome] = []
    with click.progressbar(inputs, label="Importing", file=sys.stderr, hidden=len(inputs) < MANY_FILES) as progress:
        for name, path in progress:
            outcome = intake.bring_in(name, path, shelf, guard or "", dry_run=dry_run)
            outcomes.append(outcome)
            if outcome.refused or form == "text":
                click.echo(outcome.told, err=outcome.refused)
    refused = sum(outcome.refused for outcome in outcomes)
    if form == "json":
        click.echo(json.dumps([outcome.record for outcome in outcomes], ensure_ascii=False, indent=2))
    elif not dry_run and not guard and refused < len(outcomes):
        click.echo(NEXT_STEP, err=True)
    if refused:
        sys.exit(1)

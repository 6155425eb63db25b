"""The commands that make something of the content: a tree of pages, PDFs, revisions."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from . import revising
from .console import day_of, in_project, printed, show
from .diagnostics import counted, has_errors
from .reading import DOCS, read, read_folder
from .samples import SAMPLE_LINES
from .storing import replace_file, write_tree


@click.command(name="build")
@click.option("--to", "target", type=click.Path(path_type=Path), required=True, help="The folder to write.")
@in_project
def build_command(target: Path, project: Path) -> None:
    """Write the finished Markdown tree and its mkdocs.yml, for MkDocs without the hook or for another renderer."""
    result = printed(project)
    write_tree(result, project, target)
    click.echo(f"Wrote {len(result.pages) + len(result.printouts)} files to {target}.")


@click.command()
@click.option("--to", "target", type=click.Path(path_type=Path), default="build/pdf", show_default=True)
@in_project
def pdf(target: Path, project: Path) -> None:
    """Typeset every checklist (A4, US Letter, large print), all of them in one file, and the guide as a book."""
    result = printed(project)
    for one in result.printouts:
        path = target / Path(one.path).name
        replace_file(path, one.content)
        click.echo(f"{path}: {counted(one.pages, 'page')}, {len(one.content) / 1000:.0f} KB")


@click.command()
@click.option("--today", metavar="DATE", help="The day of the revision, as YYYY-MM-DD.  [today]")
@in_project
def revise(today: str | None, project: Path) -> None:
    """Write down the revision of each checklist that has changed, in docs/revisions.yml: sheets carry it."""
    day = day_of(today, "--today") if today else date.today()  # the writer's own day
    content, findings = read(read_folder(project / DOCS))
    if has_errors(findings):
        show([one.below(DOCS) for one in findings], "text")
        sys.exit(1)
    before, after = content.revisions, revising.revised(content, day.isoformat(), {SAMPLE_LINES})
    changed = [slug for slug in after if after[slug] != before.get(slug)]
    if changed:
        path = project / DOCS / revising.FILE
        remarks = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
        replace_file(path, revising.as_yaml(after, remarks))
    click.echo(f"Revised on {day}: {', '.join(changed)}." if changed else "No checklist has changed.")

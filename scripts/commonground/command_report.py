"""The commands that print what the site tells of its own making, as data."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from . import reporting
from .console import in_project, sound
from .diagnostics import counted
from .reading import DOCS


@click.group()
def report() -> None:
    """Print what the site tells of its own making, as data."""


@report.command()
@in_project
def merging(project: Path) -> None:
    """Print how the advice was merged, as JSON: what the page with the marker `merging` shows."""
    result = sound(project)
    click.echo(json.dumps(reporting.as_data(reporting.report(result.guide)), ensure_ascii=False, indent=2))


@report.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@in_project
def links(form: str, project: Path) -> None:
    """Print every mention of a topic that the pages make: which became a link, and why the others did not."""
    result = sound(project)
    mentions = [(page, one) for page, found in result.links.mentions.items() for one in found]
    if form == "json":
        click.echo(json.dumps([{"page": page, **asdict(one)} for page, one in mentions], ensure_ascii=False, indent=2))
        return
    for page, one in mentions:
        where = f"{DOCS}/{one.span.path}:{one.span.line}:{one.span.column}"
        on = "" if one.span.path == page else f" on {page}"
        click.echo(f"{where}{on}: {one.words} -> {one.aim}{f' (no link: {one.reason})' if one.reason else ''}")
    made = sum(not one.reason for _, one in mentions)
    click.echo(f"{counted(made, 'link')}, {counted(len(mentions) - made, 'mention')} without one", err=True)

"""The commands that print what the site tells of its own making, as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import changesreport, history, reporting
from .changesections import Entry, Report, Said, Weight
from .console import in_project, needs, site_of, sound
from .diagnostics import Diagnostic, counted
from .reading import DOCS, read_folder

if TYPE_CHECKING:
    from .changes import Changes, State
    from .repeating import Duplicate

FORMS = {"text": changesreport.as_text, "json": changesreport.as_json, "markdown": changesreport.as_markdown}
# What runs, rules or guards when a site is built or a change is checked: a reviewer should know that it changed.
CODE = (
    "overrides/",
    "scripts/",
    "echoes/",
    ".github/",
    ".ci/",
    "Makefile",
    "mkdocs.yml",
    "voice.yml",
    "pyproject.toml",
    "constraints.txt",
)


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


@report.command()
@click.option("--against", metavar="REV", required=True, help="The commit, branch or tag to compare with.")
@click.option("--format", "form", type=click.Choice([*FORMS]), default="text", show_default=True)
@click.option("--sites", "whole", is_flag=True, help="Build both whole sites, and say what they weigh and take.")
@in_project
def changes(against: str, form: str, whole: bool, project: Path) -> None:
    """Print what a change does to the guide: pages, advice, sources, and what a reviewer should look at twice."""
    from . import changes as comparing

    before = comparing.state(_below(DOCS, history.read_revision(project, against, DOCS)))
    files = read_folder(project / DOCS)
    after = before if files == before.files else comparing.state(files)
    compared = comparing.compare(before, after) if before.readable and after.readable else comparing.Changes()
    missing: list[Entry] = []
    click.echo(
        FORMS[form](
            Report(
                against=against,
                before=before,
                after=after,
                changes=compared,
                code=tuple(one for one in history.changed_files(project, against) if one.startswith(CODE)),
                duplicates=_duplicates(after, compared, missing),
                unfit=_unfit(project, after),
                weights=_weights(project, against, missing) if whole else None,
                missing=tuple(missing),
            )
        ).rstrip("\n")
    )


def _below(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a folder, by their paths in it, without the hidden ones that no reader of content sees."""
    inside = {path.removeprefix(f"{folder}/"): raw for path, raw in files.items()}
    return {path: raw for path, raw in inside.items() if not any(part.startswith(".") for part in path.split("/"))}


def _duplicates(after: State, compared: Changes, missing: list[Entry]) -> tuple[Duplicate, ...] | None:
    """Look for what the new points repeat, where there are any and the engine is installed."""
    from . import desk, proposing
    from .repeating import duplicates

    content = after.guide.content
    if not compared.new_points:
        return ()
    try:
        near = proposing.neighbours(content, desk.encoder(content))
    except ModuleNotFoundError as absent:
        missing.append(Entry(("Duplicates.", Said(needs(absent, "review")))))
        return None
    return tuple(duplicates(content, near, compared.new_points))


def _unfit(project: Path, after: State) -> tuple[Diagnostic, ...]:
    from .printing import unfit

    title, site, language = site_of(project)
    return tuple(one.below(DOCS) for one in unfit(after.guide, title, site, language)) if after.pages else ()


def _weights(project: Path, against: str, missing: list[Entry]) -> tuple[Weight, Weight] | None:
    from .sites import Unbuilt, weigh

    try:
        return weigh(project, against)
    except Unbuilt as refused:
        missing.append(
            Entry(("What whole sites weigh. This one cannot be built:", Said(refused.name), Said(refused.said)))
        )
        return None

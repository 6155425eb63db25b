"""The commands that find what is wrong: with the content, with its addresses and with where its links lead."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click

from . import redirects, wording
from .addresses import published as published_addresses
from .building import Result
from .checks import explanations
from .console import MANY_FILES, NO_REPOSITORY, PLACEHOLDER, day_of, in_project, needs, show, sound
from .diagnostics import Diagnostic, Severity, counted, has_errors
from .history import read_revision
from .linting import PARTS, Project, lint, mended, news, spoken_in
from .reading import DOCS, is_text, read_folder
from .storing import CONFIGURATION, read_configuration, read_project, read_record, replace_file


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@click.option("--list", "listing", is_flag=True, help="Print every rule with a bad and a good example.")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--fix", is_flag=True, help="Mend what can be mended without a change of meaning.")
@click.option("--diff", "since", metavar="REV", help="Only what was not wrong already at a commit, branch or tag.")
@click.option("--today", metavar="DATE", help="Also what has not been looked at for long, on a day as YYYY-MM-DD.")
@click.option("--strict", is_flag=True, help="Let warnings count as errors, as the site's build does.")
@click.option("--duplicates", is_flag=True, help="Warn of undecided points that look alike (needs the extra review).")
@click.option("--published", is_flag=True, help="As before publishing: drafts may be drafts, the site has addresses.")
@in_project
def check(  # noqa: PLR0913, PLR0917  # click passes each option by its name
    paths: Sequence[Path],
    listing: bool,
    form: str,
    fix: bool,
    since: str | None,
    today: str | None,
    strict: bool,
    duplicates: bool,
    published: bool,
    project: Path,
) -> None:
    """Find what is wrong with the content, in all of it or in some of its files and folders.

    Exit 0 when nothing is, 1 on errors, 2 when it could not run.
    """
    if listing:
        spoken, _ = spoken_in(read_project(project))
        for one in sorted([*explanations(), *wording.explanations(spoken)]):
            click.echo(f"{one.code}\n    {one.why}\n    Bad: {one.bad}\n    Good: {one.good}")
        return
    wanted = [_inside(project, path) for path in paths]
    examine = partial(lint, published=published, days_since=_days_until(today) if today else None)
    state = read_project(project)
    if fix:
        state = _mend(project, state, lambda now: [one for one in examine(now)[1] if _is_in(one.path, wanted)])
    result, findings = examine(state)
    findings += _before_publishing(project) if published else ()
    findings += _duplicates(result) if duplicates else ()
    if since is not None:
        before = Project(read_revision(project, since, *PARTS))
        findings = news((before, examine(before)[1]), (state, findings))
    shown = [one for one in sorted(findings) if _is_in(one.path, wanted)]
    show(shown, form, state.row, elsewhere=len(findings) - len(shown))
    if has_errors(shown) or (strict and shown):
        sys.exit(1)


def _inside(project: Path, path: Path) -> str:
    """The path of a file or folder as seen from the project; raises `UsageError` where nothing of it is checked."""
    if not path.exists():
        raise click.UsageError(f"There is no {path}.")
    try:
        inside = path.resolve().relative_to(project.resolve()).as_posix()
    except ValueError:
        raise click.UsageError(f"{path} is not in the project {project.resolve().name}. Use --project.") from None
    if inside != "." and inside.partition("/")[0] not in PARTS:
        raise click.UsageError(f"{path} is no part of what is checked: {', '.join(PARTS)}.")
    return inside


def _is_in(path: str, wanted: Sequence[str]) -> bool:
    return not wanted or any(one in {path, "."} or path.startswith(f"{one}/") for one in wanted)


def _days_until(today: str) -> Callable[[str], int]:
    day = day_of(today, "--today")
    return lambda other: (day - date.fromisoformat(other)).days


def _mend(project: Path, state: Project, examine: Callable[[Project], Sequence[Diagnostic]]) -> Project:
    """Make the safe changes, write the files that change, and say so."""
    after, made = mended(state, examine)
    changed = [path for path in after.files if after.files[path] != state.files[path]]
    for path in changed:
        replace_file(project / path, after.files[path])
    click.echo(f"Mended {counted(made, 'place')} in {counted(len(changed), 'file')}.", err=True)
    return after


def _duplicates(result: Result) -> list[Diagnostic]:
    from . import desk, proposing

    content = result.guide.content
    open_ones = {point.id for point in proposing.undecided(content)}
    try:
        near = proposing.neighbours(content, desk.encoder(content), open_ones)
    except ModuleNotFoundError as missing:
        raise click.UsageError(needs(missing, "review")) from None
    return [one.below(DOCS) for one in proposing.warnings(proposing.propose(content, near))]


def _before_publishing(project: Path) -> list[Diagnostic]:
    """Warn of each address that is still the placeholder which `mkdocs.yml` falls back to."""
    path = project / CONFIGURATION
    lines = read_configuration(path).splitlines() if path.is_file() else []
    return [
        Diagnostic(CONFIGURATION, number, 1, code, message, f"Before publishing {hint}", Severity.WARNING)
        for number, line in enumerate(lines, start=1)
        for key, variable, placeholder, code, message, hint in PLACEHOLDERS
        if line.startswith(f"{key}:") and placeholder in (os.environ.get(variable) or line)
    ]


PLACEHOLDERS = [
    (
        "site_url",
        "SITE_URL",
        PLACEHOLDER,
        "default-site-url",
        "The site's address is still the placeholder.",
        "set SITE_URL, for example SITE_URL=https://guide.example.net/ make site",
    ),
    (
        "repo_url",
        "REPO_URL",
        NO_REPOSITORY,
        "default-repo-url",
        "The repository's address is still the placeholder, so no link to edit a page leads anywhere.",
        "set REPO_URL, for example REPO_URL=https://github.com/someone/guide make site",
    ),
]


@click.command()
@click.option("--write", is_flag=True, help=f"Add the new ones to {redirects.RECORD}; nothing that is there leaves it.")
@in_project
def addresses(write: bool, project: Path) -> None:
    """Print every address of the guide: its pages, and what has an id of its own in them."""
    result = sound(project)
    path = project / redirects.RECORD
    before = read_record(path) or ""
    if not write:
        click.echo("\n".join(sorted(published_addresses(result.guide))))
    elif (text := redirects.record(before, result.guide)) == before:
        click.echo(f"{path} has every address already.")
    else:
        replace_file(path, text)
        added = len(text.splitlines()) - len(before.splitlines())
        click.echo(f"Wrote {path}: {counted(added, 'line')} more than before. Look at them, then commit the file.")


@click.command(name="check-links")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option(
    "--pause", type=click.FloatRange(0, 60), default=1.0, show_default=True, help="Seconds between questions."
)
@click.option("--patience", type=click.FloatRange(0.1, 60), default=10.0, show_default=True, help="Seconds to wait.")
@click.option("--limit", type=click.IntRange(1), default=500, show_default=True, help="Addresses to ask at most.")
@in_project
def check_links(form: str, pause: float, patience: float, limit: int, project: Path) -> None:
    """Ask every address outside the site, each once and one at a time, whether it is there. Nothing else does.

    Exit 0 when all are, 1 when some are not, 2 when it could not run, or none could be asked at all.
    """
    from . import outside, visiting

    links = list(outside.find(_texts(project)))
    addresses = list(dict.fromkeys(link.address for link in links))
    visits = visiting.Visitor(pause, patience).visit(addresses[:limit])
    few = len(addresses) < MANY_FILES
    with click.progressbar(visits, len(addresses[:limit]), "Asking", file=sys.stderr, hidden=few) as progress:
        answers = dict(progress)
    judged = (outside.judge(link, answers[link.address]) for link in links if link.address in answers)
    findings = sorted(finding for finding in judged if finding)
    show(findings, form)
    left = f", {len(addresses) - limit} not asked: use --limit" if len(addresses) > limit else ""
    click.echo(f"{counted(len(answers), 'address')} asked{left}", err=True)
    if answers and not any(answer.status for answer in answers.values()):
        raise click.ClickException("Not one host gave an answer. Is this machine offline?")
    if has_errors(findings):
        sys.exit(1)


def _texts(project: Path) -> dict[str, str]:
    """Every text that may hold a link: the content, and mkdocs.yml with the way out."""
    if not (project / DOCS).is_dir():
        raise click.UsageError(f"There is no folder {project / DOCS}. Run this in the project, or use --project.")
    files = {f"{DOCS}/{name}": raw for name, raw in read_folder(project / DOCS).items() if is_text(name)}
    if (configuration := project / CONFIGURATION).is_file():
        files[CONFIGURATION] = configuration.read_bytes()
    return {name: raw.decode(errors="replace") for name, raw in files.items()}

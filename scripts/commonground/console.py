"""What the commands share: the project they work in, what they show of it, and how they stop."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import click

from . import wording
from .building import Result, finish, survey
from .diagnostics import Diagnostic, Severity, as_github, as_json, as_text, counted
from .linting import spoken_in
from .model import Guide, Printout
from .reading import DOCS
from .repository import Repository
from .storing import CONFIGURATION, read_configuration, read_project

PLACEHOLDER = "https://example.org/"
NO_REPOSITORY = "https://github.com/OWNER/"
ALIKE = 5  # findings that say the same and are shown one by one: there is one cause behind them
MANY_FILES = 6  # from here on a bar shows how far an import or a round of questions is

in_project = click.option(
    "--project", type=click.Path(path_type=Path), default=".", help="The folder that holds docs/."
)


def needs(missing: ModuleNotFoundError, extra: str) -> str:
    """Say what is not installed, and how to install it."""
    hint = f".venv/bin/pip install --constraint constraints.txt --editable '.[{extra}]'"
    return f"This needs {missing.name}, which is not installed here: {hint}"


def refuse(told: str) -> None:
    """Say why not, and stop with exit code 1."""
    click.echo(told, err=True)
    sys.exit(1)


def sound(project: Path) -> Result:
    """Build what lies in the project; where it has errors, print them and stop."""
    result = built(project)
    if result.failed:
        show(result.findings, "text")
        sys.exit(1)
    return result


def site_of(project: Path) -> tuple[str, str, str]:
    """The name, the address and the language of the site, as mkdocs.yml and SITE_URL give them."""
    path = project / CONFIGURATION
    text = read_configuration(path) if path.is_file() else ""
    name = re.search(r"^site_name: *(.+?) *$", text, re.MULTILINE)
    language = re.search(r"^  language: *([\w-]+)", text, re.MULTILINE)
    return (
        name[1].strip("\"'") if name else "",
        os.environ.get("SITE_URL") or PLACEHOLDER,
        language[1] if language else "en",
    )


def repository_of(project: Path) -> Repository | None:
    """The project's repository, as mkdocs.yml and the variable that it names there give it."""
    path = project / CONFIGURATION
    text = read_configuration(path) if path.is_file() else ""
    url = re.search(r"^repo_url: *(?:!ENV *\[ *(\w+) *, *)?[\"']?([^\s\"'\]]+)", text, re.MULTILINE)
    where = re.search(r"^edit_uri: *[\"']?([^\s\"']+)", text, re.MULTILINE)
    if not url or not where:
        return None
    return Repository.at(os.environ.get(url[1], url[2]) if url[1] else url[2], where[1])


def printed(project: Path) -> Result:
    """Build what lies in the project with what is made of it for paper, print what was found, and stop at errors."""
    from .printing import printouts

    title, site, language = site_of(project)
    printer = partial(printouts, title=title, site=site, language=language)
    result = built(project, printer, repository_of(project))
    show(result.findings, "text")
    if result.failed:
        sys.exit(1)
    return result


def built(
    project: Path,
    printer: Callable[[Guide], Iterable[Printout]] | None = None,
    repository: Repository | None = None,
) -> Result:
    """Build what lies in the project, with the findings' paths as seen from there."""
    everything = read_project(project)
    spoken, _ = spoken_in(everything)
    result = finish(survey(everything.content), printer, wording.explanations(spoken), repository)
    return replace(result, findings=tuple(finding.below(DOCS) for finding in result.findings))


def show(
    findings: Sequence[Diagnostic], form: str, row: Callable[[Diagnostic], str] = lambda _: "", elsewhere: int = 0
) -> None:
    """Print findings in one of their forms; for people and for GitHub with their number.

    `row` gives the line that a finding is about, to be shown with it; `elsewhere` counts those that were not asked for.
    """
    if form == "json":
        click.echo(as_json(findings))
        return
    alike = Counter((finding.code, finding.message) for finding in findings)
    told = Counter[tuple[str, str]]()
    for finding in findings:
        same = finding.code, finding.message
        told[same] += 1
        if form == "github":
            click.echo(as_github(finding))
        elif told[same] <= ALIKE:
            click.echo(as_text(finding, row(finding)))
        elif told[same] == alike[same]:
            click.echo(f"... and {alike[same] - ALIKE} more of {finding.code}: {finding.message}")
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    more = f" ({counted(elsewhere, 'finding')} in other files)" if elsewhere else ""
    click.echo(f"{counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}{more}", err=True)


def day_of(text: str, option: str) -> date:
    """Read a day that was given to an option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{option} takes a day as YYYY-MM-DD, not {text}.") from None

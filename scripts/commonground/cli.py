"""The `commonground` command: the only module that prints and the only one that writes files."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import yaml

from . import checks
from .building import Result, build
from .diagnostics import Diagnostic, Severity, as_github, as_json, as_text, has_errors
from .reading import read_folder

DOCS = "docs"
CONFIGURATION = "mkdocs.yml"
WRITTEN = "# Written by `commonground build`: change the project it was made from.\n"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="commonground")
def commands() -> None:
    """Turn overlapping how-to articles into one guide."""


@commands.command()
@click.option("--list", "listing", is_flag=True, help="Print every rule with a bad and a good example.")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--project", type=click.Path(path_type=Path), default=".", help="The folder that holds docs/.")
def check(listing: bool, form: str, project: Path) -> None:
    """Find what is wrong with the content. Exit 0 when nothing is, 1 on errors, 2 when it could not run."""
    if listing:
        for code, text in checks.documentation().items():
            click.echo(f"{code}\n    {text}")
        return
    findings = [*_build(project).findings, *_before_publishing(project)]
    _print(findings, form)
    if has_errors(findings):
        sys.exit(1)


@commands.command(name="build")
@click.option("--to", "target", type=click.Path(path_type=Path), required=True, help="The folder to write.")
@click.option("--project", type=click.Path(path_type=Path), default=".", help="The folder that holds docs/.")
def build_command(target: Path, project: Path) -> None:
    """Write the finished Markdown tree and its mkdocs.yml, for MkDocs without the hook or for another renderer."""
    result = _build(project)
    _print(result.findings, "text")
    if result.failed:
        sys.exit(1)
    _write_tree(result, project, target)
    click.echo(f"Wrote {len(result.pages)} files to {target}.")


def _build(project: Path) -> Result:
    docs = project / DOCS
    if not docs.is_dir():
        raise click.UsageError(f"There is no folder {docs}. Run this in the project's folder, or name it by --project.")
    return build(read_folder(docs))


def _print(findings: Sequence[Diagnostic], form: str) -> None:
    root = f"{DOCS}/"
    if form == "json":
        click.echo(as_json(findings, root))
        return
    for finding in findings:
        click.echo((as_github if form == "github" else as_text)(finding, root))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    click.echo(f"{errors} errors, {len(findings) - errors} warnings", err=True)


def _before_publishing(project: Path) -> list[Diagnostic]:
    """Warn while the site's address is the placeholder that `mkdocs.yml` falls back to."""
    path = project / CONFIGURATION
    if os.environ.get("SITE_URL") or not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((number for number, text in enumerate(lines, start=1) if text.startswith("site_url:")), 1)
    return [
        Diagnostic(
            f"../{CONFIGURATION}",
            line,
            1,
            "default-site-url",
            "The site's address is still the placeholder.",
            "Before publishing set SITE_URL, for example SITE_URL=https://guide.example.net/ make site",
            Severity.WARNING,
        )
    ]


def _write_tree(result: Result, project: Path, target: Path) -> None:
    """Write the tree beside its place and move it there whole, so that a stopped run leaves what was there before."""
    theirs = target.exists() and not (target / CONFIGURATION).is_file() and any(target.iterdir())
    if theirs or ((target / CONFIGURATION).is_file() and not _is_ours(target / CONFIGURATION)):
        raise click.UsageError(f"{target} holds something else. Name an empty folder or one that this command wrote.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".commonground-") as temporary:
        tree = Path(temporary) / "tree"
        for page in result.pages:
            path = tree / DOCS / page.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.text, encoding="utf-8", newline="\n")
        if (project / "overrides").is_dir():
            shutil.copytree(project / "overrides", tree / "overrides")
        configuration = (project / CONFIGURATION).read_text(encoding="utf-8")
        (tree / CONFIGURATION).write_text(_without_hook(configuration, result.navigation), encoding="utf-8")
        if target.exists():
            target.rename(Path(temporary) / "before")
        tree.rename(target)


def _is_ours(configuration: Path) -> bool:
    return configuration.read_text(encoding="utf-8").startswith(WRITTEN)


def _without_hook(configuration: str, navigation: Sequence[Any]) -> str:
    """Return the site's configuration with its menu written out and without what needs this package."""
    text = re.sub(r"^(?:hooks|watch):.*\n(?:[ \t-].*\n)*", "", configuration, flags=re.MULTILINE)
    menu = yaml.safe_dump({"nav": list(navigation)}, allow_unicode=True, sort_keys=False)
    return f"{WRITTEN}{text.rstrip()}\n\n{menu}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    try:
        commands.main(args=arguments, prog_name="commonground", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except OSError as error:
        click.echo(f"{error.filename or 'The system'}: {error.strerror}.", err=True)
        return 2
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0

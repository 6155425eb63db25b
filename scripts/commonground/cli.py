"""The `commonground` command: the only module that prints and the only one that writes files."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

import click
import yaml

from . import checks
from .building import Result, build
from .diagnostics import Diagnostic, Severity, as_github, as_json, as_text, has_errors
from .reading import PICTURES, read_folder

DOCS = "docs"
CONFIGURATION = "mkdocs.yml"
PLACEHOLDER = "https://example.org/"
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
    """Build what lies in the project, with the findings' paths as seen from there."""
    docs = project / DOCS
    if not docs.is_dir():
        raise click.UsageError(f"There is no folder {docs}. Run this in the project's folder, or name it by --project.")
    result = build(read_folder(docs))
    return replace(result, findings=tuple(finding.below(DOCS) for finding in result.findings))


def _print(findings: Sequence[Diagnostic], form: str) -> None:
    if form == "json":
        click.echo(as_json(findings))
        return
    for finding in findings:
        click.echo((as_github if form == "github" else as_text)(finding))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    click.echo(f"{_counted(errors, 'error')}, {_counted(len(findings) - errors, 'warning')}", err=True)


def _counted(count: int, word: str) -> str:
    return f"{count} {word if count == 1 else word + 's'}"


def _before_publishing(project: Path) -> list[Diagnostic]:
    """Warn while the site's address is the placeholder that `mkdocs.yml` falls back to."""
    path = project / CONFIGURATION
    lines = _configuration(path).splitlines() if path.is_file() else []
    for number, line in enumerate(lines, start=1):
        if line.startswith("site_url:") and (os.environ.get("SITE_URL", "") or line).find(PLACEHOLDER) >= 0:
            message = "The site's address is still the placeholder."
            hint = "Before publishing set SITE_URL, for example SITE_URL=https://guide.example.net/ make site"
            return [Diagnostic(CONFIGURATION, number, 1, "default-site-url", message, hint, Severity.WARNING)]
    return []


def _configuration(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise click.UsageError(f"{path} is not UTF-8 text. Save it as UTF-8.") from None


def _write_tree(result: Result, project: Path, target: Path) -> None:
    """Write the tree beside its place and move it there whole, so that a stopped run leaves what was there before."""
    if target.exists() and not _is_ours(target):
        raise click.UsageError(f"{target} holds something else. Name an empty folder or one that this command wrote.")
    configuration = _without_hook(_configuration(project / CONFIGURATION), result.navigation)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".commonground-") as temporary:
        tree, before = Path(temporary) / "tree", Path(temporary) / "before"
        pictures = {path for path in read_folder(project / DOCS) if PurePath(path).suffix.lower() in PICTURES}
        for picture in pictures:
            (tree / DOCS / picture).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(project / DOCS / picture, tree / DOCS / picture)
        for page in result.pages:
            path = tree / DOCS / page.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.text, encoding="utf-8", newline="\n")
        if (project / "overrides").is_dir():
            shutil.copytree(project / "overrides", tree / "overrides")
        (tree / CONFIGURATION).write_text(configuration, encoding="utf-8", newline="\n")
        if target.exists():
            target.rename(before)
        try:
            tree.rename(target)
        except BaseException:
            if before.exists():
                before.rename(target)
            raise


def _is_ours(target: Path) -> bool:
    """Whether the folder is empty or was written by this command."""
    if not target.is_dir():
        return False
    configuration = target / CONFIGURATION
    return not any(target.iterdir()) or (
        configuration.is_file() and configuration.read_bytes().startswith(WRITTEN.encode())
    )


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
    except click.Abort:
        click.echo("Stopped. Nothing was changed.", err=True)
        return 2
    except OSError as error:
        click.echo(f"{error.filename or 'The system'}: {error.strerror}.", err=True)
        return 2
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0

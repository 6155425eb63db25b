"""The `commonground` command."""

from __future__ import annotations

from collections.abc import Sequence

import click

from .command_check import addresses, check, check_links
from .command_import import import_command
from .command_make import build_command, pdf, revise
from .command_new import new
from .command_report import report
from .command_review import review


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="commonground")
def commands() -> None:
    """Turn overlapping how-to articles into one guide."""


for command in (check, new, import_command, review, build_command, pdf, revise, addresses, check_links, report):
    commands.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    try:
        commands.main(args=arguments, prog_name="commonground", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort:
        click.echo("Stopped. What was not finished was not written.", err=True)
        return 2
    except OSError as error:
        click.echo(f"{error.filename or 'The system'}: {error.strerror}.", err=True)
        return 2
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0

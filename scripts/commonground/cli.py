"""The `commonground` command."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import click

COMMANDS = {
    "check": ("command_check", "check"),
    "new": ("command_new", "new"),
    "import": ("command_import", "import_command"),
    "review": ("command_review", "review"),
    "build": ("command_make", "build_command"),
    "pdf": ("command_make", "pdf"),
    "revise": ("command_make", "revise"),
    "report": ("command_report", "report"),
    "addresses": ("command_check", "addresses"),
    "check-links": ("command_check", "check_links"),
}


class _Group(click.Group):
    """Loads a command when it is asked for: loading all of them takes longer than a check does."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click passes it
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click passes it
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f".{module}", __package__), name)
        return command


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="commonground")
def commands() -> None:
    """Turn overlapping how-to articles into one guide."""


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

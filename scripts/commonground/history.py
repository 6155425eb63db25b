"""The project as it was at another revision. The only module that runs git."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

import click

from .reading import LINK


def read_revision(project: Path, revision: str, *paths: str) -> dict[str, bytes]:
    """Return what stood in the project's files and folders at a revision, by paths as seen from the project.

    Links are told as `reading.read_folder` tells them. Paths that were not there are left out. Raises `UsageError`
    where git, the repository or the revision is missing.
    """
    name = _commit(project, revision)
    there = _git(project, "ls-tree", "-z", "--name-only", name, *paths).stdout.decode().split("\0")
    known = [path for path in there if path]
    if not known:
        return {}
    archive = _git(project, "archive", "--format=tar", name, "--", *known).stdout
    files: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as members:
        for member in members:
            if member.issym():
                files[member.name] = LINK
            elif member.isfile() and (content := members.extractfile(member)):
                files[member.name] = content.read()
    return files


def changed_files(project: Path, revision: str) -> list[str]:
    """Return the paths, as seen from the project, of what differs from a revision: changed, gone, or new to git.

    Raises `UsageError` as `read_revision` does.
    """
    changed = _git(project, "diff", "--name-only", "--no-renames", "--relative", "-z", _commit(project, revision))
    new = _git(project, "ls-files", "--others", "--exclude-standard", "-z")
    return sorted({*filter(None, (changed.stdout + new.stdout).decode(errors="replace").split("\0"))})


def _commit(project: Path, revision: str) -> str:
    commit = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit.returncode:
        raise click.UsageError(_missing(project, revision))
    return commit.stdout.decode().strip()


def _missing(project: Path, revision: str) -> str:
    if _git(project, "rev-parse", "--git-dir").returncode:
        return f"{project} is in no git repository, so nothing can be compared with {revision}."
    return f'There is no revision "{revision}" here. Name a commit, a branch or a tag, or git fetch it first.'


def _git(project: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(project), *arguments]
    try:
        return subprocess.run(command, capture_output=True, check=False)  # noqa: S603  # no shell reads it
    except FileNotFoundError:
        raise click.UsageError("This needs git, which is not installed here.") from None

"""MkDocs' own server, as `make serve` starts it, on a copy of a project."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[1]
VOICE = "limits:\n  sentence: {warning: 20, error: 25}\n"  # of any guide but the project's own
PATIENCE = 60  # seconds until a server that says nothing is taken for dead


@dataclass(frozen=True)
class Server:
    """A running server: its address with a slash at its end, the project it shows, and what it has said."""

    url: str
    project: Path
    process: subprocess.Popen[bytes]
    output: Path

    @property
    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def replace(self, path: str, old: str, new: str) -> str:
        """Save a file of the project with other words in it, and return what it held."""
        file = self.project / path
        before = file.read_text(encoding="utf-8")
        assert old in before
        file.write_text(before.replace(old, new), encoding="utf-8")
        return before

    def wait_for(self, words: str, after: int = 0) -> None:
        """Wait until the server has said something, after so many signs."""
        end = time.monotonic() + PATIENCE
        while words not in self.said[after:]:
            assert self.alive, self.said
            assert time.monotonic() < end, self.said
            time.sleep(0.02)


def copy_of(docs: Path, folder: Path) -> Path:
    """Make a project of some content and of this project's own code and theme."""
    shutil.copytree(docs, folder / "docs")
    for name in ("overrides", "scripts"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    if docs == PROJECT / "docs":
        shutil.copy(PROJECT / "voice.yml", folder)
    else:
        (folder / "voice.yml").write_text(VOICE, encoding="utf-8")
    return folder


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serving(project: Path) -> Iterator[Server]:
    """Serve a project until the block ends."""
    address, output = f"127.0.0.1:{_free_port()}", project / "said.txt"
    kept = {name: value for name, value in os.environ.items() if name not in {"SITE_URL", "REPO_URL", "PYTHONPATH"}}
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
    with (
        output.open("wb") as file,
        subprocess.Popen(
            command,
            cwd=project,
            stdout=file,
            stderr=subprocess.STDOUT,
            env=kept | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"},
        ) as process,
    ):
        server = Server(f"http://{address}/", project, process, output)
        try:
            server.wait_for("Serving on")
            yield server
        finally:
            process.terminate()
            process.wait(PATIENCE)

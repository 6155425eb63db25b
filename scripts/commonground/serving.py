"""What MkDocs' server does where a build would stop: its pages stay as they were, and say what is wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserver

from . import preview
from .diagnostics import Diagnostic, Severity, as_text
from .storing import kept, show_on_pages

LOOKS = 0.2  # seconds between two looks for changes: MkDocs' own 0.5 are a quarter of the two that a change may take

log = logging.getLogger("mkdocs.commonground")


class Wrong(PluginError):
    """The content has errors: in words for the terminal, and as items of a page."""

    def __init__(self, errors: Sequence[Diagnostic], row: Callable[[Diagnostic], str]) -> None:
        """Take the errors, and what gives the line that one is about."""
        super().__init__("\n".join(["The content has errors.", *(as_text(one, row(one)) for one in errors)]))
        self.items = preview.findings(errors, row)


class Preview(logging.Handler):
    """What pages say besides what they say, from one build to the next.

    `on` while there is a server; `starting` until it has its first site. It hears what MkDocs warns of.
    """

    def __init__(self) -> None:
        """Begin without a server."""
        super().__init__(logging.WARNING)
        self.on = self.starting = False
        self.forget()

    def start(self) -> None:
        """Begin with a server, and listen."""
        self.on = self.starting = True
        logging.getLogger("mkdocs").addHandler(self)

    def forget(self) -> None:
        """Begin a build."""
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what MkDocs says of a build; what is said here is known already."""
        if not record.name.startswith((log.name, "mkdocs.livereload")):
            self.warnings += preview.said([record.getMessage()])

    def tell(self, findings: Sequence[Diagnostic], row: Callable[[Diagnostic], str]) -> None:
        """Say what was found. Raises `Wrong` at errors, unless a server waits for its first site."""
        errors = [one for one in findings if one.severity is Severity.ERROR]
        warnings = [one for one in findings if one not in errors]
        self.remark(warnings, row)
        if errors:
            wrong = Wrong(errors, row)
            if not self.starting:
                raise wrong
            log.error(str(wrong))
            self.errors = wrong.items

    def remark(self, findings: Sequence[Diagnostic], row: Callable[[Diagnostic], str]) -> None:
        """Say what stands in no page's way."""
        for one in findings:
            log.warning(as_text(one, row(one)))
        self.warnings += preview.findings(findings, row)

    def show(self, site: Path, root: str) -> None:
        """Put what was found on the pages that a build has made; `root` is where the site starts."""
        message = preview.errors(self.errors) if self.errors else preview.warnings(self.warnings)
        if self.on and message:
            show_on_pages(site, message, root)

    def rebuild(self, build: Callable[[], None], site: Path, root: str) -> None:
        """Build, or leave the site as it was and say on its pages why: MkDocs' server would let the browser wait."""
        self.forget()
        try:
            with kept(site):
                build()
        except Exception as error:  # whatever it is, somebody is to read it and to go on
            why = error.__context__ if isinstance(error, Abort) and error.__context__ else error
            if not isinstance(why, MkDocsException):
                log.error("The build failed.", exc_info=why)
            elif not isinstance(error, Abort):
                log.error(str(why))  # where it aborts, MkDocs has said why
            items = why.items if isinstance(why, Wrong) else self.warnings or preview.said([str(why)])
            show_on_pages(site, preview.errors(items), root)


def look_often(server: LiveReloadServer, paths: Iterable[str]) -> None:
    """Let a server that does not run yet look for changes more often; `paths` are those that it may watch already."""
    watched = []
    for path in paths:
        with suppress(KeyError):  # so it says that it does not
            server.unwatch(path)
            watched.append(path)
    server.observer = PollingObserver(timeout=LOOKS)
    for path in watched:
        server.watch(path)

"""MkDocs' side of the build: hands it the finished pages and shows what is wrong with the content.

MkDocs loads this file by the `hooks` of `mkdocs.yml` and puts its folder on the path while it does.
"""

from __future__ import annotations

import gc
import logging
import os
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from commonground.building import Result, build
from commonground.diagnostics import Severity, as_text
from commonground.printing import printouts
from commonground.reading import read_folder
from commonground.repository import Repository
from commonground.storing import lost_html

UNUSED = "assets/javascripts/"  # Material's scripts, none of which any page loads

log = logging.getLogger("mkdocs.commonground")
_results: dict[str, Result] = {}
_serving = False  # then the book, which every change alters, is left out


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG001  # MkDocs passes both
    """Spare the garbage collector what was imported: in a single build nothing of it is ever garbage."""
    global _serving  # noqa: PLW0603  # MkDocs tells it once, here
    _serving = command == "serve"
    if not _serving:
        gc.freeze()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Build the guide, take its menu, and date the site by its content instead of by the clock."""
    docs = Path(config.docs_dir)
    names = {"title": config.site_name, "site": config.site_url or "", "language": config.theme.get("language", "en")}
    repository = Repository.at(config.repo_url, config.edit_uri)
    result = build(read_folder(docs), partial(printouts, **names, whole=not _serving), repository=repository)
    for finding in result.findings:
        if finding.severity is Severity.WARNING:
            log.warning(as_text(finding.below(docs.name)))
    if result.failed:
        errors = [as_text(one.below(docs.name)) for one in result.findings if one.severity is Severity.ERROR]
        raise PluginError("The content has errors.\n" + "\n".join(errors))
    revised = datetime.fromisoformat(result.guide.content.settings.revised).replace(tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(revised.timestamp()))
    config.nav = list(result.navigation)
    config.extra["lost"] = lost_html(result)  # for 404.html
    _results[config.docs_dir] = result
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put every finished page in the place of the file it was made from."""
    result = _results.pop(config.docs_dir)  # the pages are all that the rest of the build needs
    for file in [file for file in files if file.src_uri.startswith(UNUSED)]:
        files.remove(file)
    drafts = result.guide.content.unpublished
    for path in drafts:
        if written := files.get_file_from_path(path):
            files.remove(written)
    if drafts:
        log.info(f"Left out, because they are drafts: {', '.join(drafts)}")
    for printout in result.printouts:
        files.append(File.generated(config, printout.path, content=printout.content))
    for page in result.pages:
        written = files.get_file_from_path(page.path)
        menu = InclusionLevel.NOT_IN_NAV if page.moved else InclusionLevel.UNDEFINED
        generated = File.generated(config, page.path, content=page.text, inclusion=menu)
        if written:
            generated.edit_uri = page.path
            files.remove(written)
        files.append(generated)
    return files

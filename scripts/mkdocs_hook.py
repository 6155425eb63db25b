"""MkDocs' side of the build: hands it the finished pages and shows what is wrong with the content.

MkDocs loads this file by the `hooks` of `mkdocs.yml` and puts its folder on the path while it does. A build stops at
an error. A server goes on: its pages stay as they were, with what is wrong on top of each.
"""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from commonground import preview, wording
from commonground.building import Result, finish, survey
from commonground.linting import lint, spoken_in
from commonground.printing import printouts
from commonground.remembering import Memory
from commonground.repository import Repository
from commonground.serving import Preview, look_often
from commonground.storing import lost_html, read_project
from commonground.voice import FILE as VOICE

UNUSED = "assets/javascripts/"  # Material's scripts, none of which any page loads

log = logging.getLogger("mkdocs.commonground")
_results: dict[str, Result] = {}
_preview = Preview()
_memory = Memory(lambda: len(_preview.warnings))


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG001  # MkDocs passes both
    """Spare the garbage collector what was imported: in a single build nothing of it is ever garbage."""
    if command == "serve":
        _preview.start()
    else:
        gc.freeze()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Build the guide, take its menu, and date the site by its content instead of by the clock."""
    _preview.forget()
    docs = Path(config.docs_dir)
    project = read_project(docs.parent)
    names = {"title": config.site_name, "site": config.site_url or "", "language": config.theme.get("language", "en")}
    repository = Repository.at(config.repo_url, config.edit_uri)
    # A preview also says what `check` would, and goes without the book, which every change alters.
    surveyed, found = lint(project, published=True) if _preview.on else (survey(project.content), [])
    printer = partial(printouts, **names, whole=not _preview.on)
    result = finish(surveyed, printer, wording.explanations(spoken_in(project)[0]), repository)
    built = [one.below(docs.name) for one in result.findings]
    _preview.remark([one for one in found if one not in built], project.row)
    _preview.tell(built, project.row)
    if result.failed:
        result = preview.stand_in(project.content)
    revised = datetime.fromisoformat(result.guide.content.settings.revised).replace(tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(revised.timestamp()))
    config.nav = list(result.navigation)
    config.extra["lost"] = "" if _preview.errors else lost_html(result)  # for 404.html
    _results[config.docs_dir] = result
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put every finished page in the place of the file it was made from."""
    result = _results.pop(config.docs_dir)  # the pages are all that the rest of the build needs
    for file in [file for file in files if file.src_uri.startswith(UNUSED)]:
        files.remove(file)
    drafts = result.guide.content.unpublished
    if drafts:
        log.info(f"Left out, because they are drafts: {', '.join(drafts)}")
    made = {page.path for page in result.pages}
    for file in files.documentation_pages():
        if file.src_uri not in made:
            files.remove(file)
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
    if _preview.on:
        _memory.begin(config, files)
    return files


def on_pre_page(page: Page, *, config: MkDocsConfig, files: Files) -> Page:  # noqa: ARG001  # MkDocs passes all
    """Spare a server what it has made before."""
    if _preview.on:
        _memory.attach(page)
    return page


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG001  # MkDocs passes all
    """Spare a server the templates, too."""
    return _memory.templates(env) if _preview.on else env


def on_post_build(config: MkDocsConfig) -> None:
    """Say on the pages of a server what was wrong, or warned of, while they were made."""
    _preview.show(Path(config.site_dir), f"/{(config.site_url or '///').split('/', 3)[3]}")


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]) -> LiveReloadServer:  # noqa: ARG001  # MkDocs passes it
    """Keep the server going and its pages readable, whatever is wrong from now on."""
    _preview.starting = False
    look_often(server, [config.docs_dir, config.config_file_path, *config.theme.dirs])
    if (voice := Path(config.docs_dir).parent / VOICE).is_file():
        server.watch(str(voice))
    server.builder = partial(_preview.rebuild, server.builder, Path(server.root), server.mount_path)
    return server

"""The only module that writes files: whole or not at all, and never over what somebody else wrote."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any

import click
import yaml

from . import preview
from .addresses import address_of
from .blocks import Blocks
from .building import Result
from .linking import Targets
from .linting import PARTS, Project
from .reading import DOCS, read_folder
from .safety import PICTURES

ROOT = "root:"
CONFIGURATION = "mkdocs.yml"
WRITTEN = "# Written by `commonground build`: change the project it was made from.\n"


def write_new(path: Path, content: str | bytes) -> None:
    """Write a file that is not there yet. Raises `FileExistsError` where it is, and leaves it as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".commonground-")
    try:
        _write(handle, content.encode() if isinstance(content, str) else content)
        os.link(temporary, path)  # unlike a renaming, this refuses to replace what stands there
    finally:
        Path(temporary).unlink()


def _write(handle: int, content: bytes) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        os.fchmod(file.fileno(), 0o644)


def replace_file(path: Path, content: str | bytes) -> None:
    """Write a file whole over what may have been there; its folder is made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".commonground-")
    try:
        _write(handle, content.encode() if isinstance(content, str) else content)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_together(folder: Path, contents: Mapping[str, bytes], before: Mapping[str, bytes]) -> None:
    """Write files by their paths in the folder, all of them or none.

    `before` is what was read: a file that is not in it must not be there yet, and one that is must not have changed.
    """
    done: list[str] = []
    try:
        for path, content in contents.items():
            if path in before and (folder / path).read_bytes() != before[path]:
                raise click.ClickException(f"Somebody else has changed {folder / path} just now. Run this again.")
            (replace_file if path in before else write_new)(folder / path, content)
            done.append(path)
    except BaseException:
        for path in done:
            if path in before:
                replace_file(folder / path, before[path])
            else:
                (folder / path).unlink()
        raise


def read_content(project: Path) -> dict[str, bytes]:
    """Read the content folder of a project, by paths in it."""
    docs = project / DOCS
    if not docs.is_dir():
        raise click.UsageError(f"There is no folder {docs}. Run this in the project's folder, or name it by --project.")
    return read_folder(docs)


def read_project(project: Path) -> Project:
    """Read what of a project is checked."""
    files = {f"{DOCS}/{path}": raw for path, raw in read_content(project).items()}
    for part in PARTS:
        if part != DOCS and (project / part).is_dir():
            files |= {f"{part}/{path}": raw for path, raw in read_folder(project / part).items()}
        elif (project / part).is_file():
            files[part] = (project / part).read_bytes()
    return Project(files)


def read_guards(folder: Path) -> dict[str, str]:
    """Read the echo guards of a project, by their paths in it."""
    paths = sorted(folder.glob("*.txt"))
    return {f"{folder.name}/{path.name}": path.read_text(encoding="utf-8", errors="replace") for path in paths}


def read_record(path: Path) -> str | None:
    """Read the record of addresses; None in a project that keeps none."""
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None


def read_configuration(path: Path) -> str:
    """Read mkdocs.yml as text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise click.UsageError(f"{path} is not UTF-8 text. Save it as UTF-8.") from None


def write_tree(result: Result, project: Path, target: Path) -> None:
    """Write the tree beside its place and move it there whole, so that a stopped run leaves what was there before."""
    if target.exists() and not _is_ours(target):
        raise click.UsageError(f"{target} holds something else. Name an empty folder or one that this command wrote.")
    configuration = _without_hook(read_configuration(project / CONFIGURATION), result)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".commonground-") as temporary:
        tree, before = Path(temporary) / "tree", Path(temporary) / "before"
        _fill(tree, result, project)
        (tree / CONFIGURATION).write_text(configuration, encoding="utf-8", newline="\n")
        if target.exists():
            target.rename(before)
        try:
            tree.rename(target)
        except BaseException:
            if before.exists():
                before.rename(target)
            raise


def _fill(tree: Path, result: Result, project: Path) -> None:
    """Write the pages, and copy the pictures and the theme's own files."""
    for name in read_folder(project / DOCS):
        if PurePath(name).suffix.lower() in PICTURES:
            (tree / DOCS / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(project / DOCS / name, tree / DOCS / name)
    for page in result.pages:
        path = tree / DOCS / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.text, encoding="utf-8", newline="\n")
    for printout in result.printouts:
        path = tree / DOCS / printout.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(printout.content)
    if (project / "overrides").is_dir():
        shutil.copytree(project / "overrides", tree / "overrides")


def _is_ours(target: Path) -> bool:
    """Whether the folder is empty or was written by this command."""
    if not target.is_dir():
        return False
    if not any(target.iterdir()):
        return True
    configuration = target / CONFIGURATION
    return configuration.is_file() and configuration.read_bytes().startswith(WRITTEN.encode())


def _without_hook(configuration: str, result: Result) -> str:
    """Return the site's configuration with what the hook would say written out, and without what needs this package."""
    text = re.sub(r"^(?:hooks|watch):.*\n(?:[ \t-].*\n)*", "", configuration, flags=re.MULTILINE)
    written: dict[str, Any] = {"nav": list(result.navigation)}
    if moved := [f"/{page.path}" for page in result.pages if page.moved]:
        written["not_in_nav"] = "\n".join(moved)
    menu = yaml.safe_dump(written, allow_unicode=True, sort_keys=False)
    return f"{WRITTEN}{_with_extra(text.rstrip(), 'lost', lost_html(result))}\n\n{menu}"


def _with_extra(configuration: str, key: str, value: str) -> str:
    """Return the configuration with one more of the values that only templates read. Text, for it holds !ENV tags."""
    entry = f"\nextra:\n  {key}: {json.dumps(value)}"  # JSON is YAML
    before, known, after = configuration.partition("\nextra:\n")
    return f"{before}{entry}\n{after}" if known else f"{before}\n{entry}"


def lost_html(result: Result) -> str:
    """Return what to offer where an address leads nowhere; that page no Markdown makes.

    It is served at any depth, so its links start with `ROOT`, for which the template puts the address of the site.
    """
    from markdown import markdown  # which comes with the renderer

    offered = Blocks(result.guide, Targets(result.guide), result.links).lost()
    html = markdown(offered, extensions=["attr_list", "md_in_html"])
    return re.sub(r'href="([^":#]+\.md)', lambda link: f'href="{ROOT}{address_of(link[1]).removeprefix("./")}', html)


@contextmanager
def kept(folder: Path) -> Iterator[None]:
    """Put the folder back as it was where the block raises."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".commonground-") as temporary:
        before = Path(temporary) / "before"
        shutil.copytree(folder, before, copy_function=os.link)  # whoever writes a file anew leaves this one alone
        try:
            yield
        except BaseException:
            folder.rename(Path(temporary) / "after")
            before.rename(folder)
            raise


def show_on_pages(site: Path, message: str, root: str) -> None:
    """Put a message on top of every page of a site that is being served, in the place of an older one."""
    replace_file(site / preview.STYLES, (Path(__file__).parent / preview.STYLES).read_bytes())
    for name in ("index.html", "404.html"):
        if not (site / name).is_file():
            replace_file(site / name, preview.BARE)
    for path in site.rglob("*.html"):
        replace_file(path, preview.marked(path.read_text(encoding="utf-8"), message, root))

"""The command that makes the first text of a page or a question, and says what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import click

from . import redirects, revising, skeletons
from .building import Result, build
from .console import day_of, in_project, refuse, sound
from .diagnostics import Diagnostic, Fault, as_text
from .drafting import Project, Skeleton
from .echoes import ECHOES
from .reading import DOCS, is_text, read, read_folder
from .storing import read_guards, read_record, write_together

Make = Callable[[Project], Skeleton]
named = click.option("--name", default="", help="The file name (of a question: its id), without ending.  [the title]")
dry = click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")


@click.group()
def new() -> None:
    """Make a topic, a checklist, a question or a source page, with sample sentences to replace.

    Nothing that is there is written over. Exit 0 when it was written, 1 when it was refused, 2 when it could not run.
    """


@new.command()
@click.argument("title")
@click.option("--stage", default="", help="The part of the way it belongs to.  [the first]")
@click.option("--scope", default="", help="How far its readers have come.  [as most topics of that stage]")
@click.option("--summary", default="", help="One sentence that says what the page helps with.")
@named
@dry
@in_project
def topic(title: str, dry_run: bool, project: Path, **options: str) -> None:
    """Make the page of a topic, with its first advice: commonground new topic "Share the news"."""
    _make(project, partial(skeletons.topic, title=title, **options), dry_run=dry_run)


@new.command()
@click.argument("title")
@click.option("--when", default="", help="One sentence that says when to use it.")
@click.option("--topic", default="", help="The topic its first lines go with.  [the first]")
@click.option("--scope", default="", help="How far its readers have come.  [as that topic]")
@click.option("--stage", default="", help="The part of the way it goes with.  [as that topic]")
@click.option("--today", default="", metavar="DATE", help="The day of its first revision.  [today]")
@named
@dry
@in_project
def checklist(title: str, today: str, dry_run: bool, project: Path, **options: str) -> None:
    """Make a checklist of seven lines: commonground new checklist "Before you go"."""
    day = day_of(today, "--today") if today else date.today()  # the writer's own day
    _make(project, partial(skeletons.checklist, title=title, **options), dry_run=dry_run, day=day)


@new.command()
@click.argument("title")
@click.option("--url", default="", help="Where the article stands.")
@click.option("--publisher", default="", help="Who published it.")
@click.option("--author", default="", help="Who wrote it.")
@click.option("--published", default="", metavar="DATE", help="The day it was published.")
@click.option("--retrieved", default="", metavar="DATE", help="The day you read it.")
@click.option("--language", default="", help="Its language, such as en.")
@dry
@in_project
def source(title: str, dry_run: bool, project: Path, **facts: str) -> None:
    """Make the draft of a page for an article with that TITLE, which you say in your own words.

    `commonground import` does more where you have the article as a file.
    """
    taken = [Path(path).stem for path in read_guards(project / ECHOES)]
    _make(project, partial(skeletons.source, title=title, facts=facts, taken=taken), dry_run=dry_run)


@new.command()
@click.argument("question")
@click.option("--topic", "topics", multiple=True, required=True, help="A topic it belongs to; may be given again.")
@click.option("--under", default="", help="The heading of docs/faq.md.  [where most questions of the topic are]")
@named
@dry
@in_project
def question(  # noqa: PLR0913, PLR0917  # click passes each option by its name
    question: str, topics: Sequence[str], under: str, name: str, dry_run: bool, project: Path
) -> None:
    """Add a question to docs/faq.md: commonground new question "What if it rains?" --topic packing."""
    make = partial(skeletons.question, asked=question, topics=topics, under=under, name=name)
    _make(project, make, dry_run=dry_run)


def _make(project: Path, make: Make, *, dry_run: bool, day: date | None = None) -> None:
    """Make a skeleton, prove that the guide is as sound with it as it was, and write it: all of it or nothing."""
    before = sound(project)
    files = read_folder(project / DOCS)
    texts = {path: raw.decode("utf-8-sig").replace("\r\n", "\n") for path, raw in files.items() if is_text(path)}
    record = read_record(project / redirects.RECORD)
    try:
        skeleton = make(Project(before.guide.content, texts, [record or ""]))
    except Fault as fault:
        refuse(" ".join(filter(None, [fault.diagnostic.message, fault.diagnostic.hint])))
        return
    if day and before.guide.content.revisions:
        skeleton = _with_revision(skeleton, files, texts, day)
    raws = {path: _as_it_was(text, files.get(path, b"")) for path, text in skeleton.texts.items()}
    if spoilt := _spoilt(before, build({**files, **raws})):
        refuse("That was not written: with it the check would find this.\n" + "\n".join(map(as_text, spoilt)))
    if not dry_run:
        write_together(project / DOCS, raws, files)
    _tell(skeleton, record is not None, dry_run=dry_run)


def _with_revision(skeleton: Skeleton, files: Mapping[str, bytes], texts: Mapping[str, str], day: date) -> Skeleton:
    """Return the skeleton of a checklist with its revision, without which the guide would not build."""
    content, _ = read({**files, **{path: text.encode() for path, text in skeleton.texts.items()}})
    revisions = revising.as_yaml(revising.revised(content, day.isoformat()), texts[revising.FILE])
    told = [*skeleton.told, f"Changed {DOCS}/{revising.FILE}"]
    return replace(skeleton, texts={**skeleton.texts, revising.FILE: revisions}, told=told)


def _as_it_was(text: str, before: bytes) -> bytes:
    """Return the text in the form that the file had: its line ends, and the mark that some editors put before it."""
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    return mark + (text.replace("\n", "\r\n") if b"\r\n" in before else text).encode()


def _spoilt(before: Result, after: Result) -> list[Diagnostic]:
    known = {(one.path, one.code, one.message) for one in before.findings}
    found = (one.below(DOCS) for one in after.findings)
    return [one for one in found if (one.path, one.code, one.message) not in known]


def _tell(skeleton: Skeleton, recorded: bool, *, dry_run: bool) -> None:
    if dry_run:
        for path, text in skeleton.texts.items():
            click.echo(f"==> {DOCS}/{path} <==\n{text}")
        return
    click.echo("\n".join(skeleton.told))
    pages = " ".join(f"{DOCS}/{path}" for path in skeleton.texts if path.endswith(".md"))
    look = "Look at it with `make serve`, and check it" if skeleton.shown else "Check it"
    steps = [*skeleton.steps, f"{look}: commonground check {pages}"]
    if recorded and skeleton.shown:
        steps.append("Before it is published: `commonground addresses --write` records its address for good.")
    click.echo("\nNext:")
    for number, step in enumerate(steps, start=1):
        click.echo(f"{number}. {step}")

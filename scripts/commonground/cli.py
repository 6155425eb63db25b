"""The `commonground` command: the only module that prints."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import checks, echoes, redirects, reporting, revising
from .addresses import published
from .building import Result, build
from .diagnostics import Diagnostic, Fault, Severity, as_github, as_json, as_text, counted, has_errors
from .model import Guide, Printout
from .reading import is_text, read, read_folder
from .storing import CONFIGURATION, DOCS, ECHOES, read_configuration, read_guards, read_record, replace_file, write_tree

if TYPE_CHECKING:
    from . import desk

PLACEHOLDER = "https://example.org/"
MANY_FILES = 6  # from here on a bar shows how far an import or a round of questions is
NEXT_STEP = (
    "Next: say each bullet in your own words, give it a topic and a scope, decide about it in docs/merges.yml, and "
    "take out `draft: true`. `commonground check` names every sentence that is still the article's."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="commonground")
def commands() -> None:
    """Turn overlapping how-to articles into one guide."""


@commands.command()
@click.option("--list", "listing", is_flag=True, help="Print every rule with a bad and a good example.")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--duplicates", is_flag=True, help="Warn of undecided points that look alike (needs the extra review).")
@click.option("--published", is_flag=True, help="Let drafts be drafts: look for copied sentences on pages alone.")
@click.option("--project", type=click.Path(path_type=Path), default=".", help="The folder that holds docs/.")
def check(listing: bool, form: str, duplicates: bool, published: bool, project: Path) -> None:
    """Find what is wrong with the content. Exit 0 when nothing is, 1 on errors, 2 when it could not run."""
    if listing:
        for code, text in checks.documentation().items():
            click.echo(f"{code}\n    {text}")
        return
    result = _build(project)
    drafts = result.guide.content.unpublished if published else ()
    findings = [*result.findings, *_echoes(project, drafts), *_before_publishing(project)]
    findings += _addresses(project, result)
    findings += _duplicates(result) if duplicates else ()
    _print(findings, form)
    if has_errors(findings):
        sys.exit(1)


def _duplicates(result: Result) -> list[Diagnostic]:
    from . import desk, proposing

    content = result.guide.content
    open_ones = {point.id for point in proposing.undecided(content)}
    try:
        near = proposing.neighbours(content, desk.encoder(content), open_ones)
    except ModuleNotFoundError as missing:
        raise click.UsageError(_needs(missing, "review")) from None
    return [one.below(DOCS) for one in proposing.warnings(proposing.propose(content, near))]


def _needs(missing: ModuleNotFoundError, extra: str) -> str:
    hint = f".venv/bin/pip install --constraint constraints.txt --editable '.[{extra}]'"
    return f"This needs {missing.name}, which is not installed here: {hint}"


def _addresses(project: Path, result: Result) -> list[Diagnostic]:
    """Find which of the recorded addresses are gone, in a project that records them and can be read."""
    record = read_record(project / redirects.RECORD)
    return [] if record is None or result.failed else redirects.compare(record, result.guide)


@commands.command(name="build")
@click.option("--to", "target", type=click.Path(path_type=Path), required=True, help="The folder to write.")
@click.option("--project", type=click.Path(path_type=Path), default=".", help="The folder that holds docs/.")
def build_command(target: Path, project: Path) -> None:
    """Write the finished Markdown tree and its mkdocs.yml, for MkDocs without the hook or for another renderer."""
    result = _printed(project)
    write_tree(result, project, target)
    click.echo(f"Wrote {len(result.pages) + len(result.printouts)} files to {target}.")


@commands.command(name="import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--to", "target", type=click.Path(path_type=Path), help="The folder for the drafts.  [docs/sources]")
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="JSON with --dry-run.")
@click.option("--guard", metavar="MARK", help="Write only the echo guard of an article whose page is there already.")
@click.option("--project", type=click.Path(path_type=Path), default=".", help="The folder that holds docs/.")
def import_command(  # noqa: PLR0913, PLR0917  # click passes each option by its name
    paths: Sequence[str], target: Path | None, dry_run: bool, form: str, guard: str | None, project: Path
) -> None:
    """Turn articles (.txt, .md, .html, .docx, whole folders, - for standard input) into drafts of source pages.

    Exit 0 when all were imported, 1 when some were refused, 2 when it could not run.
    """
    if form == "json" and not dry_run:
        raise click.UsageError("--format json goes with --dry-run. Add that, or leave --format out.")
    try:
        from . import intake
    except ModuleNotFoundError as missing:
        raise click.UsageError(_needs(missing, "import")) from None
    for library in ("trafilatura", "htmldate", "mammoth"):
        logging.getLogger(library).setLevel(logging.CRITICAL)  # what they would say, the refusals say
    inputs = list(intake.inputs(paths))
    if not inputs:
        raise click.UsageError(f"There is no .txt, .md, .html or .docx file in {', '.join(paths)}.")
    if guard and (len(inputs) > 1 or not re.fullmatch(r"\d{1,4}", guard)):
        raise click.UsageError("--guard takes the number of one article and goes with one file: ARTICLE --guard 6")
    if not target and not (project / DOCS).is_dir():
        raise click.UsageError(
            f"There is no folder {project / DOCS}. Run this in the project, or name it by --project."
        )
    shelf = intake.Shelf(project, target or project / DOCS / "sources")
    outcomes: list[intake.Outcome] = []
    with click.progressbar(inputs, label="Importing", file=sys.stderr, hidden=len(inputs) < MANY_FILES) as progress:
        for name, path in progress:
            outcome = intake.bring_in(name, path, shelf, guard or "", dry_run=dry_run)
            outcomes.append(outcome)
            if outcome.refused or form == "text":
                click.echo(outcome.told, err=outcome.refused)
    refused = sum(outcome.refused for outcome in outcomes)
    if form == "json":
        click.echo(json.dumps([outcome.record for outcome in outcomes], ensure_ascii=False, indent=2))
    elif not dry_run and not guard and refused < len(outcomes):
        click.echo(NEXT_STEP, err=True)
    if refused:
        sys.exit(1)


@commands.command()
@click.option("--list", "listing", is_flag=True, help="Print what is undecided, with the best candidates.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@click.option(
    "--same", nargs=2, metavar="ID ID", help="They say the same: a point and a point or group, or two groups."
)
@click.option("--different", nargs=2, metavar="ID ID", help="They only look alike; the site says why with --reason.")
@click.option("--reason", default="", help="How the two are different.")
@click.option("--new", metavar="ID", help="The point says something new and stands alone.")
@click.option("--unsure", metavar="ID", help="To be decided later.")
@click.option("--tension", nargs=2, metavar="ID ID", help="They pull two ways: print an entry for docs/tensions.yml.")
@click.option("--undecided", is_flag=True, help="Leave out what is decided and may be the same.")
@click.option("--limit", type=click.IntRange(1, 9), default=5, show_default=True, help="Candidates for each.")
@click.option("--project", type=click.Path(path_type=Path), default=".", help="The folder that holds docs/.")
def review(  # noqa: PLR0913, PLR0917  # click passes each option by its name
    listing: bool,
    form: str,
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    reason: str,
    new: str | None,
    unsure: str | None,
    tension: tuple[str, str] | None,
    undecided: bool,
    limit: int,
    project: Path,
) -> None:
    """Decide which points say the same: the machine proposes, you decide, docs/merges.yml remembers.

    An ID is that of a point or of a group. Without options it asks in the terminal, one key a decision, what counts
    most first. Exit 0 when done, 1 when a decision was refused.
    """
    from . import deciding, desk, dialogue, proposing, tensions
    from . import listing as lists

    if not (project / DOCS).is_dir():
        raise click.UsageError(f"There is no folder {project / DOCS}. Run this in the project, or use --project.")
    table = desk.Desk(project)
    decide: desk.Decision | None = None
    if same:
        decide = partial(deciding.same, name=same[0], other=same[1])
    elif different:
        decide = partial(deciding.different, name=different[0], other=different[1], reason=reason.strip())
    elif new:
        decide = partial(deciding.new, name=new)
    elif unsure:
        decide = partial(deciding.unsure, name=unsure)
    if decide:
        _decide(table, decide)
        return
    try:
        if tension:
            click.echo(tensions.between(table.content(), *tension))
        elif listing or form != "text" or not sys.stdin.isatty():
            content = table.content()
            proposals = proposing.propose(content, desk.all_neighbours(content), limit)
            click.echo(lists.listed([one for one in proposals if not (undecided and one.piece.decided)], form))
        else:
            dialogue.hold(project, limit, undecided=undecided)
    except Fault as fault:
        _refuse(as_text(fault.diagnostic.below(DOCS)))
    except ModuleNotFoundError as missing:
        raise click.UsageError(_needs(missing, "review")) from None


def _decide(table: desk.Desk, decide: desk.Decision) -> None:
    from . import dialogue

    if told := table.change(decide):
        _refuse(told)
    if mend := dialogue.left_to_mend(table):
        click.echo(mend, err=True)


def _refuse(told: str) -> None:
    click.echo(told, err=True)
    sys.exit(1)


@commands.command()
@click.option("--write", is_flag=True, help=f"Add the new ones to {redirects.RECORD}; nothing that is there leaves it.")
@click.option("--project", type=click.Path(path_type=Path), default=".", help="The folder that holds docs/.")
def addresses(write: bool, project: Path) -> None:
    """Print every address of the guide: its pages, and what has an id of its own in them."""
    result = _sound(project)
    path = project / redirects.RECORD
    before = read_record(path) or ""
    if not write:
        click.echo("\n".join(sorted(published(result.guide))))
    elif (text := redirects.record(before, result.guide)) == before:
        click.echo(f"{path} has every address already.")
    else:
        replace_file(path, text)
        added = len(text.splitlines()) - len(before.splitlines())
        click.echo(f"Wrote {path}: {added} lines more than before. Look at them, then commit the file.")


@commands.command()
@click.option("--to", "target", type=click.Path(path_type=Path), default="build/pdf", show_default=True)
@click.option("--project", type=click.Path(path_type=Path), default=".", help="The folder that holds docs/.")
def pdf(target: Path, project: Path) -> None:
    """Typeset every checklist (A4, US Letter, large print), all of them in one file, and the guide as a book."""
    result = _printed(project)
    for one in result.printouts:
        path = target / Path(one.path).name
        replace_file(path, one.content)
        click.echo(f"{path}: {counted(one.pages, 'page')}, {len(one.content) / 1000:.0f} KB")


@commands.command()
@click.option("--today", metavar="DATE", help="The day of the revision, as YYYY-MM-DD.  [today]")
@click.option("--project", type=click.Path(path_type=Path), default=".", help="The folder that holds docs/.")
def revise(today: str | None, project: Path) -> None:
    """Write down the revision of each checklist that has changed, in docs/revisions.yml: sheets carry it."""
    try:
        day = date.fromisoformat(today) if today else date.today()  # the writer's own day
    except ValueError:
        raise click.UsageError(f"--today takes a day as YYYY-MM-DD, not {today}.") from None
    content, findings = read(read_folder(project / DOCS))
    if has_errors(findings):
        _print([one.below(DOCS) for one in findings], "text")
        sys.exit(1)
    before, after = content.revisions, revising.revised(content, day.isoformat())
    changed = [slug for slug in after if after[slug] != before.get(slug)]
    if changed:
        replace_file(project / DOCS / revising.FILE, revising.as_yaml(after))
    click.echo(f"Revised on {day}: {', '.join(changed)}." if changed else "No checklist has changed.")


@commands.command(name="check-links")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option(
    "--pause", type=click.FloatRange(0, 60), default=1.0, show_default=True, help="Seconds between questions."
)
@click.option("--patience", type=click.FloatRange(0.1, 60), default=10.0, show_default=True, help="Seconds to wait.")
@click.option("--limit", type=click.IntRange(1), default=500, show_default=True, help="Addresses to ask at most.")
@click.option("--project", type=click.Path(path_type=Path), default=".", help="The folder that holds docs/.")
def check_links(form: str, pause: float, patience: float, limit: int, project: Path) -> None:
    """Ask every address outside the site, each once and one at a time, whether it is there. Nothing else does.

    Exit 0 when all are, 1 when some are not, 2 when it could not run, or none could be asked at all.
    """
    from . import outside, visiting

    links = list(outside.find(_texts(project)))
    addresses = list(dict.fromkeys(link.address for link in links))
    visits = visiting.Visitor(pause, patience).visit(addresses[:limit])
    few = len(addresses) < MANY_FILES
    with click.progressbar(visits, len(addresses[:limit]), "Asking", file=sys.stderr, hidden=few) as progress:
        answers = dict(progress)
    judged = (outside.judge(link, answers[link.address]) for link in links if link.address in answers)
    findings = sorted(finding for finding in judged if finding)
    _print(findings, form)
    left = f", {len(addresses) - limit} not asked: use --limit" if len(addresses) > limit else ""
    click.echo(f"{counted(len(answers), 'address')} asked{left}", err=True)
    if answers and not any(answer.status for answer in answers.values()):
        raise click.ClickException("Not one host gave an answer. Is this machine offline?")
    if has_errors(findings):
        sys.exit(1)


def _texts(project: Path) -> dict[str, str]:
    """Every text that may hold a link: the content, and mkdocs.yml with the way out."""
    if not (project / DOCS).is_dir():
        raise click.UsageError(f"There is no folder {project / DOCS}. Run this in the project, or use --project.")
    files = {f"{DOCS}/{name}": raw for name, raw in read_folder(project / DOCS).items() if is_text(name)}
    if (configuration := project / CONFIGURATION).is_file():
        files[CONFIGURATION] = configuration.read_bytes()
    return {name: raw.decode(errors="replace") for name, raw in files.items()}


@commands.group()
def report() -> None:
    """Print what the site tells of its own making, as data."""


@report.command()
@click.option("--project", type=click.Path(path_type=Path), default=".", help="The folder that holds docs/.")
def merging(project: Path) -> None:
    """Print how the advice was merged, as JSON: what the page with the marker `merging` shows."""
    result = _sound(project)
    click.echo(json.dumps(reporting.as_data(reporting.report(result.guide)), ensure_ascii=False, indent=2))


@report.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--project", type=click.Path(path_type=Path), default=".", help="The folder that holds docs/.")
def links(form: str, project: Path) -> None:
    """Print every mention of a topic that the pages make: which became a link, and why the others did not."""
    result = _sound(project)
    mentions = [(page, one) for page, found in result.links.mentions.items() for one in found]
    if form == "json":
        click.echo(json.dumps([{"page": page, **asdict(one)} for page, one in mentions], ensure_ascii=False, indent=2))
        return
    for page, one in mentions:
        where = f"{DOCS}/{one.span.path}:{one.span.line}:{one.span.column}"
        on = "" if one.span.path == page else f" on {page}"
        click.echo(f"{where}{on}: {one.words} -> {one.aim}{f' (no link: {one.reason})' if one.reason else ''}")
    made = sum(not one.reason for _, one in mentions)
    click.echo(f"{counted(made, 'link')}, {counted(len(mentions) - made, 'mention')} without one", err=True)


def _echoes(project: Path, drafts: Sequence[str]) -> list[Diagnostic]:
    """Find what the content, but for these drafts, shares with the articles whose guards lie in the project."""
    files = read_folder(project / DOCS)
    texts = {name: raw.decode(errors="replace") for name, raw in files.items() if is_text(name) and name not in drafts}
    found = echoes.compare(texts, read_guards(project / ECHOES))
    return [one if one.code == "bad-guard" else one.below(DOCS) for one in found]


def _sound(project: Path) -> Result:
    """Build what lies in the project; where it has errors, print them and stop."""
    result = _build(project)
    if result.failed:
        _print(result.findings, "text")
        sys.exit(1)
    return result


def _site(project: Path) -> tuple[str, str, str]:
    """The name, the address and the language of the site, as mkdocs.yml and SITE_URL give them."""
    path = project / CONFIGURATION
    text = read_configuration(path) if path.is_file() else ""
    name = re.search(r"^site_name: *(.+?) *$", text, re.MULTILINE)
    language = re.search(r"^  language: *([\w-]+)", text, re.MULTILINE)
    return (
        name[1].strip("\"'") if name else "",
        os.environ.get("SITE_URL") or PLACEHOLDER,
        language[1] if language else "en",
    )


def _printed(project: Path) -> Result:
    """Build what lies in the project with what is made of it for paper, print what was found, and stop at errors."""
    from .printing import printouts

    title, site, language = _site(project)
    result = _build(project, partial(printouts, title=title, site=site, language=language))
    _print(result.findings, "text")
    if result.failed:
        sys.exit(1)
    return result


def _build(project: Path, printer: Callable[[Guide], Iterable[Printout]] | None = None) -> Result:
    """Build what lies in the project, with the findings' paths as seen from there."""
    docs = project / DOCS
    if not docs.is_dir():
        raise click.UsageError(f"There is no folder {docs}. Run this in the project's folder, or name it by --project.")
    result = build(read_folder(docs), printer)
    return replace(result, findings=tuple(finding.below(DOCS) for finding in result.findings))


def _print(findings: Sequence[Diagnostic], form: str) -> None:
    if form == "json":
        click.echo(as_json(findings))
        return
    for finding in findings:
        click.echo((as_github if form == "github" else as_text)(finding))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    click.echo(f"{counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}", err=True)


def _before_publishing(project: Path) -> list[Diagnostic]:
    """Warn while the site's address is the placeholder that `mkdocs.yml` falls back to."""
    path = project / CONFIGURATION
    lines = read_configuration(path).splitlines() if path.is_file() else []
    for number, line in enumerate(lines, start=1):
        if line.startswith("site_url:") and PLACEHOLDER in (os.environ.get("SITE_URL") or line):
            message = "The site's address is still the placeholder."
            hint = "Before publishing set SITE_URL, for example SITE_URL=https://guide.example.net/ make site"
            return [Diagnostic(CONFIGURATION, number, 1, "default-site-url", message, hint, Severity.WARNING)]
    return []


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

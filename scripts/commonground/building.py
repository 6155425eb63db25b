"""Where the pure parts meet: the content folder's files to the finished tree of pages, or to what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from . import checks
from .crosslinking import Crosslinks, crosslink
from .data import render_data
from .diagnostics import Diagnostic, Fault, has_errors
from .linking import Targets, colliding
from .merging import merge
from .model import Content, Guide, Page, Printout
from .movedpages import with_moved
from .pages import Beside, navigation, render
from .reading import read
from .repository import Repository
from .ruling import Explanation, Rulebook
from .searching import render_search


@dataclass(frozen=True)
class Result:
    """A build. With an error among the findings there is no guide and there are no pages."""

    findings: tuple[Diagnostic, ...]
    guide: Guide = field(default_factory=lambda: Guide(Content(), ()))
    links: Crosslinks = field(default_factory=Crosslinks)
    pages: tuple[Page, ...] = ()
    printouts: tuple[Printout, ...] = ()
    navigation: tuple[Any, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether an error stands in the way."""
        return has_errors(self.findings)


def survey(files: Mapping[str, bytes]) -> Result:
    """Read, join and check the content folder's files, given by relative path, and make no page of them.

    Pure: the same files give the same result, whatever their order. What cannot be read hides what would be wrong
    with the rest, so reading, joining and checking report in turn.
    """
    content, findings = read(files)
    findings += colliding(path for path in files if path.endswith(".md"))
    if has_errors(findings):
        return Result(tuple(sorted(findings)))
    advice, unjoined = merge(content)
    guide = Guide(content, advice)
    findings = sorted([*findings, *unjoined, *checks.check(guide)])
    if has_errors(findings):
        return Result(tuple(findings))
    links = crosslink(guide, Targets(guide))
    return Result(tuple(sorted([*findings, *links.findings])), guide, links)


def finish(
    surveyed: Result,
    printer: Callable[[Guide], Iterable[Printout]] | None = None,
    word_rules: Iterable[Explanation] = (),
    repository: Repository | None = None,
) -> Result:
    """Make the pages of what was surveyed; `printer` makes what goes on paper.

    `word_rules` are those of the guide's own voice, for the page that lists all rules. With a `repository`, what a
    person can edit has a link to its line there. Pure, as `survey` is, whose findings it has.
    """
    if surveyed.failed:
        return surveyed
    guide, links = surveyed.guide, surveyed.links
    targets = Targets(guide)
    try:
        printouts = tuple(printer(guide)) if printer else ()
    except Fault as fault:
        return Result(tuple(sorted([*surveyed.findings, fault.diagnostic])))
    beside = Beside(printouts, Rulebook([*word_rules], checks.explanations()), repository)
    rendered = render(guide, targets, links, beside)
    pages = (*with_moved(guide, targets, links, rendered), render_data(guide), render_search(guide))
    return replace(surveyed, pages=pages, printouts=printouts, navigation=tuple(navigation(guide)))


def build(files: Mapping[str, bytes], printer: Callable[[Guide], Iterable[Printout]] | None = None) -> Result:
    """Survey the content folder's files and make their pages."""
    return finish(survey(files), printer)

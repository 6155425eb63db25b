"""Rules about pages: that each has its place, and something on it."""

from __future__ import annotations

from collections.abc import Iterator

from .diagnostics import Diagnostic, Severity
from .model import Guide, Span
from .revising import unrevised
from .ruling import rule
from .way import misfits


@rule("unlisted-stage")
def unlisted_stages(guide: Guide) -> Iterator[Diagnostic]:
    """The menu shows every stage. Bad: a page that `stages` of guide.yml leaves out. Good: it stands there."""
    listed = {reference.id for reference in guide.content.settings.stages}
    for stage in guide.content.stages:
        if stage.slug not in listed:
            hint = "Add it to the list `stages` of guide.yml, or delete its page."
            yield Diagnostic.at(Span(stage.path), "unlisted-stage", f'The stage "{stage.slug}" is in no list.', hint)


@rule("misplaced-step")
def misplaced_steps(guide: Guide) -> Iterator[Diagnostic]:
    """The way begins at the gate, goes on stage by stage and passes each topic once.

    Bad: a topic of the second stage, then one of the first. Good: in the order of `stages`.
    """
    content = guide.content
    for misfit in misfits(content.settings, {topic.slug: topic.stage for topic in content.topics}):
        place = misfit.place.topic
        message = f'"{place.id}" is out of place: {misfit.fault}.'
        yield Diagnostic.at(place.span, "misplaced-step", message, misfit.hint)


@rule("empty-checklist")
def empty_checklists(guide: Guide) -> Iterator[Diagnostic]:
    """A checklist has lines to tick. Bad: front matter alone. Good: `- [ ] Count the boxes.` and so on."""
    for checklist in guide.content.checklists:
        if not checklist.items:
            yield Diagnostic.at(
                checklist.span, "empty-checklist", "This list has no lines to tick.", "Write one with - [ ]"
            )


@rule("unrevised-checklist")
def unrevised_checklists(guide: Guide) -> Iterator[Diagnostic]:
    """Paper says which revision it is. Bad: a list that has changed since its last entry in revisions.yml.

    Good: an entry for it, written by `commonground revise`. A guide without that file prints no revisions.
    """
    for checklist in unrevised(guide.content):
        yield Diagnostic.at(
            Span(checklist.span.path),
            "unrevised-checklist",
            f'"{checklist.title}" has changed since its last revision was written down.',
            "Run commonground revise and commit docs/revisions.yml, or ask for it in your pull request.",
            Severity.WARNING,
        )

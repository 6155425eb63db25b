"""What a file that fits its schema says, as the values of `model`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from . import mdtext, model
from .model import Span
from .yamltext import Document


@dataclass(frozen=True)
class Record:
    """A file that fits its schema: its front matter (or data) and, in Markdown, its body and its blocks.

    `named` gathers every name it uses of something that stands elsewhere, for the check that there is such a thing.
    """

    path: str
    data: Document
    body: str = ""
    body_line: int = 1
    blocks: tuple[mdtext.Block, ...] = ()
    named: list[model.Reference] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """The file name without its ending: a page's name in the guide."""
        return PurePosixPath(self.path).stem

    def only(self, *keys: str) -> dict[str, Any]:
        """Those of the keys that the front matter has, with their values."""
        return {key: _trimmed(self.data.value[key]) for key in keys if key in self.data.value}

    def get(self, *path: str | int, default: Any = ()) -> Any:
        """Return the value at the key path, or the default where a mapping lacks the key."""
        value: Any = self.data.value
        for part in path:
            value = value.get(part, default) if isinstance(value, dict) else value[part]
        return value

    def name(self, kind: str, name: str, span: Span) -> model.Reference:
        """Note that the file names something of the given kind."""
        reference = model.Reference(kind, name, span)
        self.named.append(reference)
        return reference

    def names(self, kind: str, *path: str | int) -> tuple[model.Reference, ...]:
        """Every name in the list (or the one name) at the key path; empty where the key is not there."""
        value = self.get(*path)
        if isinstance(value, str):
            return (self.name(kind, value, self.data.spans[path]),)
        return tuple(self.name(kind, str(item), self.data.spans[*path, index]) for index, item in enumerate(value))


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def topic(record: Record) -> model.Topic:
    """Read the front matter of a topic page."""
    record.names("stage", "stage")
    record.names("scope", "scope")
    related = record.get("related", default={}).items()
    return model.Topic(
        slug=record.slug,
        aliases=_aliases(record),
        found_by=found_by(record),
        related=tuple(
            model.Relation(record.name("topic", name, record.data.keys["related", name]), why) for name, why in related
        ),
        advice=record.names("advice", "advice"),
        tensions=record.names("tension", "tensions"),
        left_out=record.names("point", "left_out"),
        autolink=record.get("nolink") is not True,
        nolink=_phrases(record),
        body=record.body,
        span=Span(record.path, record.body_line),
        **record.only("title", "summary", "stage", "order", "scope", "help"),
    )


def _aliases(record: Record) -> tuple[model.Alias, ...]:
    def alias(value: Any, span: Span) -> model.Alias:
        short = isinstance(value, str)
        return model.Alias(value if short else value["text"], short or value.get("link", True), span)

    return tuple(alias(value, record.data.spans["aliases", index]) for index, value in enumerate(record.get("aliases")))


def _phrases(record: Record) -> tuple[model.Phrase, ...]:
    listed = record.get("nolink")
    spans = record.data.spans
    return () if listed is True else tuple(model.Phrase(text, spans["nolink", at]) for at, text in enumerate(listed))


def found_by(record: Record) -> tuple[str, ...]:
    """Read what readers type for the page."""
    return tuple(text.strip() for text in record.get("found_by"))


def plain(record: Record) -> model.Plain:
    """Read the front matter of a page of prose and markers."""
    return model.Plain(
        path=record.path,
        aliases=_aliases(record),
        autolink=record.get("nolink") is not True,
        nolink=_phrases(record),
        found_by=found_by(record),
        body=record.body,
        span=Span(record.path, record.body_line),
        **record.only("title", "summary", "order", "door", "help", "noindex"),
    )


def decisions(record: Record) -> model.Decisions:
    """Read merges.yml."""
    return model.Decisions(
        groups=tuple(_group(record, index, value) for index, value in enumerate(record.get("groups"))),
        different=tuple(_difference(record, index, value) for index, value in enumerate(record.get("different"))),
        apart=tuple(record.names("point", "apart", index) for index in range(len(record.get("apart")))),
        alone=record.names("point", "alone"),
        unsure=record.names("point", "unsure"),
    )


def _group(record: Record, index: int, value: dict[str, Any]) -> model.Group:
    record.names("topic", "groups", index, "topic")
    record.names("scope", "groups", index, "scope")
    values = {key: _trimmed(part) for key, part in value.items()}
    values["members"] = record.names("point", "groups", index, "members")
    return model.Group(span=record.data.spans["groups", index, "id"], **values)


def _difference(record: Record, index: int, value: dict[str, Any]) -> model.Difference:
    sides = range(len(value["between"]))
    return model.Difference(
        id=value["id"],
        between=tuple(record.names("point", "different", index, "between", side) for side in sides),
        reason=value["reason"].strip(),
        span=record.data.spans["different", index, "id"],
    )


def tensions(record: Record) -> tuple[model.Tension, ...]:
    """Read tensions.yml."""
    return tuple(_tension(record, index, value) for index, value in enumerate(record.data.value))


def _tension(record: Record, index: int, value: dict[str, Any]) -> model.Tension:
    def side(number: int) -> model.Side:
        return model.Side(
            says=value["sides"][number]["says"].strip(),
            points=record.names("point", index, "sides", number, "points"),
            marks=record.names("mark", index, "sides", number, "sources"),
        )

    return model.Tension(
        id=value["id"],
        title=value["title"].strip(),
        topics=record.names("topic", index, "topics"),
        sides=tuple(side(number) for number in range(len(value["sides"]))),
        when=tuple(model.Case(case["if"].strip(), case["then"].strip()) for case in value["when"]),
        span=record.data.spans[index, "id"],
    )


def settings(record: Record) -> model.Settings:
    """Read guide.yml."""
    record.names("topic", "gate")
    if "first" in record.get("sheet", default={}):
        record.names("checklist", "sheet", "first")
    sheet = record.get("sheet", default={})
    return model.Settings(
        scopes=tuple(
            model.Scope(**{key: text.strip() for key, text in scope.items()}) for scope in record.get("scopes")
        ),
        stages=record.names("stage", "stages"),
        way=_way(record),
        lost=record.names("page", "lost"),
        sheet=model.Sheet(sheet.get("note", "").strip(), tuple(sheet.get("blanks", ())), sheet.get("first", "")),
        nolink=_phrases(record),
        **record.only("revised", "gate", "care"),
    )


def _way(record: Record) -> model.Way:
    """Read the reader's way; empty where guide.yml has none."""
    if not record.get("way"):
        return model.Way()
    steps = [
        model.Step(join, tuple(_place(record, "way", "steps", index, join, place) for place in range(len(places))))
        for index, step in enumerate(record.get("way", "steps"))
        for join, places in step.items()
    ]
    return model.Way(tuple(steps), _place(record, "way", "stop") if record.get("way", "stop") else None)


def _place(record: Record, *path: str | int) -> model.Place:
    value = record.get(*path)
    if isinstance(value, str):
        return model.Place(record.name("topic", value, record.data.spans[path]))
    name, words = next(iter(value.items()))
    return model.Place(record.name("topic", name, record.data.keys[*path, name]), words.strip())


def help_block(record: Record) -> model.Help:
    """Read help.yml."""
    spans = record.data.spans
    entries = tuple(
        model.HelpEntry(span=spans["entries", number, "last_checked"], **entry)
        for number, entry in enumerate(record.get("entries"))
    )
    return model.Help(entries=entries, found_by=found_by(record), **record.only("text", "line"))


def redirects(record: Record) -> tuple[model.Redirect, ...]:
    """Read redirects.yml, which may hold nothing but a remark."""
    keys, spans = record.data.keys, record.data.spans
    pairs = (record.data.value or {}).items()
    return tuple(model.Redirect(old, new, keys[old,], spans[old,]) for old, new in pairs)


def revisions(record: Record) -> dict[str, tuple[model.Revision, ...]]:
    """Read revisions.yml."""
    return {
        slug: tuple(model.Revision(one["date"], one["content"], tuple(one["lines"].split())) for one in entries)
        for slug, entries in record.data.value.items()
    }


DATA = {"settings": settings, "merges": decisions, "tensions": tensions, "help": help_block}
DATA |= {"redirects": redirects, "revisions": revisions}

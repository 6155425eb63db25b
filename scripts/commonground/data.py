"""The whole guide as data: `guide.json`, which `schemas/guide.json` describes."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, cast

from .model import Guide, Page, Point, Reference
from .relating import neighbours

NOT_DATA = {
    "span",
    "attribute_row",
    "heading_row",
    "autolink",
    "nolink",
}  # where it stands, how it is linked


def render_data(guide: Guide) -> Page:
    """Return the guide as one JSON file. Texts stay Markdown; names of points, topics and so on stand for them."""
    content = guide.content
    near = neighbours(guide)
    data = {
        "revised": content.settings.revised,
        "scopes": _data(content.settings.scopes),
        "stages": [_data(stage) | {"slug": stage.slug} for stage in content.stages],
        "way": _data(content.settings.way),
        "sources": [_data(source) | {"points": [point.id for point in source.points]} for source in content.sources],
        "points": [_fields(point) for point in content.points],
        "advice": [
            _data(advice) | {"marks": list(advice.marks), "articles": len(advice.articles)} for advice in guide.advice
        ],
        "topics": [
            _data(topic)
            | {"advice": [advice.id for advice in guide.advice_of(topic)], "neighbours": _data(near[topic.slug])}
            for topic in content.topics
        ],
        "tensions": _data(content.tensions),
        "checklists": _data(content.checklists),
        "questions": _data(content.questions),
    }
    return Page("guide.json", json.dumps(data, ensure_ascii=False) + "\n")


def _data(value: Any) -> Any:
    if isinstance(value, Reference | Point):
        return value.id
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, Mapping):
        return {key: _data(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_data(inner) for inner in value]
    return value


def _fields(value: Any) -> dict[str, Any]:
    return {name: _data(getattr(value, name)) for name in _names(cast(Hashable, type(value)))}


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    """The fields of a dataclass; looked up once for each, or the looking up would take most of the time."""
    return tuple(one.name for one in fields(cast(Any, kind)) if one.name not in NOT_DATA)

"""Checks values against the JSON Schemas beside it, and says in words what does not fit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema_rs import Draft202012Validator, ValidationError

from .diagnostics import Diagnostic, did_you_mean
from .model import Span
from .yamltext import Document, KeyPath


@cache
def load_schema(name: str) -> dict[str, Any]:
    """Return one of the schema files: `content` and `voice` (what people write), `guide` or `words` (what is made)."""
    text = files(__package__).joinpath("schemas", f"{name}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def _validator(shape: str, schema: str) -> Draft202012Validator:
    return Draft202012Validator(
        {"$defs": load_schema(schema)["$defs"], "$ref": f"#/$defs/{shape}"}, validate_formats=True
    )


def validate(document: Document, shape: str, schema: str = "content") -> Iterator[Diagnostic]:
    """Find what in the document does not fit the named shape of `content.json`, or of another schema."""
    validator = _validator(shape, schema)
    if not validator.is_valid(document.value):
        for error in validator.iter_errors(document.value):
            yield from _diagnostics(error, document, schema)


def _diagnostics(error: ValidationError, document: Document, name: str) -> Iterator[Diagnostic]:
    path: KeyPath = tuple(error.instance_path)
    schema = _schema_at(error.schema_path[:-1], name)
    span = document.spans[path]
    if error.kind.name == "additionalProperties":
        known = schema.get("properties", {})
        for key in sorted(error.kind.value):
            where, hint = document.keys[(*path, key)], did_you_mean(key, known) if known else _keyed(key, schema)
            yield Diagnostic.at(where, "unknown-key", f'The key "{key}" is unknown.', hint)
    elif error.kind.name == "required":
        yield Diagnostic.at(span, "missing-key", f'The key "{error.kind.value}" is missing.', _expected(schema))
    elif error.kind.name == "enum":
        value = str(document.at(path))
        yield Diagnostic.at(span, "bad-value", f'"{value}" is not known here.', did_you_mean(value, schema["enum"]))
    else:
        where, message, hint = _told(error, document, schema) or (span, _misfit(path, document.at(path)), "")
        yield Diagnostic.at(where, "bad-value", message, hint or _expected(schema))


def _told(error: ValidationError, document: Document, schema: dict[str, Any]) -> tuple[Span, str, str] | None:
    """Say where and what is wrong with a value and how to mend it, where that can be told."""
    path: KeyPath = tuple(error.instance_path)
    span, value = document.spans[path], document.at(path)
    if error.kind.name == "uniqueItems":
        at = next(at for at, one in enumerate(value) if one in value[:at])
        return document.spans[*path, at], f'"{value[at]}" stands here twice.', "Keep one of them."
    if isinstance(value, str) and value[:1] in set(CURLY):
        return span, "These quotation marks are curly.", "Write straight ones, \" or '."
    if error.kind.name == "type" and value is None:
        return span, "Nothing stands here.", ""
    if error.kind.name == "type" and schema.get("type") == "string" and isinstance(value, bool | int):
        text = str(value).lower()
        kind = "as yes or no" if isinstance(value, bool) else "as a number"
        return span, f"A text is wanted here, and {text} is read {kind}.", f'Put it in quotation marks: "{text}".'
    return None


def _misfit(path: KeyPath, value: Any) -> str:
    named = next((f'the value of "{part}"' for part in reversed(path) if isinstance(part, str)), "what stands here")
    if isinstance(value, str | int) and 0 < len(str(value)) <= SHOWN:
        return f'"{value}" will not do as {named}.'
    return f"Something is wrong with {named}."


SHOWN = 40  # signs of a value that a message repeats
CURLY = "“”‘’„«"


def _schema_at(path: list[str | int], name: str) -> dict[str, Any]:
    """Return the part of the schema that a value did not fit."""
    schema: Any = load_schema(name)
    for part in path:
        schema = schema[part]
    return schema if isinstance(schema, dict) else {}


def _keyed(key: str, schema: dict[str, Any]) -> str:
    """What to write in the place of a key that is no address: one with a slash at its end, where that is all."""
    address = re.sub(r"(?:/index|/README)?(?:\.md)?/?$", "/", key.removeprefix("/"), count=1)
    is_one = any(re.search(pattern, address) for pattern in schema.get("patternProperties", ()))
    return f'Write "{address}".' if is_one else _expected(schema)


def _expected(schema: dict[str, Any]) -> str:
    description = schema.get("description", f"a value of type {schema.get('type', 'as documented')}")
    return f"Expected {description}"

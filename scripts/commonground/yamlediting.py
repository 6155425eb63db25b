"""Changes to a YAML file that touch nothing else in it: comments, order and wording stay byte for byte.

A change is a splice into the text at the place of a node. Each proves itself: the new text must hold just the value
that was asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import yaml

from .diagnostics import Fault
from .model import Span
from .yamltext import PARSER, KeyPath, load

INDENT = 2


def append(text: str, path: KeyPath, item: Any, after: int | None = None) -> str:
    """Return the text with the item at the end of the list at the path, or behind its item number `after`.

    A list that is missing is added at the end of the file. Raises `Fault` where the file is not as expected.
    """

    def change(value: Any) -> None:
        items = _list(value, path)
        items.insert(len(items) if after is None else after + 1, item)

    node = _find(text, path)
    if node is None or not node.value:
        changed = _filled(text, path, node, item)
    elif node.flow_style:
        changed = _splice(text, _end(text, node.value[-1 if after is None else after]), f", {inline(item)}")
    else:
        last = node.value[-1 if after is None else after]
        column = " " * (node.value[0].start_mark.column - INDENT)
        place = _line_end(text, _end(text, _innermost_last(last)))
        changed = _splice(text, place, "\n" + _block(item, column))
    return _proved(text, changed, change)


def remove(text: str, path: KeyPath, item: str) -> str:
    """Return the text without the item in the list of plain values at the path. Raises `Fault` as `append` does."""
    node = _find(text, path)
    values = [] if node is None else [one.value for one in node.value]
    if item not in values:
        raise Fault(Span(""), "bad-edit", f'"{item}" does not stand in {path[-1]}.')
    return take_out(text, path, values.index(item))


def take_out(text: str, path: KeyPath, at: int) -> str:
    """Return the text without item number `at` of the list at the path, and the comments in its lines."""
    node = _find(text, path)
    start, end = _start(text, node.value[at]), _end(text, _innermost_last(node.value[at]))
    if not node.flow_style:
        start, end = text.rfind("\n", 0, start), _line_end(text, end)
    elif at:
        start, end = _end(text, node.value[at - 1]), _end(text, node.value[at])
    else:
        end = _start(text, node.value[1]) if len(node.value) > 1 else _end(text, node.value[at])
    empties = not node.flow_style and len(node.value) == 1
    changed = f"{text[:start]}{' []' if empties else ''}{text[end:]}"
    return _proved(text, changed, lambda value: _list(value, path).pop(at))


def put(text: str, path: KeyPath, value: str, after: str) -> str:
    """Return the text with this value at the path, of a mapping in block style; an empty value takes the key out.

    A key that is missing comes below the key `after`. Raises `Fault` as `append` does.
    """
    *above, key = path
    entries = {one.value: (one, node) for one, node in _find(text, tuple(above)).value}
    if key in entries:
        name, node = entries[key]
        start, end = _start(text, node), _end(text, node)
        if not value:
            start, end = text.rfind("\n", 0, _start(text, name)), _line_end(text, end)
        changed = f"{text[:start]}{inline(value) if value else ''}{text[end:]}"
    elif value:
        name, node = entries[after]
        row = f"\n{' ' * name.start_mark.column}{key}: {inline(value)}"
        changed = _splice(text, _line_end(text, _end(text, node)), row)
    else:
        return text

    def change(whole: Any) -> None:
        for part in above:
            whole = whole[part]
        whole[key] = value
        if not value:
            del whole[key]

    return _proved(text, changed, change)


def _list(value: Any, path: KeyPath) -> Any:
    for part in path[:-1]:
        value = value[part]
    if isinstance(value, dict) and not value.get(path[-1]):
        value[path[-1]] = []
    return value[path[-1]]


def _find(text: str, path: KeyPath) -> Any:
    """The node at the path; None where it is missing."""
    load(text, "")  # refuses what composing would expand for ever
    node: Any = yaml.compose(text, Loader=PARSER)
    for part in path:
        if isinstance(part, int):
            node = node.value[part]
        else:
            node = next((value for key, value in node.value if key.value == part), None)
        if node is None:
            return None
    return node


def _filled(text: str, path: KeyPath, node: Any, item: Any) -> str:
    """Put the first item into a list that is empty or missing. A new list has a line for each: two may add one."""
    if node is None:
        gap = "" if text.endswith("\n") else "\n"
        return f"{text}{gap}\n{path[-1]}:\n{_block(item, ' ' * INDENT)}\n"
    listed = f" [{inline(item)}]" if isinstance(item, str) else "\n" + _block(item, " " * INDENT)
    return f"{text[: _start(text, node)].rstrip(' ')}{listed}{text[_end(text, node) :]}"


def _block(item: Any, column: str) -> str:
    """An item of a block list: a name or a list of names, or a mapping with a key to a line."""
    if not isinstance(item, dict):
        return f"{column}- {inline(item)}"
    rows = [f"{key}: {inline(value)}" for key, value in item.items()]
    return "\n".join(f"{column}{'  ' if number else '- '}{row}" for number, row in enumerate(rows))


def inline(value: Any) -> str:
    """A value on one line, as people write it."""
    if isinstance(value, list):
        return f"[{', '.join(inline(one) for one in value)}]"
    dumped: str = yaml.safe_dump(value, allow_unicode=True, width=10**6, default_flow_style=True)
    return dumped.removesuffix("\n").removesuffix("\n...")


def _innermost_last(node: Any) -> Any:
    """The last scalar or flow list within the node: a block's own end lies beyond the comments that follow it."""
    while not isinstance(node, yaml.ScalarNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _offset(text: str, mark: Any) -> int:
    start = 0
    for _ in range(mark.line):
        start = text.index("\n", start) + 1
    return start + int(mark.column)


def _start(text: str, node: Any) -> int:
    return _offset(text, node.start_mark)


def _end(text: str, node: Any) -> int:
    end = _offset(text, node.end_mark)
    many_lines = isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}  # ends where the next thing starts
    return len(text[:end].rstrip()) if many_lines else end


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _splice(text: str, place: int, piece: str) -> str:
    return text[:place] + piece + text[place:]


def _proved(before: str, after: str, change: Callable[[Any], None]) -> str:
    """Return the new text where it holds what the change makes of the old value."""
    expected = deepcopy(load(before, "").value) or {}
    change(expected)
    if load(after, "").value != expected:
        raise Fault(Span(""), "bad-edit", "The file is written in a way that this change would spoil. Edit it by hand.")
    return after

"""Modules moved below a package of their own, so that two runs on one OPA server do not see each other.

`package tenantlint.checks.x` becomes `package NAME.tenantlint.checks.x` and `data.tenantlint` becomes
`data.NAME.tenantlint`. Lines stay; columns that a server reports are mapped back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tenantlint.engine import places
from tenantlint.model import Module


@dataclass(frozen=True)
class Moved:
    """The moved text, and where (line, column, length, from 1 in the original) text was put in."""

    text: str
    insertions: tuple[tuple[int, int, int], ...]

    def column(self, line: int, column: int) -> int:
        """The column in the original of a place in the moved text."""
        for at_line, at_column, length in self.insertions:
            if at_line == line and at_column < column:
                column -= min(length, column - at_column)
        return column


def move(module: Module, tree: Mapping[str, Any], name: str) -> Moved:
    """The module with `name` put before its package and after every `data`."""
    source = module.text.encode()
    package = _root(tree["package"]["refr"])
    inserted = {(package["start"], f"{name}.")} | {
        (span["end"], f".{name}") for span in _data([tree.get("imports", []), tree.get("rules", [])])
    }
    parts: list[bytes] = []
    last = 0
    for offset, text in sorted(inserted):
        parts += [source[last:offset], text.encode()]
        last = offset
    parts.append(source[last:])
    insertions = tuple((*places.at_offset(source, offset), len(text)) for offset, text in sorted(inserted))
    return Moved(b"".join(parts).decode(), insertions)


def _root(node: Mapping[str, Any]) -> Mapping[str, int]:
    kind, told = next(iter(node.items()))
    if kind == "Var":
        span: Mapping[str, int] = told["span"]
        return span
    return _root(told["refr"])


def _data(node: Any) -> Iterator[Mapping[str, int]]:
    if isinstance(node, list):
        for child in node:
            yield from _data(child)
    elif isinstance(node, dict):
        told = node.get("Var")
        if isinstance(told, dict) and told.get("value") == "data":
            yield told["span"]
        else:
            for child in node.values():
                yield from _data(child)

"""Why a Rego test failed: which of its statements did not hold, and what the values were.

The statements of the test are evaluated again, one more each time, in a copy of the test's own module; the
first that makes the rule undefined is the culprit. If it compares two values, both are shown.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from tenantlint.errors import CheckLoadError, EngineError
from tenantlint.model import Module

_PROBE = "tenantlint_probe"
_MAX_LINES = 60
_QUOTES = (b'"', b"`")


class Bench(Protocol):
    """What evaluates a rule, and can hold one more module."""

    def value(self, rule: str) -> Any: ...

    def with_module(self, module: Module) -> Any: ...


def explain(module: Module, package: str, rule: str, bench: Bench, tree: Mapping[str, Any]) -> tuple[str, ...]:
    """Lines that tell which statement of the rule failed, and how; a plain sentence when that cannot be told."""
    source = _Source(module, package, tree)
    bodies = [body for body in source.bodies(rule) if body]
    if not bodies:
        return ("the test is not true",)
    return tuple(line for body in bodies for line in _explain_body(source, body, bench))


class _Source:
    def __init__(self, module: Module, package: str, tree: Mapping[str, Any]) -> None:
        self.path = module.path
        self.package = package
        self._bytes = module.text.encode()
        self._tree = tree

    def text(self, span: Mapping[str, int]) -> str:
        return self.slice(span["start"], span["end"])

    def slice(self, start: int, end: int) -> str:
        """The text between two offsets in bytes. regorus leaves the quotes of a string out of its span."""
        first = start - 1 if self._bytes[start - 1 : start] in _QUOTES else start
        last = end + 1 if self._bytes[end : end + 1] in _QUOTES else end
        return self._bytes[first:last].decode()

    def sides(self, comparison: Mapping[str, Any]) -> tuple[str, str]:
        """The texts left and right of a comparison's operator. regorus gives wrong starts for some objects."""
        whole, left = comparison["span"], _span(comparison["lhs"])
        rest = self.slice(left["end"], whole["end"]).lstrip('"`')
        return self.slice(whole["start"], left["end"]), rest.strip().lstrip("=<>!").strip()

    def imports(self) -> str:
        lines = []
        for found in self._tree.get("imports", ()):
            line = self.text(found["span"])
            alias = found.get("as")
            name = self.text(alias) if alias else ""
            lines.append(line if not name or f" as {name}" in line else f"{line} as {name}")
        return "\n".join(lines)

    def bodies(self, rule: str) -> Iterator[list[Mapping[str, Any]]]:
        for told in self._tree.get("rules", ()):
            spec = told.get("Spec", {})
            head: Mapping[str, Any] = next(iter(spec.get("head", {}).values()), {})
            if head.get("refr", {}).get("Var", {}).get("value") == rule:
                for body in spec.get("bodies", ()):
                    yield list(body["query"]["stmts"])


def _explain_body(source: _Source, body: Sequence[Mapping[str, Any]], bench: Bench) -> Iterator[str]:
    held: list[str] = []
    for statement in body:
        text = source.text(statement["span"])
        if not _probe(source, bench, held, text)[0]:
            yield f"{source.path}:{statement['span']['line']}: this does not hold:"
            yield from (f"    {line}" for line in text.splitlines())
            yield from _values(source, statement, held, bench)
            return
        held.append(text)
    yield "every statement holds by itself; the values that they share do not fit together"


def _values(source: _Source, statement: Mapping[str, Any], held: Sequence[str], bench: Bench) -> Iterator[str]:
    literal = statement.get("literal", {})
    expression = literal.get("Expr", {}).get("expr", {})
    modifiers = " ".join(source.text(modifier["span"]) for modifier in statement.get("with_mods", ()))
    texts = [source.text(_span(node)) for node in _findings(literal)]
    comparison = expression.get("BoolExpr")
    if comparison:
        sides = source.sides(comparison)
        values = [_value(source, side, held, modifiers, bench) for side in sides]
        if comparison["op"] == "Eq" and all(found for found, _ in values):
            yield from _diff(values[1][1], values[0][1])
            texts = [text for text in texts if text not in sides]
        else:
            texts = [*(side for side in sides if not _is_constant(side)), *texts]
    elif expression:
        texts = [source.text(literal["Expr"]["span"]), *texts]
    for text in dict.fromkeys(texts):
        found, value = _value(source, text, held, modifiers, bench)
        yield from _shown(text, value, found)


def _value(source: _Source, text: str, held: Sequence[str], modifiers: str, bench: Bench) -> tuple[bool, Any]:
    return _probe(source, bench, held, f"{_PROBE}_value := {text} {modifiers}", f"{_PROBE}_value")


def _probe(source: _Source, bench: Bench, held: Sequence[str], text: str, value: str = "true") -> tuple[bool, Any]:
    body = "\n".join((*held, text))
    module = Module(
        "probe.rego", f"package {source.package}\n\n{source.imports()}\n\n{_PROBE} := [{value}] if {{\n{body}\n}}\n"
    )
    try:
        found = bench.with_module(module).value(f"{source.package}.{_PROBE}")
    except (EngineError, CheckLoadError):
        return False, None
    return found is not None, found[0] if found else None


def _findings(node: Any) -> Iterator[Mapping[str, Any]]:
    """Every reference to a rule `findings` inside the statement: what the check said is what one wants to see."""
    if isinstance(node, list):
        for child in node:
            yield from _findings(child)
    elif isinstance(node, dict):
        field = node.get("RefDot", {}).get("field") if isinstance(node.get("RefDot"), dict) else None
        if field and field[1] in ("findings", "not_applicable"):
            yield node
            return
        for child in node.values():
            yield from _findings(child)


def _span(node: Mapping[str, Any]) -> Mapping[str, int]:
    inner = next(iter(node.values()))
    span: Mapping[str, int] = inner["span"]
    return span


def _is_constant(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _json(value: Any) -> list[str]:
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False).splitlines()


def _diff(expected: Any, got: Any) -> Iterator[str]:
    lines = list(difflib.unified_diff(_json(expected), _json(got), "expected", "got", lineterm="", n=3))
    yield from (f"    {line}" for line in lines[:_MAX_LINES])
    if len(lines) > _MAX_LINES:
        yield f"    … {len(lines) - _MAX_LINES} more lines"


def _shown(text: str, value: Any, found: bool) -> Iterator[str]:
    if not found:
        yield f"    {text} is undefined"
        return
    lines = _json(value)
    yield f"    {text} is {lines[0]}"
    yield from (f"    {line}" for line in lines[1:_MAX_LINES])
    if len(lines) > _MAX_LINES:
        yield f"    … {len(lines) - _MAX_LINES} more lines"

"""The inputs that Rego tests mock, found in their syntax trees and evaluated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tenantlint.checks.selftest import TestCase
from tenantlint.engine.embedded import TestBench, syntax
from tenantlint.errors import CheckLoadError, EngineError
from tenantlint.model import Module


def inputs(case: TestCase, bench: TestBench) -> Iterator[Mapping[str, Any]]:
    """Every whole input that the test lays over with `with input as …`, as JSON.

    An expression that hangs on variables of its statement cannot be evaluated alone and is passed over.
    """
    tree = syntax(case.module)
    source = case.module.text.encode()
    imports = "\n".join(_text(source, one["span"]) + _alias(source, one) for one in tree["imports"])
    for number, span in enumerate(_mocked(_rule(tree, case.name))):
        text = f"package {case.package}\n\n{imports}\n\nmocked_input_{number} := {_text(source, span)}\n"
        try:
            value = bench.with_module(Module("mock.rego", text)).value(f"{case.package}.mocked_input_{number}")
        except (CheckLoadError, EngineError):
            continue
        if isinstance(value, dict):
            yield value


def _rule(tree: Mapping[str, Any], name: str) -> list[Any]:
    heads = [next(iter(rule.get("Spec", {}).get("head", {"": {}}).values())) for rule in tree["rules"]]
    named = [head.get("refr", {}).get("Var", {}).get("value") for head in heads]
    return [rule for rule, found in zip(tree["rules"], named, strict=True) if found == name]


def _mocked(node: Any) -> Iterator[Mapping[str, int]]:
    """Where the values of `with input as` stand: from behind `as` to the end of the modifier."""
    if isinstance(node, list):
        for child in node:
            yield from _mocked(child)
    elif isinstance(node, dict):
        for modifier in node.get("with_mods", ()):
            if modifier["refr"].get("Var", {}).get("value") == "input":
                value = next(iter(modifier["as"].values()))["span"]
                yield {
                    "start": modifier["refr"]["Var"]["span"]["end"],
                    "end": max(value["end"], modifier["span"]["end"]),
                }
        for child in node.values():
            yield from _mocked(child)


def _text(source: bytes, span: Mapping[str, int]) -> str:
    return source[span["start"] : span["end"]].decode().strip().removeprefix("as ").strip()


def _alias(source: bytes, told: Mapping[str, Any]) -> str:
    return f" as {_text(source, told['as'])}" if "as" in told and " as " not in _text(source, told["span"]) else ""

"""What a Rego module may not do, found in its syntax tree when it is loaded.

Refused: builtins that reach out of the process or give another value each time, reading another check, and
shapes of `findings` that would lose findings in silence. The tree, not the text, is searched: comments and
strings do not matter, and `http["send"]` or `with f as http.send` do not slip through.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tenantlint.engine import places
from tenantlint.errors import CheckLoadError
from tenantlint.model import Module

FORBIDDEN = {
    "http.send": "reaches out to the network",
    "net.lookup_ip_addr": "reaches out to the network",
    "opa.runtime": "reveals the environment",
    "rand.intn": "gives another value each time",
    "time.now_ns": "gives another value each time; use input.now",
    "uuid.rfc4122": "gives another value each time",
}
_CHECK_ROOTS = (("data", "tenantlint", "checks"), ("data", "custom", "checks"))
_SETS = ("findings", "not_applicable")
_CUSTOM_ROOT = "custom"

Tree = Mapping[str, Any]
_Reference = tuple[tuple[str, ...], Mapping[str, int]]


def inspect(module: Module, tree: Tree) -> None:
    """Refuse a module that does what none may. Raises CheckLoadError with file, line and column."""
    try:
        package, place = _path(tree["package"]["refr"])
        if not module.trusted and package[0] != _CUSTOM_ROOT:
            raise _error(module, place, f"the package `{'.'.join(package)}` is not your own", "begin it with `custom.`")
        is_test = module.path.endswith("_test.rego")
        for path, span in _references([tree.get("imports", []), tree.get("rules", [])]):
            _refuse_builtin(module, path, span)
            if not is_test:
                _refuse_other_check(module, path, span, ("data", *package))
        if not is_test and ("data", *package)[:3] in _CHECK_ROOTS:
            _refuse_shape(module, tree)
    except RecursionError:
        raise CheckLoadError("is nested too deeply", file=module.path, mend="split its rules") from None


def _refuse_builtin(module: Module, path: tuple[str, ...], span: Mapping[str, int]) -> None:
    for name, reason in FORBIDDEN.items():
        parts = tuple(name.split("."))
        if path[: len(parts)] == parts:
            raise _error(module, span, f"`{name}` is not allowed in a check: it {reason}")


def _refuse_other_check(
    module: Module, path: tuple[str, ...], span: Mapping[str, int], package: tuple[str, ...]
) -> None:
    for root in _CHECK_ROOTS:
        other = path[: len(root)] == root and path[: len(package)] != package
        if other or (path[0] == "data" and root[: len(path)] == path):
            named = ".".join(path)
            raise _error(module, span, f"`{named}` reads other checks", "put what they share into a library")


def _refuse_shape(module: Module, tree: Tree) -> None:
    defined: set[str] = set()
    for rule in tree.get("rules", []):
        kind, told = next(iter(rule.items()))
        head_kind, head = next(iter(told["head"].items())) if kind == "Spec" else (kind, told)
        path, span = _path(head["refr"])
        name = path[0]
        if name in _SETS:
            defined.add(name)
            if head_kind != "Set" or len(path) > 1:
                raise _error(module, span, f"`{name}` must be a set", f"write `{name} contains … if {{ … }}`")
    if "findings" not in defined:
        raise CheckLoadError(
            "the check defines no `findings`", file=module.path, line=1, mend="write `findings contains … if { … }`"
        )


def _references(node: Any) -> Iterator[_Reference]:
    """Every reference as far as it is constant, outermost first: `data.lib[x].y` gives (data, lib)."""
    if isinstance(node, list):
        for child in node:
            yield from _references(child)
    elif isinstance(node, dict):
        if _is_reference(node):
            yield _path(node)
            yield from _references(list(_indexes(node)))
        else:
            yield from _references(list(node.values()))


def _is_reference(node: Mapping[str, Any]) -> bool:
    return len(node) == 1 and next(iter(node)) in ("Var", "RefDot", "RefBrack")


def _path(node: Mapping[str, Any]) -> _Reference:
    """The constant parts at the head of a reference, and the place of its first word."""
    kind, told = next(iter(node.items()))
    if kind == "Var":
        return (str(told["value"]),), told["span"]
    if kind not in ("RefDot", "RefBrack"):
        return ("",), told["span"]  # a call or a comprehension: not a name
    path, span = _path(told["refr"])
    if not _is_whole(told["refr"]):
        return path, span
    part = _constant(kind, told)
    return ((*path, part), span) if part is not None else (path, span)


def _is_whole(node: Mapping[str, Any]) -> bool:
    """Whether every part of the reference is constant."""
    kind, told = next(iter(node.items()))
    if kind in ("RefDot", "RefBrack"):
        return _constant(kind, told) is not None and _is_whole(told["refr"])
    return kind == "Var"


def _constant(kind: str, told: Mapping[str, Any]) -> str | None:
    if kind == "RefDot":
        return str(told["field"][1])
    index_kind, index = next(iter(told["index"].items()))
    return str(index["value"]) if index_kind in ("String", "RawString") else None


def _indexes(node: Mapping[str, Any]) -> Iterator[Any]:
    """What stands inside a reference and is itself an expression: computed indexes, a call at its root."""
    kind, told = next(iter(node.items()))
    if kind == "RefBrack":
        yield told["index"]
    if kind in ("RefDot", "RefBrack"):
        yield from _indexes(told["refr"]) if _is_reference(told["refr"]) else (told["refr"],)


def _error(module: Module, span: Mapping[str, int], problem: str, mend: str | None = None) -> CheckLoadError:
    line, column = places.at_offset(module.text.encode(), span["start"])
    return CheckLoadError(problem, file=module.path, line=line, column=column, mend=mend)

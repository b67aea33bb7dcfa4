"""Runs the Rego tests of checks: rules named `test_…` in files named `…_test.rego`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Collection as Container
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tenantlint import shipped
from tenantlint.checks import catalog, diagnosis, metadata
from tenantlint.errors import EngineError, UsageError
from tenantlint.model import Module

_TEST = re.compile(r"^(?P<name>test_\w+)", re.MULTILINE)

Syntax = Callable[[Module], Mapping[str, Any]]


class Bench(Protocol):
    """What runs a single Rego rule (engine.embedded.TestBench)."""

    def value(self, rule: str) -> Any: ...

    def prints(self) -> list[str]: ...

    def uncovered(self) -> dict[str, list[int]]: ...

    def with_module(self, module: Module) -> Bench: ...


@dataclass(frozen=True, slots=True)
class TestCase:
    """One test rule. `line` counts from 1."""

    __test__ = False  # not a pytest class

    module: Module
    package: str
    name: str
    line: int

    @property
    def place(self) -> str:
        return f"{self.module.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class TestResult:
    """`explanation`: why it failed, in lines ready to print; empty when it passed."""

    __test__ = False  # not a pytest class

    case: TestCase
    passed: bool
    explanation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suite:
    """Tests to run, the modules they need, and the modules whose coverage counts."""

    cases: tuple[TestCase, ...]
    modules: tuple[Module, ...]
    subjects: tuple[Module, ...]


def suite(paths: Sequence[Path], *, known_facts: Container[str] | None = None) -> Suite:
    """The tests below the paths (files or folders; the shipped policies when there are none).

    The shipped libraries are always loaded, since users' own checks may call them. Raises UsageError for
    a path that does not exist or holds no test, CheckLoadError for a check with bad metadata.
    """
    root = shipped.policies().resolve()
    modules = {(module := _read(path, root)).path: module for path in catalog.rego_files(root / "lib")}
    subjects: dict[str, Module] = {}
    cases: list[TestCase] = []
    for path in paths or (root,):
        if not path.exists():
            raise UsageError(f"there is no {path} to test.")
        tests = list(catalog.rego_files(path, tests=True)) if path.is_dir() else [_test_of(path)]
        if not any(test.is_file() for test in tests):
            raise UsageError(f"{path} holds no `*{catalog.TEST_SUFFIX}` file; `tenantlint rules new` writes one.")
        for found in catalog.rego_files(path if path.is_dir() else path.parent):
            module = modules.setdefault(_shown(found, root), _read(found, root))
            if not module.trusted and metadata.has_annotation(module):
                metadata.read(module, service=found.parent.name, custom=True, facts=known_facts)
            if path.is_dir() or _test_of(found) in tests:
                subjects[module.path] = module
        for test in tests:
            module = modules.setdefault(_shown(test, root), _read(test, root))
            cases += cases_of(module)
    return Suite(tuple(dict.fromkeys(cases)), tuple(modules.values()), tuple(subjects.values()))


def uncovered(suite: Suite, bench: Bench) -> dict[str, list[int]]:
    """Path to the lines that no test reached, of the suite's own modules only."""
    lines = bench.uncovered()
    return {module.path: lines[module.path] for module in suite.subjects if lines.get(module.path)}


def ranges(lines: Sequence[int]) -> str:
    """Line numbers as a reader likes them: `3-5, 9`."""
    runs: list[list[int]] = []
    for line in sorted(lines):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def cases_of(module: Module) -> Iterator[TestCase]:
    """The test rules of a test module, in the order of the file."""
    package = metadata.package_of(module)
    seen: set[str] = set()
    for found in _TEST.finditer(module.text):
        if found["name"] not in seen:
            seen.add(found["name"])
            yield TestCase(module, package, found["name"], module.text.count("\n", 0, found.start()) + 1)


def run(case: TestCase, bench: Bench, syntax: Syntax) -> TestResult:
    """Run one test. It passes when its rule is true; a failed one is explained."""
    try:
        passed = bench.value(f"{case.package}.{case.name}") is True
    except EngineError as error:
        return TestResult(case, False, (str(error), *(f"print: {line}" for line in bench.prints())))
    printed = bench.prints()
    if passed:
        return TestResult(case, True)
    lines = diagnosis.explain(case.module, case.package, case.name, bench, syntax(case.module))
    return TestResult(case, False, (*lines, *(f"print: {line}" for line in printed)))


def _test_of(path: Path) -> Path:
    return path if path.name.endswith(catalog.TEST_SUFFIX) else path.with_name(f"{path.stem}{catalog.TEST_SUFFIX}")


def _read(path: Path, root: Path) -> Module:
    shown = _shown(path, root)
    return catalog.read_module(path, shown, trusted=path.resolve().is_relative_to(root))


def _shown(path: Path, root: Path) -> str:
    resolved = path.resolve()
    if resolved.is_relative_to(root):
        return "policies/" + resolved.relative_to(root).as_posix()
    return path.as_posix()

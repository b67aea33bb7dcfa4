"""The default engine: regorus, in this process. The only module that imports it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tenantlint.engine import guard, places
from tenantlint.errors import CheckLoadError, EngineError
from tenantlint.model import Module

# regorus gives `--> file:row:col`, three lines of source with a caret, `error: …`, then a stack backtrace.
_PLACE = re.compile(r"^\s*-->\s*(?P<file>.+):(?P<line>\d+):(?P<column>\d+)\s*$", re.MULTILINE)
_PROBLEM = re.compile(r"^error: (?P<problem>.+?)\s*$", re.MULTILINE)
_PACKAGE = re.compile(r"^package (?P<name>[\w.]+)\s*$", re.MULTILINE)
_LIBRARY = re.compile(r"\bdata\.(tenantlint\.lib\.\w+)")
_SHIPPED = "tenantlint.checks."
_OTHERS = "*"
_BACKTRACE = "Stack backtrace:"


class EmbeddedEngine:
    """regorus behind the Engine protocol.

    A regorus engine is bound to the thread that made it and panics in another; make one of these a thread.
    A query costs regorus time for every module that is loaded. Checks read nothing but libraries (see `guard`), so the
    shipped checks of each service have an engine of their own, made when the first is evaluated. Custom checks share
    one with all libraries, made at once, so that what is wrong with them is told before the run.
    """

    name = "embedded"

    def __init__(self) -> None:
        self._engines: dict[str, Any] = {}
        self._modules: dict[str, list[Module]] = {}
        self._texts: Mapping[str, str] = {}

    def __enter__(self) -> EmbeddedEngine:
        return self

    def __exit__(self, *exc: object) -> None:
        self._engines = {}

    def load(self, modules: Sequence[Module]) -> None:
        """Compile the modules. Raises CheckLoadError with file, line and column."""
        for module in modules:
            if not module.trusted:
                guard.inspect(module, syntax(module))
        self._texts = _texts(modules)
        self._engines = {}
        self._modules = _by_service(modules)
        if any(not module.trusted for module in modules):
            self._engines[_OTHERS] = _quiet(self._modules[_OTHERS])

    def evaluate(self, package: str, rules: Sequence[str], input_json: str) -> dict[str, Any]:
        """The value of each rule over the input. Raises EngineError when one fails or has no value."""
        engine = self._engine(package)
        names = [f"data.{package}.{rule}" for rule in rules]
        try:
            engine.set_input_json(input_json)
            answer = json.loads(engine.eval_query_as_json(f"[{', '.join(names)}]"))
            engine.take_prints()
        except RuntimeError as error:
            fault = _fault(error, self._texts)
            raise EngineError(fault.problem, position=fault.position) from None
        if not answer.get("result"):
            raise EngineError(f"one of {', '.join(names)} has no value; a check's rules must be sets (`contains`)")
        values = answer["result"][0]["expressions"][0]["value"]
        return dict(zip(rules, values, strict=True))

    def _engine(self, package: str) -> Any:
        service = _service(package)
        if service not in self._modules:
            service = _OTHERS
        if service not in self._engines:
            if not self._modules.get(service):
                raise EngineError("no modules are loaded")
            self._engines[service] = _quiet(self._modules[service])
        return self._engines[service]


class TestBench:
    """Runs single Rego test rules, with prints and line coverage. Satisfies `checks.selftest.Bench`."""

    __test__ = False  # not a pytest class

    def __init__(self, modules: Sequence[Module]) -> None:
        """Compile the modules. Raises CheckLoadError with file, line and column."""
        for module in modules:
            if not module.trusted:
                guard.inspect(module, syntax(module))
        self._texts = _texts(modules)
        self._engine = _compiled(modules)
        self._engine.set_gather_prints(True)
        self._engine.set_enable_coverage(True)

    def value(self, rule: str) -> Any:
        """The value of `data.<rule>`, None when it has none. Raises EngineError when a builtin fails."""
        try:
            answer = json.loads(self._engine.eval_query_as_json(f"data.{rule}"))
        except RuntimeError as error:
            fault = _fault(error, self._texts)
            raise EngineError(fault.problem, position=fault.position) from None
        result = answer.get("result")
        return result[0]["expressions"][0]["value"] if result else None

    def prints(self) -> list[str]:
        """What `print` said since the last call, each with `file:line: ` before it."""
        return [str(line) for line in self._engine.take_prints()]

    def uncovered(self) -> dict[str, list[int]]:
        """Lines of each module that no test reached so far."""
        report = json.loads(self._engine.get_coverage_report_as_json())
        return {file["path"]: list(file["not_covered"]) for file in report["files"]}

    def with_module(self, module: Module) -> TestBench:
        """A copy that holds one more module; coverage of the copy is not counted here."""
        other = TestBench.__new__(TestBench)
        other._engine = self._engine.clone()
        other._texts = {**self._texts, module.path: module.text}
        try:
            other._engine.add_policy(module.path, module.text)
        except RuntimeError as error:
            raise _load_error(error, _texts([module])) from None
        return other


def syntax(module: Module) -> Mapping[str, Any]:
    """The module's syntax tree as regorus gives it: {package, imports, rules}, with spans.

    A span is {line, col, start, end}: from 1, the offsets in bytes of UTF-8. Raises CheckLoadError.
    """
    from regorus import Engine

    engine = Engine()
    _add(engine, module)
    tree: Mapping[str, Any] = json.loads(engine.get_ast_as_json())[0]["ast"]
    return tree


@dataclass(frozen=True)
class _Fault:
    problem: str
    file: str | None = None
    line: int | None = None
    column: int | None = None

    @property
    def position(self) -> str | None:
        return f"{self.file}:{self.line}:{self.column}" if self.file else None


def _by_service(modules: Sequence[Module]) -> dict[str, list[Module]]:
    """By service: its shipped checks and the libraries that they read; under a name of their own, all others."""
    shipped = {_package(module): module for module in modules if module.trusted}
    found: dict[str, list[Module]] = {}
    for package, module in shipped.items():
        if _service(package):
            found.setdefault(_service(package), []).append(module)
    for service, own in found.items():
        found[service] = [*own, *_read_by(own, shipped)]
    return {**found, _OTHERS: [module for module in modules if not _service(_package(module))]}


def _read_by(modules: Sequence[Module], shipped: Mapping[str, Module]) -> list[Module]:
    """The libraries that the modules name, and those that these name, in a stable order."""
    found: dict[str, Module] = {}
    waiting = list(modules)
    while waiting:
        for name in _LIBRARY.findall(waiting.pop().text):
            if name in shipped and name not in found:
                found[name] = shipped[name]
                waiting.append(shipped[name])
    return [found[name] for name in sorted(found)]


def _service(package: str) -> str:
    """The service of a shipped check's package, "" for any other package."""
    return package.removeprefix(_SHIPPED).partition(".")[0] if package.startswith(_SHIPPED) else ""


def _package(module: Module) -> str:
    found = _PACKAGE.search(module.text)
    return found["name"] if found else ""


def _quiet(modules: Sequence[Module]) -> Any:
    engine = _compiled(modules)
    engine.set_gather_prints(True)  # a `print` in a check must not reach stderr
    return engine


def _texts(modules: Sequence[Module]) -> dict[str, str]:
    return {module.path: module.text for module in modules}


def _fault(error: BaseException, texts: Mapping[str, str]) -> _Fault:
    text = str(error).split(_BACKTRACE)[0].strip()
    place, problem = _PLACE.search(text), _PROBLEM.search(text)
    sentence = problem["problem"] if problem else " ".join(text.split()) or "the engine gave no reason"
    sentence = sentence.rstrip(".")
    if place is None:
        return _Fault(sentence)
    file, line, column = place["file"], int(place["line"]), int(place["column"])
    return _Fault(sentence, file, line, places.without_tabs(texts.get(file, ""), line, column))


def _load_error(error: BaseException, texts: Mapping[str, str]) -> CheckLoadError:
    fault = _fault(error, texts)
    file = fault.file or (next(iter(texts)) if len(texts) == 1 else "the loaded modules")
    return CheckLoadError(fault.problem, file=file, line=fault.line, column=fault.column)


def _add(engine: Any, module: Module) -> None:
    try:
        engine.add_policy(module.path, module.text)
    except RuntimeError as error:
        raise _load_error(error, _texts([module])) from None


def _compiled(modules: Sequence[Module]) -> Any:
    from regorus import Engine

    engine = Engine()
    for module in modules:
        _add(engine, module)
    try:
        engine.eval_query_as_json("true")  # regorus analyses the modules at the first query
    except RuntimeError as error:
        raise _load_error(error, _texts(modules)) from None
    return engine

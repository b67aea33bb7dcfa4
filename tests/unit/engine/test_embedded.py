"""The embedded engine: values, errors with places, and no memory between inputs."""

from __future__ import annotations

import json
import re
import time

import pytest

from tenantlint.checks.catalog import load
from tenantlint.engine.embedded import EmbeddedEngine, syntax
from tenantlint.errors import CheckLoadError, EngineError
from tenantlint.model import Module

PACKAGE = "custom.checks.ca.states"
STATES = Module(
    "states.rego",
    """package custom.checks.ca.states

import rego.v1

import data.custom.lib.names as n

findings contains p.id if {
	some p in input.policies
	n.is_off(p)
}

findings contains p.number if {
	some p in input.policies
	to_number(p.number) > 3
}

not_applicable contains "nothing there" if count(input.policies) == 0
""",
)
NAMES = Module("names.rego", 'package custom.lib.names\n\nimport rego.v1\n\nis_off(p) if p.state == "off"\n')


def engine(*modules: Module) -> EmbeddedEngine:
    made = EmbeddedEngine()
    made.load(modules)
    return made


def given(*policies: dict[str, object]) -> str:
    return json.dumps({"policies": policies})


def test_gives_the_value_of_every_rule_asked_for() -> None:
    rego = engine(STATES, NAMES)
    values = rego.evaluate(PACKAGE, ["findings", "not_applicable"], given({"id": "a", "state": "off"}))
    assert values == {"findings": ["a"], "not_applicable": []}


def test_one_input_leaves_nothing_behind_for_the_next() -> None:
    rego = engine(STATES, NAMES)
    states = ["off", "on", "off", "on"]
    found = [rego.evaluate(PACKAGE, ["findings"], given({"id": "a", "state": state})) for state in states]
    assert [bool(values["findings"]) for values in found] == [True, False, True, False]


def test_a_failing_builtin_is_an_error_with_its_place_and_one_line() -> None:
    with pytest.raises(EngineError) as caught:
        engine(STATES, NAMES).evaluate(PACKAGE, ["findings"], given({"id": "a", "number": "many"}))
    assert str(caught.value) == "states.rego:14:13: could not parse string as number"


def test_a_failure_does_not_spoil_the_next_evaluation() -> None:
    rego = engine(STATES, NAMES)
    with pytest.raises(EngineError):
        rego.evaluate(PACKAGE, ["findings"], given({"id": "a", "number": "many"}))
    assert rego.evaluate(PACKAGE, ["findings"], given({"id": "b", "state": "off"})) == {"findings": ["b"]}


@pytest.mark.parametrize("rule", ["finding", "is_off", "findings.x"])
def test_a_rule_without_a_value_is_an_error(rule: str) -> None:
    with pytest.raises(EngineError, match="has no value"):
        engine(STATES, NAMES).evaluate(PACKAGE, [rule], given())


def test_an_input_that_is_not_json_is_an_error() -> None:
    with pytest.raises(EngineError):
        engine(STATES, NAMES).evaluate(PACKAGE, ["findings"], "{")


def test_evaluating_before_loading_is_an_error() -> None:
    with pytest.raises(EngineError, match="no modules"):
        EmbeddedEngine().evaluate(PACKAGE, ["findings"], "{}")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("package custom.lib.a\n\nx := ", "bad.rego:3:6: expecting expression."),
        ("package custom.lib.a\n\nx if {\n\ty == 3\n}\n", "bad.rego:4:2: use of undefined variable `y` is unsafe."),
        ("x := 1", "bad.rego:1:1: "),
    ],
)
def test_a_module_that_cannot_be_compiled_is_refused_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(CheckLoadError) as caught:
        engine(Module("bad.rego", text))
    assert str(caught.value).startswith(sentence)
    assert "\n" not in str(caught.value)
    assert "backtrace" not in str(caught.value).lower()


def test_print_in_a_check_reaches_neither_stdout_nor_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    module = Module("p.rego", f'package {PACKAGE}\n\nimport rego.v1\n\nfindings contains 1 if print("secret")\n')
    assert engine(module).evaluate(PACKAGE, ["findings"], "{}") == {"findings": [1]}
    assert capfd.readouterr() == ("", "")


def test_syntax_gives_the_tree_of_one_module() -> None:
    assert len(syntax(STATES)["rules"]) == 3


def test_many_evaluations_over_a_small_input_take_little_time() -> None:
    rego = engine(STATES, NAMES)
    text = given(*({"id": str(index), "state": "off"} for index in range(50)))
    began = time.perf_counter()
    for _ in range(100):
        rego.evaluate(PACKAGE, ["findings", "not_applicable"], text)
    assert time.perf_counter() - began < 1.0, "10 ms an evaluation is the budget of a whole check"


def test_shipped_checks_read_libraries_and_nothing_else() -> None:
    """The engine of a service holds its checks and the libraries that they name."""
    for module in load().modules:
        for name in re.findall(r"\bdata\.([\w.]+)", re.sub(r"#.*", "", module.text)):
            assert name.startswith("tenantlint.lib."), (module.path, name)


def test_custom_checks_read_the_shipped_libraries_and_run_beside_shipped_checks() -> None:
    custom = Module(
        "custom/x.rego",
        "package custom.checks.exchange.x\n\nimport data.tenantlint.lib.findings as lib\nimport rego.v1\n\n"
        "findings contains lib.tenant.kind\n",
    )
    with EmbeddedEngine() as engine:
        engine.load([*load().modules, custom])
        assert engine.evaluate("custom.checks.exchange.x", ["findings"], "{}") == {"findings": ["tenant"]}
        package = "tenantlint.checks.exchange.unified_audit_log_on"
        assert len(engine.evaluate(package, ["findings"], '{"collections": {}}')["findings"]) == 1


def test_a_library_may_be_asked_too() -> None:
    with EmbeddedEngine() as engine:
        engine.load(load().modules)
        assert engine.evaluate("tenantlint.lib.findings", ["tenant"], "{}")["tenant"]["kind"] == "tenant"

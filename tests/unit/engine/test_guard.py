"""Builtins that reach out, other checks and wrong rule shapes are refused, wherever they hide."""

from __future__ import annotations

import pytest

from tenantlint.engine import guard
from tenantlint.engine.embedded import EmbeddedEngine, TestBench, syntax
from tenantlint.errors import CheckLoadError
from tenantlint.model import Module

HEAD = "package custom.checks.own.thing\n\nimport rego.v1\n"
FINDINGS = "\nfindings contains 1 if input.x\n"


def refused(text: str, *, path: str = "thing.rego") -> str:
    module = Module(path, text)
    with pytest.raises(CheckLoadError) as caught:
        guard.inspect(module, syntax(module))
    return str(caught.value)


def accept(text: str, *, path: str = "thing.rego") -> None:
    module = Module(path, text)
    guard.inspect(module, syntax(module))


@pytest.mark.parametrize("name", sorted(guard.FORBIDDEN))
def test_every_forbidden_builtin_is_refused_by_name_and_place(name: str) -> None:
    sentence = refused(f"{HEAD}{FINDINGS}\nx := {name}\n")
    assert sentence.startswith(f"thing.rego:7:6: `{name}` is not allowed")


@pytest.mark.parametrize(
    "rule",
    [
        'x := http.send({"url": "http://127.0.0.1"})',
        'x := http["send"]({"url": "http://127.0.0.1"})',
        'x := http["s\\u0065nd"]({})',
        "x := [y | some z in [1]; y := time.now_ns() + z]",
        "x := {y: 1 | some y in [rand.intn(`a`, 3)]}",
        "x if not uuid.rfc4122(`a`)",
        "x := 1 +\n\ttime.now_ns()",
        "x if every y in [1] { time.now_ns() > y }",
        "x if f(1) with f as http.send",
        "x if input.y with input as http.send({})",
        "x if true with time.now_ns as 3",
        "f(y) := http.send(y)",
        "x := input[time.now_ns()]",
        "x := input.a[opa.runtime().env].b",
        "x := opa.runtime().env.HOME",
        "default x := false\nx if { 1 == 1 } else := time.now_ns()",
        "x contains y if { some y, _ in http.send({}) }",
        "x[y] := 1 if { y := time.now_ns() }",
    ],
)
def test_a_forbidden_builtin_is_found_in_every_corner(rule: str) -> None:
    assert "is not allowed" in refused(f"{HEAD}{FINDINGS}{rule}\n")


@pytest.mark.parametrize(
    "rule",
    [
        "# http.send is only named here\nx := 1",
        'x := "http.send"',
        "x := input.http.send",
        'x := input["time.now_ns"]',
        "\tx := time.parse_rfc3339_ns(input.now)",
        'x := net.cidr_contains("10.0.0.0/8", input.ip)',
        'x := {"http": {"send": 1}}',
    ],
)
def test_what_only_looks_alike_is_accepted(rule: str) -> None:
    accept(f"{HEAD}{FINDINGS}{rule}\n")


def test_columns_count_characters_not_bytes_and_not_tab_stops() -> None:
    assert refused(f'{HEAD}{FINDINGS}x if {{\n\tinput["ü"]; time.now_ns() > 1\n}}\n').startswith("thing.rego:7:14: ")


def test_a_builtin_cannot_be_called_by_a_computed_name_at_all() -> None:
    refused(f'{HEAD}{FINDINGS}x := http[concat("", ["se", "nd"])]({{}})\n')


@pytest.mark.parametrize(
    "rule",
    [
        "x := data.tenantlint.checks.exchange.other.findings",
        "x := data.custom.checks.own.other.findings",
        "x := data.custom.checks",
        "x := data.custom",
        "x := data",
        'x := data["custom"]["checks"].own.other',
        "x := data.custom[input.y]",
        "x if data.custom.checks.own.other.findings with input as {}",
    ],
)
def test_reading_another_check_is_refused(rule: str) -> None:
    assert "reads other checks" in refused(f"{HEAD}{FINDINGS}{rule}\n")


@pytest.mark.parametrize(
    "name", ["data.custom.checks.own.other", "data.custom.checks", "data.custom", "data.tenantlint"]
)
def test_importing_another_check_is_refused(name: str) -> None:
    assert refused(f"{HEAD}\nimport {name} as other\n{FINDINGS}").startswith("thing.rego:5:8: ")


def test_libraries_and_the_check_itself_may_be_read() -> None:
    accept(
        f"{HEAD}\nimport data.tenantlint.lib.mail\nimport data.custom.lib.own\n{FINDINGS}"
        "x := data.custom.checks.own.thing.findings\ny := data.tenantlint.lib.mail.z\n"
    )


def test_a_test_may_read_its_check_but_not_reach_out() -> None:
    text = "package custom.checks.own.thing_test\n\nimport rego.v1\n\nimport data.custom.checks.own.thing\n\n"
    accept(f"{text}test_x if thing.findings == set()\n", path="thing_test.rego")
    assert "http.send" in refused(f"{text}test_x if http.send({{}})\n", path="thing_test.rego")


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ("deny contains 1", "thing.rego:1: the check defines no `findings`"),
        ("findings := [1]", "thing.rego:4:1: `findings` must be a set"),
        ("findings[x] := 1 if some x in [1]", "thing.rego:4:1: `findings` must be a set"),
        ("default findings := set()", "thing.rego:4:9: `findings` must be a set"),
        ("findings(x) := x", "thing.rego:4:1: `findings` must be a set"),
        ("findings.a contains 1", "thing.rego:4:1: `findings` must be a set"),
        ("findings contains 1\nnot_applicable := true", "thing.rego:5:1: `not_applicable` must be a set"),
    ],
)
def test_a_shape_that_would_lose_findings_is_refused(rules: str, sentence: str) -> None:
    assert refused(f"{HEAD}{rules}\n").startswith(sentence)


def test_a_custom_module_may_not_enter_a_shipped_package() -> None:
    text = "package tenantlint.checks.exchange.some_check\n\nimport rego.v1\n\nfindings contains 1\n"
    assert "is not your own" in refused(text)
    module = Module("shipped.rego", text, trusted=True)
    guard.inspect(module, syntax(module))


def test_a_package_clause_cannot_be_hidden_from_the_guard() -> None:
    assert "is not your own" in refused("package\n  tenantlint.lib.mail\n\nx := `\npackage custom.lib.x\n`\n")


def test_untrusted_modules_are_guarded_wherever_they_are_loaded() -> None:
    bad = Module("thing.rego", f"{HEAD}{FINDINGS}x := time.now_ns()\n")
    with pytest.raises(CheckLoadError, match="now_ns"):
        EmbeddedEngine().load([bad])
    with pytest.raises(CheckLoadError, match="now_ns"):
        TestBench([bad])

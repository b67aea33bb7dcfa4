"""`tenantlint scenarios` as a process: what it prints, exit codes, formats, the file that it writes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTOSO = "snapshots/contoso"
STARTER = "snapshots/contoso.scenarios.yaml"
NOW = ("--now", "2026-11-23T00:00:00Z")
SCENARIOS = """
format: tenantlint.scenarios/1
defaults: {application: other, client: browser, location: Countries we work in}
scenarios:
  - {name: Everyone is asked for MFA, who: everyone, expect: {requires: mfa}}
  - {name: Legacy clients are blocked, who: {group: Licence E5, except: {role: Global Administrator}}, client: legacy,
     expect: blocked}
  - {name: Addresses in France are blocked, who: {user: priya.abara@contoso.example}, ip: 198.51.100.200, country: FR,
     expect: blocked}
  - {name: Later, who: everyone, expect: blocked, skip: "until <2027>"}
"""


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tenantlint", "scenarios", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "s.yaml"
    users = [json.loads(line) for line in (ROOT / CONTOSO / "users.jsonl").read_text("utf-8").splitlines()]
    someone = next(one["userPrincipalName"] for one in users if one["department"] == "Sales" and one["accountEnabled"])
    path.write_text(SCENARIOS.replace("priya.abara@contoso.example", someone), encoding="utf-8")
    return str(path)


def test_the_starter_of_the_example_tenant_passes() -> None:
    done = run(CONTOSO, STARTER, *NOW)
    assert done.returncode == 0, done.stdout
    assert "✓ A guest on Linux with a legacy client is blocked" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("17 passed · 1 skipped")


def test_a_miss_is_told_like_a_test_runner_does(file: str) -> None:
    done = run(CONTOSO, file, *NOW)
    assert done.returncode == 1
    text = " ".join(done.stdout.split())
    assert "✗ Everyone is asked for MFA (line 5) expected requires mfa came out" in text
    assert "→ CA002 Require MFA for all users would do, but excludes the group" in text
    assert (
        "? Addresses in France are blocked (line 8) expected blocked hangs on the trusted IPs of per-user MFA" in text
    )
    assert "- Later (skipped: until <2027>)" in text
    assert "1 passed · 1 missed · 1 inconclusive · 1 skipped" in text or "2 missed" in text


def test_strict_counts_what_is_inconclusive(file: str) -> None:
    only = ("--select", "Addresses*")
    assert run(CONTOSO, file, *NOW, *only).returncode == 0
    assert run(CONTOSO, file, *NOW, *only, "--strict").returncode == 1


@pytest.mark.parametrize("arguments", [("--plain",), ()])
def test_plain_output_has_words_for_signs(file: str, arguments: tuple[str, ...]) -> None:
    out = run(CONTOSO, file, *NOW, *arguments).stdout
    assert ("MISS Everyone" in out) is bool(arguments)
    assert ("✗ Everyone" in out) is not bool(arguments)
    assert "\x1b" not in out


def test_formats_agree_and_are_the_same_each_time(file: str, tmp_path: Path) -> None:
    arguments = (CONTOSO, file, *NOW, "--format", "json", "-o", f"junit={tmp_path}/j.xml", "-o", f"text={tmp_path}/t")
    done = run(*arguments)
    assert done.returncode == 1
    assert run(*arguments).stdout == done.stdout
    document = json.loads(done.stdout)
    assert document["format"] == "tenantlint.scenario_results/1"
    assert list(document["summary"]["scenarios"]) == ["pass", "miss", "inconclusive", "skipped"]
    scenarios = document["sections"][0]["scenarios"]
    missed = next(one for one in scenarios if one["name"] == "Everyone is asked for MFA")
    (sign_in,) = missed["sign_ins"]
    assert sign_in["users"] == sum(one["users"]["count"] for one in sign_in["results"])
    suites = ElementTree.parse(tmp_path / "j.xml").getroot()
    assert suites.get("tests") == str(sum(len(one["sign_ins"]) or 1 for one in scenarios))
    assert int(suites.get("failures") or 0) == sum(
        case["status"] == "miss" for one in scenarios for case in one["sign_ins"]
    )
    failure = suites.find(".//testcase[@name='Everyone is asked for MFA']/failure")
    assert failure is not None
    assert "CA-Exclude-MFA" in (failure.text or "")
    assert (tmp_path / "t").read_text("utf-8").startswith("Contoso")


@pytest.mark.parametrize("tenant", ["contoso", "fabrikam"])
def test_a_written_file_is_the_same_each_time_and_passes(tenant: str, tmp_path: Path) -> None:
    target, out = f"snapshots/{tenant}", tmp_path / "g.yaml"
    assert run(target, "--generate", "--out", str(out), *NOW).returncode == 0
    assert run(target, "--generate", *NOW).stdout == out.read_text("utf-8")
    done = run(target, str(out), "--strict", *NOW)
    assert done.returncode == 0, done.stdout
    assert "emergency accounts" in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((CONTOSO,), "--generate"),
        ((CONTOSO, STARTER, "--generate"), "leave out FILE"),
        ((CONTOSO, STARTER, "--out", "x"), "--out goes with --generate"),
        ((CONTOSO, "none.yaml"), "none.yaml: the scenarios cannot be read"),
        ((CONTOSO, STARTER, "--select", "nope"), "--select nope"),
        ((CONTOSO, STARTER, "-o", "html=x"), "FORMAT=FILE"),
        ((CONTOSO, STARTER, "-o", "json=no/such/x"), "does not exist"),
        (("snapshots/fabrikam", STARTER), "contoso.scenarios.yaml:"),
        ((CONTOSO, STARTER, "--exceptions", "none.yaml"), "none.yaml"),
        (("snapshots/nowhere", STARTER), "snapshots/nowhere"),
    ],
)
def test_wrong_usage_is_one_sentence(arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 2


def test_a_register_without_emergency_accounts_is_said(tmp_path: Path) -> None:
    register = tmp_path / "e.yaml"
    register.write_text("format: tenantlint.exceptions/1\nexceptions: []\n", encoding="utf-8")
    done = run(CONTOSO, STARTER, "--exceptions", str(register), *NOW)
    assert done.returncode == 2
    assert "contoso.scenarios.yaml:7:" in done.stderr
    assert "no emergency accounts are declared" in done.stderr


def test_the_schema_is_printed_and_holds_the_starter() -> None:
    import yaml
    from jsonschema import Draft202012Validator

    done = subprocess.run(
        [sys.executable, "-m", "tenantlint", "schema", "scenarios"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    schema = json.loads(done.stdout)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(yaml.safe_load((ROOT / STARTER).read_text("utf-8")))

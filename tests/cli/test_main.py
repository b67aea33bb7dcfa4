"""The command line as a process: exit codes, stdout and stderr, start-up."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTOSO = "snapshots/contoso"
NOW = ("--now", "2026-11-23T00:00:00Z")


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tenantlint", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--version",), 0),
        (("--help",), 0),
        (("check", CONTOSO, *NOW), 1),
        (("check", CONTOSO, *NOW, "--fail-on", "never"), 0),
        (("check", "snapshots/fabrikam", *NOW, "--strict", "--exceptions", "snapshots/fabrikam.exceptions.yaml"), 0),
        (("check", "snapshots/partial", *NOW, "--fail-on", "never"), 0),
        (("check", "snapshots/partial", *NOW, "--fail-on", "never", "--strict"), 3),
        (("check", "snapshots/nowhere"), 2),
        (("check",), 2),
        (("check", CONTOSO, "--now", "tomorrow"), 2),
        (("check", CONTOSO, "--select", "ZZ999"), 2),
        (("check", CONTOSO, "--exceptions", "none.yaml"), 2),
        (("check", CONTOSO, "-o", "sarif"), 2),
        (("check", CONTOSO, "-o", "pdf=x.pdf"), 2),
        (("check", CONTOSO, "-o", "json=no/such/folder/x.json"), 2),
        (("chekc",), 2),
        (("schema", "confg"), 2),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: int) -> None:
    done = run(*arguments)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    if code == 2:
        assert done.stdout == ""
        assert len(done.stderr.strip().splitlines()) <= 2


def test_a_mistyped_command_is_answered_with_the_near_one() -> None:
    assert "Did you mean `check`?" in run("chekc").stderr


def test_stdout_holds_only_the_report_and_files_the_others(tmp_path: Path) -> None:
    done = run(
        "check", CONTOSO, *NOW, "--format", "json", "-o", f"sarif={tmp_path}/x.sarif", "-o", f"csv={tmp_path}/x.csv"
    )
    assert json.loads(done.stdout)["format"] == "tenantlint.report/1"
    assert json.loads((tmp_path / "x.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert (tmp_path / "x.csv").stat().st_size
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.csv", "x.sarif"]


def test_two_runs_give_the_same_bytes() -> None:
    first, second = (run("check", CONTOSO, *NOW, "--format", "json").stdout for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("check", CONTOSO, *NOW, "--format", "json"),
        ("collect", "--help"),
        ("collect", "--plan"),
        ("pseudonymise", "--help"),
    ],
)
def test_start_up_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    code = (
        "import sys; from tenantlint.cli.main import main; main(sys.argv[1:]);"
        "print(sorted({name.split('.')[0] for name in sys.modules} & "
        "{'msgraph', 'kiota_http', 'httpx', 'azure', 'msal', 'dns', 'jinja2', 'opa_client', 'requests', 'aiohttp'}),"
        "file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr.strip().splitlines()[-1] == "[]"


def test_version_imports_no_part_of_the_job() -> None:
    code = (
        "import sys; from tenantlint.cli.main import main; main(['--version']);"
        "print([name for name in ('yaml', 'rich', 'regorus', 'tenantlint.snapshot') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_every_schema_is_printed_as_json() -> None:
    names = run("schema").stdout.split()
    assert {"config", "exceptions", "report", "snapshot", "check", "conditional_access_policies"} <= set(names)
    for name in ("config", "exceptions", "report", "snapshot", "check", "conditional_access_policies"):
        assert json.loads(run("schema", name).stdout)["$schema"].startswith("https://json-schema.org/")


def test_a_closed_pipe_is_no_error() -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m tenantlint check {CONTOSO} | head -n 1',
        shell=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr

"""The wheel, installed in a new environment without extras, does the main job from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of executables of a new environment with the wheel in it."""
    work = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(work), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = work.glob("tenantlint-*.whl")
    venv.create(work / "env", with_pip=True)
    bin_folder = work / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(bin_folder / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    return bin_folder


def _run(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd)}
    return subprocess.run(
        [str(installed / "tenantlint"), *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_check_finds_what_it_finds_in_the_checkout(installed: Path, tmp_path: Path) -> None:
    target = ROOT / "snapshots" / "contoso"
    done = _run(installed, "check", str(target), "--format", "json", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    here = subprocess.run(
        [sys.executable, "-m", "tenantlint", "check", str(target), "--format", "json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    found, expected = json.loads(done.stdout), json.loads(here.stdout)
    assert found["summary"] == expected["summary"]
    assert found["tool"]["checks_digest"] == expected["tool"]["checks_digest"]


def test_a_missing_extra_is_one_line_that_says_what_to_install(installed: Path, tmp_path: Path) -> None:
    done = _run(
        installed, "check", str(ROOT / "snapshots" / "contoso"), "--opa-url", "http://127.0.0.1:9", cwd=tmp_path
    )
    assert done.returncode == 2
    assert done.stderr.strip().splitlines() == [
        "Error: --engine opa needs an optional part: run `pip install 'tenantlint[opa]'`."
    ]


def test_the_environment_stays_small(installed: Path, tmp_path: Path) -> None:
    listed = subprocess.run(
        [str(installed / "python"), "-m", "pip", "list", "--format", "json"], capture_output=True, text=True, check=True
    )
    names = {one["name"].lower() for one in json.loads(listed.stdout)} - {"pip", "setuptools"}
    assert len(names) < 20, sorted(names)
    assert not names & {"msgraph-sdk", "azure-identity", "jinja2", "opa-python-client"}

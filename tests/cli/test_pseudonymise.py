"""`tenantlint pseudonymise` as a process."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tenantlint.snapshot.store import open_snapshot

ROOT = Path(__file__).resolve().parents[2]
CONTOSO = "snapshots/contoso"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tenantlint", "pseudonymise", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_snapshot_and_its_register_go_together(tmp_path: Path) -> None:
    out, register = tmp_path / "out", tmp_path / "exceptions.yaml"
    done = run(
        CONTOSO,
        *("--out", str(out), "--key", str(tmp_path / "key"), "--pseudonymise-ids"),
        *("--text", f"snapshots/contoso.exceptions.yaml={register}"),
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert "Made a new key in" in done.stderr
    assert done.stderr.strip().splitlines()[-1].startswith(f"Wrote {out} with pseudonyms under the key ")
    assert "contoso" not in register.read_text("utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "tenantlint", "check", str(out), "--exceptions", str(register), "--select", "CA001"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode in (0, 1), checked.stderr
    if sys.platform != "win32":
        assert stat.S_IMODE(out.stat().st_mode) == 0o700


def test_the_names_of_policies_stay_unless_asked_for(tmp_path: Path) -> None:
    names = {}
    for choice in ("people", "all"):
        out = tmp_path / choice
        done = run(CONTOSO, "--out", str(out), "--key", str(tmp_path / "key"), "--pseudonymise-names", choice, "-q")
        assert (done.returncode, done.stderr) == (0, "")
        names[choice] = {
            item["displayName"] for item in open_snapshot(out).collection("conditional_access_policies").items
        }
    original = {
        item["displayName"] for item in open_snapshot(ROOT / CONTOSO).collection("conditional_access_policies").items
    }
    assert len(names["people"] & original) > len(original) / 2
    assert all(name.startswith("Microsoft-managed:") for name in names["all"] & original)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_key_that_others_can_read_is_told(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("0123456789abcdef" * 4, "utf-8")
    key.chmod(0o644)
    done = run("snapshots/partial", "--out", str(tmp_path / "out"), "--key", str(key))
    assert done.returncode == 0
    assert f"run `chmod 600 {key.as_posix()}`" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("snapshots/nowhere", "--out", "{0}/out", "--key", "{0}/key"), "there is no such folder"),
        ((CONTOSO, "--out", CONTOSO, "--key", "{0}/key"), "the snapshot itself"),
        ((CONTOSO, "--out", "{0}/out", "--key", "{0}/out/key"), "would lie in the snapshot"),
        ((CONTOSO, "--out", "{0}/out", "--key", "README.md/x"), "cannot be"),
        ((CONTOSO, "--out", "{0}/out", "--key", "{0}/key", "--text", "x"), "FILE=OUT"),
        ((CONTOSO, "--out", "{0}/out", "--key", "{0}/key", "--text", "none.yaml={0}/x"), "cannot be read"),
        ((CONTOSO, "--out", "{0}/out", "--key", "{0}/key", "--text", "README.md={0}/no/x"), "does not exist"),
        ((CONTOSO, "--out", "{0}/out"), "--key"),
    ],
)
def test_refusals(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = run(*(one.format(tmp_path) for one in arguments))
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()

"""`python -m tests.emulator`."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from tests.emulator.__main__ import main

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT for another process")
def test_it_says_how_to_collect_and_serves_until_interrupted() -> None:
    command = [sys.executable, "-m", "tests.emulator", "--snapshot", "snapshots/contoso", "--limits", "none"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        lines: list[str] = []
        while not lines or not lines[-1].startswith("Ctrl-C"):
            lines.append(process.stdout.readline())
            assert lines[-1], "it ended"
        said = "".join(lines)
        words = shlex.split(next(line for line in lines if line.startswith("tenantlint collect")))
        token = re.search(r"^export TENANTLINT_TOKEN=(\S+)$", said, re.MULTILINE)
        assert token is not None
        request = urllib.request.Request(
            words[words.index("--graph-url") + 1] + "/v1.0/organization",
            headers={"Authorization": f"Bearer {token[1]}"},
        )
        with urllib.request.urlopen(request) as reply:
            assert b"Contoso" in reply.read()
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "1 requests were answered" in rest
    finally:
        process.kill()
        process.wait()


def test_a_snapshot_that_is_not_there_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--snapshot", str(tmp_path / "none")]) == 2
    assert "error: " in capsys.readouterr().out

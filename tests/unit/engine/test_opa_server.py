"""No OPA process outlives the one that started it, however that one ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tenantlint.engine.opa import OpaEngine

pytestmark = [
    pytest.mark.opa,
    pytest.mark.skipif(shutil.which("opa") is None, reason="no `opa` on PATH: the OPA server is not tested"),
]

# A process that starts a server, tells its pid, and then does what the test says.
_PROGRAM = """
import os, signal, sys, time
# Whoever started the tests may ignore these (nohup, a shell's `&`), and that is inherited.
signal.signal(signal.SIGINT, signal.default_int_handler)
getattr(signal, "SIGHUP", None) and signal.signal(signal.SIGHUP, signal.SIG_DFL)
from tenantlint.engine.opa import OpaEngine
engine = OpaEngine()
engine.__enter__()
engine.load([])
print(engine._server.pid, flush=True)
{ending}
"""


def alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    if stat.parent.parent.joinpath("self").exists():
        return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def gone(pid: int) -> bool:
    """Whether the process ends within two seconds."""
    deadline = time.monotonic() + 2
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not alive(pid)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_the_server_ends_with_the_block_even_when_it_raises(error: type[BaseException]) -> None:
    with pytest.raises(error), OpaEngine() as engine:
        engine.load([])
        assert engine._server is not None
        pid = engine._server.pid
        assert pid is not None
        assert alive(pid)
        raise error
    assert not alive(pid)


def test_signal_handlers_are_put_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with OpaEngine() as engine:
        engine.load([])
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("", 0),
        ("sys.exit(3)", 3),
        ("raise KeyboardInterrupt", -signal.SIGINT),
        ("os.kill(os.getpid(), signal.SIGTERM); time.sleep(30)", -signal.SIGTERM),
        ("os.kill(os.getpid(), signal.SIGHUP); time.sleep(30)", -signal.SIGHUP),
        ("os.kill(os.getpid(), signal.SIGINT); time.sleep(30)", -signal.SIGINT),
        pytest.param(
            "os.kill(os.getpid(), signal.SIGKILL)",
            -signal.SIGKILL,
            marks=pytest.mark.skipif(
                sys.platform != "linux", reason="only Linux ends the children of a killed process"
            ),
        ),
    ],
)
def test_the_server_ends_with_the_process_that_left_it_running(ending: str, code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(ending=ending)], capture_output=True, text=True, timeout=60, check=False
    )
    pid = int(done.stdout.splitlines()[0])
    assert gone(pid)
    assert done.returncode == code

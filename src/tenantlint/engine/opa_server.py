"""An OPA server of our own: started on a free loopback port, stopped whatever happens."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from types import FrameType
from typing import IO, Any

from tenantlint.errors import UsageError

_ATTEMPTS = 5
_PR_SET_PDEATHSIG = 1  # prctl(2)
_SIGNALS = tuple(name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class OpaServer:
    """A running `opa run --server`, as a context manager.

    It ends with the `with` block, at the end of the interpreter, on SIGTERM and SIGHUP and, on Linux, even when
    this process is killed. `nonce` is shown by the server under `labels.tenantlint` of /v1/config: it tells our
    server from a stranger that took the port first (OPA tells nowhere which port it got when asked for any).
    """

    def __init__(self, binary: str, nonce: str) -> None:
        self._binary = binary
        self._nonce = nonce
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self._handlers: dict[int, Any] = {}
        self.port = 0

    def __enter__(self) -> OpaServer:
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self, is_ours: Callable[[int], bool], *, folder: str | None = None, attempts: int = _ATTEMPTS) -> None:
        """Start on a free port; `is_ours(port)` waits for the server and tells whether it shows the nonce.

        `folder`: Rego files for it to begin with. Raises UsageError with what the binary said when it does not
        come up.
        """
        atexit.register(self.stop)
        said = ""
        try:
            self._catch_signals()
            for _ in range(attempts):
                self.port = _free_port()
                self._launch(folder)
                if is_ours(self.port) and self.running():
                    return
                said = self._said() or said
                self._kill()
        except BaseException:
            self.stop()
            raise
        self.stop()
        reason = f": {said}" if said else ""
        raise UsageError(f"`{self._binary} run --server` did not come up on a loopback port{reason}.")

    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End the server and everything that it started. Harmless when it is not running."""
        self._kill()
        atexit.unregister(self.stop)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers.clear()

    def _launch(self, folder: str | None) -> None:
        command = [
            *(self._binary, "run", "--server", "--addr", f"127.0.0.1:{self.port}"),
            *("--log-level", "error", "--log-format", "text", "--skip-version-check"),
            *("--set", f"labels.tenantlint={self._nonce}"),
            *([folder] if folder else []),
        ]
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed in _kill
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the user names the binary
                command, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log, **_detached()
            )
        except OSError as error:
            raise UsageError(f"cannot run `{self._binary}`: {error.strerror}.") from None

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _kill_group(process)
            process.wait()
        log, self._log = self._log, None
        if log is not None:
            log.close()

    def _said(self) -> str:
        """The last line of the server's output."""
        if self._log is None:
            return ""
        self._log.seek(0)
        lines = self._log.read(20_000).decode(errors="replace").strip().splitlines()
        return " ".join(lines[-1].split())[:300].rstrip(".") if lines else ""

    def _catch_signals(self) -> None:
        """End the server before a signal ends us; only where nobody else handles that signal."""
        if threading.current_thread() is not threading.main_thread():
            return
        for name in _SIGNALS:
            number = getattr(signal, name)
            if signal.getsignal(number) == signal.SIG_DFL:
                self._handlers[number] = signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.stop()  # restores the default action
        os.kill(os.getpid(), number)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _detached() -> dict[str, Any]:
    """A process group of its own, so that Ctrl-C reaches only us, and we end the server."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    if sys.platform == "linux":
        import ctypes

        libc = ctypes.CDLL(None)
        return {"start_new_session": True, "preexec_fn": lambda: libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))}
    return {"start_new_session": True}


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)

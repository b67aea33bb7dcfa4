"""The emulator from the command line, so that anybody can try `tenantlint collect` without a tenant.

    python -m tests.emulator --snapshot snapshots/contoso

It prints where the services listen and the command to run, and serves until Ctrl-C.
"""

from __future__ import annotations

import argparse
import asyncio
import shlex
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tests.emulator.emulator import Emulator
from tests.emulator.faults import FaultPlan

from tenantlint.errors import InputError
from tenantlint.snapshot.manifest import LICENCES
from tenantlint.snapshot.store import open_snapshot

TOKEN_VARIABLE = "TENANTLINT_TOKEN"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted. Exit code 2 for a snapshot or a plan that cannot be read."""
    options = _parser().parse_args(arguments)
    try:
        emulator = _emulator(options)
    except (InputError, OSError, ValueError) as error:
        print(f"error: {error}")
        return 2
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(emulator))
    print(f"{sum(emulator.counters.values())} requests were answered.")
    return 0


def told(emulator: Emulator) -> str:
    """Where the running emulator listens, and how to collect from it."""
    command = ["tenantlint", "collect", "--tenant", emulator.world.tenant_id, "--out", "collected", *emulator.options]
    lines = [f"{name:<11} {place}" for name, place in emulator.world.origins.items()]
    return "\n".join(
        [
            *lines,
            "",
            "The token is the emulator's own: no service of Microsoft's would take it.",
            f"export {TOKEN_VARIABLE}={emulator.token}",
            shlex.join(command),
            "",
            "Ctrl-C ends it.",
        ]
    )


async def _serve(emulator: Emulator) -> None:
    stop = asyncio.Event()
    with suppress(NotImplementedError):  # Windows
        for one in (signal.SIGINT, signal.SIGTERM):  # a shell's `&` leaves the first ignored
            asyncio.get_running_loop().add_signal_handler(one, stop.set)
    async with emulator:
        print(told(emulator), flush=True)
        await stop.wait()


def _emulator(options: argparse.Namespace) -> Emulator:
    snapshot = open_snapshot(options.snapshot)
    return Emulator(
        snapshot,
        latency=options.latency_ms / 1000,
        limits=options.limits,
        faults=FaultPlan.load(options.faults) if options.faults else None,
        deny=frozenset(options.deny),
        unlicensed=frozenset(options.unlicensed),
        seed=options.seed,
        port=options.port,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.emulator", description="Serves a snapshot as a tenant.")
    parser.add_argument("--snapshot", type=Path, required=True, metavar="DIR", help="a native snapshot")
    parser.add_argument("--port", type=int, default=0, help="of Graph; 0 (the default) takes a free one")
    parser.add_argument("--latency-ms", type=float, default=0.0, metavar="N", help="added to every reply")
    parser.add_argument("--limits", choices=("documented", "none"), default="documented")
    parser.add_argument(
        "--faults", type=Path, metavar="PLAN.json", help="what goes wrong; see tests/emulator/faults.py"
    )
    parser.add_argument("--deny", action="append", default=[], metavar="PERMISSION", help="not granted; repeatable")
    parser.add_argument(
        "--unlicensed",
        action="append",
        default=[],
        choices=sorted(LICENCES),
        metavar="LICENCE",
        help=f"not bought; repeatable: {', '.join(sorted(LICENCES))}",
    )
    parser.add_argument("--seed", type=int, default=0, help="decides the order of objects")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())

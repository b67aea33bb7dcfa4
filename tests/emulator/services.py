"""Which services the emulator runs: each an application of its own on an origin of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from tests.emulator import dns, exchange, sharepoint, teams
from tests.emulator.core import Build
from tests.emulator.graph import app as graph
from tests.emulator.world import World

HTTP: dict[str, Build] = {
    "graph": graph.build,
    "exchange": exchange.build,
    "compliance": exchange.build_compliance,
    "teams": teams.build,
    "sharepoint": sharepoint.build,
}

# Services that are not HTTP: entered when the emulator starts, giving their address (`127.0.0.1:5353`).
OTHER: dict[str, Callable[[World], AbstractAsyncContextManager[str]]] = {"dns": dns.serve}

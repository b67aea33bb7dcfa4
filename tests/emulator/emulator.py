"""The emulator as a library: start it in the running loop, or in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import AsyncExitStack, contextmanager
from types import TracebackType
from typing import Any

from aiohttp import web
from tests.emulator import services
from tests.emulator.clock import Clock, RealClock
from tests.emulator.world import Entry, Faults, World

from tenantlint.snapshot import Snapshot

_LOOPBACK = "127.0.0.1"


class Emulator:
    """A tenant's services on loopback ports, answering from a snapshot. Use it with `async with`.

    `latency`: seconds added to every reply. `limits`: `documented` or `none`. `deny`: application permissions and
    Entra roles that the collector has not. `unlicensed`: licence names that the tenant has not. `port`: of Graph,
    0 for any free one. `skip_token_lifetime`: seconds that a link to a next page of Graph is good for. `replays`:
    whether Exchange honours the next links that it gives.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        latency: float = 0.0,
        limits: str = "documented",
        faults: Faults | None = None,
        deny: Collection[str] = (),
        unlicensed: Collection[str] = (),
        seed: int = 0,
        clock: Clock | None = None,
        port: int = 0,
        replays: bool = True,
        skip_token_lifetime: float = 3600.0,
    ) -> None:
        self.world = World(
            snapshot,
            latency=latency,
            limits=limits,
            faults=faults,
            deny=deny,
            unlicensed=unlicensed,
            seed=seed,
            clock=clock or RealClock(),
            replays=replays,
            skip_token_lifetime=skip_token_lifetime,
        )
        self._port = port
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Emulator:
        async with AsyncExitStack() as stack:
            for name, build in services.HTTP.items():
                runner = web.AppRunner(build(self.world), access_log=None, shutdown_timeout=0.1)
                await runner.setup()
                stack.push_async_callback(runner.cleanup)
                site = web.TCPSite(runner, _LOOPBACK, self._port if name == "graph" else 0)
                await site.start()
                self.world.origins[name] = f"http://{_LOOPBACK}:{runner.addresses[0][1]}"
            for name, start in services.OTHER.items():
                self.world.origins[name] = await stack.enter_async_context(start(self.world))
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    @property
    def graph_url(self) -> str:
        return self.world.origins["graph"]

    @property
    def exchange_url(self) -> str:
        return self.world.origins["exchange"]

    @property
    def compliance_url(self) -> str:
        return self.world.origins["compliance"]

    @property
    def teams_url(self) -> str:
        return self.world.origins["teams"]

    @property
    def sharepoint_url(self) -> str:
        return self.world.origins["sharepoint"]

    @property
    def dns_address(self) -> str:
        """`127.0.0.1:PORT`."""
        return self.world.origins["dns"]

    @property
    def options(self) -> list[str]:
        """Of `tenantlint collect`, that lead to every service here."""
        urls = [word for name in services.HTTP for word in (f"--{name}-url", self.world.origins[name])]
        return ["--auth", "token", *urls, "--dns-server", self.dns_address]

    @property
    def token(self) -> str:
        """One token that every service takes; `world.token_for` gives those that Entra would."""
        return self.world.token_for()

    @property
    def counters(self) -> Counter[str]:
        """Requests by `SERVICE METHOD ROUTE`."""
        return self.world.counters

    @property
    def violations(self) -> list[str]:
        """Requests that no collector may ever send, in words; a test wants none."""
        return self.world.violations

    @property
    def log(self) -> list[Entry]:
        return self.world.log


@contextmanager
def running_emulator(snapshot: Snapshot, **options: Any) -> Iterator[Emulator]:
    """The emulator in a thread with a loop of its own, for tests that run the command line. Options as Emulator's."""
    emulator = Emulator(snapshot, **options)
    started = threading.Event()
    failed: list[BaseException] = []
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def serve() -> None:
        async with emulator:
            started.set()
            await stop.wait()

    def run() -> None:
        try:
            loop.run_until_complete(serve())
        except BaseException as error:  # handed to the thread that waits
            failed.append(error)
        finally:
            loop.close()
            started.set()

    thread = threading.Thread(target=run, name="emulator", daemon=True)
    thread.start()
    started.wait()
    try:
        if failed:
            raise failed[0]
        yield emulator
    finally:
        if thread.is_alive():
            loop.call_soon_threadsafe(stop.set)
        thread.join()

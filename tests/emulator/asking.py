"""Requests to the emulator as tests make them by hand, without the collector."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
from tests.emulator.emulator import Emulator

from tenantlint.model import CollectionStatus, JsonObject, Tenant
from tenantlint.snapshot import Collection, Snapshot

T = TypeVar("T")

TENANT = "6f1d7c2e-0000-4000-8000-000000000001"
DOMAIN = "contoso.onmicrosoft.example"
ANCHOR = "{}:SystemMailbox{{bb558c35-97f1-4cb9-8ff7-d53741dc928c}}@{}"
ALL = frozenset({"defender_office_p1", "entra_p1", "exchange_online", "sharepoint", "teams"})


@dataclass(frozen=True, slots=True)
class Told:
    """A reply. Header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def snapshot_of(
    collections: Mapping[str, Sequence[JsonObject]],
    *,
    statuses: Mapping[str, CollectionStatus] | None = None,
    details: Mapping[str, str] | None = None,
    licences: frozenset[str] | None = ALL,
) -> Snapshot:
    """A snapshot with these objects; collections that only `statuses` names have none."""
    names = {*collections, *(statuses or {})}
    made = {
        name: Collection(
            name,
            (statuses or {}).get(name, CollectionStatus.OK),
            items=tuple(collections.get(name, ())),
            detail=(details or {}).get(name, ""),
        )
        for name in names
    }
    tenant = Tenant(id=TENANT, display_name="Contoso", initial_domain=DOMAIN, cloud="global")
    return Snapshot(tenant=tenant, collections=made, licences=licences)


def emulated(emulator: Emulator, ask: Callable[[Emulator], Awaitable[T]]) -> T:
    """What `ask` gives while the emulator runs in a loop of its own."""

    async def run() -> T:
        async with emulator:
            return await ask(emulator)

    return asyncio.run(run())


async def get(emulator: Emulator, url: str, *, token: str | None = None, **headers: str) -> Told:
    """A GET with a bearer token. Header keywords with `_` for `-`; redirects are not followed."""
    return await send(emulator, "GET", url, token=token, headers=_named(headers))


async def invoke(
    emulator: Emulator,
    cmdlet: str,
    parameters: Any = None,
    *,
    url: str = "",
    root: str = "",
    token: str | None = None,
    without: Sequence[str] = (),
    **headers: str,
) -> Told:
    """InvokeCommand with every header that the module sends, but for those that `without` names."""
    sent = {
        "Content-Type": "application/json; charset=utf-8",
        "X-AnchorMailbox": ANCHOR.format(*(("UPN", DOMAIN) if root == emulator.compliance_url else ("APP", TENANT))),
        "X-CmdletName": cmdlet,
        "X-ResponseFormat": "json",
        "Prefer": "odata.maxpagesize=1000",
        **_named(headers),
    }
    body = {"CmdletInput": {"CmdletName": cmdlet, "Parameters": {} if parameters is None else parameters}}
    path = f"{root or emulator.exchange_url}/adminapi/beta/{TENANT}/InvokeCommand"
    kept = {name: value for name, value in sent.items() if name not in without}
    return await send(emulator, "POST", url or path, token=token, headers=kept, body=json.dumps(body).encode())


async def send(
    emulator: Emulator,
    method: str,
    url: str,
    *,
    token: str | None = None,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    seconds: float = 10.0,
) -> Told:
    """One exchange. `token`: None for the emulator's own, empty for none."""
    given = emulator.token if token is None else token
    sent = {**(headers or {}), **({"Authorization": f"Bearer {given}"} if given else {})}
    timeout = aiohttp.ClientTimeout(total=seconds)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.request(method, url, headers=sent, data=body, allow_redirects=False) as response,
    ):
        named = {name.lower(): value for name, value in response.headers.items()}
        return Told(response.status, named, await response.read())


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}

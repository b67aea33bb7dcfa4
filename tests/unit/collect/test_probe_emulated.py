"""Permissions checked against the emulator, whose own table says who may read what."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

from tests.emulator.emulator import Emulator
from tests.unit.collect.collecting import FREE, hosts_of

from tenantlint.collect import claims
from tenantlint.collect.budgets import Budgets
from tenantlint.collect.calls import Service
from tenantlint.collect.clock import SystemClock
from tenantlint.collect.credentials import Auth, SignIn
from tenantlint.collect.fetching import Scope
from tenantlint.collect.graph import GraphWire
from tenantlint.collect.pacing import Pacing
from tenantlint.collect.probe import Probe, Verdict, probe
from tenantlint.collect.progress import Silent
from tenantlint.collect.selection import chosen
from tenantlint.collect.tokens import sign_in
from tenantlint.collect.transport import Transport
from tenantlint.model import Tenant
from tenantlint.snapshot.store import open_snapshot

SNAPSHOTS = Path(__file__).parents[3] / "snapshots"


async def _probed(name: str, deny: Collection[str], *, trust_token: bool) -> dict[str, Probe]:
    async with Emulator(open_snapshot(SNAPSHOTS / name), limits="none", deny=deny) as emulator:
        clock = SystemClock()
        hosts = hosts_of(emulator)
        wire = GraphWire(hosts, sign_in(Auth(SignIn.TOKEN, tokens=(emulator.token,), any_audience=True), clock))
        transport = Transport(
            wire, hosts, pacing=Pacing(clock, FREE), clock=clock, observer=Silent(), budgets=Budgets(clock)
        )
        told = claims.read(emulator.token).granted if trust_token else None
        try:
            found = await probe(
                chosen(sharepoint_admin=True, sign_ins=True),
                tenant=Tenant(id=emulator.world.tenant_id, cloud="global"),
                granted=dict.fromkeys((Service.GRAPH, Service.EXCHANGE, Service.SHAREPOINT), told),
                scope=Scope(now=datetime(2026, 11, 16, tzinfo=UTC), sign_in_days=30),
                sender=transport,
            )
        finally:
            await wire.close()
    return {each.permission or each.service: each for each in found}


def probed(name: str, deny: Collection[str] = (), *, trust_token: bool = True) -> dict[str, Probe]:
    return asyncio.run(_probed(name, deny, trust_token=trust_token))


def test_a_fully_permitted_application_lacks_nothing() -> None:
    assert {name: each for name, each in probed("contoso").items() if each.verdict is not Verdict.OK} == {}


def test_what_is_denied_is_missing_by_the_token_and_by_the_call_alike() -> None:
    deny = {"SecurityEvents.Read.All", "Domain.Read.All", "GroupMember.Read.All"}
    for trust_token in (True, False):
        found = probed("contoso", deny, trust_token=trust_token)
        assert {name for name, each in found.items() if each.verdict is Verdict.MISSING} == deny
        assert all(bool(found[name].tried) is not trust_token for name in deny)


def test_a_missing_role_is_told_by_the_services_that_ask_for_it() -> None:
    found = probed("contoso", {"Global Reader"})
    missing = {each.service for each in found.values() if each.verdict is Verdict.MISSING}
    assert missing >= {"exchange", "teams"} or missing >= {"compliance", "teams"}

"""Collect a tenant: sign in, read, write. The parts are `tenantlint.collect`'s; here they become one run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tenantlint.collect import claims
from tenantlint.collect.budgets import Allowance, Budgets
from tenantlint.collect.calls import Service
from tenantlint.collect.catalog import NOT_COLLECTABLE, SOURCES
from tenantlint.collect.clock import Clock
from tenantlint.collect.credentials import Auth, SignInError
from tenantlint.collect.fetching import NameServers, Scope
from tenantlint.collect.gaps import Gap, gaps
from tenantlint.collect.hosts import Hosts
from tenantlint.collect.pacing import Pacing
from tenantlint.collect.progress import Observer
from tenantlint.collect.run import ORGANIZATION, CollectReport, collect
from tenantlint.collect.source import Source
from tenantlint.collect.spool import Spool
from tenantlint.collect.tokens import TokenSource, sign_in
from tenantlint.collect.transport import Traffic, Transport
from tenantlint.collect.writing import write_collected
from tenantlint.config import Config
from tenantlint.errors import UsageError
from tenantlint.model import CollectionStatus, Tenant
from tenantlint.snapshot.redaction import Choice, Key, Redactor

Granted = Mapping[Service, frozenset[str] | None]


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is asked for. `tenant`: an id or a domain; empty: whichever the sign-in leads to."""

    sources: Sequence[Source]
    auth: Auth
    hosts: Hosts
    tenant: str = ""
    sign_in_days: int = 0
    change_days: int = 0
    name_servers: NameServers = field(default_factory=NameServers)
    allowance: Allowance = field(default_factory=Allowance)

    @property
    def settings(self) -> Mapping[str, str]:
        """What must be the same for a run that goes on where this one stopped."""
        return {
            "--tenant": self.tenant,
            "--cloud": self.hosts.cloud.value,
            "--graph-url": self.hosts.root(Service.GRAPH),
            "--sign-ins": str(self.sign_in_days),
            "--changes": str(self.change_days),
        }


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that worked. `remarks`: what a person should know about the token."""

    tenant: Tenant
    granted: Granted
    transport: Transport
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collected:
    """A run that came to its end and was written. `secrets`: what was held back, by collection and kind."""

    report: CollectReport
    traffic: Traffic
    secrets: Mapping[str, Mapping[str, int]]
    redactor: Redactor | None


@asynccontextmanager
async def signed_in(order: Order, clock: Clock, observer: Observer) -> AsyncIterator[SignedIn]:
    """Sign in and open connections; both end with the block.

    Raises SignInError when there is no token for Microsoft Graph, UsageError when it is another tenant's, and
    MissingExtraError when the `collect` extra is not installed.
    """
    from tenantlint.collect.graph import GraphWire

    tokens = sign_in(order.auth, clock)
    try:
        wire = GraphWire(order.hosts, tokens)
        try:
            token = await tokens.token(order.hosts.scope(Service.GRAPH))
            tenant = _tenant_of(token, order)
            transport = Transport(
                wire,
                order.hosts,
                pacing=Pacing(clock),
                clock=clock,
                observer=observer,
                budgets=Budgets(clock, order.allowance),
            )
            granted = await _granted(order, tokens, token)
            yield SignedIn(tenant, granted, transport, tuple(claims.remarks(token)))
        finally:
            await wire.close()
    finally:
        await tokens.close()


async def read(order: Order, signed: SignedIn, spool: Spool, clock: Clock, observer: Observer) -> CollectReport:
    """Read everything that was asked for into the spool. Raises UsageError when the tenant is another one."""

    def learn_tenant(tenant: Tenant) -> None:
        _check_domain(order.tenant, spool)
        order.hosts.learn_initial_domain(tenant.initial_domain)

    return await collect(
        SOURCES,
        included=frozenset(source.collection for source in order.sources),
        tenant=signed.tenant,
        granted=signed.granted,
        scope=scope_of(order, clock),
        sender=signed.transport,
        spool=spool,
        observer=observer,
        clock=clock,
        on_tenant=learn_tenant,
        on_users=signed.transport.pacing.learn_users,
    )


def write(
    report: CollectReport,
    spool: Spool,
    out: Path,
    traffic: Traffic,
    *,
    tool_version: str,
    pseudonyms: tuple[Key, Choice] | None = None,
) -> Collected:
    """Write the snapshot and throw the spool away. Raises InputError when the system refuses; the spool then stays."""
    redactor = Redactor(*pseudonyms, report.tenant) if pseudonyms else None
    secrets = write_collected(
        report, spool, out, tool_version=tool_version, left_out=NOT_COLLECTABLE, redactor=redactor
    )
    spool.discard()
    return Collected(report, traffic, secrets, redactor)


def scope_of(order: Order, clock: Clock) -> Scope:
    """What fetchers need to know of the order."""
    return Scope(
        now=clock.now(),
        sign_in_days=order.sign_in_days,
        change_days=order.change_days,
        name_servers=order.name_servers,
    )


def gaps_of(report: CollectReport) -> tuple[Gap, ...]:
    """What is missing, and what that means for the shipped checks."""
    from tenantlint.jobs.lint import library

    checks = library(Config()).checks
    ended = {name: (CollectionStatus.NOT_COLLECTED, why) for name, why in NOT_COLLECTABLE.items()}
    return gaps(
        {**ended, **{name: (one.status, one.detail) for name, one in report.collections.items()}},
        {check.id: check.requires for check in checks},
        {check.id: check.refines for check in checks},
    )


def _tenant_of(token: str, order: Order) -> Tenant:
    """What the token tells of the tenant. Raises UsageError when another one was asked for."""
    try:
        found = claims.read(token).tenant
    except UsageError:
        found = ""  # an opaque token; the services judge it
    if found and _is_id(order.tenant) and order.tenant.lower() != found.lower():
        raise UsageError(f"The sign-in leads to the tenant {found}, not to {order.tenant}.")
    known = found or (order.tenant if _is_id(order.tenant) else "")
    return Tenant(id=known, cloud=order.hosts.cloud.value)


def _is_id(tenant: str) -> bool:
    return len(tenant) == 36 and tenant.count("-") == 4


def _check_domain(wanted: str, spool: Spool) -> None:
    """Raise UsageError when the tenant that was reached does not have the domain that was asked for."""
    if not wanted or _is_id(wanted):
        return
    for organization in spool.objects(ORGANIZATION):
        domains = [one for one in organization.get("verifiedDomains") or () if isinstance(one, dict)]
        names = {str(one.get("name")).lower() for one in domains}
        if names and wanted.lower() not in names:
            raise UsageError(f"The sign-in leads to a tenant that does not have the domain {wanted}.")


async def _granted(order: Order, tokens: TokenSource, graph_token: str) -> Granted:
    """Permissions by service. A service without a token has none that are known: its calls will say why."""
    found: dict[Service, frozenset[str] | None] = {Service.GRAPH: claims.granted(graph_token)}
    for service in dict.fromkeys(source.service for source in order.sources):
        if service in found or service is Service.DNS:
            continue
        found[service] = None
        if order.hosts.root(service):
            try:
                found[service] = claims.granted(await tokens.token(order.hosts.scope(service)))
            except SignInError:
                continue
    return found

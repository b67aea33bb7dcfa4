"""The verdict of one check on a tenant made of a few objects."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tests.policies.conftest import library

from tenantlint.checks import profiles
from tenantlint.config import Config
from tenantlint.engine.interface import Engine
from tenantlint.evaluate import Settings, evaluate
from tenantlint.model import CheckResult, CollectionStatus, Tenant
from tenantlint.snapshot import Collection, Snapshot, Storage, spec_of

AT = datetime(2026, 11, 23, tzinfo=UTC)


def tenant_of(tenant: str = "t", /, **collections: Any) -> Snapshot:
    """A snapshot of these collections; everything else was not collected.

    A value is a list of objects, the one object of a singleton, or the status of a collection that could not be read.
    """
    made = {}
    for name, value in collections.items():
        if isinstance(value, CollectionStatus):
            made[name] = Collection(name, value)
        elif spec_of(name).storage is Storage.SINGLETON and not isinstance(value, list):
            made[name] = Collection(name, items=[value])
        else:
            made[name] = Collection(name, items=value)
    return Snapshot(tenant=Tenant(id=tenant, display_name="Contoso", cloud="global"), collections=made, collected_at=AT)


def verdict(
    engine: Engine,
    identity: str,
    snapshot: Snapshot,
    *,
    parameters: Mapping[str, Mapping[str, Any]] | None = None,
    emergency: Names[str] = (),
) -> CheckResult:
    """What one check says of the snapshot. `emergency`: ids of declared emergency accounts."""
    checks = [check for check in library().checks if check.id == identity]
    settings = Settings(now=AT, parameters=parameters or {}, severities={}, break_glass=frozenset(emergency))
    (result,) = evaluate(checks, snapshot, engine, settings)
    return result


def judge(engine: Engine, identity: str, profile: str = "baseline", **collections: Any) -> CheckResult:
    """What one check says of these collections, with the parameters of a profile."""
    return verdict(engine, identity, tenant_of(**collections), parameters=profiles.parameters(Config(profile=profile)))

"""Raw tenants as snapshots in memory, as the product reads them."""

from datetime import UTC, datetime
from typing import Any

from tests.oracle import naive

from tenantlint.conditional_access.tenant import Tenant, read_tenant
from tenantlint.model import CollectionStatus
from tenantlint.model import Tenant as Named
from tenantlint.snapshot import Collection, Snapshot

Raw = dict[str, Any]


def snapshot_of(raw: Raw) -> Snapshot:
    """The raw tenant as a snapshot in memory."""
    lines: list[Raw] = []
    for identity, members in raw["groups"].items():
        nested = sorted(set(_below(raw, identity)) - {identity})
        lines.append(
            {
                "group_id": identity,
                "members": sorted(naive.group_members(raw, identity, {})),
                "nested_groups": nested,
                "direct": members,
            }
        )
    lines += [{"group_id": one, "members": [], "status": "missing"} for one in raw.get("missing_groups", [])]
    given: dict[str, list[Raw] | None] = {
        "conditional_access_policies": raw["policies"],
        "named_locations": raw["named_locations"],
        "users": raw["users"],
        "group_members": lines,
        "role_assignments": [_assigned(one) for one in raw["roles"] if one["kind"] == "active"],
        "role_eligibility_schedule_instances": [_assigned(one) for one in raw["roles"] if one["kind"] == "eligible"],
    }
    made = {
        name: Collection(
            name, CollectionStatus.NOT_COLLECTED if items is None else CollectionStatus.OK, items=items or ()
        )
        for name, items in given.items()
    }
    return Snapshot(Named(id="contoso"), made, collected_at=datetime(2026, 11, 1, tzinfo=UTC))


def tenant_of(raw: Raw) -> Tenant:
    tenant = read_tenant(snapshot_of(raw))
    assert not tenant.refused
    return tenant


def _below(raw: Raw, group: str) -> set[str]:
    found: set[str] = set()
    waiting = [group]
    while waiting:
        for one in raw["groups"][waiting.pop()]:
            if one in raw["groups"] and one not in found:
                found.add(one)
                waiting.append(one)
    return found


def _assigned(one: Raw) -> Raw:
    return {
        "id": f"{one['principal']}-{one['role']}-{one['scope']}",
        "principalId": one["principal"],
        "roleDefinitionId": one["role"],
        "directoryScopeId": one["scope"],
    }

"""The fact `policy_references`: what enabled and report-only policies name and the tenant does not have.

```
{"missing": [{"policy": {"id", "name"}, "references": [{"kind", "id", "side": "include"|"exclude"}]}],
 "unknown": [collections whose ids are named and that the snapshot does not hold whole]}
```

Kinds: user, group, role, location, strength, servicePrincipal. Applications are left out: a policy may name one of
Microsoft's that has no object here yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tenantlint.conditional_access.grants import BUILT_IN_STRENGTHS
from tenantlint.conditional_access.policy import MFA_TRUSTED_IPS, Policy, State
from tenantlint.directory.role_names import built_in_role_names
from tenantlint.facts.answers import tenant
from tenantlint.facts.interface import Fact, FactContext

_COLLECTIONS = {
    "user": "users",
    "group": "groups",
    "role": "role_definitions",
    "location": "named_locations",
    "strength": "authentication_strengths",
    "servicePrincipal": "service_principals",
}
READS = ("conditional_access_policies", *_COLLECTIONS.values(), "group_members")
_NO_LOCATIONS = {"all", "alltrusted", MFA_TRUSTED_IPS}
_NO_SERVICE_PRINCIPALS = {"serviceprincipalsinmytenant", "all", "none"}


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    known = _Known(context)
    missing = []
    unknown: set[str] = set()
    for policy in tenant(context).policies:
        if policy.state is State.DISABLED:
            continue
        gone = []
        for kind, identity, side in dict.fromkeys(_references(policy)):
            exists = known.exists(kind, identity)
            if exists is None:
                unknown.add(_COLLECTIONS[kind])
            elif not exists:
                gone.append({"kind": kind, "id": identity, "side": side})
        if gone:
            identity = str(policy.raw.get("id") or policy.name)
            missing.append({"policy": {"id": identity, "name": policy.name}, "references": gone})
    return {"missing": missing, "unknown": sorted(unknown)}


def _references(policy: Policy) -> Iterator[tuple[str, str, str]]:
    for side, users in (("include", policy.include), ("exclude", policy.exclude)):
        for kind, ids in (("user", users.ids), ("group", users.groups), ("role", users.roles)):
            yield from ((kind, one, side) for one in sorted(ids))
    for side, places in (("include", policy.locations.include or ()), ("exclude", policy.locations.exclude)):
        yield from (("location", one, side) for one in sorted(set(places) - _NO_LOCATIONS))
    if policy.grant and policy.grant.strength:
        yield "strength", policy.grant.strength.id, "include"
    clients = (policy.raw.get("conditions") or {}).get("clientApplications") or {}
    for side in ("include", "exclude"):
        named = clients.get(f"{side}ServicePrincipals") or ()
        wanted = sorted({str(one).casefold() for one in named} - _NO_SERVICE_PRINCIPALS)
        yield from (("servicePrincipal", one, side) for one in wanted)


class _Known:
    """What the snapshot has, by kind."""

    def __init__(self, context: FactContext) -> None:
        self._context = context
        self._ids: dict[str, frozenset[str] | None] = {}

    def exists(self, kind: str, identity: str) -> bool | None:
        """Whether the tenant has it; None where the collection does not tell."""
        if kind == "group":
            membership = self._context.directory.members(identity)
            if membership.missing:
                return False
            if membership.known:
                return True
        if (kind == "role" and identity in built_in_role_names()) or (
            kind == "strength" and identity in BUILT_IN_STRENGTHS
        ):
            return True
        ids = self._of(kind)
        return None if ids is None else identity in ids

    def _of(self, kind: str) -> frozenset[str] | None:
        if kind not in self._ids:
            collection = self._context.snapshot.collection(_COLLECTIONS[kind])
            keys = ("id", "templateId") if kind == "role" else ("id",)
            found: Iterable[Any] = (item.get(key) for item in collection.items for key in keys)
            ids = frozenset(one.casefold() for one in found if isinstance(one, str))
            self._ids[kind] = ids if collection.ok else None
        return self._ids[kind]


FACTS = (Fact("policy_references", READS, compute),)

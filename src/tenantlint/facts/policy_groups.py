"""The fact `policy_groups`: the groups that enabled and report-only policies name, and who can change them.

```
[{"id", "name", "protected": bool | null, "unknown": [..], "ways": [..], "owners": n | null, "members": n | null,
  "policies": [{"id", "name", "side": "include" | "exclude"}], "excluded": bool}]
```

`protected`: only privileged administrators can change the membership, since the group can hold roles or is in an
administrative unit of restricted management; null where the snapshot does not tell, `unknown` saying what. A group
that does not exist is not listed. `ways`: who else can change it, as phrases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tenantlint.conditional_access.policy import State
from tenantlint.facts.answers import tenant
from tenantlint.facts.interface import Fact, FactContext

_MARKS = ("isAssignableToRole", "isManagementRestricted")


def compute(context: FactContext) -> list[dict[str, Any]]:
    """The fact, as the module describes it."""
    objects = {
        str(item["id"]).casefold(): item for item in context.snapshot.items("groups") if isinstance(item.get("id"), str)
    }
    owners = {
        str(line.get("group_id")).casefold(): len(line["owners"])
        for line in context.snapshot.items("group_members")
        if isinstance(line.get("owners"), list)
    }
    named: dict[str, list[dict[str, str]]] = {}
    for policy in tenant(context).policies:
        if policy.state is State.DISABLED:
            continue
        told = {"id": str(policy.raw.get("id") or policy.name), "name": policy.name}
        for side, users in (("include", policy.include), ("exclude", policy.exclude)):
            for group in users.groups:
                named.setdefault(group, []).append({**told, "side": side})
    whole = context.snapshot.collection("groups").ok
    found = []
    for group, policies in named.items():
        membership = context.directory.members(group)
        if membership.missing or (whole and group not in objects and not membership.known):
            continue
        item = objects.get(group)
        principal = context.directory.principal(group)
        protected, unknown = _protected(item)
        found.append(
            {
                "id": principal.id,
                "name": principal.name,
                "protected": protected,
                "unknown": unknown,
                "ways": _ways(item or {}, owners.get(group)),
                "owners": owners.get(group),
                "members": len(membership.ids) if membership.known else None,
                "policies": sorted(policies, key=lambda one: (one["name"], one["id"], one["side"])),
                "excluded": any(one["side"] == "exclude" for one in policies),
            }
        )
    return sorted(found, key=lambda one: (str(one["name"]).casefold(), one["id"]))


def _protected(item: Mapping[str, Any] | None) -> tuple[bool | None, list[str]]:
    """A null stands for false (documented default of both); a property that is not there is not told."""
    if item is None:
        return None, ["the group itself (groups)"]
    if any(item.get(mark) is True for mark in _MARKS):
        return True, []
    # A group that can hold roles cannot come from elsewhere, and being restricted does not help against that.
    absent = [mark for mark in _MARKS if mark not in item]
    return (None, absent) if absent else (False, [])


def _ways(item: Mapping[str, Any], owners: int | None) -> list[str]:
    ways = []
    kinds = item.get("groupTypes")
    if isinstance(kinds, list) and "DynamicMembership" in kinds:
        ways.append("whoever can change the attributes in its rule")
    elif item.get("onPremisesSyncEnabled") is True:
        ways.append("administrators of the on-premises directory")
    else:
        ways.append("holders of Groups, User and other administrator roles, and applications that write groups")
    if owners:
        ways.append("its owner" if owners == 1 else f"its {owners} owners")
    return ways


FACTS = (Fact("policy_groups", ("conditional_access_policies", "groups", "group_members"), compute),)

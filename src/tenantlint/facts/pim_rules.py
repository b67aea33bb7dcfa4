"""The fact `pim_rules`: what Privileged Identity Management asks and tells for each privileged role.

```
{"roles": [{"template_id", "name", "tier", "own_id", "scuba": bool, "used": bool, "sources": [SOURCE]}]}

SOURCE: {"kind": "role" | "group", "resource": {kind, id, name}, "told": bool,
         "approval": {"required": bool | null, "approvers": n | null, "default_approvers": bool},
         "activation": {"max_minutes": n | null, "asks": [...] | null, "context": str | null,
                        "context_on": bool | null},
         "active": {"expires": bool | null, "max_days": n | null},
         "alerts": {"active": ALERT, "eligible": ALERT, "activation": ALERT},
         "pointers": {RULE: pointer}}
ALERT: {"recipients": [...] | null, "defaults": bool | null, "level": str | null}
```

Roles are those of `privileged_access` that the snapshot's role definitions have (all of them where it has none).
`own_id` is the id of the built-in role that the role is called by; `scuba`: CISA counts the role among the highly
privileged; `used`: somebody holds or may activate it, or the snapshot does not tell. A role has one source for its own
rules, with `told` false where the snapshot has none, and one for each group that gives the role and is managed by PIM:
whoever activates the membership never meets the role's own rules. Whatever a rule does not tell, and every rule that is
missing, is null. `approvers` counts the people named; a group counts its members, and is null where they are not known.
Nobody named means the default approvers, Privileged Role Administrators and Global Administrators (learn.microsoft.com:
pim-how-to-change-default-settings).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.privileged_access import role_tiers, template_of
from tenantlint.facts.privileged_roles import privileged_roles
from tenantlint.model import JsonObject
from tenantlint.snapshot import identity_of, spec_of

_POLICIES = "role_management_policies"
_DURATION = re.compile(
    r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:\d{1,7}S)?)?"
)
_MINUTES = (365 * 1440, 30 * 1440, 7 * 1440, 1440, 60, 1)
_ALERTS = {
    "active": "Notification_Admin_Admin_Assignment",
    "eligible": "Notification_Admin_Admin_Eligibility",
    "activation": "Notification_Admin_EndUser_Assignment",
}
_RULES = {
    "approval": "Approval_EndUser_Assignment",
    "duration": "Expiration_EndUser_Assignment",
    "enablement": "Enablement_EndUser_Assignment",
    "context": "AuthenticationContext_EndUser_Assignment",
    "active": "Expiration_Admin_Assignment",
    **{f"alert_{name}": rule for name, rule in _ALERTS.items()},
}


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    named = {entry["name"]: role for role, entry in privileged_roles().items()}
    groups = _groups(context)
    holders = context.directory.roles(context.judged_at)
    held = {item.role_template_id for item in holders.assignments}
    unknown = holders.sources.active is None or not holders.sources.eligibility_known
    return {
        "roles": [
            {
                "template_id": role,
                "name": name,
                "tier": tier,
                "own_id": _own_id(named, role, name, highly),
                "scuba": highly or privileged_roles().get(_own_id(named, role, name, highly), {}).get("scuba", False),
                "used": unknown or role in held,
                "sources": [_own(context, role, name), *groups.get(role, ())],
            }
            for role, name, tier, highly in _roles(context)
        ]
    }


def _own_id(named: Mapping[str, str], role: str, name: str, highly: bool) -> str:
    """ScubaGear tells roles by their names, whatever their ids; everybody else by their ids."""
    if name in named:
        return named[name]
    return name.lower() if highly and role in privileged_roles() else role


def minutes(duration: object) -> int | None:
    """The length of an ISO 8601 duration; a year has 365 days, a month 30. None for anything else."""
    found = _DURATION.fullmatch(duration) if isinstance(duration, str) else None
    if found is None or not any(found.groups()):
        return None
    return sum(int(number or 0) * unit for number, unit in zip(found.groups(), _MINUTES, strict=True))


def _roles(context: FactContext) -> Iterator[tuple[str, str, str, bool]]:
    """Id, name, tier and whether the source lists the role as highly privileged, by name."""
    tiers = role_tiers(context)
    defined = {template_of(one): one for one in context.snapshot.items("role_definitions")}
    whole = not context.snapshot.collection("role_definitions").ok
    for role, (name, tier) in sorted(tiers.items(), key=lambda item: (item[1][0], item[0])):
        definition = defined.get(role)
        if definition is None and not whole:
            continue
        told = definition or {}
        if told.get("isEnabled") is not False:
            shown = str(told.get("displayName") or name) if told.get("isBuiltIn") is True else name
            yield role, shown, tier, told.get("isHighlyPrivileged") is True


def _own(context: FactContext, role: str, name: str) -> dict[str, Any]:
    for policy in context.snapshot.items(_POLICIES):
        if _word(policy, "scopeType") in ("directoryrole", "directory") and _word(policy, "roleDefinitionId") == role:
            return _source(context, policy, "role", name)
    return _source(context, None, "role", name, {"kind": "unifiedRoleDefinition", "id": role, "name": name})


def _groups(context: FactContext) -> dict[str, list[dict[str, Any]]]:
    """Role to the sources of the PIM groups that give it: those with rules, and those with eligible members."""
    roles = context.directory.roles(context.judged_at)
    policies = [one for one in context.snapshot.items(_POLICIES) if _word(one, "scopeType") == "group"]
    by_group: dict[str, JsonObject] = {}
    found: dict[str, list[dict[str, Any]]] = {}
    for policy in policies:
        carried = policy.get("carriesRoles")
        for role in carried if isinstance(carried, list) else ():
            found.setdefault(str(role).lower(), []).append(_source(context, policy, "group", _name(policy)))
        if _word(policy, "roleDefinitionId") in ("member", ""):
            by_group[_word(policy, "scopeId")] = policy
    seen: set[tuple[str, str]] = set()
    for item in roles.assignments:
        group = item.principal.id.lower()
        if item.principal.kind != "group" or (item.role_template_id, group) in seen:
            continue
        seen.add((item.role_template_id, group))
        if group in by_group or group in roles.pim_groups:
            name = item.principal.name or item.principal.id
            given = {"kind": "group", "id": item.principal.id, "name": name}
            found.setdefault(item.role_template_id, []).append(
                _source(context, by_group.get(group), "group", name, given)
            )
    return found


def _source(
    context: FactContext, policy: JsonObject | None, kind: str, name: str, given: Mapping[str, str] | None = None
) -> dict[str, Any]:
    rules = dict(_rules(policy or {}))
    own = {"kind": spec_of(_POLICIES).kind, "id": identity_of(spec_of(_POLICIES), policy or {}), "name": name}

    def rule(key: str) -> JsonObject:
        return rules.get(_RULES[key].lower(), ("", {}))[1]

    return {
        "kind": kind,
        "resource": own if policy is not None else dict(given or {}),
        "told": policy is not None,
        "approval": _approval(context, rule("approval")),
        "activation": {
            "max_minutes": minutes(rule("duration").get("maximumDuration")),
            "asks": _texts(rule("enablement").get("enabledRules")),
            "context": rule("context").get("claimValue") or None,
            "context_on": _switch(rule("context").get("isEnabled")),
        },
        "active": {
            "expires": _switch(rule("active").get("isExpirationRequired")),
            "max_days": _days(rule("active").get("maximumDuration")),
        },
        "alerts": {name: _alert(rule(f"alert_{name}")) for name in _ALERTS},
        "pointers": {
            key: rules[one.lower()][0] if one.lower() in rules else "/policy/rules" for key, one in _RULES.items()
        },
    }


def _rules(policy: JsonObject) -> Iterator[tuple[str, tuple[str, JsonObject]]]:
    """Id in lower case to pointer and rule; expanded policies have the rules, and some exports have them alone."""
    expanded = policy.get("policy")
    places = (
        ("/policy/rules", expanded.get("rules") if isinstance(expanded, Mapping) else None),
        ("/rules", policy.get("rules")),
    )
    for pointer, rules in reversed(places):
        for index, rule in enumerate(rules if isinstance(rules, list) else ()):
            if isinstance(rule, Mapping) and isinstance(rule.get("id"), str):
                yield str(rule["id"]).lower(), (f"{pointer}/{index}", rule)


def _approval(context: FactContext, rule: JsonObject) -> dict[str, Any]:
    setting = rule.get("setting")
    told: Mapping[str, Any] = setting if isinstance(setting, Mapping) else {}
    stages = told.get("approvalStages")
    named = [
        one
        for stage in (stages if isinstance(stages, list) else ())
        if isinstance(stage, Mapping)
        for one in _list(stage.get("primaryApprovers"))
    ]
    counts = [_approvers(context, one) for one in named]
    return {
        "required": _switch(told.get("isApprovalRequired")),
        "approvers": None if None in counts else sum(count for count in counts if count is not None),
        "default_approvers": not named,
    }


def _approvers(context: FactContext, named: object) -> int | None:
    """How many people a named approver stands for."""
    told: Mapping[str, Any] = named if isinstance(named, Mapping) else {}
    group = told.get("groupId") or (told.get("id") if "group" in str(told.get("@odata.type")).lower() else None)
    if not isinstance(group, str):
        return 1
    membership = context.directory.members(group)
    return len(membership.ids) if membership.known else None


def _alert(rule: JsonObject) -> dict[str, Any]:
    level = rule.get("notificationLevel")
    return {
        "recipients": _texts(rule.get("notificationRecipients")),
        "defaults": _switch(rule.get("isDefaultRecipientsEnabled")),
        "level": level.lower() if isinstance(level, str) and level else None,
    }


def _texts(value: object) -> Sequence[str] | None:
    """The texts of a list; one text stands for a list of one. None where there is no list."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    return [one for one in value if isinstance(one, str) and one.strip()] if isinstance(value, list) else None


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _switch(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _days(duration: object) -> int | None:
    found = minutes(duration)
    return None if found is None else -(-found // 1440)


def _word(item: JsonObject, name: str) -> str:
    value = item.get(name)
    return value.lower() if isinstance(value, str) else ""


def _name(policy: JsonObject) -> str:
    return str(policy.get("displayName") or policy.get("scopeId") or "")


FACTS = (
    Fact(
        "pim_rules",
        (
            _POLICIES,
            "role_definitions",
            "role_assignments",
            "role_assignment_schedule_instances",
            "role_eligibility_schedule_instances",
            "privileged_access_group_eligibility_schedule_instances",
            "users",
            "groups",
            "group_members",
        ),
        compute,
    ),
)

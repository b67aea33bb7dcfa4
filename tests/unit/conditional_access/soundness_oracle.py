"""A tenant small enough to visit every sign-in, and a reading of its policies that shares no code with tenantlint.

Policies vary in users, applications, clients, platforms, user risk, flows, and controls. Everything is judged sign-in
by sign-in, from the raw objects.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from hypothesis import strategies as st
from tests.unit.directory.tenants import GA, assignment, snapshot, user

from tenantlint.conditional_access.tenant import Tenant, read_tenant

MEMBERS = ("ann", "bob", "cem")
GUEST = "gus"
PEOPLE = (*MEMBERS, GUEST)
OUTSIDER = "somebody without an account here"  # B2B direct connect: one of all users, in no group and no role
GROUPS = {"g1": {"ann", "bob"}, "g2": {"bob", "gus"}, "g3": set()}
HOLDERS = {"ann"}
APPS = ("app", "other")
CLIENTS = ("browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other")
PLATFORMS = ("android", "iOS", "windows", "windowsPhone", "macOS", "linux", "unknown")
RISKS = ("none", "low", "medium", "high")
FLOWS = ("none", "deviceCodeFlow", "authenticationTransfer")
# The parts of a policy that the strategies vary; what is not drawn is not configured.
LEGACY = ("exchangeActiveSync", "other")


class Point(NamedTuple):
    """One sign-in."""

    user: str
    app: str
    client: str
    platform: str
    risk: str
    flow: str

    @property
    def modern(self) -> bool:
        return self.client not in LEGACY

    @property
    def ordinary(self) -> bool:
        return self.modern and self.risk == "none" and self.flow == "none"


def points(*people: str) -> Iterator[Point]:
    return (Point(*one) for one in product(people, APPS, CLIENTS, PLATFORMS, RISKS, FLOWS))


POINTS = tuple(points(*PEOPLE))
POINTS_OF_ALL = (*POINTS, *points(OUTSIDER))


def _named(side: Mapping[str, Any], verb: str, who: str) -> bool:
    users = side.get(f"{verb}Users", [])
    return (
        "All" in users
        or who in users
        or any(who in GROUPS[group] for group in side.get(f"{verb}Groups", []))
        or (GA in side.get(f"{verb}Roles", []) and who in HOLDERS)
    )


def applies(policy: Mapping[str, Any], point: Point) -> bool:
    """Whether every condition of the policy holds."""
    conditions = policy["conditions"]
    users, apps = conditions["users"], conditions["applications"]
    if not _named(users, "include", point.user) or _named(users, "exclude", point.user):
        return False
    included = apps["includeApplications"]
    if point.app in apps.get("excludeApplications", []) or not ("All" in included or point.app in included):
        return False
    platforms = conditions.get("platforms") or {}
    wanted = platforms.get("includePlatforms") or ["all"]
    if point.platform in platforms.get("excludePlatforms", []) or not ("all" in wanted or point.platform in wanted):
        return False
    clients = conditions.get("clientAppTypes") or ["all"]
    flows = ((conditions.get("authenticationFlows") or {}).get("transferMethods") or "").split(",")
    return (
        ("all" in clients or point.client in clients)
        and point.risk in (conditions.get("userRiskLevels") or RISKS)
        and (flows == [""] or point.flow in flows)
    )


def controls(policy: Mapping[str, Any]) -> list[str]:
    return list(policy["grantControls"]["builtInControls"])


def blocks(policy: Mapping[str, Any]) -> bool:
    return "block" in controls(policy)


def can_meet(control: str, point: Point) -> bool:
    """Microsoft's table of grant controls, by hand."""
    if not point.modern:
        return False
    if control == "mfa":
        return True
    if control == "compliantDevice":
        return point.flow != "deviceCodeFlow" and point.platform != "windowsPhone"
    if control == "domainJoinedDevice":
        return point.flow != "deviceCodeFlow" and point.platform in ("windows", "unknown")
    if control == "approvedApplication":
        return point.user != GUEST and point.platform in ("iOS", "android", "unknown")
    if control == "compliantApplication":
        return point.user != GUEST and point.platform in ("iOS", "android", "windows", "unknown")
    assert control == "passwordChange"
    return point.user != GUEST and point.risk != "none"


def stuck(policy: Mapping[str, Any], point: Point) -> bool:
    """Whether the clause cannot be met at the point; a block never can."""
    if blocks(policy):
        return True
    each = [can_meet(one, point) for one in controls(policy)]
    return not (all(each) if policy["grantControls"]["operator"] == "AND" else any(each))


def clauses(policy: Mapping[str, Any]) -> list[frozenset[str]]:
    if policy["grantControls"]["operator"] == "AND" and not blocks(policy):
        return [frozenset({one}) for one in controls(policy)]
    return [frozenset(controls(policy))]


def as_strong(other: Mapping[str, Any], clause: frozenset[str]) -> bool:
    """Whether a policy forces the clause, whatever else it accepts."""
    if blocks(other):
        return True
    reached = clause | ({"passwordChange"} if "mfa" in clause else set())
    return any(one <= reached for one in clauses(other))


def demands(policies: Sequence[Mapping[str, Any]], clause: frozenset[str], point: Point) -> bool:
    return any(applies(one, point) and as_strong(one, clause) for one in policies)


_INCLUDED: list[dict[str, Any]] = [
    {"includeUsers": ["All"]},
    {"includeUsers": ["All"]},
    {"includeGroups": ["g1"]},
    {"includeGroups": ["g2"]},
    {"includeUsers": ["cem"]},
    {"includeRoles": [GA]},
    {"includeGroups": ["g3"]},
    {"includeUsers": ["None"]},
]
_EXCLUDED: list[dict[str, Any]] = [
    {},
    {},
    {"excludeGroups": ["g1"]},
    {"excludeUsers": ["ann"]},
    {"excludeGroups": ["g2", "g1"]},
    {"excludeRoles": [GA]},
]
_APPLICATIONS: list[dict[str, Any]] = [
    {"includeApplications": ["All"]},
    {"includeApplications": ["All"]},
    {"includeApplications": ["app"]},
    {"includeApplications": ["All"], "excludeApplications": ["app"]},
    {"includeApplications": ["app"], "excludeApplications": ["app"]},
]
# Of each list one is drawn; nothing is drawn more often, so that policies meet.
_CONDITIONS: list[list[dict[str, Any]]] = [
    [
        {},
        {},
        {"clientAppTypes": list(LEGACY)},
        {"clientAppTypes": ["browser"]},
        {"clientAppTypes": ["browser", "mobileAppsAndDesktopClients"]},
    ],
    [
        {},
        {},
        {"platforms": {"includePlatforms": ["iOS", "android"]}},
        {"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["windows"]}},
        {"platforms": {"includePlatforms": ["windows"]}},
    ],
    [{}, {}, {"userRiskLevels": ["high"]}],
    [{}, {}, {"authenticationFlows": {"transferMethods": "deviceCodeFlow"}}],
]
_GRANTS: list[tuple[str, list[str]]] = [
    ("OR", ["block"]),
    ("OR", ["mfa"]),
    ("OR", ["mfa"]),
    ("OR", ["compliantDevice", "domainJoinedDevice"]),
    ("OR", ["domainJoinedDevice"]),
    ("OR", ["approvedApplication", "compliantApplication"]),
    ("AND", ["mfa", "passwordChange"]),
    ("AND", ["mfa", "compliantDevice"]),
    ("OR", ["mfa", "compliantDevice"]),
]


def _policy(number: int, draw: st.DrawFn, state: str) -> dict[str, Any]:
    conditions: dict[str, Any] = {
        "users": {**draw(st.sampled_from(_INCLUDED)), **draw(st.sampled_from(_EXCLUDED))},
        "applications": draw(st.sampled_from(_APPLICATIONS)),
    }
    for options in _CONDITIONS:
        conditions |= draw(st.sampled_from(options))
    operator, asked = draw(st.sampled_from(_GRANTS))
    return {
        "id": f"p{number}",
        "displayName": f"Policy {number}",
        "state": state,
        "conditions": conditions,
        "grantControls": {"operator": operator, "builtInControls": asked},
    }


@st.composite
def policies(draw: st.DrawFn, most: int = 5, *, trial: bool = False) -> list[dict[str, Any]]:
    """Some policies, now and then a report-only or a disabled one among them; with `trial` one for certain."""
    states = st.sampled_from(("enabled",) * 6 + ("enabledForReportingButNotEnforced", "disabled"))
    drawn = [draw(states) for _ in range(draw(st.integers(1, most)))]
    drawn += ["enabledForReportingButNotEnforced"] if trial else []
    return [_policy(number, draw, state) for number, state in enumerate(drawn)]


def read(given: Sequence[dict[str, Any]]) -> Tenant:
    """The tenant of these policies."""
    return read_tenant(
        snapshot(
            conditional_access_policies=list(given),
            users=[
                *(user(one) for one in MEMBERS),
                user(GUEST, userType="Guest", userPrincipalName="gus_x.example#EXT#@t.example"),
            ],
            groups=[{"id": one, "displayName": one} for one in GROUPS],
            group_members=[
                {"group_id": one, "members": sorted(ids), "nested_groups": []} for one, ids in GROUPS.items()
            ],
            role_assignments=[assignment(one) for one in sorted(HOLDERS)],
            role_eligibility_schedule_instances=[],
            named_locations=[],
            security_defaults=[{"id": "d", "isEnabled": False}],
        )
    )


def enforced(given: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in given if one["state"] == "enabled"]


def reporting(given: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in given if one["state"] == "enabledForReportingButNotEnforced"]

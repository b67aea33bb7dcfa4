"""The walk over every combination, as other tools do it, beside the exact one, on one synthetic tenant.

The universe is that of the published measurement: 402 users, 61 applications, 15 locations, 6 platforms, 2 kinds of
client, 79 policies of which none lets a combination be skipped early. With ten dimensions the same policies also have
conditions on risks, flows and devices.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from tenantlint.conditional_access.coverage import Coverage
from tenantlint.conditional_access.devices import STATES
from tenantlint.conditional_access.policy import CLIENT_APP_TYPES, INSIDER_RISK_LEVELS, PLATFORMS, RISK_LEVELS
from tenantlint.conditional_access.universe import DIMENSIONS
from tenantlint.model import Tenant
from tenantlint.snapshot.content import Collection as Objects
from tenantlint.snapshot.content import Snapshot

JsonObject = dict[str, Any]
USERS = tuple(f"user-{number:03}" for number in range(402))
APPLICATIONS = (*(f"00000000-0000-4000-9000-{number:012x}" for number in range(60)), "other")
PLACES = (*(f"place-{number:02}" for number in range(14)), "elsewhere")
_PLATFORMS = (*PLATFORMS[:3], *PLATFORMS[4:], "unknown")
_FLOWS = ("none", "deviceCodeFlow", "authenticationTransfer")
FIVE: Mapping[str, Sequence[str]] = {
    "applications": APPLICATIONS,
    "locations": PLACES,
    "platforms": _PLATFORMS,
    "client_app_types": CLIENT_APP_TYPES[:2],
}
TEN: Mapping[str, Sequence[str]] = FIVE | {
    "client_app_types": CLIENT_APP_TYPES[:2],
    "sign_in_risk": RISK_LEVELS,
    "user_risk": RISK_LEVELS,
    "insider_risk": INSIDER_RISK_LEVELS,
    "authentication_flows": _FLOWS,
    "devices": STATES,
}
# For the dimensions that only TEN has: what a policy may be restricted to.
_CHOICES: Mapping[str, Sequence[tuple[str, ...]]] = {
    "sign_in_risk": (("medium", "high"), ("high",)),
    "user_risk": (("high",), ("low", "medium", "high")),
    "insider_risk": (("elevated",), ("moderate", "elevated")),
    "authentication_flows": (("deviceCodeFlow",), ("authenticationTransfer",)),
    "devices": (("unregistered", "registered"), ("compliant", "compliantHybridJoined")),
}
_RULE = "device.isCompliant -eq True"


@dataclass(frozen=True)
class Plain:
    """A policy as sets of values, for the naive walk; a dimension that is absent does not constrain."""

    users: frozenset[str]
    values: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Walked:
    """`combinations`: how many were visited, of `total`. `open_users`: who was left without MFA somewhere."""

    combinations: int
    total: int
    seconds: float
    open_: int
    open_users: frozenset[str]

    @property
    def whole(self) -> bool:
        return self.combinations == self.total

    @property
    def extrapolated(self) -> float:
        """Seconds for all combinations."""
        return self.seconds * self.total / self.combinations


def policies(dimensions: Mapping[str, Sequence[str]] = FIVE) -> list[Plain]:
    """79 policies that ask for MFA: each for everybody but a few, with a condition or two.

    The last twelve users are in two policies only, so that something is open.
    """
    made = []
    for number in range(79):
        left_out = {*USERS[number * 5 : number * 5 + 5], *(USERS[-12:] if number not in {0, 2} else ())}
        values: dict[str, frozenset[str]] = {}
        match number % 4:
            case 0:
                at = number // 4 * 3
                values["applications"] = frozenset(APPLICATIONS) - set(APPLICATIONS[at : at + 3])
            case 1:
                values["locations"] = frozenset(PLACES) - {PLACES[number // 4 % 14]}
            case 2:
                values["platforms"] = frozenset(_PLATFORMS) - {_PLATFORMS[number // 4 % 5]}
            case _:
                values["client_app_types"] = frozenset({CLIENT_APP_TYPES[number // 4 % 2]})
        extra = sorted(_CHOICES.keys() & dimensions.keys())
        if extra and number % 2:
            name = extra[number // 2 % len(extra)]
            values[name] = frozenset(_CHOICES[name][number // 7 % 2])
        made.append(Plain(frozenset(USERS) - left_out, values))
    return made


def naive(
    given: Sequence[Plain],
    dimensions: Mapping[str, Sequence[str]],
    most: float | None = None,
    users: Sequence[str] = USERS,
) -> Walked:
    """Visit every combination, keeping at each dimension the policies that still match, until `most` seconds are over.

    A combination that no policy matches is open. What a value leaves over is computed once for each combination of
    the dimensions before it, as in the trees that other tools build; nothing is shared between branches.
    """
    names = list(dimensions)
    total = len(users)
    for values in dimensions.values():
        total *= len(values)
    visited = open_ = 0
    open_users: set[str] = set()
    started = time.perf_counter()

    def below(level: int, left: Sequence[Plain]) -> int:
        nonlocal visited
        if level == len(names):
            visited += 1
            return not left
        found = 0
        name = names[level]
        for value in dimensions[name]:
            found += below(level + 1, [one for one in left if name not in one.values or value in one.values[name]])
            if most is not None and time.perf_counter() - started > most:
                break
        return found

    for user in users:
        gaps = below(0, [one for one in given if user in one.users])
        open_ += gaps
        open_users |= {user} if gaps else set()
        if most is not None and time.perf_counter() - started > most:
            break
    return Walked(visited, total, time.perf_counter() - started, open_, frozenset(open_users))


def snapshot(given: Sequence[Plain]) -> Snapshot:
    """The same policies as Graph has them, over a directory of the 402 users."""
    groups = {one.users: f"group-{number}" for number, one in enumerate(given)}
    collections: Mapping[str, list[JsonObject]] = {
        "conditional_access_policies": [_raw(number, one, groups) for number, one in enumerate(given)],
        "named_locations": [_place(number, place) for number, place in enumerate(PLACES[:-1])],
        "users": [{"id": one, "displayName": one, "accountEnabled": True, "userType": "Member"} for one in USERS],
        "groups": [{"id": one, "displayName": one} for one in groups.values()],
        "group_members": [
            {"group_id": name, "members": sorted(members), "nested_groups": []} for members, name in groups.items()
        ],
    }
    return Snapshot(
        Tenant(id="00000000-0000-4000-8000-000000000003", display_name="Cartesian"),
        {name: Objects(name, items=items) for name, items in collections.items()},
    )


def _raw(number: int, one: Plain, groups: Mapping[frozenset[str], str]) -> JsonObject:
    values = one.values
    flows = _kept(values, "authentication_flows", lambda chosen: {"transferMethods": ",".join(chosen)})
    return {
        "id": f"policy-{number:02}",
        "displayName": f"Policy {number:02}",
        "state": "enabled",
        "conditions": {
            "users": {"includeGroups": [groups[one.users]]},
            "applications": _without("Applications", values.get("applications"), APPLICATIONS),
            "locations": _without("Locations", values.get("locations"), PLACES),
            "platforms": _without("Platforms", values.get("platforms"), _PLATFORMS),
            "clientAppTypes": sorted(values.get("client_app_types", ("all",))),
            "signInRiskLevels": sorted(values.get("sign_in_risk", ())),
            "userRiskLevels": sorted(values.get("user_risk", ())),
            "insiderRiskLevels": _kept(values, "insider_risk", ",".join),
            "authenticationFlows": flows,
            "devices": _kept(values, "devices", _filter),
        },
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
    }


def _without(suffix: str, kept: frozenset[str] | None, values: Sequence[str]) -> JsonObject | None:
    """All values but those that are left out; the last one of `values` is never left out."""
    left_out = sorted(set(values) - kept) if kept is not None else []
    return {f"include{suffix}": ["All"], f"exclude{suffix}": left_out}


def _kept(values: Mapping[str, Collection[str]], name: str, shape: Callable[[list[str]], Any]) -> Any:
    return shape(sorted(values[name])) if name in values else None


def _filter(states: list[str]) -> JsonObject:
    return {"deviceFilter": {"mode": "include" if "compliant" in states else "exclude", "rule": _RULE}}


def _place(number: int, identity: str) -> JsonObject:
    return {
        "@odata.type": "#microsoft.graph.ipNamedLocation",
        "id": identity,
        "displayName": identity,
        "isTrusted": False,
        "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": f"10.{number}.0.0/16"}],
    }


def within(dimensions: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """What narrows `cover` to the same universe."""
    return {name: dimensions[name] for name in ("client_app_types", "platforms")}


def cells(found: Coverage, dimensions: Mapping[str, Sequence[str]]) -> int:
    """How many combinations of these dimensions an answer says to be open."""
    places = [at for at, name in enumerate(DIMENSIONS) if name in dimensions]
    return sum(
        found.people.counted(one.users) * prod(one.masks[at].bit_count() for at in places) for one in found.regions
    )

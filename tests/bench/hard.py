"""Policy sets that no organisation has: every policy with conditions of its own in every dimension.

The question of coverage is coNP-hard, so that some sets are too hard for any exact answer. These are made to be.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from tenantlint.conditional_access.policy import CLIENT_APP_TYPES, INSIDER_RISK_LEVELS, PLATFORMS, RISK_LEVELS
from tenantlint.model import Tenant
from tenantlint.snapshot.content import Collection, Snapshot

JsonObject = dict[str, Any]
_APPLICATIONS = tuple(f"00000000-0000-4000-9000-{number:012x}" for number in range(30))
_COUNTRIES = ("AT", "BE", "CH", "DE", "DK", "ES", "FI", "FR", "IT", "NL", "NO", "PL", "PT", "SE")
_MOMENT = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)


def scattered(policies: int = 240, users: int = 2_000, *, share: float = 0.6, seed: int = 1) -> Snapshot:
    """Each policy holds a random share of every dimension and leaves out three groups of its own."""
    draw = random.Random(seed).random
    teams = [f"group-{number}" for number in range(policies * 3)]
    made = []
    for number in range(policies):
        conditions: JsonObject = {
            "users": {"includeUsers": ["All"], "excludeGroups": teams[number * 3 : number * 3 + 3]},
            "applications": {"includeApplications": _some(draw, _APPLICATIONS, share)},
            "clientAppTypes": _some(draw, CLIENT_APP_TYPES, share),
            "platforms": {"includePlatforms": _some(draw, PLATFORMS, share)},
            "locations": {"includeLocations": _some(draw, [f"place-{place}" for place in range(10)], share)},
            "signInRiskLevels": _some(draw, RISK_LEVELS, share),
            "userRiskLevels": _some(draw, RISK_LEVELS, share),
            "insiderRiskLevels": ",".join(_some(draw, INSIDER_RISK_LEVELS[1:], share)),
            "authenticationFlows": {
                "transferMethods": _some(draw, ("deviceCodeFlow", "authenticationTransfer"), share)[0]
            },
        }
        made.append(_policy(number, conditions))
    return _snapshot(made, users, teams, draw)


def crowded_places(policies: int = 60, places: int = 40, *, users: int = 500, seed: int = 2) -> Snapshot:
    """Named locations by addresses that overlap and by countries that overlap, all in use."""
    draw = random.Random(seed).random
    named: list[JsonObject] = []
    for number in range(places):
        if number % 2:
            named.append(_country(number, _some(draw, _COUNTRIES, 0.4)))
        else:
            start = int(draw() * 200)
            named.append(_range(number, f"10.{start}.0.0", f"10.{start + 20 + int(draw() * 30)}.255.255"))
    names = [one["id"] for one in named]
    made = [
        _policy(
            number,
            {
                "users": {"includeUsers": ["All"], "excludeGroups": [f"group-{number}"]},
                "applications": {"includeApplications": ["All"]},
                "locations": {"includeLocations": _some(draw, names, 0.5)},
                "signInRiskLevels": _some(draw, RISK_LEVELS, 0.5),
            },
        )
        for number in range(policies)
    ]
    return _snapshot(made, users, [f"group-{number}" for number in range(policies)], draw, named)


def unknown_places(policies: int = 40, *, users: int = 500, seed: int = 3) -> Snapshot:
    """Each policy leaves out a location that is not in the snapshot, so that its extent is not known."""
    draw = random.Random(seed).random
    made = [
        _policy(
            number,
            {
                "users": {"includeUsers": ["All"], "excludeGroups": [f"group-{number}"]},
                "applications": {"includeApplications": ["All"]},
                "locations": {"includeLocations": ["All"], "excludeLocations": [f"lost-{number}"]},
            },
        )
        for number in range(policies)
    ]
    return _snapshot(made, users, [f"group-{number}" for number in range(policies)], draw)


def device_rules(policies: int = 60, *, users: int = 500, seed: int = 4) -> Snapshot:
    """Each policy has a device filter of its own, over many attributes and over parts of one name."""
    draw = random.Random(seed).random
    attributes = ("model", "manufacturer", "enrollmentProfileName", "operatingSystem", "operatingSystemVersion")
    made = []
    for number in range(policies):
        one, other = attributes[number % 5], attributes[(number * 3 + 1) % 5]
        rule = (
            f'(device.{one} -startsWith "a{number}" -and device.{other} -contains "b{number % 7}") '
            f'-or device.extensionAttribute{1 + number % 15} -eq "c{number}" '
            f'-or device.displayName -contains "{number}"'
        )
        conditions = {
            "users": {"includeUsers": ["All"], "excludeGroups": [f"group-{number}"]},
            "applications": {"includeApplications": ["All"]},
            "devices": {"deviceFilter": {"mode": "exclude" if number % 2 else "include", "rule": rule}},
        }
        made.append(_policy(number, conditions))
    return _snapshot(made, users, [f"group-{number}" for number in range(policies)], draw)


def all_apart(policies: int = 240, users: int = 100_000, *, seed: int = 5) -> Snapshot:
    """Random conditions, and every user in a class of his own: each policy leaves out a random half of everybody."""
    draw = random.Random(seed).random
    teams = [f"group-{number}" for number in range(24)]
    made = [
        _policy(
            number,
            {
                "users": {"includeUsers": ["All"], "excludeGroups": [teams[number % 24]]},
                "applications": {"includeApplications": _some(draw, _APPLICATIONS, 0.4)},
                "platforms": {"includePlatforms": _some(draw, PLATFORMS, 0.6)},
                "signInRiskLevels": _some(draw, RISK_LEVELS, 0.6),
                "userRiskLevels": _some(draw, RISK_LEVELS, 0.6),
                "clientAppTypes": _some(draw, CLIENT_APP_TYPES, 0.6),
            },
        )
        for number in range(policies)
    ]
    return _snapshot(made, users, teams, draw, share=0.5)


HARD: dict[str, Callable[[], Snapshot]] = {
    "240 policies with random conditions in 8 dimensions": scattered,
    "the same over 100,000 users": lambda: scattered(users=100_000),
    "40 overlapping named locations": crowded_places,
    "40 named locations of unknown extent": unknown_places,
    "60 different device filters": device_rules,
    "100,000 users, each in a class of his own": all_apart,
}


def _some(draw: Callable[[], float], values: Sequence[str], share: float) -> list[str]:
    """A random part that is never empty."""
    return [one for one in values if draw() < share] or [values[int(draw() * len(values))]]


def _policy(number: int, conditions: JsonObject) -> JsonObject:
    controls = [["mfa"], ["block"], ["mfa", "compliantDevice"]][number % 3]
    return {
        "id": f"policy-{number:03}",
        "displayName": f"Policy {number:03}",
        "state": "enabled",
        "conditions": conditions,
        "grantControls": {"operator": "AND", "builtInControls": controls},
    }


def _snapshot(
    policies: Sequence[JsonObject],
    users: int,
    teams: Iterable[str],
    draw: Callable[[], float],
    places: Sequence[JsonObject] | None = None,
    share: float = 0.02,
) -> Snapshot:
    people = [f"user-{number:06}" for number in range(users)]
    given: dict[str, Sequence[JsonObject]] = {
        "conditional_access_policies": policies,
        "named_locations": list(_places()) if places is None else places,
        "users": [{"id": one, "displayName": one, "accountEnabled": True, "userType": "Member"} for one in people],
        "groups": [{"id": one, "displayName": one} for one in teams],
        "group_members": [
            {"group_id": one, "members": [user for user in people if draw() < share], "nested_groups": []}
            for one in teams
        ],
    }
    return Snapshot(
        Tenant(id="00000000-0000-4000-8000-000000000002", display_name="Hard"),
        {name: Collection(name, items=items) for name, items in given.items()},
        collected_at=_MOMENT,
    )


def _places() -> Iterator[JsonObject]:
    for number in range(10):
        yield _range(number, f"10.{number}.0.0", f"10.{number}.255.255")


def _range(number: int, first: str, last: str) -> JsonObject:
    return {
        "@odata.type": "#microsoft.graph.ipNamedLocation",
        "id": f"place-{number}",
        "displayName": f"Place {number}",
        "isTrusted": False,
        "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4Range", "lowerAddress": first, "upperAddress": last}],
    }


def _country(number: int, countries: Sequence[str]) -> JsonObject:
    return {
        "@odata.type": "#microsoft.graph.countryNamedLocation",
        "id": f"place-{number}",
        "displayName": f"Place {number}",
        "countriesAndRegions": list(countries),
        "countryLookupMethod": "clientIpAddress",
        "includeUnknownCountriesAndRegions": False,
    }

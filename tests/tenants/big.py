"""Synthetic tenants of any size, streamed to a native snapshot folder: for the bench, never committed.

`python -m tests.tenants.big FOLDER [--users N] ...` writes one by hand.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from math import gcd
from pathlib import Path
from typing import Any

from tests.tenants import access, roles
from tests.tenants.access import grant, policy, session, what, where, whom
from tests.tenants.draft import Draft, JsonObject
from tests.tenants.fabrikam import fabrikam
from tests.tenants.people import E5_SKU

from tenantlint.snapshot.store import write_snapshot

_APPLICATIONS = 40
_STREAMED = {"users", "groups", "group_members"}
_ABOUT_PEOPLE = {"mailboxes", "sign_ins", "user_registration_details", "user_sign_in_activity"}


def big(
    folder: Path,
    *,
    users: int = 100_000,
    groups: int = 2_000,
    memberships: int = 1_000_000,
    policies: int = 240,
    seed: int = 1,
    tangled: bool = False,
    every_group_named: bool = False,
) -> None:
    """Write the tenant into a new folder. The same arguments give the same bytes.

    Settings are fabrikam's. Every twelfth user is a guest and every thirtieth is disabled. A few groups hold many
    people and most hold few, as in real tenants; one group in ten holds the group after it. Every policy leaves a
    group out: one large group that many policies share, or a small one of its own. `tangled` is the worst case:
    every policy leaves out another large group, so that few users are left out by the same policies.
    `every_group_named`: one more policy, which is off, names all groups, so that a collector expands them all.
    """
    draw = random.Random(seed).random  # the one method whose sequence Python promises for ever
    draft = fabrikam("big", "Big Tenant")
    people = [_id(1, number) for number in range(users)]
    teams = [_id(2, number) for number in range(groups)]
    draft.objects |= {
        "conditional_access_policies": [
            *_policies(draft, policies, teams, people, tangled=tangled),
            *(_naming(draft, teams) if every_group_named else ()),
        ],
        "named_locations": _locations(draft),
        "role_assignments": [],
        "role_assignment_schedule_instances": [],
        "role_eligibility_schedule_instances": [],
    }
    _assignments(draft, people)
    whole = draft.snapshot()
    small = {name: found for name, found in whole.collections.items() if name not in _STREAMED | _ABOUT_PEOPLE}
    write_snapshot(replace(whole, collections=small), folder, tool_version="0.1.0")
    _write_lines(folder / "users.jsonl", _users(people))
    _write_lines(folder / "groups.jsonl", _groups(teams))
    _write_lines(folder / "group_members.jsonl", _members(teams, people, memberships, draw))


def _id(kind: int, number: int) -> str:
    """An id that is quick to make; `kind` keeps users and groups apart."""
    return f"{kind:08x}-0000-4000-8000-{number:012x}"


def _users(people: Sequence[str]) -> Iterator[JsonObject]:
    for number, identity in enumerate(people):
        guest = number % 12 == 11
        upn = f"user{number:06}" + ("_partner.example#EXT#@big.onmicrosoft.example" if guest else "@big.example")
        yield {
            "accountEnabled": number % 30 != 29,
            "assignedLicenses": [] if guest else [{"disabledPlans": [], "skuId": E5_SKU}],
            "createdDateTime": "2022-05-09T09:30:00Z",
            "creationType": "Invitation" if guest else None,
            "department": f"Department {number % 50}",
            "displayName": f"User {number:06}",
            "externalUserState": "Accepted" if guest else None,
            "id": identity,
            "jobTitle": "Analyst",
            "mail": upn,
            "onPremisesImmutableId": None,
            "onPremisesSyncEnabled": None if guest else True,
            "userPrincipalName": upn,
            "userType": "Guest" if guest else "Member",
        }


def _groups(teams: Sequence[str]) -> Iterator[JsonObject]:
    for number, identity in enumerate(teams):
        yield {
            "displayName": f"Group {number:05}",
            "groupTypes": [],
            "id": identity,
            "isAssignableToRole": None,
            "isManagementRestricted": None,
            "mailEnabled": False,
            "onPremisesSyncEnabled": None,
            "securityEnabled": True,
        }


def _members(
    teams: Sequence[str], people: Sequence[str], memberships: int, draw: Callable[[], float]
) -> Iterator[JsonObject]:
    """Group sizes fall like 1/rank; what rounding leaves over goes to the smallest group."""
    weight = sum(1 / (rank + 10) for rank in range(len(teams)))
    left = memberships
    for rank, identity in enumerate(teams):
        share = left if rank == len(teams) - 1 else round(memberships / weight / (rank + 10))
        size = min(share, left, len(people))
        left -= size
        start, step = int(draw() * len(people)), _coprime_step(len(people), 1 + int(draw() * 997))
        members = sorted(people[(start + step * index) % len(people)] for index in range(size))
        nested = [teams[rank + 1]] if rank % 10 == 0 and rank + 1 < len(teams) else []
        yield {
            "direct": sorted([*members[:50], *nested]) if size <= 50 else None,
            "group_id": identity,
            "members": members,
            "nested_groups": nested,
            "status": "ok",
        }


def _coprime_step(size: int, step: int) -> int:
    """The next step from `step` on that reaches every one of `size` places before it comes back."""
    while gcd(size, step) != 1:
        step += 1
    return step


def _policies(
    draft: Draft, count: int, teams: Sequence[str], people: Sequence[str], *, tangled: bool
) -> Iterator[JsonObject]:
    """Policies in a round of eight kinds, each with groups, applications and exclusions of its own."""
    locations = [one["id"] for one in _locations(draft)]
    emergency = list(people[:2])
    applications = [f"00000000-0000-4000-9000-{number:012x}" for number in range(_APPLICATIONS)]
    for number in range(count):
        scope = teams[number % len(teams)]
        if tangled:
            left_out = teams[(number * 7 + 3) % len(teams)]
        else:
            left_out = teams[min(5, len(teams) - 1)] if number % 4 == 0 else teams[-1 - number % 60 % len(teams)]
        everyone = whom(includeUsers=["All"], excludeUsers=emergency, excludeGroups=[left_out])
        some = whom(includeGroups=[scope], excludeGroups=[left_out])
        given: dict[str, Any]
        match number % 8:
            case 0:
                given = {"users": everyone, "grant": grant("mfa")}
            case 1:
                given = {
                    "users": everyone,
                    "grant": grant("block"),
                    "client_app_types": ["exchangeActiveSync", "other"],
                }
            case 2:
                given = {
                    "users": some,
                    "grant": grant("mfa", "compliantDevice"),
                    "applications": what([applications[number % _APPLICATIONS], "Office365"]),
                }
            case 3:
                given = {
                    "users": whom(includeRoles=sorted(roles.ROLES.values()), excludeUsers=emergency),
                    "grant": grant("mfa"),
                    "signInRiskLevels": ["high", "medium"],
                }
            case 4:
                given = {
                    "users": some,
                    "grant": grant("compliantDevice", "domainJoinedDevice"),
                    "platforms": {"includePlatforms": ["windows", "macOS"], "excludePlatforms": []},
                }
            case 5:
                given = {
                    "users": everyone,
                    "grant": grant("block"),
                    "locations": where(exclude=[locations[number % len(locations)]]),
                    "applications": what([applications[number * 3 % _APPLICATIONS]]),
                }
            case 6:
                given = {
                    "users": whom(includeGuestsOrExternalUsers=access.guests(), excludeGroups=[left_out]),
                    "grant": grant("mfa"),
                }
            case _:
                given = {
                    "users": some,
                    "session": session(signInFrequency=access.frequency(8)),
                    "state": "enabled" if number % 16 == 7 else "enabledForReportingButNotEnforced",
                }
        yield policy(draft, f"Policy {number:03}", **given)


def _naming(draft: Draft, teams: Sequence[str]) -> Iterator[JsonObject]:
    """A policy that is off and names every group."""
    users = whom(includeUsers=["None"], excludeGroups=list(teams))
    yield policy(draft, "Names every group", users=users, grant=grant("mfa"), state="disabled")


def _locations(draft: Draft) -> list[JsonObject]:
    return [
        *(access.ip_location(draft, f"Site {number}", f"10.{number}.0.0/16") for number in range(20)),
        access.country_location(draft, "Home countries", "DE", "FR", "NL"),
    ]


def _assignments(draft: Draft, people: Sequence[str]) -> None:
    names = list(roles.ROLES)
    for number in range(120):
        roles.assign(draft, names[number % len(names)], people[number * 11 % len(people)])
        roles.make_eligible(draft, names[number * 5 % len(names)], people[number * 13 % len(people)])


def _write_lines(path: Path, objects: Iterable[JsonObject]) -> None:
    encode = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for one in objects:
            stream.write(encode(one) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.tenants.big", description=big.__doc__)
    parser.add_argument("folder", type=Path)
    for name, default in (("users", 100_000), ("groups", 2_000), ("memberships", 1_000_000), ("policies", 240)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--tangled", action="store_true")
    given = vars(parser.parse_args())
    big(given.pop("folder"), **given)

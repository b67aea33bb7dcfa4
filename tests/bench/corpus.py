"""Tenants for the bench: real policies of the corpus over a directory that is made up, the same at every run."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zlib import crc32

from tenantlint.model import Tenant
from tenantlint.snapshot.content import Collection, Snapshot
from tenantlint.sources import open_target

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "conditional-access"

JsonObject = dict[str, Any]
_MOMENT = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
_USER_PARTS = ("includeUsers", "excludeUsers")
_GROUP_PARTS = ("includeGroups", "excludeGroups")
_WORDS = frozenset({"all", "none", "guestsorexternalusers", "alltrusted"})
_COUNTRIES = ("DE", "FR", "NL", "BE", "AT", "CH", "DK", "SE", "NO", "PL")


def baseline(users: int) -> Snapshot:
    """j0eyv's 36 policies and named locations as exported, with `users` people in its groups."""
    found = open_target(CORPUS / "j0eyv").snapshot
    policies = list(found.items("conditional_access_policies"))
    return _tenant(policies, list(found.items("named_locations")), users)


def mixed(count: int, users: int) -> Snapshot:
    """`count` policies out of all real ones of the corpus, every one of them enabled; each set has its own groups.

    Placeholders of groups, users and locations become ids. The choice is a fixed shuffle; when there are fewer
    than `count`, further rounds take the same policies with groups of their own.
    """
    real = list(_real())
    order = sorted(range(len(real)), key=lambda index: (crc32(f"mix/{index}".encode()), index))
    policies = []
    for number in range(count):
        round_, at = divmod(number, len(real))
        family, raw = real[order[at]]
        policies.append(_consistent(raw, f"{family}/{round_}", number))
    return _tenant(policies, _locations(policies), users)


def present() -> bool:
    """Whether the corpus is there."""
    return (CORPUS / "j0eyv").is_dir() and (CORPUS / "filipin").is_dir()


def _real() -> Iterator[tuple[str, JsonObject]]:
    """Every policy of the corpus for users, with the set that it belongs to."""
    for one in open_target(CORPUS / "j0eyv").snapshot.items("conditional_access_policies"):
        yield "j0eyv", one
    for folder in ("PolicyRepository", "PolicySets"):
        root = CORPUS / "filipin" / folder
        for path in sorted(root.rglob("*.json")):
            family = path.relative_to(root).parts[0] if folder == "PolicySets" else folder
            yield family, json.loads(path.read_text(encoding="utf-8-sig"))


def _consistent(raw: JsonObject, family: str, number: int) -> JsonObject:
    """The policy, enabled, with an id, and with ids in the place of placeholders."""
    policy: JsonObject = json.loads(json.dumps(raw))
    policy["id"] = _identity("policy", str(number))
    policy["displayName"] = f"{number:03} {policy.get('displayName')}"
    policy["state"] = "enabled"
    conditions = policy.get("conditions") or {}
    people = conditions.get("users") or {}
    for part in (*_USER_PARTS, *_GROUP_PARTS):
        kind = "user" if part in _USER_PARTS else "group"
        people[part] = [_renamed(kind, family, one) for one in people.get(part) or ()]
    places = conditions.get("locations") or {}
    for part in ("includeLocations", "excludeLocations"):
        if places.get(part):
            places[part] = [_renamed("location", family, one) for one in places[part]]
    return policy


def _renamed(kind: str, family: str, value: str) -> str:
    return value if value.casefold() in _WORDS else _identity(kind, f"{family}/{value}")


def _identity(kind: str, text: str) -> str:
    return f"{crc32(kind.encode()):08x}-0000-4000-8000-{crc32(text.encode()):012x}"


def _locations(policies: Iterable[JsonObject]) -> list[JsonObject]:
    """A named location for each that the policies name: addresses, trusted addresses and countries in turn."""
    named = sorted(
        {
            one
            for policy in policies
            for part in ("includeLocations", "excludeLocations")
            for one in ((policy["conditions"].get("locations") or {}).get(part) or ())
            if one.casefold() not in _WORDS
        }
    )
    return [_location(number, identity) for number, identity in enumerate(named)]


def _location(number: int, identity: str) -> JsonObject:
    given: JsonObject = {"id": identity, "displayName": f"Location {number}"}
    if number % 3 == 2:
        chosen = [_COUNTRIES[(number + step) % len(_COUNTRIES)] for step in range(3)]
        return given | {
            "@odata.type": "#microsoft.graph.countryNamedLocation",
            "countriesAndRegions": chosen,
            "countryLookupMethod": "clientIpAddress",
            "includeUnknownCountriesAndRegions": False,
        }
    ranges = [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": f"198.51.{number}.0/24"}]
    return given | {
        "@odata.type": "#microsoft.graph.ipNamedLocation",
        "isTrusted": number % 3 == 0,
        "ipRanges": ranges,
    }


def _tenant(policies: Sequence[JsonObject], locations: Sequence[JsonObject], users: int) -> Snapshot:
    """The policies over a directory: every twelfth user is a guest, one in fifty holds roles.

    A group that only exclusions name holds up to one user in a hundred, any other one to nine users in ten.
    """
    draw = random.Random(7).random  # the one method whose sequence Python promises for ever
    people = [f"00000001-0000-4000-8000-{number:012x}" for number in range(users)]
    included = _named(policies, "includeGroups")
    groups = sorted(included | _named(policies, "excludeGroups"))
    roles = sorted(_named(policies, "includeRoles") | _named(policies, "excludeRoles"))
    named_users = sorted(one for one in _named(policies, *_USER_PARTS) if one.casefold() not in _WORDS)
    lines = []
    for group in groups:
        share = 0.1 + 0.8 * draw() if group in included else 0.01 * draw() * draw()
        lines.append({"group_id": group, "members": _members(people, share, draw), "nested_groups": []})
    given: Mapping[str, list[JsonObject]] = {
        "conditional_access_policies": list(policies),
        "named_locations": list(locations),
        "users": [*(_user(number, one) for number, one in enumerate([*people, *named_users]))],
        "groups": [{"id": one, "displayName": f"Group {one[-8:]}"} for one in groups],
        "group_members": lines,
        "role_definitions": [{"id": one, "templateId": one, "displayName": f"Role {one[:8]}"} for one in roles],
        "role_assignments": [
            {
                "id": f"{number:08}",
                "principalId": people[number * 50],
                "roleDefinitionId": roles[number % len(roles)],
                "directoryScopeId": "/",
            }
            for number in range(users // 50 if roles else 0)
        ],
        "role_assignment_schedule_instances": [],
        "role_eligibility_schedule_instances": [],
        "authentication_strengths": [],
    }
    return Snapshot(
        Tenant(id="00000000-0000-4000-8000-000000000001", display_name="Bench"),
        {name: Collection(name, items=items) for name, items in given.items()},
        collected_at=_MOMENT,
    )


def _named(policies: Iterable[JsonObject], *parts: str) -> set[str]:
    return {
        one
        for policy in policies
        for part in parts
        for one in ((policy["conditions"].get("users") or {}).get(part) or ())
    }


def _members(people: Sequence[str], share: float, draw: Callable[[], float]) -> list[str]:
    return [one for one in people if draw() < share]


def _user(number: int, identity: str) -> JsonObject:
    guest = number % 12 == 11
    return {
        "id": identity,
        "displayName": f"User {number}",
        "userPrincipalName": f"user{number}" + ("_partner#EXT#@bench.example" if guest else "@bench.example"),
        "userType": "Guest" if guest else "Member",
        "accountEnabled": True,
        "externalUserState": "Accepted" if guest else None,
    }

"""Conditional Access evaluated naively, one sign-in at a time: the oracle that the exact analysis is held against.

Written from the reference on Conditional Access semantics, over raw Graph JSON with dicts and loops, and sharing no
code with the product. A raw tenant is a dict:

    policies: [policy], named_locations: [location] | None, users: [user], groups: {id: [ids of direct members]},
    roles: [{principal, role, scope, kind}], security_defaults: bool

`named_locations` None: the list is not known. A group that `groups` lacks is unknown. What is unknown is given by a
`world`, a dict that says how it happens to be:

    groups: {id: user ids}, conditions: {unmodelled conditions as text: whether they match},
    filters: {rule: whether it is true of every application}, homes: {user id: tenant of the guest}

A sign-in is a dict: person, resource, client, platform, place (address, country, and `inside`: ids of the locations
without a computable extent that hold it), the three risks, flow, device (None: unregistered).
A person is a user id, or (guest type, tenant) for somebody who has no account here.
"""

import ipaddress
import json
from pathlib import Path
from typing import Any

from tests.oracle import rules
from tests.oracle.grants import can_meet, clause, listed

Raw = dict[str, Any]
MFA_TRUSTED = "00000000-0000-0000-0000-000000000000"
ALL_GUESTS = {
    "internalGuest",
    "b2bCollaborationGuest",
    "b2bCollaborationMember",
    "b2bDirectConnectUser",
    "otherExternalUser",
    "serviceProvider",
}
EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"
SHAREPOINT = "00000003-0000-0ff1-ce00-000000000000"
AZURE_PORTAL = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c"
# Which applications a suite has is public data.
_DATA = Path(__file__).parents[2] / "policies" / "data" / "application_suites.json"
SUITES = {
    suite: [*(one["id"] for one in members), suite]
    for suite, members in json.loads(_DATA.read_text(encoding="utf-8"))["suites"].items()
}
MODELLED = {"applications", "users", "clientApplications", "agents", "clientAppTypes", "platforms", "locations"}
MODELLED |= {"devices", "authenticationFlows", "signInRiskLevels", "userRiskLevels", "insiderRiskLevels"}


def flags(value: Any) -> list[str]:
    """Graph's flags enumerations: one comma-joined text."""
    joined = ",".join(value) if isinstance(value, list) else value or ""
    return [one.strip() for one in joined.split(",") if one.strip()]


def group_members(tenant: Raw, group: str, world: Raw) -> set[str]:
    """Everybody in the group, through however many groups."""
    if group not in tenant["groups"]:
        return set(world.get("groups", {}).get(group, ()))
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [group]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for member in tenant["groups"].get(current, []):
            if member in tenant["groups"]:
                waiting.append(member)
            else:
                found.add(member)
    return found


def holds_role(tenant: Raw, person: str, role: str, world: Raw) -> bool:
    """Active and for the whole tenant; eligible and scoped assignments do not match."""
    for one in tenant["roles"]:
        if one["role"] == role and one["scope"] == "/" and one["kind"] == "active":
            if one["principal"] == person:
                return True
            if one["principal"] in tenant["groups"] and person in group_members(tenant, one["principal"], world):
                return True
    return False


def guest_type(tenant: Raw, person: Any) -> str | None:
    """The type of a guest or external person; None for ordinary members."""
    if isinstance(person, tuple):
        return str(person[0])
    user = next((one for one in tenant["users"] if one["id"] == person), None)
    if user is None:
        return None
    invited = "#EXT#" in user["userPrincipalName"]
    if user["userType"] == "Guest":
        return "b2bCollaborationGuest" if invited else "internalGuest"
    return "b2bCollaborationMember" if invited else None


def named_person(users: Raw, side: str, person: Any, tenant: Raw, world: Raw) -> bool:
    """Whether one side of a policy's user part names the person."""
    names = listed(users, f"{side}Users")
    if "All" in names:
        return True
    kind = guest_type(tenant, person)
    if "GuestsOrExternalUsers" in names and kind is not None:
        return True
    typed = users.get(f"{side}GuestsOrExternalUsers") or {}
    if kind is not None and kind in flags(typed.get("guestOrExternalUserTypes")):
        tenants = typed.get("externalTenants") or {"membershipKind": "all"}
        home = person[1] if isinstance(person, tuple) else world.get("homes", {}).get(person)
        if tenants["membershipKind"] == "all" or home in tenants["members"]:
            return True
    if isinstance(person, tuple):
        return False
    return (
        person in names
        or any(person in group_members(tenant, one, world) for one in listed(users, f"{side}Groups"))
        or any(holds_role(tenant, person, one, world) for one in listed(users, f"{side}Roles"))
    )


def matches_person(policy: Raw, person: Any, tenant: Raw, world: Raw) -> bool:
    users = policy["conditions"].get("users") or {}
    clients, agents = (policy["conditions"].get(one) or {} for one in ("clientApplications", "agents"))
    if any(clients.values()) or any(agents.values()):
        return False
    return named_person(users, "include", person, tenant, world) and not named_person(
        users, "exclude", person, tenant, world
    )


def named_resource(names: list[str], resource: str) -> bool:
    return resource in names or any(resource in SUITES[one] for one in names if one in SUITES)


def matches_resource(policy: Raw, resource: str, tenant: Raw, world: Raw) -> bool:
    """User actions and authentication contexts are only met where they are named."""
    target = policy["conditions"].get("applications") or {}
    if resource.startswith("urn:user:"):
        return resource in listed(target, "includeUserActions")
    if resource in {"c1", "c2"}:
        return resource in listed(target, "includeAuthenticationContextClassReferences")
    include = listed(target, "includeApplications")
    excluded = named_resource(listed(target, "excludeApplications"), resource)
    included = "All" in include or named_resource(include, resource)
    rule = target.get("applicationFilter")
    if rule:
        taken = world["filters"][rule["rule"]]
        if rule["mode"] == "exclude":
            return included and not excluded and not taken
        if "All" in include:
            return taken and not excluded
        return (included or taken) and not excluded
    return included and not excluded


# How


def matches_list(policy: Raw, key: str, value: str) -> bool:
    wanted = flags(policy["conditions"].get(key))
    return not wanted or value in wanted


def matches_client(policy: Raw, client: str, tenant: Raw, world: Raw) -> bool:
    wanted = listed(policy["conditions"], "clientAppTypes")
    return not wanted or "all" in wanted or client in wanted


def matches_platform(policy: Raw, platform: str, tenant: Raw, world: Raw) -> bool:
    condition = policy["conditions"].get("platforms") or {}
    include, exclude = listed(condition, "includePlatforms"), listed(condition, "excludePlatforms")
    return (not include or "all" in include or platform in include) and not (platform in exclude or "all" in exclude)


def matches_flow(policy: Raw, flow: str, tenant: Raw, world: Raw) -> bool:
    condition = policy["conditions"].get("authenticationFlows") or {}
    wanted = [one for one in flags(condition.get("transferMethods")) if one != "none"]
    return not wanted or flow in wanted


def in_location(identity: str, place: Raw, tenant: Raw) -> bool:
    """Whether a sign-in from the place is in the named location."""
    known = tenant["named_locations"]
    location = next((one for one in known or [] if one["id"] == identity), None)
    if location is None:
        return identity in place["inside"]
    if "countriesAndRegions" in location:
        if location.get("countryLookupMethod") == "authenticatorAppGps":
            return identity in place["inside"]
        if place["country"] is None:
            return bool(location.get("includeUnknownCountriesAndRegions"))
        return place["country"] in location["countriesAndRegions"]
    if "ipRanges" not in location:
        return identity in place["inside"]
    address = ipaddress.ip_address(place["address"])
    for one in location["ipRanges"]:
        if "cidrAddress" in one:
            network = ipaddress.ip_network(one["cidrAddress"])
            if network.version == address.version and address in network:
                return True
        else:
            first, last = ipaddress.ip_address(one["lowerAddress"]), ipaddress.ip_address(one["upperAddress"])
            if first.version == address.version and int(first) <= int(address) <= int(last):
                return True
    return False


def trusted(location: Raw) -> bool:
    return bool(location.get("isTrusted")) or "compliantNetwork" in location.get("@odata.type", "")


def named_place(names: list[str], place: Raw, tenant: Raw) -> bool:
    for name in names:
        if name == "All":
            return True
        if name == "AllTrusted":
            if tenant["named_locations"] is None:
                if "alltrusted" in place["inside"]:
                    return True
                continue
            if MFA_TRUSTED in place["inside"]:
                return True
            if any(trusted(one) and in_location(one["id"], place, tenant) for one in tenant["named_locations"]):
                return True
        elif in_location(name, place, tenant):
            return True
    return False


def matches_place(policy: Raw, place: Raw, tenant: Raw, world: Raw) -> bool:
    condition = policy["conditions"].get("locations") or {}
    include, exclude = listed(condition, "includeLocations"), listed(condition, "excludeLocations")
    return (not include or named_place(include, place, tenant)) and not named_place(exclude, place, tenant)


def matches_device(policy: Raw, device: Raw | None, tenant: Raw, world: Raw) -> bool:
    condition = (policy["conditions"].get("devices") or {}).get("deviceFilter")
    if not condition:
        return True
    return rules.true_of(condition["rule"], device) is (condition["mode"] == "include")


# Each dimension of a sign-in and how a policy's condition is held against it, in the order of the contract.
DIMENSIONS: dict[str, Any] = {
    "resource": matches_resource,
    "client": matches_client,
    "platform": matches_platform,
    "place": matches_place,
    "sign_in_risk": lambda policy, value, tenant, world: matches_list(policy, "signInRiskLevels", value),
    "user_risk": lambda policy, value, tenant, world: matches_list(policy, "userRiskLevels", value),
    "insider_risk": lambda policy, value, tenant, world: matches_list(policy, "insiderRiskLevels", value),
    "flow": matches_flow,
    "device": matches_device,
}


def unmodelled(policy: Raw) -> str:
    """The conditions that are set and that nobody here knows: the world says whether they match."""
    found = {key: value for key, value in policy["conditions"].items() if key not in MODELLED and value}
    return json.dumps(found, sort_keys=True) if found else ""


def in_world(policy: Raw, world: Raw) -> bool:
    """Whether what is not known of the policy's conditions holds."""
    return not unmodelled(policy) or bool(world["conditions"][unmodelled(policy)])


def applies(policy: Raw, sign_in: Raw, tenant: Raw, world: Raw) -> bool:
    """Whether all assignments and conditions of the policy hold for the sign-in; its state is not looked at."""
    if not in_world(policy, world) or not matches_person(policy, sign_in["person"], tenant, world):
        return False
    return all(matches(policy, sign_in[name], tenant, world) for name, matches in DIMENSIONS.items())


# With which result


def enforced(tenant: Raw) -> list[Raw]:
    return [one for one in tenant["policies"] if one["state"] == "enabled"]


def outcome(sign_in: Raw, tenant: Raw, world: Raw) -> tuple[str, set[frozenset[str]]]:
    """What happens to one sign-in: blocked, granted, or requires with the alternatives that are left."""
    found = [clause(one) for one in enforced(tenant) if applies(one, sign_in, tenant, world)]
    requires: set[frozenset[str]] = set()
    for one in found:
        if one is None:
            continue
        operator, controls, _ = one
        left = [each for each in controls if each != "block" and can_meet(each, sign_in["client"], sign_in["flow"])]
        if "block" in controls or not left or (operator == "AND" and len(left) < len(controls)):
            return "blocked", set()
        requires |= {frozenset(left)} if operator == "OR" else {frozenset([each]) for each in left}
    return ("requires" if requires else "granted"), requires

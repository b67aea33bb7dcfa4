"""The personas that a generated file of scenarios has."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tenantlint import shipped
from tenantlint.conditional_access.naming import Naming
from tenantlint.conditional_access.people import names_of
from tenantlint.conditional_access.tenant import Tenant

MEMBERS = "members"
_MOST_GROUPS = 60
_MOST_POLICIES = 6  # that a comment lists
# Tiers of policies/data/privileged_roles.json.
_TIERS = {
    "takeover": "takeover administrators",
    "limited": "limited administrators",
    "reader": "privileged readers",
    "": "holders of other roles that policies name",
}


@dataclass(frozen=True)
class Person:
    """A persona to be written. `about`: comments. `whole`: all its sign-ins are written, not only those that come out
    otherwise than for ordinary members.
    """

    name: str
    people: Mapping[str, Any]
    about: tuple[str, ...] = ()
    whole: bool = True
    administers: bool = False


def persons(tenant: Tenant, *, emergency: bool) -> Iterator[Person]:
    """Emergency accounts where some are declared, administrators, the groups that enforced policies exclude, guests,
    the groups that they include, and all others. Each is meant without those before it, and may be empty.
    """
    if emergency:
        yield Person("emergency accounts", {"emergency_accounts": True}, ("Declared in the exception register.",))
    for name, roles, about in _roles(tenant):
        yield Person(name, {"role": roles}, about, administers=True)
    groups = _groups(tenant)
    for group, name, about, excluded in groups:
        if excluded:
            yield Person(f"group {name}", {"group": group}, about, whole=False)
    yield Person("guests", {"guest": "any"}, ("Guests and external users of every kind.",))
    for group, name, about, excluded in groups:
        if not excluded:
            yield Person(f"group {name}", {"group": group}, about, whole=False)
    yield Person(MEMBERS, {"everyone": True}, ("All others.",))


def _roles(tenant: Tenant) -> Iterator[tuple[str, list[str], tuple[str, ...]]]:
    """Names of personas, with the roles of one tier that the same policies name, and comments.

    Privileged roles, and others that policies name, as far as somebody holds them; where that is not known, those
    that policies name.
    """
    text = (shipped.policies() / "data" / "privileged_roles.json").read_text(encoding="utf-8")
    named: dict[str, list[str]] = {}
    for policy in tenant.enforced:
        for verb, part in (("Included in", policy.include), ("Excluded from", policy.exclude)):
            for name in names_of(part):
                if name[0] == "role":
                    named.setdefault(name[1], []).append(f"{verb} {policy.name}.")
    listed = [(role["template_id"], role["name"], role["tier"]) for role in json.loads(text)["roles"]]
    known = {identity for identity, _, _ in listed}
    naming = Naming(tenant)
    others = sorted((naming.short(("role", one)).casefold(), one) for one in named.keys() - known)
    listed += [(one, naming.short(("role", one)), "") for _, one in others]
    directory = tenant.directory
    roles = directory.roles(directory.snapshot.collected_at) if directory else None
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for identity, role, tier in listed:
        holders = roles.active_holders(identity) if roles else None
        if identity in named if holders is None else holders:
            found.setdefault((tier, tuple(named.get(identity, ()))), []).append(role)
    for tier, words in _TIERS.items():
        of_tier = [(about, names) for (own, about), names in found.items() if own == tier]
        for index, (about, names) in enumerate(sorted(of_tier, key=lambda one: -len(one[0])), 1):
            yield f"{words} {index}" if len(of_tier) > 1 else words, names, about[:_MOST_POLICIES]


def _groups(tenant: Tenant) -> list[tuple[str, str, tuple[str, ...], bool]]:
    """Groups that enforced policies name: as a scenario writes them (by name where only one has it, else by id), by
    name, comments, and whether a policy excludes them.
    """
    naming = Naming(tenant)
    included: dict[str, list[str]] = {}
    excluded: dict[str, list[str]] = {}
    for policy in tenant.enforced:
        for part, found in ((policy.include, included), (policy.exclude, excluded)):
            for group in part.groups:
                found.setdefault(group, []).append(policy.name)
    directory = tenant.directory
    listed = directory.snapshot.collection("groups").items if directory else ()
    names = [str(one.get("displayName") or "").casefold() for one in listed]
    shown = {group: naming.short(("group", group)) for group in {*included, *excluded}}
    order = sorted(shown, key=lambda group: (shown[group].casefold(), group))
    if directory is not None:
        order = [group for group in order if not directory.members(group).missing]
    result = []
    for group in order[:_MOST_GROUPS]:
        comments = tuple(
            _listed(verb, found[group])
            for verb, found in (("Included in", included), ("Excluded from", excluded))
            if group in found
        )
        name = shown[group]
        alone = names.count(name.casefold()) == 1
        shown_name = name if alone else f"{name} {group}"
        result.append((name if alone else group, shown_name, comments, group in excluded))
    return result


def _listed(verb: str, policies: list[str]) -> str:
    more = len(policies) - _MOST_POLICIES
    return f"{verb} {'; '.join(policies[:_MOST_POLICIES])}{f'; and {more} more' if more > 0 else ''}."

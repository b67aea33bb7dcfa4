"""The application dimension: the resources that policies tell apart, and the suites that Microsoft groups them in.

Graph has two suites, `Office365` and `MicrosoftAdminPortals`. Their members are published by name only and grow; the
known ids are data (policies/data/application_suites.json). A suite's own atom stands for its members that no policy
names. User actions and authentication contexts are resources too: policies for all resources do not concern them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from tenantlint import shipped
from tenantlint.conditional_access.policy import Policy

OTHER = "other"
USER_ACTION = "urn:user:"


@cache
def _data() -> Mapping[str, Any]:
    path = shipped.policies() / "data" / "application_suites.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@cache
def suites() -> Mapping[str, frozenset[str]]:
    """The known members of each suite: application ids in lower case."""
    return {suite: frozenset(one["id"] for one in members) for suite, members in _data()["suites"].items()}


@cache
def names() -> Mapping[str, str]:
    """The published names of suites and well-known applications, by id in lower case."""
    listed = [one for members in _data()["suites"].values() for one in members] + _data()["applications"]
    words = {
        "Office365": "Office 365",
        "MicrosoftAdminPortals": "Microsoft admin portals",
        OTHER: "any other application",
    }
    return {one["id"]: one["name"] for one in listed} | words


def application_atoms(policies: Iterable[Policy]) -> tuple[str, ...]:
    """Every application and suite that a policy names, and `other`."""
    named: set[str] = set()
    for policy in policies:
        named |= policy.applications.ids | policy.applications.exclude
    known = suites().keys()
    return (*sorted(named - known), *sorted(named & known), OTHER)


def atom_of(resource: str, atoms: Iterable[str]) -> str:
    """The atom that a resource of a sign-in belongs to: itself, its suite, or `other`."""
    present = set(atoms)
    if resource in present:
        return resource
    for suite, members in suites().items():
        if resource in members and suite in present:
            return suite
    return OTHER


def is_action(atom: str) -> bool:
    """Whether the atom is a user action (urn:user:…)."""
    return atom.startswith(USER_ACTION)


def is_context(atom: str) -> bool:
    """Whether the atom is an authentication context (c1 to c99)."""
    return len(atom) in {2, 3} and atom[0] == "c" and atom[1:].isdigit()


def targets(policy: Policy, atom: str) -> tuple[bool, bool]:
    """Whether the policy is certainly, and whether it may be, about this resource.

    They differ only for an application filter, whose attributes a snapshot does not hold: an including one adds
    resources that are not known, an excluding one takes away such.
    """
    applications = policy.applications
    if is_action(atom):
        return (atom in applications.user_actions,) * 2
    if is_context(atom):
        return (atom in applications.contexts,) * 2
    excluded = _among(atom, applications.exclude)
    included = (applications.all or _among(atom, applications.ids)) and not excluded
    if applications.filter is None:
        return included, included
    if applications.filter.mode == "include":
        return included and not applications.all, not excluded
    return False, included


def _among(atom: str, named: frozenset[str]) -> bool:
    return atom in named or any(atom in members for suite, members in suites().items() if suite in named)

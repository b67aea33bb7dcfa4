"""Whom Intune's policies are assigned to, and which policies reach everything that another one does.

A device gets every policy that is assigned to it or to its user, so that what one leaves out another may ask for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_EVERYBODY = frozenset({"alllicensedusersassignmenttarget", "alldevicesassignmenttarget"})
_GROUP = "groupassignmenttarget"
_EXCLUSION = "exclusiongroupassignmenttarget"
_WORDS = {"alllicensedusersassignmenttarget": "all users", "alldevicesassignmenttarget": "all devices"}


@dataclass(frozen=True, slots=True)
class Assignment:
    """`include`: targets as (kind, group, filter) in lower case; `exclude`: ids of groups in lower case.

    `told`: False when the snapshot has no assignments of the policy, or one that cannot be read.
    """

    include: frozenset[tuple[str, str, str]] = frozenset()
    exclude: frozenset[str] = frozenset()
    told: bool = True

    @property
    def assigned(self) -> bool | None:
        """Whether anybody can get the policy; None when that is not told."""
        return True if self.include else False if self.told else None

    def reaches_all_of(self, other: Assignment) -> bool:
        """Whether every device that gets the other policy surely gets this one."""
        if not other.include or not self.exclude <= other.exclude:
            return False
        everybody = any(kind in _EVERYBODY and not limited for kind, _, limited in self.include)
        return everybody or other.include <= self.include

    def words(self) -> list[str]:
        """The targets for people to read, sorted."""
        return sorted(_WORDS.get(kind, f"group {group}") for kind, group, _ in self.include)


def assignment_of(policy: Mapping[str, Any]) -> Assignment:
    """The assignment of a policy that was read with `$expand=assignments`."""
    listed = policy.get("assignments")
    if not isinstance(listed, list):
        return Assignment(told=False)
    include: set[tuple[str, str, str]] = set()
    exclude: set[str] = set()
    told = True
    for one in listed:
        target = one.get("target") if isinstance(one, Mapping) else None
        if not isinstance(target, Mapping):
            told = False
            continue
        kind = str(target.get("@odata.type") or "").rpartition(".")[2].lower()
        group = str(target.get("groupId") or "").lower()
        if kind == _EXCLUSION:
            exclude.add(group)
        elif kind in _EVERYBODY or (kind == _GROUP and group):
            include.add((kind, group, _filter(target)))
        else:
            told = False
    return Assignment(frozenset(include), frozenset(exclude), told)


def _filter(target: Mapping[str, Any]) -> str:
    """The assignment filter that narrows a target, "" when none does."""
    kind = str(target.get("deviceAndAppManagementAssignmentFilterType") or "none").lower()
    identity = str(target.get("deviceAndAppManagementAssignmentFilterId") or "").lower()
    return f"{kind}:{identity}" if kind != "none" and identity else ""


def beside(assignments: Sequence[Assignment]) -> list[list[int]]:
    """For each assignment the places of those, itself aside, that reach all that it reaches."""
    return [
        [place for place, other in enumerate(assignments) if place != own and other.reaches_all_of(assignments[own])]
        for own in range(len(assignments))
    ]

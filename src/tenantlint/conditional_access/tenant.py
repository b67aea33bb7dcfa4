"""One tenant as Conditional Access sees it: its policies, named locations, strengths, and directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tenantlint.conditional_access.grants import Strength, parse_strength
from tenantlint.conditional_access.locations import Locations, parse_locations
from tenantlint.conditional_access.policy import Policy, parse_policy
from tenantlint.conditional_access.security_defaults import default_policies
from tenantlint.directory import Directory
from tenantlint.errors import InputError
from tenantlint.snapshot import Snapshot

POLICIES = "conditional_access_policies"


@dataclass(frozen=True)
class Tenant:
    """The input of every analysis. `refused`: policies that could not be understood, with the reason.

    `security_defaults`: whether they are on; None when the snapshot does not tell.
    """

    policies: tuple[Policy, ...]
    locations: Locations
    directory: Directory | None
    security_defaults: bool | None = None
    refused: tuple[InputError, ...] = ()

    @property
    def enforced(self) -> tuple[Policy, ...]:
        """The policies that decide sign-ins of users: enabled ones, and security defaults where those are on."""
        own = tuple(one for one in self.policies if one.enforced and one.subject == "users")
        return (*own, *default_policies()) if self.security_defaults else own

    def with_policies(self, policies: Iterable[Policy]) -> Tenant:
        return replace(self, policies=tuple(policies))


def read_tenant(snapshot: Snapshot) -> Tenant:
    """The Conditional Access side of a snapshot. A policy that cannot be understood is refused by name and place."""
    strengths = {
        one.id: one for item in snapshot.items("authentication_strengths") if (one := parse_strength(item)) is not None
    }
    policies = []
    refused = []
    collection = snapshot.collection(POLICIES)
    for index, raw in enumerate(collection.items if collection.ok else ()):
        try:
            policies.append(_with_strength(parse_policy(raw), strengths))
        except InputError as error:
            refused.append(_placed(error, snapshot, index))
    named = snapshot.collection("named_locations")
    defaults = snapshot.singleton("security_defaults")
    enabled = defaults.get("isEnabled") if defaults else None
    return Tenant(
        policies=tuple(policies),
        locations=parse_locations(named.items if named.ok else (), known=named.ok),
        directory=Directory(snapshot),
        security_defaults=enabled if isinstance(enabled, bool) else None,
        refused=tuple(refused),
    )


def _with_strength(policy: Policy, strengths: Mapping[str, Strength]) -> Policy:
    """The policy with what the tenant's own list says of its authentication strength, where it only names it."""
    grant = policy.grant
    if grant is None or grant.strength is None:
        return policy
    listed = strengths.get(grant.strength.id)
    if listed is None or grant.strength.forces_phishing_resistance is not None:
        return policy
    return replace(policy, grant=replace(grant, strength=listed))


def _placed(error: InputError, snapshot: Snapshot, index: int) -> InputError:
    origins = snapshot.collection(POLICIES).origins
    if index >= len(origins):
        return error
    place = snapshot.place(origins[index])
    if place is None:
        return error
    return InputError(error.problem, file=place.file, line=place.line, column=place.column, mend=error.mend)

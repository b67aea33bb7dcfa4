"""What a policy demands, piece by piece, and whether another policy demands as much or more.

The requirement on a sign-in is a conjunction of positive clauses, and such a conjunction forces a clause if and only
if one of its own clauses does. So a policy adds nothing where for each of its clauses another policy that applies has
one that is as strong. A block is as strong as anything. A control that a client cannot meet is not taken for a block
here: an explicit block is worth keeping beside it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from tenantlint.conditional_access.grants import Strength
from tenantlint.conditional_access.policy import Policy

_STRENGTH = "authenticationStrength:"
# A password change and risk remediation make the user pass MFA first (documented for both controls).
_BRING_MFA = frozenset({"passwordChange", "riskRemediation"})


@dataclass(frozen=True, slots=True)
class Demand:
    """One piece of what a policy asks: `block`, a clause (alternatives), or a session control with its setting."""

    kind: str
    alternatives: tuple[str, ...]
    strength: Strength | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The demand in Graph's words; a session control by its name alone."""
        return self.alternatives if self.kind != "session" else self.alternatives[:1]


def demands(policy: Policy) -> tuple[Demand, ...]:
    """Everything that the policy demands; nothing when it has no grant and no session control."""
    found = []
    grant = policy.grant
    if grant is not None and grant.blocks:
        found.append(Demand("block", ("block",)))
    elif grant is not None:
        found += [Demand("clause", one, grant.strength) for one in grant.alternatives()]
    session = policy.raw.get("sessionControls")
    for name in policy.session_controls:
        setting = session.get(name) if isinstance(session, dict) else None
        found.append(Demand("session", (name, json.dumps(setting, sort_keys=True))))
    return tuple(found)


def as_strong(other: Policy, demand: Demand) -> bool:
    """Whether the other policy, where it applies, demands as much or more."""
    grant = other.grant
    if grant is not None and grant.blocks:
        return True
    if demand.kind == "block":
        return False
    if demand.kind == "session":
        return any(one == demand for one in demands(other))
    if grant is None:
        return False

    def brought(control: str) -> bool:
        return any(_brings(control, grant.strength, one, demand.strength) for one in demand.alternatives)

    return any(all(brought(one) for one in alternatives) for alternatives in grant.alternatives())


def _brings(control: str, strength: Strength | None, wanted: str, wanted_strength: Strength | None) -> bool:
    """Whether meeting the control is meeting the wanted one."""
    if control == wanted:
        return True
    if control.startswith(_STRENGTH) and strength is not None:
        if wanted == "mfa":
            return strength.forces_mfa is True
        if wanted.startswith(_STRENGTH) and wanted_strength is not None:
            mine, theirs = strength.combinations, wanted_strength.combinations
            return mine is not None and theirs is not None and mine <= theirs
    return wanted == "mfa" and control in _BRING_MFA

"""Which policies make the difference between two tenants at a point: what covers it on the other side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tenantlint.conditional_access.changes import Change
from tenantlint.conditional_access.compare import Comparison
from tenantlint.conditional_access.coverage import Coverage
from tenantlint.conditional_access.near_misses import MOST, NearMiss
from tenantlint.conditional_access.policy import Policy

_PARTS = {
    "include": "included users",
    "exclude": "excluded users",
    "client_app_types": "client apps",
    "sign_in_risk": "sign-in risk",
    "user_risk": "user risk",
    "insider_risk": "insider risk",
    "flows": "authentication flows",
    "device_filter": "device filter",
    "grant": "grant controls",
    "session_controls": "session controls",
    "unknowns": "conditions that are not modelled",
}


class Turning:
    """For the regions of one half of a comparison the policies that cover them in the other tenant."""

    def __init__(self, comparison: Comparison, half: Coverage) -> None:
        self._other = comparison.closed if half is comparison.opened else comparison.opened
        self._opens = half is comparison.opened
        self._changes: Mapping[str, Change] = {
            one.identity: change
            for change in comparison.changes
            for one in (change.before, change.after)
            if one is not None
        }

    def of(self, point: Sequence[int], users: int) -> list[NearMiss]:
        """As near misses: changed policies first, in the order of their names; at most MOST."""
        found: dict[str, NearMiss] = {}
        for box in self._other.boxes:
            held = box.users & users
            if held and all(mask >> at & 1 for mask, at in zip(box.masks, point, strict=True)):
                policy = box.policy
                rank = 0 if policy.identity in self._changes else 1
                miss = NearMiss(policy, self._because(policy), rank, self._other.people.counted(held))
                found.setdefault(policy.identity, miss)
        ordered = sorted(found.values(), key=lambda one: (one.rank, -one.count, one.policy.name, one.policy.identity))
        # An unchanged policy that covered the point is no cause where a changed one did.
        causes = [one for one in ordered if one.rank == 0] or ordered
        return causes[:MOST]

    def _because(self, policy: Policy) -> str:
        """What became of the policy, as a clause whose subject it is."""
        tense = "covered this before" if self._opens else "covers this now"
        change = self._changes.get(policy.identity)
        if change is None:
            return f"{tense}: the people whom it is about have changed"
        if change.kind == "changed":
            return f"{tense}: its {' and its '.join(_PARTS.get(one, one) for one in change.parts)} changed"
        if change.kind == "cosmetic":
            return f"{tense}: the people whom it is about have changed"
        return f"{tense}, and was {change.kind}"

"""What policies that apply come to together: blocked, granted, or what is required, for a client and a flow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tenantlint.conditional_access.people import bits_of
from tenantlint.conditional_access.policy import Policy
from tenantlint.conditional_access.questions import LEGACY_CLIENTS, clause
from tenantlint.conditional_access.sign_in import SignIn

Outcome = Literal["blocked", "granted", "requires"]
Requires = tuple[tuple[str, ...], ...]

# The order in which the service asks for controls (Microsoft's description of grant controls).
_ORDER = {
    word: index
    for index, word in enumerate(
        (
            "mfa",
            "authenticationStrength",
            "compliantDevice",
            "domainJoinedDevice",
            "approvedApplication",
            "compliantApplication",
            "passwordChange",
            "riskRemediation",
            "termsOfUse",
            "customAuthenticationFactor",
        )
    )
}
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """`requires`: a conjunction of alternatives in a fixed order, without what others imply."""

    outcome: Outcome
    requires: Requires


@dataclass(frozen=True, slots=True)
class Way:
    """What of a sign-in tells which controls it can meet. A client that is not given can meet all."""

    client: str
    flow: str

    @property
    def legacy(self) -> bool:
        return self.client in LEGACY_CLIENTS


_WAYS: dict[tuple[str | None, str], Way] = {}


def way_of(sign_in: SignIn) -> Way:
    """The client and flow of a sign-in as far as controls are concerned."""
    key = (sign_in.client_app_type, sign_in.flow)
    found = _WAYS.get(key)
    if found is None:
        client = sign_in.client_app_type
        found = _WAYS[key] = Way(client if client in LEGACY_CLIENTS else "browser", sign_in.flow)
    return found


class Verdicts:
    """Verdicts over bit sets of policies; what was decided once is kept."""

    def __init__(self, policies: Sequence[Policy]) -> None:
        self._policies = policies
        self._found: dict[tuple[int, Way], Verdict] = {}
        self._changing: dict[tuple[int, int, Way], int] = {}
        self._hopeless: dict[Way, int] = {}

    def of(self, applied: int, way: Way) -> Verdict:
        """The verdict when exactly these policies apply and are enforced."""
        key = (applied, way)
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _MOST:
                self._found.clear()
            found = self._found[key] = self._decide(applied, way)
        return found

    def changing(self, applied: int, doubtful: int, way: Way) -> int:
        """The doubtful policies each of which, if it applied too, would change the verdict.

        Those that do not, do not together either: a requirement that is implied stays so.
        """
        key = (applied, doubtful, way)
        found = self._changing.get(key)
        if found is None:
            if len(self._changing) >= _MOST:
                self._changing.clear()
            least = self.of(applied, way)
            found = self._changing[key] = sum(
                1 << index for index in bits_of(doubtful) if self._decide(applied | 1 << index, way) != least
            )
        return found

    def hopeless(self, way: Way) -> int:
        """Policies with controls of which such a client or flow can meet too few, so that they block."""
        found = self._hopeless.get(way)
        if found is None:
            found = self._hopeless[way] = sum(
                1 << index
                for index, one in enumerate(self._policies)
                if one.grant and not one.grant.blocks and clause(one.grant, way.client, way.flow) is None
            )
        return found

    def asked(self, index: int, way: Way) -> Requires | None:
        """What one policy asks of such a sign-in; None when it blocks."""
        grant = self._policies[index].grant
        if grant is None:
            return ()
        found = clause(grant, way.client, way.flow)
        return None if found is None else _ordered({tuple(sorted(set(one), key=_rank)) for one in found})

    def _decide(self, applied: int, way: Way) -> Verdict:
        clauses: set[tuple[str, ...]] = set()
        for index in bits_of(applied):
            asked = self.asked(index, way)
            if asked is None:
                return Verdict("blocked", ())
            clauses |= set(asked)
        sets = {one: frozenset(one) for one in clauses}
        kept = {one for one, mine in sets.items() if not any(theirs < mine for theirs in sets.values())}
        return Verdict("requires", _ordered(kept)) if kept else Verdict("granted", ())


def _rank(control: str) -> tuple[int, str]:
    return _ORDER.get(control.partition(":")[0], len(_ORDER)), control


def _ordered(clauses: set[tuple[str, ...]]) -> Requires:
    return tuple(sorted(clauses, key=lambda one: [_rank(control) for control in one]))

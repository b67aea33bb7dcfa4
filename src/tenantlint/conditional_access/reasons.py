"""The reasons of What-If in Graph's words, and the pieces of JSON that its lines are put together from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tenantlint.conditional_access.applications import is_action, is_context
from tenantlint.conditional_access.policy import Policy
from tenantlint.conditional_access.sign_in import SignIn
from tenantlint.conditional_access.verdicts import Verdict

# Graph's whatIfAnalysisReasons. A policy that applies has `notSet`.
NOT_SET = "notSet"
NOT_ENOUGH = "notEnoughInformation"
STATIC = ("policyNotEnabled", "emptyPolicy")
# The conditions in the order in which the first one that is not met is named.
CONDITIONS = (
    "users",
    "application",
    "devicePlatform",
    "devices",
    "clientApps",
    "location",
    "signInRisk",
    "userRisk",
    "insiderRisk",
    "authenticationFlow",
)
_OF_SERVICE = ("workloadIdentities", *CONDITIONS[1:])
_OF_ACTION = (CONDITIONS[0], "userActions", *CONDITIONS[2:])
_OF_CONTEXT = (CONDITIONS[0], "authenticationContext", *CONDITIONS[2:])


def condition_names(sign_in: SignIn) -> Sequence[str]:
    """The conditions under the names that Graph's reasons have for such a sign-in."""
    first = sign_in.resources[0]
    if is_action(first):
        return _OF_ACTION
    if is_context(first):
        return _OF_CONTEXT
    return CONDITIONS if sign_in.service_principal_id is None else _OF_SERVICE


class Pieces:
    """The JSON of each policy, ready for each reason."""

    def __init__(self, policies: Sequence[Policy]) -> None:
        self._policies = policies
        self._heads: dict[Verdict, str] = {}
        self._made: dict[tuple[bool, tuple[str, ...]], list[str]] = {}

    def head(self, verdict: Verdict) -> str:
        """The first members of a line."""
        found = self._heads.get(verdict)
        if found is None:
            found = f'{{"outcome":"{verdict.outcome}","requires":{compact(verdict.requires)}'
            self._heads[verdict] = found
        return found

    def of(self, reasons: tuple[str, ...], *, applies: bool) -> Sequence[str]:
        """The objects of all policies, as they are where these are the reasons."""
        key = (applies, reasons)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = [
                compact(
                    {
                        "id": one.id or None,
                        "displayName": one.name,
                        "state": one.state.value,
                        "policyApplies": applies,
                        "analysisReasons": ",".join(reasons),
                    }
                )
                for one in self._policies
            ]
        return found


def compact(value: Any) -> str:
    """JSON in ASCII, so that whatever a name holds neither acts on a terminal nor fails to be written."""
    return json.dumps(value, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Tail:
    """What a result depends on, and the last members of its JSON line."""

    depends_on: tuple[str, ...]
    text: str


def tail_of(depends_on: tuple[str, ...]) -> Tail:
    """The end of a line."""
    certainty = "depends" if depends_on else "certain"
    return Tail(depends_on, f'"certainty":"{certainty}","depends_on":{compact(depends_on)}}}')


CERTAIN = tail_of(())

"""Grant controls: what a policy asks, and what it thereby forces.

A policy's controls are one clause: all of them (AND) or one of them (OR). The whole requirement on a sign-in is
the conjunction over the policies that apply, so that it forces a property if and only if one of the clauses does
(every other clause can be met by controls without the property).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# Graph's conditionalAccessGrantControl.
BUILT_IN = (
    "block",
    "mfa",
    "compliantDevice",
    "domainJoinedDevice",
    "approvedApplication",
    "compliantApplication",
    "passwordChange",
    "riskRemediation",
)

# Built-in authentication strengths have fixed ids in every tenant.
BUILT_IN_STRENGTHS = {
    "00000000-0000-0000-0000-000000000002": "mfa",
    "00000000-0000-0000-0000-000000000003": "mfa",
    "00000000-0000-0000-0000-000000000004": "phishing_resistant",
}
_BUILT_IN_NAMES = {
    "00000000-0000-0000-0000-000000000002": "Multifactor authentication",
    "00000000-0000-0000-0000-000000000003": "Passwordless MFA",
    "00000000-0000-0000-0000-000000000004": "Phishing-resistant MFA",
}
# Single methods that are multi-factor by themselves (authenticationMethodModes); the first three resist phishing.
_PHISHING_RESISTANT = frozenset({"windowshelloforbusiness", "fido2", "x509certificatemultifactor"})
_PHISHING_RESISTANT_SETS = frozenset(frozenset({one}) for one in _PHISHING_RESISTANT)
_MULTI_FACTOR = _PHISHING_RESISTANT | {
    "devicebasedpush",
    "temporaryaccesspassonetime",
    "temporaryaccesspassmultiuse",
    "federatedmultifactor",
}


@dataclass(frozen=True, slots=True)
class Strength:
    """An authentication strength: the weakest thing that all its combinations are. None: not known.

    `combinations`: what it allows, each a set of methods in lower case; None when the snapshot does not tell.
    """

    id: str
    name: str
    forces_mfa: bool | None
    forces_phishing_resistance: bool | None
    combinations: frozenset[frozenset[str]] | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """`controls`: Graph's words, and `authenticationStrength:ID`, `termsOfUse:ID`, `customAuthenticationFactor:ID`."""

    operator: str
    controls: tuple[str, ...]
    strength: Strength | None = None
    unknown: tuple[str, ...] = ()

    @property
    def blocks(self) -> bool:
        return "block" in self.controls

    def alternatives(self) -> tuple[tuple[str, ...], ...]:
        """The clause as a conjunction of alternatives, as the contract's `requires` has it."""
        if self.operator == "OR":
            return (self.controls,)
        return tuple((one,) for one in self.controls)


def parse_grant(given: Mapping[str, Any], fail: Callable[..., Exception]) -> Grant | None:
    """The clause of a `grantControls` object; None when it asks nothing."""

    def texts(key: str) -> list[str]:
        value = given.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise fail(f"`grantControls.{key}` must be a list of texts, not {value!r:.40}")
        return [one.strip() for one in value if one.strip()]

    known = {word.casefold(): word for word in BUILT_IN}
    built_in = texts("builtInControls")
    controls = [known.get(one.casefold(), one) for one in built_in]
    unknown = tuple(f"the grant control `{one}`" for one in built_in if one.casefold() not in known)
    controls += [f"customAuthenticationFactor:{one}" for one in texts("customAuthenticationFactors")]
    controls += [f"termsOfUse:{one}" for one in texts("termsOfUse")]
    strength = parse_strength(given.get("authenticationStrength"))
    if strength is not None:
        controls.append(f"authenticationStrength:{strength.id}")
    if not controls:
        return None
    operator = str(given.get("operator") or "OR").upper()
    if operator not in {"AND", "OR"}:
        raise fail(f"`grantControls.operator` is {operator}", "write AND or OR")
    return Grant(operator, tuple(dict.fromkeys(controls)), strength, unknown)


def parse_strength(given: Any) -> Strength | None:
    """An authentication strength as a policy carries it (whole, or only its id); None when there is none."""
    if not isinstance(given, Mapping) or not (given.get("id") or given.get("allowedCombinations")):
        return None
    identity = str(given.get("id") or given.get("displayName") or "unnamed").casefold()
    name = str(given.get("displayName") or _BUILT_IN_NAMES.get(identity) or identity)
    combinations = given.get("allowedCombinations")
    if isinstance(combinations, list) and combinations:
        mfa = all(_multi_factor(str(one)) for one in combinations)
        sets = frozenset(frozenset(_methods(str(one))) for one in combinations)
        return Strength(identity, name, mfa, all(_phishing_resistant(str(one)) for one in combinations), sets)
    if identity in BUILT_IN_STRENGTHS:
        resists = BUILT_IN_STRENGTHS[identity] == "phishing_resistant"
        return Strength(identity, name, True, resists, _PHISHING_RESISTANT_SETS if resists else None)
    satisfied = str(given.get("requirementsSatisfied") or "").casefold()
    return Strength(identity, name, True if satisfied == "mfa" else None, None)


def _methods(combination: str) -> list[str]:
    return [part.strip().casefold() for part in combination.split(",") if part.strip()]


def _multi_factor(combination: str) -> bool:
    methods = _methods(combination)
    return len(methods) > 1 or (bool(methods) and methods[0] in _MULTI_FACTOR)


def _phishing_resistant(combination: str) -> bool:
    return any(method in _PHISHING_RESISTANT for method in _methods(combination))

"""A Conditional Access policy in any dialect of Graph's own object, brought to Graph's shape or refused.

Dialects: raw Graph, annotated exports, the PowerShell SDK's PascalCase. Property names and types: the
conditionalAccessPolicy of Graph v1.0 and beta. Values keep the letter case that the file has, and unknown
properties are kept: judging them is the work of the analysis.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tenantlint.model import Json
from tenantlint.sources.wording import graph_name, lookup, pointer_token, restate

_TEXT = "text"
_TEXTS = "list of texts"
_ANY = "anything"
_EXTERNAL: dict[str, Any] = {
    "guestOrExternalUserTypes": _TEXT,
    "externalTenants": {"membershipKind": _TEXT, "members": _TEXTS},
}
_FILTER: dict[str, Any] = {"mode": _TEXT, "rule": _TEXT}
_CONDITIONS: dict[str, Any] = {
    "users": {
        "includeUsers": _TEXTS,
        "excludeUsers": _TEXTS,
        "includeGroups": _TEXTS,
        "excludeGroups": _TEXTS,
        "includeRoles": _TEXTS,
        "excludeRoles": _TEXTS,
        "includeGuestsOrExternalUsers": _EXTERNAL,
        "excludeGuestsOrExternalUsers": _EXTERNAL,
    },
    "applications": {
        "includeApplications": _TEXTS,
        "excludeApplications": _TEXTS,
        "includeUserActions": _TEXTS,
        "includeAuthenticationContextClassReferences": _TEXTS,
        "applicationFilter": _FILTER,
    },
    "clientApplications": {
        "includeServicePrincipals": _TEXTS,
        "excludeServicePrincipals": _TEXTS,
        "servicePrincipalFilter": _FILTER,
        "includeAgentIdServicePrincipals": _TEXTS,
        "excludeAgentIdServicePrincipals": _TEXTS,
    },
    "platforms": {"includePlatforms": _TEXTS, "excludePlatforms": _TEXTS},
    "locations": {"includeLocations": _TEXTS, "excludeLocations": _TEXTS},
    "devices": {"deviceFilter": _FILTER},
    "authenticationFlows": {"transferMethods": _TEXT},
    "clientAppTypes": _TEXTS,
    "signInRiskLevels": _TEXTS,
    "userRiskLevels": _TEXTS,
    "servicePrincipalRiskLevels": _TEXTS,
    "insiderRiskLevels": _TEXT,
    "agentIdRiskLevels": _TEXT,
}
_SESSION = (
    "applicationEnforcedRestrictions",
    "cloudAppSecurity",
    "persistentBrowser",
    "signInFrequency",
    "secureSignInSession",
    "continuousAccessEvaluation",
)
_POLICY: dict[str, Any] = {
    "id": _TEXT,
    "displayName": _TEXT,
    "description": _TEXT,
    "templateId": _TEXT,
    "state": _TEXT,
    "createdDateTime": _TEXT,
    "modifiedDateTime": _TEXT,
    "deletedDateTime": _TEXT,
    "conditions": _CONDITIONS,
    "grantControls": {
        "operator": _TEXT,
        "builtInControls": _TEXTS,
        "customAuthenticationFactors": _TEXTS,
        "termsOfUse": _TEXTS,
        "authenticationStrength": {"id": _TEXT, "displayName": _TEXT, "allowedCombinations": _TEXTS},
    },
    "sessionControls": {**{name: {} for name in _SESSION}, "disableResilienceDefaults": _ANY},
}

# Graph names a type only where an object can be of several; annotated exports name it everywhere.
_TELLING_TYPES = (
    "conditionalaccessallexternaltenants",
    "conditionalaccessenumeratedexternaltenants",
    "combinationconfiguration",
)


class ShapeError(ValueError):
    """The object is not what it claims to be. `pointer`: the place inside it, in the file's own spelling.

    `mend`: one imperative clause.
    """

    def __init__(self, problem: str, pointer: str = "", mend: str = "correct it or export it again") -> None:
        self.problem = problem
        self.pointer = pointer
        self.mend = mend
        super().__init__(problem)


def is_policy(value: Json) -> bool:
    """Whether the object is meant to be a Conditional Access policy: it has conditions, or controls and a state."""
    if not isinstance(value, Mapping):
        return False
    if _type_of(value).endswith(".conditionalaccesspolicy"):
        return True
    keys = {key.lower() for key in value}
    if "conditions" in keys:
        return bool(keys & {"state", "grantcontrols", "sessioncontrols", "displayname"})
    return "state" in keys and bool(keys & {"grantcontrols", "sessioncontrols"})


def is_pascal(value: Mapping[str, Any]) -> bool:
    """Whether the PowerShell SDK wrote the object, with every key in PascalCase."""
    return "Conditions" in value and "conditions" not in value


def policy_of(value: Mapping[str, Any]) -> dict[str, Any]:
    """The policy under Graph's names. Raises ShapeError for a policy without conditions or state, one without
    id and name, and for a part of the wrong type.
    """
    pascal = is_pascal(value)
    found: dict[str, Any] = _formed(value, _POLICY, "", pascal)
    found = {key: child for key, child in _without_told_types(restate(found)).items() if key != "@odata.type"}
    if not isinstance(found.get("conditions"), Mapping):
        raise ShapeError("the policy has no `conditions`")
    if not found.get("state"):
        raise ShapeError("the policy has no `state`")
    if not found.get("id") and not found.get("displayName"):
        raise ShapeError("the policy has neither `id` nor `displayName`")
    return found


def _formed(value: Json, shape: Any, pointer: str, pascal: bool) -> Any:
    if value is None or shape == _ANY:
        return restate(value, graph_name) if pascal else value
    if isinstance(shape, dict):
        return _object(value, shape, pointer, pascal)
    if shape == _TEXT:
        if not isinstance(value, str):
            raise ShapeError(f"`{_last(pointer)}` is {_kind(value)}, not a text", pointer)
        return value
    if not isinstance(value, list):
        if not pascal:
            raise ShapeError(f"`{_last(pointer)}` is {_kind(value)}, not a list", pointer)
        value = [value]  # PowerShell writes a list of one as its only member
    values = [child for child in value if child is not None] if pascal else value
    for index, child in enumerate(values):
        if not isinstance(child, str):
            raise ShapeError(f"`{_last(pointer)}` holds {_kind(child)}, not a text", f"{pointer}/{index}")
    return values


def _object(value: Json, shape: Mapping[str, Any], pointer: str, pascal: bool) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        raise ShapeError(f"`{_last(pointer)}` is {_kind(value)}, not an object", pointer)
    names = {name.lower(): name for name in shape}
    found: dict[str, Any] = {}
    for key, child in value.items():
        if pascal and key == "AdditionalProperties":
            continue
        name = names.get(key.lower()) or (graph_name(key) if pascal else key)
        place = f"{pointer}/{pointer_token(key)}"
        if name in found:
            raise ShapeError(f"`{name}` stands twice, in two letter cases", place)
        found[name] = _formed(child, shape.get(name, _ANY), place, pascal)
    extra = lookup(value, "AdditionalProperties") if pascal else None
    if extra and isinstance(extra[1], Mapping):
        # What the SDK's model has no property for, under Graph's own names.
        for key, child in _object(extra[1], shape, f"{pointer}/{extra[0]}", False).items():  # type: ignore[union-attr]
            found.setdefault(key, child)
    # The SDK writes an absent object as one whose every property is null.
    if pascal and pointer and found and all(child is None for child in found.values()):
        return None
    return found


def _without_told_types(value: Json) -> Any:
    if isinstance(value, Mapping):
        return {
            key: _without_told_types(child)
            for key, child in value.items()
            if key != "@odata.type" or any(str(child).lower().endswith(one) for one in _TELLING_TYPES)
        }
    return [_without_told_types(child) for child in value] if isinstance(value, list) else value


def _type_of(value: Mapping[str, Any]) -> str:
    return str(value.get("@odata.type") or "").lower()


def _last(pointer: str) -> str:
    return pointer.rsplit("/", 1)[-1] or "policy"


def _kind(value: Json) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case str():
            return "a text"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case _:
            return "an object"

"""How a stored object looks on the wire: per version, with or without newer enum members, with OData's noise."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from tests.emulator.graph.queries import Query
from tests.emulator.graph.route import Route

UNKNOWN = "unknownFutureValue"
# Members that were added behind `unknownFutureValue` (reference 3.2), by the key that they stand under.
_NEWER = {
    "builtInControls": frozenset({"riskRemediation"}),
    "includePlatforms": frozenset({"linux"}),
    "excludePlatforms": frozenset({"linux"}),
    "allowedCombinations": frozenset({"qrCodePin"}),
    "x509CertificateRuleType": frozenset({"issuerSubjectAndPolicyOID"}),
}
EVOLVING = frozenset({"conditional_access_policies", "authentication_strengths", "authentication_methods_policy"})

# What only beta shows (reference 3.0, 3.2).
BETA_ONLY: dict[str, tuple[str, ...]] = {
    "conditional_access_policies": (
        "conditions.agents",
        "conditions.agentContext",
        "conditions.agentIdRiskLevels",
        "conditions.applications.globalSecureAccess",
        "sessionControls.continuousAccessEvaluation",
        "sessionControls.globalSecureAccessFilteringProfile",
    ),
    "authentication_methods_policy": (
        "systemCredentialPreferences",
        "reportSuspiciousActivitySettings",
        "microsoftAuthenticatorPlatformSettings",
        "authenticationMethodConfigurations.featureSettings.companionAppAllowedState",
        "authenticationMethodConfigurations.featureSettings.numberMatchingRequiredState",
    ),
    "role_definitions": ("isPrivileged",),
}
# Members that the collector puts in, and the service knows nothing of.
_OURS = {
    "role_management_policies": ("displayName",),
    "delegated_permission_classifications": ("servicePrincipalId", "appId", "displayName"),
}
# Relationships that come only with `$expand`.
_RELATED = {
    "role_management_policies": ("policy",),
    "cross_tenant_access_partners": ("identitySynchronization",),
    "device_compliance_policies": ("assignments", "scheduledActionsForRule"),
    "device_enrollment_configurations": ("assignments",),
    "device_management_configuration_policies": ("assignments", "settings"),
}
# Without `$select` the directory shows these of a user.
USER_DEFAULTS = frozenset(
    {
        "businessPhones",
        "displayName",
        "givenName",
        "id",
        "jobTitle",
        "mail",
        "mobilePhone",
        "officeLocation",
        "preferredLanguage",
        "surname",
        "userPrincipalName",
    }
)


def version_of(collection: str, item: Mapping[str, Any], version: str) -> Mapping[str, Any]:
    """The object as this version of Graph knows it, relationships included."""
    hidden = _OURS.get(collection, ())
    if version == "v1.0":
        hidden = (*hidden, *BETA_ONLY.get(collection, ()))
    if not hidden:
        return item
    shown = copy.deepcopy(dict(item))
    for path in hidden:
        _drop(shown, path.split("."))
    return shown


def older(value: Any, key: str = "") -> Any:
    """The value for a client that did not ask for unknown enum members."""
    if isinstance(value, Mapping):
        return {name: older(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [older(inner, key) for inner in value]
    if isinstance(value, str) and key in _NEWER and _NEWER[key] & set(value.split(",")):
        return UNKNOWN
    return value


def expanded(collection: str, item: Mapping[str, Any], query: Query) -> Mapping[str, Any]:
    """The object with those relationships that were asked for, and no others."""
    related = _RELATED.get(collection)
    if related is None:
        return item
    shown = {name: value for name, value in item.items() if name not in related or query.expands(name)}
    policy = query.expands("policy")
    if policy and isinstance(shown.get("policy"), Mapping) and not policy.has("rules"):
        shown["policy"] = {name: value for name, value in shown["policy"].items() if name != "rules"}
    actions = query.expands("scheduledActionsForRule")
    if actions and not actions.has("scheduledActionConfigurations"):
        shown["scheduledActionsForRule"] = [
            {name: value for name, value in one.items() if name != "scheduledActionConfigurations"}
            for one in shown.get("scheduledActionsForRule") or ()
        ]
    return shown


def selected(item: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    """Only these members; the id and the type of a derived object always come."""
    return {name: value for name, value in item.items() if name in names or name.startswith("@odata.type")}


def noisy(route: Route, item: Mapping[str, Any], root: str) -> Mapping[str, Any]:
    """OData's contexts beside complex and related members, as Conditional Access and its kin send them."""
    add = _NOISE.get(route.collection)
    return add(item, f"{root}#{route.path.strip('/')}") if add else item


def _noisy_access(item: Mapping[str, Any], context: str) -> Mapping[str, Any]:
    grant = item.get("grantControls")
    if not isinstance(grant, Mapping) or not grant.get("authenticationStrength"):
        return item
    where = f"{context}('{item.get('id')}')/grantControls/authenticationStrength/$entity"
    return {**item, "grantControls": {"authenticationStrength@odata.context": where, **grant}}


def _noisy_methods(item: Mapping[str, Any], context: str) -> Mapping[str, Any]:
    key = "authenticationMethodConfigurations"
    found = [
        {"includeTargets@odata.context": f"{context}/{key}('{one.get('id')}')/includeTargets", **one}
        for one in item.get(key) or ()
    ]
    return {**item, f"{key}@odata.context": f"{context}/{key}", key: found} if key in item else item


def _noisy_strength(item: Mapping[str, Any], context: str) -> Mapping[str, Any]:
    key = "combinationConfigurations"
    return {f"{key}@odata.context": f"{context}('{item.get('id')}')/{key}", **item} if key in item else item


def _noisy_partner(item: Mapping[str, Any], context: str) -> Mapping[str, Any]:
    key = "identitySynchronization"
    where = f"{context}('{item.get('tenantId')}')/{key}/$entity"
    return {f"{key}@odata.context": where, **item} if key in item else item


def _noisy_device(item: Mapping[str, Any], context: str) -> Mapping[str, Any]:
    key = "assignments"
    return {f"{key}@odata.context": f"{context}('{item.get('id')}')/{key}", **item} if key in item else item


_NOISE = {
    "conditional_access_policies": _noisy_access,
    "authentication_methods_policy": _noisy_methods,
    "authentication_strengths": _noisy_strength,
    "cross_tenant_access_partners": _noisy_partner,
    "device_compliance_policies": _noisy_device,
    "device_enrollment_configurations": _noisy_device,
}


def _drop(value: Any, path: list[str]) -> None:
    if isinstance(value, list):
        for one in value:
            _drop(one, path)
    elif isinstance(value, dict):
        if len(path) == 1:
            value.pop(path[0], None)
        else:
            _drop(value.get(path[0]), path[1:])


def authorization_of_beta(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The authorization policy as beta has it: consent policies stand at the top, and under another name."""
    rights = dict(item.get("defaultUserRolePermissions") or {})
    assigned = rights.pop("permissionGrantPoliciesAssigned", [])
    return {
        **item,
        "defaultUserRolePermissions": rights,
        "permissionGrantPolicyIdsAssignedToDefaultUserRole": assigned,
    }

"""One sign-in as What-If judges it, and its What-If body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tenantlint.conditional_access.applications import USER_ACTION, is_context
from tenantlint.conditional_access.device_filter import Value
from tenantlint.model import JsonObject

ACTIONS = {
    "registerSecurityInformation": f"{USER_ACTION}registersecurityinfo",
    "registerOrJoinDevices": f"{USER_ACTION}registerdevice",
}
NOBODY = "none"
UNKNOWN_COUNTRY = "unknown"
# The plain device of each state: nothing but what the state itself says.
DEVICES: Mapping[str, tuple[tuple[str, Value], ...]] = {
    "unregistered": (),
    "registered": (("isCompliant", "False"), ("trustType", "Workplace")),
    "compliant": (("isCompliant", "True"), ("trustType", "AzureAD")),
    "hybridJoined": (("isCompliant", "False"), ("trustType", "ServerAD")),
    "compliantHybridJoined": (("isCompliant", "True"), ("trustType", "ServerAD")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """One sign-in. None: not given. Ids are lower case.

    `resources`: application ids, or one user action (urn:user:…), or one authentication context (c1 to c99).
    `external_user_type`: one of GUEST_TYPES, or `none` for who is certainly no guest. `device`: attributes by their
    names in filter rules, sorted; those that are missing are null. `country`: upper case, or `unknown`.
    """

    user_id: str | None = None
    external_user_type: str | None = None
    external_tenant_id: str | None = None
    member_of: tuple[str, ...] | None = None
    roles: tuple[str, ...] | None = None
    service_principal_id: str | None = None
    resources: tuple[str, ...] = ()
    client_app_type: str | None = None
    platform: str | None = None
    device: tuple[tuple[str, Value], ...] | None = None
    ip_address: str | None = None
    country: str | None = None
    locations: tuple[str, ...] | None = None
    sign_in_risk: str = "none"
    user_risk: str = "none"
    insider_risk: str = "none"
    service_principal_risk: str = "none"
    flow: str = "none"
    applied_only: bool = False


def request_body(sign_in: SignIn) -> JsonObject:
    """The What-If body of a sign-in; `parse_request` gives the same sign-in back."""
    names = {urn: name for name, urn in ACTIONS.items()}
    resource = sign_in.resources[0]
    if resource in names:
        context: dict[str, Any] = {"userAction": names[resource]}
    elif is_context(resource):
        context = {"authenticationContextValue": resource}
    else:
        context = {"includeApplications": list(sign_in.resources)}
    body: dict[str, Any] = {
        "signInIdentity": _given(
            userId=sign_in.user_id,
            externalUserType=sign_in.external_user_type,
            externalTenantId=sign_in.external_tenant_id,
            memberOf=sign_in.member_of,
            roles=sign_in.roles,
            servicePrincipalId=sign_in.service_principal_id,
        ),
        "signInContext": context,
        "signInConditions": _given(
            clientAppType=sign_in.client_app_type,
            devicePlatform=sign_in.platform,
            deviceInfo=None if sign_in.device is None else _device_info(sign_in.device),
            ipAddress=sign_in.ip_address,
            country=sign_in.country,
            locations=sign_in.locations,
            signInRiskLevel=sign_in.sign_in_risk,
            userRiskLevel=sign_in.user_risk,
            insiderRiskLevel=sign_in.insider_risk,
            servicePrincipalRiskLevel=_unless_none(sign_in.service_principal_risk),
            authenticationFlow={"transferMethod": sign_in.flow} if sign_in.flow != "none" else None,
        ),
    }
    if sign_in.applied_only:
        body["appliedPoliciesOnly"] = True
    return body


def _device_info(device: tuple[tuple[str, Value], ...]) -> dict[str, Any]:
    found = {}
    for name, value in device:
        key = "ownership" if name == "deviceOwnership" else name
        found[key] = value == "True" if name == "isCompliant" else list(value) if isinstance(value, tuple) else value
    return found


def _unless_none(value: str) -> str | None:
    return None if value == "none" else value


def _given(**values: Any) -> dict[str, Any]:
    return {key: list(one) if isinstance(one, tuple) else one for key, one in values.items() if one is not None}

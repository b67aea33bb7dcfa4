"""Conditional Access objects in the full shape that Graph gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.tenants.draft import Draft, JsonObject

MFA_STRENGTH = "00000000-0000-0000-0000-000000000002"
PASSWORDLESS_STRENGTH = "00000000-0000-0000-0000-000000000003"
PHISHING_RESISTANT_STRENGTH = "00000000-0000-0000-0000-000000000004"
ALL_GUESTS = (
    "internalGuest,b2bCollaborationGuest,b2bCollaborationMember,b2bDirectConnectUser,otherExternalUser,serviceProvider"
)
AZURE_MANAGEMENT = "797f4846-ba00-4fd7-ba43-dac1f8f63013"
SHAREPOINT_ONLINE = "00000003-0000-0ff1-ce00-000000000000"
EXCHANGE_ONLINE = "00000002-0000-0ff1-ce00-000000000000"
TEAMS_SERVICES = "cc15fd57-2c6c-4117-a88c-83b1d56b4bbe"
INTUNE_ENROLMENT = "d4ebce55-015a-49b5-a083-c84d1797ae8c"
UNMANAGED_DEVICES = {
    "deviceFilter": {"mode": "include", "rule": 'device.trustType -ne "ServerAD" -and device.isCompliant -ne True'}
}

_PHISHING_RESISTANT = ["windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"]
_PASSWORDLESS = [*_PHISHING_RESISTANT, "deviceBasedPush"]
_ANY_MFA = [
    *_PASSWORDLESS,
    "temporaryAccessPassOneTime",
    "temporaryAccessPassMultiUse",
    "password,microsoftAuthenticatorPush",
    "password,softwareOath",
    "password,hardwareOath",
    "password,sms",
    "password,voice",
    "federatedMultiFactor",
]
_BUILT_IN = {
    MFA_STRENGTH: ("Multifactor authentication", _ANY_MFA),
    PASSWORDLESS_STRENGTH: ("Passwordless MFA", _PASSWORDLESS),
    PHISHING_RESISTANT_STRENGTH: ("Phishing-resistant MFA", _PHISHING_RESISTANT),
}


def built_in_strengths() -> list[JsonObject]:
    """The three strengths that every tenant has."""
    return [_strength(identity, name, combinations, "builtIn") for identity, (name, combinations) in _BUILT_IN.items()]


def custom_strength(identity: str, name: str, combinations: Sequence[str]) -> JsonObject:
    """A strength that the tenant made."""
    return _strength(identity, name, combinations, "custom")


def _strength(identity: str, name: str, combinations: Sequence[str], kind: str) -> JsonObject:
    return {
        "id": identity,
        "displayName": name,
        "description": f"{name}: {len(combinations)} combinations",
        "policyType": kind,
        "requirementsSatisfied": "mfa",
        "allowedCombinations": list(combinations),
        "createdDateTime": "2021-12-01T00:00:00Z",
        "modifiedDateTime": "2021-12-01T00:00:00Z",
        "combinationConfigurations": [],
    }


def guests(kinds: str = ALL_GUESTS) -> JsonObject:
    """External users of these kinds, from every other organisation."""
    return {
        "guestOrExternalUserTypes": kinds,
        "externalTenants": {
            "@odata.type": "#microsoft.graph.conditionalAccessAllExternalTenants",
            "membershipKind": "all",
        },
    }


def whom(**given: Any) -> JsonObject:
    """The users condition; what is not given is empty."""
    return {
        "includeUsers": [],
        "excludeUsers": [],
        "includeGroups": [],
        "excludeGroups": [],
        "includeRoles": [],
        "excludeRoles": [],
        "includeGuestsOrExternalUsers": None,
        "excludeGuestsOrExternalUsers": None,
        **given,
    }


def what(include: Sequence[str] = ("All",), exclude: Sequence[str] = (), **given: Any) -> JsonObject:
    """The applications condition."""
    return {
        "includeApplications": list(include),
        "excludeApplications": list(exclude),
        "includeUserActions": [],
        "includeAuthenticationContextClassReferences": [],
        "applicationFilter": None,
        **given,
    }


def grant(
    *controls: str, operator: str = "OR", strength: JsonObject | None = None, terms: Sequence[str] = ()
) -> JsonObject:
    """Grant controls; with a strength its whole object, as Graph embeds it."""
    return {
        "operator": operator,
        "builtInControls": list(controls),
        "customAuthenticationFactors": [],
        "termsOfUse": list(terms),
        "authenticationStrength": strength,
    }


def session(**given: Any) -> JsonObject:
    """Session controls; what is not given is null."""
    return {
        "applicationEnforcedRestrictions": None,
        "cloudAppSecurity": None,
        "disableResilienceDefaults": None,
        "persistentBrowser": None,
        "secureSignInSession": None,
        "signInFrequency": None,
        **given,
    }


def frequency(value: int | None, unit: str | None = "hours") -> JsonObject:
    """How often to sign in again; every time when `value` is None."""
    return {
        "isEnabled": True,
        "value": value,
        "type": unit if value is not None else None,
        "authenticationType": "primaryAndSecondaryAuthentication",
        "frequencyInterval": "timeBased" if value is not None else "everyTime",
    }


def policy(
    draft: Draft,
    name: str,
    *,
    users: JsonObject | None = None,
    applications: JsonObject | None = None,
    grant: JsonObject | None = None,
    session: JsonObject | None = None,
    state: str = "enabled",
    client_app_types: Sequence[str] = ("all",),
    created: str = "2025-02-03T10:15:00.1234567Z",
    modified: str | None = None,
    template: str | None = None,
    **conditions: Any,
) -> JsonObject:
    """A policy. `conditions`: any other member of the condition set, in Graph's name."""
    return {
        "id": draft.id("policy", name),
        "templateId": template,
        "displayName": name,
        "createdDateTime": created,
        "modifiedDateTime": modified,
        "deletedDateTime": None,
        "state": state,
        "conditions": {
            "applications": applications or what(),
            "users": users or whom(),
            "clientApplications": None,
            "clientAppTypes": list(client_app_types),
            "platforms": None,
            "locations": None,
            "devices": None,
            "authenticationFlows": None,
            "signInRiskLevels": [],
            "userRiskLevels": [],
            "servicePrincipalRiskLevels": [],
            "insiderRiskLevels": None,
            **conditions,
        },
        "grantControls": grant,
        "sessionControls": session,
    }


def where(include: Sequence[str] = ("All",), exclude: Sequence[str] = ()) -> JsonObject:
    """The locations condition."""
    return {"includeLocations": list(include), "excludeLocations": list(exclude)}


def ip_location(draft: Draft, name: str, *ranges: str, trusted: bool = True) -> JsonObject:
    """A named location by IP ranges."""
    return {
        "@odata.type": "#microsoft.graph.ipNamedLocation",
        "id": draft.id("location", name),
        "displayName": name,
        "createdDateTime": "2023-01-16T09:00:00Z",
        "modifiedDateTime": "2025-06-02T11:20:00Z",
        "isTrusted": trusted,
        "ipRanges": [
            {
                "@odata.type": f"#microsoft.graph.iPv{6 if ':' in one else 4}CidrRange",
                "cidrAddress": one,
            }
            for one in ranges
        ],
    }


def country_location(draft: Draft, name: str, *countries: str, unknown: bool = False) -> JsonObject:
    """A named location by countries."""
    return {
        "@odata.type": "#microsoft.graph.countryNamedLocation",
        "id": draft.id("location", name),
        "displayName": name,
        "createdDateTime": "2023-01-16T09:00:00Z",
        "modifiedDateTime": "2025-06-02T11:20:00Z",
        "countriesAndRegions": list(countries),
        "countryLookupMethod": "clientIpAddress",
        "includeUnknownCountriesAndRegions": unknown,
    }


def private_access_app(draft: Draft, name: str, tag: str) -> JsonObject:
    """The service principal of an application that Private Access publishes; `tag` says of which kind."""
    return {
        "id": draft.id("service principal", name),
        "appId": draft.id("app", name),
        "displayName": name,
        "accountEnabled": True,
        "appOwnerOrganizationId": draft.tenant_id,
        "servicePrincipalType": "Application",
        "signInAudience": "AzureADMyOrg",
        "tags": ["HideApp", tag],
        "keyCredentials": [],
        "passwordCredentials": [],
        "verifiedPublisher": None,
    }

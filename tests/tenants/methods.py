"""The authentication methods policy, strict unless the caller says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.tenants.draft import JsonObject

_ALL_USERS = {"targetType": "group", "id": "all_users", "isRegistrationRequired": False}
_NOBODY = {"targetType": "group", "id": "00000000-0000-0000-0000-000000000000"}
# Models that Microsoft lists as attested: Authenticator on Android and iOS, two of Yubico.
_MODELS = (
    "de1e552d-db1d-4423-a619-566b625cdc84",
    "90a3ccdf-635c-4729-a248-9b709135078f",
    "cb69481e-8ff7-4039-93ec-0a2729a154a8",
    "ee882879-721c-4913-9775-3dfcce97072a",
)


def authentication_methods(
    *,
    weak: Mapping[str, Sequence[str]] | None = None,
    gone: str | None = None,
    migration: str = "migrationComplete",
    passkeys: str = "all_users",
    place: str = "enabled",
    reusable_pass: bool = False,
    reporting: str = "enabled",
) -> JsonObject:
    """`weak`: of Sms, Voice and Email those that are on, each with the groups that it is on for.

    `gone`: a group that no longer exists, left out of codes in mail. `passkeys`: the group that may have them.
    `place`: the state of the feature that shows the place of a sign-in.
    """
    on = weak or {}
    return {
        "id": "authenticationMethodsPolicy",
        "displayName": "Authentication Methods Policy",
        "description": "Which methods users may register and use.",
        "policyVersion": "1.5",
        "policyMigrationState": migration,
        "reconfirmationInDays": None,
        "lastModifiedDateTime": "2026-04-07T12:00:00Z",
        "registrationEnforcement": {
            "authenticationMethodsRegistrationCampaign": {
                "state": "enabled",
                "snoozeDurationInDays": 1,
                "includeTargets": [
                    {"id": "all_users", "targetType": "group", "targetedAuthenticationMethod": "microsoftAuthenticator"}
                ],
                "excludeTargets": [],
            }
        },
        "reportSuspiciousActivitySettings": {
            "state": reporting,
            "voiceReportingCode": 0,
            "includeTarget": {"targetType": "group", "id": "all_users"},
        },
        "systemCredentialPreferences": {
            "state": "default",
            "includeTargets": [{"targetType": "group", "id": "all_users"}],
            "excludeTargets": [],
        },
        "authenticationMethodConfigurations": [
            _passkeys(passkeys),
            _authenticator(place),
            _method(
                "TemporaryAccessPass",
                "temporaryAccessPass",
                on=True,
                isUsableOnce=not reusable_pass,
                defaultLifetimeInMinutes=60,
                defaultLength=8,
                minimumLifetimeInMinutes=60,
                maximumLifetimeInMinutes=480,
            ),
            _method("X509Certificate", "x509Certificate", on=False),
            _method("SoftwareOath", "softwareOath", on=False),
            _method("HardwareOath", "hardwareOath", on=False),
            _method("Sms", "sms", on="Sms" in on, groups=on.get("Sms"), target={"isUsableForSignIn": False}),
            _method("Voice", "voice", on="Voice" in on, groups=on.get("Voice"), isOfficePhoneAllowed=False),
            _method(
                "Email",
                "email",
                on="Email" in on,
                groups=on.get("Email"),
                allowExternalIdToUseEmailOtp="default",
                excludeTargets=[{"targetType": "group", "id": gone}] if gone else [],
            ),
        ],
    }


def _method(
    name: str,
    kind: str,
    *,
    on: bool,
    groups: Sequence[str] | None = None,
    target: Mapping[str, Any] | None = None,
    **more: Any,
) -> JsonObject:
    targets = [{**_ALL_USERS, "id": group, **(target or {})} for group in groups or ["all_users"]]
    return {
        "@odata.type": f"#microsoft.graph.{kind}AuthenticationMethodConfiguration",
        "id": name,
        "state": "enabled" if on else "disabled",
        "includeTargets": targets,
        "excludeTargets": [],
        **more,
    }


def _passkeys(group: str) -> JsonObject:
    return _method(
        "Fido2",
        "fido2",
        on=True,
        groups=[group],
        isAttestationEnforced=True,
        isSelfServiceRegistrationAllowed=True,
        keyRestrictions={"isEnforced": True, "enforcementType": "allow", "aaGuids": list(_MODELS)},
        defaultPasskeyProfile=None,
        passkeyProfiles=[],
    )


def _authenticator(place: str) -> JsonObject:
    def feature(state: str) -> JsonObject:
        return {"state": state, "includeTarget": {**_NOBODY, "id": "all_users"}, "excludeTarget": _NOBODY}

    return _method(
        "MicrosoftAuthenticator",
        "microsoftAuthenticator",
        on=True,
        target={"authenticationMode": "any"},
        isSoftwareOathEnabled=False,
        featureSettings={
            "companionAppAllowedState": feature("default"),
            "numberMatchingRequiredState": feature("default"),
            "displayAppInformationRequiredState": feature("enabled"),
            "displayLocationInformationRequiredState": feature(place),
        },
    )

"""What people did: registered methods, last sign-ins, and sign-ins counted by client."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from tests.tenants.draft import Draft, JsonObject

from tenantlint.collect.sign_ins import row_id


def add_activity(
    draft: Draft,
    people: Iterable[JsonObject],
    *,
    admins: Collection[str],
    unregistered: Collection[str] = (),
    legacy: Collection[str] = (),
) -> None:
    """Registration, sign-in activity and sign-ins.

    `admins`: ids that hold a role; `unregistered`: ids without any method; `legacy`: ids that still use old clients.
    """
    for index, one in enumerate(people):
        registered = one["id"] not in unregistered
        strong = registered and (one["id"] in admins or index % 4 == 0)
        methods = ["microsoftAuthenticatorPush", "mobilePhone"] if registered else []
        if strong:
            methods = ["fido2SecurityKey", *methods]
        draft.add(
            "user_registration_details",
            {
                "id": one["id"],
                "userPrincipalName": one["userPrincipalName"],
                "userDisplayName": one["displayName"],
                "userType": one["userType"].lower(),
                "isAdmin": one["id"] in admins,
                "isMfaCapable": registered,
                "isMfaRegistered": registered,
                "isPasswordlessCapable": strong,
                "isSsprCapable": registered,
                "isSsprEnabled": True,
                "isSsprRegistered": registered,
                "methodsRegistered": methods,
                "userPreferredMethodForSecondaryAuthentication": "push" if registered else "none",
                "lastUpdatedDateTime": "2026-11-15T22:10:00Z",
            },
        )
        idle = index % 11 if one["accountEnabled"] else 200 + index % 90
        last = (draft.collected_at - timedelta(days=idle, hours=index % 13)).strftime("%Y-%m-%dT%H:%M:%SZ")
        draft.add(
            "user_sign_in_activity",
            {
                "id": one["id"],
                "userPrincipalName": one["userPrincipalName"],
                "signInActivity": {
                    "lastSignInDateTime": last,
                    "lastNonInteractiveSignInDateTime": last,
                    "lastSuccessfulSignInDateTime": last,
                },
            },
        )
        if one["accountEnabled"]:
            draft.add("sign_ins", _sign_ins(one, old_client=one["id"] in legacy, count=3 + index % 40, last=last))


def _sign_ins(one: JsonObject, *, old_client: bool, count: int, last: str) -> JsonObject:
    """Sign-ins of one person to mail, under the same circumstances each time."""
    circumstances = {
        "userId": one["id"],
        "userPrincipalName": one["userPrincipalName"],
        "appId": "00000002-0000-0ff1-ce00-000000000000",
        "appDisplayName": "Office 365 Exchange Online",
        "resourceId": "00000002-0000-0ff1-ce00-000000000000",
        "resourceDisplayName": "Office 365 Exchange Online",
        "clientAppUsed": "IMAP4" if old_client else "Browser",
        "operatingSystem": "" if old_client else "Windows10",
        "isCompliant": False,
        "isManaged": False,
        "trustType": "",
        "countryOrRegion": "DE",
        "namedLocations": [],
        "isTrustedLocation": False,
        "riskLevelDuringSignIn": "none",
        "riskLevelAggregated": "none",
        "authenticationProtocol": "ropc" if old_client else "none",
        "originalTransferMethod": "none",
        "errorCode": 0,
        "conditionalAccessStatus": "notApplied" if old_client else "success",
    }
    return {
        **circumstances,
        "id": row_id(circumstances),
        "count": count,
        "firstSeenDateTime": "2026-10-17T06:00:00Z",
        "lastSeenDateTime": last,
    }

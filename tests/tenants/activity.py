"""What people did: registered methods, last sign-ins, and sign-ins counted by client."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from tests.tenants.draft import Draft, JsonObject


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
            client = "IMAP4" if one["id"] in legacy else "Browser"
            draft.add(
                "sign_ins",
                {
                    "id": draft.id("sign-ins", one["id"], client),
                    "userId": one["id"],
                    "userPrincipalName": one["userPrincipalName"],
                    "appId": "00000002-0000-0ff1-ce00-000000000000",
                    "appDisplayName": "Office 365 Exchange Online",
                    "clientAppUsed": client,
                    "count": 3 + index % 40,
                    "firstSeenDateTime": "2026-10-17T06:00:00Z",
                    "lastSeenDateTime": last,
                },
            )

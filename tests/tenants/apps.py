"""Applications: registrations, service principals and what they were granted."""

from __future__ import annotations

from collections.abc import Sequence

from tests.tenants.draft import Draft, JsonObject

MICROSOFT_TENANT = "f8cdef31-a31e-4b4a-93e4-5f571e91255a"
GRAPH_APP = "00000003-0000-0000-c000-000000000000"
EXCHANGE_APP = "00000002-0000-0ff1-ce00-000000000000"
_GRAPH_ROLES = {
    "Application.ReadWrite.All": "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
    "Directory.Read.All": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
    "Mail.Read": "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
    "Mail.Send": "b633e1c5-b582-4048-a93e-9f11b44c7e96",
    "RoleManagement.ReadWrite.Directory": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
    "Sites.Read.All": "332a536c-c7ef-4017-ab91-336970924f0d",
    "User.Read.All": "df021288-bdef-4463-88db-98f22de89214",
}


def _credential(draft: Draft, app: str, number: int, end: str) -> JsonObject:
    return {
        "keyId": draft.id("credential", app, number),
        "displayName": f"{app} {number}",
        "startDateTime": "2024-12-01T00:00:00Z",
        "endDateTime": end,
    }


def microsoft_apps(draft: Draft) -> None:
    """The service principals of Microsoft's own services."""
    for name, app in (
        ("Microsoft Graph", GRAPH_APP),
        ("Office 365 Exchange Online", EXCHANGE_APP),
        ("Office 365 SharePoint Online", "00000003-0000-0ff1-ce00-000000000000"),
        ("Windows Azure Service Management API", "797f4846-ba00-4fd7-ba43-dac1f8f63013"),
    ):
        draft.add("service_principals", _service_principal(draft, name, app, MICROSOFT_TENANT, ()))


def mailbox_policy(draft: Draft, name: str, group: str, right: str) -> None:
    """A policy of Exchange for the own application of that name and a group (by name): RestrictAccess or DenyAccess."""
    app, sid = draft.id("app", name), f"S-1-5-21-1163512345-1234567890-987654321-{len(name)}{len(group)}"
    draft.add(
        "application_access_policies",
        {
            "Identity": f"{draft.tenant_id}\\{app}:{sid};{draft.id('access policy', name)}",
            "AppId": app,
            "AccessRight": right,
            "ScopeName": group,
            "ScopeIdentity": group,
            "ScopeIdentityRaw": sid,
            "Description": None,
            "ShardType": "All",
            "IsValid": True,
        },
    )


def third_party_storage(draft: Draft, *, enabled: bool) -> None:
    """The principal by which Microsoft 365 on the web opens storage of others."""
    principal = _service_principal(
        draft, "Microsoft 365 on the web", "c1f33bc0-bdb4-4248-ba9b-096807ddb43e", MICROSOFT_TENANT, ()
    )
    draft.add("service_principals", {**principal, "accountEnabled": enabled})


def admin_tools(draft: Draft) -> None:
    """Microsoft's own tools for administrators, open to assigned people only."""
    for name, app in (
        ("Microsoft Graph Command Line Tools", "14d82eec-204b-4c2f-b7e8-296a70dab67e"),
        ("Graph Explorer", "de8bc8b5-d9f9-48b1-a8ad-b748da725064"),
        ("Azure Active Directory PowerShell", "1b730954-1685-4b74-9bfd-dac224a7b894"),
    ):
        principal = _service_principal(draft, name, app, MICROSOFT_TENANT, ())
        draft.add("service_principals", {**principal, "appRoleAssignmentRequired": True})


def own_app(
    draft: Draft,
    name: str,
    *,
    roles: Sequence[str] = (),
    scopes: Sequence[str] = (),
    secrets: Sequence[str] = (),
    certificates: Sequence[str] = (),
    owner: str | None = None,
    owners: Sequence[str] = (),
    assigned: bool = False,
) -> str:
    """An application and its service principal; gives the principal's id.

    `roles`: application permissions of Graph; `scopes`: delegated ones, consented for everybody; `secrets` and
    `certificates`: when each ends; `owner`: id of the tenant that publishes it, where that is another one; `owners`:
    ids of who owns the registration, or the principal where the registration is another tenant's; `assigned`: whether
    only people who were assigned may use it.
    """
    app = draft.id("app", name)
    principal = _service_principal(draft, name, app, owner or draft.tenant_id, certificates)
    principal["appRoleAssignmentRequired"] = assigned
    draft.add("service_principals", principal)
    graph = draft.id("service principal", "Microsoft Graph")
    if owners:
        owned = ("service_principal_owners", principal["id"])
        if owner is None:
            owned = ("application_owners", draft.id("application", name))
        draft.add(owned[0], {"id": owned[1], "owners": sorted(owners)})
    if owner is None:
        draft.add(
            "applications",
            {
                "id": draft.id("application", name),
                "appId": app,
                "displayName": name,
                "signInAudience": "AzureADMyOrg",
                "createdDateTime": "2023-04-03T08:00:00Z",
                "passwordCredentials": [_credential(draft, name, at, end) for at, end in enumerate(secrets)],
                "keyCredentials": [_credential(draft, name, at, end) for at, end in enumerate(certificates, 100)],
                "requiredResourceAccess": [
                    {
                        "resourceAppId": GRAPH_APP,
                        "resourceAccess": [{"id": _GRAPH_ROLES[role], "type": "Role"} for role in roles],
                    }
                ],
            },
        )
    draft.add(
        "app_role_assignments",
        *(
            {
                "id": draft.id("grant", name, role),
                "appRoleId": _GRAPH_ROLES[role],
                "principalId": principal["id"],
                "principalType": "ServicePrincipal",
                "principalDisplayName": name,
                "resourceId": graph,
                "resourceDisplayName": "Microsoft Graph",
                "createdDateTime": "2023-04-03T08:05:00Z",
            }
            for role in roles
        ),
    )
    if scopes:
        draft.add(
            "oauth2_permission_grants",
            {
                "id": draft.id("consent", name),
                "clientId": principal["id"],
                "consentType": "AllPrincipals",
                "principalId": None,
                "resourceId": graph,
                "scope": " ".join(scopes),
            },
        )
    return str(principal["id"])


def user_consent(draft: Draft, client: str, user: str, *scopes: str) -> None:
    """A consent that one user gave for herself."""
    draft.add(
        "oauth2_permission_grants",
        {
            "id": draft.id("consent", client, user),
            "clientId": client,
            "consentType": "Principal",
            "principalId": user,
            "resourceId": draft.id("service principal", "Microsoft Graph"),
            "scope": " ".join(scopes),
        },
    )


def _service_principal(draft: Draft, name: str, app: str, owner: str, certificates: Sequence[str]) -> JsonObject:
    return {
        "id": draft.id("service principal", name),
        "appId": app,
        "displayName": name,
        "servicePrincipalType": "Application",
        "accountEnabled": True,
        "appOwnerOrganizationId": owner,
        "appRoleAssignmentRequired": False,
        "signInAudience": "AzureADMyOrg" if owner == draft.tenant_id else "AzureADMultipleOrgs",
        "tags": ["WindowsAzureActiveDirectoryIntegratedApp"],
        "verifiedPublisher": {"displayName": None, "verifiedPublisherId": None, "addedDateTime": None},
        "passwordCredentials": [],
        "keyCredentials": [_credential(draft, name, at, end) for at, end in enumerate(certificates)],
    }

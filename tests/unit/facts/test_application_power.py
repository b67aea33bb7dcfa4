"""What applications can do, what they sign in with, and what they were granted for everybody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tenantlint.facts import FactContext, compute
from tenantlint.facts.application_permissions import permissions_data
from tenantlint.model import CollectionStatus, Tenant
from tenantlint.snapshot import Collection, Snapshot

GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
ROLE_MANAGEMENT = "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8"
MAIL_READ = "810c84a8-4a9e-49e6-bf7d-12d183f40d01"
TENANT = "11111111-1111-1111-1111-111111111111"
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def fact(name, **collections):
    snapshot = Snapshot(
        tenant=Tenant(id=TENANT),
        collected_at=NOW,
        collections={
            collection: Collection(collection, CollectionStatus.OK, items=items)
            for collection, items in collections.items()
        },
    )
    return compute([name], FactContext(snapshot=snapshot, now=NOW)).tree[name]


def principal(identity="sp", **changes):
    return {
        "id": identity,
        "appId": f"app-{identity}",
        "displayName": identity.upper(),
        "accountEnabled": True,
        "appOwnerOrganizationId": TENANT,
        "passwordCredentials": [],
        "keyCredentials": [],
    } | changes


def grant(role, to="sp"):
    return {"id": f"{to}-{role}", "appRoleId": role, "principalId": to}


def secret(start="2026-01-01T00:00:00Z", end="2027-01-01T00:00:00Z", **changes):
    return {"keyId": "k", "displayName": "s", "startDateTime": start, "endDateTime": end} | changes


def test_only_applications_with_power_are_listed_and_each_permission_once():
    told = fact(
        "application_power",
        service_principals=[principal("sp"), principal("weak")],
        app_role_assignments=[
            grant(ROLE_MANAGEMENT.upper(), "SP"),
            grant(ROLE_MANAGEMENT),
            grant(MAIL_READ),
            grant("other", "weak"),
            {"id": "broken"},
        ],
    )
    (row,) = told["applications"]
    assert row["id"] == "sp"
    assert [(one["name"], one["path"]) for one in row["permissions"]] == [
        ("Mail.Read", "mailbox"),
        ("RoleManagement.ReadWrite.Directory", "direct"),
    ]
    assert told["roles_known"] is False


def test_roles_are_found_through_groups_too_and_only_for_the_whole_tenant():
    told = fact(
        "application_power",
        service_principals=[principal("a"), principal("b"), principal("c")],
        groups=[{"id": "g", "displayName": "Tools", "isAssignableToRole": True}],
        group_members=[{"group_id": "g", "members": ["b"], "nested_groups": [], "status": "ok"}],
        role_definitions=[{"id": GLOBAL_ADMINISTRATOR, "templateId": GLOBAL_ADMINISTRATOR, "displayName": "GA"}],
        role_assignments=[
            {"id": "1", "principalId": "a", "roleDefinitionId": GLOBAL_ADMINISTRATOR, "directoryScopeId": "/"},
            {"id": "2", "principalId": "g", "roleDefinitionId": GLOBAL_ADMINISTRATOR, "directoryScopeId": "/"},
            {
                "id": "3",
                "principalId": "c",
                "roleDefinitionId": GLOBAL_ADMINISTRATOR,
                "directoryScopeId": "/administrativeUnits/x",
            },
        ],
    )
    assert [(row["id"], row["roles"][0]["tier"], len(row["roles"][0]["via"])) for row in told["applications"]] == [
        ("a", "takeover", 0),
        ("b", "takeover", 1),
    ]
    assert told["roles_known"] is True


def test_credentials_are_those_of_the_principal_and_of_its_registration():
    told = fact(
        "application_power",
        service_principals=[principal("sp", passwordCredentials=[secret()])],
        applications=[
            {
                "id": "app",
                "appId": "APP-SP",
                "passwordCredentials": [secret(end="2026-10-31T00:00:00Z"), None],
                "keyCredentials": [secret()],
            }
        ],
        app_role_assignments=[grant(MAIL_READ)],
    )
    (row,) = told["applications"]
    assert [(one["holder"], one["expired"], one["days"]) for one in row["passwords"]] == [
        ("servicePrincipal", False, 365),
        ("application", True, 303),
    ]
    assert [one["holder"] for one in row["certificates"]] == ["application"]
    assert row["credentials_known"] is True


@pytest.mark.parametrize(
    ("changes", "collections", "known"),
    [
        ({}, {}, False),
        ({}, {"applications": []}, True),
        ({"appOwnerOrganizationId": "another"}, {}, True),
        ({"passwordCredentials": None}, {"applications": []}, False),
    ],
)
def test_whether_the_credentials_are_known(changes, collections, known):
    told = fact(
        "application_power",
        service_principals=[principal("sp", **changes)],
        app_role_assignments=[grant(MAIL_READ)],
        **collections,
    )
    assert told["applications"][0]["credentials_known"] is known


@pytest.mark.parametrize(
    ("changes", "origin"),
    [
        ({}, "own"),
        ({"appOwnerOrganizationId": "another"}, "foreign"),
        ({"appOwnerOrganizationId": "F8CDEF31-a31e-4b4a-93e4-5f571e91255a"}, "microsoft"),
        ({"appOwnerOrganizationId": None}, "unknown"),
        ({"appOwnerOrganizationId": None, "servicePrincipalType": "ManagedIdentity"}, "own"),
    ],
)
def test_where_an_application_comes_from(changes, origin):
    told = fact(
        "application_power", service_principals=[principal("sp", **changes)], app_role_assignments=[grant(MAIL_READ)]
    )
    assert told["applications"][0]["origin"] == origin


def test_holders_of_passwords_and_those_of_which_it_is_not_told():
    signing = {"keyCredentials": [secret(usage="Sign")], "passwordCredentials": [secret()]}
    told = fact(
        "application_credentials",
        applications=[
            {"id": "a", "displayName": "A", "passwordCredentials": [secret(start=None)]},
            {"id": "b", "displayName": "B", "passwordCredentials": []},
            {"id": "c", "displayName": "C"},
        ],
        service_principals=[
            principal("saml", **signing),
            principal("sp", passwordCredentials=[secret()], accountEnabled=False),
        ],
    )
    assert [(one["kind"], one["id"], len(one["passwords"]), one["untold"]) for one in told["holders"]] == [
        ("application", "a", 1, []),
        ("application", "c", 0, ["passwordCredentials"]),
        ("servicePrincipal", "sp", 1, []),
    ]
    assert told["holders"][0]["passwords"][0]["days"] is None
    assert told["holders"][2]["enabled"] is False


def test_grants_for_everybody_with_a_strong_scope():
    told = fact(
        "delegated_grants",
        service_principals=[principal("sp", appOwnerOrganizationId="another"), principal("own")],
        oauth2_permission_grants=[
            {"id": "1", "clientId": "sp", "consentType": "AllPrincipals", "scope": " mail.read  openid "},
            {"id": "2", "clientId": "sp", "consentType": "AllPrincipals", "scope": "Directory.ReadWrite.All"},
            {"id": "3", "clientId": "own", "consentType": "AllPrincipals", "scope": "User.Read"},
            {"id": "4", "clientId": "own", "consentType": "Principal", "scope": "Mail.Read"},
            {"id": "5", "clientId": "gone", "consentType": "AllPrincipals", "scope": "Mail.Send"},
            {"id": "6", "clientId": "own", "consentType": "AllPrincipals", "scope": None},
        ],
    )
    assert told == {
        "applications": [
            {
                "id": "gone",
                "name": "",
                "enabled": None,
                "origin": "unknown",
                "grants": ["5"],
                "takeover": [],
                "data": ["Mail.Send"],
            },
            {
                "id": "sp",
                "name": "SP",
                "enabled": True,
                "origin": "foreign",
                "grants": ["1", "2"],
                "takeover": ["Directory.ReadWrite.All"],
                "data": ["mail.read"],
            },
        ]
    }


def test_the_shipped_permissions_have_ids_of_their_own():
    rows = permissions_data()["permissions"]
    assert len({(one["resource"], one["id"]) for one in rows}) == len(rows)
    assert {one["path"] for one in rows} == {"direct", "indirect", "data", "mailbox"}
    assert all(one["id"] == one["id"].lower() and one["because"] for one in rows)


def test_storage_of_others_in_microsoft_365_on_the_web():
    app = "C1F33BC0-bdb4-4248-ba9b-096807ddb43e"
    told = fact("third_party_storage", service_principals=[principal("x"), principal("s", appId=app)])
    assert told == {"id": "s", "name": "S", "enabled": True}
    assert fact("third_party_storage", service_principals=[])["id"] is None


def test_who_may_sign_in_to_applications_of_others():
    told = fact(
        "application_assignment",
        service_principals=[
            principal("own"),
            principal("other", appOwnerOrganizationId="another", appRoleAssignmentRequired=True),
            principal("tool", appOwnerOrganizationId="f8cdef31-a31e-4b4a-93e4-5f571e91255a"),
        ],
    )
    assert [(one["id"], one["required"]) for one in told["foreign"]] == [("other", True)]
    assert told["microsoft"] == {"app-tool": {"id": "tool", "name": "TOOL", "enabled": True, "required": None}}

"""Fixtures follow the documented layout of EntraExporter (Get-EEDefaultSchema, Export-Entra)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenantlint.model import CollectionStatus, Tenant
from tenantlint.sources import open_target

Write = Callable[[str, Any], Path]


@pytest.fixture
def put(write: Write) -> Callable[..., None]:
    """Write one object as EntraExporter does: `<Path>/<id>/<id>.json`."""

    def putting(path: str, value: dict[str, Any], identity: str = "") -> None:
        name = identity or value["id"]
        write(f"{path}/{name}/{name}.json", value)

    return putting


def test_folders_become_collections_with_origins(
    tmp_path: Path, write: Write, put: Any, policy: dict[str, Any]
) -> None:
    put("Identity/Conditional/AccessPolicies", policy)
    put("Identity/Conditional/NamedLocations", {"id": "l1", "displayName": "HQ", "isTrusted": True})
    put(
        "Policies/AuthorizationPolicy",
        {"id": "authorizationPolicy", "allowInvitesFrom": "everyone", "@odata.context": "x"},
    )
    put("Policies/CrossTenantAccessPolicy/Partners", {"tenantId": "t2"}, "Partners")
    write("Admin/Sharepoint/settings.json", {"sharingCapability": "disabled"})
    reading = open_target(tmp_path)
    snapshot = reading.snapshot
    assert snapshot.format == "entra_exporter"
    assert reading.problems == ()
    assert snapshot.items("conditional_access_policies") == (policy,)
    assert snapshot.collection("conditional_access_policies").api_version == "beta"
    assert snapshot.singleton("authorization_policy") == {"id": "authorizationPolicy", "allowInvitesFrom": "everyone"}
    assert snapshot.singleton("sharepoint_settings") == {"sharingCapability": "disabled"}
    assert snapshot.items("cross_tenant_access_partners") == ({"tenantId": "t2"},)
    assert snapshot.status("authentication_strengths") is CollectionStatus.NOT_COLLECTED
    position = snapshot.locate("conditional_access_policies", policy["id"], "/state")
    assert position is not None
    assert position.file.endswith(f"AccessPolicies/{policy['id']}/{policy['id']}.json")
    assert position.line == 4


def test_organisation_and_licences(tmp_path: Path, write: Write, put: Any) -> None:
    domains = [{"name": "contoso.example"}, {"name": "contoso.onmicrosoft.com", "isInitial": True}]
    write("Organization/Organization.json", {"id": "t1", "displayName": "Contoso", "verifiedDomains": domains})
    write("Organization/Branding/Localizations.json", {"id": "0"})
    plans = [
        {"servicePlanName": "AAD_PREMIUM", "provisioningStatus": "Success"},
        {"servicePlanName": "TEAMS1", "provisioningStatus": "Disabled"},
    ]
    put("SubscribedSkus", {"id": "s1", "skuPartNumber": "SPE_E3", "servicePlans": plans})
    old = [{"servicePlanName": "INTUNE_A", "provisioningStatus": "Success"}]
    put("SubscribedSkus", {"id": "s2", "capabilityStatus": "Suspended", "servicePlans": old})
    snapshot = open_target(tmp_path).snapshot
    assert snapshot.tenant == Tenant(id="t1", display_name="Contoso", initial_domain="contoso.onmicrosoft.com")
    assert snapshot.licences == {"entra_p1"}
    assert snapshot.singleton("organization")["id"] == "t1"  # type: ignore[index]


def test_members_of_directory_roles_are_assignments(tmp_path: Path, put: Any) -> None:
    put("DirectoryRoles", {"id": "r1", "roleTemplateId": "62e9", "displayName": "Global Administrator"})
    put("DirectoryRoles/r1/Members", {"id": "u1", "@odata.type": "#microsoft.graph.user", "displayName": "A"})
    scoped = {"id": "m1", "administrativeUnitId": "au1", "roleMemberInfo": {"id": "u2", "displayName": "B"}}
    put("DirectoryRoles/r1/ScopedMembers", scoped)
    snapshot = open_target(tmp_path).snapshot
    first, second = snapshot.items("role_assignments")
    assert (first["principalId"], first["roleDefinitionId"], first["directoryScopeId"]) == ("u1", "62e9", "/")
    assert first["principal"]["@odata.type"] == "#microsoft.graph.user"
    assert (second["principalId"], second["directoryScopeId"]) == ("u2", "/administrativeUnits/au1")


def test_graphs_own_assignments_come_before_the_members_of_roles(tmp_path: Path, put: Any) -> None:
    put("DirectoryRoles", {"id": "r1", "roleTemplateId": "62e9"})
    put("DirectoryRoles/r1/Members", {"id": "u1"})
    put("RoleManagement/Directory/RoleAssignments", {"id": "a1", "principalId": "u1", "roleDefinitionId": "62e9"})
    snapshot = open_target(tmp_path).snapshot
    assert [one["id"] for one in snapshot.items("role_assignments")] == ["a1"]


def test_eligible_assignments_and_the_rules_written_into_them(tmp_path: Path, write: Write) -> None:
    for schedule, principal in (("e1", "u1"), ("e2", "u2")):
        write(
            f"PIM/DirectoryRoles/{schedule}.json",
            {
                "id": f"i-{schedule}",
                "principalId": principal,
                "roleDefinitionId": "62e9",
                "roleEligibilityScheduleId": schedule,
                "RoleName": "Global Administrator",
                "PrincipalName": "A",
                "Policy": {
                    "RoleName": "",
                    "RoleID": "62e9",
                    "PolicyID": "p1",
                    "Rules": [{"id": "Approval_EndUser_Assignment"}],
                },
            },
        )
    snapshot = open_target(tmp_path).snapshot
    eligible = snapshot.items("role_eligibility_schedule_instances")
    assert [one["principalId"] for one in eligible] == ["u1", "u2"]
    assert "Policy" not in eligible[0]
    (rules,) = snapshot.items("role_management_policies")
    assert rules["roleDefinitionId"] == "62e9"
    assert rules["displayName"] == "Global Administrator"
    assert rules["policy"]["rules"] == [{"id": "Approval_EndUser_Assignment"}]


def test_group_members_are_closed_over_the_groups_of_the_export(tmp_path: Path, put: Any) -> None:
    for group in ("a", "b", "c"):
        put("Groups", {"id": group, "displayName": group, "groupTypes": []})
    put("Groups/a/Members", {"id": "b", "@odata.type": "#microsoft.graph.group"})
    put("Groups/a/Members", {"id": "u1", "@odata.type": "#microsoft.graph.user"})
    put("Groups/b/Members", {"id": "u2", "@odata.type": "#microsoft.graph.user"})
    put("Groups/b/Members", {"id": "a", "@odata.type": "#microsoft.graph.group"})
    put("Groups/c/Members", {"id": "gone", "@odata.type": "#microsoft.graph.group"})
    put("Groups/a/Owners", {"id": "u9"})
    snapshot = open_target(tmp_path).snapshot
    a, b, c = snapshot.items("group_members")
    assert a == {
        "group_id": "a",
        "members": ["u1", "u2"],
        "nested_groups": ["b"],
        "direct": ["b", "u1"],
        "owners": ["u9"],
        "status": "ok",
    }
    assert b["members"] == ["u1", "u2"]
    assert (c["members"], c["nested_groups"], c["status"]) == ([], ["gone"], "truncated")
    assert len(snapshot.items("groups")) == 3


def test_dynamic_groups_alone_are_not_all_groups(tmp_path: Path, put: Any) -> None:
    put("Groups", {"id": "d1", "displayName": "All staff", "groupTypes": ["DynamicMembership"]})
    snapshot = open_target(tmp_path).snapshot
    assert snapshot.status("groups") is CollectionStatus.TRUNCATED
    assert snapshot.status("group_members") is CollectionStatus.NOT_COLLECTED


def test_method_configurations_are_one_policy(tmp_path: Path, write: Write) -> None:
    folder = "Policies/AuthenticationMethodsPolicy/AuthenticationMethodConfigurations"
    write(f"{folder}/FIDO2.json", {"id": "Fido2", "state": "enabled"})
    write(f"{folder}/SMS.json", {"id": "Sms", "state": "disabled"})
    policy = open_target(tmp_path).snapshot.singleton("authentication_methods_policy")
    assert policy is not None
    assert [one["id"] for one in policy["authenticationMethodConfigurations"]] == ["Fido2", "Sms"]


def test_bad_files_are_named_and_hide_nothing(tmp_path: Path, write: Write, put: Any, policy: dict[str, Any]) -> None:
    put("Identity/Conditional/AccessPolicies", policy)
    put("Identity/Conditional/AccessPolicies", {**policy, "id": "odd", "conditions": []})
    write("Identity/Conditional/AccessPolicies/cut/cut.json", b"{")
    write("Domains/contoso.example/contoso.example.json", b"[]")
    reading = open_target(tmp_path)
    assert [one["id"] for one in reading.snapshot.items("conditional_access_policies")] == [policy["id"]]
    assert {Path(one.file or "").name for one in reading.problems} == {"odd.json", "cut.json", "contoso.example.json"}
    assert reading.snapshot.status("domains") is CollectionStatus.NOT_COLLECTED


def test_a_flat_folder_named_groups_is_no_entra_export(tmp_path: Path, write: Write, policy: dict[str, Any]) -> None:
    write("Groups/g.json", {"id": "g1", "displayName": "G", "securityEnabled": True})
    write("ConditionalAccess/p.json", policy)
    assert open_target(tmp_path).snapshot.format == "conditional_access"


def test_owners_of_applications(tmp_path: Path, put: Any) -> None:
    put("Applications", {"id": "a1", "appId": "x"})
    put("Applications/a1/Owners", {"id": "u2"})
    put("Applications/a1/Owners", {"id": "u1"})
    put("Applications", {"id": "a2", "appId": "y"})
    put("ServicePrincipals", {"id": "s1", "appId": "x"})
    snapshot = open_target(tmp_path).snapshot
    assert snapshot.items("application_owners") == ({"id": "a1", "owners": ["u1", "u2"]},)
    assert snapshot.status("service_principal_owners") is CollectionStatus.NOT_COLLECTED  # or nobody owns any


def test_dynamic_and_public_groups_are_lists_of_their_own(tmp_path: Path, put: Any) -> None:
    put("Groups", {"id": "d1", "displayName": "Staff", "groupTypes": ["DynamicMembership"], "membershipRule": "x"})
    snapshot = open_target(tmp_path).snapshot
    assert [group["id"] for group in snapshot.items("dynamic_groups")] == ["d1"]
    assert snapshot.status("public_groups") is CollectionStatus.NOT_COLLECTED
    put("Groups", {"id": "p1", "displayName": "Open", "groupTypes": ["Unified"], "visibility": "Public"})
    put("Groups", {"id": "p2", "displayName": "Closed", "groupTypes": ["Unified"], "visibility": "Private"})
    put("Groups", {"id": "s1", "displayName": "Security", "groupTypes": []})
    snapshot = open_target(tmp_path).snapshot
    assert [group["id"] for group in snapshot.items("public_groups")] == ["p1"]
    assert snapshot.status("public_groups") is CollectionStatus.OK

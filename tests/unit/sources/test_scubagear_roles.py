from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tenantlint.model import CollectionStatus
from tenantlint.sources import Reading

Read = Callable[[Any], Reading]

_GLOBAL = "62e90394-69f5-4237-9190-012177145e10"
_ROLE = {
    "DisplayName": "Global Administrator",
    "RoleTemplateId": _GLOBAL,
    "Assignments": [
        {
            "Id": "a1",
            "PrincipalId": "u1",
            "AssignmentType": "Assigned",
            "StartDateTime": "/Date(1638345600000)/",
            "EndDateTime": None,
            "RoleDefinitionId": _GLOBAL,
            "DirectoryScopeId": "/",
        }
    ],
    "Rules": [
        {"Id": "Approval_EndUser_Assignment", "RuleSource": "Global Administrator", "RuleSourceType": "Directory Role"},
        {"Id": "Approval_EndUser_Assignment", "RuleSource": "Tier 0", "RuleSourceType": "PIM Group"},
    ],
}


def test_assignments_and_rules_become_graphs_objects(read_export: Read) -> None:
    snapshot = read_export({"privileged_roles": [_ROLE]}).snapshot
    assert snapshot.items("role_assignment_schedule_instances") == (
        {
            "id": "a1",
            "principalId": "u1",
            "assignmentType": "Assigned",
            "startDateTime": "2021-12-01T08:00:00Z",
            "endDateTime": None,
            "roleDefinitionId": _GLOBAL,
            "directoryScopeId": "/",
        },
    )
    role, group = snapshot.items("role_management_policies")
    assert role["roleDefinitionId"] == _GLOBAL
    assert role["policy"] == {"rules": [{"id": "Approval_EndUser_Assignment"}]}
    assert group["scopeType"] == "Group"
    assert group["displayName"] == "Tier 0"
    assert group["carriesRoles"] == [_GLOBAL]
    assert [one["id"] for one in snapshot.items("role_definitions")] == [_GLOBAL]
    assert "highly privileged" in snapshot.collection("role_assignment_schedule_instances").detail
    position = snapshot.locate("role_assignment_schedule_instances", "a1", "/principalId")
    assert position is not None
    assert position.line > 1


def test_eligibility_is_never_made_up(read_export: Read) -> None:
    export = {"privileged_roles": [_ROLE], "privileged_users": {"u1": {"DisplayName": "A", "roles": ["x"]}}}
    snapshot = read_export(export).snapshot
    assert snapshot.status("role_eligibility_schedule_instances") is CollectionStatus.NOT_COLLECTED
    assert snapshot.status("role_assignments") is CollectionStatus.NOT_COLLECTED


def test_holders_are_names_of_a_truncated_collection(read_export: Read) -> None:
    snapshot = read_export(
        {
            "privileged_users": {
                "u/1": {"DisplayName": "A", "OnPremisesImmutableId": None, "roles": ["Global Administrator"]}
            },
            "privileged_service_principals": {"s1": {"AppId": "app", "ServicePrincipalId": "s1", "DisplayName": "S"}},
        }
    ).snapshot
    users = snapshot.collection("users")
    assert users.status is CollectionStatus.TRUNCATED
    assert users.items == (
        {"id": "u/1", "displayName": "A", "onPremisesImmutableId": None, "roles": ["Global Administrator"]},
    )
    assert users.origins[0].pointer == "/privileged_users/u~11"
    assert snapshot.items("users") == ()
    assert snapshot.items("role_holders") == users.items
    assert snapshot.collection("service_principals").items[0]["id"] == "s1"


def test_a_group_carries_every_role_that_it_is_listed_under(read_export: Read) -> None:
    other = {**_ROLE, "RoleTemplateId": "r2", "DisplayName": "Role 2", "Assignments": []}
    snapshot = read_export({"privileged_roles": [_ROLE, other, other]}).snapshot
    groups = [one for one in snapshot.items("role_management_policies") if one["scopeType"] == "Group"]
    assert [one["carriesRoles"] for one in groups] == [[_GLOBAL, "r2"]]
    assert [one["id"] for one in snapshot.items("role_definitions")] == [_GLOBAL, "r2"]
    assert all(one["isHighlyPrivileged"] for one in snapshot.items("role_definitions"))


def test_without_holders_nobody_is_named(read_export: Read) -> None:
    snapshot = read_export({"privileged_roles": [_ROLE]}).snapshot
    assert snapshot.status("role_holders") is CollectionStatus.NOT_COLLECTED


def test_roles_without_pim_say_why(read_export: Read) -> None:
    bare = {"DisplayName": "Global Administrator", "RoleTemplateId": _GLOBAL}
    known = read_export({"privileged_roles": [bare], "service_plans": [{"ServicePlanName": "AAD_PREMIUM"}]}).snapshot
    unknown = read_export({"privileged_roles": [bare]}).snapshot
    for name in ("role_assignment_schedule_instances", "role_management_policies"):
        assert known.status(name) is CollectionStatus.UNLICENSED
        assert unknown.status(name) is CollectionStatus.NOT_COLLECTED
    assert known.status("role_eligibility_schedule_instances") is CollectionStatus.UNLICENSED
    assert unknown.status("role_definitions") is CollectionStatus.OK


def test_a_failed_command_fails_all_that_it_would_have_given(read_export: Read) -> None:
    bad = ["Get-PrivilegedRole", "Get-PrivilegedUser"]
    snapshot = read_export({"privileged_roles": [], "privileged_users": [], "aad_unsuccessful_commands": bad}).snapshot
    for name in ("role_assignment_schedule_instances", "role_management_policies", "role_definitions", "users"):
        assert snapshot.status(name) is CollectionStatus.FAILED


def test_a_role_without_assignments_is_an_empty_list_not_an_unknown_one(read_export: Read) -> None:
    snapshot = read_export({"privileged_roles": [{**_ROLE, "Assignments": []}]}).snapshot
    assert snapshot.status("role_assignment_schedule_instances") is CollectionStatus.OK
    assert snapshot.items("role_assignment_schedule_instances") == ()


def test_assignments_without_id_get_a_stable_one(read_export: Read) -> None:
    bare = {**_ROLE, "Assignments": {"PrincipalId": "u9", "EndDateTime": None}}
    (one,) = read_export({"privileged_roles": [bare]}).snapshot.items("role_assignment_schedule_instances")
    assert one["roleDefinitionId"] == _GLOBAL
    assert one["id"] == f"{_GLOBAL}:u9:"

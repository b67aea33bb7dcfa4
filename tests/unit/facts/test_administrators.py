from typing import Any

from tests.unit.directory.tenants import AT, GA, UA, assignment, policy, snapshot, user

from tenantlint.facts import compute
from tenantlint.facts.interface import FactContext
from tenantlint.model import CollectionStatus
from tenantlint.snapshot import Collection


def fact(*policies: dict[str, Any], emergency: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    context = FactContext(
        snapshot(conditional_access_policies=list(policies), **more), AT, break_glass=frozenset(emergency)
    )
    found: dict[str, Any] = compute(["administrators"], context).tree["administrators"]
    return found


def reached(value: dict[str, Any]) -> dict[str, list[str]]:
    return {one["id"]: one["policies"] for one in value["holders"]}


def test_policies_reach_holders_by_role_group_and_everyone() -> None:
    value = fact(
        policy("all", {"includeUsers": ["All"], "excludeUsers": ["bg"]}),
        policy("role", {"includeRoles": [GA]}),
        policy("group", {"includeGroups": ["g"]}),
        policy("but role", {"includeUsers": ["All"], "excludeRoles": [UA.upper()]}),
        emergency=("bg",),
        users=[user("a"), user("e"), user("bg")],
        group_members=[{"group_id": "g", "members": ["e"]}],
        role_assignments=[assignment("a"), assignment("bg")],
        role_eligibility_schedule_instances=[assignment("e", UA)],
    )
    assert reached(value) == {
        "a": ["all", "role", "but role"],
        "bg": ["role", "but role"],
        "e": ["all", "group"],
    }
    assert [one["emergency"] for one in value["holders"]] == [False, True, False]
    assert value["known"]


def test_an_eligible_role_counts_as_active() -> None:
    value = fact(
        policy("role", {"includeRoles": [GA]}),
        users=[user("e")],
        role_assignments=[],
        role_eligibility_schedule_instances=[assignment("e")],
    )
    assert reached(value) == {"e": ["role"]}


def test_groups_in_policies_that_are_not_known_leave_it_open() -> None:
    value = fact(
        policy("in", {"includeGroups": ["hidden"]}),
        policy("out", {"includeUsers": ["All"], "excludeGroups": ["hidden"]}),
        policy("no", {"includeUsers": ["x"]}),
        users=[user("a")],
        role_assignments=[assignment("a")],
    )
    [holder] = value["holders"]
    assert (holder["policies"], holder["maybe_policies"]) == ([], ["in", "out"])


def test_groups_with_a_role_that_are_not_known_are_told() -> None:
    value = fact(groups=[{"id": "g", "displayName": "Admins"}], role_assignments=[assignment("g")])
    assert [(one["id"], one["role"]) for one in value["unknown"]] == [("g", GA)]
    assert value["holders"] == []


def test_roles_without_privilege_parts_of_the_tenant_and_applications_are_left_out() -> None:
    value = fact(
        users=[user("a")],
        service_principals=[{"id": "s"}],
        role_assignments=[
            assignment("a", "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"),
            assignment("a", directoryScopeId="/administrativeUnits/x"),
            assignment("s"),
        ],
    )
    assert value["holders"] == []


def test_holders_whom_an_incomplete_list_names_are_told() -> None:
    named = user("a", roles=["Global Administrator", "Directory Readers"])
    value = fact(
        policy("role", {"includeRoles": [GA]}), users=Collection("users", CollectionStatus.TRUNCATED, items=[named])
    )
    assert reached(value) == {"a": ["role"]}
    assert not value["known"]

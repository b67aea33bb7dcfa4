from typing import Any

import pytest
from tests.unit.directory.tenants import AT, GA, UA, assignment, snapshot, user

from tenantlint.directory import Directory, RoleHolding
from tenantlint.model import CollectionStatus, Principal


def holdings(**collections: Any) -> list[RoleHolding]:
    roles = Directory(snapshot(**collections)).roles(AT)
    return [holding for item in roles.assignments for holding in roles.holders(item)]


def seen(**collections: Any) -> list[tuple[str, str, str]]:
    return [(one.principal.id, one.kind, one.role_template_id) for one in holdings(**collections)]


def test_an_active_assignment_without_an_end_stands() -> None:
    [holding] = holdings(users=[user("u")], role_assignments=[assignment("u")])
    assert (holding.principal, holding.kind, holding.standing, holding.via) == (
        Principal(id="u", kind="user", name="User u", enabled=True),
        "active",
        True,
        (),
    )


def test_schedule_instances_tell_activated_from_assigned_and_eligible() -> None:
    found = holdings(
        users=[user("a"), user("b"), user("c")],
        role_assignment_schedule_instances=[
            assignment("a", assignmentType="Assigned", endDateTime="2099-01-01T00:00:00Z"),
            assignment("b", assignmentType="Activated", endDateTime="2026-06-01T08:00:00Z"),
        ],
        role_eligibility_schedule_instances=[assignment("c")],
    )
    assert [(one.principal.id, one.kind, one.standing) for one in found] == [
        ("a", "active", False),
        ("b", "activated", False),
        ("c", "eligible", False),
    ]


def test_what_both_lists_hold_counts_once_and_with_its_times() -> None:
    [holding] = holdings(
        users=[user("u")],
        role_assignments=[assignment("U", roleDefinitionId=GA.upper())],
        role_assignment_schedule_instances=[assignment("u", endDateTime="2026-07-01T00:00:00Z")],
    )
    assert not holding.standing
    assert holding.assignment.collection == "role_assignment_schedule_instances"


def test_an_assignment_that_only_the_plain_list_holds_counts_too() -> None:
    assert seen(
        role_assignments=[assignment("u"), assignment("v")],
        role_assignment_schedule_instances=[assignment("u")],
    ) == [("u", "active", GA), ("v", "active", GA)]


def test_of_two_instances_the_one_that_lasts_longer_is_kept() -> None:
    [holding] = holdings(
        role_assignment_schedule_instances=[
            assignment("u", id="1", endDateTime="2026-07-01T00:00:00Z"),
            assignment("u", id="2"),
            assignment("u", id="3", endDateTime="2026-08-01T00:00:00Z"),
        ]
    )
    assert holding.assignment.id == "2"


def test_assignments_that_have_ended_are_left_out_and_later_ones_kept() -> None:
    assert seen(
        role_assignment_schedule_instances=[
            assignment("past", endDateTime="2026-06-01T00:00:00Z"),
            assignment("future", startDateTime="2027-01-01T00:00:00Z"),
        ]
    ) == [("future", "active", GA)]


def test_members_of_a_group_hold_its_role() -> None:
    found = holdings(
        users=[user("u"), user("v")],
        groups=[{"id": "g", "displayName": "Admins", "isAssignableToRole": True}],
        group_members=[
            {"group_id": "g", "members": ["u", "v"], "direct": ["u", "h"], "nested_groups": ["h"]},
            {"group_id": "h", "members": ["v"], "direct": ["v"]},
        ],
        role_assignments=[assignment("g")],
    )
    assert [(one.principal.id, one.kind, one.via) for one in found] == [
        ("u", "active", ("g",)),
        ("v", "active", ("g", "h")),
    ]


def test_a_group_is_known_by_its_line_of_members_alone() -> None:
    assert seen(
        group_members=[{"group_id": "g", "members": ["u"]}],
        role_assignments=[assignment("g")],
    ) == [("u", "active", GA)]


def test_those_eligible_for_a_group_are_eligible_for_its_role() -> None:
    found = holdings(
        groups=[{"id": "g"}],
        group_members=[{"group_id": "g", "members": []}],
        role_assignments=[assignment("g")],
        privileged_access_group_eligibility_schedule_instances=[
            {"groupId": "G", "principalId": "u", "accessId": "member", "endDateTime": None},
            {"groupId": "g", "principalId": "v", "accessId": "member", "endDateTime": "2026-01-01T00:00:00Z"},
        ],
    )
    assert [(one.principal.id, one.kind) for one in found] == [("u", "eligible")]


def test_custom_and_renumbered_definitions_lead_to_their_template() -> None:
    assert seen(
        role_definitions=[{"id": "def", "templateId": UA, "displayName": "User Administrator"}],
        role_assignments=[assignment("u", "DEF"), assignment("v", "custom")],
    ) == [("v", "active", "custom"), ("u", "active", UA)]


def test_an_expanded_reference_tells_what_the_principal_is() -> None:
    hint = {"@odata.type": "#microsoft.graph.servicePrincipal", "displayName": "App", "accountEnabled": True}
    [holding] = holdings(
        role_assignments=[
            assignment("s", "def", principal=hint, roleDefinition={"templateId": UA, "displayName": "User Admin"})
        ]
    )
    assert holding.principal == Principal(id="s", kind="servicePrincipal", name="App", enabled=True)
    assert (holding.role_template_id, holding.assignment.role_name) == (UA, "User Admin")


def test_scope_is_told_apart_from_the_whole_tenant() -> None:
    found = holdings(
        role_assignments=[
            assignment("a", directoryScopeId="/administrativeUnits/x"),
            assignment("b", directoryScopeId=None, appScopeId="/app"),
            assignment("c", directoryScopeId=None),
        ]
    )
    assert [one.assignment.tenant_wide for one in found] == [False, False, True]


def test_active_holders_are_what_conditional_access_matches() -> None:
    roles = Directory(
        snapshot(
            group_members=[{"group_id": "g", "members": ["v"]}],
            role_assignments=[
                assignment("U"),
                assignment("g"),
                assignment("w", directoryScopeId="/administrativeUnits/x"),
            ],
            role_eligibility_schedule_instances=[assignment("e")],
        )
    ).roles(AT)
    assert roles.active_holders(GA.upper()) == {"u", "v"}
    assert roles.active_holders(UA) == frozenset()


def test_active_holders_are_not_known_without_lists_or_members() -> None:
    nothing = Directory(snapshot(role_assignments=CollectionStatus.DENIED)).roles(AT)
    assert nothing.active_holders(GA) is None
    assert nothing.sources.active is None
    group = Directory(snapshot(groups=[{"id": "g"}], role_assignments=[assignment("g")])).roles(AT)
    assert group.active_holders(GA) is None
    gone = Directory(
        snapshot(group_members=[{"group_id": "g", "status": "missing"}], role_assignments=[assignment("g")])
    ).roles(AT)
    assert gone.active_holders(GA) == frozenset()


@pytest.mark.parametrize(
    ("status", "known"),
    [(CollectionStatus.OK, True), (CollectionStatus.UNLICENSED, True), (CollectionStatus.DENIED, False)],
)
def test_eligibility_is_known_where_the_licence_is_missing(status: CollectionStatus, known: bool) -> None:
    sources = Directory(snapshot(role_eligibility_schedule_instances=status)).roles(AT).sources
    assert sources.eligibility_known is known


def test_objects_without_the_usual_fields_do_no_harm() -> None:
    assert seen(role_assignments=[{}, {"principalId": None, "roleDefinitionId": 3}]) == [("", "active", "")]

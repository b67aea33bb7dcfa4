from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.directory.tenants import AT, GA, UA, assignment, snapshot, user

from tenantlint.facts import compute
from tenantlint.facts.interface import FactContext
from tenantlint.facts.pim_rules import minutes
from tenantlint.model import CollectionStatus

ROLES = [
    {"id": GA, "templateId": GA, "displayName": "Global Administrator", "isBuiltIn": True},
    {"id": UA, "templateId": UA, "displayName": "User Administrator", "isBuiltIn": True},
]


def rules(**collections: Any) -> dict[str, dict[str, Any]]:
    collections = {"role_definitions": ROLES, **collections}
    found = compute(["pim_rules"], FactContext(snapshot(**collections), AT)).tree["pim_rules"]
    return {one["template_id"]: one for one in found["roles"]}


def policy(*given: dict[str, Any], role: str = GA, **more: Any) -> dict[str, Any]:
    made = {"id": f"p-{role}", "scopeId": "/", "scopeType": "DirectoryRole", "roleDefinitionId": role}
    return {**made, "policy": {"rules": list(given)}, **more}


def test_a_role_without_a_policy_has_a_source_that_tells_nothing() -> None:
    [source] = rules(role_management_policies=[])[GA]["sources"]
    assert (source["told"], source["kind"]) == (False, "role")
    assert source["resource"] == {"kind": "unifiedRoleDefinition", "id": GA, "name": "Global Administrator"}
    assert source["approval"] == {"required": None, "approvers": 0, "default_approvers": True}
    assert source["activation"] == {"max_minutes": None, "asks": None, "context": None, "context_on": None}
    assert source["alerts"]["active"] == {"recipients": None, "defaults": None, "level": None}


def test_rules_are_read_whatever_the_case_of_their_ids() -> None:
    given = policy(
        {"id": "expiration_enduser_assignment", "maximumDuration": "PT1H30M"},
        {"id": "Enablement_EndUser_Assignment", "enabledRules": ["Justification", 3, None]},
        {"id": "AuthenticationContext_EndUser_Assignment", "isEnabled": True, "claimValue": "c1"},
        {"id": "Expiration_Admin_Assignment", "isExpirationRequired": True, "maximumDuration": "P15D"},
        {
            "id": "Notification_Admin_Admin_Assignment",
            "notificationRecipients": ["a@b.example", " "],
            "isDefaultRecipientsEnabled": False,
            "notificationLevel": "Critical",
        },
        {"id": "Notification_Admin_Admin_Eligibility", "notificationRecipients": "a@b.example"},
        {"id": "Notification_Admin_EndUser_Assignment", "notificationRecipients": ""},
        {"id": None},
        {"noId": True},
    )
    [source] = rules(role_management_policies=[given])[GA]["sources"]
    assert source["activation"] == {"max_minutes": 90, "asks": ["Justification"], "context": "c1", "context_on": True}
    assert source["active"] == {"expires": True, "max_days": 15}
    assert source["alerts"]["active"] == {"recipients": ["a@b.example"], "defaults": False, "level": "critical"}
    assert source["alerts"]["eligible"]["recipients"] == ["a@b.example"]
    assert source["alerts"]["activation"]["recipients"] == []
    assert source["pointers"]["duration"] == "/policy/rules/0"
    assert source["pointers"]["approval"] == "/policy/rules"
    assert source["resource"]["id"] == f"p-{GA}"


def test_rules_beside_the_policy_count_and_those_inside_it_win() -> None:
    outside = policy(rules=[{"id": "Expiration_EndUser_Assignment", "maximumDuration": "PT2H"}], policy=None)
    [source] = rules(role_management_policies=[outside])[GA]["sources"]
    assert (source["activation"]["max_minutes"], source["pointers"]["duration"]) == (120, "/rules/0")
    both = policy({"id": "Expiration_EndUser_Assignment", "maximumDuration": "PT3H"}, rules=outside["rules"])
    assert rules(role_management_policies=[both])[GA]["sources"][0]["activation"]["max_minutes"] == 180


@pytest.mark.parametrize(
    ("approvers", "count", "default"),
    [
        ([], 0, True),
        (None, 0, True),
        ([{"@odata.type": "#microsoft.graph.singleUser", "userId": "a"}], 1, False),
        ([{"@odata.type": "#microsoft.graph.groupMembers", "groupId": "g"}, {"id": "a"}], 3, False),
        ([{"@odata.type": "#microsoft.graph.groupMembers", "id": "g"}], 2, False),
        ([{"groupId": "hidden"}, {"userId": "a"}], None, False),
        (["odd"], 1, False),
    ],
)
def test_approvers_are_counted_through_groups(approvers: Any, count: int | None, default: bool) -> None:
    setting = {"isApprovalRequired": True, "approvalStages": [{"primaryApprovers": approvers}, "odd"]}
    given = policy({"id": "Approval_EndUser_Assignment", "setting": setting})
    found = rules(
        role_management_policies=[given],
        groups=[{"id": "g"}, {"id": "hidden"}],
        group_members=[{"group_id": "g", "members": ["a", "b"]}, {"group_id": "hidden", "status": "denied"}],
    )
    told = found[GA]["sources"][0]["approval"]
    assert told == {"required": True, "approvers": count, "default_approvers": default}


def test_groups_that_give_a_role_bring_rules_of_their_own() -> None:
    member = {"id": "m", "scopeId": "G", "scopeType": "Group", "roleDefinitionId": "member", "policy": {"rules": []}}
    owner = {**member, "id": "o", "roleDefinitionId": "owner"}
    found = rules(
        role_management_policies=[policy(), member, owner],
        groups=[{"id": "g", "displayName": "Tier 0"}, {"id": "h", "displayName": "Eligible"}, {"id": "plain"}],
        group_members=[{"group_id": one, "members": []} for one in ("g", "h", "plain")],
        role_assignments=[assignment("g"), assignment("plain"), assignment("h", UA)],
        role_eligibility_schedule_instances=[assignment("g")],
        privileged_access_group_eligibility_schedule_instances=[{"groupId": "h", "principalId": "a"}],
        users=[user("a")],
    )
    assert [(one["kind"], one["resource"]["id"]) for one in found[GA]["sources"]] == [
        ("role", f"p-{GA}"),
        ("group", "m"),
    ]
    own, group = found[UA]["sources"]
    assert not own["told"]
    assert (group["told"], group["resource"]) == (False, {"kind": "group", "id": "h", "name": "Eligible"})


def test_a_source_may_say_itself_which_roles_a_group_carries() -> None:
    group = {"id": "Group_x", "scopeType": "Group", "displayName": "x", "carriesRoles": [GA], "policy": {"rules": []}}
    assert [one["kind"] for one in rules(role_management_policies=[group])[GA]["sources"]] == ["role", "group"]


def test_roles_go_by_the_names_of_built_in_ones_and_only_those_defined_are_judged() -> None:
    given = [
        {"id": UA, "displayName": "Global Administrator", "isBuiltIn": True},
        {"id": "r", "displayName": "Groups Administrator", "isBuiltIn": True, "isHighlyPrivileged": True},
        {"id": GA, "displayName": "Global Administrator", "isBuiltIn": True, "isEnabled": False},
    ]
    found = rules(role_definitions=given, role_management_policies=[])
    assert {role: (one["own_id"], one["scuba"]) for role, one in found.items()} == {UA: (GA, True), "r": ("r", True)}
    renamed = [{"id": GA, "displayName": "Cloud Administrator", "isBuiltIn": True, "isHighlyPrivileged": True}]
    assert rules(role_definitions=renamed, role_management_policies=[])[GA]["own_id"] == "cloud administrator"
    assert len(rules(role_definitions=CollectionStatus.DENIED, role_management_policies=[])) > 20


def test_roles_that_nobody_has_are_not_in_use() -> None:
    known = rules(
        users=[user("a")], role_assignment_schedule_instances=[assignment("a")], role_eligibility_schedule_instances=[]
    )
    assert (known[GA]["used"], known[UA]["used"]) == (True, False)
    assert rules(role_assignment_schedule_instances=[])[UA]["used"]


@given(st.integers(0, 900), st.integers(0, 500), st.integers(0, 999))
def test_minutes_of_a_duration(days: int, hours: int, rest: int) -> None:
    assert minutes(f"P{days}DT{hours}H{rest}M") == days * 1440 + hours * 60 + rest


@pytest.mark.parametrize(
    ("text", "expected"),
    [("P1Y", 525_600), ("P6M", 259_200), ("P2W", 20_160), ("PT8H", 480), ("PT90S", None), ("P", None), ("8", None)],
)
def test_other_durations(text: str, expected: int | None) -> None:
    assert minutes(text) == expected


@pytest.mark.parametrize("odd", [None, 8, [], "", "pt8h", "P99999999D"])
def test_what_is_no_duration(odd: object) -> None:
    assert minutes(odd) is None

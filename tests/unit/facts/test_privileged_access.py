import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.unit.directory.tenants import AT, GA, UA, assignment, snapshot, user

from tenantlint import shipped
from tenantlint.facts import compute
from tenantlint.facts.interface import FactContext
from tenantlint.model import CollectionStatus
from tenantlint.snapshot import Collection


def fact(*, emergency: tuple[str, ...] = (), **collections: Any) -> tuple[dict[str, Any], FactContext]:
    context = FactContext(snapshot(**collections), AT, break_glass=frozenset(emergency))
    return compute(["privileged_access"], context).tree["privileged_access"], context


def counts(value: dict[str, Any], role: str = GA) -> dict[str, int]:
    return {
        name: told["count"] for name, told in value["roles"][role].items() if isinstance(told, dict) and told["count"]
    }


def test_active_and_eligible_users_are_counted_once_each() -> None:
    value, _ = fact(
        users=[user("a"), user("b"), user("off", enabled=False), user("c", enabled=None)],
        service_principals=[{"id": "s", "displayName": "App"}],
        role_assignments=[assignment("a"), assignment("off"), assignment("c"), assignment("s")],
        role_eligibility_schedule_instances=[assignment("a"), assignment("b")],
    )
    assert counts(value) == {"active": 2, "eligible": 1, "all": 3, "service_principals": 1}
    told = value["roles"][GA]["all"]
    assert (told["disabled"], told["enabled_unknown"], told["names"]) == (1, 1, ["User a", "User b", "User c"])


def test_members_of_groups_count_and_groups_that_are_not_known_are_named() -> None:
    value, _ = fact(
        users=[user("a"), user("b")],
        groups=[{"id": "g", "displayName": "Admins"}, {"id": "h", "displayName": "Hidden"}, {"id": "gone"}],
        group_members=[
            {"group_id": "g", "members": ["a", "b"]},
            {"group_id": "h", "status": "denied"},
            {"group_id": "gone", "status": "missing"},
        ],
        role_assignments=[assignment("g"), assignment("a"), assignment("h"), assignment("gone")],
    )
    assert counts(value) == {"active": 2, "all": 2}
    assert [one["name"] for one in value["roles"][GA]["unknown_groups"]] == ["Hidden"]


def test_emergency_accounts_are_told_apart_also_in_groups() -> None:
    value, _ = fact(
        emergency=("A", "g"),
        users=[user("a"), user("b"), user("c")],
        groups=[{"id": "g"}, {"id": "h"}],
        group_members=[{"group_id": "g", "members": ["b"]}, {"group_id": "h", "members": ["b", "c"]}],
        role_assignments=[assignment("a"), assignment("h"), assignment("c", UA)],
    )
    assert counts(value) == {"active": 3, "all": 3, "emergency": 2}
    by_principal = {one["principal"]["id"]: one for one in value["assignments"]}
    assert by_principal["a"]["emergency"]
    assert not by_principal["h"]["emergency"]
    assert (by_principal["h"]["members"]["count"], by_principal["h"]["members"]["names"]) == (1, ["User c"])


def test_what_a_principal_is_may_be_unknown() -> None:
    value, _ = fact(role_assignments=[assignment("x")])
    assert counts(value) == {"unidentified": 1}
    assert not value["users_known"]


def test_assignments_limited_to_a_part_of_the_tenant_do_not_count_as_holding() -> None:
    value, _ = fact(users=[user("a")], role_assignments=[assignment("a", directoryScopeId="/administrativeUnits/x")])
    assert counts(value) == {}
    assert value["assignments"][0]["tenant_wide"] is False


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        (None, None, None),
        ("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", 365),
        ("2026-05-31T23:00:00Z", "2026-06-01T01:00:00Z", 1),
        (None, "2026-06-02T12:00:00Z", 2),
    ],
)
def test_days_are_the_length_of_the_assignment(starts: str | None, ends: str | None, days: int | None) -> None:
    value, _ = fact(role_assignment_schedule_instances=[assignment("a", startDateTime=starts, endDateTime=ends)])
    assert value["assignments"][0]["days"] == days
    assert (value["assignments"][0]["starts"], value["assignments"][0]["ends"]) == (starts, ends)


def test_custom_roles_that_the_graph_marks_privileged_are_of_the_limited_tier() -> None:
    value, _ = fact(
        role_definitions=[
            {"id": "c", "templateId": "c", "displayName": "Custom", "isPrivileged": True},
            {"id": "d", "displayName": "Plain", "isPrivileged": False},
            {"id": GA, "displayName": "Other", "isPrivileged": True},
        ],
        role_assignments=[assignment("a", "c"), assignment("a", "d")],
    )
    assert [(one["role_name"], one["tier"]) for one in value["assignments"]] == [("Custom", "limited")]
    assert value["roles"][GA]["name"] == "Global Administrator"


def test_holders_whom_an_incomplete_list_names_count_where_nothing_else_tells() -> None:
    users = [
        user("a", enabled=None, roles=["Global Administrator", "Global Administrator", 3]),
        user("b", roles=["Global Administrator"]),
        user("c", roles=None),
    ]
    value, _ = fact(
        users=Collection("users", CollectionStatus.TRUNCATED, items=users),
        role_holders=users,
        role_assignment_schedule_instances=[assignment("b")],
    )
    assert value["names_holders"]
    assert counts(value) == {"active": 1, "named": 1, "all": 2}
    whole, _ = fact(users=users, role_assignments=[])
    assert not whole["names_holders"]


def test_a_built_in_role_under_another_id_goes_by_its_name_and_a_custom_one_does_not() -> None:
    value, _ = fact(
        role_definitions=[
            {"id": "r1", "displayName": "Global Administrator", "isBuiltIn": True},
            {"id": "r2", "displayName": "Global Administrator", "isBuiltIn": False},
            {"id": "r3", "displayName": "Groups Administrator", "isBuiltIn": True, "isHighlyPrivileged": True},
        ],
        role_assignments=[assignment("a", "r1"), assignment("a", "r2"), assignment("a", "r3")],
    )
    assert [(one["role"], one["tier"]) for one in value["assignments"]] == [("r1", "takeover"), ("r3", "takeover")]


def test_a_start_that_is_null_is_told_and_one_that_is_absent_is_not() -> None:
    value, _ = fact(
        role_assignment_schedule_instances=[assignment("a", startDateTime=None), assignment("b")],
        role_eligibility_schedule_instances=[assignment("c", startDateTime="2026-01-01T00:00:00Z")],
    )
    assert [one["starts_told"] for one in value["assignments"]] == [True, False, True]


@pytest.mark.parametrize(
    ("ends", "judged_at"),
    [
        ([], AT),
        (["2026-01-01T00:00:01Z", "2027-01-01T00:00:00Z", None], datetime(2026, 1, 1, tzinfo=UTC)),
        (["2099-01-01T00:00:00Z"], AT),
    ],
)
def test_a_list_without_a_date_is_older_than_the_first_end_in_it(ends: list[str | None], judged_at: datetime) -> None:
    items = [assignment(str(number), endDateTime=end) for number, end in enumerate(ends)]
    dateless = replace(snapshot(role_assignment_schedule_instances=items), collected_at=None)
    assert FactContext(dateless, AT).judged_at == judged_at
    assert FactContext(snapshot(role_assignment_schedule_instances=items), AT).judged_at == AT


def test_what_is_known_is_said() -> None:
    value, _ = fact(
        role_assignments=CollectionStatus.DENIED,
        role_eligibility_schedule_instances=CollectionStatus.UNLICENSED,
    )
    assert (value["source"], value["eligibility_known"], value["group_eligibility_known"]) == (None, True, False)


def test_groups_that_are_managed_through_pim_are_told() -> None:
    value, _ = fact(
        groups=[{"id": "g"}],
        group_members=[{"group_id": "g", "members": []}],
        role_assignments=[assignment("g")],
        users=[user("a")],
        privileged_access_group_eligibility_schedule_instances=[{"groupId": "g", "principalId": "a"}],
    )
    assert value["assignments"][0]["members"]["pim"]
    assert counts(value) == {"eligible": 1, "all": 1}


def test_the_list_of_privileged_roles_is_sound() -> None:
    data = json.loads((shipped.policies() / "data" / "privileged_roles.json").read_text("utf-8"))
    ids = [role["template_id"] for role in (*data["roles"], *data["other_roles"])]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one) for one in ids)
    assert {role["tier"] for role in data["roles"]} == {"takeover", "limited", "reader"}
    assert all(role["microsoft"] or role["scuba"] for role in data["roles"])
    assert sum(role["scuba"] for role in data["roles"]) == 8

"""Who is who: classes of people against naive membership, with a directory and without."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle import naive
from tests.oracle.brute import class_of, persons
from tests.oracle.snapshots import tenant_of
from tests.oracle.strategies import tenants
from tests.unit.conditional_access.coverage_cases import excluding, policy, tenant

from tenantlint.conditional_access.coverage import Coverage, cover
from tenantlint.conditional_access.people import People, Side
from tenantlint.conditional_access.questions import Question

NOTHING_UNKNOWN: dict[str, Any] = {"groups": {}, "conditions": {}, "filters": {}, "homes": {}}


@settings(max_examples=120)
@given(tenants())
def test_policies_reach_whom_the_naive_evaluator_says(raw: dict[str, Any]) -> None:
    made = tenant_of(raw)
    people = People([Side(made.policies, made.directory)])
    for found, policy_ in zip(made.policies, raw["policies"], strict=True):
        reach = people.reach(0, found)
        assert reach.must == reach.may
        for person in persons(raw):
            at = next((i for i, one in enumerate(people.classes) if person in one.ids), None)
            if at is not None:
                truth = naive.matches_person(policy_, person, raw, NOTHING_UNKNOWN)
                assert bool(reach.must >> at & 1) is truth, person


@settings(max_examples=60)
@given(tenants())
def test_every_enabled_user_is_in_one_class_and_disabled_ones_in_none(raw: dict[str, Any]) -> None:
    made = tenant_of(raw)
    people = People([Side(made.policies, made.directory)])
    listed = sorted(identity for one in people.classes for identity in one.ids)
    assert listed == sorted(one["id"] for one in raw["users"] if one["accountEnabled"])


@settings(max_examples=40)
@given(tenants(unknowns=True), st.integers(0, 2**7 - 1))
def test_reach_bounds_every_way_in_which_an_unknown_group_can_be(raw: dict[str, Any], members: int) -> None:
    made = tenant_of(raw)
    people = People([Side(made.policies, made.directory)])
    users = [one["id"] for one in raw["users"]]
    inside = {one for at, one in enumerate(users) if members >> at & 1}
    unknown = {
        one
        for policy_ in raw["policies"]
        for side in ("include", "exclude")
        for one in naive.listed(policy_["conditions"]["users"], f"{side}Groups")
        if one not in raw["groups"] and one not in raw["missing_groups"]
    }
    for home in ("a", "cccccccc-0000-4000-8000-00000000000a"):
        world = NOTHING_UNKNOWN | {"groups": dict.fromkeys(unknown, inside), "homes": dict.fromkeys(users, home)}
        for found, policy_ in zip(made.policies, raw["policies"], strict=True):
            reach = people.reach(0, found)
            for at, one in enumerate(people.classes):
                for person in one.ids:
                    truth = naive.matches_person(policy_, person, raw, world)
                    assert truth or not reach.must >> at & 1
                    assert reach.may >> at & 1 or not truth


def labels(coverage: Coverage, bits: int) -> set[str]:
    return {one.label for at, one in enumerate(coverage.people.classes) if bits >> at & 1}


def test_without_a_directory_people_are_symbols() -> None:
    found = cover(tenant(policy("p", "mfa", users=excluding("g", users=("u1",)))), Question.MFA)
    assert labels(found, found.depends_users) == {"members of g"}
    assert found.open_users
    assert (found.people.known, found.users_total) == (False, 1)


def test_two_unknown_groups_may_share_a_member() -> None:
    found = cover(
        tenant(policy("p", "mfa", users=excluding("a")), policy("q", "mfa", users=excluding("b"))), Question.MFA
    )
    assert found.users_open == 0
    assert labels(found, found.depends_users) == {"members of a who are also members of b"}
    assert found.caveats


def test_a_nested_member_is_excluded_too() -> None:
    groups = {
        "outer": {"group_id": "outer", "members": ["u1"], "nested_groups": ["inner"], "direct": ["inner"]},
        "inner": {"group_id": "inner", "members": ["u1"], "direct": ["u1"]},
    }
    found = cover(tenant(policy("p", "mfa", users=excluding("outer")), users=2, groups=groups), Question.MFA)
    assert found.people.ids(found.open_users) == ["u1"]


@pytest.mark.parametrize(
    ("assignment", "matched"),
    [
        ({"directoryScopeId": "/"}, True),
        ({"directoryScopeId": "/administrativeUnits/1"}, False),
    ],
)
def test_only_roles_for_the_whole_tenant_match(assignment: dict[str, Any], matched: bool) -> None:
    role = "62e90394-69f5-4237-9190-012177145e10"
    given_role = [{"id": "x", "principalId": "u1", "roleDefinitionId": role} | assignment]
    made = tenant(policy("p", "mfa", users={"includeRoles": [role.upper()]}), users=2, role_assignments=given_role)
    found = cover(made, Question.MFA)
    assert ("u1" not in found.people.ids(found.open_users)) is matched


def test_an_eligible_role_matches_only_when_it_is_activated() -> None:
    role = "62e90394-69f5-4237-9190-012177145e10"
    eligible = [{"id": "x", "principalId": "u1", "roleDefinitionId": role, "directoryScopeId": "/"}]
    made = tenant(
        policy("p", "mfa", users={"includeRoles": [role]}), users=2, role_eligibility_schedule_instances=eligible
    )
    assert cover(made, Question.MFA).users_open == 2
    assert cover(made, Question.MFA, activated=True).users_open == 1


def test_a_guest_of_no_known_home_depends_on_it() -> None:
    guests = {
        "guestOrExternalUserTypes": "b2bCollaborationGuest",
        "externalTenants": {"membershipKind": "enumerated", "members": ["home"]},
    }
    raw = {
        "policies": [
            {
                "id": "p",
                "displayName": "P",
                "state": "enabled",
                "conditions": {
                    "users": {"includeUsers": ["All"], "excludeGuestsOrExternalUsers": guests},
                    "applications": {"includeApplications": ["All"]},
                },
                "grantControls": {"builtInControls": ["mfa"]},
            }
        ],
        "named_locations": [],
        "users": [
            {
                "id": "g",
                "userPrincipalName": "g_partner#EXT#@contoso.example",
                "userType": "Guest",
                "accountEnabled": True,
            },
            {"id": "m", "userPrincipalName": "m@contoso.example", "userType": "Member", "accountEnabled": True},
        ],
        "groups": {},
        "roles": [],
    }
    found = cover(tenant_of(raw), Question.MFA)
    assert found.people.ids(found.depends_users) == ["g"]
    assert found.people.ids(found.open_users) == []
    assert class_of(found, "m") is not None

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.directory.tenants import AT, GA, assignment, policy, snapshot, user

from tenantlint.facts import compute
from tenantlint.facts.interface import FactContext
from tenantlint.model import CollectionStatus


def fact(*policies: dict[str, Any], emergency: tuple[str, ...] = (), **more: Any) -> tuple[dict[str, Any], FactContext]:
    context = FactContext(
        snapshot(conditional_access_policies=list(policies), **more), AT, break_glass=frozenset(emergency)
    )
    return compute(["exclusions"], context).tree["exclusions"], context


def classes(value: dict[str, Any], context: FactContext) -> dict[tuple[str, ...], set[str]]:
    found: dict[tuple[str, ...], set[str]] = {}
    for one in value["classes"]:
        found.setdefault(tuple(one["exempt"]), set()).update(
            principal.id for principal in context.populations[one["population"]]
        )
    return found


def test_excluded_users_groups_and_roles_become_parts() -> None:
    value, context = fact(
        policy("p", {"includeUsers": ["All"], "excludeUsers": ["u"], "excludeGroups": ["g"], "excludeRoles": [GA]}),
        users=[user("u"), user("v"), user("off", enabled=False), user("admin")],
        groups=[{"id": "g", "displayName": "Excluded"}],
        group_members=[{"group_id": "g", "members": ["v", "off", "device"]}],
        role_assignments=[assignment("admin")],
    )
    told = value["policies"]["p"]
    assert [(part["kind"], part["name"], part["count"], part["disabled"]) for part in told["parts"]] == [
        ("user", "User u", 1, 0),
        ("group", "Excluded", 1, 1),
        ("role", "Global Administrator", 1, 0),
    ]
    assert (told["everyone"], told["excludes_others"], told["unknown"]) == (True, True, [])
    assert (told["left_out"]["count"], told["left_out"]["disabled"]) == (3, 1)
    assert classes(value, context) == {("p",): {"u", "v", "off", "admin"}}


def test_emergency_accounts_are_classes_of_their_own() -> None:
    value, _ = fact(
        policy("p", {"includeUsers": ["All"], "excludeUsers": ["u"], "excludeGroups": ["g"]}),
        emergency=("g",),
        users=[user("u"), user("bg")],
        group_members=[{"group_id": "g", "members": ["bg"]}],
    )
    assert [(one["emergency"], one["names"]) for one in value["classes"]] == [(False, ["User u"]), (True, ["User bg"])]
    assert [part["beyond_emergency"] for part in value["policies"]["p"]["parts"]] == [1, 0]
    assert value["policies"]["p"]["left_out"]["count"] == 1


def test_only_emergency_accounts_are_nobody_else() -> None:
    value, _ = fact(
        policy("p", {"includeUsers": ["All"], "excludeUsers": ["BG"]}), emergency=("bg",), users=[user("bg")]
    )
    assert not value["policies"]["p"]["excludes_others"]


@pytest.mark.parametrize("more", [{}, {"group_members": CollectionStatus.DENIED}])
def test_groups_without_members_are_unknown(more: dict[str, Any]) -> None:
    value, _ = fact(policy("p", {"includeUsers": ["All"], "excludeGroups": ["g"]}), users=[], **more)
    [unknown] = value["policies"]["p"]["unknown"]
    assert (unknown["kind"], unknown["id"]) == ("group", "g")
    assert value["policies"]["p"]["excludes_others"]
    assert value["classes"] == []


def test_a_deleted_group_or_user_leaves_nobody_out() -> None:
    value, _ = fact(
        policy("p", {"includeUsers": ["All"], "excludeGroups": ["g"], "excludeUsers": ["gone"]}),
        users=[user("u")],
        group_members=[{"group_id": "g", "status": "missing"}],
    )
    told = value["policies"]["p"]
    assert [part["status"] for part in told["parts"]] == ["missing", "missing"]
    assert (told["unknown"], told["excludes_others"], value["classes"]) == ([], False, [])


def test_users_that_are_not_collected_still_count() -> None:
    value, _ = fact(policy("p", {"includeUsers": ["All"], "excludeUsers": ["u"]}))
    assert value["policies"]["p"]["left_out"]["enabled_unknown"] == 1
    assert not value["users_known"]


def test_roles_without_known_holders_are_unknown() -> None:
    value, _ = fact(policy("p", {"includeUsers": ["All"], "excludeRoles": ["d29b2b05-8046-44ba-8758-1e26182fcf32"]}))
    assert value["policies"]["p"]["unknown"][0]["name"] == "Directory Synchronization Accounts"


def test_guest_types_are_accounts_or_stand_ins() -> None:
    guests = [
        user("inside", userType="Guest"),
        user("invited", userType="Guest", externalUserState="Accepted"),
        user("member", externalUserState="Accepted"),
    ]
    value, context = fact(
        policy("p", {"includeUsers": ["All"], "excludeUsers": ["GuestsOrExternalUsers"]}), users=guests
    )
    symbolic = {one["symbolic"]: one for one in value["classes"]}
    assert set(symbolic[True]["names"]) == {"b2bDirectConnectUser", "otherExternalUser", "serviceProvider"}
    assert {one.id for one in context.populations[symbolic[False]["population"]]} == {"inside", "invited", "member"}
    typed = {"guestOrExternalUserTypes": "internalGuest"}
    value, context = fact(policy("p", {"includeUsers": ["All"], "excludeGuestsOrExternalUsers": typed}), users=guests)
    assert classes(value, context) == {("p",): {"inside"}}
    value, _ = fact(policy("p", {"includeUsers": ["All"], "excludeGuestsOrExternalUsers": typed}))
    assert value["classes"][0]["symbolic"]


def test_policies_for_chosen_users_cover_those_whom_they_include() -> None:
    value, _ = fact(
        policy("all", {"includeUsers": ["All"], "excludeGroups": ["g"]}),
        policy("some", {"includeGroups": ["G"], "excludeUsers": ["v"]}),
        policy("unknown", {"includeGroups": ["hidden"]}),
        users=[user("u"), user("v")],
        group_members=[{"group_id": "g", "members": ["u", "v"]}],
    )
    by_name = {one["names"][0]: one for one in value["classes"]}
    assert (by_name["User u"]["covered_by"], by_name["User u"]["maybe_covered_by"]) == (
        ["some", "unknown"],
        ["some", "unknown"],
    )
    assert by_name["User v"]["covered_by"] == []
    assert value["policies"]["all"]["parts"][0]["taken_up"]
    assert value["policies"]["all"]["left_out"]["count"] == 0
    assert value["policies"]["unknown"]["included_unknown"]


def test_an_exclusion_that_is_not_known_makes_the_cover_uncertain() -> None:
    value, _ = fact(
        policy("all", {"includeUsers": ["All"], "excludeUsers": ["u"]}),
        policy("some", {"includeUsers": ["u"], "excludeGroups": ["hidden"]}),
        users=[user("u")],
    )
    assert value["classes"][0]["maybe_covered_by"] == ["some"]


def test_a_policy_without_a_grant_takes_nothing_up() -> None:
    value, _ = fact(
        policy("all", {"includeUsers": ["All"], "excludeUsers": ["u"]}),
        policy("session", {"includeUsers": ["u"]}, grantControls=None),
        users=[user("u")],
    )
    assert not value["policies"]["all"]["parts"][0]["taken_up"]


def test_what_a_policy_for_chosen_users_leaves_out_is_only_whom_it_includes() -> None:
    value, _ = fact(
        policy("p", {"includeUsers": ["u", "v"], "excludeUsers": ["v", "w"]}), users=[user("u"), user("v"), user("w")]
    )
    assert value["policies"]["p"]["left_out"]["names"] == ["User v"]


def test_only_enabled_policies_about_users_are_told() -> None:
    value, _ = fact(
        policy("off", {"includeUsers": ["All"]}, state="disabled"),
        policy("report", {"includeUsers": ["All"]}, state="enabledForReportingButNotEnforced"),
        {"id": "w", "state": "enabled", "conditions": {"clientApplications": {}, "users": None}},
        {"id": "n", "state": "enabled", "conditions": None},
        {"displayName": "By hand", "state": "enabled", "conditions": {"users": {"includeUsers": ["None"]}}},
    )
    assert list(value["policies"]) == ["By hand"]


@given(
    st.lists(st.tuples(st.booleans(), st.sets(st.sampled_from("abcde")), st.sets(st.sampled_from("abcde"))), max_size=5)
)
def test_classes_tell_who_is_open_as_a_naive_walk_does(shapes: list[tuple[bool, set[str], set[str]]]) -> None:
    policies = [
        policy(
            str(number), {"includeUsers": ["All"] if everyone else sorted(included), "excludeUsers": sorted(excluded)}
        )
        for number, (everyone, included, excluded) in enumerate(shapes)
    ]
    value, context = fact(*policies, users=[user(one) for one in "abcde"])
    for_all = {str(number) for number, shape in enumerate(shapes) if shape[0]}
    counting = {str(number) for number in range(len(shapes))}
    told = {
        principal.id
        for one in value["classes"]
        if for_all <= set(one["exempt"]) and not counting & set(one["covered_by"])
        for principal in context.populations[one["population"]]
    }
    naive = {
        one
        for one in "abcde"
        if not any((everyone or one in included) and one not in excluded for everyone, included, excluded in shapes)
    }
    assert not for_all or told == naive

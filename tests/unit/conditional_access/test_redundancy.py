"""Policies that never apply, and policies that others make redundant."""

from typing import Any

import pytest
from hypothesis import given
from tests.unit.conditional_access import soundness_oracle as oracle
from tests.unit.conditional_access.test_lockout import EVERYONE, block, tenant
from tests.unit.directory.tenants import GA, assignment, policy, snapshot, user

from tenantlint.conditional_access.ground import Ground
from tenantlint.conditional_access.redundancy import Redundant, idle, redundant
from tenantlint.conditional_access.tenant import read_tenant

NONE = {"includeApplications": ["None"]}


def asks(identity: str, *controls: str, users: dict[str, Any] = EVERYONE, **more: Any) -> dict[str, Any]:
    grant = {"operator": "OR", "builtInControls": list(controls)} if controls else None
    return policy(identity, users, grantControls=grant, **more)


def judged(*policies: dict[str, Any], **more: Any) -> list[Redundant]:
    found, undecided = redundant(Ground(tenant(*policies, **more)))
    assert undecided == []
    return found


def names(found: list[Redundant]) -> dict[str, list[str]]:
    return {one.policy.id: [other.id for other in one.by] for one in found}


@given(oracle.policies(most=6))
def test_idle_policies_are_those_that_apply_to_no_sign_in(drawn: list[dict[str, Any]]) -> None:
    ground = Ground(oracle.read(drawn))
    asleep = {
        one["id"]
        for one in oracle.enforced(drawn)
        if not any(oracle.applies(one, point) for point in oracle.POINTS_OF_ALL)
    }
    assert {one.policy.id for one in idle(ground)} == asleep


@given(oracle.policies(most=6))
def test_redundant_policies_can_go_together_and_no_other_can(drawn: list[dict[str, Any]]) -> None:
    ground = Ground(oracle.read(drawn))
    asleep = {one.policy.id for one in idle(ground)}
    found, undecided = redundant(ground)
    assert undecided == []
    assert all(one.certain for one in found)
    gone = {one.policy.id for one in found}
    force = oracle.enforced(drawn)
    kept = [one for one in force if one["id"] not in gone]
    for one in force:
        if one["id"] in asleep:
            continue
        others = [other for other in kept if other is not one]
        covered = all(
            oracle.demands(others, clause, point)
            for point in oracle.POINTS_OF_ALL
            if oracle.applies(one, point)
            for clause in oracle.clauses(one)
        )
        assert covered is (one["id"] in gone)


@given(oracle.policies(most=5))
def test_the_policies_that_are_named_are_enough_and_all_needed(drawn: list[dict[str, Any]]) -> None:
    raw = {one["id"]: one for one in drawn}
    for one in redundant(Ground(oracle.read(drawn)))[0]:
        mine = [point for point in oracle.POINTS_OF_ALL if oracle.applies(raw[one.policy.id], point)]
        by = [raw[other.id] for other in one.by]

        def covers(chosen: list[dict[str, Any]], points: list[oracle.Point], policy_id: str) -> bool:
            clauses = oracle.clauses(raw[policy_id])
            return all(oracle.demands(chosen, clause, point) for point in points for clause in clauses)

        assert covers(by, mine, one.policy.id)
        for spared in by:
            assert not covers([other for other in by if other is not spared], mine, one.policy.id)


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (policy("p", {"includeUsers": ["None"]}), "no_users_named"),
        (policy("p", {"includeUsers": ["u", "v"], "excludeUsers": ["v", "u"]}), "everybody_excluded"),
        (policy("p", {"includeUsers": ["gone"]}), "nobody_included"),
        (asks("p"), "no_controls"),
        (asks("p", "mfa", conditions={"users": EVERYONE, "applications": NONE}), "no_resources_named"),
        (policy("p", EVERYONE, conditions={"users": EVERYONE, "applications": {}}), "no_resources_named"),
    ],
)
def test_reasons_for_never_applying(made: dict[str, Any], reason: str) -> None:
    (found,) = idle(Ground(tenant(made)))
    assert found.reason == reason
    assert found.certain


def test_a_location_without_addresses_matches_nothing() -> None:
    made = policy("p", EVERYONE)
    made["conditions"]["locations"] = {"includeLocations": ["l"]}
    (found,) = idle(Ground(tenant(made, named_locations=[{"id": "l", "displayName": "Empty", "ipRanges": []}])))
    assert (found.reason, found.detail) == ("empty_condition", "locations")


def test_a_role_that_somebody_may_activate_is_somebody() -> None:
    made = tenant(
        policy("p", {"includeRoles": [GA]}),
        role_assignments=[],
        role_eligibility_schedule_instances=[assignment("u")],
    )
    assert idle(Ground(made)) == []


def test_of_two_equal_policies_the_later_is_named() -> None:
    assert names(judged(asks("a", "mfa"), asks("b", "mfa"))) == {"b": ["a"]}


def test_a_policy_that_groups_leave_only_outsiders_of_is_not_redundant() -> None:
    """Direct connect users are in no group: `b` is about them, whom `c` does not reach."""
    groups: dict[str, Any] = {
        "groups": [{"id": "g", "displayName": "g"}],
        "group_members": [{"group_id": "g", "members": ["u"], "nested_groups": []}],
        "users": [user("u"), user("v")],
    }
    everyone_but = block("b", {"includeUsers": ["All"], "excludeGroups": ["g"]})
    assert names(judged(everyone_but, block("c", {"includeUsers": ["v"]}), **groups)) == {"c": ["b"]}


def test_a_control_that_legacy_clients_cannot_meet_does_not_replace_a_block() -> None:
    legacy = block("b", EVERYONE, clientAppTypes=["exchangeActiveSync", "other"])
    assert judged(legacy, asks("m", "mfa")) == []
    assert names(judged(legacy, block("c", EVERYONE))) == {"b": ["c"]}


def test_several_policies_together_make_one_redundant() -> None:
    halves = [
        asks("a", "mfa", users={"includeUsers": ["u"]}),
        asks("b", "mfa", users={"includeUsers": ["v"]}),
        asks("c", "mfa", users={"includeUsers": ["u", "v"]}),
    ]
    found = judged(*halves)
    assert names(found) == {"a": ["c"], "b": ["c"]}
    grouped = [{**halves[2], "conditions": {**halves[2]["conditions"], "platforms": {"includePlatforms": ["iOS"]}}}]
    assert names(judged(*halves[:2], *grouped)) == {"c": ["a", "b"]}


def test_a_covering_policy_that_can_be_spared_is_not_named() -> None:
    phones = {"includePlatforms": ["iOS", "android"]}

    def on(identity: str, users: list[str], **conditions: Any) -> dict[str, Any]:
        made = asks(identity, "mfa", users={"includeUsers": users})
        return {**made, "conditions": {**made["conditions"], **conditions}}

    found = judged(
        on("spare", ["u", "w"], platforms=phones, clientAppTypes=["browser"]),
        on("a", ["u", "x"]),
        on("b", ["v", "x"], platforms=phones),
        on("c", ["u", "v"], platforms=phones, clientAppTypes=["browser", "mobileAppsAndDesktopClients"]),
        users=[user(one) for one in "uvwx"],
    )
    assert names(found) == {"c": ["a", "b"]}


def test_a_password_change_brings_mfa() -> None:
    change = policy("c", EVERYONE, grantControls={"operator": "OR", "builtInControls": ["passwordChange"]})
    assert names(judged(change, asks("m", "mfa"))) == {"m": ["c"]}


@pytest.mark.parametrize(("session", "redundant_"), [({"signInFrequency": {"value": 1}}, ["a"]), (None, ["b"])])
def test_a_session_control_of_its_own_is_something(session: dict[str, Any] | None, redundant_: list[str]) -> None:
    assert list(names(judged(asks("a", "mfa"), asks("b", "mfa", sessionControls=session)))) == redundant_


def test_equal_session_controls_are_redundant() -> None:
    same = {"persistentBrowser": {"isEnabled": True, "mode": "never"}}
    found = judged(asks("a", sessionControls=same), asks("b", sessionControls=same))
    assert names(found) == {"b": ["a"]}


def test_a_strength_brings_mfa_and_not_the_other_way_round() -> None:
    strength = {"id": "00000000-0000-0000-0000-000000000004", "displayName": "Phishing-resistant MFA"}
    strong = policy("s", EVERYONE, grantControls={"operator": "OR", "authenticationStrength": strength})
    assert names(judged(strong, asks("m", "mfa"))) == {"m": ["s"]}


def test_what_hangs_on_membership_is_told_apart() -> None:
    groups: dict[str, Any] = {
        "groups": [{"id": "g", "displayName": "g"}],
        "group_members": [{"group_id": "g", "members": ["v"], "nested_groups": []}],
    }
    everyone_but = asks("a", "mfa", users={"includeUsers": ["All"], "excludeGroups": ["g"]})
    one = asks("b", "mfa", users={"includeUsers": ["u"]})
    (found,) = judged(everyone_but, one, **groups)
    assert (found.policy.id, found.today, found.certain) == ("b", True, True)
    (found,) = judged(asks("a", "mfa"), one, **groups)
    assert not found.today


def test_without_a_directory_what_hangs_on_membership_is_not_certain() -> None:
    policies = [
        asks("a", "mfa", users={"includeUsers": ["All"], "excludeGroups": ["g"]}),
        asks("b", "mfa", users={"includeRoles": [GA]}),
        asks("c", "mfa", users={"includeGroups": ["h"], "excludeGroups": ["g"]}),
    ]
    found, _ = redundant(Ground(read_tenant(snapshot(conditional_access_policies=policies))))
    assert {one.policy.id: one.certain for one in found} == {"b": False, "c": True}
    assert all(one.unknowns for one in found if not one.certain)


def test_too_many_states_leave_a_policy_undecided() -> None:
    halves = [asks(name, "mfa", users={"includeUsers": [name]}) for name in ("u", "v")]
    whole = policy("w", {"includeUsers": ["u", "v"]})
    whole["conditions"]["platforms"] = {"includePlatforms": ["iOS"]}
    found, undecided = redundant(Ground(tenant(whole, *halves)), limit=0)
    assert found == []
    assert [one.id for one in undecided] == ["w"]

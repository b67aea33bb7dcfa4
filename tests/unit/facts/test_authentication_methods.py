"""Whom the authentication methods policy reaches, against a person by person oracle, and what rules see of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.directory.tenants import AT, snapshot, user

from tenantlint.facts import FactContext, compute
from tenantlint.facts.authentication_reach import OTHERS, Targets
from tenantlint.model import CollectionStatus

GROUPS = {"g": ["a", "b"], "h": ["b", "c", "off"], "none": [], "hidden": None}
NAMES = ("a", "b", "c", "off")


def context(*, users_status: CollectionStatus | None = None, **more: Any) -> FactContext:
    lines = [
        {"group_id": name, "members": members} if members is not None else {"group_id": name, "status": "denied"}
        for name, members in GROUPS.items()
    ]
    people = [user("a"), user("b", userType="Guest"), user("c"), user("off", enabled=False)]
    given: dict[str, Any] = {
        "users": users_status or people,
        "groups": [{"id": name, "displayName": f"Group {name}"} for name in GROUPS],
        "group_members": [*lines, {"group_id": "gone", "status": "missing"}],
    }
    return FactContext(snapshot(**{**given, **more}), AT)


def target(identity: str, **more: Any) -> dict[str, Any]:
    return {"targetType": "group", "id": identity, **more}


def fact(policy: dict[str, Any], **more: Any) -> dict[str, Any]:
    return compute(["authentication_methods"], context(authentication_methods_policy=[policy], **more)).tree[
        "authentication_methods"
    ]


def method(identity: str, **more: Any) -> dict[str, Any]:
    made = {"id": identity, "state": "enabled", "includeTargets": [target("all_users")], "excludeTargets": []}
    return {"authenticationMethodConfigurations": [made | more]}


def people(told: dict[str, Any], policy: dict[str, Any], **more: Any) -> set[str]:
    run = context(authentication_methods_policy=[policy], **more)
    compute(["authentication_methods"], run)
    return {one.id for one in run.populations[told["population"]]}


# --- reach ------------------------------------------------------------------------------------------------------------

TARGETS = ["all_users", "g", "h", "none", "hidden", "gone", "00000000-0000-0000-0000-000000000000", "user:a", "user:x"]


def named(word: str) -> dict[str, Any]:
    kind, _, identity = word.rpartition(":")
    return {"targetType": kind or "group", "id": identity}


def holds(word: str, person: str) -> str:
    """Whether a target holds a person: yes, no or maybe."""
    if word == "all_users":
        return "yes"
    if word == "hidden":
        return "maybe"
    if word.startswith("user:"):
        return "yes" if word == f"user:{person}" else "no"
    return "yes" if person in (GROUPS.get(word) or ()) else "no"


@given(st.lists(st.sampled_from(TARGETS), max_size=4), st.lists(st.sampled_from(TARGETS), max_size=4))
def test_reach_is_what_each_person_would_say(include: list[str], exclude: list[str]) -> None:
    reach = Targets(context()).all([named(word) for word in include], [named(word) for word in exclude])
    for person in NAMES:
        taken = {holds(word, person) for word in include}
        left_out = {holds(word, person) for word in exclude}
        if "yes" in left_out or not taken & {"yes", "maybe"}:
            expected = "out"
        elif "yes" in taken and "maybe" not in left_out:
            expected = "sure"
        else:
            expected = "maybe"
        found = "sure" if person in reach.sure else "maybe" if person in reach.maybe else "out"
        assert (person, found) == (person, expected)
    assert not reach.sure & reach.maybe


def test_people_whom_the_snapshot_does_not_list_are_among_all_users() -> None:
    targets = Targets(context(users_status=CollectionStatus.DENIED))
    assert OTHERS in targets.one(target("all_users")).sure
    told = targets.told(targets.all([target("all_users")], [target("g")]))
    assert (told["state"], told["count"], told["uncounted"], told["everybody"]) == ("some", 0, True, True)
    assert targets.one(target("g")).sure == {"a", "b"}


# --- methods ----------------------------------------------------------------------------------------------------------


def test_a_method_counts_enabled_accounts_and_tells_members_from_guests() -> None:
    policy = method("Sms", excludeTargets=[target("none")])
    sms = fact(policy)["methods"]["sms"]
    assert (sms["reach"]["count"], sms["members"]["count"], sms["reach"]["everybody"]) == (3, 2, True)
    assert people(sms["members"], policy) == {"a", "c"}
    assert sms["lacking"]["state"] == "nobody"


def test_each_target_is_told_by_itself_without_the_excluded_people() -> None:
    policy = method("Voice", includeTargets=[target("g"), target("h"), target("gone")], excludeTargets=[target("h")])
    targets = {one["id"]: one for one in fact(policy)["methods"]["voice"]["targets"]}
    assert {name: one["reach"]["count"] for name, one in targets.items()} == {"g": 1, "h": 0, "gone": 0}
    assert targets["h"]["reach"]["state"] == "nobody"
    assert (targets["gone"]["status"], targets["g"]["name"]) == ("missing", "Group g")


def test_members_that_are_not_known_are_perhaps_reached() -> None:
    told = fact(method("Voice", includeTargets=[target("hidden")]))["methods"]["voice"]["reach"]
    assert (told["state"], told["depends_on"]) == ("perhaps", ["the members of the group Group hidden"])


@pytest.mark.parametrize("targets", [None, "x"])
def test_targets_that_are_not_told(targets: Any) -> None:
    told = fact(method("Sms", includeTargets=targets))["methods"]["sms"]
    assert (told["targets_told"], told["reach"]["state"], told["targets"]) == (False, "perhaps", [])


@pytest.mark.parametrize(
    ("state", "word", "reach"),
    [("disabled", "disabled", "nobody"), (None, "unknown", "perhaps"), ("later", "unknown", "perhaps")],
)
def test_states(state: Any, word: str, reach: str) -> None:
    told = fact(method("Sms", state=state))["methods"]["sms"]
    assert (told["state"], told["reach"]["state"]) == (word, reach)


@pytest.mark.parametrize(
    "policy",
    [
        {},
        {"authenticationMethodConfigurations": None},
        {"authenticationMethodConfigurations": [None, {"id": None}, {"id": ""}, 3]},
    ],
)
def test_policies_that_tell_nothing(policy: dict[str, Any]) -> None:
    assert fact(policy)["methods"] == {}


# --- features ---------------------------------------------------------------------------------------------------------


def feature(state: Any, include: str | None = "all_users", exclude: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"state": state}
    if include:
        found["includeTarget"] = target(include)
    if exclude:
        found["excludeTarget"] = target(exclude)
    return found


def authenticator(name: str, told: Any, **more: Any) -> dict[str, Any]:
    policy = method("MicrosoftAuthenticator", featureSettings={name: told} if told is not None else {}, **more)
    return fact(policy)["methods"]["microsoftauthenticator"]["features"][name]


PLACE, NUMBER = "displayLocationInformationRequiredState", "numberMatchingRequiredState"


@pytest.mark.parametrize(
    ("name", "told", "state", "managed", "without"),
    [
        (PLACE, feature("enabled"), "enabled", False, ("nobody", 0)),
        (PLACE, feature("enabled", "g"), "enabled", False, ("some", 1)),
        (PLACE, feature("enabled", "all_users", "g"), "enabled", False, ("some", 2)),
        (PLACE, feature("enabled", "hidden"), "enabled", False, ("perhaps", 0)),
        (PLACE, feature("enabled", None), "enabled", False, ("perhaps", 0)),
        (PLACE, feature("disabled"), "disabled", False, ("some", 3)),
        (PLACE, feature("default"), "disabled", True, ("some", 3)),
        (PLACE, feature(None), "unknown", False, ("perhaps", 0)),
        (PLACE, None, "unknown", False, ("perhaps", 0)),
        (NUMBER, None, "enabled", True, ("nobody", 0)),
        (NUMBER, feature("default", None), "enabled", True, ("nobody", 0)),
        (NUMBER, feature("disabled"), "disabled", False, ("some", 3)),
    ],
)
def test_features(name: str, told: Any, state: str, managed: bool, without: tuple[str, int]) -> None:
    found = authenticator(name, told)
    assert (found["state"], found["managed"]) == (state, managed)
    assert (found["without"]["state"], found["without"]["count"]) == without


def test_a_feature_serves_those_who_may_use_the_method() -> None:
    assert authenticator(PLACE, feature("enabled", "g"), includeTargets=[target("g")])["without"]["state"] == "nobody"


def test_features_of_other_methods_are_not_told() -> None:
    assert fact(method("Sms"))["methods"]["sms"]["features"] == {}


@pytest.mark.parametrize(("told", "state"), [(feature("enabled"), "enabled"), (feature("default"), "disabled")])
def test_reports_of_requests(told: dict[str, Any], state: str) -> None:
    assert fact({"reportSuspiciousActivitySettings": told})["report_suspicious_activity"]["state"] == state


# --- what the policy names --------------------------------------------------------------------------------------------


def test_groups_and_users_that_the_policy_names_wherever_they_stand() -> None:
    policy = {
        **method("Sms", includeTargets=[target("g"), target("gone")], excludeTargets=[target("hidden")]),
        "registrationEnforcement": {"x": {"excludeTargets": [{"targetType": "user", "id": "x"}, target("gone")]}},
    }
    found = {one["id"]: (one["exists"], len(one["places"])) for one in fact(policy)["named"]}
    assert found == {"g": (True, 1), "gone": (False, 2), "hidden": (True, 1), "x": (False, 1)}


def test_what_exists_is_not_known_without_the_lists() -> None:
    policy = method("Sms", includeTargets=[target("other"), {"targetType": "user", "id": "x"}])
    more = {"groups": CollectionStatus.DENIED, "users_status": CollectionStatus.DENIED}
    assert [one["exists"] for one in fact(policy, **more)["named"]] == [None, None]

from typing import Any

import pytest
from tests.unit.directory.tenants import AT, policy, snapshot, user

from tenantlint.facts.interface import FactContext
from tenantlint.facts.policy_users import policy_users
from tenantlint.facts.user_classes import unconditional, user_classes

ALL = {"includeApplications": ["All"]}


def conditions(**more: Any) -> dict[str, Any]:
    return {"conditions": {"users": {"includeUsers": ["All"]}, "applications": ALL, **more}}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {
            "platforms": None,
            "locations": None,
            "devices": None,
            "clientApplications": None,
            "authenticationFlows": None,
        },
        {"platforms": {"includePlatforms": ["all"], "excludePlatforms": []}},
        {"locations": {"includeLocations": ["All"], "excludeLocations": []}},
        {"devices": {"deviceFilter": None, "includeDevices": []}},
        {"authenticationFlows": {"transferMethods": "none"}},
        {"userRiskLevels": [], "insiderRiskLevels": None},
        {"clientAppTypes": ["other"]},
        {"applications": {**ALL, "excludeApplications": ["x"]}},
        {"times": {"includeAllTimes": True}},
    ],
)
def test_a_policy_without_known_conditions_is_unconditional(more: dict[str, Any]) -> None:
    assert unconditional(conditions(**more))


@pytest.mark.parametrize(
    "more",
    [
        {"applications": {"includeApplications": ["Office365"]}},
        {"applications": None},
        {"applications": {**ALL, "applicationFilter": {"mode": "exclude"}}},
        {"platforms": {"includePlatforms": ["iOS"]}},
        {"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["iOS"]}},
        {"locations": {"includeLocations": ["x"]}},
        {"locations": {"excludeLocations": ["AllTrusted"]}},
        {"devices": {"deviceFilter": {"mode": "include"}}},
        {"authenticationFlows": {"transferMethods": "deviceCodeFlow"}},
        {"clientApplications": {"includeServicePrincipals": ["x"]}},
        {"signInRiskLevels": ["high"]},
        {"insiderRiskLevels": "minor"},
    ],
)
def test_a_policy_with_a_condition_is_not(more: dict[str, Any]) -> None:
    assert not unconditional(conditions(**more))


def test_a_policy_without_conditions_reaches_no_application() -> None:
    assert not unconditional({"conditions": None})


def classes(*policies: dict[str, Any]) -> list[tuple[list[str], list[str]]]:
    context = FactContext(snapshot(conditional_access_policies=list(policies), users=[user("a"), user("b")]), AT)
    return [(one["exempt"], one["names"]) for one in user_classes(context, policy_users(context), frozenset())]


def test_policies_that_demand_the_same_leave_out_only_whom_all_of_them_leave_out() -> None:
    first = policy("p", {"includeUsers": ["All"], "excludeUsers": ["a", "b"]}, createdDateTime="2026-01-01T00:00:00Z")
    second = policy("q", {"includeUsers": ["All"], "excludeUsers": ["b"]})
    assert classes(first, second) == [(["p", "q"], ["User b"])]


def test_policies_that_demand_different_things_are_told_apart() -> None:
    first = policy("p", {"includeUsers": ["All"], "excludeUsers": ["a", "b"]})
    second = policy("q", {"includeUsers": ["All"], "excludeUsers": ["b"]}, grantControls={"builtInControls": ["block"]})
    assert classes(first, second) == [(["p"], ["User a"]), (["p", "q"], ["User b"])]


def test_policies_with_conditions_make_no_classes() -> None:
    narrow = policy("p", {"includeUsers": ["All"], "excludeUsers": ["a"]})
    narrow["conditions"]["userRiskLevels"] = ["high"]
    assert classes(narrow) == []

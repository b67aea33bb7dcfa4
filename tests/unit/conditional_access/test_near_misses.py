"""Which policies nearly cover a region, and what keeps each of them from it."""

from typing import Any

import pytest
from tests.unit.conditional_access.coverage_cases import described, excluding, policy, tenant

from tenantlint.conditional_access.compare import compare
from tenantlint.conditional_access.describe import Description
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.turning import Turning

OFFICE = {"id": "office", "displayName": "Office", "ipRanges": [{"cidrAddress": "198.51.100.0/24"}]}


def misses(found: Any) -> list[tuple[str, str]]:
    return [(one["name"], one["because"]) for one in found["near_misses"]]


def of_only(*policies: Any, question: Question = Question.MFA, **given: Any) -> list[tuple[str, str]]:
    given.setdefault("users", 9)
    regions = described(tenant(*policies, **given), question)
    assert len(regions) == 1, [one["users"]["label"] for one in regions]
    return misses(regions[0])


def test_an_exclusion_is_named_with_the_group_that_makes_it() -> None:
    assert of_only(policy("P", "mfa", users=excluding("sales")), groups={"sales": ["u1"]}) == [
        ("P", "excludes the group Sales")
    ]


def test_an_exclusion_through_a_nested_group_tells_the_way() -> None:
    groups = {
        "sales": {"group_id": "sales", "members": ["u1"], "nested_groups": ["west"], "direct": ["west"]},
        "west": {"group_id": "west", "members": ["u1"], "direct": ["u1"]},
    }
    assert of_only(policy("P", "mfa", users=excluding("sales")), groups=groups) == [
        ("P", "excludes the group Sales, in which the user is through West")
    ]


def test_people_who_are_excluded_one_by_one_are_told_together() -> None:
    assert of_only(policy("P", "mfa", users=excluding(users=("u1", "u2")))) == [
        ("P", "excludes the user User 1, the user User 2")
    ]


def test_a_reason_that_holds_for_some_says_for_how_many() -> None:
    groups = {"sales": ["u1", "u2", "u3"], "rescue": ["u4"]}
    assert of_only(policy("P", "mfa", users=excluding("sales", "rescue")), groups=groups) == [
        ("P", "excludes the group Sales (for 3 of 4)"),
        ("P", "excludes the group Rescue (for 1 of 4)"),
    ]


@pytest.mark.parametrize(
    ("controls", "operator", "because"),
    [
        (("mfa", "compliantDevice"), "OR", "applies, but asks only for MFA or a compliant device"),
        (
            ("compliantDevice", "passwordChange"),
            "OR",
            "applies, but asks only for a compliant device or a password change",
        ),
        (
            ("compliantDevice", "approvedApplication"),
            "AND",
            "applies, but asks only for a compliant device and an approved app",
        ),
        (("domainJoinedDevice",), "OR", "applies, but asks only for a hybrid joined device"),
    ],
)
def test_a_policy_that_asks_for_less_tells_what(controls: tuple[str, ...], operator: str, because: str) -> None:
    legacy = policy("Legacy", "block", clientAppTypes=["exchangeActiveSync", "other"])
    codes = policy("Codes", "block", authenticationFlows={"transferMethods": "deviceCodeFlow"})
    assert of_only(policy("P", *controls, operator=operator), legacy, codes) == [("P", because)]


@pytest.mark.parametrize(
    ("conditions", "because"),
    [
        ({"platforms": {"includePlatforms": ["iOS", "android"]}}, "is limited to the platforms android and iOS"),
        ({"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["linux"]}}, "does not apply to linux"),
        ({"clientAppTypes": ["exchangeActiveSync", "other"]}, "is limited to legacy clients"),
        ({"locations": {"includeLocations": ["office"]}}, "is limited to sign-ins inside Office"),
        ({"locations": {"includeLocations": ["All"], "excludeLocations": ["office"]}}, "does not apply inside Office"),
        ({"signInRiskLevels": ["high", "medium"]}, "is limited to sign-in risk medium or high"),
        ({"authenticationFlows": {"transferMethods": "deviceCodeFlow"}}, "is limited to device code flow"),
        (
            {"devices": {"deviceFilter": {"mode": "include", "rule": "device.isCompliant -eq True"}}},
            "is limited to sign-ins on compliant devices",
        ),
        (
            {"applications": {"includeApplications": ["797f4846-ba00-4fd7-ba43-dac1f8f63013"]}},
            "is limited to Windows Azure Service Management API",
        ),
        (
            {"applications": {"includeApplications": ["All"], "excludeApplications": ["Office365"]}},
            "does not apply to Office 365",
        ),
    ],
)
def test_a_policy_that_fails_in_one_dimension_tells_which(conditions: Any, because: str) -> None:
    assert of_only(policy("P", "mfa", **conditions), named_locations=[OFFICE]) == [("P", because)]


def test_two_differences_are_no_near_miss() -> None:
    found = policy("P", "mfa", signInRiskLevels=["high"], platforms={"includePlatforms": ["iOS"]})
    found = {"iOS" in one["platforms"]: misses(one) for one in described(tenant(found, users=1))}
    assert found == {True: [("P", "is limited to sign-in risk high")], False: []}


def test_nobody_widens_a_block_of_something_special() -> None:
    blocks = [
        policy("Linux", "block", platforms={"includePlatforms": ["linux"]}),
        policy("Abroad", "block", locations={"includeLocations": ["All"], "excludeLocations": ["office"]}),
    ]
    assert of_only(*blocks, named_locations=[OFFICE]) == []
    assert of_only(policy("Some", "block", users=excluding("sales")), groups={"sales": ["u1"]}) == [
        ("Some", "excludes the group Sales")
    ]


def test_policies_that_are_not_enforced_would_cover_it() -> None:
    states = [("Later", "enabledForReportingButNotEnforced"), ("Off", "disabled")]
    found = of_only(*(policy(name, "mfa", state=state) for name, state in states))
    assert found == [("Later", "is report-only"), ("Off", "is disabled")]
    # One that leaves the people out, or asks for something else, would not.
    found = of_only(
        policy("Later", "mfa", users=excluding("sales"), state=states[0][1]),
        policy("Device", "compliantDevice", state=states[0][1]),
        groups={"sales": [f"u{at}" for at in range(1, 10)]},
    )
    assert found == []


def test_the_exclusion_comes_first_then_what_asks_less_then_what_is_off_and_five_are_told() -> None:
    groups = {"sales": ["u1"]}
    policies = [
        policy("Off", "mfa", state="disabled"),
        policy("Report", "mfa", state="enabledForReportingButNotEnforced"),
        policy("Windows", "mfa", platforms={"includePlatforms": ["macOS"]}),
        policy("Terms", "compliantDevice"),
        policy("B", "mfa", users=excluding("sales")),
        policy("A", "mfa", users=excluding("sales")),
    ]
    regions = described(tenant(*policies, users=9, groups=groups))
    assert [name for name, _ in misses(regions[0])] == ["A", "B", "Terms", "Report", "Windows"]


def test_that_a_policy_is_for_others_is_told_only_where_nothing_else_is() -> None:
    groups = {"sales": ["u1"], "rescue": ["u2"]}
    others = policy("Sales", "mfa", users={"includeGroups": ["sales"]})
    regions = described(tenant(others, users=3, groups=groups))
    assert misses(regions[0]) == [("Sales", "is only for the group Sales")]
    regions = described(tenant(others, policy("P", "mfa", users=excluding("rescue")), users=3, groups=groups))
    assert misses(regions[0]) == [("P", "excludes the group Rescue")]


def test_what_a_policy_hangs_on_is_told() -> None:
    assert of_only(policy("P", "mfa", times={"includeDays": ["monday"]})) == [
        ("P", "may cover this: it hangs on the condition `times`, which tenantlint does not model")
    ]


def test_a_session_policy_is_no_near_miss() -> None:
    session = policy("Session", state="enabled") | {"sessionControls": {"signInFrequency": {"isEnabled": True}}}
    assert of_only(session) == []


def test_in_a_comparison_the_policies_that_make_the_difference_are_told() -> None:
    groups = {"sales": ["u1", "u2"]}
    kept = policy("Kept", "mfa", users={"includeGroups": ["sales"]})
    before = tenant(kept, policy("Gone", "mfa"), users=5, groups=groups)
    after = tenant(kept, policy("New", "mfa", users={"includeUsers": ["u3"]}), users=5, groups=groups)
    found = compare(before, after, Question.MFA)
    opened = Description(found.opened, turning=Turning(found, found.opened))
    assert [misses(opened.document(one, full=True)) for one in opened.regions] == [
        [("Gone", "covered this before, and was removed")]
    ]
    back = compare(after, before, Question.MFA)
    closed = Description(back.closed, turning=Turning(back, back.closed))
    assert [misses(closed.document(one, full=True)) for one in closed.regions] == [
        [("Gone", "covers this now, and was added")]
    ]


def test_a_group_that_grew_is_what_opens_though_no_policy_changed() -> None:
    exclude = policy("P", "mfa", users=excluding("sales"))
    before = tenant(exclude, users=5, groups={"sales": ["u1"]})
    after = tenant(exclude, users=5, groups={"sales": ["u1", "u2"]})
    found = compare(before, after, Question.MFA)
    opened = Description(found.opened, turning=Turning(found, found.opened))
    documents = [opened.document(one, full=True) for one in opened.regions]
    assert [(one["users"]["ids"], misses(one)) for one in documents] == [
        (["u2"], [("P", "covered this before: the people whom it is about have changed")])
    ]
    assert not found.closed.regions

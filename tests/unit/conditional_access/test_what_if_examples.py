"""The documented examples of What-If, and the rules that it is documented to follow."""

from typing import Any

from tests.unit.conditional_access.coverage_cases import EVERYTHING, policy, tenant

from tenantlint.conditional_access.evaluate import Evaluator, Result
from tenantlint.conditional_access.request import parse_request
from tenantlint.conditional_access.tenant import Tenant

OFFICE = {"id": "office", "displayName": "Office", "isTrusted": True, "ipRanges": [{"cidrAddress": "198.51.100.0/24"}]}
LEGACY = ["exchangeActiveSync", "other"]


def what_if(made: Tenant, **parts: Any) -> Result:
    body = {
        "signInIdentity": {"userId": "u1"},
        "signInContext": {"includeApplications": ["app"]},
        "signInConditions": {"clientAppType": "browser", "devicePlatform": "windows"},
    }
    return Evaluator(made).evaluate(parse_request(body | parts))


def reasons(result: Result) -> dict[str, tuple[bool, tuple[str, ...]]]:
    return {one.policy.name: (one.applies, one.reasons) for one in result.policies}


def test_a_risk_that_is_left_out_is_none_so_that_a_risk_policy_does_not_apply() -> None:
    result = what_if(tenant(policy("p", "block", signInRiskLevels=["high", "medium"]), users=2))
    assert result.outcome == "granted"
    assert reasons(result)["p"] == (False, ("signInRisk",))
    assert result.certainty == "certain"


def test_the_reason_is_the_first_condition_that_is_not_met() -> None:
    made = tenant(
        policy("users", "block", users={"includeUsers": ["u2"]}, signInRiskLevels=["high"]),
        policy("application", "block", applications={"includeApplications": ["other-app"]}),
        policy("platform", "block", platforms={"includePlatforms": ["iOS"]}),
        policy("client", "block", clientAppTypes=LEGACY),
        policy("state", "block", state="disabled"),
        policy("applies", "mfa"),
        users=2,
    )
    found = reasons(what_if(made))
    assert {name: why for name, (_, why) in found.items()} == {
        "users": ("users",),
        "application": ("application",),
        "platform": ("devicePlatform",),
        "client": ("clientApps",),
        "state": ("policyNotEnabled",),
        "applies": ("notSet",),
    }
    assert [name for name, (applies, _) in found.items() if applies] == ["applies"]


def test_a_report_only_policy_is_listed_and_not_enforced() -> None:
    result = what_if(tenant(policy("p", "block", state="enabledForReportingButNotEnforced"), users=2))
    assert result.outcome == "granted"
    assert reasons(result)["p"][0] is True


def test_a_location_that_is_not_given_does_not_match_and_the_answer_says_so() -> None:
    made = tenant(policy("p", "block", locations={"includeLocations": ["office"]}), users=2, named_locations=[OFFICE])
    result = what_if(made)
    assert result.outcome == "granted"
    assert reasons(result)["p"] == (False, ("location", "notEnoughInformation"))
    assert result.certainty == "depends"


def test_a_block_wins_over_every_control() -> None:
    result = what_if(tenant(policy("p", "mfa"), policy("q", "block"), users=2))
    assert (result.outcome, result.requires) == ("blocked", ())


def test_without_any_policy_that_applies_the_token_is_issued() -> None:
    assert what_if(tenant(users=2)).outcome == "granted"


def test_controls_of_all_policies_are_asked_for_together() -> None:
    made = tenant(policy("p", "mfa"), policy("q", "compliantDevice", "domainJoinedDevice"), users=2)
    assert what_if(made).requires == (("mfa",), ("compliantDevice", "domainJoinedDevice"))


def test_low_privilege_scopes_are_asked_of_the_directory() -> None:
    made = tenant(policy("p", "mfa", applications=EVERYTHING | {"excludeApplications": ["app"]}), users=2)
    directory = {"includeApplications": ["00000002-0000-0000-c000-000000000000"]}
    assert what_if(made, signInContext=directory).requires == (("mfa",),)
    assert what_if(made).outcome == "granted"

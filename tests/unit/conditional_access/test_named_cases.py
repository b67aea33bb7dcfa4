"""Published examples, and questions that other tools are known to answer wrongly, each with the right answer."""

from typing import Any

import pytest
from tests.unit.conditional_access.coverage_cases import EVERYTHING, excluding, policy, tenant

from tenantlint.conditional_access.coverage import Coverage, cover
from tenantlint.conditional_access.policy import CLIENT_APP_TYPES, PLATFORMS
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.universe import DIMENSIONS

OFFICE = {"id": "office", "displayName": "Office", "isTrusted": True, "ipRanges": [{"cidrAddress": "198.51.100.0/24"}]}
LEGACY = ["exchangeActiveSync", "other"]
FIDO2 = {"id": "f", "displayName": "FIDO2", "allowedCombinations": ["fido2"]}


def asked(question: Question, *policies: Any, **others: Any) -> Coverage:
    return cover(tenant(*policies, **({"users": 2} | others)), question)


def values(coverage: Coverage, dimension: str, words: tuple[str, ...]) -> set[str]:
    """The values of one dimension in which anything is open."""
    at = DIMENSIONS.index(dimension)
    return {words[one] for region in coverage.regions for one in range(len(words)) if region.masks[at] >> one & 1}


def granting(name: str, **grant: Any) -> Any:
    return policy(name) | {"grantControls": {"operator": "OR", "builtInControls": []} | grant}


# Other gap analysers (reference, 2.1 and 2.2)


def test_a_member_of_two_groups_that_two_policies_each_exclude_needs_no_mfa() -> None:
    """Told apart only together: each group alone is covered by the other policy."""
    groups = {"a": ["u1", "u2"], "b": ["u2", "u3"]}
    found = asked(
        Question.MFA,
        policy("p", "mfa", users=excluding("a")),
        policy("q", "mfa", users=excluding("b")),
        users=4,
        groups=groups,
    )
    assert found.people.ids(found.open_users) == ["u2"]


def test_mfa_or_terms_of_use_is_no_mfa() -> None:
    found = asked(Question.MFA, granting("p", builtInControls=["mfa"], termsOfUse=["t"]))
    assert found.users_open == 2
    assert values(found, "client_app_types", CLIENT_APP_TYPES) == {"browser", "mobileAppsAndDesktopClients"}
    both = granting("p", operator="AND", builtInControls=["mfa"], termsOfUse=["t"])
    assert asked(Question.MFA, both).regions == ()


def test_mfa_or_a_compliant_device_is_no_mfa() -> None:
    found = asked(Question.MFA, policy("p", "mfa", "compliantDevice"))
    assert found.users_open == 2
    # But a device code carries no device, so that there MFA is the only way.
    flows = values(found, "authentication_flows", ("none", "deviceCodeFlow", "authenticationTransfer"))
    assert flows == {"none", "authenticationTransfer"}


def test_everybody_covered_by_several_policies_together_is_covered() -> None:
    groups = {"x": ["u1"]}
    found = asked(
        Question.MFA,
        policy("all but x", "mfa", users=excluding("x")),
        policy("x", "mfa", users={"includeGroups": ["x"]}),
        groups=groups,
    )
    assert (found.regions, found.users_open, found.users_depends) == ((), 0, 0)


def test_mfa_on_all_platforms_but_one_with_that_one_blocked_is_covered() -> None:
    mfa = policy("mfa", "mfa", platforms={"includePlatforms": ["all"], "excludePlatforms": ["linux"]})
    block = policy("block", "block", platforms={"includePlatforms": ["linux"]})
    assert asked(Question.MFA, mfa, block).regions == ()
    assert values(asked(Question.MFA, mfa), "platforms", (*PLATFORMS, "unknown")) == {"linux"}


def test_mfa_on_one_platform_leaves_the_others_and_unknown_ones_open() -> None:
    found = asked(Question.MFA, policy("p", "mfa", platforms={"includePlatforms": ["windows"]}))
    assert values(found, "platforms", (*PLATFORMS, "unknown")) == {*PLATFORMS, "unknown"} - {"windows"}


def test_platforms_by_name_leave_the_unknown_one_open() -> None:
    found = asked(Question.MFA, policy("p", "mfa", platforms={"includePlatforms": list(PLATFORMS)}))
    assert values(found, "platforms", (*PLATFORMS, "unknown")) == {"unknown"}


def test_a_block_of_legacy_clients_in_two_policies_is_one() -> None:
    apart = [policy(name, "block", clientAppTypes=[name]) for name in LEGACY]
    assert asked(Question.LEGACY_AUTHENTICATION, *apart).regions == ()
    assert values(asked(Question.LEGACY_AUTHENTICATION, apart[0]), "client_app_types", CLIENT_APP_TYPES) == {"other"}


# The wrong verdicts of single-policy templates (reference on ScubaGear, 8.1)


def test_w1_legacy_clients_blocked_from_one_location_only() -> None:
    here = policy("p", "block", clientAppTypes=LEGACY, locations={"includeLocations": ["office"]})
    assert asked(Question.LEGACY_AUTHENTICATION, here, named_locations=[OFFICE]).users_open == 2
    outside = policy(
        "p",
        "block",
        clientAppTypes=LEGACY,
        locations={"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]},
    )
    assert asked(Question.LEGACY_AUTHENTICATION, outside, named_locations=[OFFICE]).users_open == 2


@pytest.mark.parametrize(
    "conditions",
    [
        {"platforms": {"includePlatforms": ["android"]}},
        {"devices": {"deviceFilter": {"mode": "exclude", "rule": 'device.model -eq "Scanner"'}}},
    ],
)
def test_w2_legacy_clients_blocked_on_some_devices_only(conditions: Any) -> None:
    assert (
        asked(Question.LEGACY_AUTHENTICATION, policy("p", "block", clientAppTypes=LEGACY, **conditions)).users_open == 2
    )


def test_w2c_mfa_with_applications_filtered_out_is_not_certain() -> None:
    filtered = EVERYTHING | {"applicationFilter": {"mode": "exclude", "rule": "CustomSecurityAttribute.A_b -eq 1"}}
    found = asked(Question.MFA, policy("p", "mfa", applications=filtered))
    assert (found.users_open, found.users_depends) == (0, 2)


def test_w3_a_phishing_resistant_strength_or_a_device_is_neither() -> None:
    either = granting("p", builtInControls=["compliantDevice"], authenticationStrength=FIDO2)
    assert asked(Question.PHISHING_RESISTANT_MFA, either).users_open == 2
    assert asked(Question.MFA, either).users_open == 2
    assert asked(Question.PHISHING_RESISTANT_MFA, granting("p", authenticationStrength=FIDO2)).regions == ()


def test_w4_mfa_in_browsers_or_at_high_risk_only() -> None:
    browser = asked(Question.MFA, policy("p", "mfa", clientAppTypes=["browser"]))
    assert "browser" not in values(browser, "client_app_types", CLIENT_APP_TYPES)
    assert browser.users_open == 2
    risky = asked(Question.MFA, policy("p", "mfa", signInRiskLevels=["high"]))
    assert values(risky, "sign_in_risk", ("none", "low", "medium", "high")) == {"none", "low", "medium"}


def test_w5_user_risk_and_sign_in_risk_in_one_policy_is_narrower_than_each() -> None:
    one = policy("p", "block", userRiskLevels=["high"], signInRiskLevels=["high"])
    made = tenant(one, users=2)
    risky = cover(made, Question.ANY_CONTROL, within={"user_risk": ["high"]})
    assert values(risky, "sign_in_risk", ("none", "low", "medium", "high")) == {"none", "low", "medium"}
    apart = [policy("p", "block", userRiskLevels=["high"]), policy("q", "block", signInRiskLevels=["high"])]
    assert cover(tenant(*apart, users=2), Question.ANY_CONTROL, within={"user_risk": ["high"]}).regions == ()


def test_w7_device_code_and_transfer_blocked_together_is_device_code_blocked() -> None:
    both = policy("p", "block", authenticationFlows={"transferMethods": "deviceCodeFlow,authenticationTransfer"})
    flows = {"authentication_flows": ["deviceCodeFlow"]}
    assert cover(tenant(both, users=2), Question.ANY_CONTROL, within=flows).regions == ()


def test_w8_a_compliant_device_is_a_managed_device_and_either_kind_is() -> None:
    assert asked(Question.MANAGED_DEVICE, policy("p", "compliantDevice")).regions == ()
    assert asked(Question.MANAGED_DEVICE, policy("p", "compliantDevice", "domainJoinedDevice")).regions == ()
    assert asked(Question.MANAGED_DEVICE, policy("p", "compliantDevice", "mfa")).users_open == 2


def test_one_strong_policy_for_everybody_answers_the_weaker_questions_too() -> None:
    strong = granting("p", authenticationStrength=FIDO2)
    for question in (Question.MFA, Question.PHISHING_RESISTANT_MFA, Question.ANY_CONTROL):
        assert asked(question, strong).regions == ()


def test_mfa_in_each_of_two_alternatives_is_mfa() -> None:
    strength = {"id": "00000000-0000-0000-0000-000000000002"}
    assert asked(Question.MFA, granting("p", builtInControls=["mfa"], authenticationStrength=strength)).regions == ()
    assert asked(Question.MFA, policy("p", "mfa", "passwordChange")).regions == ()


# Documented rules


def test_low_privilege_scopes_are_asked_of_the_directory_which_exclusions_do_not_leave_out() -> None:
    """Since March 2026 a policy for all resources holds for them, whatever other application it excludes."""
    directory = "00000002-0000-0000-c000-000000000000"
    one = policy("p", "mfa", applications=EVERYTHING | {"excludeApplications": ["app"]})
    made = tenant(one, users=2)
    assert cover(made, Question.MFA, applications=[directory]).regions == ()
    assert cover(made, Question.MFA, applications=["app"]).users_open == 2


@pytest.mark.parametrize("target", ["urn:user:registersecurityinfo", "urn:user:registerdevice", "c1"])
def test_a_policy_for_all_resources_is_not_about_user_actions_and_contexts(target: str) -> None:
    assert cover(tenant(policy("p", "mfa"), users=2), Question.MFA, applications=[target]).users_open == 2


def test_a_session_policy_does_not_stop_a_legacy_client_and_any_control_does() -> None:
    session = policy("p") | {"sessionControls": {"signInFrequency": {"isEnabled": True, "value": 1, "type": "hours"}}}
    assert asked(Question.LEGACY_AUTHENTICATION, session).users_open == 2
    assert asked(Question.LEGACY_AUTHENTICATION, granting("p", termsOfUse=["t"])).regions == ()


def test_exclusion_beats_inclusion() -> None:
    found = asked(Question.MFA, policy("p", "mfa", users={"includeUsers": ["u1"], "excludeUsers": ["u1"]}))
    assert found.people.ids(found.open_users) == ["u1", "u2"]


def test_office_365_is_its_members_and_leaves_the_rest() -> None:
    exchange = "00000002-0000-0ff1-ce00-000000000000"
    made = tenant(policy("p", "mfa", applications={"includeApplications": ["Office365"]}), users=2)
    assert cover(made, Question.MFA, applications=[exchange]).regions == ()
    assert cover(made, Question.MFA, applications=["797f4846-ba00-4fd7-ba43-dac1f8f63013"]).users_open == 2
    but = {"includeApplications": ["Office365"], "excludeApplications": [exchange]}
    assert (
        cover(tenant(policy("p", "mfa", applications=but), users=2), Question.MFA, applications=[exchange]).users_open
        == 2
    )


def test_security_defaults_cover_legacy_clients_and_azure_management_and_leave_the_rest_in_doubt() -> None:
    made = tenant(users=2, security_defaults=[{"id": "x", "isEnabled": True}])
    assert cover(made, Question.LEGACY_AUTHENTICATION).regions == ()
    azure = "797f4846-ba00-4fd7-ba43-dac1f8f63013"
    assert cover(made, Question.MFA, applications=[azure]).regions == ()
    anything = cover(made, Question.MFA, applications=["app"])
    assert (anything.users_open, anything.users_depends) == (0, 2)


def test_everybody_is_open_without_policies() -> None:
    found = asked(Question.MFA)
    assert (len(found.regions), found.users_open, found.users_total) == (1, 2, 2)

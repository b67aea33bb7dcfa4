"""Wrong verdicts of the peers on Conditional Access, each with the outcome that is right.

W1 to W10b: verified against ScubaGear's unmodified rules, which look for one policy of the right form. prowler_1 to
prowler_14: verified by running Prowler's check classes. MT: read in Maester's functions. What all share: one policy is
judged by a few of its fields, and neither the other fields nor the other policies are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.policies.judging import tenant_of, verdict

from tenantlint.engine.interface import Engine
from tenantlint.model import CheckResult, CollectionStatus, Outcome
from tenantlint.snapshot import Snapshot

AT = datetime(2026, 11, 23, tzinfo=UTC)
GLOBAL = "62e90394-69f5-4237-9190-012177145e10"
EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"
LEGACY = ["exchangeActiveSync", "other"]
RESISTANT = {"id": "00000000-0000-0000-0000-000000000004", "displayName": "Phishing-resistant MFA"}
OFFICE = {
    "@odata.type": "#microsoft.graph.ipNamedLocation",
    "id": "office",
    "displayName": "Office",
    "isTrusted": True,
    "ipRanges": [{"cidrAddress": "203.0.113.0/26"}],
}
PEOPLE = ("ada", "ben", "cleo")


def user(identity: str) -> dict[str, Any]:
    return {"id": identity, "displayName": identity.title(), "accountEnabled": True, "userType": "Member"}


def tenant(
    *policies: dict[str, Any], groups: Mapping[str, Sequence[str]] | None = None, **collections: Any
) -> Snapshot:
    """A tenant of three people, one of them Global Administrator, with these policies and groups."""
    members = groups or {}
    holding = {"id": "h", "principalId": "ada", "roleDefinitionId": GLOBAL, "directoryScopeId": "/"}
    given: dict[str, Any] = {
        "conditional_access_policies": list(policies),
        "named_locations": [OFFICE],
        "authentication_strengths": [],
        "security_defaults": [{"id": "d", "isEnabled": False}],
        "users": [user(one) for one in PEOPLE],
        "groups": [{"id": one, "displayName": one} for one in members],
        "group_members": [{"group_id": one, "members": list(who)} for one, who in members.items()],
        "role_assignments": [holding],
        **collections,
    }
    return tenant_of(**given)


def policy(name: str, *controls: str, **more: Any) -> dict[str, Any]:
    """All users and all applications unless said; `more`: users, a condition by Graph's name, grant, strength, state,
    session.
    """
    users = {"includeUsers": ["All"], **more.pop("users", {})}
    applications = {"includeApplications": ["All"], **more.pop("applications", {})}
    grant: dict[str, Any] | None = {
        "operator": more.pop("operator", "OR"),
        "builtInControls": list(controls),
        "authenticationStrength": more.pop("strength", None),
    }
    session = more.pop("session", None)
    if not controls and grant and grant["authenticationStrength"] is None:
        grant = None
    return {
        "id": name,
        "displayName": name,
        "state": more.pop("state", "enabled"),
        "grantControls": grant,
        "sessionControls": session,
        "conditions": {"users": users, "applications": applications, "clientAppTypes": ["all"], **more},
    }


def judge(
    engine: Engine, identity: str, snapshot: Snapshot, break_glass: frozenset[str] = frozenset(), **parameters: Any
) -> CheckResult:
    return verdict(engine, identity, snapshot, parameters={identity: parameters}, emergency=break_glass)


def outcome(engine: Engine, identity: str, *policies: dict[str, Any], **more: Any) -> Outcome:
    parameters = {name: more.pop(name) for name in ("required", "levels") if name in more}
    return judge(engine, identity, tenant(*policies, **more), **parameters).outcome


def number(result: CheckResult) -> list[int | None]:
    return [finding.evidence.get("users_open") for finding in result.findings]


# --- ScubaGear --------------------------------------------------------------------------------------------------------


def test_w1_old_protocols_blocked_from_one_location_only(engine: Engine) -> None:
    only = policy("p", "block", clientAppTypes=LEGACY, locations={"includeLocations": ["office"]})
    assert outcome(engine, "CA001", only) is Outcome.FAIL


def test_w1b_old_protocols_blocked_outside_trusted_locations_only(engine: Engine) -> None:
    outside = {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}
    assert outcome(engine, "CA001", policy("p", "block", clientAppTypes=LEGACY, locations=outside)) is Outcome.FAIL


def test_w2_old_protocols_blocked_on_one_platform_only(engine: Engine) -> None:
    only = policy("p", "block", clientAppTypes=LEGACY, platforms={"includePlatforms": ["android"]})
    assert outcome(engine, "CA001", only) is Outcome.FAIL


def test_w2b_a_device_filter_leaves_devices_out(engine: Engine) -> None:
    kiosks = {"deviceFilter": {"mode": "exclude", "rule": 'device.displayName -startsWith "KIOSK"'}}
    assert outcome(engine, "CA002", policy("p", "mfa", devices=kiosks)) is Outcome.FAIL


def test_w2c_an_application_filter_leaves_applications_out(engine: Engine) -> None:
    filtered = {"applicationFilter": {"mode": "exclude", "rule": 'CustomSecurityAttribute.A_B -eq "c"'}}
    assert outcome(engine, "CA002", policy("p", "mfa", applications=filtered)) is Outcome.INCONCLUSIVE


def test_w3_mfa_or_a_compliant_device_is_not_mfa(engine: Engine) -> None:
    either = policy("p", "mfa", "compliantDevice")
    assert outcome(engine, "CA002", either) is Outcome.FAIL
    assert outcome(engine, "CA030", either) is Outcome.PASS


def test_w3b_a_strength_or_a_compliant_device_resists_no_phishing(engine: Engine) -> None:
    assert outcome(engine, "CA016", policy("p", "compliantDevice", strength=RESISTANT)) is Outcome.FAIL
    assert outcome(engine, "CA016", policy("p", "compliantDevice", strength=RESISTANT, operator="AND")) is Outcome.PASS


def test_w4_mfa_in_browsers_only(engine: Engine) -> None:
    assert outcome(engine, "CA002", policy("p", "mfa", clientAppTypes=["browser"])) is Outcome.FAIL


def test_w4b_mfa_at_high_risk_only(engine: Engine) -> None:
    assert outcome(engine, "CA002", policy("p", "mfa", signInRiskLevels=["high"])) is Outcome.FAIL


def test_w5_both_risks_in_one_policy(engine: Engine) -> None:
    both = policy("p", "block", signInRiskLevels=["high"], userRiskLevels=["high"])
    assert outcome(engine, "CA009", both, required="block") is Outcome.FAIL
    assert outcome(engine, "CA008", both, required="block", levels=["high"]) is Outcome.FAIL
    apart = (policy("s", "block", signInRiskLevels=["high"]), policy("u", "block", userRiskLevels=["high"]))
    assert outcome(engine, "CA009", *apart, required="block") is Outcome.PASS


def test_w6b_a_second_policy_covers_who_is_left_out(engine: Engine) -> None:
    most = policy("p", "mfa", users={"excludeGroups": ["g"]})
    rest = policy("q", "mfa", users={"includeUsers": [], "includeGroups": ["g"]})
    assert outcome(engine, "CA002", most, rest, groups={"g": ["ben"]}) is Outcome.PASS
    assert number(judge(engine, "CA002", tenant(most, groups={"g": ["ben"]}))) == [1]


def test_w6c_old_protocols_split_over_two_policies(engine: Engine) -> None:
    parts = [policy(one, "block", clientAppTypes=[one]) for one in LEGACY]
    assert outcome(engine, "CA001", *parts) is Outcome.PASS
    assert outcome(engine, "CA001", parts[0]) is Outcome.FAIL


def test_w7_both_transfer_methods_in_one_policy(engine: Engine) -> None:
    both = policy("p", "block", authenticationFlows={"transferMethods": "deviceCodeFlow,authenticationTransfer"})
    assert outcome(engine, "CA007", both) is Outcome.PASS
    assert outcome(engine, "CA048", both) is Outcome.PASS


def test_w8_only_compliant_devices_is_stricter(engine: Engine) -> None:
    assert outcome(engine, "CA015", policy("p", "compliantDevice")) is Outcome.PASS


def test_w10_an_exempt_group_is_no_free_pass(engine: Engine) -> None:
    """Who is in a declared group is looked at, and told: the exemption is by people, not by the id of a group."""
    most = policy("p", "mfa", users={"excludeGroups": ["rescue", "all-staff"]})
    snapshot = tenant(most, groups={"rescue": ["ada"], "all-staff": list(PEOPLE)})
    assert number(judge(engine, "CA002", snapshot, frozenset({"rescue"}))) == [2]


def test_w10b_roles_that_are_left_out_are_judged_by_their_holders(engine: Engine) -> None:
    most = policy("p", "mfa", users={"excludeRoles": [GLOBAL]})
    assert number(judge(engine, "CA002", tenant(most))) == [1]
    rest = policy("q", strength=RESISTANT, users={"includeUsers": [], "includeRoles": [GLOBAL]})
    assert outcome(engine, "CA002", most, rest) is Outcome.PASS


def test_last_row_a_stronger_policy_covers_the_weaker_demands(engine: Engine) -> None:
    """One policy with security keys for all: MFA for everybody, and phishing-resistant MFA for administrators."""
    keys = policy("p", strength=RESISTANT)
    assert [outcome(engine, one, keys) for one in ("CA002", "CA003", "CA006", "CA016")] == [Outcome.PASS] * 4


# --- Prowler ----------------------------------------------------------------------------------------------------------


def test_prowler_1_old_protocols_with_all_staff_left_out(engine: Engine) -> None:
    left = policy("p", "block", clientAppTypes=LEGACY, users={"excludeGroups": ["all-staff"]})
    assert number(judge(engine, "CA001", tenant(left, groups={"all-staff": list(PEOPLE)}))) == [3]


def test_prowler_2_old_protocols_with_exchange_left_out(engine: Engine) -> None:
    left = policy("p", "block", clientAppTypes=LEGACY, applications={"excludeApplications": [EXCHANGE]})
    assert outcome(engine, "CA001", left) is Outcome.FAIL


def test_prowler_3_old_protocols_on_android_only(engine: Engine) -> None:
    only = policy("p", "block", clientAppTypes=LEGACY, platforms={"includePlatforms": ["android"]})
    assert outcome(engine, "CA001", only) is Outcome.FAIL


def test_prowler_4_old_protocols_in_two_policies(engine: Engine) -> None:
    parts = [policy(one, "block", clientAppTypes=[one]) for one in LEGACY]
    assert outcome(engine, "CA001", *parts) is Outcome.PASS


def test_prowler_5_mfa_by_a_strength(engine: Engine) -> None:
    assert outcome(engine, "CA002", policy("p", strength=RESISTANT)) is Outcome.PASS


def test_prowler_6_mfa_or_a_compliant_device(engine: Engine) -> None:
    assert outcome(engine, "CA002", policy("p", "mfa", "compliantDevice")) is Outcome.FAIL


def test_prowler_7_mfa_at_high_risk_only(engine: Engine) -> None:
    assert outcome(engine, "CA002", policy("p", "mfa", signInRiskLevels=["high"])) is Outcome.FAIL


def test_prowler_8_mfa_for_old_clients_only(engine: Engine) -> None:
    assert outcome(engine, "CA002", policy("p", "mfa", clientAppTypes=["other"])) is Outcome.FAIL


@pytest.mark.parametrize("users", [{"excludeRoles": [GLOBAL]}, {"excludeUsers": ["ada"]}])
def test_prowler_9_administrators_left_out_of_mfa(engine: Engine, users: dict[str, Any]) -> None:
    result = judge(engine, "CA006", tenant(policy("p", "mfa", users=users)))
    assert result.outcome is Outcome.FAIL
    assert [one.name for finding in result.findings for one in finding.principals.members] == ["Ada"]


def test_prowler_10_an_exclusion_from_one_policy_is_no_emergency_access(engine: Engine) -> None:
    snapshot = tenant(policy("p", "block", clientAppTypes=LEGACY, users={"excludeUsers": ["ben"]}))
    narrow = judge(engine, "CA005", snapshot)
    assert narrow.outcome is Outcome.FAIL
    assert "ben" in str(narrow.findings).casefold()
    assert judge(engine, "CA022", snapshot).outcome is not Outcome.PASS


def test_prowler_11_terms_of_use_compensate_for_nothing(engine: Engine) -> None:
    most = policy("p", "mfa", users={"excludeUsers": ["ben"]})
    terms = policy("q", applications={"includeApplications": ["app"]})
    terms["grantControls"] = {"operator": "OR", "builtInControls": [], "termsOfUse": ["terms"]}
    assert outcome(engine, "CA005", most, terms) is Outcome.FAIL


def test_prowler_12_a_second_policy_for_all_closes_the_exclusion(engine: Engine) -> None:
    most = policy("p", "mfa", users={"excludeGroups": ["g"]})
    every = policy("q", strength=RESISTANT)
    found = judge(engine, "CA005", tenant(most, every, groups={"g": ["ben"]}))
    assert found.outcome is Outcome.PASS
    assert judge(engine, "CA005", tenant(most, groups={"g": ["ben"]})).outcome is Outcome.FAIL


@pytest.mark.parametrize("identity", ["CA001", "CA002", "CA005", "CA022", "CA028", "CA036", "CA038", "CA039"])
def test_prowler_13_nothing_passes_where_nothing_was_read(engine: Engine, identity: str) -> None:
    result = judge(engine, identity, tenant(conditional_access_policies=CollectionStatus.DENIED))
    assert result.outcome is Outcome.NOT_EVALUATED
    assert result.findings == ()


def test_prowler_14_a_word_that_is_not_known_drops_no_policy(engine: Engine) -> None:
    policies = (
        policy("first", "block", clientAppTypes=["exchangeActiveSync"]),
        policy("second", "block", clientAppTypes=["easSupported"]),
        policy("third", "block", clientAppTypes=["other"]),
    )
    assert outcome(engine, "CA001", *policies) is Outcome.PASS
    odd = (policies[0], policy("second", "block", clientAppTypes=["a word of next year"]), policies[2])
    assert outcome(engine, "CA001", *odd) is Outcome.PASS


# --- Maester ----------------------------------------------------------------------------------------------------------


def test_mt_1007_session_controls_are_no_mfa(engine: Engine) -> None:
    often = {"signInFrequency": {"isEnabled": True, "value": 1, "type": "hours", "frequencyInterval": "timeBased"}}
    assert outcome(engine, "CA002", policy("p", session=often)) is Outcome.FAIL
    assert outcome(engine, "CA028", policy("p", session=often)) is Outcome.FAIL


def test_mt_1009_old_protocols_outside_one_place_only(engine: Engine) -> None:
    outside = {"includeLocations": ["All"], "excludeLocations": ["office"]}
    assert outcome(engine, "CA001", policy("p", "block", clientAppTypes=LEGACY, locations=outside)) is Outcome.FAIL


def test_mt_1011_registration_needs_a_control_and_a_place(engine: Engine) -> None:
    action = {"includeApplications": [], "includeUserActions": ["urn:user:registersecurityinfo"]}
    nowhere = {"includeLocations": ["All"], "excludeLocations": []}
    assert outcome(engine, "CA010", policy("p", applications=action, locations=nowhere)) is Outcome.FAIL
    terms = policy("t", applications=action, locations=nowhere)
    terms["grantControls"] = {"operator": "OR", "builtInControls": [], "termsOfUse": ["terms"]}
    assert outcome(engine, "CA010", terms) is Outcome.FAIL
    assert outcome(engine, "CA010", policy("p", "mfa", applications=action, locations=nowhere)) is Outcome.PASS


def test_mt_1015_unknown_platforms_for_some_people_only(engine: Engine) -> None:
    others = {"includePlatforms": ["all"], "excludePlatforms": ["android", "iOS", "windows", "macOS", "linux"]}
    some = {"includeUsers": ["ada"]}
    assert outcome(engine, "CA014", policy("p", "block", platforms=others, users=some)) is Outcome.FAIL
    none = {"includePlatforms": ["all"], "excludePlatforms": ["all"]}
    assert outcome(engine, "CA014", policy("p", "block", platforms=none)) is Outcome.FAIL
    assert outcome(engine, "CA014", policy("p", "block", platforms=others)) is Outcome.PASS


def test_mt_1033_a_policy_that_applies_need_not_block(engine: Engine) -> None:
    """Five people whom some policy is about say nothing of the others, and terms of use stop no old client for sure."""
    some = policy("p", "block", clientAppTypes=LEGACY, users={"includeUsers": ["ada", "ben"]})
    assert number(judge(engine, "CA001", tenant(some))) == [1]
    often = {"persistentBrowser": {"isEnabled": True, "mode": "never"}}
    assert outcome(engine, "CA001", policy("p", clientAppTypes=LEGACY, session=often)) is Outcome.FAIL


def test_mt_1036_an_exclusion_is_covered_by_what_a_policy_does(engine: Engine) -> None:
    """That the id stands in some include is no fallback, and one that covers everybody is."""
    most = policy("p", "mfa", users={"excludeUsers": ["ben"]})
    named = policy("q", "mfa", users={"includeUsers": ["ben"]}, applications={"includeApplications": ["app"]})
    assert outcome(engine, "CA005", most, named) is Outcome.FAIL
    assert outcome(engine, "CA005", most, policy("r", strength=RESISTANT)) is Outcome.PASS


def test_mt_1005_and_1036_agree_on_emergency_accounts(engine: Engine) -> None:
    """Left out everywhere, as they must be, and no gap."""
    snapshot = tenant(policy("p", "mfa", users={"excludeUsers": ["ada"]}))
    rescue = frozenset({"ada"})
    assert judge(engine, "CA005", snapshot, rescue).outcome is Outcome.PASS
    assert judge(engine, "CA022", snapshot, rescue).outcome is Outcome.PASS

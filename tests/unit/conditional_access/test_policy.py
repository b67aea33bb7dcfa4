"""Policies as read: special values, spellings that are equal, and what is not known staying visible."""

from typing import Any

import pytest
from tests.unit.conditional_access.coverage_cases import policy, tenant

from tenantlint.conditional_access.coverage import Coverage, cover
from tenantlint.conditional_access.policy import ANY, Choice, Guests, State, parse_policy
from tenantlint.conditional_access.questions import Question
from tenantlint.directory import GUEST_TYPES
from tenantlint.errors import InputError


def parsed(**conditions: Any) -> Any:
    return parse_policy({"displayName": "P", "state": "enabled", "conditions": conditions})


@pytest.mark.parametrize("nothing", [None, [], "absent"])
def test_null_empty_and_absent_are_one(nothing: Any) -> None:
    lists = {"includePlatforms": nothing, "excludePlatforms": nothing}
    given = {"clientAppTypes": nothing, "signInRiskLevels": nothing, "userRiskLevels": nothing}
    if nothing == "absent":
        lists, given = {}, {}
    found = parsed(platforms=lists, locations=None if nothing is None else {}, **given)
    assert (found.platforms, found.locations, found.client_app_types) == (ANY, ANY, None)
    assert (found.sign_in_risk, found.user_risk, found.unknowns) == (None, None, ())


def test_equal_spellings_are_one() -> None:
    every = ["browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other"]
    assert parsed(clientAppTypes=["All"]).client_app_types is None
    assert parsed(clientAppTypes=every).client_app_types is None
    assert parsed(platforms={"includePlatforms": ["ALL"]}).platforms == ANY
    assert parsed(locations={"includeLocations": ["All"], "excludeLocations": []}).locations == ANY
    old = parsed(users={"includeUsers": ["GuestsOrExternalUsers"]}).include
    typed = {"guestOrExternalUserTypes": ",".join(GUEST_TYPES), "externalTenants": {"membershipKind": "all"}}
    assert old == parsed(users={"includeGuestsOrExternalUsers": typed}).include
    assert parsed(insiderRiskLevels="minor,elevated").insider_risk == {"minor", "elevated"}
    assert parsed(clientAppTypes=["easSupported"]).client_app_types == {"exchangeActiveSync"}


def test_none_is_nobody_and_no_application() -> None:
    found = parsed(users={"includeUsers": ["None"]}, applications={"includeApplications": ["None"]})
    assert not found.include
    assert not found.applications.all
    assert found.applications.ids == frozenset()


def test_transfer_methods_none_does_not_constrain() -> None:
    assert parsed(authenticationFlows={"transferMethods": "none"}).flows is None
    assert parsed(authenticationFlows={"transferMethods": "none,deviceCodeFlow"}).flows == {"deviceCodeFlow"}


def test_all_among_the_exclusions_leaves_nothing() -> None:
    assert parsed(platforms={"includePlatforms": ["all"], "excludePlatforms": ["all"]}).platforms.include == frozenset()
    found = parsed(locations={"includeLocations": ["All"], "excludeLocations": ["All"]})
    assert found.locations == Choice(frozenset())
    found = parsed(applications={"includeApplications": ["All"], "excludeApplications": ["All"]})
    assert (found.applications.all, found.applications.ids) == (False, frozenset())
    assert parsed(applications={"excludeApplications": ["None"]}).applications.exclude == frozenset()


def answer(**conditions: Any) -> Coverage:
    return cover(tenant(policy("p", "mfa", **conditions), users=2), Question.MFA)


@pytest.mark.parametrize(
    "conditions",
    [
        {"times": {"includeDays": ["monday"]}},
        {"agentContext": {"includeAgentContexts": ["any"]}},
        {"devices": {"includeDevices": ["All"]}},
        {"signInRiskLevels": ["high", "extreme"]},
        {"clientAppTypes": ["smartFridge"]},
        {"platforms": {"includePlatforms": ["chromeOS"]}},
        {"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["chromeOS"]}},
        {"authenticationFlows": {"transferMethods": "telepathy"}},
        {"devices": {"deviceFilter": {"mode": "perhaps", "rule": "device.isCompliant -eq True"}}},
        {"devices": {"deviceFilter": {"mode": "include", "rule": "device.isCompliant -is True"}}},
    ],
)
def test_what_is_not_known_of_a_condition_leaves_every_sign_in_open_to_doubt(conditions: dict[str, Any]) -> None:
    """A condition narrows a policy, so that leaving one out would say that too much is covered."""
    found = answer(**conditions)
    assert (found.users_open, found.users_depends) == (0, 2)
    assert [one.certain for one in found.regions] == [False]
    assert all(mask == (1 << size) - 1 for mask, size in zip(found.regions[0].masks, found.space.sizes, strict=True))


@pytest.mark.parametrize("value", [None, [], {}, {"includeDays": None}, False])
def test_an_unknown_condition_that_is_not_set_says_nothing(value: Any) -> None:
    assert answer(times=value).regions == ()


def test_an_application_filter_covers_nothing_for_certain_and_may_cover_all() -> None:
    where = {"includeApplications": ["All"], "applicationFilter": {"mode": "exclude", "rule": "x"}}
    found = answer(applications=where)
    assert (found.users_open, found.users_depends) == (0, 2)


def test_a_hidden_risk_matches_no_level() -> None:
    assert answer(signInRiskLevels=["hidden"]).users_open == 2


def test_an_unknown_type_of_guest_may_be_any() -> None:
    users = {"includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "martian"}}
    assert parsed(users=users).include.guests == (Guests(frozenset(GUEST_TYPES)),)
    assert parsed(users=users).unknowns == ("the guest type `martian`",)


@pytest.mark.parametrize("state", ["disabled", "enabledForReportingButNotEnforced", "DISABLED"])
def test_only_enabled_policies_count(state: str) -> None:
    assert cover(tenant(policy("p", "block", state=state), users=2), Question.ANY_CONTROL).users_open == 2


def test_policies_for_workloads_and_agents_are_about_no_user() -> None:
    for part in (
        {"clientApplications": {"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]}},
        {"agents": {"includeAgentUsers": ["All"]}},
        {"clientApplications": {"includeAgentIdServicePrincipals": ["All"]}},
    ):
        found = cover(tenant(policy("p", "block", **part), users=2), Question.ANY_CONTROL)
        assert found.users_open == 2


@pytest.mark.parametrize(
    "raw",
    [
        {"displayName": "P", "conditions": {}},
        {"displayName": "P", "state": "on", "conditions": {}},
        {"displayName": "P", "state": "enabled", "conditions": []},
        {"displayName": "P", "state": "enabled", "conditions": {"users": {"includeUsers": [1]}}},
        {"displayName": "P", "state": "enabled", "conditions": {}, "grantControls": {"builtInControls": "mfa"}},
        {
            "displayName": "P",
            "state": "enabled",
            "conditions": {},
            "grantControls": {"builtInControls": ["mfa"], "operator": "XOR"},
        },
    ],
)
def test_a_policy_that_cannot_be_understood_is_refused_by_name(raw: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="P"):
        parse_policy(raw)


def test_words_are_read_without_regard_to_case() -> None:
    found = parse_policy(
        {
            "id": "ABC",
            "displayName": "P",
            "state": "Enabled",
            "conditions": {"applications": {"includeApplications": ["office365"]}, "clientAppTypes": ["BROWSER"]},
            "grantControls": {"operator": "and", "builtInControls": ["MFA"]},
        }
    )
    assert (found.id, found.state, found.client_app_types) == ("abc", State.ENABLED, {"browser"})
    assert found.applications.ids == {"Office365"}
    assert found.grant
    assert (found.grant.operator, found.grant.controls) == ("AND", ("mfa",))

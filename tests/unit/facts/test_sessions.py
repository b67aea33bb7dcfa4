"""The facts `sessions.*`: over whom no policy lays a session control."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.directory.tenants import AT, GA, assignment, policy, snapshot, user

from tenantlint.facts import compute
from tenantlint.facts.interface import FactContext
from tenantlint.facts.sessions import EXCHANGE, SHAREPOINT, hours_of

ALL = {"includeUsers": ["All"]}
UNMANAGED = {
    "deviceFilter": {"mode": "include", "rule": 'device.trustType -ne "ServerAD" -and device.isCompliant -ne True'}
}
NEVER = {"persistentBrowser": {"isEnabled": True, "mode": "never"}}


def fact(name: str, *policies: dict[str, Any], **more: Any) -> dict[str, Any]:
    more.setdefault("users", [user("u"), user("v")])
    more.setdefault("security_defaults", [{"id": "d", "isEnabled": False}])
    context = FactContext(snapshot(conditional_access_policies=list(policies), **more), AT)
    found: dict[str, Any] = compute([f"sessions.{name}"], context).tree["sessions"][name]
    return found


def laying(controls: dict[str, Any], users: dict[str, Any] = ALL, **conditions: Any) -> dict[str, Any]:
    """A session-only policy for all applications, or for `applications`."""
    return policy(
        f"{controls}{users}{conditions}",
        users,
        conditions={"users": users, "applications": {"includeApplications": ["All"]}, **conditions},
        grantControls=None,
        sessionControls=controls,
    )


def asking(*controls: str, **conditions: Any) -> dict[str, Any]:
    return policy(
        f"{controls}{conditions}",
        ALL,
        conditions={"users": ALL, "applications": {"includeApplications": ["All"]}, **conditions},
        grantControls={"operator": "OR", "builtInControls": list(controls)},
    )


def every(value: int, unit: str = "hours") -> dict[str, Any]:
    return {"signInFrequency": {"isEnabled": True, "value": value, "type": unit, "frequencyInterval": "timeBased"}}


def number(told: dict[str, Any]) -> tuple[int, int]:
    return told["users_open"], told["users_depends"]


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        ((), (2, 0)),
        ((laying(NEVER),), (0, 0)),
        ((laying(NEVER, devices=UNMANAGED),), (0, 0)),
        ((laying(NEVER, {**ALL, "excludeUsers": ["u"]}),), (1, 0)),
        ((laying(NEVER, {"includeUsers": ["u"]}), laying(NEVER, {"includeUsers": ["v"]})), (0, 0)),
        ((laying(NEVER, applications={"includeApplications": ["Office365"]}),), (2, 0)),
        ((laying({"persistentBrowser": {"isEnabled": True, "mode": "always"}}),), (2, 0)),
        ((laying({"persistentBrowser": {"isEnabled": False, "mode": "never"}}),), (2, 0)),
        ((laying({"persistentBrowser": {"isEnabled": True, "mode": "sometimes"}}),), (0, 2)),
        ((asking("compliantDevice", "domainJoinedDevice"),), (0, 0)),
        ((asking("compliantDevice", "mfa"),), (2, 0)),
        ((asking("block"),), (0, 0)),
        (({**laying(NEVER), "state": "disabled"},), (2, 0)),
    ],
)
def test_browser_sessions_on_unmanaged_devices(policies: tuple[dict[str, Any], ...], expected: tuple[int, int]) -> None:
    assert number(fact("unmanaged_persistence", *policies)) == expected


def test_each_frequency_in_use_has_an_answer() -> None:
    found = fact(
        "all_users_frequency",
        laying(every(7, "days")),
        laying(every(4), {"includeUsers": ["u"]}),
        laying({"signInFrequency": {"isEnabled": True, "frequencyInterval": "everyTime"}}, {"includeUsers": ["none"]}),
    )
    assert [(one["hours"], one["users_open"]) for one in found["at_most"]] == [(-1, 2), (0, 2), (4, 1), (168, 0)]


def test_many_frequencies_are_cut_to_the_usual_ones() -> None:
    found = fact("all_users_frequency", *(laying(every(hours), {"includeUsers": ["u"]}) for hours in range(2, 30)))
    assert [one["hours"] for one in found["at_most"]] == [-1, 4, 8, 12, 24, 29]


def test_managed_devices_need_no_frequency_and_others_do() -> None:
    managed = asking("compliantDevice", platforms={"includePlatforms": ["windows"]})
    (none,) = fact("unmanaged_frequency", managed)["at_most"]
    assert number(none) == (2, 0)
    assert all("windows" not in region["platforms"] for region in none["regions"])


def test_a_frequency_that_cannot_be_read_may_be_short_enough() -> None:
    odd = {"signInFrequency": {"isEnabled": True, "value": 4, "type": "fortnights", "frequencyInterval": "timeBased"}}
    (none,) = fact("all_users_frequency", laying(odd))["at_most"]
    assert number(none) == (0, 2)


def test_restrictions_by_the_application_count_for_both_applications() -> None:
    enforced = {"applicationEnforcedRestrictions": {"isEnabled": True}}
    one = laying(enforced, applications={"includeApplications": [SHAREPOINT]})
    assert number(fact("app_enforced", one)) == (2, 0)
    assert number(fact("app_enforced", one, laying(enforced, applications={"includeApplications": [EXCHANGE]}))) == (
        0,
        0,
    )
    for kind, expected in (("blockDownloads", (0, 0)), ("monitorOnly", (2, 0)), ("mcasConfigured", (0, 2))):
        proxied = {"cloudAppSecurity": {"isEnabled": True, "cloudAppSecurityType": kind}}
        assert number(fact("app_enforced", laying(proxied))) == expected


def test_bound_tokens_and_fresh_sign_ins() -> None:
    bound = laying({"secureSignInSession": {"isEnabled": True}}, platforms={"includePlatforms": ["windows"]})
    assert number(fact("token_protection", bound)) == (0, 0)
    assert number(fact("token_protection")) == (2, 0)
    fresh = laying({"signInFrequency": {"isEnabled": True, "frequencyInterval": "everyTime"}})
    assert number(fact("intune_enrolment", fresh)) == (0, 0)
    assert number(fact("intune_enrolment", laying(every(1)))) == (2, 0)


def test_roles_are_told_one_by_one() -> None:
    short = laying({**every(4), **NEVER}, {"includeRoles": [GA], "excludeUsers": ["v"]})
    found = fact("administrators", short, role_assignments=[assignment("u"), assignment("v")])
    (role,) = [one for one in found["persistence"]["roles"] if one["template_id"] == GA]
    assert (role["holders"], role["open"]["count"], role["supposed"]) == (2, 1, "covered")
    assert [(one["hours"], _open(one["answer"])) for one in found["frequency"]] == [(-1, 2), (4, 1)]


def _open(roles: dict[str, Any]) -> int:
    return sum(one["open"]["count"] for one in roles["roles"])


_VALUES = st.none() | st.booleans() | st.integers(-3, 400) | st.text(max_size=8) | st.floats(allow_nan=False)


@given(_VALUES, _VALUES, _VALUES, _VALUES)
def test_hours_of_anything(enabled: Any, value: Any, unit: Any, interval: Any) -> None:
    found = hours_of(
        {"signInFrequency": {"isEnabled": enabled, "value": value, "type": unit, "frequencyInterval": interval}}
    )
    assert found is None or (isinstance(found, int) and found >= -1)
    assert (found == -1) is (enabled is False)


@pytest.mark.parametrize(
    ("given_", "hours"),
    [
        (None, -1),
        ({}, -1),
        ({"isEnabled": True, "value": 2, "type": "days", "frequencyInterval": "timeBased"}, 48),
        ({"isEnabled": True, "value": 3, "type": "Hours"}, 3),
        ({"isEnabled": True, "frequencyInterval": "everyTime"}, 0),
        ({"isEnabled": True, "value": True, "type": "hours"}, None),
        ({"isEnabled": True, "value": 0, "type": "hours"}, None),
        ({"isEnabled": True, "value": 5, "type": "hours", "frequencyInterval": "sometimes"}, None),
    ],
)
def test_hours_of_known_values(given_: Any, hours: int | None) -> None:
    assert hours_of({"signInFrequency": given_}) == hours

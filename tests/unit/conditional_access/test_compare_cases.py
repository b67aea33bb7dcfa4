"""What a change does, case by case: what the random tenants found, and the edits that mean nothing."""

import json
from typing import Any

from tests.oracle.snapshots import tenant_of
from tests.unit.conditional_access.coverage_cases import excluding, policy, tenant

from tenantlint.conditional_access.changes import changes
from tenantlint.conditional_access.compare import Comparison, compare
from tenantlint.conditional_access.questions import Question


def office(cidr: str, *, trusted: bool = False) -> Any:
    return {"id": "office", "displayName": "Office", "isTrusted": trusted, "ipRanges": [{"cidrAddress": cidr}]}


def compared(before: Any, after: Any, question: Question = Question.MFA) -> Comparison:
    return compare(before, after, question)


def test_a_named_location_that_grew_opens_what_it_now_holds() -> None:
    """A policy names the location by the id that it has on both sides."""
    one = policy("p", "mfa", locations={"includeLocations": ["All"], "excludeLocations": ["office"]})
    before = tenant(one, users=2, named_locations=[office("198.51.100.0/25")])
    after = tenant(one, users=2, named_locations=[office("198.51.100.0/24")])
    found = compared(before, after)
    assert (found.opened.users_open, found.closed.users_open) == (2, 0)
    assert len(found.opened.regions) == 1
    assert compared(after, before).closed.users_open == 2


def test_a_location_that_became_trusted_opens_it() -> None:
    one = policy("p", "mfa", locations={"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]})
    before = tenant(one, users=2, named_locations=[office("198.51.100.0/24")])
    after = tenant(one, users=2, named_locations=[office("198.51.100.0/24", trusted=True)])
    assert compared(before, after).opened.users_open == 2
    assert compared(before, before).same


def test_a_group_that_grew_opens_though_no_policy_changed() -> None:
    one = policy("p", "mfa", users=excluding("g"))
    before = tenant(one, users=3, groups={"g": ["u1"]})
    after = tenant(one, users=3, groups={"g": ["u1", "u2"]})
    found = compared(before, after)
    assert found.opened.people.ids(found.opened.open_users) == ["u2"]
    assert found.changes == ()


def test_a_condition_that_is_not_modelled_and_changed_may_open_and_is_not_cosmetic() -> None:
    before = tenant(policy("p", "mfa", times={"includeDays": ["monday"]}), users=2)
    after = tenant(policy("p", "mfa", times={"includeDays": ["tuesday"]}), users=2)
    found = compared(before, after)
    assert not found.same
    assert (found.opened.users_open, found.opened.users_depends) == (0, 2)
    assert [(one.kind, one.parts) for one in found.changes] == [("changed", ("conditions",))]
    assert compared(before, before).same


def test_another_application_filter_may_open() -> None:
    def filtered(rule: str) -> Any:
        where = {"includeApplications": ["All"], "applicationFilter": {"mode": "exclude", "rule": rule}}
        return tenant(policy("p", "mfa", applications=where), users=2)

    assert compared(filtered("a"), filtered("b")).opened.users_depends == 2
    assert compared(filtered("a"), filtered("a")).same


def test_who_left_a_known_group_may_lose_what_an_unknown_one_does_not_give() -> None:
    """Both sides hang on the unknown group, but not in the same way."""
    one = policy("p", "mfa", users={"includeGroups": ["known", "unknown"], "excludeGroups": ["unknown"]})
    unknown = {"group_id": "unknown", "members": [], "status": "denied"}
    before = tenant(one, users=2, groups={"known": ["u1"], "unknown": unknown})
    after = tenant(one, users=2, groups={"known": [], "unknown": unknown})
    found = compared(before, after)
    assert found.opened.people.ids(found.opened.depends_users) == ["u1"]
    assert found.opened.users_open == 0


def test_an_unknown_that_both_sides_share_opens_nothing() -> None:
    unknown = {"group_id": "unknown", "members": [], "status": "denied"}
    one = policy("p", "mfa", users=excluding("unknown"))
    before = tenant(one, policy("q", "mfa", state="disabled"), users=2, groups={"unknown": unknown})
    after = tenant(policy("q", "mfa", state="disabled"), one, users=2, groups={"unknown": unknown})
    assert compared(before, after).same


def raw_change(before: Any, after: Any) -> list[tuple[str, tuple[str, ...]]]:
    old, new = tenant(before).policies, tenant(after).policies
    return [(one.kind, one.parts) for one in changes(old, new)]


def test_respelling_is_cosmetic() -> None:
    before = policy("p", "mfa", platforms=None, locations={"includeLocations": ["All"], "excludeLocations": None})
    after = policy("p", "mfa", clientAppTypes=["all"], locations=None)
    after["displayName"] = "Another name"
    after["modifiedDateTime"] = "2026-01-01T00:00:00Z"
    assert [kind for kind, _ in raw_change(before, after)] == ["cosmetic"]
    assert raw_change(before, json.loads(json.dumps(before))) == []


def test_the_order_of_lists_and_switched_off_session_controls_are_cosmetic() -> None:
    before = policy("p", "mfa", "compliantDevice", clientAppTypes=["browser", "other"])
    after = policy("p", "compliantDevice", "mfa", clientAppTypes=["other", "browser"])
    after["sessionControls"] = {"persistentBrowser": {"isEnabled": False, "mode": "always"}}
    assert [kind for kind, _ in raw_change(before, after)] == ["cosmetic"]


def test_another_session_lifetime_is_no_cosmetic_change() -> None:
    def lasting(hours: int) -> Any:
        session = {"signInFrequency": {"isEnabled": True, "value": hours, "type": "hours"}}
        return policy("p", "mfa") | {"sessionControls": session}

    assert raw_change(lasting(1), lasting(12)) == [("changed", ("sessionControls",))]


def test_another_service_principal_is_no_cosmetic_change() -> None:
    def about(identity: str) -> Any:
        return policy("p", "block", clientApplications={"includeServicePrincipals": [identity]})

    assert raw_change(about("a"), about("b")) == [("changed", ("conditions",))]


def test_who_had_no_enabled_account_closes_nothing() -> None:
    raw: dict[str, Any] = {
        "policies": [policy("p", "mfa")],
        "named_locations": [],
        "users": [{"id": "u", "userPrincipalName": "u@contoso.example", "userType": "Member", "accountEnabled": False}],
        "groups": {},
        "roles": [],
    }
    before = tenant_of(raw | {"policies": [policy("p", "mfa", state="disabled")]})
    after = tenant_of(raw | {"users": [raw["users"][0] | {"accountEnabled": True}]})
    found = compared(before, after)
    assert (found.closed.users_open, found.opened.users_open) == (0, 0)
    assert compared(after, before).opened.users_open == 0

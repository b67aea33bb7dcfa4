"""What narrows a question: conditions, supposed people, a product of atoms; and the questions that only checks ask."""

from typing import Any

import pytest
from tests.unit.directory.tenants import GA, UA, policy, snapshot, user

from tenantlint.conditional_access.coverage import Coverage, cover
from tenantlint.conditional_access.people import People, Side, bits_of
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.tenant import Tenant, read_tenant

EVERYONE = {"includeUsers": ["All"]}


def tenant(*policies: dict[str, Any], **more: Any) -> Tenant:
    return read_tenant(snapshot(conditional_access_policies=list(policies), **more))


def conditions(users: dict[str, Any] = EVERYONE, **more: Any) -> dict[str, Any]:
    return {"conditions": {"users": users, "applications": {"includeApplications": ["All"]}, **more}}


def grants(*controls: str, operator: str = "OR") -> dict[str, Any]:
    return {"grantControls": {"operator": operator, "builtInControls": list(controls)}}


def labels(found: Coverage) -> set[str]:
    return {found.people.classes[index].label for index in bits_of(found.open_users)}


@pytest.mark.parametrize(
    ("within", "open_"),
    [
        ({"sign_in_risk": ["high"]}, 0),
        ({"sign_in_risk": ["medium", "high"]}, 1),
        ({"user_risk": ["high"]}, 1),
        ({"sign_in_risk": ["high"], "client_app_types": ["browser"]}, 0),
        ({"platforms": ["unknown"], "sign_in_risk": ["low"]}, 1),
    ],
)
def test_a_question_is_asked_within_conditions(within: dict[str, list[str]], open_: int) -> None:
    made = tenant(policy("p", EVERYONE, **conditions(signInRiskLevels=["high"])), users=[user("u")])
    assert cover(made, Question.MFA, within=within).users_open == open_


@pytest.mark.parametrize(("block", "open_"), [({"excludeLocations": ["l"]}, 0), ({"includeLocations": ["l"]}, 1)])
def test_the_location_other_is_outside_of_all_named_ones(block: dict[str, list[str]], open_: int) -> None:
    made = tenant(
        policy("p", EVERYONE, **conditions(locations={"includeLocations": ["All"], **block})),
        users=[user("u")],
        named_locations=[{"id": "l", "displayName": "Site", "ipRanges": [{"cidrAddress": "192.0.2.0/24"}]}],
    )
    assert cover(made, Question.MFA, within={"locations": ["other"]}).users_open == open_


def test_somebody_is_supposed_to_hold_a_role() -> None:
    made = tenant(policy("p", {"includeRoles": [GA]}), users=[user("u")], role_assignments=[])
    people = People([Side(made.enforced, made.directory)], frozenset(), suppose=[("role", GA), ("role", UA)])
    found = cover(made, Question.MFA, users=[], people=people)
    open_ = [found.people.classes[index] for index in bits_of(found.open_users)]
    assert [one.names for one in open_] == [frozenset({("role", UA)})]
    assert (found.users_open, found.depends_users) == (0, 0)


def test_users_whom_a_policy_names_are_people_where_the_directory_is_not_known() -> None:
    found = cover(tenant(policy("p", {"includeUsers": ["All"], "excludeUsers": ["U"]})), Question.MFA)
    assert (found.users_open, found.people.ids(found.open_users)) == (1, ["u"])


def test_such_a_user_may_be_in_a_group_that_is_not_known() -> None:
    found = cover(
        tenant(
            policy("p", {"includeUsers": ["All"], "excludeUsers": ["u"]}),
            policy("q", {"includeUsers": ["All"], "excludeGroups": ["g"]}),
        ),
        Question.MFA,
    )
    assert (found.users_open, found.users_depends) == (0, 1)


def test_who_is_open_in_a_product_of_atoms() -> None:
    made = tenant(
        policy(
            "p",
            {"includeUsers": ["All"], "excludeUsers": ["u"]},
            **conditions({"includeUsers": ["All"], "excludeUsers": ["u"]}, clientAppTypes=["browser"]),
        ),
        users=[user("u"), user("v")],
    )
    found = cover(made, Question.MFA)
    browser, other = ((1, at, 127, 1, 15, 15, 15, 7, 31) for at in (1, 2))
    assert found.people.ids(found.open_within(browser)[0]) == ["u"]
    assert found.people.ids(found.open_within(other)[0]) == ["u", "v"]
    assert found.open_within((0, *browser[1:])) == (0, 0)


@pytest.mark.parametrize(
    ("question", "grant", "open_"),
    [
        (Question.RISK_REMEDIATION, grants("mfa"), 1),
        (Question.RISK_REMEDIATION, grants("mfa", "passwordChange", operator="AND"), 0),
        (Question.RISK_REMEDIATION, grants("mfa", "passwordChange"), 1),
        (Question.RISK_REMEDIATION, grants("riskRemediation"), 0),
        (Question.RISK_REMEDIATION, grants("block"), 0),
        (Question.MFA_OR_MANAGED_DEVICE, grants("mfa", "compliantDevice"), 0),
        (Question.MFA_OR_MANAGED_DEVICE, grants("mfa", "approvedApplication"), 1),
        (Question.PHISHING_RESISTANT_MFA_OR_MANAGED_DEVICE, grants("mfa", "compliantDevice"), 1),
        (Question.PHISHING_RESISTANT_MFA_OR_MANAGED_DEVICE, grants("domainJoinedDevice"), 0),
    ],
)
def test_questions_that_checks_ask(question: Question, grant: dict[str, Any], open_: int) -> None:
    made = tenant(policy("p", EVERYONE, **grant), users=[user("u")])
    assert cover(made, question, within={"client_app_types": ["browser"]}).users_open == open_


def test_a_control_that_is_not_known_leaves_such_a_question_open() -> None:
    made = tenant(policy("p", EVERYONE, **grants("verifiedID")), users=[user("u")])
    found = cover(made, Question.MFA_OR_MANAGED_DEVICE, within={"client_app_types": ["browser"]})
    assert (found.users_open, found.users_depends) == (0, 1)

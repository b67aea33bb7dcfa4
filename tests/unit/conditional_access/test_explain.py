"""Explanations: who decided, through which group, and changes that What-If itself confirms."""

from typing import Any

from tests.unit.conditional_access.test_evaluate import EXCHANGE, bare, policy, request, tenant
from tests.unit.directory.tenants import GA, assignment

from tenantlint.conditional_access.evaluate import Evaluator
from tenantlint.conditional_access.explain import Explanation, explain, requires_text
from tenantlint.conditional_access.request import parse_request
from tenantlint.conditional_access.tenant import Tenant


def explained(where: Tenant, who: Any = "ann", what: Any = EXCHANGE, /, **conditions: Any) -> Explanation:
    return explain(Evaluator(where), parse_request(request(who, what, **conditions)))


def texts(found: Explanation) -> list[tuple[str, ...]]:
    return [one.edits for one in found.changes]


def test_the_policies_that_block_decide_and_say_why_when_they_have_no_block() -> None:
    where = tenant(policy("1"), policy("2", grant=("block",)), policy("3", grant=("block",), state="disabled"))
    assert [(one.policy.id, one.effect) for one in explained(where).deciding] == [("2", "blocks")]
    legacy = explained(where, clientAppType="other").deciding
    assert [(one.policy.id, one.effect) for one in legacy] == [
        ("1", "blocks: a legacy client cannot meet its controls"),
        ("2", "blocks"),
    ]
    flow = explained(
        tenant(policy(grant=("compliantDevice",))), authenticationFlow={"transferMethod": "deviceCodeFlow"}
    )
    assert flow.deciding[0].effect == "blocks: its controls cannot be met in this authentication flow"


def test_policies_whose_demand_another_implies_do_not_decide() -> None:
    where = tenant(policy("1", grant=("mfa", "compliantDevice")), policy("2"), policy("3", grant=["mfa"]))
    assert [one.policy.id for one in explained(where).deciding] == ["2", "3"]
    report_only = policy(state="enabledForReportingButNotEnforced")
    assert explained(tenant(report_only)).deciding == ()


def test_a_strength_is_called_by_its_name() -> None:
    strong = policy(grant=None) | {
        "grantControls": {"operator": "OR", "authenticationStrength": {"id": "s", "displayName": "Keys only"}}
    }
    assert explained(tenant(strong)).deciding[0].effect == "requires the authentication strength Keys only"


def test_it_tells_through_what_a_person_is_in_and_out() -> None:
    where = tenant(
        policy("1", users={"includeGroups": ["outer"]}),
        policy("2", users={"includeRoles": [GA]}),
        policy("3", users={"includeUsers": ["ann"]}),
        policy("4", users={"includeUsers": ["All"], "excludeGroups": ["outer"]}),
        policy("5", users={"includeUsers": ["ben"], "excludeGroups": ["outer"]}),
        policy("6", users={"includeUsers": ["All"], "excludeGroups": ["outer"]}, userRiskLevels=["high"]),
        role_definitions=[{"id": GA, "templateId": GA, "displayName": "Global Administrator"}],
    )
    found = explained(where)
    assert [one.person for one in found.deciding] == [
        "included through the group Outer > Inner",
        "included through the role Global Administrator",
        "included by name",
    ]
    assert [(one.policy.id, one.person) for one in found.kept_out] == [
        ("4", "excluded through the group Outer > Inner")
    ]
    given = explained(where, {"memberOf": ["inner"]})
    assert given.deciding[0].person == "included through the group Outer > Inner"


def test_a_role_that_a_group_holds_is_told_with_the_group() -> None:
    where = tenant(
        policy(users={"includeRoles": [GA]}),
        groups=[{"id": "outer", "displayName": "Outer"}, {"id": "inner", "displayName": "Inner"}],
        role_assignments=[assignment("outer")],
        role_definitions=[{"id": GA, "templateId": GA, "displayName": "Global Administrator"}],
    )
    person = explained(where).deciding[0].person
    assert person == "included through the role Global Administrator, which the group Outer > Inner holds"


def test_guests_are_told_by_type_and_home() -> None:
    some = {
        "guestOrExternalUserTypes": "serviceProvider",
        "externalTenants": {"membershipKind": "enumerated", "members": ["home"]},
    }
    where = tenant(policy(users={"includeGuestsOrExternalUsers": some}))
    found = explained(where, {"externalUserType": "serviceProvider", "externalTenantId": "HOME"})
    assert found.deciding[0].person == "included as a serviceProvider of the tenant home"


def test_every_change_alters_the_outcome_as_what_if_says() -> None:
    where = tenant(
        policy("1", users={"includeUsers": ["All"], "excludeGroups": ["outer"]}),
        policy("2", grant=("block",), locations={"includeLocations": ["All"], "excludeLocations": ["office"]}),
        policy("3", grant=("compliantDevice",), platforms={"includePlatforms": ["iOS"]}),
        policy("4", grant=("block",), devices={"deviceFilter": {"mode": "include", "rule": 'device.model -eq "X"'}}),
        policy("5", grant=("block",), signInRiskLevels=["high"]),
        policy("6", grant=("passwordChange",), applications={"includeApplications": ["app"]}),
    )
    evaluator = Evaluator(where)
    sign_in = parse_request(request("ben", locations=["office"], deviceInfo={}))
    found = explain(evaluator, sign_in)
    now = evaluator.outcome(sign_in)
    for change in found.changes:
        assert evaluator.outcome(change.sign_in) == change.verdict != now
        assert len(change.edits) == 1
    assert texts(found) == [
        ("join the group Outer",),
        ("sign in with the client exchangeActiveSync",),
        ("sign in from the platform iOS",),
        ("use a device that is registered only with model x",),
        ("sign in from outside every named location",),
        ("have the sign-in risk high",),
        ("sign in to app",),
    ]


def test_leaving_a_group_means_leaving_the_ways_into_it() -> None:
    where = tenant(policy(users={"includeUsers": ["All"], "excludeGroups": ["outer", "inner"]}))
    found = explained(where, "ann")
    assert ("leave the group Outer",) in texts(found)
    only_outer = tenant(policy(users={"includeUsers": ["All"], "excludeGroups": ["outer"]}))
    change = next(one for one in explained(only_outer).changes if one.edits == ("leave the group Outer",))
    assert (change.verdict.outcome, change.sign_in.member_of) == ("requires", ())


def test_two_changes_are_tried_where_one_does_nothing() -> None:
    where = tenant(policy(grant=("block",), userRiskLevels=["high"], platforms={"includePlatforms": ["iOS", "linux"]}))
    found = explained(where)
    assert texts(found) == [("sign in from the platform iOS", "have the user risk high")]
    assert found.searched


def test_where_nothing_alters_the_outcome_it_says_that_all_was_tried() -> None:
    found = explained(tenant())
    assert (found.changes, found.searched, found.deciding, found.kept_out) == ((), True, (), ())


def test_groups_that_are_not_known_are_not_left_or_joined() -> None:
    found = explained(bare(policy(users={"includeUsers": ["All"], "excludeGroups": ["g"]})))
    assert not any("group" in edit for edits in texts(found) for edit in edits)


def test_service_principals_are_explained() -> None:
    blocks = policy(
        grant=("block",),
        users={"includeUsers": ["None"]},
        clientApplications={"includeServicePrincipals": ["s"]},
        locations={"includeLocations": ["All"], "excludeLocations": ["office"]},
    )
    found = explained(
        tenant(blocks), {"servicePrincipalId": "s"}, clientAppType=None, devicePlatform=None, ipAddress="9.9.9.9"
    )
    assert found.deciding[0].person == "included as a service principal"
    assert texts(found) == [("sign in from Office",)]


def test_the_document_names_policies_and_gives_requests_that_can_be_asked() -> None:
    where = tenant(policy(userRiskLevels=["high"], grant=("block",)), policy("2", users={"includeGroups": ["outer"]}))
    evaluator = Evaluator(where)
    document = explain(evaluator, parse_request(request())).document()
    assert document["deciding"] == [
        {
            "id": "2",
            "displayName": "Policy 2",
            "effect": "requires mfa",
            "person": "included through the group Outer > Inner",
        }
    ]
    assert document["searched"] is True
    for change in document["changes"]:
        assert evaluator.outcome(parse_request(change["request"])).outcome == change["outcome"]


def test_conjunctions_of_alternatives_read_without_doubt() -> None:
    assert requires_text((("mfa", "compliantDevice"),)) == "mfa or compliantDevice"
    assert requires_text((("mfa",), ("a", "b"))) == "mfa and (a or b)"
    assert requires_text((("x:1",),), {"x:1": "this or that"}) == "this or that"

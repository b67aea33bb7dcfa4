"""What-If: each point of Microsoft's description of evaluation, each condition, what is unknown, and the lines."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.conditional_access.test_request import ACTION, APPLICATION, CONTEXT, SERVICE
from tests.unit.directory.tenants import GA, assignment, snapshot, user

from tenantlint.conditional_access.evaluate import Evaluator, Result
from tenantlint.conditional_access.request import parse_request
from tenantlint.conditional_access.tenant import Tenant, read_tenant
from tenantlint.model import CollectionStatus
from tenantlint.sources import open_target

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "conditional-access"
EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"
PORTAL = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c"
OFFICE_IP = {
    "@odata.type": "#microsoft.graph.ipNamedLocation",
    "id": "office",
    "displayName": "Office",
    "isTrusted": True,
    "ipRanges": [{"cidrAddress": "10.0.0.0/8"}, {"cidrAddress": "2001:db8::/32"}],
}
EUROPE = {
    "@odata.type": "#microsoft.graph.countryNamedLocation",
    "id": "europe",
    "displayName": "Europe",
    "countriesAndRegions": ["DE", "FR"],
    "includeUnknownCountriesAndRegions": True,
    "countryLookupMethod": "clientIpAddress",
}
GSA = {"@odata.type": "#microsoft.graph.compliantNetworkNamedLocation", "id": "gsa", "displayName": "GSA"}
GUESTS = {"externalUserState": "Accepted", "userType": "Guest"}


def policy(identity: str = "p", /, grant: Any = ("mfa",), state: str = "enabled", **conditions: Any) -> dict[str, Any]:
    """An enabled policy for everybody and everything that requires MFA, but for what is given."""
    users = conditions.pop("users", {"includeUsers": ["All"]})
    applications = conditions.pop("applications", {"includeApplications": ["All"]})
    made: dict[str, Any] = {
        "id": identity,
        "displayName": f"Policy {identity}",
        "state": state,
        "conditions": {"users": users, "applications": applications, **conditions},
    }
    if grant:
        operator = "AND" if isinstance(grant, list) else "OR"
        made["grantControls"] = {"operator": operator, "builtInControls": list(grant)}
    return made


def tenant(*policies: dict[str, Any], **collections: Any) -> Tenant:
    known: dict[str, Any] = {
        "users": [user("ann"), user("ben"), user("gus", **GUESTS)],
        "groups": [{"id": "outer", "displayName": "Outer"}, {"id": "inner", "displayName": "Inner"}],
        "group_members": [
            {"group_id": "outer", "members": ["ann"], "nested_groups": ["inner"], "direct": ["inner"]},
            {"group_id": "inner", "members": ["ann"], "nested_groups": [], "direct": ["ann"]},
        ],
        "role_assignments": [assignment("ann")],
        "named_locations": [OFFICE_IP, EUROPE, GSA],
    }
    return read_tenant(snapshot(conditional_access_policies=list(policies), **{**known, **collections}))


def bare(*policies: dict[str, Any]) -> Tenant:
    """A folder of policies and nothing else."""
    missing = CollectionStatus.NOT_COLLECTED
    names = ("users", "groups", "group_members", "role_assignments", "named_locations")
    return tenant(*policies, **dict.fromkeys(names, missing))


def request(who: Any = "ann", what: Any = EXCHANGE, **conditions: Any) -> dict[str, Any]:
    if isinstance(what, str):
        what = {"includeApplications": [what]}
    return {
        "signInIdentity": {"userId": who} if isinstance(who, str) else who,
        "signInContext": what,
        "signInConditions": {"clientAppType": "browser", "devicePlatform": "windows", **conditions},
    }


def whatif(where: Tenant, who: Any = "ann", what: Any = EXCHANGE, /, **conditions: Any) -> Result:
    return Evaluator(where).evaluate(parse_request(request(who, what, **conditions)))


def reasons(result: Result) -> list[str]:
    return [("" if one.applies else "not: ") + ",".join(one.reasons) for one in result.policies]


# The published examples of the call: the policies of the responses, in a directory where user and roles fit.

PUBLISHED = [
    policy(
        "office",
        grant=None,
        state="enabledForReportingButNotEnforced",
        applications={"includeApplications": ["Office365"]},
        users={"includeUsers": ["All"], "excludeUsers": ["f7ca74b0-8562-4083-b66c-0476f942cfd0"]},
    )
    | {"sessionControls": {"applicationEnforcedRestrictions": {"isEnabled": True}}},
    policy(
        "risky", grant=["mfa", "passwordChange"], state="enabledForReportingButNotEnforced", userRiskLevels=["high"]
    ),
    policy(
        "context",
        state="enabledForReportingButNotEnforced",
        applications={"includeAuthenticationContextClassReferences": ["c1", "c37"]},
    ),
    policy(
        "registering",
        state="enabledForReportingButNotEnforced",
        applications={"includeUserActions": ["urn:user:registersecurityinfo"]},
    ),
    policy(
        "workload",
        grant=("block",),
        state="enabledForReportingButNotEnforced",
        users={"includeUsers": ["None"]},
        clientApplications={"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]},
        locations={"includeLocations": ["All"], "excludeLocations": []},
    ),
]
OWN = {
    "id": "c65b94a5-0049-439a-a6fd-bce307077730",
    "appId": "a",
    "appOwnerOrganizationId": "t",
    "signInAudience": "AzureADMyOrg",
    "servicePrincipalType": "Application",
}


@pytest.mark.parametrize(
    ("published", "applying"),
    [
        (APPLICATION, ["office", "risky"]),
        (CONTEXT, ["context"]),
        # Microsoft's page also lists policies for all resources here: see docs on user actions.
        (ACTION, ["registering"]),
        (SERVICE, ["workload"]),
    ],
)
def test_published_examples(published: dict[str, Any], applying: list[str]) -> None:
    where = tenant(*PUBLISHED, users=[user("15dc174b-f34c-4588-ac45-61d6e05dce93")], service_principals=[OWN])
    found = Evaluator(where).document(parse_request(published))
    assert [one["id"] for one in found["policies"]] == applying
    assert {one["analysisReasons"] for one in found["policies"]} == {"notSet"}
    # Every one is report-only, so that nothing is enforced.
    assert (found["outcome"], found["certainty"]) == ("granted", "certain")


# How policies come together


def test_without_an_applying_policy_the_token_is_issued() -> None:
    found = whatif(tenant())
    assert (found.outcome, found.requires, found.certainty) == ("granted", (), "certain")


def test_every_applying_policy_must_be_met_and_what_another_implies_is_left_out() -> None:
    found = whatif(
        tenant(
            policy("1", grant=("mfa", "compliantDevice")),
            policy("2", grant=("compliantDevice", "domainJoinedDevice")),
            policy("3", grant=["passwordChange", "mfa"]),
            policy("4", grant=("mfa", "domainJoinedDevice", "compliantDevice")),
        )
    )
    assert found.outcome == "requires"
    assert found.requires == (("mfa",), ("compliantDevice", "domainJoinedDevice"), ("passwordChange",))


def test_the_requirement_does_not_hang_on_the_order_of_policies_or_controls() -> None:
    policies = [policy("1", grant=("domainJoinedDevice", "mfa")), policy("2", grant=["termsOfUse", "passwordChange"])]
    policies[0]["grantControls"]["termsOfUse"] = ["b", "a"]
    turned = [policies[1], policies[0] | {"grantControls": {**policies[0]["grantControls"], "termsOfUse": ["a", "b"]}}]
    assert whatif(tenant(*policies)).requires == whatif(tenant(*turned)).requires
    assert whatif(tenant(*policies)).requires[0] == ("mfa", "domainJoinedDevice", "termsOfUse:a", "termsOfUse:b")


def test_one_block_blocks_whatever_else_applies() -> None:
    found = whatif(tenant(policy("1"), policy("2", grant=("block",)), policy("3", grant=("block", "mfa"))))
    assert (found.outcome, found.requires) == ("blocked", ())
    assert reasons(found) == ["notSet"] * 3


def test_session_controls_alone_grant() -> None:
    session = policy(grant=None) | {"sessionControls": {"persistentBrowser": {"mode": "never", "isEnabled": True}}}
    found = whatif(tenant(session))
    assert (found.outcome, reasons(found)) == ("granted", ["notSet"])


def test_report_only_policies_are_evaluated_and_listed_and_count_for_nothing() -> None:
    found = whatif(tenant(policy(grant=("block",), state="enabledForReportingButNotEnforced")))
    assert (found.outcome, reasons(found)) == ("granted", ["notSet"])


def test_disabled_and_empty_policies_say_so() -> None:
    found = whatif(tenant(policy("1", state="disabled"), policy("2", grant=None), policy("3", None, "disabled")))
    assert reasons(found) == ["not: policyNotEnabled", "not: emptyPolicy", "not: policyNotEnabled"]
    assert found.outcome == "granted"


def test_security_defaults_are_policies() -> None:
    where = tenant(security_defaults=[{"isEnabled": True}])
    assert whatif(where, clientAppType="other").outcome == "blocked"
    assert whatif(where).requires == (("mfa",),)  # ann is a Global Administrator
    found = whatif(where, "ben")
    assert (found.outcome, found.certainty) == ("granted", "depends")
    assert found.depends_on == ("when Microsoft asks for MFA under security defaults",)


def test_a_policy_that_could_not_be_read_leaves_the_result_open_unless_it_is_blocked() -> None:
    broken = policy("b", state="sometimes")
    found = whatif(tenant(broken, policy()))
    assert found.outcome == "requires"
    assert found.depends_on == ("a policy that could not be read (the policy 'Policy b': `state` is sometimes)",)
    assert whatif(tenant(broken, policy(grant=("block",)))).certainty == "certain"


# What a sign-in can never meet


@pytest.mark.parametrize("client", ["exchangeActiveSync", "other"])
def test_a_legacy_client_under_any_grant_is_blocked_and_the_policy_says_why(client: str) -> None:
    session = policy("s", grant=None) | {"sessionControls": {"persistentBrowser": {"mode": "never"}}}
    found = whatif(tenant(policy("1", grant=("mfa", "compliantDevice")), session), clientAppType=client)
    assert (found.outcome, reasons(found)) == ("blocked", ["clientApps", "notSet"])
    assert whatif(tenant(session), clientAppType=client).outcome == "granted"


def test_device_code_flow_strikes_out_device_controls() -> None:
    either = tenant(policy(grant=("mfa", "compliantDevice")))
    both = tenant(policy(grant=["mfa", "compliantDevice"]))
    flow = {"transferMethod": "deviceCodeFlow"}
    assert whatif(either, authenticationFlow=flow).requires == (("mfa",),)
    found = whatif(both, authenticationFlow=flow)
    assert (found.outcome, reasons(found)) == ("blocked", ["authenticationFlow"])
    assert whatif(both).requires == (("mfa",), ("compliantDevice",))


# Who


def test_exclusion_beats_inclusion() -> None:
    where = tenant(
        policy("1", users={"includeUsers": ["ann"], "excludeUsers": ["ann"]}),
        policy("2", users={"includeRoles": [GA], "excludeGroups": ["outer"]}),
        policy("3", users={"includeGroups": ["inner"], "excludeUsers": ["All"]}),
    )
    assert reasons(whatif(where)) == ["not: users"] * 3


def test_groups_count_through_groups_that_they_hold() -> None:
    where = tenant(policy(users={"includeGroups": ["outer"]}))
    assert whatif(where, "ann").outcome == "requires"
    assert whatif(where, "ben").outcome == "granted"


def test_a_person_without_an_account_is_in_what_is_given_and_nothing_else() -> None:
    where = tenant(
        policy("1", users={"includeGroups": ["outer"]}),
        policy("2", users={"includeRoles": [GA]}),
        policy("3", users={"includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "serviceProvider"}}),
        policy("4", users={"includeUsers": ["ann"]}),
    )
    assert reasons(whatif(where, {"memberOf": ["inner"]})) == ["notSet", *["not: users"] * 3]
    assert reasons(whatif(where, {"roles": [GA]})) == ["not: users", "notSet", *["not: users"] * 2]
    assert reasons(whatif(where, {"externalUserType": "serviceProvider"}))[2] == "notSet"
    assert whatif(where, {"memberOf": []}).certainty == "certain"


def test_given_groups_and_roles_stand_in_the_place_of_the_directory() -> None:
    where = tenant(policy("1", users={"includeGroups": ["outer"]}), policy("2", users={"includeRoles": [GA]}))
    assert reasons(whatif(where, {"userId": "ann", "memberOf": [], "roles": []})) == ["not: users"] * 2


def test_roles_count_when_they_are_active_unless_all_are_supposed_to_be() -> None:
    eligible = assignment("ben") | {"id": "e"}
    where = tenant(
        policy(users={"includeRoles": [GA]}), role_eligibility_schedule_instances=[eligible], role_assignments=[]
    )
    sign_in = parse_request(request("ben"))
    assert Evaluator(where).evaluate(sign_in).outcome == "granted"
    assert Evaluator(where, activated=True).evaluate(sign_in).outcome == "requires"


@pytest.mark.parametrize(
    ("who", "applies"),
    [
        ("gus", True),
        ("ann", False),
        ({"externalUserType": "b2bCollaborationGuest"}, True),
        ({"externalUserType": "internalGuest"}, False),
        ({"userId": "gus", "externalUserType": "none"}, False),
        ({"userId": "ann", "externalUserType": "b2bCollaborationGuest"}, True),
    ],
)
def test_guest_types_come_from_the_directory_or_from_the_request(who: Any, applies: bool) -> None:
    where = tenant(
        policy(users={"includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "b2bCollaborationGuest"}})
    )
    found = whatif(where, who)
    assert (found.policies[0].applies, found.certainty) == (applies, "certain")


def test_guests_of_some_tenants_need_their_home_tenant() -> None:
    some = {
        "guestOrExternalUserTypes": "b2bCollaborationGuest",
        "externalTenants": {"membershipKind": "enumerated", "members": ["HOME"]},
    }
    where = tenant(policy(users={"includeGuestsOrExternalUsers": some}))
    assert whatif(where, {"userId": "gus", "externalTenantId": "home"}).outcome == "requires"
    assert whatif(where, {"userId": "gus", "externalTenantId": "away"}).outcome == "granted"
    found = whatif(where, "gus")
    assert (found.outcome, found.certainty) == ("granted", "depends")
    assert reasons(found) == ["not: users,notEnoughInformation"]
    assert found.depends_on == ("the home tenant of the guest (signInIdentity.externalTenantId)",)


def test_who_is_not_in_a_known_directory_may_be_anybody() -> None:
    where = tenant(policy(users={"includeUsers": ["All"], "excludeGroups": ["outer"]}))
    found = whatif(where, "stranger")
    assert (found.outcome, found.depends_on) == ("granted", ("who is in the group Outer",))


# What is signed in to


def test_all_resources_are_all_but_the_excluded() -> None:
    where = tenant(policy(applications={"includeApplications": ["All"], "excludeApplications": [PORTAL]}))
    assert whatif(where, "ann", "other").outcome == "requires"
    assert reasons(whatif(where, "ann", PORTAL.upper())) == ["not: application"]


def test_suites_stand_for_their_members() -> None:
    where = tenant(policy(applications={"includeApplications": ["Office365"]}))
    assert whatif(where, "ann", EXCHANGE).outcome == "requires"
    assert whatif(where, "ann", "Office365").outcome == "requires"
    assert whatif(where, "ann", PORTAL).outcome == "granted"


def test_of_several_applications_any_makes_a_policy_apply() -> None:
    where = tenant(policy(applications={"includeApplications": ["All"], "excludeApplications": [PORTAL]}))
    assert whatif(where, "ann", {"includeApplications": [PORTAL, EXCHANGE]}).outcome == "requires"


def test_user_actions_and_contexts_are_resources_of_their_own() -> None:
    where = tenant(
        policy("1", applications={"includeUserActions": ["urn:user:registerdevice"]}),
        policy("2", applications={"includeAuthenticationContextClassReferences": ["c3"]}),
    )
    action = {"userAction": "registerOrJoinDevices"}
    context = {"authenticationContextValue": "C3"}
    assert reasons(whatif(where, "ann", action)) == ["notSet", "not: userActions"]
    assert reasons(whatif(where, "ann", context)) == ["not: authenticationContext", "notSet"]
    assert reasons(whatif(where)) == ["not: application"] * 2


def test_an_application_filter_may_match() -> None:
    rule = {"mode": "include", "rule": 'CustomSecurityAttribute.Set_Name -eq "x"'}
    found = whatif(tenant(policy(applications={"includeApplications": ["None"], "applicationFilter": rule})))
    assert (found.outcome, reasons(found)) == ("granted", ["not: application,notEnoughInformation"])
    assert found.depends_on == ("the security attributes of applications (application filter)",)


# How


@pytest.mark.parametrize(
    ("condition", "matching", "other", "reason"),
    [
        ({"clientAppTypes": ["browser"]}, {}, {"clientAppType": "mobileAppsAndDesktopClients"}, "clientApps"),
        (
            {"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["iOS"]}},
            {"devicePlatform": "unknown"},
            {"devicePlatform": "ios"},
            "devicePlatform",
        ),
        ({"platforms": {"includePlatforms": ["windows"]}}, {}, {"devicePlatform": "unknown"}, "devicePlatform"),
        ({"signInRiskLevels": ["high"]}, {"signInRiskLevel": "high"}, {}, "signInRisk"),
        ({"signInRiskLevels": ["high"]}, {"signInRiskLevel": "high"}, {"signInRiskLevel": "hidden"}, "signInRisk"),
        ({"userRiskLevels": ["low", "none"]}, {}, {"userRiskLevel": "medium"}, "userRisk"),
        ({"insiderRiskLevels": "minor,elevated"}, {"insiderRiskLevel": "minor"}, {}, "insiderRisk"),
        (
            {"authenticationFlows": {"transferMethods": "deviceCodeFlow,authenticationTransfer"}},
            {"authenticationFlow": {"transferMethod": "authenticationTransfer"}},
            {},
            "authenticationFlow",
        ),
        (
            {"devices": {"deviceFilter": {"mode": "include", "rule": "device.isCompliant -eq True"}}},
            {"deviceInfo": {"isCompliant": True}},
            {"deviceInfo": {}},
            "devices",
        ),
        (
            {"devices": {"deviceFilter": {"mode": "exclude", "rule": 'device.trustType -ne "ServerAD"'}}},
            {"deviceInfo": {"trustType": "ServerAD"}},
            {"deviceInfo": {}},  # attributes of a device that is not registered are null: -ne is true
            "devices",
        ),
        (
            {"locations": {"includeLocations": ["All"], "excludeLocations": ["office"]}},
            {"ipAddress": "11.0.0.1"},
            {"ipAddress": "10.255.0.1"},
            "location",
        ),
        (
            {"locations": {"includeLocations": ["office"]}},
            {"ipAddress": "2001:db8::1"},
            {"ipAddress": "::1"},
            "location",
        ),
        (
            {"locations": {"includeLocations": ["office"]}},
            {"ipAddress": "::ffff:10.0.0.1"},
            {"ipAddress": "::ffff:11.0.0.1"},
            "location",
        ),
        ({"locations": {"includeLocations": ["europe"]}}, {"country": "DE"}, {"country": "US"}, "location"),
        ({"locations": {"includeLocations": ["europe"]}}, {"country": "unknown"}, {"country": "ZZ"}, "location"),
        (
            {"locations": {"includeLocations": ["europe", "office"]}},
            {"country": "US", "ipAddress": "10.0.0.1"},
            {"country": "US", "ipAddress": "9.9.9.9"},
            "location",
        ),
        ({"locations": {"includeLocations": ["gsa"]}}, {"locations": ["gsa"]}, {"ipAddress": "9.9.9.9"}, "location"),
        (
            {"locations": {"includeLocations": ["All"], "excludeLocations": ["elsewhere"]}},
            {"locations": ["office"]},
            {"locations": ["elsewhere"]},
            "location",
        ),
    ],
)
def test_each_condition(
    condition: dict[str, Any], matching: dict[str, Any], other: dict[str, Any], reason: str
) -> None:
    where = tenant(policy(**condition))
    met = whatif(where, **matching)
    missed = whatif(where, **other)
    assert (reasons(met), met.outcome) == (["notSet"], "requires")
    assert (reasons(missed), missed.outcome) == ([f"not: {reason}"], "granted")
    assert met.certainty == missed.certainty == "certain"


@pytest.mark.parametrize(
    ("condition", "given_beside", "reason", "depends_on"),
    [
        ({"platforms": {"includePlatforms": ["windows"]}}, {}, "devicePlatform", "device platform of the sign-in"),
        ({"clientAppTypes": ["browser"]}, {}, "clientApps", "client app of the sign-in"),
        (
            {"devices": {"deviceFilter": {"mode": "exclude", "rule": "device.isCompliant -eq True"}}},
            {},
            "devices",
            "device of the sign-in",
        ),
        ({"locations": {"includeLocations": ["office"]}}, {"country": "DE"}, "location", "address of the sign-in"),
        (
            {"locations": {"includeLocations": ["europe"]}},
            {"ipAddress": "9.9.9.9"},
            "location",
            "country of the sign-in",
        ),
        (
            {"locations": {"includeLocations": ["All"], "excludeLocations": ["gsa"]}},
            {},
            "location",
            "whether the sign-in is in the location GSA",
        ),
    ],
)
def test_what_is_not_given_is_not_met_and_the_result_depends_on_it(
    condition: dict[str, Any], given_beside: dict[str, Any], reason: str, depends_on: str
) -> None:
    where = tenant(policy(**condition))
    missing = {"clientAppType": None, "devicePlatform": None, **given_beside}
    found = whatif(where, **missing)
    assert (found.outcome, reasons(found)) == ("granted", [f"not: {reason},notEnoughInformation"])
    assert (found.certainty, len(found.depends_on)) == ("depends", 1)
    assert depends_on in found.depends_on[0]


def test_a_definite_miss_is_the_reason_before_one_that_is_not_known() -> None:
    where = tenant(policy(platforms={"includePlatforms": ["iOS"]}, userRiskLevels=["high"]))
    found = whatif(where, devicePlatform=None)
    assert (reasons(found), found.certainty) == (["not: userRisk"], "certain")


def test_the_first_condition_that_is_not_met_is_the_reason() -> None:
    where = tenant(policy(users={"includeUsers": ["ben"]}, userRiskLevels=["high"], clientAppTypes=["other"]))
    assert reasons(whatif(where)) == ["not: users"]
    assert reasons(whatif(where, "ben")) == ["not: clientApps"]


def test_what_would_change_nothing_leaves_the_result_certain() -> None:
    unknown = policy("2", times={"includeDays": ["monday"]})
    assert whatif(tenant(policy("1"), unknown)).certainty == "certain"
    assert whatif(tenant(policy("1", grant=("block",)), policy("2", grant=("block",), times={"a": 1}))).depends_on == ()
    alone = whatif(tenant(unknown))
    assert (alone.outcome, reasons(alone)) == ("granted", ["not: notEnoughInformation"])
    assert alone.depends_on == ("the condition `times`, which tenantlint does not model",)


def test_a_device_filter_that_cannot_be_read_may_match() -> None:
    found = whatif(tenant(policy(devices={"deviceFilter": {"mode": "include", "rule": "device.isCompliant is True"}})))
    assert (found.outcome, found.certainty) == ("granted", "depends")
    assert "device.isCompliant is True" in found.depends_on[0]


# Without a directory, without named locations


def test_without_a_directory_groups_are_unknown_and_the_weakest_outcome_is_told() -> None:
    found = whatif(bare(policy(users={"includeUsers": ["All"], "excludeGroups": ["g"]}), policy("2", grant=("x",))))
    assert found.requires == (("x",),)
    assert found.depends_on == ("who is in the group g",)
    assert whatif(bare(policy(users={"includeUsers": ["ann"]}))).certainty == "certain"


def test_trusted_locations_that_are_not_known_may_hold_the_sign_in() -> None:
    where = bare(policy(locations={"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}))
    found = whatif(where, ipAddress="9.9.9.9", country="DE")
    assert (found.outcome, found.depends_on) == ("granted", ("which locations are trusted",))
    assert whatif(where, locations=[]).requires == (("mfa",),)
    assert whatif(where, locations=["AllTrusted"]).outcome == "granted"


def test_a_sign_in_is_taken_to_be_outside_the_trusted_ips_of_per_user_mfa_and_says_so() -> None:
    where = tenant(policy(locations={"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}))
    found = whatif(where, ipAddress="9.9.9.9")
    assert (found.requires, reasons(found)) == ((("mfa",),), ["notSet"])
    assert found.depends_on == ("the trusted IPs of per-user MFA",)
    inside = whatif(where, ipAddress="10.0.0.1")
    assert (inside.outcome, inside.certainty) == ("granted", "certain")
    assert whatif(where, locations=[]).certainty == "certain"


# Service principals and agents


def test_workload_policies_are_for_service_principals_alone() -> None:
    workload = policy(
        "w",
        grant=("block",),
        users={"includeUsers": ["None"]},
        clientApplications={"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]},
        servicePrincipalRiskLevels=["high"],
    )
    where = tenant(workload, policy("u"), service_principals=[OWN, OWN | {"id": "f", "appOwnerOrganizationId": "x"}])
    risky = {"clientAppType": None, "devicePlatform": None, "servicePrincipalRiskLevel": "high"}
    own = whatif(where, {"servicePrincipalId": OWN["id"]}, **risky)
    assert (own.outcome, reasons(own)) == ("blocked", ["notSet", "not: workloadIdentities"])
    assert whatif(where, {"servicePrincipalId": OWN["id"]}).outcome == "granted"
    assert whatif(where, {"servicePrincipalId": "f"}, **risky).outcome == "granted"
    unlisted = whatif(where, {"servicePrincipalId": "n"}, **risky)
    assert unlisted.depends_on == ("whether n is a single-tenant service principal",)
    assert reasons(whatif(where, **risky)) == ["not: users", "notSet"]


def test_service_principals_are_excluded_by_id_and_perhaps_by_attributes() -> None:
    def workload(**clients: Any) -> Tenant:
        return tenant(policy(grant=("block",), users={"includeUsers": ["None"]}, clientApplications=clients))

    who = {"servicePrincipalId": "S"}
    assert whatif(workload(includeServicePrincipals=["s"]), who).outcome == "blocked"
    excluded = workload(includeServicePrincipals=["ServicePrincipalsInMyTenant"], excludeServicePrincipals=["S"])
    assert (whatif(excluded, who).outcome, whatif(excluded, who).certainty) == ("granted", "certain")
    filtered = workload(includeServicePrincipals=["s"], servicePrincipalFilter={"mode": "exclude", "rule": "x"})
    assert whatif(filtered, who).certainty == "depends"


# Output


def test_the_document_is_the_contracts() -> None:
    where = tenant(policy("p", grant=("mfa", "compliantDevice")), policy("q", userRiskLevels=["high"]))
    assert Evaluator(where).document(parse_request(request())) == {
        "outcome": "requires",
        "requires": [["mfa", "compliantDevice"]],
        "policies": [
            {
                "id": "p",
                "displayName": "Policy p",
                "state": "enabled",
                "policyApplies": True,
                "analysisReasons": "notSet",
            },
            {
                "id": "q",
                "displayName": "Policy q",
                "state": "enabled",
                "policyApplies": False,
                "analysisReasons": "userRisk",
            },
        ],
        "certainty": "certain",
        "depends_on": [],
    }


def test_only_applying_policies_are_listed_on_request() -> None:
    where = tenant(policy("p"), policy("q", userRiskLevels=["high"]))
    sign_in = parse_request(request() | {"appliedPoliciesOnly": True})
    assert [one["id"] for one in Evaluator(where).document(sign_in)["policies"]] == ["p"]
    assert [one.policy.id for one in Evaluator(where).evaluate(sign_in).policies] == ["p"]


def test_a_line_and_a_result_say_the_same_and_a_line_is_ascii() -> None:
    hostile = policy("p") | {"displayName": "\x1b[31m\u202eevil\n\ud800\u009b"}
    evaluator = Evaluator(tenant(hostile, policy("q", times={"a": 1}), policy("r", userRiskLevels=["high"])))
    for who in ("ann", "ben", "nobody"):
        sign_in = parse_request(request(who))
        line = evaluator.line(sign_in)
        assert line.isascii()
        assert line.isprintable()
        found, result = json.loads(line), evaluator.evaluate(sign_in)
        assert found["policies"][0]["displayName"] == hostile["displayName"]
        assert found["outcome"] == result.outcome
        assert found["requires"] == [list(one) for one in result.requires]
        assert found["depends_on"] == list(result.depends_on)
        assert [(one["id"], one["policyApplies"], one["analysisReasons"]) for one in found["policies"]] == [
            (one.policy.id, one.applies, ",".join(one.reasons)) for one in result.policies
        ]


def test_what_was_kept_from_other_sign_ins_does_not_show() -> None:
    where = tenant(
        policy(
            "1", users={"includeUsers": ["All"], "excludeGroups": ["outer"]}, locations={"includeLocations": ["europe"]}
        ),
        policy("2", devices={"deviceFilter": {"mode": "include", "rule": 'device.model -eq "x"'}}, grant=("block",)),
        policy("3", clientAppTypes=["browser"], grant=("compliantDevice",)),
        policy("4", times={"a": 1}, grant=("approvedApplication",)),
    )
    asked = [
        parse_request(request(who, clientAppType=client, country=country, deviceInfo=device))
        for who in ("ann", "ben", "gus", "stranger")
        for client in ("browser", "other", None)
        for country in ("DE", "US", None)
        for device in ({"model": "x"}, {"model": "y", "displayName": "z"}, {}, None)
    ]
    kept = Evaluator(where)
    lines = [kept.line(one) for one in [*asked, *reversed(asked)]]
    fresh = [Evaluator(where).line(one) for one in asked]
    assert lines == [*fresh, *reversed(fresh)]


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_a_real_set_blocks_legacy_clients_and_other_countries() -> None:
    evaluator = Evaluator(read_tenant(open_target(CORPUS / "j0eyv").snapshot))
    countries = next(one for one in evaluator.policies if "CountryWhitelist" in one.name).locations.exclude
    base = {"locations": sorted(countries), "deviceInfo": {}}
    somebody = {"memberOf": [], "roles": []}
    for conditions in ({"clientAppType": "other"}, {"locations": []}):
        sign_in = parse_request(request(somebody, "other", **{**base, **conditions}))
        assert evaluator.evaluate(sign_in).outcome == "blocked"
    found = evaluator.evaluate(parse_request(request(somebody, "other", **base)))
    assert found.requires == (("mfa",),)
    assert len(found.policies) == 36

"""The facts `coverage.*`: counts, people told apart, what is left open, and what answers are about."""

from typing import Any

import pytest
from tests.unit.directory.tenants import AT, policy, snapshot, user

from tenantlint.facts import FACTS, compute
from tenantlint.facts.administrators import ASKED as ADMINISTRATORS
from tenantlint.facts.answers import QUESTIONS
from tenantlint.facts.interface import FactContext
from tenantlint.model import CollectionStatus

GUEST = {"userType": "Guest", "creationType": "Invitation"}
ALL = {"includeUsers": ["All"]}


def context(*policies: dict[str, Any], emergency: tuple[str, ...] = (), **more: Any) -> FactContext:
    more.setdefault("security_defaults", [{"id": "d", "isEnabled": False}])
    return FactContext(
        snapshot(conditional_access_policies=list(policies), **more), AT, break_glass=frozenset(emergency)
    )


def fact(name: str, *policies: dict[str, Any], emergency: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = compute([f"coverage.{name}"], context(*policies, emergency=emergency, **more)).tree[
        "coverage"
    ][name]
    return found


def demanding(users: dict[str, Any], *controls: str, operator: str = "OR", **conditions: Any) -> dict[str, Any]:
    """A policy for all applications, or for `applications`."""
    identity = "-".join((*controls, *conditions, *map(str, users.values())))
    return policy(
        identity,
        users,
        conditions={"users": users, "applications": {"includeApplications": ["All"]}, **conditions},
        grantControls={"operator": operator, "builtInControls": list(controls)},
    )


def action(users: dict[str, Any], name: str, *controls: str, **conditions: Any) -> dict[str, Any]:
    return demanding(users, *controls, applications={"includeUserActions": [f"urn:user:{name}"]}, **conditions)


def test_every_question_is_a_fact() -> None:
    registered = {name.removeprefix("coverage.") for name in FACTS if name.startswith("coverage.")}
    elsewhere = {"admin_portals_others", "private_access_managed_device", "risky_agents"}
    assert registered - elsewhere - {f"administrators.{name}" for name in ADMINISTRATORS} == set(QUESTIONS)


def test_people_are_counted_and_named_and_the_way_is_told() -> None:
    made = context(
        demanding({**ALL, "excludeUsers": ["u"]}, "mfa"),
        users=[user("U"), user("v"), user("off", enabled=False)],
    )
    found = compute(["coverage.mfa"], made).tree["coverage"]["mfa"]
    assert (found["users_open"], found["users_depends"], found["users_total"]) == (1, 0, 2)
    assert found["open"]["names"] == ["User U"]
    assert [one.id for one in made.populations[found["open"]["population"]]] == ["U"]
    (region,) = found["regions"]
    assert region["label"] == "any application"
    assert region["near_misses"][0]["because"] == "excludes the user User U"
    assert region["witness"]["signInIdentity"]["userId"] == "U"
    assert (found["exact"], found["caveats"], found["depends_on"]) == (True, [], [])


def test_emergency_accounts_are_told_apart() -> None:
    found = fact(
        "mfa",
        demanding({**ALL, "excludeGroups": ["g"], "excludeUsers": ["v"]}, "mfa"),
        emergency=("g",),
        users=[user("u"), user("v"), user("bg")],
        group_members=[{"group_id": "g", "members": ["bg"]}],
    )
    assert (found["users_open"], found["users_total"]) == (1, 2)
    assert found["open"]["names"] == ["User v"]
    assert found["emergency"]["names"] == ["User bg"]
    assert [region["users"]["names"] for region in found["regions"]] == [["User v"]]


def test_a_declared_group_of_unknown_members_is_no_gap() -> None:
    found = fact("mfa", demanding({**ALL, "excludeGroups": ["g"]}, "mfa"), emergency=("g",))
    assert not found["regions"]
    assert found["emergency"]["without_account"]


def test_legacy_clients_are_one_question_only() -> None:
    made = demanding(ALL, "mfa", clientAppTypes=["browser", "mobileAppsAndDesktopClients"])
    assert fact("mfa", made, users=[user("u")])["users_open"] == 0
    assert fact("legacy_authentication", made, users=[user("u")])["users_open"] == 1


@pytest.mark.parametrize(
    ("name", "policies", "open_"),
    [
        ("device_code_flow", [demanding(ALL, "mfa")], 1),
        ("device_code_flow", [demanding(ALL, "compliantDevice")], 0),
        (
            "device_code_flow",
            [demanding(ALL, "block", authenticationFlows={"transferMethods": "deviceCodeFlow"})],
            0,
        ),
        (
            "device_code_flow",
            [
                demanding(
                    ALL,
                    "block",
                    authenticationFlows={"transferMethods": "deviceCodeFlow"},
                    locations={"includeLocations": ["All"], "excludeLocations": ["site"]},
                )
            ],
            0,
        ),
        ("sign_in_risk_high", [demanding(ALL, "mfa", signInRiskLevels=["high"])], 0),
        ("sign_in_risk_high", [demanding(ALL, "mfa", signInRiskLevels=["medium"])], 1),
        ("sign_in_risk_high_blocked", [demanding(ALL, "mfa", signInRiskLevels=["high"])], 1),
        ("sign_in_risk_high_blocked", [demanding(ALL, "block", signInRiskLevels=["high"])], 0),
        ("sign_in_risk_medium", [demanding(ALL, "mfa", signInRiskLevels=["medium"])], 0),
        ("user_risk_high", [demanding(ALL, "mfa", userRiskLevels=["high"])], 1),
        ("user_risk_high", [demanding(ALL, "mfa", "passwordChange", operator="AND", userRiskLevels=["high"])], 0),
        ("user_risk_high_blocked", [demanding(ALL, "riskRemediation", userRiskLevels=["high"])], 1),
        ("security_information", [demanding(ALL, "mfa")], 1),
        ("security_information", [action(ALL, "registersecurityinfo", "mfa", "compliantDevice")], 0),
        (
            "security_information",
            [
                action(
                    ALL,
                    "registersecurityinfo",
                    "block",
                    locations={"includeLocations": ["All"], "excludeLocations": ["site"]},
                )
            ],
            0,
        ),
        ("security_information_managed_device", [action(ALL, "registersecurityinfo", "mfa")], 1),
        ("security_information_managed_device", [action(ALL, "registersecurityinfo", "domainJoinedDevice")], 0),
        ("device_registration", [action(ALL, "registerdevice", "mfa")], 0),
        ("device_registration", [demanding(ALL, "mfa")], 1),
        ("unknown_platforms", [demanding(ALL, "mfa")], 1),
        ("unknown_platforms", [demanding(ALL, "compliantDevice")], 0),
        ("azure_management", [demanding(ALL, "mfa")], 0),
        (
            "admin_portals",
            [demanding(ALL, "mfa", applications={"includeApplications": ["MicrosoftAdminPortals"]})],
            0,
        ),
        ("any_control", [policy("t", ALL, grantControls={"termsOfUse": ["terms"]})], 0),
        ("managed_device", [demanding(ALL, "compliantDevice", "domainJoinedDevice")], 0),
        ("phishing_resistant_mfa", [demanding(ALL, "mfa")], 1),
    ],
)
def test_what_each_question_asks(name: str, policies: list[dict[str, Any]], open_: int) -> None:
    sites = [{"id": "site", "displayName": "Site", "ipRanges": [{"cidrAddress": "192.0.2.0/24"}]}]
    assert fact(name, *policies, users=[user("u")], named_locations=sites)["users_open"] == open_


def test_members_and_guests_are_asked_about_apart() -> None:
    made = demanding(
        {**ALL, "excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "b2bCollaborationGuest"}}, "mfa"
    )
    people = {"users": [user("u"), user("g", **GUEST)]}
    guests = fact("guests_mfa", made, **people)
    assert (guests["users_open"], guests["users_total"]) == (1, 1)
    members = fact("managed_device", made, **people)
    assert (members["open"]["names"], members["users_total"]) == (["User u"], 1)


def test_guests_without_an_account_are_words() -> None:
    kinds = {"guestOrExternalUserTypes": "serviceProvider"}
    made = context(demanding({**ALL, "excludeGuestsOrExternalUsers": kinds}, "mfa"), users=[user("u")])
    found = compute(["coverage.mfa"], made).tree["coverage"]["mfa"]
    assert (found["users_open"], found["open"]["without_account"]) == (0, ["serviceProvider"])
    assert [(one.kind, one.id) for one in made.populations[found["open"]["population"]]] == [
        ("guestType", "serviceProvider")
    ]


def test_without_a_directory_people_are_words() -> None:
    made = context(demanding({**ALL, "excludeGroups": ["g"], "excludeUsers": ["u"]}, "mfa"))
    found = compute(["coverage.mfa"], made).tree["coverage"]["mfa"]
    assert not found["users_known"]
    assert found["users_depends"] == 0
    assert [(one.kind, one.id) for one in made.populations[found["open"]["population"]]] == [("user", "u")]
    assert {(one.kind, one.id) for one in made.populations[found["depends"]["population"]]} == {("group", "g")}
    assert found["depends_on"] == ["who is in the group g"]


def test_without_a_directory_a_user_may_be_whom_another_policy_is_about() -> None:
    found = fact("mfa", demanding({**ALL, "excludeUsers": ["u"]}, "mfa"), demanding({"includeRoles": ["r"]}, "mfa"))
    assert (found["users_open"], found["users_depends"]) == (0, 1)
    assert found["depends_on"] == ["who holds the role r"]


def test_a_condition_that_is_not_modelled_leaves_the_answer_open() -> None:
    found = fact("mfa", demanding(ALL, "mfa", times={"includeDays": ["monday"]}), users=[user("u")])
    assert (found["users_open"], found["users_depends"]) == (0, 1)
    assert len(found["depends_on"]) == 1
    assert "times" in found["depends_on"][0]
    assert found["regions"][0]["certainty"] == "depends"


def test_without_policies_everything_hangs_on_security_defaults_that_are_not_known() -> None:
    unknown = fact("mfa", users=[user("u")], security_defaults=CollectionStatus.DENIED)
    assert (unknown["users_open"], unknown["users_depends"]) == (0, 1)
    assert unknown["depends_on"] == ["security defaults (security_defaults)"]
    assert set(unknown["by_application"]["other"]["open"]["names"]) == set()
    assert unknown["by_application"]["other"]["depends"]["count"] == 1
    assert fact("mfa", users=[user("u")])["users_open"] == 1
    never = fact("managed_device", users=[user("u")], security_defaults=CollectionStatus.DENIED)
    assert never["users_open"] == 1


def test_a_policy_that_cannot_be_understood_leaves_the_answer_open() -> None:
    broken = policy("broken", ALL, conditions={"users": ["All"]})
    found = fact("mfa", demanding({**ALL, "excludeUsers": ["u"]}, "mfa"), broken, users=[user("u")])
    assert (found["users_open"], found["users_depends"]) == (0, 1)
    assert "Policy broken" in found["depends_on"][0]


def test_who_is_open_in_an_application_and_on_a_platform() -> None:
    made = demanding(
        ALL,
        "mfa",
        applications={"includeApplications": ["All"], "excludeApplications": ["app"]},
        platforms={"includePlatforms": ["all"], "excludePlatforms": ["linux"]},
    )
    found = fact("mfa", made, users=[user("u")])
    assert set(found["by_application"]) == {"app", "other"}
    one_platform = demanding(ALL, "mfa", platforms={"includePlatforms": ["all"], "excludePlatforms": ["linux"]})
    assert set(fact("mfa", one_platform, users=[user("u")])["by_platform"]) == {"linux"}


def test_regions_are_the_widest_first_and_few() -> None:
    policies = [
        demanding({**ALL, "excludeUsers": [f"u{number}"]}, "mfa", applications={"includeApplications": [f"a{number}"]})
        for number in range(9)
    ]
    found = fact("mfa", *policies, users=[user(f"u{number}") for number in range(9)])
    counts = [region["users"]["count"] for region in found["regions"]]
    assert counts == sorted(counts, reverse=True)
    assert found["regions_more"] > 0
    assert found["users_open"] == 9


def test_answers_share_people_and_populations() -> None:
    made = context(demanding({**ALL, "excludeUsers": ["u"]}, "mfa"), users=[user("u"), user("v")])
    tree = compute(["coverage.mfa", "coverage.azure_management"], made).tree["coverage"]
    assert tree["mfa"]["open"]["population"] == tree["azure_management"]["open"]["population"]


AZURE = "797f4846-ba00-4fd7-ba43-dac1f8f63013"
DEVOPS = "499b84ac-1321-427f-aa17-267ca6975798"


@pytest.mark.parametrize(
    ("name", "open_with", "closed_with"),
    [
        (
            "mfa_or_managed_device",
            demanding(ALL, "mfa", "approvedApplication"),
            demanding(ALL, "mfa", "compliantDevice"),
        ),
        (
            "azure_devops",
            demanding(ALL, "mfa", applications={"includeApplications": [AZURE]}),
            demanding(ALL, "mfa", applications={"includeApplications": [DEVOPS]}),
        ),
        (
            "authentication_transfer",
            demanding(ALL, "mfa", authenticationFlows={"transferMethods": "authenticationTransfer"}),
            demanding(ALL, "block", authenticationFlows={"transferMethods": "deviceCodeFlow,authenticationTransfer"}),
        ),
        (
            "mobile_app_protection",
            demanding(ALL, "approvedApplication", applications={"includeApplications": ["Office365"]}),
            demanding(
                ALL, "compliantApplication", "approvedApplication", applications={"includeApplications": ["Office365"]}
            ),
        ),
        (
            "mobile_app_protection",
            demanding(ALL, "compliantApplication", platforms={"includePlatforms": ["iOS"]}),
            demanding(ALL, "compliantApplication", platforms={"includePlatforms": ["iOS", "android"]}),
        ),
        (
            "insider_risk",
            demanding(ALL, "block", insiderRiskLevels="moderate"),
            demanding(ALL, "block", insiderRiskLevels="moderate,elevated"),
        ),
        (
            "untrusted_locations",
            demanding(ALL, "block", locations={"includeLocations": ["l"]}),
            demanding(ALL, "block", locations={"includeLocations": ["All"], "excludeLocations": ["l"]}),
        ),
        (
            "intune_enrolment",
            demanding({**ALL, "excludeUsers": ["u"]}, "mfa"),
            demanding(
                {**ALL, "excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "b2bCollaborationGuest"}}, "mfa"
            ),
        ),
    ],
)
def test_what_closes_a_question_and_what_does_not(
    name: str, open_with: dict[str, Any], closed_with: dict[str, Any]
) -> None:
    location = {
        "@odata.type": "#microsoft.graph.ipNamedLocation",
        "id": "l",
        "displayName": "L",
        "ipRanges": [{"cidrAddress": "192.0.2.0/24"}],
    }
    more = {"users": [user("u"), user("g", **GUEST)], "named_locations": [location]}
    assert fact(name, open_with, **more)["users_open"] > 0
    assert (fact(name, closed_with, **more)["users_open"], fact(name, closed_with, **more)["users_depends"]) == (0, 0)

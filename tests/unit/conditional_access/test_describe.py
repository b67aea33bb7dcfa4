"""The coverage document: tokens, people, certainty, and the words that say the same."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.snapshots import tenant_of
from tests.oracle.strategies import tenants
from tests.unit.conditional_access.coverage_cases import (
    ALL,
    described,
    excluding,
    policy,
    tenant,
)

from tenantlint import shipped
from tenantlint.conditional_access.coverage import cover
from tenantlint.conditional_access.describe import Description, coverage_document
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.universe import DIMENSIONS

SCHEMA = json.loads(Path(shipped.policies() / "schemas" / "coverage.json").read_text("utf-8"))
OFFICE = {"id": "office", "displayName": "Office", "ipRanges": [{"cidrAddress": "198.51.100.0/24"}], "isTrusted": True}
HOME = {"id": "home", "displayName": "Home", "ipRanges": [{"cidrAddress": "198.51.100.128/25"}]}
EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"
ASKED = ["mfa", "phishing_resistant_mfa", "legacy_authentication", "managed_device", "any_control", "blocked"]


def only(regions: list[Any]) -> Any:
    assert len(regions) == 1, regions
    return regions[0]


def labels(regions: list[Any]) -> list[str]:
    return [one["users"]["label"] for one in regions]


def test_a_tenant_without_policies_is_open_in_every_way() -> None:
    found = only(described(tenant(users=3)))
    assert all(found[dimension] == ["any"] for dimension in DIMENSIONS)
    assert (found["depends_on"], found["near_misses"]) == ([], [])
    assert found["users"] == {"count": 3, "ids": ["u1", "u2", "u3"], "label": "all 3 users"}
    assert found["certainty"] == "certain"


def test_applications_are_told_by_id_with_other_for_those_that_no_policy_names() -> None:
    applications = {"includeApplications": ["All"], "excludeApplications": ["AAA", "Office365"]}
    found = only(described(tenant(policy("P", "mfa", applications=applications), users=1)))
    assert found["applications"] == ["aaa", "Office365"]
    applications = {"includeApplications": ["AAA"]}
    found = only(described(tenant(policy("P", "mfa", applications=applications), users=1)))
    assert found["applications"] == ["other"]


def test_a_narrowed_question_names_its_applications_and_never_says_any() -> None:
    found = only(described(tenant(users=1), applications=["c1", EXCHANGE]))
    assert found["applications"] == ["c1", EXCHANGE]
    assert described(tenant(users=1), applications=["other"])[0]["applications"] == ["other"]


def test_locations_are_the_sets_that_a_sign_in_can_be_in() -> None:
    inside = {"includeLocations": ["All"], "excludeLocations": ["office"]}
    policies = [policy("P", "mfa", locations=inside), policy("Q", locations={"includeLocations": ["home"]})]
    found = only(described(tenant(*policies, users=1, named_locations=[OFFICE, HOME])))
    assert found["locations"] == ["office", {"in": ["home", "office"]}]
    outside = {"includeLocations": ["office"]}
    found = only(described(tenant(policy("P", "mfa", locations=outside), users=1, named_locations=[OFFICE])))
    assert found["locations"] == ["other"]


def test_devices_are_states_or_what_filters_say_of_them() -> None:
    rule = "device.isCompliant -eq True"
    devices = {"deviceFilter": {"mode": "exclude", "rule": rule}}
    found = only(described(tenant(policy("P", "mfa", devices=devices), users=1)))
    assert found["devices"] == ["compliant", "compliantHybridJoined"]
    rule = 'device.model -eq "Surface"'
    devices = {"deviceFilter": {"mode": "exclude", "rule": rule}}
    found = only(described(tenant(policy("P", "mfa", devices=devices), users=1)))
    assert found["devices"] == [
        {"state": state, "filters": {rule: True}}
        for state in ("registered", "compliant", "hybridJoined", "compliantHybridJoined")
    ]


@pytest.mark.parametrize(
    ("conditions", "dimension", "tokens"),
    [
        (
            {"clientAppTypes": ["exchangeActiveSync", "other"]},
            "client_app_types",
            ["browser", "mobileAppsAndDesktopClients"],
        ),
        (
            {"platforms": {"includePlatforms": ["windows", "macOS", "linux", "windowsPhone"]}},
            "platforms",
            ["android", "iOS", "unknown"],
        ),
        ({"signInRiskLevels": ["high"]}, "sign_in_risk", ["none", "low", "medium"]),
        ({"userRiskLevels": ["none", "low"]}, "user_risk", ["medium", "high"]),
        ({"insiderRiskLevels": "moderate,elevated"}, "insider_risk", ["none", "minor"]),
        (
            {"authenticationFlows": {"transferMethods": "deviceCodeFlow"}},
            "authentication_flows",
            ["none", "authenticationTransfer"],
        ),
    ],
)
def test_words_of_graph_in_the_other_dimensions(conditions: Any, dimension: str, tokens: list[str]) -> None:
    found = only(described(tenant(policy("P", "mfa", **conditions), users=1)))
    assert found[dimension] == tokens


def test_twenty_ids_are_shown_unless_all_are_wanted() -> None:
    coverage = cover(tenant(users=30), Question.MFA)
    assert coverage_document(coverage)["open"][0]["users"]["ids"] == sorted(f"u{at}" for at in range(1, 31))[:20]
    assert len(coverage_document(coverage, full=True)["open"][0]["users"]["ids"]) == 30
    assert coverage_document(coverage)["open"][0]["users"]["count"] == 30


def test_few_people_are_told_by_name_and_many_by_their_groups() -> None:
    groups: dict[str, Any] = {"sales": [f"u{at}" for at in range(1, 6)], "rescue": ["u6", "u7"]}
    found = described(tenant(policy("P", "mfa", users=excluding("rescue")), users=9, groups=groups))
    assert labels(found) == ["2 users: User 6 and User 7"]
    found = described(tenant(policy("P", "mfa", users=excluding("rescue", "sales")), users=20, groups=groups))
    assert labels(found) == ["7 users: members of Sales (5) and members of Rescue (2)"]
    found = described(tenant(policy("P", "mfa", users={"includeGroups": ["sales"]}), users=12, groups=groups))
    assert labels(found) == ["7 users: everybody except members of Sales"]


def test_a_part_of_a_group_is_told_as_such() -> None:
    groups: dict[str, Any] = {"sales": [f"u{at}" for at in range(1, 9)], "covered": ["u1", "u2"]}
    policies = [
        policy("P", "mfa", users=excluding("sales")),
        policy("Q", "mfa", users={"includeGroups": ["covered"]}),
    ]
    found = described(tenant(*policies, users=30, groups=groups))
    assert labels(found) == ["6 users: members of Sales except members of Covered"]


def test_people_whom_the_snapshot_does_not_list_are_told_by_what_they_are_in() -> None:
    found = only(described(tenant(policy("P", "mfa", users=excluding("g1")))))
    assert found["users"] == {"count": 0, "ids": [], "label": "members of g1"}
    assert found["certainty"] == "depends"
    assert found["depends_on"] == ["who is in the group g1"]
    role = "62e90394-69f5-4237-9190-012177145e10"
    found = only(described(tenant(policy("P", "mfa", users={"includeUsers": ["All"], "excludeRoles": [role]}))))
    assert found["users"]["label"] == "holders of Global Administrator"
    found = only(described(tenant(policy("P", "mfa", users={"includeGroups": ["g1"]}))))
    assert (found["users"]["label"], found["certainty"]) == ("everybody except members of g1", "certain")


def test_somebody_in_two_groups_is_not_told_where_one_group_is_enough() -> None:
    policies = [policy("P", "mfa", users=excluding("g1")), policy("Q", "mfa", users=excluding("g2"))]
    found = only(described(tenant(*policies)))
    assert found["users"]["label"] == "members of g1 who are also members of g2"
    phones = {"includePlatforms": ["iOS"]}
    policies = [
        policy("P", "mfa", users=excluding("g1")),
        policy("Q", "mfa", users=excluding("g2"), platforms=phones),
        policy("R", "mfa", platforms=phones),
    ]
    coverage = cover(tenant(*policies), Question.MFA)
    assert coverage.people.classes[-1].label == "members of g1 who are also members of g2"
    assert coverage.regions[0].users >> (len(coverage.people.classes) - 1) & 1
    found = only(described(tenant(*policies)))
    assert (found["users"]["label"], found["depends_on"]) == ("members of g1", ["who is in the group g1"])


def test_external_people_have_no_account_and_are_told_so() -> None:
    guests = {"includeUsers": ["All"], "excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "serviceProvider"}}
    found = only(described(tenant(policy("P", "mfa", users=guests), users=4)))
    assert found["users"] == {"count": 0, "ids": [], "label": "users of service providers"}
    assert found["certainty"] == "certain"


def test_a_condition_that_is_not_modelled_leaves_the_answer_open() -> None:
    found = only(described(tenant(policy("P", "mfa", times={"includeDays": ["monday"]}), users=1)))
    assert found["certainty"] == "depends"
    assert found["depends_on"] == ["the condition `times`, which tenantlint does not model"]


def test_what_is_open_only_inside_trusted_ips_that_may_not_exist_depends_on_them() -> None:
    locations = {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}
    untrusted = {**OFFICE, "isTrusted": False}
    coverage = cover(
        tenant(policy("P", "mfa", locations=locations), users=5, named_locations=[untrusted]), Question.MFA
    )
    document = coverage_document(coverage)
    found = only(document["open"])
    assert (found["certainty"], found["depends_on"]) == ("depends", ["the trusted IPs of per-user MFA"])
    assert (document["users_open"], document["users_depends"], document["users_total"]) == (0, 5, 5)
    found = only(described(tenant(policy("P", "mfa", locations=locations), users=5, named_locations=[OFFICE])))
    assert found["certainty"] == "certain"


def test_blocked_tells_who_has_no_way_in() -> None:
    groups: dict[str, Any] = {"stopped": ["u1", "u2"]}
    stop = policy("Stop", "block", users={"includeGroups": ["stopped"]})
    document = coverage_document(cover(tenant(stop, users=5, groups=groups), Question.BLOCKED))
    found = only(document["open"])
    assert (found["users"]["ids"], found["applications"], found["certainty"]) == (["u1", "u2"], ["any"], "certain")
    assert (document["users_open"], document["users_depends"], document["users_total"]) == (2, 0, 5)
    partly = policy("Part", "block", users=ALL, platforms={"includePlatforms": ["iOS"]})
    assert coverage_document(cover(tenant(partly, users=5), Question.BLOCKED))["open"] == []


def test_blocked_perhaps_is_told_as_such() -> None:
    stop = policy("Stop", "block", users={"includeGroups": ["stopped"]})
    document = coverage_document(cover(tenant(stop, users=5), Question.BLOCKED))
    found = only(document["open"])
    assert (found["certainty"], found["depends_on"]) == ("depends", ["who is in the group stopped"])
    assert (document["users_open"], document["users_depends"]) == (0, 5)


def test_the_same_tenant_gives_the_same_document() -> None:
    groups: dict[str, Any] = {"b": ["u1", "u2", "u3", "u4"], "a": ["u3", "u4", "u5", "u6"]}
    policies = [policy("P", "mfa", users=excluding("a")), policy("Q", "mfa", users=excluding("b"))]
    documents = [
        json.dumps(coverage_document(cover(tenant(*given, users=9, groups=groups), Question.MFA)))
        for given in (policies, policies, policies[::-1])
    ]
    assert len(set(documents)) == 1


@settings(max_examples=25)
@given(tenants(unknowns=True), st.sampled_from(ASKED))
def test_every_document_is_what_its_schema_says(raw: dict[str, Any], question: str) -> None:
    coverage = cover(tenant_of(raw), Question(question))
    document = coverage_document(coverage)
    jsonschema.validate(json.loads(json.dumps(document)), SCHEMA)
    description = Description(coverage)
    for region, found in zip(description.regions, document["open"], strict=True):
        words = description.words(region)
        assert words.who == found["users"]["label"]
        assert (found["certainty"] == "certain") == (not found["depends_on"])
        assert all(phrase for phrase in words.where)
    certain = {one for found in coverage.regions if found.certain for one in coverage.people.ids(found.users)}
    assert question == "blocked" or document["users_open"] == len(certain)


def test_many_people_whom_no_group_holds_are_told_by_most_of_them() -> None:
    groups: dict[str, Any] = {
        "sales": [f"u{at}" for at in range(1, 41)],
        "odd": [f"u{at}" for at in range(1, 100, 2)],
    }
    one_by_one = excluding(users=tuple(f"u{at}" for at in range(60, 70)))
    found = described(tenant(policy("P", "mfa", users=one_by_one), users=100, groups=groups))
    assert labels(found) == ["10 users: User 60, User 61, User 62 and 7 others"]
    found = described(tenant(policy("P", "mfa", users={"includeUsers": one_by_one["excludeUsers"]}), users=100))
    assert labels(found) == ["90 users: all but 10 of the 100"]
    policies = [
        policy("P", "mfa", users=excluding("sales", users=("u60",))),
        policy("Q", "mfa", users={"includeGroups": ["odd"], "excludeUsers": ["u1"]}),
    ]
    found = described(tenant(*policies, users=100, groups=groups))
    assert labels(found) == ["22 users: 21 of the 40 members of Sales and User 60"]

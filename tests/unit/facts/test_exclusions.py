"""The fact `exclusions`: what each exclusion opens, held against a comparison with the tenant without it."""

from copy import deepcopy
from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.directory.tenants import AT, GA, assignment, policy, snapshot, user

from tenantlint.conditional_access.compare import compare
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.tenant import read_tenant
from tenantlint.facts import compute
from tenantlint.facts.interface import FactContext
from tenantlint.snapshot import Snapshot

ALL = {"includeUsers": ["All"]}
OFF = [{"id": "d", "isEnabled": False}]
LEGACY = ["exchangeActiveSync", "other"]
# Without these two every tenant below would be open for everybody in ways that the tests are not about.
NO_LEGACY = policy(
    "legacy",
    ALL,
    conditions={"users": ALL, "applications": {"includeApplications": ["All"]}, "clientAppTypes": LEGACY},
    grantControls={"builtInControls": ["block"]},
)


def context(*policies: dict[str, Any], emergency: tuple[str, ...] = (), **more: Any) -> FactContext:
    more.setdefault("security_defaults", OFF)
    made = snapshot(conditional_access_policies=[NO_LEGACY, *policies], **more)
    return FactContext(made, AT, break_glass=frozenset(emergency))


def fact(*policies: dict[str, Any], **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = compute(["exclusions"], context(*policies, **more)).tree["exclusions"]["policies"]
    return found


def opened(value: dict[str, Any], policy_id: str, question: str = "mfa") -> list[tuple[list[str], list[str]]]:
    """For each opening of the question: whom, and by what."""
    return [
        ([name.removeprefix("User ") for name in one["users"]["names"]], [part["id"] for part in one["by"]])
        for one in value.get(policy_id, {"opens": []})["opens"]
        if one["question"] == question
    ]


def mfa(name: str, users: dict[str, Any], **conditions: Any) -> dict[str, Any]:
    everything = {"users": users, "applications": {"includeApplications": ["All"]}, **conditions}
    return policy(name, users, conditions=everything)


def test_an_exclusion_opens_what_nothing_else_answers() -> None:
    value = fact(
        mfa("p", {**ALL, "excludeGroups": ["g"], "excludeUsers": ["v"]}),
        users=[user("u"), user("v"), user("w")],
        groups=[{"id": "g", "displayName": "Excluded"}],
        group_members=[{"group_id": "g", "members": ["u"]}],
    )
    assert opened(value, "p") == [(["v"], ["v"]), (["u"], ["g"])]
    (_, first) = (one for one in value["p"]["opens"] if one["question"] == "mfa")
    assert (first["certainty"], first["label"], first["only_with"]) == ("certain", "any application", [])
    assert first["by"] == [{"kind": "group", "id": "g", "name": "Excluded", "label": "the group Excluded"}]
    assert first["words"] == "sign in without MFA"


def test_an_exclusion_that_another_policy_takes_up_opens_nothing() -> None:
    value = fact(
        mfa("p", {**ALL, "excludeGroups": ["g"]}),
        mfa("q", {"includeGroups": ["g"]}),
        users=[user("u")],
        group_members=[{"group_id": "g", "members": ["u"]}],
    )
    assert opened(value, "p") == []


def test_what_is_open_anyway_is_not_opened_by_an_exclusion() -> None:
    value = fact(
        mfa("p", {**ALL, "excludeUsers": ["u"]}, platforms={"includePlatforms": ["linux"]}),
        users=[user("u"), user("v")],
    )
    assert opened(value, "p") == [(["u"], ["u"])]
    (told,) = (one for one in value["p"]["opens"] if one["question"] == "mfa")
    assert "linux" in told["label"]


def test_two_exclusions_that_open_only_together() -> None:
    value = fact(
        mfa("p", {**ALL, "excludeGroups": ["g"]}),
        mfa("q", {**ALL, "excludeGroups": ["h"]}),
        users=[user("u"), user("only g"), user("only h")],
        group_members=[{"group_id": "g", "members": ["u", "only g"]}, {"group_id": "h", "members": ["u", "only h"]}],
    )
    assert opened(value, "p") == [(["u"], ["g"])]
    assert [one["only_with"] for one in value["p"]["opens"] if one["question"] == "mfa"] == [
        [{"policy_id": "q", "name": "Policy q"}]
    ]
    assert opened(value, "q") == [(["u"], ["h"])]


def test_two_parts_of_one_policy_that_hold_the_same_person() -> None:
    value = fact(
        mfa("p", {**ALL, "excludeGroups": ["g"], "excludeUsers": ["u"]}),
        users=[user("u")],
        group_members=[{"group_id": "g", "members": ["u"]}],
    )
    assert opened(value, "p") == [(["u"], ["u", "g"])]


def test_emergency_accounts_are_not_counted() -> None:
    value = fact(mfa("p", {**ALL, "excludeUsers": ["bg"]}), users=[user("bg"), user("u")], emergency=("bg",))
    assert value == {}


def test_members_of_a_group_that_is_not_known_depend() -> None:
    value = fact(mfa("p", {**ALL, "excludeGroups": ["g"]}))
    (told,) = (one for one in value["p"]["opens"] if one["question"] == "mfa")
    assert (told["certainty"], told["depends_on"]) == ("depends", ["who is in the group g"])
    assert told["users"]["without_account"] == ["members of g"]


def test_types_of_guests_are_parts() -> None:
    kinds = {"guestOrExternalUserTypes": "b2bCollaborationGuest,serviceProvider"}
    value = fact(
        mfa("p", {**ALL, "excludeGuestsOrExternalUsers": kinds}),
        users=[user("u"), user("g", userType="Guest", creationType="Invitation")],
    )
    told = [one for one in value["p"]["opens"] if one["question"] == "mfa"]
    assert [(one["users"]["count"], one["users"]["without_account"], one["by"][0]["kind"]) for one in told] == [
        (1, [], "guestType"),
        (0, ["serviceProvider"], "guestType"),
    ]


def test_administrators_are_judged_by_phishing_resistance_with_the_role_activated() -> None:
    strong = {"authenticationStrength": {"id": "00000000-0000-0000-0000-000000000004"}}
    value = fact(
        policy("p", {"includeRoles": [GA], "excludeGroups": ["g"]}, grantControls=strong),
        mfa("all", ALL),
        users=[user("e"), user("u")],
        group_members=[{"group_id": "g", "members": ["e"]}],
        role_assignments=[],
        role_eligibility_schedule_instances=[assignment("e")],
    )
    assert opened(value, "p", "administrators") == [(["e"], ["g"])]


def test_openings_with_the_most_people_come_first() -> None:
    value = fact(
        mfa("p", {**ALL, "excludeUsers": ["u"], "excludeGroups": ["g"]}),
        users=[user("u"), user("v"), user("w")],
        group_members=[{"group_id": "g", "members": ["v", "w"]}],
    )
    counts = [one["users"]["count"] for one in value["p"]["opens"]]
    assert counts == sorted(counts, reverse=True)


USERS = ["a", "b", "c", "d"]
GROUPS = ["g", "h"]
members = st.lists(st.sampled_from(USERS), unique=True)
conditions = st.fixed_dictionaries(
    {},
    optional={
        "platforms": st.sampled_from([{"includePlatforms": ["linux"]}, {"includePlatforms": ["windows", "linux"]}]),
        "signInRiskLevels": st.sampled_from([["high"], ["medium", "high"]]),
    },
)
exclusions = st.fixed_dictionaries(
    {},
    optional={
        "excludeUsers": st.lists(st.sampled_from(USERS), min_size=1, max_size=2, unique=True),
        "excludeGroups": st.lists(st.sampled_from(GROUPS), min_size=1, unique=True),
    },
)
inclusions = st.sampled_from([ALL, {"includeGroups": ["g"]}, {"includeUsers": ["a", "b", "c"]}])


@st.composite
def tenants(draw: st.DrawFn) -> Snapshot:
    policies = [
        mfa(f"p{number}", {**draw(inclusions), **draw(exclusions)}, **draw(conditions))
        for number in range(draw(st.integers(1, 3)))
    ]
    groups = [{"group_id": group, "members": draw(members)} for group in GROUPS]
    return snapshot(
        conditional_access_policies=[NO_LEGACY, *policies],
        users=[user(one) for one in USERS],
        group_members=groups,
        security_defaults=OFF,
    )


def without(made: Snapshot, policy_id: str, parts: tuple[str, ...]) -> Snapshot:
    """The tenant whose policy leaves none of these out."""
    policies = deepcopy(list(made.items("conditional_access_policies")))
    (mine,) = [one for one in policies if one["id"] == policy_id]
    users = mine["conditions"]["users"]
    for key in ("excludeUsers", "excludeGroups"):
        users[key] = [one for one in users.get(key, []) if one not in parts]
    collections = {name: list(found.items) for name, found in made.collections.items()}
    return snapshot(**{**collections, "conditional_access_policies": policies})


@given(tenants())
def test_taking_an_exclusion_away_closes_what_it_opens_and_nothing_more(made: Snapshot) -> None:
    """The oracle is the comparison of the two tenants, another walk over both at once."""
    value = compute(["exclusions"], FactContext(made, AT)).tree["exclusions"]["policies"]
    now = read_tenant(made)
    for one in made.items("conditional_access_policies"):
        users = one["conditions"]["users"]
        parts = [*users.get("excludeUsers", []), *users.get("excludeGroups", [])]
        told = opened(value, one["id"])
        for size in range(1, len(parts) + 1):
            for chosen in combinations(parts, size):
                found = compare(read_tenant(without(made, one["id"], chosen)), now, Question.MFA).opened
                expected = {name for names, by in told for name in names if set(by) <= set(chosen)}
                assert set(found.people.ids(found.open_users)) == expected

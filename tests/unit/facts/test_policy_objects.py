"""What policies name: groups and who changes them, objects that are gone, places, agents, synchronization accounts."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.directory.tenants import AT, assignment, policy, snapshot, user

from tenantlint.facts import compute
from tenantlint.facts.interface import FactContext
from tenantlint.facts.risky_agents import ALL_AGENTS, ALL_RESOURCES, LEVELS
from tenantlint.model import CollectionStatus

ALL = {"includeUsers": ["All"]}
SYNC = "d29b2b05-8046-44ba-8758-1e26182fcf32"
REPORT_ONLY = "enabledForReportingButNotEnforced"


def value(name: str, *policies: dict[str, Any], **more: Any) -> Any:
    context = FactContext(snapshot(conditional_access_policies=list(policies), **more), AT)
    tree: Any = compute([name], context).tree
    for part in name.split("."):
        tree = tree[part]
    return tree


def about(identity: str, users: dict[str, Any], state: str = "enabled", **conditions: Any) -> dict[str, Any]:
    made = policy(identity, users, conditions={"users": users, **conditions})
    return {**made, "state": state}


# --- Groups -----------------------------------------------------------------------------------------------------------


def group(identity: str, **more: Any) -> dict[str, Any]:
    return {"id": identity, "displayName": identity.upper(), "isAssignableToRole": None, **more}


def test_groups_are_protected_by_either_mark() -> None:
    found = value(
        "policy_groups",
        about("p", {"includeGroups": ["A", "b"], "excludeGroups": ["c", "d"]}),
        about("q", {**ALL, "excludeGroups": ["a"]}, REPORT_ONLY),
        about("off", {"includeGroups": ["never"]}, "disabled"),
        groups=[
            group("a", isAssignableToRole=True),
            group("b", isManagementRestricted=True),
            group("c", isManagementRestricted=None),
            group("d"),
        ],
        group_members=[{"group_id": "c", "members": ["u"], "owners": ["o"]}],
    )
    assert [(one["id"], one["protected"], one["unknown"]) for one in found] == [
        ("a", True, []),
        ("b", True, []),
        ("c", False, []),
        ("d", None, ["isManagementRestricted"]),
    ]
    assert [(one["excluded"], one["members"], one["owners"]) for one in found][2] == (True, 1, 1)
    assert [one["side"] for one in found[0]["policies"]] == ["include", "exclude"]
    assert found[2]["ways"][1:] == ["its owner"]


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"groupTypes": ["DynamicMembership"]}, "attributes"),
        ({"onPremisesSyncEnabled": True}, "on-premises"),
        ({}, "applications that write groups"),
    ],
)
def test_who_changes_a_group(more: dict[str, Any], word: str) -> None:
    one = group("g", isManagementRestricted=False, **more)
    (found,) = value("policy_groups", about("p", {"includeGroups": ["g"]}), groups=[one], group_members=[])
    assert word in found["ways"][0]


def test_groups_that_are_gone_are_left_out_and_unknown_ones_are_not() -> None:
    named = about("p", {"includeGroups": ["gone", "missing"]})
    lines = [{"group_id": "missing", "members": [], "status": "missing"}]
    assert value("policy_groups", named, groups=[], group_members=lines) == []
    (found,) = value("policy_groups", named, groups=CollectionStatus.DENIED, group_members=lines)
    assert (found["id"], found["protected"]) == ("gone", None)


# --- References -------------------------------------------------------------------------------------------------------

WHOLE: dict[str, Any] = {
    "users": [user("u")],
    "groups": [group("g")],
    "group_members": [],
    "role_definitions": [{"id": "r", "templateId": "t"}],
    "named_locations": [{"id": "l", "displayName": "L"}],
    "authentication_strengths": [{"id": "s", "displayName": "S"}],
    "service_principals": [{"id": "sp", "displayName": "SP"}],
}


def test_everything_exists() -> None:
    found = value(
        "policy_references",
        about(
            "p",
            {
                "includeUsers": ["U"],
                "excludeGroups": ["G"],
                "includeRoles": ["T", SYNC],
                "excludeUsers": ["GuestsOrExternalUsers"],
            },
            locations={"includeLocations": ["All"], "excludeLocations": ["AllTrusted", "L"]},
        ),
        {**about("q", ALL), "grantControls": {"operator": "OR", "authenticationStrength": {"id": "S"}}},
        about("w", {"includeUsers": ["None"]}, clientApplications={"includeServicePrincipals": ["SP"]}),
        **WHOLE,
    )
    assert found == {"missing": [], "unknown": []}


def test_what_is_gone_is_told_by_policy_and_side() -> None:
    found = value(
        "policy_references",
        about("p", {"includeUsers": ["x"], "excludeGroups": ["y"]}, REPORT_ONLY, locations={"includeLocations": ["z"]}),
        about("off", {"includeUsers": ["gone too"]}, "disabled"),
        about("w", {"includeUsers": ["None"]}, clientApplications={"includeServicePrincipals": ["gone"]}),
        **WHOLE,
    )
    assert [one["policy"]["id"] for one in found["missing"]] == ["p", "w"]
    assert found["missing"][0]["references"] == [
        {"kind": "user", "id": "x", "side": "include"},
        {"kind": "group", "id": "y", "side": "exclude"},
        {"kind": "location", "id": "z", "side": "include"},
    ]
    assert found["missing"][1]["references"] == [{"kind": "servicePrincipal", "id": "gone", "side": "include"}]


def test_lists_that_are_not_whole_tell_nothing() -> None:
    named = about("p", {"includeUsers": ["x"], "includeGroups": ["gone", "y"]})
    lines = [{"group_id": "gone", "members": [], "status": "missing"}]
    found = value(
        "policy_references",
        named,
        users=CollectionStatus.TRUNCATED,
        groups=CollectionStatus.DENIED,
        group_members=lines,
    )
    assert found["unknown"] == ["groups", "users"]
    assert [one["id"] for one in found["missing"][0]["references"]] == ["gone"]


# --- Places -----------------------------------------------------------------------------------------------------------


def test_ranges_of_locations() -> None:
    found = value(
        "trusted_locations",
        named_locations=[
            {
                "@odata.type": "#microsoft.graph.ipNamedLocation",
                "id": "l",
                "displayName": "L",
                "isTrusted": True,
                "ipRanges": [
                    {"cidrAddress": "203.0.113.9/26"},
                    {"cidrAddress": "10.0.0.0/8"},
                    {"cidrAddress": "0.0.0.0/0"},
                    {"cidrAddress": "2001:db8::/32"},
                    {"cidrAddress": "nonsense"},
                    {"cidrAddress": None},
                ],
            },
            {"@odata.type": "#microsoft.graph.countryNamedLocation", "id": "c", "displayName": "C"},
            {"id": "n", "displayName": None, "isTrusted": None, "ipRanges": []},
        ],
    )
    assert [(one["id"], one["name"], one["trusted"]) for one in found] == [("l", "L", True), ("n", "n", None)]
    assert [(one["version"], one["prefix"], one["private"]) for one in found[0]["ranges"]] == [
        (4, 26, False),
        (4, 8, True),
        (4, 0, False),
        (6, 32, False),
        (None, None, False),
        (None, None, False),
    ]


# --- Agents -----------------------------------------------------------------------------------------------------------


def agents(
    include: list[str],
    exclude: tuple[str, ...] = (),
    *,
    levels: Any = "high",
    applications: dict[str, Any] | None = None,
    controls: tuple[str, ...] = ("block",),
    **conditions: Any,
) -> dict[str, Any]:
    identity = f"{include}{exclude}{levels}{applications}{controls}{conditions}"
    return {
        "id": identity,
        "displayName": identity,
        "state": "enabled",
        "conditions": {
            "users": {"includeUsers": ["None"]},
            "applications": applications or {"includeApplications": ["All"]},
            "clientApplications": {
                "includeAgentIdServicePrincipals": include,
                "excludeAgentIdServicePrincipals": list(exclude),
            },
            "agentIdRiskLevels": levels,
            **conditions,
        },
        "grantControls": {"operator": "OR", "builtInControls": list(controls)},
    }


def high(*policies: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    found = value("coverage.risky_agents", *policies)["levels"]["high"]
    return found["open"], found["depends"]


EVERYTHING = [{"agents": "every agent", "resources": "every resource"}]


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        ((), (EVERYTHING, [])),
        ((agents(["All"]),), ([], [])),
        ((agents(["All"], levels="medium,high"),), ([], [])),
        ((agents(["All"], levels=["medium"]),), (EVERYTHING, [])),
        ((agents(["All"], levels=None),), ([], [])),
        ((agents(["All"], controls=("mfa",)),), (EVERYTHING, [])),
        ((agents(["All"], ("a",)),), ([{"agents": "a", "resources": "every resource"}], [])),
        ((agents(["All"], ("a",)), agents(["a"])), ([], [])),
        ((agents(["All"], ("a",)), agents(["All"], ("b",))), ([], [])),
        (
            (agents(["All"], applications={"includeApplications": ["All"], "excludeApplications": ["x"]}),),
            ([{"agents": "every agent", "resources": "x"}], []),
        ),
        ((agents(["All"], locations={"includeLocations": ["l"]}),), ([], EVERYTHING)),
        (({**agents(["All"]), "state": REPORT_ONLY},), (EVERYTHING, [])),
    ],
)
def test_agents_at_high_risk(policies: tuple[dict[str, Any], ...], expected: tuple[list[Any], list[Any]]) -> None:
    assert high(*policies) == expected


def test_exclusions_are_told() -> None:
    found = value("coverage.risky_agents", agents(["All"], ("a",)))
    assert (found["policies"], [one["agents"] for one in found["excluding"]]) == (1, [["a"]])
    assert set(found["levels"]) == set(LEVELS)


_IDS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=2, unique=True)
_APPS = st.lists(st.sampled_from(["x", "y"]), max_size=2, unique=True)
_BLOCKS = st.lists(st.tuples(st.booleans(), _IDS, _IDS, st.booleans(), _APPS, _APPS), max_size=4)


@given(_BLOCKS)
def test_agents_are_open_exactly_where_no_policy_blocks(blocks: list[Any]) -> None:
    made = [
        agents(
            ["All"] if everybody else include,
            tuple(exclude),
            applications={
                "includeApplications": ["All"] if everything else apps,
                "excludeApplications": but,
            },
            marker=[str(number)],
        )
        for number, (everybody, include, exclude, everything, apps, but) in enumerate(blocks)
    ]
    for one in made:  # the marker only keeps the ids apart
        del one["conditions"]["marker"]
    told, depends = high(*made)

    def is_open(agent: str, resource: str) -> bool:
        return not any(
            (everybody or agent in include)
            and agent not in exclude
            and (everything or resource in apps)
            and resource not in but
            and (everybody or include)
            for everybody, include, exclude, everything, apps, but in blocks
        )

    def is_told(agent: str, resource: str) -> bool:
        who = {agent, "every agent", *([ALL_AGENTS] if agent not in named_agents else [])}
        what = {resource, "every resource", *([ALL_RESOURCES] if resource not in named_resources else [])}
        return any(one["agents"] in who and one["resources"] in what for one in told)

    about_agents = [one for one in blocks if one[0] or one[1]]
    named_agents = {agent for one in about_agents for agent in (*(() if one[0] else one[1]), *one[2])}
    named_resources = {app for one in about_agents for app in (*(() if one[3] else one[4]), *one[5])}
    assert depends == []
    for agent, resource in product(("a", "b", "c", "other"), ("x", "y", "another")):
        assert is_told(agent, resource) is is_open(agent, resource)


# --- Synchronization --------------------------------------------------------------------------------------------------


def demanding(*controls: str, users: dict[str, Any] = ALL, **conditions: Any) -> dict[str, Any]:
    conditions = {"users": users, "applications": {"includeApplications": ["All"]}, **conditions}
    return policy(
        f"{controls}{conditions}",
        users,
        conditions=conditions,
        grantControls={"operator": "OR", "builtInControls": list(controls)},
    )


@pytest.mark.parametrize(
    ("given_", "caught"),
    [
        (demanding("mfa"), ["mfa"]),
        (demanding("block"), ["block"]),
        (demanding("mfa", "compliantDevice"), ["mfa", "compliantDevice"]),
        (demanding("mfa", users={**ALL, "excludeUsers": ["s"]}), None),
        (demanding("mfa", users={**ALL, "excludeRoles": [SYNC]}), None),
        (demanding("mfa", clientAppTypes=["exchangeActiveSync", "other"]), None),
        (demanding("mfa", signInRiskLevels=["high"]), None),
        (demanding("mfa", platforms={"includePlatforms": ["android"]}), None),
        (demanding("mfa", applications={"includeApplications": ["797f4846-ba00-4fd7-ba43-dac1f8f63013"]}), None),
        (demanding("block", locations={"includeLocations": ["All"], "excludeLocations": ["l"]}), None),
    ],
)
def test_what_stops_synchronization(given_: dict[str, Any], caught: list[str] | None) -> None:
    location = {
        "@odata.type": "#microsoft.graph.ipNamedLocation",
        "id": "l",
        "displayName": "L",
        "ipRanges": [{"cidrAddress": "192.0.2.0/24"}],
    }
    found = value(
        "lockout.synchronization",
        given_,
        users=[user("s"), user("u")],
        role_assignments=[assignment("s", SYNC)],
        named_locations=[location],
        security_defaults=[{"id": "d", "isEnabled": False}],
    )
    assert [one["id"] for one in found["accounts"]] == ["s"]
    assert [(one["controls"], one["certain"]) for one in found["caught"]] == ([(caught, True)] if caught else [])

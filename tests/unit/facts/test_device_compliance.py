from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.facts import FactContext, compute
from tenantlint.facts.device_assignments import Assignment, assignment_of, beside
from tenantlint.model import Tenant
from tenantlint.snapshot import Collection, Snapshot

ALL_USERS = {"target": {"@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget"}}


def group(identity: str, *, excluded: bool = False, **more: str) -> dict[str, Any]:
    kind = "exclusionGroupAssignmentTarget" if excluded else "groupAssignmentTarget"
    return {"target": {"@odata.type": f"#microsoft.graph.{kind}", "groupId": identity, **more}}


def fact(name: str, **collections: list[dict[str, Any]]) -> Any:
    snapshot = Snapshot(
        tenant=Tenant(id="t"), collections={key: Collection(key, items=items) for key, items in collections.items()}
    )
    return compute([name], FactContext(snapshot, datetime(2026, 11, 23, tzinfo=UTC))).tree[name]


def policy(kind: str, **changes: Any) -> dict[str, Any]:
    return {
        "@odata.type": f"#microsoft.graph.{kind}CompliancePolicy",
        "id": kind,
        "assignments": [ALL_USERS],
        **changes,
    }


def one(kind: str, **changes: Any) -> dict[str, Any]:
    (found,) = fact("device_compliance", device_compliance_policies=[policy(kind, **changes)])["policies"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("kind", "platform"),
    [
        ("windows10", "windows"),
        ("macOS", "macOS"),
        ("ios", "iOS"),
        ("androidDeviceOwner", "android"),
        ("aospDeviceOwner", "android"),
        ("somethingNew", ""),
    ],
)
def test_the_type_tells_the_platform(kind: str, platform: str) -> None:
    found = one(kind)
    assert (found["type"], found["platform"]) == (kind, platform)


@pytest.mark.parametrize(
    ("kind", "properties", "state"),
    [
        ("windows10", {"storageRequireEncryption": True}, "asked"),
        ("windows10", {"storageRequireEncryption": False, "bitLockerEnabled": True}, "asked"),
        ("windows10", {"storageRequireEncryption": False, "bitLockerEnabled": None}, "not_asked"),
        ("windows10", {"storageRequireEncryption": False}, "unknown"),
        ("windows10", {"storageRequireEncryption": False, "bitLockerEnabled": 7}, "unknown"),
        ("ios", {"passcodeRequired": True}, "asked"),
        ("ios", {}, "unknown"),
        ("macOS", {"storageRequireEncryption": False}, "not_asked"),
    ],
)
def test_encryption_is_asked_for_in_the_words_of_each_platform(
    kind: str, properties: dict[str, Any], state: str
) -> None:
    assert one(kind, **properties)["asks"]["encryption"]["state"] == state


def test_what_a_type_cannot_ask_is_not_there() -> None:
    assert "rooted" not in one("windows10")["asks"]
    assert "antivirus" not in one("ios")["asks"]
    assert one("aospDeviceOwner")["threat"] is None
    assert one("somethingNew")["asks"] == {}


@pytest.mark.parametrize(
    ("properties", "version"),
    [
        ({"osMinimumVersion": "17.0", "osMinimumBuildVersion": None}, "asked"),
        ({"osMinimumVersion": "", "osMinimumBuildVersion": "22A"}, "asked"),
        ({"osMinimumVersion": "", "osMinimumBuildVersion": None}, "not_asked"),
        ({"osMinimumVersion": None}, "unknown"),
    ],
)
def test_a_least_version_or_build_is_enough(properties: dict[str, Any], version: str) -> None:
    assert one("ios", **properties)["asks"]["version"]["state"] == version


@pytest.mark.parametrize(
    ("levels", "threat"),
    [
        (("low", "notSet"), "low"),
        (("unavailable", "medium"), "medium"),
        (("high", "secured"), "secured"),
        (("unavailable", "notSet"), "none"),
        ((None, None), "none"),
        (("unknownFutureValue", "notSet"), "unknown"),
    ],
)
def test_the_strictest_threat_level_of_either_product_counts(levels: tuple[Any, Any], threat: str) -> None:
    found = one(
        "ios",
        deviceThreatProtectionRequiredSecurityLevel=levels[0],
        advancedThreatProtectionRequiredSecurityLevel=levels[1],
    )
    assert found["threat"] == threat


def test_a_threat_level_that_is_not_told_is_unknown() -> None:
    assert one("windows10")["threat"] == "unknown"


@pytest.mark.parametrize(
    ("rules", "grace"),
    [
        (None, ("unknown", None)),
        ([], ("never", None)),
        ([{"scheduledActionConfigurations": [{"actionType": "block", "gracePeriodHours": 24}]}], ("told", 24)),
        (
            [
                {
                    "scheduledActionConfigurations": [
                        {"actionType": "notification", "gracePeriodHours": 0},
                        {"actionType": "block", "gracePeriodHours": 240},
                        {"actionType": "block", "gracePeriodHours": 48},
                    ]
                }
            ],
            ("told", 48),
        ),
        ([{"scheduledActionConfigurations": [{"actionType": "notification", "gracePeriodHours": 0}]}], ("never", None)),
        ([{"scheduledActionConfigurations": [{"actionType": "block"}]}], ("unknown", None)),
        ([{"scheduledActionConfigurations": None}], ("unknown", None)),
        (["odd"], ("unknown", None)),
    ],
)
def test_the_time_of_grace_is_that_of_the_first_block(rules: Any, grace: tuple[str, int | None]) -> None:
    assert tuple(one("ios", scheduledActionsForRule=rules)["grace"].values()) == grace


def test_policies_of_one_type_stand_beside_each_other() -> None:
    found = fact(
        "device_compliance",
        device_compliance_policies=[
            policy("ios"),
            policy("windows10", assignments=[group("a")]),
            policy("windows10"),
            policy("windows10", assignments=[]),
        ],
    )["policies"]
    assert [one["beside"] for one in found] == [[], [2], [], []]
    assert [one["assigned"] for one in found] == [True, True, True, False]


def access(name: str, *, state: str = "enabled", platforms: Any = None, controls: Any = ("compliantDevice",)) -> Any:
    return {
        "id": name,
        "displayName": name,
        "state": state,
        "conditions": {
            "users": {"includeUsers": ["All"]},
            "applications": {"includeApplications": ["All"]},
            "platforms": platforms,
        },
        "grantControls": {"operator": "OR", "builtInControls": list(controls)},
    }


def test_enabled_policies_lean_on_the_platforms_that_they_are_about() -> None:
    leaning = fact(
        "device_compliance",
        conditional_access_policies=[
            access("every"),
            access("some", platforms={"includePlatforms": ["windows", "iOS"], "excludePlatforms": ["iOS"]}),
            access("all but", platforms={"includePlatforms": ["all"], "excludePlatforms": ["linux", "windowsPhone"]}),
            access("off", state="disabled"),
            access("report", state="enabledForReportingButNotEnforced"),
            access("mfa", controls=("mfa",)),
        ],
    )["leaning"]
    assert {one["name"]: one["platforms"] for one in leaning} == {
        "every": ["android", "iOS", "windows", "macOS", "linux", "windowsPhone"],
        "some": ["windows"],
        "all but": ["android", "iOS", "windows", "macOS"],
    }


@pytest.mark.parametrize(
    ("assignments", "assigned"),
    [
        (None, None),
        ([], False),
        ([group("a", excluded=True)], False),
        ([ALL_USERS, "odd"], True),
        (["odd"], None),
        ([{"target": {"@odata.type": "#microsoft.graph.somethingNew"}}], None),
    ],
)
def test_exclusions_assign_nothing_and_odd_targets_are_not_told(assignments: Any, assigned: bool | None) -> None:
    assert assignment_of({"assignments": assignments}).assigned is assigned


def test_a_filter_narrows_a_target() -> None:
    narrowed = group(
        "a",
        deviceAndAppManagementAssignmentFilterType="include",
        deviceAndAppManagementAssignmentFilterId="f",
    )
    whole, part = assignment_of({"assignments": [group("a")]}), assignment_of({"assignments": [narrowed]})
    assert not part.reaches_all_of(whole)
    assert not whole.reaches_all_of(part)  # with which filters devices pass is not told
    assert assignment_of({"assignments": [ALL_USERS]}).reaches_all_of(part)


_TARGETS = st.frozensets(
    st.sampled_from([("groupassignmenttarget", name, "") for name in "abc"] + [("alldevicesassignmenttarget", "", "")])
)


@given(_TARGETS, st.frozensets(st.sampled_from("xyz")), _TARGETS, st.frozensets(st.sampled_from("xyz")))
def test_who_is_reached_by_a_policy_beside_another_is_reached(
    include: frozenset[tuple[str, str, str]],
    exclude: frozenset[str],
    other_include: frozenset[tuple[str, str, str]],
    other_exclude: frozenset[str],
) -> None:
    """Every device in any set of groups that gets the one gets the other, if the fact says so."""
    first, second = Assignment(include, exclude), Assignment(other_include, other_exclude)
    if 0 not in beside([first, second])[1]:
        return
    for member in (frozenset(), frozenset("a"), frozenset("b"), frozenset("c"), frozenset("ax"), frozenset("bcyz")):
        assert not _gets(member, second) or _gets(member, first)


def _gets(groups: frozenset[str], assignment: Assignment) -> bool:
    named = any(not group or group in groups for _, group, _ in assignment.include)
    return named and not groups & assignment.exclude

"""Rules of dynamic groups."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.directory.tenants import AT, snapshot

from tenantlint.facts import FactContext, compute
from tenantlint.facts.group_rules import asks_for_guests, asks_for_membership

INNER = "0a0a0a0a-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    ("rule", "asks"),
    [
        (f"user.memberof -any (group.objectId -in ['{INNER}'])", True),
        (f"(user.department -eq \"x\") or (User.MemberOf -any (group.objectId -in ['{INNER}']))", True),
        ("device . memberOf -any (group.objectId -in [])", True),
        ('user.department -eq "user.memberof"', False),
        ("user.department -eq 'device.memberOf -any'", False),
        ("user.memberofx -eq 1", False),
        ("user.assignedPlans -any (assignedPlan.service -eq 'exchange')", False),
        ("", False),
    ],
)
def test_rules_that_ask_for_membership(rule: str, asks: bool) -> None:
    assert asks_for_membership(rule) is asks


def group(identity: str, rule: Any, **more: Any) -> dict[str, Any]:
    made = {"id": identity, "displayName": identity, "groupTypes": ["DynamicMembership"], "membershipRule": rule}
    return made | more


def test_dynamic_groups_are_told_by_their_rules() -> None:
    groups = [
        group("b", f"user.memberof -any (group.objectId -in ['{INNER}'])", membershipRuleProcessingState="Paused"),
        group("a", None),
        group("c", "user.country -eq 'DE'"),
        group("d", "user.memberof -any (group.objectId -in [])", groupTypes=["Unified"]),
        group("e", "user.memberof", groupTypes=None),
    ]
    context = FactContext(snapshot(groups=groups), AT)
    found = compute(["group_rules"], context).tree["group_rules"]
    assert (found["dynamic"], [one["id"] for one in found["untold"]]) == (3, ["a"])
    assert [(one["id"], one["names"], one["paused"]) for one in found["member_of"]] == [("b", [INNER], True)]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ('(user.userType -eq "Guest")', (True, True)),
        ("user.userType  -eq 'guest'", (True, True)),
        ('((user.userType -in ["Guest"]))', (True, True)),
        ('(user.userType -eq "Guest") and (user.accountEnabled -eq true)', (True, True)),
        ('(user.userType -eq "Guest") -and (user.accountEnabled -eq true)', (True, True)),
        ('(user.accountEnabled -eq true) -and (user.userType -eq "Guest")', (True, True)),
        ('(user.userType -eq "Guest") -and (user.mail -contains "@litware.example")', (True, False)),
        ('(user.userType -eq "Guest") -or (user.accountEnabled -eq true)', (True, False)),
        ('not (user.userType -eq "Guest")', (True, False)),
        ('(user.userType -ne "Guest")', (False, False)),
        ('(user.userType -eq "Member")', (False, False)),
        ("(user.userType -eq \"Guest')", (False, False)),
        ("", (False, False)),
    ],
)
def test_rules_that_ask_for_guests(rule: str, found: tuple[bool, bool]) -> None:
    assert asks_for_guests(rule) == found


def test_groups_that_nothing_names_are_known_from_the_list_of_dynamic_ones() -> None:
    guests = group("g", 'user.userType -eq "Guest"', membershipRuleProcessingState="On")
    context = FactContext(snapshot(groups=[group("a", "x"), guests], dynamic_groups=[group("z", "y"), guests]), AT)
    found = compute(["group_rules"], context).tree["group_rules"]
    assert found["dynamic"] == 3
    assert [(one["id"], one["whole"], one["paused"]) for one in found["guests"]] == [("g", True, False)]

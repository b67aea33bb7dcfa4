"""Who registered methods, and whose registration nobody tells."""

from __future__ import annotations

from typing import Any

from tests.unit.directory.tenants import AT, snapshot, user

from tenantlint.facts import FactContext, compute
from tenantlint.model import CollectionStatus


def row(identity: str, *, mfa: Any = True, **more: Any) -> dict[str, Any]:
    return {"id": identity, "userDisplayName": f"User {identity}", "isMfaCapable": mfa, "isSsprCapable": True} | more


def fact(**collections: Any) -> tuple[dict[str, Any], FactContext]:
    context = FactContext(snapshot(**collections), AT)
    return compute(["registration"], context).tree["registration"], context


def test_enabled_members_without_a_method_are_counted() -> None:
    value, context = fact(
        users=[user("a"), user("b"), user("off", enabled=False), user("g", userType="Guest"), user("late")],
        user_registration_details=[row("a"), row("B", mfa=False), row("off", mfa=False), row("g", mfa=False)],
    )
    assert (value["members"], value["mfa"]["without"]["count"], value["reset"]["without"]["count"]) == (2, 1, 0)
    assert [one.id for one in context.populations[value["mfa"]["without"]["population"]]] == ["b"]
    assert value["unlisted"]["names"] == ["User late"]


def test_newcomers_have_two_weeks() -> None:
    users = [
        user("new", createdDateTime="2026-05-20T00:00:00Z"),
        user("old", createdDateTime="2026-05-10T00:00:00Z"),
        user("unlisted", createdDateTime="2026-05-30T00:00:00Z"),
    ]
    value, _ = fact(users=users, user_registration_details=[row("new", mfa=False), row("old", mfa=False)])
    assert (value["mfa"]["new"], value["mfa"]["without"]["names"]) == (1, ["User old"])
    assert value["unlisted"]["count"] == 0


def test_rows_that_do_not_say_are_told_apart() -> None:
    value, _ = fact(
        users=[user("a"), user("b")],
        user_registration_details=[row("a", mfa=None), row("b", mfa="false"), {"id": None}],
    )
    assert (value["mfa"]["untold"], value["mfa"]["without"]["count"]) == (2, 0)


def test_without_the_list_of_users_the_report_speaks() -> None:
    rows = [row("a", mfa=False, userType="member"), row("g", mfa=False, userType="guest")]
    value, context = fact(users=CollectionStatus.DENIED, user_registration_details=rows)
    without = value["mfa"]["without"]
    assert (value["accounts_known"], without["count"], without["enabled_unknown"]) == (False, 1, 1)
    assert [one.name for one in context.populations[without["population"]]] == ["User a"]

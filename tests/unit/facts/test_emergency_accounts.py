from dataclasses import replace
from typing import Any

from tests.unit.directory.tenants import AT, assignment, snapshot, user

from tenantlint.facts import compute
from tenantlint.facts.interface import FactContext
from tenantlint.model import Tenant


def fact(*declared: str, **collections: Any) -> list[dict[str, Any]]:
    context = FactContext(snapshot(**collections), AT, break_glass=frozenset(declared))
    found: list[dict[str, Any]] = compute(["emergency_accounts"], context).tree["emergency_accounts"]
    return found


def test_what_is_known_of_a_declared_account() -> None:
    cloud, synced = fact(
        "A",
        "b",
        users=[
            user("a", onPremisesSyncEnabled=None, onPremisesImmutableId=None, userPrincipalName="a@x.onmicrosoft.com"),
            user(
                "b", enabled=False, onPremisesSyncEnabled=True, onPremisesImmutableId="x", userPrincipalName="b@y.com"
            ),
        ],
        domains=[
            {"id": "x.onmicrosoft.com", "isInitial": True, "authenticationType": "Managed"},
            {"id": "y.com", "isInitial": False, "authenticationType": "Federated"},
        ],
        role_assignments=[assignment("a")],
        user_registration_details=[{"id": "A", "methodsRegistered": ["fido2", 3]}, {"id": "b"}],
        user_sign_in_activity=[
            {
                "id": "a",
                "signInActivity": {
                    "lastSignInDateTime": "2026-05-01T00:00:00Z",
                    "lastNonInteractiveSignInDateTime": "2026-05-30T12:00:00Z",
                    "lastSuccessfulSignInDateTime": None,
                },
            },
            {"id": "b"},
        ],
    )
    assert cloud == {
        "id": "a",
        "kind": "user",
        "name": "User a",
        "enabled": True,
        "exists": True,
        "cloud_only": True,
        "anchored": False,
        "upn": "a@x.onmicrosoft.com",
        "federated": False,
        "initial_domain": True,
        "global_administrator": "active",
        "methods": ["fido2"],
        "last_sign_in": "2026-05-30T12:00:00Z",
        "idle_days": 1,
        "age_days": None,
        "activity_told": True,
        "controls": [],
    }
    assert (synced["enabled"], synced["cloud_only"], synced["anchored"]) == (False, False, True)
    assert (synced["federated"], synced["initial_domain"]) == (True, False)
    assert (synced["global_administrator"], synced["methods"]) == ("none", None)
    assert (synced["last_sign_in"], synced["activity_told"]) == (None, True)


def test_how_the_highest_role_is_held() -> None:
    soon = {"startDateTime": "2026-01-01T00:00:00Z", "endDateTime": "2026-07-01T00:00:00Z"}
    found = fact(
        "active",
        "eligible",
        "group",
        "part",
        "timed",
        users=[user(one) for one in ("active", "eligible", "group", "part", "timed")],
        groups=[{"id": "g"}],
        group_members=[{"group_id": "g", "members": ["group"]}],
        role_assignment_schedule_instances=[
            assignment("active"),
            assignment("g"),
            assignment("part", directoryScopeId="/administrativeUnits/x"),
            assignment("timed", **soon),
        ],
        role_eligibility_schedule_instances=[assignment("eligible"), assignment("active")],
    )
    assert [one["global_administrator"] for one in found] == ["active", "eligible", "active", "none", "timed"]


def test_a_group_of_unknown_members_leaves_open_who_holds_the_role() -> None:
    [found] = fact("a", users=[user("a")], groups=[{"id": "g"}], role_assignments=[assignment("g")])
    assert found["global_administrator"] is None
    [unknown] = fact("a", users=[user("a")])
    assert unknown["global_administrator"] is None


def test_members_of_a_declared_group_are_told_each_with_the_controls_of_the_register() -> None:
    held = snapshot(users=[user("a")], groups=[{"id": "g"}], group_members=[{"group_id": "g", "members": ["a"]}])
    context = FactContext(
        held, AT, break_glass=frozenset({"g"}), break_glass_controls={"a": ("Alert",), "g": ("Alert",)}
    )
    found = compute(["emergency_accounts"], context).tree["emergency_accounts"]
    assert [(one["id"], one["kind"], one["controls"]) for one in found] == [
        ("a", "user", ["Alert"]),
        ("g", "group", ["Alert"]),
    ]


def test_the_first_domain_is_known_by_name_where_domains_are_not() -> None:
    held = replace(
        snapshot(users=[user("a", userPrincipalName="a@X.example")]), tenant=Tenant(id="t", initial_domain="x.example")
    )
    context = FactContext(held, AT, break_glass=frozenset({"a"}))
    [found] = compute(["emergency_accounts"], context).tree["emergency_accounts"]
    assert (found["initial_domain"], found["federated"]) == (True, None)


def test_an_object_that_does_not_tell_leaves_it_open() -> None:
    [found] = fact("a", users=[user("a")])
    assert (found["cloud_only"], found["anchored"], found["initial_domain"]) == (None, None, None)


def test_a_declared_id_that_nobody_has() -> None:
    [gone] = fact("x", users=[user("a")])
    assert gone["exists"] is False
    [unknown] = fact("x")
    assert unknown["exists"] is None


def test_a_declared_group_exists_by_its_members() -> None:
    member, found = fact("g", users=[], group_members=[{"group_id": "g", "members": ["a"]}])
    assert found["exists"] is True
    assert member["exists"] is False


def test_nothing_declared_is_an_empty_list() -> None:
    assert fact(users=[user("a")]) == []

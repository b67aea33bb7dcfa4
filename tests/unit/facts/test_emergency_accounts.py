from typing import Any

from tests.unit.directory.tenants import AT, snapshot, user

from tenantlint.facts import compute
from tenantlint.facts.interface import FactContext


def fact(*declared: str, **collections: Any) -> list[dict[str, Any]]:
    context = FactContext(snapshot(**collections), AT, break_glass=frozenset(declared))
    found: list[dict[str, Any]] = compute(["emergency_accounts"], context).tree["emergency_accounts"]
    return found


def test_what_is_known_of_a_declared_account() -> None:
    cloud, synced = fact(
        "A",
        "b",
        users=[user("a", onPremisesSyncEnabled=None), user("b", enabled=False, onPremisesSyncEnabled=True)],
    )
    assert cloud == {
        "id": "a",
        "kind": "user",
        "name": "User a",
        "enabled": True,
        "exists": True,
        "cloud_only": True,
    }
    assert (synced["enabled"], synced["cloud_only"]) == (False, False)


def test_an_object_that_does_not_tell_leaves_it_open() -> None:
    [found] = fact("a", users=[user("a")])
    assert found["cloud_only"] is None


def test_a_declared_id_that_nobody_has() -> None:
    [gone] = fact("x", users=[user("a")])
    assert gone["exists"] is False
    [unknown] = fact("x")
    assert unknown["exists"] is None


def test_a_declared_group_exists_by_its_members() -> None:
    [found] = fact("g", users=[], group_members=[{"group_id": "g", "members": ["a"]}])
    assert found["exists"] is True


def test_nothing_declared_is_an_empty_list() -> None:
    assert fact(users=[user("a")]) == []

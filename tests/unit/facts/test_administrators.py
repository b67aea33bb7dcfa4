"""The facts `coverage.administrators.*`: each privileged role, active, or eligible and activated."""

from typing import Any

from tests.unit.directory.tenants import AT, GA, UA, assignment, policy, snapshot, user

from tenantlint.conditional_access.security_defaults import default_policies
from tenantlint.facts import compute
from tenantlint.facts.interface import FactContext
from tenantlint.facts.privileged_roles import privileged_roles
from tenantlint.model import CollectionStatus
from tenantlint.snapshot import Collection

STRENGTH = {"authenticationStrength": {"id": "00000000-0000-0000-0000-000000000004"}}


def fact(*policies: dict[str, Any], emergency: tuple[str, ...] = (), name: str = "mfa", **more: Any) -> dict[str, Any]:
    context = FactContext(
        snapshot(conditional_access_policies=list(policies), **more), AT, break_glass=frozenset(emergency)
    )
    found: dict[str, Any] = compute([f"coverage.administrators.{name}"], context).tree["coverage"]["administrators"][
        name
    ]
    return found


def role(value: dict[str, Any], template_id: str) -> dict[str, Any]:
    (found,) = [one for one in value["roles"] if one["template_id"] == template_id]
    return dict(found)


def names(told: dict[str, Any]) -> list[str]:
    return [name.removeprefix("User ") for name in told["names"]]


def test_every_privileged_role_is_told_once() -> None:
    value = fact(users=[user("a")], role_assignments=[assignment("a")])
    assert sorted(one["template_id"] for one in value["roles"]) == sorted(privileged_roles())


def test_holders_whom_no_policy_reaches_are_open() -> None:
    value = fact(
        policy("role", {"includeRoles": [GA], "excludeUsers": ["b"]}),
        users=[user("a"), user("b"), user("c"), user("off", enabled=False)],
        role_assignments=[assignment("a"), assignment("b"), assignment("c", UA), assignment("off")],
    )
    administrator, other = role(value, GA), role(value, UA)
    assert (administrator["holders"], names(administrator["open"]), administrator["supposed"]) == (2, ["b"], "covered")
    assert (other["holders"], names(other["open"]), other["supposed"]) == (1, ["c"], "open")
    assert value["known"]


def test_eligible_holders_are_judged_with_this_role_activated() -> None:
    value = fact(
        policy("role", {"includeRoles": [GA]}),
        users=[user("e")],
        role_assignments=[],
        role_eligibility_schedule_instances=[assignment("e"), assignment("e", UA)],
    )
    assert role(value, GA)["open"]["count"] == 0
    assert names(role(value, UA)["open"]) == ["e"]


def test_a_role_that_is_excluded_opens_whoever_activates_it() -> None:
    value = fact(
        policy("all", {"includeUsers": ["All"], "excludeRoles": [UA]}),
        users=[user("e")],
        role_assignments=[],
        role_eligibility_schedule_instances=[assignment("e"), assignment("e", UA)],
    )
    assert role(value, GA)["open"]["count"] == 0
    assert names(role(value, UA)["open"]) == ["e"]


def test_emergency_accounts_are_told_apart() -> None:
    value = fact(
        policy("all", {"includeUsers": ["All"], "excludeUsers": ["bg"]}),
        emergency=("bg",),
        users=[user("a"), user("bg")],
        role_assignments=[assignment("a"), assignment("bg")],
    )
    told = role(value, GA)
    assert (told["holders"], told["open"]["count"], names(told["emergency"])) == (1, 0, ["bg"])


def test_a_role_that_nobody_holds_is_judged_by_somebody_who_might() -> None:
    value = fact(policy("role", {"includeRoles": [GA]}), users=[user("a")], role_assignments=[])
    assert [role(value, one)["supposed"] for one in (GA, UA)] == ["covered", "open"]
    assert role(value, UA)["regions"][0]["users"]["without_account"] == ["holders of User Administrator"]


def test_assignments_that_do_not_say_who_are_unknown() -> None:
    value = fact(policy("role", {"includeRoles": [GA]}), users=[user("a")], role_assignments=CollectionStatus.DENIED)
    assert not value["known"]
    assert [role(value, one)["supposed"] for one in (GA, UA)] == ["covered", "open"]


def test_groups_with_the_role_whose_members_are_not_known_are_told() -> None:
    value = fact(
        users=[user("a")],
        groups=[{"id": "g", "displayName": "G"}],
        group_members=Collection("group_members", items=[{"group_id": "g", "members": [], "status": "denied"}]),
        role_assignments=[assignment("g")],
    )
    assert [one["name"] for one in role(value, GA)["unknown_groups"]] == ["G"]


def test_members_of_a_group_hold_its_role() -> None:
    value = fact(
        users=[user("a")],
        groups=[{"id": "g", "displayName": "G"}],
        group_members=[{"group_id": "g", "members": ["a"]}],
        role_assignments=[assignment("g")],
        security_defaults=[{"id": "d", "isEnabled": False}],
    )
    assert names(role(value, GA)["open"]) == ["a"]


def test_security_defaults_ask_fourteen_roles_for_mfa() -> None:
    value = fact(
        users=[user("a")], role_assignments=[assignment("a")], security_defaults=[{"id": "d", "isEnabled": True}]
    )
    assert role(value, GA)["open"]["count"] == 0
    asked = {one for policy in default_policies() for one in policy.include.roles}
    assert {one["template_id"] for one in value["roles"] if one["supposed"] == "covered"} == asked & set(
        privileged_roles()
    )


def test_mfa_is_not_phishing_resistant() -> None:
    people = {"users": [user("a")], "role_assignments": [assignment("a")]}
    everyone = {"includeUsers": ["All"]}
    assert role(fact(policy("p", everyone), name="phishing_resistant_mfa", **people), GA)["open"]["count"] == 1
    strong = policy("p", everyone, grantControls=STRENGTH)
    assert role(fact(strong, name="phishing_resistant_mfa", **people), GA)["open"]["count"] == 0

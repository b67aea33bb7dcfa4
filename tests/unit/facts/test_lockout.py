"""The facts `lockout.*` as rules see them."""

from datetime import UTC, datetime
from typing import Any

from tests.unit.directory.tenants import GA, assignment, policy, snapshot, user

from tenantlint.facts import FACTS, FactContext, Facts, compute
from tenantlint.model import CollectionStatus

NOW = datetime(2026, 6, 1, tzinfo=UTC)
EVERYONE = {"includeUsers": ["All"]}
_REPORT_ONLY = "enabledForReportingButNotEnforced"


def facts(*policies: dict[str, Any], rescue: frozenset[str] = frozenset(), **more: Any) -> Facts:
    given: dict[str, Any] = {"users": [user("u"), user("v")], "named_locations": [], **more}
    context = FactContext(snapshot(conditional_access_policies=list(policies), **given), NOW, rescue)
    return compute([one for one in FACTS if one.startswith("lockout.")], context)


def block(identity: str, users: dict[str, Any], **more: Any) -> dict[str, Any]:
    return policy(identity, users, grantControls={"operator": "OR", "builtInControls": ["block"]}, **more)


def test_locked_out_users_are_a_population() -> None:
    found = facts(block("B", {"includeUsers": ["u"]}))
    told = found.tree["lockout"]["users"]
    (group,) = told["groups"]
    assert (told["known"], group["count"], group["names"], group["labels"]) == (True, 1, ["User u"], [])
    assert group["policies"] == [{"id": "B", "name": "Policy B"}]
    assert [one.id for one in found.populations[group["population"]]] == ["u"]


def test_people_who_are_not_listed_are_labels() -> None:
    told = facts(block("b", EVERYONE), users=CollectionStatus.DENIED).tree["lockout"]["users"]
    (group,) = told["groups"]
    assert (told["known"], group["count"]) == (False, 0)
    assert "every other user" in group["labels"]


def test_administrators_beside_the_emergency_accounts() -> None:
    made = facts(
        block("b", {"includeRoles": [GA], "excludeUsers": ["u"]}),
        rescue=frozenset({"U"}),
        role_assignments=[assignment("u"), assignment("v")],
        role_eligibility_schedule_instances=[],
    )
    told = made.tree["lockout"]["administrators"]
    assert told["known"]
    assert [one["group"] for one in told["groups"]] == ["global", "conditional_access"]
    for group in told["groups"]:
        assert (group["active"], group["eligible"]) == (2, 0)
        for one in group["resources"]:
            assert (one["reach"], one["reach_beside_emergency"], one["names"]) == (1, 0, ["User u"])
            assert one["policies"] == [{"id": "b", "name": "Policy b"}]


def test_groups_with_a_role_whose_members_are_not_known() -> None:
    told = facts(
        policy("p", EVERYONE),
        groups=[{"id": "g", "displayName": "Admins"}],
        role_assignments=[assignment("g")],
    ).tree["lockout"]["administrators"]
    assert told["unknown_groups"] == ["Admins"]


def test_an_emergency_account_without_a_method_is_caught_by_mfa() -> None:
    def caught(*methods: str) -> list[dict[str, Any]]:
        found = facts(
            policy("p", EVERYONE),
            rescue=frozenset({"u"}),
            user_registration_details=[{"id": "u", "methodsRegistered": list(methods)}],
        )
        told: list[dict[str, Any]] = found.tree["lockout"]["emergency_accounts"]["caught"]
        return told

    assert caught("fido2SecurityKey") == []
    (one,) = caught()
    assert one["controls"] == ["mfa"]
    assert one["accounts"] == [{"id": "u", "kind": "user", "name": "User u", "enabled": True}]


def test_a_declared_group_stands_for_its_members() -> None:
    found = facts(
        block("b", EVERYONE),
        rescue=frozenset({"g"}),
        groups=[{"id": "g", "displayName": "Rescue"}],
        group_members=[{"group_id": "g", "members": ["u", "v"], "nested_groups": []}],
    )
    (one,) = found.tree["lockout"]["emergency_accounts"]["caught"]
    assert [account["id"] for account in one["accounts"]] == ["u", "v"]


def test_demands_that_cannot_be_met_are_told_with_where() -> None:
    made = policy("p", EVERYONE, grantControls={"operator": "OR", "builtInControls": ["domainJoinedDevice"]})
    made["conditions"]["platforms"] = {"includePlatforms": ["iOS"]}
    (one,) = facts(made).tree["lockout"]["unsatisfiable"]["demands"]
    assert (one["reasons"], one["count"], one["all_of_it"]) == (["platform"], 2, True)
    assert one["where"] == [{"client_app_types": ["browser", "mobileAppsAndDesktopClients"], "platforms": ["iOS"]}]


def test_idle_and_redundant_policies() -> None:
    told = facts(policy("p", EVERYONE), policy("q", {"includeUsers": ["u"]}), policy("r", {"includeUsers": ["None"]}))
    found = told.tree["lockout"]["idle_policies"]
    assert [(one["policy"]["id"], one["reason"]) for one in found["idle"]] == [("r", "no_users_named")]
    assert [(one["policy"]["id"], one["by"]) for one in found["redundant"]] == [
        ("q", [{"id": "p", "name": "Policy p"}])
    ]
    assert found["undecided"] == []


def test_a_report_only_policy_that_takes_the_last_way_in() -> None:
    found = facts(
        block("r", EVERYONE, state=_REPORT_ONLY),
        role_assignments=[assignment("u")],
        role_eligibility_schedule_instances=[],
    )
    told = found.tree["lockout"]["report_only"]
    (one,) = told["policies"]
    assert one["blocked"]["count"] == one["locked_out"]["count"] == told["together"]["locked_out"]["count"] == 2
    assert {lost["resource"] for lost in one["administrators_lost"]} == {
        "admin_portals",
        "azure_management",
        "microsoft_graph",
    }
    assert one["example"]["signInIdentity"]["userId"] in {"u", "v"}


def test_who_is_locked_out_already_is_no_news() -> None:
    found = facts(block("b", {"includeUsers": ["u"]}), block("r", EVERYONE, state=_REPORT_ONLY))
    (one,) = found.tree["lockout"]["report_only"]["policies"]
    assert one["locked_out"]["names"] == ["User v"]

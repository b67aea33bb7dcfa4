from typing import Any

from tests.unit.directory.tenants import AT, GA, UA, assignment, snapshot, user

from tenantlint.facts import compute
from tenantlint.facts.interface import FactContext
from tenantlint.model import CollectionStatus


def fact(*emergency: str, **collections: Any) -> dict[str, Any]:
    context = FactContext(snapshot(**collections), AT, break_glass=frozenset(emergency))
    found: dict[str, Any] = compute(["privileged_holders"], context).tree["privileged_holders"]
    return found


def only(**collections: Any) -> dict[str, Any]:
    [found] = fact(**{"role_assignments": [assignment("a")], **collections})["holders"]
    assert isinstance(found, dict)
    return found


def test_one_row_an_account_with_all_its_roles_and_how_it_holds_them() -> None:
    value = fact(
        "b",
        users=[user("a"), user("b")],
        groups=[{"id": "g", "displayName": "Admins"}],
        group_members=[{"group_id": "g", "members": ["a"]}],
        service_principals=[{"id": "s", "displayName": "App"}],
        role_assignments=[assignment("g"), assignment("b"), assignment("s"), assignment("a", "plain role")],
        role_eligibility_schedule_instances=[assignment("a", UA)],
    )
    first, second = value["holders"]
    assert (first["id"], first["roles"], first["states"]) == (
        "a",
        ["Global Administrator", "User Administrator"],
        ["active", "eligible"],
    )
    assert (first["via"], first["own_ids"], first["tiers"]) == (["Admins"], sorted([GA, UA]), ["takeover"])
    assert (first["emergency"], second["emergency"]) == (False, True)
    assert (value["unknown_groups"], value["unidentified"]) == ([], [])


def test_what_an_object_does_not_tell_is_null() -> None:
    row = only(users=[{"id": "a"}])
    assert row["told"]
    names = ("synchronized", "anchored", "federated", "guest", "licences", "mailbox", "created", "age_days")
    assert [row[name] for name in names] == [None] * len(names)
    assert (row["activity_told"], row["last_sign_in"], row["idle_days"]) == (False, None, None)


def test_where_an_account_comes_from() -> None:
    row = only(
        users=[
            user("a", onPremisesSyncEnabled=None, onPremisesImmutableId="x==", userPrincipalName="a@Fed.example"),
        ],
        domains=[{"id": "fed.example", "authenticationType": "Federated"}, {"id": "odd"}],
    )
    assert (row["synchronized"], row["anchored"], row["federated"], row["guest"]) == (False, True, True, False)
    assert only(users=[user("a", userType="Guest")])["guest"]


def test_licences_by_the_plans_that_are_on() -> None:
    skus = [
        {
            "skuId": "S",
            "skuPartNumber": "SPE_E5",
            "servicePlans": [
                {"servicePlanId": "P1", "servicePlanName": "EXCHANGE_S_ENTERPRISE"},
                {"servicePlanId": "p2", "servicePlanName": "AAD_PREMIUM"},
                "odd",
            ],
        }
    ]
    given = [{"skuId": "s", "disabledPlans": ["p1"]}, {"skuId": "other"}, "odd"]
    row = only(users=[user("a", assignedLicenses=given)], subscribed_skus=skus)
    assert row["licences"] == [
        {"sku_id": "s", "sku": "SPE_E5", "plans": ["AAD_PREMIUM"]},
        {"sku_id": "other", "sku": None, "plans": []},
        {"sku_id": "", "sku": None, "plans": []},
    ]


def test_mailboxes_are_known_or_not() -> None:
    users = [user("a")]
    assert only(users=users, mailboxes=[{"ExternalDirectoryObjectId": "A"}])["mailbox"] is True
    assert only(users=users, mailboxes=[])["mailbox"] is False
    assert only(users=users, mailboxes=CollectionStatus.TRUNCATED)["mailbox"] is None


def test_the_last_sign_in_is_the_latest_of_all_kinds() -> None:
    told = {"lastSignInDateTime": "2026-04-02T00:00:00Z", "lastNonInteractiveSignInDateTime": "2026-05-02T00:00:00Z"}
    users = [user("a", createdDateTime="2026-05-01T00:00:00Z")]
    row = only(users=users, user_sign_in_activity=[{"id": "A", "signInActivity": told}])
    assert (row["last_sign_in"], row["idle_days"], row["age_days"]) == ("2026-05-02T00:00:00Z", 30, 31)
    never = only(users=users, user_sign_in_activity=[{"id": "a", "signInActivity": None}])
    assert (never["last_sign_in"], never["activity_told"]) == (None, True)


def test_groups_and_principals_that_are_not_known_are_named() -> None:
    given: dict[str, Any] = {
        "users": [],
        "groups": [{"id": "g", "displayName": "Hidden"}],
        "group_members": [{"group_id": "g", "status": "denied"}],
        "role_assignments": [assignment("g"), assignment("x", UA)],
    }
    value = fact(**given)
    [group], [other] = value["unknown_groups"], value["unidentified"]
    assert (group["name"], group["roles"], group["tiers"]) == ("Hidden", ["Global Administrator"], ["takeover"])
    assert (other["id"], other["roles"], other["missing"]) == ("x", ["User Administrator"], False)
    assert fact(**given, service_principals=[])["unidentified"][0]["missing"]


def test_a_source_that_names_every_holder_leaves_nobody_unknown() -> None:
    value = fact(
        role_assignments=[assignment("x")],
        role_holders=[{"id": "a", "roles": ["Global Administrator", "No such role"]}, {"id": "b", "roles": None}],
        users=CollectionStatus.TRUNCATED,
    )
    assert (value["unknown_groups"], value["unidentified"], value["eligibility_known"]) == ([], [], True)
    [row] = value["holders"]
    assert (row["id"], row["states"], row["told"]) == ("a", ["named"], False)

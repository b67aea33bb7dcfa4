"""Who owns applications."""

from __future__ import annotations

from typing import Any

from tests.unit.directory.tenants import AT, snapshot, user

from tenantlint.facts import FactContext, compute


def fact(**collections: Any) -> dict[str, Any]:
    found: dict[str, Any] = compute(["application_owners"], FactContext(snapshot(**collections), AT)).tree[
        "application_owners"
    ]
    return found


APPLICATION = {"id": "A1", "appId": "App", "displayName": "Backup"}
PRINCIPAL = {"id": "S1", "appId": "app", "displayName": "Backup", "accountEnabled": True}


def test_owners_of_the_registration_and_of_the_principal_are_joined() -> None:
    told = fact(
        applications=[APPLICATION],
        service_principals=[PRINCIPAL],
        users=[user("u1"), user("u2", enabled=False)],
        application_owners=[{"id": "a1", "owners": ["U1", "u2"]}],
        service_principal_owners=[{"id": "s1", "owners": ["u1"]}],
    )
    assert told["of_principal"] == {
        "s1": [
            {
                "id": "u1",
                "kind": "user",
                "name": "User u1",
                "enabled": True,
                "of": ["application", "servicePrincipal"],
            },
            {"id": "u2", "kind": "user", "name": "User u2", "enabled": False, "of": ["application"]},
        ]
    }


def test_people_are_told_with_what_they_own_and_whether_they_can_answer() -> None:
    told = fact(
        applications=[APPLICATION, {"id": "a2", "appId": "x", "displayName": "accounts"}, {"id": "a3"}],
        service_principals=[PRINCIPAL],
        users=[user("u1"), user("u2"), user("g", userType="Guest")],
        application_owners=[
            {"id": "a1", "owners": ["u1", "s1"]},
            {"id": "a2", "owners": ["u1", "u2", "g"]},
            {"id": "a3", "owners": ["u3"]},
        ],
        user_registration_details=[{"id": "U1", "isMfaCapable": False}, {"id": "u2", "isMfaCapable": "?"}],
    )
    assert [(one["id"], one["kind"], one["applications"], one["guest"], one["mfa"]) for one in told["people"]] == [
        ("u3", "unknown", ["a3"], False, None),
        ("g", "user", ["accounts"], True, None),
        ("u1", "user", ["accounts", "Backup"], False, False),
        ("u2", "user", ["accounts"], False, None),
    ]


def test_odd_lines_own_nothing() -> None:
    told = fact(
        applications=[APPLICATION, {"id": None}],
        service_principals=[],
        application_owners=[{"id": "a1", "owners": None}, {"id": "gone", "owners": ["u1"]}, {"owners": [3, ""]}],
    )
    assert told == {"of_principal": {}, "people": []}

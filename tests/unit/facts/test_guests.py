"""Guests whom nobody uses, and outsiders who are members."""

from __future__ import annotations

from datetime import UTC, datetime

from tenantlint.facts import FactContext, compute
from tenantlint.model import CollectionStatus, Tenant
from tenantlint.snapshot import Collection, Snapshot

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def guests(users, activity=None):
    collections = {"users": Collection("users", CollectionStatus.OK, items=users)}
    if activity is not None:
        name = "user_sign_in_activity"
        collections[name] = Collection(name, CollectionStatus.OK, items=activity)
    snapshot = Snapshot(tenant=Tenant(id="t"), collected_at=NOW, collections=collections)
    return compute(["guests"], FactContext(snapshot=snapshot, now=NOW)).tree["guests"]


def guest(identity, **changes):
    return {
        "id": identity,
        "displayName": identity.upper(),
        "userPrincipalName": f"{identity}_partner.example#EXT#@t.example",
        "mail": f"{identity}@Partner.example",
        "userType": "Guest",
        "accountEnabled": True,
        "externalUserState": "Accepted",
        "createdDateTime": "2026-01-01T00:00:00Z",
    } | changes


def signed_in(identity, when):
    return {"id": identity, "signInActivity": {"lastSignInDateTime": when}}


def test_invitations_that_nobody_accepted():
    told = guests(
        [
            guest("old", externalUserState="PendingAcceptance"),
            guest("new", externalUserState="PendingAcceptance", createdDateTime="2026-10-30T00:00:00Z"),
            guest("undated", externalUserState="PendingAcceptance", createdDateTime=None),
            guest("off", externalUserState="PendingAcceptance", accountEnabled=False),
        ],
        [],
    )
    assert told["pending"] == [{"id": "old", "name": "OLD", "days": 304}]
    assert told["enabled"] == 3


def test_guests_who_did_not_sign_in_for_long_or_never():
    told = guests(
        [guest("idle"), guest("never"), guest("busy"), guest("untold"), guest("nowhere", createdDateTime=None)],
        [
            signed_in("idle", "2026-04-01T00:00:00Z"),
            {"id": "never"},
            signed_in("BUSY", "2026-10-31T00:00:00Z"),
            {"id": "nowhere", "signInActivity": None},
        ],
    )
    assert told["idle"] == [
        {"id": "idle", "name": "IDLE", "days": 214, "never": False},
        {"id": "never", "name": "NEVER", "days": 304, "never": True},
    ]
    assert told["untold"]["count"] == 2


def test_without_sign_in_activity_nothing_is_told():
    told = guests([guest("a")])
    assert (told["idle"], told["untold"]["names"]) == ([], ["A"])


def test_outsiders_who_are_members():
    told = guests(
        [
            guest("made", userType="Member"),
            guest("bare", userType="member", mail=None),
            {"id": "own", "userType": "Member", "userPrincipalName": "own@t.example"},
            {"id": "odd", "userType": None, "userPrincipalName": None},
        ]
    )
    assert [(one["id"], one["domain"]) for one in told["members"]] == [("bare", ""), ("made", "partner.example")]

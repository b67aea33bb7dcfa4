"""Mailboxes by what is wrong with them."""

from __future__ import annotations

from datetime import UTC, datetime

from tenantlint.facts import FactContext, compute
from tenantlint.model import Tenant
from tenantlint.snapshot import Collection, Snapshot

MAILBOX = {
    "ExternalDirectoryObjectId": "u1",
    "UserPrincipalName": "ann@contoso.example",
    "PrimarySmtpAddress": "ann@contoso.example",
    "RecipientTypeDetails": "UserMailbox",
    "AccountDisabled": False,
    "ForwardingSmtpAddress": None,
    "SmtpClientAuthenticationDisabled": None,
    "DefaultAuditSet": ["Admin", "Delegate", "Owner"],
    "AuditLogAgeLimit": "90.00:00:00",
}


def fact(name, *changes, users=(), accepted=()):
    items = [{**MAILBOX, **change} for change in changes]
    given = {"mailboxes": items, "users": list(users), "accepted_domains": list(accepted)}
    snapshot = Snapshot(
        tenant=Tenant(id="t"), collections={key: Collection(key, items=value) for key, value in given.items()}
    )
    context = FactContext(snapshot=snapshot, now=datetime(2026, 11, 1, tzinfo=UTC))
    return compute([f"mailboxes.{name}"], context).tree["mailboxes"][name], context


def test_forwarding_to_an_address():
    told, _ = fact("forwarding", {}, {"ForwardingSmtpAddress": "SMTP:Ann@Mail.Example"}, {"ForwardingSmtpAddress": " "})
    (found,) = told["mailboxes"]
    assert (found["target"], found["domain"]) == ("Ann@Mail.Example", "mail.example")
    assert found["resource"] == {"kind": "mailbox", "id": "u1", "name": "ann@contoso.example"}
    assert found["principal"] == {"id": "u1", "kind": "user", "name": "ann@contoso.example", "enabled": True}
    assert told["untold"] == 0


def test_a_property_that_is_missing_is_not_a_null():
    without = {name: value for name, value in MAILBOX.items() if name != "ForwardingSmtpAddress"}
    snapshot = Snapshot(tenant=Tenant(id="t"), collections={"mailboxes": Collection("mailboxes", items=[without])})
    context = FactContext(snapshot=snapshot, now=datetime(2026, 11, 1, tzinfo=UTC))
    assert compute(["mailboxes.forwarding"], context).tree["mailboxes"]["forwarding"]["untold"] == 1


def test_smtp_auth_turned_on_again():
    name = "SmtpClientAuthenticationDisabled"
    told, _ = fact("smtp_auth", {}, {name: True}, {name: False, "AccountDisabled": None})
    (found,) = told["mailboxes"]
    assert found["principal"]["enabled"] is None


def test_shared_mailboxes_by_their_account():
    box = {"RecipientTypeDetails": "SharedMailbox"}
    told, _ = fact("shared", {}, box, users=[{"id": "u1", "accountEnabled": False}])
    assert (told["count"], told["enabled"], told["unknown"]) == (1, [], [])
    told, _ = fact("shared", {**box, "AccountDisabled": True}, users=[{"id": "u1", "accountEnabled": True}])
    assert told["enabled"][0]["principal"]["enabled"] is True
    told, _ = fact("shared", {**box, "AccountDisabled": None}, box)
    assert (len(told["unknown"]), len(told["enabled"])) == (1, 1)


def test_addresses_in_domains_that_microsoft_gave():
    told, context = fact(
        "addresses",
        {},
        {"ExternalDirectoryObjectId": "u2", "PrimarySmtpAddress": "b@contoso.start.example"},
        {"ExternalDirectoryObjectId": "u3", "PrimarySmtpAddress": "c@Contoso.onmicrosoft.com"},
        {"ExternalDirectoryObjectId": "u4", "PrimarySmtpAddress": None},
        {"PrimarySmtpAddress": "d@contoso.start.example", "RecipientTypeDetails": "DiscoveryMailbox"},
        accepted=[{"DomainName": "contoso.start.example", "InitialDomain": True}, {"DomainName": "contoso.example"}],
    )
    assert told["given"]["count"] == 2
    assert {one.id for one in context.populations[told["given"]["population"]]} == {"u2", "u3"}
    assert told["domains"] == ["contoso.start.example"]


OWN = ["HardDelete", "SoftDelete", "MoveToDeletedItems", "UpdateFolderPermissions", "UpdateInboxRules"]


def incomplete(**changes):
    told, _ = fact("audit", changes)
    return told["incomplete"]["count"], told["untold"]


def test_what_mailboxes_record():
    assert incomplete() == (0, 0)
    assert incomplete(DefaultAuditSet=["Admin", "Delegate"], AuditOwner=OWN) == (0, 0)
    assert incomplete(DefaultAuditSet="Admin, Delegate", AuditOwner=", ".join(OWN)) == (0, 0)
    assert incomplete(DefaultAuditSet=["Admin", "Delegate"], AuditOwner=[]) == (1, 0)
    assert incomplete(DefaultAuditSet=["Admin", "Owner"], AuditDelegate=OWN) == (1, 0)  # neither SendAs nor on behalf
    assert incomplete(DefaultAuditSet=[]) == (0, 1)
    assert incomplete(DefaultAuditSet=None, AuditAdmin=[]) == (1, 0)


def test_how_long_mailboxes_keep_records():
    told, context = fact("audit", {}, {"AuditLogAgeLimit": "23:59:59"}, {"AuditLogAgeLimit": "x"})
    assert [(one["days"], one["count"]) for one in told["ages"]] == [(0, 1), (90, 1)]
    assert told["untold"] == 1
    assert len(context.populations["mailboxes/audit/age/90"]) == 1

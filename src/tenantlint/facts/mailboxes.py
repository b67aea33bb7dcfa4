"""Mailboxes by what is wrong with them: a tenant has up to hundreds of thousands, and rules see only the few.

Every list holds mailboxes as `{resource, principal, address, ...}`. `untold` counts the mailboxes of which the
snapshot does not hold the property at all; null is an answer of Exchange, and means that the default holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.population import population
from tenantlint.model import JsonObject, Principal
from tenantlint.snapshot import identity_of, name_of, spec_of

_MAILBOXES = "mailboxes"
_ACCEPTED = "accepted_domains"
_USERS = "users"
_PEOPLE = frozenset({"usermailbox", "sharedmailbox", "roommailbox", "equipmentmailbox", "linkedmailbox", "teammailbox"})
_SPAN = re.compile(r"(?:(\d+)\.)?(\d+):(\d+):(\d+)")
_LOGONS = {"Admin": "AuditAdmin", "Delegate": "AuditDelegate", "Owner": "AuditOwner"}
# Actions of an intruder: mail removed, sent in another's name, rights and rules changed. Owners do not send as others.
_OWNERS = frozenset({"harddelete", "softdelete", "movetodeleteditems", "updatefolderpermissions", "updateinboxrules"})
_OTHERS = _OWNERS | {"sendas", "sendonbehalf"}


def forwarding(context: FactContext) -> dict[str, Any]:
    """Mailboxes that forward by a setting of their own: `{"mailboxes": [{..., target, domain, keeps_copy}], "untold"}`.

    `target` is the address outside the directory (ForwardingSmtpAddress). A recipient of the directory
    (ForwardingAddress) is not resolved and not listed.
    """
    found = []
    for item in context.snapshot.items(_MAILBOXES):
        target = item.get("ForwardingSmtpAddress")
        if isinstance(target, str) and target.strip():
            address = re.sub(r"(?i)^smtp:", "", target.strip())
            found.append(
                {
                    **_told(item),
                    "target": address,
                    "domain": address.rpartition("@")[2].lower(),
                    "keeps_copy": item.get("DeliverToMailboxAndForward"),
                }
            )
    return {"mailboxes": found, "untold": _untold(context, "ForwardingSmtpAddress")}


def smtp_auth(context: FactContext) -> dict[str, Any]:
    """Mailboxes for which SMTP AUTH is turned on, whatever the organization says: `{"mailboxes", "untold"}`."""
    name = "SmtpClientAuthenticationDisabled"
    found = [_told(item) for item in context.snapshot.items(_MAILBOXES) if item.get(name) is False]
    return {"mailboxes": found, "untold": _untold(context, name)}


def shared(context: FactContext) -> dict[str, Any]:
    """Shared mailboxes: `{"count", "enabled": [...], "unknown": [...]}` by whether their account can sign in.

    The account itself decides; where the snapshot lacks it, what Exchange says of it (AccountDisabled).
    """
    enabled, unknown, count = [], [], 0
    accounts = {str(user.get("id")): user.get("accountEnabled") for user in context.snapshot.items(_USERS)}
    for item in context.snapshot.items(_MAILBOXES):
        if str(item.get("RecipientTypeDetails")).lower() != "sharedmailbox":
            continue
        count += 1
        state = accounts.get(str(item.get("ExternalDirectoryObjectId")))
        disabled = item.get("AccountDisabled")
        if not isinstance(state, bool):
            state = not disabled if isinstance(disabled, bool) else None
        if state is None:
            unknown.append(_told(item))
        elif state:
            told = _told(item)
            enabled.append({**told, "principal": {**told["principal"], "enabled": True}})
    return {"count": count, "enabled": enabled, "unknown": unknown}


def addresses(context: FactContext) -> dict[str, Any]:
    """People's mailboxes whose main address is in a domain that Microsoft gave, as a population.

    `{"given": {population, count, names, ...}, "domains": [...]}`; the domains are the initial ones of the accepted
    domains, and all under onmicrosoft.com.
    """
    given = {
        str(item.get("DomainName")).lower()
        for item in context.snapshot.items(_ACCEPTED)
        if item.get("InitialDomain") is True
    }
    people = []
    for item in _of_people(context):
        domain = str(item.get("PrimarySmtpAddress") or "").rpartition("@")[2].lower()
        if domain in given or f".{domain}".endswith((".onmicrosoft.com", ".onmicrosoft.us")):
            people.append(_principal(item))
    return {"given": population(context, "mailboxes/addresses", people), "domains": sorted(given)}


def audit(context: FactContext) -> dict[str, Any]:
    """People's mailboxes that record too little or not for long, as populations.

    `{"incomplete": population, "ages": [{days, ...population}], "untold": n}`. A logon type in DefaultAuditSet records
    what Microsoft chose for it; otherwise the list of its own is compared. AuditEnabled is not looked at: where
    auditing is on for the organization, Exchange ignores it.
    """
    incomplete, untold = [], 0
    ages: dict[int, list[Principal]] = {}
    for item in _of_people(context):
        complete = _records_enough(item)
        days = _days(item.get("AuditLogAgeLimit"))
        if complete is False:
            incomplete.append(_principal(item))
        if days is not None:
            ages.setdefault(days, []).append(_principal(item))
        untold += complete is None or days is None
    return {
        "incomplete": population(context, "mailboxes/audit/incomplete", incomplete),
        "ages": [
            {"days": days, **population(context, f"mailboxes/audit/age/{days}", people)}
            for days, people in sorted(ages.items())
        ],
        "untold": untold,
    }


def _records_enough(item: JsonObject) -> bool | None:
    """Whether all three kinds of logon record what an intruder does; None where the mailbox does not tell."""
    by_default = {name.lower() for name in _names(item.get("DefaultAuditSet"))}
    unclear = False
    for logon, own in _LOGONS.items():
        if logon.lower() in by_default:
            continue
        if not isinstance(item.get(own), (list, str)):
            unclear = True
            continue
        wanted = _OWNERS if logon == "Owner" else _OTHERS
        if not wanted <= {name.lower() for name in _names(item.get(own))}:
            return False
    return None if unclear else True


def _names(value: object) -> list[str]:
    given = value.split(",") if isinstance(value, str) else value
    return [name.strip() for name in given if isinstance(name, str)] if isinstance(given, list) else []


def _days(value: object) -> int | None:
    """Whole days of a .NET time span such as `90.00:00:00`."""
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    hours, minutes, seconds = (int(part) for part in found.groups()[1:])
    return int(found[1] or 0) + timedelta(hours=hours, minutes=minutes, seconds=seconds).days


def _of_people(context: FactContext) -> Iterator[JsonObject]:
    for item in context.snapshot.items(_MAILBOXES):
        if str(item.get("RecipientTypeDetails") or "UserMailbox").lower() in _PEOPLE:
            yield item


def _untold(context: FactContext, name: str) -> int:
    return sum(name not in item for item in context.snapshot.items(_MAILBOXES))


def _told(item: JsonObject) -> dict[str, Any]:
    principal = _principal(item)
    return {
        "resource": {"kind": "mailbox", "id": identity_of(spec_of(_MAILBOXES), item), "name": principal.name},
        "principal": {"id": principal.id, "kind": "user", "name": principal.name, "enabled": principal.enabled},
        "address": str(item.get("PrimarySmtpAddress") or ""),
    }


def _principal(item: JsonObject) -> Principal:
    spec = spec_of(_MAILBOXES)
    disabled = item.get("AccountDisabled")
    return Principal(
        id=str(item.get("ExternalDirectoryObjectId") or identity_of(spec, item)),
        kind="user",
        name=name_of(spec, item),
        enabled=not disabled if isinstance(disabled, bool) else None,
    )


FACTS: tuple[Fact, ...] = (
    Fact(name="mailboxes.addresses", reads=(_MAILBOXES, _ACCEPTED), compute=addresses),
    Fact(name="mailboxes.audit", reads=(_MAILBOXES,), compute=audit),
    Fact(name="mailboxes.forwarding", reads=(_MAILBOXES,), compute=forwarding),
    Fact(name="mailboxes.shared", reads=(_MAILBOXES, _USERS), compute=shared),
    Fact(name="mailboxes.smtp_auth", reads=(_MAILBOXES,), compute=smtp_auth),
)

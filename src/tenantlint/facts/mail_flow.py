"""How mail reaches the tenant: where MX points, what keeps mail from passing a gateway by, whom connectors trust."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Any

from tenantlint.facts.interface import Fact, FactContext
from tenantlint.model import JsonObject
from tenantlint.snapshot import Snapshot, identity_of, name_of, spec_of

_DNS = "dns_records"
_ACCEPTED = "accepted_domains"
_CONNECTORS = "inbound_connectors"
_RULES = "transport_rules"
# Hosts of Exchange Online Protection by cloud (learn.microsoft.com/microsoft-365/enterprise/external-domain-name-
# system-records); mx.microsoft carries DANE.
_MICROSOFTS = (
    ".mail.protection.outlook.com",
    ".mail.protection.outlook.us",
    ".mail.protection.office365.us",
    ".mail.protection.partner.outlook.cn",
    ".mail.eo.outlook.com",
    ".mx.microsoft",
)
_MICROSOFTS_DOMAINS = (".onmicrosoft.com", ".onmicrosoft.us", ".partner.onmschina.cn")
_STOPS = ("RejectMessageReasonText", "RejectMessageEnhancedStatusCode", "DeleteMessage", "Quarantine")


def mail_flow(context: FactContext) -> dict[str, Any]:
    """Domains by their MX, and inbound connectors.

    `{"domains": [{domain, resource, mx, route}], "connectors": [{name, resource, enabled, type, trusted, certificate,
    widest_prefix, enhanced, everyone, locks}], "locking_rules": [names]}`. `route`: microsoft, gateway, both, none or
    unknown. `trusted`: whether mail over the connector counts as the organization's own. `widest_prefix`: of its
    addresses the shortest prefix, as bits of IPv4 (IPv6 scaled), null without addresses. `enhanced`: whether enhanced
    filtering looks behind the connector's hosts, `everyone`: for all recipients. `locks`: whether the connector
    refuses mail from everywhere else, for all sender domains. `locking_rules`: mail flow rules in force that stop mail
    from outside unless it comes from named addresses.
    """
    snapshot = context.snapshot
    return {
        "domains": _domains(snapshot),
        "connectors": [_connector(item) for item in snapshot.items(_CONNECTORS)],
        "locking_rules": [name_of(spec_of(_RULES), item) for item in snapshot.items(_RULES) if _rule_locks(item)],
    }


def _domains(snapshot: Snapshot) -> list[dict[str, Any]]:
    answers = {str(item.get("domain") or "").lower(): item for item in snapshot.items(_DNS)}
    accepted = {str(item.get("DomainName") or "").lower(): item for item in snapshot.items(_ACCEPTED)}
    collection = _ACCEPTED if accepted else _DNS
    spec = spec_of(collection)
    found = []
    for name, item in sorted((accepted or answers).items()):
        if not name or name.endswith(_MICROSOFTS_DOMAINS) or item.get("InitialDomain") is True:
            continue
        mx = answers.get(name, {}).get("mx")
        hosts = [host.lower().rstrip(".") for host in mx if isinstance(host, str)] if isinstance(mx, list) else None
        found.append(
            {
                "domain": name,
                "resource": {"kind": spec.kind, "id": identity_of(spec, item), "name": name},
                "mx": hosts,
                "route": _route(hosts),
            }
        )
    return found


def _route(hosts: Iterable[str] | None) -> str:
    if hosts is None:
        return "unknown"
    kinds = {f".{host}".endswith(_MICROSOFTS) for host in hosts if host}  # "" is a domain without mail (RFC 7505)
    if len(kinds) == 2:
        return "both"
    return "none" if not kinds else "microsoft" if kinds == {True} else "gateway"


def _connector(item: JsonObject) -> dict[str, Any]:
    spec = spec_of(_CONNECTORS)
    kind = str(item.get("ConnectorType") or "")
    certificate = item.get("TlsSenderCertificateName")
    addresses = [one for one in item.get("SenderIPAddresses") or () if isinstance(one, str)]
    prefixes = [bits for one in addresses if (bits := prefix_of(one)) is not None]
    certified = isinstance(certificate, str) and certificate.strip() not in ("", "*")
    restricted = (item.get("RestrictDomainsToIPAddresses") is True and bool(addresses)) or (
        item.get("RestrictDomainsToCertificate") is True and certified
    )
    every_sender = any(str(one).lower().removeprefix("smtp:").partition(";")[0] == "*" for one in _senders(item))
    return {
        "name": name_of(spec, item),
        "resource": {"kind": spec.kind, "id": identity_of(spec, item), "name": name_of(spec, item)},
        "enabled": item.get("Enabled"),
        "type": kind,
        "trusted": kind.lower() == "onpremises"
        or item.get("TreatMessagesAsInternal") is True
        or item.get("CloudServicesMailEnabled") is True,
        "certificate": certificate if certified else None,
        "widest_prefix": min(prefixes, default=None),
        "enhanced": item.get("EFTestMode") is not True
        and (item.get("EFSkipLastIP") is True or bool(item.get("EFSkipIPs"))),
        "everyone": not item.get("EFUsers"),
        "locks": item.get("Enabled") is True and kind.lower() == "partner" and every_sender and restricted,
    }


def _senders(item: JsonObject) -> list[Any]:
    given = item.get("SenderDomains")
    return given if isinstance(given, list) else [given] if isinstance(given, str) else []


def _rule_locks(item: JsonObject) -> bool:
    """Whether the rule stops all mail from outside but for named addresses of senders."""
    working = str(item.get("State")).lower() == "enabled" and str(item.get("Mode") or "Enforce").lower() == "enforce"
    outside = str(item.get("FromScope")).lower() == "notinorganization"
    narrowed = any(
        item.get(name) for name in ("SenderDomainIs", "From", "RecipientDomainIs", "SentTo", "SentToMemberOf")
    )
    return (
        working
        and outside
        and not narrowed
        and bool(item.get("ExceptIfSenderIpRanges"))
        and any(item.get(name) for name in _STOPS)
    )


def prefix_of(text: str) -> int | None:
    """How narrow an address, a network or a range FIRST-LAST is, in bits of IPv4; None for anything else.

    IPv6 networks are scaled so that a /64, one site, weighs as much as a single address.
    """
    try:
        if "-" in text:
            first, last = (ipaddress.ip_address(part.strip()) for part in text.split("-", 1))
            if first.version != last.version or int(last) < int(first):
                return None
            bits = first.max_prefixlen - (int(last) - int(first)).bit_length()
        else:
            network = ipaddress.ip_network(text.strip(), strict=False)
            first, bits = network.network_address, network.prefixlen
    except ValueError:
        return None
    return bits if first.version == 4 else min(bits // 2, 32)


FACTS: tuple[Fact, ...] = (Fact(name="mail_flow", reads=(_DNS, _ACCEPTED, _CONNECTORS, _RULES), compute=mail_flow),)

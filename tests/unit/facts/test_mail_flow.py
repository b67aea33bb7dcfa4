"""How mail reaches the tenant."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.facts import FactContext, compute
from tenantlint.facts.mail_flow import prefix_of
from tenantlint.model import Tenant
from tenantlint.snapshot import Collection, Snapshot


def flow(**collections):
    given_collections = {name: Collection(name, items=items) for name, items in collections.items()}
    snapshot = Snapshot(tenant=Tenant(id="t"), collections=given_collections)
    return compute(["mail_flow"], FactContext(snapshot=snapshot, now=datetime(2026, 11, 1, tzinfo=UTC))).tree[
        "mail_flow"
    ]


OURS = "contoso-example.mail.protection.outlook.com"


@pytest.mark.parametrize(
    ("mx", "route"),
    [
        ([OURS], "microsoft"),
        (["Contoso-Example.a-v1.MX.Microsoft."], "microsoft"),
        (["mx1.gateway.example"], "gateway"),
        ([OURS, "mx1.gateway.example"], "both"),
        (["mail.protection.outlook.com.evil.example"], "gateway"),
        ([], "none"),
        (["."], "none"),
        (None, "unknown"),
    ],
)
def test_where_mx_points(mx, route):
    (found,) = flow(dns_records=[{"domain": "Contoso.example", "mx": mx}])["domains"]
    assert (found["domain"], found["route"]) == ("contoso.example", route)


def test_domains_are_the_accepted_ones_without_those_that_microsoft_gave():
    accepted = [
        {"Guid": "g", "DomainName": "A.example"},
        {"DomainName": "a.onmicrosoft.com"},
        {"DomainName": "a.start.example", "InitialDomain": True},
        {"DomainName": None},
    ]
    (found,) = flow(accepted_domains=accepted, dns_records=[{"domain": "b.example", "mx": []}])["domains"]
    assert (found["resource"], found["route"]) == (
        {"kind": "acceptedDomain", "id": "g", "name": "a.example"},
        "unknown",
    )


def connector(**changes):
    base = {"Guid": "c", "Name": "Gateway", "Enabled": True, "ConnectorType": "Partner", "SenderDomains": ["smtp:*;1"]}
    (found,) = flow(inbound_connectors=[{**base, **changes}])["connectors"]
    return found


def test_a_connector_locks_when_all_senders_have_to_come_from_the_gateway():
    by_address = {"RestrictDomainsToIPAddresses": True, "SenderIPAddresses": ["192.0.2.1"]}
    by_certificate = {"RestrictDomainsToCertificate": True, "TlsSenderCertificateName": "*.gateway.example"}
    assert connector(**by_address)["locks"]
    assert connector(**by_certificate, SenderDomains="*")["locks"]
    assert not connector()["locks"]
    assert not connector(RestrictDomainsToIPAddresses=True, SenderIPAddresses=[])["locks"]
    assert not connector(RestrictDomainsToCertificate=True, TlsSenderCertificateName="*")["locks"]
    assert not connector(**by_address, SenderDomains=["smtp:partner.example;1"])["locks"]
    assert not connector(**by_address, Enabled=False)["locks"]
    assert not connector(**by_address, ConnectorType="OnPremises")["locks"]
    assert not connector(**by_address, SenderDomains=None)["locks"]


def test_enhanced_filtering():
    assert not connector()["enhanced"]
    assert connector(EFSkipLastIP=True)["enhanced"]
    assert connector(EFSkipIPs=["192.0.2.1"])["enhanced"]
    assert not connector(EFSkipLastIP=True, EFTestMode=True)["enhanced"]
    assert not connector(EFSkipLastIP=True, EFUsers=["a@b.example"])["everyone"]


def test_trust():
    assert not connector()["trusted"]
    for changes in (
        {"ConnectorType": "OnPremises"},
        {"TreatMessagesAsInternal": True},
        {"CloudServicesMailEnabled": True},
    ):
        assert connector(**changes)["trusted"]
    assert connector(SenderIPAddresses=["192.0.2.1", "192.0.0.0/16"])["widest_prefix"] == 16
    assert connector()["widest_prefix"] is None


RULE = {
    "Name": "Lock",
    "State": "Enabled",
    "Mode": "Enforce",
    "FromScope": "NotInOrganization",
    "ExceptIfSenderIpRanges": ["192.0.2.0/24"],
    "DeleteMessage": True,
}


@pytest.mark.parametrize(
    ("changes", "locks"),
    [
        ({}, True),
        ({"DeleteMessage": False, "RejectMessageReasonText": "no"}, True),
        ({"DeleteMessage": False}, False),
        ({"State": "Disabled"}, False),
        ({"Mode": "Audit"}, False),
        ({"FromScope": "InOrganization"}, False),
        ({"SenderDomainIs": ["a.example"]}, False),
        ({"ExceptIfSenderIpRanges": None}, False),
    ],
)
def test_a_rule_locks(changes, locks):
    assert bool(flow(transport_rules=[{**RULE, **changes}])["locking_rules"]) is locks


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("192.0.2.1", 32),
        ("192.0.2.0/24", 24),
        ("192.0.2.1 - 192.0.2.1", 32),
        ("192.0.2.0-192.0.2.255", 24),
        ("0.0.0.0-255.255.255.255", 0),
        ("2001:db8::/32", 16),
        ("2001:db8::1", 32),
        ("192.0.2.9-192.0.2.1", None),
        ("192.0.2.1-2001:db8::1", None),
        ("gateway", None),
    ],
)
def test_how_narrow_addresses_are(text, bits):
    assert prefix_of(text) == bits


@given(st.ip_addresses(v=4), st.integers(min_value=0, max_value=32))
def test_a_network_and_its_range_weigh_the_same(address, bits):
    network = ipaddress.ip_network((address, bits), strict=False)
    assert prefix_of(str(network)) == bits == prefix_of(f"{network[0]}-{network[-1]}")


@given(st.text(max_size=20))
def test_any_text_is_weighed(text):
    found = prefix_of(text)
    assert found is None or 0 <= found <= 32

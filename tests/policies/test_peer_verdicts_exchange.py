"""Wrong verdicts of the peers on mail flow, DNS and data loss prevention, each with the outcome that is right.

W15: ScubaGear looks for `p=reject;` anywhere in a DMARC record, and for `-all`, `~all` or `redirect` anywhere in an SPF
record. The others look at one property of one object: a mail flow rule by its action without its conditions, a policy
of data loss prevention by its name in a list.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.policies.judging import judge

from tenantlint.engine.interface import Engine
from tenantlint.model import Outcome

DOMAIN = "contoso.example"


def outcome(engine: Engine, identity: str, **collections: Any) -> Outcome:
    return judge(engine, identity, **collections).outcome


def dmarc(engine: Engine, record: str, **more: Any) -> Outcome:
    records = [{"domain": DOMAIN, "dmarc": [record], **more}]
    return outcome(engine, "EX006", dns_records=records)


def spf(engine: Engine, *records: str, others: dict[str, list[str]] | None = None) -> Outcome:
    found = [{"domain": DOMAIN, "spf": list(records)}]
    found += [{"domain": name, "spf": texts} for name, texts in (others or {}).items()]
    accepted = [{"DomainName": DOMAIN}]
    return outcome(engine, "EX004", dns_records=found, accepted_domains=accepted)


# --- W15: DMARC -------------------------------------------------------------------------------------------------------


def test_w15_a_strict_subdomain_policy_does_not_make_none_strict(engine: Engine) -> None:
    assert dmarc(engine, "v=DMARC1; p=none; sp=reject;") is Outcome.FAIL


def test_w15_reject_needs_no_semicolon_behind_it(engine: Engine) -> None:
    assert dmarc(engine, "v=DMARC1; p=reject") is Outcome.PASS


def test_w15_reject_for_no_mail_rejects_nothing(engine: Engine) -> None:
    assert dmarc(engine, "v=DMARC1; p=reject; pct=0;") is Outcome.FAIL


def test_reject_with_open_subdomains(engine: Engine) -> None:
    assert dmarc(engine, "v=DMARC1; p=reject; sp=none;") is Outcome.FAIL


def test_two_dmarc_records_are_none(engine: Engine) -> None:
    both = [{"domain": DOMAIN, "dmarc": ["v=DMARC1; p=reject;", "v=DMARC1; p=reject;"]}]
    assert outcome(engine, "EX005", dns_records=both) is Outcome.FAIL


def test_a_dmarc_lookup_that_failed_is_no_missing_record(engine: Engine) -> None:
    failed = [{"domain": DOMAIN, "failed": {"dmarc": "SERVFAIL"}}]
    for identity in ("EX005", "EX006", "EX007"):
        assert outcome(engine, identity, dns_records=failed) is Outcome.INCONCLUSIVE


def test_a_subdomain_stands_under_the_policy_of_its_organisation(engine: Engine) -> None:
    above = [{"domain": DOMAIN, "records": ["v=DMARC1; p=reject; rua=mailto:d@contoso.example"]}]
    shop = [{"domain": f"shop.{DOMAIN}", "dmarc": [], "dmarc_above": above}]
    for identity in ("EX005", "EX006", "EX007"):
        assert outcome(engine, identity, dns_records=shop) is Outcome.PASS


# --- SPF --------------------------------------------------------------------------------------------------------------


def test_an_spf_redirect_is_followed(engine: Engine) -> None:
    redirect = "v=spf1 redirect=_spf.contoso.example"
    assert spf(engine, redirect, others={"_spf.contoso.example": ["v=spf1 mx -all"]}) is Outcome.PASS
    assert spf(engine, redirect, others={"_spf.contoso.example": ["v=spf1 +all"]}) is Outcome.FAIL
    assert spf(engine, redirect) is Outcome.INCONCLUSIVE


def test_spf_of_a_domain_without_mail(engine: Engine) -> None:
    assert spf(engine, "v=spf1 -all") is Outcome.PASS


def test_spf_that_lets_everybody_in(engine: Engine) -> None:
    assert spf(engine, "v=spf1 +all") is Outcome.FAIL
    assert spf(engine, "v=spf1 ip4:0.0.0.0/0 -all") is Outcome.FAIL
    assert spf(engine, "v=spf1 all -all") is Outcome.FAIL


def test_two_spf_records_are_void(engine: Engine) -> None:
    assert spf(engine, "v=spf1 mx -all", "v=spf1 include:spf.protection.outlook.com -all") is Outcome.FAIL


def test_an_ending_that_is_no_mechanism(engine: Engine) -> None:
    assert spf(engine, "v=spf1 mx note=-all") is Outcome.FAIL


def test_names_of_hybrid_mail_need_no_records(engine: Engine) -> None:
    hybrid = "contoso.mail.onmicrosoft.com"
    records = [
        {"domain": hybrid, "spf": [], "dmarc": []},
        {"domain": DOMAIN, "spf": ["v=spf1 -all"], "dmarc": ["v=DMARC1; p=reject"]},
    ]
    accepted = [{"DomainName": DOMAIN}, {"DomainName": hybrid}]
    for identity in ("EX004", "EX005", "EX006"):
        assert outcome(engine, identity, dns_records=records, accepted_domains=accepted) is Outcome.PASS


# --- Mail flow --------------------------------------------------------------------------------------------------------

RULE = {"Guid": "r", "Name": "Rule", "State": "Enabled", "Mode": "Enforce", "FromScope": None}


def test_a_bypass_for_the_servers_of_a_partner_is_no_way_in(engine: Engine) -> None:
    partner = {**RULE, "SetSCL": "-1", "SenderDomainIs": ["partner.example"]}
    assert outcome(engine, "EX024", transport_rules=[partner]) is Outcome.FAIL
    assert outcome(engine, "EX024", transport_rules=[{**partner, "SenderIpRanges": ["192.0.2.1"]}]) is Outcome.PASS
    assert outcome(engine, "EX024", transport_rules=[{**partner, "Mode": "Audit"}]) is Outcome.PASS


def test_a_mark_on_one_sender_is_no_mark_on_mail_from_outside(engine: Engine) -> None:
    rule = {**RULE, "FromScope": "NotInOrganization", "PrependSubject": "[External]"}
    off = [{"Identity": "x", "Enabled": False}]
    assert outcome(engine, "EX013", transport_rules=[rule], external_in_outlook=off) is Outcome.PASS
    narrow = {**rule, "SenderDomainIs": ["partner.example"]}
    assert outcome(engine, "EX013", transport_rules=[narrow], external_in_outlook=off) is Outcome.FAIL


def test_the_tag_of_outlook_marks_as_well_as_a_rule(engine: Engine) -> None:
    on = [{"Identity": "x", "Enabled": True}]
    assert outcome(engine, "EX013", transport_rules=[], external_in_outlook=on) is Outcome.PASS


def test_a_sharing_policy_that_is_off_shares_nothing(engine: Engine) -> None:
    policy = {"Name": "Default", "Enabled": False, "Domains": ["*:CalendarSharingFreeBusyReviewer, ContactsSharing"]}
    for identity in ("EX011", "EX012"):
        assert outcome(engine, identity, sharing_policies=[policy]) is Outcome.PASS
        assert outcome(engine, identity, sharing_policies=[{**policy, "Enabled": True}]) is Outcome.FAIL


# --- Data loss prevention ---------------------------------------------------------------------------------------------

TYPES = (
    "Credit Card Number",
    "U.S. Individual Taxpayer Identification Number (ITIN)",
    "U.S. Social Security Number (SSN)",
)
POLICY = {"Guid": "p", "Name": "Personal data", "Enabled": True, "Mode": "Enable", "ExchangeLocation": ["All"]}


def rules(*groups: tuple[str, ...], **more: Any) -> list[dict[str, Any]]:
    return [
        {
            "Guid": f"r{number}",
            "Name": f"Rule {number}",
            "ParentPolicyName": "Personal data",
            "Disabled": False,
            "BlockAccess": True,
            "BlockAccessScope": "All",
            "NotifyUser": ["Owner"],
            "ContentContainsSensitiveInformation": [{"name": name} for name in group],
            **more,
        }
        for number, group in enumerate(groups)
    ]


@pytest.mark.parametrize("identity", ["EX042", "EX044", "EX045"])
def test_rules_share_the_types_among_them(engine: Engine, identity: str) -> None:
    two = rules(TYPES[:2], TYPES[2:])
    found = judge(engine, identity, "scuba", dlp_compliance_policies=[POLICY], dlp_compliance_rules=two)
    assert found.outcome is Outcome.PASS
    one = judge(engine, identity, "scuba", dlp_compliance_policies=[POLICY], dlp_compliance_rules=two[:1])
    assert [finding.evidence["type"] for finding in one.findings] == [TYPES[2]]


@pytest.mark.parametrize("identity", ["EX042", "EX043", "EX044", "EX045"])
def test_a_policy_in_simulation_protects_nothing(engine: Engine, identity: str) -> None:
    simulated = {**POLICY, "Mode": "TestWithNotifications"}
    found = judge(engine, identity, "scuba", dlp_compliance_policies=[simulated], dlp_compliance_rules=rules(TYPES))
    assert found.outcome is Outcome.FAIL


# --- Audit ------------------------------------------------------------------------------------------------------------


def test_audit_enabled_of_a_mailbox_is_ignored_by_exchange(engine: Engine) -> None:
    box = {
        "ExternalDirectoryObjectId": "u",
        "UserPrincipalName": "ann@contoso.example",
        "RecipientTypeDetails": "UserMailbox",
        "AuditEnabled": False,
        "DefaultAuditSet": ["Admin", "Delegate", "Owner"],
        "AuditLogAgeLimit": "90.00:00:00",
    }
    assert outcome(engine, "EX015", mailboxes=[box]) is Outcome.PASS
    emptied = {**box, "AuditEnabled": True, "DefaultAuditSet": ["Admin", "Delegate"], "AuditOwner": []}
    assert outcome(engine, "EX015", mailboxes=[emptied]) is Outcome.FAIL

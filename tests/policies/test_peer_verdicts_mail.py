"""Wrong verdicts of the peers on mail protection, each with the outcome that is right.

W16, W17: verified against ScubaGear's unmodified rules, which judge the first policy that looks right, and pass over
exceptions and over custom policies of higher precedence. ORCA judges every policy by itself, whether or not anybody
gets it, and calls several rules for one domain duplicates.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.policies.conftest import library
from tests.policies.judging import judge

from tenantlint.engine.interface import Engine
from tenantlint.model import CheckResult, Outcome

DOMAINS = [{"DomainName": "contoso.example"}, {"DomainName": "plants.example"}]
WEAK_FILTER = {"EnableFileFilter": False, "FileTypes": [], "ZapEnabled": False}
GOOD_FILTER = {"EnableFileFilter": True, "FileTypes": ["exe", "cmd", "vbe"], "ZapEnabled": True}
GOOD_LINKS = {
    "EnableSafeLinksForEmail": True,
    "EnableSafeLinksForTeams": True,
    "EnableSafeLinksForOffice": True,
    "EnableForInternalSenders": True,
    "TrackClicks": True,
    "ScanUrls": True,
    "DeliverMessageAfterScan": True,
    "AllowClickThrough": False,
}
BUILT_IN = {"Name": "Built-In Protection Policy", "IsBuiltInProtection": True}


def preset(level: str, **changes: Any) -> dict[str, Any]:
    priority = 0 if level == "Strict" else 1
    return {"Identity": f"{level} Preset Security Policy", "State": "Enabled", "Priority": priority, **changes}


def custom(kind: str, name: str, priority: int, **changes: Any) -> dict[str, Any]:
    return {"Name": name, "State": "Enabled", "Priority": priority, kind: name, **changes}


def malware(engine: Engine, identity: str = "DO004", **given: list[dict[str, Any]]) -> CheckResult:
    told: dict[str, list[dict[str, Any]]] = {
        "accepted_domains": DOMAINS,
        "malware_filter_policies": [{"Name": "Default", "IsDefault": True, **GOOD_FILTER}],
        "malware_filter_rules": [],
        "eop_protection_policy_rules": [],
    }
    return judge(engine, identity, **{**told, **given})


def links(engine: Engine, identity: str, **given: list[dict[str, Any]]) -> CheckResult:
    told: dict[str, list[dict[str, Any]]] = {
        "accepted_domains": DOMAINS,
        "safe_links_policies": [BUILT_IN],
        "safe_links_rules": [],
        "eop_protection_policy_rules": [],
        "atp_protection_policy_rules": [],
        "atp_built_in_protection_rules": [],
    }
    return judge(engine, identity, **{**told, **given})


def whom(result: CheckResult) -> set[str]:
    return {member.id for finding in result.findings for member in finding.principals.members}


def test_w16_a_preset_that_excepts_a_whole_domain_leaves_it_to_the_weak_default(engine: Engine) -> None:
    result = malware(
        engine,
        eop_protection_policy_rules=[preset("Standard", ExceptIfRecipientDomainIs=["plants.example"])],
        malware_filter_policies=[{"Name": "Default", "IsDefault": True, **WEAK_FILTER}],
    )
    assert result.outcome is Outcome.FAIL
    assert whom(result) == {"plants.example"}


def test_w16_a_preset_that_excepts_a_domain_leaves_its_links_to_what_built_in_protection_does(engine: Engine) -> None:
    excepting = [preset("Strict", ExceptIfRecipientDomainIs=["plants.example"])]
    result = links(engine, "DO038", atp_protection_policy_rules=excepting, eop_protection_policy_rules=excepting)
    assert result.outcome is Outcome.FAIL
    assert whom(result) == {"plants.example"}


def test_w16_a_preset_that_excepts_everybody_protects_nobody(engine: Engine) -> None:
    everybody = ["contoso.example", "plants.example"]
    excepting = [preset("Strict", ExceptIfRecipientDomainIs=everybody)]
    result = links(
        engine,
        "DO001",
        atp_protection_policy_rules=excepting,
        eop_protection_policy_rules=excepting,
        atp_built_in_protection_rules=[
            {"Name": "ATP Built-In Protection Rule", "ExceptIfRecipientDomainIs": everybody}
        ],
    )
    assert result.outcome is Outcome.FAIL
    assert whom(result) == set(everybody)


def test_w17_a_weak_custom_policy_of_higher_precedence_is_found(engine: Engine) -> None:
    result = malware(
        engine,
        malware_filter_policies=[
            {"Name": "Default", "IsDefault": True, **GOOD_FILTER},
            {"Name": "Finance", **WEAK_FILTER},
        ],
        malware_filter_rules=[custom("MalwareFilterPolicy", "Finance", 0, SentToMemberOf=["finance@contoso.example"])],
    )
    assert result.outcome is Outcome.FAIL
    assert [finding.resource.name for finding in result.findings] == ["Finance"]
    assert whom(result) == {"finance@contoso.example"}


def test_w17_a_weak_policy_that_an_earlier_rule_hides_is_no_finding(engine: Engine) -> None:
    result = malware(
        engine,
        malware_filter_policies=[{"Name": "All", **GOOD_FILTER}, {"Name": "Finance", **WEAK_FILTER}],
        malware_filter_rules=[
            custom("MalwareFilterPolicy", "Finance", 1, SentToMemberOf=["finance@contoso.example"]),
            custom("MalwareFilterPolicy", "All", 0, RecipientDomainIs=["contoso.example", "plants.example"]),
        ],
    )
    assert result.outcome is Outcome.PASS


def test_the_two_rules_of_a_preset_may_disagree(engine: Engine) -> None:
    """Spam and malware follow one rule, links and impersonation the other; each is judged by its own."""
    on, off = [preset("Strict")], [preset("Strict", State="Disabled")]
    assert malware(engine, "DO006", eop_protection_policy_rules=on).outcome is Outcome.PASS
    weak = [{"Name": "Default", "IsDefault": True, **WEAK_FILTER}]
    assert (
        malware(engine, "DO006", malware_filter_policies=weak, eop_protection_policy_rules=on).outcome is Outcome.PASS
    )
    assert (
        malware(engine, "DO006", malware_filter_policies=weak, eop_protection_policy_rules=off).outcome is Outcome.FAIL
    )
    half = links(engine, "DO038", eop_protection_policy_rules=on, atp_protection_policy_rules=off)
    assert half.outcome is Outcome.FAIL
    both = judge(engine, "DO041", eop_protection_policy_rules=on, atp_protection_policy_rules=off)
    assert "The strict preset is off for links, attachments and impersonation." in {
        finding.message for finding in both.findings
    }


def test_a_preset_whose_rule_is_disabled_protects_nobody(engine: Engine) -> None:
    rules = [preset("Standard", State="Disabled")]
    result = links(engine, "DO037", atp_protection_policy_rules=rules, eop_protection_policy_rules=rules)
    assert result.outcome is Outcome.FAIL
    assert whom(result) == {"contoso.example", "plants.example"}


def test_the_default_policy_gets_those_whom_no_rule_names(engine: Engine) -> None:
    result = malware(
        engine,
        malware_filter_policies=[
            {"Name": "Default", "IsDefault": True, **WEAK_FILTER},
            {"Name": "Office", **GOOD_FILTER},
        ],
        malware_filter_rules=[custom("MalwareFilterPolicy", "Office", 0, RecipientDomainIs=["contoso.example"])],
    )
    assert result.outcome is Outcome.FAIL
    assert whom(result) == {"plants.example"}


@pytest.mark.parametrize(
    ("identity", "policies", "rules", "kind", "settings"),
    [
        ("DO015", "anti_phish_policies", "anti_phish_rules", "AntiPhishPolicy", {"PhishThresholdLevel": 3}),
        (
            "DO019",
            "hosted_content_filter_policies",
            "hosted_content_filter_rules",
            "HostedContentFilterPolicy",
            {
                "SpamAction": "Quarantine",
                "HighConfidenceSpamAction": "Quarantine",
                "PhishSpamAction": "Quarantine",
                "HighConfidencePhishAction": "Quarantine",
            },
        ),
        ("DO004", "malware_filter_policies", "malware_filter_rules", "MalwareFilterPolicy", GOOD_FILTER),
    ],
    ids=["orca_230", "orca_231", "orca_232"],
)
def test_several_rules_for_one_domain_are_no_fault_and_no_rule_is_none_either(
    engine: Engine, identity: str, policies: str, rules: str, kind: str, settings: dict[str, Any]
) -> None:
    """ORCA.230, 231, 232 find fault with two rules for a domain, and with a domain that only the default covers."""
    told = {
        "accepted_domains": DOMAINS,
        "eop_protection_policy_rules": [],
        "atp_protection_policy_rules": [],
        policies: [{"Name": name, "IsDefault": name == "Default", **settings} for name in ("One", "Two", "Default")],
    }
    both = [
        custom(kind, name, place, RecipientDomainIs=["contoso.example"]) for place, name in enumerate(("One", "Two"))
    ]
    assert judge(engine, identity, **told, **{rules: both}).outcome is Outcome.PASS
    assert judge(engine, identity, **told, **{rules: []}).outcome is Outcome.PASS


def test_nothing_collected_is_never_a_pass(engine: Engine) -> None:
    """ScubaGear's rules hold twenty-three policies met on an empty export, 6.1 and 6.2 among them."""
    for check in library().checks:
        if check.service == "defender_office":
            assert judge(engine, check.id).outcome is Outcome.NOT_EVALUATED, check.id


def test_an_absent_list_of_allowed_domains_is_not_an_empty_one(engine: Engine) -> None:
    result = judge(
        engine,
        "DO027",
        accepted_domains=DOMAINS,
        eop_protection_policy_rules=[],
        hosted_content_filter_policies=[{"Name": "Default", "IsDefault": True}],
        hosted_content_filter_rules=[],
    )
    assert result.outcome is Outcome.INCONCLUSIVE

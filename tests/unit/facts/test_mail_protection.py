"""The layers of mail protection, in their order, and whom each one gets."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tenantlint.facts import FACTS, FactContext, compute
from tenantlint.model import Tenant
from tenantlint.snapshot import Collection, Snapshot
from tenantlint.sources import open_target

EXPORT = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "scubagear" / "ProviderSettingsExport.json"
ACCEPTED = [{"DomainName": "Contoso.example"}, {"DomainName": "sub.contoso.example"}, {"DomainName": "other.example"}]


def layers_of(kind, /, **collections):
    snapshot = Snapshot(
        tenant=Tenant(id="t", display_name="Contoso"),
        collections={name: Collection(name, items=items) for name, items in collections.items()},
    )
    context = FactContext(snapshot=snapshot, now=datetime(2026, 11, 1, tzinfo=UTC))
    return compute([f"mail_protection.{kind}"], context).tree["mail_protection"][kind]["layers"]


def brief(layers):
    return [(one["layer"], one["name"], one["reached"]) for one in layers]


def preset(layer, **changes):
    return {
        "Identity": f"{layer} Preset Security Policy",
        "State": "Enabled",
        "Priority": 0 if layer == "Strict" else 1,
        "SafeLinksPolicy": f"{layer} Preset Security Policy1681329955447",
        **changes,
    }


def custom(name, priority, **changes):
    return {"Name": name, "State": "Enabled", "Priority": priority, "SafeLinksPolicy": name, **changes}


BUILT_IN = {"Identity": "Built-In Protection Policy", "Name": "Built-In Protection Policy", "IsBuiltInProtection": True}


def test_layers_stand_in_microsofts_order():
    layers = layers_of(
        "safe_links",
        safe_links_policies=[
            {"Name": "Late"},
            {"Name": "Early"},
            BUILT_IN,
            {"Name": "Strict Preset Security Policy1681329955447", "RecommendedPolicyType": "Strict"},
        ],
        safe_links_rules=[
            custom("Late", 7, SentToMemberOf=["late@contoso.example"]),
            custom("Early", 0, SentToMemberOf=["early@contoso.example"]),
        ],
        atp_protection_policy_rules=[
            preset("Standard", SentToMemberOf="staff@contoso.example"),
            preset("Strict", SentTo="ceo@contoso.example"),
        ],
        atp_built_in_protection_rules=[],
        accepted_domains=ACCEPTED,
    )
    assert [(one["layer"], one["name"]) for one in layers] == [
        ("strict", "Strict Preset Security Policy1681329955447"),
        ("standard", "Standard Preset Security Policy1681329955447"),
        ("custom", "Early"),
        ("custom", "Late"),
        ("built_in", "Built-In Protection Policy"),
        ("none", "none"),
    ]
    assert layers[0]["policy"]["RecommendedPolicyType"] == "Strict"
    assert layers[0]["conditions"] == {"SentTo": ["ceo@contoso.example"]}
    assert layers[1]["policy"] is None
    assert layers[-1]["reached"] == "none"


def test_a_preset_without_a_rule_or_with_one_that_is_off_is_not_on():
    built_in = {"safe_links_policies": [BUILT_IN], "safe_links_rules": [], "atp_built_in_protection_rules": []}
    for rules in ([], [preset("Strict", State="Disabled")]):
        layers = layers_of("safe_links", atp_protection_policy_rules=rules, **built_in)
        assert brief(layers) == [
            ("built_in", "Built-In Protection Policy", "certain"),
            ("none", "none", "none"),
        ]


def test_exceptions_from_built_in_protection_leave_people_without_any():
    layers = layers_of(
        "safe_links",
        safe_links_policies=[BUILT_IN],
        safe_links_rules=[],
        atp_protection_policy_rules=[],
        atp_built_in_protection_rules=[{"Identity": "ATP Built-In", "ExceptIfRecipientDomainIs": ["other.example"]}],
        accepted_domains=ACCEPTED,
    )
    assert layers[-1]["layer"] == "none"
    assert layers[-1]["reached"] == "certain"
    assert [one["id"] for one in layers[-1]["who"]] == ["other.example"]
    assert layers[-1]["resource"] == {"kind": "tenant", "id": "t", "name": "Contoso"}
    assert layers[0]["reaches"] == "everyone, except ExceptIfRecipientDomainIs other.example"


def test_a_domain_condition_covers_all_only_when_it_names_every_accepted_domain():
    def standard(*domains):
        rules = [preset("Standard", RecipientDomainIs=list(domains))]
        return layers_of("safe_links", atp_protection_policy_rules=rules, accepted_domains=ACCEPTED)[0]

    assert standard("contoso.example", "other.example")["covers_all"] is True
    assert standard("contoso.example")["covers_all"] is False


def test_rules_that_were_not_collected_leave_custom_policies_possible():
    layers = layers_of(
        "safe_links",
        safe_links_policies=[{"Name": "Sales"}, BUILT_IN],
        atp_protection_policy_rules=[],
        atp_built_in_protection_rules=[],
    )
    assert brief(layers)[:2] == [
        ("custom", "Sales", "possible"),
        ("built_in", "Built-In Protection Policy", "possible"),
    ]
    assert layers[0]["depends_on"] == ["the rules of custom policies (safe_links_rules)"]


def test_nothing_collected_leaves_everything_possible():
    layers = layers_of("safe_links")
    assert [(one["layer"], one["reached"]) for one in layers] == [
        ("strict", "possible"),
        ("standard", "possible"),
        ("custom", "possible"),
        ("built_in", "possible"),
        ("none", "possible"),
    ]
    assert layers[0]["depends_on"] == ["the rules of the preset policies (atp_protection_policy_rules)"]


def test_a_preset_rule_that_covers_all_settles_what_else_was_not_collected():
    layers = layers_of("safe_links", atp_protection_policy_rules=[preset("Standard")])
    assert [(one["layer"], one["reached"]) for one in layers] == [
        ("standard", "certain"),
        ("custom", "none"),
        ("built_in", "none"),
        ("none", "none"),
    ]
    assert layers[0]["policy_unknown"] == "the policies (safe_links_policies)"


def test_the_portals_other_preset_rule_tells_whether_a_preset_may_be_on():
    policies = {"safe_links_policies": [], "safe_links_rules": []}
    on = layers_of("safe_links", eop_protection_policy_rules=[preset("Strict")], **policies)
    off = layers_of("safe_links", eop_protection_policy_rules=[preset("Strict", State=False)], **policies)
    assert brief(on)[0] == ("strict", "strict", "possible")
    assert brief(off) == [("none", "none", "certain")]


def test_a_rule_whose_policy_is_missing_names_it():
    layers = layers_of(
        "safe_links",
        safe_links_policies=[BUILT_IN],
        safe_links_rules=[custom("Gone", 0)],
        atp_protection_policy_rules=[],
    )
    assert layers[0]["policy"] is None
    assert layers[0]["policy_unknown"] == "the policy Gone"
    assert layers[0]["resource"]["kind"] == "safeLinksRule"


def test_built_in_protection_whose_exceptions_are_unknown_is_only_possible():
    layers = layers_of("safe_attachments", safe_attachment_policies=[BUILT_IN], safe_attachment_rules=[])
    assert [one["reached"] for one in layers] == ["possible", "possible"]
    assert layers[-1]["depends_on"] == ["the exceptions from built-in protection (atp_built_in_protection_rules)"]


def test_built_in_protection_that_is_only_known_by_its_rule_is_possible():
    layers = layers_of(
        "safe_links", atp_protection_policy_rules=[], safe_links_rules=[], atp_built_in_protection_rules=[{}]
    )
    assert layers[0]["depends_on"] == ["the built-in policy (safe_links_policies)"]


def test_impersonation_follows_the_defender_rule_and_finds_the_policy_by_its_twin():
    layers = layers_of(
        "anti_phish",
        anti_phish_policies=[
            {"Name": "Standard Preset Security Policy1659535429826", "RecommendedPolicyType": "Standard"},
            {"Name": "Office365 AntiPhish Default", "Identity": "Office365 AntiPhish Default"},
        ],
        anti_phish_rules=[],
        atp_protection_policy_rules=[preset("Standard", RecipientDomainIs=["contoso.example"])],
        eop_protection_policy_rules=[
            preset("Standard", AntiPhishPolicy="standard preset security policy1659535429826")
        ],
        accepted_domains=ACCEPTED,
    )
    assert brief(layers) == [
        ("standard", "Standard Preset Security Policy1659535429826", "certain"),
        ("default", "Office365 AntiPhish Default", "certain"),
    ]
    assert [one["id"] for one in layers[1]["who"]] == ["other.example"]


def test_spoofing_follows_the_rule_of_exchange_online_protection():
    told = {
        "anti_phish_policies": [{"Name": "Office365 AntiPhish Default", "Identity": "Office365 AntiPhish Default"}],
        "anti_phish_rules": [],
        "atp_protection_policy_rules": [preset("Strict", State="Disabled")],
        "eop_protection_policy_rules": [preset("Strict", AntiPhishPolicy="Strict1")],
    }
    assert brief(layers_of("anti_spoofing", **told)) == [
        ("strict", "Strict1", "certain"),
        ("default", "Office365 AntiPhish Default", "none"),
    ]
    assert [one["layer"] for one in layers_of("anti_phish", **told)] == ["default"]


def test_the_presets_alone_follow_each_their_own_rule():
    told = {
        "accepted_domains": ACCEPTED,
        "eop_protection_policy_rules": [preset("Strict"), preset("Standard")],
        "atp_protection_policy_rules": [preset("Standard", ExceptIfRecipientDomainIs=["other.example"])],
        "malware_filter_rules": [custom("Ignored", 0, MalwareFilterPolicy="Ignored")],
    }
    exchange = layers_of("presets_exchange", **told)
    assert [(one["layer"], one["reached"]) for one in exchange] == [
        ("strict", "certain"),
        ("standard", "none"),
        ("none", "none"),
    ]
    defender = layers_of("presets_defender", **told)
    assert [(one["layer"], one["reached"]) for one in defender] == [("standard", "certain"), ("none", "certain")]
    assert [one["id"] for one in defender[-1]["who"]] == ["other.example"]


def test_presets_whose_rules_are_unknown_leave_everybody_open():
    told = {"accepted_domains": ACCEPTED, "eop_protection_policy_rules": [preset("Standard")]}
    layers = layers_of("presets_defender", **told)
    assert [one["reached"] for one in layers] == ["possible", "possible"]
    assert layers[-1]["depends_on"] == ["the rules of the preset policies (atp_protection_policy_rules)"]


def test_spam_protection_follows_the_rule_of_exchange_online_protection():
    layers = layers_of(
        "anti_spam",
        hosted_content_filter_policies=[{"Name": "Default", "IsDefault": True}, {"Name": "Sales", "IsDefault": False}],
        hosted_content_filter_rules=[],
        eop_protection_policy_rules=[preset("Strict", HostedContentFilterPolicy="Strict1")],
        atp_protection_policy_rules=[],
    )
    assert brief(layers) == [("strict", "Strict1", "certain"), ("default", "Default", "none")]


def test_outbound_policies_are_chosen_by_sender():
    layers = layers_of(
        "outbound_spam",
        hosted_outbound_spam_filter_policies=[
            {"Name": "Default", "IsDefault": True, "AutoForwardingMode": "Off"},
            {"Name": "Sales", "AutoForwardingMode": "On"},
        ],
        hosted_outbound_spam_filter_rules=[
            {
                "Name": "Sales",
                "State": "Enabled",
                "HostedOutboundSpamFilterPolicy": "Sales",
                "From": ["a@contoso.example"],
            }
        ],
        accepted_domains=ACCEPTED,
    )
    assert brief(layers) == [("custom", "Sales", "certain"), ("default", "Default", "certain")]
    assert layers[0]["conditions"] == {"From": ["a@contoso.example"]}
    assert layers[0]["who"] == [{"kind": "user", "id": "a@contoso.example", "name": "a@contoso.example"}]


def test_a_preset_is_known_by_its_priority_when_its_rule_is_named_otherwise():
    rules = [preset("Strict", Identity=None, Name="Renamed"), preset("Standard", Identity=None, Name="Other")]
    layers = layers_of("safe_links", atp_protection_policy_rules=rules)
    assert [one["layer"] for one in layers][:2] == ["strict", "standard"]


def test_a_rule_without_priority_comes_last_and_an_empty_list_of_domains_is_not_believed():
    layers = layers_of(
        "safe_links",
        safe_links_policies=[],
        safe_links_rules=[custom("Last", None), custom("First", 3, SentTo=["a@contoso.example"])],
        atp_protection_policy_rules=[],
        accepted_domains=[],
    )
    assert [one["name"] for one in layers] == ["First", "Last", "none"]
    assert layers[1]["who"] == [{"kind": "domain", "id": "*", "name": "everyone"}]


def test_an_accepted_domain_without_a_name_makes_the_list_unknown():
    layer = layers_of(
        "safe_links",
        atp_protection_policy_rules=[preset("Strict", RecipientDomainIs=["contoso.example"])],
        accepted_domains=[{"DomainName": "contoso.example"}, {"DomainName": None}],
    )[0]
    assert layer["covers_all"] is False


def test_long_conditions_are_shortened_in_words_and_whole_in_the_data():
    many = [f"user{number}@contoso.example" for number in range(9)]
    layer = layers_of("safe_links", atp_protection_policy_rules=[preset("Strict", SentTo=many)])[0]
    assert layer["reaches"].endswith("and 4 more")
    assert layer["conditions"]["SentTo"] == many


def test_people_in_domains_that_nobody_named_are_told_apart_from_everyone():
    rules = [preset("Strict", RecipientDomainIs=["contoso.example"])]
    rest = layers_of("safe_links", atp_protection_policy_rules=rules, safe_links_policies=[], safe_links_rules=[])[-1]
    assert rest["who_possibly"] == [{"kind": "domain", "id": "*", "name": "everyone in other domains"}]
    assert rest["depends_on"] == ["the accepted domains (accepted_domains)"]


@pytest.mark.parametrize("name", [name for name in FACTS if name.startswith("mail_protection.")])
def test_every_kind_names_the_collections_that_it_reads(name):
    reads = FACTS[name].reads
    assert "accepted_domains" in reads
    assert len(set(reads)) == len(reads)


@pytest.mark.corpus
@pytest.mark.skipif(not EXPORT.is_file(), reason="the corpus is not here")
def test_in_the_real_export_the_standard_preset_takes_everybody():
    context = FactContext(snapshot=open_target(EXPORT).snapshot, now=datetime(2026, 11, 1, tzinfo=UTC))
    tree = compute(["mail_protection.safe_links", "mail_protection.anti_phish"], context).tree["mail_protection"]
    for kind in ("safe_links", "anti_phish"):
        reached = {one["layer"]: one["reached"] for one in tree[kind]["layers"]}
        assert reached["strict"] == "none"  # its only domain is not an accepted one
        assert reached["standard"] == "certain"
        assert "certain" not in {state for layer, state in reached.items() if layer != "standard"}

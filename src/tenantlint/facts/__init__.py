"""What rules see beside raw objects: the registry of facts, each in a module that is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any

from tenantlint.facts.interface import Fact, FactContext, Facts

# Fact by dotted name, as checks list it under `facts`, to the module of this package whose tuple FACTS holds it.
_MODULES = {
    "application_assignment": "application_assignment",
    "application_credentials": "application_power",
    "application_owners": "application_owners",
    "application_power": "application_power",
    "third_party_storage": "application_power",
    "access_reviews": "access_reviews",
    "antivirus": "antivirus",
    "authentication_methods": "authentication_methods",
    "registration": "registration",
    "group_rules": "group_rules",
    **{
        f"coverage.{name}": "coverage"
        for name in (
            "admin_portals",
            "any_control",
            "authentication_transfer",
            "azure_devops",
            "azure_management",
            "device_code_flow",
            "device_registration",
            "guests_mfa",
            "insider_risk",
            "intune_enrolment",
            "legacy_authentication",
            "managed_device",
            "mfa",
            "mfa_or_managed_device",
            "mobile_app_protection",
            "phishing_resistant_mfa",
            "security_information",
            "security_information_managed_device",
            "sign_in_risk_high",
            "sign_in_risk_high_blocked",
            "sign_in_risk_medium",
            "unknown_platforms",
            "untrusted_locations",
            "user_risk_high",
            "user_risk_high_blocked",
        )
    },
    "coverage.admin_portals_others": "ordinary_people",
    "coverage.administrators.managed_device": "administrators",
    "coverage.administrators.mfa": "administrators",
    "coverage.administrators.phishing_resistant_mfa": "administrators",
    "coverage.private_access_managed_device": "private_access",
    "coverage.risky_agents": "risky_agents",
    "delegated_grants": "delegated_grants",
    "dlp": "dlp",
    "dmarc": "dns_mail",
    "spf": "dns_mail",
    "device_compliance": "device_compliance",
    "emergency_accounts": "emergency_accounts",
    "exclusions": "exclusions",
    "guests": "guests",
    "idle_sessions": "idle_sessions",
    "lockout.administrators": "lockout",
    "lockout.emergency_accounts": "lockout",
    "lockout.idle_policies": "soundness",
    "lockout.report_only": "soundness",
    "lockout.unsatisfiable": "soundness",
    "lockout.synchronization": "lockout",
    "lockout.users": "lockout",
    "mail_flow": "mail_flow",
    "mail_protection.anti_malware": "mail_protection",
    "mail_protection.anti_phish": "mail_protection",
    "mail_protection.anti_spam": "mail_protection",
    "mail_protection.anti_spoofing": "mail_protection",
    "mail_protection.outbound_spam": "mail_protection",
    "mail_protection.presets_defender": "mail_protection",
    "mail_protection.presets_exchange": "mail_protection",
    "mail_protection.safe_attachments": "mail_protection",
    "mail_protection.safe_links": "mail_protection",
    "pim_rules": "pim_rules",
    "policy_groups": "policy_groups",
    "policy_references": "policy_references",
    "mailboxes.addresses": "mailboxes",
    "mailboxes.audit": "mailboxes",
    "mailboxes.forwarding": "mailboxes",
    "mailboxes.shared": "mailboxes",
    "mailboxes.smtp_auth": "mailboxes",
    "premium_licences": "premium_licences",
    "privileged_access": "privileged_access",
    "privileged_holders": "privileged_holders",
    "privileged_roles": "privileged_roles",
    **{
        f"sessions.{name}": "sessions"
        for name in (
            "administrators",
            "all_users_frequency",
            "app_enforced",
            "intune_enrolment",
            "token_protection",
            "unmanaged_frequency",
            "unmanaged_persistence",
        )
    },
    "sessions.quick_access": "private_access",
    "sharing": "sharing",
    "synchronized_accounts": "synchronized_accounts",
    "trusted_locations": "trusted_locations",
}


class _Registry(Mapping[str, Fact]):
    """Facts by name. Names are known at once; a fact's module is imported when the fact is looked up."""

    def __getitem__(self, name: str) -> Fact:
        module = import_module(f"{__name__}.{_MODULES[name]}")
        found: Fact = next(fact for fact in module.FACTS if fact.name == name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


FACTS: Mapping[str, Fact] = _Registry()
"""Every fact by its dotted name."""


def compute(names: Iterable[str], context: FactContext) -> Facts:
    """The named facts as one tree for `input.facts`, and the populations that they refer to.

    Raises KeyError for a name that is no fact, and InputError when a collection turns out to be unreadable.
    """
    tree: dict[str, Any] = {}
    for name in sorted(set(names)):
        *parents, leaf = name.split(".")
        target = tree
        for parent in parents:
            target = target.setdefault(parent, {})
        target[leaf] = FACTS[name].compute(context)
    return Facts(tree, context.populations)


__all__ = ["FACTS", "Fact", "FactContext", "Facts", "compute"]

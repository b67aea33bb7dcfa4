"""Records of the peer: a fragment of an export, a policy, and whether the peer holds the policy met.

A record is judged as it stands but for the changes listed in CHANGES, each with its reason: they undo what the
peer's test data carries along by accident and the peer itself never looks at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "scubagear"
PRODUCTS = {
    "aad": "Entra ID",
    "securitysuite": "Security Suite",
    "sharepoint": "SharePoint and OneDrive",
    "teams": "Teams",
    "exo": "Exchange Online",
}
# Placeholders of the peer, and the roles that it means by them.
_ROLES = {"Role1": "62e90394-69f5-4237-9190-012177145e10", "Role2": "e8611ab8-c189-46e8-94e1-60213ab1f814"}


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `name`: the peer's own name of the case; `input`: the fragment, changed as CHANGES say."""

    product: str
    name: str
    policy: str
    met: bool
    input: dict[str, Any]

    @property
    def config(self) -> dict[str, Any]:
        """The peer's own exceptions and lists for this policy, empty where it has none."""
        told = self.input.get("scuba_config") or {}
        products = (block for block in told.values() if isinstance(block, dict))
        return next((block[self.policy] for block in products if self.policy in block), {})


@dataclass(frozen=True, slots=True)
class Change:
    """A change to the fragments of some policies, with the reason for it."""

    policies: tuple[str, ...]
    because: str
    apply: Callable[[dict[str, Any]], None]


def read(product: str, folder: Path = CORPUS) -> Iterator[Record]:
    """The records of a product in their order; none when the corpus is not there."""
    file = folder / f"{product}.jsonl"
    if not file.is_file():
        return
    text = file.read_text(encoding="utf-8")
    for given, role in _ROLES.items():
        text = text.replace(f'"{given}"', f'"{role}"')
    for line in text.splitlines():
        told = json.loads(line)
        for change in CHANGES:
            if told["policy"].startswith(change.policies):
                change.apply(told["input"])
        yield Record(product, told["name"].rpartition("::")[2], told["policy"], told["met"], told["input"])


def _one_kind_of_grant(fragment: dict[str, Any]) -> None:
    for policy in fragment.get("conditional_access_policies") or ():
        controls = policy.get("GrantControls") or {}
        if controls.get("BuiltInControls"):
            controls["AuthenticationStrength"] = None


def _accepted_domains(fragment: dict[str, Any]) -> None:
    records = [*(fragment.get("spf_records") or ()), *(fragment.get("dkim_config") or ())]
    names = {str(one.get("domain") or one.get("Domain") or "") for one in records} - {""}
    if "accepted_domains" not in fragment and names:
        fragment["accepted_domains"] = [
            {"DomainName": name, "Name": name, "DomainType": "Authoritative"} for name in sorted(names)
        ]


def _both_rules_of_a_preset(fragment: dict[str, Any]) -> None:
    rules = fragment.get("protection_policy_rules")
    if rules and "atp_policy_rules" not in fragment:
        fragment["atp_policy_rules"] = [dict(rule) for rule in rules]


def _states_as_exchange_writes_them(fragment: dict[str, Any]) -> None:
    for rules in fragment.values():
        for rule in rules if isinstance(rules, list) else ():
            if isinstance(rule, dict) and isinstance(rule.get("State"), bool):
                rule["State"] = "Enabled" if rule["State"] else "Disabled"


def _safe_attachments_on(fragment: dict[str, Any]) -> None:
    for policy in fragment.get("safe_attachment_policies") or ():
        policy.setdefault("Enable", True)


CHANGES = (
    Change(
        ("MS.AAD.3.7", "MS.AAD.3.8"),
        "The base policy of these cases has a strength beside device controls, without an operator; read as it "
        "stands, either would do. The strength is taken out.",
        _one_kind_of_grant,
    ),
    Change(
        ("MS.EXO.2", "MS.EXO.3", "MS.EXO.4"),
        "The fragments list DNS answers and leave out the accepted domains, which a whole export has. They are taken "
        "to be the domains that were looked up, as the peer does.",
        _accepted_domains,
    ),
    Change(
        ("MS.SECURITYSUITE.",),
        "Rules carry `false` for their state in places, where Exchange writes Disabled.",
        _states_as_exchange_writes_them,
    ),
    Change(
        ("MS.SECURITYSUITE.",),
        "Fragments hold one of the two rules that turn a preset on, the one for spam and malware. Where the rule for "
        "links and attachments is left out altogether, it is taken to be the same, as the portal makes both.",
        _both_rules_of_a_preset,
    ),
    Change(
        ("MS.SECURITYSUITE.1.3",),
        "Safe Attachments policies lack their switch, which the peer never reads. They are taken to be on.",
        _safe_attachments_on,
    ),
)

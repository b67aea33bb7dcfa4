"""The exception registers and the configuration that stand beside the example snapshots, as YAML text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml
from tests.tenants.draft import Draft

CONFIGURATION = "tenantlint.yaml"


def register_name(tenant: str) -> str:
    """The file name of a tenant's register."""
    return f"{tenant}.exceptions.yaml"


def configuration(drafts: Mapping[str, Draft]) -> str:
    """One tenantlint.yaml for all examples: a block a tenant, each with its register."""
    tenants = {
        name: {"id": draft.tenant_id, "registers": {"exceptions": register_name(name)}}
        for name, draft in drafts.items()
        if name in _REGISTERS
    }
    return _yaml({"format": "tenantlint.config/1", "tenants": tenants})


def registers(drafts: Mapping[str, Draft]) -> dict[str, str]:
    """File name to text."""
    return {
        register_name(name): _yaml({"format": "tenantlint.exceptions/1", "exceptions": list(entries(drafts[name]))})
        for name, entries in _REGISTERS.items()
    }


def _contoso(draft: Draft) -> Iterable[dict[str, Any]]:
    def user(key: str) -> str:
        return draft.id("user", key)

    def group(name: str) -> str:
        return draft.id("group", name)

    yield {
        "id": "EX-2025-001",
        "kind": "break_glass",
        "principals": [user("emergency 1"), user("emergency 2")],
        "reason": "Emergency access; keys in the safes of both sites, sign-ins raise an alert",
        "owner": f"security@{draft.domain}",
        "approved_by": f"cio@{draft.domain}",
        "ticket": "SEC-101",
        "created": "2025-01-13",
        "compensating_controls": ["Alert on every sign-in", "Opened and tested each quarter"],
    }
    yield {
        "id": "EX-2026-004",
        "kind": "service_account",
        "checks": ["CA0*"],
        "principals": [user("svc-scan"), user("svc-erp-mail")],
        "reason": "Scanners and ERP send mail over SMTP; moves to the high volume service with the new devices",
        "owner": f"it@{draft.domain}",
        "approved_by": f"security@{draft.domain}",
        "ticket": "SEC-377",
        "created": "2026-03-02",
        "expires": "2026-12-11",
        "compensating_controls": ["Only from the plant's address range", "Mailbox cannot be read"],
    }
    yield {
        "id": "EX-2024-009",
        "kind": "business_unit",
        "checks": ["CA0*"],
        "principals": [group("SG-VIP")],
        "reason": "Board members travel without their phone",
        "owner": f"assistant@{draft.domain}",
        "ticket": "SEC-209",
        "created": "2024-06-03",
        "expires": "2025-06-30",
    }
    yield {
        "id": "EX-2026-007",
        "kind": "business_unit",
        "checks": ["CA0*"],
        "principals": [group("CA-Exclude-MFA")],
        "reason": "People who wait for a phone",
        "owner": f"it@{draft.domain}",
        "approved_by": f"security@{draft.domain}",
        "ticket": "SEC-402",
        "created": "2026-05-04",
        "expires": "2027-05-04",
        "max_members": 6,
    }
    yield {
        "id": "EX-2026-011",
        "kind": "shared_mailbox",
        "checks": ["CA0*", "AU*"],
        "principals": [user("shared accounting"), user("shared left-in-2023")],
        "reason": "Read by an old invoice importer",
        "owner": f"finance@{draft.domain}",
        "ticket": "SEC-415",
        "created": "2026-08-24",
        "expires": "2027-02-26",
    }


def _fabrikam(draft: Draft) -> Iterable[dict[str, Any]]:
    yield {
        "id": "EX-2026-001",
        "kind": "break_glass",
        "principals": [draft.id("user", "emergency 1"), draft.id("user", "emergency 2")],
        "reason": "Emergency access with security keys in two safes",
        "owner": f"security@{draft.domain}",
        "approved_by": f"cio@{draft.domain}",
        "ticket": "SEC-12",
        "created": "2026-01-12",
        "compensating_controls": ["Alert on every sign-in", "Opened and tested each quarter"],
    }


def _yaml(value: Mapping[str, Any]) -> str:
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=110)


_REGISTERS = {"contoso": _contoso, "fabrikam": _fabrikam}

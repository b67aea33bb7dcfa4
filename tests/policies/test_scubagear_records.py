"""Exact reasoning against ScubaGear's own verdicts on Conditional Access, record by record.

The records hold fragments of exports and what ScubaGear says of them (`met`). ScubaGear looks for one policy of the
right form; ours is the answer over all policies. Every difference is listed with its reason; nothing else may differ.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.policies.conftest import library

from tenantlint.directory import Directory
from tenantlint.engine import open_engine
from tenantlint.evaluate import Settings, evaluate
from tenantlint.exceptions import match
from tenantlint.sources import open_target

RECORDS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "scubagear" / "aad.jsonl"
NOW = datetime(2023, 1, 1, tzinfo=UTC)  # role assignments of the records end in 2023
CHECKS: dict[str, tuple[str, dict[str, Any]]] = {
    "MS.AAD.1.1v1": ("CA001", {}),
    "MS.AAD.2.1v1": ("CA009", {"required": "block"}),
    "MS.AAD.2.3v1": ("CA008", {"levels": ["high"], "required": "block"}),
    "MS.AAD.3.1v1": ("CA016", {}),
    "MS.AAD.3.2v2": ("CA002", {}),
    "MS.AAD.3.6v1": ("CA003", {}),
    "MS.AAD.3.7v1": ("CA015", {}),
    "MS.AAD.3.8v1": ("CA017", {}),
    "MS.AAD.3.9v1": ("CA007", {}),
}
ROLES = {"Role1": "62e90394-69f5-4237-9190-012177145e10", "Role2": "e8611ab8-c189-46e8-94e1-60213ab1f814"}
DIFFERENT = {
    "test_NoExclusionsBuiltInControls_Incorrect": "legacy clients can meet no grant control, not only no block",
    "test_UserExclusionsClientAppTypes_Incorrect": "a list of client types that holds one empty text holds none",
    "test_UserGroupExclusionTooFewUserExempts_Incorrect_V2": "the user who is not exempt has the id of an exempt group",
    "test_AppExclusionConditions_Correct_V6": "no application is exempt where administrators are concerned",
    "test_ConditionalAccessPolicies_Incorrect_Wrong_Roles": "the policy includes all users beside the wrong roles",
    "test_GroupExclusionsConditions_Correct_V2": "the holder may be in an exempt group, of which nothing is known",
    "test_GuestUserTypeExclusionNoExempt_Incorrect_V7": "guests have no managed device here and are not asked about",
    "test_IsGeneralMFA_X509CertificateMultiFactor_Incorrect": "a multifactor certificate is multifactor by itself",
}


def records() -> Iterator[dict[str, Any]]:
    if not RECORDS.is_file():
        return
    text = RECORDS.read_text(encoding="utf-8")
    for given, role in ROLES.items():
        text = text.replace(f'"{given}"', f'"{role}"')
    for line in text.splitlines():
        record = json.loads(line)
        if record["policy"] in CHECKS:
            yield record


def unmixed(record: dict[str, Any]) -> dict[str, Any]:
    """The record without what its base policy carries over from elsewhere.

    The base has a strength beside device controls, without an operator; it then demands any one of them.
    """
    for policy in record["input"].get("conditional_access_policies") or ():
        controls = policy.get("GrantControls") or {}
        if record["policy"] in ("MS.AAD.3.7v1", "MS.AAD.3.8v1") and controls.get("BuiltInControls"):
            controls["AuthenticationStrength"] = None
    found: dict[str, Any] = record["input"]
    return found


@pytest.mark.skipif(not RECORDS.is_file(), reason="the corpus is not there")
def test_verdicts_agree_but_for_listed_differences(tmp_path: Path) -> None:
    disagree = Counter[str]()
    number = 0
    with open_engine() as engine:
        engine.load(library().modules)
        for record in records():
            number += 1
            if judged_met(record, engine, tmp_path) is not record["met"]:
                disagree[record["name"].split("::")[1]] += 1
    assert set(disagree) == set(DIFFERENT)
    assert (number, disagree.total()) == (96, 8)


def judged_met(record: dict[str, Any], engine: Any, folder: Path) -> bool:
    """Whether no finding is left, with the exclusions that the record's own configuration exempts."""
    file = folder / "ProviderSettingsExport.json"
    file.write_text(json.dumps(unmixed(record)), encoding="utf-8")
    snapshot = open_target(file).snapshot
    identity, parameters = CHECKS[record["policy"]]
    configured = record["input"].get("scuba_config", {}).get("Aad", {}).get(record["policy"], {})
    exempt = configured.get("CapExclusions", {}).get("Applications", [])
    held = match.hold(snapshot.exemptions, Directory(snapshot), NOW.date(), 30)
    settings = Settings(
        now=NOW,
        parameters={identity: {**parameters, "permitted_application_exclusions": exempt}},
        severities={},
        break_glass=match.break_glass_ids(held),
    )
    checks = [check for check in library().checks if check.id == identity]
    (result,) = match.apply(evaluate(checks, snapshot, engine, settings), held)
    assert result.outcome.value in {"pass", "fail", "inconclusive"}, result.reason
    return not any(finding.open_after_exceptions for finding in result.findings)

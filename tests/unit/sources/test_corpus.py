"""Real exports that nobody here wrote: counts and samples read off the files by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenantlint.model import CollectionStatus
from tenantlint.snapshot import spec_of
from tenantlint.sources import Reading, open_target

pytestmark = pytest.mark.corpus
Write = Callable[[str, Any], Path]


def _count(reading: Reading, name: str) -> int:
    return len(reading.snapshot.items(name))


def test_the_scubagear_export_is_read_whole(corpus: Path) -> None:
    path = corpus / "scubagear" / "ProviderSettingsExport.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    reading = open_target(path)
    snapshot = reading.snapshot
    assert reading.problems == ()
    assert snapshot.exemptions == ()
    assert snapshot.tenant.initial_domain == "tqhjy.onmicrosoft.com"
    assert snapshot.tenant.cloud == "global"
    assert snapshot.collected_at is not None
    assert snapshot.licences is not None
    assert {"entra_p2", "defender_office_p2", "exchange_online", "sharepoint", "teams"} <= snapshot.licences
    assert _count(reading, "conditional_access_policies") == 7
    assert _count(reading, "domains") == 1
    assert _count(reading, "dlp_compliance_rules") == 15
    assert _count(reading, "protection_alerts") == 61
    assert _count(reading, "teams_meeting_policies") == 11
    assert _count(reading, "role_assignment_schedule_instances") == sum(
        len(role["Assignments"]) for role in raw["privileged_roles"]
    )
    assert snapshot.collection("outbound_connectors").ok
    assert _count(reading, "outbound_connectors") == 0
    assert snapshot.status("users") is CollectionStatus.TRUNCATED
    assert snapshot.status("safe_links_policies") is CollectionStatus.NOT_COLLECTED
    tenant = snapshot.singleton("sharepoint_tenant")
    assert tenant is not None
    assert tenant["SharingCapability"] == raw["SPO_tenant"][0]["SharingCapability"]
    assert "/Date(" not in json.dumps([list(one.items) for one in snapshot.collections.values()])


def test_positions_of_the_scubagear_export_point_at_the_value(corpus: Path) -> None:
    path = corpus / "scubagear" / "ProviderSettingsExport.json"
    snapshot = open_target(path).snapshot
    policy = snapshot.items("conditional_access_policies")[3]
    position = snapshot.locate("conditional_access_policies", policy["id"], "/state")
    assert position is not None
    line = path.read_text(encoding="utf-8").splitlines()[position.line - 1]
    assert line[position.column - 1 :].startswith(f'"{policy["state"]}"')
    assert '"State"' in line


def test_every_fragment_of_the_scubagear_tests_is_read(corpus: Path, write: Write) -> None:
    """Three records have no input (manual policies); eight hold what no tenant can: two objects of one identity."""
    read, problems, exemptions = 0, 0, 0
    for path in sorted((corpus / "scubagear").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            fragment = json.loads(line)["input"]
            if not fragment:
                continue
            reading = open_target(write("fragment.json", fragment))
            read += 1
            problems += len(reading.problems)
            exemptions += len(reading.snapshot.exemptions)
            assert reading.snapshot.format == "scubagear"
            for name in reading.snapshot.collections:
                assert spec_of(name).known, name
    assert read == 378
    assert problems == 8
    assert exemptions == 55


def test_the_baseline_of_j0eyv_is_read_whole(corpus: Path) -> None:
    reading = open_target(corpus / "conditional-access" / "j0eyv")
    assert _count(reading, "conditional_access_policies") == 36
    assert _count(reading, "named_locations") == 3
    states = [one["state"] for one in reading.snapshot.items("conditional_access_policies")]
    assert states.count("enabled") == 31
    assert "@odata" not in json.dumps(
        [
            {key: value for key, value in one.items() if key != "conditions"}
            for one in reading.snapshot.items("conditional_access_policies")
        ]
    )
    assert reading.snapshot.tenant.id == "42ba3ed1-ae78-4fd0-8080-5f8bfcc27b29"
    # Two groups stand twice, under an old and a new file name.
    assert [problem.problem.endswith("this one is left out") for problem in reading.problems] == [True, True]


@pytest.mark.parametrize(
    ("name", "policies", "problems"),
    [
        ("PolicySets/Bare minimum", 8, 2),
        ("PolicySets/Category for Global Secure Access", 3, 0),
        ("PolicySets/Category for Workload Identity Premium", 1, 1),
        ("PolicySets/Category structure for AADP1", 31, 2),
        ("PolicySets/Category structure for AADP1 and AADP2 mixture", 50, 3),
        ("PolicySets/Category structure for AADP2", 50, 4),
        ("PolicyRepository", 54, 5),
    ],
)
def test_the_policy_sets_of_filipin(corpus: Path, name: str, policies: int, problems: int) -> None:
    reading = open_target(corpus / "conditional-access" / "filipin" / name)
    assert _count(reading, "conditional_access_policies") == policies
    assert len(reading.problems) == problems
    files = list((corpus / "conditional-access" / "filipin" / name).rglob("*.json"))
    assert policies + problems == len(files)
    assert all(problem.file and problem.line for problem in reading.problems)

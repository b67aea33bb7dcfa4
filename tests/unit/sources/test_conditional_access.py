from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenantlint.errors import InputError
from tenantlint.model import CollectionStatus
from tenantlint.sources import Reading, open_target

Write = Callable[[str, Any], Path]

_LOCATION = {
    "@odata.type": "#microsoft.graph.countryNamedLocation",
    "id": "l1",
    "displayName": "EU",
    "countriesAndRegions": ["DE"],
}
_GROUP = {"id": "g1", "displayName": "Emergency", "securityEnabled": True, "groupTypes": []}
_STRENGTH = {"id": "s1", "displayName": "Strong", "allowedCombinations": ["fido2"]}


def _policies(reading: Reading) -> list[str]:
    return [str(one.get("id") or one["displayName"]) for one in reading.snapshot.items("conditional_access_policies")]


@pytest.mark.parametrize(
    "wrap", [lambda one: one, lambda one: [one], lambda one: {"value": [one], "@odata.context": "x"}]
)
def test_a_file_may_hold_one_policy_or_a_list(write: Write, policy: dict[str, Any], wrap: Callable[[Any], Any]) -> None:
    reading = open_target(write("policies.json", wrap(policy)))
    assert reading.snapshot.items("conditional_access_policies") == (policy,)
    assert reading.problems == ()
    position = reading.snapshot.locate("conditional_access_policies", policy["id"], "/grantControls/operator")
    assert position is not None
    text = (write("policies.json", wrap(policy))).read_text().splitlines()[position.line - 1]
    assert text[position.column - 1 :].startswith('"OR"')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_of_an_exporter_is_read(write: Write, policy: dict[str, Any], encoding: str) -> None:
    data = json.dumps({**policy, "displayName": "Zugriff für Länder"}, ensure_ascii=False).encode(encoding)
    (found,) = open_target(write("policy.json", data)).snapshot.items("conditional_access_policies")
    assert found["displayName"] == "Zugriff für Länder"


def test_what_lies_beside_the_policies_is_read_by_content(tmp_path: Path, write: Write, policy: dict[str, Any]) -> None:
    write("a/b/c/policy.json", policy)
    write("x/location.JSON", _LOCATION)
    write("x/group.json", _GROUP)
    write("x/strengths.json", {"value": [_STRENGTH]})
    write("x/context.json", {"id": "c1", "displayName": "Step-up", "isAvailable": True})
    write(".git/config.json", {"not": "looked at"})
    write("LICENSE", b"text")
    reading = open_target(tmp_path)
    snapshot = reading.snapshot
    assert reading.problems == ()
    assert snapshot.items("named_locations") == (_LOCATION,)
    assert snapshot.items("groups") == (_GROUP,)
    assert snapshot.items("authentication_strengths") == (_STRENGTH,)
    assert snapshot.items("authentication_contexts")[0]["id"] == "c1"
    assert snapshot.status("group_members") is CollectionStatus.NOT_COLLECTED


def test_without_locations_and_groups_they_are_not_collected(write: Write, policy: dict[str, Any]) -> None:
    snapshot = open_target(write("policy.json", policy)).snapshot
    assert list(snapshot.collections) == ["conditional_access_policies"]


def test_the_migration_table_tells_the_tenant_and_names_groups(
    tmp_path: Path, write: Write, policy: dict[str, Any]
) -> None:
    write("policy.json", policy)
    write("group.json", _GROUP)
    table = {
        "TenantId": "t1",
        "Objects": [
            {"DisplayName": "Old name", "Id": "g1", "Type": "Group"},
            {"DisplayName": "Excluded", "Id": "g2", "Type": "Group"},
            {"DisplayName": "An application", "Id": "a1", "Type": "Application"},
        ],
    }
    write("MigrationTable.json", table)
    snapshot = open_target(tmp_path).snapshot
    assert snapshot.tenant.id == "t1"
    assert {one["id"]: one["displayName"] for one in snapshot.items("groups")} == {"g1": "Emergency", "g2": "Excluded"}


def test_a_wrapper_is_taken_off_and_tells_the_tenant(write: Write, policy: dict[str, Any]) -> None:
    wrapped = {"ExportDate": "2026-03-07", "SourceTenantId": "t9", "AssignmentDetails": {}, "policy": policy}
    snapshot = open_target(write("wrapped.json", wrapped)).snapshot
    assert snapshot.items("conditional_access_policies") == (policy,)
    assert snapshot.tenant.id == "t9"
    assert snapshot.collection("conditional_access_policies").origins[0].pointer == "/policy"


def test_a_template_enforces_nothing(write: Write, policy: dict[str, Any]) -> None:
    details = {key: policy[key] for key in ("conditions", "grantControls", "sessionControls")}
    template = {
        "id": "t1",
        "name": "Block legacy",
        "description": "d",
        "scenarios": "secureFoundation",
        "details": details,
    }
    snapshot = open_target(write("template.json", template)).snapshot
    (found,) = snapshot.items("conditional_access_policies")
    assert (found["state"], found["displayName"], found["templateId"]) == ("disabled", "Block legacy", "t1")
    assert found["conditions"] == policy["conditions"]
    assert [notice.kind for notice in snapshot.notices] == ["template"]


def test_objects_of_the_powershell_sdk(tmp_path: Path, write: Write) -> None:
    write(
        "p.json",
        {"Id": "p1", "State": "enabled", "Conditions": {"ClientAppTypes": ["all"]}, "AdditionalProperties": {}},
    )
    write("l.json", {"Id": "l1", "DisplayName": "EU", "AdditionalProperties": {**_LOCATION, "id": "ignored"}})
    reading = open_target(tmp_path)
    assert reading.problems == ()
    assert reading.snapshot.items("conditional_access_policies") == (
        {"id": "p1", "state": "enabled", "conditions": {"clientAppTypes": ["all"]}},
    )
    (location,) = reading.snapshot.items("named_locations")
    assert location["countriesAndRegions"] == ["DE"]


def test_every_bad_file_is_named_and_hides_nothing(tmp_path: Path, write: Write, policy: dict[str, Any]) -> None:
    write("good.json", policy)
    write("cut.json", b'{\n "id": ')
    write("empty.json", b"")
    write("other.json", {"name": "package", "version": "1.0"})
    write("shape.json", {**policy, "id": "2", "conditions": {"locations": []}})
    write("list.json", [{**policy, "id": "3"}, 17, {**policy, "id": "4", "state": None}])
    reading = open_target(tmp_path)
    assert _policies(reading) == [policy["id"], "3"]
    told = {(Path(problem.file or "").name, problem.problem.split(":")[0]) for problem in reading.problems}
    assert {name for name, _ in told} == {"cut.json", "empty.json", "other.json", "shape.json", "list.json"}
    assert len(reading.problems) == 6
    places = [(Path(one.file or "").name, one.line) for one in reading.problems if one.line]
    assert ("cut.json", 2) in places
    assert ("list.json", 1) not in places
    assert "6 files or objects were left out" in reading.snapshot.collection("conditional_access_policies").detail


def test_of_two_policies_alike_the_first_counts_and_both_are_named(
    tmp_path: Path, write: Write, policy: dict[str, Any]
) -> None:
    template = {key: value for key, value in policy.items() if key != "id"}
    write("a.json", {**template, "state": "disabled"})
    write("b.json", template)
    reading = open_target(tmp_path)
    (found,) = reading.snapshot.items("conditional_access_policies")
    assert found["state"] == "disabled"
    sentence = reading.problems[0].sentence()
    assert "a.json" in sentence
    assert "b.json" in sentence


def test_an_empty_answer_of_graph_is_an_empty_collection(write: Write) -> None:
    context = "https://graph.microsoft.com/beta/$metadata#identity/conditionalAccess/policies"
    snapshot = open_target(write("policies.json", {"@odata.context": context, "value": []})).snapshot
    assert snapshot.status("conditional_access_policies") is CollectionStatus.OK
    assert snapshot.items("conditional_access_policies") == ()


def test_a_folder_without_one_policy_location_or_group_is_none(tmp_path: Path, write: Write) -> None:
    write("MigrationTable.json", {"TenantId": "t1", "Objects": []})
    with pytest.raises(InputError, match="none of its 1 JSON files"):
        open_target(tmp_path)


def test_the_digest_follows_bytes_and_names_and_not_the_place(
    write: Write, policy: dict[str, Any], tmp_path: Path
) -> None:
    write("one/p.json", policy)
    write("two/p.json", policy)
    write("three/q.json", policy)
    digests = [open_target(tmp_path / name).snapshot.digest for name in ("one", "two", "three")]
    assert digests[0] == digests[1] != digests[2]
    write("two/p.json", {**policy, "state": "disabled"})
    assert open_target(tmp_path / "two").snapshot.digest != digests[0]

"""The JSON Schema of every collection: sound in itself, and true of objects that real services gave."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tenantlint.snapshot.catalog import collection_names, collection_schema, spec_of
from tenantlint.snapshot.schema import validate
from tenantlint.sources.registry import open_target

REPOSITORY = Path(__file__).resolve().parents[2]
CORPUS = REPOSITORY.parent / "shared" / "corpus"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not there")


@pytest.mark.parametrize("name", collection_names())
def test_schema_is_valid_permissive_and_knows_its_identity(name: str) -> None:
    schema = collection_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is True
    assert schema["description"].endswith(".")
    spec = spec_of(name)
    assert not (set(spec.identity) - set(schema["properties"])) or spec.service == "tenantlint"
    assert "enum" not in json.dumps(schema["properties"])  # the service adds members at any time


def test_every_collection_is_documented_with_its_file_and_identity() -> None:
    page = (REPOSITORY / "docs" / "snapshot-format.md").read_text(encoding="utf-8")
    missing = []
    for name in collection_names():
        spec = spec_of(name)
        file = {"folder": f"{name}/", "lines": f"{name}.jsonl", "singleton": f"{name}.json"}[spec.storage]
        identity = ", ".join(f"`{rung}`" for rung in spec.identity)
        row = f"| `{file}` | {identity} | {collection_schema(name)['description'].rstrip('.')} |"
        if row not in page:
            missing.append(row)
    assert missing == []


@pytest.mark.parametrize(
    ("collection", "wrong"),
    [
        ("conditional_access_policies", {"id": "1", "state": 1}),
        ("conditional_access_policies", {"state": "enabled"}),
        ("conditional_access_policies", {"id": "1", "conditions": {"users": {"includeUsers": "All"}}}),
        ("group_members", {"group_id": "1", "members": "u1"}),
        ("group_members", {"group_id": "1", "members": [1]}),
        ("users", {"id": "1", "accountEnabled": "true"}),
        ("named_locations", {"id": "1", "ipRanges": [{"cidrAddress": 4}]}),
        ("sharepoint_tenant", {"SharingCapability": "2"}),
        ("anti_phish_policies", {"Name": "x", "Enabled": "True"}),
        ("teams_meeting_policies", {"AllowAnonymousUsersToStartMeeting": True}),
    ],
)
def test_schema_refuses_what_no_service_sends(collection: str, wrong: dict[str, object]) -> None:
    assert not Draft202012Validator(collection_schema(collection)).is_valid(wrong)


@pytest.mark.parametrize(
    ("collection", "sound"),
    [
        ("conditional_access_policies", {"displayName": "a template", "state": "enabled"}),
        ("conditional_access_policies", {"id": "1", "state": "somethingNew", "conditions": {"agents": {}}}),
        ("conditional_access_policies", {"id": "1", "conditions": None, "grantControls": None}),
        ("named_locations", {"displayName": "x", "@odata.type": "#microsoft.graph.newKindOfLocation"}),
        ("teams_federation_configuration", {"AllowedDomains": {"AllowedDomain": "Domain=a.example"}}),
        ("sharepoint_tenant", {"SharingCapability": 2, "SomethingNew": {"deep": [1]}}),
        ("security_defaults", {"isEnabled": False}),
    ],
)
def test_schema_admits_fragments_and_what_the_service_may_add(collection: str, sound: dict[str, object]) -> None:
    Draft202012Validator(collection_schema(collection)).validate(sound)


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize("source", ["scubagear/ProviderSettingsExport.json", "conditional-access/j0eyv"])
def test_schemas_hold_for_real_exports(source: str) -> None:
    snapshot = open_target(CORPUS / source).snapshot
    assert sum(len(found) for found in snapshot.collections.values()) > 30
    assert [str(fault) for fault in validate(snapshot)] == []


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize("name", ["aad", "securitysuite", "sharepoint", "teams", "exo"])
def test_schemas_hold_for_fragments_that_hold_a_single_key(name: str, tmp_path: Path) -> None:
    cases = [json.loads(line) for line in (CORPUS / "scubagear" / f"{name}.jsonl").read_text("utf-8").splitlines()]
    faults = {}
    for case in cases:
        if not case["input"]:
            continue
        path = tmp_path / "fragment.json"
        path.write_text(json.dumps(case["input"]), encoding="utf-8")
        # A preset rule's State is text; some of these cases, made by hand, say false for a preset that is off.
        found = [str(one) for one in validate(open_target(path).snapshot) if "State must be string" not in str(one)]
        if found:
            faults[case["name"]] = found
    assert faults == {}


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize(
    ("file", "collection"), [("secureScore", "secure_scores"), ("profiles", "secure_score_control_profiles")]
)
def test_schemas_hold_for_a_real_secure_score(file: str, collection: str) -> None:
    found = json.loads((CORPUS / "secure-score" / f"{file}.json").read_text(encoding="utf-8-sig"))
    objects = found.get("value", [found]) if isinstance(found, dict) else found
    validator = Draft202012Validator(collection_schema(collection))
    assert objects
    for one in objects:
        validator.validate(one)

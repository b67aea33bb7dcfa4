"""A snapshot in memory, and the catalogue of collections."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tenantlint.model import CollectionStatus, Position, Tenant
from tenantlint.snapshot import (
    Collection,
    Origin,
    Snapshot,
    Storage,
    collection_names,
    collection_of_kind,
    collection_schema,
    identity_of,
    name_of,
    positions,
    spec_of,
)

Make = Callable[..., Snapshot]


def test_a_collection_is_loaded_once_and_on_first_use() -> None:
    loads: list[int] = []

    def load() -> tuple[list[dict[str, str]], list[Origin]]:
        loads.append(1)
        return [{"id": "a"}, {"id": "b"}], [Origin("f", line=1), Origin("f", line=2)]

    users = Collection("users", load=load)
    assert loads == []
    assert (len(users), [user["id"] for user in users], users.find("b"), users.find("c")) == (2, ["a", "b"], 1, None)
    assert users.origins[1] == Origin("f", line=2)
    assert loads == [1]


def test_objects_of_a_collection_that_is_not_ok_are_not_judged(tenant: Make) -> None:
    opened = tenant({"users": CollectionStatus.DENIED}, users=[{"id": "a"}], organization=[{"id": "o"}])
    assert list(opened.items("users")) == []
    assert opened.status("groups") is CollectionStatus.NOT_COLLECTED
    assert opened.singleton("organization") == {"id": "o"}
    assert opened.singleton("security_defaults") is None
    assert opened.info().statuses == {"organization": CollectionStatus.OK, "users": CollectionStatus.DENIED}


def test_objects_and_values_are_located_through_their_origin() -> None:
    text = json.dumps({"ca": [{"Id": "x"}, {"id": "p", "conditions": {"users": 1}}]}, indent=1)
    opened = Snapshot(
        tenant=Tenant(),
        collections={
            "conditional_access_policies": Collection(
                "conditional_access_policies", items=[{"id": "p"}, {"id": "q"}], origins=[Origin("e.json", "/ca/1")]
            ),
            "domains": Collection("domains", items=[{"id": "d"}], origins=[Origin("gone.json")]),
        },
        files={"e.json": text.encode},
    )
    assert opened.locate("conditional_access_policies", "p") == Position(file="e.json", line=6, column=3)
    assert opened.locate("conditional_access_policies", "p", "/Conditions/users") == Position(
        file="e.json", line=9, column=14
    )
    assert opened.locate("conditional_access_policies", "q") is None  # no origin
    assert opened.locate("conditional_access_policies", "nobody") is None
    assert opened.locate("domains", "d") is None  # no such file
    assert opened.locate("users", "d") is None


def test_the_ladder_of_identity_is_climbed_to_the_first_value() -> None:
    anti_phish = spec_of("anti_phish_policies")
    assert identity_of(anti_phish, {"Guid": "g", "Identity": "i", "Name": "n"}) == "g"
    assert identity_of(anti_phish, {"Guid": None, "Identity": "", "Name": "n"}) == "n"
    assert identity_of(anti_phish, {"Guid": True, "Identity": {"x": 1}}) == ""
    assert identity_of(spec_of("security_defaults"), {}) == "security_defaults"
    assert name_of(anti_phish, {"Guid": "g"}) == "g"


def test_every_collection_is_described_and_found_by_its_kind() -> None:
    assert len(collection_names()) > 80
    for name in collection_names():
        spec = spec_of(name)
        assert spec.known
        assert collection_of_kind(spec.kind) == name
        assert spec.identity
        assert spec.delivery in {"raw", "facts"}
    assert collection_of_kind("nothing") is None


def test_an_unknown_collection_is_a_folder_of_objects_with_an_id() -> None:
    spec = spec_of("my_things")
    assert (spec.known, spec.storage, spec.kind) == (False, Storage.FOLDER, "my_things")
    with pytest.raises(KeyError):
        collection_schema("my_things")


CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "scubagear" / "ProviderSettingsExport.json"


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus is not here")
def test_values_of_a_real_export_are_located_where_they_stand() -> None:
    data = CORPUS.read_bytes()
    text = positions.SourceText(data)
    lines = text.text.split("\n")
    export = json.loads(text.text)
    for index, policy in enumerate(export["conditional_access_policies"]):
        line, column = positions.locate(text, f"/conditional_access_policies/{index}/id")
        assert lines[line - 1][column - 1 :].startswith(json.dumps(policy["Id"]))

"""Validation by JSON Schema: the quick test agrees with jsonschema, and faults are named with their place."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tenantlint.model import Tenant
from tenantlint.snapshot import Collection, Snapshot, collection_names, collection_schema
from tenantlint.snapshot.schema import quick_test, validate
from tenantlint.snapshot.store import open_snapshot

Folder = Callable[[Mapping[str, str | bytes]], Path]
Make = Callable[..., Snapshot]


def test_every_collection_has_a_schema_that_jsonschema_accepts_and_the_quick_test_knows() -> None:
    for name in collection_names():
        schema = collection_schema(name)
        Draft202012Validator.check_schema(schema)
        assert quick_test(schema) is not None, name


TYPES = ("string", "boolean", "null", "object", "array", "integer", "number")
PLAIN = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(TYPES) | st.lists(st.sampled_from(TYPES), min_size=1, max_size=3, unique=True),
        "minLength": st.integers(0, 2),
        "required": st.lists(st.sampled_from("ab"), unique=True),
        "description": st.just("x"),
        "additionalProperties": st.just(True),
    },
)
SCHEMAS = st.recursive(
    PLAIN,
    lambda inner: st.builds(
        lambda plain, more: {**plain, **more},
        PLAIN,
        st.fixed_dictionaries(
            {},
            optional={
                "properties": st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
                "items": inner,
                "anyOf": st.lists(inner, min_size=1, max_size=2),
                "maxLength": st.just(1),
            },
        ),
    ),
    max_leaves=6,
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from([0.0, 1.5]) | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)


@given(SCHEMAS, VALUES)
def test_what_the_quick_test_passes_is_valid(schema: dict[str, Any], value: object) -> None:
    test = quick_test(schema)
    if test is not None and test(value):
        assert Draft202012Validator(schema).is_valid(value)


@given(SCHEMAS.filter(lambda schema: "maxLength" not in json.dumps(schema)), VALUES)
def test_the_quick_test_passes_all_that_is_valid_but_whole_floats(schema: dict[str, Any], value: object) -> None:
    test = quick_test(schema)
    assert test is not None
    if "0.0" not in json.dumps(value):
        assert test(value) == Draft202012Validator(schema).is_valid(value)


def test_an_unknown_keyword_is_left_to_jsonschema() -> None:
    assert quick_test({"pattern": "a"}) is None
    assert quick_test({"properties": {"a": {"enum": [1]}}}) is None
    assert quick_test({"items": {"not": {}}}) is None
    assert quick_test({"additionalProperties": False}) is None
    assert quick_test({"type": "decimal"}) is None


def test_a_fault_is_named_with_file_place_and_object(folder: Folder) -> None:
    policy = """{"id": "p1",
 "displayName": "Mine",
 "Conditions": 1,
 "conditions": {"users": {"includeUsers": "All"}}}"""
    root = folder(
        {
            "conditional_access_policies/a.json": policy,
            "conditional_access_policies/b.json": '{"id": "p2", "conditions": null, "new": {"x": 1}}',
            "users.jsonl": '{"id": "u1"}\n{"id": "u2", "accountEnabled": "yes"}\n',
            "mine/x.json": '{"id": 1}',
        }
    )
    assert [str(error).replace(root.as_posix(), "T") for error in validate(open_snapshot(root))] == [
        "T/conditional_access_policies/a.json:4:43: conditional_access_policies `Mine`: conditions/users/includeUsers "
        "must be array or null, not 'All'; `tenantlint schema conditional_access_policies` shows what it may be.",
        "T/users.jsonl:2:32: users `u2`: accountEnabled must be boolean or null, not 'yes'; "
        "`tenantlint schema users` shows what it may be.",
    ]


def test_an_object_without_identity_is_told_what_it_needs() -> None:
    snapshot = Snapshot(tenant=Tenant(), collections={"users": Collection("users", items=[{"mail": "x"}])})
    (error,) = validate(snapshot)
    assert error.problem == "an object of users: it must have one of `id`, `displayName`"


def test_many_faults_are_counted() -> None:
    items = [{"id": str(index), "mail": 1} for index in range(50)]
    errors = validate(Snapshot(tenant=Tenant(), collections={"users": Collection("users", items=items)}))
    assert len(errors) == 21
    assert errors[-1].problem == "30 more objects of users are not as its schema says"


def test_a_sound_tenant_of_many_users_is_validated_quickly(tenant: Make) -> None:
    users = [{"id": str(index), "displayName": "x", "assignedLicenses": [{"skuId": "s"}]} for index in range(20_000)]
    started = time.perf_counter()
    assert validate(tenant(users=users)) == []
    assert time.perf_counter() - started < 1.5


@pytest.mark.parametrize("name", ["users", "conditional_access_policies"])
def test_an_empty_collection_is_valid(tenant: Make, name: str) -> None:
    assert validate(tenant(**{name: []})) == []

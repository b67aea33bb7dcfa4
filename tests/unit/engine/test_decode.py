"""Raw findings are decoded strictly: a wrong shape is an error that names the check."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.engine.decode import decode_findings, decode_reasons
from tenantlint.errors import EngineError
from tenantlint.model import Check, Principal, Resource, Severity, Violation

CHECK = Check(
    id="X001",
    slug="thing",
    title="A thing is right",
    description="",
    severity=Severity.LOW,
    service="own",
    package="custom.checks.own.thing",
    path="own/thing.rego",
    requires=("users",),
)
MINIMAL: dict[str, Any] = {"resource": {"kind": "user", "id": "u1", "name": ""}, "message": "wrong", "evidence": {}}


def test_everything_a_check_may_say_is_kept() -> None:
    raw = {
        "resource": {"kind": "group", "id": "g1", "name": "Sales"},
        "message": "too many",
        "evidence": {"/members": 3},
        "principals": [
            {"id": "u2", "kind": "user", "name": "B", "enabled": False},
            {"id": "u1", "kind": "user", "name": None},
        ],
        "population": "mfa/open",
        "key": ["a", 1],
        "depends_on": ["users", "groups", "users"],
        "pointer": "/members",
    }
    assert decode_findings(CHECK, [raw]) == (
        Violation(
            resource=Resource(kind="group", id="g1", name="Sales"),
            message="too many",
            evidence={"/members": 3},
            principals=(
                Principal(id="u1", kind="user"),
                Principal(id="u2", kind="user", name="B", enabled=False),
            ),
            populations=("mfa/open",),
            key=["a", 1],
            depends_on=("groups", "users"),
            pointer="/members",
        ),
    )


def test_populations_may_be_a_list() -> None:
    assert decode_findings(CHECK, [{**MINIMAL, "population": ["b", "a"]}])[0].populations == ("a", "b")


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ([[]], "it must be an object, not a list"),
        (["text"], "it must be an object, not text"),
        ([{"message": "m", "evidence": {}}], "it lacks `resource`"),
        ([{**MINIMAL, "severity": "high"}], "it has an unknown key `severity`"),
        ([{**MINIMAL, "resource": "u1"}], "`resource` must be an object, not text"),
        ([{**MINIMAL, "resource": {"kind": "user", "id": "u1"}}], "`resource` lacks `name`"),
        ([{**MINIMAL, "resource": {"kind": "user", "id": 7, "name": ""}}], "`id` must be text, not a number"),
        ([{**MINIMAL, "resource": {"kind": "user", "id": "", "name": ""}}], "`id` is empty"),
        ([{**MINIMAL, "resource": {"kind": "user", "id": None, "name": ""}}], "`id` must be text, not null"),
        ([{**MINIMAL, "message": ""}], "`message` is empty"),
        ([{**MINIMAL, "message": True}], "`message` must be text, not a boolean"),
        ([{**MINIMAL, "evidence": []}], "`evidence` must be an object, not a list"),
        ([{**MINIMAL, "principals": {}}], "`principals` must be a list or set, not an object"),
        ([{**MINIMAL, "principals": ["u1"]}], "a principal must be an object, not text"),
        ([{**MINIMAL, "principals": [{"id": "u1"}]}], "a principal lacks `kind`"),
        ([{**MINIMAL, "principals": [{"id": "u1", "kind": "person"}]}], "a principal's `kind` is 'person'"),
        (
            [{**MINIMAL, "principals": [{"id": "u1", "kind": "user", "enabled": "yes"}]}],
            "a principal's `enabled` must be a boolean",
        ),
        ([{**MINIMAL, "population": 3}], "`population` must be a text or a list of texts"),
        ([{**MINIMAL, "depends_on": [""]}], "`depends_on` must be a text or a list of texts"),
        ([{**MINIMAL, "pointer": "state"}], "`pointer` must be a JSON pointer"),
    ],
)
def test_a_wrong_shape_names_the_check_the_finding_and_the_fault(raw: list[Any], problem: str) -> None:
    with pytest.raises(EngineError) as caught:
        decode_findings(CHECK, [MINIMAL, *raw])
    assert str(caught.value).startswith(f"own/thing.rego: finding 2 of X001: {problem}")


@pytest.mark.parametrize("raw", [None, {}, "x", 3, True])
def test_findings_that_are_no_set_are_an_error(raw: Any) -> None:
    with pytest.raises(EngineError, match="`findings` of X001 is no set"):
        decode_findings(CHECK, raw)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xy"), st.integers(0, 2)), max_size=8), st.randoms())
def test_the_order_does_not_depend_on_the_engine(parts: list[tuple[str, str, int]], chance: random.Random) -> None:
    raw = [
        {"resource": {"kind": kind, "id": identity, "name": ""}, "message": "m", "evidence": {}, "key": key}
        for kind, identity, key in parts
    ]
    shuffled = list(raw)
    chance.shuffle(shuffled)
    assert decode_findings(CHECK, raw) == decode_findings(CHECK, shuffled)


def test_reasons_are_sorted_sentences() -> None:
    assert decode_reasons(CHECK, ["b", "a"]) == ("a", "b")


@pytest.mark.parametrize("raw", [None, True, {"a": 1}, [""], ["  "], [3]])
def test_reasons_of_another_shape_are_an_error(raw: Any) -> None:
    with pytest.raises(EngineError, match="`not_applicable` of X001 must be a set of sentences"):
        decode_reasons(CHECK, raw)

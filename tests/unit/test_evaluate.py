"""Outcomes: which verdict each state of the data gets, with the real engine and small checks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.checks.catalog import load
from tenantlint.engine import Engine, open_engine
from tenantlint.evaluate import Settings, count_principals, evaluate, fingerprint
from tenantlint.model import (
    Certainty,
    Check,
    CheckResult,
    CollectionStatus,
    Module,
    Outcome,
    Parameter,
    Principal,
    Severity,
    Tenant,
)
from tenantlint.snapshot import Collection, Snapshot

NOW = datetime(2026, 11, 23, tzinfo=UTC)
REGO = """package custom.checks.small.check

import rego.v1

findings contains finding if {
	some policy in input.collections.conditional_access_policies
	policy.state == "disabled"
	finding := {
		"resource": {"kind": "conditionalAccessPolicy", "id": policy.id, "name": policy.displayName},
		"message": "disabled",
		"evidence": {"limit": input.parameters.limit, "moment": input.now},
	}
}

findings contains finding if {
	input.statuses.named_locations != "ok"
	some policy in input.collections.conditional_access_policies
	policy.state == "unsure"
	finding := {
		"resource": {"kind": "conditionalAccessPolicy", "id": policy.id, "name": ""},
		"message": "unsure",
		"evidence": {},
		"depends_on": ["locations"],
	}
}

findings contains finding if {
	some policy in input.collections.conditional_access_policies
	policy.state == "twice"
	some number in [1, 2]
	finding := {
		"resource": {"kind": "conditionalAccessPolicy", "id": policy.id, "name": ""},
		"message": sprintf("number %d", [number]),
		"evidence": {},
	}
}

findings contains to_number(policy.number) if {
	some policy in input.collections.conditional_access_policies
	policy.number
}

not_applicable contains "There is no policy." if count(input.collections.conditional_access_policies) == 0
"""


def _check(**changes: Any) -> Check:
    fields: dict[str, Any] = {
        "id": "CA900",
        "slug": "check",
        "title": "",
        "description": "",
        "severity": Severity.HIGH,
        "service": "small",
        "package": "custom.checks.small.check",
        "path": "policies/checks/small/check.rego",
        "requires": ("conditional_access_policies",),
        "refines": ("named_locations",),
        "parameters": {"limit": Parameter(name="limit", type="integer", default=3, meaning="")},
        "tells_not_applicable": True,
    }
    return Check(**(fields | changes))


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with open_engine() as opened:
        opened.load([Module(path="policies/checks/small/check.rego", text=REGO)])
        yield opened


def _snapshot(*policies: dict[str, Any], status: CollectionStatus = CollectionStatus.OK, **fields: Any) -> Snapshot:
    collections = {"conditional_access_policies": Collection("conditional_access_policies", status, items=policies)}
    return Snapshot(tenant=Tenant(id="t"), collections=collections, **fields)


def _judge(engine: Engine, snapshot: Snapshot, check: Check | None = None, **settings: Any) -> CheckResult:
    given_settings = Settings(**({"now": NOW, "parameters": {}, "severities": {}} | settings))
    (result,) = evaluate([check or _check()], snapshot, engine, given_settings)
    return result


def _policy(state: str, **more: Any) -> dict[str, Any]:
    return {"id": "p1", "displayName": "P", "state": state, **more}


def test_no_finding_is_a_pass_and_a_finding_a_fail(engine: Engine) -> None:
    assert _judge(engine, _snapshot(_policy("enabled"))).outcome is Outcome.PASS
    assert _judge(engine, _snapshot(_policy("disabled"))).outcome is Outcome.FAIL


def test_findings_that_hang_on_an_unknown_are_inconclusive(engine: Engine) -> None:
    result = _judge(engine, _snapshot(_policy("unsure")))
    assert (result.outcome, result.reason) == (Outcome.INCONCLUSIVE, "Depends on locations.")
    assert result.findings[0].certainty is Certainty.DEPENDS


def test_a_certain_finding_beside_an_uncertain_one_is_a_fail(engine: Engine) -> None:
    result = _judge(engine, _snapshot(_policy("unsure"), _policy("disabled", id="p2")))
    assert result.outcome is Outcome.FAIL


def test_nothing_to_judge_is_not_applicable(engine: Engine) -> None:
    result = _judge(engine, _snapshot())
    assert (result.outcome, result.reason) == (Outcome.NOT_APPLICABLE, "There is no policy.")


@pytest.mark.parametrize("status", [one for one in CollectionStatus if one is not CollectionStatus.OK])
def test_a_required_collection_that_is_not_ok_is_never_judged(engine: Engine, status: CollectionStatus) -> None:
    result = _judge(engine, _snapshot(_policy("disabled"), status=status))
    wanted = Outcome.NOT_APPLICABLE if status is CollectionStatus.UNLICENSED else Outcome.NOT_EVALUATED
    assert (result.outcome, result.findings) == (wanted, ())
    assert f"conditional_access_policies is {status.value}" in (result.reason or "")


def test_one_of_several_required_collections_is_enough(engine: Engine) -> None:
    check = _check(requires=("conditional_access_policies|security_defaults",))
    assert _judge(engine, _snapshot(_policy("enabled")), check).outcome is Outcome.PASS
    nothing = Snapshot(tenant=Tenant(id="t"), collections={})
    assert _judge(engine, nothing, check).outcome is Outcome.NOT_EVALUATED


def test_what_could_not_be_read_keeps_a_check_from_passing_but_hides_no_finding(engine: Engine) -> None:
    def snapshot(state: str) -> Snapshot:
        collection = Collection("conditional_access_policies", items=[_policy(state)], left_out=2)
        return Snapshot(tenant=Tenant(id="t"), collections={collection.name: collection})

    result = _judge(engine, snapshot("enabled"))
    assert result.outcome is Outcome.INCONCLUSIVE
    assert result.reason == "Depends on 2 files or objects of the source that could not be read."
    assert _judge(engine, snapshot("disabled")).outcome is Outcome.FAIL


@pytest.mark.parametrize(
    ("licences", "outcome"),
    [
        (None, Outcome.PASS),
        (frozenset(), Outcome.NOT_APPLICABLE),
        (frozenset({"entra_p1"}), Outcome.PASS),
        (frozenset({"entra_p2"}), Outcome.PASS),
        (frozenset({"intune"}), Outcome.NOT_APPLICABLE),
    ],
)
def test_a_licence_counts_only_when_it_is_known_to_lack(
    engine: Engine, licences: frozenset[str] | None, outcome: Outcome
) -> None:
    result = _judge(engine, _snapshot(_policy("enabled"), licences=licences), _check(licences=("entra_p1",)))
    assert result.outcome is outcome


def test_an_engine_failure_is_an_error_with_check_and_position(engine: Engine) -> None:
    result = _judge(engine, _snapshot(_policy("enabled", number="seven")))
    assert result.outcome is Outcome.ERROR
    assert "CA900 failed" in (result.reason or "")
    assert "check.rego:" in (result.reason or "")


def test_a_finding_of_the_wrong_shape_is_an_error(engine: Engine) -> None:
    assert _judge(engine, _snapshot(_policy("enabled", number="7"))).outcome is Outcome.ERROR


def test_two_findings_with_one_fingerprint_are_an_error_that_asks_for_keys(engine: Engine) -> None:
    result = _judge(engine, _snapshot(_policy("twice")))
    assert result.outcome is Outcome.ERROR
    assert "give each its own `key`" in (result.reason or "")


def test_parameters_severity_and_time_reach_the_finding(engine: Engine) -> None:
    settings = {"parameters": {"CA900": {"limit": 9}}, "severities": {"CA900": Severity.LOW}}
    result = _judge(engine, _snapshot(_policy("disabled")), **settings)
    assert result.findings[0].severity is Severity.LOW
    assert result.findings[0].evidence == {"limit": 9, "moment": "2026-11-23T00:00:00Z"}
    assert _judge(engine, _snapshot(_policy("disabled"))).findings[0].evidence["limit"] == 3


_IDENTITIES = st.text(max_size=8)


@given(st.tuples(*[_IDENTITIES] * 4), st.tuples(*[_IDENTITIES] * 4))
def test_a_fingerprint_tells_every_part_apart(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert (fingerprint(*one, None) == fingerprint(*other, None)) is (one == other)


def test_a_fingerprint_depends_on_the_key_but_not_on_its_order() -> None:
    assert fingerprint("t", "c", "k", "i", {"a": 1, "b": 2}) == fingerprint("t", "c", "k", "i", {"b": 2, "a": 1})
    assert fingerprint("t", "c", "k", "i", {"a": 1}) != fingerprint("t", "c", "k", "i", {"a": 2})


_PEOPLE = st.builds(
    Principal,
    id=st.text("abc", min_size=1, max_size=2),
    kind=st.just("user"),
    enabled=st.sampled_from([True, False, None]),
)


@given(st.lists(_PEOPLE, unique_by=lambda one: one.id))
def test_counts_are_of_accounts_that_are_not_disabled(people: list[Principal]) -> None:
    counted = count_principals(people)
    assert counted.count == len([one for one in people if one.enabled is not False])
    assert counted.disabled == len(people) - (counted.count or 0)
    assert counted == count_principals(reversed(people))


def test_a_group_that_cannot_be_expanded_has_no_count() -> None:
    assert count_principals([Principal(id="g", kind="group")]).count is None


def test_no_shipped_check_passes_on_an_empty_snapshot() -> None:
    library = load()
    empty = Snapshot(tenant=Tenant(id="t"), collections={})
    with open_engine() as opened:
        opened.load(library.modules)
        results = evaluate(library.checks, empty, opened, Settings(now=NOW, parameters={}, severities={}))
    assert {result.outcome for result in results} == {Outcome.NOT_EVALUATED}
    assert len(results) == len(library.checks) >= 21


def test_no_shipped_check_passes_or_fails_for_certain_on_collections_that_are_ok_and_hold_nothing() -> None:
    """An `ok` singleton without its object tells nothing, and must not be taken for a setting that is right."""
    library = load()
    names = {name for check in library.checks for needed in check.requires for name in needed.split("|")}
    hollow = Snapshot(tenant=Tenant(id="t"), collections={name: Collection(name) for name in names})
    with open_engine() as opened:
        opened.load(library.modules)
        results = evaluate(library.checks, hollow, opened, Settings(now=NOW, parameters={}, severities={}))
    singletons = {
        "authorization_policy",
        "admin_audit_log_config",
        "sharepoint_tenant",
        "teams_federation_configuration",
    }
    for result in results:
        assert result.outcome is not Outcome.ERROR, result.reason
        if singletons & {name for needed in result.check.requires for name in needed.split("|")}:
            assert result.outcome is not Outcome.PASS, result.check.id
    json.dumps([result.reason for result in results])

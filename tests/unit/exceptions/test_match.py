"""Exceptions against findings: who is subtracted, who still counts, and what excuses nobody."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.directory import Directory
from tenantlint.evaluate import count_principals
from tenantlint.exceptions import match
from tenantlint.exceptions.match import members_sha256
from tenantlint.model import (
    Check,
    CheckResult,
    ExceptionState,
    Exemption,
    Finding,
    Outcome,
    Principal,
    Resource,
    Severity,
    Tenant,
)
from tenantlint.snapshot import Collection, Snapshot

TODAY = date(2026, 11, 23)
USERS = [f"u{number}" for number in range(6)]


def _directory() -> Directory:
    users = [{"id": one, "userPrincipalName": f"{one}@Contoso.example", "accountEnabled": True} for one in USERS]
    groups = [{"id": "g1", "displayName": "Scanners"}, {"id": "g2", "displayName": "Unknown members"}]
    members = [{"group_id": "g1", "members": ["u1", "u2"], "nested_groups": []}]
    collections = {
        "users": Collection("users", items=users),
        "groups": Collection("groups", items=groups),
        "group_members": Collection("group_members", items=members),
    }
    return Directory(Snapshot(tenant=Tenant(id="t"), collections=collections))


def _result(*ids: str, kind: str = "user", check_id: str = "CA001") -> CheckResult:
    check = Check(
        id=check_id,
        slug="s",
        title="",
        description="",
        severity=Severity.HIGH,
        service="",
        package="",
        path="",
        requires=(),
        mappings={"scuba": ("MS.AAD.1.1v1",)},
    )
    finding = Finding(
        check_id=check_id,
        fingerprint="f",
        severity=Severity.HIGH,
        message="m",
        resource=Resource(kind="conditionalAccessPolicy", id="P1"),
        principals=count_principals(Principal(id=one, kind=kind) for one in ids),
        evidence={},
        remediation="",
    )
    return CheckResult(check=check, outcome=Outcome.FAIL, findings=(finding,))


def _apply(result: CheckResult, *exemptions: Exemption) -> Finding:
    held = match.hold(exemptions, _directory(), TODAY, 30)
    (applied,) = match.apply([result], held)
    assert applied.outcome is Outcome.FAIL  # an exception is no pass
    return applied.findings[0]


def _exemption(**fields: object) -> Exemption:
    given: dict[str, object] = {"id": "EX-1", "kind": "service_account", "checks": ("CA001",), **fields}
    return Exemption(**given)  # type: ignore[arg-type]


@given(st.sets(st.sampled_from(USERS), min_size=1), st.sets(st.sampled_from(USERS)))
def test_what_is_left_is_the_set_difference(affected: set[str], excused: set[str]) -> None:
    finding = _apply(_result(*affected), _exemption(principals=tuple(excused)))
    assert finding.principals.remaining == len(affected - excused)
    assert finding.open_after_exceptions is bool(affected - excused)
    assert [one.principals for one in finding.exceptions] == ([len(affected & excused)] if affected & excused else [])


def test_a_group_excuses_its_members_and_a_domain_its_users() -> None:
    assert _apply(_result("u1", "u2", "u3"), _exemption(principals=("g1",))).principals.remaining == 1
    assert not _apply(_result("u1", "u3"), _exemption(principals=("contoso.example",))).open_after_exceptions


def test_letter_case_of_ids_does_not_matter() -> None:
    assert not _apply(_result("U1"), _exemption(principals=("u1",))).open_after_exceptions


def test_a_group_whose_members_are_unknown_excuses_only_itself() -> None:
    exemption = _exemption(principals=("g2",))
    assert _apply(_result("u1"), exemption).exceptions == ()
    finding = _apply(_result("g2", kind="group"), exemption)
    assert not finding.open_after_exceptions


@pytest.mark.parametrize(
    ("fields", "state", "is_open"),
    [
        ({"expires": date(2026, 12, 31)}, ExceptionState.ACTIVE, False),
        ({"expires": date(2026, 11, 23)}, ExceptionState.EXPIRING, False),
        ({"expires": date(2026, 11, 22)}, ExceptionState.EXPIRED, True),
        ({"max_members": 2}, ExceptionState.ACTIVE, False),
        ({"max_members": 1}, ExceptionState.GROWN, True),
        ({"approved_members_sha256": members_sha256(["u2", "u1"])}, ExceptionState.ACTIVE, False),
        ({"approved_members_sha256": members_sha256(["u1"])}, ExceptionState.GROWN, True),
    ],
)
def test_only_exceptions_in_force_excuse(fields: dict[str, object], state: ExceptionState, is_open: bool) -> None:
    finding = _apply(_result("u1", "u2"), _exemption(principals=("g1",), **fields))
    assert [one.state for one in finding.exceptions] == [state]
    assert finding.open_after_exceptions is is_open


@pytest.mark.parametrize(
    ("checks", "bears"),
    [(("CA0*",), True), (("CA1*",), False), (("scuba:MS.AAD.1.1v1",), True), (("scuba:MS.AAD.2.1v1",), False)],
)
def test_a_pattern_names_checks_by_id_or_by_control(checks: tuple[str, ...], bears: bool) -> None:
    finding = _apply(_result("u1"), _exemption(principals=("u1",), checks=checks))
    assert finding.open_after_exceptions is not bears


def test_an_exception_for_one_resource_leaves_others() -> None:
    other = _exemption(principals=("u1",), resources=(("conditionalAccessPolicy", "P2"),))
    own = _exemption(principals=("u1",), resources=(("conditionalAccessPolicy", "p1"),))
    assert _apply(_result("u1"), other).open_after_exceptions
    assert not _apply(_result("u1"), own).open_after_exceptions


def test_a_setting_without_principals_is_covered_by_an_exception_without_principals_only() -> None:
    assert not _apply(_result(), _exemption()).open_after_exceptions
    assert _apply(_result(), _exemption(principals=("u1",))).open_after_exceptions
    assert _apply(_result("u1"), _exemption()).open_after_exceptions


def test_an_omission_covers_the_whole_check() -> None:
    omission = _exemption(checks=("scuba:MS.AAD.1.1v1",), whole_check=True, imported=True)
    assert not _apply(_result("u1", "u5"), omission).open_after_exceptions


def test_two_exceptions_add_up() -> None:
    first, second = _exemption(principals=("u1",)), _exemption(id="EX-2", principals=("u2",))
    finding = _apply(_result("u1", "u2"), first, second)
    assert (finding.open_after_exceptions, [one.id for one in finding.exceptions]) == (False, ["EX-1", "EX-2"])


def test_emergency_accounts_are_those_of_entries_in_force_with_group_members() -> None:
    entries = (
        _exemption(id="A", kind="break_glass", principals=("g1",)),
        _exemption(id="B", kind="break_glass", principals=("u5",), expires=date(2020, 1, 1)),
        _exemption(id="C", principals=("u4",)),
    )
    held = match.hold(entries, _directory(), TODAY, 30)
    assert match.break_glass_ids(held) == {"g1", "u1", "u2"}


def test_the_controls_of_emergency_accounts_are_those_of_all_their_entries_in_force() -> None:
    entries = (
        _exemption(id="A", kind="break_glass", principals=("g1",), compensating_controls=("Alert",)),
        _exemption(id="B", kind="break_glass", principals=("U1",), compensating_controls=("Two safes",)),
        _exemption(id="C", principals=("u1",), compensating_controls=("Other",)),
    )
    held = match.hold(entries, _directory(), TODAY, 30)
    assert match.break_glass_controls(held) == {"g1": ("Alert",), "u1": ("Alert", "Two safes"), "u2": ("Alert",)}


def test_imported_exceptions_are_told_with_what_they_lack() -> None:
    (notice,) = match.imported_notices([_exemption(imported=True, source="x.json"), _exemption()])
    assert "no owner and no end" in notice.message

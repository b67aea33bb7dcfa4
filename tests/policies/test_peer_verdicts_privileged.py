"""Wrong verdicts of the peers on privileged access, each with the outcome that is right.

ScubaGear: W10, W11, W13 and two more, verified against its unmodified rules. Maester: as its code reads. Whatever is an
export of ScubaGear's here goes through the reader of such exports.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.policies.judging import tenant_of, verdict

from tenantlint.directory import Directory
from tenantlint.engine.interface import Engine
from tenantlint.exceptions import match
from tenantlint.model import CheckResult, Outcome
from tenantlint.snapshot import Snapshot
from tenantlint.sources import open_target

NOW = datetime(2026, 11, 23, tzinfo=UTC)
GA = "62e90394-69f5-4237-9190-012177145e10"
START = "2026-11-01T00:00:00Z"


def judge(
    engine: Engine, identity: str, snapshot: Snapshot, emergency: tuple[str, ...] = (), **given: Any
) -> CheckResult:
    """The verdict of one check, with the exceptions that the source brings."""
    held = match.hold(snapshot.exemptions, Directory(snapshot), date(2026, 11, 23), 30)
    found = verdict(engine, identity, snapshot, parameters={identity: given}, emergency=emergency)
    (result,) = match.apply([found], held)
    return result


def export(folder: Path, **keys: Any) -> Snapshot:
    file = folder / "ProviderSettingsExport.json"
    file.write_text(json.dumps(keys), encoding="utf-8")
    return open_target(file).snapshot


def role(*assignments: dict[str, Any], rules: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    made = [{"RuleSource": "Global Administrator", "RuleSourceType": "Directory Role", **one} for one in rules or []]
    return {
        "DisplayName": "Global Administrator",
        "RoleTemplateId": GA,
        "Assignments": list(assignments),
        "Rules": made,
    }


def standing(principal: str, start: str | None = None, end: str | None = None) -> dict[str, Any]:
    return {"PrincipalId": principal, "StartDateTime": start, "EndDateTime": end, "AssignmentType": "Assigned"}


def assigned(principal: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"{principal}-ga",
        "principalId": principal,
        "roleDefinitionId": GA,
        "directoryScopeId": "/",
        "assignmentType": "Assigned",
        "startDateTime": START,
        "endDateTime": None,
        **more,
    }


def user(identity: str, **more: Any) -> dict[str, Any]:
    return {"id": identity, "displayName": identity, "accountEnabled": True, "userType": "Member", **more}


def open_findings(result: CheckResult) -> list[str]:
    return [finding.message for finding in result.findings if finding.open_after_exceptions]


# --- ScubaGear -----------------------------------------------------------------------------------------------------


def test_w11_an_assignment_that_ends_in_2099_stands(engine: Engine, tmp_path: Path) -> None:
    far = export(tmp_path, privileged_roles=[role(standing("u", "2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z"))])
    result = judge(engine, "PA002", far, max_days=366, include_service_principals=True)
    assert result.outcome is Outcome.FAIL


def test_w10_an_excluded_group_is_taken_at_its_members_and_not_at_its_id(engine: Engine) -> None:
    """The group is declared, and so are those in it: somebody beside them still stands."""
    held = tenant_of(
        users=[user("declared"), user("other")],
        groups=[{"id": "g", "displayName": "Rescue"}, {"id": "h", "displayName": "Administrators"}],
        group_members=[{"group_id": "g", "members": ["declared"]}, {"group_id": "h", "members": ["declared", "other"]}],
        role_assignment_schedule_instances=[assigned("g"), assigned("h")],
    )
    result = judge(engine, "PA002", held, emergency=("g", "declared"))
    assert open_findings(result) == ['The group "Administrators" (1 member) holds Global Administrator without an end.']


def test_7_4_who_stands_in_an_excluded_group_is_seen(engine: Engine, tmp_path: Path) -> None:
    """ScubaGear's exclusion of a group excuses the group's own assignment; a member's own is nobody's exception."""
    config = {"Aad": {"MS.AAD.7.4v1": {"RoleExclusions": {"Groups": ["g"], "Users": []}}}}
    given = export(tmp_path, privileged_roles=[role(standing("g"), standing("member"))], scuba_config=config)
    result = judge(engine, "PA002", given, include_service_principals=True)
    assert open_findings(result) == ['The principal "member" holds Global Administrator without an end.']


def test_7_1_ten_global_administrators_with_eight_names_are_ten(engine: Engine, tmp_path: Path) -> None:
    people = {
        f"u{number}": {
            "DisplayName": f"Name {number % 8}",
            "OnPremisesImmutableId": None,
            "roles": ["Global Administrator"],
        }
        for number in range(10)
    }
    result = judge(engine, "PA001", export(tmp_path, privileged_users=people), max_global_admins=8)
    assert open_findings(result) == [
        "10 Global Administrators (0 active, 0 only eligible, 10 active or eligible), more than 8."
    ]
    eight = dict(list(people.items())[:8])
    assert judge(engine, "PA001", export(tmp_path, privileged_users=eight), max_global_admins=8).outcome is Outcome.PASS


def test_w13_an_approval_rule_that_is_absent_is_unknown(engine: Engine, tmp_path: Path) -> None:
    absent = export(tmp_path, privileged_roles=[role(rules=[{"Id": "Expiration_Admin_Assignment"}])])
    result = judge(engine, "PA010", absent)
    assert result.outcome is Outcome.INCONCLUSIVE
    approved = [{"Id": "Approval_EndUser_Assignment", "Setting": {"IsApprovalRequired": True}}]
    assert judge(engine, "PA010", export(tmp_path, privileged_roles=[role(rules=approved)])).outcome is Outcome.PASS


@pytest.mark.parametrize("check", ["PA001", "PA003", "PA004", "PA009", "PA010", "PA012", "PA013"])
def test_nothing_collected_is_no_pass(engine: Engine, check: str) -> None:
    """ScubaGear's rules hold 7.3 met over an empty export."""
    assert judge(engine, check, tenant_of()).outcome is Outcome.NOT_EVALUATED


def test_an_assignment_for_an_administrative_unit_is_not_for_the_tenant(engine: Engine) -> None:
    scoped = assigned("u", directoryScopeId="/administrativeUnits/x")
    held = tenant_of(users=[user("u")], role_assignment_schedule_instances=[scoped])
    assert judge(engine, "PA002", held).outcome is Outcome.PASS


def test_people_in_nested_groups_of_any_depth_hold_the_role(engine: Engine) -> None:
    """ScubaGear follows two levels. The members of a group are told through all of them here."""
    held = tenant_of(
        users=[user(f"u{number}", onPremisesSyncEnabled=None) for number in range(6)],
        groups=[{"id": one} for one in "abcd"],
        group_members=[
            {"group_id": "a", "members": [f"u{number}" for number in range(6)], "nested_groups": ["b", "c", "d"]}
        ],
        role_assignment_schedule_instances=[assigned("a")],
        role_eligibility_schedule_instances=[],
    )
    assert open_findings(judge(engine, "PA001", held)) == [
        "6 Global Administrators (6 active, 0 only eligible), more than 4."
    ]


# --- Maester -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "more"),
    [
        ("PA004", {"onPremisesSyncEnabled": True}),  # MT.1026
        ("PA006", {"userType": "Guest"}),  # MT.1025
        ("PA005", {"assignedLicenses": []}),  # MT.1028
    ],
)
def test_mt1025_to_1028_those_who_hold_a_role_through_a_group_count(
    engine: Engine, check: str, more: dict[str, Any]
) -> None:
    """Maester lists the assignments and never looks into a group that holds one."""
    held = tenant_of(
        users=[user("u", **{"onPremisesSyncEnabled": None, **more})],
        groups=[{"id": "g", "displayName": "Administrators"}],
        group_members=[{"group_id": "g", "members": ["u"]}],
        mailboxes=[{"ExternalDirectoryObjectId": "u"}],
        role_assignments=[assigned("g")],
    )
    assert judge(engine, check, held).outcome is Outcome.FAIL


def test_mt1027_applications_with_a_privileged_role_are_found(engine: Engine) -> None:
    """The branch for applications reads a property of a property that is never there, and so finds none."""
    held = tenant_of(
        users=[],
        service_principals=[{"id": "s", "displayName": "Backup", "accountEnabled": True}],
        role_assignment_schedule_instances=[assigned("s")],
    )
    result = judge(engine, "PA002", held, include_service_principals=True)
    assert open_findings(result) == ['The application "Backup" holds Global Administrator without an end.']


@pytest.mark.parametrize(
    ("check", "given"),
    [
        ("PA007", {}),  # MT.1029: accounts that rest
        ("PA009", {}),  # MT.1031: assigned past PIM
        ("PA001", {"min_global_admins": 0, "max_global_admins": 0, "count_emergency_accounts": False}),  # MT.1032
        ("PA002", {}),
    ],
)
def test_mt1029_to_1032_declared_emergency_accounts_count_everywhere(
    engine: Engine, check: str, given: dict[str, Any]
) -> None:
    """Maester guesses them for these tests and passes over its own configuration."""
    held = tenant_of(
        users=[user("e", createdDateTime="2020-01-01T00:00:00Z")],
        user_sign_in_activity=[{"id": "e"}],
        role_assignment_schedule_instances=[assigned("e", startDateTime=None)],
        role_eligibility_schedule_instances=[],
    )
    assert judge(engine, check, held, **given).outcome is Outcome.FAIL
    declared = judge(engine, check, held, emergency=("e",), **given)
    assert declared.outcome in {Outcome.PASS, Outcome.NOT_APPLICABLE}


# --- Prowler -------------------------------------------------------------------------------------------------------


def test_break_glass_accounts_are_declared_and_not_guessed_from_exclusions(engine: Engine) -> None:
    """Prowler takes whoever every policy leaves out for an emergency account, and asks nothing when there is none."""
    held = tenant_of(users=[user("e")], user_registration_details=[{"id": "e", "methodsRegistered": ["mobilePhone"]}])
    assert judge(engine, "PA022", held, emergency=("e",)).outcome is Outcome.FAIL
    assert judge(engine, "PA022", held).outcome is Outcome.NOT_APPLICABLE
    assert judge(engine, "PA020", tenant_of(role_assignments=[])).outcome is Outcome.INCONCLUSIVE


def test_approval_of_the_role_alone_is_no_approval_when_a_group_leads_around_it(engine: Engine, tmp_path: Path) -> None:
    """Prowler reads the rules of the role and none of those of groups that give it."""
    rules = [
        {"Id": "Approval_EndUser_Assignment", "Setting": {"IsApprovalRequired": True}},
        {
            "Id": "Approval_EndUser_Assignment",
            "Setting": {"IsApprovalRequired": False},
            "RuleSource": "Tier 0",
            "RuleSourceType": "PIM Group",
        },
    ]
    result = judge(engine, "PA010", export(tmp_path, privileged_roles=[role(rules=rules)]))
    assert open_findings(result) == [
        'Nobody approves the activation of the group "Tier 0", which gives Global Administrator.'
    ]

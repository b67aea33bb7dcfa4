"""Verdicts on applications, consent and guests where one value of one object does not tell, with what is right.

The controls of the peers ask for a switch, an object or a list of passwords (named by their ids here); whether that
switch reaches anybody, what goes before it, and what could not be read decide. Prowler is known to pass over a list
that it could not read (section 3.3 of the project's reference), and 8.3 is a manual control of ScubaGear.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.policies.conftest import library
from tests.policies.judging import tenant_of, verdict

from tenantlint.engine.interface import Engine
from tenantlint.model import CheckResult, CollectionStatus, Outcome

AT = datetime(2026, 11, 23, tzinfo=UTC)
TENANT = "11111111-1111-1111-1111-111111111111"
GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
ROLE_MANAGEMENT = "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8"
EVER = "0001-01-01T00:00:00Z"


def judge(engine: Engine, identity: str, **collections: Any) -> CheckResult:
    return verdict(engine, identity, tenant_of(TENANT, **collections))


def principal(**changes: Any) -> dict[str, Any]:
    return {
        "id": "sp",
        "appId": "app",
        "displayName": "Script",
        "accountEnabled": True,
        "appOwnerOrganizationId": TENANT,
        "passwordCredentials": [],
        "keyCredentials": [],
    } | changes


def application(*passwords: dict[str, Any]) -> dict[str, Any]:
    return {"id": "a", "appId": "app", "displayName": "Script", "passwordCredentials": list(passwords)}


PASSWORD = {"keyId": "k", "startDateTime": "2026-01-01T00:00:00Z", "endDateTime": "2027-01-01T00:00:00Z"}


def limits(*, state: str = "enabled", since: str = EVER, attributes: list[Any] | None = None) -> dict[str, Any]:
    addition = {
        "restrictionType": "passwordAddition",
        "state": state,
        "maxLifetime": None,
        "restrictForAppsCreatedAfterDateTime": since,
    }
    if attributes:
        addition["excludeActors"] = {"customSecurityAttributes": attributes}
    return {"passwordCredentials": [addition]}


def default_policy(**given: Any) -> dict[str, Any]:
    return {
        "id": "d",
        "isEnabled": True,
        "applicationRestrictions": limits(**given),
        "servicePrincipalRestrictions": limits(),
    }


def test_mt_1027_a_password_stands_on_the_registration_and_not_on_the_principal(engine: Engine) -> None:
    """An application of this tenant keeps its passwords there; those of the principal are a list of their own."""
    roles = [{"id": "r", "principalId": "sp", "roleDefinitionId": GLOBAL_ADMINISTRATOR, "directoryScopeId": "/"}]
    result = judge(
        engine,
        "AP016",
        service_principals=[principal()],
        applications=[application(PASSWORD)],
        role_assignments=roles,
    )
    assert result.outcome is Outcome.FAIL
    unread = judge(engine, "AP016", service_principals=[principal()], role_assignments=roles)
    assert unread.outcome is Outcome.INCONCLUSIVE


def test_mt_1027_a_role_through_a_group_is_a_role(engine: Engine) -> None:
    result = judge(
        engine,
        "AP016",
        service_principals=[principal(passwordCredentials=[PASSWORD])],
        role_assignments=[
            {"id": "r", "principalId": "g", "roleDefinitionId": GLOBAL_ADMINISTRATOR, "directoryScopeId": "/"}
        ],
        groups=[{"id": "g", "displayName": "Tools", "isAssignableToRole": True}],
        group_members=[{"group_id": "g", "members": ["sp"], "nested_groups": [], "status": "ok"}],
    )
    assert result.outcome is Outcome.FAIL


@pytest.mark.parametrize("identity", ["AP008", "AP002", "AP003", "AP011", "AP013", "EA003", "EA010", "EA011"])
@pytest.mark.parametrize("status", [CollectionStatus.DENIED, CollectionStatus.FAILED, CollectionStatus.TRUNCATED])
def test_prowler_what_could_not_be_read_does_not_pass(engine: Engine, identity: str, status: CollectionStatus) -> None:
    (check,) = [check for check in library().checks if check.id == identity]
    needed = {name: status for told in check.requires for name in told.split("|")}
    assert judge(engine, identity, **needed).outcome is Outcome.NOT_EVALUATED


def test_ms_aad_5_3_a_workflow_without_reviewers_reaches_nobody(engine: Engine) -> None:
    policy = {"isEnabled": True, "reviewers": []}
    assert judge(engine, "AP003", admin_consent_request_policy=policy).outcome is Outcome.FAIL


def test_ms_aad_5_3_the_workflow_is_on_where_the_old_setting_was_never_made(engine: Engine) -> None:
    policy = {"isEnabled": True, "reviewers": [{"query": "/users/1"}]}
    result = judge(engine, "AP003", admin_consent_request_policy=policy, group_settings=[])
    assert result.outcome is Outcome.PASS


def test_ms_aad_5_5_a_policy_for_some_applications_goes_before_the_default(engine: Engine) -> None:
    own = {"id": "o", "displayName": "Old", "isEnabled": True, "restrictions": limits(state="disabled")}
    freed = judge(
        engine,
        "AP008",
        default_app_management_policy=default_policy(),
        app_management_policies=[own | {"appliesTo": [{"id": "a", "displayName": "Script"}]}],
    )
    assert freed.outcome is Outcome.FAIL
    nobody = judge(
        engine,
        "AP008",
        default_app_management_policy=default_policy(),
        app_management_policies=[own | {"appliesTo": []}],
    )
    assert nobody.outcome is Outcome.PASS


def test_ms_aad_5_5_a_policy_that_is_off_limits_nothing(engine: Engine) -> None:
    policy = default_policy() | {"isEnabled": False}
    assert judge(engine, "AP008", default_app_management_policy=policy).outcome is Outcome.FAIL


def test_ms_aad_5_5_who_carries_an_exempt_attribute_is_free(engine: Engine) -> None:
    policy = default_policy(attributes=[{"id": "x", "value": "y"}])
    assert judge(engine, "AP008", default_app_management_policy=policy).outcome is Outcome.INCONCLUSIVE


def test_ms_aad_8_3_the_list_is_there_to_read(engine: Engine) -> None:
    """The peer asks a person to look; the list is JSON in a text."""
    lists = '{"B2BManagementPolicy":{"InvitationsAllowedAndBlockedDomainsPolicy":{"AllowedDomains":["a.example"]}}}'
    policy = {"id": "p", "isOrganizationDefault": True, "definition": [lists]}
    assert judge(engine, "EA003", b2b_management_policies=[policy]).outcome is Outcome.PASS
    blocking = policy | {"definition": [lists.replace("AllowedDomains", "BlockedDomains")]}
    assert judge(engine, "EA003", b2b_management_policies=[blocking]).outcome is Outcome.FAIL


def test_mt_1050_an_application_that_cannot_sign_in_takes_nothing_over(engine: Engine) -> None:
    grants = [{"id": "g", "principalId": "sp", "appRoleId": ROLE_MANAGEMENT}]

    def run(**changes: Any) -> Outcome:
        return judge(engine, "AP013", service_principals=[principal(**changes)], app_role_assignments=grants).outcome

    assert run() is Outcome.FAIL
    assert run(accountEnabled=False) is Outcome.PASS
    assert run(accountEnabled=None) is Outcome.FAIL

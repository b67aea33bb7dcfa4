"""Verdicts on who owns applications, which mailboxes these reach, and groups, where the peers look at one side only.

The ids name the controls: MT.1077 and MT.1078 read the owners of registrations, Prowler's control those of service
principals with a role; either owner adds a secret, and a list that could not be read is no empty list.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.policies.test_peer_verdicts_applications import ROLE_MANAGEMENT, application, judge, principal

from tenantlint.engine.interface import Engine
from tenantlint.model import CollectionStatus, Outcome

GRANT = {"id": "g", "appRoleId": ROLE_MANAGEMENT, "principalId": "sp", "resourceDisplayName": "Microsoft Graph"}
SEND = GRANT | {"appRoleId": "b633e1c5-b582-4048-a93e-9f11b44c7e96"}
OWNER = {"id": "u", "displayName": "Anna", "accountEnabled": True, "userType": "Member"}
NOBODY: dict[str, Any] = {
    "applications": [application()],
    "service_principals": [principal()],
    "app_role_assignments": [GRANT],
    "role_assignments": [],
    "application_owners": [],
    "service_principal_owners": [],
    "users": [OWNER],
}


@pytest.mark.parametrize("where", [{"application_owners": "a"}, {"service_principal_owners": "sp"}])
def test_mt_1077_an_owner_on_either_side_can_add_a_secret(engine: Engine, where: dict[str, str]) -> None:
    ((collection, owned),) = where.items()
    found = judge(engine, "AP018", **NOBODY | {collection: [{"id": owned, "owners": ["u"]}]})
    assert found.outcome is Outcome.FAIL
    assert judge(engine, "AP018", **NOBODY).outcome is Outcome.PASS


def test_prowler_owners_owners_that_could_not_be_read_are_not_none(engine: Engine) -> None:
    for collection in ("application_owners", "service_principal_owners"):
        found = judge(engine, "AP018", **NOBODY | {collection: CollectionStatus.DENIED})
        assert found.outcome is Outcome.NOT_EVALUATED


def test_mt_1063_an_owner_whose_account_is_disabled_signs_in_to_nothing(engine: Engine) -> None:
    given = NOBODY | {
        "application_owners": [{"id": "a", "owners": ["u"]}],
        "user_registration_details": [{"id": "u", "isMfaCapable": False}],
        "subscribed_skus": [],
    }
    assert judge(engine, "AP019", **given).outcome is Outcome.FAIL
    given["users"] = [OWNER | {"accountEnabled": False}]
    assert judge(engine, "AP019", **given).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("policies", "outcome"),
    [
        ([], Outcome.FAIL),
        ([{"Identity": "1", "AppId": "app", "AccessRight": "DenyAccess"}], Outcome.FAIL),
        ([{"Identity": "1", "AppId": "APP", "AccessRight": "RestrictAccess"}], Outcome.PASS),
        ([{"Identity": "1", "AppId": "other", "AccessRight": "RestrictAccess"}], Outcome.FAIL),
        (CollectionStatus.DENIED, Outcome.INCONCLUSIVE),
    ],
)
def test_prowler_mailbox_apps_a_policy_that_only_denies_limits_nothing(
    engine: Engine, policies: Any, outcome: Outcome
) -> None:
    given = NOBODY | {"app_role_assignments": [SEND], "application_access_policies": policies}
    assert judge(engine, "AP020", **given).outcome is outcome


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ('(user.userType -eq "Guest")', Outcome.PASS),
        ('(user.userType -eq "Guest") and (user.department -eq "Legal")', Outcome.FAIL),
        ('not (user.userType -eq "Guest")', Outcome.FAIL),
    ],
)
def test_prowler_group_for_guests_a_rule_that_names_guests_need_not_hold_them(
    engine: Engine, rule: str, outcome: Outcome
) -> None:
    group = {"id": "d", "displayName": "D", "groupTypes": ["DynamicMembership"], "membershipRule": rule}
    assert judge(engine, "EA012", dynamic_groups=[group]).outcome is outcome

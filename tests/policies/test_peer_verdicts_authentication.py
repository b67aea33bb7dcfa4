"""Wrong verdicts of the peers on methods, passwords and domains, each with the outcome that is right.

W14 is of the table in the project's reference. The others follow from how the peers read: ScubaGear and EIDSCA compare
one value of one object with one word, whoever it reaches, and take what is absent for nothing; Prowler takes what it
could not read for no.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.policies.judging import judge, verdict

from tenantlint.engine.interface import Engine
from tenantlint.model import CollectionStatus, Outcome
from tenantlint.sources import open_target

AT = datetime(2026, 11, 23, tzinfo=UTC)
USERS = [{"id": name, "displayName": name, "accountEnabled": True, "userType": "Member"} for name in ("a", "b", "c")]
GROUPS = {
    "users": USERS,
    "groups": [{"id": "sales", "displayName": "Sales"}, {"id": "empty", "displayName": "Empty"}],
    "group_members": [{"group_id": "sales", "members": ["a"]}, {"group_id": "empty", "members": []}],
}


def policy(*methods: dict[str, Any], migration: str = "migrationComplete", **more: Any) -> dict[str, Any]:
    return {
        "id": "authenticationMethodsPolicy",
        "policyMigrationState": migration,
        "authenticationMethodConfigurations": list(methods),
        **more,
    }


def method(
    identity: str, state: str = "enabled", groups: tuple[str, ...] = ("all_users",), **more: Any
) -> dict[str, Any]:
    targets = [{"targetType": "group", "id": group, "isUsableForSignIn": False} for group in groups]
    return {"id": identity, "state": state, "includeTargets": targets, "excludeTargets": [], **more}


def feature(state: str, group: str = "all_users") -> dict[str, Any]:
    return {"state": state, "includeTarget": {"targetType": "group", "id": group}}


def authenticator(group: str = "all_users", **features: Any) -> dict[str, Any]:
    return method("MicrosoftAuthenticator", groups=(group,), featureSettings=features)


# --- ScubaGear --------------------------------------------------------------------------------------------------------


def test_w14_a_single_domain_is_an_object_and_no_list(engine: Engine, tmp_path: Path) -> None:
    domain = {
        "Id": "contoso.example",
        "IsRoot": True,
        "IsVerified": True,
        "AuthenticationType": "Managed",
        "PasswordValidityPeriodInDays": 2147483647,
    }
    file = tmp_path / "ProviderSettingsExport.json"
    file.write_text(json.dumps({"domain_settings": domain}), encoding="utf-8")
    assert verdict(engine, "AU023", open_target(file).snapshot).outcome is Outcome.PASS
    file.write_text(json.dumps({"domain_settings": {**domain, "PasswordValidityPeriodInDays": 90}}), encoding="utf-8")
    assert verdict(engine, "AU023", open_target(file).snapshot).outcome is Outcome.FAIL


@pytest.mark.parametrize("identity", ["AU001", "AU006", "AU007", "AU008"])
def test_an_export_without_methods_meets_nothing(engine: Engine, identity: str) -> None:
    assert judge(engine, identity).outcome is Outcome.NOT_EVALUATED
    told_nothing = judge(engine, identity, authentication_methods_policy={"id": "authenticationMethodsPolicy"})
    assert told_nothing.outcome is Outcome.INCONCLUSIVE


def test_text_messages_that_reach_nobody_are_off(engine: Engine) -> None:
    found = judge(engine, "AU007", authentication_methods_policy=policy(method("Sms", groups=("empty",))), **GROUPS)
    assert found.outcome is Outcome.PASS


def test_text_messages_for_one_group_are_a_finding_for_its_people(engine: Engine) -> None:
    found = judge(engine, "AU007", authentication_methods_policy=policy(method("Sms", groups=("sales",))), **GROUPS)
    (finding,) = found.findings
    assert [one.id for one in finding.principals.members] == ["a"]


def test_a_method_is_not_off_while_the_older_policies_count(engine: Engine) -> None:
    before = policy(method("Voice", "disabled"), migration="migrationInProgress")
    assert judge(engine, "AU006", authentication_methods_policy=before, **GROUPS).outcome is Outcome.INCONCLUSIVE


def test_context_for_the_group_that_may_use_authenticator_is_context_for_all(engine: Engine) -> None:
    on = feature("enabled", "sales")
    features = {"displayAppInformationRequiredState": on, "displayLocationInformationRequiredState": on}
    told = policy(authenticator("sales", **features))
    assert judge(engine, "AU001", authentication_methods_policy=told, **GROUPS).outcome is Outcome.PASS
    wider = policy(authenticator("all_users", **features))
    assert judge(engine, "AU001", authentication_methods_policy=wider, **GROUPS).outcome is Outcome.FAIL


def test_a_tenant_without_passwords_of_its_own_has_nothing_to_judge(engine: Engine) -> None:
    domain = {"id": "contoso.example", "isVerified": True, "authenticationType": "Federated", "isRoot": True}
    assert judge(engine, "AU023", domains=[domain]).outcome is Outcome.NOT_APPLICABLE


# --- EIDSCA -----------------------------------------------------------------------------------------------------------


def test_number_matching_that_microsoft_enforces_is_on(engine: Engine) -> None:
    for features in ({}, {"numberMatchingRequiredState": feature("default")}):
        told = policy(authenticator(**features))
        assert judge(engine, "AU002", authentication_methods_policy=told, **GROUPS).outcome is Outcome.PASS


def test_one_target_that_signs_in_by_message_is_a_finding_among_others(engine: Engine) -> None:
    sms = method("Sms", groups=("all_users", "sales"))
    sms["includeTargets"][1]["isUsableForSignIn"] = True
    assert judge(engine, "AU009", authentication_methods_policy=policy(sms), **GROUPS).outcome is Outcome.FAIL
    sms["includeTargets"][1]["id"] = "empty"
    assert judge(engine, "AU009", authentication_methods_policy=policy(sms), **GROUPS).outcome is Outcome.PASS


def test_active_directory_is_judged_where_there_is_one(engine: Engine) -> None:
    cloud = {"id": "t", "onPremisesSyncEnabled": None}
    found = judge(engine, "AU017", group_settings=[], organization=cloud)
    assert found.outcome is Outcome.NOT_APPLICABLE
    hybrid = {"id": "t", "onPremisesSyncEnabled": True}
    assert judge(engine, "AU017", group_settings=[], organization=hybrid).outcome is Outcome.FAIL


def password_rules(**values: str) -> list[dict[str, Any]]:
    told = [{"name": name, "value": value} for name, value in values.items()]
    return [{"id": "s", "templateId": "5cf42378-d67d-4f36-ba46-e8b86229381d", "values": told}]


def test_an_empty_list_of_banned_passwords_bans_nothing(engine: Engine) -> None:
    empty = password_rules(EnableBannedPasswordCheck="True", BannedPasswordList="")
    assert judge(engine, "AU018", group_settings=empty).outcome is Outcome.FAIL


def test_a_setting_that_nobody_made_has_its_default(engine: Engine) -> None:
    assert judge(engine, "AU019", group_settings=[]).outcome is Outcome.PASS
    assert judge(engine, "AU020", group_settings=[]).outcome is Outcome.PASS
    assert judge(engine, "AU019", group_settings=CollectionStatus.DENIED).outcome is Outcome.NOT_EVALUATED


def test_attestation_is_judged_by_the_passkey_profiles_in_use(engine: Engine) -> None:
    fido2 = method(
        "Fido2",
        isAttestationEnforced=True,
        passkeyProfiles=[{"id": "p", "name": "Everybody", "attestationEnforcement": "disabled"}],
    )
    fido2["includeTargets"][0]["allowedPasskeyProfiles"] = ["p"]
    assert judge(engine, "AU012", authentication_methods_policy=policy(fido2), **GROUPS).outcome is Outcome.FAIL


# --- Prowler and Maester ----------------------------------------------------------------------------------------------


def test_registration_that_could_not_be_read_is_no_finding_for_every_user(engine: Engine) -> None:
    found = judge(engine, "AU024", user_registration_details=CollectionStatus.DENIED, users=USERS)
    assert found.outcome is Outcome.NOT_EVALUATED


def test_disabled_accounts_and_guests_need_no_method(engine: Engine) -> None:
    users = [{**USERS[0], "accountEnabled": False}, {**USERS[1], "userType": "Guest"}, USERS[2]]
    rows = [{"id": name, "isMfaCapable": name == "c", "isSsprCapable": True} for name in ("a", "b", "c")]
    assert judge(engine, "AU024", user_registration_details=rows, users=users).outcome is Outcome.PASS


def test_a_deleted_group_is_found_wherever_the_policy_names_it(engine: Engine) -> None:
    campaign = {
        "authenticationMethodsRegistrationCampaign": {"excludeTargets": [{"targetType": "group", "id": "gone"}]}
    }
    told = policy(method("Sms", "disabled"), registrationEnforcement=campaign)
    assert judge(engine, "AU016", authentication_methods_policy=told, **GROUPS).outcome is Outcome.FAIL

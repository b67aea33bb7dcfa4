"""Wrong verdicts of the peers on SharePoint and Teams, each with the outcome that is right.

Prowler, Maester and most of ScubaGear's Teams policies read the global policy alone; ScubaGear's rules on fragments
without the object pass (`Rego on {}`: TEAMS 1.1, 1.2, 1.5, 2.1-2.3, 5.1-5.3); and each setting is read by itself, not
with the one beside it that makes it matter or not.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.policies.judging import judge

from tenantlint.engine.interface import Engine
from tenantlint.model import Outcome

ON_EMPTY = ("TM001", "TM002", "TM003", "TM006", "TM009", "TM010", "TM014", "TM015", "TM016")


def outcome(engine: Engine, identity: str, **collections: Any) -> Outcome:
    return judge(engine, identity, **collections).outcome


def named(engine: Engine, identity: str, **collections: Any) -> set[str]:
    return {finding.resource.name for finding in judge(engine, identity, **collections).findings}


def meetings(*policies: dict[str, Any]) -> dict[str, Any]:
    return {"teams_meeting_policies": list(policies)}


@pytest.mark.parametrize(
    ("identity", "setting"),
    [
        ("TM003", {"AllowExternalParticipantGiveRequestControl": True}),
        ("TM004", {"AutoAdmittedUsers": "Everyone"}),
        ("TM006", {"AllowPSTNUsersToBypassLobby": True}),
        ("TM017", {"AllowAnonymousUsersToJoinMeeting": True}),
        ("TM018", {"DesignatedPresenterRoleMode": "EveryoneUserOverride"}),
        ("TM019", {"MeetingChatEnabledType": "Enabled"}),
        ("TM020", {"AllowExternalNonTrustedMeetingChat": True}),
    ],
)
def test_a_weak_policy_beside_a_strict_global_one(engine: Engine, identity: str, setting: dict[str, Any]) -> None:
    strict = {
        "Identity": "Global",
        "AllowExternalParticipantGiveRequestControl": False,
        "AutoAdmittedUsers": "EveryoneInCompanyExcludingGuests",
        "AllowPSTNUsersToBypassLobby": False,
        "AllowAnonymousUsersToJoinMeeting": False,
        "DesignatedPresenterRoleMode": "OrganizerOnlyUserOverride",
        "MeetingChatEnabledType": "EnabledExceptAnonymous",
        "AllowExternalNonTrustedMeetingChat": False,
    }
    open_to_all = {**strict, "AllowAnonymousUsersToJoinMeeting": True}
    weak = {**(open_to_all if identity == "TM019" else strict), "Identity": "Tag:Sales", **setting}
    assert outcome(engine, identity, **meetings(strict)) is Outcome.PASS
    assert named(engine, identity, **meetings(strict, weak)) == {"Tag:Sales"}


def test_a_policy_that_microsoft_ships_and_nobody_can_change(engine: Engine) -> None:
    good = {"Identity": "Global", "AllowPSTNUsersToBypassLobby": False}
    shipped = {"Identity": "Tag:AllOn", "AllowPSTNUsersToBypassLobby": True}
    assert outcome(engine, "TM006", **meetings(good, shipped)) is Outcome.PASS


def test_an_event_policy_that_always_records_beside_the_global_one(engine: Engine) -> None:
    policies = [
        {"Identity": "Global", "BroadcastRecordingMode": "UserOverride"},
        {"Identity": "Tag:Board", "BroadcastRecordingMode": "AlwaysEnabled"},
    ]
    assert named(engine, "TM008", teams_meeting_broadcast_policies=policies) == {"Tag:Board"}


def test_recording_that_chosen_people_are_given(engine: Engine) -> None:
    policies = [
        {"Identity": "Global", "AllowCloudRecording": False},
        {"Identity": "Tag:Trainers", "AllowCloudRecording": True},
    ]
    assert outcome(engine, "TM007", **meetings(*policies)) is Outcome.PASS


@pytest.mark.parametrize("identity", ON_EMPTY)
def test_nothing_collected_is_no_pass(engine: Engine, identity: str) -> None:
    assert outcome(engine, identity) is Outcome.NOT_EVALUATED


@pytest.mark.parametrize("identity", ON_EMPTY)
def test_objects_without_the_setting_are_no_pass(engine: Engine, identity: str) -> None:
    bare = {"Identity": "Global"}
    told = outcome(
        engine,
        identity,
        teams_meeting_policies=[bare],
        teams_federation_configuration=bare,
        teams_app_permission_policies=[bare],
    )
    assert told is Outcome.INCONCLUSIVE


def test_anonymous_chat_where_anonymous_people_cannot_join(engine: Engine) -> None:
    policy = {"Identity": "Global", "MeetingChatEnabledType": "Enabled", "AllowAnonymousUsersToJoinMeeting": False}
    assert outcome(engine, "TM019", **meetings(policy)) is Outcome.PASS


def test_contact_by_private_accounts_that_is_off_altogether(engine: Engine) -> None:
    settings = {"Identity": "Global", "AllowTeamsConsumer": False, "AllowTeamsConsumerInbound": True}
    assert outcome(engine, "TM009", teams_federation_configuration=settings) is Outcome.PASS


def test_contact_that_every_external_access_policy_takes_away(engine: Engine) -> None:
    settings = {"Identity": "Global", "AllowTeamsConsumer": True, "AllowTeamsConsumerInbound": True}
    policies = [{"Identity": "Global", "EnableTeamsConsumerAccess": False}]
    told = {"teams_federation_configuration": settings, "teams_external_access_policies": policies}
    assert outcome(engine, "TM009", **told) is Outcome.PASS
    assert outcome(engine, "TM010", **told) is Outcome.PASS


def test_trial_tenants_behind_an_allow_list(engine: Engine) -> None:
    settings = {
        "Identity": "Global",
        "AllowFederatedUsers": True,
        "AllowedDomains": {"AllowedDomain": ["Domain=partner.example"]},
        "ExternalAccessWithTrialTenants": "Allowed",
    }
    assert outcome(engine, "TM012", teams_federation_configuration=settings) is Outcome.NOT_APPLICABLE


def test_storage_of_which_one_is_approved(engine: Engine) -> None:
    client = {
        "Identity": "Global",
        **dict.fromkeys(("AllowDropBox", "AllowBox", "AllowEgnyte", "AllowShareFile"), False),
    }
    assert named(engine, "TM021", teams_client_configuration={**client, "AllowGoogleDrive": True}) == {"Global"}


def sharepoint(**more: Any) -> dict[str, Any]:
    return {"sharepoint_tenant": {"SharingCapability": 1, "ODBSharingCapability": 1, **more}}


def test_sharing_by_named_security_groups(engine: Engine) -> None:
    groups = '<acl><ace identityName="c:0t.c|tenant|d7a0de5c-b25a-460a-b0b1-1e177187bfa9" /></acl>'
    told = sharepoint(SharingDomainRestrictionMode=0, GuestSharingGroupAllowListInTenant=groups)
    assert outcome(engine, "SP004", **told) is Outcome.PASS


def test_a_block_list_restricts_nobody_who_registers_a_domain(engine: Engine) -> None:
    told = sharepoint(SharingDomainRestrictionMode=2, SharingBlockedDomainList="bad.example")
    assert outcome(engine, "SP004", **told) is Outcome.FAIL


def test_codes_of_sharepoint_that_are_not_in_use(engine: Engine) -> None:
    codes = {"EmailAttestationRequired": False, "EmailAttestationReAuthDays": 30}
    assert outcome(engine, "SP007", **sharepoint(**codes, EnableAzureADB2BIntegration=True)) is Outcome.NOT_APPLICABLE
    assert outcome(engine, "SP007", **sharepoint(**codes, EnableAzureADB2BIntegration=False)) is Outcome.FAIL


def test_uploads_by_anyone_are_changes(engine: Engine) -> None:
    told = {"SharingCapability": 2, "FileAnonymousLinkType": 1, "FolderAnonymousLinkType": 3}
    assert outcome(engine, "SP006", sharepoint_tenant=told) is Outcome.FAIL


def test_a_timeout_of_the_azure_portal_is_none_of_files(engine: Engine) -> None:
    portal = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c"
    definition = (
        '{"ActivityBasedTimeoutPolicy":{"Version":1,"ApplicationPolicies":'
        f'[{{"ApplicationId":"{portal}","WebSessionIdleTimeout":"00:15:00"}}]}}}}'
    )
    policies = [{"id": "p", "isOrganizationDefault": True, "definition": [definition]}]
    settings = {"idleSessionSignOut": {"isEnabled": False}}
    told = {"activity_based_timeout_policies": policies, "sharepoint_settings": settings}
    assert outcome(engine, "SP015", **told) is Outcome.FAIL
    everywhere = [{**policies[0], "definition": [definition.replace(portal, "default")]}]
    assert outcome(engine, "SP015", **{**told, "activity_based_timeout_policies": everywhere}) is Outcome.PASS

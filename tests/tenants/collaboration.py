"""SharePoint, OneDrive, Teams and Intune objects, strict unless the caller says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.tenants.draft import Draft, JsonObject

_GRAPH_SHARING = {
    0: "disabled",
    1: "externalUserSharingOnly",
    2: "externalUserAndGuestSharing",
    3: "existingExternalUserSharingOnly",
}


def sharepoint(
    draft: Draft,
    *,
    sharing: int = 3,
    onedrive: int = 3,
    link_days: int = 30,
    link_type: int = 1,
    link_edit: bool = False,
    idle: bool = True,
    sync_everywhere: bool = False,
    allowed_domains: Sequence[str] = (),
    legacy: bool = False,
    unmanaged: int = 1,
    guest_days: int | None = 30,
) -> dict[str, list[JsonObject]]:
    """SharePoint's own settings and what Graph shows of them, telling the same story.

    `sharing`: 0 nobody outside, 1 new and existing guests, 2 anyone, 3 existing guests; `link_days`: -1 is never.
    """
    return {
        "sharepoint_tenant": [
            {
                "_ObjectIdentity_": f"{draft.id('sharepoint')}|Tenant",
                "RootSiteUrl": f"https://{draft.initial_domain.split('.')[0]}.sharepoint.example",
                "SharingCapability": sharing,
                "CoreSharingCapability": sharing,
                "ODBSharingCapability": onedrive,
                "OneDriveSharingCapability": onedrive,
                "RequireAnonymousLinksExpireInDays": link_days,
                "FileAnonymousLinkType": 2 if link_edit else 1,
                "FolderAnonymousLinkType": 2 if link_edit else 1,
                "DefaultSharingLinkType": link_type,
                "DefaultLinkPermission": 2 if link_edit else 1,
                "ExternalUserExpirationRequired": guest_days is not None,
                "ExternalUserExpireInDays": guest_days or 60,
                "EmailAttestationRequired": guest_days is not None,
                "EmailAttestationReAuthDays": guest_days or 30,
                "SharingDomainRestrictionMode": 1 if allowed_domains else 0,
                "SharingAllowedDomainList": " ".join(allowed_domains),
                "SharingBlockedDomainList": "",
                "PreventExternalUsersFromResharing": True,
                "LegacyAuthProtocolsEnabled": legacy,
                "ConditionalAccessPolicy": unmanaged,
                "DisallowInfectedFileDownload": True,
                "EnableAzureADB2BIntegration": True,
                "IsUnmanagedSyncClientForTenantRestricted": not sync_everywhere,
                "ShowEveryoneClaim": False,
                "ShowEveryoneExceptExternalUsersClaim": sync_everywhere,
                "ShowAllUsersClaim": False,
                "GuestSharingGroupAllowListInTenant": "",
            }
        ],
        "sharepoint_settings": [
            {
                "sharingCapability": _GRAPH_SHARING[sharing],
                "sharingDomainRestrictionMode": "allowList" if allowed_domains else "none",
                "sharingAllowedDomainList": list(allowed_domains),
                "sharingBlockedDomainList": [],
                "isResharingByExternalUsersEnabled": False,
                "isRequireAcceptingUserToMatchInvitedUserEnabled": True,
                "isLegacyAuthProtocolsEnabled": legacy,
                "isUnmanagedSyncAppForTenantRestricted": not sync_everywhere,
                "allowedDomainGuidsForSyncApp": [],
                "isMacSyncAppEnabled": True,
                "isLoopEnabled": True,
                "deletedUserPersonalSiteRetentionPeriodInDays": 90,
                "idleSessionSignOut": {
                    "isEnabled": idle,
                    "warnAfterInSeconds": 3300 if idle else 0,
                    "signOutAfterInSeconds": 3600 if idle else 0,
                },
            }
        ],
    }


def meeting_policy(identity: str = "Global", **more: Any) -> JsonObject:
    """A meeting policy: people outside wait in the lobby and start nothing."""
    return {
        "Identity": identity,
        "AllowAnonymousUsersToJoinMeeting": False,
        "AllowAnonymousUsersToStartMeeting": False,
        "AutoAdmittedUsers": "EveryoneInCompanyExcludingGuests",
        "AllowPSTNUsersToBypassLobby": False,
        "DesignatedPresenterRoleMode": "OrganizerOnlyUserOverride",
        "AllowExternalParticipantGiveRequestControl": False,
        "AllowExternalNonTrustedMeetingChat": False,
        "AllowCloudRecording": False,
        "MeetingChatEnabledType": "EnabledExceptAnonymous",
        **more,
    }


def teams(
    draft: Draft,
    *,
    meetings: Sequence[JsonObject],
    federated: bool,
    allowed_domains: Sequence[str] | None,
    consumer: bool = False,
    storage: bool = False,
    email: bool = False,
    apps: str = "AllowedAppList",
    consumer_inbound: bool = False,
) -> dict[str, list[JsonObject]]:
    """Teams settings. `allowed_domains`: None lets every federated organisation in."""
    return {
        "teams_tenant": [
            {
                "Identity": "Global",
                "TenantId": draft.tenant_id,
                "DisplayName": draft.display_name,
                "DirSyncEnabled": None,
                "AssignedPlan": ["MCOEV", "Teams"],
                "ProvisionedPlan": ["MicrosoftCommunicationsOnline"],
            }
        ],
        "teams_meeting_policies": list(meetings),
        "teams_meeting_broadcast_policies": [
            {
                "Identity": "Global",
                "AllowBroadcastScheduling": True,
                "BroadcastAttendeeVisibilityMode": "EveryoneInCompany",
                "BroadcastRecordingMode": "UserOverride",
            }
        ],
        "teams_messaging_policies": [
            {
                "Identity": "Global",
                "AllowSecurityEndUserReporting": True,
                "AllowOwnerDeleteMessage": False,
                "AllowUserDeleteMessage": True,
                "AllowUserEditMessage": True,
            }
        ],
        "teams_external_access_policies": [
            {
                "Identity": "Global",
                "EnableFederationAccess": federated,
                "EnableTeamsConsumerAccess": consumer,
                "EnableTeamsConsumerInbound": consumer_inbound,
                "EnableAcsFederationAccess": False,
            }
        ],
        "teams_federation_configuration": [
            {
                "Identity": "Global",
                "AllowFederatedUsers": federated,
                "AllowTeamsConsumer": consumer,
                "AllowTeamsConsumerInbound": consumer_inbound,
                "AllowedDomains": "AllowAllKnownDomains"
                if allowed_domains is None
                else {"AllowedDomain": [f"Domain={domain}" for domain in allowed_domains]},
                "BlockedDomains": [],
                "ExternalAccessWithTrialTenants": "Allowed" if allowed_domains is None else "Blocked",
            }
        ],
        "teams_client_configuration": [
            {
                "Identity": "Global",
                "AllowEmailIntoChannel": email,
                "AllowDropBox": storage,
                "AllowBox": storage,
                "AllowGoogleDrive": storage,
                "AllowShareFile": storage,
                "AllowEgnyte": storage,
                "AllowGuestUser": True,
            }
        ],
        "teams_app_permission_policies": [
            {
                "Identity": "Global",
                "DefaultCatalogAppsType": apps,
                "GlobalCatalogAppsType": apps,
                "PrivateCatalogAppsType": apps,
                "DefaultCatalogApps": [],
                "GlobalCatalogApps": [],
                "PrivateCatalogApps": [],
            }
        ],
        "teams_app_settings": [
            {"SettingName": name, "SettingValue": value, "Users": None, "Groups": None}
            for name, value in (
                ("DefaultApp", "None" if apps == "AllowedAppList" else "All"),
                ("GlobalApp", "None" if apps == "AllowedAppList" else "All"),
                ("PrivateApp", "None" if apps == "AllowedAppList" else "All"),
            )
        ],
    }

"""Tenant-wide Entra settings, strict unless the caller says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tests.tenants.draft import Draft, JsonObject


def authorization_policy(
    *,
    invites: str = "adminsAndGuestInviters",
    guest_role: str = "2af84b1e-32c8-42b7-82bc-daa82404023b",
    grants: Sequence[str] = (),
    create_apps: bool = False,
    create_tenants: bool = False,
) -> JsonObject:
    """`grants`: consent policies of ordinary users; none means that they cannot consent."""
    return {
        "id": "authorizationPolicy",
        "displayName": "Authorization Policy",
        "description": "Rights of every member and guest of the tenant.",
        "allowInvitesFrom": invites,
        "guestUserRoleId": guest_role,
        "allowedToUseSSPR": False,
        "allowedToSignUpEmailBasedSubscriptions": False,
        "allowEmailVerifiedUsersToJoinOrganization": False,
        "allowUserConsentForRiskyApps": False,
        "blockMsolPowerShell": True,
        "defaultUserRolePermissions": {
            "allowedToCreateApps": create_apps,
            "allowedToCreateSecurityGroups": False,
            "allowedToCreateTenants": create_tenants,
            "allowedToReadBitlockerKeysForOwnedDevice": False,
            "allowedToReadOtherUsers": True,
            "permissionGrantPoliciesAssigned": list(grants),
        },
    }


def security_defaults(*, enabled: bool = False) -> JsonObject:
    """Security defaults; off where Conditional Access does the work."""
    return {
        "id": "00000000-0000-0000-0000-000000000005",
        "displayName": "Security Defaults",
        "description": "A basic set of protections that Microsoft chooses.",
        "isEnabled": enabled,
    }


def admin_consent_workflow(reviewer: str | None) -> JsonObject:
    """The admin consent workflow, off without a reviewer (the id of a user)."""
    return {
        "isEnabled": reviewer is not None,
        "notifyReviewers": reviewer is not None,
        "remindersEnabled": reviewer is not None,
        "requestDurationInDays": 30 if reviewer else 0,
        "version": 2,
        "reviewers": [{"query": f"/users/{reviewer}", "queryType": "MicrosoftGraph", "queryRoot": None}]
        if reviewer
        else [],
    }


def access(kind: str, *, targets: str = "AllUsers", applications: str = "AllApplications") -> JsonObject:
    """One direction of cross-tenant access, `allowed` or `blocked`."""
    return {
        "usersAndGroups": {"accessType": kind, "targets": [{"target": targets, "targetType": "user"}]},
        "applications": {"accessType": kind, "targets": [{"target": applications, "targetType": "application"}]},
    }


def cross_tenant_default(*, inbound: str = "blocked", outbound: str = "blocked", trust_mfa: bool = False) -> JsonObject:
    """What holds for every tenant without settings of its own."""
    return {
        "isServiceDefault": False,
        "inboundTrust": {
            "isMfaAccepted": trust_mfa,
            "isCompliantDeviceAccepted": False,
            "isHybridAzureADJoinedDeviceAccepted": False,
        },
        "automaticUserConsentSettings": {"inboundAllowed": False, "outboundAllowed": False},
        "b2bCollaborationInbound": access(inbound),
        "b2bCollaborationOutbound": access(outbound),
        "b2bDirectConnectInbound": access("blocked"),
        "b2bDirectConnectOutbound": access("blocked"),
        "tenantRestrictions": {**access("blocked"), "devices": None},
    }


def cross_tenant_partner(
    tenant_id: str, *, trust: bool, inbound: JsonObject | None = None, outbound: JsonObject | None = None
) -> JsonObject:
    """Settings for one partner; a null section inherits the default."""
    return {
        "tenantId": tenant_id,
        "isServiceProvider": False,
        "isInMultiTenantOrganization": False,
        "inboundTrust": {
            "isMfaAccepted": trust,
            "isCompliantDeviceAccepted": trust,
            "isHybridAzureADJoinedDeviceAccepted": False,
        },
        "automaticUserConsentSettings": {"inboundAllowed": None, "outboundAllowed": None},
        "b2bCollaborationInbound": inbound,
        "b2bCollaborationOutbound": outbound,
        "b2bDirectConnectInbound": None,
        "b2bDirectConnectOutbound": None,
        "tenantRestrictions": None,
        "identitySynchronization": None,
    }


def setting(draft: Draft, name: str, template: str, **values: str) -> JsonObject:
    """A directory setting, its values as text."""
    return {
        "id": draft.id("setting", name),
        "displayName": name,
        "templateId": template,
        "values": [{"name": key, "value": value} for key, value in values.items()],
    }


def password_setting(draft: Draft, *, banned_words: str, lockout: int = 10) -> JsonObject:
    """Password protection: custom banned words (tab separated) and lockout."""
    return setting(
        draft,
        "Password Rule Settings",
        "5cf42378-d67d-4f36-ba46-e8b86229381d",
        BannedPasswordCheckOnPremisesMode="Enforce" if banned_words else "Audit",
        EnableBannedPasswordCheckOnPremises="True",
        EnableBannedPasswordCheck="True" if banned_words else "False",
        LockoutDurationInSeconds="60",
        LockoutThreshold=str(lockout),
        BannedPasswordList=banned_words,
    )


def group_setting(draft: Draft, *, creation: bool, guests: bool) -> JsonObject:
    """Microsoft 365 groups: whether everyone may create them, and whether guests may be added."""
    return setting(
        draft,
        "Group.Unified",
        "62375ab9-6b52-47ed-826b-58e47e0e304b",
        EnableGroupCreation=str(creation),
        AllowToAddGuests=str(guests),
        AllowGuestsToAccessGroups=str(guests),
        AllowGuestsToBeGroupOwner="False",
        EnableMIPLabels="True",
    )


def consent_setting(draft: Draft, *, group_owners: bool) -> JsonObject:
    """Consent in the directory settings: whether owners of groups may let applications at the group's data."""
    return setting(
        draft,
        "Consent Policy Settings",
        "dffd5d46-495d-40a9-8e21-954ff55e198a",
        EnableGroupSpecificConsent=str(group_owners),
        BlockUserConsentForRiskyApps="True",
        EnableAdminConsentRequests="False",
        ConstrainGroupSpecificConsentToMembersOfGroupId="",
    )


def device_registration(
    *, mfa: bool, joining: str | None = None, global_admins: bool = False, quota: int = 10
) -> JsonObject:
    """Who may join devices, and whether that needs MFA (off where Conditional Access asks for it).

    `joining`: the one group whose members join devices, administrators of none; None lets everybody.
    `global_admins`: Global Administrators are local ones of every joined device.
    """
    everyone = {"@odata.type": "#microsoft.graph.allDeviceRegistrationMembership"}
    chosen = {
        "@odata.type": "#microsoft.graph.enumeratedDeviceRegistrationMembership",
        "groups": [joining],
        "users": [],
    }
    nobody = {"@odata.type": "#microsoft.graph.noDeviceRegistrationMembership"}
    return {
        "id": "deviceRegistrationPolicy",
        "displayName": "Device Registration Policy",
        "description": "Who may register and join devices.",
        "userDeviceQuota": quota,
        "multiFactorAuthConfiguration": "required" if mfa else "notRequired",
        "azureADRegistration": {"isAdminConfigurable": False, "allowedToRegister": everyone},
        "azureADJoin": {
            "isAdminConfigurable": True,
            "allowedToJoin": chosen if joining else everyone,
            "localAdmins": {
                "enableGlobalAdmins": global_admins,
                "registeringUsers": nobody if joining else everyone,
            },
        },
        "localAdminPassword": {"isEnabled": True},
    }


def app_management(*, enabled: bool) -> JsonObject:
    """Limits on secrets and certificates of applications."""
    state = "enabled" if enabled else "disabled"
    limits = {
        "passwordCredentials": [
            {
                "restrictionType": "passwordAddition",
                "state": state,
                "maxLifetime": None,
                "restrictForAppsCreatedAfterDateTime": "0001-01-01T00:00:00Z",
            },
            {
                "restrictionType": "passwordLifetime",
                "state": state,
                "maxLifetime": "P180D",
                "restrictForAppsCreatedAfterDateTime": "0001-01-01T00:00:00Z",
            },
        ],
        "keyCredentials": [
            {
                "restrictionType": "asymmetricKeyLifetime",
                "state": state,
                "maxLifetime": "P365D",
                "restrictForAppsCreatedAfterDateTime": "0001-01-01T00:00:00Z",
            }
        ],
    }
    return {
        "id": "00000000-0000-0000-0000-000000000000",
        "displayName": "Default app management tenant policy",
        "description": "Limits on the credentials of every application.",
        "isEnabled": enabled,
        "applicationRestrictions": limits,
        "servicePrincipalRestrictions": limits,
    }


def consent_policies() -> list[JsonObject]:
    """The app consent policies that Microsoft ships and that settings refer to."""
    return [
        {
            "id": identity,
            "displayName": title,
            "description": title,
            "includes": [{"id": f"{identity}-include", "permissionType": "delegated", "permissions": [permissions]}],
            "excludes": [],
        }
        for identity, title, permissions in (
            ("microsoft-user-default-legacy", "Any application, any permission that needs no administrator", "all"),
            ("microsoft-user-default-low", "Verified publishers, permissions classified as low", "low"),
            ("microsoft-application-admin", "What application administrators may grant", "all"),
        )
    ]


def cross_tenant_policy() -> JsonObject:
    """Collaboration with other clouds of Microsoft is off."""
    return {"displayName": "CrossTenantAccessPolicy", "allowedCloudEndpoints": []}


def apps_and_services(*, store: bool, trials: bool) -> JsonObject:
    """Whether users may install from the Office store and start trials."""
    return {"settings": {"isAppAndServicesTrialEnabled": trials, "isOfficeStoreEnabled": store}}


def forms(*, phishing_scan: bool) -> JsonObject:
    """Microsoft Forms, with its defaults but for the scan for phishing."""
    shared = ("SendForm", "ShareCollaboration", "ShareResult", "ShareTemplate")
    return {
        "settings": {
            **{f"isExternal{name}Enabled": True for name in shared},
            "isBingImageSearchEnabled": True,
            "isInOrgFormsPhishingScanEnabled": phishing_scan,
            "isRecordIdentityByDefaultEnabled": True,
        }
    }


def policy_change(draft: Draft, who: JsonObject, policy: JsonObject, *, days: int) -> JsonObject:
    """An administrator changed a Conditional Access policy, so many days before the snapshot."""
    moment = draft.collected_at - timedelta(days=days, hours=2)
    return {
        "id": f"Directory_{draft.id('audit', policy['id'], days)}",
        "activityDateTime": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "activityDisplayName": "Update conditional access policy",
        "additionalDetails": [],
        "category": "Policy",
        "correlationId": draft.id("audit", policy["id"], days, "correlation"),
        "initiatedBy": {
            "app": None,
            "user": {
                "displayName": None,
                "id": who["id"],
                "ipAddress": "203.0.113.10",
                "userPrincipalName": who["userPrincipalName"],
            },
        },
        "loggedByService": "Conditional Access",
        "operationType": "Update",
        "result": "success",
        "resultReason": "",
        "targetResources": [
            {
                "displayName": policy["displayName"],
                "groupType": None,
                "id": policy["id"],
                "modifiedProperties": [],
                "type": "Policy",
                "userPrincipalName": None,
            }
        ],
    }

"""Who may read what: written from Microsoft's documentation, not from the collector's catalogue.

Two tables that were written apart check one another: a collector that asks for too little is refused here. Sources:
permissions.json of microsoft-graph-devx-content (2026-08-07) and the API reference, as the project's reference sums
them up in 3.0.
"""

from __future__ import annotations

from collections.abc import Callable

from tenantlint.model import CollectionStatus

DIRECTORY = "Directory.Read.All"
HIDDEN_MEMBERS = "Member.Read.Hidden"
_POLICY = ("Policy.Read.All",)
_METHODS = ("Policy.Read.AuthenticationMethod", "Policy.Read.All")
_ROLES = ("RoleManagement.Read.Directory", "RoleManagement.Read.All", DIRECTORY)
_GROUPS = ("GroupMember.Read.All", "Group.Read.All", DIRECTORY)
_APPLICATIONS = ("Application.Read.All", DIRECTORY)
_INTUNE = ("DeviceManagementConfiguration.Read.All",)
_SCORE = ("SecurityEvents.Read.All",)
_AUDIT = ("AuditLog.Read.All",)

# By collection: application permissions, any of which suffices, the least privileged first.
ANY_OF: dict[str, tuple[str, ...]] = {
    "access_reviews": ("AccessReview.Read.All",),
    "activity_based_timeout_policies": _POLICY,
    "admin_consent_request_policy": _POLICY,
    "app_management_policies": _POLICY,
    "app_role_assignments": _APPLICATIONS,
    "application_owners": _APPLICATIONS,
    "applications": _APPLICATIONS,
    "apps_and_services_settings": ("OrgSettings-AppsAndServices.Read.All",),
    "authentication_contexts": ("AuthenticationContext.Read.All", "Policy.Read.ConditionalAccess"),
    "authentication_methods_policy": _METHODS,
    "authentication_strengths": _METHODS,
    "authorization_policy": _POLICY,
    "b2b_management_policies": ("Policy.Read.B2BManagementPolicy",),
    "conditional_access_policies": _POLICY,
    "cross_tenant_access_default": _POLICY,
    "cross_tenant_access_partners": _POLICY,
    "cross_tenant_access_policy": _POLICY,
    "default_app_management_policy": _POLICY,
    "delegated_permission_classifications": _APPLICATIONS,
    "device_compliance_policies": _INTUNE,
    "device_enrollment_configurations": ("DeviceManagementServiceConfig.Read.All", *_INTUNE),
    "device_management_configuration_policies": _INTUNE,
    "device_management_settings": _INTUNE,
    "device_registration_policy": ("Policy.Read.DeviceConfiguration", "Policy.Read.All"),
    "directory_audits": _AUDIT,
    "domains": ("Domain.Read.All", DIRECTORY),
    "dynamic_groups": _GROUPS,
    "forms_settings": ("OrgSettings-Forms.Read.All",),
    "group_members": _GROUPS,
    "group_settings": ("GroupSettings.Read.All", DIRECTORY),
    "groups": _GROUPS,
    "named_locations": _POLICY,
    "oauth2_permission_grants": ("DelegatedPermissionGrant.Read.All", DIRECTORY),
    "on_premises_synchronization": ("OnPremDirectorySynchronization.Read.All",),
    "organization": ("Organization.Read.All", DIRECTORY),
    "permission_grant_policies": ("Policy.Read.PermissionGrant",),
    "privileged_access_group_eligibility_schedule_instances": ("PrivilegedEligibilitySchedule.Read.AzureADGroup",),
    "public_groups": _GROUPS,
    "role_assignment_schedule_instances": ("RoleAssignmentSchedule.Read.Directory", *_ROLES[:2]),
    "role_assignments": _ROLES,
    "role_definitions": _ROLES,
    "role_eligibility_schedule_instances": ("RoleEligibilitySchedule.Read.Directory", *_ROLES[:2]),
    "role_management_policies": _ROLES[:2],
    "secure_score_control_profiles": _SCORE,
    "secure_scores": _SCORE,
    "security_defaults": _POLICY,
    "service_principal_owners": _APPLICATIONS,
    "service_principals": _APPLICATIONS,
    "sharepoint_settings": ("SharePointTenantSettings.Read.All",),
    "sign_ins": _AUDIT,
    "subscribed_skus": ("LicenseAssignment.Read.All", "Organization.Read.All", DIRECTORY),
    "user_registration_details": _AUDIT,
    "user_sign_in_activity": ("User.Read.All", DIRECTORY),
    "users": ("User.Read.All", DIRECTORY),
}
# By collection: permissions that are needed besides.
ALSO: dict[str, tuple[str, ...]] = {"user_sign_in_activity": _AUDIT}

EXCHANGE = "Exchange.ManageAsApp"
SHAREPOINT = "Sites.FullControl.All"

# Without these, members of a relationship show their id and type and nothing else.
TYPES: dict[str, tuple[str, ...]] = {
    "user": ("User.Read.All", DIRECTORY),
    "group": _GROUPS,
    "servicePrincipal": _APPLICATIONS,
    "device": ("Device.Read.All", DIRECTORY),
}
_UNREAD = frozenset({CollectionStatus.DENIED, CollectionStatus.NOT_COLLECTED})


def granted(status: Callable[[str], CollectionStatus]) -> frozenset[str]:
    """What the collector's application was granted: the least that reads all but what the snapshot was denied."""
    found = {EXCHANGE, SHAREPOINT}
    for collection, alternatives in ANY_OF.items():
        if status(collection) not in _UNREAD:
            found.add(alternatives[0])
            found.update(ALSO.get(collection, ()))
    return frozenset(found)

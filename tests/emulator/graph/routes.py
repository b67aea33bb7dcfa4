"""The routes of Graph that are served, with page sizes, limits and demands as documented.

Sources: the project's reference (sections 1.1, 3.0, 3.1, 4.6) and the API reference of each call. Where Microsoft
documents no page size, 100 and 999 are taken, the directory's.
"""

from __future__ import annotations

from tests.emulator.graph import errors
from tests.emulator.graph.errors import GraphError
from tests.emulator.graph.route import Kind, Limit, Route, Top

_P1 = ("entra_p1", "entra_p2")
_P2 = ("entra_p2",)


def _by_policies(needed: tuple[str, ...]) -> GraphError:
    return errors.denied_by_policies()


def _by_intune(needed: tuple[str, ...]) -> GraphError:
    return errors.denied_by_intune()


def _access(path: str, collection: str, entity: str) -> Route:
    """Conditional Access: one request a second, and `$top` without a link to what is left."""
    return Route(
        f"/identity/conditionalAccess/{path}",
        collection,
        entity,
        top=Top.END,
        limit=Limit.CONDITIONAL_ACCESS,
        denied=_by_policies,
        filters=frozenset({"id", "displayName", "state"}),
        page=10_000,
        counts=True,
    )


def _policy(path: str, collection: str, entity: str, kind: Kind = Kind.OBJECT) -> Route:
    return Route(f"/policies/{path}", collection, entity, kind, filters=frozenset({"id", "displayName"}))


def _pim(path: str, collection: str, entity: str, *expand: str) -> Route:
    return Route(
        path,
        collection,
        entity,
        licence=_P2,
        unlicensed=errors.no_p2,
        denied=errors.denied_by_pim,
        expand=frozenset(expand),
        filters=frozenset({"principalId", "roleDefinitionId", "directoryScopeId", "groupId", "id"}),
    )


ROUTES: tuple[Route, ...] = (
    Route("/organization", "organization", "organization"),
    Route("/subscribedSkus", "subscribed_skus", "subscribedSku", top=Top.REFUSED, units=3),
    Route("/domains", "domains", "domain"),
    Route("/directory/onPremisesSynchronization", "on_premises_synchronization", "onPremisesDirectorySynchronization"),
    _access("policies", "conditional_access_policies", "conditionalAccessPolicy"),
    _access("namedLocations", "named_locations", "namedLocation"),
    Route(
        "/identity/conditionalAccess/authenticationContextClassReferences",
        "authentication_contexts",
        "authenticationContextClassReference",
        denied=_by_policies,
    ),
    _policy("authenticationStrengthPolicies", "authentication_strengths", "authenticationStrengthPolicy", Kind.LIST),
    _policy("authenticationMethodsPolicy", "authentication_methods_policy", "authenticationMethodsPolicy"),
    _policy("authorizationPolicy", "authorization_policy", "authorizationPolicy"),
    _policy(
        "identitySecurityDefaultsEnforcementPolicy", "security_defaults", "identitySecurityDefaultsEnforcementPolicy"
    ),
    _policy("adminConsentRequestPolicy", "admin_consent_request_policy", "adminConsentRequestPolicy"),
    _policy("crossTenantAccessPolicy", "cross_tenant_access_policy", "crossTenantAccessPolicy"),
    _policy(
        "crossTenantAccessPolicy/default", "cross_tenant_access_default", "crossTenantAccessPolicyConfigurationDefault"
    ),
    Route(
        "/policies/crossTenantAccessPolicy/partners",
        "cross_tenant_access_partners",
        "crossTenantAccessPolicyConfigurationPartner",
        expand=frozenset({"identitySynchronization"}),
        filters=frozenset({"tenantId", "isServiceProvider"}),
    ),
    Route("/policies/b2bManagementPolicies", "b2b_management_policies", "b2bManagementPolicy", versions=("beta",)),
    _policy("activityBasedTimeoutPolicies", "activity_based_timeout_policies", "activityBasedTimeoutPolicy", Kind.LIST),
    _policy("permissionGrantPolicies", "permission_grant_policies", "permissionGrantPolicy", Kind.LIST),
    _policy("appManagementPolicies", "app_management_policies", "appManagementPolicy", Kind.LIST),
    _policy("defaultAppManagementPolicy", "default_app_management_policy", "tenantAppManagementPolicy"),
    _policy("deviceRegistrationPolicy", "device_registration_policy", "deviceRegistrationPolicy"),
    Route(
        "/policies/roleManagementPolicyAssignments",
        "role_management_policies",
        "unifiedRoleManagementPolicyAssignment",
        licence=_P2,
        unlicensed=errors.no_p2,
        denied=errors.denied_by_pim,
        expand=frozenset({"policy"}),
        filters=frozenset({"scopeId", "scopeType", "roleDefinitionId", "policyId"}),
        demands=(("scopeId", "scopeType"),),
        demanded=errors.no_provider,
    ),
    Route(
        "/roleManagement/directory/roleDefinitions",
        "role_definitions",
        "unifiedRoleDefinition",
        expand=frozenset({"inheritsPermissionsFrom"}),
        filters=frozenset({"id", "displayName", "isBuiltIn", "isEnabled", "isPrivileged", "templateId"}),
    ),
    Route(
        "/roleManagement/directory/roleAssignments",
        "role_assignments",
        "unifiedRoleAssignment",
        expand=frozenset({"principal", "roleDefinition"}),
        filters=frozenset({"principalId", "roleDefinitionId", "directoryScopeId", "id"}),
    ),
    _pim(
        "/roleManagement/directory/roleAssignmentScheduleInstances",
        "role_assignment_schedule_instances",
        "unifiedRoleAssignmentScheduleInstance",
        "principal",
        "roleDefinition",
    ),
    _pim(
        "/roleManagement/directory/roleEligibilityScheduleInstances",
        "role_eligibility_schedule_instances",
        "unifiedRoleEligibilityScheduleInstance",
        "principal",
        "roleDefinition",
    ),
    Route(
        "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances",
        "privileged_access_group_eligibility_schedule_instances",
        "privilegedAccessGroupEligibilityScheduleInstance",
        licence=_P2,
        unlicensed=errors.no_p2,
        denied=errors.denied_by_pim,
        expand=frozenset({"principal", "group"}),
        filters=frozenset({"groupId", "principalId", "accessId"}),
        demands=(("groupId",), ("principalId",)),
        demanded=errors.no_group_filter,
    ),
    Route(
        "/identityGovernance/accessReviews/definitions",
        "access_reviews",
        "accessReviewScheduleDefinition",
        licence=_P2,
        unlicensed=errors.no_p2,
    ),
    Route("/groupSettings", "group_settings", "groupSetting", versions=("v1.0",)),
    Route("/settings", "group_settings", "directorySetting", versions=("beta",)),
    Route(
        "/admin/sharepoint/settings",
        "sharepoint_settings",
        "sharepointSettings",
        Kind.OBJECT,
        limit=Limit.NONE,
        licence=("sharepoint",),
        unlicensed=errors.no_sharepoint,
        denied=_by_policies,
    ),
    Route(
        "/admin/appsAndServices",
        "apps_and_services_settings",
        "adminAppsAndServices",
        Kind.OBJECT,
        versions=("beta",),
        limit=Limit.NONE,
    ),
    Route("/admin/forms", "forms_settings", "adminForms", Kind.OBJECT, versions=("beta",), limit=Limit.NONE),
    Route(
        "/auditLogs/directoryAudits",
        "directory_audits",
        "directoryAudit",
        page=1000,
        maximum=1000,
        limit=Limit.REPORTS,
        history=("activityDateTime", 7, 30),
        denied=errors.denied_by_reports,
        filters=frozenset({"activityDateTime", "activityDisplayName", "category", "loggedByService", "result", "id"}),
    ),
    Route(
        "/reports/authenticationMethods/userRegistrationDetails",
        "user_registration_details",
        "userRegistrationDetails",
        limit=Limit.REPORTS,
        licence=_P1,
        denied=errors.denied_by_reports,
        filters=frozenset({"id", "userPrincipalName", "isAdmin", "isMfaRegistered", "isMfaCapable", "userType"}),
    ),
    Route(
        "/applications",
        "applications",
        "application",
        filters=frozenset({"id", "appId", "displayName", "createdDateTime", "signInAudience"}),
        counts=True,
    ),
    Route(
        "/servicePrincipals",
        "service_principals",
        "servicePrincipal",
        filters=frozenset({"id", "appId", "displayName", "accountEnabled", "servicePrincipalType"}),
        counts=True,
    ),
    Route(
        "/oauth2PermissionGrants",
        "oauth2_permission_grants",
        "oAuth2PermissionGrant",
        filters=frozenset({"clientId", "consentType", "principalId", "resourceId"}),
    ),
    Route(
        "/deviceManagement/deviceCompliancePolicies",
        "device_compliance_policies",
        "deviceCompliancePolicy",
        page=1000,
        maximum=1000,
        clamp=True,
        limit=Limit.NONE,
        licence=("intune",),
        unlicensed=errors.not_applicable,
        denied=_by_intune,
        expand=frozenset({"assignments", "scheduledActionsForRule"}),
    ),
    Route(
        "/deviceManagement/settings",
        "device_management_settings",
        "deviceManagementSettings",
        Kind.OBJECT,
        limit=Limit.NONE,
        licence=("intune",),
        unlicensed=errors.not_applicable,
        denied=_by_intune,
    ),
    Route(
        "/deviceManagement/configurationPolicies",
        "device_management_configuration_policies",
        "deviceManagementConfigurationPolicy",
        versions=("beta",),
        page=1000,
        maximum=1000,
        clamp=True,
        limit=Limit.NONE,
        licence=("intune",),
        unlicensed=errors.not_applicable,
        denied=_by_intune,
        expand=frozenset({"assignments", "settings"}),
        filters=frozenset({"name", "platforms", "technologies", "templateReference/templateFamily"}),
    ),
    Route(
        "/deviceManagement/deviceEnrollmentConfigurations",
        "device_enrollment_configurations",
        "deviceEnrollmentConfiguration",
        page=1000,
        maximum=1000,
        clamp=True,
        limit=Limit.NONE,
        licence=("intune",),
        unlicensed=errors.not_applicable,
        denied=_by_intune,
        expand=frozenset({"assignments"}),
    ),
    Route(
        "/security/secureScores",
        "secure_scores",
        "secureScore",
        limit=Limit.SCORES,
        clamp=True,
        denied=_by_policies,
        filters=frozenset({"id", "createdDateTime", "azureTenantId"}),
        counts=True,
    ),
    Route(
        "/security/secureScoreControlProfiles",
        "secure_score_control_profiles",
        "secureScoreControlProfile",
        page=200,
        maximum=200,
        clamp=True,
        limit=Limit.PROFILES,
        denied=_by_policies,
        filters=frozenset({"id", "controlCategory", "service", "title"}),
        counts=True,
    ),
)

"""What is read from Microsoft Graph about roles, groups, people and applications."""

from __future__ import annotations

from tenantlint.collect.calls import Rate
from tenantlint.collect.catalog_graph import AUDIT, P1, P2, graph
from tenantlint.collect.source import Way

_ROLES = ("RoleManagement.Read.Directory",)
_MEMBERS = ("GroupMember.Read.All",)
_USERS = ("User.Read.All",)
_APPLICATIONS = ("Application.Read.All",)

USER_KEYS = (
    "accountEnabled,assignedLicenses,createdDateTime,creationType,department,displayName,externalUserState,id,jobTitle,"
    "mail,onPremisesImmutableId,onPremisesSyncEnabled,userPrincipalName,userType"
)
GROUP_KEYS = (
    "createdDateTime,description,displayName,groupTypes,id,isAssignableToRole,isManagementRestricted,mail,mailEnabled,"
    "membershipRule,membershipRuleProcessingState,onPremisesSyncEnabled,securityEnabled,visibility"
)

# Whose objects name groups: in conditions, as holders of roles, as targets of methods, as members that a rule covers.
_NAMING_GROUPS = (
    "conditional_access_policies",
    "authentication_methods_policy",
    "role_assignments",
    "role_assignment_schedule_instances",
    "role_eligibility_schedule_instances",
    "role_management_policies",
    "privileged_access_group_eligibility_schedule_instances",
    "cross_tenant_access_default",
    "cross_tenant_access_partners",
    "device_registration_policy",
    "device_enrollment_configurations",
    "anti_phish_rules",
    "atp_built_in_protection_rules",
    "atp_protection_policy_rules",
    "eop_protection_policy_rules",
    "hosted_content_filter_rules",
    "hosted_outbound_spam_filter_rules",
    "malware_filter_rules",
    "safe_attachment_rules",
    "safe_links_rules",
)

ROLES = (
    graph(
        "role_definitions",
        "roles",
        "/roleManagement/directory/roleDefinitions"
        "?$select=description,displayName,id,isBuiltIn,isEnabled,isPrivileged,resourceScopes,templateId",
        _ROLES,
        way=Way.LIST,
        version="beta",
        note="isPrivileged is in beta only",
    ),
    graph("role_assignments", "roles", "/roleManagement/directory/roleAssignments", _ROLES, way=Way.LIST),
    graph(
        "role_assignment_schedule_instances",
        "roles",
        "/roleManagement/directory/roleAssignmentScheduleInstances",
        ("RoleAssignmentSchedule.Read.Directory", *_ROLES),
        way=Way.LIST,
        licence=P2,
    ),
    graph(
        "role_eligibility_schedule_instances",
        "roles",
        "/roleManagement/directory/roleEligibilityScheduleInstances",
        ("RoleEligibilitySchedule.Read.Directory", *_ROLES),
        way=Way.LIST,
        licence=P2,
    ),
    graph(
        "role_management_policies",
        "roles",
        "/policies/roleManagementPolicyAssignments?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'"
        "&$expand=policy($expand=rules)",
        (*_ROLES, "RoleManagementPolicy.Read.Directory"),
        way=Way.ROLE_POLICIES,
        shown="GET /policies/roleManagementPolicyAssignments with policy and rules",
        licence=P2,
        parents=("role_definitions",),
    ),
    graph(
        "privileged_access_group_eligibility_schedule_instances",
        "roles",
        "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances?$filter=groupId eq '{id}'",
        ("PrivilegedEligibilitySchedule.Read.AzureADGroup",),
        way=Way.PER_PARENT,
        licence=P2,
        parents=("role_assignments", "role_assignment_schedule_instances", "role_eligibility_schedule_instances"),
        note="one call for each group that holds a role",
    ),
    graph(
        "access_reviews",
        "roles",
        "/identityGovernance/accessReviews/definitions",
        ("AccessReview.Read.All",),
        way=Way.LIST,
        licence=P2,
    ),
)

PEOPLE = (
    graph(
        "groups",
        "groups",
        f"/groups/{{id}}?$select={GROUP_KEYS}",
        _MEMBERS,
        way=Way.GROUPS,
        shown="GET /groups",
        parents=_NAMING_GROUPS,
        note="only groups that a policy, a role or a mail rule names, and those inside them",
    ),
    graph(
        "group_members",
        "groups",
        "/groups/{id}/transitiveMembers?$select=id&$top=999",
        _MEMBERS,
        way=Way.GROUP_MEMBERS,
        parents=("groups",),
        note="members of groups with hidden membership need Member.Read.Hidden besides",
    ),
    graph(
        "public_groups",
        "groups",
        "/groups?$filter=groupTypes/any(kind:kind eq 'Unified')"
        "&$select=createdDateTime,displayName,groupTypes,id,mail,visibility&$top=999",
        _MEMBERS,
        way=Way.LIST,
        shown="GET /groups of Microsoft 365",
        note="Graph does not filter by visibility: private ones are read and not kept",
    ),
    graph(
        "dynamic_groups",
        "groups",
        "/groups?$filter=groupTypes/any(kind:kind eq 'DynamicMembership')"
        "&$select=displayName,groupTypes,id,membershipRule,membershipRuleProcessingState&$top=999",
        _MEMBERS,
        way=Way.LIST,
        shown="GET /groups with rules",
    ),
    graph("users", "users", f"/users?$select={USER_KEYS}&$top=999&$count=true", _USERS, way=Way.LIST),
    graph(
        "user_sign_in_activity",
        "users",
        "/users?$select=id,userPrincipalName,signInActivity&$top=500",
        _USERS,
        way=Way.LIST,
        shown="GET /users with signInActivity",
        also=AUDIT,
        licence=P1,
    ),
)

APPLICATIONS = (
    graph(
        "applications",
        "applications",
        "/applications?$select=appId,createdDateTime,displayName,id,keyCredentials,passwordCredentials,"
        "requiredResourceAccess,signInAudience&$top=999",
        _APPLICATIONS,
        way=Way.LIST,
    ),
    graph(
        "service_principals",
        "applications",
        "/servicePrincipals?$select=accountEnabled,appId,appOwnerOrganizationId,appRoleAssignmentRequired,displayName,"
        "id,keyCredentials,passwordCredentials,servicePrincipalType,signInAudience,tags,verifiedPublisher&$top=999",
        _APPLICATIONS,
        way=Way.LIST,
    ),
    graph(
        "app_role_assignments",
        "applications",
        "/servicePrincipals/{id}/appRoleAssignments?$top=999",
        _APPLICATIONS,
        way=Way.PER_PARENT,
        parents=("service_principals",),
        note="one call for each service principal",
    ),
    graph(
        "application_owners",
        "applications",
        "/applications/{id}/owners?$select=id&$top=999",
        _APPLICATIONS,
        way=Way.PER_PARENT,
        parents=("applications",),
        note="one call for each registration",
    ),
    graph(
        "service_principal_owners",
        "applications",
        "/servicePrincipals/{id}/owners?$select=id&$top=999",
        _APPLICATIONS,
        way=Way.PER_PARENT,
        parents=("service_principals",),
        note="one call for each service principal",
    ),
    graph(
        "oauth2_permission_grants",
        "applications",
        "/oauth2PermissionGrants?$top=999",
        ("DelegatedPermissionGrant.Read.All", "Directory.Read.All"),
        way=Way.LIST,
        note="the API page lists Directory.Read.All only; the narrow permission is described as covering it",
    ),
    graph(
        "delegated_permission_classifications",
        "applications",
        "/servicePrincipals/{id}/delegatedPermissionClassifications",
        _APPLICATIONS,
        way=Way.PER_PARENT,
        parents=("service_principals",),
        note="one call for each service principal",
    ),
)

SIGN_INS = (
    graph(
        "sign_ins",
        "sign-ins",
        "/auditLogs/signIns?$filter=createdDateTime ge {since} and createdDateTime le {until}&$top=999",
        AUDIT,
        way=Way.SIGN_INS,
        rate=Rate.REPORTS,
        version="beta",
        licence=P1,
        opt_in="--sign-ins",
        note="beta shows the protocol and the network of a sign-in; only counts are kept",
    ),
)

CHANGES = (
    graph(
        "directory_audits",
        "changes",
        "/auditLogs/directoryAudits?$filter=activityDateTime ge {since} and activityDateTime le {until} "
        "and (category eq 'Policy' or category eq 'RoleManagement' or category eq 'ApplicationManagement')&$top=999",
        AUDIT,
        way=Way.LIST,
        rate=Rate.REPORTS,
        opt_in="--changes",
        note="Entra ID keeps 7 days, with P1 or P2 30; asking further back is refused",
    ),
)

"""What is read from Microsoft Graph about the tenant and its policies.

Permissions are the application permissions that Microsoft's permissions.json (2026-08-07) and API reference list, the
least privileged first (wider ones that an application may already have: see `grants`). Requests select the keys that
facts and checks read, where an object holds many others.
"""

from __future__ import annotations

from tenantlint.collect.calls import Rate, Service
from tenantlint.collect.catalog_units import resource_units
from tenantlint.collect.source import Source, Way

P1 = ("entra_p1", "entra_p2")
P2 = ("entra_p2",)

_POLICY = ("Policy.Read.All",)
_METHODS = ("Policy.Read.AuthenticationMethod", "Policy.Read.All")
AUDIT = ("AuditLog.Read.All",)

_WITHOUT_P1 = "a tenant that has lost its licence can still read these"


def graph(
    collection: str,
    area: str,
    request: str,
    permissions: tuple[str, ...],
    *,
    way: Way = Way.OBJECT,
    shown: str = "",
    rate: Rate = Rate.DIRECTORY,
    version: str = "v1.0",
    also: tuple[str, ...] = (),
    licence: tuple[str, ...] = (),
    parents: tuple[str, ...] = (),
    opt_in: str = "",
    licence_decides: bool = True,
    note: str = "",
) -> Source:
    """A source in Graph; its cost follows from the request, `shown` from its path unless it is given."""
    return Source(
        collection=collection,
        area=area,
        service=Service.GRAPH,
        way=way,
        request=request,
        shown=shown or f"GET {request.partition('?')[0]}",
        rate=rate,
        api_version=version,
        permissions=permissions,
        also=also,
        licence=licence,
        parents=parents,
        cost=resource_units(request) if rate is Rate.DIRECTORY else 1,
        opt_in=opt_in,
        licence_decides=licence_decides,
        note=note,
    )


ORGANIZATION = (
    graph(
        "organization",
        "organization",
        "/organization?$select=assignedPlans,createdDateTime,displayName,id,onPremisesLastSyncDateTime,"
        "onPremisesSyncEnabled,securityComplianceNotificationMails,technicalNotificationMails,tenantType,verifiedDomains",
        ("Organization.Read.All",),
        way=Way.LIST,
    ),
    graph(
        "subscribed_skus",
        "licences",
        "/subscribedSkus",
        ("LicenseAssignment.Read.All",),
        way=Way.LIST,
        note="read first: without it the licences are not known",
    ),
    graph("domains", "domains", "/domains", ("Domain.Read.All",), way=Way.LIST),
)

CONDITIONAL_ACCESS = (
    graph(
        "conditional_access_policies",
        "conditional-access",
        "/identity/conditionalAccess/policies",
        _POLICY,
        way=Way.LIST,
        rate=Rate.CONDITIONAL_ACCESS,
        version="beta",
        licence=P1,
        licence_decides=False,
        note=f"beta shows conditions that v1.0 leaves out; {_WITHOUT_P1}",
    ),
    graph(
        "named_locations",
        "conditional-access",
        "/identity/conditionalAccess/namedLocations",
        _POLICY,
        way=Way.LIST,
        rate=Rate.CONDITIONAL_ACCESS,
        licence=P1,
        licence_decides=False,
        note=_WITHOUT_P1,
    ),
    graph(
        "authentication_strengths",
        "conditional-access",
        "/policies/authenticationStrengthPolicies",
        _METHODS,
        way=Way.LIST,
        licence=P1,
        licence_decides=False,
        note=_WITHOUT_P1,
    ),
    graph(
        "authentication_contexts",
        "conditional-access",
        "/identity/conditionalAccess/authenticationContextClassReferences",
        ("AuthenticationContext.Read.All", "Policy.Read.ConditionalAccess"),
        way=Way.LIST,
        licence=P1,
        licence_decides=False,
        note=f"Policy.Read.All does not cover these; {_WITHOUT_P1}",
    ),
)

AUTHENTICATION = (
    graph(
        "authentication_methods_policy",
        "authentication",
        "/policies/authenticationMethodsPolicy",
        _METHODS,
        version="beta",
        note="beta shows settings that v1.0 leaves out",
    ),
    graph(
        "security_defaults",
        "authentication",
        "/policies/identitySecurityDefaultsEnforcementPolicy",
        _POLICY,
    ),
    graph(
        "user_registration_details",
        "authentication",
        "/reports/authenticationMethods/userRegistrationDetails?$top=999",
        AUDIT,
        way=Way.LIST,
        rate=Rate.REPORTS,
        licence=P1,
    ),
    graph(
        "on_premises_synchronization",
        "authentication",
        "/directory/onPremisesSynchronization",
        ("OnPremDirectorySynchronization.Read.All",),
        way=Way.LIST,
        note="a tenant without Active Directory has none; checks of hybrid tenants alone read it",
    ),
)

POLICIES = (
    graph("authorization_policy", "policies", "/policies/authorizationPolicy", _POLICY),
    graph("admin_consent_request_policy", "policies", "/policies/adminConsentRequestPolicy", _POLICY),
    graph(
        "permission_grant_policies",
        "policies",
        "/policies/permissionGrantPolicies",
        ("Policy.Read.PermissionGrant",),
        way=Way.LIST,
    ),
    graph("app_management_policies", "policies", "/policies/appManagementPolicies", _POLICY, way=Way.LIST),
    graph("default_app_management_policy", "policies", "/policies/defaultAppManagementPolicy", _POLICY),
    graph(
        "activity_based_timeout_policies", "policies", "/policies/activityBasedTimeoutPolicies", _POLICY, way=Way.LIST
    ),
    graph(
        "group_settings",
        "policies",
        "/groupSettings",
        ("GroupSettings.Read.All",),
        way=Way.LIST,
        note="an object that is not there means the template's defaults",
    ),
    graph(
        "apps_and_services_settings",
        "policies",
        "/admin/appsAndServices",
        ("OrgSettings-AppsAndServices.Read.All",),
        rate=Rate.GRAPH,
        version="beta",
    ),
    graph(
        "forms_settings",
        "policies",
        "/admin/forms",
        ("OrgSettings-Forms.Read.All",),
        rate=Rate.GRAPH,
        version="beta",
    ),
)

CROSS_TENANT = (
    graph("cross_tenant_access_policy", "cross-tenant", "/policies/crossTenantAccessPolicy", _POLICY),
    graph("cross_tenant_access_default", "cross-tenant", "/policies/crossTenantAccessPolicy/default", _POLICY),
    graph(
        "cross_tenant_access_partners",
        "cross-tenant",
        "/policies/crossTenantAccessPolicy/partners?$expand=identitySynchronization",
        _POLICY,
        way=Way.LIST,
    ),
    graph(
        "b2b_management_policies",
        "cross-tenant",
        "/policies/b2bManagementPolicies",
        ("Policy.Read.B2BManagementPolicy",),
        way=Way.LIST,
        version="beta",
    ),
)

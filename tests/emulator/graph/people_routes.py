"""Routes about people, groups, applications and sign-ins that are more than a list of stored objects."""

from __future__ import annotations

from dataclasses import replace

from tests.emulator.graph import errors
from tests.emulator.graph.route import Limit, Route

_P1 = ("entra_p1", "entra_p2")

USERS = Route(
    "/users",
    "users",
    "user",
    units=2,
    filters=frozenset(
        {"id", "userPrincipalName", "mail", "displayName", "accountEnabled", "userType", "createdDateTime"}
    ),
    counts=True,
)
ACTIVITY = Route(
    "/users",
    "user_sign_in_activity",
    "user",
    units=2,
    page=100,
    maximum=500,
    clamp=True,
    licence=_P1,
    filters=USERS.filters,
    counts=True,
)
GROUPS = Route(
    "/groups",
    "groups",
    "group",
    filters=frozenset(
        {"id", "displayName", "mail", "mailNickname", "securityEnabled", "mailEnabled", "proxyAddresses"}
    ),
    counts=True,
)
# The same list, by the types of groups that a filter asks for.
MICROSOFT_365 = replace(GROUPS, collection="public_groups", filters=frozenset({"groupTypes"}))
DYNAMIC = replace(GROUPS, collection="dynamic_groups", filters=frozenset({"groupTypes"}))
BY_TYPE = {"unified": MICROSOFT_365, "dynamicmembership": DYNAMIC}
MEMBERS = Route("/groups/{id}/members", "group_members", "directoryObject", units=3, counts=True)
TRANSITIVE = Route("/groups/{id}/transitiveMembers", "group_members", "directoryObject", units=5, counts=True)
OWNERS = Route("/groups/{id}/owners", "group_members", "directoryObject", counts=True)
ROLES_OF = Route(
    "/servicePrincipals/{id}/appRoleAssignments",
    "app_role_assignments",
    "appRoleAssignment",
    filters=frozenset({"resourceId", "appRoleId"}),
)
OWNERS_OF_APPLICATION = Route("/applications/{id}/owners", "application_owners", "directoryObject", counts=True)
OWNERS_OF_PRINCIPAL = Route(
    "/servicePrincipals/{id}/owners", "service_principal_owners", "directoryObject", counts=True
)
CLASSIFICATIONS_OF = Route(
    "/servicePrincipals/{id}/delegatedPermissionClassifications",
    "delegated_permission_classifications",
    "delegatedPermissionClassification",
)
SIGN_INS = Route(
    "/auditLogs/signIns",
    "sign_ins",
    "signIn",
    page=1000,
    maximum=1000,
    limit=Limit.REPORTS,
    licence=_P1,
    denied=errors.denied_by_reports,
    history=("createdDateTime", 90, 90),
    filters=frozenset({"createdDateTime", "userId", "userPrincipalName", "appId", "appDisplayName", "clientAppUsed"}),
)

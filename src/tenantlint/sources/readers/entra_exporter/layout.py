"""EntraExporter's folders as data: where each collection lies, and which Graph call filled it.

Source of the paths: EntraExporter's Get-EEDefaultSchema. Objects lie in `<Path>/<id>/<id>.json`, their children in
`<Path>/<id>/<Child>/…`; a Path that ends in .json is one file with one object or a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tenantlint.sources.target import Target


@dataclass(frozen=True, slots=True)
class Place:
    """`path`: relative to the export's root. `telling`: no other export has such a folder."""

    path: str
    collection: str
    uri: str
    api: str = "v1.0"
    telling: bool = True


PLACES: tuple[Place, ...] = (
    Place(
        "Identity/Conditional/AccessPolicies",
        "conditional_access_policies",
        "identity/conditionalAccess/policies",
        "beta",
    ),
    Place("Identity/Conditional/NamedLocations", "named_locations", "identity/conditionalAccess/namedLocations"),
    Place(
        "Identity/Conditional/AuthenticationContexts",
        "authentication_contexts",
        "identity/conditionalAccess/authenticationContextClassReferences",
        "beta",
    ),
    Place(
        "Policies/IdentitySecurityDefaultsEnforcementPolicy",
        "security_defaults",
        "policies/identitySecurityDefaultsEnforcementPolicy",
    ),
    Place("Policies/AuthorizationPolicy", "authorization_policy", "policies/authorizationPolicy"),
    Place("Policies/AdminConsentRequestPolicy", "admin_consent_request_policy", "policies/adminConsentRequestPolicy"),
    Place("Policies/PermissionGrantPolicies", "permission_grant_policies", "policies/permissionGrantPolicies"),
    Place(
        "Policies/ActivityBasedTimeoutPolicy",
        "activity_based_timeout_policies",
        "policies/activityBasedTimeoutPolicies",
    ),
    Place(
        "Policies/DefaultAppManagementPolicy",
        "default_app_management_policy",
        "policies/defaultAppManagementPolicy",
        "beta",
    ),
    Place("Policies/AppManagementPolicies", "app_management_policies", "policies/appManagementPolicies", "beta"),
    Place(
        "Policies/CrossTenantAccessPolicy/Default",
        "cross_tenant_access_default",
        "policies/crossTenantAccessPolicy/default",
        "beta",
    ),
    Place(
        "Policies/CrossTenantAccessPolicy/Partners",
        "cross_tenant_access_partners",
        "policies/crossTenantAccessPolicy/partners",
        "beta",
    ),
    Place(
        "RoleManagement/Directory/RoleDefinitions",
        "role_definitions",
        "roleManagement/directory/roleDefinitions",
        "beta",
    ),
    Place(
        "RoleManagement/Directory/RoleAssignments",
        "role_assignments",
        "roleManagement/directory/roleAssignments",
        "beta",
    ),
    Place(
        "RoleManagement/Directory/RoleAssignmentScheduleInstances",
        "role_assignment_schedule_instances",
        "roleManagement/directory/roleAssignmentScheduleInstances",
        "beta",
    ),
    Place("Organization/Organization.json", "organization", "organization"),
    Place("Organization", "organization", "organization", telling=False),
    Place("Admin/Sharepoint/settings.json", "sharepoint_settings", "admin/sharepoint/settings", "beta"),
    Place("Domains", "domains", "domains", telling=False),
    Place(
        "Directory/OnPremisesSynchronization",
        "on_premises_synchronization",
        "directory/onPremisesSynchronization",
        telling=False,
    ),
    Place("SubscribedSkus", "subscribed_skus", "subscribedSkus", telling=False),
    Place("GroupSettings", "group_settings", "groupSettings", telling=False),
    Place("Groups", "groups", "groups", "beta", telling=False),
    Place("Users", "users", "users", "beta", telling=False),
    Place("Applications", "applications", "applications", telling=False),
    Place("ServicePrincipals", "service_principals", "servicePrincipals", telling=False),
)
METHODS = "Policies/AuthenticationMethodsPolicy/AuthenticationMethodConfigurations"
ROLES = "DirectoryRoles"
PIM_ROLES = "PIM/DirectoryRoles"
ALSO_TELLING = (METHODS, PIM_ROLES)


def resolve(target: Target, path: str) -> Path | None:
    """The file or folder at a relative path, whatever the letter case on disk. None when it is not there."""
    at = target.path
    for part in path.split("/"):
        if not at.is_dir():
            return None
        found = next((entry for entry in target.entries(at) if entry.name.lower() == part.lower()), None)
        if found is None or (found.is_symlink() and found.is_dir()):
            return None
        at = found
    return at


def object_files(target: Target, at: Path) -> Iterator[Path]:
    """The files of the objects at a place: itself, or `<id>/<id>.json` and `<id>.json` in it; children are not."""
    if at.is_file():
        yield at
        return
    for entry in target.entries(at):
        if entry.suffix.lower() == ".json" and entry.is_file():
            yield entry
        elif entry.is_dir() and not entry.is_symlink():
            own = entry / f"{entry.name}.json"
            if own.is_file():
                yield own


def has_object_folders(target: Target, at: Path) -> bool:
    """Whether a folder holds `<id>/<id>.json`: the layout that only EntraExporter writes."""
    return at.is_dir() and any(path.parent != at for path in object_files(target, at))

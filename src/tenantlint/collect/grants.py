"""What a token allows: which permissions of a source are missing.

Delegated scopes have the names of the application permissions, a few apart.
"""

from __future__ import annotations

from collections.abc import Mapping

from tenantlint.collect.source import Source

_DIRECTORY = (
    "Application.Read.All",
    "DelegatedPermissionGrant.Read.All",
    "Domain.Read.All",
    "GroupMember.Read.All",
    "GroupSettings.Read.All",
    "LicenseAssignment.Read.All",
    "Organization.Read.All",
    "RoleManagement.Read.Directory",
    "User.Read.All",
)

# Wider permissions and what they stand for, generously: a call that is made in vain is answered with 403, while a call
# that is not made although it would be answered costs a collection.
_STANDS_FOR: Mapping[str, tuple[str, ...]] = {
    "AdminApi.AccessAsUser.All": ("Exchange.ManageAsApp",),
    "AllSites.FullControl": ("Sites.FullControl.All",),
    "Directory.AccessAsUser.All": ("Directory.Read.All", *_DIRECTORY),
    "Directory.Read.All": (*_DIRECTORY, "Policy.Read.PermissionGrant"),
    "Exchange.Manage": ("Exchange.ManageAsApp",),
    "Group.Read.All": ("GroupMember.Read.All",),
    "Organization.Read.All": ("LicenseAssignment.Read.All",),
    "PrivilegedAccess.Read.AzureADGroup": ("PrivilegedEligibilitySchedule.Read.AzureADGroup",),
    "RoleManagement.Read.All": ("RoleManagement.Read.Directory",),
}


def implied(granted: frozenset[str]) -> frozenset[str]:
    """The permissions, and those that they stand for: `X.ReadWrite.Y` reads as well."""
    narrowed = {name.replace("ReadWrite", "Read") for name in granted}
    return frozenset(granted | narrowed | {each for name in narrowed for each in _STANDS_FOR.get(name, ())})


def missing(source: Source, granted: frozenset[str]) -> tuple[str, ...]:
    """The permissions to grant so that the source can be read: the least of the alternatives, and those besides."""
    held = implied(granted)
    lacking = source.permissions[:1] if held.isdisjoint(source.permissions) else ()
    return (*lacking, *(name for name in source.also if name not in held))

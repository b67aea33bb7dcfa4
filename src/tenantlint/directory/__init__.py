"""Who is who in a tenant: principals, group membership, and who holds which role."""

from tenantlint.directory.directory import Directory
from tenantlint.directory.membership import Membership
from tenantlint.directory.moments import moment
from tenantlint.directory.principals import GUEST_TYPES, guest_types_of
from tenantlint.directory.roles import RoleAssignment, RoleHolding, Roles, RoleSources

__all__ = [
    "GUEST_TYPES",
    "Directory",
    "Membership",
    "RoleAssignment",
    "RoleHolding",
    "RoleSources",
    "Roles",
    "guest_types_of",
    "moment",
]

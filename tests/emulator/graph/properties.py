"""Which members a type has, so that `$select` of another is refused as Graph refuses it."""

from __future__ import annotations

from functools import cache

from tests.emulator.graph import errors, shapes
from tests.emulator.graph.queries import Query
from tests.emulator.graph.route import Route

from tenantlint.snapshot import collection_schema

# Of types whose schema in the project is shorter than Graph's. Base types of a relationship have no list.
_MORE: dict[str, frozenset[str]] = {
    "users": shapes.USER_DEFAULTS
    | {
        "accountEnabled",
        "assignedLicenses",
        "assignedPlans",
        "createdDateTime",
        "creationType",
        "department",
        "employeeType",
        "externalUserState",
        "externalUserStateChangeDateTime",
        "identities",
        "mailNickname",
        "onPremisesImmutableId",
        "onPremisesSamAccountName",
        "onPremisesSyncEnabled",
        "passwordPolicies",
        "proxyAddresses",
        "signInActivity",
        "usageLocation",
        "userType",
    },
    "groups": frozenset(
        {
            "createdDateTime",
            "deletedDateTime",
            "description",
            "displayName",
            "groupTypes",
            "id",
            "isAssignableToRole",
            "isManagementRestricted",
            "mail",
            "mailEnabled",
            "mailNickname",
            "membershipRule",
            "membershipRuleProcessingState",
            "onPremisesSyncEnabled",
            "proxyAddresses",
            "securityEnabled",
            "visibility",
        }
    ),
}
_OPEN = frozenset(
    {
        "application_owners",
        "group_members",
        "secure_score_control_profiles",
        "secure_scores",
        "service_principal_owners",
        "sign_ins",
    }
)
# Collections that hold a part of another one's objects.
_PART_OF = {"dynamic_groups": "groups", "public_groups": "groups", "user_sign_in_activity": "users"}


def knows(route: Route, query: Query, version: str) -> None:
    """Raises GraphError for a `$select` of a member that the type has not in this version."""
    collection = _PART_OF.get(route.collection, route.collection)
    if not query.select or collection in _OPEN:
        return
    hidden = shapes.BETA_ONLY.get(collection, ()) if version == "v1.0" else ()
    for name in query.select:
        if name in hidden or name not in _members(collection):
            raise errors.no_property(name, route.entity)


@cache
def _members(collection: str) -> frozenset[str]:
    return frozenset(collection_schema(collection)["properties"]) | _MORE.get(collection, frozenset())

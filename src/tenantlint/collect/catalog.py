"""Everything that can be collected: one `Source` a collection, in the order of the areas."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tenantlint.collect import catalog_graph as settings
from tenantlint.collect import catalog_people as people
from tenantlint.collect import catalog_services as services
from tenantlint.collect.source import Source

# What `--include` and `--exclude` take, and what each area is about.
AREA_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "organization": "the tenant itself",
        "licences": "what the tenant is licensed for",
        "conditional-access": "Conditional Access policies, named locations, authentication strengths and contexts",
        "authentication": "sign-in methods, security defaults, who registered what, synchronization with AD",
        "policies": "rights of members and guests, consent, credentials of applications, directory settings",
        "cross-tenant": "trust in other tenants and invitations",
        "roles": "directory roles, who holds them, and what Privileged Identity Management asks for",
        "groups": "the groups that policies, roles and mail rules name, with their members",
        "users": "users, and when they last signed in",
        "applications": "applications, service principals and what they were granted",
        "domains": "domains of the tenant",
        "sharepoint": "sharing and access settings of SharePoint and OneDrive",
        "exchange": "mail flow, mailboxes and settings of Exchange Online",
        "defender": "protection against spam, phishing and malware",
        "purview": "data loss prevention, alerts and audit retention",
        "teams": "meeting, messaging, application and federation settings of Teams",
        "devices": "registration, compliance and enrolment of devices",
        "secure-score": "Microsoft Secure Score and its recommendations",
        "sign-ins": "sign-ins, counted by their circumstances",
        "changes": "who changed policies, roles and applications, as the directory recorded it",
        "dns": "public mail records of the accepted domains",
    }
)

AREAS: tuple[str, ...] = tuple(AREA_TITLES)

_ALL = (
    *settings.ORGANIZATION,
    *settings.CONDITIONAL_ACCESS,
    *settings.AUTHENTICATION,
    *settings.POLICIES,
    *settings.CROSS_TENANT,
    *people.ROLES,
    *people.PEOPLE,
    *people.APPLICATIONS,
    *services.SHAREPOINT,
    *services.EXCHANGE,
    *services.DEFENDER,
    *services.PURVIEW,
    *services.TEAMS,
    *services.DEVICES,
    *services.SECURE_SCORE,
    *people.SIGN_INS,
    *people.CHANGES,
    *services.DNS,
)

SOURCES: tuple[Source, ...] = tuple(sorted(_ALL, key=lambda source: AREAS.index(source.area)))

# Collections that only an import fills, and why none of our ways reaches them.
NOT_COLLECTABLE: Mapping[str, str] = MappingProxyType(
    {
        "imported_exceptions": "Exceptions come from the configuration of the tool whose export was imported",
        "role_holders": "The collector reads assignments, which say more; an import can hold mere names of holders",
        "teams_app_settings": "The Teams configuration service does not offer these; an import can hold them",
        "teams_tenant": "The Teams configuration service does not offer this; an import can hold it",
    }
)

_BY_COLLECTION: Mapping[str, Source] = MappingProxyType({source.collection: source for source in SOURCES})


def source_of(collection: str) -> Source:
    """Where the collection comes from. Raises KeyError for one that cannot be collected."""
    return _BY_COLLECTION[collection]


def sources_of(area: str) -> tuple[Source, ...]:
    """The sources of one area, in the order of the catalogue."""
    return tuple(source for source in SOURCES if source.area == area)

"""`collect --plan`: what a run would call and what it needs, told without calling anything."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tenantlint.collect.calls import Rate, Service
from tenantlint.collect.catalog_services import FULL_CONTROL, MANAGE_AS_APP
from tenantlint.collect.catalog_units import resource_units
from tenantlint.collect.pacing import DOCUMENTED, bound, with_users
from tenantlint.collect.source import Source, Way

LATENCY = 0.2  # seconds that one call is taken to last
_PAGE = 999
_ACTIVITY_PAGE = 500
_MAILBOX_PAGE = 1000


@dataclass(frozen=True, slots=True)
class TenantSize:
    """What the time of a run depends on. `groups`: those that matter; `role_groups`: of these, holding roles."""

    users: int = 1000
    groups: int = 50
    role_groups: int = 5
    service_principals: int = 300
    applications: int = 100


@dataclass(frozen=True, slots=True)
class Step:
    """One source of the plan.

    `permissions`: what of the plan's permissions serves it; `alternatives`: others that would. `roles`: Entra roles,
    any one of which suffices. `calls`: how many at the least, in a tenant of the plan's size.
    """

    area: str
    collection: str
    service: str
    method: str
    request: str
    api_version: str
    permissions: tuple[str, ...]
    alternatives: tuple[str, ...]
    roles: tuple[str, ...]
    licence: tuple[str, ...]
    rate: str
    calls: int
    note: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole run. `seconds`: the least that it takes with the services' limits and the time of the calls."""

    steps: tuple[Step, ...]
    graph_permissions: tuple[str, ...]
    other_permissions: tuple[tuple[str, str], ...]  # service, permission
    role: str
    seconds: float
    size: TenantSize

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know before granting this."""
        held = dict(self.other_permissions)
        found = []
        if MANAGE_AS_APP in held.values():
            found.append(
                f"{MANAGE_AS_APP} allows whatever the application's Entra role allows: with {self.role} that is "
                "reading only. Only cmdlets that begin with Get- are ever sent."
            )
        if FULL_CONTROL in held.values():
            found.append(
                f"{FULL_CONTROL} on SharePoint allows reading and writing every site; one settings object is read with "
                "it. SharePoint accepts it only with a certificate. Without --sharepoint-admin it is not needed."
            )
        return tuple(found)

    @property
    def writers(self) -> tuple[str, ...]:
        """The permissions of the plan that could write."""
        return tuple(name for _, name in self.other_permissions if name == FULL_CONTROL)


def plan(sources: Sequence[Source], size: TenantSize | None = None) -> Plan:
    """The plan for the chosen sources."""
    size = size or TenantSize()
    graph = [source for source in sources if source.service is Service.GRAPH]
    granted = smallest_permissions(graph)
    others = {
        (source.service.value, name)
        for source in sources
        if source.service is not Service.GRAPH
        for name in source.permissions[:1]
    }
    held = (*granted, *(name for _, name in others))
    return Plan(
        steps=tuple(_step(source, held, size) for source in sources),
        graph_permissions=granted,
        other_permissions=tuple(sorted(others)),
        role=smallest_role(sources),
        seconds=_seconds(sources, size),
        size=size,
    )


def smallest_permissions(sources: Iterable[Source]) -> tuple[str, ...]:
    """Permissions that serve all sources, sorted: the least of each, without those that another one covers.

    A permission is dropped where every source that it serves is served by one that is needed anyway. Those that serve
    the fewest are tried first, so that a narrow one never stays beside the wider one that makes it needless.
    """
    needs = [frozenset(source.permissions) for source in sources if source.permissions]
    needs += [frozenset({name}) for source in sources for name in source.also]
    found = {source.permissions[0] for source in sources if source.permissions}
    found.update(name for source in sources for name in source.also)
    serves = {name: sum(name in need for need in needs) for name in found}
    for name in sorted(found, key=lambda name: (serves[name], name)):
        rest = found - {name}
        if all(need & rest for need in needs):
            found = rest
    return tuple(sorted(found))


def smallest_role(sources: Iterable[Source]) -> str:
    """The Entra role that serves all sources, the least first; "" when none is needed."""
    wanted = [source.roles for source in sources if source.roles]
    order = list(dict.fromkeys(role for roles in wanted for role in roles))
    common = [role for role in order if all(role in roles for roles in wanted)]
    return min(common, key=lambda role: (sum(roles.index(role) for roles in wanted), role)) if common else ""


def _step(source: Source, held: Sequence[str], size: TenantSize) -> Step:
    least = tuple(name for name in source.permissions if name in held)[:1]
    return Step(
        area=source.area,
        collection=source.collection,
        service=source.service.value,
        method=_method(source),
        request=_request(source),
        api_version=source.api_version,
        permissions=(*least, *source.also),
        alternatives=tuple(name for name in source.permissions if name not in least),
        roles=source.roles,
        licence=source.licence,
        rate=source.rate.value,
        calls=len(_costs(source, size)),
        note=source.note,
    )


def _method(source: Source) -> str:
    if source.way is Way.CMDLET:
        return "POST"
    return "DNS" if source.service is Service.DNS else "GET"


def _request(source: Source) -> str:
    if source.way is Way.CMDLET:
        return f"InvokeCommand {source.request}"
    if source.service is Service.TEAMS:
        return f"/Skype.Policy/configurations/{source.request}"
    return source.request


def _pages(objects: int, page: int) -> int:
    return max(1, math.ceil(objects / page))


# How many calls a collection takes, where that depends on the tenant.
_CALLS: Mapping[str, Callable[[TenantSize], int]] = {
    "app_role_assignments": lambda size: size.service_principals,
    "application_owners": lambda size: size.applications,
    "applications": lambda size: _pages(size.applications, _PAGE),
    "delegated_permission_classifications": lambda size: size.service_principals,
    "groups": lambda size: size.groups,
    "mailboxes": lambda size: _pages(size.users, _MAILBOX_PAGE),
    "privileged_access_group_eligibility_schedule_instances": lambda size: size.role_groups,
    "secure_score_control_profiles": lambda _: 2,
    "service_principal_owners": lambda size: size.service_principals,
    "service_principals": lambda size: _pages(size.service_principals, _PAGE),
    "user_registration_details": lambda size: _pages(size.users, _PAGE),
    "user_sign_in_activity": lambda size: _pages(size.users, _ACTIVITY_PAGE),
    "users": lambda size: _pages(size.users, _PAGE),
}
# A group's members take three calls: transitive, direct, owners.
_MEMBER_CALLS = (
    resource_units("/groups/{id}/transitiveMembers?$select=id&$top=999"),
    resource_units("/groups/{id}/members?$select=id&$top=999"),
    resource_units("/groups/{id}/owners?$select=id"),
)


def _costs(source: Source, size: TenantSize) -> list[int]:
    if source.collection == "group_members":
        return [cost for cost in _MEMBER_CALLS for _ in range(size.groups)]
    calls = _CALLS.get(source.collection)
    return [source.cost] * (calls(size) if calls else 1)


def _seconds(sources: Sequence[Source], size: TenantSize) -> float:
    """The larger of what the limits allow and the longest chain of calls that wait for one another."""
    costs: dict[Rate, list[int]] = {}
    for source in sources:
        costs.setdefault(source.rate, []).extend(_costs(source, size))
    limits = with_users(DOCUMENTED, size.users)
    return max(bound(costs, limits, latency=LATENCY), _longest_chain(sources, size) * LATENCY)


def _longest_chain(sources: Sequence[Source], size: TenantSize) -> int:
    """Pages of one list follow one another; objects of a parent are read beside one another."""
    chosen = {source.collection: source for source in sources}
    known: dict[str, int] = {}

    def length(source: Source) -> int:
        if source.collection not in known:
            known[source.collection] = 0  # a parent that waits for its child would not end
            before = max((length(chosen[name]) for name in source.parents if name in chosen), default=0)
            known[source.collection] = before + (1 if source.parents else len(_costs(source, size)))
        return known[source.collection]

    return max((length(source) for source in sources), default=0)

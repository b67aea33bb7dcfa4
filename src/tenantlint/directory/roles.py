"""Who holds which directory role, how, and until when.

Three lists tell it. roleAssignments has every active assignment, without times. roleAssignmentScheduleInstances
has the same with times, and says which were activated through Privileged Identity Management (assignmentType
`Activated`) and which stand (`Assigned`). roleEligibilityScheduleInstances has who may activate. A role given to
a group is held by its members, and by those who are eligible to become members.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from tenantlint.directory.membership import Groups
from tenantlint.directory.moments import moment
from tenantlint.directory.principals import Accounts
from tenantlint.model import CollectionStatus, JsonObject, Principal
from tenantlint.snapshot import Snapshot

SCHEDULED = "role_assignment_schedule_instances"
ASSIGNED = "role_assignments"
ELIGIBLE = "role_eligibility_schedule_instances"
GROUP_ELIGIBLE = "privileged_access_group_eligibility_schedule_instances"


@dataclass(frozen=True, slots=True)
class RoleSources:
    """Which of the lists the snapshot holds. `active`: the collection that told the active assignments.

    A list that the tenant has no licence for is empty, not unknown.
    """

    active: str | None
    eligibility_known: bool
    group_eligibility_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAssignment:
    """One assignment of a role to a user, group or service principal, as the service lists it.

    `kind`: `active` (assigned), `activated` (through PIM, for hours), `eligible`. `scope`: `/` for the whole
    tenant, else the administrative unit, object or application that it is limited to.
    """

    id: str
    collection: str
    role_template_id: str
    role_name: str
    principal: Principal
    kind: str
    starts: datetime | None = None
    ends: datetime | None = None
    scope: str = "/"

    @property
    def tenant_wide(self) -> bool:
        return self.scope == "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHolding:
    """One way in which one account holds a role.

    `via`: the groups that lead to it, the one with the role first; empty for a direct assignment. `kind` is the
    weaker of the two links: an eligible member of a group with the role is `eligible`.
    """

    assignment: RoleAssignment
    principal: Principal
    kind: str
    via: tuple[str, ...] = ()

    @property
    def role_template_id(self) -> str:
        return self.assignment.role_template_id

    @property
    def standing(self) -> bool:
        """Usable without activation, with no end."""
        return self.kind == "active" and self.assignment.ends is None


class Roles:
    """The role assignments of one snapshot, judged at one moment.

    `at`: assignments that ended by then are left out; None keeps all. Assignments that start later are kept:
    they are access that somebody has already decided on.
    """

    def __init__(self, snapshot: Snapshot, accounts: Accounts, groups: Groups, at: datetime | None) -> None:
        self._snapshot = snapshot
        self._accounts = accounts
        self._groups = groups
        self._at = at

    @cached_property
    def sources(self) -> RoleSources:
        """Which lists of role assignments the snapshot holds."""
        active = next((name for name in (SCHEDULED, ASSIGNED) if self._snapshot.collection(name).ok), None)
        return RoleSources(active, self._known(ELIGIBLE), self._known(GROUP_ELIGIBLE))

    def _known(self, name: str) -> bool:
        return self._snapshot.status(name) in (CollectionStatus.OK, CollectionStatus.UNLICENSED)

    @cached_property
    def assignments(self) -> tuple[RoleAssignment, ...]:
        """Every assignment once, in a fixed order.

        What roleAssignments and the schedule instances both list is taken from the latter, which knows the times.
        """
        scheduled = [self._assignment(item, SCHEDULED, _active_kind(item)) for item in self._snapshot.items(SCHEDULED)]
        seen = {_key(item) for item in scheduled}
        plain = [self._assignment(item, ASSIGNED, "active") for item in self._snapshot.items(ASSIGNED)]
        eligible = [self._assignment(item, ELIGIBLE, "eligible") for item in self._snapshot.items(ELIGIBLE)]
        found: dict[tuple[str, str, str, str], RoleAssignment] = {}
        for item in (*scheduled, *(item for item in plain if _key(item) not in seen), *eligible):
            if self._ended(item.ends):
                continue
            key = (*_key(item), item.kind)
            before = found.get(key)
            if before is None or _later(item.ends, before.ends):
                found[key] = item
        return tuple(
            sorted(found.values(), key=lambda item: (item.role_template_id, item.principal.id, item.scope, item.kind))
        )

    def holders(self, assignment: RoleAssignment) -> Iterator[RoleHolding]:
        """Every account that an assignment gives the role to; a group gives it to each of its members.

        The group itself is no holder. A group whose members are not known has none here: ask `Groups.members`.
        """
        principal = assignment.principal
        if principal.kind != "group":
            yield RoleHolding(assignment=assignment, principal=principal, kind=assignment.kind)
            return
        for member in sorted(self._groups.members(principal.id).ids):
            yield RoleHolding(
                assignment=assignment,
                principal=self._accounts.principal(member),
                kind=assignment.kind,
                via=self._groups.path(member, principal.id),
            )
        for member in sorted(self.pim_groups.get(principal.id.lower(), ())):
            yield RoleHolding(
                assignment=assignment,
                principal=self._accounts.principal(member),
                kind="eligible",
                via=(principal.id.lower(),),
            )

    def active_holders(self, template_id: str) -> frozenset[str] | None:
        """The ids, in lower case, of all who hold a role actively for the whole tenant; None when not known.

        Conditional Access matches a role like this: not the eligible, and not those limited to a part of it.
        """
        if self.sources.active is None:
            return None
        wanted = template_id.lower()
        found: set[str] = set()
        for assignment in self.assignments:
            if assignment.role_template_id != wanted or assignment.kind == "eligible" or not assignment.tenant_wide:
                continue
            if assignment.principal.kind != "group":
                found.add(assignment.principal.id.lower())
                continue
            membership = self._groups.members(assignment.principal.id)
            if not (membership.known or membership.missing):
                return None
            found |= membership.ids
        return frozenset(found)

    @cached_property
    def names(self) -> dict[str, str]:
        """Role template id, in lower case, to the name that the snapshot gives it (empty where it has none)."""
        found = dict(self._definitions.values())
        for item in self.assignments:
            if not found.get(item.role_template_id):
                found[item.role_template_id] = item.role_name
        return found

    @cached_property
    def pim_groups(self) -> dict[str, frozenset[str]]:
        """Groups with eligible members through PIM for Groups: group id to those members, all in lower case."""
        found: dict[str, set[str]] = {}
        for item in self._snapshot.items(GROUP_ELIGIBLE):
            if not self._ended(moment(item.get("endDateTime"))):
                found.setdefault(_text(item, "groupId").lower(), set()).add(_text(item, "principalId").lower())
        return {group: frozenset(members) for group, members in found.items()}

    def _ended(self, ends: datetime | None) -> bool:
        return self._at is not None and ends is not None and ends <= self._at

    @cached_property
    def _definitions(self) -> dict[str, tuple[str, str]]:
        """Role definition id to template id and name; for built-in roles the two ids are equal."""
        return {
            _text(item, "id").lower(): (
                (_text(item, "templateId") or _text(item, "id")).lower(),
                _text(item, "displayName"),
            )
            for item in self._snapshot.items("role_definitions")
        }

    def _assignment(self, item: JsonObject, collection: str, kind: str) -> RoleAssignment:
        definition_id = _text(item, "roleDefinitionId").lower()
        expanded = item.get("roleDefinition")
        given = expanded if isinstance(expanded, dict) else {}
        template_id, name = self._definitions.get(
            definition_id, ((_text(given, "templateId") or definition_id).lower(), _text(given, "displayName"))
        )
        principal = self._accounts.principal(_text(item, "principalId"), item.get("principal"))
        if principal.kind == "unknown" and self._groups.has(principal.id):
            principal = replace(principal, kind="group")
        return RoleAssignment(
            id=_text(item, "id"),
            collection=collection,
            role_template_id=template_id,
            role_name=name,
            principal=principal,
            kind=kind,
            starts=moment(item.get("startDateTime")),
            ends=moment(item.get("endDateTime")),
            scope=_text(item, "directoryScopeId") or _text(item, "appScopeId") or "/",
        )


def _active_kind(item: JsonObject) -> str:
    return "activated" if _text(item, "assignmentType").lower() == "activated" else "active"


def _key(item: RoleAssignment) -> tuple[str, str, str]:
    return item.principal.id.lower(), item.role_template_id, item.scope


def _later(ends: datetime | None, other: datetime | None) -> bool:
    return other is not None and (ends is None or ends > other)


def _text(item: JsonObject, name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""

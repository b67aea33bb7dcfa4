"""What people call the things that policies name by id: applications, locations, groups, roles, guest types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from tenantlint.conditional_access import applications
from tenantlint.conditional_access.people import Name
from tenantlint.conditional_access.sign_in import ACTIONS
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.directory.role_names import built_in_role_names

_ACTION_NAMES = {
    ACTIONS["registerSecurityInformation"]: "registering security information",
    ACTIONS["registerOrJoinDevices"]: "registering or joining devices",
}
GUESTS = {
    "internalGuest": "internal guests",
    "b2bCollaborationGuest": "B2B guests",
    "b2bCollaborationMember": "B2B members",
    "b2bDirectConnectUser": "B2B direct connect users",
    "otherExternalUser": "other external users",
    "serviceProvider": "users of service providers",
}


def unknowns_in_words(unknowns: Iterable[str]) -> list[str]:
    """Named unknowns once each, in their order; several types of guests are one."""
    kinds = {f"who is a {kind}" for kind in GUESTS}
    found = list(dict.fromkeys(unknowns))
    if sum(one in kinds for one in found) < 2:
        return found
    together = ["who is a guest or external user" if one in kinds else one for one in found]
    return list(dict.fromkeys(together))


class Naming:
    """Names as the tenant's snapshot gives them, else published ones, else the id. They are not escaped."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    def application(self, atom: str) -> str:
        """An application, a suite, a user action, an authentication context, or `other`."""
        if applications.is_action(atom):
            return _ACTION_NAMES.get(atom, atom)
        if applications.is_context(atom):
            name = self._contexts.get(atom)
            return f"the authentication context {name} ({atom})" if name else f"the authentication context {atom}"
        return applications.names().get(atom) or self._applications.get(atom) or atom

    def location(self, identity: str) -> str:
        """A named location by id."""
        return self._tenant.locations.get(identity).name

    def trusted(self) -> set[str]:
        """The ids of the trusted locations."""
        return set(self._tenant.locations.trusted())

    def person(self, identity: str) -> str:
        """A user, by display name."""
        directory = self._tenant.directory
        return (directory.principal(identity).name if directory else "") or identity

    def account(self, identity: str) -> str:
        """A user as a command line takes it: the user principal name, else the id."""
        directory = self._tenant.directory
        user = directory.user(identity) if directory else None
        return str((user or {}).get("userPrincipalName") or identity)

    def unique(self, kind: str, identity: str) -> str:
        """The name of a group, role, application or location where it is known and means nothing else, else the id."""
        if kind == "application":
            name = self.application(identity)
            return name if self.application_ids().get(name.casefold()) == identity else identity
        if kind == "location":
            name = self.location(identity)
            alike = [one for one in self._tenant.locations.by_id.values() if one.name.casefold() == name.casefold()]
            return name if len(alike) == 1 else identity
        name = self.short((kind, identity))
        return name if self._groups.get(name.casefold(), 1) == 1 or kind == "role" else identity

    def short(self, name: Name) -> str:
        """The bare name of what a policy's user part names."""
        kind, identity = name[0], name[1]
        directory = self._tenant.directory
        if kind == "guest":
            text = GUESTS.get(identity, identity)
            return f"{text} of the tenant {name[2]}" if len(name) == 3 else text
        if kind == "role":
            known = directory.roles(directory.snapshot.collected_at).names if directory else {}
            return known.get(identity) or built_in_role_names().get(identity) or identity
        return self.person(identity)

    def members(self, name: Name) -> str:
        """Whoever is in what a policy names: `members of X`, `holders of X`."""
        return {"group": "members of ", "role": "holders of "}.get(name[0], "") + self.short(name)

    def thing(self, name: Name) -> str:
        """What a policy names, with its kind: `the group X`, `the role X`, `B2B guests`."""
        kinds = {"group": "the group ", "role": "the role ", "user": "the user "}
        return kinds.get(name[0], "") + self.short(name)

    @cached_property
    def _applications(self) -> dict[str, str]:
        """Names of the tenant's own applications and of service principals, by application id in lower case."""
        found: dict[str, str] = {}
        directory = self._tenant.directory
        if directory is None:
            return found
        for collection in ("service_principals", "applications"):
            for item in directory.snapshot.collection(collection).items:
                identity, name = item.get("appId"), item.get("displayName")
                if isinstance(identity, str) and isinstance(name, str) and name:
                    found.setdefault(identity.casefold(), name)
        return found

    def application_ids(self) -> dict[str, str]:
        """Names of applications in lower case to ids: published ones first, then the tenant's; each name's first."""
        found: dict[str, str] = {}
        for names in (applications.names(), self._applications):
            for identity, name in sorted(names.items()):
                found.setdefault(name.casefold(), identity)
        return found

    @cached_property
    def _groups(self) -> Counter[str]:
        """How many groups have each name, in lower case."""
        directory = self._tenant.directory
        items = directory.snapshot.collection("groups").items if directory else ()
        return Counter(str(one.get("displayName") or "").casefold() for one in items)

    @cached_property
    def _contexts(self) -> dict[str, str]:
        directory = self._tenant.directory
        items = directory.snapshot.collection("authentication_contexts").items if directory else ()
        return {str(one.get("id") or "").casefold(): str(one.get("displayName") or "") for one in items}

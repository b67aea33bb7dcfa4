"""Names of things in a tenant to their ids, with near matches where there is no such thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cached_property

from tenantlint.conditional_access import applications
from tenantlint.conditional_access.policy import Policy, application_id
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.errors import InputError
from tenantlint.yaml_document import Path as Place
from tenantlint.yaml_document import YamlDocument


class Applications:
    """Applications by name: the published ones, and those that the tenant lists."""

    def __init__(self, tenant: Tenant, document: YamlDocument) -> None:
        self._tenant = tenant
        self._document = document

    def id(self, value: str, place: Place) -> str:
        """The id of a name or id. Raises InputError for a name that none or several have."""
        identity = application_id(value)
        if identity in applications.suites() or identity == applications.OTHER or is_guid(identity):
            return identity
        found = sorted(key for key, name in self._names if name.casefold() == value.casefold())
        if len(found) == 1:
            return found[0]
        if found:
            raise self._document.error(
                place, f"{len(found)} applications are named `{value}`", f"write one of the ids {', '.join(found)}"
            )
        known = sorted({*(name for _, name in self._names), *applications.suites()})
        raise unknown_name(self._document, place, "application", value, known)

    def name(self, identity: str) -> str:
        """An application by name, where one is known."""
        return self._by_id.get(identity, identity)

    @cached_property
    def _names(self) -> frozenset[tuple[str, str]]:
        """Ids with every name that they have."""
        directory = self._tenant.directory
        lists = ("service_principals", "applications") if directory else ()
        items = [one for name in lists if directory for one in directory.snapshot.collection(name).items]
        own = {
            (identity.casefold(), name)
            for one in items
            if isinstance(identity := one.get("appId"), str) and isinstance(name := one.get("displayName"), str)
        }
        return frozenset(own | set(applications.names().items()))

    @cached_property
    def _by_id(self) -> dict[str, str]:
        return dict(sorted(self._names, reverse=True)) | dict(applications.names())


def names_of_policies(
    wanted: Iterable[tuple[str, Place]], policies: Sequence[Policy], document: YamlDocument
) -> dict[str, int]:
    """What each name in an expectation stands for: the index of one policy. A name is whole, or how exactly one
    policy's name begins (`CA001`). Raises InputError for any other.
    """
    found = {}
    for name, place in wanted:
        key = name.casefold()
        exact = [index for index, one in enumerate(policies) if key in (one.id, one.name.casefold())]
        matching = exact or [
            index
            for index, one in enumerate(policies)
            if one.name.casefold().startswith(key) and not one.name[len(key) :][:1].isalnum()
        ]
        if len(matching) > 1:
            raise document.error(
                place, f"{len(matching)} policies are named `{name}`", "write the whole name, or the id of one of them"
            )
        if not matching:
            raise unknown_name(document, place, "policy", name, [one.name for one in policies])
        found[name] = matching[0]
    return found


def unknown_name(document: YamlDocument, place: Place, kind: str, value: str, known: Sequence[str]) -> InputError:
    """The refusal of a name that nothing has, with those that are near."""
    folded = {one.casefold(): one for one in known}
    near = [folded[one] for one in get_close_matches(value.casefold(), folded, n=3, cutoff=0.5)]
    near += [name for key, name in folded.items() if value.casefold() in key and name not in near][: 3 - len(near)]
    mend = f"did you mean {' or '.join(near)}" if near else f"write the name or id of a {kind} of this tenant"
    return document.error(place, f"there is no {kind} `{value}`", mend)


def is_guid(text: str) -> bool:
    """Whether a text in lower case has the form of an object id."""
    parts = text.split("-")
    return [len(one) for one in parts] == [8, 4, 4, 4, 12] and all(
        character in "0123456789abcdef" for one in parts for character in one
    )

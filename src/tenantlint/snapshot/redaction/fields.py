"""Which field holds what: policies/data/personal_data.json, compiled into one tree of paths a collection."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from tenantlint import shipped

_MOST_CHILDREN = 500  # a map from ids to things has no fields, and is not kept in the tree


class Kind(StrEnum):
    """What the strings of a field are."""

    TEXT = "text"  # anything: what is known of the tenant and its people is found in it and replaced
    PERSON = "person"  # the display name of a person or a mailbox
    GROUP = "group"  # the display name of a group
    TENANT = "tenant"  # the name of the tenant
    NAME = "name"  # the name or description of an object of configuration
    NOTE = "note"  # what somebody wrote: replaced whole
    ADDRESS = "address"  # a user principal name or mail address, also with a prefix such as `smtp:`
    PRINCIPAL = "principal"  # a person in any form: an address, an id, a name, `Name; address`
    GROUP_PRINCIPAL = "group_principal"  # a group in any form
    DOMAIN = "domain"  # one domain
    DOMAINS = "domains"  # a text in which every domain and address is replaced
    WORD = "word"  # an attribute of a person: a department, a title
    RULE = "rule"  # a membership rule
    PHONE = "phone"
    DEVICE = "device"  # the name of a device
    ACCOUNT = "account"  # an account name on premises
    DIRECTORY_NAME = "directory_name"  # a distinguished name
    SECURITY_ID = "security_id"
    IP = "ip"  # an address or a range of the configuration
    PERSONAL_IP = "personal_ip"  # where somebody was
    TOKEN = "token"  # noqa: S105 - an identifier without form
    ID = "id"  # an identifier, also one that is no GUID
    KEPT_ID = "kept_id"  # an identifier that Microsoft gave, the same in every tenant
    APP_ID = "app_id"  # an application: kept unless it is the tenant's own
    KEEP = "keep"  # never personal


@dataclass(slots=True)
class Node:
    """A place in the objects of a collection. Lists are transparent: their members stand where the list stands.

    `filled`: there was a text here.
    """

    path: str
    kind: Kind
    children: dict[str, Node] = field(default_factory=dict)
    filled: bool = False


@dataclass(frozen=True, slots=True)
class PersonalData:
    """The data file. `keys`: kind by key in lower case, anywhere. `collections`: kind by path."""

    keys: Mapping[str, Kind]
    collections: Mapping[str, Mapping[str, Kind]]
    kept_domains: frozenset[str]
    kept_addresses: frozenset[str]
    shared_domains: frozenset[str]
    kept_names: frozenset[str]
    kept_name_starts: tuple[str, ...]
    kept_words: frozenset[str]
    kept_account_starts: tuple[str, ...]
    kept_ids: frozenset[str]

    def root(self, collection: str) -> Node:
        """The tree of one collection, grown as its objects are walked."""
        return Node("", self.collections.get(collection, {}).get("", Kind.TEXT))

    def child(self, collection: str, parent: Node, key: str) -> Node:
        """The node below; a path that the data does not list has the kind of its last key, else that of its parent
        when the parent is listed as something that holds the same all through.
        """
        path = f"{parent.path}.{key}" if parent.path else key
        listed = self.collections.get(collection, {}).get(path)
        kind = listed or self.keys.get(key.lower()) or _inherited(parent)
        found = Node(path, kind)
        if len(parent.children) < _MOST_CHILDREN:
            parent.children[key] = found
        return found


def _inherited(parent: Node) -> Kind:
    return parent.kind if parent.kind in (Kind.KEEP, Kind.DOMAINS) else Kind.TEXT


@cache
def personal_data() -> PersonalData:
    """The shipped data."""
    folder = shipped.policies() / "data"
    loaded = json.loads((folder / "personal_data.json").read_text(encoding="utf-8"))
    roles = json.loads((folder / "privileged_roles.json").read_text(encoding="utf-8"))
    suites = json.loads((folder / "application_suites.json").read_text(encoding="utf-8"))
    every_role = (*roles["roles"], *roles["other_roles"])
    applications = [*suites["applications"], *(one for suite in suites["suites"].values() for one in suite)]
    ids = {
        *loaded["kept_ids"],
        *(role["template_id"] for role in every_role),
        *(one["id"] for one in applications),
    }
    by_kind: dict[str, list[str]] = loaded["keys"]
    return PersonalData(
        keys={key.lower(): Kind(kind) for kind, keys in by_kind.items() for key in keys},
        collections={
            name: {path: Kind(kind) for kind, paths in kinds.items() for path in paths}
            for name, kinds in loaded["collections"].items()
        },
        kept_domains=frozenset(loaded["kept_domains"]),
        kept_addresses=frozenset(loaded["kept_addresses"]),
        shared_domains=frozenset(loaded["shared_domains"]),
        kept_names=frozenset(
            name.casefold() for name in (*loaded["kept_names"], *(role["name"] for role in every_role))
        ),
        kept_name_starts=tuple(name.casefold() for name in loaded["kept_name_starts"]),
        kept_words=frozenset(word.casefold() for word in loaded["kept_words"]),
        kept_account_starts=tuple(start.casefold() for start in loaded["kept_account_starts"]),
        kept_ids=frozenset(one.lower() for one in ids),
    )

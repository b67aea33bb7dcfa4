"""Objects without the people in them: learn what there is, then rewrite."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from tenantlint.model import JsonObject, Tenant
from tenantlint.snapshot.redaction import networks
from tenantlint.snapshot.redaction.fields import Kind, Node, personal_data
from tenantlint.snapshot.redaction.forms import LONGEST_NAME, NAME_AND_ADDRESS, Forms
from tenantlint.snapshot.redaction.hosts import Hosts
from tenantlint.snapshot.redaction.key_file import Key
from tenantlint.snapshot.redaction.pseudonyms import Pseudonyms
from tenantlint.snapshot.redaction.texts import Texts
from tenantlint.snapshot.redaction.vocabulary import Vocabulary, is_microsoft

_METHOD = "hmac-sha256/1"
_NO_NAME = re.compile("[@/=]")


class Names(StrEnum):
    """Whose names are replaced: those of people, groups and the tenant, or those of policies and applications too."""

    PEOPLE = "people"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is replaced beside names and addresses. `ids`: GUIDs of the tenant. `ips`: addresses and ranges."""

    names: Names = Names.PEOPLE
    ids: bool = False
    ips: bool = False


class Redactor:
    """Pseudonyms for one snapshot.

    Give every object to `learn` first, then to `rewritten`: names and domains that one collection tells are then
    found in the texts of the others. The same key and the same choice give the same pseudonyms for another snapshot.
    """

    def __init__(self, key: Key, choice: Choice, tenant: Tenant) -> None:
        self._key = key
        self._choice = choice
        self._data = personal_data()
        self._pseudonyms = Pseudonyms(key.secret, self._data.kept_account_starts)
        self._hosts = Hosts(
            self._pseudonyms, self._data.kept_domains, self._data.shared_domains, self._data.kept_addresses
        )
        self._known = Vocabulary(self._data, self._hosts)
        self._texts = Texts(self._pseudonyms, self._hosts, self._known, hash_ids=choice.ids, hash_ips=choice.ips)
        self._forms = Forms(
            self._pseudonyms, self._hosts, self._known, self._texts, lambda value: self._walk("", self._root(""), value)
        )
        self._roots: dict[str, Node] = {}
        self._tenant = tenant
        self._learn: Mapping[Kind, Callable[[str], None]] = self._learners()
        self._rewrite: Mapping[Kind, Callable[[str], str]] = self._rewriters()
        if tenant.initial_domain:
            self._known.initial_domain(tenant.initial_domain)
        if tenant.display_name:
            self._known.tenant(tenant.display_name)

    def learn(self, collection: str, item: JsonObject) -> None:
        """Take in what the object tells: names, domains, ids that are the same in every tenant."""
        if collection in ("applications", "service_principals"):
            self._learn_application(collection, item)
        elif collection == "role_definitions" and item.get("isBuiltIn"):
            for key in ("id", "templateId"):
                self._known.keep_id(str(item.get(key)))
            self._known.keep_name(str(item.get("displayName")))
        self._visit(collection, self._root(collection), item)

    def rewritten(self, collection: str, item: JsonObject) -> JsonObject:
        """The object with pseudonyms."""
        found: JsonObject = self._walk(collection, self._root(collection), item)
        return found

    def tenant(self) -> Tenant:
        """The tenant of the manifest with pseudonyms."""
        tenant = self._tenant
        return replace(
            tenant,
            id=self._texts.ids(tenant.id),
            display_name=self._pseudonyms.tenant(tenant.display_name) if tenant.display_name else "",
            initial_domain=self._hosts.domain(tenant.initial_domain) if tenant.initial_domain else "",
        )

    def text(self, text: str) -> str:
        """Any other text about the tenant: a detail of the manifest, a register."""
        return self._texts.text(text)

    def document(self) -> JsonObject:
        """What the manifest says about it (`redaction`): never the key, but which one.

        `fields`: those that hold values which are replaced whole. In every other text what is known is replaced.
        """
        return {
            "method": _METHOD,
            "key": self._key.fingerprint,
            "names": self._choice.names.value,
            "ids": "hashed" if self._choice.ids else "kept",
            "ip_addresses": "hashed" if self._choice.ips else "kept",
            "fields": sorted(
                f"{collection}.{path}" for collection, root in self._roots.items() for path in self._replaced(root)
            ),
        }

    def _root(self, collection: str) -> Node:
        found = self._roots.get(collection)
        if found is None:
            found = self._roots[collection] = self._data.root(collection)
        return found

    def _child(self, collection: str, node: Node, key: str) -> Node:
        return node.children.get(key) or self._data.child(collection, node, key)

    def _visit(self, collection: str, node: Node, value: Any) -> None:
        kind = type(value)
        if kind is str:
            if value:
                node.filled = True
                learn = self._learn.get(node.kind)
                if learn is not None:
                    learn(value)
        elif kind is dict:
            for key, child in value.items():
                if child is not None and child is not False and child is not True:
                    self._visit(collection, self._child(collection, node, key), child)
        elif kind is list:
            for child in value:
                self._visit(collection, node, child)

    def _walk(self, collection: str, node: Node, value: Any) -> Any:
        kind = type(value)
        if kind is str:
            return self._rewrite[node.kind](value) if value else value
        if kind is dict:
            return {
                self._new_key(key): self._walk(collection, self._child(collection, node, key), child)
                for key, child in value.items()
            }
        if kind is list:
            return [self._walk(collection, node, child) for child in value]
        return value

    def _new_key(self, key: str) -> str:
        """A key is a field's name, but for maps from addresses, domains or ids to things."""
        if key.isidentifier() or key.startswith("@"):
            return key
        return self._texts.text(key)

    def _learn_application(self, collection: str, item: JsonObject) -> None:
        app_id, owner = item.get("appId"), item.get("appOwnerOrganizationId")
        if is_microsoft(owner):
            self._known.keep_name(str(item.get("displayName")))
        own = collection == "applications" or (owner and str(owner).lower() == self._tenant.id.lower())
        if own and isinstance(app_id, str):
            self._known.own_application(app_id)

    def _learners(self) -> dict[Kind, Callable[[str], None]]:
        known = self._known
        return {
            Kind.PERSON: known.person,
            Kind.GROUP: known.group,
            Kind.TENANT: known.tenant,
            Kind.WORD: known.word,
            Kind.ADDRESS: self._learn_domains,
            Kind.PRINCIPAL: self._learn_principal,
            Kind.GROUP_PRINCIPAL: self._learn_domains,
            Kind.DOMAIN: known.domain,
            Kind.DOMAINS: self._learn_domains,
            Kind.KEPT_ID: known.keep_id,
            Kind.APP_ID: known.keep_id,
        }

    def _learn_domains(self, text: str) -> None:
        for domain in self._texts.domains_in(text):
            self._known.domain(domain)

    def _learn_principal(self, text: str) -> None:
        self._learn_domains(text)
        if len(text) > LONGEST_NAME:
            return
        named = NAME_AND_ADDRESS.fullmatch(text)
        if named:
            self._known.person(named[1])
        elif not (_NO_NAME.search(text) or text.startswith(("{", "[")) or self._texts.holds_guid(text)):
            self._known.person(text)

    def _rewriters(self) -> dict[Kind, Callable[[str], str]]:
        pseudonyms, texts, forms = self._pseudonyms, self._texts, self._forms
        person, group = forms.named(pseudonyms.person), forms.named(pseudonyms.group)
        every = self._choice.names is Names.ALL

        def address(text: str) -> str:
            return networks.replaced(text, pseudonyms)

        return {
            Kind.TEXT: texts.text,
            Kind.PERSON: person,
            Kind.GROUP: group,
            Kind.TENANT: forms.named(pseudonyms.tenant),
            Kind.NAME: forms.configuration if every else texts.text,
            Kind.NOTE: pseudonyms.note,
            Kind.ADDRESS: forms.address,
            Kind.PRINCIPAL: lambda text: forms.principal(text, person),
            Kind.GROUP_PRINCIPAL: lambda text: forms.principal(text, group),
            Kind.DOMAIN: self._hosts.domain,
            Kind.DOMAINS: texts.domains,
            Kind.WORD: pseudonyms.word,
            Kind.RULE: texts.rule,
            Kind.PHONE: pseudonyms.phone,
            Kind.DEVICE: pseudonyms.device,
            Kind.ACCOUNT: pseudonyms.account,
            Kind.DIRECTORY_NAME: pseudonyms.directory_name,
            Kind.SECURITY_ID: pseudonyms.security_id,
            Kind.IP: address if self._choice.ips else (lambda text: text),
            Kind.PERSONAL_IP: address,
            Kind.TOKEN: pseudonyms.token,
            Kind.ID: texts.identifier,
            Kind.KEPT_ID: lambda text: text,
            Kind.APP_ID: texts.ids,
            Kind.KEEP: lambda text: text,
        }

    def _replaced(self, node: Node) -> list[str]:
        """The paths below whose values are replaced whole."""
        below = [path for child in node.children.values() for path in self._replaced(child)]
        return [node.path, *below] if node.filled and self._is_whole(node.kind) else below

    def _is_whole(self, kind: Kind) -> bool:
        if kind is Kind.IP:
            return self._choice.ips
        if kind is Kind.NAME:
            return self._choice.names is Names.ALL
        return kind not in (Kind.TEXT, Kind.RULE, Kind.ID, Kind.APP_ID, Kind.KEPT_ID, Kind.KEEP)

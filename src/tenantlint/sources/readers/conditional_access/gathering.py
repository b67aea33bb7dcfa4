"""Objects of many files brought together: one of each identity, and a problem for every other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tenantlint.errors import InputError
from tenantlint.model import JsonObject
from tenantlint.snapshot import Collection, Origin, identity_of, spec_of
from tenantlint.sources.faults import object_fault
from tenantlint.sources.policy_shape import ShapeError, policy_of
from tenantlint.sources.readers.conditional_access import kinds
from tenantlint.sources.target import Document
from tenantlint.sources.wording import graph_name, lookup, restate


@dataclass
class Gathering:
    """What was read so far. `documents`: the files that gave something. `templates`: how many had no state."""

    problems: list[InputError] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    tenants: list[str] = field(default_factory=list)
    templates: int = 0
    _found: dict[str, dict[str, tuple[Origin, JsonObject]]] = field(default_factory=dict)
    _named: dict[str, tuple[Origin, JsonObject]] = field(default_factory=dict)

    def take(self, document: Document) -> None:
        """Add the objects of one file, or a problem for each that is none that the export can hold."""
        self.documents.append(document)
        empty = kinds.empty_list_of(document.value)
        if empty:
            self._found.setdefault(empty, {})
        for found in kinds.objects_in(document.value):
            if found.tenant_id:
                self.tenants.append(found.tenant_id)
            try:
                self._take(document, found)
            except ShapeError as error:
                place = found.pointer + error.pointer
                self.problems.append(object_fault(document, place, error.problem, error.mend))

    def collections(self) -> dict[str, Collection]:
        """Each kind of which there was a file; groups that only the migration table names are added to groups."""
        groups = self._found.get(kinds.GROUP)
        if self._named:
            groups = self._found.setdefault(kinds.GROUP, {})
            for identity, named in self._named.items():
                groups.setdefault(identity, named)
        left_out = f"{len(self.problems)} files or objects were left out" if self.problems else ""
        return {
            name: Collection(
                name,
                items=tuple(item for _, item in found.values()),
                origins=tuple(origin for origin, _ in found.values()),
                source="Conditional Access export",
                detail=left_out if name == kinds.POLICY else "",
            )
            for name, found in sorted(self._found.items())
        }

    def _take(self, document: Document, found: kinds.Found) -> None:
        match found.kind:
            case kinds.POLICY:
                self._add(document, found, kinds.POLICY, policy_of(found.value))
            case kinds.TEMPLATE:
                self._add(document, found, kinds.POLICY, _of_template(found.value))
                self.templates += 1
            case kinds.TABLE:
                self._take_table(document, found)
            case "":
                raise ShapeError(
                    "this is no Conditional Access policy, named location, authentication strength or group"
                )
            case kind:
                pascal = "DisplayName" in found.value
                self._add(document, found, kind, restate(found.value, graph_name if pascal else None))

    def _add(self, document: Document, found: kinds.Found, collection: str, item: JsonObject) -> None:
        identity = identity_of(spec_of(collection), item)
        if not identity:
            raise ShapeError("it has neither `id` nor `displayName`")
        held = self._found.setdefault(collection, {})
        if identity in held:
            first = held[identity][0].file
            raise ShapeError(
                f"`{identity}` stands in {first} already: this one is left out", mend="keep one of the two"
            )
        held[identity] = (Origin(document.file, found.pointer), item)

    def _take_table(self, document: Document, found: kinds.Found) -> None:
        """IntuneManagement's list of the ids and names of groups (and others) that the export's files refer to."""
        tenant = lookup(found.value, "TenantId")
        if tenant and isinstance(tenant[1], str):
            self.tenants.append(tenant[1])
        entry = lookup(found.value, "Objects")
        objects = entry[1] if entry and isinstance(entry[1], list) else []
        for index, one in enumerate(objects):
            if isinstance(one, Mapping) and str(one.get("Type") or "").lower() == "group" and one.get("Id"):
                pointer = f"{found.pointer}/{entry[0] if entry else ''}/{index}"
                item = {"id": str(one["Id"]), "displayName": one.get("DisplayName")}
                self._named.setdefault(str(one["Id"]), (Origin(document.file, pointer), item))


def _of_template(value: Mapping[str, Any]) -> JsonObject:
    """A template as the policy that it would make, disabled: it has no state, and it enforces nothing."""
    details = lookup(value, "details")
    inner = details[1] if details else {}
    names = {
        name: (lookup(value, key) or ("", None))[1]
        for name, key in (("id", "id"), ("displayName", "name"), ("description", "description"))
    }
    return policy_of({**inner, **names, "state": "disabled", "templateId": names["id"]})

"""The objects of an EntraExporter folder, with their origins; a file that cannot be read is a problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tenantlint.errors import InputError
from tenantlint.model import JsonObject
from tenantlint.snapshot import Origin, Storage, identity_of, spec_of
from tenantlint.sources.faults import object_fault
from tenantlint.sources.policy_shape import ShapeError, policy_of
from tenantlint.sources.readers.entra_exporter.layout import object_files
from tenantlint.sources.target import Document, Target
from tenantlint.sources.wording import items_of, restate

Found = list[tuple[Origin, JsonObject]]


@dataclass
class Objects:
    """Reads files of one export, and remembers the documents and the problems."""

    target: Target
    documents: dict[Path, Document] = field(default_factory=dict)
    problems: list[InputError] = field(default_factory=list)

    def at(self, place: Path) -> Found:
        """Every object at a place, as Graph gave it. A file may hold one or a list."""
        return list(self.of_files(object_files(self.target, place)))

    def of_files(self, paths: Iterable[Path]) -> Iterator[tuple[Origin, JsonObject]]:
        for path in paths:
            try:
                document = self.target.read(path)
            except InputError as error:
                self.problems.append(error)
                continue
            self.documents[path] = document
            value, root = document.value, ""
            if isinstance(value, Mapping) and isinstance(value.get("value"), list):
                value, root = value["value"], "/value"
            found = items_of(value)
            if not found:
                self.problems.append(object_fault(document, "", "this is no object of Graph", "export it again"))
            for pointer, item in found:
                yield Origin(document.file, root + pointer), restate(item)

    def children(self, place: Path, name: str) -> Iterator[tuple[str, Found]]:
        """For each object folder at a place, its id and the objects in one of its child folders (maybe none)."""
        for entry in self.target.entries(place):
            if entry.is_dir() and not entry.is_symlink() and (entry / f"{entry.name}.json").is_file():
                folder = next((one for one in self.target.entries(entry) if one.name.lower() == name.lower()), None)
                yield entry.name, self.at(folder) if folder else []

    def checked(self, collection: str, found: Sequence[tuple[Origin, JsonObject]]) -> Found:
        """The objects that the collection can hold: policies in shape, one of each identity, one of a singleton."""
        kept: dict[str, tuple[Origin, JsonObject]] = {}
        for origin, raw in found:
            try:
                identity, item = _checked(collection, raw, kept)
            except ShapeError as error:
                document = next(one for one in self.documents.values() if one.file == origin.file)
                self.problems.append(object_fault(document, origin.pointer + error.pointer, error.problem, error.mend))
                continue
            kept[identity] = (origin, item)
        values = list(kept.values())
        return values[:1] if spec_of(collection).storage is Storage.SINGLETON else values


def _checked(collection: str, raw: JsonObject, kept: Mapping[str, tuple[Origin, JsonObject]]) -> tuple[str, JsonObject]:
    """The object's identity, and the object in shape. Raises ShapeError when the collection cannot hold it."""
    spec = spec_of(collection)
    item = policy_of(raw) if collection == "conditional_access_policies" else raw
    identity = identity_of(spec, item)
    if not identity:
        raise ShapeError(f"an object of {collection} has no `{spec.identity[0]}`")
    if identity in kept:
        raise ShapeError(f"`{identity}` stands in {kept[identity][0].file} already", mend="keep one of the two")
    return identity, item

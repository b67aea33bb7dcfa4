"""A snapshot in memory: collections with a status each, and where every object came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from tenantlint.model import (
    CollectionStatus,
    Exemption,
    JsonObject,
    Notice,
    Position,
    SnapshotInfo,
    Tenant,
)
from tenantlint.snapshot import positions
from tenantlint.snapshot.catalog import CollectionSpec, identity_of, spec_of


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an object stands: a source file (a key of `Snapshot.files`), and a JSON pointer inside it.

    `line`: for files with one object a line, its line, counted from 1; the pointer is then inside that line.
    """

    file: str
    pointer: str = ""
    line: int | None = None


Loaded = tuple[Sequence[JsonObject], Sequence[Origin]]


class Collection:
    """One collection: its status, and its objects (read on first use).

    Only an `ok` collection may be judged. Objects of a collection with another status are still kept,
    for display. A singleton has at most one object. `left_out`: how many files or objects of the source could
    not be read; a check that looks at the collection cannot pass then.
    """

    def __init__(
        self,
        name: str,
        status: CollectionStatus = CollectionStatus.OK,
        *,
        items: Sequence[JsonObject] = (),
        origins: Sequence[Origin] = (),
        load: Callable[[], Loaded] | None = None,
        source: str = "",
        api_version: str = "",
        detail: str = "",
        edited: bool = False,
        left_out: int = 0,
    ) -> None:
        self.name = name
        self.status = status
        self.source = source
        self.api_version = api_version
        self.detail = detail
        self.edited = edited
        self.left_out = left_out
        self._load = load
        self._given: Loaded = (items, origins)

    @property
    def spec(self) -> CollectionSpec:
        return spec_of(self.name)

    @cached_property
    def _loaded(self) -> Loaded:
        return self._load() if self._load else self._given

    @property
    def items(self) -> Sequence[JsonObject]:
        """The objects, in the order of the source. May raise InputError on first use."""
        return self._loaded[0]

    @property
    def origins(self) -> Sequence[Origin]:
        """One origin an item, in the same order; empty when the objects have no file."""
        return self._loaded[1]

    @property
    def ok(self) -> bool:
        return self.status is CollectionStatus.OK

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[JsonObject]:
        return iter(self.items)

    @cached_property
    def _by_identity(self) -> dict[str, int]:
        return {identity_of(self.spec, item): index for index, item in enumerate(self.items)}

    def find(self, identity: str) -> int | None:
        """The index of the object with this identity (spec.identity ladder), or None."""
        return self._by_identity.get(identity)


@dataclass(frozen=True)
class Snapshot:
    """A tenant at one moment.

    `licences`: the contract's licence names; None when it is not known which the tenant has.
    `files`: how to read each source file again, for positions. `exemptions`: exceptions that the source
    itself carried (a foreign tool's configuration). `digest`: sha256 over the source's bytes.
    `redaction`: what was taken out before the snapshot was passed on, as the manifest says; None when nothing was.
    """

    tenant: Tenant
    collections: Mapping[str, Collection]
    collected_at: datetime | None = None
    licences: frozenset[str] | None = None
    digest: str = ""
    files: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    exemptions: tuple[Exemption, ...] = ()
    notices: tuple[Notice, ...] = ()
    format: str = "native"
    redaction: JsonObject | None = None

    def collection(self, name: str) -> Collection:
        """The collection, or an empty one that is `not_collected`."""
        found = self.collections.get(name)
        return found if found is not None else Collection(name, CollectionStatus.NOT_COLLECTED)

    def status(self, name: str) -> CollectionStatus:
        return self.collection(name).status

    def items(self, name: str) -> Sequence[JsonObject]:
        """The objects of an `ok` collection; empty for every other status. Check `status` where it matters."""
        found = self.collection(name)
        return found.items if found.ok else ()

    def singleton(self, name: str) -> JsonObject | None:
        """The one object of a singleton collection, or None when it is not `ok` or holds nothing."""
        items = self.items(name)
        return items[0] if items else None

    def info(self) -> SnapshotInfo:
        return SnapshotInfo(
            tenant=self.tenant,
            collected_at=self.collected_at,
            digest=self.digest,
            statuses={name: found.status for name, found in sorted(self.collections.items())},
        )

    def locate(self, collection: str, identity: str, pointer: str = "") -> Position | None:
        """Where the object, or the value that `pointer` names inside it, stands in its source file.

        A pointer that leads nowhere gives its deepest existing ancestor. None: the object or file is unknown.
        """
        found = self.collection(collection)
        index = found.find(identity)
        if index is None or index >= len(found.origins):
            return None
        return self.place(found.origins[index], pointer)

    def place(self, origin: Origin, pointer: str = "") -> Position | None:
        """Where an origin stands, or the value that `pointer` names inside it; None when the file is unknown."""
        text = self._text(origin.file)
        if text is None:
            return None
        line, column = positions.locate(text, origin.pointer + pointer, line=origin.line)
        return Position(file=origin.file, line=line, column=column)

    @cached_property
    def _texts(self) -> dict[str, positions.SourceText]:
        return {}

    def _text(self, file: str) -> positions.SourceText | None:
        if file not in self._texts:
            if file not in self.files:
                return None
            self._texts[file] = positions.SourceText(self.files[file]())
        return self._texts[file]

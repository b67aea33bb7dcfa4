"""An export, or a fragment of one, as an object that can be asked: keys in any case, commands, what a key is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tenantlint.model import CollectionStatus, JsonObject
from tenantlint.snapshot import Collection, Origin
from tenantlint.sources.licences import licences_of
from tenantlint.sources.readers.scubagear.keys import PLANS, TELLING, Key
from tenantlint.sources.target import Document
from tenantlint.sources.wording import items_of, lookup, pointer_token

_LISTS = ("successful_commands", "unsuccessful_commands")


@dataclass(frozen=True)
class Export:
    """`root`: the JSON pointer of the export inside its file: `/Raw` inside ScubaResults, else empty."""

    document: Document
    data: Mapping[str, Any]
    root: str

    def found(self, name: str) -> tuple[str, Any] | None:
        """The pointer and the value of a key, in any letter case."""
        entry = lookup(self.data, name)
        return None if entry is None else (f"{self.root}/{pointer_token(entry[0])}", entry[1])

    def value(self, name: str) -> Any:
        entry = lookup(self.data, name)
        return None if entry is None else entry[1]

    def objects(self, key: Key) -> list[tuple[Origin, Mapping[str, Any]]]:
        """The objects under a key, each with its origin in the export's own spelling."""
        entry = self.found(key.name)
        if entry is None:
            return []
        return [(self.origin(entry[0] + pointer), item) for pointer, item in items_of(entry[1])]

    def origin(self, pointer: str) -> Origin:
        return Origin(self.document.file, pointer)

    @cached_property
    def licences(self) -> frozenset[str] | None:
        """The tenant's licences; None when the export does not tell the service plans."""
        status, _ = self.worth(PLANS, len(self.objects(PLANS)))
        if status is not CollectionStatus.OK:
            return None
        plans = [item for _, item in self.objects(PLANS)]
        return licences_of(
            str(plan.get("ServicePlanName") or "")
            for plan in plans
            if str(plan.get("ProvisioningStatus", "Success")).lower() == "success"
        )

    def worth(self, key: Key, count: int) -> tuple[CollectionStatus, str]:
        """What may be concluded from a key that holds `count` objects, and why not more.

        A fragment has no lists of commands: what it holds is taken at its word. In a whole export an empty
        list counts as empty only when its command is listed as successful, since a failed one leaves the same.
        """
        told, good, bad = self._commands(key.products)
        failed = [command for command in key.commands if _plain(command) in bad]
        if failed:
            return self._failed(key, bad[_plain(failed[0])], dual=_plain(failed[0]) in good)
        if self.found(key.name) is None:
            return CollectionStatus.NOT_COLLECTED, ""
        if count or not told or any(_plain(command) in good for command in key.commands):
            return CollectionStatus.OK, ""
        return (
            CollectionStatus.NOT_COLLECTED,
            f"`{key.name}` is empty, and {key.commands[0]} is in neither list of commands",
        )

    def collection(
        self,
        key: Key,
        items: Sequence[JsonObject],
        origins: Sequence[Origin],
        *,
        status: CollectionStatus | None = None,
        detail: str = "",
    ) -> Collection:
        """The key's collection; `status` and `detail` where the reader knows better than the lists of commands."""
        told, why = self.worth(key, len(items))
        if told is not CollectionStatus.OK:
            status, detail = told, why
        return Collection(
            key.collection,
            status or CollectionStatus.OK,
            items=tuple(items),
            origins=tuple(origins),
            source=f"ScubaGear {key.name}",
            detail=detail,
        )

    def _failed(self, key: Key, command: str, *, dual: bool) -> tuple[CollectionStatus, str]:
        if key.licence and self.licences is not None and key.licence not in self.licences:
            return CollectionStatus.UNLICENSED, f"{command} failed, and the tenant has no {key.licence}"
        if dual:
            # ScubaGear lists a command under both when the session does not have it at all.
            return CollectionStatus.FAILED, f"{command} was not available: the licence or the role is missing"
        return CollectionStatus.FAILED, f"{command} failed"

    def _commands(self, products: Sequence[str]) -> tuple[bool, Mapping[str, str], Mapping[str, str]]:
        """Whether the products tell their commands at all; the successful; the unsuccessful (plain name to name)."""
        told = False
        listed: tuple[dict[str, str], dict[str, str]] = ({}, {})
        for product in products:
            for names, suffix in zip(listed, _LISTS, strict=True):
                commands = self.value(f"{product}_{suffix}")
                told = told or commands is not None
                names.update({_plain(one): one for one in _texts(commands)})
        return told, *listed


def export_in(document: Document) -> Export | None:
    """The export that a file holds: as itself, or under `Raw` of a ScubaResults file. None when it is neither."""
    if not isinstance(document.value, Mapping):
        return None
    raw = lookup(document.value, "Raw")
    if raw and isinstance(raw[1], Mapping) and _tells(raw[1]):
        return Export(document, raw[1], f"/{pointer_token(raw[0])}")
    return Export(document, document.value, "") if _tells(document.value) else None


def _tells(data: Mapping[str, Any]) -> bool:
    return any(key.lower() in TELLING for key in data)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _plain(command: str) -> str:
    """A command's name without letter case and without the SDK's `Beta`, which came and went over the versions."""
    return command.lower().replace("get-mgbeta", "get-mg")

"""The structural check that every load makes: cheap enough for 100,000 objects at each run.

Whether the values are what Graph promises is for `schema`, on import and collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from tenantlint.errors import InputError
from tenantlint.model import Json
from tenantlint.snapshot.catalog import CollectionSpec, Storage, identity_of
from tenantlint.snapshot.content import Origin


def check(spec: CollectionSpec, items: Sequence[Json], origins: Sequence[Origin]) -> None:
    """Each item is an object, has an identity, and no two have the same one; a singleton holds at most one.

    Raises InputError for the first fault, with file and line; for duplicates both places are named.
    """
    if spec.storage is Storage.SINGLETON and len(items) > 1:
        raise _error(origins, 1, f"{spec.name} holds {len(items)} objects, and a tenant has one", "keep one of them")
    seen: dict[str, int] = {}
    for index, item in enumerate(items):
        if type(item) is not dict:
            raise _error(origins, index, f"an entry of {spec.name} is not a JSON object", "write it as {...}")
        identity = identity_of(spec, item)
        if not identity:
            wanted = " or ".join(dict.fromkeys((*spec.identity, spec.name_property)))
            raise _error(
                origins, index, f"an object of {spec.name} has nothing that identifies it", f"give it {wanted}"
            )
        first = seen.setdefault(identity, index)
        if first != index:
            other = _place(origins, first)
            problem = f"two objects of {spec.name} have the identity `{identity[:100]}`, this one and {other}"
            raise _error(origins, index, problem, "keep one of them")


def _error(origins: Sequence[Origin], index: int, problem: str, mend: str) -> InputError:
    if index >= len(origins):
        return InputError(problem, mend=mend)
    return InputError(problem, file=origins[index].file, line=origins[index].line, mend=mend)


def _place(origins: Sequence[Origin], index: int) -> str:
    if index >= len(origins):
        return f"number {index + 1}"
    origin = origins[index]
    return (
        f"{origin.file}:{origin.line}"
        if origin.line
        else f"{origin.file}{f' at {origin.pointer}' if origin.pointer else ''}"
    )

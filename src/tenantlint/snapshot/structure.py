"""The structural check that every load makes: cheap enough for 100,000 objects at each run.

Whether the values are what Graph promises is for `schema`, on import and collection.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tenantlint.errors import InputError
from tenantlint.model import Json, Position
from tenantlint.snapshot.catalog import CollectionSpec, Storage, identity_of
from tenantlint.snapshot.content import Origin

Place = Callable[[Origin], Position | None]


def check(spec: CollectionSpec, items: Sequence[Json], origins: Sequence[Origin], place: Place) -> None:
    """Each item is an object, has an identity, and no two have the same one; a singleton holds at most one.

    Raises InputError for the first fault, with file, line and column; for duplicates both places are named.
    `place` finds where an origin stands; it is asked for a fault only.
    """
    if spec.storage is Storage.SINGLETON and len(items) > 1:
        raise _error(
            _position(origins, 1, place), f"{spec.name} holds {len(items)} objects, and a tenant has one", "keep one"
        )
    seen: dict[str, int] = {}
    for index, item in enumerate(items):
        if type(item) is not dict:
            problem = f"an entry of {spec.name} is not a JSON object"
            raise _error(_position(origins, index, place), problem, "write it as {...}")
        identity = identity_of(spec, item)
        if not identity:
            wanted = " or ".join(dict.fromkeys((*spec.identity, spec.name_property)))
            problem = f"an object of {spec.name} has nothing that identifies it"
            raise _error(_position(origins, index, place), problem, f"give it {wanted}")
        first = seen.setdefault(identity, index)
        if first != index:
            other = _position(origins, first, place)
            where = f", this one and {other.file}:{other.line}:{other.column}" if other else ""
            problem = f"two objects of {spec.name} have the identity `{identity[:100]}`{where}"
            raise _error(_position(origins, index, place), problem, "keep one")


def _position(origins: Sequence[Origin], index: int, place: Place) -> Position | None:
    return place(origins[index]) if index < len(origins) else None


def _error(position: Position | None, problem: str, mend: str) -> InputError:
    if position is None:
        return InputError(problem, mend=mend)
    return InputError(problem, file=position.file, line=position.line, column=position.column, mend=mend)

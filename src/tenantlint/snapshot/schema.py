"""Hold every object against its collection's JSON Schema: on import and collection, not at each lint run.

The verdict is jsonschema's. A quick test goes before it and passes the objects that are plainly right, since
jsonschema takes a minute for a tenant of 100,000 users.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from tenantlint.errors import InputError
from tenantlint.snapshot.catalog import collection_schema, name_of
from tenantlint.snapshot.content import Collection, Snapshot

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

Test = Callable[[Any], bool]
_MOST_FAULTS = 20  # objects at fault of one collection that are shown one by one
_REMARKS = frozenset({"$schema", "title", "description", "x-tenantlint", "format", "$comment", "examples", "default"})
_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
    "object": (dict,),
    "array": (list,),
    "integer": (int,),
    "number": (int, float),
}


def validate(snapshot: Snapshot) -> list[InputError]:
    """What is wrong with the objects of the known collections, in the order of collections and objects.

    One error an object at fault, with file, line and column where its source is known. Of each collection the
    first 20 are told one by one and the others counted. Raises InputError when a collection cannot be read.
    """
    faults: list[InputError] = []
    for name in sorted(snapshot.collections):
        collection = snapshot.collections[name]
        if collection.spec.known:
            faults += _faults(snapshot, collection)
    return faults


def quick_test(schema: Mapping[str, Any]) -> Test | None:
    """A test that passes only what the schema allows, and may fail what it allows too; None when it cannot be made.

    It knows the keywords that our schemas use. Whoever fails it is put before jsonschema.
    """
    tests: list[Test] = []
    for keyword, value in schema.items():
        if keyword in _REMARKS or (keyword == "additionalProperties" and value is True):
            continue
        make = _KEYWORDS.get(keyword)
        test = make(value) if make else None
        if test is None:
            return None
        tests.append(test)
    return lambda found: all(test(found) for test in tests)


def _faults(snapshot: Snapshot, collection: Collection) -> list[InputError]:
    test = _quick(collection.name)
    suspects = [index for index, item in enumerate(collection.items) if test is None or not test(item)]
    if not suspects:
        return []
    validator = _validator(collection.name)
    wrong = [index for index in suspects if not validator.is_valid(collection.items[index])]
    faults = [_fault(snapshot, collection, index, validator) for index in wrong[:_MOST_FAULTS]]
    if len(wrong) > _MOST_FAULTS:
        rest = len(wrong) - _MOST_FAULTS
        problem = f"{rest:,} more objects of {collection.name} are not as its schema says"
        faults.append(InputError(problem, file=faults[0].file, mend="they may have the same cause"))
    return faults


def _fault(snapshot: Snapshot, collection: Collection, index: int, validator: Validator) -> InputError:
    item = collection.items[index]
    error = min(validator.iter_errors(item), key=lambda one: list(map(str, one.absolute_path)))
    pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in error.absolute_path)
    place = snapshot.place(collection.origins[index], pointer) if index < len(collection.origins) else None
    name = name_of(collection.spec, item)[:100] if isinstance(item, dict) else ""
    subject = f"{collection.name} `{name}`" if name else f"an object of {collection.name}"
    return InputError(
        f"{subject}: {pointer[1:] or 'it'} {_sentence(error)}",
        file=place.file if place else None,
        line=place.line if place else None,
        column=place.column if place else None,
        mend=f"`tenantlint schema {collection.name}` shows what it may be",
    )


def _sentence(error: Any) -> str:
    """The fault of one jsonschema ValidationError, as the rest of a sentence about the value."""
    match error.validator:
        case "type":
            wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
            return f"must be {' or '.join(wanted)}, not {error.instance!r:.60}"
        case "required":
            missing = [key for key in error.validator_value if key not in error.instance]
            return f"lacks {', '.join(f'`{key}`' for key in missing)}"
        case "anyOf" if all("required" in option for option in error.validator_value):
            rungs = dict.fromkeys(key for option in error.validator_value for key in option["required"])
            return f"must have one of {', '.join(f'`{key}`' for key in rungs)}"
        case _:
            return f"is not as the schema says: {error.message[:120]}"


@cache
def _validator(name: str) -> Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(collection_schema(name))


@cache
def _quick(name: str) -> Test | None:
    return quick_test(collection_schema(name))


def _type(value: str | list[str]) -> Test | None:
    wanted = [value] if isinstance(value, str) else value
    if not all(name in _TYPES for name in wanted):
        return None
    types = frozenset(kind for name in wanted for kind in _TYPES[name])
    return lambda found: type(found) in types


def _properties(value: Mapping[str, Any]) -> Test | None:
    tests: dict[str, Test] = {}
    for key, schema in value.items():
        test = quick_test(schema)
        if test is None:
            return None
        tests[key] = test
    return lambda found: (
        type(found) is not dict or all(tests[key](child) for key, child in found.items() if key in tests)
    )


def _items(value: Mapping[str, Any]) -> Test | None:
    test = quick_test(value)
    return test and (lambda found: type(found) is not list or all(map(test, found)))


def _required(value: list[str]) -> Test:
    keys = frozenset(value)
    return lambda found: type(found) is not dict or keys <= found.keys()


def _min_length(value: int) -> Test:
    return lambda found: type(found) is not str or len(found) >= value


def _any_of(value: list[Mapping[str, Any]]) -> Test | None:
    tests = [test for test in map(quick_test, value) if test is not None]
    return (lambda found: any(test(found) for test in tests)) if tests else None


_KEYWORDS: Mapping[str, Callable[[Any], Test | None]] = {
    "type": _type,
    "properties": _properties,
    "items": _items,
    "required": _required,
    "minLength": _min_length,
    "anyOf": _any_of,
}

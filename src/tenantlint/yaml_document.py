"""YAML with positions: every value knows its line, so that a refusal can name the place.

Read with PyYAML's safe constructors (YAML 1.1), with duplicate keys refused, aliases bounded, and dates
left as text: the schemas say which strings are dates.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from tenantlint.errors import InputError

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Path = tuple[str | int, ...]
_MAX_NODES = 200_000
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


@dataclass(frozen=True)
class YamlDocument:
    """`data`: plain JSON values. `places`: (line, column) of each value by its path, counted from 1."""

    file: str
    data: Any
    places: Mapping[Path, tuple[int, int]]

    def place(self, path: Sequence[str | int]) -> tuple[int, int]:
        """Where the value stands; of its nearest known ancestor when it is not there itself."""
        parts = tuple(path)
        while parts and parts not in self.places:
            parts = parts[:-1]
        return self.places.get(parts, (1, 1))

    def error(self, path: Sequence[str | int], problem: str, mend: str | None = None) -> InputError:
        """An InputError that points at the value."""
        line, column = self.place(path)
        return InputError(problem, file=self.file, line=line, column=column, mend=mend)

    def validate(self, schema: Mapping[str, Any]) -> None:
        """Hold the data against a JSON Schema (2020-12). Raises InputError for the first fault, by position."""
        from jsonschema import Draft202012Validator, FormatChecker

        validator = Draft202012Validator(dict(schema), format_checker=FormatChecker())
        faults = sorted(validator.iter_errors(self.data), key=lambda fault: self.place(list(fault.absolute_path)))
        if faults:
            fault = _narrowed(faults[0])
            where = "/".join(str(part) for part in fault.absolute_path) or "the document"
            raise self.error(list(fault.absolute_path), f"{where}: {_sentence(fault)}")


def parse(text: str, *, file: str, first_line: int = 1, first_column: int = 1) -> YamlDocument:
    """Parse one YAML document; `first_line` and `first_column` shift positions for text inside another file.

    Raises InputError for bad YAML, a duplicate key, a non-text key, more than one document or too many nodes.
    """
    places: dict[Path, tuple[int, int]] = {}
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            data = None if node is None else _Builder(loader, file, first_line, first_column, places).value(node, ())
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "this is not valid YAML"
        line = first_line + mark.line if mark else None
        column = first_column + mark.column if mark else None
        raise InputError(f"not valid YAML: {problem}", file=file, line=line, column=column) from None
    except RecursionError:
        raise InputError("nested too deeply", file=file, mend="flatten it") from None
    return YamlDocument(file, data, places)


class _Builder:
    def __init__(self, loader: Any, file: str, line: int, column: int, places: dict[Path, tuple[int, int]]) -> None:
        self._loader = loader
        self._file = file
        self._line = line
        self._column = column
        self._places = places
        self._count = 0

    def value(self, node: yaml.Node, path: Path) -> Any:
        self._count += 1
        if self._count > _MAX_NODES:
            raise InputError(f"more than {_MAX_NODES} values", file=self._file, mend="split the file or drop aliases")
        place = (self._line + node.start_mark.line, self._column + node.start_mark.column)
        self._places[path] = place
        if isinstance(node, yaml.MappingNode):
            found: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = self._key(key_node)
                if key in found:
                    raise self._error(key_node, f"the key `{key}` stands twice", "keep one of them")
                found[key] = self.value(value_node, (*path, key))
            return found
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        if node.tag == _TIMESTAMP:
            return node.value
        return self._loader.construct_object(node)

    def _key(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or node.tag == "tag:yaml.org,2002:merge":
            raise self._error(node, "a key must be plain text", "write it as one word")
        return str(node.value)

    def _error(self, node: yaml.Node, problem: str, mend: str) -> InputError:
        return InputError(
            problem,
            file=self._file,
            line=self._line + node.start_mark.line,
            column=self._column + node.start_mark.column,
            mend=mend,
        )


def _narrowed(fault: Any) -> Any:
    """The fault inside the one alternative of `anyOf` or `oneOf` that is meant: that of the value's own kind."""
    while fault.validator in ("anyOf", "oneOf") and fault.context:
        branches: dict[Any, list[Any]] = {}
        for inner in fault.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        plain = not isinstance(fault.instance, dict | list)
        meant = [
            faults
            for faults in branches.values()
            if not any(
                not inner.path and (inner.validator == "type" or (inner.validator in ("enum", "const") and not plain))
                for inner in faults
            )
        ]
        if len(meant) != 1:
            return fault
        fault = min(meant[0], key=lambda inner: (len(inner.path), list(map(str, inner.path))))
    return fault


def _sentence(fault: Any) -> str:  # noqa: PLR0911 - one sentence a kind of fault
    """A JSON Schema fault in words that name the mend."""
    match fault.validator:
        case "additionalProperties" | "unevaluatedProperties":
            known = ", ".join(sorted(fault.schema.get("properties", {})))
            extra = [key for key in fault.instance if key not in fault.schema.get("properties", {})]
            return f"unknown key {', '.join(f'`{key}`' for key in extra)}; known keys are {known}"
        case "required":
            missing = [key for key in fault.validator_value if key not in fault.instance]
            return f"missing {', '.join(f'`{key}`' for key in missing)}"
        case "enum":
            return f"`{fault.instance}` is not one of {', '.join(str(value) for value in fault.validator_value)}"
        case "type":
            wanted = fault.validator_value
            return f"must be {wanted if isinstance(wanted, str) else ' or '.join(wanted)}, not {fault.instance!r:.60}"
        case "format":
            return f"`{fault.instance}` is not a {fault.validator_value} (write a date as 2026-12-31)"
        case "anyOf" | "oneOf":
            words = [str(value) for one in fault.schema[fault.validator] for value in one.get("enum", ())]
            meaning = fault.schema.get("description") or (f"one of {', '.join(words)}" if words else "see the schema")
            return f"`{fault.instance!s:.60}` is not in the right form ({meaning.rstrip('.')})"
        case "minItems" | "minProperties":
            return "must not be empty"
        case "uniqueItems":
            return "names something twice"
        case "const":
            return f"must be {json.dumps(fault.validator_value)}, not {fault.instance!r:.60}"
        case "pattern" | "minLength":
            form = fault.schema.get("description", fault.validator_value)
            return f"`{fault.instance!s:.60}` is not in the right form ({form})"
        case _:
            return str(fault.message)[:200]

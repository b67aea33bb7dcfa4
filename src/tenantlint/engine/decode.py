"""What a check's Rego said, decoded strictly: the wrong shape is the check's error, never a finding lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tenantlint.errors import EngineError
from tenantlint.model import Check, Principal, Resource, Violation

_REQUIRED = ("resource", "message", "evidence")
_OPTIONAL = ("principals", "population", "key", "depends_on", "pointer")
_RESOURCE = ("kind", "id", "name")
_PRINCIPAL_KINDS = ("user", "group", "role", "servicePrincipal", "device", "domain", "guestType", "unknown")


def decode_findings(check: Check, raw: Any) -> tuple[Violation, ...]:
    """The value of `findings` as violations, in a fixed order (resource, key, message).

    Raises EngineError that names the check and what is wrong with which finding.
    """
    if not isinstance(raw, list):
        raise EngineError(f"`findings` of {check.id} is no set but {_kind(raw)}", position=check.path)
    found = [_Finding(check, index, told).decode() for index, told in enumerate(raw)]
    return tuple(sorted(found, key=_order))


def decode_reasons(check: Check, raw: Any) -> tuple[str, ...]:
    """The value of `not_applicable`, sorted. Raises EngineError unless it is a set of sentences."""
    if not isinstance(raw, list) or not all(isinstance(reason, str) and reason.strip() for reason in raw):
        raise EngineError(f"`not_applicable` of {check.id} must be a set of sentences", position=check.path)
    return tuple(sorted(raw))


class _Finding:
    """One raw finding, with what is needed to complain about it."""

    def __init__(self, check: Check, index: int, raw: Any) -> None:
        self._check = check
        self._index = index
        self._raw = self._object(raw, "it", _REQUIRED, _OPTIONAL)

    def decode(self) -> Violation:
        resource = self._object(self._raw["resource"], "`resource`", _RESOURCE, ())
        evidence = self._raw["evidence"]
        if not isinstance(evidence, dict):
            raise self._error(f"`evidence` must be an object, not {_kind(evidence)}")
        pointer = self._text(self._raw, "pointer", empty=True)
        if pointer and not pointer.startswith("/"):
            raise self._error(f"`pointer` must be a JSON pointer such as /state, not {pointer!r:.60}")
        return Violation(
            resource=Resource(
                kind=self._text(resource, "kind"),
                id=self._text(resource, "id"),
                name=self._text(resource, "name", empty=True),
            ),
            message=self._text(self._raw, "message"),
            evidence=evidence,
            principals=self._principals(),
            populations=self._texts("population"),
            key=self._raw.get("key"),
            depends_on=self._texts("depends_on"),
            pointer=pointer,
        )

    def _principals(self) -> tuple[Principal, ...]:
        told = self._raw.get("principals", [])
        if not isinstance(told, list):
            raise self._error(f"`principals` must be a list or set, not {_kind(told)}")
        found: list[Principal] = []
        for raw in told:
            one = self._object(raw, "a principal", ("id", "kind"), ("name", "enabled"))
            kind = self._text(one, "kind")
            if kind not in _PRINCIPAL_KINDS:
                raise self._error(f"a principal's `kind` is {kind!r:.40}, not one of {', '.join(_PRINCIPAL_KINDS)}")
            enabled = one.get("enabled")
            if enabled is not None and not isinstance(enabled, bool):
                raise self._error(f"a principal's `enabled` must be a boolean, not {_kind(enabled)}")
            name = one.get("name")
            found.append(
                Principal(
                    id=self._text(one, "id"),
                    kind=kind,
                    name=self._text(one, "name", empty=True) if name is not None else "",
                    enabled=enabled,
                )
            )
        return tuple(sorted(found, key=lambda one: (one.kind, one.id, one.name)))

    def _texts(self, key: str) -> tuple[str, ...]:
        """A text, or a list or set of texts."""
        told = self._raw.get(key, [])
        texts = [told] if isinstance(told, str) else told
        if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
            raise self._error(f"`{key}` must be a text or a list of texts, none of them empty")
        return tuple(sorted(set(texts)))

    def _text(self, told: Mapping[str, Any], key: str, *, empty: bool = False) -> str:
        value = told.get(key, "")
        if not isinstance(value, str):
            raise self._error(f"`{key}` must be text, not {_kind(value)}")
        if not value and not empty:
            raise self._error(f"`{key}` is empty")
        return value

    def _object(self, raw: Any, what: str, required: tuple[str, ...], optional: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise self._error(f"{what} must be an object, not {_kind(raw)}")
        for key in required:
            if key not in raw:
                raise self._error(f"{what} lacks `{key}`")
        for key in raw:
            if key not in required and key not in optional:
                raise self._error(f"{what} has an unknown key `{key}`")
        return raw

    def _error(self, problem: str) -> EngineError:
        return EngineError(f"finding {self._index + 1} of {self._check.id}: {problem}", position=self._check.path)


def _order(violation: Violation) -> tuple[str, ...]:

    return (
        violation.resource.kind,
        violation.resource.id,
        _canonical(violation.key),
        violation.message,
        _canonical(violation.evidence),
    )


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case str():
            return "text"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case _:
            return "an object"

"""The only reader of `tenantlint.yaml`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tenantlint import shipped, yaml_document
from tenantlint.errors import InputError
from tenantlint.model import Check, Severity

FILE_NAME = "tenantlint.yaml"
FORMAT = "tenantlint.config/1"


@dataclass(frozen=True, kw_only=True)
class Config:
    """Settings of one run. Paths are already resolved against the file's folder.

    `fail_on`: a severity, or `never`. `parameters`: by check id, then by name. `expiring_days`: how long before
    its end an exception counts as expiring. `profile`: the named set of checks, empty when none is named;
    `profiles`: the user's own, each with `select`, `ignore` and `parameters`.
    """

    file: str = ""
    fail_on: str = "high"
    strict: bool = False
    engine: str = "embedded"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str = ""
    profiles: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    policies: tuple[Path, ...] = ()
    exceptions: Path | None = None
    expiring_days: int = 30
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    tenants: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    _document: yaml_document.YamlDocument | None = None

    def for_tenant(self, tenant_id: str) -> Config:
        """These settings with the block of this tenant (by id, letter case aside) laid over them."""
        for key, block in self.tenants.items():
            if str(block.get("id", key)).casefold() == tenant_id.casefold() and tenant_id:
                return _overlaid(self, block, Path(self.file).parent)
        return self

    def check_parameters(self, checks: Mapping[str, Check]) -> None:
        """Refuse parameters and severities of unknown checks, unknown names and wrong types, by position."""
        blocks: list[tuple[tuple[str | int, ...], Mapping[str, Any]]] = [
            ((), {"parameters": self.parameters, "severities": self.severities})
        ]
        blocks += [(("tenants", name), block) for name, block in self.tenants.items()]
        blocks += [(("profiles", name), block) for name, block in self.profiles.items()]
        for prefix, block in blocks:
            for check_id in block.get("severities", {}):
                if check_id not in checks:
                    raise self._error((*prefix, "severities", check_id), f"there is no check {check_id}")
            for check_id, values in block.get("parameters", {}).items():
                self._check_values((*prefix, "parameters", check_id), checks.get(check_id), check_id, values)

    def _check_values(
        self, place: tuple[str | int, ...], check: Check | None, check_id: str, values: Mapping[str, Any]
    ) -> None:
        if check is None:
            raise self._error(place, f"there is no check {check_id}", "see `tenantlint rules list`")
        for name, value in values.items():
            spec = check.parameters.get(name)
            if spec is None:
                known = ", ".join(sorted(check.parameters)) or "none"
                raise self._error((*place, name), f"{check_id} has no parameter `{name}` (it has: {known})")
            if not _fits(spec.type, value):
                raise self._error((*place, name), f"{check_id}.{name} must be of type {spec.type}, not {value!r:.60}")

    def _error(self, place: tuple[str | int, ...], problem: str, mend: str | None = None) -> InputError:
        if self._document is None:
            return InputError(problem, file=self.file or None, mend=mend)
        return self._document.error(place, problem, mend)


def schema() -> dict[str, Any]:
    """The JSON Schema of `tenantlint.yaml`."""
    loaded: dict[str, Any] = json.loads((shipped.policies() / "schemas" / "config.json").read_text("utf-8"))
    return loaded


def find(start: Path) -> Path | None:
    """The nearest `tenantlint.yaml` in this folder or one above it."""
    for folder in (start, *start.parents):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return candidate
    return None


def read(path: Path) -> Config:
    """Read and validate a configuration. Raises InputError with file, line and one sentence."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problem = error.strerror if isinstance(error, OSError) and error.strerror else "it is not UTF-8 text"
        raise InputError(f"the configuration cannot be read: {problem}", file=path.as_posix()) from None
    document = yaml_document.parse(text, file=path.as_posix())
    if document.data is None:
        return Config(file=path.as_posix(), _document=document)
    document.validate(schema())
    base = Config(file=path.as_posix(), tenants=document.data.get("tenants", {}), _document=document)
    return _overlaid(base, document.data, path.parent)


def _overlaid(config: Config, block: Mapping[str, Any], folder: Path) -> Config:
    registers = block.get("registers", {})
    parameters = {name: dict(values) for name, values in config.parameters.items()}
    for check_id, values in block.get("parameters", {}).items():
        parameters[check_id] = {**parameters.get(check_id, {}), **values}
    return replace(
        config,
        fail_on=block.get("fail_on", config.fail_on),
        strict=block.get("strict", config.strict),
        engine=block.get("engine", config.engine),
        select=tuple(block.get("select", config.select)),
        ignore=tuple(block.get("ignore", config.ignore)),
        profile=block.get("profile", config.profile),
        profiles={**config.profiles, **block.get("profiles", {})},
        policies=tuple(folder / name for name in block["policies"]) if "policies" in block else config.policies,
        exceptions=folder / registers["exceptions"] if "exceptions" in registers else config.exceptions,
        expiring_days=block.get("expiring_days", config.expiring_days),
        parameters=parameters,
        severities={
            **config.severities,
            **{name: Severity(value) for name, value in block.get("severities", {}).items()},
        },
    )


def _fits(kind: str, value: object) -> bool:
    match kind:
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "array":
            return isinstance(value, list)
        case _:
            return False

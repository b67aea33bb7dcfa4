"""The METADATA comment of a check: found, parsed with positions, and turned into a Check."""

from __future__ import annotations

import json
import re
from collections.abc import Collection as Container
from collections.abc import Mapping
from functools import cache
from typing import Any

from tenantlint import shipped
from tenantlint.errors import CheckLoadError, InputError
from tenantlint.model import Check, Module, Parameter, Reference, Severity
from tenantlint.snapshot import collection_names
from tenantlint.yaml_document import YamlDocument, parse

_START = re.compile(r"^#[ \t]*METADATA[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"^# ?(.*)$")
_PACKAGE = re.compile(r"^package[ \t]+(?P<name>[A-Za-z_][\w.]*)[ \t]*$", re.MULTILINE)
_NOT_APPLICABLE = re.compile(r"^not_applicable[ \t]+contains\b", re.MULTILINE)


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a METADATA annotation (policies/schemas/check.json)."""
    path = shipped.policies() / "schemas" / "check.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def package_of(module: Module) -> str:
    """The name that the `package` line gives. Raises CheckLoadError when there is none."""
    found = _PACKAGE.search(module.text)
    if found is None:
        raise CheckLoadError("there is no `package` line", file=module.path, line=1, mend="begin the module with one")
    return found["name"]


def read(module: Module, *, service: str, custom: bool = False, facts: Container[str] | None = None) -> Check:
    """The check that the module's METADATA describes. Raises CheckLoadError with file, line and column.

    Shipped metadata is trusted (tests hold it against the schema with `validate`), so that start-up is quick;
    what would not make a Check at all is an error in either case.
    """
    document = annotation(module)
    if custom:
        validate(document, facts=facts)
    try:
        return _check(document.data, module, service, custom=custom)
    except (KeyError, TypeError, ValueError, AttributeError):
        validate(document)
        raise  # the schema accepts what this module cannot read: a defect of ours


def has_annotation(module: Module) -> bool:
    """Whether there is a METADATA comment at all."""
    return _START.search(_head(module)) is not None


def annotation(module: Module) -> YamlDocument:
    """The METADATA block above the package line. Raises CheckLoadError when it is missing or not YAML."""
    head = _head(module)
    start = _START.search(head)
    if start is None:
        raise CheckLoadError(
            "there is no `# METADATA` comment above the package line",
            file=module.path,
            line=1,
            mend="describe the check in one (docs/writing-checks.md)",
        )
    lines: list[str] = []
    for line in head[start.end() + 1 :].splitlines():
        comment = _COMMENT.match(line)
        if comment is None:
            break
        lines.append(comment[1])
    first = head.count("\n", 0, start.start()) + 2
    try:
        return parse("\n".join(lines) + "\n", file=module.path, first_line=first, first_column=3)
    except InputError as error:
        raise _as_load_error(error) from None


def _head(module: Module) -> str:
    """What stands above the package line."""
    package = _PACKAGE.search(module.text)
    return module.text[: package.start()] if package else module.text


def validate(document: YamlDocument, *, facts: Container[str] | None = None) -> None:
    """Hold an annotation against the schema, the catalogue of collections and, when given, the known facts.

    Raises CheckLoadError for the first fault, with its position.
    """
    try:
        document.validate(schema())
    except InputError as error:
        raise _as_load_error(error) from None
    custom = document.data["custom"]
    known: Mapping[str, Container[str]] = {
        "requires": collection_names(),
        "refines": collection_names(),
        "raw": collection_names(),
        **({} if facts is None else {"facts": facts}),
    }
    for key, names in known.items():
        for index, told in enumerate(custom.get(key, ())):
            name = next((one for one in told.split("|") if one not in names), None)
            if name is not None:
                what = "fact" if key == "facts" else "collection"
                fault = document.error(["custom", key, index], f"custom/{key}: there is no {what} `{name}`")
                raise _as_load_error(fault, mend=_near(name, names))
    for name in custom.get("refines", ()):
        if any(name in told.split("|") for told in custom["requires"]):
            fault = document.error(["custom", "refines"], f"custom/refines: `{name}` is already required")
            raise _as_load_error(fault, mend="name it once")


def _near(name: str, names: Container[str]) -> str | None:
    from difflib import get_close_matches

    matches = get_close_matches(name, sorted(names), n=3)
    return f"did you mean {' or '.join(f'`{match}`' for match in matches)}?".rstrip("?") if matches else None


def _as_load_error(error: InputError, mend: str | None = None) -> CheckLoadError:
    return CheckLoadError(error.problem, file=error.file, line=error.line, column=error.column, mend=mend or error.mend)


def _check(data: Any, module: Module, service: str, *, custom: bool) -> Check:
    block = data["custom"]
    package = package_of(module)
    return Check(
        id=block["id"],
        slug=package.rpartition(".")[2],
        title=data["title"],
        description=data["description"].strip(),
        severity=Severity(block["severity"]),
        service=service,
        package=package,
        path=module.path,
        requires=tuple(block["requires"]),
        refines=tuple(block.get("refines", ())),
        raw=tuple(block.get("raw", ())),
        facts=tuple(block.get("facts", ())),
        licences=tuple(block.get("licences", ())),
        tags=tuple(block.get("tags", ())),
        bucket=block.get("bucket", "situational"),
        lenses=dict(block.get("lenses", {})),
        rationale=block["rationale"].strip(),
        remediation=block["remediation"].strip(),
        parameters={
            name: Parameter(name=name, type=told["type"], default=told["default"], meaning=told["meaning"])
            for name, told in block.get("parameters", {}).items()
        },
        mappings={key: tuple(controls) for key, controls in block.get("mappings", {}).items()},
        references=tuple(
            Reference(url=told["ref"], description=told.get("description", ""))
            for told in data.get("related_resources", ())
        ),
        custom=custom,
        tells_not_applicable=_NOT_APPLICABLE.search(module.text) is not None,
    )

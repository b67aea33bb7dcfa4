"""The check library: which Rego files there are, what each check is, and which of them are selected."""

from __future__ import annotations

from collections.abc import Collection as Container
from collections.abc import Iterator, Sequence
from pathlib import Path

from tenantlint import shipped
from tenantlint.checks import metadata
from tenantlint.checks.library import Library
from tenantlint.checks.selection import find, select
from tenantlint.errors import CheckLoadError, InputError, UsageError
from tenantlint.model import Check, Module

__all__ = ["Library", "find", "load", "read_module", "rego_files", "select"]

TEST_SUFFIX = "_test.rego"
_CUSTOM_ROOT = "custom.checks"
_SHIPPED_ROOT = "tenantlint.checks"
_MAX_FILE_BYTES = 1_000_000


def load(
    custom_dirs: Sequence[Path] = (),
    *,
    known_facts: Container[str] | None = None,
    policies_dir: Path | None = None,
) -> Library:
    """The shipped checks and those in the custom folders, which may name only `known_facts` when given.

    In a custom folder, a file below a folder `lib` is a library, every other one a check. Raises UsageError for
    a folder that does not exist, CheckLoadError for a check that is not acceptable: bad metadata, a package that
    does not match the path, an id that stands twice.
    """
    root = policies_dir or shipped.policies()
    checks: list[Check] = []
    modules: list[Module] = []
    for path in rego_files(root):
        module = read_module(path, shown="policies/" + path.relative_to(root).as_posix(), trusted=True)
        modules.append(module)
        parts = path.relative_to(root).with_suffix("").parts
        if parts[0] == "checks":
            checks.append(_shipped_check(module, parts))
    for folder in custom_dirs:
        if not folder.is_dir():
            raise UsageError(f"there is no folder {folder} to read checks from.")
        for path in rego_files(folder):
            module = read_module(path, shown=path.as_posix())
            modules.append(module)
            parts = path.relative_to(folder).with_suffix("").parts
            if "lib" not in parts[:-1]:
                checks.append(_custom_check(module, parts, known_facts))
    _refuse_doubles(checks)
    return Library(tuple(sorted(checks, key=lambda check: check.id)), tuple(modules))


def rego_files(folder: Path, *, tests: bool = False) -> Iterator[Path]:
    """The Rego files below a folder in a stable order: modules, or with `tests` the test files."""
    for path in sorted(folder.rglob("*.rego")):
        if path.name.endswith(TEST_SUFFIX) is tests and path.is_file():
            yield path


def read_module(path: Path, shown: str, *, trusted: bool = False) -> Module:
    """The file as a module. Raises InputError when it cannot be read as UTF-8 text or is over 1 MB."""
    try:
        data = path.read_bytes()
        if len(data) > _MAX_FILE_BYTES:
            raise InputError("a Rego file of more than 1 MB", file=shown, mend="split it")
        return Module(shown, data.decode("utf-8-sig"), trusted)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=shown) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", file=shown, mend="save it as UTF-8") from None


def _shipped_check(module: Module, parts: Sequence[str]) -> Check:
    check = metadata.read(module, service=parts[1])
    _refuse_package(check, f"{_SHIPPED_ROOT}.{'.'.join(parts[1:])}")
    return check


def _custom_check(module: Module, parts: Sequence[str], facts: Container[str] | None) -> Check:
    inner = parts[1:] if parts[0] == "checks" and len(parts) > 1 else parts
    check = metadata.read(module, service=inner[0] if len(inner) > 1 else "custom", custom=True, facts=facts)
    _refuse_package(check, f"{_CUSTOM_ROOT}.{'.'.join(inner)}")
    if not check.id.startswith("X"):
        raise CheckLoadError(
            f"the id `{check.id}` is not one for custom checks", file=module.path, mend="choose one such as X001"
        )
    return check


def _refuse_package(check: Check, wanted: str) -> None:
    if check.package != wanted:
        raise CheckLoadError(
            f"the package `{check.package}` does not match the path", file=check.path, mend=f"write `package {wanted}`"
        )


def _refuse_doubles(checks: Sequence[Check]) -> None:
    seen: dict[str, Check] = {}
    for check in checks:
        if check.id in seen:
            raise CheckLoadError(
                f"the id {check.id} is already that of {seen[check.id].path}", file=check.path, mend="choose a free one"
            )
        seen[check.id] = check

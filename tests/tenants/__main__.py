"""`python -m tests.tenants [--check]`: write snapshots/, or tell whether it is what would be written."""

from __future__ import annotations

import argparse
import filecmp
import sys
import tempfile
from pathlib import Path

from tests.tenants.contoso import contoso
from tests.tenants.fabrikam import fabrikam
from tests.tenants.partial import partial
from tests.tenants.registers import CONFIGURATION, configuration, registers

from tenantlint.snapshot.store import write_snapshot

ROOT = Path(__file__).resolve().parents[2] / "snapshots"
TENANTS = {"contoso": contoso, "fabrikam": fabrikam, "partial": partial}
_BY_HAND = {".gitattributes", "contoso.scenarios.yaml"}
TOOL_VERSION = "0.1.0"  # stands still, so that a release does not touch every example


def write(folder: Path) -> None:
    """Write every example tenant into the folder, with registers and configuration beside them."""
    drafts = {name: make() for name, make in TENANTS.items()}
    for name, draft in drafts.items():
        write_snapshot(draft.snapshot(), folder / name, tool_version=TOOL_VERSION)
    for name, text in {**registers(drafts), CONFIGURATION: configuration(drafts)}.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def differences(made: Path, committed: Path) -> list[str]:
    """Relative paths of the files that differ, sorted; those on one side only included."""
    found = {
        path.relative_to(base).as_posix()
        for base in (made, committed)
        for path in base.rglob("*")
        if path.is_file() and path.name not in _BY_HAND
    }
    return sorted(
        path
        for path in found
        if not (made / path).is_file()
        or not (committed / path).is_file()
        or not filecmp.cmp(made / path, committed / path, shallow=False)
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.tenants", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file would change")
    if not parser.parse_args().check:
        write(ROOT)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        wrong = differences(Path(folder), ROOT)
    for path in wrong:
        print(f"snapshots/{path} is not what the generator writes")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""docs/checks/: generated, committed, and compared in CI."""

from __future__ import annotations

from pathlib import Path

from tenantlint.checks import describe
from tenantlint.checks.library import Library


def write(library: Library, folder: Path) -> None:
    """Write a page for every check and the index, and remove the pages of checks that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = describe.pages(library)
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for path in _surplus(folder, wanted):
        path.unlink()


def stale(library: Library, folder: Path) -> list[str]:
    """Names of pages that are missing, changed or left over, sorted."""
    wanted = describe.pages(library)
    changed = [name for name, text in wanted.items() if not _is(folder / name, text)]
    return sorted(changed + [path.name for path in _surplus(folder, wanted)])


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _surplus(folder: Path, wanted: dict[str, str]) -> list[Path]:
    return [path for path in folder.glob("*.md") if path.name not in wanted]

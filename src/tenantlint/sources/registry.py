"""The readers, in the order in which they are asked. They are told apart by content, never by file name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tenantlint.errors import InputError
from tenantlint.sources.reading import Reading
from tenantlint.sources.target import Target


@dataclass(frozen=True, slots=True)
class Reader:
    """One format. `looks_for`: what it is known by, as a refusal names it.

    `recognises` may raise InputError for a file that is no JSON at all; `read` raises it for a target that
    cannot be judged as a whole.
    """

    name: str
    looks_for: str
    recognises: Callable[[Target], bool]
    read: Callable[[Target], Reading]


def readers() -> tuple[Reader, ...]:
    """Every reader, most specific first. Imported here, so that `tenantlint --version` loads none."""
    from tenantlint.sources.readers.conditional_access import READER as CONDITIONAL_ACCESS
    from tenantlint.sources.readers.entra_exporter import READER as ENTRA_EXPORTER
    from tenantlint.sources.readers.native import READER as NATIVE
    from tenantlint.sources.readers.scubagear import READER as SCUBAGEAR

    return NATIVE, SCUBAGEAR, ENTRA_EXPORTER, CONDITIONAL_ACCESS


def open_target(path: Path | str) -> Reading:
    """Read a tenant from a file or folder in any known format.

    Raises InputError when the path leads nowhere, nothing there is a known format, or the format's own reader
    refuses the whole. Single bad files are in `Reading.problems`.
    """
    target = Target(Path(path))
    known = readers()
    for reader in known:
        if reader.recognises(target):
            return _with_gaps(reader.read(target))
    raise _unknown(target, known)


def _with_gaps(reading: Reading) -> Reading:
    """The reading with each collection told how many files or objects it may lack.

    A problem concerns the collections that have objects in the same file or folder; every collection where none has.
    """
    if not reading.problems:
        return reading
    collections = reading.snapshot.collections.values()
    places = {one.name: {PurePosixPath(origin.file).parent for origin in one.origins} for one in collections}
    for problem in reading.problems:
        folder = PurePosixPath(problem.file or "").parent
        concerned = [one for one in collections if folder in places[one.name]] or list(collections)
        for collection in concerned:
            collection.left_out += 1
    return reading


def _unknown(target: Target, known: tuple[Reader, ...]) -> InputError:
    formats = "; ".join(f"{reader.name} ({reader.looks_for})" for reader in known)
    if not target.is_folder:
        return InputError(
            "this JSON is not a format that tenantlint knows", file=target.shown, mend=f"give one of: {formats}"
        )
    paths, problems = target.tree
    if not paths and not problems:
        return InputError("there is no JSON file in this folder", file=target.shown, mend=f"give one of: {formats}")
    faults = list(problems)
    for path in paths:
        try:
            target.read(path)
        except InputError as error:
            faults.append(error)
    seen = f"none of its {len(paths)} JSON files is of a format that tenantlint knows"
    if faults:
        seen += f" ({len(faults)} cannot be read, the first being {faults[0].sentence().rstrip('.')})"
    return InputError(seen, file=target.shown, mend=f"give one of: {formats}")

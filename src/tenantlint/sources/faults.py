"""A problem with one object of a file, with the line and column at which it stands."""

from __future__ import annotations

from tenantlint.errors import InputError
from tenantlint.snapshot import positions
from tenantlint.sources.target import Document


def object_fault(document: Document, pointer: str, problem: str, mend: str) -> InputError:
    """The problem, placed at the value that the JSON pointer names; at the file alone when that is gone by now."""
    try:
        line, column = positions.locate(positions.SourceText(document.path.read_bytes()), pointer)
    except OSError:
        return InputError(problem, file=document.file, mend=mend)
    return InputError(problem, file=document.file, line=line, column=column, mend=mend)

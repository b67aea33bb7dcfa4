"""File names of a report as the formats of code hosts want them: relative to the repository, with `/`."""

from __future__ import annotations

import posixpath
import re

from tenantlint.model import Position, Report
from tenantlint.report.escaping import uri_path
from tenantlint.report.interface import RenderOptions
from tenantlint.report.summary import ordered_findings

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_NOWHERE = "snapshot.json"


class Places:
    """Turns positions into repository paths and URIs; a finding without a position gets the fallback.

    The fallback is the one in the options, else the first file of the report. `has_fallback`: the first of these.
    """

    def __init__(self, report: Report, options: RenderOptions) -> None:
        self._base = _slashes(options.base_path).rstrip("/")
        self._working = _slashes(options.working_path).rstrip("/")
        known = (one.resource.position for one in ordered_findings(report))
        first = next((one.file for one in known if one is not None), _NOWHERE)
        self.has_fallback = bool(options.fallback_file)
        self._fallback = Position(file=options.fallback_file or first, line=1, column=1)

    def of(self, position: Position | None) -> Position:
        """The position with its file as a repository path; the fallback's first line when there is none."""
        found = position or self._fallback
        return Position(file=self._relative(found.file), line=max(found.line, 1), column=max(found.column, 1))

    def _relative(self, file: str) -> str:
        path = _slashes(file)
        if self._working and not _is_absolute(path):
            path = f"{self._working}/{path}"
        path = posixpath.normpath(path)
        if self._base and path.startswith(f"{self._base}/"):
            return path[len(self._base) + 1 :]
        return path


def uri(file: str) -> str:
    """A path of `Places` as a URI reference: relative, or `file://` for one outside the repository."""
    if not _is_absolute(file):
        return uri_path(file)
    drive = file[:2] if _DRIVE.match(file) else ""
    return f"file://{'/' if drive else ''}{drive}{uri_path(file[len(drive) :])}"


def is_relative(file: str) -> bool:
    """Whether the path is inside the repository, as far as its form tells."""
    return not _is_absolute(file)


def _is_absolute(path: str) -> bool:
    return path.startswith("/") or _DRIVE.match(path) is not None


def _slashes(path: str) -> str:
    """Windows paths with `/`; elsewhere a backslash is a character like any other."""
    return path.replace("\\", "/") if _DRIVE.match(path) else path

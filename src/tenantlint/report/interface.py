"""What a reporter is, and the registry of formats. A format's module is imported when it is first used."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from tenantlint.errors import UsageError
from tenantlint.model import Report

_MODULES = {
    "text": "tenantlint.report.text",
    "json": "tenantlint.report.json_document",
    "sarif": "tenantlint.report.sarif",
    "markdown": "tenantlint.report.markdown",
    "junit": "tenantlint.report.junit",
    "gitlab": "tenantlint.report.gitlab",
    "github": "tenantlint.report.github",
    "csv": "tenantlint.report.csv_table",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOptions:
    """How to lay out. Every format reads the ones that concern it.

    `show_excepted`: also list findings that exceptions cover whole. `verbose`: long lists at full length.
    `color`, `width` (in terminal cells): text only. `base_path`: the folder, usually the root of the
    repository, that file names in SARIF, GitLab and workflow commands are made relative to; `working_path`:
    the folder that relative file names in the report start from. Both are absolute, or empty: then file names
    stay as they are. `fallback_file`: where a finding without a position is shown, usually the manifest of the
    snapshot. `docs_url`: address of the check pages, for example `https://example.org/checks/`; when empty,
    rules link to their first reference.
    """

    show_excepted: bool = False
    verbose: bool = False
    color: bool = False
    width: int = 100
    base_path: str = ""
    working_path: str = ""
    fallback_file: str = ""
    docs_url: str = ""


class Reporter(Protocol):
    """A format's module: one function from the report document to text that UTF-8 can encode."""

    def render(self, report: Report, options: RenderOptions) -> str: ...


def formats() -> tuple[str, ...]:
    """The names of all formats."""
    return tuple(_MODULES)


def render(name: str, report: Report, options: RenderOptions | None = None) -> str:
    """The report in the named format, ending in a line end. Raises UsageError for a name that is no format."""
    if name not in _MODULES:
        raise UsageError(f"`{name}` is not a format; there are {', '.join(_MODULES)}.")
    reporter: Reporter = import_module(_MODULES[name])
    return reporter.render(report, options or RenderOptions())

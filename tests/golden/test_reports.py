"""Every format over the hand-made report, as reviewed by eye. After a wanted change: pytest --update-golden."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.unit.report.sample import compared, sample

from tenantlint.model import Report
from tenantlint.report import RenderOptions, render

Golden = Callable[[str, str], None]

CASES = [
    ("contoso-80.txt", "text", sample, RenderOptions(width=80)),
    ("contoso-120-verbose.txt", "text", sample, RenderOptions(width=120, verbose=True, show_excepted=True)),
    ("contoso-color.txt", "text", sample, RenderOptions(width=80, color=True)),
    ("contoso.json", "json", sample, RenderOptions()),
    ("contoso.sarif", "sarif", sample, RenderOptions(fallback_file="snapshots/contoso/snapshot.json")),
    ("contoso-excepted.sarif", "sarif", sample, RenderOptions(show_excepted=True)),
    ("contoso.md", "markdown", sample, RenderOptions()),
    ("contoso.xml", "junit", sample, RenderOptions()),
    ("contoso-gitlab.json", "gitlab", sample, RenderOptions(fallback_file="snapshots/contoso/snapshot.json")),
    ("contoso-github.txt", "github", sample, RenderOptions(fallback_file="snapshots/contoso/snapshot.json")),
    ("contoso.csv", "csv", sample, RenderOptions()),
    ("compared-80.txt", "text", compared, RenderOptions(width=80)),
    ("compared.json", "json", compared, RenderOptions()),
    ("compared.md", "markdown", compared, RenderOptions()),
    ("compared.sarif", "sarif", compared, RenderOptions()),
]


@pytest.mark.parametrize(("name", "format_", "make", "options"), CASES, ids=[case[0] for case in CASES])
def test_the_report_looks_as_it_was_reviewed(
    golden: Golden, name: str, format_: str, make: Callable[[], Report], options: RenderOptions
) -> None:
    golden(f"reports/{name}", render(format_, make(), options))

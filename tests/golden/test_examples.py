"""The example tenants in every format, byte for byte: `pytest --update-golden` renews them; read the diff."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tenantlint.cli.main import main
from tenantlint.report import formats

ROOT = Path(__file__).resolve().parents[2]
ENDINGS = {"text": "txt", "markdown": "md", "junit": "xml", "gitlab": "gitlab.json", "github": "github.txt"}


@pytest.mark.parametrize(
    ("tenant", "form"),
    [*(("contoso", form) for form in formats()), ("fabrikam", "text"), ("partial", "text"), ("partial", "markdown")],
)
def test_report_of_an_example_tenant(
    tenant: str,
    form: str,
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    file = tmp_path / "report"
    now = "2026-11-20T00:00:00Z"
    main(["check", f"snapshots/{tenant}", "--now", now, "--quiet", "--format", "csv", "-o", f"{form}={file}"])
    text = file.read_bytes().decode("utf-8")
    assert str(ROOT) not in text
    golden(f"examples/{tenant}.{ENDINGS.get(form, form)}", _without_digests(text))


def _without_digests(text: str) -> str:
    """Digests of the check library and of the snapshot change with every check; the rest must not."""
    return re.sub(r'(sha256:|"digest": ")[0-9a-f]{64}', r"\1DIGEST", text)

"""Folders with custom checks, written for one test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

METADATA = {
    "title": "A thing is right",
    "description": "Looks at a thing and tells whether it is right.",
    "related_resources": [{"ref": "https://learn.microsoft.com/x", "description": "What a thing is"}],
    "custom": {
        "id": "X001",
        "severity": "high",
        "requires": ["conditional_access_policies"],
        "rationale": "A wrong thing helps whoever wants in.",
        "remediation": "Make the thing right again.",
    },
}
RULES = """\
import rego.v1

findings contains p if {
\tsome p in input.collections.conditional_access_policies
\tp.state == "off"
}
"""

Write = Callable[..., Path]


def rego(package: str, metadata: dict[str, Any] | None, rules: str = RULES) -> str:
    import yaml

    lines = ["# METADATA", *(f"# {line}" for line in yaml.safe_dump(metadata, sort_keys=False).splitlines())]
    return "\n".join([*(lines if metadata else ()), f"package {package}", "", rules])


def merged(**custom: Any) -> dict[str, Any]:
    """The metadata with keys of its custom block replaced; None removes one."""
    block = {key: told for key, told in {**METADATA["custom"], **custom}.items() if told is not None}  # type: ignore[dict-item]
    return {**METADATA, "custom": block}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write `<folder>/<path>.rego` with the package that fits, and return the folder."""

    def written(
        path: str = "own/thing", *, metadata: dict[str, Any] | None = METADATA, package: str = "", rules: str = RULES
    ) -> Path:
        file = tmp_path / f"{path}.rego"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(rego(package or "custom.checks." + path.replace("/", "."), metadata, rules), encoding="utf-8")
        return tmp_path

    return written

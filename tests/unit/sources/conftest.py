"""Builders of small exports, and the corpus where it is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenantlint.sources import Reading, open_target

_CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"

Write = Callable[[str, Any], Path]


@pytest.fixture
def corpus() -> Path:
    """The folder of real inputs that are not committed; the test is skipped without it."""
    if not _CORPUS.is_dir():
        pytest.skip("../shared/corpus is not there")
    return _CORPUS


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a value as JSON (or bytes as they are) below tmp_path."""

    def writing(name: str, value: Any) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(value if isinstance(value, bytes) else json.dumps(value, indent=1).encode())
        return path

    return writing


@pytest.fixture
def read_export(write: Write) -> Callable[[Any], Reading]:
    """Read an object as a ScubaGear export."""
    return lambda value: open_target(write("export.json", value))


@pytest.fixture
def policy() -> dict[str, Any]:
    """A Conditional Access policy as Graph v1.0 gives it."""
    return {
        "id": "0c6f3f2f-9d10-4b1e-9a51-9b1c7a5e0d6f",
        "displayName": "Admins need strong authentication",
        "state": "enabled",
        "createdDateTime": "2025-03-04T10:11:12Z",
        "modifiedDateTime": None,
        "conditions": {
            "clientAppTypes": ["all"],
            "signInRiskLevels": [],
            "platforms": None,
            "users": {
                "includeUsers": [],
                "excludeUsers": ["5d0c6a52-0000-4000-8000-000000000001"],
                "includeRoles": ["62e90394-69f5-4237-9190-012177145e10"],
                "excludeGuestsOrExternalUsers": {
                    "guestOrExternalUserTypes": "b2bCollaborationGuest,serviceProvider",
                    "externalTenants": {
                        "@odata.type": "#microsoft.graph.conditionalAccessAllExternalTenants",
                        "membershipKind": "all",
                    },
                },
            },
            "applications": {"includeApplications": ["All"], "excludeApplications": [], "applicationFilter": None},
            "devices": {"deviceFilter": {"mode": "exclude", "rule": 'device.trustType -eq "ServerAD"'}},
        },
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"], "termsOfUse": []},
        "sessionControls": {"signInFrequency": {"value": 4, "type": "hours", "isEnabled": True}},
    }

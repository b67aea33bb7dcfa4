"""What the tests of snapshots share: a small tenant, and snapshots drawn at random."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tenantlint.model import CollectionStatus, Tenant
from tenantlint.snapshot import Collection, Snapshot

Make = Callable[..., Snapshot]


@pytest.fixture
def tenant() -> Make:
    """Makes a snapshot from `NAME=[objects]`; statuses as `{NAME: status}`."""

    def make(statuses: Mapping[str, CollectionStatus] | None = None, **collections: list[dict[str, Any]]) -> Snapshot:
        wanted = statuses or {}
        return Snapshot(
            tenant=Tenant(
                id="0d3cbf3a", display_name="Contoso", initial_domain="contoso.onmicrosoft.com", cloud="global"
            ),
            collected_at=datetime(2026, 3, 1, 8, tzinfo=UTC),
            licences=frozenset({"entra_p2", "teams"}),
            collections={
                name: Collection(name, wanted.get(name, CollectionStatus.OK), items=collections.get(name, []))
                for name in {**collections, **wanted}
            },
        )

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Writes a snapshot folder by hand, from relative path to content; a minimal manifest unless one is given."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "tenant"
        minimal = '{"format": "tenantlint.snapshot/1", "tenant": {"id": "t"}}'
        for name, content in {"snapshot.json": minimal, **files}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return write

"""Ids that were in use once (policies/retired.toml): they are never given to another check."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tenantlint import shipped


@dataclass(frozen=True, slots=True)
class Retired:
    """A retired id. `successor`: the check to look at instead, empty when there is none."""

    id: str
    reason: str
    successor: str = ""

    def sentence(self) -> str:
        """What to tell someone who still names it."""
        after = f"; see {self.successor}" if self.successor else ""
        return f"{self.id} was retired ({self.reason.rstrip('.')}){after}."


def read(policies_dir: Path | None = None) -> dict[str, Retired]:
    """Every retired id."""
    import tomllib

    path = (policies_dir or shipped.policies()) / "retired.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("retired", [])
    return {told["id"]: Retired(told["id"], told["reason"], told.get("successor", "")) for told in entries}

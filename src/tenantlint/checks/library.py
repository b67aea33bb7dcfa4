"""What was loaded: checks and the modules that they need."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tenantlint.model import Check, Module


@dataclass(frozen=True)
class Library:
    """Checks, sorted by id, and every module that they may need (tests are left out)."""

    checks: tuple[Check, ...]
    modules: tuple[Module, ...]

    @cached_property
    def digest(self) -> str:
        """`sha256:…` over the paths and texts of all modules: which library judged."""
        found = hashlib.sha256()
        for module in sorted(self.modules, key=lambda module: module.path):
            for part in (module.path, module.text):
                data = part.encode()
                found.update(len(data).to_bytes(8, "big") + data)
        return f"sha256:{found.hexdigest()}"

    def modules_for(self, checks: Sequence[Check]) -> tuple[Module, ...]:
        """The modules of these checks, and every module that is no check (libraries)."""
        wanted = {check.path for check in checks}
        others = {check.path for check in self.checks} - wanted
        return tuple(module for module in self.modules if module.path not in others)

"""What an engine must do: load Rego modules, evaluate one rule over one input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from tenantlint.model import Module

__all__ = ["Engine", "Module"]


class Engine(Protocol):
    """A Rego engine with modules loaded. Not shared between threads. Use it as a context manager."""

    name: str

    def __enter__(self) -> Engine: ...

    def __exit__(self, *exc: object) -> None: ...

    def load(self, modules: Sequence[Module]) -> None:
        """Compile the modules, once an engine. Raises CheckLoadError with file, line and column."""

    def evaluate(self, package: str, rules: Sequence[str], input_json: str) -> dict[str, Any]:
        """The value of each rule of the package over the input, as JSON values (sets as lists), in one query.

        Raises EngineError when a builtin fails, and when a rule has no value: a check's rules are sets, which
        are empty and never undefined.
        """

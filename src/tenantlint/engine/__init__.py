"""Rego engines: load modules, evaluate rules over an input, decode what they say."""

from __future__ import annotations

from tenantlint.engine.interface import Engine
from tenantlint.errors import UsageError

__all__ = ["Engine", "open_engine"]

ENGINES = ("embedded", "opa")


def open_engine(name: str = "embedded", *, opa_url: str | None = None, opa_binary: str | None = None) -> Engine:
    """The engine of this name, to be used as a context manager; a URL of an OPA server means `opa`.

    Without a URL, `opa` starts a server from `opa_binary`, by default the `opa` on PATH. Raises UsageError for
    an unknown name, a bad URL or a missing binary, MissingExtraError when the OPA client is not installed.
    """
    if name == "opa" or opa_url:
        from tenantlint.engine.opa import OpaEngine

        return OpaEngine(url=opa_url, binary=opa_binary)
    if name == "embedded":
        from tenantlint.engine.embedded import EmbeddedEngine

        return EmbeddedEngine()
    raise UsageError(f"there is no engine `{name}`; choose one of {', '.join(ENGINES)}.")

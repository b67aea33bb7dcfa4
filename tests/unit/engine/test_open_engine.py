"""Choosing an engine by name."""

from __future__ import annotations

import sys

import pytest

from tenantlint.engine import open_engine
from tenantlint.errors import MissingExtraError, UsageError


def test_the_embedded_engine_is_the_default() -> None:
    assert open_engine().name == "embedded"


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(UsageError, match="no engine `regal`; choose one of embedded, opa"):
        open_engine("regal")


@pytest.mark.parametrize("url", [None, "http://127.0.0.1:8181"])
def test_without_the_opa_client_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, url: str | None) -> None:
    monkeypatch.setitem(sys.modules, "opa_client", None)
    with pytest.raises(
        MissingExtraError, match=r"--engine opa needs an optional part: run `pip install 'tenantlint\[opa\]'`"
    ):
        open_engine("opa", opa_url=url)


def test_a_url_means_opa() -> None:
    assert open_engine("embedded", opa_url="http://127.0.0.1:8181").name == "opa"


def test_opa_without_a_binary_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(
        UsageError, match="--engine opa needs an `opa` on PATH; install OPA, or name a server with --opa-url"
    ):
        open_engine("opa")

"""The shipped library, its Rego tests, and an engine that holds it, loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from tenantlint.checks import selftest
from tenantlint.checks.catalog import Library, load
from tenantlint.engine import open_engine
from tenantlint.engine.embedded import TestBench
from tenantlint.engine.interface import Engine


@cache
def suite() -> selftest.Suite:
    return selftest.suite(())


@cache
def library() -> Library:
    return load()


@pytest.fixture(scope="session")
def bench() -> TestBench:
    return TestBench(suite().modules)


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with open_engine() as opened:
        opened.load(library().modules)
        yield opened

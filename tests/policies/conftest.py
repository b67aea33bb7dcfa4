"""The shipped library and its Rego tests, loaded once."""

from __future__ import annotations

from functools import cache

import pytest

from tenantlint.checks import selftest
from tenantlint.checks.catalog import Library, load
from tenantlint.engine.embedded import TestBench


@cache
def suite() -> selftest.Suite:
    return selftest.suite(())


@cache
def library() -> Library:
    return load()


@pytest.fixture(scope="session")
def bench() -> TestBench:
    return TestBench(suite().modules)

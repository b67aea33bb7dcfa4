"""The inputs that Rego tests mock, caught while the tests run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tenantlint.checks import selftest
from tenantlint.engine.embedded import TestBench
from tenantlint.model import Check, Module

_CATCH = """package {package}

import rego.v1

findings contains "never" if not print(json.marshal(input))
"""


def bench(suite: selftest.Suite, checks: Sequence[Check]) -> TestBench:
    """A bench on which every check prints the inputs that it is given; verdicts stay as they are."""
    catchers = (Module(f"{one.id}.rego", _CATCH.format(package=one.package), trusted=True) for one in checks)
    return TestBench((*suite.modules, *catchers))


def inputs(case: selftest.TestCase, catching: TestBench) -> Iterator[Mapping[str, Any]]:
    """Every input that a check is given while the test runs."""
    catching.prints()
    assert catching.value(f"{case.package}.{case.name}") is True
    for line in dict.fromkeys(catching.prints()):
        told = json.loads(line.split(": ", 1)[1])
        if isinstance(told, dict):
            yield told

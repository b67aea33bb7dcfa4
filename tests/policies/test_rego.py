"""Every Rego test of the shipped checks and libraries, each an item of its own."""

from __future__ import annotations

import pytest
from tests.policies.conftest import suite

from tenantlint.checks import selftest
from tenantlint.engine.embedded import TestBench, syntax


@pytest.mark.parametrize("case", suite().cases, ids=lambda case: f"{case.package}.{case.name}")
def test_rego(case: selftest.TestCase, bench: TestBench) -> None:
    result = selftest.run(case, bench, syntax)
    assert result.passed, "\n".join((case.place, *result.explanation))


def test_every_line_of_every_module_is_reached_by_a_test() -> None:
    fresh = TestBench(suite().modules)
    for case in suite().cases:
        selftest.run(case, fresh, syntax)
    missed = {path: selftest.ranges(lines) for path, lines in selftest.uncovered(suite(), fresh).items()}
    assert missed == {}

"""The example of docs/writing-checks.md is a check that loads and passes its test."""

from __future__ import annotations

import re
from pathlib import Path

from tenantlint.checks import selftest
from tenantlint.checks.catalog import find, load
from tenantlint.engine.embedded import TestBench, syntax

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "writing-checks.md"


def test_the_example_of_the_guide_works(tmp_path: Path) -> None:
    metadata, module, test = re.findall(r"```rego\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    folder = tmp_path / "external_access"
    folder.mkdir()
    package = "custom.checks.external_access.guests_have_sponsor"
    (folder / "guests_have_sponsor.rego").write_text(metadata + module, encoding="utf-8")
    head = f"package {package}_test\n\nimport rego.v1\n\nimport data.{package}\n\n"
    (folder / "guests_have_sponsor_test.rego").write_text(head + test, encoding="utf-8")
    assert find(load([tmp_path]), "X001").package == package
    suite = selftest.suite([tmp_path])
    bench = TestBench(suite.modules)
    results = [selftest.run(case, bench, syntax) for case in suite.cases]
    assert [result.passed for result in results] == [True], results[0].explanation

"""Running Rego tests: what is run, what passes, what a failure tells, which lines were not reached."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.checks.conftest import RULES, Write, merged

from tenantlint.checks import selftest
from tenantlint.engine.embedded import TestBench, syntax
from tenantlint.errors import CheckLoadError, UsageError

HEAD = "import rego.v1\n\nimport data.custom.checks.own.thing as chk\n\n"
OFF = '{"collections": {"conditional_access_policies": [{"state": "off"}]}}'
PASSING = f"{HEAD}test_fail_when_off if count(chk.findings) == 1 with input as {OFF}\n"


def results(*paths: Path) -> dict[str, selftest.TestResult]:
    suite = selftest.suite(paths)
    bench = TestBench(suite.modules)
    return {case.name: selftest.run(case, bench, syntax) for case in suite.cases}


def explanation(write: Write, rules: str) -> str:
    """What the one failing test `test_x` tells."""
    write()
    folder = write("own/thing_test", metadata=None, rules=HEAD + rules)
    result = results(folder)["test_x"]
    assert not result.passed
    return "\n".join(result.explanation)


def test_a_test_passes_only_when_it_is_true(write: Write) -> None:
    write()
    rules = (
        f"{PASSING}test_undefined if 1 == 2\ntest_false := false\ntest_text := `x`\ntest_true := true\n"
        "helper if 1 == 2\ntodo_test_x if 1 == 2\n"
    )
    folder = write("own/thing_test", metadata=None, rules=rules)
    assert {name: result.passed for name, result in results(folder).items()} == {
        "test_fail_when_off": True,
        "test_undefined": False,
        "test_false": False,
        "test_text": False,
        "test_true": True,
    }


def test_one_failure_does_not_stop_the_others(write: Write) -> None:
    write()
    folder = write("own/thing_test", metadata=None, rules=f'{PASSING}test_a if to_number("x") == 1\ntest_z := true\n')
    assert [result.passed for result in results(folder).values()] == [True, False, True]


def test_a_comparison_that_fails_is_shown_as_a_diff(write: Write) -> None:
    text = explanation(
        write, f'test_x if {{\n\tfound := chk.findings with input as {OFF}\n\tfound == {{{{"state": "on"}}}}\n}}\n'
    )
    assert "thing_test.rego:9: this does not hold:\n    found == {{" in text
    assert '-    "state": "on"' in text
    assert '+    "state": "off"' in text


def test_findings_behind_a_count_are_shown(write: Write) -> None:
    text = explanation(write, f"test_x if count(chk.findings) == 2 with input as {OFF}\n")
    assert "    -2\n    +1\n" in text
    assert 'chk.findings is [\n      {\n        "state": "off"\n' in text


@pytest.mark.parametrize(
    ("rules", "shown"),
    [
        (f"test_x if count(chk.findings) > 3 with input as {OFF}\n", "count(chk.findings) is 1"),
        (f'test_x if "a" in chk.findings with input as {OFF}\n', '"a" in chk.findings is false'),
        (
            f'test_x if {{\n\tsome one in chk.findings with input as {OFF}\n\tone.state == "on"\n}}\n',
            '-"on"\n    +"off"',
        ),
        (
            f"test_x if {{\n\tsome one in chk.findings with input as {OFF}\n\tone.nothing == 1\n}}\n",
            "one.nothing is undefined",
        ),
        ('test_x if {"ä": [{"k": 1}], "b": "x"} == chk.findings with input as {}\n', '+  "b": "x",\n    +  "ä": ['),
        ("test_x if {\n\tx := 3\n\tx == 4\n}\n", "    -4\n    +3"),
        ('test_x if to_number("x") == 1\n', "could not parse string as number"),
        ("test_x := false\n", "the test is not true"),
        (f'test_x if {{\n\tprint("seen", 1 + 1)\n\tcount(chk.findings) == 2 with input as {OFF}\n}}\n', "seen 2"),
    ],
)
def test_a_failure_shows_the_values_that_matter(write: Write, rules: str, shown: str) -> None:
    assert shown in explanation(write, rules)


def test_a_long_difference_is_cut(write: Write) -> None:
    text = explanation(write, "test_x if numbers.range(1, 500) == numbers.range(2, 600)\n")
    assert "more lines" in text
    assert len(text.splitlines()) < 80


def test_one_file_tests_its_check_alone(write: Write) -> None:
    write()
    write("own/other", metadata=merged(id="X002"))
    write("own/other_test", metadata=None, rules="test_y := true\n")
    folder = write("own/thing_test", metadata=None, rules=PASSING)
    for name in ("thing.rego", "thing_test.rego"):
        suite = selftest.suite([folder / "own" / name])
        assert [case.name for case in suite.cases] == ["test_fail_when_off"]
        assert [Path(module.path).name for module in suite.subjects] == ["thing.rego"]


def test_a_test_named_by_two_paths_runs_once(write: Write) -> None:
    write()
    folder = write("own/thing_test", metadata=None, rules=PASSING)
    assert len(selftest.suite([folder, folder / "own" / "thing.rego"]).cases) == 1


def test_uncovered_lines_are_those_of_the_tested_checks(write: Write) -> None:
    write(rules=RULES + "\nfindings contains 2 if {\n\tinput.never\n\tinput.ever\n}\n")
    folder = write("own/thing_test", metadata=None, rules=PASSING)
    suite = selftest.suite([folder])
    bench = TestBench(suite.modules)
    for case in suite.cases:
        selftest.run(case, bench, syntax)
    found = selftest.uncovered(suite, bench)
    assert [Path(path).name for path in found] == ["thing.rego"]
    text = (folder / "own" / "thing.rego").read_text(encoding="utf-8").splitlines()
    assert [text[line - 1].strip() for line in next(iter(found.values()))] == [
        "findings contains 2 if {",
        "input.ever",
    ]


def test_libraries_of_tenantlint_are_there_for_custom_checks(write: Write) -> None:
    folder = write("own/thing_test", metadata=None, rules=PASSING)
    write()
    shown = [module.path for module in selftest.suite([folder]).modules]
    assert any(path.startswith("policies/lib/") for path in shown)
    assert not any(path.startswith("policies/checks/") for path in shown)


def test_a_path_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no"):
        selftest.suite([tmp_path / "x"])


def test_a_folder_or_check_without_tests_is_a_usage_error(write: Write) -> None:
    folder = write()
    for path in (folder, folder / "own" / "thing.rego"):
        with pytest.raises(UsageError, match=r"holds no `\*_test.rego` file"):
            selftest.suite([path])


def test_bad_metadata_and_forbidden_builtins_are_refused_before_anything_runs(write: Write) -> None:
    folder = write("own/thing_test", metadata=None, rules=PASSING)
    write(metadata=merged(severity="grave"))
    with pytest.raises(CheckLoadError, match="`grave` is not one of"):
        selftest.suite([folder])
    write(rules=RULES + "\nx := time.now_ns()\n")
    with pytest.raises(CheckLoadError, match="is not allowed"):
        TestBench(selftest.suite([folder]).modules)


@given(st.sets(st.integers(1, 40)))
def test_ranges_name_every_line_once(lines: set[int]) -> None:
    named = []
    for part in filter(None, selftest.ranges(sorted(lines)).split(", ")):
        first, _, last = part.partition("-")
        named += list(range(int(first), int(last or first) + 1))
    assert named == sorted(lines)
    assert selftest.ranges([3, 4, 5, 9]) == "3-5, 9"

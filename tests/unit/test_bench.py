"""The bench measures what it says, refuses failed runs, and its copies of the checks load."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.bench.__main__ import table
from tests.bench.figures import Row, copy_as_custom_checks
from tests.bench.process import CommandFailedError, Measured, measure, measure_alternately

from tenantlint.checks import catalog


def test_measure_counts_runs_and_sees_memory_and_time() -> None:
    found = measure([sys.executable, "-c", "import time; data = bytearray(64_000_000); time.sleep(0.05)"], runs=2)
    assert len(found.seconds) == len(found.peak_bytes) == 2
    assert min(found.seconds) >= 0.05
    if sys.platform != "win32":
        assert found.peak > 64_000_000


def test_measure_refuses_a_run_that_failed_and_says_what_it_said() -> None:
    with pytest.raises(CommandFailedError, match=r"exit code 2: no such file"):
        measure([sys.executable, "-c", "import sys; sys.stderr.write('no such file'); sys.exit(2)"], runs=1)


def test_commands_are_measured_in_turns(tmp_path: Path) -> None:
    log = tmp_path / "log"
    commands = [[sys.executable, "-c", f"open({str(log)!r}, 'a').write('{name}')"] for name in "ab"]
    assert [len(one.seconds) for one in measure_alternately(commands, runs=2)] == [2, 2]
    assert log.read_text() == "ababab"  # the first pair warms up


def test_median_ignores_one_slow_run() -> None:
    found = Measured((0.1, 5.0, 0.2), (0.09, 0.1, 0.2), (1, 3, 2))
    assert found.median == 0.2
    assert found.cpu == 0.1
    assert found.peak == 3
    assert found.spread == "100 ms to 5.00 s, processor 100 ms"


@pytest.mark.skipif(sys.platform == "win32", reason="processor time of a process is not told")
def test_processor_time_leaves_out_waiting() -> None:
    found = measure([sys.executable, "-S", "-c", "import time; time.sleep(0.5)"], runs=1)
    assert found.cpu < 0.4 < found.median


def test_a_figure_at_its_bound_is_missed_and_one_not_measured_is_skipped() -> None:
    assert Row("x", 8.0, 8, "s").verdict == "MISSED"
    assert Row("x", 7.9, 8, "s").verdict == "met"
    assert Row("x", None, 8, "s").verdict == "skipped"


def test_table_is_markdown_with_even_columns() -> None:
    lines = table([Row("a", 1.25, 8, "s", "note"), Row("distributions", 12, 20, "")]).splitlines()
    assert [line.count("|") for line in lines] == [6, 6, 6, 6]
    assert len({len(line) for line in lines}) == 1
    assert "| 1.2 s " in lines[2]
    assert "| 12 " in lines[3]
    assert "| < 20 " in lines[3]


def test_copies_of_the_checks_load_as_custom_checks_and_are_the_same_otherwise(tmp_path: Path) -> None:
    count = copy_as_custom_checks(tmp_path)
    library = catalog.load([tmp_path])
    shipped = [check for check in library.checks if not check.custom]
    copies = [check for check in library.checks if check.custom]
    assert len(copies) == len(shipped) == count > 0
    assert sorted(check.title for check in copies) == sorted(check.title for check in shipped)

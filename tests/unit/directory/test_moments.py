from datetime import UTC, datetime

import pytest

from tenantlint.directory import moment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-04T17:15:48.3071234Z", datetime(2026, 5, 4, 17, 15, 48, 307123, tzinfo=UTC)),
        ("2026-05-04T17:15:48Z", datetime(2026, 5, 4, 17, 15, 48, tzinfo=UTC)),
        ("2026-05-04T19:15:48+02:00", datetime(2026, 5, 4, 17, 15, 48, tzinfo=UTC)),
        ("2026-05-04T17:15:48", datetime(2026, 5, 4, 17, 15, 48, tzinfo=UTC)),
    ],
)
def test_graph_timestamps_are_read_as_utc(text: str, expected: datetime) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize("value", [None, "", "never", 1777406310050, "0001-01-01T00:00:00+23:59", True, []])
def test_what_is_no_timestamp_is_no_moment(value: object) -> None:
    assert moment(value) is None

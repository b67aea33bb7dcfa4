from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tenantlint.sources.wording import graph_name, items_of, lookup, moment, restate, rfc3339

_MILLISECONDS = st.integers(min_value=-62135596800000, max_value=253402300799999)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abXY@#.", max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(_MILLISECONDS)
def test_powershell_dates_keep_their_moment(milliseconds: int) -> None:
    expected = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    text = rfc3339(f"/Date({milliseconds})/")
    assert text.endswith("Z")
    assert datetime.fromisoformat(text) == expected


def test_a_date_of_the_reference_export_reads_as_documented() -> None:
    assert rfc3339("/Date(1777406310050)/") == "2026-04-28T19:58:30.050Z"
    assert rfc3339("/Date(1638345600000)/") == "2021-12-01T08:00:00Z"
    assert rfc3339("/Date(-62135596800000)/") == "0001-01-01T00:00:00Z"


def test_text_that_is_no_date_and_a_date_out_of_range_stay() -> None:
    assert rfc3339("/Date(later)/") == "/Date(later)/"
    assert rfc3339("/Date(99999999999999999999)/") == "/Date(99999999999999999999)/"


@given(_JSON)
def test_restating_drops_annotations_only(value: object) -> None:
    def naive(one: object) -> object:
        if isinstance(one, dict):
            return {
                k: naive(v) for k, v in one.items() if not k.startswith("#") and (k == "@odata.type" or "@" not in k)
            }
        return [naive(child) for child in one] if isinstance(one, list) else one

    assert restate(value) == naive(value)


def test_keys_are_renamed_at_every_depth_and_values_never() -> None:
    told = {"DisplayName": "All", "Inner": [{"@odata.type": "#X", "State": "Enabled", "Y@odata.context": 1}]}
    assert restate(told, graph_name) == {
        "displayName": "All",
        "inner": [{"@odata.type": "#X", "state": "Enabled"}],
    }


def test_the_first_of_two_keys_that_fall_together_counts() -> None:
    assert restate({"Id": "export's", "id": "other"}, graph_name) == {"id": "export's"}


def test_a_date_object_of_windows_powershell_becomes_its_date() -> None:
    told = {"When": {"value": "/Date(1638345600000)/", "DisplayHint": 2, "DateTime": "Wednesday"}}
    assert restate(told) == {"When": "2021-12-01T08:00:00Z"}


def test_collapsed_and_empty_lists_are_lists_again() -> None:
    assert items_of({"a": 1}) == [("", {"a": 1})]
    assert items_of([None]) == []
    assert items_of(None) == []
    assert items_of([{"a": 1}, None, {"b": 2}]) == [("/0", {"a": 1}), ("/2", {"b": 2})]


def test_lookup_prefers_the_exact_spelling() -> None:
    assert lookup({"AAD": 1, "Aad": 2}, "Aad") == ("Aad", 2)
    assert lookup({"AAD": 1}, "aad") == ("AAD", 1)
    assert lookup({}, "aad") is None


def test_moments_are_utc_whatever_the_exporter_wrote() -> None:
    assert moment("2026-05-04T17:15:48.307Z") == datetime(2026, 5, 4, 17, 15, 48, 307000, tzinfo=UTC)
    assert moment("2026-05-04T19:15:48+02:00") == datetime(2026, 5, 4, 17, 15, 48, tzinfo=UTC)
    assert moment("2026-12-31") == datetime(2026, 12, 31, tzinfo=UTC)
    assert moment("05/04/2026 17:15:48 Coordinated Universal Time") is None
    assert moment(json.loads("17")) is None

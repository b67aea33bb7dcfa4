"""The settings object of SharePoint's admin service, out of its verbose OData."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.emulator.asking import snapshot_of
from tests.emulator.emulator import Emulator
from tests.emulator.sharepoint import verbose
from tests.unit.collect.scripted import Alone, Answer, Scripted, read
from tests.unit.collect.served import fetch_from

from tenantlint.collect import sharepoint
from tenantlint.collect.calls import CallError, Reason
from tenantlint.collect.catalog import source_of
from tenantlint.collect.fetching import IncompleteError
from tenantlint.model import CollectionStatus, JsonObject

SOURCE = source_of("sharepoint_tenant")
SETTINGS: JsonObject = {
    "_ObjectIdentity_": "dca8447e|Tenant",
    "SharingCapability": 2,
    "RequireAnonymousLinksExpireInDays": -1,
    "StorageQuota": "1099511627776",
    "SharingAllowedDomainList": "",
    "NoAccessRedirectUrl": None,
    "AllowedDomainListForSyncClient": ["a", "b"],
    "Empty": [],
    "Nested": {"Inner": [{"Deep": True}], "Number": "9223372036854775807"},
}


def scripted(tmp_path: Path, reply: Answer) -> tuple[list[Any], Any]:
    return read(Alone(Scripted({SOURCE.request: reply}), tmp_path), sharepoint.fetch, SOURCE)


def test_the_emulated_service(tmp_path: Path) -> None:
    emulator = Emulator(snapshot_of({"sharepoint_tenant": [SETTINGS]}), limits="none")
    found = fetch_from(emulator, tmp_path, "sharepoint_tenant")["sharepoint_tenant"]
    assert (found.items, found.error) == ([SETTINGS], None)


names = st.text("abcXYZ", min_size=1, max_size=5)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(names, values, min_size=1, max_size=5))
def test_what_verbose_odata_adds_is_taken_off_again(
    tmp_path_factory: pytest.TempPathFactory, settings: dict[str, Any]
) -> None:
    items, error = scripted(tmp_path_factory.mktemp("out"), {"d": verbose(settings, "https://x/_api/SPO.Tenant")})
    assert (items, error) == ([settings], None)


def test_links_are_no_values(tmp_path: Path) -> None:
    reply = {"d": {"Sites": {"__deferred": {"uri": "https://x"}}, "Deep": {"More": {"__deferred": {}}, "A": 1}}}
    assert scripted(tmp_path, reply)[0] == [{"Deep": {"A": 1}}]


def test_a_property_that_is_called_results_stays(tmp_path: Path) -> None:
    assert scripted(tmp_path, {"d": {"Search": {"results": 3}, "Own": {"results": [], "Other": 1}}})[0] == [
        {"Search": {"results": 3}, "Own": {"results": [], "Other": 1}}
    ]


def test_a_list_that_goes_on_elsewhere_is_incomplete(tmp_path: Path) -> None:
    reply = {"d": {"Hubs": {"Inner": {"results": ["a"], "__next": "https://x/_api/SPO.Tenant/Hubs?$skip=1"}}}}
    items, error = scripted(tmp_path, reply)
    assert items == [{"Hubs": {"Inner": ["a"]}}]
    assert isinstance(error, IncompleteError)
    assert "`Inner`" in str(error)


@pytest.mark.parametrize(
    "reply", [{}, {"d": None}, {"d": []}, {"d": {}}, {"d": {"__metadata": {}}}, {"SharingCapability": 2}]
)
def test_a_reply_without_settings_is_unreadable(tmp_path: Path, reply: JsonObject) -> None:
    items, error = scripted(tmp_path, reply)
    assert items == []
    assert isinstance(error, CallError)
    assert error.reason is Reason.UNREADABLE


@pytest.mark.parametrize(("status", "http"), [(CollectionStatus.DENIED, 403), (CollectionStatus.FAILED, 503)])
def test_errors_come_as_they_are(tmp_path: Path, status: CollectionStatus, http: int) -> None:
    emulator = Emulator(snapshot_of({}, statuses={"sharepoint_tenant": status}), limits="none")
    found = fetch_from(emulator, tmp_path, "sharepoint_tenant")["sharepoint_tenant"]
    assert isinstance(found.error, CallError)
    assert found.error.status == http
    if http == 403:
        assert "unauthorized" in found.error.message


def test_only_when_it_is_asked_for() -> None:
    assert SOURCE.opt_in == "--sharepoint-admin"

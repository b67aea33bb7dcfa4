"""Sign-ins counted, Secure Score by day, PIM's rules by role."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.collect.scripted import Alone, Scripted, everything, graph_source, read

from tenantlint.collect.calls import CallError
from tenantlint.collect.fetching import IncompleteError, RestartNeededError
from tenantlint.collect.role_policies import fetch_role_policies
from tenantlint.collect.secure_score import fetch_secure_scores
from tenantlint.collect.sign_ins import CIRCUMSTANCES, Counts, circumstances_of, fetch_sign_ins
from tenantlint.collect.source import Way
from tenantlint.model import CollectionStatus

SIGN_INS = graph_source(
    "sign_ins", "/auditLogs/signIns?$filter=createdDateTime ge {since} and createdDateTime le {until}", Way.SIGN_INS
)
ASKED = (
    "/v1.0/auditLogs/signIns?$filter=createdDateTime ge 2026-11-09T03:00:00Z "
    "and createdDateTime le 2026-11-16T03:00:00Z"
)


def record(number: int, moment: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"r{number}",
        "createdDateTime": moment,
        "userId": "u",
        "appId": "a",
        "clientAppUsed": "Browser",
        "deviceDetail": {"operatingSystem": "Windows", "browser": "Edge 1.2.3", "isCompliant": True, "trustType": ""},
        "location": {"city": "Ulm", "countryOrRegion": "DE", "geoCoordinates": {"latitude": number}},
        "networkLocationDetails": [{"networkType": "trustedNamedLocation", "networkNames": ["HQ", "EU"]}],
        "status": {"errorCode": 0, "failureReason": "Other."},
        "conditionalAccessStatus": "success",
        "ipAddress": f"203.0.113.{number}",
        **more,
    }


def test_records_with_the_same_circumstances_are_one_row(tmp_path: Path) -> None:
    link = "https://graph.example/2"
    pages = {
        ASKED: {
            "value": [record(1, "2026-11-10T08:00:00Z"), record(2, "2026-11-12T08:00:00Z")],
            "@odata.nextLink": link,
        },
        link: {
            "value": [
                record(2, "2026-11-12T08:00:00Z"),  # moved between pages
                record(3, "2026-11-09T08:00:00Z"),
                record(4, "2026-11-11T08:00:00Z", status={"errorCode": 50126}),
            ]
        },
    }
    found, error = read(Alone(Scripted(pages), tmp_path, sign_in_days=7), fetch_sign_ins, SIGN_INS)
    assert isinstance(error, RestartNeededError)  # another may have come nowhere
    assert [(row["count"], row["errorCode"]) for row in found] == [(3, 0), (1, 50126)]
    first = found[0]
    assert (first["firstSeenDateTime"], first["lastSeenDateTime"]) == ("2026-11-09T08:00:00Z", "2026-11-12T08:00:00Z")
    assert first["namedLocations"] == ["EU", "HQ"]
    assert (first["isTrustedLocation"], first["countryOrRegion"], first["isCompliant"]) == (True, "DE", True)
    assert not {"ipAddress", "location", "deviceDetail", "city"} & first.keys()
    assert len({row["id"] for row in found}) == 2


@pytest.mark.parametrize(
    ("second", "whole"), [(["r1", "r2", "r2"], True), (["r1", "r3", "r3"], False), (["r1", "r2"], True)]
)
def test_sign_ins_are_read_again_until_they_stand_still(tmp_path: Path, second: list[str], whole: bool) -> None:
    readings: list[Any] = [
        {"value": [{"id": one, "createdDateTime": "2026-11-10T08:00:00Z"} for one in ids]}
        for ids in (["r1", "r2", "r2"], second)
    ]
    context = Alone(Scripted({ASKED: readings}), tmp_path, sign_in_days=7)

    async def twice() -> None:
        with pytest.raises(RestartNeededError):
            await everything(fetch_sign_ins(context, SIGN_INS))
        try:
            (row,) = await everything(fetch_sign_ins(context, SIGN_INS))
            assert row["count"] == 2
        finally:
            await context.close()

    if whole:
        asyncio.run(twice())
    else:
        with pytest.raises(RestartNeededError):
            asyncio.run(twice())


def test_a_record_without_any_detail_is_counted_too() -> None:
    counts = Counts()
    counts.add({"createdDateTime": "2026-11-10T08:00:00Z", "deviceDetail": None, "networkLocationDetails": [None]})
    (row,) = counts.rows()
    assert row["count"] == 1
    assert row["namedLocations"] == []
    assert set(row) == {*CIRCUMSTANCES, "id", "count", "firstSeenDateTime", "lastSeenDateTime"}


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from([0, 50126]), st.sampled_from([True, False, None])), max_size=40
    )
)
def test_counts_are_those_of_a_naive_count(drawn: list[tuple[str, int, bool | None]]) -> None:
    records = [
        record(
            number,
            f"2026-11-10T08:00:{number:02}Z",
            userId=user,
            status={"errorCode": code},
            deviceDetail={"isManaged": managed},
        )
        for number, (user, code, managed) in enumerate(drawn)
    ]
    counts = Counts()
    for one in records:
        counts.add(one)
    rows = list(counts.rows())
    naive = Counter(str(sorted(circumstances_of(one).items(), key=str)) for one in records)
    assert sorted(row["count"] for row in rows) == sorted(naive.values())
    assert len({row["id"] for row in rows}) == len(naive)
    assert sum(row["count"] for row in rows) == len(records)


SCORES = graph_source("secure_scores", "/security/secureScores?$top=90", Way.SECURE_SCORES)


def test_only_the_newest_day_is_whole_and_the_link_is_left_alone(tmp_path: Path) -> None:
    control = {
        "controlName": "x",
        "controlCategory": "Apps",
        "score": 1.0,
        "scoreInPercentage": 50.0,
        "description": "d",
        "implementationStatus": "You have 0 of 0 users",
        "count": "1",
        "lastSynced": "2026-11-15T00:00:00Z",
    }
    days = [
        {
            "id": f"t_2026-11-{day}",
            "createdDateTime": f"2026-11-{day}T00:00:00Z",
            "currentScore": 1.5,
            "controlScores": [control],
        }
        for day in (15, 16, 14)
    ]
    sender = Scripted({"/v1.0/security/secureScores?$top=90": {"value": days, "@odata.nextLink": "https://x"}})
    found, error = read(Alone(sender, tmp_path), fetch_secure_scores, SCORES)
    assert error is None
    assert len(sender.asked) == 1
    assert found[1]["controlScores"] == [control]
    for older in (found[0], found[2]):
        assert older["currentScore"] == 1.5
        assert older["controlScores"] == [
            {
                "controlName": "x",
                "controlCategory": "Apps",
                "score": 1.0,
                "scoreInPercentage": 50.0,
                "description": None,
                "implementationStatus": "",
            }
        ]


def test_a_score_that_is_no_list_is_unreadable(tmp_path: Path) -> None:
    sender = Scripted({"/v1.0/security/secureScores?$top=90": {"value": "?"}})
    assert isinstance(read(Alone(sender, tmp_path), fetch_secure_scores, SCORES)[1], CallError)


def test_policies_carry_the_name_of_their_role(tmp_path: Path) -> None:
    source = graph_source("role_management_policies", "/policies/x", Way.ROLE_POLICIES, parents=("role_definitions",))
    sender = Scripted(
        {"/v1.0/policies/x": {"value": [{"id": "1", "roleDefinitionId": "t"}, {"id": "2", "roleDefinitionId": "?"}]}}
    )
    roles = [{"id": "own", "templateId": "t", "displayName": "Reader"}, {"id": "custom", "displayName": None}]
    found, error = read(Alone(sender, tmp_path, given={"role_definitions": roles}), fetch_role_policies, source)
    assert error is None
    assert found == [
        {"id": "1", "roleDefinitionId": "t", "displayName": "Reader"},
        {"id": "2", "roleDefinitionId": "?"},
    ]


def test_without_the_roles_the_policies_are_not_whole(tmp_path: Path) -> None:
    source = graph_source("role_management_policies", "/policies/x", Way.ROLE_POLICIES, parents=("role_definitions",))
    sender = Scripted({"/v1.0/policies/x": {"value": [{"id": "1", "roleDefinitionId": "t"}]}})
    context = Alone(sender, tmp_path, statuses={"role_definitions": CollectionStatus.FAILED})
    found, error = read(context, fetch_role_policies, source)
    assert found == [{"id": "1", "roleDefinitionId": "t"}]
    assert isinstance(error, IncompleteError)

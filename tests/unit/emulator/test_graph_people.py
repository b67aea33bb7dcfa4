"""Groups, sign-ins, Secure Score and the parts of service principals, as Graph gives them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.emulator import Emulator, running_emulator
from tests.emulator.asking import emulated, get, snapshot_of

from tenantlint.snapshot import Snapshot
from tenantlint.snapshot.manifest import LICENCES
from tenantlint.snapshot.store import open_snapshot

CONTOSO = Path(__file__).parents[3] / "snapshots" / "contoso"
GROUPS: dict[str, list[dict[str, Any]]] = {
    "groups": [{"id": "outer", "displayName": "Outer"}, {"id": "inner", "displayName": "Inner"}, {"id": "lost"}],
    "users": [{"id": "ada", "displayName": "Ada", "userPrincipalName": "ada@contoso.example"}, {"id": "bob"}],
    "service_principals": [{"id": "robot", "displayName": "Robot"}],
    "group_members": [
        {
            "group_id": "outer",
            "direct": ["inner", "robot"],
            "members": ["ada", "robot"],
            "nested_groups": ["inner"],
            "owners": ["bob"],
            "status": "ok",
        },
        {"group_id": "gone", "members": [], "nested_groups": [], "status": "missing"},
        {"group_id": "lost", "members": [], "nested_groups": [], "status": "failed"},
    ],
}


def ask(snapshot: Snapshot, path: str, *, deny: Any = (), **headers: str) -> Any:
    async def one(emulator: Emulator) -> Any:
        return await get(emulator, emulator.graph_url + path, **headers)

    return emulated(Emulator(snapshot, limits="none", deny=deny), one)


def everything(snapshot: Snapshot, path: str) -> list[Any]:
    async def walk(emulator: Emulator) -> list[Any]:
        found, url = [], emulator.graph_url + path
        while url:
            reply = (await get(emulator, url)).json
            found += reply["value"]
            url = reply.get("@odata.nextLink")
        return found

    return emulated(Emulator(snapshot, limits="none"), walk)


def ids(reply: Any) -> set[tuple[str, str]]:
    return {(one["@odata.type"].rpartition(".")[2], one["id"]) for one in reply.json["value"]}


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("members", {("group", "inner"), ("servicePrincipal", "robot")}),
        ("transitiveMembers", {("group", "inner"), ("servicePrincipal", "robot"), ("user", "ada")}),
        ("owners", {("user", "bob")}),
    ],
)
@pytest.mark.parametrize("query", ["?$select=id", ""])
def test_relations_of_a_group_tell_the_type_of_each(relation: str, expected: Any, query: str) -> None:
    assert ids(ask(snapshot_of(GROUPS), f"/v1.0/groups/outer/{relation}{query}")) == expected


def test_a_cast_leaves_one_type_and_needs_eventual_consistency() -> None:
    path = "/v1.0/groups/outer/transitiveMembers/microsoft.graph.group"
    assert ask(snapshot_of(GROUPS), f"{path}?$count=true").status == 400
    assert ask(snapshot_of(GROUPS), path, ConsistencyLevel="eventual").status == 400
    reply = ask(snapshot_of(GROUPS), f"{path}?$count=true&$select=id", ConsistencyLevel="eventual")
    assert ids(reply) == {("group", "inner")}
    assert reply.json["@odata.count"] == 1


def test_members_of_a_type_that_may_not_be_read_show_no_more_than_their_id() -> None:
    whole = ask(snapshot_of(GROUPS), "/v1.0/groups/outer/transitiveMembers").json["value"]
    hidden = ask(
        snapshot_of(GROUPS), "/v1.0/groups/outer/transitiveMembers", deny={"User.Read.All", "Directory.Read.All"}
    ).json["value"]
    assert {one["id"]: one.get("displayName") for one in whole}["ada"] == "Ada"
    assert {one["id"]: one.get("displayName") for one in hidden} == {"ada": None, "inner": "Inner", "robot": "Robot"}


@pytest.mark.parametrize("path", ["/v1.0/groups/gone", "/v1.0/groups/gone/members", "/v1.0/groups/never"])
def test_a_group_that_is_gone_is_404(path: str) -> None:
    reply = ask(snapshot_of(GROUPS), path)
    assert (reply.status, reply.json["error"]["code"]) == (404, "Request_ResourceNotFound")


def test_a_group_whose_members_failed_answers_503_and_is_itself_there() -> None:
    assert ask(snapshot_of(GROUPS), "/v1.0/groups/lost/members").status == 503
    assert ask(snapshot_of(GROUPS), "/v1.0/groups/lost").status == 200


def test_hidden_members_need_a_permission_of_their_own() -> None:
    line = {"group_id": "h", "members": ["ada"], "nested_groups": [], "status": "denied"}
    groups = [{"id": "h", "visibility": "HiddenMembership"}]
    snapshot = snapshot_of({"groups": groups, "group_members": [line]})
    assert ask(snapshot, "/v1.0/groups/h/members").status == 403


def test_counting_the_sign_ins_gives_the_rows_of_the_snapshot() -> None:
    snapshot = open_snapshot(CONTOSO)
    records = everything(snapshot, "/beta/auditLogs/signIns?$top=1000")
    rows = {(row["userId"], row["clientAppUsed"]): row for row in snapshot.items("sign_ins")}
    counts = Counter((one["userId"], one["clientAppUsed"]) for one in records)
    assert counts == {key: row["count"] for key, row in rows.items()}
    assert len({one["id"] for one in records}) == len(records)
    for key, row in rows.items():
        times = [one["createdDateTime"] for one in records if (one["userId"], one["clientAppUsed"]) == key]
        assert (min(times), max(times)) == (row["firstSeenDateTime"], row["lastSeenDateTime"])
    moments = [one["createdDateTime"] for one in records]
    assert moments == sorted(moments, reverse=True)


def test_circumstances_of_a_sign_in_stand_where_graph_has_them() -> None:
    row = {
        "id": "r",
        "userId": "ada",
        "count": 1,
        "firstSeenDateTime": "2026-11-01T00:00:00.1234567Z",
        "lastSeenDateTime": "2026-11-01T00:00:00.1234567Z",
        "operatingSystem": "Windows",
        "isCompliant": True,
        "countryOrRegion": "DE",
        "namedLocations": ["HQ"],
        "isTrustedLocation": True,
        "errorCode": 53003,
        "authenticationProtocol": "deviceCode",
    }
    snapshot = snapshot_of({"sign_ins": [row]}, licences=LICENCES)
    beta = ask(snapshot, "/beta/auditLogs/signIns").json["value"][0]
    assert beta["deviceDetail"]["operatingSystem"] == "Windows"
    assert beta["location"]["countryOrRegion"] == "DE"
    assert beta["networkLocationDetails"] == [{"networkType": "trustedNamedLocation", "networkNames": ["HQ"]}]
    assert beta["status"]["errorCode"] == 53003
    assert beta["authenticationProtocol"] == "deviceCode"
    assert beta["createdDateTime"] == row["firstSeenDateTime"]
    stable = ask(snapshot, "/v1.0/auditLogs/signIns").json["value"][0]
    assert not {"networkLocationDetails", "authenticationProtocol"} & set(stable)


def test_sign_ins_can_be_asked_for_since_a_moment() -> None:
    snapshot = open_snapshot(CONTOSO)
    since = "2026-11-14T00:00:00Z"
    records = everything(snapshot, f"/beta/auditLogs/signIns?$filter=createdDateTime%20ge%20{since}")
    assert records
    assert all(one["createdDateTime"] >= since for one in records)
    assert len(records) < sum(row["count"] for row in snapshot.items("sign_ins"))


def test_the_newest_score_comes_first_with_a_link_to_all_the_others() -> None:
    snapshot = open_snapshot(CONTOSO)
    reply = ask(snapshot, "/v1.0/security/secureScores?$top=1").json
    newest = max(snapshot.items("secure_scores"), key=lambda day: str(day["createdDateTime"]))
    assert reply["value"] == [newest]
    assert isinstance(reply["value"][0]["controlScores"][0]["count"], str)
    assert "@odata.nextLink" in reply
    days = everything(snapshot, "/v1.0/security/secureScores?$top=1")
    assert len(days) == len(snapshot.items("secure_scores"))
    assert all("0 of 0" in control["implementationStatus"] for control in days[1]["controlScores"])


def test_control_profiles_come_two_hundred_at_a_time() -> None:
    profiles = [{"id": f"c{number}"} for number in range(417)]
    snapshot = snapshot_of({"secure_score_control_profiles": profiles})

    async def sizes(emulator: Emulator) -> list[int]:
        found, url = [], f"{emulator.graph_url}/v1.0/security/secureScoreControlProfiles?$top=999"
        while url:
            reply = (await get(emulator, url)).json
            found.append(len(reply["value"]))
            url = reply.get("@odata.nextLink")
        return found

    assert emulated(Emulator(snapshot, limits="none"), sizes) == [200, 200, 17]


def test_parts_of_a_service_principal_are_its_own_and_hold_nothing_of_the_collector() -> None:
    snapshot = snapshot_of(
        {
            "service_principals": [{"id": "a"}, {"id": "b"}],
            "app_role_assignments": [{"id": "1", "principalId": "a"}, {"id": "2", "principalId": "b"}],
            "delegated_permission_classifications": [
                {"id": "3", "permissionName": "User.Read", "servicePrincipalId": "a", "appId": "x", "displayName": "A"}
            ],
        }
    )
    roles = ask(snapshot, "/v1.0/servicePrincipals/a/appRoleAssignments")
    assert roles.json["value"] == [{"id": "1", "principalId": "a"}]
    classified = ask(snapshot, "/v1.0/servicePrincipals/a/delegatedPermissionClassifications")
    assert classified.json["value"] == [{"id": "3", "permissionName": "User.Read"}]
    assert ask(snapshot, "/v1.0/servicePrincipals/c/appRoleAssignments").status == 404


def test_the_emulator_runs_in_a_thread_for_programs_that_have_no_loop() -> None:
    import urllib.request

    with running_emulator(snapshot_of({"domains": [{"id": "contoso.example"}]})) as emulator:
        request = urllib.request.Request(
            f"{emulator.graph_url}/v1.0/domains", headers={"Authorization": f"Bearer {emulator.token}"}
        )
        with urllib.request.urlopen(request) as reply:
            assert b"contoso.example" in reply.read()
    assert emulator.counters["graph GET /v1.0/domains"] == 1


def test_owners_of_an_application_and_of_its_principal_are_told_apart() -> None:
    snapshot = snapshot_of(
        {
            "applications": [{"id": "form"}, {"id": "other"}],
            "service_principals": [{"id": "robot", "displayName": "Robot"}],
            "users": [{"id": "anna", "displayName": "Anna"}],
            "application_owners": [{"id": "form", "owners": ["anna", "robot"]}],
            "service_principal_owners": [{"id": "robot", "owners": ["anna"]}],
        }
    )
    found = ask(snapshot, "/v1.0/applications/form/owners?$select=id&$top=999").json["value"]
    assert sorted((one["@odata.type"], one["id"]) for one in found) == [
        ("#microsoft.graph.servicePrincipal", "robot"),
        ("#microsoft.graph.user", "anna"),
    ]
    assert [one["id"] for one in ask(snapshot, "/v1.0/servicePrincipals/robot/owners").json["value"]] == ["anna"]
    assert ask(snapshot, "/v1.0/applications/other/owners").json["value"] == []
    assert ask(snapshot, "/v1.0/applications/gone/owners").status == 404


def test_groups_are_listed_by_type_but_not_by_visibility() -> None:
    public = {"id": "open", "groupTypes": ["Unified"], "visibility": "Public"}
    private = {"id": "closed", "groupTypes": ["Unified"], "visibility": "Private", "displayName": "Closed"}
    rule = {"id": "rule", "groupTypes": ["DynamicMembership"], "membershipRule": "true"}
    snapshot = snapshot_of({"groups": [private], "public_groups": [public], "dynamic_groups": [rule]})

    def listed(query: str) -> list[str]:
        return sorted(one["id"] for one in ask(snapshot, f"/v1.0/groups?$filter={query}").json["value"])

    assert listed("groupTypes/any(c:c eq 'Unified')") == ["closed", "open"]
    assert listed("groupTypes/any(c:c eq 'dynamicmembership')") == ["rule"]
    assert ask(snapshot, "/v1.0/groups?$filter=visibility eq 'Public'").status == 400
    assert ask(snapshot, "/v1.0/groups?$filter=groupTypes/any(c:c ne 'Unified')").status == 400
    assert ask(snapshot, "/v1.0/groups?$filter=groupTypes/any(c:d eq 'Unified')").status == 400

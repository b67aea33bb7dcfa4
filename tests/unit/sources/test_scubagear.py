from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tenantlint.errors import InputError
from tenantlint.model import CollectionStatus, Tenant
from tenantlint.sources import Reading, open_target

Read = Callable[[Any], Reading]
Write = Callable[[str, Any], Path]

_POLICY = {
    "Id": "p1",
    "DisplayName": "Block legacy",
    "State": "enabled",
    "ModifiedDateTime": "/Date(1638345600000)/",
    "Conditions": {"ClientAppTypes": ["other"], "Users": {"IncludeUsers": ["All"], "ExcludeGroups": []}},
    "GrantControls": {"BuiltInControls": ["block"], "AuthenticationStrength@odata.context": "https://x"},
}
_HEAD = {
    "timestamp_zulu": "2026-05-04T17:15:48.307Z",
    "report_uuid": "r1",
    "tenant_details": [
        {
            "TenantId": "t1",
            "DisplayName": "Contoso",
            "DomainName": "contoso.onmicrosoft.com",
            "AADAdditionalData": [{"Id": "t1", "OnPremisesSyncEnabled": True}],
        }
    ],
    "scuba_config": {"M365Environment": "gcchigh"},
}


def test_a_fragment_gives_its_key_and_nothing_else(read_export: Read) -> None:
    snapshot = read_export({"conditional_access_policies": [_POLICY]}).snapshot
    assert list(snapshot.collections) == ["conditional_access_policies"]
    assert snapshot.status("users") is CollectionStatus.NOT_COLLECTED
    assert snapshot.licences is None
    (policy,) = snapshot.items("conditional_access_policies")
    assert policy == {
        "id": "p1",
        "displayName": "Block legacy",
        "state": "enabled",
        "modifiedDateTime": "2021-12-01T08:00:00Z",
        "conditions": {"clientAppTypes": ["other"], "users": {"includeUsers": ["All"], "excludeGroups": []}},
        "grantControls": {"builtInControls": ["block"]},
    }


def test_the_head_tells_tenant_moment_and_cloud(read_export: Read) -> None:
    snapshot = read_export(_HEAD).snapshot
    assert snapshot.tenant == Tenant(
        id="t1", display_name="Contoso", initial_domain="contoso.onmicrosoft.com", cloud="usgov"
    )
    assert snapshot.collected_at == datetime(2026, 5, 4, 17, 15, 48, 307000, tzinfo=UTC)
    assert snapshot.singleton("organization") == {"id": "t1", "onPremisesSyncEnabled": True}


def test_what_scubagear_could_not_get_of_the_tenant_stays_unknown(read_export: Read) -> None:
    details = {"TenantId": "Error retrieving Tenant ID", "DisplayName": None, "AADAdditionalData": "Error retrieving …"}
    snapshot = read_export({"tenant_details": [details], "domain_settings": []}).snapshot
    assert snapshot.tenant == Tenant()
    assert "organization" not in snapshot.collections


def test_results_hold_the_export_under_raw_and_positions_lead_there(write: Write) -> None:
    path = write("ScubaResults_1.json", {"Results": {}, "Raw": {"conditional_access_policies": [_POLICY]}})
    snapshot = open_target(path).snapshot
    position = snapshot.locate("conditional_access_policies", "p1", "/conditions/clientAppTypes/0")
    assert position is not None
    lines = path.read_text().splitlines()
    assert lines[position.line - 1][position.column - 1 :].startswith('"other"')


def test_the_folder_of_a_run_is_one_export(tmp_path: Path, write: Write) -> None:
    export = {**_HEAD, "conditional_access_policies": [_POLICY]}
    write("ScubaResults_r1.json", {"Raw": export})
    write("ProviderSettingsExport.json", export)
    write("TestResults.json", [{"PolicyId": "MS.AAD.1.1v1"}])
    write("broken.json", b"{")
    reading = open_target(tmp_path)
    (origin,) = reading.snapshot.collection("conditional_access_policies").origins
    assert origin.file.endswith("ProviderSettingsExport.json")


def test_exports_of_two_runs_in_one_folder_are_refused(tmp_path: Path, write: Write) -> None:
    write("a.json", _HEAD)
    write("b.json", {**_HEAD, "report_uuid": "r2"})
    with pytest.raises(InputError, match=r"several ScubaGear exports \(a.json, b.json\); name one of them"):
        open_target(tmp_path)


def test_collapsed_lists_null_items_and_exchange_names(read_export: Read) -> None:
    snapshot = read_export(
        {
            "domain_settings": {"Id": "contoso.example", "IsVerified": True},
            "outbound_connectors": [None],
            "anti_phish_policies": [{"Identity": "Default", "WhenChanged": "/Date(1638345600000)/"}],
        }
    ).snapshot
    assert snapshot.items("domains") == ({"id": "contoso.example", "isVerified": True},)
    assert snapshot.status("outbound_connectors") is CollectionStatus.OK
    assert snapshot.items("outbound_connectors") == ()
    assert snapshot.items("anti_phish_policies") == ({"Identity": "Default", "WhenChanged": "2021-12-01T08:00:00Z"},)
    assert snapshot.collection("domains").origins[0].pointer == "/domain_settings"


@pytest.mark.parametrize(
    ("items", "good", "bad", "status"),
    [
        ([{"Identity": "x"}], ["Get-SafeLinksPolicy"], [], CollectionStatus.OK),
        ([], ["Get-SafeLinksPolicy"], [], CollectionStatus.OK),
        ([{"Identity": "x"}], [], [], CollectionStatus.OK),
        ([], [], [], CollectionStatus.NOT_COLLECTED),
        ([None], [], [], CollectionStatus.NOT_COLLECTED),
        ([], [], ["Get-SafeLinksPolicy"], CollectionStatus.FAILED),
        ([{"Identity": "x"}], [], ["get-safelinkspolicy"], CollectionStatus.FAILED),
        ([], ["Get-SafeLinksPolicy"], ["Get-SafeLinksPolicy"], CollectionStatus.FAILED),
        (None, [], ["Get-SafeLinksPolicy"], CollectionStatus.FAILED),
        (None, ["Get-SafeLinksPolicy"], [], CollectionStatus.NOT_COLLECTED),
    ],
)
def test_the_lists_of_commands_tell_the_status(
    read_export: Read, items: Any, good: list[str], bad: list[str], status: CollectionStatus
) -> None:
    export: dict[str, Any] = {
        **_HEAD,
        "SecuritySuite_successful_commands": good,
        "securitysuite_unsuccessful_commands": bad,
    }
    if items is not None:
        export["safe_links_policies"] = items
    collection = read_export(export).snapshot.collection("safe_links_policies")
    assert collection.status is status
    if status is CollectionStatus.FAILED:
        assert "get-safelinkspolicy" in collection.detail.lower()


def test_a_failed_command_without_the_licence_is_unlicensed(read_export: Read) -> None:
    export = {
        "service_plans": [{"ServicePlanName": "AAD_PREMIUM"}],
        "atp_policy_for_o365": [],
        "defender_successful_commands": ["Get-AtpPolicyForO365"],
        "defender_unsuccessful_commands": ["Get-AtpPolicyForO365"],
        "aad_successful_commands": "Get-MgBetaSubscribedSku",
    }
    snapshot = read_export(export).snapshot
    assert snapshot.licences == {"entra_p1"}
    assert snapshot.status("atp_policy_for_o365") is CollectionStatus.UNLICENSED


def test_licences_are_unknown_when_the_plans_were_not_got(read_export: Read) -> None:
    export = {"service_plans": [], "aad_unsuccessful_commands": ["Get-MgBetaSubscribedSku"]}
    assert read_export(export).snapshot.licences is None
    assert read_export({"service_plans": []}).snapshot.licences == frozenset()


def test_a_singleton_without_object_has_failed(read_export: Read) -> None:
    snapshot = read_export({"SPO_tenant": [], "authentication_method": []}).snapshot
    assert snapshot.status("sharepoint_tenant") is CollectionStatus.FAILED
    assert snapshot.status("authentication_methods_policy") is CollectionStatus.FAILED


def test_sharepoint_comes_without_the_wrappers_of_odata(read_export: Read) -> None:
    tenant = {
        "__metadata": {"id": "https://x"},
        "Sites": {"__deferred": {"uri": "https://x"}},
        "SharingCapability": 1,
        "AllowedDomains": {"__metadata": {"type": "Collection(Edm.Guid)"}, "results": ["a"]},
    }
    snapshot = read_export({"SPO_tenant": [tenant]}).snapshot
    assert snapshot.singleton("sharepoint_tenant") == {"SharingCapability": 1, "AllowedDomains": ["a"]}


def test_the_authentication_methods_are_one_policy_again(read_export: Read) -> None:
    entry = {
        "authentication_method_policy": {"PolicyMigrationState": "migrationComplete"},
        "authentication_method_feature_settings": [{"Id": "Sms", "State": "disabled", "@odata.type": "#sms"}],
    }
    policy = read_export({"authentication_method": [entry]}).snapshot.singleton("authentication_methods_policy")
    assert policy == {
        "id": "authenticationMethodsPolicy",
        "policyMigrationState": "migrationComplete",
        "authenticationMethodConfigurations": [{"id": "Sms", "state": "disabled", "@odata.type": "#sms"}],
    }


def test_of_several_teams_objects_the_global_one_counts(read_export: Read) -> None:
    items = [{"Identity": "Tag:Lax", "AllowEmailIntoChannel": True}, {"Identity": "Global"}]
    reading = read_export({"client_configuration": items})
    assert reading.snapshot.singleton("teams_client_configuration") == {"Identity": "Global"}
    assert len(reading.problems) == 1


def test_bad_and_double_objects_are_problems_and_hide_nothing(read_export: Read) -> None:
    bad = {**_POLICY, "Id": "p2", "Conditions": None}
    odd = {**_POLICY, "Id": "p3", "Conditions": {"Locations": []}}
    reading = read_export(
        {"conditional_access_policies": [bad, odd, _POLICY, _POLICY], "remote_domains": [{"DomainName": "*"}]}
    )
    assert [one["id"] for one in reading.snapshot.items("conditional_access_policies")] == ["p1"]
    assert len(reading.snapshot.items("remote_domains")) == 1
    problems = [problem.problem for problem in reading.problems]
    assert "no `conditions`" in problems[0]
    assert "`Locations` is a list" in problems[1]
    assert "two objects `p1`" in problems[2]
    assert all(problem.line and problem.line > 1 for problem in reading.problems)


def test_objects_without_identity_are_known_by_their_place(read_export: Read) -> None:
    rules = [{"State": "Enabled"}, {"State": "Disabled"}]
    snapshot = read_export({"anti_phish_rules": rules}).snapshot
    assert [rule["State"] for rule in snapshot.items("anti_phish_rules")] == ["Enabled", "Disabled"]
    assert snapshot.locate("anti_phish_rules", "anti_phish_rules/1", "/State") is not None


def test_dns_answers_are_joined_by_domain_and_unknown_is_not_empty(read_export: Read) -> None:
    failed = [{"query_result": "Query resulted in exception, timeout"}]
    snapshot = read_export(
        {
            "spf_records": [
                {"domain": "a.example", "rdata": ["v=spf1 -all", "other"]},
                {"domain": "b.example", "rdata": [], "log": failed},
                {"domain": "c.example", "rdata": [], "log": [{"query_result": "Query returned NXDomain"}]},
            ],
            "dmarc_records": {"domain": "A.example", "rdata": "v=DMARC1; p=reject"},
        }
    ).snapshot
    assert list(snapshot.items("dns_records")) == [
        {"domain": "a.example", "spf": ["v=spf1 -all"], "dmarc": ["v=DMARC1; p=reject"]},
        {"domain": "b.example"},
        {"domain": "c.example", "spf": []},
    ]
    assert "dkim_records" in snapshot.collection("dns_records").detail


def test_the_verdict_on_spf_is_kept_only_where_the_records_are_left_out(read_export: Read) -> None:
    snapshot = read_export(
        {
            "spf_records": [
                {"domain": "a.example", "compliant": True},
                {"domain": "b.example", "compliant": True, "rdata": []},
                {"domain": "c.example", "compliant": "yes"},
            ]
        }
    ).snapshot
    assert list(snapshot.items("dns_records")) == [
        {"domain": "a.example", "spf_told": True},
        {"domain": "b.example", "spf": []},
        {"domain": "c.example"},
    ]


def test_dns_that_failed_throughout_has_failed(read_export: Read) -> None:
    commands = ["Get-ScubaSpfRecord", "Get-ScubaDkimRecord", "Get-ScubaDmarcRecord"]
    snapshot = read_export({"spf_records": [], "exo_unsuccessful_commands": commands}).snapshot
    assert snapshot.status("dns_records") is CollectionStatus.FAILED

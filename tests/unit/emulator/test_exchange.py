"""The Exchange gateways: headers, grants, envelopes, pages, errors."""

from __future__ import annotations

from typing import Any

import pytest
from tests.emulator import tokens
from tests.emulator.asking import TENANT, Told, emulated, get, invoke, snapshot_of
from tests.emulator.emulator import Emulator
from tests.emulator.exchange_cmdlets import COMPLIANCE, EXCHANGE
from tests.emulator.exchange_objects import dressed

from tenantlint.model import CollectionStatus
from tenantlint.snapshot.catalog import collection_names, collection_schema

RULE = {
    "Guid": "3c07e132-436c-56f7-8c14-ab1eb7f03abd",
    "Name": "Rule",
    "Priority": 0,
    "State": "Enabled",
    "SentTo": None,
    "ExceptIfSentTo": ["a@contoso.example"],
    "Nested": {"Span": "06:00:00", "List": [{"When": "2026-01-01T00:00:00Z"}]},
}


def mailboxes(count: int) -> dict[str, list[dict[str, Any]]]:
    return {"mailboxes": [{"Identity": f"{number:05}", "Name": f"Box {number}"} for number in range(count)]}


def ask(emulator: Emulator, cmdlet: str, parameters: Any = None, **more: Any) -> Told:
    return emulated(emulator, lambda running: invoke(running, cmdlet, parameters, **more))


def bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: bare(one) for name, one in value.items() if "@" not in name}
    return [bare(one) for one in value] if isinstance(value, list) else value


def words_of(told: Told) -> str:
    error = told.json["error"]
    assert error["message"] == "Invalid Operation"
    text: str = error["details"][0]["message"]
    assert error["innererror"]["internalexception"]["message"] == text
    return text


def test_objects_come_in_the_envelope_with_siblings_that_tell_types() -> None:
    told = ask(Emulator(snapshot_of({"anti_phish_rules": [RULE]})), "Get-AntiPhishRule")
    assert told.status == 200
    document = told.json
    assert document["@odata.context"].endswith("$metadata#Collection(Exchange.GenericHashTable)")
    assert document["@adminapi.warnings"] == []
    assert "@odata.nextLink" not in document
    [item] = document["value"]
    assert item["Guid@data.type"] == "System.Guid"
    assert item["ExceptIfSentTo@odata.type"] == "#Collection(String)"
    assert item["Nested"]["@odata.type"] == "#Exchange.GenericHashTable"
    assert bare(item) == RULE


def test_a_single_object_comes_in_value_too() -> None:
    told = ask(Emulator(snapshot_of({"transport_config": [{"Name": "Transport"}]})), "Get-TransportConfig")
    assert [bare(one) for one in told.json["value"]] == [{"Name": "Transport"}]


def test_names_of_cmdlets_are_known_in_any_case() -> None:
    told = ask(Emulator(snapshot_of({"atp_policy_for_o365": [{"Name": "Default"}]})), "get-atppolicyforo365")
    assert told.status == 200


def test_select_narrows_to_the_named_properties_and_their_siblings() -> None:
    emulator = Emulator(snapshot_of({"anti_phish_rules": [RULE]}))

    async def narrowed(running: Emulator) -> Told:
        url = f"{running.exchange_url}/adminapi/beta/{TENANT}/InvokeCommand?$select=guid,State,Missing"
        return await invoke(running, "Get-AntiPhishRule", url=url)

    [item] = emulated(emulator, narrowed).json["value"]
    assert bare(item) == {"Guid": RULE["Guid"], "State": "Enabled"}
    assert "Guid@data.type" in item


@pytest.mark.parametrize("header", ["X-AnchorMailbox", "X-CmdletName", "X-ResponseFormat", "Prefer", "Content-Type"])
def test_a_missing_header_is_refused(header: str) -> None:
    told = ask(Emulator(snapshot_of({"anti_phish_rules": [RULE]})), "Get-AntiPhishRule", without=[header])
    assert told.status == 400
    words_of(told)


def test_parameters_must_be_an_object() -> None:
    emulator = Emulator(snapshot_of({"anti_phish_rules": [RULE]}))
    assert ask(emulator, "Get-AntiPhishRule", []).status == 400
    assert not emulator.violations


@pytest.mark.parametrize(
    "cmdlet", ["Set-TransportConfig", "New-TransportRule", "Get-Mailbox; Remove-Mailbox", "whoami"]
)
def test_anything_but_a_get_cmdlet_is_refused_and_noted(cmdlet: str) -> None:
    emulator = Emulator(snapshot_of({}))
    assert ask(emulator, cmdlet).status == 403
    assert len(emulator.violations) == 1
    assert repr(cmdlet) in emulator.violations[0]


def test_neither_grant_is_401_and_the_app_role_alone_403() -> None:
    snapshot = snapshot_of({"anti_phish_rules": [RULE]})
    neither = ask(Emulator(snapshot, deny={"Exchange.ManageAsApp", "Global Reader"}), "Get-AntiPhishRule")
    alone = ask(Emulator(snapshot, deny={"Global Reader"}), "Get-AntiPhishRule")
    assert (neither.status, neither.body) == (401, b"")
    assert "www-authenticate" in neither.headers
    assert alone.status == 403
    assert "isn't supported in this scenario" in words_of(alone)


def test_a_token_for_another_service_is_401() -> None:
    emulator = Emulator(snapshot_of({"anti_phish_rules": [RULE]}))
    graph = tokens.make(tenant=TENANT, roles=["Exchange.ManageAsApp"], services=["graph"])
    assert ask(emulator, "Get-AntiPhishRule", token=graph).status == 401
    assert ask(emulator, "Get-AntiPhishRule", token="").status == 401


def test_a_cmdlet_of_an_unlicensed_plan_is_not_recognized() -> None:
    emulator = Emulator(snapshot_of({"safe_links_policies": [RULE]}), unlicensed={"defender_office_p1"})
    statuses = set()
    for cmdlet in ("Get-SafeLinksPolicy", "Get-SafeAttachmentPolicy", "Get-SafeAttachmentRule", "Get-NoSuchThing"):
        told = ask(emulator, cmdlet)
        assert "is not recognized as the name of a cmdlet" in words_of(told)
        statuses.add(told.status)
    assert statuses == {403, 404}


def test_a_required_parameter_is_required_and_filters() -> None:
    items = [{"Value": "a", "ListType": "Url"}, {"Value": "b", "ListType": "IP"}, {"Value": "c"}]
    emulator = Emulator(snapshot_of({"tenant_allow_block_list_items": items}))
    refused = ask(emulator, "Get-TenantAllowBlockListItems")
    assert refused.status == 400
    assert "ListType" in words_of(refused)
    given = {}
    for kind in ("Url", "IP", "Sender", "FileHash"):
        told = ask(emulator, "Get-TenantAllowBlockListItems", {"ListType": kind})
        given[kind] = [item["Value"] for item in told.json["value"]]
    assert given == {"Url": ["a"], "IP": ["b"], "Sender": ["c"], "FileHash": []}


def test_without_result_size_a_thousand_rows_come_with_a_warning() -> None:
    document = ask(Emulator(snapshot_of(mailboxes(1001))), "Get-Mailbox").json
    assert len(document["value"]) == 1000
    assert "ResultSize" in document["@adminapi.warnings"][0]
    assert "@odata.nextLink" not in document


def test_unlimited_rows_come_in_pages_that_links_join() -> None:
    async def walk(running: Emulator) -> list[list[str]]:
        pages, url = [], ""
        while True:
            told = await invoke(running, "Get-Mailbox", {"ResultSize": "Unlimited"}, url=url)
            assert told.status == 200
            pages.append([item["Identity"] for item in told.json["value"]])
            url = told.json.get("@odata.nextLink", "")
            if not url:
                return pages

    pages = emulated(Emulator(snapshot_of(mailboxes(2001))), walk)
    assert [len(page) for page in pages] == [1000, 1000, 1]
    assert [box for page in pages for box in page] == [f"{number:05}" for number in range(2001)]


def test_links_may_be_refused_as_they_were_measured_to_be() -> None:
    async def replay(running: Emulator) -> Told:
        first = await invoke(running, "Get-Mailbox", {"ResultSize": "Unlimited"})
        return await invoke(running, "Get-Mailbox", {"ResultSize": "Unlimited"}, url=first.json["@odata.nextLink"])

    told = emulated(Emulator(snapshot_of(mailboxes(1001)), replays=False), replay)
    assert told.status == 400
    assert "Expired or Invalid pagination request" in words_of(told)


def test_a_link_of_another_cmdlet_is_refused() -> None:
    async def replay(running: Emulator) -> Told:
        first = await invoke(running, "Get-Mailbox", {"ResultSize": "Unlimited"})
        return await invoke(running, "Get-AcceptedDomain", url=first.json["@odata.nextLink"])

    assert emulated(Emulator(snapshot_of(mailboxes(1001))), replay).status == 400


def test_a_truncated_collection_has_a_warning_and_a_link_that_leads_nowhere() -> None:
    snapshot = snapshot_of(mailboxes(3), statuses={"mailboxes": CollectionStatus.TRUNCATED})

    async def both(running: Emulator) -> tuple[Told, Told]:
        first = await invoke(running, "Get-Mailbox", {"ResultSize": "Unlimited"})
        return first, await invoke(running, "Get-Mailbox", {}, url=first.json["@odata.nextLink"])

    first, second = emulated(Emulator(snapshot), both)
    assert len(first.json["value"]) == 3
    assert first.json["@adminapi.warnings"]
    assert second.status == 400


def test_statuses_of_the_snapshot_are_acted_out() -> None:
    snapshot = snapshot_of(
        {},
        statuses={
            "remote_domains": CollectionStatus.FAILED,
            "sharing_policies": CollectionStatus.FAILED,
            "transport_rules": CollectionStatus.DENIED,
            "safe_links_rules": CollectionStatus.UNLICENSED,
        },
        details={"remote_domains": "The reply was no JSON: 403 with an empty body"},
    )
    emulator = Emulator(snapshot)
    nuls = ask(emulator, "Get-RemoteDomain")
    assert (nuls.status, set(nuls.body)) == (403, {0})
    assert ask(emulator, "Get-SharingPolicy").status == 503
    assert "permissions" in words_of(ask(emulator, "Get-TransportRule"))
    assert "not recognized" in words_of(ask(emulator, "Get-SafeLinksRule"))


def test_links_keep_the_selection() -> None:
    async def second(running: Emulator) -> Told:
        url = f"{running.exchange_url}/adminapi/beta/{TENANT}/InvokeCommand?$select=Name,Identity"
        given = {"ResultSize": "Unlimited"}
        first = await invoke(running, "Get-Mailbox", given, url=url, Prefer="odata.maxpagesize=1")
        return await invoke(running, "Get-Mailbox", given, url=first.json["@odata.nextLink"])

    boxes = {"mailboxes": [{"Identity": str(number), "Name": "n", "Size": 1} for number in range(2)]}
    assert bare(emulated(Emulator(snapshot_of(boxes)), second).json["value"]) == [{"Identity": "1", "Name": "n"}]


def test_connectors_of_mail_flow_rules_come_only_when_asked_for() -> None:
    items: list[dict[str, Any]] = [
        {"Name": "a"},
        {"Name": "b", "IsTransportRuleScoped": True},
        {"Name": "c", "IsTransportRuleScoped": False},
    ]
    emulator = Emulator(snapshot_of({"outbound_connectors": items}))
    usual = ask(emulator, "Get-OutboundConnector").json["value"]
    scoped = ask(emulator, "Get-OutboundConnector", {"IsTransportRuleScoped": True}).json["value"]
    assert ([one["Name"] for one in usual], [one["Name"] for one in scoped]) == (["a", "c"], ["b"])


def test_compliance_does_not_find_a_tenant_by_its_id() -> None:
    emulator = Emulator(snapshot_of({"protection_alerts": [RULE]}))
    anchor = f"APP:SystemMailbox{{bb558c35-97f1-4cb9-8ff7-d53741dc928c}}@{TENANT}"

    async def by_id(running: Emulator) -> Told:
        root = running.compliance_url
        return await invoke(running, "Get-ProtectionAlert", root=root, X_AnchorMailbox=anchor)

    assert "could not be found" in words_of(emulated(emulator, by_id))


def test_compliance_redirects_to_the_region_and_knows_its_own_cmdlets() -> None:
    emulator = Emulator(snapshot_of({"protection_alerts": [RULE], "transport_config": [RULE]}))

    async def all_three(running: Emulator) -> tuple[Told, Told, Told]:
        url = f"{running.compliance_url}/AdminApi/v1.0/{TENANT}/EXOModuleFile?Version=3.5.0"
        return (
            await get(running, url),
            await invoke(running, "Get-ProtectionAlert", root=running.compliance_url),
            await invoke(running, "Get-TransportConfig", root=running.compliance_url),
        )

    redirect, own, foreign = emulated(emulator, all_three)
    assert redirect.status == 302
    assert redirect.headers["location"].startswith(f"{emulator.compliance_url}/AdminApi/")
    assert bare(own.json["value"]) == [RULE]
    assert "not recognized" in words_of(foreign)


def test_exchange_alone_does_not_know_the_cmdlets_of_compliance() -> None:
    emulator = Emulator(snapshot_of({"protection_alerts": [RULE]}))
    token = tokens.make(tenant=TENANT, roles=["Exchange.ManageAsApp"], services=["exchange"])
    assert "not recognized" in words_of(ask(emulator, "Get-ProtectionAlert", token=token))


def test_every_collection_of_the_schemas_that_a_cmdlet_gives_is_known() -> None:
    known = {cmdlet.collection for cmdlet in (*EXCHANGE.values(), *COMPLIANCE.values())}
    from_cmdlets = {
        name
        for name in collection_names()
        if collection_schema(name)["x-tenantlint"]["service"] in {"exchange", "defender_office", "purview"}
    }
    assert known == from_cmdlets


def test_dressing_hides_nothing() -> None:
    assert bare(dressed(RULE)) == RULE

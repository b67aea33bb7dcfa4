"""Cmdlets against the emulated gateway, and envelopes that it would not send."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.emulator.asking import snapshot_of
from tests.emulator.emulator import Emulator
from tests.unit.collect.scripted import Alone, Answer, Scripted, read
from tests.unit.collect.served import fetch_from

from tenantlint.collect import exchange
from tenantlint.collect.calls import CallError, Reason
from tenantlint.collect.catalog import source_of
from tenantlint.collect.catalog_services import MAILBOX_KEYS
from tenantlint.collect.fetching import IncompleteError
from tenantlint.model import CollectionStatus, JsonObject

ROOT = "/adminapi/beta/11111111-1111-4111-8111-111111111111/InvokeCommand"
POLICY: JsonObject = {
    "Guid": "fe8915ae-4c5e-58ae-a4d6-b423a421cb09",
    "Identity": "Office365 AntiPhish Default",
    "Enabled": True,
    "PhishThresholdLevel": 2,
    "TargetedUsersToProtect": ["Board; board@contoso.example"],
    "RuleVersion": {"Major": 15, "Built": "2026-01-01T00:00:00"},
    "Parts": [{"Name": "a", "When": "2026-01-01T00:00:00"}],
    "Empty": None,
}


def mailbox(number: int) -> JsonObject:
    return {"Guid": f"{number:08}-0000-4000-8000-000000000000", "Identity": f"m{number}", "AuditEnabled": True}


def scripted(tmp_path: Path, collection: str, *answers: Answer, url: str = ROOT) -> tuple[list[Any], Any, Scripted]:
    sender = Scripted({url: list(answers)})
    items, error = read(Alone(sender, tmp_path), exchange.fetch, source_of(collection))
    return items, error, sender


def test_objects_come_back_without_the_types_that_the_gateway_adds(tmp_path: Path) -> None:
    emulator = Emulator(snapshot_of({"anti_phish_policies": [POLICY]}), limits="none")
    found = fetch_from(emulator, tmp_path, "anti_phish_policies")["anti_phish_policies"]
    assert found.error is None
    assert found.items == [POLICY]
    assert emulator.world.violations == []


def test_a_single_object_stands_in_a_list_too(tmp_path: Path) -> None:
    config = {"Guid": "1", "Name": "Admin Audit Log Settings", "UnifiedAuditLogIngestionEnabled": True}
    emulator = Emulator(snapshot_of({"admin_audit_log_config": [config]}), limits="none")
    found = fetch_from(emulator, tmp_path, "admin_audit_log_config", "transport_config")
    assert found["admin_audit_log_config"].items == [config]
    assert (found["transport_config"].items, found["transport_config"].error) == ([], None)


@pytest.mark.parametrize("replays", [True, False])
def test_mailboxes_beyond_one_page(tmp_path: Path, replays: bool) -> None:
    """Links are followed by the same POST; a gateway that does not take its own links leaves the list short."""
    boxes = [mailbox(number) for number in range(2300)]
    emulator = Emulator(snapshot_of({"mailboxes": boxes}), limits="none")
    emulator.world.replays = replays
    found = fetch_from(emulator, tmp_path, "mailboxes")["mailboxes"]
    if replays:
        assert (found.items, found.error) == (boxes, None)
        return
    assert found.items == boxes[:1000]
    assert isinstance(found.error, IncompleteError)
    assert "more rows than it gave: its link to them gave 400 BadRequest; kept the 1,000 mailboxes" in str(found.error)


def test_a_list_that_the_service_cuts_is_incomplete(tmp_path: Path) -> None:
    emulator = Emulator(
        snapshot_of({"mailboxes": [mailbox(1)]}, statuses={"mailboxes": CollectionStatus.TRUNCATED}), limits="none"
    )
    found = fetch_from(emulator, tmp_path, "mailboxes")["mailboxes"]
    assert found.items == [mailbox(1)]
    assert isinstance(found.error, IncompleteError)


def test_every_list_of_the_tenant_allow_block_list_is_asked_for(tmp_path: Path) -> None:
    entries = [
        {"Identity": str(number), "Value": f"v{number}", "ListType": kind, "Action": "Block"}
        for number, kind in enumerate(["FileHash", "IP", "Sender", "Url", "Url"])
    ]
    emulator = Emulator(snapshot_of({"tenant_allow_block_list_items": entries}), limits="none")
    found = fetch_from(emulator, tmp_path, "tenant_allow_block_list_items")["tenant_allow_block_list_items"]
    assert (found.items, found.error) == (entries, None)
    assert emulator.counters["exchange POST InvokeCommand Get-TenantAllowBlockListItems"] == 4


def test_an_entry_that_does_not_tell_its_list_is_told_apart(tmp_path: Path) -> None:
    answers = [{"value": [{"Identity": kind}]} for kind in ("file", "ip", "sender", "url")]
    items, error, _ = scripted(tmp_path, "tenant_allow_block_list_items", *answers)
    assert error is None
    assert [(item["Identity"], item["ListType"]) for item in items] == [
        ("file", "FileHash"),
        ("ip", "IP"),
        ("sender", "Sender"),
        ("url", "Url"),
    ]


def test_a_list_that_fails_after_another_leaves_the_collection_short(tmp_path: Path) -> None:
    items, error, _ = scripted(
        tmp_path, "tenant_allow_block_list_items", {"value": [{"Identity": "file"}]}, (400, "BadRequest")
    )
    assert len(items) == 1
    assert isinstance(error, IncompleteError)
    assert "-ListType IP" in str(error)


def test_connectors_of_mail_flow_rules_are_asked_for_and_none_comes_twice(tmp_path: Path) -> None:
    plain, scoped = {"Guid": "1", "Identity": "a"}, {"Guid": "2", "Identity": "b", "IsTransportRuleScoped": True}
    emulator = Emulator(snapshot_of({"outbound_connectors": [plain, scoped]}), limits="none")
    found = fetch_from(emulator, tmp_path, "outbound_connectors")["outbound_connectors"]
    assert (found.items, found.error) == ([plain, scoped], None)
    items, error, _ = scripted(
        tmp_path / "again", "outbound_connectors", {"value": [plain, scoped]}, {"value": [scoped]}
    )
    assert (items, error) == ([plain, scoped], None)


def test_every_header_that_the_gateway_wants(tmp_path: Path) -> None:
    _, _, sender = scripted(tmp_path, "safe_links_policies", {"value": []})
    (call,) = sender.calls
    assert call.method == "POST"
    assert call.url == ROOT
    assert call.headers["X-CmdletName"] == "Get-SafeLinksPolicy"
    assert call.headers["X-ResponseFormat"] == "json"
    assert call.headers["Prefer"] == "odata.maxpagesize=1000"
    assert call.headers["X-AnchorMailbox"].endswith("@11111111-1111-4111-8111-111111111111")
    assert call.body == b'{"CmdletInput": {"CmdletName": "Get-SafeLinksPolicy", "Parameters": {}}}'


def test_only_the_keys_that_are_kept_are_asked_of_mailboxes(tmp_path: Path) -> None:
    sender = Scripted({})
    read(Alone(sender, tmp_path), exchange.fetch, source_of("mailboxes"))
    assert "?$select=AccountDisabled,AuditAdmin," in sender.asked[0]


def test_only_accounts_that_bypass_auditing_are_kept(tmp_path: Path) -> None:
    rows = [{"Name": str(value), "AuditBypassEnabled": value} for value in (True, False, None)]
    url = f"{ROOT}?$select=AuditBypassEnabled,Guid,Identity,Name"
    items, error, _ = scripted(tmp_path, "mailbox_audit_bypass", {"value": rows}, url=url)
    assert ([item["Name"] for item in items], error) == (["True", "None"], None)


WARNED = {"@adminapi.warnings": ["Some rows\r\nwere left out. "], "value": [POLICY]}


def test_a_warning_makes_the_rows_incomplete(tmp_path: Path) -> None:
    items, error, _ = scripted(tmp_path, "anti_phish_policies", WARNED)
    assert items == [POLICY]
    assert isinstance(error, IncompleteError)
    assert str(error) == "The service warned: Some rows were left out"


def test_a_long_warning_is_shortened(tmp_path: Path) -> None:
    _, error, _ = scripted(tmp_path, "anti_phish_policies", {"@adminapi.warnings": ["x" * 5000], "value": []})
    assert len(str(error)) < 350


@pytest.mark.parametrize("told", [None, [], [""], [None]])
def test_no_warning_is_none(tmp_path: Path, told: Any) -> None:
    items, error, _ = scripted(tmp_path, "anti_phish_policies", {"@adminapi.warnings": told, "value": [POLICY]})
    assert (items, error) == ([POLICY], None)


def test_errors_beside_the_rows_make_them_incomplete(tmp_path: Path) -> None:
    _, error, _ = scripted(tmp_path, "anti_phish_policies", {"@adminapi.errors": ["one domain failed"], "value": []})
    assert isinstance(error, IncompleteError)


def test_the_link_of_a_policy_cmdlet_is_not_followed(tmp_path: Path) -> None:
    linked = {"@odata.nextLink": "https://outlook.office365.com/next", "value": [POLICY]}
    items, error, sender = scripted(tmp_path, "anti_phish_policies", linked)
    assert items == [POLICY]
    assert isinstance(error, IncompleteError)
    assert len(sender.calls) == 1


def test_a_link_that_leads_in_a_circle_is_left(tmp_path: Path) -> None:
    url = f"{ROOT}?$select={MAILBOX_KEYS}"
    again = {"@odata.nextLink": url, "value": [mailbox(1)]}
    _, error, sender = scripted(tmp_path, "mailboxes", again, again, url=url)
    assert isinstance(error, IncompleteError)
    assert len(sender.calls) == 2


@pytest.mark.parametrize(
    "reply",
    [
        {},
        {"d": []},
        {"value": "text"},
        {"value": ["text"]},
        {"value": [[POLICY]]},
        {"value": 3},
        {"value": [POLICY, None]},
    ],
)
def test_a_reply_that_is_no_envelope_is_unreadable(tmp_path: Path, reply: JsonObject) -> None:
    items, error, _ = scripted(tmp_path, "anti_phish_policies", reply)
    assert items == []
    assert isinstance(error, CallError)
    assert error.reason is Reason.UNREADABLE


@pytest.mark.parametrize(("reply", "count"), [({"value": None}, 0), ({"value": POLICY}, 1)])
def test_odd_envelopes_that_mean_something(tmp_path: Path, reply: JsonObject, count: int) -> None:
    items, error, _ = scripted(tmp_path, "anti_phish_policies", reply)
    assert (len(items), error) == (count, None)


def test_a_singleton_with_two_objects_fails_visibly(tmp_path: Path) -> None:
    items, error, _ = scripted(tmp_path, "organization_config", {"value": [{"Guid": "1"}, {"Guid": "2"}]})
    assert items == []
    assert isinstance(error, CallError)
    assert "several objects" in error.message


def test_a_cmdlet_that_the_tenant_lacks_is_a_refusal(tmp_path: Path) -> None:
    emulator = Emulator(snapshot_of({}), limits="none", unlicensed=["defender_office_p1"])
    found = fetch_from(emulator, tmp_path, "safe_links_policies")["safe_links_policies"]
    assert isinstance(found.error, CallError)
    assert found.error.reason is Reason.REFUSED
    assert "not recognized" in found.error.message


def test_a_body_of_nul_bytes_is_a_refusal_without_words(tmp_path: Path) -> None:
    emulator = Emulator(
        snapshot_of(
            {},
            statuses={"remote_domains": CollectionStatus.FAILED},
            details={"remote_domains": "403 with an empty body"},
        ),
        limits="none",
    )
    found = fetch_from(emulator, tmp_path, "remote_domains")["remote_domains"]
    assert isinstance(found.error, CallError)
    assert (found.error.status, found.error.code, found.error.message) == (403, "", "")


def test_giving_up_in_the_middle_leaves_nothing_behind(tmp_path: Path) -> None:
    async def work() -> None:
        context = Alone(Scripted({ROOT: {"value": [POLICY]}}), tmp_path)
        fetching = exchange.fetch(context, source_of("anti_phish_policies"))
        assert await anext(fetching) == [POLICY]
        await fetching.aclose()  # type: ignore[attr-defined]
        await context.close()

    asyncio.run(work())

"""What checks compare literally: names, ids and forms that Microsoft gave outlive pseudonyms, and so do verdicts."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tenantlint import shipped
from tenantlint.config import Config
from tenantlint.engine import open_engine
from tenantlint.jobs.lint import chosen, library, lint
from tenantlint.model import Tenant
from tenantlint.snapshot.content import Collection, Snapshot
from tenantlint.snapshot.pseudonymising import pseudonymise
from tenantlint.snapshot.redaction import Choice, Key, Names, Redactor
from tenantlint.snapshot.store import open_snapshot, write_snapshot
from tenantlint.sources import open_target

ROOT = Path(__file__).resolve().parents[3]
KEY = Key(b"a key that nobody can guess, for tests only")
ALL = Choice(Names.ALL, ids=True, ips=True)
TENANT = Tenant(
    id="6f1d7c2e-0000-4000-8000-000000000001", display_name="Contoso", initial_domain="contoso.onmicrosoft.com"
)
GUID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", re.IGNORECASE)
MADE_UP = "ffffffff-ffff-4fff-8fff-ffffffffffff"  # the other tenant in examples of Conditional Access
STAFF_POLICY = "FabrikamStaff2024ConsentPolicy"
SHARERS = '<acl><ace identityName="c:0t.c|tenant|d7a0de5c-b25a-460a-b0b1-1e177187bfa9" /></acl>'


def redacted(choice: Choice, collection: str, item: dict[str, Any]) -> Any:
    return Redactor(KEY, choice, TENANT).rewritten(collection, item)


def sources() -> Iterable[Path]:
    rego = (file for file in shipped.policies().rglob("*.rego") if not file.name.endswith("_test.rego"))
    package = Path(shipped.__file__).parent
    python = (file for name in ("facts", "conditional_access", "directory") for file in (package / name).rglob("*.py"))
    return [*rego, *python]


def test_every_id_that_checks_and_facts_name_stays() -> None:
    found = {one.lower() for file in sources() for one in GUID.findall(file.read_text("utf-8"))} - {MADE_UP}
    assert len(found) > 30
    changed = {one for one in found if redacted(ALL, "own_things", {"text": one}) != {"text": one}}
    assert changed == set()


def test_the_policies_that_teams_brings_keep_their_names() -> None:
    text = (shipped.policies() / "lib" / "teams.rego").read_text("utf-8")
    tags = re.findall(r'"tag:(\w+)"', text)
    assert len(tags) > 4
    for tag in tags:
        policy = {"Identity": f"Tag:{tag}"}
        assert redacted(ALL, "teams_meeting_policies", policy) == policy
    own = redacted(ALL, "teams_meeting_policies", {"Identity": "Tag:Restricted to John Doe"})
    assert own["Identity"].startswith("Tag:Name ")


@pytest.mark.parametrize("choice", [Choice(), ALL], ids=["people", "all"])
def test_accounts_of_the_directory_itself_keep_how_they_begin(choice: Choice) -> None:
    user = {
        "displayName": "krbtgt_Contoso",
        "userPrincipalName": "krbtgt_contoso@contoso.onmicrosoft.com",
        "onPremisesSamAccountName": "krbtgt_1234",
    }
    found = redacted(choice, "users", user)
    assert {key for key, value in found.items() if value.startswith("krbtgt")} == set(user)
    assert not [value for value in found.values() if "contoso" in value.lower() or "1234" in value]


def test_what_refers_by_name_to_a_policy_gets_its_new_name() -> None:
    def name(collection: str, key: str) -> str:
        found = redacted(ALL, collection, {key: "Notices for Sales"})[key]
        assert "Sales" not in found
        return str(found)

    quarantine = name("quarantine_policies", "Name")
    for key in ("SpamQuarantineTag", "HighConfidencePhishQuarantineTag", "BulkQuarantineTag"):
        assert name("hosted_content_filter_policies", key) == quarantine
    assert name("teams_protection_policies", "MalwareQuarantineTag") == quarantine
    assert name("safe_attachment_policies", "QuarantineTag") == quarantine
    authentication = name("authentication_policies", "Name")
    assert name("organization_config", "DefaultAuthenticationPolicy") == authentication


def test_domains_of_a_sharing_policy_are_replaced_and_its_levels_stay() -> None:
    domains = ["*:CalendarSharingFreeBusySimple", "Anonymous:ContactsSharing", "partner.example.org:ContactsSharing"]
    first, second, third = redacted(Choice(), "sharing_policies", {"Domains": domains})["Domains"]
    assert (first, second) == tuple(domains[:2])
    assert re.fullmatch(r"[\w.]+\.example:ContactsSharing", third)
    assert "partner" not in third


def test_whom_a_profile_names_in_its_parameters_stays() -> None:
    told = (shipped.policies() / "profiles.toml").read_text("utf-8")
    addresses = set(re.findall(r"[\w.]+@[\w.]+\w", told))
    assert addresses
    for address in addresses:
        record = {"domain": "contoso.com", "dmarc": [f"v=DMARC1; p=reject; rua=mailto:{address},mailto:a@contoso.com"]}
        found = redacted(ALL, "dns_records", record)["dmarc"][0]
        assert f"mailto:{address}," in found
        assert "contoso" not in found


def literal(snapshot: Snapshot) -> Snapshot:
    """The snapshot with names and forms that checks compare: nothing of it is in the example tenants."""

    def single(name: str, **changes: Any) -> tuple[str, Collection]:
        (item,) = snapshot.collection(name).items
        return name, Collection(name, items=[{**item, **changes}])

    def more(name: str, *items: dict[str, Any]) -> tuple[str, Collection]:
        return name, Collection(name, items=[*snapshot.collection(name).items, *items])

    (authorization,) = snapshot.collection("authorization_policy").items
    rights = {
        **authorization["defaultUserRolePermissions"],
        "permissionGrantPoliciesAssigned": [f"ManagePermissionGrantsForSelf.{STAFF_POLICY}"],
    }
    krbtgt = {
        **snapshot.collection("users").items[0],
        "id": "ffffffff-1111-4222-8333-444444444444",
        "displayName": "krbtgt_AzureAD",
        "userPrincipalName": "krbtgt_azuread@fabrikam.onmicrosoft.example",
        "onPremisesSyncEnabled": True,
    }
    tags = [f"{kind}QuarantineTag" for kind in ("Spam", "HighConfidenceSpam", "Phish", "HighConfidencePhish", "Bulk")]
    filters = snapshot.collection("hosted_content_filter_policies").items
    changed = (
        single("authorization_policy", defaultUserRolePermissions=rights),
        single("organization_config", DefaultAuthenticationPolicy="For printers"),
        single(
            "sharepoint_tenant",
            SharingDomainRestrictionMode=0,
            SharingAllowedDomainList="",
            GuestSharingGroupAllowListInTenant=SHARERS,
        ),
        more("users", krbtgt),
        more("permission_grant_policies", {"id": STAFF_POLICY, "displayName": "Staff", "includes": [], "excludes": []}),
        more("authentication_policies", {"Identity": "For printers", "AllowBasicAuthSmtp": True}),
        more("quarantine_policies", {"Name": "Notices", "Identity": "Notices", "ESNEnabled": True}),
        (
            "hosted_content_filter_policies",
            Collection(
                "hosted_content_filter_policies", items=[{**one, **dict.fromkeys(tags, "Notices")} for one in filters]
            ),
        ),
    )
    return replace(snapshot, collections={**snapshot.collections, **dict(changed)})


def verdicts(folder: Path) -> dict[str, Any]:
    """Of every check, also of those that no profile but a framework's takes."""
    loaded = library(Config())
    config = Config(select=tuple(check.id for check in loaded.checks))
    with open_engine(config.engine) as engine:
        engine.load(loaded.modules_for(chosen(loaded, config)))
        report = lint(open_target(folder), loaded, engine, config, datetime(2026, 11, 20, tzinfo=UTC)).report
    return {
        one.check.id: (
            one.outcome.value,
            sorted((found.resource.kind, found.certainty.value, found.principals.count) for found in one.findings),
        )
        for one in report.results
    }


@pytest.mark.parametrize("choice", [Choice(), ALL], ids=["people", "all"])
def test_verdicts_that_hang_on_names_and_forms_stay(choice: Choice, tmp_path: Path) -> None:
    snapshot = literal(open_snapshot(ROOT / "snapshots" / "fabrikam"))
    write_snapshot(snapshot, tmp_path / "source", tool_version="1.2.3")
    before = verdicts(tmp_path / "source")
    told = {check: before[check][0] for check in ("PA024", "SP004", "AP001", "DO026")}
    assert told == {"PA024": "fail", "SP004": "pass", "AP001": "inconclusive", "DO026": "pass"}
    pseudonymise(tmp_path / "source", tmp_path / "out", KEY, choice, tool_version="1.2.3")
    assert verdicts(tmp_path / "out") == before

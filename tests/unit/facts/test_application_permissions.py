"""Permissions that applications were granted: strong, known and harmless, or unknown."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from tenantlint import shipped
from tenantlint.facts import FactContext, compute
from tenantlint.facts.application_permissions import permissions_data
from tenantlint.model import CollectionStatus, Tenant
from tenantlint.snapshot import Collection, Snapshot

TENANT = "11111111-1111-1111-1111-111111111111"
GRAPH = "00000003-0000-0000-c000-000000000000"
EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"
SHAREPOINT = "00000003-0000-0ff1-ce00-000000000000"
USER_READ_WRITE = "741f803b-c850-494e-b5df-cde7c675a1ca"
USER_READ = "df021288-bdef-4463-88db-98f22de89214"
MAIL_READ = "810c84a8-4a9e-49e6-bf7d-12d183f40d01"
NEW = "99999999-0000-0000-0000-000000000001"
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def others():
    path = shipped.policies() / "data" / "application_permissions_other.json"
    return json.loads(path.read_text(encoding="utf-8"))["permissions"]


def judged(*grants, resources=((GRAPH, "r-graph"), (EXCHANGE, "r-exchange"), (SHAREPOINT, "r-sp"), ("own", "r-own"))):
    principals = [{"id": identity, "appId": app} for app, identity in resources]
    principals.append({"id": "sp", "appId": "app", "displayName": "Tool", "appOwnerOrganizationId": TENANT})
    snapshot = Snapshot(
        tenant=Tenant(id=TENANT),
        collected_at=NOW,
        collections={
            name: Collection(name, CollectionStatus.OK, items=items)
            for name, items in (("service_principals", principals), ("app_role_assignments", list(grants)))
        },
    )
    told = compute(["application_power"], FactContext(snapshot=snapshot, now=NOW)).tree["application_power"]
    strong = [(one["name"], one["resource"]) for row in told["applications"] for one in row["permissions"]]
    unknown = [(one["id"], one["resource"]) for row in told["unknown_permissions"] for one in row["permissions"]]
    return strong, unknown


def grant(role, resource="r-graph", **changes):
    return {"id": f"{role}-{resource}", "appRoleId": role, "principalId": "sp", "resourceId": resource} | changes


@pytest.mark.parametrize(
    ("resource", "name"),
    [
        ("r-graph", "Microsoft Graph"),
        ("r-exchange", "Office 365 Exchange Online"),
        ("R-SP", "Office 365 SharePoint Online"),
    ],
)
def test_a_permission_that_no_list_has_shows_on_each_resource_that_the_lists_cover(resource, name):
    assert judged(grant(NEW.upper(), resource)) == ([], [(NEW, name)])
    assert judged(grant(NEW, resource), grant(NEW, resource)) == ([], [(NEW, name)])


def test_known_permissions_and_those_of_other_resources_do_not_show():
    assert judged(grant(USER_READ)) == ([], [])
    assert judged(grant(NEW, "r-own")) == ([], [])
    assert judged(grant("00000000-0000-0000-0000-000000000000")) == ([], [])


def test_an_id_means_what_its_resource_makes_of_it():
    assert judged(grant(USER_READ_WRITE)) == ([("User.ReadWrite.All", "Microsoft Graph")], [])
    assert judged(grant(USER_READ_WRITE, "r-sp")) == ([], [])
    assert judged(grant(USER_READ_WRITE, "r-own")) == ([], [])
    assert judged(grant(USER_READ_WRITE, "r-exchange")) == ([], [(USER_READ_WRITE, "Office 365 Exchange Online")])
    assert judged(grant(MAIL_READ, "r-exchange")) == ([("Mail.Read", "Office 365 Exchange Online")], [])


def test_a_resource_that_the_snapshot_does_not_have_goes_by_its_name_and_then_by_the_id_alone():
    named = grant(USER_READ_WRITE, "gone", resourceDisplayName="office 365 sharepoint online")
    assert judged(named) == ([], [])
    assert judged(grant(USER_READ_WRITE, "gone")) == ([("User.ReadWrite.All", "Microsoft Graph")], [])
    assert judged(grant(USER_READ, None)) == ([], [])
    assert judged(grant(NEW, "gone", resourceDisplayName="Payroll")) == ([], [(NEW, "Payroll")])
    assert judged(grant(None, "gone")) == ([], [("", "")])


def test_an_application_with_unknown_permissions_only_holds_no_power():
    assert judged(grant(NEW), grant(MAIL_READ)) == ([("Mail.Read", "Microsoft Graph")], [(NEW, "Microsoft Graph")])


def test_the_lists_are_well_formed_and_share_no_permission():
    resources = permissions_data()["resources"]
    strong = {(one["resource"], one["id"]) for one in permissions_data()["permissions"]}
    assert set(others()) == set(resources) == {GRAPH, EXCHANGE, SHAREPOINT}
    assert {resource for resource, _ in strong} <= set(resources.values())
    shape = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
    for app, known in others().items():
        assert not {(resources[app], identity) for identity in known} & strong
        assert len(set(known.values())) == len(known)
        names = {one["name"] for one in permissions_data()["permissions"] if one["resource"] == resources[app]}
        assert not names & set(known.values())
        assert all(shape.fullmatch(identity) for identity in known)
    assert all(shape.fullmatch(identity) for _, identity in strong)

"""Idle web sessions: SharePoint's sign-out and the timeout of Microsoft 365, whichever is shorter."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.facts import FactContext, compute
from tenantlint.model import CollectionStatus, Tenant
from tenantlint.snapshot import Collection, Snapshot

SHAREPOINT = "00000003-0000-0ff1-ce00-000000000000"
AZURE_PORTAL = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c"


def idle(settings=None, policies=None):
    given_ = {
        "sharepoint_settings": None if settings is None else [settings],
        "activity_based_timeout_policies": policies,
    }
    collections = {
        name: Collection(name, CollectionStatus.OK, items=items) for name, items in given_.items() if items is not None
    }
    snapshot = Snapshot(tenant=Tenant(id="t"), collections=collections)
    context = FactContext(snapshot=snapshot, now=datetime(2026, 11, 1, tzinfo=UTC))
    return compute(["idle_sessions"], context).tree["idle_sessions"]


def settings(seconds, enabled=True):
    return {"idleSessionSignOut": {"isEnabled": enabled, "signOutAfterInSeconds": seconds}}


def policy(span, application="default", default=True):
    definition = {
        "ActivityBasedTimeoutPolicy": {
            "Version": 1,
            "ApplicationPolicies": [{"ApplicationId": application, "WebSessionIdleTimeout": span}],
        }
    }
    return {"id": "p", "isOrganizationDefault": default, "definition": [json.dumps(definition)]}


def test_the_shorter_of_the_two_counts():
    told = idle(settings(7200), [policy("01:00:00")])
    assert (told["minutes"], told["unknown"]) == (60, [])
    assert told["told_by"] == ["sharepoint_settings", "activity_based_timeout_policies"]
    assert told["resource"]["kind"] == "sharepointSettings"


@pytest.mark.parametrize(
    ("span", "minutes"),
    [("00:15:00", 15), ("00:15:01", 16), ("03:00", 180), ("1.00:00:00", 1440), ("0.00:05:00", 5)],
)
def test_spans_of_policies(span, minutes):
    assert idle(settings(0, enabled=False), [policy(span, SHAREPOINT.upper())])["minutes"] == minutes


@pytest.mark.parametrize("one", [policy("01:00:00", AZURE_PORTAL), policy("01:00:00", default=False)])
def test_what_is_not_for_everybody_or_not_for_files_does_not_count(one):
    told = idle(settings(0, enabled=False), [one])
    assert (told["minutes"], told["unknown"]) == (None, [])


def test_nothing_is_set():
    assert idle(settings(0, enabled=False), [])["unknown"] == []
    assert idle(settings(0, enabled=False), [])["minutes"] is None


@pytest.mark.parametrize(
    "one",
    [
        policy("soon"),
        policy("00:00:00"),
        policy(None),
        policy("01:00:00", default=None),
        {"id": "p", "isOrganizationDefault": True, "definition": ["{"]},
        {"id": "p", "isOrganizationDefault": True, "definition": ["[]"]},
        {"id": "p", "isOrganizationDefault": True, "definition": [None]},
    ],
)
def test_a_policy_that_cannot_be_read_is_unknown(one):
    told = idle(settings(0, enabled=False), [one])
    assert (told["minutes"], told["unknown"]) == (None, ["activity_based_timeout_policies"])


@pytest.mark.parametrize("broken", [{}, {"idleSessionSignOut": None}, settings(0), settings("x"), settings(60, "yes")])
def test_settings_that_do_not_tell_are_unknown(broken):
    assert idle(broken, [policy("01:00:00")])["unknown"] == ["sharepoint_settings"]


def test_what_was_not_collected_is_unknown():
    told = idle(None, [policy("01:00:00")])
    assert told["unknown"] == ["sharepoint_settings"]
    assert told["resource"] == {"kind": "tenant", "id": "t", "name": ""}
    assert idle(settings(60))["unknown"] == ["activity_based_timeout_policies"]


def test_a_policy_without_a_definition_sets_nothing():
    told = idle(settings(0, enabled=False), [{"id": "p", "isOrganizationDefault": True, "definition": None}])
    assert (told["minutes"], told["unknown"]) == (None, [])


@given(st.integers(1, 10**7))
def test_seconds_are_rounded_up_to_minutes(seconds):
    minutes = idle(settings(seconds), [])["minutes"]
    assert (minutes - 1) * 60 < seconds <= minutes * 60

"""Data loss prevention: what is in force, what it finds and where."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.facts import FactContext, compute
from tenantlint.model import Tenant
from tenantlint.snapshot import Collection, Snapshot

POLICY = {
    "Guid": "p",
    "Name": "Cards",
    "Enabled": True,
    "Mode": "Enable",
    "ExchangeLocation": ["All"],
    "SharePointLocation": [{"Name": "All"}],
    "OneDriveLocation": ["group@contoso.example"],
    "TeamsLocation": [""],
}
RULE = {
    "Guid": "r",
    "Name": "Block",
    "ParentPolicyName": "cards",
    "Disabled": False,
    "BlockAccess": True,
    "BlockAccessScope": "All",
    "NotifyUser": ["Owner"],
    "ContentContainsSensitiveInformation": [{"name": "Credit Card Number"}],
}


def dlp(policies=(POLICY,), rules=(RULE,)):
    collections = {
        "dlp_compliance_policies": Collection("dlp_compliance_policies", items=list(policies)),
        "dlp_compliance_rules": Collection("dlp_compliance_rules", items=list(rules)),
    }
    snapshot = Snapshot(tenant=Tenant(id="t"), collections=collections)
    return compute(["dlp"], FactContext(snapshot=snapshot, now=datetime(2026, 11, 1, tzinfo=UTC))).tree["dlp"]


def rule(policy=None, **changes):
    (found,) = dlp([{**POLICY, **(policy or {})}], [{**RULE, **changes}])["rules"]
    return found


def test_a_rule_in_force():
    found = rule()
    assert (found["state"], found["types"], found["blocks"], found["notifies"]) == (
        "on",
        ["credit card number"],
        "everyone",
        True,
    )
    assert found["resource"] == {"kind": "dlpComplianceRule", "id": "r", "name": "Block"}


@pytest.mark.parametrize(
    ("policy", "changes", "state"),
    [
        ({"Enabled": False}, {}, "off"),
        ({"Mode": "Disable"}, {}, "off"),
        ({"Mode": "TestWithNotifications"}, {}, "test"),
        ({"Mode": "Sometimes"}, {}, "unknown"),
        ({"Mode": None}, {}, "unknown"),
        ({"Enabled": None}, {}, "unknown"),
        ({"Enabled": None, "Mode": "Disable"}, {}, "off"),
        ({}, {"Disabled": True}, "off"),
        ({}, {"Disabled": None}, "unknown"),
        ({"Enabled": False}, {"Disabled": None}, "off"),
        ({}, {"ParentPolicyName": "another"}, "unknown"),
    ],
)
def test_a_rule_is_as_much_in_force_as_its_policy(policy, changes, state):
    assert rule(policy, **changes)["state"] == state


@pytest.mark.parametrize(
    ("changes", "blocks"),
    [
        ({"BlockAccess": False}, "no"),
        ({"BlockAccess": None}, "unknown"),
        ({"BlockAccessScope": "PerUser"}, "some"),
        ({"BlockAccessScope": "None"}, "no"),
        ({"BlockAccessScope": None}, "unknown"),
    ],
)
def test_blocking(changes, blocks):
    assert rule(**changes)["blocks"] == blocks


def test_notification():
    assert rule(NotifyUser=[])["notifies"] is False
    (found,) = dlp(rules=[{name: value for name, value in RULE.items() if name != "NotifyUser"}])["rules"]
    assert found["notifies"] is None


def test_places():
    (policy,) = dlp()["policies"]
    assert policy["places"] == {
        "Exchange": "all",
        "SharePoint": "all",
        "OneDrive": "some",
        "Teams": "none",
        "Devices": "unknown",
    }
    (narrowed,) = dlp([{**POLICY, "ExchangeSenderMemberOf": ["x"], "ExchangeSenderException": ["y"]}])["policies"]
    assert narrowed["places"]["Exchange"] == "some"
    assert narrowed["exceptions"] == ["ExchangeSenderException"]


def advanced(*values, operator="And"):
    condition = {"ConditionName": "ContentContainsSensitiveInformation", "Value": list(values)}
    return json.dumps({"Version": "1.0", "Condition": {"Operator": operator, "SubConditions": [condition]}})


def types(text):
    return rule(ContentContainsSensitiveInformation=None, AdvancedRule=text)["types"]


def group(*names, operator="Or"):
    return {"Name": "Default", "Operator": operator, "Sensitivetypes": [{"Name": name} for name in names]}


def test_types_of_an_advanced_rule():
    assert types(advanced({"name": "SSN"}, {"name": "ITIN"})) == ["itin", "ssn"]
    assert types(advanced({"Groups": [group("SSN", "ITIN")], "Operator": "And"})) == ["itin", "ssn"]
    assert types(advanced({"Groups": [group("SSN"), group("ITIN")], "Operator": "Or"})) == ["itin", "ssn"]
    assert types(advanced({"Groups": [group("SSN"), group("ITIN")], "Operator": "And"})) == []
    assert types(advanced({"Groups": [group("SSN", "ITIN", operator="And")]})) == []
    assert types(advanced({"name": "SSN"}, operator="Not")) == []


def test_an_advanced_rule_that_cannot_be_read_is_unknown():
    assert rule(ContentContainsSensitiveInformation=None, AdvancedRule="{")["types_known"] is False
    assert rule(ContentContainsSensitiveInformation=None, AdvancedRule=None)["types"] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["Condition", "SubConditions", "ConditionName", "Value", "Groups", "Operator", "Name"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON, JSON, JSON)
def test_any_shape_is_read(plain, tree, place):
    found = dlp(
        [{**POLICY, "ExchangeLocation": place}],
        [{**RULE, "ContentContainsSensitiveInformation": plain, "AdvancedRule": json.dumps(tree)}],
    )
    assert found["rules"][0]["types_known"] is True
    assert found["policies"][0]["places"]["Exchange"] in {"all", "some", "none", "unknown"}

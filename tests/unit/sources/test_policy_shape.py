from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.sources.policy_shape import ShapeError, is_policy, policy_of

_IDS = st.lists(st.sampled_from(["All", "None", "GuestsOrExternalUsers", "<Group>", "11111111-aaaa"]), max_size=3)
_USERS = st.fixed_dictionaries({}, optional={"includeUsers": _IDS, "excludeGroups": _IDS, "includeRoles": _IDS})
_POLICIES = st.fixed_dictionaries(
    {
        "displayName": st.text(min_size=1, max_size=10),
        "state": st.sampled_from(["enabled", "disabled", "Enabled", "enabledForReportingButNotEnforced"]),
        "conditions": st.fixed_dictionaries(
            {"users": _USERS, "clientAppTypes": st.lists(st.sampled_from(["all", "All", "other"]), max_size=2)},
            optional={
                "platforms": st.none() | st.fixed_dictionaries({"includePlatforms": _IDS}),
                "insiderRiskLevels": st.none() | st.just("minor,elevated"),
                "agents": st.none() | st.fixed_dictionaries({"includeAgentUsers": _IDS}),
            },
        ),
        "grantControls": st.none()
        | st.fixed_dictionaries({"operator": st.sampled_from(["OR", "and"]), "builtInControls": _IDS}),
    },
    optional={"id": st.uuids().map(str), "sessionControls": st.none()},
)


def _keys(value: Any, rename: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {rename(key): _keys(child, rename) for key, child in value.items()}
    return [_keys(child, rename) for child in value] if isinstance(value, list) else value


def _annotated(value: Any) -> Any:
    if isinstance(value, dict):
        found: dict[str, Any] = {"@odata.type": "#microsoft.graph.something"}
        for key, child in value.items():
            found[f"{key}@odata.type"] = "#Collection(String)"
            found[key] = _annotated(child)
        found["#microsoft.graph.restore"] = {"title": "restore"}
        return found
    return [_annotated(child) for child in value] if isinstance(value, list) else value


@given(_POLICIES)
def test_every_dialect_of_a_policy_comes_to_the_same(policy: dict[str, Any]) -> None:
    assert policy_of(policy) == policy
    assert policy_of(_annotated(policy)) == policy
    assert policy_of(_keys(policy, lambda key: key[:1].upper() + key[1:])) == policy


def test_derived_types_are_kept_and_told_ones_dropped(policy: dict[str, Any]) -> None:
    annotated = copy.deepcopy(policy)
    annotated["@odata.type"] = "#microsoft.graph.conditionalAccessPolicy"
    annotated["conditions"]["@odata.type"] = "#microsoft.graph.conditionalAccessConditionSet"
    assert policy_of(annotated) == policy
    tenants = policy_of(annotated)["conditions"]["users"]["excludeGuestsOrExternalUsers"]["externalTenants"]
    assert tenants["@odata.type"] == "#microsoft.graph.conditionalAccessAllExternalTenants"


def test_odd_letter_case_of_one_key_is_graphs_and_of_a_value_stays(policy: dict[str, Any]) -> None:
    odd = {("GrantControls" if key == "grantControls" else key): value for key, value in policy.items()}
    odd["conditions"] = {**policy["conditions"], "clientAppTypes": ["All"]}
    found = policy_of(odd)
    assert found["grantControls"] == policy["grantControls"]
    assert "GrantControls" not in found
    assert found["conditions"]["clientAppTypes"] == ["All"]


def test_the_sdks_null_objects_single_values_and_additional_properties_are_undone() -> None:
    found = policy_of(
        {
            "Id": "1",
            "DisplayName": "x",
            "State": "enabled",
            "Conditions": {
                "ClientAppTypes": "all",
                "Users": {"IncludeUsers": ["All"], "ExcludeUsers": None, "IncludeGroups": [None]},
                "Devices": {"DeviceFilter": {"Mode": None, "Rule": None}},
                "AdditionalProperties": {"authenticationFlows": {"transferMethods": "deviceCodeFlow"}},
            },
            "GrantControls": {"Operator": None, "BuiltInControls": None, "AuthenticationStrength": {"Id": None}},
            "SessionControls": {"SignInFrequency": {"Value": None, "IsEnabled": None}},
            "ModifiedDateTime": "/Date(1638345600000)/",
            "AdditionalProperties": {},
        }
    )
    assert found == {
        "id": "1",
        "displayName": "x",
        "state": "enabled",
        "conditions": {
            "clientAppTypes": ["all"],
            "users": {"includeUsers": ["All"], "excludeUsers": None, "includeGroups": []},
            "devices": None,
            "authenticationFlows": {"transferMethods": "deviceCodeFlow"},
        },
        "grantControls": None,
        "sessionControls": None,
        "modifiedDateTime": "2021-12-01T08:00:00Z",
    }


@pytest.mark.parametrize(
    ("change", "problem", "pointer"),
    [
        ({"conditions": None}, "no `conditions`", ""),
        ({"conditions": {"locations": []}}, "`locations` is a list, not an object", "/conditions/locations"),
        ({"conditions": {"clientAppTypes": "all"}}, "is a text, not a list", "/conditions/clientAppTypes"),
        (
            {"conditions": {"users": {"includeUsers": ["All", 7]}}},
            "holds a number, not a text",
            "/conditions/users/includeUsers/1",
        ),
        ({"grantControls": True}, "`grantControls` is a boolean, not an object", "/grantControls"),
        ({"GrantControls": None}, "`grantControls` stands twice", "/GrantControls"),
        ({"state": None}, "no `state`", ""),
        ({"state": ["enabled"]}, "`state` is a list, not a text", "/state"),
        ({"id": None, "displayName": None}, "neither `id` nor `displayName`", ""),
    ],
)
def test_a_policy_out_of_shape_is_refused_at_its_place(
    policy: dict[str, Any], change: dict[str, Any], problem: str, pointer: str
) -> None:
    with pytest.raises(ShapeError) as caught:
        policy_of({**policy, **change})
    assert problem in caught.value.problem
    assert caught.value.pointer == pointer


def test_what_is_meant_to_be_a_policy_is_told_from_other_objects(policy: dict[str, Any]) -> None:
    assert is_policy(policy)
    assert is_policy({"state": "enabled", "grantControls": None})
    assert is_policy({"@odata.type": "#microsoft.graph.conditionalAccessPolicy"})
    assert not is_policy({"conditions": {}})
    assert not is_policy({"state": "enabled", "displayName": "a method"})
    assert not is_policy([policy])

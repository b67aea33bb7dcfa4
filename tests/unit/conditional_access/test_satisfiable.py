"""Where a policy asks for what cannot be met."""

from typing import Any

import pytest
from hypothesis import given
from tests.unit.conditional_access import soundness_oracle as oracle
from tests.unit.conditional_access.test_lockout import EVERYONE, block, tenant
from tests.unit.directory.tenants import policy, user

from tenantlint.conditional_access.ground import Ground
from tenantlint.conditional_access.satisfiable import Unmeetable, strength_pairs, unmeetable_demands

_PHISHING_RESISTANT = {"id": "00000000-0000-0000-0000-000000000004", "displayName": "Phishing-resistant MFA"}


def asks(*controls: str, operator: str = "OR", **conditions: Any) -> dict[str, Any]:
    made = policy("p", EVERYONE, grantControls={"operator": operator, "builtInControls": list(controls)})
    made["conditions"] |= conditions
    return made


def demands(*policies: dict[str, Any]) -> list[Unmeetable]:
    return unmeetable_demands(Ground(tenant(*policies)))


@given(oracle.policies())
def test_demands_that_cannot_be_met_are_found_for_exactly_those_people(drawn: list[dict[str, Any]]) -> None:
    ground = Ground(oracle.read(drawn))
    force = oracle.enforced(drawn)
    expected: dict[str, set[str]] = {}
    for point in oracle.POINTS:
        if not point.modern or any(oracle.blocks(one) and oracle.applies(one, point) for one in force):
            continue
        for one in force:
            if oracle.applies(one, point) and oracle.stuck(one, point):
                expected.setdefault(one["id"], set()).add(point.user)
    told: dict[str, set[str]] = {}
    for found in unmeetable_demands(ground):
        assert found.exact
        if people := ground.people.ids(found.users):
            assert found.certain
            told.setdefault(found.policy.id, set()).update(people)
    assert told == expected


@pytest.mark.parametrize(
    ("controls", "conditions", "reasons"),
    [
        (["domainJoinedDevice"], {"platforms": {"includePlatforms": ["iOS"]}}, [("platform",)]),
        (["approvedApplication"], {"platforms": {"includePlatforms": ["windows"]}}, [("platform",)]),
        (["approvedApplication"], {"platforms": {"includePlatforms": ["macOS"]}}, [("platform",)]),
        (["compliantApplication"], {"platforms": {"includePlatforms": ["windows"]}}, []),
        (["compliantDevice"], {"platforms": {"includePlatforms": ["windowsPhone"]}}, [("platform",)]),
        (["compliantDevice", "mfa"], {}, []),
        (["compliantDevice"], {"platforms": {"includePlatforms": ["iOS"]}}, [("device_code_flow",)]),
        (["passwordChange"], {"userRiskLevels": ["high"]}, []),
        (["passwordChange"], {}, [("no_user_risk",)]),
        (["mfa"], {}, []),
    ],
)
def test_documented_limits_of_controls(
    controls: list[str], conditions: dict[str, Any], reasons: list[tuple[str, ...]]
) -> None:
    found = [one.reasons for one in demands(asks(*controls, **conditions))]
    assert [one for one in found if "external_people" not in one] == reasons


def test_hybrid_join_on_phones_blocks_wherever_the_policy_applies() -> None:
    (found,) = demands(asks("domainJoinedDevice", platforms={"includePlatforms": ["iOS", "android"]}))
    assert (found.reasons, found.all_of_it) == (("platform",), True)
    parts = {one.reasons: one.all_of_it for one in demands(asks("domainJoinedDevice"))}
    assert parts == {("device_code_flow",): False, ("platform",): False}


def test_joining_a_device_can_ask_for_mfa_alone() -> None:
    action = {"includeApplications": [], "includeUserActions": ["urn:user:registerdevice"]}
    (found,) = demands(asks("compliantDevice", applications=action))
    assert (found.reasons, found.all_of_it) == (("user_action",), True)
    assert demands(asks("mfa", applications=action)) == []


def test_what_another_policy_blocks_is_left_out() -> None:
    phones = {"platforms": {"includePlatforms": ["iOS"]}}
    flows = {"authenticationFlows": {"transferMethods": "deviceCodeFlow"}}
    made = demands(asks("domainJoinedDevice", **phones), block("b", EVERYONE, **phones), block("c", EVERYONE, **flows))
    assert made == []


def test_external_people_have_their_password_elsewhere() -> None:
    made = tenant(
        asks("mfa", "passwordChange", operator="AND", userRiskLevels=["high"]),
        users=[user("u"), user("g", userType="Guest", userPrincipalName="g_x.example#EXT#@t.example")],
    )
    ground = Ground(made)
    (found,) = unmeetable_demands(ground)
    assert found.reasons == ("external_people",)
    assert ground.people.ids(found.users) == ["g"]


@pytest.mark.parametrize(("combinations", "pairs"), [(["password,sms"], 1), (["fido2", "password,sms"], 0)])
def test_strengths_without_a_common_method_need_two(combinations: list[str], pairs: int) -> None:
    custom = {"id": "s", "displayName": "Custom", "allowedCombinations": combinations}
    made = [
        policy(name, EVERYONE, grantControls={"operator": "OR", "authenticationStrength": strength})
        for name, strength in (("p", custom), ("q", _PHISHING_RESISTANT))
    ]
    ground = Ground(tenant(*made))
    assert len(strength_pairs(ground)) == pairs
    assert unmeetable_demands(ground) == []

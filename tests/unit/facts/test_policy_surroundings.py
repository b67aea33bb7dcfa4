"""Licences of whom policies reach, applications of Private Access, and people without a role at the portals."""

from typing import Any

import pytest
from tests.unit.directory.tenants import AT, GA, assignment, policy, snapshot, user

from tenantlint.facts import compute
from tenantlint.facts.interface import FactContext
from tenantlint.model import CollectionStatus

ALL = {"includeUsers": ["All"]}
GUEST = {"userType": "Guest", "creationType": "Invitation"}
P1 = {"servicePlanId": "plan-1", "servicePlanName": "AAD_PREMIUM", "provisioningStatus": "Success"}
P2 = {"servicePlanId": "plan-2", "servicePlanName": "AAD_PREMIUM_P2", "provisioningStatus": "Success"}


def value(name: str, *policies: dict[str, Any], **more: Any) -> Any:
    more.setdefault("security_defaults", [{"id": "d", "isEnabled": False}])
    context = FactContext(snapshot(conditional_access_policies=list(policies), **more), AT)
    tree: Any = compute([name], context).tree
    for part in name.split("."):
        tree = tree[part]
    return tree


def demanding(identity: str, users: dict[str, Any], *controls: str, session: Any = None, **more: Any) -> dict[str, Any]:
    conditions = {"users": users, "applications": {"includeApplications": ["All"]}, **more}
    grant = {"operator": "OR", "builtInControls": list(controls)}
    return policy(identity, users, conditions=conditions, grantControls=grant, sessionControls=session)


# --- Licences ---------------------------------------------------------------------------------------------------------


def sku(identity: str, seats: int, *plans: dict[str, Any]) -> dict[str, Any]:
    units = {"enabled": seats, "warning": 1, "suspended": 50, "lockedOut": None}
    return {"skuId": identity, "prepaidUnits": units, "servicePlans": list(plans)}


def licensed(identity: str, *skus: str, disabled: tuple[str, ...] = ()) -> dict[str, Any]:
    return user(identity, assignedLicenses=[{"skuId": one, "disabledPlans": list(disabled)} for one in skus])


def test_people_are_counted_against_licences() -> None:
    found = value(
        "premium_licences",
        demanding("all", ALL, "mfa"),
        demanding("risk", {"includeUsers": ["a", "b"]}, "mfa", signInRiskLevels=["high"]),
        users=[
            licensed("a", "E5"),
            licensed("b", "e3"),
            licensed("c", "e5", disabled=("plan-1", "plan-2")),
            user("d", assignedLicenses=None),
            user("off", enabled=False),
            user("g", **GUEST),
        ],
        subscribed_skus=[
            sku("e5", 3, P1, P2),
            sku("e3", 2, P1),
            sku("other", 100),
            sku("odd", 9, {**P1, "provisioningStatus": "Disabled"}),
        ],
    )
    assert (found["entra_p1"]["people"], found["entra_p1"]["seats"]) == (4, 7)
    assert found["entra_p1"]["without"]["names"] == ["User c", "User d"]
    assert (found["entra_p2"]["people"], found["entra_p2"]["seats"]) == (2, 4)
    assert (found["entra_p2"]["without"]["names"], found["entra_p2"]["policies"]) == (["User b"], ["Policy risk"])


def test_what_is_not_told_is_not_counted() -> None:
    found = value("premium_licences", users=CollectionStatus.DENIED, subscribed_skus=CollectionStatus.DENIED)
    assert (found["entra_p1"]["known"], found["entra_p1"]["seats"], found["entra_p1"]["without"]) == (False, None, None)
    found = value("premium_licences", users=[], subscribed_skus=[{"skuId": "e5", "servicePlans": [P1]}])
    assert found["entra_p1"]["seats"] is None
    assert value("premium_licences", users=[], subscribed_skus=[])["entra_p1"]["seats"] == 0


# --- Private Access ---------------------------------------------------------------------------------------------------

APPS = [
    {"id": "1", "appId": "Quick", "displayName": "Quick Access", "tags": ["NetworkAccessQuickAccessApplication"]},
    {"id": "2", "appId": "plant", "displayName": "Plant", "tags": ["PrivateAccessNonWebApplication"]},
    {"id": "3", "appId": "web", "displayName": "Web", "tags": ["WindowsAzureActiveDirectoryIntegratedApp"]},
    {"id": "4", "appId": None, "displayName": None, "tags": None},
]


def test_private_access_needs_all_its_applications_covered() -> None:
    name = "coverage.private_access_managed_device"
    people: dict[str, Any] = {"users": [user("u")], "service_principals": APPS}
    one = demanding("p", ALL, "compliantDevice", applications={"includeApplications": ["plant"]})
    found = value(name, one, **people)
    assert [app["id"] for app in found["applications"]] == ["plant", "Quick"]
    assert (found["answer"]["users_open"], list(found["answer"]["by_application"])) == (1, ["quick"])
    other = demanding("q", ALL, "compliantDevice", applications={"includeApplications": ["quick"]})
    assert value(name, one, other, **people)["answer"]["users_open"] == 0
    assert value(name, one, users=[user("u")], service_principals=APPS[2:]) == {"applications": [], "answer": None}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, [(12, True)]),
        ({"applications": {"includeApplications": ["All"], "excludeApplications": ["quick"]}}, []),
        ({"applications": {"includeApplications": ["plant"]}}, []),
        ({"signInRiskLevels": ["high"]}, []),
        ({"signInRiskLevels": ["none", "high"]}, [(12, True)]),
    ],
)
def test_frequencies_that_cut_quick_access(more: dict[str, Any], expected: list[tuple[int, bool]]) -> None:
    often = {"signInFrequency": {"isEnabled": True, "value": 12, "type": "hours", "frequencyInterval": "timeBased"}}
    found = value("sessions.quick_access", demanding("p", ALL, "mfa", session=often, **more), service_principals=APPS)
    assert [(one["hours"], one["certain"]) for one in found["cutting"]] == expected
    assert [one["name"] for one in found["applications"]] == ["Quick Access"]


def test_a_frequency_that_cannot_be_read_may_cut() -> None:
    odd = {"signInFrequency": {"isEnabled": True, "value": None, "type": None}}
    found = value("sessions.quick_access", demanding("p", ALL, session=odd), service_principals=APPS)
    assert [(one["hours"], one["certain"]) for one in found["cutting"]] == [(None, False)]


# --- Portals ----------------------------------------------------------------------------------------------------------

PORTALS = {"includeApplications": ["MicrosoftAdminPortals", "797f4846-ba00-4fd7-ba43-dac1f8f63013"]}


def test_people_without_a_role_at_the_portals() -> None:
    people: dict[str, Any] = {
        "users": [user("a"), user("e"), user("u"), user("v")],
        "role_assignments": [assignment("a")],
        "role_eligibility_schedule_instances": [assignment("e", GA)],
    }
    name = "coverage.admin_portals_others"
    found = value(name, **people)
    assert (found["users_open"], found["users_total"], found["holders_known"]) == (2, 2, True)
    block = demanding("p", {**ALL, "excludeRoles": [GA], "excludeUsers": ["v"]}, "block", applications=PORTALS)
    assert value(name, block, **people)["open"]["names"] == ["User v"]
    half = demanding("p", ALL, "block", applications={"includeApplications": ["MicrosoftAdminPortals"]})
    assert value(name, half, **people)["users_open"] == 2
    assert value(name, half, users=[user("u")], role_assignments=CollectionStatus.DENIED)["holders_known"] is False

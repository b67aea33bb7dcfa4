from typing import Any

import pytest
from tests.unit.directory.tenants import AT, GA, UA, snapshot

from tenantlint.facts import compute
from tenantlint.facts.interface import FactContext


def review(**given: Any) -> dict[str, Any]:
    made = {"id": "r", "displayName": "Quarterly", "status": "InProgress", **given}
    [found] = compute(["access_reviews"], FactContext(snapshot(access_reviews=[made]), AT)).tree["access_reviews"]
    assert isinstance(found, dict)
    return found


def pattern(kind: str, interval: object = 1) -> dict[str, Any]:
    return {"recurrence": {"pattern": {"type": kind, "interval": interval}}}


def test_roles_are_found_in_every_form_of_scope() -> None:
    by_query = {
        "query": "/roleManagement/directory/roleAssignmentScheduleInstances?$expand=principal&$filter="
        f"(isof(principal,'microsoft.graph.user') and roleDefinitionId eq '{GA.upper()}')"
    }
    by_resource = {
        "principalScopes": [{"query": "/users"}],
        "resourceScopes": [{"query": f"/roleManagement/directory/roleDefinitions/{UA}"}, {"query": None}, "odd"],
    }
    assert review(scope=by_query)["roles"] == [GA]
    assert review(scope=by_resource)["roles"] == [UA]
    assert review(scope=None, instanceEnumerationScope=by_query)["roles"] == [GA]
    assert review(scope={"query": f"/groups/{GA}/transitiveMembers"})["roles"] == []


def test_guests_are_told() -> None:
    assert review(scope={"query": "./members/microsoft.graph.user/?$filter=(userType eq 'Guest')"})["guests"]
    assert not review(scope={"query": "/users"})["guests"]


@pytest.mark.parametrize(
    ("kind", "interval", "months"),
    [
        ("absoluteMonthly", 3, 3),
        ("relativeMonthly", 0, 1),
        ("absoluteYearly", 1, 12),
        ("weekly", 2, 0.47),
        ("daily", None, 0.03),
        ("somethingNew", 1, None),
        (None, 1, None),
    ],
)
def test_the_time_between_two_reviews(kind: Any, interval: object, months: float | None) -> None:
    assert review(settings=pattern(kind, interval))["months"] == months


def test_a_review_without_recurrence_takes_place_once() -> None:
    assert review(settings={"recurrence": None})["months"] is None
    assert review(settings=None)["months"] is None


def test_whether_the_series_goes_on() -> None:
    def until(day: str) -> dict[str, Any]:
        return {"recurrence": {"range": {"type": "endDate", "endDate": day}}}

    assert review()["running"]
    assert review(settings=until("2026-06-02"))["running"]
    assert not review(settings=until("2026-05-31"))["running"]
    assert review(settings={"recurrence": {"range": {"type": "noEnd", "endDate": "0001-01-01"}}})["running"]
    assert not review(status="Completed")["running"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"defaultDecisionEnabled": True, "defaultDecision": "Deny"}, "deny"),
        ({"defaultDecisionEnabled": False, "defaultDecision": "Deny"}, "none"),
        ({"defaultDecision": "Deny"}, None),
        ({"defaultDecisionEnabled": True, "defaultDecision": None}, None),
    ],
)
def test_what_becomes_of_access_on_which_nobody_decides(settings: dict[str, Any], expected: str | None) -> None:
    assert review(settings=settings)["unanswered"] == expected
    assert review(settings={"autoApplyDecisionsEnabled": True})["applies"] is True
    assert review(settings={"autoApplyDecisionsEnabled": "odd"})["applies"] is None

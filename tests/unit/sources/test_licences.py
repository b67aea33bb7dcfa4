from __future__ import annotations

import pytest

from tenantlint.sources.licences import licences_of


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("AAD_PREMIUM", {"entra_p1"}),
        ("AAD_PREMIUM_P2", {"entra_p1", "entra_p2"}),
        ("ATP_ENTERPRISE_GOV", {"defender_office_p1"}),
        ("THREAT_INTELLIGENCE", {"defender_office_p1", "defender_office_p2"}),
        ("EXCHANGE_S_ENTERPRISE_GOV", {"exchange_online"}),
        ("EXCHANGE_S_FOUNDATION", set()),
        ("SHAREPOINTENTERPRISE_GOV", {"sharepoint"}),
        ("SHAREPOINTWAC", set()),
        ("TEAMS1", {"teams"}),
        ("TEAMS_GOV", {"teams"}),
        ("TEAMS_PREMIUM_CUSTOMER", set()),
        ("INTUNE_A", {"intune"}),
        ("M365_ADVANCED_AUDITING", {"audit_premium"}),
        ("ADALLOM_S_STANDALONE", {"defender_cloud_apps"}),
        ("ADALLOM_S_O365", set()),
        ("WHITEBOARD_PLAN3", set()),
    ],
)
def test_a_service_plan_gives_the_licences_that_it_brings(plan: str, expected: set[str]) -> None:
    assert licences_of([plan]) == expected

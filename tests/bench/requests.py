"""Sign-ins of every kind for the tenant of `corpus.baseline`, the same at every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

COUNT = 50_000
_APPLICATIONS = (
    "00000002-0000-0ff1-ce00-000000000000",
    "00000003-0000-0ff1-ce00-000000000000",
    "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    "00000000-0000-4000-9000-000000000001",
)
_CLIENTS = (*("browser", "mobileAppsAndDesktopClients") * 2, "exchangeActiveSync", "other")
_PLATFORMS = ("windows", "windows", "iOS", "android", "macOS", "linux", "unknown")
_DEVICES: tuple[dict[str, Any], ...] = (
    {},
    {"isCompliant": True, "trustType": "AzureAD"},
    {"isCompliant": False, "trustType": "ServerAD"},
    {"isCompliant": False, "trustType": "Workplace"},
)
_RISKS = ("none", "none", "none", "low", "medium", "high")
_COUNTRIES = ("NL", "BE", "DE", "US", "CN")


def bodies(users: int, count: int = COUNT) -> Iterator[dict[str, Any]]:
    """Bodies of Graph's What-If call."""
    draw = random.Random(11).random  # the one method whose sequence Python promises for ever

    def one_of(values: tuple[Any, ...]) -> Any:
        return values[int(draw() * len(values))]

    for _ in range(count):
        yield {
            "signInIdentity": {
                "@odata.type": "#microsoft.graph.userSignIn",
                "userId": f"00000001-0000-4000-8000-{int(draw() * users):012x}",
            },
            "signInContext": {
                "@odata.type": "#microsoft.graph.applicationContext",
                "includeApplications": [one_of(_APPLICATIONS)],
            },
            "signInConditions": {
                "clientAppType": one_of(_CLIENTS),
                "devicePlatform": one_of(_PLATFORMS),
                "deviceInfo": one_of(_DEVICES),
                "ipAddress": f"203.0.{int(draw() * 256)}.{int(draw() * 256)}",
                "country": one_of(_COUNTRIES),
                "signInRiskLevel": one_of(_RISKS),
                "userRiskLevel": one_of(_RISKS),
                "insiderRiskLevel": "none",
                "authenticationFlow": {"transferMethod": "deviceCodeFlow" if draw() < 0.05 else "none"},
            },
        }

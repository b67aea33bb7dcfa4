from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tenantlint.model import Exemption
from tenantlint.sources import Reading
from tenantlint.sources.readers.scubagear.configuration import control_id

Read = Callable[[Any], Reading]


def _exemptions(read_export: Read, configuration: dict[str, Any]) -> dict[str, Exemption]:
    found = read_export({"scuba_config": configuration}).snapshot.exemptions
    assert all(one.imported and not one.owner and one.kind == "accepted_risk" for one in found)
    return {one.id: one for one in found}


def test_excluded_principals_of_a_policy_are_one_exception(read_export: Read) -> None:
    found = _exemptions(
        read_export,
        {
            "aad": {
                "ms.aad.3.2V1": {
                    "capexclusions": {"Users": ["u1", ""], "Groups": ["g1", "u1"], "GuestUserTypes": ["internalGuest"]},
                    "RoleExclusions": {"Users": ["u2"], "Groups": "g2"},
                }
            }
        },
    )
    (one,) = found.values()
    assert one.id == "scuba:MS.AAD.3.2v1"
    assert one.checks == ("scuba:MS.AAD.3.2v1",)
    assert one.principals == ("u1", "g1", "internalGuest", "u2", "g2")
    assert not one.whole_check
    assert "scuba_config" in one.source


def test_excluded_applications_excuse_no_user(read_export: Read) -> None:
    found = _exemptions(read_export, {"Aad": {"MS.AAD.1.1v1": {"CapExclusions": {"Applications": ["Office365"]}}}})
    (one,) = found.values()
    assert one.id == "scuba:MS.AAD.1.1v1:applications"
    assert one.resources == (("application", "Office365"),)
    assert one.principals == ()


def test_forwarding_domains_are_principals(read_export: Read) -> None:
    found = _exemptions(read_export, {"EXO": {"MS.EXO.1.1v2": {"AllowedForwardingDomains": ["example.com"]}}})
    assert found["scuba:MS.EXO.1.1v2:domains"].principals == ("example.com",)


def test_an_omission_covers_the_whole_check_until_it_ends(read_export: Read) -> None:
    found = _exemptions(
        read_export,
        {
            "omitpolicy": {
                "MS.AAD.3.4v1": {"rationale": "Other product.", "expiration": "2026-12-31"},
                "MS.AAD.3.5v1": {"Expiration": "/Date(1798675200000)/"},
                "MS.AAD.3.6v1": None,
            }
        },
    )
    first = found["scuba:MS.AAD.3.4v1:omitted"]
    assert first.whole_check
    assert first.reason == "Other product."
    assert first.expires == date(2026, 12, 31)
    assert found["scuba:MS.AAD.3.5v1:omitted"].expires == date(2026, 12, 31)
    assert found["scuba:MS.AAD.3.6v1:omitted"].expires is None


def test_an_omission_whose_end_cannot_be_read_excuses_nobody(read_export: Read) -> None:
    reading = read_export({"scuba_config": {"OmitPolicy": {"MS.AAD.3.4v1": {"Expiration": "next year"}}}})
    assert reading.snapshot.exemptions == ()
    assert "MS.AAD.3.4v1" in reading.problems[0].problem
    assert "next year" in reading.problems[0].problem


@pytest.mark.parametrize(
    "configuration",
    [
        {"Aad": {"MS.AAD.1.1v1": {"CapExclusions": {"Users": [], "Groups": []}}}},
        {"SecuritySuite": {"MS.SECURITYSUITE.2.1v1": {"SensitiveUsers": ["John;john@contoso.example"]}}},
        {"CapExclusions": {"Users": ["u1"]}, "Aad": None, "OmitPolicy": []},
        {},
    ],
)
def test_settings_that_exclude_nobody_are_no_exceptions(read_export: Read, configuration: dict[str, Any]) -> None:
    assert _exemptions(read_export, configuration) == {}


def test_policy_ids_have_one_spelling() -> None:
    assert control_id(" ms.Aad.1.1V2 ") == "MS.AAD.1.1v2"
    assert control_id("something else") == "something else"

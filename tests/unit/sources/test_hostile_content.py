"""Whatever JSON an export holds, a reader gives a reading or one InputError, never another exception."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tenantlint.errors import InputError
from tenantlint.sources import open_target
from tenantlint.sources.readers.scubagear.keys import TELLING

_WORDS = st.sampled_from(
    [
        *("Id", "id", "DisplayName", "RoleTemplateId", "Assignments", "Rules", "RuleSource", "domain", "rdata", "log"),
        *("AADAdditionalData", "results", "d", "__deferred", "Expiration", "MS.AAD.1.1v1", "CapExclusions", "Users"),
        *("authentication_method_policy", "authentication_method_feature_settings", "ServicePlanName", "value"),
        *("conditions", "Conditions", "state", "State", "users", "includeUsers", "grantControls", "details", "policy"),
        *("AdditionalProperties", "Objects", "TenantId", "Type", "Members", "groupTypes", "servicePlans", "Policy"),
        *("roleDefinition", "roleMemberInfo", "verifiedDomains", "@odata.type", "RoleID", "a/b~c"),
    ]
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "enabled", "x", "/Date(0)/"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=14,
)
_KEYS = st.sampled_from(
    sorted({*TELLING, "tenant_details", "aad_successful_commands", "exo_unsuccessful_commands", "OmitPolicy"})
)
_PLACES = st.sampled_from(
    [
        "Identity/Conditional/AccessPolicies/p/p.json",
        "Organization/Organization.json",
        "DirectoryRoles/r/r.json",
        "DirectoryRoles/r/Members/m/m.json",
        "DirectoryRoles/r/ScopedMembers/m/m.json",
        "PIM/DirectoryRoles/e.json",
        "Groups/g/g.json",
        "Groups/g/Members/m/m.json",
        "SubscribedSkus/s/s.json",
        "Policies/AuthenticationMethodsPolicy/AuthenticationMethodConfigurations/SMS.json",
    ]
)
_quietly = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def _read(path: Path) -> None:
    with contextlib.suppress(InputError):
        reading = open_target(path)
        for collection in reading.snapshot.collections.values():
            assert len(collection.items) == len(collection.origins) or not collection.origins
        for problem in reading.problems:
            assert problem.sentence().startswith(path.as_posix())


@_quietly
@given(st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=4))
@example({"spo_tenant": {"results": None}})
def test_a_scubagear_export_may_hold_anything(tmp_path: Path, export: dict[str, Any]) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(export), encoding="utf-8")
    _read(path)


@_quietly
@given(_VALUES)
def test_a_conditional_access_file_may_hold_anything(tmp_path: Path, value: Any) -> None:
    path = tmp_path / "policy.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    _read(path)


@_quietly
@given(st.dictionaries(_PLACES, _VALUES, min_size=1, max_size=4))
@example({"DirectoryRoles/r/r.json": None, "DirectoryRoles/r/ScopedMembers/m/m.json": {"roleMemberInfo": True}})
@example({"Groups/g/g.json": {"id": "g", "groupTypes": 3}, "SubscribedSkus/s/s.json": {"id": "s", "servicePlans": 3}})
def test_an_entra_export_may_hold_anything(tmp_path_factory: Any, files: dict[str, Any]) -> None:
    root = tmp_path_factory.mktemp("export")
    for place, value in files.items():
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")
    _read(root)

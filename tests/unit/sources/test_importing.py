from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenantlint.errors import InputError
from tenantlint.sources import Reading, open_target
from tenantlint.sources.importing import import_source

Write = Callable[[str, Any], Path]


def _same(source: Reading, native: Reading) -> None:
    before, after = source.snapshot, native.snapshot
    assert after.tenant == before.tenant
    assert after.collected_at == before.collected_at
    assert after.licences == before.licences
    assert after.exemptions == tuple(sorted(before.exemptions, key=lambda one: one.id))
    assert set(after.collections) == set(before.collections)
    for name, collection in before.collections.items():
        again = after.collections[name]
        assert (again.status, again.detail) == (collection.status, collection.detail), name
        assert sorted(map(_text, again.items)) == sorted(map(_text, collection.items)), name
    assert native.problems == ()
    assert after.notices == ()


def _text(item: Any) -> str:
    return json.dumps(item, sort_keys=True)


def test_a_scubagear_export_and_its_native_form_read_the_same(write: Write, tmp_path: Path) -> None:
    export = {
        "timestamp_zulu": "2026-05-04T17:15:48.307Z",
        "tenant_details": {"TenantId": "t1", "DisplayName": "Contoso"},
        "domain_settings": [{"Id": "b.example"}, {"Id": "a.example"}],
        "remote_domains": [],
        "SPO_tenant": [],
        "service_plans": [{"ServicePlanName": "AAD_PREMIUM"}],
        "privileged_users": {"u1": {"DisplayName": "A", "roles": ["Global Administrator"]}},
        "scuba_config": {
            "Aad": {"MS.AAD.3.2v1": {"CapExclusions": {"Users": ["u1"], "Applications": ["Office365"]}}},
            "OmitPolicy": {"MS.AAD.3.4v1": {"Rationale": "Ours.", "Expiration": "2026-12-31"}},
        },
        "exo_successful_commands": ["Get-RemoteDomain"],
    }
    reading = open_target(write("export.json", export))
    import_source(reading, tmp_path / "native")
    native = open_target(tmp_path / "native")
    _same(reading, native)
    assert len(native.snapshot.exemptions) == 3
    assert (tmp_path / "native" / "imported_exceptions.jsonl").is_file()


def test_importing_twice_leaves_no_exception_of_before(write: Write, tmp_path: Path) -> None:
    out = tmp_path / "native"
    with_exclusion = {"scuba_config": {"Aad": {"MS.AAD.3.2v1": {"CapExclusions": {"Users": ["u1"]}}}}}
    import_source(open_target(write("export.json", with_exclusion)), out)
    import_source(open_target(write("export.json", {"scuba_config": {}})), out)
    assert open_target(out).snapshot.exemptions == ()


def test_an_object_against_its_schema_writes_nothing(write: Write, tmp_path: Path) -> None:
    reading = open_target(
        write("export.json", {"remote_domains": [{"DomainName": "*", "AutoForwardEnabled": "perhaps"}]})
    )
    with pytest.raises(InputError, match=r"AutoForwardEnabled.*nothing was written") as caught:
        import_source(reading, tmp_path / "native")
    assert caught.value.line == 5
    assert not (tmp_path / "native").exists()


def test_an_imported_exception_edited_out_of_shape_is_refused(write: Write, tmp_path: Path) -> None:
    out = tmp_path / "native"
    import_source(open_target(write("export.json", {"scuba_config": {"OmitPolicy": {"MS.AAD.3.4v1": {}}}})), out)
    (out / "imported_exceptions.jsonl").write_text(
        '{"id": "x", "kind": "accepted_risk", "checks": [], "expires": "soon"}\n'
    )
    with pytest.raises(InputError, match="this imported exception is not as its schema says") as caught:
        open_target(out)
    assert caught.value.line == 1


@pytest.mark.corpus
@pytest.mark.parametrize(
    "source",
    [
        "scubagear/ProviderSettingsExport.json",
        "conditional-access/j0eyv",
        "conditional-access/filipin/PolicySets/Category structure for AADP1 and AADP2 mixture",
    ],
)
def test_real_exports_and_their_native_form_read_the_same(corpus: Path, tmp_path: Path, source: str) -> None:
    reading = open_target(corpus / source)
    import_source(reading, tmp_path / "native")
    _same(reading, open_target(tmp_path / "native"))

"""Controls of peers: read strictly, held against the checks' mappings, and shown with their answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenantlint.checks import catalog, controls, matrix
from tenantlint.checks.control_faults import FaultKind, faults
from tenantlint.checks.describe import FRAMEWORKS
from tenantlint.checks.library import Library
from tenantlint.errors import InputError
from tenantlint.model import Check, Module, Severity

SCUBA = """\
about = "a baseline"
source = "https://example.org"
as_of = "2026-01-01"

[controls]
"MS.AAD.1.1v1" = { area = "conditional_access", topic = "old protocols" }
"MS.AAD.3.2v2" = { area = "conditional_access", topic = "a second factor", aliases = ["MS.AAD.3.2v1"] }
"MS.AAD.10.1v1" = { area = "audit", topic = "logs" }
"""
MAESTER = """\
about = "a test suite"
source = "https://example.org"
as_of = "2026-01-01"
[controls]
"MT.1001" = { area = "devices", topic = "devices", in_scope = false }
"CISA.MS.AAD.3.2" = { area = "conditional_access", topic = "the same", same_as = "scuba:MS.AAD.3.2v2" }
"CISA.MS.AAD.10.1" = { area = "audit", topic = "logs", same_as = "scuba:MS.AAD.10.1v1" }
"""
LISTED = """\
[scuba]
"MS.AAD.10.1v1" = { kind = "log_source", reason = "Where the logs go is not in the configuration." }
"""
Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    def written(scuba: str = SCUBA, maester: str = MAESTER, listed: str = LISTED) -> Path:
        (tmp_path / "controls").mkdir(exist_ok=True)
        (tmp_path / "controls" / "scuba.toml").write_text(scuba, encoding="utf-8")
        (tmp_path / "controls" / "maester.toml").write_text(maester, encoding="utf-8")
        (tmp_path / "not_covered.toml").write_text(listed, encoding="utf-8")
        return tmp_path

    return written


def check(id_: str, **mappings: Any) -> Check:
    return Check(
        id=id_,
        slug=f"slug_{id_.lower()}",
        title=f"Title of {id_}",
        description="",
        severity=Severity.HIGH,
        service="conditional_access",
        package=f"tenantlint.checks.conditional_access.{id_}",
        path=f"policies/checks/{id_}.rego",
        requires=("users",),
        mappings={key: tuple(told) for key, told in mappings.items()},
    )


def library(*checks: Check) -> Library:
    texts = ("\n".join(f"#   {told}" for ids in one.mappings.values() for told in ids) for one in checks)
    return Library(checks, tuple(Module(one.path, text) for one, text in zip(checks, texts, strict=True)))


ALL = ("scuba", "maester")
COVERING = (check("CA001", scuba=["MS.AAD.1.1v1"]), check("CA002", scuba=["MS.AAD.3.2v1"]))


def test_a_library_that_answers_everything_has_no_fault(folder: Folder) -> None:
    assert list(faults(controls.read(folder()), library(*COVERING), ALL)) == []


def test_an_unanswered_control_is_a_fault_at_its_own_line(folder: Folder) -> None:
    found = list(faults(controls.read(folder()), library(COVERING[1]), ALL))
    assert [(one.kind, one.control, one.file, one.line) for one in found] == [
        (FaultKind.OPEN, "MS.AAD.1.1v1", "policies/controls/scuba.toml", 6)
    ]
    assert "neither mapped nor listed" in found[0].sentence()


def test_a_mapping_to_an_unknown_id_is_a_fault_at_the_mappings_line(folder: Folder) -> None:
    wrong = check("CA003", maester=["MT.1001"], scuba=["MS.AAD.9.9v9"], orca=["whatever"])
    found = list(faults(controls.read(folder()), library(*COVERING, wrong), (*ALL, "orca")))
    assert [(one.kind, one.control, one.file, one.line) for one in found] == [
        (FaultKind.UNKNOWN, "MS.AAD.9.9v9", "policies/checks/CA003.rego", 2)
    ]


def test_a_listed_control_that_is_mapped_as_well_is_a_fault(folder: Folder) -> None:
    both = check("CA003", scuba=["MS.AAD.10.1v1"])
    found = list(faults(controls.read(folder()), library(*COVERING, both), ALL))
    assert [(one.kind, one.file, one.line) for one in found] == [
        (FaultKind.CONTRADICTION, "policies/not_covered.toml", 2)
    ]


def test_rows_tell_the_state_of_every_control(folder: Folder) -> None:
    known = controls.read(folder())
    own = check("X001", scuba=["IN-HOUSE-1"])
    rows = {
        row.id: (row.state.value, [one.id for one in row.checks])
        for name in ALL
        for row in matrix.rows(known, (*COVERING, own), name)
    }
    assert rows == {
        "IN-HOUSE-1": ("covered", ["X001"]),
        "MS.AAD.1.1v1": ("covered", ["CA001"]),
        "MS.AAD.3.2v2": ("covered", ["CA002"]),
        "MS.AAD.10.1v1": ("not_covered", []),
        "MT.1001": ("out_of_scope", []),
        "CISA.MS.AAD.3.2": ("covered", ["CA002"]),
        "CISA.MS.AAD.10.1": ("not_covered", []),
    }


def test_json_and_markdown_say_the_same(folder: Folder) -> None:
    known = controls.read(folder())
    told = matrix.as_json(known, COVERING[1:], ["scuba", "cis_m365"])["frameworks"]
    assert told["scuba"] == {
        "title": "CISA SCuBA",
        "source": {"about": "a baseline", "source": "https://example.org", "as_of": "2026-01-01"},
        "totals": {"covered": 1, "not_covered": 1, "open": 1, "out_of_scope": 0},
        "controls": {"MS.AAD.3.2v2": ["CA002"]},
        "not_covered": {
            "MS.AAD.10.1v1": {"kind": "log_source", "reason": "Where the logs go is not in the configuration."}
        },
        "open": ["MS.AAD.1.1v1"],
        "out_of_scope": [],
    }
    assert told["cis_m365"]["source"] is None
    text = matrix.as_markdown(known, COVERING[1:], ["scuba", "cis_m365"])
    assert "| CISA SCuBA | 3 | 1 | 1 | 1 | 0 | 1 |" in text
    assert "| MS.AAD.1.1v1 | old protocols | **open** |" in text
    assert "| MS.AAD.3.2v2 | a second factor | CA002 Title of CA002 |" in text
    assert "| MS.AAD.10.1v1 | logs | log source: Where the logs go" in text
    assert "## CIS Microsoft" not in text


@pytest.mark.parametrize(
    ("replaced", "sentence"),
    [
        ({"scuba": SCUBA + "oops"}, "policies/controls/scuba.toml:9: is not TOML: "),
        ({"scuba": SCUBA.replace('"audit"', '"audits"')}, "scuba.toml:8: MS.AAD.10.1v1: there is no area `audits`"),
        ({"scuba": SCUBA.replace('topic = "logs"', 'topik = "logs"')}, "scuba.toml:8: MS.AAD.10.1v1: there is no key"),
        ({"scuba": SCUBA.replace('topic = "logs"', 'topic = " "')}, "`topic` is missing or empty"),
        ({"scuba": SCUBA.replace('["MS.AAD.3.2v1"]', '"MS.AAD.3.2v1"')}, "`aliases` is not a list of ids"),
        ({"scuba": SCUBA.replace('["MS.AAD.3.2v1"]', '["MS.AAD.1.1v1"]')}, "scuba.toml:7: `MS.AAD.1.1v1` stands twice"),
        ({"scuba": SCUBA.replace("as_of", "at")}, "scuba.toml:3: there is no key `at`"),
        ({"scuba": 'about = "a"\nsource = "b"\nas_of = "c"\n'}, "`controls` is not a table"),
        (
            {"maester": MAESTER.replace("false", '"no"')},
            "maester.toml:5: MT.1001: `in_scope` is neither true nor false",
        ),
        (
            {"maester": MAESTER.replace("scuba:MS.AAD.3", "scuba:MS.AAX.3")},
            "maester.toml:6: CISA.MS.AAD.3.2: `same_as`",
        ),
        ({"maester": MAESTER.replace("scuba:", "iso:")}, "`same_as` does not name a framework"),
        ({"listed": LISTED.replace("scuba", "iso")}, "not_covered.toml:1: there are no controls of `iso`"),
        ({"listed": LISTED.replace("10.1", "10.2")}, "not_covered.toml:2: `MS.AAD.10.2v1` is no control of scuba"),
        ({"listed": LISTED.replace("log_source", "lazy")}, "there is no kind `lazy`"),
        ({"listed": LISTED.replace("Where the logs go is not in the configuration.", "no")}, "is not a sentence"),
        ({"listed": '[scuba]\n"MS.AAD.10.1v1" = "logs"\n'}, "not_covered.toml:2: MS.AAD.10.1v1: is not a table"),
        ({"listed": "scuba = 1\n"}, "not_covered.toml:1: `scuba` is not a table"),
    ],
)
def test_faults_of_the_files_are_told_with_file_and_line(
    folder: Folder, replaced: dict[str, str], sentence: str
) -> None:
    with pytest.raises(InputError) as told:
        controls.read(folder(**replaced))
    assert sentence in str(told.value)


def test_a_file_of_an_unknown_framework_and_a_missing_list_are_refused(folder: Folder) -> None:
    root = folder()
    (root / "controls" / "iso.toml").write_text(SCUBA, encoding="utf-8")
    with pytest.raises(InputError, match="no framework `iso`"):
        controls.read(root)
    (root / "controls" / "iso.toml").unlink()
    (root / "not_covered.toml").unlink()
    with pytest.raises(InputError, match=r"not_covered\.toml: cannot be read"):
        controls.read(root)


def test_the_shipped_lists_are_whole() -> None:
    known = controls.read()
    counts = {name: len(found) for name, found in known.controls.items()}
    assert counts == {
        "secure_score": 112,
        "scuba": 112,
        "eidsca": 44,
        "orca": 72,
        "maester": 297,
        "prowler": 143,
    }
    assert sum(one.in_scope for one in known.controls["secure_score"].values()) == 98
    assert set(known.controls) <= set(FRAMEWORKS)


def test_no_shipped_mapping_names_an_unknown_control_and_nothing_is_both_listed_and_mapped() -> None:
    found = faults(controls.read(), catalog.load(), matrix.PEERS)
    assert [one.sentence() for one in found if one.kind is not FaultKind.OPEN] == []

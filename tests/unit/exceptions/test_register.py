"""The exception register: what is read, and how a fault is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tenantlint.errors import InputError
from tenantlint.exceptions.register import parse_register, read_register

_GOOD = """format: tenantlint.exceptions/1
exceptions:
  - id: EX-2026-003
    kind: service_account
    checks: [CA001, "CA1*", "scuba:MS.AAD.1.1v1"]
    resources: [{kind: conditionalAccessPolicy, id: abc}]
    principals: [11111111-1111-1111-1111-111111111111]
    reason: The scanner cannot do modern authentication.
    owner: someone@contoso.example
    approved_by: else@contoso.example
    ticket: 1234
    created: 2026-08-01
    expires: 2026-12-31
    max_members: 3
"""


def test_an_entry_is_read_whole() -> None:
    (entry,) = parse_register(_GOOD, file="exceptions.yaml")
    assert entry.checks == ("CA001", "CA1*", "scuba:MS.AAD.1.1v1")
    assert entry.resources == (("conditionalAccessPolicy", "abc"),)
    assert (entry.created, entry.expires) == (date(2026, 8, 1), date(2026, 12, 31))
    assert (entry.ticket, entry.max_members, entry.source) == ("1234", 3, "exceptions.yaml")
    assert not entry.imported


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("expires: 2026-12-31", "expires: 31.12.2026"), "13:14: `31.12.2026` is not a date; write it as 2026-12-31."),
        (("expires: 2026-12-31", "expires: 2026-07-31"), "EX-2026-003 expires before it was created"),
        (("kind: service_account", "kind: because"), "`because` is not one of break_glass, service_account"),
        (("owner:", "ownr:"), "unknown key `ownr`"),
        (('    checks: [CA001, "CA1*", "scuba:MS.AAD.1.1v1"]\n', ""), "EX-2026-003 names no checks"),
        (("    reason: The scanner cannot do modern authentication.\n", ""), "missing `reason`"),
        (("format: tenantlint.exceptions/1", "format: x"), "exceptions.yaml:1:9"),
    ],
)
def test_a_fault_is_one_sentence_with_line_and_column(change: tuple[str, str], sentence: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_register(_GOOD.replace(*change), file="exceptions.yaml")
    assert sentence in str(refusal.value)
    assert str(refusal.value).startswith("exceptions.yaml:")


def test_two_entries_with_one_id_are_refused() -> None:
    twice = _GOOD + _GOOD.split("exceptions:\n", 1)[1]
    with pytest.raises(InputError, match=r"exceptions.yaml:15:9: the id EX-2026-003 stands twice \(also on line 3\)"):
        parse_register(twice, file="exceptions.yaml")


def test_emergency_accounts_need_no_checks() -> None:
    text = "format: tenantlint.exceptions/1\nexceptions:\n  - {id: BG, kind: break_glass, principals: [a], reason: r}\n"
    assert parse_register(text, file="f")[0].kind == "break_glass"


def test_an_empty_or_missing_register_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the register is empty"):
        parse_register("", file="f")
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_register(tmp_path / "exceptions.yaml")

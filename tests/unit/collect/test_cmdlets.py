"""Nothing but the allow-list is ever sent."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.collect import cmdlets
from tenantlint.collect.calls import Service
from tenantlint.collect.catalog import SOURCES
from tenantlint.collect.cmdlets import CMDLETS, ForbiddenCmdletError, allowed, anchor, request
from tenantlint.collect.source import Way
from tenantlint.model import Tenant

LISTED = sorted(CMDLETS)
VERBS = ("Set-", "New-", "Remove-", "Add-", "Enable-", "Disable-", "Invoke-", "Start-", "Update-", "get-", "GET-", "")
TAILS = (
    " ",
    "\n",
    "\t",
    "\x00",
    ";Remove-Mailbox",
    " | Remove-Mailbox",
    "`n",
    "$(whoami)",
    " -Identity x",
    "\u200b",
    ".",
    "-",
)


@st.composite
def disguised(draw: st.DrawFn) -> str:
    """A listed cmdlet that somebody has tampered with."""
    name = draw(st.sampled_from(LISTED))
    noun = name.removeprefix("Get-")
    place = draw(st.integers(0, len(name)))
    return draw(
        st.sampled_from(
            [
                draw(st.sampled_from(VERBS)) + noun,
                name + draw(st.sampled_from(TAILS)),
                draw(st.sampled_from(TAILS)) + name,
                name[:place] + draw(st.characters()) + name[place:],
                name.lower(),
                name.upper(),
                name.swapcase(),
                name.replace("-", draw(st.sampled_from(["\u2010", "\u2011", "\u2013", "\u2212", "_", " "]))),
                name.replace("e", "\u0435"),  # a Cyrillic letter that looks the same
                name.replace("i", "\u0131"),  # casefolds in some languages
                "".join(chr(ord(letter) + 0xFEE0) if letter.isalpha() else letter for letter in name),  # full width
            ]
        )
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.text() | disguised(), st.dictionaries(st.text(), json_values, max_size=3))
def test_whatever_is_not_listed_letter_by_letter_is_refused(name: str, parameters: dict[str, Any]) -> None:
    listed = name in LISTED and parameters in [dict(one) for one in CMDLETS[name]]
    if listed and all(type(value) in {str, bool} for value in parameters.values()):
        return
    assert not allowed(name, parameters)
    with pytest.raises(ForbiddenCmdletError):
        request(name, parameters)


@given(st.sampled_from(LISTED), st.text(), json_values)
def test_a_further_parameter_is_refused(name: str, parameter: str, value: Any) -> None:
    for listed in CMDLETS[name]:
        assert allowed(name, listed)
        if parameter not in listed:
            others = [dict(one) for one in CMDLETS[name]]
            assert {**listed, parameter: value} in others or not allowed(name, {**listed, parameter: value})


@given(st.sampled_from([name for name in LISTED if any(CMDLETS[name])]), json_values)
def test_another_value_of_a_listed_parameter_is_refused(name: str, value: Any) -> None:
    for listed in CMDLETS[name]:
        for parameter in listed:
            tampered = {**listed, parameter: value}
            if type(value) in {str, bool} and tampered in [dict(one) for one in CMDLETS[name]]:
                continue
            assert not allowed(name, tampered)


@pytest.mark.parametrize("odd", [None, 1, b"Get-Mailbox", ["Get-Mailbox"], {"Get-Mailbox": 1}])
def test_what_is_no_text_is_refused(odd: object) -> None:
    assert not allowed(odd, {})
    assert not allowed("Get-AntiPhishPolicy", odd if not isinstance(odd, dict) else [odd])


def test_text_that_only_claims_to_be_equal_is_refused() -> None:
    class Liar(str):
        def __eq__(self, _other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return hash("Get-Mailbox")

    assert not allowed(Liar("Remove-Mailbox"), {})
    assert not allowed("Get-Mailbox", {"ResultSize": Liar("x")})
    assert not allowed("Get-Mailbox", {Liar("Force"): "Unlimited"})


def test_a_truth_value_is_not_one() -> None:
    assert allowed("Get-OutboundConnector", {"ResultSize": "Unlimited", "IsTransportRuleScoped": True})
    assert not allowed("Get-OutboundConnector", {"ResultSize": "Unlimited", "IsTransportRuleScoped": 1})


def test_the_list_holds_cmdlets_that_read_and_nothing_else() -> None:
    assert all(re.fullmatch(r"Get-[A-Za-z0-9]+", name) for name in CMDLETS)
    assert all(CMDLETS[name] for name in CMDLETS)
    assert not {"Get-Credential", "Get-Command", "Get-Content"} & CMDLETS.keys()


def test_the_list_is_what_the_catalogue_collects() -> None:
    assert sorted(source.request for source in SOURCES if source.way is Way.CMDLET) == LISTED


def test_the_list_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        CMDLETS["Remove-Mailbox"] = ()  # type: ignore[index]
    with pytest.raises(TypeError):
        CMDLETS["Get-Mailbox"][0]["Force"] = True  # type: ignore[index]


def test_the_body_is_what_the_gateway_reads() -> None:
    wanted = {"CmdletInput": {"CmdletName": "Get-Mailbox", "Parameters": {"ResultSize": "Unlimited"}}}
    assert json.loads(request("Get-Mailbox", {"ResultSize": "Unlimited"})) == wanted
    empty = {"CmdletInput": {"CmdletName": "Get-TransportConfig", "Parameters": {}}}
    assert json.loads(request("Get-TransportConfig", {})) == empty


def test_the_refusal_repeats_nothing_of_what_was_refused() -> None:
    with pytest.raises(ForbiddenCmdletError) as refused:
        request("Remove-Mailbox secret", {})
    assert "Remove" not in str(refused.value)


def test_no_other_module_builds_a_body() -> None:
    from pathlib import Path

    folder = Path(cmdlets.__file__).parent
    builders = [path.name for path in folder.glob("*.py") if "CmdletInput" in path.read_text(encoding="utf-8")]
    bodies = [
        path.name for path in folder.glob("*.py") if re.search(r"\bbody=(?!None)", path.read_text(encoding="utf-8"))
    ]
    assert builders == ["cmdlets.py"]
    assert bodies == ["exchange.py"]
    assert "body=cmdlets.request(" in (folder / "exchange.py").read_text(encoding="utf-8")


def test_anchors() -> None:
    tenant = Tenant(id="6f1d", initial_domain="contoso.onmicrosoft.com")
    assert anchor(tenant, Service.EXCHANGE).endswith("@6f1d")
    assert (
        anchor(tenant, Service.COMPLIANCE)
        == "UPN:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@contoso.onmicrosoft.com"
    )
    assert anchor(Tenant(id="6f1d"), Service.COMPLIANCE).startswith("APP:")

"""tenantlint.yaml: what it sets, per tenant too, and how it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenantlint import config
from tenantlint.errors import InputError
from tenantlint.model import Check, Parameter, Severity


def _read(tmp_path: Path, text: str) -> config.Config:
    path = tmp_path / "tenantlint.yaml"
    path.write_text(text, encoding="utf-8")
    return config.read(path)


def _check() -> Check:
    return Check(
        id="PA001",
        slug="x",
        title="",
        description="",
        severity=Severity.HIGH,
        service="privileged_access",
        package="p",
        path="p.rego",
        requires=(),
        parameters={"most": Parameter(name="most", type="integer", default=4, meaning="")},
    )


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    read = _read(
        tmp_path,
        "format: tenantlint.config/1\npolicies: [rules]\nregisters: {exceptions: registers/exceptions.yaml}\n",
    )
    assert read.policies == (tmp_path / "rules",)
    assert read.exceptions == tmp_path / "registers/exceptions.yaml"


def test_a_tenant_block_is_laid_over_the_rest_by_id(tmp_path: Path) -> None:
    read = _read(
        tmp_path,
        """format: tenantlint.config/1
fail_on: medium
parameters: {PA001: {most: 3}}
tenants:
  contoso:
    id: 0F0F0F0F-aaaa-bbbb-cccc-000000000001
    fail_on: never
    parameters: {PA001: {most: 9}}
    severities: {PA001: low}
""",
    )
    own = read.for_tenant("0f0f0f0f-AAAA-bbbb-cccc-000000000001")
    assert (own.fail_on, own.parameters["PA001"]["most"], own.severities["PA001"]) == ("never", 9, Severity.LOW)
    other = read.for_tenant("00000000-0000-0000-0000-000000000009")
    assert (other.fail_on, other.parameters["PA001"]["most"], dict(other.severities)) == ("medium", 3, {})
    assert read.for_tenant("").fail_on == "medium"


def test_the_nearest_file_above_is_found(tmp_path: Path) -> None:
    (tmp_path / "tenantlint.yaml").write_text("format: tenantlint.config/1\n")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert config.find(below) == tmp_path / "tenantlint.yaml"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("format: tenantlint.config/9\n", "tenantlint.yaml:1:9"),
        ("format: tenantlint.config/1\nfail-on: high\n", "unknown key `fail-on`"),
        ("format: tenantlint.config/1\nfail_on: sometimes\n", "`sometimes` is not one of critical, high"),
        ("format: tenantlint.config/1\nparameters: {PA009: {most: 1}}\n", "2:21: there is no check PA009"),
        (
            "format: tenantlint.config/1\nparameters: {PA001: {mots: 1}}\n",
            "has no parameter `mots` (it has: most)",
        ),
        (
            "format: tenantlint.config/1\nparameters: {PA001: {most: '1'}}\n",
            "must be of type integer, not '1'",
        ),
        ("format: tenantlint.config/1\nparameters: {PA001: {most: true}}\n", "must be of type integer, not True"),
        ("format: tenantlint.config/1\ntenants: {x: {severities: {CA999: low}}}\n", "there is no check CA999"),
    ],
)
def test_a_fault_is_one_sentence_with_its_place(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(InputError) as refusal:
        _read(tmp_path, text).check_parameters({"PA001": _check()})
    assert sentence in str(refusal.value)
    assert "tenantlint.yaml:" in str(refusal.value)
    assert refusal.value.exit_code == 2


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the configuration cannot be read: No such file"):
        config.read(tmp_path / "none.yaml")


def test_an_empty_file_is_the_defaults(tmp_path: Path) -> None:
    assert _read(tmp_path, "# nothing yet\n").fail_on == "high"


def test_profiles_are_read_and_a_tenant_may_name_another(tmp_path: Path) -> None:
    read = _read(
        tmp_path,
        """format: tenantlint.config/1
profile: house
profiles:
  house: {select: [PA], parameters: {PA001: {most: 3}}}
tenants:
  contoso: {profile: strict}
""",
    )
    assert (read.profile, read.profiles["house"]["select"]) == ("house", ["PA"])
    assert read.for_tenant("CONTOSO").profile == "strict"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("  house: {parameters: {PA001: {least: 1}}}", ":3:39: PA001 has no parameter `least`"),
        ("  house: {parameters: {PA001: {most: many}}}", ":3:38: PA001.most must be of type integer"),
    ],
)
def test_parameters_of_a_profile_are_checked_by_position(tmp_path: Path, line: str, problem: str) -> None:
    read = _read(tmp_path, f"format: tenantlint.config/1\nprofiles:\n{line}\n")
    with pytest.raises(InputError) as told:
        read.check_parameters({"PA001": _check()})
    assert problem in str(told.value)


def test_a_profile_named_like_a_shipped_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="scuba"):
        _read(tmp_path, "format: tenantlint.config/1\nprofiles:\n  scuba: {select: [CA]}\n")

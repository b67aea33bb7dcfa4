"""Profiles: which checks each takes, at which thresholds, and what wins over what."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tenantlint import config as configuration
from tenantlint import shipped
from tenantlint.checks import catalog, profiles
from tenantlint.checks.library import Library
from tenantlint.config import Config
from tenantlint.errors import UsageError
from tenantlint.model import Check, Severity


def check(id_: str, *tags: str, **mappings: tuple[str, ...]) -> Check:
    return Check(
        id=id_,
        slug=id_.lower(),
        title=id_,
        description="",
        severity=Severity.HIGH,
        service="exchange",
        package="p",
        path=f"{id_}.rego",
        requires=("users",),
        tags=tags,
        mappings=mappings,
    )


LIBRARY = Library(
    (
        check("CA001", scuba=("MS.AAD.1.1v1",)),
        check("CA002", "strict"),
        check("EX001", "strict", scuba=("MS.EXO.4.4v1",), eidsca=("AP04",)),
        check("EX002", "peer-only", scuba=("MS.EXO.4.3v1",)),
        check("X001"),
    ),
    (),
)


def ids(config: Config) -> list[str]:
    return [one.id for one in profiles.chosen(LIBRARY, config)]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("", ["CA001", "X001"]),
        ("baseline", ["CA001", "X001"]),
        ("strict", ["CA001", "CA002", "EX001", "X001"]),
        ("scuba", ["CA001", "EX001", "EX002"]),
        ("eidsca", ["EX001"]),
    ],
)
def test_tags_and_mappings_decide_what_a_profile_holds(name: str, wanted: list[str]) -> None:
    assert ids(Config(profile=name)) == wanted


@pytest.mark.parametrize(
    ("config", "wanted", "named"),
    [
        (Config(select=("EX002",)), ["EX002"], None),
        (Config(select=("EX",), ignore=("EX001",)), ["EX002"], None),
        (Config(ignore=("X001",)), ["CA001"], "baseline"),
        (Config(profile="scuba", select=("EX",)), ["EX001", "EX002"], "scuba"),
        (Config(profile="scuba", ignore=("EX",)), ["CA001"], "scuba"),
    ],
)
def test_select_chooses_in_a_named_profile_and_else_among_all(
    config: Config, wanted: list[str], named: str | None
) -> None:
    used = profiles.used(config)
    assert (ids(config), used.name if used else None) == (wanted, named)


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({}, ["CA001", "X001"]),
        ({"ignore": ["X001"]}, ["CA001"]),
        ({"select": ["profile:eidsca", "CA002"]}, ["CA002", "EX001"]),
        ({"select": ["profile:scuba"], "ignore": ["tag:strict"]}, ["CA001", "EX002"]),
    ],
)
def test_a_profile_of_the_users_own(told: dict[str, list[str]], wanted: list[str]) -> None:
    assert ids(Config(profile="house", profiles={"house": told})) == wanted


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        (Config(profile="scubba", profiles={"house": {}}), "there is no profile `scubba`; there are baseline, strict"),
        (Config(profile="house", profiles={"house": {"select": ["EX9"]}}), "no check is selected by `EX9`"),
        (Config(profile="house", profiles={"house": {"select": ["profile:iso"]}}), "the profile `house` names"),
        (Config(profile="eidsca", select=("CA",)), "the profile `eidsca` has no check that `CA` selects"),
    ],
)
def test_what_names_nothing_is_refused(config: Config, sentence: str) -> None:
    with pytest.raises(UsageError) as told:
        ids(config)
    assert sentence in str(told.value)


def test_the_users_parameters_win_over_the_profiles() -> None:
    config = Config(
        profile="scuba", parameters={"PA001": {"min_global_admins": 3}, "CA009": {"required": "remediation"}}
    )
    merged = profiles.parameters(config)
    assert merged["PA001"] == {"max_global_admins": 8, "min_global_admins": 3}
    assert merged["CA009"] == {"required": "remediation"}
    assert profiles.parameters(replace(config, profile="")) == config.parameters


def test_every_shipped_parameter_exists_and_fits() -> None:
    checks = {one.id: one for one in catalog.load().checks}
    for profile in profiles.read().values():
        assert profile.about
        Config(parameters=profile.parameters).check_parameters(checks)


def test_a_shipped_profile_sets_parameters_only_of_its_own_checks() -> None:
    library = catalog.load()
    for profile in profiles.read().values():
        assert set(profile.parameters) <= {one.id for one in profile.checks(library)}


def test_no_profile_of_a_user_may_have_the_name_of_a_shipped_one() -> None:
    refused = configuration.schema()["properties"]["profiles"]["propertyNames"]["not"]["enum"]
    assert sorted(refused) == sorted(profiles.read())


def test_the_report_schema_knows_the_profile() -> None:
    path = shipped.policies() / "schemas" / "report.json"
    assert "profile" in json.loads(path.read_text(encoding="utf-8"))["properties"]

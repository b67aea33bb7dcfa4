"""Profiles: named sets of checks with their thresholds, shipped (policies/profiles.toml) and the user's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tenantlint import shipped
from tenantlint.checks.library import Library
from tenantlint.checks.selection import matching, select
from tenantlint.config import Config
from tenantlint.errors import UsageError
from tenantlint.model import Check

DEFAULT = "baseline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A named set of checks. `select`: empty means every check. `parameters`: by check id, then by name.

    `own`: it stands in tenantlint.yaml, so that a selector in it that fits no check is a mistake to tell.
    """

    name: str
    about: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    own: bool = False

    def checks(self, library: Library) -> tuple[Check, ...]:
        """The checks of the profile, in order of id. Raises UsageError for an own selector that fits no check."""
        wanted = {check.id for one in self.select for check in self._named(library, one)}
        unwanted = {check.id for one in self.ignore for check in self._named(library, one)}
        return tuple(
            check for check in library.checks if (not self.select or check.id in wanted) and check.id not in unwanted
        )

    def _named(self, library: Library, selector: str) -> tuple[Check, ...]:
        """What one selector names: as everywhere, or `profile:NAME` for the checks of a shipped profile."""
        kind, _, name = selector.partition(":")
        if kind != "profile":
            return matching(library, selector, strict=self.own)
        known = read()
        if name not in known:
            raise UsageError(f"the profile `{self.name}` names `{selector}`; there are {', '.join(known)}.")
        return known[name].checks(library)


def read(policies_dir: Path | None = None) -> dict[str, Profile]:
    """The shipped profiles by name."""
    import tomllib

    text = ((policies_dir or shipped.policies()) / "profiles.toml").read_text(encoding="utf-8")
    return {name: _profile(name, told, own=False) for name, told in tomllib.loads(text).items()}


def find(name: str, config: Config) -> Profile:
    """The profile with this name, shipped or the user's own. Raises UsageError that lists them all.

    An own profile without `select` takes the checks of the baseline.
    """
    known = read()
    if name in config.profiles:
        told = config.profiles[name]
        return _profile(name, {**told, "select": told.get("select") or [f"profile:{DEFAULT}"]}, own=True)
    if name not in known:
        raise UsageError(f"there is no profile `{name}`; there are {', '.join([*known, *config.profiles])}.")
    return known[name]


def used(config: Config) -> Profile | None:
    """The profile that a run with these settings takes; None where `select` alone decides.

    Without a profile that anybody named, a `select` chooses among all checks, and otherwise the baseline applies.
    """
    if config.profile:
        return find(config.profile, config)
    return None if config.select else find(DEFAULT, config)


def chosen(library: Library, config: Config) -> tuple[Check, ...]:
    """The checks of a run, in order of id: those of the profile that `select` names, without those of `ignore`.

    Raises UsageError for an unknown profile or selector, and when the profile has none of the checks selected.
    """
    profile = used(config)
    named = select(library, config.select, config.ignore)
    if profile is None:
        return named
    members = {check.id for check in profile.checks(library)}
    found = tuple(check for check in named if check.id in members)
    if config.select and not found:
        selectors = ", ".join(config.select)
        raise UsageError(f"the profile `{profile.name}` has no check that `{selectors}` selects; name another profile.")
    return found


def parameters(config: Config) -> Mapping[str, Mapping[str, Any]]:
    """The parameters of a run: the profile's, and over them what tenantlint.yaml sets."""
    profile = used(config)
    merged = {name: dict(values) for name, values in (profile.parameters if profile else {}).items()}
    for name, values in config.parameters.items():
        merged[name] = {**merged.get(name, {}), **values}
    return merged


def _profile(name: str, told: Mapping[str, Any], *, own: bool) -> Profile:
    return Profile(
        name=name,
        about=told.get("about", ""),
        select=_texts(told.get("select", ())),
        ignore=_texts(told.get("ignore", ())),
        parameters=told.get("parameters", {}),
        own=own,
    )


def _texts(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(words)

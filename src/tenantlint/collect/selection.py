"""Which sources a run is asked for."""

from __future__ import annotations

from collections.abc import Collection

from tenantlint.collect.catalog import AREAS, SOURCES
from tenantlint.collect.source import Source
from tenantlint.errors import UsageError

# Whose tenant it is, and what it is licensed for: every run reads these, unless they are left out by name.
ALWAYS = ("organization", "licences")


def chosen(
    include: Collection[str] = (),
    exclude: Collection[str] = (),
    *,
    sharepoint_admin: bool = False,
    sign_ins: bool = False,
    changes: bool = False,
    dns: bool = True,
) -> tuple[Source, ...]:
    """The sources asked for, in the order of the catalogue.

    `include`: areas (none: all of them); `exclude`: areas taken out again. Raises UsageError for an unknown area, and
    when nothing is left.
    """
    for area in (*include, *exclude):
        if area not in AREAS:
            raise UsageError(f"There is no area `{area}`; the areas are {', '.join(AREAS)}.")
    asked = set(include or AREAS) | set(ALWAYS)
    for area, asked_for in (("sign-ins", sign_ins), ("changes", changes)):
        if area in include and not asked_for:
            raise UsageError(f"The area `{area}` needs `--{area} DAYS`.")
    asked -= set(exclude)
    if not dns:
        asked.discard("dns")
    opted = {"--sharepoint-admin": sharepoint_admin, "--sign-ins": sign_ins, "--changes": changes}
    found = tuple(source for source in SOURCES if source.area in asked and opted.get(source.opt_in, True))
    if not found:
        raise UsageError("Nothing is left to collect: `--exclude` takes out every area.")
    return found

"""What is missing from a snapshot, and what that means for the checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tenantlint.collect.catalog import SOURCES
from tenantlint.model import CollectionStatus, JsonObject


@dataclass(frozen=True, slots=True)
class Gap:
    """A collection that is not whole. `not_evaluated`: checks without a verdict (not applicable where the tenant lacks
    the licence); `less_exact`: checks whose verdict stands but says less. Both sorted.
    """

    area: str
    collection: str
    status: CollectionStatus
    detail: str
    not_evaluated: tuple[str, ...]
    less_exact: tuple[str, ...]

    def as_json(self) -> JsonObject:
        """For output as data."""
        return {
            "area": self.area,
            "collection": self.collection,
            "status": self.status.value,
            "detail": self.detail,
            "not_evaluated": list(self.not_evaluated),
            "less_exact": list(self.less_exact),
        }


def gaps(
    ended: Mapping[str, tuple[CollectionStatus, str]],
    requires: Mapping[str, Sequence[str]],
    refines: Mapping[str, Sequence[str]],
) -> tuple[Gap, ...]:
    """The gaps, in the order of the catalogue.

    `ended`: by collection its status and detail. `requires`: by check what its metadata requires; an entry `a|b` is
    met when either is there. `refines`: by check what refines it.
    """
    whole = {name for name, (status, _) in ended.items() if status is CollectionStatus.OK}
    order = {source.collection: (number, source.area) for number, source in enumerate(SOURCES)}
    found = []
    for name, (status, detail) in ended.items():
        if status is CollectionStatus.OK:
            continue
        unjudged = {check for check, needs in requires.items() if any(_is_lost(need, name, whole) for need in needs)}
        # Another gap may take the verdict away: then nothing is left that could be less exact.
        judged = {
            check for check, needs in requires.items() if all(not whole.isdisjoint(need.split("|")) for need in needs)
        }
        vaguer = {check for check, helps in refines.items() if check in judged and _is_named(helps, name)}
        area = order.get(name, (len(order), ""))[1]
        found.append(Gap(area, name, status, detail, tuple(sorted(unjudged)), tuple(sorted(vaguer - unjudged))))
    return tuple(sorted(found, key=lambda gap: (order.get(gap.collection, (len(order), ""))[0], gap.collection)))


def _is_lost(need: str, name: str, whole: set[str]) -> bool:
    alternatives = need.split("|")
    return name in alternatives and whole.isdisjoint(alternatives)


def _is_named(helps: Sequence[str], name: str) -> bool:
    return any(name in help_.split("|") for help_ in helps)


def by_reason(found: Sequence[Gap]) -> tuple[tuple[CollectionStatus, str, tuple[Gap, ...]], ...]:
    """Gaps with the same status and detail together, in the order of the first of each: a table says it once."""
    grouped: dict[tuple[CollectionStatus, str], list[Gap]] = {}
    for gap in found:
        grouped.setdefault((gap.status, gap.detail), []).append(gap)
    return tuple((status, detail, tuple(members)) for (status, detail), members in grouped.items())

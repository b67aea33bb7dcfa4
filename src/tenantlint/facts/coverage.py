"""The facts `coverage.QUESTION`: who can sign in how without what a question asks for, over all policies together.

```
{"question", "words", "exact": bool, "caveats": [], "depends_on": [],
 "users_open": n, "users_depends": n, "users_total": n,       # enabled accounts, emergency accounts not counted
 "users_known": bool,                      # whether the snapshot lists all users
 "open": PEOPLE, "depends": PEOPLE,        # with a certainly open region; with only such as depend on something
 "emergency": PEOPLE,                      # emergency accounts that are open
 "regions": [{"label", "certainty", "depends_on": [], "users": PEOPLE, "applications": [], "platforms": [],
              "near_misses": [], "witness": {}}],
 "regions_more": n,
 "by_application": {ID: {"open": PEOPLE, "depends": PEOPLE}}, "by_platform": {...}}
PEOPLE: {"count", "names": [a few], "without_account": [words for people with no account here], "population"}
```

Regions do not overlap; the widest come first. `by_application` and `by_platform` tell of those with anything open.
The answers are exact: module conditional_access.coverage. facts/answers.py lists the questions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from tenantlint.conditional_access.coverage import Coverage
from tenantlint.conditional_access.describe import Description
from tenantlint.conditional_access.policy import PLATFORMS
from tenantlint.conditional_access.regions import Open
from tenantlint.conditional_access.universe import DIMENSIONS, UNKNOWN_PLATFORM
from tenantlint.facts.answers import QUESTIONS, Asked, answer, hangs_on
from tenantlint.facts.crowd import Crowd
from tenantlint.facts.interface import CONDITIONAL_ACCESS, Fact, FactContext
from tenantlint.facts.region_words import Words

REGIONS = 6
_PLATFORM = DIMENSIONS.index("platforms")
_PLATFORMS = (*PLATFORMS, UNKNOWN_PLATFORM)
READS = (*CONDITIONAL_ACCESS, "service_principals")


def compute(name: str, context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    found = answer(context, name)
    return told(context, QUESTIONS[name], found, crowd_of(context, found))


def told(context: FactContext, asked: Asked, found: Coverage, crowd: Crowd) -> dict[str, Any]:
    """An answer as the module describes it; it must be kept in `context.shared`."""
    about = crowd.about(asked.about)
    split = partial(_split, found, crowd, about, certain_is_known=not hangs_on(context, asked.question))
    return {
        **described(context, asked, found, crowd, about),
        "by_application": split(0, found.space.applications),
        "by_platform": split(_PLATFORM, _PLATFORMS),
    }


def crowd_of(context: FactContext, found: Coverage) -> Crowd:
    """The people of an answer; answers over the same people share them."""
    crowds: dict[int, Crowd] = context.shared.setdefault((__name__, "crowds"), {})
    if id(found.people) not in crowds:
        crowds[id(found.people)] = Crowd(context, found.people, str(len(crowds)))
    return crowds[id(found.people)]


def described(context: FactContext, asked: Asked, found: Coverage, crowd: Crowd, about: int) -> dict[str, Any]:
    """An answer as rules see it, narrowed to the classes in `about`."""
    hanging = hangs_on(context, asked.question)
    certain = 0 if hanging else found.open_users
    depends = (found.open_users | found.depends_users) & ~certain
    regions = _regions(found, Words(found), about, certain_is_known=not hanging)
    description = description_of(context, found) if regions else None
    return {
        "question": asked.question.value,
        "words": asked.words,
        "exact": found.exact,
        "caveats": list(found.caveats),
        "depends_on": sorted({*hanging, *unknowns(description, depends & about)}),
        "users_open": found.people.counted(certain & about),
        "users_depends": found.people.counted(depends & about),
        "users_total": found.people.counted(about),
        "users_known": found.people.known,
        "open": crowd.told(certain & about),
        "depends": crowd.told(depends & about),
        "emergency": crowd.told((certain | depends) & crowd.emergency),
        "regions": [_told(description, crowd, *region) for region in regions[:REGIONS] if description],
        "regions_more": max(0, len(regions) - REGIONS),
    }


def description_of(context: FactContext, found: Coverage) -> Description:
    """The words for an answer, made once."""
    made: dict[int, Description] = context.shared.setdefault((__name__, "descriptions"), {})
    if id(found) not in made:
        made[id(found)] = Description(found)
    return made[id(found)]


def _regions(found: Coverage, words: Words, about: int, *, certain_is_known: bool) -> list[tuple[str, Open]]:
    """The regions of these people with their labels, the widest first; those with one label are one."""
    together: dict[tuple[str, bool], Open] = {}
    for one in found.regions:
        if one.users & about:
            certain = one.certain and certain_is_known
            label = words.label(one.masks)
            before = together.get((label, certain))
            users = one.users & about | (before.users if before else 0)
            together[label, certain] = replace(before or one, users=users, certain=certain)
    count = found.people.counted
    return [
        (label, one)
        for (label, _), one in sorted(
            together.items(), key=lambda item: (not item[1].certain, -count(item[1].users), len(item[0][0]), item[0])
        )
    ]


def _told(description: Description, crowd: Crowd, label: str, region: Open) -> dict[str, Any]:
    told = description.without_users(region)
    return {
        "label": label,
        "users": crowd.told(region.users),
        **{name: told[name] for name in ("certainty", "depends_on", "applications", "platforms")},
        **{name: told[name] for name in ("near_misses", "witness")},
    }


def unknowns(description: Description | None, users: int) -> set[str]:
    """What the regions that are not certain hang on, as far as these people are concerned."""
    if description is None or not users:
        return set()
    return {
        word
        for one in description.coverage.regions
        if not one.certain and one.users & users
        for word in description.depends_on(replace(one, users=one.users & users))
    }


def _split(
    found: Coverage, crowd: Crowd, about: int, dimension: int, atoms: tuple[str, ...], *, certain_is_known: bool
) -> dict[str, Any]:
    """For each atom of a dimension with anything open, who is open there."""
    full = [(1 << size) - 1 for size in found.space.sizes]
    told = {}
    for at, atom in enumerate(atoms):
        certain, depends = found.open_within([*full[:dimension], 1 << at, *full[dimension + 1 :]])
        if not certain_is_known:
            certain, depends = 0, certain | depends
        if (certain | depends) & about:
            told[atom] = {"open": crowd.told(certain & about), "depends": crowd.told(depends & about)}
    return told


def _fact(name: str) -> Fact:
    made: Callable[[FactContext], Mapping[str, Any]] = partial(compute, name)
    return Fact(f"coverage.{name}", READS, made)


FACTS = tuple(_fact(name) for name in QUESTIONS)

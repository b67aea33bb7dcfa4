"""The answer by slices of applications, for policies that are too hard to walk together.

Together they may cost as much as the whole might have. A slice that is too hard even so is bounded from above by the
plainest policies: more may look open there than is, nothing that is open is missing, and none of it is certain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tenantlint.conditional_access.applications import names
from tenantlint.conditional_access.universe import Universe
from tenantlint.conditional_access.walk import Box, Budget, Diagram, Residuals, TooHardError, Wanted, walk

_WHOLE = "The policies are too many to walk together: the answer was made application by application."
_MOST_NAMED = 5
# A plain policy has a condition in so many dimensions besides applications, a bounded slice at most so many states.
_PLAIN = 1
# A slice may cost one of so many parts of what is left: rather a few slices exactly than none.
_PARTS = 8
_BOUNDED_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Slices:
    """`unexamined`: a bit set over the applications whose slices are only bounded."""

    diagrams: tuple[Diagram, ...]
    unexamined: int = 0
    caveats: tuple[str, ...] = ()


def sliced(
    space: Universe,
    boxes: Sequence[Box],
    bounds: Sequence[Box],
    residuals: tuple[Residuals, Residuals],
    limit: int,
    *,
    notes: int = 0,
    idle: Wanted | None = None,
) -> Slices:
    """One walk for each application. `bounds`: boxes that take away what the question is not about. `residuals`:
    from what a walk starts, and from what a bounded one does, so that nothing there is certain. `notes` and `idle` are
    the walk's.
    """
    start, unsure = residuals
    budget = Budget(limit)
    diagrams: list[Diagram | None] = []
    unexamined = 0
    # The application that stands for all others is the last one, and the one that tells most.
    for at in range(len(space.applications) - 1, -1, -1):
        fence = [*_fence(space, start, at), *_of_slice(space, bounds, at)]
        own = _of_slice(space, boxes, at)
        with budget.share(_PARTS) as share:
            try:
                diagrams.append(walk(space.sizes, [*fence, *own], start, share, notes=notes, idle=idle))
            except TooHardError:
                unexamined |= 1 << at
                diagrams.append(_bounded(space, fence, own, unsure, notes))
    caveats = [_WHOLE]
    if unexamined:
        caveats.append(_told(space, unexamined))
    return Slices(tuple(one for one in diagrams if one is not None), unexamined, tuple(caveats))


def _fence(space: Universe, start: Residuals, at: int) -> list[Box]:
    """What takes away every other application."""
    full = tuple((1 << size) - 1 for size in space.sizes)
    if full[0] == 1 << at:
        return []
    everybody = 0
    for one in start:
        everybody |= one
    return [Box((full[0] & ~(1 << at), *full[1:]), everybody, (1 << len(start)) - 1)]


def _of_slice(space: Universe, boxes: Sequence[Box], at: int) -> list[Box]:
    """The boxes that hold the application, with no condition on applications."""
    every = (1 << space.sizes[0]) - 1
    return [Box((every, *box.masks[1:]), box.users, box.clears, box.differs) for box in boxes if box.masks[0] >> at & 1]


def _bounded(
    space: Universe, fence: Sequence[Box], boxes: Sequence[Box], unsure: Residuals, notes: int
) -> Diagram | None:
    """The same from the plain boxes alone; from none when these are too hard as well."""
    plain = [box for box in boxes if _conditions(space, box) <= _PLAIN]
    try:
        return walk(space.sizes, [*fence, *plain], unsure, _BOUNDED_LIMIT, notes=notes)
    except TooHardError:
        return walk(space.sizes, fence, unsure, notes=notes)


def _conditions(space: Universe, box: Box) -> int:
    return sum(mask != (1 << size) - 1 for mask, size in zip(box.masks[1:], space.sizes[1:], strict=True))


def _told(space: Universe, unexamined: int) -> str:
    left = [name for at, name in enumerate(space.applications) if unexamined >> at & 1]
    shown = [names().get(one, one) for one in left[:_MOST_NAMED]]
    more = f" and {len(left) - _MOST_NAMED} more" if len(left) > _MOST_NAMED else ""
    return (
        f"Not answered within the limit: {', '.join(shown)}{more}. What is given as open there may be covered; "
        "nothing that is open there is missing."
    )

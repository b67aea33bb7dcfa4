"""Which points of a product of finite sets lie in no box: exact, without visiting the points.

The dimensions are walked one after the other. What is left to decide after some of them is the set of boxes that
still hold the point and the people whom no finished box has taken; points with the same rest are one state, so that
the walk is a decision diagram. People come last, as bit sets over classes, so that per-policy exclusions do not
multiply the states. The problem is coNP-hard in general: a limit on the states, weighed by the people that they
hold, bounds time and memory. It counts operations and never looks at a clock, so that the same policies always get
the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tenantlint.conditional_access.budget import DEFAULT_LIMIT, Budget, TooHardError
from tenantlint.conditional_access.diagram import Diagram, Region, Residuals, Wanted

__all__ = [
    "DEFAULT_LIMIT",
    "Box",
    "Budget",
    "Diagram",
    "Region",
    "Residuals",
    "TooHardError",
    "Wanted",
    "nobody_left",
    "walk",
]

# What a state costs in any case, in operations of about a microsecond, and for how many people a set counts as one
# more operation.
_STATE = 8
_PEOPLE = 8_192
# The sets of people that are held at once may have so many bits in all (64 MB).
_HELD = 1 << 29


@dataclass(frozen=True, slots=True)
class Box:
    """`masks`: a bit set over the atoms of each dimension. `users`: a bit set over the classes of people.

    `clears`: a bit set over the residuals from which the box takes its users away. `differs`: it does not do
    the same to both sides of a comparison.
    """

    masks: tuple[int, ...]
    users: int
    clears: int
    differs: bool = False


def walk(
    sizes: Sequence[int],
    boxes: Sequence[Box],
    residuals: Residuals,
    limit: int | Budget = DEFAULT_LIMIT,
    *,
    notes: int = 0,
    idle: Wanted | None = None,
) -> Diagram | None:
    """The points at which a residual keeps somebody; None when there is no such point.

    `sizes`: the number of atoms of each dimension. `residuals`: whom each starts with. `limit`: how many states of
    common size it may have. `notes`: how many of the last residuals only take note of something about people whom
    another residual keeps. `idle`: of which residuals nothing comes where no box that differs is left; these points
    are left out. Raises TooHardError.
    """
    return _Walk(sizes, boxes, residuals, limit, notes=notes, idle=idle).diagram()


def nobody_left(
    sizes: Sequence[int], boxes: Sequence[Box], residuals: Residuals, limit: int | Budget = DEFAULT_LIMIT
) -> bool:
    """Whether no residual keeps anybody anywhere: `walk` without the diagram, which ends at the first point.

    Raises TooHardError.
    """
    try:
        return _Walk(sizes, boxes, residuals, limit, first=True).diagram() is None
    except _PointFoundError:
        return False


class _PointFoundError(Exception):
    """Somebody is left somewhere, which is all that was asked."""


class _Walk:
    """One walk. Distinct residuals have numbers, so that states are compared by numbers."""

    def __init__(
        self,
        sizes: Sequence[int],
        boxes: Sequence[Box],
        residuals: Residuals,
        limit: int | Budget,
        *,
        notes: int = 0,
        idle: Wanted | None = None,
        first: bool = False,
    ) -> None:
        self._spend = (limit if isinstance(limit, Budget) else Budget(limit)).spend
        full = tuple((1 << size) - 1 for size in sizes)
        boxes = [box for box in boxes if box.users and all(box.masks)]
        self._live = len(residuals) - notes
        self._order = _order(full, boxes)
        self._users = [box.users for box in boxes]
        self._targets = [tuple(r for r in range(len(residuals)) if box.clears >> r & 1) for box in boxes]
        # Boxes that no dimension from this level on constrains: they can be applied.
        self._finished = [0] * (len(full) + 1)
        for index, box in enumerate(boxes):
            last = max((level for level, d in enumerate(self._order) if box.masks[d] != full[d]), default=-1)
            self._finished[last + 1] |= 1 << index
        self._columns = [_columns(full[d], d, boxes) for d in self._order]
        self._nodes: list[tuple[tuple[int, int], ...]] = []
        self._node_of: dict[tuple[tuple[int, int], ...], int] = {}
        self._terminals: list[Residuals] = []
        self._terminal_of: dict[int, int] = {}
        self._known: list[dict[tuple[int, int], int | None]] = [{} for _ in full]
        self._states = 0
        self._weight = 1 + max((one.bit_length() for one in residuals), default=0) // _PEOPLE
        self._bits = 0
        self._sets: dict[int, int] = {}
        self._residuals: list[Residuals] = []
        self._number_of: dict[Residuals, int] = {}
        # For each residual the boxes of which it is known whether they take somebody from it, and those that do.
        self._tried: list[int] = []
        self._useful: list[int] = []
        self._after: dict[tuple[int, int], int] = {}
        self._all = (1 << len(boxes)) - 1
        self._differing = sum(1 << index for index, box in enumerate(boxes) if box.differs)
        self._idle = idle
        self._first = first
        self._idles: dict[int, bool] = {}
        self._start = self._number(residuals)

    def diagram(self) -> Diagram | None:
        if not self._someone(self._residuals[self._start]):
            return None
        root = self._build(0, *self._settled(0, self._effective(self._start, self._all), self._start))
        if root is None:
            return None
        return Diagram(tuple(self._order), tuple(self._nodes), tuple(self._terminals), root, self._states)

    def _someone(self, residuals: Residuals) -> bool:
        return any(residuals[: self._live])

    def _is_idle(self, idle: Wanted, residual: int) -> bool:
        found = self._idles.get(residual)
        if found is None:
            found = self._idles[residual] = idle(self._residuals[residual])
        return found

    def _settled(self, level: int, alive: int, residual: int) -> tuple[int, int]:
        """Apply the boxes that nothing below constrains; forget those that can take nobody any more."""
        done = alive & self._finished[level]
        if not done:
            return alive, residual
        key = (residual, done)
        after = self._after.get(key)
        if after is None:
            after = self._after[key] = self._applied(residual, done)
        return self._effective(after, alive ^ done), after

    def _applied(self, residual: int, done: int) -> int:
        """What the boxes leave of the residual."""
        left = list(self._residuals[residual])
        self._spend(done.bit_count() * len(left) * self._weight)
        for index in _indexes(done):
            for target in self._targets[index]:
                left[target] &= ~self._users[index]
        kept = 0
        for one in left[: self._live]:
            kept |= one
        after = (*left[: self._live], *(note & kept for note in left[self._live :]))
        return self._number(after)

    def _number(self, residuals: Residuals) -> int:
        known = self._number_of.get(residuals)
        if known is not None:
            return known
        for one in residuals:
            if one not in self._sets:
                self._sets[one] = one
                self._bits += one.bit_length()
        if self._bits > _HELD:
            raise TooHardError
        held = tuple(self._sets[one] for one in residuals)
        number = self._number_of[held] = len(self._residuals)
        self._residuals.append(held)
        # Nobody left: no box takes anybody.
        self._tried.append(0 if self._someone(held) else self._all)
        self._useful.append(0)
        return number

    def _effective(self, residual: int, alive: int) -> int:
        """Those of the boxes that can take somebody from the residual."""
        fresh = alive & ~self._tried[residual]
        if fresh:
            self._tried[residual] |= fresh
            self._spend(fresh.bit_count() * self._weight)
            residuals = self._residuals[residual]
            for index in _indexes(fresh):
                users = self._users[index]
                if not any(residuals[target] & users for target in self._targets[index]):
                    fresh ^= 1 << index
            self._useful[residual] |= fresh
        return alive & self._useful[residual]

    def _build(self, level: int, alive: int, residual: int) -> int | None:
        if not self._someone(self._residuals[residual]):
            return None
        if self._idle is not None and not alive & self._differing and self._is_idle(self._idle, residual):
            return None
        if level == len(self._order):
            return self._terminal(residual)
        known = self._known[level]
        key = (alive, residual)
        if key in known:
            return known[key]
        self._states += 1
        self._spend(_STATE + len(self._columns[level]))
        groups: dict[int, int] = {}
        for signature, atoms in self._columns[level]:
            held = alive & signature
            groups[held] = groups.get(held, 0) | atoms
        edges: dict[int, int] = {}
        for held, atoms in groups.items():
            child = self._build(level + 1, *self._settled(level + 1, held, residual))
            if child is not None:
                edges[child] = edges.get(child, 0) | atoms
        known[key] = self._node(tuple(sorted((atoms, child) for child, atoms in edges.items()))) if edges else None
        return known[key]

    def _terminal(self, residual: int) -> int:
        if self._first:
            raise _PointFoundError
        if residual not in self._terminal_of:
            self._terminals.append(self._residuals[residual])
            self._terminal_of[residual] = -len(self._terminals)
        return self._terminal_of[residual]

    def _node(self, edges: tuple[tuple[int, int], ...]) -> int:
        """Equal nodes are one. All children of a node lie on one level, so that equal edges mean equal nodes."""
        if edges not in self._node_of:
            self._node_of[edges] = len(self._nodes)
            self._nodes.append(edges)
        return self._node_of[edges]


def _indexes(bits: int) -> Iterator[int]:
    while bits:
        low = bits & -bits
        bits ^= low
        yield low.bit_length() - 1


def _columns(full: int, dimension: int, boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """The atoms of a dimension, those that no box tells apart taken together: (boxes that hold them, atoms)."""
    everywhere = 0
    # Boxes with the same atoms come and go together.
    by_mask: dict[int, int] = {}
    for index, box in enumerate(boxes):
        mask = box.masks[dimension]
        if mask == full:
            everywhere |= 1 << index
        else:
            by_mask[mask] = by_mask.get(mask, 0) | 1 << index
    if not by_mask:
        return [(everywhere, full)]
    found: dict[int, int] = {}
    for atom in range(full.bit_length()):
        signature = everywhere
        for mask, held in by_mask.items():
            if mask >> atom & 1:
                signature |= held
        found[signature] = found.get(signature, 0) | 1 << atom
    return list(found.items())


def _order(full: Sequence[int], boxes: Sequence[Box]) -> list[int]:
    """Dimensions that finish the most boxes first: what is finished early cuts the most states."""
    left = list(range(len(full)))
    order: list[int] = []

    def worth(dimension: int) -> tuple[int, int, int]:
        open_ones = [box for box in boxes if box.masks[dimension] != full[dimension]]
        finished = sum(
            all(box.masks[other] == full[other] for other in left if other != dimension) for box in open_ones
        )
        return finished, len(open_ones), -dimension

    while left:
        best = max(left, key=worth)
        order.append(best)
        left.remove(best)
    return order

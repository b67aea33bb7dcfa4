"""Which points of a product of finite sets lie in no box: exact, without visiting the points.

The dimensions are walked one after the other. What is left to decide after some of them is the set of boxes that
still hold the point and the people whom no finished box has taken; points with the same rest are one state, so that
the walk is a decision diagram. People come last, as bit sets over classes, so that per-policy exclusions do not
multiply the states. The problem is coNP-hard in general: a limit on the states bounds the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

DEFAULT_LIMIT = 250_000
Residuals = tuple[int, ...]
Wanted = Callable[[Residuals], bool]


class TooHardError(Exception):
    """The walk would need more states than its limit."""


@dataclass(frozen=True, slots=True)
class Box:
    """`masks`: a bit set over the atoms of each dimension. `users`: a bit set over the classes of people.

    `clears`: a bit set over the residuals from which the box takes its users away. `tag`: for the caller.
    """

    masks: tuple[int, ...]
    users: int
    clears: int
    tag: int = 0


@dataclass(frozen=True, slots=True)
class Region:
    """A product of atoms, with the people that each residual leaves in all of it."""

    masks: tuple[int, ...]
    residuals: Residuals


@dataclass(frozen=True)
class Diagram:
    """The result of a walk. An inner node has edges (atoms, child); a negative child is a terminal."""

    order: tuple[int, ...]
    nodes: tuple[tuple[tuple[int, int], ...], ...]
    terminals: tuple[Residuals, ...]
    root: int
    states: int

    def regions(self, wanted: Wanted | None = None) -> Iterator[Region]:
        """Disjoint regions that together are all points with somebody left, in a fixed order.

        `wanted`: only regions whose residuals it takes.
        """
        below = self._counts(wanted)
        stack: list[tuple[int, tuple[int, ...]]] = [(self.root, ())]
        while stack:
            child, path = stack.pop()
            if not below[child]:
                continue
            if child < 0:
                masks = dict(zip(self.order, path, strict=True))
                ordered = tuple(masks[dimension] for dimension in range(len(self.order)))
                yield Region(ordered, self.terminals[-child - 1])
                continue
            stack.extend((under, (*path, atoms)) for atoms, under in reversed(self.nodes[child]))

    def count(self, wanted: Wanted | None = None) -> int:
        """How many regions there are, without making them."""
        return self._counts(wanted)[self.root]

    def _counts(self, wanted: Wanted | None) -> dict[int, int]:
        """The number of regions under every node and terminal; children are made before their parents."""
        taken = [wanted is None or wanted(terminal) for terminal in self.terminals]
        below = {-index - 1: int(take) for index, take in enumerate(taken)}
        for index, edges in enumerate(self.nodes):
            below[index] = sum(below[child] for _, child in edges)
        return below

    def left(self) -> Residuals:
        """For each residual everybody who is left at some point."""
        found = [0] * len(self.terminals[0])
        for terminal in self.terminals:
            found = [old | new for old, new in zip(found, terminal, strict=True)]
        return tuple(found)

    def reached(self, masks: Sequence[int]) -> list[Residuals]:
        """The terminals of all points in a product of atoms, in a fixed order."""
        reached = {self.root}
        for dimension in self.order:
            wanted = masks[dimension]
            reached = {child for node in reached for atoms, child in self.nodes[node] if atoms & wanted}
        return [self.terminals[-child - 1] for child in sorted(reached)]

    def left_within(self, masks: Sequence[int]) -> Residuals:
        """For each residual everybody who is left at some point of a product of atoms."""
        found = [0] * len(self.terminals[0])
        for terminal in self.reached(masks):
            found = [old | new for old, new in zip(found, terminal, strict=True)]
        return tuple(found)


def walk(
    sizes: Sequence[int],
    boxes: Sequence[Box],
    residuals: Residuals,
    limit: int = DEFAULT_LIMIT,
    *,
    notes: int = 0,
) -> Diagram | None:
    """The points at which a residual keeps somebody; None when there is no such point.

    `sizes`: the number of atoms of each dimension. `residuals`: whom each starts with. `notes`: how many of the
    last residuals only take note of something about people whom another residual keeps. Raises TooHardError.
    """
    full = tuple((1 << size) - 1 for size in sizes)
    useful = [box for box in boxes if box.users and all(box.masks)]
    return _Walk(full, useful, residuals, limit, notes).diagram()


class _Walk:
    def __init__(
        self, full: tuple[int, ...], boxes: Sequence[Box], residuals: Residuals, limit: int, notes: int
    ) -> None:
        self._limit = limit
        self._live = len(residuals) - notes
        self._start = residuals
        self._order = _order(full, boxes)
        self._users = [box.users for box in boxes]
        self._targets = [tuple(r for r in range(len(residuals)) if box.clears >> r & 1) for box in boxes]
        self._all = (1 << len(boxes)) - 1
        # Boxes that no dimension from this level on constrains: they can be applied.
        self._finished = [0] * (len(full) + 1)
        for index, box in enumerate(boxes):
            last = max((level for level, d in enumerate(self._order) if box.masks[d] != full[d]), default=-1)
            self._finished[last + 1] |= 1 << index
        self._columns = [_columns(full[d], d, boxes) for d in self._order]
        self._nodes: list[tuple[tuple[int, int], ...]] = []
        self._node_of: dict[tuple[tuple[int, int], ...], int] = {}
        self._terminals: list[Residuals] = []
        self._terminal_of: dict[Residuals, int] = {}
        self._known: list[dict[tuple[int, Residuals], int | None]] = [{} for _ in full]
        self._states = 0

    def diagram(self) -> Diagram | None:
        root = self._build(0, *self._settled(0, self._all, self._start))
        if root is None:
            return None
        return Diagram(tuple(self._order), tuple(self._nodes), tuple(self._terminals), root, self._states)

    def _settled(self, level: int, alive: int, residuals: Residuals) -> tuple[int, Residuals]:
        """Apply the boxes that nothing below constrains; forget those that can take nobody any more."""
        done = alive & self._finished[level]
        alive ^= done
        if done:
            left = list(residuals)
            while done:
                low = done & -done
                done ^= low
                index = low.bit_length() - 1
                for target in self._targets[index]:
                    left[target] &= ~self._users[index]
            kept = 0
            for one in left[: self._live]:
                kept |= one
            residuals = (*left[: self._live], *(note & kept for note in left[self._live :]))
        rest = alive
        while rest:
            low = rest & -rest
            rest ^= low
            index = low.bit_length() - 1
            users = self._users[index]
            if not any(residuals[target] & users for target in self._targets[index]):
                alive ^= low
        return alive, residuals

    def _build(self, level: int, alive: int, residuals: Residuals) -> int | None:
        if not any(residuals[: self._live]):
            return None
        if level == len(self._order):
            return self._terminal(residuals)
        known = self._known[level]
        key = (alive, residuals)
        if key in known:
            return known[key]
        self._states += 1
        if self._states > self._limit:
            raise TooHardError
        groups: dict[int, int] = {}
        for signature, atoms in self._columns[level]:
            held = alive & signature
            groups[held] = groups.get(held, 0) | atoms
        edges: dict[int, int] = {}
        for held, atoms in groups.items():
            child = self._build(level + 1, *self._settled(level + 1, held, residuals))
            if child is not None:
                edges[child] = edges.get(child, 0) | atoms
        known[key] = self._node(tuple(sorted((atoms, child) for child, atoms in edges.items()))) if edges else None
        return known[key]

    def _terminal(self, residuals: Residuals) -> int:
        if residuals not in self._terminal_of:
            self._terminals.append(residuals)
            self._terminal_of[residuals] = -len(self._terminals)
        return self._terminal_of[residuals]

    def _node(self, edges: tuple[tuple[int, int], ...]) -> int:
        """Equal nodes are one. All children of a node lie on one level, so that equal edges mean equal nodes."""
        if edges not in self._node_of:
            self._node_of[edges] = len(self._nodes)
            self._nodes.append(edges)
        return self._node_of[edges]


def _columns(full: int, dimension: int, boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """The atoms of a dimension, those that no box tells apart taken together: (boxes that hold them, atoms)."""
    found: dict[int, int] = {}
    for atom in range(full.bit_length()):
        signature = 0
        for index, box in enumerate(boxes):
            if box.masks[dimension] >> atom & 1:
                signature |= 1 << index
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

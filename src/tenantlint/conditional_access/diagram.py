"""The decision diagram that a walk makes: from its root along atoms of each dimension to whom is left there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Residuals = tuple[int, ...]
Wanted = Callable[[Residuals], bool]


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

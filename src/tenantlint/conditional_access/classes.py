"""Ids divided into classes that no set of a list tells apart, and each set as a bit set over the classes.

A hundred thousand users and hundreds of groups make millions of memberships, most of them in a few large groups.
Large sets are therefore asked about every id in one call of the interpreter, and only small ones are walked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# A set that holds more than one id in so many is quicker to ask than to walk.
_LARGE = 6
# So many sets are looked at together: that many bytes an id are held at once.
_BATCH = 128
# A few bits are quicker to set one by one.
_FEW = 16
_DIGITS = bytes([48, 49]) + bytes(254)


class Classes:
    """`members`: the ids of each class, in the order given; the class of the first id comes first."""

    def __init__(self, ids: Sequence[str], sets: Iterable[frozenset[str]]) -> None:
        self._index = {identity: index for index, identity in enumerate(ids)}
        self._places: dict[frozenset[str], list[int]] = {}
        distinct = list(dict.fromkeys(sets))
        self._class_of = self._divided(ids, distinct)
        lists: list[list[str]] = []
        for identity, at in zip(ids, self._class_of, strict=True):
            if at == len(lists):
                lists.append([])
            lists[at].append(identity)
        self.members = tuple(map(tuple, lists))
        self._firsts = [one[0] for one in self.members]
        self._bits = {one: self._classes_in(one) for one in distinct}
        self._places.clear()

    def bits(self, one: frozenset[str]) -> int:
        """The classes that lie in one of the sets."""
        return self._bits[one]

    def _divided(self, ids: Sequence[str], sets: Sequence[frozenset[str]]) -> list[int]:
        """The class of each id, numbered by first appearance."""
        current = [0] * len(ids)
        for start in range(0, len(sets), _BATCH):
            batch = sets[start : start + _BATCH]
            width = len(batch)
            held = bytearray(len(ids) * width)
            for at, one in enumerate(batch):
                held[at::width] = self._column(ids, one)
            rows = bytes(held)
            number: dict[tuple[int, bytes], int] = {}
            current = [
                number.setdefault((old, rows[place : place + width]), len(number))
                for old, place in zip(current, range(0, len(rows), width), strict=True)
            ]
        return current

    def _column(self, ids: Sequence[str], one: frozenset[str]) -> bytes | bytearray:
        """For each id one byte: whether it is in the set."""
        if len(one) * _LARGE > len(ids):
            return bytes(map(one.__contains__, ids))
        column = bytearray(len(ids))
        for index in self._indexes(one):
            column[index] = 1
        return column

    def _indexes(self, one: frozenset[str]) -> list[int]:
        """The places of those ids that are in the set."""
        found = self._places.get(one)
        if found is None:
            known = map(self._index.get, one)
            found = self._places[one] = [index for index in known if index is not None]
        return found

    def _classes_in(self, one: frozenset[str]) -> int:
        """A class is in the set when its first id is."""
        if not one or not self._firsts:
            return 0
        if len(one) * _LARGE > len(self._index):
            held: bytes | bytearray = bytes(map(one.__contains__, self._firsts))
        else:
            within = {self._class_of[index] for index in self._indexes(one)}
            if len(within) < _FEW:
                return sum(1 << at for at in within)
            held = bytearray(len(self._firsts))
            for at in within:
                held[at] = 1
        return int(held[::-1].translate(_DIGITS), 2)

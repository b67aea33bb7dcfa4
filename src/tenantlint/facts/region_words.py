"""Open regions in words, as far as a question is about them."""

from __future__ import annotations

from collections.abc import Sequence

from tenantlint.conditional_access.coverage import Coverage
from tenantlint.conditional_access.naming import Naming
from tenantlint.conditional_access.where import Where


class Words:
    """The words of one answer. `asked`: the part of each dimension that the question is about."""

    def __init__(self, found: Coverage, asked: Sequence[int]) -> None:
        self.naming = Naming(found.tenant)
        self.asked = asked
        self._narrowed = found.space.narrowed
        self._where = Where(found.space, self.naming)
        self._full = [(1 << size) - 1 for size in found.space.sizes]

    def label(self, masks: Sequence[int]) -> str:
        """Where a region is open; a dimension that it has whole, as far as the question goes, is not told."""
        widened = [
            full if not asked & ~mask else mask & asked
            for mask, asked, full in zip(masks, self.asked, self._full, strict=True)
        ]
        phrases = self._where.phrases(widened)
        if not self._narrowed and widened[0] == self._full[0]:
            phrases.insert(0, "any application")
        return ", ".join(phrases)

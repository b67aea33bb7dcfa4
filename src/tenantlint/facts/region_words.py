"""Open regions in words, as far as a question is about them."""

from __future__ import annotations

from collections.abc import Sequence
from operator import and_

from tenantlint.conditional_access.coverage import Coverage
from tenantlint.conditional_access.naming import Naming
from tenantlint.conditional_access.universe import DIMENSIONS
from tenantlint.conditional_access.where import Where


class Words:
    """The words of one answer."""

    def __init__(self, found: Coverage) -> None:
        self.naming = Naming(found.tenant)
        self._found = found
        self._where = Where(found.space, self.naming, found.asked)

    def label(self, masks: Sequence[int]) -> str:
        """Where a region is open, in one line; a dimension that the question has no more of is not told."""
        within = tuple(map(and_, masks, self._found.asked))
        phrases = self._where.phrases(within)
        if not self._found.space.narrowed and within[0] == self._found.asked[0]:
            phrases.insert(0, "any application")
        return ", ".join(phrases) or self._where.phrase(DIMENSIONS[0], within[0])

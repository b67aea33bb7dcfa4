"""What of an interrupted run the next one takes over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tenantlint.collect.source import Source
from tenantlint.collect.spool import Finished, Spool
from tenantlint.collect.statuses import Verdict
from tenantlint.model import CollectionStatus

# What was denied is asked for again: the permission may have been granted since.
_FINAL = frozenset({CollectionStatus.OK, CollectionStatus.UNLICENSED})


def taken_over(
    sources: Sequence[Source], spool: Spool, verdicts: Mapping[str, Verdict | None], anew: Iterable[str]
) -> dict[str, Finished]:
    """What was finished, is still asked for, and hangs on nothing that is read again.

    `verdicts`: by collection, what is known of it without a call; None: it is to be read. `anew`: collections that are
    read in any case, and that nothing hangs on.
    """
    asked = {name for name, verdict in verdicts.items() if verdict is None} - set(anew)
    done = {name: spool.finished(name) for name in sorted(asked)}
    found = {name: how for name, how in done.items() if how is not None and how.status in _FINAL}
    while True:
        lost = [
            source.collection
            for source in sources
            if source.collection in found and any(one in asked and one not in found for one in source.parents)
        ]
        if not lost:
            return found
        for name in lost:
            del found[name]

"""When accounts last signed in, for the facts that ask it of a few accounts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from tenantlint.directory import moment
from tenantlint.facts.interface import FactContext
from tenantlint.model import JsonObject

_TIMES = ("lastSignInDateTime", "lastNonInteractiveSignInDateTime", "lastSuccessfulSignInDateTime")


class Activity:
    """The sign-in activity of one snapshot; read on first use, in one pass, and shared by all facts."""

    def __init__(self, context: FactContext) -> None:
        self._context = context

    @cached_property
    def _by_id(self) -> Mapping[str, JsonObject]:
        shared = self._context.shared
        if __name__ not in shared:
            items = self._context.snapshot.items("user_sign_in_activity")
            shared[__name__] = {str(item.get("id")).lower(): item for item in items}
        found: Mapping[str, JsonObject] = shared[__name__]
        return found

    def told(self, user: str) -> bool:
        """Whether the snapshot says when the account last signed in.

        Of one that never did, the Graph lists the account and leaves signInActivity out.
        """
        return user.lower() in self._by_id

    def last(self, user: str) -> str | None:
        """The latest sign-in, with a person or without, as the service writes it; None for never and not told."""
        told = self._by_id.get(user.lower(), {}).get("signInActivity")
        times = [told.get(name) for name in _TIMES] if isinstance(told, Mapping) else []
        found = {when: str(value) for value in times if (when := moment(value)) is not None}
        return found[max(found)] if found else None


def days_since(context: FactContext, value: object) -> int | None:
    """Whole days from a timestamp to the moment of the snapshot."""
    when = moment(value)
    return None if when is None else max(0, (context.judged_at - when).days)

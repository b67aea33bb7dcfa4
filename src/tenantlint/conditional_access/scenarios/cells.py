"""Groups of people whom no policy tells apart, and people while they are looked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tenantlint.conditional_access.people import Name
from tenantlint.conditional_access.sign_in import SignIn


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """People whom no policy tells apart. `ids`: users, sorted; empty for a person whom only `label` describes.

    Compared by identity, for speed.
    """

    person: SignIn
    ids: tuple[str, ...] = ()
    label: str = ""

    def signing_in(self, sign_in: SignIn) -> SignIn:
        """The sign-in with one of these people."""
        person = self.person
        return replace(
            sign_in,
            user_id=person.user_id,
            external_user_type=person.external_user_type,
            external_tenant_id=person.external_tenant_id,
            member_of=person.member_of,
            roles=person.roles,
        )


@dataclass(frozen=True, slots=True)
class Found:
    """Users by id, and names of unknown extent or without an account, each of which is a person of its own."""

    ids: frozenset[str] = frozenset()
    names: frozenset[Name] = frozenset()
    others: bool = False  # every other user, where the users are not known

    def __or__(self, other: Found) -> Found:
        return Found(self.ids | other.ids, self.names | other.names, self.others or other.others)

    def __sub__(self, other: Found) -> Found:
        return Found(self.ids - other.ids, self.names - other.names, self.others and not other.others)

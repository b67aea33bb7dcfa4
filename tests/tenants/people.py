"""Users and groups, and who is in which group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.tenants.draft import Draft, JsonObject

E5_SKU = "06ebc4ee-1bb5-47dd-8120-11324bc54e06"
F3_SKU = "66b55226-6b4f-492c-910c-a3b7a3c9d993"

# 24 x 23 names, walked with coprime steps, so that no pair comes twice in a tenant of fewer than 552 people.
_FIRST = (
    "Amira",
    "Anton",
    "Beatriz",
    "Bram",
    "Chidi",
    "Clara",
    "Davit",
    "Elif",
    "Emeka",
    "Farah",
    "Goran",
    "Hana",
    "Igor",
    "Jasmin",
    "Kaito",
    "Lena",
    "Malik",
    "Nadia",
    "Oskar",
    "Priya",
    "Rosa",
    "Samir",
    "Tova",
    "Yusuf",
)
_LAST = (
    "Abara",
    "Berger",
    "Castellan",
    "Dombrova",
    "Eriksen",
    "Fontaine",
    "Grabowski",
    "Haddad",
    "Ibsen",
    "Janssen",
    "Kovalenko",
    "Lindqvist",
    "Marchetti",
    "Nakagawa",
    "Okonkwo",
    "Petrov",
    "Quintero",
    "Rahimi",
    "Sandoval",
    "Tamm",
    "Urbano",
    "Vasquez",
    "Weiss",
)


def person(number: int) -> tuple[str, str]:
    """First and last name of the numbered person."""
    return _FIRST[number % len(_FIRST)], _LAST[(number * 7 + number // len(_FIRST)) % len(_LAST)]


def user(
    draft: Draft,
    key: str,
    name: str,
    upn: str,
    *,
    enabled: bool = True,
    synced: bool | None = None,
    sku: str | None = E5_SKU,
    created: str = "2022-05-09T09:30:00Z",
    **more: Any,
) -> JsonObject:
    """A member account. `key` is what its id is made of; `synced`: from the on-premises directory."""
    return {
        "id": draft.id("user", key),
        "displayName": name,
        "userPrincipalName": upn,
        "mail": upn,
        "accountEnabled": enabled,
        "userType": "Member",
        "onPremisesSyncEnabled": synced,
        "onPremisesImmutableId": draft.id("anchor", key)[:22] + "==" if synced else None,
        "assignedLicenses": [{"skuId": sku, "disabledPlans": []}] if sku else [],
        "createdDateTime": created,
        "externalUserState": None,
        "creationType": None,
        "department": None,
        "jobTitle": None,
        **more,
    }


def guest(draft: Draft, key: str, name: str, mail: str, *, state: str = "Accepted", **more: Any) -> JsonObject:
    """A guest account of someone from another organisation."""
    return user(
        draft,
        key,
        name,
        f"{mail.replace('@', '_')}#EXT#@{draft.initial_domain}",
        sku=None,
        **{
            "mail": mail,
            "userType": "Guest",
            "externalUserState": state,
            "creationType": "Invitation",
            "created": "2024-02-12T13:00:00Z",
            **more,
        },
    )


def employees(draft: Draft, departments: Iterable[tuple[str, str, int]], *, synced: bool | None) -> list[JsonObject]:
    """One account a person. `departments`: name, job title, head count."""
    found: list[JsonObject] = []
    for department, title, count in departments:
        for _ in range(count):
            first, last = person(len(found))
            upn = f"{first}.{last}@{draft.domain}".lower()
            month, day = len(found) % 12 + 1, len(found) % 27 + 1
            found.append(
                user(
                    draft,
                    upn,
                    f"{first} {last}",
                    upn,
                    synced=synced,
                    sku=F3_SKU if department == "Manufacturing" else E5_SKU,
                    created=f"{2018 + len(found) % 8}-{month:02}-{day:02}T08:00:00Z",
                    department=department,
                    jobTitle=title,
                )
            )
    return found


@dataclass
class Groups:
    """The groups of a tenant and their direct members, from which the transitive ones follow."""

    draft: Draft
    direct: dict[str, list[str]] = field(default_factory=dict)
    owners: dict[str, list[str]] = field(default_factory=dict)

    def id(self, name: str) -> str:
        """The id of the named group; refused when there is no such group."""
        found = self.draft.id("group", name)
        assert found in self.direct, name
        return found

    def add(
        self,
        name: str,
        members: Sequence[str] = (),
        *,
        owners: Sequence[str] = (),
        rule: str | None = None,
        role_assignable: bool = False,
        unified: bool = False,
        synced: bool | None = None,
        restricted: bool = False,
        description: str | None = None,
        mail: str | None = None,
        public: bool = False,
    ) -> str:
        """A security group, or a Microsoft 365 group when `unified`; dynamic when it has a `rule`. Gives its id.

        `public`: everybody may read the Microsoft 365 group. `mail`: the address of a mail-enabled group; a Microsoft
        365 group has one in any case.
        """
        identity = self.draft.id("group", name)
        assert identity not in self.direct, name
        self.direct[identity] = list(members)
        self.owners[identity] = list(owners)
        address = mail or (f"{name.lower().replace(' ', '-')}@{self.draft.domain}" if unified else None)
        kinds = [*(["Unified"] if unified else []), *(["DynamicMembership"] if rule else [])]
        self.draft.add(
            "groups",
            {
                "id": identity,
                "displayName": name,
                "description": description,
                "groupTypes": kinds,
                "membershipRule": rule,
                "membershipRuleProcessingState": "On" if rule else None,
                "securityEnabled": not unified,
                "mail": address,
                "mailEnabled": address is not None,
                "isAssignableToRole": True if role_assignable else None,
                "isManagementRestricted": True if restricted else None,
                "onPremisesSyncEnabled": synced,
                "visibility": ("Public" if public else "Private") if unified else None,
                "createdDateTime": "2021-09-01T07:00:00Z",
            },
        )
        return identity

    def nest(self, outer: str, inner: str) -> None:
        """Put one group into another."""
        self.direct[self.id(outer)].append(self.id(inner))

    def finish(self) -> None:
        """Write group_members: one line a group, with the closure over nesting, cycles included."""
        for identity in self.direct:
            nested: set[str] = set()
            members: set[str] = set()
            waiting = [identity]
            while waiting:
                for one in self.direct[waiting.pop()]:
                    if one not in self.direct:
                        members.add(one)
                    elif one not in nested:
                        nested.add(one)
                        waiting.append(one)
            self.draft.add(
                "group_members",
                {
                    "group_id": identity,
                    "members": sorted(members),
                    "nested_groups": sorted(nested - {identity}),
                    "direct": sorted(self.direct[identity]),
                    "owners": sorted(self.owners[identity]),
                    "status": "ok",
                },
            )

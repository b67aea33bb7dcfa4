"""One thing to collect, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tenantlint.collect.calls import Rate, Service


class Way(StrEnum):
    """How a collection is read; each has one fetcher (see `fetchers`)."""

    LIST = "list"  # GET, follow the links
    OBJECT = "object"  # GET, one object
    PER_PARENT = "per_parent"  # GET for each object of another collection
    GROUPS = "groups"
    GROUP_MEMBERS = "group_members"
    ROLE_POLICIES = "role_policies"
    SECURE_SCORES = "secure_scores"
    SIGN_INS = "sign_ins"
    CMDLET = "cmdlet"  # InvokeCommand of Exchange Online or Security & Compliance
    TEAMS = "teams"  # Teams ConfigAPI
    SHAREPOINT = "sharepoint"  # SPO.Tenant
    DNS = "dns"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a collection comes from, and what reading it takes.

    `request`: for Graph the path with its query under the version (`/users?$select=id&$top=999`, `{id}` for an object
    of `parents`); for Exchange the cmdlet; for Teams the configuration's name. `shown`: what the manifest's `source`
    says (`GET /users`, `Get-AcceptedDomain`). `api_version`: `v1.0`, `beta`, or "" outside Graph.
    `permissions`: application permissions, any one of which suffices, least privileged first; `also`: permissions
    needed besides. `roles`: Entra roles of the service principal, any one of which suffices, least first (empty: none
    needed). `licence`: any one of these licence names suffices (empty: none needed). `parents`: collections whose
    objects are needed first. `cost`: units of the rate group a call. `opt_in`: the option that asks for it.
    `licence_decides`: without the licence no call is made; False where the service is known to answer all the same,
    so that only its answer decides. `note`: what else a person who plans a run should know.
    """

    collection: str
    area: str
    service: Service
    way: Way
    request: str
    shown: str
    rate: Rate
    api_version: str = ""
    permissions: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    licence: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    cost: int = 1
    opt_in: str = ""
    licence_decides: bool = True
    note: str = ""

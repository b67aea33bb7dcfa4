"""Which policies are about the person, or the service principal, who signs in: certainly, and perhaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tenantlint.conditional_access.people import Name, Side, bits_of, describe, label_of, members_of, names_of
from tenantlint.conditional_access.policy import Policy
from tenantlint.conditional_access.sign_in import NOBODY, SignIn
from tenantlint.directory import Directory
from tenantlint.model import JsonObject

HOME_TENANT = "the home tenant of the guest (signInIdentity.externalTenantId)"


@dataclass(frozen=True, slots=True)
class Match:
    """Bit sets over policies: those whose condition certainly holds, is taken to hold, and may hold.

    `why`: for policies of which it is not known, by index, what it hangs on.
    """

    must: int
    taken: int
    may: int
    why: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


class Persons:
    """The user part of a set of policies, for one person at a time. Policies that are not for users match nobody."""

    def __init__(self, policies: Sequence[Policy], directory: Directory | None, *, activated: bool) -> None:
        self._side = Side(tuple(policies), directory, activated)
        self._include: dict[Name, int] = {}
        self._exclude: dict[Name, int] = {}
        self._include_all = self._exclude_all = 0
        for index, policy in enumerate(policies):
            if policy.subject != "users":
                continue
            bit = 1 << index
            self._include_all |= bit if policy.include.all else 0
            self._exclude_all |= bit if policy.exclude.all else 0
            for name in names_of(policy.include):
                self._include[name] = self._include.get(name, 0) | bit
            for name in names_of(policy.exclude):
                self._exclude[name] = self._exclude.get(name, 0) | bit
        self._names = sorted({*self._include, *self._exclude})
        self._users = directory.user_ids if directory and directory.users_known else None
        self._members = {name: members_of(self._side, name) for name in self._names if name[0] != "user"}
        self._texts = {name: HOME_TENANT if len(name) == 3 else describe(self._side, name) for name in self._names}
        self._of_type: dict[str, frozenset[str]] = {}
        self._parents = _parents(directory)
        self._found: dict[tuple[int, int, tuple[Name, ...]], Match] = {}

    def match(self, sign_in: SignIn) -> Match:
        """The policies that the person is in."""
        include_must = include_may = self._include_all
        exclude_must = exclude_may = self._exclude_all
        unsure: list[Name] = []
        for name, held in self._possible(sign_in):
            include, exclude = self._include.get(name, 0), self._exclude.get(name, 0)
            include_may |= include
            exclude_may |= exclude
            if held:
                include_must |= include
                exclude_must |= exclude
            else:
                unsure.append(name)
        must = include_must & ~exclude_may
        may = include_may & ~exclude_must
        key = (must, may, tuple(unsure))
        found = self._found.get(key)
        if found is None:
            # People of whom the same is known share one result, and with it what is made of it later.
            found = self._found[key] = Match(must, must, may, self._why(unsure, may & ~must))
        return found

    def _possible(self, sign_in: SignIn) -> Iterable[tuple[Name, bool | None]]:
        """The names that the person is or may be in."""
        user = sign_in.user_id
        given = (sign_in.member_of, sign_in.roles, sign_in.external_user_type, sign_in.external_tenant_id)
        if user is None or any(one is not None for one in given):
            return [(name, held) for name, held in self.held(sign_in).items() if held is not False]
        # Streams are of people about whom the directory alone tells: a look-up a name.
        stranger = self._stranger(user)
        found: list[tuple[Name, bool | None]] = [(("user", user), True)]
        for name, (certain, perhaps) in self._members.items():
            if user in certain:
                found.append((name, True))
            elif stranger or perhaps is None or user in perhaps:
                found.append((name, None))
        return found

    def held(self, sign_in: SignIn) -> dict[Name, bool | None]:
        """For each name that a policy uses whether the person is in it; None: not known."""
        stranger = self._stranger(sign_in.user_id)
        return {name: self._holds(sign_in, name, stranger) for name in self._names}

    def label(self, name: Name) -> str:
        """The name of a user, group or role as the snapshot has it, else its id."""
        return label_of(self._side, name)

    def way(self, sign_in: SignIn, name: Name) -> str:
        """How the person is in a name, as a phrase; they must be in it."""
        kind, identity = name[0], name[1]
        if kind == "user":
            return "by name"
        if kind == "guest":
            return f"as a {identity}" + (f" of the tenant {name[2]}" if len(name) == 3 else "")
        if kind == "role":
            return f"through the role {self.label(name)}{self._role_group(sign_in, identity)}"
        if sign_in.member_of is not None:
            given = next((one for one in sign_in.member_of if one == identity or identity in self.above(one)), identity)
            steps: tuple[str, ...] = (identity,) if given == identity else (identity, given)
        else:
            directory = self._side.directory
            steps = directory.path(sign_in.user_id or "", identity) if directory else (identity,)
        return "through the group " + " > ".join(self.label(("group", one)) for one in steps or (identity,))

    def _role_group(self, sign_in: SignIn, role: str) -> str:
        """The group that holds the role for the person, where no assignment is their own."""
        directory = self._side.directory
        if directory is None or sign_in.roles is not None:
            return ""
        roles = directory.roles(directory.snapshot.collected_at)
        ways = [
            holding.via
            for one in roles.assignments
            if one.role_template_id == role and one.tenant_wide
            for holding in roles.holders(one)
            if holding.principal.id.casefold() == sign_in.user_id
        ]
        if not ways or not all(ways):
            return ""
        return ", which the group " + " > ".join(self.label(("group", one)) for one in ways[0]) + " holds"

    def _why(self, unsure: Sequence[Name], policies: int) -> dict[int, tuple[str, ...]]:
        found: dict[int, list[str]] = {index: [] for index in bits_of(policies)}
        for name in unsure:
            text = self._texts[name]
            for index in bits_of(policies & (self._include.get(name, 0) | self._exclude.get(name, 0))):
                found[index].append(text)
        return {index: tuple(dict.fromkeys(texts)) for index, texts in found.items()}

    def _holds(self, sign_in: SignIn, name: Name, stranger: bool) -> bool | None:
        kind, identity = name[0], name[1]
        if kind == "user":
            return sign_in.user_id == identity
        if kind == "guest":
            return self._is_guest(sign_in, name, stranger)
        given = sign_in.member_of if kind == "group" else sign_in.roles
        if given is not None:
            return any(one == identity or (kind == "group" and identity in self.above(one)) for one in given)
        if sign_in.user_id is None:
            return False
        return self._listed(sign_in.user_id, name, stranger)

    def _listed(self, user: str, name: Name, stranger: bool) -> bool | None:
        certain, perhaps = self._members[name]
        if user in certain:
            return True
        if perhaps is None or user in perhaps:
            return None
        return None if stranger else False

    def _stranger(self, user: str | None) -> bool:
        """Whether the directory is known and does not have the person: then nothing is known of them."""
        return user is not None and self._users is not None and user not in self._users

    def _is_guest(self, sign_in: SignIn, name: Name, stranger: bool) -> bool | None:
        of_type: bool | None
        if sign_in.external_user_type is not None:
            of_type = sign_in.external_user_type != NOBODY and sign_in.external_user_type == name[1]
        elif sign_in.user_id is None:
            of_type = False
        else:
            of_type = None if stranger or self._users is None else sign_in.user_id in self._guests(name[1])
        if of_type is False or len(name) == 2:
            return of_type
        if sign_in.external_tenant_id is None:
            return None
        return of_type if sign_in.external_tenant_id == name[2] else False

    def _guests(self, kind: str) -> frozenset[str]:
        if kind not in self._of_type:
            self._of_type[kind] = members_of(self._side, ("guest", kind))[0]
        return self._of_type[kind]

    def above(self, group: str) -> frozenset[str]:
        """The groups that hold this one, at any depth."""
        found: set[str] = set()
        waiting = [group]
        while waiting:
            for one in self._parents.get(waiting.pop(), ()):
                if one not in found:
                    found.add(one)
                    waiting.append(one)
        return frozenset(found)


def _parents(directory: Directory | None) -> dict[str, set[str]]:
    """Group id to the groups that hold it, in lower case."""
    found: dict[str, set[str]] = {}
    collection = directory.snapshot.collection("group_members") if directory else None
    for line in collection.items if collection and collection.ok else ():
        holder = str(line.get("group_id") or "").casefold()
        for nested in line.get("nested_groups") or ():
            found.setdefault(str(nested).casefold(), set()).add(holder)
    return found


_RISK = "the risk of a service principal"
_OWN = "serviceprincipalsinmytenant"


class Workloads:
    """The policies for workload identities. The service knows only single-tenant service principals here."""

    def __init__(self, policies: Sequence[Policy], directory: Directory | None) -> None:
        self._policies = policies
        self._directory = directory

    def match(self, sign_in: SignIn) -> Match:
        """The policies that the service principal of a sign-in is in, its risk included."""
        identity = sign_in.service_principal_id or ""
        must = may = 0
        why = {}
        for index, policy in enumerate(self._policies):
            if policy.subject != "workload":
                continue
            held, text = self._holds(policy.raw, identity)
            if held is not False and _at_risk(policy.raw, sign_in.service_principal_risk):
                may |= 1 << index
                if held:
                    must |= 1 << index
                else:
                    why[index] = (text,)
        return Match(must, must, may, why)

    def _holds(self, raw: JsonObject, identity: str) -> tuple[bool | None, str]:
        clients = (raw.get("conditions") or {}).get("clientApplications") or {}
        include = {str(one).casefold() for one in clients.get("includeServicePrincipals") or ()}
        if identity in {str(one).casefold() for one in clients.get("excludeServicePrincipals") or ()}:
            return False, ""
        if (clients.get("servicePrincipalFilter") or {}).get("rule"):
            return None, "the security attributes of service principals (servicePrincipalFilter)"
        if identity in include:
            return True, ""
        return (
            (self._is_own(identity), f"whether {identity} is a single-tenant service principal")
            if (_OWN in include)
            else (False, "")
        )

    def _is_own(self, identity: str) -> bool | None:
        """Whether it is an application of this tenant alone. None: the snapshot does not tell."""
        directory = self._directory
        items = directory.snapshot.collection("service_principals").items if directory else ()
        found = next((one for one in items if str(one.get("id") or "").casefold() == identity), None)
        if directory is None or found is None:
            return None
        kind = str(found.get("servicePrincipalType") or "Application").casefold()
        audience = str(found.get("signInAudience") or "").casefold()
        owner = str(found.get("appOwnerOrganizationId") or "").casefold()
        if kind != "application" or audience.startswith("azureadmultiple") or audience.startswith("azureadand"):
            return False
        tenant = directory.snapshot.tenant.id.casefold()
        return owner == tenant if owner and tenant else None


def modelled(policy: Policy) -> tuple[str, ...]:
    """The unknowns of a policy that stay unknown here: the risk of a service principal is an input of What-If."""
    return tuple(one for one in policy.unknowns if not (policy.subject == "workload" and one == _RISK))


def _at_risk(raw: JsonObject, level: str) -> bool:
    wanted = (raw.get("conditions") or {}).get("servicePrincipalRiskLevels") or ()
    given = wanted.split(",") if isinstance(wanted, str) else wanted
    return not given or level in {str(one).strip().casefold() for one in given}

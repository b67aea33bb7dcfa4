"""A Conditional Access policy as tenantlint reasons about it: what it matches, what it asks, what is not modelled.

Raw Graph objects of v1.0 and beta come in; nothing is dropped in silence. A condition that is set and that this
module does not know becomes a named unknown of the policy: it can only narrow the policy, so that its coverage is
a bound. Names and semantics: Graph's `conditionalAccessPolicy` and its condition set (v1.0 metadata of 2026-08,
beta keys as real exports hold them).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tenantlint.conditional_access.grants import Grant, parse_grant
from tenantlint.directory import GUEST_TYPES
from tenantlint.errors import InputError
from tenantlint.model import JsonObject

CLIENT_APP_TYPES = ("browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other")
PLATFORMS = ("android", "iOS", "windows", "windowsPhone", "macOS", "linux")
RISK_LEVELS = ("none", "low", "medium", "high")
INSIDER_RISK_LEVELS = ("none", "minor", "moderate", "elevated")
TRANSFER_METHODS = ("none", "deviceCodeFlow", "authenticationTransfer")
# Where real exports write one location for the trusted IPs of per-user MFA; no list of locations holds it.
MFA_TRUSTED_IPS = "00000000-0000-0000-0000-000000000000"


class State(StrEnum):
    """Graph's conditionalAccessPolicyState."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    REPORT_ONLY = "enabledForReportingButNotEnforced"


@dataclass(frozen=True, slots=True)
class Guests:
    """Guest and external types of one include or exclude. `tenants`: None for all, else the tenant ids."""

    types: frozenset[str]
    tenants: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Users:
    """The user part. `all`: everybody. Ids are lower case; roles are role template ids."""

    all: bool = False
    ids: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    guests: tuple[Guests, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.all or self.ids or self.groups or self.roles or self.guests)


@dataclass(frozen=True, slots=True)
class Filter:
    """A rule over attributes, with Graph's mode: `include` applies where it is true, `exclude` where it is false."""

    mode: str
    rule: str


@dataclass(frozen=True, slots=True)
class Applications:
    """The target resources. Application ids are lower case; suites keep Graph's word (Office365)."""

    all: bool = False
    ids: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    user_actions: frozenset[str] = frozenset()
    contexts: frozenset[str] = frozenset()
    filter: Filter | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A condition with an include and an exclude list. `include` None: everything."""

    include: frozenset[str] | None = None
    exclude: frozenset[str] = frozenset()

    @property
    def configured(self) -> bool:
        return self.include is not None or bool(self.exclude)


ANY = Choice()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One policy. A condition that is None or ANY does not constrain.

    `identity`: the id, else the name. `subject`: `users`, `workload` (service principals) or `agents`.
    `unknowns`: conditions that are set and not modelled, each as a phrase that names it.
    """

    identity: str
    id: str
    name: str
    state: State
    subject: str
    include: Users
    exclude: Users
    applications: Applications
    client_app_types: frozenset[str] | None
    platforms: Choice
    locations: Choice
    sign_in_risk: frozenset[str] | None
    user_risk: frozenset[str] | None
    insider_risk: frozenset[str] | None
    flows: frozenset[str] | None
    device_filter: Filter | None
    grant: Grant | None
    session_controls: tuple[str, ...] = ()
    unknowns: tuple[str, ...] = ()
    raw: JsonObject = field(default_factory=dict, compare=False, repr=False)

    @property
    def enforced(self) -> bool:
        return self.state is State.ENABLED


def parse_policy(raw: JsonObject) -> Policy:
    """The policy that a Graph object describes.

    Raises InputError, without a file, when a part has the wrong type or `state` is not one of Graph's words: a
    policy that cannot be understood must not be left out in silence.
    """
    return _Parser(raw).policy()


_CONDITIONS = frozenset(
    {
        "applications",
        "users",
        "clientApplications",
        "clientAppTypes",
        "platforms",
        "locations",
        "devices",
        "authenticationFlows",
        "signInRiskLevels",
        "userRiskLevels",
        "servicePrincipalRiskLevels",
        "insiderRiskLevels",
        "agents",
    }
)


class _Parser:
    def __init__(self, raw: JsonObject) -> None:
        self._raw = raw
        self._name = str(raw.get("displayName") or raw.get("id") or "a policy without a name")
        self._unknowns: list[str] = []
        self._conditions = self._object(raw, "conditions")

    def policy(self) -> Policy:
        raw, conditions = self._raw, self._conditions
        users = self._object(conditions, "users")
        subject = self._subject()
        self._note_unknown_conditions()
        identity = str(raw.get("id") or "").lower()
        return Policy(
            identity=identity or self._name,
            id=identity,
            name=self._name,
            state=self._state(),
            subject=subject,
            include=self._users(users, "include"),
            exclude=self._users(users, "exclude"),
            applications=self._applications(),
            client_app_types=self._client_app_types(),
            platforms=self._choice("platforms", "Platforms", PLATFORMS),
            locations=self._locations(),
            sign_in_risk=self._levels("signInRiskLevels", RISK_LEVELS),
            user_risk=self._levels("userRiskLevels", RISK_LEVELS),
            insider_risk=self._levels("insiderRiskLevels", INSIDER_RISK_LEVELS),
            flows=self._flows(),
            device_filter=self._device_filter(),
            grant=self._grant(),
            session_controls=self._session(),
            unknowns=tuple(dict.fromkeys(self._unknowns)),
            raw=raw,
        )

    def _grant(self) -> Grant | None:
        given = self._object(self._raw, "grantControls")
        return parse_grant(given, self._fail) if given else None

    def _state(self) -> State:
        given = str(self._raw.get("state") or "")
        for state in State:
            if state.value.casefold() == given.casefold():
                return state
        raise self._fail(
            f"`state` is {given or 'missing'}", "write enabled, disabled or enabledForReportingButNotEnforced"
        )

    def _subject(self) -> str:
        """Users, unless the policy is for workload identities or agents; then its user part matches no user."""
        clients = self._object(self._conditions, "clientApplications")
        agents = self._object(self._conditions, "agents")
        if any(
            self._strings(clients, name)
            for name in clients
            if "agent" in name.casefold() and name.startswith("include")
        ):
            return "agents"
        if self._strings(clients, "includeServicePrincipals") or clients.get("servicePrincipalFilter"):
            return "workload"
        if any(_set(value) for value in agents.values()):
            return "agents"
        if self._strings(self._object(self._conditions, "applications"), "includeApplications") == (
            "AllAgentIdResources",
        ):
            self._unknowns.append("the resources of agent identities")
        if _set(self._raw.get("partialEnablementStrategy")):
            self._unknowns.append("the partial enablement of the policy (partialEnablementStrategy)")
        return "users"

    def _note_unknown_conditions(self) -> None:
        for key, value in self._conditions.items():
            if key not in _CONDITIONS and "@" not in key and _set(value):
                self._unknowns.append(f"the condition `{key}`, which tenantlint does not model")
        if _set(self._conditions.get("servicePrincipalRiskLevels")):
            self._unknowns.append("the risk of a service principal")
        devices = self._object(self._conditions, "devices")
        for key, value in devices.items():
            if key != "deviceFilter" and "@" not in key and _set(value):
                self._unknowns.append(f"the condition `devices.{key}`, which tenantlint does not model")
        applications = self._object(self._conditions, "applications")
        known = {
            "includeApplications",
            "excludeApplications",
            "includeUserActions",
            "includeAuthenticationContextClassReferences",
            "applicationFilter",
        }
        for key, value in applications.items():
            if key not in known and "@" not in key and _set(value):
                self._unknowns.append(f"the condition `applications.{key}`, which tenantlint does not model")

    def _users(self, users: Mapping[str, Any], side: str) -> Users:
        named = self._strings(users, f"{side}Users")
        folded = {value.casefold() for value in named}
        guests = []
        if "guestsorexternalusers" in folded:
            guests.append(Guests(frozenset(GUEST_TYPES)))
        typed = self._guests(users, f"{side}GuestsOrExternalUsers")
        if typed is not None:
            guests.append(typed)
        groups = self._strings(users, f"{side}Groups")
        everybody = "all" in folded or any(value.casefold() == "all" for value in groups)
        return Users(
            all=everybody,
            ids=frozenset(folded - {"all", "none", "guestsorexternalusers"}),
            groups=frozenset(value.casefold() for value in groups if value.casefold() != "all"),
            roles=frozenset(value.casefold() for value in self._strings(users, f"{side}Roles")),
            guests=tuple(guests),
        )

    def _guests(self, users: Mapping[str, Any], key: str) -> Guests | None:
        given = self._object(users, key)
        types = self._flags(given, "guestOrExternalUserTypes")
        known = {name.casefold(): name for name in GUEST_TYPES}
        wanted = frozenset(known[one.casefold()] for one in types if one.casefold() in known)
        for one in types:
            if one.casefold() not in known and one.casefold() != "none":
                self._unknowns.append(f"the guest type `{one}`")
                # It may be any of those that are known: a policy may be about more, and leave out less.
                wanted = frozenset(GUEST_TYPES) if key.startswith("include") else wanted
        if not wanted:
            return None
        tenants = self._object(given, "externalTenants")
        kind = str(tenants.get("membershipKind") or "all").casefold()
        if kind not in {"all", "enumerated"}:
            self._unknowns.append(f"the tenants `{kind}` of guests")
            return Guests(wanted) if key.startswith("include") else None
        if kind == "all":
            return Guests(wanted)
        return Guests(wanted, frozenset(value.casefold() for value in self._strings(tenants, "members")))

    def _applications(self) -> Applications:
        given = self._object(self._conditions, "applications")
        named = self._strings(given, "includeApplications")
        exclude = {application_id(value) for value in self._strings(given, "excludeApplications")} - {"none"}
        if "all" in exclude:
            named, exclude = (), set()
        return Applications(
            all=any(value.casefold() == "all" for value in named),
            ids=frozenset(application_id(value) for value in named if value.casefold() not in {"all", "none"}),
            exclude=frozenset(exclude),
            user_actions=frozenset(value.casefold() for value in self._strings(given, "includeUserActions")),
            contexts=frozenset(
                value.casefold() for value in self._strings(given, "includeAuthenticationContextClassReferences")
            ),
            filter=self._filter(given, "applicationFilter"),
        )

    def _client_app_types(self) -> frozenset[str] | None:
        given = self._strings(self._conditions, "clientAppTypes")
        known = {name.casefold(): name for name in CLIENT_APP_TYPES}
        # easSupported: the deprecated name of Exchange ActiveSync clients that could be evaluated.
        known["eassupported"] = "exchangeActiveSync"
        if not given or any(value.casefold() == "all" for value in given):
            return None
        strange = [value for value in given if value.casefold() not in known]
        self._unknowns += [f"the client app type `{value}`" for value in strange]
        wanted = frozenset(known[value.casefold()] for value in given if value.casefold() in known)
        return None if strange or len(wanted) == len(CLIENT_APP_TYPES) else wanted

    def _choice(self, key: str, suffix: str, words: tuple[str, ...]) -> Choice:
        given = self._object(self._conditions, key)
        known = {word.casefold(): word for word in words}
        include = self._strings(given, f"include{suffix}")
        exclude = self._strings(given, f"exclude{suffix}")
        words_too = known.keys() | {"all"}
        strange = [value for value in (*include, *exclude) if value.casefold() not in words_too]
        self._unknowns += [f"the value `{value}` of `{key}`" for value in strange]
        if any(value.casefold() == "all" for value in exclude):
            return Choice(frozenset())
        # What a value that is not known stands for may be any of the others.
        everything = not include or any(value.casefold() == "all" or value in strange for value in include)
        return Choice(
            include=None if everything else frozenset(known[v.casefold()] for v in include if v.casefold() in known),
            exclude=frozenset(known[value.casefold()] for value in exclude if value.casefold() in known),
        )

    def _locations(self) -> Choice:
        given = self._object(self._conditions, "locations")
        include = [value.casefold() for value in self._strings(given, "includeLocations")]
        exclude = frozenset(value.casefold() for value in self._strings(given, "excludeLocations"))
        if "all" in exclude:
            return Choice(frozenset())
        return Choice(None if not include or "all" in include else frozenset(include), exclude)

    def _levels(self, key: str, words: tuple[str, ...]) -> frozenset[str] | None:
        given = self._flags(self._conditions, key)
        known = {word.casefold(): word for word in words}
        if not given:
            return None
        strange = [value for value in given if value.casefold() not in known and value.casefold() != "hidden"]
        if strange:
            self._unknowns += [f"the value `{value}` of `{key}`" for value in strange]
            return None
        return frozenset(known[value.casefold()] for value in given if value.casefold() in known)

    def _flows(self) -> frozenset[str] | None:
        """`none` and null do not constrain: the policy is not about the transfer of authentication."""
        given = self._flags(self._object(self._conditions, "authenticationFlows"), "transferMethods")
        known = {word.casefold(): word for word in TRANSFER_METHODS}
        strange = [value for value in given if value.casefold() not in known]
        if strange:
            self._unknowns += [f"the transfer method `{value}`" for value in strange]
            return None
        return frozenset(known[value.casefold()] for value in given) - {"none"} or None

    def _device_filter(self) -> Filter | None:
        return self._filter(self._object(self._conditions, "devices"), "deviceFilter")

    def _filter(self, given: Mapping[str, Any], key: str) -> Filter | None:
        block = self._object(given, key)
        rule = block.get("rule")
        if not rule:
            return None
        if not isinstance(rule, str):
            raise self._fail(f"`{key}.rule` must be text", "write the rule as one string")
        mode = str(block.get("mode") or "include").casefold()
        if mode not in {"include", "exclude"}:
            self._unknowns.append(f"the mode `{mode}` of `{key}`")
            # It may match any device; of applications it may take in others than those that are named.
            return None if key == "deviceFilter" else Filter("include", rule)
        return Filter(mode, rule)

    def _session(self) -> tuple[str, ...]:
        given = self._object(self._raw, "sessionControls")
        return tuple(sorted(key for key, value in given.items() if "@" not in key and _set(value) and not _off(value)))

    def _object(self, holder: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = holder.get(key)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise self._fail(f"`{key}` must be an object, not {value!r:.40}", "compare it with Graph's schema")
        return value

    def _strings(self, holder: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = holder.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,) if value else ()
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
            raise self._fail(f"`{key}` must be a list of texts, not {value!r:.40}", "compare it with Graph's schema")
        return tuple(one.strip() for one in value if one.strip())

    def _flags(self, holder: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """Graph writes flags as one comma-joined text, exports sometimes as a list."""
        joined: Iterable[str] = self._strings(holder, key)
        return tuple(part.strip() for one in joined for part in one.split(",") if part.strip())

    def _fail(self, problem: str, mend: str | None = None) -> InputError:
        return InputError(f"the policy {self._name!r:.80}: {problem}", mend=mend)


def application_id(value: str) -> str:
    """An application as the analysis names it: ids in lower case, Graph's suite words in Graph's spelling."""
    suites = {"office365": "Office365", "microsoftadminportals": "MicrosoftAdminPortals"}
    return suites.get(value.casefold(), value.casefold())


def _off(control: Any) -> bool:
    """Whether a session control is there and switched off."""
    return isinstance(control, Mapping) and control.get("isEnabled") is False


def _set(value: Any) -> bool:
    """Whether a value says something: not null, not false, not empty, not made of such."""
    if isinstance(value, Mapping):
        return any(_set(inner) for key, inner in value.items() if "@" not in key)
    if isinstance(value, list | tuple):
        return any(_set(inner) for inner in value) if value else False
    return value not in (None, False, "", "none", 0)

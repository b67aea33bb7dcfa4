"""The nouns of tenantlint: frozen dataclasses and enums, standard library only.

Every layer may import this module; it imports none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Json = Any  # a JSON value as the standard library parses it
JsonObject = Mapping[str, Any]


class CollectionStatus(StrEnum):
    """What became of one collection when the snapshot was made."""

    OK = "ok"
    DENIED = "denied"
    UNLICENSED = "unlicensed"
    FAILED = "failed"
    TRUNCATED = "truncated"
    NOT_COLLECTED = "not_collected"


class Severity(StrEnum):
    """How bad a finding is, worst first (docs/severity.md gives the scale)."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for critical to 3 for low: sorts worst first."""
        return list(Severity).index(self)


class Outcome(StrEnum):
    """The verdict of one check over one snapshot. Only `pass` says that all is well."""

    PASS = "pass"  # noqa: S105 - a verdict
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"
    NOT_APPLICABLE = "not_applicable"
    NOT_EVALUATED = "not_evaluated"
    ERROR = "error"


class FindingStatus(StrEnum):
    """A finding against a base. `unknown`: gone, but its check was no longer evaluated."""

    NEW = "new"
    WORSENED = "worsened"
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    FIXED = "fixed"
    UNKNOWN = "unknown"


class Certainty(StrEnum):
    """Whether a finding holds whatever the unknowns turn out to be."""

    CERTAIN = "certain"
    DEPENDS = "depends"


class ExceptionState(StrEnum):
    """`grown`: more members than were approved; like `expired`, it no longer excuses anything."""

    ACTIVE = "active"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    GROWN = "grown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place in a source file. `file` as the user named it; line and column count from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """Whose snapshot it is. Every field may be unknown in a foreign export: then an empty string."""

    id: str = ""
    display_name: str = ""
    initial_domain: str = ""
    cloud: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A threshold of a check that users may set in tenantlint.yaml."""

    name: str
    type: str  # integer | number | string | boolean | array
    default: Any
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A page to read on."""

    url: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: its METADATA, and where its Rego is.

    `requires`: without one of these collections there is no verdict (`a|b`: either is enough). `refines`:
    without one the verdict is less exact. `raw`: large collections (users, groups, …) whose objects the Rego
    reads itself; others of that size reach it only through facts. `facts`: dotted names under `input.facts`.
    """

    id: str
    slug: str
    title: str
    description: str
    severity: Severity
    service: str
    package: str  # e.g. tenantlint.checks.conditional_access.legacy_authentication_blocked
    path: str  # the .rego file, as it should be shown
    requires: tuple[str, ...]
    refines: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    bucket: str = "situational"
    lenses: Mapping[str, str] = field(default_factory=dict)
    rationale: str = ""
    remediation: str = ""
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    mappings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    custom: bool = False
    tells_not_applicable: bool = False  # the module also defines `not_applicable`, a set of reasons


@dataclass(frozen=True, slots=True)
class Module:
    """One Rego file: `path` as it is to be shown in errors, `text` its source.

    `trusted`: it came with tenantlint, whose tests guard it; every other module is guarded when it is loaded.
    """

    path: str
    text: str
    trusted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """A user, group, role, service principal, device or domain that a finding affects."""

    id: str
    kind: str  # user | group | role | servicePrincipal | device | domain | guestType | unknown
    name: str = ""
    enabled: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Principals:
    """Whom a finding affects.

    `members` is whole; reporters show a sample. `count` is of enabled accounts (disabled ones told apart);
    None when it is not known, for example a group whose members were not collected. `remaining` is the
    count after exceptions.
    """

    members: tuple[Principal, ...] = ()
    count: int | None = 0
    disabled: int = 0
    remaining: int | None = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """The object that a finding is about, and where it stands in the input."""

    kind: str
    id: str
    name: str = ""
    position: Position | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """What the Rego of a check said about one resource, decoded but not yet judged."""

    resource: Resource
    message: str
    evidence: JsonObject
    principals: tuple[Principal, ...] = ()
    populations: tuple[str, ...] = ()  # handles of principal sets that facts hold
    key: Any = None  # what tells two findings on one resource apart; part of the fingerprint
    depends_on: tuple[str, ...] = ()
    pointer: str = ""  # JSON pointer inside the resource, for the position


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedException:
    """An exception as it bears on one finding. `principals`: how many it took away."""

    id: str
    state: ExceptionState
    expires: date | None
    principals: int
    reason: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One judged violation (contract, Report)."""

    check_id: str
    fingerprint: str
    severity: Severity
    message: str
    resource: Resource
    principals: Principals
    evidence: JsonObject
    remediation: str
    certainty: Certainty = Certainty.CERTAIN
    depends_on: tuple[str, ...] = ()
    status: FindingStatus | None = None  # None without a base
    exceptions: tuple[AppliedException, ...] = ()
    open_after_exceptions: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SecureScoreLink:
    """One Secure Score control that a check maps to, with the verdict of the cross-reference."""

    control_id: str
    verdict: str
    score: float | None = None
    max_score: float | None = None
    points_left: float | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """The verdict of one check, with its findings; `reason` says why there is no plain pass or fail."""

    check: Check
    outcome: Outcome
    reason: str | None = None
    findings: tuple[Finding, ...] = ()
    secure_score: tuple[SecureScoreLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """An entry of the exception register, or one imported from a foreign tool's configuration.

    The contract's word is exception; this name keeps Python's apart. `checks` holds ids and patterns such
    as `CA1*`, or `scuba:MS.AAD.1.1v1` for every check mapped to that control. `whole_check`: an omission
    that covers the check whatever it finds. `source`: the register's file, or the foreign configuration.
    """

    id: str
    kind: str
    checks: tuple[str, ...]
    principals: tuple[str, ...] = ()
    resources: tuple[tuple[str, str], ...] = ()  # (kind, id)
    reason: str = ""
    owner: str = ""
    approved_by: str = ""
    ticket: str = ""
    created: date | None = None
    expires: date | None = None
    max_members: int | None = None
    approved_members_sha256: str = ""
    compensating_controls: tuple[str, ...] = ()
    imported: bool = False
    whole_check: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something about the input that the reader must know: an unreadable file, an edited collection."""

    kind: str  # unreadable | invalid | edited | imported_exception | unknown_collection | unevaluated | ...
    message: str
    position: Position | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotInfo:
    """The head of a snapshot, as reports show it. `statuses`: collection name to status."""

    tenant: Tenant
    collected_at: datetime | None
    digest: str
    statuses: Mapping[str, CollectionStatus] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolInfo:
    """Which tenantlint judged, with which checks and which engine."""

    version: str
    checks_digest: str
    engine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The one document that every reporter writes; no reporter computes anything (contract, Report).

    The optional sections hold JSON as the contract describes it; None when the job did not make them. `profile`:
    the named set of checks that the run took, None when selectors alone decided.
    """

    tool: ToolInfo
    snapshot: SnapshotInfo
    results: tuple[CheckResult, ...]
    base: SnapshotInfo | None = None
    notices: tuple[Notice, ...] = ()
    now: datetime | None = None
    profile: str | None = None
    access: JsonObject | None = None
    drift: JsonObject | None = None
    exceptions: JsonObject | None = None
    secure_score: JsonObject | None = None
    coverage: JsonObject | None = None

    def findings(self) -> tuple[Finding, ...]:
        """Every finding of every result, in the report's order."""
        return tuple(finding for result in self.results for finding in result.findings)

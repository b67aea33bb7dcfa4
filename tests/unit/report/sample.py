"""A realistic report made by hand: every outcome, exceptions, notices, a base, and hostile names on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from tenantlint.model import (
    AppliedException,
    Certainty,
    Check,
    CheckResult,
    CollectionStatus,
    ExceptionState,
    Finding,
    FindingStatus,
    Notice,
    Outcome,
    Position,
    Principal,
    Principals,
    Reference,
    Report,
    Resource,
    SecureScoreLink,
    Severity,
    SnapshotInfo,
    Tenant,
    ToolInfo,
)

TENANT = "3f1c9a52-7d0e-4c57-9a86-52b6f0f7d1aa"
_PEOPLE = (
    "Adele Vance",
    "Alex Wilber",
    "Diego Siciliani",
    "Grady Archie",
    "Henrietta Mueller",
    "Isaiah Langer",
    "Johanna Lorenz",
    "Joni Sherman",
    "Lee Gu",
    "Lidia Holloway",
    "Łukasz Żółw",
    "山田 太郎",
)


def check(number: str, title: str, severity: Severity, service: str, **more: object) -> Check:
    """A check with everything a rule shows."""
    slug = title.lower().replace(",", "").replace(" ", "_").replace("-", "_")
    fields = {
        "id": number,
        "slug": slug,
        "title": title,
        "description": f"Looks at the tenant and asks whether this holds: {title}.",
        "severity": severity,
        "service": service,
        "package": f"tenantlint.checks.{service}.{slug}",
        "path": f"policies/checks/{service}/{slug}.rego",
        "requires": ("conditional_access_policies",),
        "tags": ("foundational",),
        "rationale": "Attackers look for the one door that is left open.",
        "remediation": "Open the Entra admin centre and correct the setting.",
        "mappings": {"scuba": ("MS.AAD.1.1v1",), "mitre_attack": ("T1078.004",)},
        "references": (Reference(url="https://learn.microsoft.com/entra/", description="Microsoft Entra"),),
    }
    return Check(**(fields | more))  # type: ignore[arg-type]


LEGACY = check(
    "CA001",
    "Legacy authentication is blocked for every user",
    Severity.CRITICAL,
    "conditional_access",
    remediation=(
        "Create one policy, `Block legacy authentication`, for all users and all resources:\n"
        "- under Conditions, Client apps, choose Exchange ActiveSync clients and Other clients\n"
        "- under Grant, choose Block access\n"
        "Exclude only the declared emergency accounts."
    ),
    mappings={"secure_score": ("BlockLegacyAuthentication",), "scuba": ("MS.AAD.1.1v1",), "cis_m365": ("5.2.2.3",)},
)
ADMINS = check(
    "CA004",
    "Administrators need phishing-resistant multifactor authentication",
    Severity.CRITICAL,
    "conditional_access",
    refines=("role_assignments", "group_members"),
)
EXCLUSIONS = check(
    "CA010", "Exclusions from Conditional Access are few and declared", Severity.HIGH, "conditional_access"
)
STANDING = check(
    "PA003",
    "Privileged roles are held by eligibility, not by standing assignment",
    Severity.HIGH,
    "privileged_access",
    requires=("role_assignments",),
    remediation="Turn each assignment into an eligible one in Privileged Identity Management.",
)
GUESTS = check("EA002", "Guests see only their own directory objects", Severity.MEDIUM, "external_access")
CONSENT = check("AP001", "Users cannot consent to applications", Severity.MEDIUM, "applications")
LINKS = check(
    "SP003",
    "Anonymous links expire within 30 days",
    Severity.LOW,
    "sharepoint",
    requires=("sharepoint_tenant",),
)
SHARING = check(
    "SP001", "Sharing is limited to known guests", Severity.HIGH, "sharepoint", requires=("sharepoint_tenant",)
)
SAFE_LINKS = check(
    "DO002",
    "Safe Links protects every mailbox",
    Severity.HIGH,
    "defender_office",
    requires=("safe_links_policies", "safe_links_rules"),
    licences=("defender_office_p1",),
)
FORWARDING = check("EX004", "Automatic forwarding to outside is off", Severity.HIGH, "exchange")
DKIM = check(
    "EX007", "DKIM signs mail of every domain", Severity.MEDIUM, "exchange", requires=("dkim_signing_configs",)
)
MEETINGS = check("TM002", "Anonymous users cannot start a meeting", Severity.MEDIUM, "teams")
CUSTOM = check(
    "X001",
    "Break-glass accounts follow our own naming",
    Severity.LOW,
    "custom",
    custom=True,
    references=(),
    remediation="",
    rationale="",
    mappings={},
)


def people(count: int, *, disabled: int = 0) -> Principals:
    """Users, the last `disabled` of them disabled."""
    members = tuple(
        Principal(
            id=f"00000000-0000-4000-8000-{number:012d}",
            kind="user",
            name=_PEOPLE[number % len(_PEOPLE)] + (f" {number}" if number >= len(_PEOPLE) else ""),
            enabled=number < count,
        )
        for number in range(count + disabled)
    )
    return Principals(members=members, count=count, disabled=disabled, remaining=count)


def policy(number: int, name: str) -> Resource:
    """A Conditional Access policy in a file of its own."""
    slug = name.lower().replace(" ", "-")
    return Resource(
        kind="conditionalAccessPolicy",
        id=f"{number:08x}-1111-4222-8333-444455556666",
        name=name,
        position=Position(
            file=f"snapshots/contoso/conditional_access_policies/{slug}--{number:08x}.json", line=12, column=5
        ),
    )


def finding(of: Check, digits: str, message: str, resource: Resource, **more: object) -> Finding:
    """A finding with the check's severity and remediation."""
    fields = {
        "check_id": of.id,
        "fingerprint": (digits * 32)[:32],
        "severity": of.severity,
        "message": message,
        "resource": resource,
        "principals": Principals(),
        "evidence": {},
        "remediation": of.remediation,
    }
    return Finding(**(fields | more))  # type: ignore[arg-type]


def _exception(state: ExceptionState, taken: int) -> AppliedException:
    return AppliedException(
        id="EX-2026-003",
        state=state,
        expires=date(2026, 12, 31),
        principals=taken,
        reason="Two scanners on the shop floor cannot do modern authentication",
        owner="someone@contoso.example",
    )


_EXPIRED = replace(_exception(ExceptionState.EXPIRED, 31), id="EX-2025-011", expires=date(2026, 3, 31))


def _legacy() -> CheckResult:
    tenant = Resource(kind="tenant", id=TENANT, name="Contoso")
    return CheckResult(
        check=LEGACY,
        outcome=Outcome.FAIL,
        secure_score=(
            SecureScoreLink(
                control_id="BlockLegacyAuthentication",
                verdict="disagrees",
                score=8.0,
                max_score=8.0,
                points_left=0.0,
                state="Default",
            ),
        ),
        findings=(
            finding(
                LEGACY,
                "a1",
                "Policy `Block legacy auth` is in report-only mode, so that it blocks nobody",
                policy(0x1A2B, "Block legacy auth"),
                evidence={
                    "state": "enabledForReportingButNotEnforced",
                    "clientAppTypes": ["exchangeActiveSync", "other"],
                    "excludeUsers": [f"00000000-0000-4000-8000-{number:012d}" for number in range(12)],
                },
                principals=people(212, disabled=14),
            ),
            finding(
                LEGACY,
                "a2",
                "No enabled policy blocks legacy authentication for every user",
                tenant,
                evidence={"policies_considered": 9, "blocking": []},
                principals=replace(people(214), remaining=212),
                exceptions=(_exception(ExceptionState.ACTIVE, 2),),
            ),
        ),
    )


def _standing(count: int) -> CheckResult:
    return CheckResult(
        check=STANDING,
        outcome=Outcome.FAIL,
        findings=tuple(
            finding(
                STANDING,
                f"{number:04x}",
                f"{_PEOPLE[number % 12]} holds Exchange Administrator by a standing assignment",
                Resource(
                    kind="unifiedRoleAssignment",
                    id=f"assignment-{number:03d}",
                    name=f"Exchange Administrator {number:03d}",
                    position=Position(file="snapshots/contoso/role_assignments.jsonl", line=number + 1, column=1),
                ),
                evidence={"role": "Exchange Administrator", "scope": "/", "end": None},
                principals=people(1),
            )
            for number in range(count)
        ),
    )


def sample(*, standing: int = 9) -> Report:
    """The report of `contoso`, without a base."""
    group = Principal(id="99999999-0000-4000-8000-000000000001", kind="group", name="CA-Exclude-Legacy")
    return Report(
        tool=ToolInfo(version="0.1.0", checks_digest="sha256:5d41402abc4b2a76", engine="embedded"),
        snapshot=SnapshotInfo(
            tenant=Tenant(id=TENANT, display_name="Contoso", initial_domain="contoso.onmicrosoft.com", cloud="global"),
            collected_at=datetime(2026, 8, 20, 6, 0, tzinfo=UTC),
            digest="sha256:9e107d9d372bb682",
            statuses={
                "conditional_access_policies": CollectionStatus.OK,
                "role_assignments": CollectionStatus.OK,
                "sharepoint_tenant": CollectionStatus.DENIED,
                "safe_links_policies": CollectionStatus.UNLICENSED,
            },
        ),
        now=datetime(2026, 8, 21, 9, 30, tzinfo=UTC),
        results=(
            _legacy(),
            CheckResult(
                check=ADMINS,
                outcome=Outcome.INCONCLUSIVE,
                reason="Depends on group_members of CA-Admins.",
                findings=(
                    finding(
                        ADMINS,
                        "b1",
                        "Policy `Admins: MFA` asks for multifactor authentication that phishing defeats",
                        policy(0x2B, "Admins MFA"),
                        certainty=Certainty.DEPENDS,
                        depends_on=("group_members of CA-Admins",),
                        principals=Principals(members=(group,), count=None, remaining=None),
                        evidence={"builtInControls": ["mfa"], "authenticationStrength": None},
                    ),
                ),
            ),
            CheckResult(
                check=EXCLUSIONS,
                outcome=Outcome.FAIL,
                findings=(
                    finding(
                        EXCLUSIONS,
                        "c1",
                        "Policy `Require MFA` excludes the group CA-Exclude-Legacy with 31 members",
                        policy(0x3C, "Require MFA"),
                        principals=people(31, disabled=2),
                        exceptions=(
                            replace(
                                _exception(ExceptionState.EXPIRED, 31), id="EX-2025-011", expires=date(2026, 3, 31)
                            ),
                        ),
                    ),
                    finding(
                        EXCLUSIONS,
                        "c2",
                        "Policy `Require compliant device` excludes two emergency accounts",
                        policy(0x3D, "Require compliant device"),
                        principals=replace(people(2), remaining=0),
                        exceptions=(_exception(ExceptionState.ACTIVE, 2),),
                        open_after_exceptions=False,
                    ),
                ),
            ),
            _standing(standing),
            CheckResult(
                check=GUESTS,
                outcome=Outcome.FAIL,
                findings=(
                    finding(
                        GUESTS,
                        "d1",
                        "Guests have the same access as members",
                        Resource(
                            kind="authorizationPolicy",
                            id="authorizationPolicy",
                            name="Authorization Policy",
                            position=Position(file="snapshots/contoso/authorization_policy.json", line=21, column=21),
                        ),
                        evidence={"guestUserRoleId": "a0b1b346-4d3e-4e8b-98f8-753987be4970"},
                    ),
                ),
            ),
            CheckResult(
                check=CUSTOM,
                outcome=Outcome.FAIL,
                findings=(
                    finding(CUSTOM, "e1", "The account `admin2` follows no naming", Resource(kind="user", id="u-2")),
                ),
            ),
            CheckResult(check=CONSENT, outcome=Outcome.PASS),
            CheckResult(check=FORWARDING, outcome=Outcome.PASS),
            CheckResult(
                check=SAFE_LINKS,
                outcome=Outcome.NOT_APPLICABLE,
                reason="The tenant has no licence for Defender for Office 365 Plan 1.",
            ),
            CheckResult(
                check=SHARING,
                outcome=Outcome.NOT_EVALUATED,
                reason="sharepoint_tenant is denied (Sites.Read.All was not granted).",
            ),
            CheckResult(
                check=LINKS,
                outcome=Outcome.NOT_EVALUATED,
                reason="sharepoint_tenant is denied (Sites.Read.All was not granted).",
            ),
            CheckResult(check=DKIM, outcome=Outcome.NOT_EVALUATED, reason="dkim_signing_configs is not_collected."),
            CheckResult(
                check=MEETINGS,
                outcome=Outcome.ERROR,
                reason="TM002 failed: policies/checks/teams/x.rego:31:8: to_number: invalid syntax",
            ),
        ),
        notices=(
            Notice(
                kind="unreadable",
                message="snapshots/contoso/named_locations/hq.json:3:7: a comma is missing; correct the file.",
                position=Position(file="snapshots/contoso/named_locations/hq.json", line=3, column=7),
            ),
            Notice(kind="edited", message="users.jsonl was edited after it was collected."),
            Notice(kind="imported_exception", message="EX-SCUBA-1 was taken over from scuba_config: it has no owner."),
        ),
    )


def compared() -> Report:
    """The same against a base: every status occurs."""
    report = sample(standing=6)
    base = replace(report.snapshot, collected_at=datetime(2026, 7, 20, 6, 0, tzinfo=UTC), digest="sha256:00")
    statuses = list(FindingStatus)
    results = tuple(
        replace(
            result,
            findings=tuple(
                replace(one, status=statuses[(number + turn) % len(statuses)])
                for turn, one in enumerate(result.findings)
            ),
        )
        for number, result in enumerate(report.results)
    )
    return replace(report, base=base, results=results)


def hostile_report(names: Sequence[str]) -> Report:
    """Each name in every place that a tenant fills: message, resource, principals, evidence, file, reasons."""
    report = sample(standing=1)
    findings = tuple(
        finding(
            EXCLUSIONS,
            f"{number:02x}",
            f"{name} is excluded by {name}",
            Resource(
                kind="conditionalAccessPolicy",
                id=f"{number}-{name}",
                name=name,
                position=Position(file=f"snap/{name[:200]}.json", line=1, column=1),
            ),
            principals=Principals(
                members=(Principal(id=f"{name}-{number}", kind="user", name=name, enabled=True),),
                count=1,
                remaining=1,
            ),
            evidence={"name": name, name or "empty": [name, {"nested": name}]},
            certainty=Certainty.DEPENDS,
            depends_on=(name,),
            exceptions=(
                AppliedException(
                    id=name, state=ExceptionState.ACTIVE, expires=None, principals=0, reason=name, owner=name
                ),
            ),
        )
        for number, name in enumerate(names)
    )
    first = CheckResult(check=EXCLUSIONS, outcome=Outcome.FAIL, findings=findings)
    excepted = CheckResult(
        check=GUESTS,
        outcome=Outcome.FAIL,
        findings=tuple(
            replace(one, check_id=GUESTS.id, open_after_exceptions=False, fingerprint=f"f{one.fingerprint[1:]}")
            for one in findings
        ),
    )
    reasons = [
        CheckResult(
            check=replace(LINKS, id=f"SP{100 + number}", title=f"Title {name[:100]}"), outcome=outcome, reason=name
        )
        for number, name in enumerate(names)
        for outcome in [list(Outcome)[number % len(Outcome)]]
    ]
    tenant = Tenant(id=TENANT, display_name=" ".join(names)[:500], initial_domain=names[0] if names else "")
    return replace(
        report,
        snapshot=replace(report.snapshot, tenant=tenant),
        results=(first, excepted, *reasons),
        notices=tuple(
            Notice(kind="unreadable", message=name, position=Position(file=name[:200], line=1, column=1))
            for name in names
        ),
    )

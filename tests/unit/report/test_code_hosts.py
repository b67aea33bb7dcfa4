"""GitLab Code Quality and GitHub workflow commands: what those services accept."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from tests.unit.report.hostile import HOSTILE
from tests.unit.report.sample import compared, hostile_report, sample

from tenantlint.model import Report, Severity
from tenantlint.report import RenderOptions, render

MANIFEST = RenderOptions(fallback_file="./snapshots/contoso/snapshot.json")


def levelled(severity: Severity, count: int) -> Report:
    report = sample(standing=count)
    standing = next(one for one in report.results if one.check.id == "PA003")
    findings = tuple(replace(one, severity=severity) for one in standing.findings)
    return replace(report, results=(replace(standing, findings=findings),), notices=())


def commands(text: str, level: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(f"::{level} ")]


def test_gitlab_entries_have_every_field_that_gitlab_reads() -> None:
    for report in (sample(), compared(), hostile_report(HOSTILE)):
        entries = json.loads(render("gitlab", report, MANIFEST))
        assert entries
        for entry in entries:
            assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
            assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
            assert not entry["location"]["path"].startswith(("./", "/"))
            assert entry["location"]["lines"]["begin"] >= 1
            assert len(entry["description"]) <= 500


def test_gitlab_severities_and_order() -> None:
    entries = json.loads(render("gitlab", sample(), MANIFEST))
    assert [entry["severity"] for entry in entries] == ["blocker"] * 3 + ["critical"] * 10 + ["major", "minor"]
    assert entries[1]["location"] == {"path": "snapshots/contoso/snapshot.json", "lines": {"begin": 1}}


def test_gitlab_fingerprints_are_unique_even_when_findings_share_one() -> None:
    report = levelled(Severity.HIGH, 5)
    (result,) = report.results
    twins = tuple(replace(one, fingerprint="same") for one in result.findings)
    entries = json.loads(render("gitlab", replace(report, results=(replace(result, findings=twins),))))
    assert len({entry["fingerprint"] for entry in entries}) == 5
    assert entries[0]["fingerprint"] == "same"


def test_gitlab_shows_excepted_findings_as_info_when_asked_for() -> None:
    entries = json.loads(render("gitlab", sample(), RenderOptions(show_excepted=True)))
    assert [entry["description"] for entry in entries if entry["severity"] == "info"] == [
        "CA010: Policy `Require compliant device` excludes two emergency accounts (excepted)"
    ]


def test_github_says_what_where_and_how_bad() -> None:
    first = render("github", sample(), MANIFEST).splitlines()[0]
    assert first == (
        "::error file=snapshots/contoso/conditional_access_policies/block-legacy-auth--00001a2b.json,line=12,col=5,"
        "title=CA001 Legacy authentication is blocked for every user::"
        "Policy `Block legacy auth` is in report-only mode, so that it blocks nobody"
    )


def test_github_places_a_finding_about_the_whole_tenant_only_when_told_where() -> None:
    nowhere, somewhere = render("github", sample()), render("github", sample(), MANIFEST)
    assert "::error title=CA001 " in nowhere
    assert "::error file=snapshots/contoso/snapshot.json,line=1,col=1,title=CA001 " in somewhere


def test_github_levels_follow_severity() -> None:
    for severity, level in ((Severity.CRITICAL, "error"), (Severity.MEDIUM, "warning"), (Severity.LOW, "notice")):
        assert len(commands(render("github", levelled(severity, 3)), level)) == 3


def test_github_never_writes_more_than_ten_commands_of_a_level() -> None:
    for severity, level in ((Severity.HIGH, "error"), (Severity.MEDIUM, "warning"), (Severity.LOW, "notice")):
        assert len(commands(render("github", levelled(severity, 10)), level)) == 10
        text = render("github", levelled(severity, 37))
        assert len(commands(text, level)) == 10
        assert "::28 more findings at this level" in commands(text, level)[-1]
        assert text.endswith(f"tenantlint: 37 open findings (37 {severity.value})\n")


def test_github_warns_once_of_what_was_not_judged() -> None:
    (warning, _) = commands(render("github", sample()), "warning")
    assert warning == (
        "::warning title=tenantlint%3A incomplete::1 check in error: TM002. "
        "3 checks not evaluated: EX007, SP001, SP003. 1 file could not be read: "
        "snapshots/contoso/named_locations/hq.json:3:7: a comma is missing; correct the file."
    )


def test_github_lines_are_our_own_commands_only() -> None:
    text = render("github", hostile_report(HOSTILE), MANIFEST)
    *lines, total = text.splitlines()
    assert total.startswith("tenantlint: 42 open findings")
    for line in lines:
        assert re.match(r"::(error|warning|notice) (file=[^,:]*,line=\d+,col=\d+,)?title=[^,:]*::", line)
        assert len(line) < 2000

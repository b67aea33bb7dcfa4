"""Purview objects: data loss prevention, alert policies, audit retention."""

from __future__ import annotations

from collections.abc import Sequence

from tests.tenants.draft import Draft, JsonObject
from tests.tenants.mail import named


def purview(draft: Draft, *, blocks: bool = True, silent: Sequence[str] = ()) -> dict[str, list[JsonObject]]:
    """One data loss prevention policy with its rule, alert policies and an audit retention policy.

    `blocks`: whether for everybody; `silent`: alerts that are off.
    """
    policy = "Payment and identity numbers"
    return {
        "dlp_compliance_policies": [
            named(
                draft,
                "dlp policy",
                policy,
                Enabled=True,
                Mode="Enable",
                Workload="Exchange, SharePoint, OneDriveForBusiness, Teams",
                ExchangeLocation=["All"],
                SharePointLocation=["All"],
                OneDriveLocation=["All"],
                TeamsLocation=["All"],
                EndpointDlpLocation=["All"],
            )
        ],
        "dlp_compliance_rules": [
            named(
                draft,
                "dlp rule",
                "Block sharing outside",
                ParentPolicyName=policy,
                Disabled=False,
                BlockAccess=True,
                BlockAccessScope="All" if blocks else "PerUser",
                NotifyUser=["LastModifier", "Owner"],
                NotifyUserType="NotSet",
                IsAdvancedRule=False,
                AdvancedRule=None,
                ContentContainsSensitiveInformation=[{"name": "Credit Card Number"}],
            )
        ],
        "protection_alerts": [
            named(
                draft,
                "alert",
                name,
                Disabled=name in silent,
                Severity=severity,
                Category="ThreatManagement",
                IsSystemRule=True,
                NotificationEnabled=True,
                NotifyUser=["TenantAdmins"],
            )
            for name, severity in (
                ("Suspicious email sending patterns detected", "Medium"),
                ("Suspicious connector activity", "High"),
                ("Suspicious Email Forwarding Activity", "High"),
                ("Messages have been delayed", "High"),
                ("Tenant restricted from sending unprovisioned email", "High"),
                ("Email messages containing malicious file removed after delivery\u200b", "Informational"),
                ("Email messages containing malicious URL removed after delivery\u200b", "Informational"),
                ("Email messages from a campaign removed after delivery\u200b", "Informational"),
                ("Email messages removed after delivery\u200b", "Informational"),
                ("Email reported by user as malware or phish", "Low"),
                ("Unusual increase in email reported as phish", "Medium"),
                ("Tenant restricted from sending email", "High"),
                ("A potentially malicious URL click was detected", "High"),
                ("Elevation of Exchange admin privilege", "Low"),
            )
        ],
        "unified_audit_log_retention_policies": [
            named(
                draft,
                "audit retention",
                "Keep Exchange and Entra records a year",
                Enabled=True,
                Priority=100,
                RetentionDuration="TwelveMonths",
                RecordTypes=["ExchangeAdmin", "AzureActiveDirectory"],
                Operations=[],
                UserIds=[],
            )
        ],
    }

"""The cmdlets that the emulated gateways know, from the reference (3.4) and Microsoft's pages on each cmdlet.

Written apart from the collector's own list, so that the two check one another.
"""

from __future__ import annotations

from dataclasses import dataclass

_DEFENDER = ("defender_office_p1", "defender_office_p2")


@dataclass(frozen=True, slots=True)
class Cmdlet:
    """`licences`: any of these, none needed when empty. `sized`: it takes ResultSize, and gives 1,000 rows without.

    `required`: a parameter without which it refuses. `switch`: objects with this property come only when the parameter
    of that name asks for them, and then alone.
    """

    collection: str
    licences: tuple[str, ...] = ()
    sized: bool = False
    required: str = ""
    switch: str = ""


EXCHANGE = {
    "Get-AcceptedDomain": Cmdlet("accepted_domains", sized=True),
    "Get-AdminAuditLogConfig": Cmdlet("admin_audit_log_config"),
    "Get-AntiPhishPolicy": Cmdlet("anti_phish_policies"),
    "Get-AntiPhishRule": Cmdlet("anti_phish_rules"),
    "Get-ApplicationAccessPolicy": Cmdlet("application_access_policies"),
    "Get-ArcConfig": Cmdlet("arc_config"),
    "Get-ATPBuiltInProtectionRule": Cmdlet("atp_built_in_protection_rules", _DEFENDER),
    "Get-AtpPolicyForO365": Cmdlet("atp_policy_for_o365", _DEFENDER),
    "Get-ATPProtectionPolicyRule": Cmdlet("atp_protection_policy_rules", _DEFENDER),
    "Get-AuthenticationPolicy": Cmdlet("authentication_policies"),
    "Get-DkimSigningConfig": Cmdlet("dkim_signing_configs"),
    "Get-EmailTenantSettings": Cmdlet("email_tenant_settings", _DEFENDER),
    "Get-EOPProtectionPolicyRule": Cmdlet("eop_protection_policy_rules"),
    "Get-ExternalInOutlook": Cmdlet("external_in_outlook"),
    "Get-HostedConnectionFilterPolicy": Cmdlet("hosted_connection_filter_policies"),
    "Get-HostedContentFilterPolicy": Cmdlet("hosted_content_filter_policies"),
    "Get-HostedContentFilterRule": Cmdlet("hosted_content_filter_rules"),
    "Get-HostedOutboundSpamFilterPolicy": Cmdlet("hosted_outbound_spam_filter_policies"),
    "Get-HostedOutboundSpamFilterRule": Cmdlet("hosted_outbound_spam_filter_rules"),
    "Get-InboundConnector": Cmdlet("inbound_connectors", sized=True),
    "Get-IntraOrganizationConnector": Cmdlet("intra_organization_connectors"),
    "Get-Mailbox": Cmdlet("mailboxes", sized=True),
    "Get-MailboxAuditBypassAssociation": Cmdlet("mailbox_audit_bypass", sized=True),
    "Get-MalwareFilterPolicy": Cmdlet("malware_filter_policies"),
    "Get-MalwareFilterRule": Cmdlet("malware_filter_rules"),
    "Get-OrganizationConfig": Cmdlet("organization_config"),
    "Get-OrganizationRelationship": Cmdlet("organization_relationships"),
    "Get-OutboundConnector": Cmdlet("outbound_connectors", sized=True, switch="IsTransportRuleScoped"),
    "Get-OwaMailboxPolicy": Cmdlet("owa_mailbox_policies"),
    "Get-QuarantinePolicy": Cmdlet("quarantine_policies"),
    "Get-RemoteDomain": Cmdlet("remote_domains", sized=True),
    "Get-ReportSubmissionPolicy": Cmdlet("report_submission_policies"),
    "Get-RoleAssignmentPolicy": Cmdlet("role_assignment_policies"),
    "Get-SafeAttachmentPolicy": Cmdlet("safe_attachment_policies", _DEFENDER),
    "Get-SafeAttachmentRule": Cmdlet("safe_attachment_rules", _DEFENDER),
    "Get-SafeLinksPolicy": Cmdlet("safe_links_policies", _DEFENDER),
    "Get-SafeLinksRule": Cmdlet("safe_links_rules", _DEFENDER),
    "Get-SharingPolicy": Cmdlet("sharing_policies"),
    "Get-TeamsProtectionPolicy": Cmdlet("teams_protection_policies", _DEFENDER),
    "Get-TenantAllowBlockListItems": Cmdlet("tenant_allow_block_list_items", required="ListType"),
    "Get-TransportConfig": Cmdlet("transport_config"),
    "Get-TransportRule": Cmdlet("transport_rules", sized=True),
}

COMPLIANCE = {
    "Get-DlpCompliancePolicy": Cmdlet("dlp_compliance_policies"),
    "Get-DlpComplianceRule": Cmdlet("dlp_compliance_rules"),
    "Get-ProtectionAlert": Cmdlet("protection_alerts"),
    "Get-UnifiedAuditLogRetentionPolicy": Cmdlet("unified_audit_log_retention_policies"),
}

# What the gateways were seen, or are documented, to accept for a service principal.
EXCHANGE_ROLES = frozenset(
    {
        "Compliance Administrator",
        "Exchange Administrator",
        "Exchange Recipient Administrator",
        "Global Administrator",
        "Global Reader",
        "Helpdesk Administrator",
        "Security Administrator",
        "Security Reader",
    }
)
COMPLIANCE_ROLES = frozenset(
    {
        "Compliance Administrator",
        "Compliance Data Administrator",
        "Global Administrator",
        "Global Reader",
        "Security Administrator",
        "Security Reader",
    }
)

"""What is read outside the directory part of Graph: Intune, Secure Score, SharePoint, Exchange, Purview, Teams, DNS."""

from __future__ import annotations

from tenantlint.collect.calls import Rate, Service
from tenantlint.collect.catalog_graph import graph
from tenantlint.collect.source import Source, Way

MANAGE_AS_APP = "Exchange.ManageAsApp"
FULL_CONTROL = "Sites.FullControl.All"

_DEFENDER = ("defender_office_p1", "defender_office_p2")
_EXCHANGE = ("exchange_online",)
_TEAMS = ("teams",)

# Roles that the Exchange gateway accepts for a service principal. Defender's policies were read with Security Reader;
# mail flow and mailboxes need the view-only rights that Global Reader has.
_READS_PROTECTION = ("Security Reader", "Global Reader", "Security Administrator", "Exchange Administrator")
_READS_EXCHANGE = ("Global Reader", "Exchange Administrator")
_READS_COMPLIANCE = ("Global Reader", "Compliance Administrator")
_READS_TEAMS = ("Global Reader", "Teams Administrator")

MAILBOX_KEYS = (
    "AccountDisabled,AuditAdmin,AuditDelegate,AuditEnabled,AuditLogAgeLimit,AuditOwner,DefaultAuditSet,"
    "DeliverToMailboxAndForward,DisplayName,ExternalDirectoryObjectId,ForwardingAddress,"
    "ForwardingSmtpAddress,Guid,Identity,Name,PrimarySmtpAddress,RecipientTypeDetails,SmtpClientAuthenticationDisabled,"
    "UserPrincipalName"
)


def _exchange(collection: str, cmdlet: str, *, note: str = "") -> Source:
    return Source(
        collection=collection,
        area="exchange",
        service=Service.EXCHANGE,
        way=Way.CMDLET,
        request=cmdlet,
        shown=cmdlet,
        rate=Rate.EXCHANGE,
        permissions=(MANAGE_AS_APP,),
        roles=_READS_EXCHANGE,
        licence=_EXCHANGE,
        note=note,
    )


def _defender(collection: str, cmdlet: str, licence: tuple[str, ...] = _EXCHANGE) -> Source:
    return Source(
        collection=collection,
        area="defender",
        service=Service.EXCHANGE,
        way=Way.CMDLET,
        request=cmdlet,
        shown=cmdlet,
        rate=Rate.EXCHANGE,
        permissions=(MANAGE_AS_APP,),
        roles=_READS_PROTECTION,
        licence=licence,
    )


def _compliance(collection: str, cmdlet: str) -> Source:
    return Source(
        collection=collection,
        area="purview",
        service=Service.COMPLIANCE,
        way=Way.CMDLET,
        request=cmdlet,
        shown=cmdlet,
        rate=Rate.COMPLIANCE,
        permissions=(MANAGE_AS_APP,),
        roles=_READS_COMPLIANCE,
    )


def _teams(collection: str, configuration: str, cmdlet: str) -> Source:
    return Source(
        collection=collection,
        area="teams",
        service=Service.TEAMS,
        way=Way.TEAMS,
        request=configuration,
        shown=cmdlet,
        rate=Rate.TEAMS,
        roles=_READS_TEAMS,
        licence=_TEAMS,
    )


EXCHANGE = (
    _exchange("accepted_domains", "Get-AcceptedDomain"),
    _exchange("admin_audit_log_config", "Get-AdminAuditLogConfig"),
    _exchange("application_access_policies", "Get-ApplicationAccessPolicy"),
    _exchange("arc_config", "Get-ArcConfig"),
    _exchange("authentication_policies", "Get-AuthenticationPolicy"),
    _exchange("dkim_signing_configs", "Get-DkimSigningConfig"),
    _exchange("external_in_outlook", "Get-ExternalInOutlook"),
    _exchange("inbound_connectors", "Get-InboundConnector"),
    _exchange("intra_organization_connectors", "Get-IntraOrganizationConnector"),
    _exchange(
        "mailbox_audit_bypass",
        "Get-MailboxAuditBypassAssociation",
        note="asked for every account, with ResultSize Unlimited; only those that bypass auditing are kept",
    ),
    _exchange("mailboxes", "Get-Mailbox", note="every mailbox, with ResultSize Unlimited and few properties"),
    _exchange("organization_config", "Get-OrganizationConfig"),
    _exchange("organization_relationships", "Get-OrganizationRelationship"),
    _exchange("outbound_connectors", "Get-OutboundConnector"),
    _exchange("owa_mailbox_policies", "Get-OwaMailboxPolicy"),
    _exchange("remote_domains", "Get-RemoteDomain"),
    _exchange("role_assignment_policies", "Get-RoleAssignmentPolicy"),
    _exchange("sharing_policies", "Get-SharingPolicy"),
    _exchange("transport_config", "Get-TransportConfig"),
    _exchange("transport_rules", "Get-TransportRule"),
)

DEFENDER = (
    _defender("anti_phish_policies", "Get-AntiPhishPolicy"),
    _defender("anti_phish_rules", "Get-AntiPhishRule"),
    _defender("atp_built_in_protection_rules", "Get-ATPBuiltInProtectionRule", _DEFENDER),
    _defender("atp_policy_for_o365", "Get-AtpPolicyForO365", _DEFENDER),
    _defender("atp_protection_policy_rules", "Get-ATPProtectionPolicyRule", _DEFENDER),
    _defender("email_tenant_settings", "Get-EmailTenantSettings", _DEFENDER),
    _defender("eop_protection_policy_rules", "Get-EOPProtectionPolicyRule"),
    _defender("hosted_connection_filter_policies", "Get-HostedConnectionFilterPolicy"),
    _defender("hosted_content_filter_policies", "Get-HostedContentFilterPolicy"),
    _defender("hosted_content_filter_rules", "Get-HostedContentFilterRule"),
    _defender("hosted_outbound_spam_filter_policies", "Get-HostedOutboundSpamFilterPolicy"),
    _defender("hosted_outbound_spam_filter_rules", "Get-HostedOutboundSpamFilterRule"),
    _defender("malware_filter_policies", "Get-MalwareFilterPolicy"),
    _defender("malware_filter_rules", "Get-MalwareFilterRule"),
    _defender("quarantine_policies", "Get-QuarantinePolicy"),
    _defender("report_submission_policies", "Get-ReportSubmissionPolicy"),
    _defender("safe_attachment_policies", "Get-SafeAttachmentPolicy", _DEFENDER),
    _defender("safe_attachment_rules", "Get-SafeAttachmentRule", _DEFENDER),
    _defender("safe_links_policies", "Get-SafeLinksPolicy", _DEFENDER),
    _defender("safe_links_rules", "Get-SafeLinksRule", _DEFENDER),
    _defender("teams_protection_policies", "Get-TeamsProtectionPolicy", _DEFENDER),
    _defender("tenant_allow_block_list_items", "Get-TenantAllowBlockListItems"),
)

PURVIEW = (
    _compliance("dlp_compliance_policies", "Get-DlpCompliancePolicy"),
    _compliance("dlp_compliance_rules", "Get-DlpComplianceRule"),
    _compliance("protection_alerts", "Get-ProtectionAlert"),
    _compliance("unified_audit_log_retention_policies", "Get-UnifiedAuditLogRetentionPolicy"),
)

TEAMS = (
    _teams("teams_app_permission_policies", "TeamsAppPermissionPolicy", "Get-CsTeamsAppPermissionPolicy"),
    _teams("teams_client_configuration", "TeamsClientConfiguration", "Get-CsTeamsClientConfiguration"),
    _teams("teams_external_access_policies", "ExternalAccessPolicy", "Get-CsExternalAccessPolicy"),
    _teams("teams_federation_configuration", "TenantFederationSettings", "Get-CsTenantFederationConfiguration"),
    _teams("teams_meeting_broadcast_policies", "TeamsMeetingBroadcastPolicy", "Get-CsTeamsMeetingBroadcastPolicy"),
    _teams("teams_meeting_policies", "TeamsMeetingPolicy", "Get-CsTeamsMeetingPolicy"),
    _teams("teams_messaging_policies", "TeamsMessagingPolicy", "Get-CsTeamsMessagingPolicy"),
)

SHAREPOINT = (
    graph(
        "sharepoint_settings",
        "sharepoint",
        "/admin/sharepoint/settings",
        ("SharePointTenantSettings.Read.All",),
        rate=Rate.GRAPH,
        licence=("sharepoint",),
    ),
    Source(
        collection="sharepoint_tenant",
        area="sharepoint",
        service=Service.SHAREPOINT,
        way=Way.SHAREPOINT,
        request="/_api/SPO.Tenant",
        shown="GET /_api/SPO.Tenant",
        rate=Rate.SHAREPOINT,
        permissions=(FULL_CONTROL,),
        licence=("sharepoint",),
        opt_in="--sharepoint-admin",
        note="a full-control grant for one read, and only a certificate gets a token",
    ),
)

DEVICES = (
    graph(
        "device_registration_policy",
        "devices",
        "/policies/deviceRegistrationPolicy",
        ("Policy.Read.DeviceConfiguration",),
    ),
    graph(
        "device_compliance_policies",
        "devices",
        "/deviceManagement/deviceCompliancePolicies"
        "?$expand=assignments,scheduledActionsForRule($expand=scheduledActionConfigurations)",
        ("DeviceManagementConfiguration.Read.All",),
        way=Way.LIST,
        rate=Rate.INTUNE,
        version="beta",
        licence=("intune",),
        note="beta shows what Windows is asked for about antivirus and threats, which v1.0 leaves out",
    ),
    graph(
        "device_management_settings",
        "devices",
        "/deviceManagement/settings",
        ("DeviceManagementConfiguration.Read.All",),
        rate=Rate.INTUNE,
        licence=("intune",),
    ),
    graph(
        "device_management_configuration_policies",
        "devices",
        "/deviceManagement/configurationPolicies"
        "?$filter=templateReference/templateFamily eq 'endpointSecurityAntivirus'&$expand=settings,assignments",
        ("DeviceManagementConfiguration.Read.All",),
        way=Way.LIST,
        rate=Rate.INTUNE,
        version="beta",
        licence=("intune",),
        note="the antivirus policies of endpoint security only; v1.0 does not have these",
    ),
    graph(
        "device_enrollment_configurations",
        "devices",
        "/deviceManagement/deviceEnrollmentConfigurations?$expand=assignments",
        ("DeviceManagementServiceConfig.Read.All", "DeviceManagementConfiguration.Read.All"),
        way=Way.LIST,
        rate=Rate.INTUNE,
        version="beta",
        licence=("intune",),
        note="beta shows restrictions of one platform, which v1.0 leaves out",
    ),
)

SECURE_SCORE = (
    graph(
        "secure_scores",
        "secure-score",
        "/security/secureScores?$top=90",
        ("SecurityEvents.Read.All",),
        way=Way.SECURE_SCORES,
        rate=Rate.SECURE_SCORE,
        note="the first page only: the newest day whole, older days as totals",
    ),
    graph(
        "secure_score_control_profiles",
        "secure-score",
        "/security/secureScoreControlProfiles",
        ("SecurityEvents.Read.All",),
        way=Way.LIST,
        rate=Rate.SECURE_SCORE,
    ),
)

DNS = (
    Source(
        collection="dns_records",
        area="dns",
        service=Service.DNS,
        way=Way.DNS,
        request="MX, SPF, DKIM and DMARC of every accepted domain",
        shown="dns",
        rate=Rate.DNS,
        parents=("accepted_domains", "domains", "dkim_signing_configs"),
        note="public name servers, no permission",
    ),
)

"""ScubaGear's export as data: which key holds which collection, and which command filled it.

Source of the names: ScubaGear's providers (ExportAADProvider, ExportSecuritySuiteProvider, ExportEXOProvider,
ExportSharePointProvider, ExportTeamsProvider), versions 0.3 to 1.8.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the export.

    `commands`: those that must have run for the key to be whole (several spellings over the versions: one that
    succeeded is enough, one that failed spoils it). `products`: whose lists of commands tell of it. `graph`:
    the objects are Graph's, in PascalCase; Exchange, Teams and SharePoint keep their own names. `licence`:
    without it the commands fail, and ScubaGear cannot tell that from a missing role.
    """

    name: str
    collection: str
    commands: tuple[str, ...]
    products: tuple[str, ...]
    graph: bool = False
    licence: str = ""


_AAD = ("aad",)
_SUITE = ("securitysuite", "defender")
_EXO = ("exo",)
_MAIL = (*_SUITE, *_EXO)
_TEAMS = ("teams",)
_MDO = "defender_office_p1"


def _graph(name: str, collection: str, *commands: str) -> Key:
    return Key(name, collection, commands, _AAD, graph=True)


def _mail(name: str, collection: str, command: str, licence: str = "") -> Key:
    return Key(name, collection, (command,), _MAIL, licence=licence)


def _teams(name: str, collection: str, command: str) -> Key:
    return Key(name, collection, (command,), _TEAMS)


# Keys whose objects are taken over one by one.
KEYS: tuple[Key, ...] = (
    _graph("authorization_policies", "authorization_policy", "Get-MgPolicyAuthorizationPolicy"),
    _graph("admin_consent_policies", "admin_consent_request_policy", "Get-MgPolicyAdminConsentRequestPolicy"),
    _graph("directory_settings", "group_settings", "Get-MgDirectorySetting"),
    _graph("domain_settings", "domains", "Get-MgDomain"),
    _graph("license_information", "subscribed_skus", "Get-MgSubscribedSku"),
    _graph("default_app_management_policy", "default_app_management_policy", "Get-MgPolicyDefaultAppManagementPolicy"),
    _graph(
        "app_management_policies",
        "app_management_policies",
        "Get-MgPolicyAppManagementPolicy",
        "Get-AppManagementPolicies",
    ),
    _mail("anti_malware_policies", "malware_filter_policies", "Get-MalwareFilterPolicy"),
    _mail("malware_filter_policies", "malware_filter_policies", "Get-MalwareFilterPolicy"),
    _mail("anti_malware_rules", "malware_filter_rules", "Get-MalwareFilterRule"),
    _mail("anti_phish_policies", "anti_phish_policies", "Get-AntiPhishPolicy"),
    _mail("anti_phish_rules", "anti_phish_rules", "Get-AntiPhishRule"),
    _mail("protection_policy_rules", "eop_protection_policy_rules", "Get-EOPProtectionPolicyRule"),
    _mail("atp_policy_rules", "atp_protection_policy_rules", "Get-ATPProtectionPolicyRule", _MDO),
    _mail("built_in_protection_rules", "atp_built_in_protection_rules", "Get-ATPBuiltInProtectionRule", _MDO),
    _mail("atp_policy_for_o365", "atp_policy_for_o365", "Get-AtpPolicyForO365", _MDO),
    _mail("safe_attachment_policies", "safe_attachment_policies", "Get-SafeAttachmentPolicy", _MDO),
    _mail("safe_attachment_rules", "safe_attachment_rules", "Get-SafeAttachmentRule", _MDO),
    _mail("safe_links_policies", "safe_links_policies", "Get-SafeLinksPolicy", _MDO),
    _mail("safe_links_rules", "safe_links_rules", "Get-SafeLinksRule", _MDO),
    _mail("hosted_content_filter_policies", "hosted_content_filter_policies", "Get-HostedContentFilterPolicy"),
    _mail("hosted_content_filter_rules", "hosted_content_filter_rules", "Get-HostedContentFilterRule"),
    _mail("conn_filter", "hosted_connection_filter_policies", "Get-HostedConnectionFilterPolicy"),
    _mail("dlp_compliance_policies", "dlp_compliance_policies", "Get-DlpCompliancePolicy"),
    _mail("dlp_compliance_rules", "dlp_compliance_rules", "Get-DlpComplianceRule"),
    _mail("protection_alerts", "protection_alerts", "Get-ProtectionAlert"),
    _mail("admin_audit_log_config", "admin_audit_log_config", "Get-AdminAuditLogConfig"),
    _mail(
        "unified_audit_log_retention_policies",
        "unified_audit_log_retention_policies",
        "Get-UnifiedAuditLogRetentionPolicy",
    ),
    _mail("accepted_domains", "accepted_domains", "Get-AcceptedDomain"),
    _mail("remote_domains", "remote_domains", "Get-RemoteDomain"),
    _mail("dkim_config", "dkim_signing_configs", "Get-DkimSigningConfig"),
    _mail("transport_config", "transport_config", "Get-TransportConfig"),
    _mail("sharing_policy", "sharing_policies", "Get-SharingPolicy"),
    _mail("transport_rule", "transport_rules", "Get-TransportRule"),
    _mail("org_config", "organization_config", "Get-OrganizationConfig"),
    _mail("inbound_connectors", "inbound_connectors", "Get-InboundConnector"),
    _mail("outbound_connectors", "outbound_connectors", "Get-OutboundConnector"),
    _mail("intra_org_connectors", "intra_organization_connectors", "Get-IntraOrganizationConnector"),
    _mail("org_relationships", "organization_relationships", "Get-OrganizationRelationship"),
    Key(
        "SPO_tenant",
        "sharepoint_tenant",
        ("Get-SPOTenantRest", "Get-SPOTenant", "Get-PnPTenant"),
        ("sharepoint", "onedrive"),
    ),
    _teams("meeting_policies", "teams_meeting_policies", "Get-CsTeamsMeetingPolicy"),
    _teams("federation_configuration", "teams_federation_configuration", "Get-CsTenantFederationConfiguration"),
    _teams("client_configuration", "teams_client_configuration", "Get-CsTeamsClientConfiguration"),
    _teams("app_policies", "teams_app_permission_policies", "Get-CsTeamsAppPermissionPolicy"),
    _teams("broadcast_policies", "teams_meeting_broadcast_policies", "Get-CsTeamsMeetingBroadcastPolicy"),
    _teams("teams_tenant_info", "teams_tenant", "Get-CsTenant"),
    _teams("tenant_app_settings", "teams_app_settings", "Get-M365UnifiedTenantSettings"),
)

# Keys that need more than taking over: see the modules beside.
POLICIES = Key(
    "conditional_access_policies",
    "conditional_access_policies",
    ("Get-MgIdentityConditionalAccessPolicy",),
    _AAD,
    graph=True,
)
METHODS = Key(
    "authentication_method",
    "authentication_methods_policy",
    ("Get-MgPolicyAuthenticationMethodPolicy",),
    _AAD,
    graph=True,
)
PLANS = Key("service_plans", "", ("Get-MgSubscribedSku",), (*_AAD, *_SUITE), graph=True)
ROLES = Key("privileged_roles", "", ("Get-PrivilegedRole",), _AAD, graph=True)
HOLDERS = Key("privileged_users", "users", ("Get-PrivilegedUser",), _AAD, graph=True)
APPLICATIONS_HOLDING = Key(
    "privileged_service_principals", "service_principals", ("Get-PrivilegedUser",), _AAD, graph=True
)
CLASSIFICATIONS = Key(
    "risky_delegated_permission_classifications",
    "delegated_permission_classifications",
    ("Get-ServicePrincipalsWithRiskyDelegatedPermissionClassifications",),
    _AAD,
    graph=True,
)
SPF = Key("spf_records", "dns_records", ("Get-ScubaSpfRecord",), _EXO)
DKIM = Key("dkim_records", "dns_records", ("Get-ScubaDkimRecord",), _EXO)
DMARC = Key("dmarc_records", "dns_records", ("Get-ScubaDmarcRecord",), _EXO)
CONFIGURATION = "scuba_config"

# What tells an export, or a fragment of one, from any other JSON object.
TELLING: frozenset[str] = frozenset(
    key.lower()
    for key in (
        *(key.name for key in KEYS),
        *(key.name for key in (POLICIES, METHODS, PLANS, ROLES, HOLDERS, APPLICATIONS_HOLDING, SPF, DKIM, DMARC)),
        CONFIGURATION,
        "defender_license",
        "defender_dlp_license",
        "baseline_version",
    )
)

"""Exchange settings beyond the filters: domains, DKIM, DNS, forwarding, audit, mailboxes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.tenants.draft import Draft, JsonObject
from tests.tenants.mail import named

_PROTOCOLS = (
    "ActiveSync",
    "Autodiscover",
    "Imap",
    "Mapi",
    "OfflineAddressBook",
    "OutlookService",
    "Pop",
    "Powershell",
    "ReportingWebServices",
    "Rpc",
    "Smtp",
    "WebServices",
)

_ACTIONS = ("HardDelete", "MoveToDeletedItems", "SoftDelete", "UpdateFolderPermissions", "UpdateInboxRules")


def domains(
    draft: Draft, names: Sequence[str], *, unsigned: Sequence[str] = (), silent: Sequence[str] = (), gateway: str = ""
) -> dict[str, list[JsonObject]]:
    """Accepted domains with DKIM and DNS.

    `names`: the default one first; `unsigned`: those without DKIM; `silent`: those from which nothing may be sent;
    `gateway`: where MX of all but the initial domain points.
    """

    def selector(name: str, number: int) -> str:
        return f"selector{number}-{name.replace('.', '-')}._domainkey.{draft.initial_domain}"

    return {
        "accepted_domains": [
            named(
                draft,
                "accepted domain",
                name,
                DomainName=name,
                DomainType="Authoritative",
                Default=name == names[0],
                InitialDomain=name == draft.initial_domain,
                AuthenticationType="Managed",
                SendingFromDomainDisabled=name in silent,
            )
            for name in names
        ],
        "dkim_signing_configs": [
            named(
                draft,
                "dkim",
                name,
                Domain=name,
                Enabled=name not in unsigned,
                Status="CnameMissing" if name in unsigned else "Valid",
                IsDefault=name == draft.initial_domain,
                Selector1CNAME=selector(name, 1),
                Selector2CNAME=selector(name, 2),
                Selector1KeySize=2048,
                Selector2KeySize=2048,
            )
            for name in names
        ],
        "dns_records": [
            {
                "domain": name,
                "spf": ["v=spf1 include:spf.protection.outlook.com -all"],
                "dmarc": [f"v=DMARC1; p={'none' if name in unsigned else 'reject'}; rua=mailto:dmarc@{draft.domain}"],
                "dkim": [
                    {
                        "selector": f"selector{number}",
                        "cname": None if name in unsigned else selector(name, number),
                        "rdata": [] if name in unsigned else ["v=DKIM1; k=rsa; p=RVhBTVBMRQ=="],
                    }
                    for number in (1, 2)
                ],
                "mx": [
                    gateway
                    if gateway and name != draft.initial_domain
                    else f"{name.replace('.', '-')}.mail.protection.outlook.com"
                ],
            }
            for name in names
        ],
    }


def remote_domain(draft: Draft, name: str, domain: str, *, forward: bool) -> JsonObject:
    """How mail to a domain is treated; `*` is every domain without settings of its own."""
    return named(
        draft,
        "remote domain",
        name,
        DomainName=domain,
        AutoForwardEnabled=forward,
        AutoReplyEnabled=True,
        AllowedOOFType="External",
        DeliveryReportEnabled=False,
        IsInternal=False,
    )


def organization(draft: Draft, *, hardened: bool) -> dict[str, list[JsonObject]]:
    """Tenant-wide switches of Exchange Online; auditing and modern authentication are on."""
    return {
        "organization_config": [
            named(
                draft,
                "organization",
                draft.initial_domain,
                DisplayName=draft.display_name,
                AuditDisabled=False,
                OAuth2ClientProfileEnabled=True,
                CustomerLockBoxEnabled=hardened,
                DefaultAuthenticationPolicy=None,
                MailTipsAllTipsEnabled=True,
                MailTipsExternalRecipientsTipsEnabled=True,
                MailTipsGroupMetricsEnabled=True,
                MailTipsLargeAudienceThreshold=25,
                RejectDirectSend=hardened,
                ActivityBasedAuthenticationTimeoutEnabled=True,
                ActivityBasedAuthenticationTimeoutInterval="06:00:00",
                BookingsEnabled=True,
                DelayedDelicensingEnabled=False,
                SendFromAliasEnabled=False,
            )
        ],
        "arc_config": [
            {
                "Identity": draft.initial_domain,
                "Name": "ArcConfig",
                "ArcTrustedSealers": "" if hardened else "mailwall.example",
            }
        ],
        "admin_audit_log_config": [
            named(
                draft,
                "audit",
                "Admin Audit Log Settings",
                AdminAuditLogEnabled=True,
                UnifiedAuditLogIngestionEnabled=True,
            )
        ],
        "teams_protection_policies": [
            named(
                draft,
                "teams protection",
                "Teams Protection Policy",
                ZapEnabled=True,
                HighConfidencePhishQuarantineTag="AdminOnlyAccessPolicy",
                MalwareQuarantineTag="AdminOnlyAccessPolicy",
            )
        ],
        "report_submission_policies": [
            named(
                draft,
                "report submission",
                "DefaultReportSubmissionPolicy",
                EnableReportToMicrosoft=True,
                ReportJunkToCustomizedAddress=True,
                ReportPhishToCustomizedAddress=True,
                ReportNotJunkToCustomizedAddress=True,
                ReportJunkAddresses=[f"security@{draft.domain}"],
                ReportPhishAddresses=[f"security@{draft.domain}"],
                ReportNotJunkAddresses=[f"security@{draft.domain}"],
                ReportChatMessageEnabled=True,
                ReportChatMessageToCustomizedAddressEnabled=True,
                EnableThirdPartyAddress=False,
            )
        ],
        "role_assignment_policies": [
            named(
                draft,
                "role assignment policy",
                "Default Role Assignment Policy",
                IsDefault=True,
                AssignedRoles=[
                    "MyBaseOptions",
                    "MyContactInformation",
                    "MyDistributionGroups",
                    "MyVoiceMail",
                    *([] if hardened else ["My Custom Apps", "My Marketplace Apps", "My ReadWriteMailbox Apps"]),
                ],
            )
        ],
        "external_in_outlook": [{"Identity": draft.id("external in outlook"), "Enabled": hardened, "AllowList": []}],
        "quarantine_policies": [
            named(
                draft,
                "quarantine",
                name,
                QuarantinePolicyType="QuarantinePolicy",
                ESNEnabled=name == "NotificationEnabledPolicy",
                EndUserSpamNotificationFrequency=None,
            )
            for name in ("AdminOnlyAccessPolicy", "DefaultFullAccessPolicy", "NotificationEnabledPolicy")
        ],
    }


def settings(
    draft: Draft, *, smtp_auth: bool, calendar: Sequence[str], outlook_open: bool
) -> dict[str, list[JsonObject]]:
    """Transport, calendar sharing and Outlook on the web.

    `calendar`: each as DOMAIN:LEVEL; `outlook_open`: to storage of others.
    """
    return {
        "transport_config": [
            named(
                draft,
                "transport",
                "Transport Settings",
                SmtpClientAuthenticationDisabled=not smtp_auth,
                AllowLegacyTLSClients=False,
            )
        ],
        "sharing_policies": [
            named(
                draft,
                "sharing policy",
                "Default Sharing Policy",
                Default=True,
                Enabled=bool(calendar),
                Domains=list(calendar),
            )
        ],
        "owa_mailbox_policies": [
            named(
                draft,
                "owa policy",
                "OwaMailboxPolicy-Default",
                IsDefault=True,
                AdditionalStorageProvidersAvailable=outlook_open,
                ThirdPartyFileProvidersEnabled=outlook_open,
                PersonalAccountsEnabled=False,
                PersonalAccountCalendarsEnabled=False,
                BookingsMailboxCreationEnabled=False,
                ConditionalAccessPolicy="Off" if outlook_open else "ReadOnly",
            )
        ],
    }


def authentication_policy(draft: Draft, name: str, *allowed: str) -> JsonObject:
    """An authentication policy. `allowed`: the protocols that still take a plain password, such as `Imap`."""
    return named(
        draft,
        "authentication policy",
        name,
        **{f"AllowBasicAuth{protocol}": protocol in allowed for protocol in _PROTOCOLS},
    )


def mailboxes(draft: Draft, people: Iterable[JsonObject], *, shared: Iterable[JsonObject]) -> list[JsonObject]:
    """A mailbox for each account that has a licence, and for each shared mailbox account."""

    def mailbox(account: JsonObject, kind: str) -> JsonObject:
        return {
            "ExternalDirectoryObjectId": account["id"],
            "Guid": draft.id("mailbox", account["id"]),
            "Identity": account["id"],
            "Name": account["displayName"],
            "DisplayName": account["displayName"],
            "UserPrincipalName": account["userPrincipalName"],
            "PrimarySmtpAddress": account["mail"],
            "RecipientTypeDetails": kind,
            "AccountDisabled": not account["accountEnabled"],
            "AuditAdmin": [*_ACTIONS, "SendAs", "SendOnBehalf"],
            "AuditDelegate": [*_ACTIONS, "SendAs", "SendOnBehalf"],
            "AuditOwner": list(_ACTIONS),
            "AuditEnabled": True,
            "AuditLogAgeLimit": "90.00:00:00",
            "DefaultAuditSet": ["Admin", "Delegate", "Owner"],
            "DeliverToMailboxAndForward": False,
            "ForwardingAddress": None,
            "ForwardingSmtpAddress": None,
            "SmtpClientAuthenticationDisabled": None,
        }

    return [
        *(mailbox(one, "UserMailbox") for one in people if one["assignedLicenses"]),
        *(mailbox(one, "SharedMailbox") for one in shared),
    ]

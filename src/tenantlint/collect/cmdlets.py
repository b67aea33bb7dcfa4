"""The cmdlets that may be sent to Exchange Online and Security & Compliance: an allow-list, and nothing beside it.

`Exchange.ManageAsApp` with an administrator's role can write as well as read, so what this program sends is fenced
here: `request` is the only function that builds the body of an InvokeCommand, and it refuses whatever the list does
not hold, letter by letter. Parameters and their values are listed with the cmdlet.

Source of the parameters: Microsoft's page of each cmdlet. `ResultSize` stands where a cmdlet has it, since its default
of 1,000 cuts silently. Get-TenantAllowBlockListItems shows one list at a time. Get-OutboundConnector leaves out the
connectors that only mail flow rules use, unless it is asked for those.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

from tenantlint.collect.calls import Service
from tenantlint.errors import TenantlintError
from tenantlint.model import Tenant

# The system mailbox of every tenant through which the gateway finds the tenant's servers.
_SYSTEM_MAILBOX = "SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}"

Parameters = Mapping[str, str | bool]

_ALL: Parameters = MappingProxyType({"ResultSize": "Unlimited"})
_NONE: Parameters = MappingProxyType({})


class ForbiddenCmdletError(TenantlintError):
    """A cmdlet or parameter that the allow-list does not hold: nothing is sent."""

    def __init__(self) -> None:
        # The text that was refused may be anything, so it is not repeated.
        super().__init__("Only the cmdlets of the allow-list are sent, with the parameters listed for each")


# Each cmdlet with the calls that read all of it: a set of parameters a call.
CMDLETS: Mapping[str, tuple[Parameters, ...]] = MappingProxyType(
    {
        "Get-AcceptedDomain": (_ALL,),
        "Get-AdminAuditLogConfig": (_NONE,),
        "Get-AntiPhishPolicy": (_NONE,),
        "Get-AntiPhishRule": (_NONE,),
        "Get-ApplicationAccessPolicy": (_NONE,),
        "Get-ArcConfig": (_NONE,),
        "Get-ATPBuiltInProtectionRule": (_NONE,),
        "Get-AtpPolicyForO365": (_NONE,),
        "Get-ATPProtectionPolicyRule": (_NONE,),
        "Get-AuthenticationPolicy": (_NONE,),
        "Get-DkimSigningConfig": (_NONE,),
        "Get-DlpCompliancePolicy": (_NONE,),
        "Get-DlpComplianceRule": (_NONE,),
        "Get-EmailTenantSettings": (_NONE,),
        "Get-EOPProtectionPolicyRule": (_NONE,),
        "Get-ExternalInOutlook": (_NONE,),
        "Get-HostedConnectionFilterPolicy": (_NONE,),
        "Get-HostedContentFilterPolicy": (_NONE,),
        "Get-HostedContentFilterRule": (_NONE,),
        "Get-HostedOutboundSpamFilterPolicy": (_NONE,),
        "Get-HostedOutboundSpamFilterRule": (_NONE,),
        "Get-InboundConnector": (_ALL,),
        "Get-IntraOrganizationConnector": (_NONE,),
        "Get-Mailbox": (_ALL,),
        "Get-MailboxAuditBypassAssociation": (_ALL,),
        "Get-MalwareFilterPolicy": (_NONE,),
        "Get-MalwareFilterRule": (_NONE,),
        "Get-OrganizationConfig": (_NONE,),
        "Get-OrganizationRelationship": (_NONE,),
        "Get-OutboundConnector": (_ALL, MappingProxyType({**_ALL, "IsTransportRuleScoped": True})),
        "Get-OwaMailboxPolicy": (_NONE,),
        "Get-ProtectionAlert": (_NONE,),
        "Get-QuarantinePolicy": (_NONE,),
        "Get-RemoteDomain": (_ALL,),
        "Get-ReportSubmissionPolicy": (_NONE,),
        "Get-RoleAssignmentPolicy": (_NONE,),
        "Get-SafeAttachmentPolicy": (_NONE,),
        "Get-SafeAttachmentRule": (_NONE,),
        "Get-SafeLinksPolicy": (_NONE,),
        "Get-SafeLinksRule": (_NONE,),
        "Get-SharingPolicy": (_NONE,),
        "Get-TeamsProtectionPolicy": (_NONE,),
        "Get-TenantAllowBlockListItems": tuple(
            MappingProxyType({"ListType": kind}) for kind in ("FileHash", "IP", "Sender", "Url")
        ),
        "Get-TransportConfig": (_NONE,),
        "Get-TransportRule": (_ALL,),
        "Get-UnifiedAuditLogRetentionPolicy": (_NONE,),
    }
)


def allowed(cmdlet: object, parameters: object) -> bool:
    """Whether the list holds exactly this cmdlet with exactly these parameters.

    Compared as they are: no case is folded, nothing is trimmed, and nothing but text and truth values is accepted.
    """
    if type(cmdlet) is not str or not isinstance(parameters, Mapping):
        return False
    wanted = dict(parameters)
    if not all(type(name) is str and type(value) in {str, bool} for name, value in wanted.items()):
        return False
    return any(wanted == dict(one) for one in CMDLETS.get(cmdlet, ()))


def request(cmdlet: str, parameters: Parameters) -> bytes:
    """The body of one InvokeCommand. Raises ForbiddenCmdletError for anything that is not on the list."""
    if not allowed(cmdlet, parameters):
        raise ForbiddenCmdletError
    return json.dumps({"CmdletInput": {"CmdletName": cmdlet, "Parameters": dict(parameters)}}).encode()


def anchor(tenant: Tenant, service: Service) -> str:
    """What routes a call to the tenant's servers (`X-AnchorMailbox`).

    Security & Compliance knows a tenant by its initial domain only: by id it answers that there is no such
    organisation.
    """
    if service is Service.COMPLIANCE and tenant.initial_domain:
        return f"UPN:{_SYSTEM_MAILBOX}@{tenant.initial_domain}"
    return f"APP:{_SYSTEM_MAILBOX}@{tenant.id}"

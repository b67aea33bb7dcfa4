"""Exchange Online and Defender for Office 365 objects, strict unless the caller says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.tenants.draft import Draft, JsonObject

# The types that the common attachments filter has when nobody changed them.
_FILE_TYPES = (
    "ace ani apk app appx arj bat cab cmd com deb dex dll docm elf exe hta img iso jar jnlp kext lha lib library lnk "
    "lzh macho msc msi msix msp mst pif ppa ppam reg rev scf scr sct sys uif vb vbe vbs vxd wsc wsf wsh xll xz z"
)
FILE_TYPES = _FILE_TYPES.split()

ADVANCED_SPAM_FILTER = (
    "IncreaseScoreWithImageLinks",
    "IncreaseScoreWithNumericIps",
    "IncreaseScoreWithRedirectToOtherPort",
    "IncreaseScoreWithBizOrInfoUrls",
    "MarkAsSpamEmptyMessages",
    "MarkAsSpamJavaScriptInHtml",
    "MarkAsSpamFramesInHtml",
    "MarkAsSpamObjectTagsInHtml",
    "MarkAsSpamEmbedTagsInHtml",
    "MarkAsSpamFormTagsInHtml",
    "MarkAsSpamWebBugsInHtml",
    "MarkAsSpamSensitiveWordList",
    "MarkAsSpamSpfRecordHardFail",
    "MarkAsSpamFromAddressAuthFail",
    "MarkAsSpamNdrBackscatter",
)

NO_ONE: JsonObject = {
    "SentTo": None,
    "SentToMemberOf": None,
    "RecipientDomainIs": None,
    "ExceptIfSentTo": None,
    "ExceptIfSentToMemberOf": None,
    "ExceptIfRecipientDomainIs": None,
}


def named(draft: Draft, kind: str, name: str, **more: Any) -> JsonObject:
    """An Exchange object: a Guid, and its name as Identity."""
    return {"Guid": draft.id(kind, name), "Identity": name, "Name": name, **more}


def rule(draft: Draft, kind: str, name: str, *, state: str = "Enabled", priority: int = 0, **more: Any) -> JsonObject:
    """A rule that says whom a policy covers; conditions that are not given are null."""
    return named(draft, kind, name, State=state, Priority=priority, **{**NO_ONE, **more})


def anti_phish(
    draft: Draft,
    name: str,
    *,
    kind: str = "Custom",
    default: bool = False,
    impersonation: bool = True,
    people: Sequence[str] = (),
    level: int = 3,
) -> JsonObject:
    """An anti-phishing policy. `people`: whom to protect against impersonation, as `Name;address`."""
    action = "Quarantine" if impersonation else "NoAction"
    return named(
        draft,
        "anti phish",
        name,
        Enabled=True,
        IsDefault=default,
        RecommendedPolicyType=kind,
        ImpersonationProtectionState="Manual" if impersonation else "Automatic",
        PhishThresholdLevel=level,
        EnableMailboxIntelligence=True,
        EnableMailboxIntelligenceProtection=impersonation,
        MailboxIntelligenceProtectionAction=action,
        EnableTargetedUserProtection=impersonation,
        TargetedUsersToProtect=list(people),
        TargetedUserProtectionAction=action,
        EnableTargetedDomainsProtection=impersonation,
        EnableOrganizationDomainsProtection=impersonation,
        TargetedDomainsToProtect=[],
        TargetedDomainProtectionAction=action,
        EnableSimilarUsersSafetyTips=impersonation,
        EnableSimilarDomainsSafetyTips=impersonation,
        EnableUnusualCharactersSafetyTips=impersonation,
        EnableFirstContactSafetyTips=impersonation,
        EnableSpoofIntelligence=True,
        EnableUnauthenticatedSender=True,
        EnableViaTag=True,
        HonorDmarcPolicy=True,
        DmarcQuarantineAction="Quarantine",
        DmarcRejectAction="Reject",
        AuthenticationFailAction="Quarantine" if impersonation else "MoveToJmf",
        ExcludedDomains=[],
        ExcludedSenders=[],
    )


def safe_links(draft: Draft, name: str, *, kind: str = "Custom", built_in: bool = False, **more: Any) -> JsonObject:
    """A Safe Links policy with everything on."""
    return named(
        draft,
        "safe links",
        name,
        IsBuiltInProtection=built_in,
        IsDefault=False,
        RecommendedPolicyType=kind,
        **{
            "EnableSafeLinksForEmail": True,
            "EnableSafeLinksForTeams": True,
            "EnableSafeLinksForOffice": True,
            "TrackClicks": True,
            "AllowClickThrough": False,
            "ScanUrls": True,
            "EnableForInternalSenders": True,
            "DeliverMessageAfterScan": True,
            "DisableUrlRewrite": False,
            "DoNotRewriteUrls": [],
            **more,
        },
    )


def safe_attachments(
    draft: Draft, name: str, *, kind: str = "Custom", built_in: bool = False, action: str = "Block"
) -> JsonObject:
    """A Safe Attachments policy."""
    return named(
        draft,
        "safe attachments",
        name,
        Enable=True,
        Action=action,
        Redirect=False,
        RedirectAddress="",
        QuarantineTag="AdminOnlyAccessPolicy",
        IsBuiltInProtection=built_in,
        IsDefault=False,
        RecommendedPolicyType=kind,
    )


def content_filter(
    draft: Draft, name: str, *, kind: str = "Custom", default: bool = False, strict: bool = True, **more: Any
) -> JsonObject:
    """An anti-spam policy."""
    return named(
        draft,
        "content filter",
        name,
        IsDefault=default,
        RecommendedPolicyType=kind,
        **{
            "SpamAction": "Quarantine" if strict else "MoveToJmf",
            "HighConfidenceSpamAction": "Quarantine",
            "PhishSpamAction": "Quarantine",
            "HighConfidencePhishAction": "Quarantine",
            "BulkSpamAction": "Quarantine" if strict else "MoveToJmf",
            "BulkThreshold": 5 if strict else 7,
            "MarkAsSpamBulkMail": "On",
            "SpamZapEnabled": True,
            "PhishZapEnabled": True,
            "QuarantineRetentionPeriod": 30,
            "AllowedSenders": [],
            "AllowedSenderDomains": [],
            "BlockedSenders": [],
            "BlockedSenderDomains": [],
            "InlineSafetyTipsEnabled": True,
            "IntraOrgFilterState": "Default",
            "SpamQuarantineTag": "NotificationEnabledPolicy" if strict else "DefaultFullAccessPolicy",
            "HighConfidenceSpamQuarantineTag": "NotificationEnabledPolicy" if strict else "DefaultFullAccessPolicy",
            "PhishQuarantineTag": "NotificationEnabledPolicy" if strict else "DefaultFullAccessPolicy",
            "HighConfidencePhishQuarantineTag": "AdminOnlyAccessPolicy",
            "BulkQuarantineTag": "NotificationEnabledPolicy" if strict else "DefaultFullAccessPolicy",
            **dict.fromkeys(ADVANCED_SPAM_FILTER, "Off"),
            **more,
        },
    )


def malware_filter(draft: Draft, name: str, *, kind: str = "Custom", default: bool = False) -> JsonObject:
    """An anti-malware policy."""
    return named(
        draft,
        "malware filter",
        name,
        IsDefault=default,
        RecommendedPolicyType=kind,
        EnableFileFilter=True,
        FileTypes=FILE_TYPES,
        FileTypeAction="Reject",
        ZapEnabled=True,
        EnableInternalSenderNotifications=False,
        EnableInternalSenderAdminNotifications=False,
        InternalSenderAdminAddress=None,
        QuarantineTag="AdminOnlyAccessPolicy",
    )


def preset(
    draft: Draft, level: str, *, suffix: str, priority: int, people: Sequence[str], state: str = "Enabled", **scope: Any
) -> dict[str, list[JsonObject]]:
    """The objects of the Standard or Strict preset: its five policies and the two rules that turn them on.

    `suffix`: the digits that the service puts behind the policies' names. `scope`: conditions of both rules.
    """
    title = f"{level} Preset Security Policy"
    name = f"{title}{suffix}"
    return {
        "anti_phish_policies": [
            anti_phish(draft, name, kind=level, people=people, level=4 if level == "Strict" else 3)
        ],
        "safe_links_policies": [safe_links(draft, name, kind=level)],
        "safe_attachment_policies": [safe_attachments(draft, name, kind=level)],
        "hosted_content_filter_policies": [
            content_filter(draft, name, kind=level, strict=True)
            if level == "Strict"
            else content_filter(
                draft,
                name,
                kind=level,
                strict=False,
                BulkThreshold=6,
                SpamQuarantineTag="NotificationEnabledPolicy",
                HighConfidenceSpamQuarantineTag="NotificationEnabledPolicy",
                PhishQuarantineTag="NotificationEnabledPolicy",
                BulkQuarantineTag="NotificationEnabledPolicy",
            )
        ],
        "malware_filter_policies": [malware_filter(draft, name, kind=level)],
        "eop_protection_policy_rules": [
            rule(
                draft,
                "eop rule",
                title,
                state=state,
                priority=priority,
                AntiPhishPolicy=name,
                HostedContentFilterPolicy=name,
                MalwareFilterPolicy=name,
                **scope,
            )
        ],
        "atp_protection_policy_rules": [
            rule(
                draft,
                "atp rule",
                title,
                state=state,
                priority=priority,
                AntiPhishPolicy=name,
                SafeLinksPolicy=name,
                SafeAttachmentPolicy=name,
                **scope,
            )
        ],
    }


def allow_entry(draft: Draft, kind: str, value: str, ends: str | None) -> JsonObject:
    """An entry of the Tenant Allow/Block List that allows. `kind`: Sender, Url, FileHash or IP."""
    return {
        "Identity": draft.id("allow entry", value),
        "Value": value,
        "Action": "Allow",
        "ListType": kind,
        "ListSubType": "Tenant",
        "ExpirationDate": ends,
        "LastModifiedDateTime": "2025-03-04T09:30:00Z",
        "Notes": "",
        "SysManaged": False,
    }


def defaults(
    draft: Draft,
    *,
    impersonation: bool,
    forwarding: str,
    without_built_in: Sequence[str] = (),
    notified: Sequence[str] = (),
    allowed_addresses: Sequence[str] = (),
) -> dict[str, list[JsonObject]]:
    """The default policies and built-in protection.

    `without_built_in`: domains taken out of the latter. `notified`: who hears of outbound spam.
    `allowed_addresses`: what the connection filter lets through.
    """
    built_in = "Built-In Protection Policy"
    return {
        "anti_phish_policies": [
            anti_phish(draft, "Office365 AntiPhish Default", default=True, impersonation=impersonation, level=1)
        ],
        "hosted_content_filter_policies": [content_filter(draft, "Default", default=True, strict=impersonation)],
        "malware_filter_policies": [malware_filter(draft, "Default", default=True)],
        "safe_links_policies": [
            safe_links(draft, built_in, built_in=True, EnableForInternalSenders=False, AllowClickThrough=True)
        ],
        "safe_attachment_policies": [safe_attachments(draft, built_in, built_in=True)],
        "atp_built_in_protection_rules": [
            rule(
                draft,
                "built-in rule",
                "ATP Built-In Protection Rule",
                SafeLinksPolicy=built_in,
                SafeAttachmentPolicy=built_in,
                ExceptIfRecipientDomainIs=list(without_built_in) or None,
            )
        ],
        "hosted_outbound_spam_filter_policies": [
            named(
                draft,
                "outbound filter",
                "Default",
                IsDefault=True,
                Enabled=True,
                AutoForwardingMode=forwarding,
                RecipientLimitExternalPerHour=400,
                RecipientLimitInternalPerHour=800,
                RecipientLimitPerDay=800,
                ActionWhenThresholdReached="BlockUser",
                NotifyOutboundSpam=bool(notified),
                NotifyOutboundSpamRecipients=list(notified),
                BccSuspiciousOutboundMail=False,
                BccSuspiciousOutboundAdditionalRecipients=[],
            )
        ],
        "hosted_connection_filter_policies": [
            named(
                draft,
                "connection filter",
                "Default",
                IsDefault=True,
                IPAllowList=list(allowed_addresses),
                IPBlockList=[],
                EnableSafeList=False,
            )
        ],
        "email_tenant_settings": [
            named(draft, "tenant settings", "Default", EnablePriorityAccountProtection=impersonation)
        ],
        "atp_policy_for_o365": [
            named(
                draft,
                "atp",
                "Default",
                EnableATPForSPOTeamsODB=True,
                EnableSafeDocs=True,
                AllowSafeDocsOpen=False,
            )
        ],
    }

"""Contoso's Conditional Access: grown over five years by several hands, and so with gaps."""

from __future__ import annotations

from typing import Any

from tests.tenants import access
from tests.tenants.access import frequency, grant, policy, session, what, where, whom
from tests.tenants.contoso_people import People
from tests.tenants.draft import Draft
from tests.tenants.roles import ROLES, role_ids

_ADMIN_ROLES = (
    "Global Administrator",
    "Privileged Role Administrator",
    "Security Administrator",
    "Conditional Access Administrator",
    "Exchange Administrator",
    "SharePoint Administrator",
    "User Administrator",
    "Helpdesk Administrator",
    "Application Administrator",
)
_REPORT_ONLY = "enabledForReportingButNotEnforced"


def add_conditional_access(draft: Draft, people: People) -> None:
    """Policies, named locations, strengths and contexts."""
    group = people.groups.id
    rescue = group("CA-Exclude-BreakGlass")
    locations = {
        "office": access.ip_location(draft, "Headquarters", "203.0.113.0/26", "2001:db8:c0::/48"),
        "plant": access.ip_location(draft, "Plant East", "198.51.100.0/25"),
        "vpn": access.ip_location(draft, "Old VPN concentrator", "192.0.2.8/29"),
        "partner": access.ip_location(draft, "Partner datacentre", "203.0.113.192/27", trusted=False),
        "countries": access.country_location(draft, "Countries we work in", "AT", "CH", "DE", "NL", "PL"),
    }
    draft.add("named_locations", *locations.values())
    custom = access.custom_strength(
        draft.id("strength", "keys"), "Security key or passkey", ["fido2", "windowsHelloForBusiness"]
    )
    strengths = [*access.built_in_strengths(), custom]
    draft.add("authentication_strengths", *strengths)
    phishing_resistant = next(one for one in strengths if one["id"] == access.PHISHING_RESISTANT_STRENGTH)
    draft.add(
        "authentication_contexts",
        {"id": "c1", "displayName": "Privileged action", "description": "Role activation", "isAvailable": True},
        {"id": "c2", "displayName": "Payroll", "description": "Payroll library", "isAvailable": True},
    )
    draft.add(
        "service_principals",
        access.private_access_app(draft, "Quick Access", "NetworkAccessQuickAccessApplication"),
        access.private_access_app(draft, "Plant control (Private Access)", "PrivateAccessNonWebApplication"),
    )

    def rule(name: str, **given: Any) -> None:
        draft.add("conditional_access_policies", policy(draft, name, **given))

    everyone = ["All"]
    rule(
        "CA001 Block legacy authentication",
        users=whom(includeUsers=everyone, excludeGroups=[rescue, group("CA-Exclude-LegacyAuth")]),
        client_app_types=("exchangeActiveSync", "other"),
        grant=grant("block"),
        created="2021-10-11T08:30:00Z",
    )
    rule(
        "CA002 Require MFA for all users",
        users=whom(
            includeUsers=everyone,
            excludeGroups=[rescue, group("CA-Exclude-MFA"), group("SG-Frontline")],
            excludeGuestsOrExternalUsers=access.guests("b2bCollaborationGuest,b2bCollaborationMember"),
        ),
        grant=grant("mfa"),
        created="2021-10-18T08:30:00Z",
        modified="2026-08-21T16:02:11.5512345Z",
    )
    rule(
        "CA003 Frontline: MFA outside trusted sites",
        users=whom(includeGroups=[group("SG-Frontline")]),
        locations=where(exclude=[locations["office"]["id"], locations["plant"]["id"]]),
        grant=grant("mfa"),
    )
    rule(
        "CA004 Admins: MFA everywhere",
        users=whom(includeRoles=role_ids(*_ADMIN_ROLES), excludeGroups=[rescue]),
        grant=grant("mfa"),
        created="2021-10-11T09:00:00Z",
    )
    rule(
        "CA005 Tier 0: phishing-resistant MFA",
        users=whom(
            includeRoles=role_ids("Global Administrator", "Privileged Role Administrator"),
            excludeGroups=[rescue, group("CA-Exclude-Fido")],
        ),
        grant=grant(strength=phishing_resistant),
    )
    rule(
        "CA006 All admins: phishing-resistant MFA",
        users=whom(includeRoles=sorted(ROLES.values()), excludeGroups=[rescue]),
        grant=grant(strength=phishing_resistant),
        state=_REPORT_ONLY,
        created="2026-03-09T10:00:00Z",
    )
    rule(
        "CA007 Guests: MFA or compliant device",
        users=whom(
            includeGuestsOrExternalUsers=access.guests(),
            excludeGuestsOrExternalUsers=access.guests("serviceProvider"),
        ),
        grant=grant("mfa", "compliantDevice"),
    )
    rule(
        "CA008 Block device code flow and transfer",
        users=whom(includeUsers=everyone, excludeGroups=[rescue, group("CA-Exclude-DeviceCode")]),
        authenticationFlows={"transferMethods": "deviceCodeFlow,authenticationTransfer"},
        grant=grant("block"),
        created="2025-02-17T10:00:00Z",
    )
    rule(
        "CA009 Block countries we do not work in",
        users=whom(includeUsers=everyone, excludeGroups=[rescue, group("CA-Exclude-Travellers")]),
        locations=where(exclude=[locations["countries"]["id"], "AllTrusted"]),
        grant=grant("block"),
    )
    rule(
        "CA010 Risky sign-in: MFA every time",
        users=whom(includeUsers=everyone, excludeGroups=[rescue, group("CA-Exclude-MFA")]),
        signInRiskLevels=["high", "medium"],
        grant=grant("mfa"),
        session=session(signInFrequency=frequency(None)),
    )
    rule(
        "CA011 Risky user: new password",
        users=whom(includeUsers=everyone, excludeGroups=[rescue]),
        userRiskLevels=["high"],
        grant=grant("mfa", "passwordChange", operator="AND"),
        session=session(signInFrequency=frequency(None)),
    )
    rule(
        "CA012 Office: managed Windows and macOS devices",
        users=whom(includeGroups=[group("Licence E5")], excludeGroups=[rescue, group("SG-VIP")]),
        applications=what(["Office365"]),
        platforms={"includePlatforms": ["windows", "macOS"], "excludePlatforms": []},
        devices={"deviceFilter": {"mode": "exclude", "rule": 'device.extensionAttribute1 -eq "SharedKiosk"'}},
        grant=grant("compliantDevice", "domainJoinedDevice"),
    )
    rule(
        "CA013 Phones: approved app or app protection",
        users=whom(includeUsers=everyone, excludeGroups=[rescue]),
        applications=what(["Office365"]),
        platforms={"includePlatforms": ["android", "iOS"], "excludePlatforms": []},
        client_app_types=("mobileAppsAndDesktopClients",),
        grant=grant("approvedApplication", "compliantApplication"),
    )
    rule(
        "CA014 SharePoint in unmanaged browsers: web only",
        users=whom(includeUsers=everyone),
        applications=what([access.SHAREPOINT_ONLINE]),
        client_app_types=("browser",),
        session=session(applicationEnforcedRestrictions={"isEnabled": True}),
    )
    rule(
        "CA015 Security info: only from trusted sites",
        users=whom(
            includeUsers=everyone,
            excludeGroups=[rescue],
            excludeGuestsOrExternalUsers=access.guests(),
        ),
        applications=what([], includeUserActions=["urn:user:registersecurityinfo"]),
        locations=where(exclude=["AllTrusted"]),
        grant=grant("mfa"),
    )
    rule(
        "CA016 Privileged action: security key",
        users=whom(includeUsers=everyone),
        applications=what([], includeAuthenticationContextClassReferences=["c1"]),
        grant=grant(strength=custom),
    )
    rule(
        "CA017 Admins: short sessions",
        users=whom(includeRoles=role_ids(*_ADMIN_ROLES), excludeGroups=[rescue]),
        session=session(signInFrequency=frequency(4), persistentBrowser={"isEnabled": True, "mode": "never"}),
    )
    rule(
        "CA018 Backup connector: only from the partner datacentre",
        users=whom(includeUsers=["None"]),
        clientApplications={
            "includeServicePrincipals": [draft.id("service principal", "Backup connector")],
            "excludeServicePrincipals": [],
            "servicePrincipalFilter": None,
        },
        locations=where(exclude=[locations["partner"]["id"]]),
        grant=grant("block"),
    )
    rule(
        "CA019 Guests: terms of use",
        users=whom(includeGuestsOrExternalUsers=access.guests("b2bCollaborationGuest")),
        grant=grant(terms=[draft.id("terms", "guests")]),
    )
    rule(
        "CA020 Unmanaged devices: sign in every day, nothing stays",
        users=whom(includeUsers=everyone, excludeGroups=[rescue]),
        devices=access.UNMANAGED_DEVICES,
        session=session(signInFrequency=frequency(12), persistentBrowser={"isEnabled": True, "mode": "never"}),
        created="2025-09-08T09:00:00Z",
    )
    rule(
        "Azure management: MFA",
        users=whom(includeUsers=everyone, excludeUsers=[people.named["it_director"]]),
        applications=what([access.AZURE_MANAGEMENT]),
        grant=grant("mfa"),
        state="disabled",
        created="2020-05-04T07:00:00Z",
    )
    rule(
        "OLD MFA for external access",
        users=whom(includeGroups=[draft.id("group", "deleted in 2024")]),
        applications=what(["Office365"]),
        locations=where(exclude=[locations["vpn"]["id"]]),
        grant=grant("mfa"),
        state="disabled",
        created="2020-03-16T07:00:00Z",
    )
    rule(
        "Microsoft-managed: block legacy authentication",
        users=whom(includeUsers=everyone),
        client_app_types=("exchangeActiveSync", "other"),
        grant=grant("block"),
        state=_REPORT_ONLY,
        template="0b2282f9-2862-4178-88b5-d79340b36cb8",
        created="2025-01-20T00:00:00Z",
    )

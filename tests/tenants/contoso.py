"""Contoso: some 300 accounts, every licence, and flawed the way real tenants are."""

from __future__ import annotations

from tests.tenants import apps, collaboration, devices, entra_settings, mail, mail_flow, methods, organization, purview
from tests.tenants.activity import add_activity
from tests.tenants.contoso_access import add_conditional_access
from tests.tenants.contoso_people import People, accounts, groups
from tests.tenants.contoso_roles import add_roles
from tests.tenants.draft import Draft
from tests.tenants.secure_score import secure_score


def contoso(company: str = "contoso", display_name: str = "Contoso") -> Draft:
    """The whole tenant, or one of another name that is like it; every id follows from `company`."""
    draft = Draft(company, display_name, f"{company}.example", f"{company}.onmicrosoft.example")
    people = accounts(draft)
    groups(draft, people)
    add_conditional_access(draft, people)
    _add_apps(draft, people)
    add_roles(draft, people)
    _add_entra(draft, people)
    _add_mail(draft, people)
    _add_collaboration(draft)
    add_activity(
        draft,
        draft.objects["users"],
        admins={one["principalId"] for one in draft.objects["role_assignments"]},
        unregistered={*people.of("Manufacturing"), *people.of("Sales", 7), *(one["id"] for one in people.services)},
        legacy={one["id"] for one in people.services[:5]} | set(people.of("Executive", 1)),
    )
    holders = {one["principalId"] for one in draft.objects["role_assignments"]}
    admin = next(one for one in draft.objects["users"] if one["id"] in holders)
    draft.add(
        "directory_audits",
        *(
            entra_settings.policy_change(draft, admin, policy, days=days)
            for days, policy in zip((3, 11, 18), draft.objects["conditional_access_policies"], strict=False)
        ),
    )
    secure_score(
        draft,
        {
            "AdminMFAV2": 88.9,
            "MFARegistrationV2": 74.0,
            "BlockLegacyAuthentication": 96.5,
            "IntegratedApps": 0.0,
            "aad_admin_consent_workflow": 0.0,
            "mdo_safelinksforemail": 61.0,
            "mdo_safeattachments": 61.0,
            "mdo_enabledomainstoprotect": 61.0,
        },
        states={
            "mdo_safeattachments": ("ThirdParty", "The mail gateway opens attachments first"),
            "aad_admin_consent_workflow": ("Ignored", "Nobody is there to review requests"),
        },
        unscored=["spo_legacy_auth"],
    )
    return draft


def _plants(draft: Draft) -> str:
    return f"{draft.company}-plants.example"


def _add_apps(draft: Draft, people: People) -> None:
    apps.microsoft_apps(draft)
    apps.own_app(
        draft, "Backup connector", roles=["Mail.Read", "Sites.Read.All"], certificates=["2027-05-01T00:00:00Z"]
    )
    apps.own_app(
        draft,
        "Provisioning script (legacy)",
        roles=["RoleManagement.ReadWrite.Directory", "Application.ReadWrite.All"],
        secrets=["2299-12-31T00:00:00Z"],
        owners=people.of("IT", 3)[1:],
    )
    apps.own_app(
        draft, "Web shop mailer", roles=["Mail.Send"], secrets=["2026-12-02T00:00:00Z", "2025-12-01T00:00:00Z"]
    )
    apps.mailbox_policy(draft, "Web shop mailer", "SG-VIP", "DenyAccess")
    apps.own_app(
        draft,
        "Intranet",
        scopes=["User.Read", "Sites.Read.All"],
        secrets=["2027-01-15T00:00:00Z"],
        owners=people.of("Marketing", 2),
    )
    meetings = apps.own_app(
        draft,
        "Litware meeting notes",
        scopes=["Calendars.Read", "offline_access"],
        owner=draft.id("partner", "litware"),
        owners=people.of("Sales", 1),
    )
    for user in people.of("Sales", 4):
        apps.user_consent(draft, meetings, user, "Mail.Read", "Files.Read.All", "offline_access")


def _add_entra(draft: Draft, people: People) -> None:
    draft.add(
        "authorization_policy",
        entra_settings.authorization_policy(
            invites="everyone",
            guest_role="10dae51f-b6af-4016-8d66-8c2a99b929b3",
            grants=["ManagePermissionGrantsForSelf.microsoft-user-default-legacy"],
            create_apps=True,
            create_tenants=True,
        ),
    )
    draft.add("security_defaults", entra_settings.security_defaults())
    draft.add("cross_tenant_access_policy", entra_settings.cross_tenant_policy())
    draft.add("apps_and_services_settings", entra_settings.apps_and_services(store=True, trials=True))
    draft.add("forms_settings", entra_settings.forms(phishing_scan=False))
    draft.add("admin_consent_request_policy", entra_settings.admin_consent_workflow(None))
    draft.add(
        "authentication_methods_policy",
        methods.authentication_methods(
            weak={"Sms": ["all_users"], "Voice": [draft.id("group", "SG-Frontline")], "Email": ["all_users"]},
            gone=draft.id("group", "SG-Apprentices-2019"),
            migration="migrationInProgress",
            passkeys=draft.id("group", "Licence E5"),
            place="default",
            reusable_pass=True,
            reporting="default",
        ),
    )
    draft.add(
        "cross_tenant_access_default",
        entra_settings.cross_tenant_default(inbound="allowed", outbound="allowed", trust_mfa=True),
    )
    draft.add(
        "cross_tenant_access_partners",
        entra_settings.cross_tenant_partner(draft.id("partner", "northwind"), trust=True),
        entra_settings.cross_tenant_partner(
            draft.id("partner", "adatum"), trust=False, inbound=entra_settings.access("blocked")
        ),
    )
    domains = [
        organization.domain(draft.domain, default=True),
        organization.domain(_plants(draft), validity=90),
        organization.domain(draft.initial_domain, initial=True),
    ]
    draft.add("domains", *domains)
    draft.add("organization", organization.organization(draft, synced=True, domains=domains))
    draft.add("on_premises_synchronization", organization.synchronization(draft, blocked=False))
    draft.add("subscribed_skus", *organization.subscribed_skus(draft, e5=210, f3=60))
    draft.add(
        "group_settings",
        entra_settings.password_setting(draft, banned_words=""),
        entra_settings.group_setting(draft, creation=True, guests=True),
        entra_settings.consent_setting(draft, group_owners=True),
    )
    draft.add(
        "device_registration_policy",
        entra_settings.device_registration(
            mfa=False, joining=draft.id("group", "Licence E5"), global_admins=True, quota=50
        ),
    )
    draft.add("default_app_management_policy", entra_settings.app_management(enabled=False))
    draft.add("permission_grant_policies", *entra_settings.consent_policies())
    draft.add("delegated_permission_classifications")


def _add_mail(draft: Draft, people: People) -> None:
    names = [draft.domain, _plants(draft), draft.initial_domain]
    draft.extend(mail_flow.domains(draft, names, unsigned=[_plants(draft)], gateway="mx1.mailwall.example"))
    draft.extend(
        mail.defaults(
            draft,
            impersonation=False,
            forwarding="On",
            without_built_in=[_plants(draft)],
            allowed_addresses=["203.0.113.200"],
        )
    )
    draft.add("tenant_allow_block_list_items", mail.allow_entry(draft, "Url", "litware.example/orders/*", None))
    board = [f"{one['displayName']};{one['mail']}" for one in people.employees if one["department"] == "Executive"]
    draft.extend(
        mail.preset(
            draft,
            "Standard",
            suffix="1659535429826",
            priority=1,
            people=board[:2],
            RecipientDomainIs=[draft.domain],
            ExceptIfSentTo=[f"orders@{draft.domain}"],
            ExceptIfSentToMemberOf=[f"sg-vip@{draft.domain}"],
        )
    )
    draft.add(
        "hosted_content_filter_policies",
        mail.content_filter(
            draft, "Sales exceptions", strict=False, AllowedSenderDomains=["northwind.example", "litware.example"]
        ),
    )
    draft.add(
        "hosted_content_filter_rules",
        mail.rule(
            draft,
            "content filter rule",
            "Sales exceptions",
            HostedContentFilterPolicy="Sales exceptions",
            SentToMemberOf=[f"sales@{draft.domain}"],
        ),
    )
    draft.add(
        "remote_domains",
        mail_flow.remote_domain(draft, "Default", "*", forward=True),
        mail_flow.remote_domain(draft, "Northwind", "northwind.example", forward=True),
    )
    draft.extend(mail_flow.organization(draft, hardened=False))
    draft.extend(
        mail_flow.settings(draft, smtp_auth=True, calendar=["*:CalendarSharingFreeBusyDetail"], outlook_open=True)
    )
    draft.add("authentication_policies", mail_flow.authentication_policy(draft, "Scanners", "Smtp", "Imap"))
    draft.extend(purview.purview(draft, blocks=False, silent=["Suspicious Email Forwarding Activity"]))
    draft.add(
        "transport_rules",
        mail.named(
            draft,
            "transport rule",
            "Let the web shop through",
            State="Enabled",
            Mode="Enforce",
            Priority=0,
            FromScope="NotInOrganization",
            SetSCL="-1",
            SenderDomainIs=["litware.example"],
            RedirectMessageTo=None,
            BlindCopyTo=None,
            PrependSubject=None,
        ),
    )
    draft.add(
        "inbound_connectors",
        mail.named(
            draft,
            "inbound connector",
            "From the mail gateway",
            Enabled=True,
            ConnectorType="Partner",
            ConnectorSource="AdminUI",
            SenderDomains=["smtp:*;1"],
            SenderIPAddresses=["203.0.113.200"],
            RequireTls=True,
            RestrictDomainsToIPAddresses=True,
            EFSkipIPs=[],
            EFSkipLastIP=False,
        ),
    )
    draft.add(
        "inbound_connectors",
        mail.named(
            draft,
            "inbound connector",
            "From our own servers",
            Enabled=True,
            ConnectorType="OnPremises",
            ConnectorSource="HybridWizard",
            SenderDomains=["smtp:*;1"],
            SenderIPAddresses=[],
            RequireTls=True,
            RestrictDomainsToIPAddresses=False,
            RestrictDomainsToCertificate=False,
            TlsSenderCertificateName=f"mail.{draft.domain}",
            CloudServicesMailEnabled=True,
            TreatMessagesAsInternal=False,
            EFSkipIPs=[],
            EFSkipLastIP=False,
        ),
    )
    draft.add(
        "outbound_connectors",
        mail.named(
            draft,
            "outbound connector",
            "To Northwind",
            Enabled=True,
            ConnectorType="Partner",
            ConnectorSource="AdminUI",
            RecipientDomains=["northwind.example"],
            SmartHosts=[],
            TlsSettings="DomainValidation",
            TlsDomain="mail.northwind.example",
            UseMXRecord=True,
            IsTransportRuleScoped=False,
        ),
    )
    draft.add(
        "mailbox_audit_bypass",
        {
            "Guid": people.services[0]["id"],
            "Identity": people.services[0]["displayName"],
            "Name": people.services[0]["displayName"],
            "AuditBypassEnabled": True,
        },
    )
    boxes = mail_flow.mailboxes(draft, [*people.employees, *people.services], shared=people.shared)
    boxes[30]["ForwardingSmtpAddress"] = "smtp:tova.private@mailbox.example"
    draft.add("mailboxes", *boxes)


def _add_collaboration(draft: Draft) -> None:
    draft.extend(
        collaboration.sharepoint(
            draft,
            sharing=2,
            onedrive=2,
            link_days=-1,
            link_type=3,
            link_edit=True,
            unmanaged=0,
            guest_days=None,
            idle=False,
            sync_everywhere=True,
        )
    )
    draft.extend(
        collaboration.teams(
            draft,
            meetings=[
                collaboration.meeting_policy(
                    AllowAnonymousUsersToJoinMeeting=True,
                    AllowAnonymousUsersToStartMeeting=True,
                    AutoAdmittedUsers="Everyone",
                    AllowExternalNonTrustedMeetingChat=True,
                    AllowCloudRecording=True,
                ),
                collaboration.meeting_policy("Tag:Board meetings"),
            ],
            federated=True,
            allowed_domains=None,
            consumer=True,
            storage=True,
            apps="BlockedAppList",
        )
    )
    _devices(draft)


def _devices(draft: Draft) -> None:
    """Windows and iOS are judged, though not in everything; Android was prepared and forgotten."""
    draft.add("device_management_settings", devices.settings(secure_by_default=False))
    draft.add(
        "device_compliance_policies",
        devices.compliance_policy(
            draft,
            "windows10",
            assigned=devices.everyone(),
            osMinimumVersion=None,
        ),
        devices.compliance_policy(
            draft,
            "ios",
            assigned=devices.everyone(),
            deviceThreatProtectionEnabled=False,
            deviceThreatProtectionRequiredSecurityLevel="unavailable",
        ),
        devices.compliance_policy(draft, "androidWorkProfile"),
    )
    draft.add("device_enrollment_configurations", devices.enrolment(draft, personal=True))
    draft.add(
        "device_management_configuration_policies",
        devices.antivirus_policy(
            draft,
            assigned=[devices.target(devices.ALL_DEVICES)],
            without=("allowemailscanning",),
            puaprotection="2",
        ),
    )

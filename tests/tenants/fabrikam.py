"""Fabrikam: small, cloud-only and hardened, so that no check finds anything once its register is read."""

from __future__ import annotations

from tests.tenants import (
    access,
    apps,
    collaboration,
    devices,
    entra_settings,
    mail,
    mail_flow,
    methods,
    organization,
    purview,
    roles,
)
from tests.tenants.access import frequency, grant, policy, session, what, where, whom
from tests.tenants.activity import add_activity
from tests.tenants.draft import Draft, JsonObject
from tests.tenants.people import Groups, employees, guest, person, user
from tests.tenants.secure_score import secure_score

_DEPARTMENTS = (
    ("Management", "Managing director", 4),
    ("IT", "Systems engineer", 6),
    ("Finance", "Accountant", 8),
    ("Design", "Designer", 20),
    ("Sales", "Account manager", 12),
)


def fabrikam(company: str = "fabrikam", display_name: str = "Fabrikam") -> Draft:
    """The whole tenant, or one of another name that is like it; every id follows from `company`."""
    draft = Draft(company, display_name, f"{company}.example", f"{company}.onmicrosoft.example")
    staff, admins = _accounts(draft)
    groups = _groups(draft, staff, admins)
    _conditional_access(draft)
    _roles(draft, admins, groups)
    _entra(draft, admins)
    _mail(draft, staff)
    _collaboration(draft)
    holders = {one["principalId"] for one in draft.objects["role_assignments"]}
    add_activity(draft, draft.objects["users"], admins=holders | {one["id"] for one in admins})
    secure_score(draft, {})
    return draft


def _accounts(draft: Draft) -> tuple[list[JsonObject], list[JsonObject]]:
    staff = employees(draft, _DEPARTMENTS, synced=None)
    admins = []
    for number in range(4):
        first, last = person(300 + number)
        upn = f"adm.{last}@{draft.initial_domain}".lower()
        admins.append(user(draft, f"admin {number}", f"{first} {last} (admin)", upn, sku=None, mail=None))
    emergency = [
        user(
            draft,
            f"emergency {number}",
            f"Emergency access {number}",
            f"emergency{number}@{draft.initial_domain}",
            sku=None,
            mail=None,
        )
        for number in (1, 2)
    ]
    visitors = [
        guest(draft, mail_address, name, mail_address)
        for name, mail_address in (
            ("Nora Ek", "nora.ek@contoso.example"),
            ("Paul Roy", "paul.roy@contoso.example"),
            ("Ines Sol", "ines.sol@adatum.example"),
        )
    ]
    draft.add("users", *staff, *admins, *emergency, *visitors)
    return staff, admins


def _groups(draft: Draft, staff: list[JsonObject], admins: list[JsonObject]) -> Groups:
    groups = Groups(draft)
    for department, _, _ in _DEPARTMENTS:
        members = [one["id"] for one in staff if one["department"] == department]
        groups.add(f"Department {department}", members, rule=f'(user.department -eq "{department}")')
    groups.add("Guests", rule='(user.userType -eq "Guest")')
    groups.add("Licence E5", [one["id"] for one in staff])
    groups.add("Admins", [one["id"] for one in admins], role_assignable=True)
    groups.add("Role approvers", [one["id"] for one in admins[:2]], role_assignable=True)
    groups.add("Project Harbour", [one["id"] for one in staff[10:20]], owners=[staff[10]["id"]], unified=True)
    groups.finish()
    return groups


def _conditional_access(draft: Draft) -> None:
    emergency = [draft.id("user", "emergency 1"), draft.id("user", "emergency 2")]
    office = access.ip_location(draft, "Studio", "198.51.100.128/26")
    countries = access.country_location(draft, "Countries we work in", "DK", "NO", "SE")
    draft.add("named_locations", office, countries)
    strengths = access.built_in_strengths()
    draft.add("authentication_strengths", *strengths)
    phishing_resistant = next(one for one in strengths if one["id"] == access.PHISHING_RESISTANT_STRENGTH)
    draft.add(
        "authentication_contexts",
        {"id": "c1", "displayName": "Role activation", "description": "Asked by PIM", "isAvailable": True},
    )
    everyone = whom(includeUsers=["All"], excludeUsers=emergency)
    own_people = whom(includeUsers=["All"], excludeUsers=emergency, excludeGuestsOrExternalUsers=access.guests())
    admins = whom(includeRoles=sorted(roles.ROLES.values()), excludeUsers=emergency)

    def rule(name: str, users: JsonObject, **given: object) -> None:
        draft.add("conditional_access_policies", policy(draft, name, users=users, **given))  # type: ignore[arg-type]

    rule(
        "100 Block legacy authentication",
        everyone,
        client_app_types=["exchangeActiveSync", "other"],
        grant=grant("block"),
    )
    rule("110 Phishing-resistant MFA for everyone", everyone, grant=grant(strength=phishing_resistant))
    rule(
        "121 Short sessions for administrators",
        admins,
        session=session(signInFrequency=frequency(4), persistentBrowser={"isEnabled": True, "mode": "never"}),
    )
    rule(
        "122 Short sessions on unmanaged devices",
        everyone,
        devices=access.UNMANAGED_DEVICES,
        session=session(signInFrequency=frequency(12), persistentBrowser={"isEnabled": True, "mode": "never"}),
    )
    rule("123 Sign in every week", everyone, session=session(signInFrequency=frequency(7, "days")))
    rule(
        "124 Tokens bound to Windows devices",
        own_people,
        applications=what([access.EXCHANGE_ONLINE, access.SHAREPOINT_ONLINE, access.TEAMS_SERVICES]),
        platforms={"includePlatforms": ["windows"], "excludePlatforms": []},
        client_app_types=["mobileAppsAndDesktopClients"],
        session=session(secureSignInSession={"isEnabled": True}),
    )
    rule(
        "125 No downloads in browsers on unmanaged devices",
        everyone,
        applications=what(["Office365"]),
        client_app_types=["browser"],
        devices=access.UNMANAGED_DEVICES,
        session=session(applicationEnforcedRestrictions={"isEnabled": True}),
    )
    rule(
        "140 Block device code flow and transfer",
        everyone,
        authenticationFlows={"transferMethods": "deviceCodeFlow,authenticationTransfer"},
        grant=grant("block"),
    )
    rule("150 Block high sign-in risk", everyone, signInRiskLevels=["high"], grant=grant("block"))
    rule(
        "151 MFA every time on medium sign-in risk",
        everyone,
        signInRiskLevels=["medium"],
        grant=grant("mfa"),
        session=session(signInFrequency=frequency(None)),
    )
    rule("152 Block high user risk", everyone, userRiskLevels=["high"], grant=grant("block"))
    rule("153 Block elevated insider risk", everyone, insiderRiskLevels="elevated", grant=grant("block"))
    rule(
        "154 Block agents at high risk",
        whom(includeUsers=["None"]),
        clientApplications={
            "includeServicePrincipals": [],
            "excludeServicePrincipals": [],
            "includeAgentIdServicePrincipals": ["All"],
            "excludeAgentIdServicePrincipals": [],
            "servicePrincipalFilter": None,
            "agentIdServicePrincipalFilter": None,
        },
        agentIdRiskLevels="high",
        grant=grant("block"),
    )
    rule(
        "160 Block countries we do not work in",
        everyone,
        locations=where(exclude=[countries["id"]]),
        grant=grant("block"),
    )
    known = ["android", "iOS", "windows", "macOS", "linux"]
    other_platforms = {"includePlatforms": ["all"], "excludePlatforms": known}
    rule(
        "170 Managed devices",
        own_people,
        platforms={"includePlatforms": known, "excludePlatforms": []},
        grant=grant("compliantDevice", "domainJoinedDevice"),
    )
    rule("171 Block other platforms", everyone, platforms=other_platforms, grant=grant("block"))
    rule(
        "180 MFA to register security information",
        everyone,
        applications=what([], includeUserActions=["urn:user:registersecurityinfo"]),
        grant=grant("mfa"),
    )
    rule(
        "181 Managed device to register security information",
        own_people,
        applications=what([], includeUserActions=["urn:user:registersecurityinfo"]),
        platforms={"includePlatforms": known, "excludePlatforms": []},
        grant=grant("compliantDevice", "domainJoinedDevice"),
    )
    rule(
        "182 Block other platforms for security information",
        everyone,
        applications=what([], includeUserActions=["urn:user:registersecurityinfo"]),
        platforms=other_platforms,
        grant=grant("block"),
    )
    rule(
        "183 MFA to join a device",
        everyone,
        applications=what([], includeUserActions=["urn:user:registerdevice"]),
        grant=grant("mfa"),
    )
    rule(
        "184 MFA every time to enrol a device",
        everyone,
        applications=what([access.INTUNE_ENROLMENT]),
        grant=grant("mfa"),
        session=session(signInFrequency=frequency(None)),
    )
    rule(
        "185 Admin portals for administrators only",
        whom(includeUsers=["All"], excludeUsers=emergency, excludeGroups=[draft.id("group", "Admins")]),
        applications=what(["MicrosoftAdminPortals", access.AZURE_MANAGEMENT]),
        grant=grant("block"),
    )
    rule(
        "190 Role activation",
        everyone,
        applications=what([], includeAuthenticationContextClassReferences=["c1"]),
        grant=grant(strength=phishing_resistant),
        session=session(signInFrequency=frequency(None)),
    )


def _roles(draft: Draft, admins: list[JsonObject], groups: Groups) -> None:
    draft.add("role_definitions", *roles.role_definitions())
    for number in (1, 2):
        roles.assign(draft, "Global Administrator", draft.id("user", f"emergency {number}"))
    roles.make_eligible(draft, "Global Administrator", admins[0]["id"], end="2027-02-28T08:00:00Z")
    roles.make_eligible(draft, "Privileged Role Administrator", admins[1]["id"], end="2027-02-28T08:00:00Z")
    for role, number in (
        ("Security Administrator", 1),
        ("Conditional Access Administrator", 2),
        ("Exchange Administrator", 2),
        ("SharePoint Administrator", 3),
        ("Teams Administrator", 3),
        ("User Administrator", 3),
    ):
        roles.make_eligible(draft, role, admins[number]["id"], end="2027-02-28T08:00:00Z")
    draft.add(
        "access_reviews",
        roles.access_review(
            draft,
            "Keyholders each quarter",
            (
                "Global Administrator",
                "Privileged Role Administrator",
                "Security Administrator",
                "Exchange Administrator",
                "SharePoint Administrator",
            ),
            groups.id("Role approvers"),
            months=3,
            applies=True,
            unanswered="Deny",
        ),
        roles.guest_review(draft, "Guests each quarter", groups.id("Role approvers")),
    )
    for role in roles.ROLES:
        draft.add(
            "role_management_policies",
            roles.pim_policy(
                draft, role, approvers=groups.id("Role approvers"), context="c1", alert=f"security@{draft.domain}"
            ),
        )


def _entra(draft: Draft, admins: list[JsonObject]) -> None:
    draft.add("authorization_policy", entra_settings.authorization_policy())
    draft.add("security_defaults", entra_settings.security_defaults())
    draft.add("cross_tenant_access_policy", entra_settings.cross_tenant_policy())
    draft.add("apps_and_services_settings", entra_settings.apps_and_services(store=False, trials=False))
    draft.add("forms_settings", entra_settings.forms(phishing_scan=True))
    draft.add("admin_consent_request_policy", entra_settings.admin_consent_workflow(admins[1]["id"]))
    draft.add("authentication_methods_policy", methods.authentication_methods())
    draft.add("cross_tenant_access_default", entra_settings.cross_tenant_default())
    draft.add(
        "cross_tenant_access_partners",
        *(
            entra_settings.cross_tenant_partner(
                draft.id("partner", name),
                trust=False,
                inbound=entra_settings.access("allowed"),
                outbound=entra_settings.access("allowed"),
            )
            for name in ("contoso", "adatum")
        ),
    )
    draft.add(
        "b2b_management_policies",
        {
            "id": draft.id("b2b"),
            "displayName": "B2BManagementPolicy",
            "definition": [
                '{"B2BManagementPolicy":{"InvitationsAllowedAndBlockedDomainsPolicy":'
                '{"AllowedDomains":["adatum.example","contoso.example"]}}}'
            ],
            "isOrganizationDefault": True,
        },
    )
    domains = [
        organization.domain(draft.domain, default=True),
        organization.domain(draft.initial_domain, initial=True),
    ]
    draft.add("domains", *domains)
    draft.add("organization", organization.organization(draft, synced=False, domains=domains))
    draft.add("subscribed_skus", *organization.subscribed_skus(draft, e5=60))
    draft.add(
        "group_settings",
        entra_settings.password_setting(draft, banned_words="fabrikam\tharbour\tstudio"),
        entra_settings.group_setting(draft, creation=False, guests=True),
    )
    draft.add(
        "device_registration_policy",
        entra_settings.device_registration(mfa=False, joining=draft.id("group", "Licence E5")),
    )
    draft.add("default_app_management_policy", entra_settings.app_management(enabled=True))
    draft.add("permission_grant_policies", *entra_settings.consent_policies())
    draft.add("delegated_permission_classifications")
    apps.microsoft_apps(draft)
    apps.third_party_storage(draft, enabled=False)
    apps.admin_tools(draft)
    apps.own_app(draft, "Ticket mailer", roles=["Mail.Send"], certificates=["2027-03-01T00:00:00Z"])
    apps.mailbox_policy(draft, "Ticket mailer", "Ticket mailboxes", "RestrictAccess")
    apps.own_app(
        draft,
        "Project portal",
        roles=["User.Read.All"],
        certificates=["2027-03-01T00:00:00Z"],
        owners=[admins[1]["id"], admins[3]["id"]],
    )


def _mail(draft: Draft, staff: list[JsonObject]) -> None:
    names = [draft.domain, draft.initial_domain]
    managers = [f"{one['displayName']};{one['mail']}" for one in staff[:4]]
    draft.extend(mail_flow.domains(draft, names, silent=[draft.initial_domain]))
    security = [f"security@{draft.domain}"]
    draft.extend(mail.defaults(draft, impersonation=True, forwarding="Off", notified=security))
    draft.extend(
        mail.preset(draft, "Strict", suffix="1681329955447", priority=0, people=managers, RecipientDomainIs=names)
    )
    draft.extend(mail.preset(draft, "Standard", suffix="1681329955519", priority=1, people=managers))
    draft.add("remote_domains", mail_flow.remote_domain(draft, "Default", "*", forward=False))
    draft.extend(mail_flow.organization(draft, hardened=True))
    draft.extend(mail_flow.settings(draft, smtp_auth=False, calendar=[], outlook_open=False))
    draft.add("authentication_policies", mail_flow.authentication_policy(draft, "No plain passwords"))
    draft.extend(purview.purview(draft))
    draft.add(
        "transport_rules",
        mail.named(
            draft,
            "transport rule",
            "Mark mail from outside",
            State="Enabled",
            Mode="Enforce",
            Priority=0,
            FromScope="NotInOrganization",
            SetSCL=None,
            SenderDomainIs=None,
            RedirectMessageTo=None,
            BlindCopyTo=None,
            PrependSubject="[External] ",
        ),
    )
    draft.add("mailboxes", *mail_flow.mailboxes(draft, staff, shared=[]))


def _collaboration(draft: Draft) -> None:
    partners = ["adatum.example", "contoso.example"]
    draft.extend(collaboration.sharepoint(draft, allowed_domains=partners))
    draft.extend(
        collaboration.teams(draft, meetings=[collaboration.meeting_policy()], federated=True, allowed_domains=partners)
    )
    _devices(draft)


def _devices(draft: Draft) -> None:
    draft.add("device_management_settings", devices.settings(secure_by_default=True))
    draft.add(
        "device_compliance_policies",
        *(
            devices.compliance_policy(draft, platform, assigned=devices.everyone())
            for platform in ("windows10", "macOS", "ios", "androidWorkProfile")
        ),
    )
    draft.add("device_enrollment_configurations", devices.enrolment(draft, personal=False))
    draft.add(
        "device_management_configuration_policies",
        devices.antivirus_policy(draft, assigned=[devices.target(devices.ALL_DEVICES)]),
    )

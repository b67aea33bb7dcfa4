from __future__ import annotations

import json

import pytest

from tenantlint.collect.catalog import AREAS, NOT_COLLECTABLE, SOURCES, source_of
from tenantlint.collect.plan import Plan, Step, TenantSize, plan, smallest_permissions, smallest_role
from tenantlint.collect.plan_view import as_json, as_lines
from tenantlint.collect.selection import chosen
from tenantlint.errors import UsageError

# Typed by hand from the project's reference, table 3.0 (rows 1 to 28 as far as they are collected, then 3.4 to 3.6):
# collection: path, version, permission that the table names first or calls safe, licence.
REFERENCE = {
    "conditional_access_policies": ("/identity/conditionalAccess/policies", "Policy.Read.All", "P1"),
    "named_locations": ("/identity/conditionalAccess/namedLocations", "Policy.Read.All", "P1"),
    "authentication_strengths": ("/policies/authenticationStrengthPolicies", "Policy.Read.AuthenticationMethod", "P1"),
    "authentication_contexts": (
        "/identity/conditionalAccess/authenticationContextClassReferences",
        "AuthenticationContext.Read.All",
        "P1",
    ),
    "authentication_methods_policy": (
        "/policies/authenticationMethodsPolicy",
        "Policy.Read.AuthenticationMethod",
        "Free",
    ),
    "authorization_policy": ("/policies/authorizationPolicy", "Policy.Read.All", "Free"),
    "security_defaults": ("/policies/identitySecurityDefaultsEnforcementPolicy", "Policy.Read.All", "Free"),
    "admin_consent_request_policy": ("/policies/adminConsentRequestPolicy", "Policy.Read.All", "Free"),
    "cross_tenant_access_default": ("/policies/crossTenantAccessPolicy/default", "Policy.Read.All", "Free"),
    "cross_tenant_access_partners": (
        "/policies/crossTenantAccessPolicy/partners?$expand=identitySynchronization",
        "Policy.Read.All",
        "Free",
    ),
    "cross_tenant_access_policy": ("/policies/crossTenantAccessPolicy", "Policy.Read.All", "Free"),
    "apps_and_services_settings": ("/admin/appsAndServices", "OrgSettings-AppsAndServices.Read.All", "Free"),
    "forms_settings": ("/admin/forms", "OrgSettings-Forms.Read.All", "Free"),
    "directory_audits": ("/auditLogs/directoryAudits", "AuditLog.Read.All", "Free"),
    "b2b_management_policies": ("/policies/b2bManagementPolicies", "Policy.Read.B2BManagementPolicy", "Free"),
    "role_definitions": ("/roleManagement/directory/roleDefinitions", "RoleManagement.Read.Directory", "Free"),
    "role_assignments": ("/roleManagement/directory/roleAssignments", "RoleManagement.Read.Directory", "Free"),
    "role_assignment_schedule_instances": (
        "/roleManagement/directory/roleAssignmentScheduleInstances",
        "RoleAssignmentSchedule.Read.Directory",
        "P2",
    ),
    "role_eligibility_schedule_instances": (
        "/roleManagement/directory/roleEligibilityScheduleInstances",
        "RoleEligibilitySchedule.Read.Directory",
        "P2",
    ),
    "role_management_policies": (
        "/policies/roleManagementPolicyAssignments?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'"
        "&$expand=policy($expand=rules)",
        "RoleManagement.Read.Directory",
        "P2",
    ),
    "privileged_access_group_eligibility_schedule_instances": (
        "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances?$filter=groupId eq '{id}'",
        "PrivilegedEligibilitySchedule.Read.AzureADGroup",
        "P2",
    ),
    "group_members": ("/groups/{id}/transitiveMembers", "GroupMember.Read.All", "Free"),
    "group_settings": ("/groupSettings", "GroupSettings.Read.All", "Free"),
    "domains": ("/domains", "Domain.Read.All", "Free"),
    "sharepoint_settings": ("/admin/sharepoint/settings", "SharePointTenantSettings.Read.All", "SPO"),
    "user_registration_details": (
        "/reports/authenticationMethods/userRegistrationDetails",
        "AuditLog.Read.All",
        "P1",
    ),
    "user_sign_in_activity": ("/users", "User.Read.All + AuditLog.Read.All", "P1"),
    "subscribed_skus": ("/subscribedSkus", "LicenseAssignment.Read.All", "Free"),
    "organization": ("/organization", "Organization.Read.All", "Free"),
    "activity_based_timeout_policies": ("/policies/activityBasedTimeoutPolicies", "Policy.Read.All", "Free"),
    "permission_grant_policies": ("/policies/permissionGrantPolicies", "Policy.Read.PermissionGrant", "Free"),
    "secure_scores": ("/security/secureScores", "SecurityEvents.Read.All", "any"),
    "secure_score_control_profiles": ("/security/secureScoreControlProfiles", "SecurityEvents.Read.All", "any"),
    "sharepoint_tenant": ("/_api/SPO.Tenant", "Sites.FullControl.All", "SPO"),
}
LICENCES = {"P1": ("entra_p1", "entra_p2"), "P2": ("entra_p2",), "SPO": ("sharepoint",), "Free": (), "any": ()}

# "Smallest Graph set for the whole table" of the reference, with the three that it calls optional and are read here,
# and those of row 29, which it left out.
SMALLEST = {
    "Policy.Read.All",
    "AuthenticationContext.Read.All",
    "RoleManagement.Read.Directory",
    "GroupMember.Read.All",
    "GroupSettings.Read.All",
    "Domain.Read.All",
    "SharePointTenantSettings.Read.All",
    "AuditLog.Read.All",
    "User.Read.All",
    "LicenseAssignment.Read.All",
    "Organization.Read.All",
    "SecurityEvents.Read.All",
    "PrivilegedEligibilitySchedule.Read.AzureADGroup",
    "Policy.Read.B2BManagementPolicy",
    "Policy.Read.PermissionGrant",
    "OrgSettings-AppsAndServices.Read.All",
    "OrgSettings-Forms.Read.All",
}

# 3.4: the cmdlets to collect, and those of Security & Compliance.
CMDLETS = """
AntiPhishPolicy AntiPhishRule SafeLinksPolicy SafeLinksRule SafeAttachmentPolicy SafeAttachmentRule AtpPolicyForO365
EOPProtectionPolicyRule ATPProtectionPolicyRule ATPBuiltInProtectionRule HostedContentFilterPolicy
HostedContentFilterRule HostedOutboundSpamFilterPolicy HostedOutboundSpamFilterRule HostedConnectionFilterPolicy
MalwareFilterPolicy MalwareFilterRule TransportConfig OrganizationConfig AdminAuditLogConfig DkimSigningConfig
RemoteDomain AcceptedDomain AuthenticationPolicy TransportRule SharingPolicy OwaMailboxPolicy RoleAssignmentPolicy
ExternalInOutlook ReportSubmissionPolicy QuarantinePolicy TeamsProtectionPolicy InboundConnector
TenantAllowBlockListItems DlpCompliancePolicy DlpComplianceRule ProtectionAlert UnifiedAuditLogRetentionPolicy
"""
TEAMS = {
    "TeamsMeetingPolicy",
    "TeamsClientConfiguration",
    "TeamsMessagingPolicy",
    "TeamsAppPermissionPolicy",
    "TeamsMeetingBroadcastPolicy",
    "ExternalAccessPolicy",
    "TenantFederationSettings",
}
BETA = {"conditional_access_policies", "authentication_methods_policy", "b2b_management_policies"} | {
    "apps_and_services_settings",
    "forms_settings",
}  # and why: spec


def whole() -> Plan:
    return plan(chosen(sharepoint_admin=True, sign_ins=True, changes=True))


def step_of(found: Plan, collection: str) -> Step:
    (step,) = (step for step in found.steps if step.collection == collection)
    return step


@pytest.mark.parametrize("collection", sorted(REFERENCE))
def test_each_row_is_the_reference_s(collection: str) -> None:
    path, permission, licence = REFERENCE[collection]
    source = source_of(collection)
    assert source.request == path or source.request.startswith(f"{path}?")
    assert "+".join((source.permissions[0], *source.also)) == permission.replace(" ", "")
    assert source.licence == LICENCES[licence]


def test_the_smallest_set_is_the_reference_s() -> None:
    rows = [source_of(name) for name in REFERENCE if name != "sharepoint_tenant"]
    assert set(smallest_permissions(rows)) == SMALLEST


def test_every_cmdlet_of_the_reference_is_sent_with_the_exchange_permission() -> None:
    sent = {source.request for source in SOURCES if source.request.startswith("Get-")}
    assert {f"Get-{noun}" for noun in CMDLETS.split()} <= sent
    for source in SOURCES:
        if source.request.startswith("Get-"):
            assert source.permissions == ("Exchange.ManageAsApp",)
            assert "Global Reader" in source.roles


def test_every_teams_configuration_of_the_reference_is_read_with_a_role_alone() -> None:
    found = {source.request: source for source in SOURCES if source.area == "teams"}
    assert set(found) == TEAMS
    assert all(not source.permissions and source.roles[0] == "Global Reader" for source in found.values())


def test_beta_is_read_where_v1_leaves_something_out() -> None:
    beta = {source.collection for source in SOURCES if source.api_version == "beta"}
    intune = {
        "device_compliance_policies",
        "device_enrollment_configurations",
        "device_management_configuration_policies",
    }
    assert beta == BETA | intune | {"role_definitions", "sign_ins"}


def test_the_plan_has_every_source_and_says_what_serves_it() -> None:
    found = whole()
    assert [step.collection for step in found.steps] == [source.collection for source in SOURCES]
    held = {*found.graph_permissions, *(name for _, name in found.other_permissions)}
    for step, source in zip(found.steps, SOURCES, strict=True):
        assert set(step.permissions) <= held
        assert bool(step.permissions) == bool(source.permissions)
        assert set(step.permissions).isdisjoint(step.alternatives)
    assert step_of(found, "authentication_strengths").permissions == ("Policy.Read.All",)
    assert step_of(found, "authentication_strengths").alternatives == ("Policy.Read.AuthenticationMethod",)
    assert step_of(found, "mailboxes").request == "InvokeCommand Get-Mailbox"


def test_a_narrow_choice_needs_the_narrow_permission() -> None:
    found = plan([source_of("authentication_strengths"), source_of("role_eligibility_schedule_instances")])
    assert found.graph_permissions == ("Policy.Read.AuthenticationMethod", "RoleEligibilitySchedule.Read.Directory")
    assert found.role == ""
    assert found.other_permissions == ()


def test_the_smallest_set_does_not_hang_on_the_order() -> None:
    assert smallest_permissions(SOURCES) == smallest_permissions(tuple(reversed(SOURCES)))


def test_no_permission_of_the_smallest_set_can_be_spared() -> None:
    rows = [source for source in SOURCES if source.permissions]
    found = set(smallest_permissions(rows))
    for name in found:
        rest = found - {name}
        assert any(rest.isdisjoint(source.permissions) or not rest.issuperset(source.also) for source in rows), (
            f"{name} is needless"
        )


def test_the_least_role_that_serves_all() -> None:
    assert smallest_role([source_of("safe_links_policies")]) == "Security Reader"
    assert smallest_role([source_of("safe_links_policies"), source_of("mailboxes")]) == "Global Reader"
    assert smallest_role([source_of("users")]) == ""


def test_only_the_sharepoint_admin_permission_could_write() -> None:
    assert whole().writers == ("Sites.FullControl.All",)
    assert any("certificate" in warning for warning in whole().warnings)
    plain = plan(chosen())
    assert plain.writers == ()
    assert "What of this could write: nothing" in as_lines(plain)
    assert len(plain.warnings) == 1


def test_the_estimate_is_not_below_what_the_limits_allow() -> None:
    assert plan([source_of("conditional_access_policies"), source_of("named_locations")]).seconds == pytest.approx(1.2)
    large = TenantSize(users=99_900)
    # 100 pages of registration details at 5 requests in 10 s: the last of 20 windows begins after 190 s.
    assert plan([source_of("user_registration_details")], large).seconds == pytest.approx(190.2)
    # 200 pages one after another, though the limit would allow them sooner.
    assert plan([source_of("user_sign_in_activity")], large).seconds == pytest.approx(40.0)
    assert plan([source_of("group_members"), source_of("groups")]).seconds >= 0.4


def test_a_larger_tenant_takes_longer() -> None:
    small, large = (plan(SOURCES, TenantSize(users=users)).seconds for users in (100, 100_000))
    assert small < large


def test_the_plan_as_data_is_json_and_whole() -> None:
    found = json.loads(json.dumps(as_json(whole())))
    assert found["format"] == "tenantlint.plan/1"
    assert len(found["steps"]) == len(SOURCES)
    assert found["role"] == "Global Reader"
    assert found["can_write"] == ["Sites.FullControl.All"]
    assert found["least_seconds"] > 0


def test_the_plan_as_text_names_every_collection_permission_and_role_once_or_more() -> None:
    found = whole()
    text = "\n".join(as_lines(found))
    for step in found.steps:
        assert f"  {step.collection}: " in text
    for name in found.graph_permissions:
        assert f"\n  {name}\n" in text
    assert "Exchange.ManageAsApp (compliance, exchange)" in text
    assert "Entra role of the application: Global Reader" in text


def test_everything_is_chosen_but_what_has_to_be_asked_for() -> None:
    left_out = {source.collection for source in SOURCES} - {source.collection for source in chosen()}
    assert left_out == {"sharepoint_tenant", "sign_ins", "directory_audits"}
    assert not {source.collection for source in SOURCES} & set(NOT_COLLECTABLE)


def test_a_choice_reads_whose_tenant_it_is_besides() -> None:
    assert [source.collection for source in chosen(["domains"])] == ["organization", "subscribed_skus", "domains"]
    assert [source.collection for source in chosen(["domains"], ["licences", "organization"])] == ["domains"]
    assert "dns_records" not in {source.collection for source in chosen(dns=False)}


@pytest.mark.parametrize(
    ("include", "exclude", "words"),
    [
        (["nonsense"], [], "There is no area `nonsense`"),
        ([], ["nonsense"], "There is no area `nonsense`"),
        (["sign-ins"], [], "needs `--sign-ins DAYS`"),
        ([], AREAS, "Nothing is left"),
    ],
)
def test_a_choice_that_cannot_be_is_an_error_of_use(include: list[str], exclude: list[str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        chosen(include, exclude)

# METADATA
# title: Office 365 on phones needs a protected app or a managed device
# description: >-
#   Asks whether any enabled account of this tenant can use Office 365 in an app on iOS or Android without an
#   app protection policy and without a compliant device, over all enabled policies together. The approved
#   client app control counts for nothing here: Microsoft retires it (CA042). Browsers on phones are the subject
#   of CA035, devices of people from other organizations are managed at home.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-grant
#     description: App protection as a grant control
#   - ref: https://learn.microsoft.com/en-us/mem/intune/apps/app-protection-policy
#     description: App protection policies
# custom:
#   id: CA043
#   severity: medium
#   requires: [conditional_access_policies]
#   refines:
#     - security_defaults
#     - authentication_strengths
#     - named_locations
#     - users
#     - groups
#     - group_members
#     - role_assignments
#     - role_assignment_schedule_instances
#   facts: [coverage.mobile_app_protection]
#   licences: [entra_p1]
#   tags: [conditional-access, devices, mobile, strict, situational]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     Private phones are lost, lent and sold with company mail on them. An app protection policy keeps that data
#     in its own container, behind a PIN and encrypted, and lets it be wiped; without it mail and files lie in
#     whatever app the person likes, and stay there after they have left.
#   remediation: >-
#     Intune admin center > Apps > App protection policies: one for iOS/iPadOS and one for Android. Then Entra
#     admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding guests and the
#     emergency accounts; Target resources: Office 365; Conditions > Device platforms: Android and iOS; Grant:
#     require app protection policy or require device to be marked as compliant (one of them). In Graph:
#     grantControls {operator "OR", builtInControls ["compliantApplication","compliantDevice"]}.
#   mappings:
#     prowler: [entra_conditional_access_policy_approved_client_app_required_for_mobile]
#     mitre_attack: [T1530]
#     nist_800_53: [AC-19, AC-20]
package tenantlint.checks.conditional_access.mobile_apps_protected

import data.tenantlint.lib.coverage
import rego.v1

findings contains finding if some finding in coverage.findings(input.facts.coverage.mobile_app_protection, {})

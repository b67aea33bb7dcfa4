# METADATA
# title: No krbtgt account is synchronized into the cloud
# description: >-
#   Looks through all users for accounts whose name begins with krbtgt and tells which come from an on-premises
#   directory. Among them is krbtgt_AzureAD, the object of cloud Kerberos trust. An account of such a name that
#   does not tell where it comes from leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/hybrid/connect/how-to-connect-sync-configure-filtering
#     description: What synchronization leaves out
# custom:
#   id: PA024
#   severity: high
#   requires: [users]
#   facts: [synchronized_accounts]
#   tags: [privileged-access, hybrid, kerberos]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: tenant, effort: low, user_impact: none}
#   rationale: >-
#     The key of a krbtgt account signs every Kerberos ticket of its domain. Synchronization leaves it out on its
#     own, so that finding it in the cloud means that the scope was changed by hand or by an intruder, and that
#     whoever may set its password there can write it back and make tickets for anybody.
#   remediation: >-
#     On the synchronization server take the account's container out of scope, or undo the change of the default
#     rules that leave it out, and look into who made it; then delete the cloud object at Entra admin center >
#     Entra ID > Users. In Graph: onPremisesSyncEnabled and onPremisesSamAccountName of the user.
#   mappings:
#     maester: [MT.1147]
#     mitre_attack: [T1558.001]
#     nist_800_53: [AC-6, IA-5]
package tenantlint.checks.privileged_access.krbtgt_not_synchronized

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.privileged
import rego.v1

findings contains {
	"resource": {"kind": "user", "id": one.id, "name": lib.text(one.name, "")},
	"message": sprintf("The account %s %s.", [privileged.shown(one), words(one)]),
	"evidence": {"userPrincipalName": one.upn, "onPremisesSyncEnabled": one.synchronized},
	"principals": [privileged.principal(one)],
	"pointer": "/onPremisesSyncEnabled",
	"depends_on": ["whether the account is synchronized (users)" | one.synchronized == null],
} if {
	some one in input.facts.synchronized_accounts.krbtgt
	one.synchronized != false
}

words(one) := "is synchronized from an on-premises directory" if {
	one.synchronized
} else := "may be synchronized: the snapshot does not tell"

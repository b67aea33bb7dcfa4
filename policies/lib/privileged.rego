# Holders of privileged roles, as the fact `privileged_access` tells of them.
package tenantlint.lib.privileged

import data.tenantlint.lib.findings
import rego.v1

global_administrator := "62e90394-69f5-4237-9190-012177145e10"

privileged_role_administrator := "e8611ab8-c189-46e8-94e1-60213ab1f814"

# A holder or assignee as a principal of a finding.
principal(holder) := {
	"id": holder.id,
	"kind": object.get(holder, "kind", "unknown"),
	"name": findings.text(object.get(holder, "name", ""), ""),
	"enabled": object.get(holder, "enabled", null),
}

# The name that people know a principal by.
shown(holder) := sprintf("\"%s\"", [findings.text(object.get(holder, "name", ""), holder.id)])

# What a principal is, in words.
kind_words := {
	"user": "user",
	"group": "group",
	"servicePrincipal": "application",
	"device": "device",
	"unknown": "principal",
}

kind_word(holder) := kind_words[object.get(holder, "kind", "unknown")]

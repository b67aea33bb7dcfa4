# Findings about the declared emergency accounts, from the fact `emergency_accounts`.
package tenantlint.lib.emergency

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.privileged
import rego.v1

none_declared := "The exception register declares no emergency account (kind break_glass)."

# Declared accounts; of a declared group its members, which the fact has as well.
accounts(fact) := [one | some one in fact; one.kind != "group"]

# Those that are there. Whether all of them are is a question of its own.
present(fact) := [one | some one in accounts(fact); one.exists == true; one.kind == "user"]

# A finding on an account. `told`: `words` (what follows the account's name), `shown` (evidence), and optionally
# `depends_on`, `pointer` and `key`. The accounts are no principals: the register's own entry for them shall not
# settle what is wrong with them.
finding(one, told) := object.union(
	{
		"resource": {"kind": "user", "id": one.id, "name": lib.text(one.name, "")},
		"message": sprintf("The emergency account %s %s.", [privileged.shown(one), told.words]),
		"evidence": object.union({"userPrincipalName": one.upn}, told.shown),
		"depends_on": object.get(told, "depends_on", []),
	},
	{name: told[name] | some name in ["pointer", "key"]; told[name]},
)

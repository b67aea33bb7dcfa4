package tenantlint.lib.exchange_test

import data.tenantlint.lib.exchange
import rego.v1

test_an_object_is_a_resource if {
	exchange.resource("owaMailboxPolicy", {"Guid": "g", "Name": "n"}) == {"kind": "owaMailboxPolicy", "id": "g", "name": "n"}
	exchange.holder("transportConfig", {"Name": "n"}) == {"kind": "transportConfig", "id": "n", "name": "n"}
	exchange.holder("transportConfig", {}).kind == "tenant" with input as {}
}

test_one_object_or_none if {
	exchange.only("transport_config") == {"Name": "x"} with input as {"collections": {"transport_config": {"Name": "x"}}}
	exchange.only("transport_config") == {} with input as {"collections": {"transport_config": null}}
	exchange.only("transport_config") == {} with input as {}
}

test_shared_with_all if {
	exchange.shared_with_all({"Domains": ["*:A, B", "x.example:C", "Anonymous:D", "*", 3]}) == {"A", "B", "D"}
	exchange.shared_with_all({"Domains": "*:A"}) == {"A"}
	exchange.shared_with_all({"Domains": ["*:A"], "Enabled": false}) == set()
	exchange.shared_with_all({"Domains": null}) == set()
}

test_a_policy_that_does_not_tell_its_domains if {
	some found in exchange.untold({"Name": "P", "Domains": null})
	found.message == "The snapshot does not tell what the sharing policy P shares with whom."
	exchange.untold({"Name": "P", "Domains": []}) == set()
	exchange.untold({"Name": "P", "Enabled": false}) == set()
}

test_plans_of_licences if {
	skus := [{"servicePlans": [
		{"servicePlanName": "a", "provisioningStatus": "Success"},
		{"servicePlanName": "b", "provisioningStatus": "Disabled"},
		{"servicePlanName": null, "provisioningStatus": null},
	]}]
	exchange.plans == {"A", ""} with input as {"collections": {"subscribed_skus": skus}}
	not exchange.plans with input as {"collections": {}}
}

"""What may become of a raw tenant: a few edits, as a change of policies or of the directory makes them."""

import copy
import random
from typing import Any

from tests.oracle.strategies import USERS, groups, policy, roles

Raw = dict[str, Any]


def changed(before: Raw, rng: random.Random, unknowns: bool = False) -> Raw:
    """A tenant that differs from another in a few places: policies, groups, roles, accounts, ranges."""
    after: Raw = copy.deepcopy(before)
    for _ in range(rng.randint(1, 3)):
        policies = after["policies"]
        at = rng.randrange(len(policies)) if policies else 0
        kind = rng.choice(["remove", "replace", "state", "add", "part", "group", "role", "account", "leaver", "range"])
        if kind == "add" or not policies:
            policies.append(policy(rng, len(before["policies"]) + len(policies), unknowns, sparse=True))
        elif kind == "remove":
            del policies[at]
        elif kind == "replace":
            policies[at] = policy(rng, at, unknowns)
        elif kind == "state":
            policies[at]["state"] = rng.choice(["enabled", "disabled"])
        elif kind == "part":
            part = rng.choice(sorted(policies[at]["conditions"]))
            other = policy(rng, at, unknowns)["conditions"]
            policies[at]["conditions"][part] = other.get(part)
        elif kind == "group":
            after["groups"] = groups(rng)
        elif kind == "role":
            after["roles"] = roles(rng)
        elif kind == "account":
            one = rng.choice(after["users"])
            one["accountEnabled"] = not one["accountEnabled"]
        elif kind == "leaver":
            after["users"] = [one for one in after["users"] if one["id"] != USERS[1]]
        elif after["named_locations"]:
            after["named_locations"][0]["ipRanges"] = [{"cidrAddress": "198.51.100.192/26"}]
            after["named_locations"][0]["isTrusted"] = rng.random() < 0.5
    return after

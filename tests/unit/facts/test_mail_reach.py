"""Who reaches which rule, held against a world in which every membership is tried out."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.facts.mail_reach import Recipient, reach
from tenantlint.facts.mail_scope import Scope, scope_of

UNKNOWN_DOMAINS = "the accepted domains"
DOMAINS = ("a.example", "sub.a.example", "b.example")
GROUPS = ("g1", "g2")
ADDRESSES = ("ceo@a.example", "cfo@b.example")


def states(scopes, accepted=DOMAINS):
    return [found.state for found in reach(scopes, accepted, UNKNOWN_DOMAINS)]


def ids(recipients):
    return [(one.kind, one.id) for one in recipients]


def test_a_rule_for_everyone_leaves_nobody():
    assert states([Scope(), Scope()]) == ["certain", "none"]


def test_an_exception_by_address_falls_through_to_the_next_rule():
    first, last = reach(
        [Scope(except_recipients=frozenset({"ceo@a.example"})), Scope()], ["a.example"], UNKNOWN_DOMAINS
    )
    assert ids(first.certain) == [("domain", "a.example")]
    assert ids(last.certain) == [("user", "ceo@a.example")]
    assert last.depends_on == set()


def test_the_members_of_an_excepted_group_fall_through():
    first, last = reach([Scope(except_groups=frozenset({"vip"})), Scope()], ["a.example"], UNKNOWN_DOMAINS)
    assert ids(first.certain) == [("domain", "a.example")]
    assert ids(last.certain) == [("group", "vip")]


def test_who_is_outside_a_named_group_is_only_possible():
    first, last = reach([Scope(groups=frozenset({"staff"})), Scope()], ["a.example"], UNKNOWN_DOMAINS)
    assert ids(first.certain) == [("group", "staff")]
    assert ids(last.possible) == [("domain", "a.example")]
    assert last.state == "possible"
    assert last.depends_on == {"the members of the group staff"}


def test_a_group_that_one_rule_names_and_the_next_excepts_is_followed_through_both():
    scopes = [Scope(groups=frozenset({"vip"})), Scope(except_groups=frozenset({"vip"})), Scope()]
    assert states(scopes) == ["certain", "certain", "none"]


def test_a_domain_takes_its_subdomains_and_an_exception_gives_them_back():
    assert states([Scope(domains=frozenset({"a.example", "b.example"})), Scope()]) == ["certain", "none"]
    excepted = Scope(domains=frozenset({"a.example", "b.example"}), except_domains=frozenset({"sub.a.example"}))
    assert ids(reach([excepted, Scope()], DOMAINS, UNKNOWN_DOMAINS)[1].certain) == [("domain", "sub.a.example")]


def test_a_domain_that_is_not_accepted_reaches_nobody():
    assert states([Scope(domains=frozenset({"elsewhere.example"})), Scope()]) == ["none", "certain"]


def test_without_the_accepted_domains_other_domains_are_possible():
    first, last = reach([Scope(domains=frozenset({"a.example"})), Scope()], None, UNKNOWN_DOMAINS)
    assert first.state == "certain"
    assert last.state == "possible"
    assert last.depends_on == {UNKNOWN_DOMAINS}
    assert [one.exists for one in last.possible] == [False]


def test_without_the_accepted_domains_and_named_ones_everyone_exists():
    assert states([Scope(), Scope()], None) == ["certain", "none"]


def test_types_are_anded_and_values_are_alternatives():
    scope = Scope(recipients=frozenset({"ceo@a.example", "cfo@b.example"}), domains=frozenset({"b.example"}))
    found = reach([scope, Scope()], DOMAINS, UNKNOWN_DOMAINS)
    assert ids(found[0].certain) == [("user", "cfo@b.example")]
    assert ("user", "ceo@a.example") in ids(found[1].certain)


def test_an_unknown_rule_takes_possibly_and_leaves_the_rest_possible():
    first, last = reach([Scope(unknown="the state of the rule x"), Scope()], ["a.example"], UNKNOWN_DOMAINS)
    assert (first.state, last.state) == ("possible", "possible")
    assert first.depends_on == last.depends_on == {"the state of the rule x"}


def test_where_members_of_a_group_end_hangs_on_their_domain():
    scopes = [Scope(groups=frozenset({"vip"}), domains=frozenset({"b.example"})), Scope()]
    found = reach(scopes, ["a.example", "b.example"], UNKNOWN_DOMAINS)
    assert ("group", "vip") in ids(found[0].possible)
    assert "the mail domains of the members of the group vip" in found[0].depends_on


def test_many_overlapping_exceptions_are_a_bound_and_not_a_hang():
    scopes = [Scope(except_groups=frozenset(f"g{rule}-{n}" for n in range(12))) for rule in range(12)]
    found = reach([*scopes, Scope()], ["a.example"], UNKNOWN_DOMAINS)
    assert found[0].state == "certain"
    assert found[-1].state == "possible"
    assert any("overlap" in unknown for unknown in found[-1].depends_on)


@pytest.mark.parametrize(
    ("scope", "accepted", "covers"),
    [
        (Scope(), None, True),
        (Scope(domains=frozenset({"a.example"})), ["a.example", "sub.a.example"], True),
        (Scope(domains=frozenset({"a.example"})), ["a.example", "b.example"], False),
        (Scope(domains=frozenset({"a.example"})), None, False),
        (Scope(groups=frozenset({"g"})), ["a.example"], False),
        (Scope(recipients=frozenset({"x@a.example"})), ["a.example"], False),
        (Scope(except_recipients=frozenset({"x@a.example"})), ["a.example"], False),
        (Scope(except_groups=frozenset({"g"})), ["a.example"], False),
        (Scope(except_domains=frozenset({"a.example"})), ["a.example"], False),
        (Scope(unknown="x"), ["a.example"], False),
    ],
)
def test_a_rule_covers_everybody_only_without_exceptions(scope, accepted, covers):
    assert scope.covers(accepted) is covers


def test_a_rule_object_becomes_a_scope_in_lower_case():
    rule = {
        "State": "Enabled",
        "SentTo": "CEO@a.example",
        "SentToMemberOf": None,
        "RecipientDomainIs": ["A.example", " "],
        "ExceptIfSentToMemberOf": ["VIP"],
    }
    assert scope_of(rule, ("SentTo", "SentToMemberOf", "RecipientDomainIs"), "r") == Scope(
        recipients=frozenset({"ceo@a.example"}), domains=frozenset({"a.example"}), except_groups=frozenset({"vip"})
    )


@pytest.mark.parametrize("state", ["Disabled", "disabled", False, "anything"])
def test_a_rule_that_is_off_has_no_scope(state):
    assert scope_of({"State": state}, ("SentTo", "SentToMemberOf", "RecipientDomainIs"), "r") is None


def test_a_rule_that_does_not_tell_its_state_or_a_condition_stays_possible():
    conditions = ("SentTo", "SentToMemberOf", "RecipientDomainIs")
    silent = scope_of({}, conditions, "r")
    odd = scope_of({"State": True, "ExceptIfSentTo": [{"a": 1}], "SentTo": 7}, conditions, "r")
    assert silent is not None
    assert silent.unknown == "the state of the rule r"
    assert odd is not None
    assert odd.unknown == "SentTo of the rule r"


def some(values):
    return st.sampled_from([frozenset(chosen) for size in range(3) for chosen in combinations(values, size)])


def scopes_of(*unknown):
    condition = [st.none() | some(values).filter(bool) for values in (ADDRESSES, GROUPS, DOMAINS)]
    return st.builds(
        Scope,
        recipients=condition[0],
        groups=condition[1],
        domains=condition[2],
        except_recipients=some(ADDRESSES),
        except_groups=some(GROUPS),
        except_domains=some(DOMAINS),
        unknown=st.sampled_from(["", *unknown]),
    )


def first_match(scopes, address, domain, member_of):
    """The rule that takes a mailbox of which everything is known, read off the documentation word by word."""

    def within(parents):
        return any(domain == parent or domain.endswith("." + parent) for parent in parents)

    for index, scope in enumerate(scopes):
        wanted = [
            scope.recipients is None or address in scope.recipients,
            scope.groups is None or bool(member_of & scope.groups),
            scope.domains is None or within(scope.domains),
        ]
        excepted = [
            address in scope.except_recipients,
            bool(member_of & scope.except_groups),
            within(scope.except_domains),
        ]
        if all(wanted) and not any(excepted):
            return index
    return None


def all_memberships(*, fixed=frozenset()):
    for bits in product((False, True), repeat=len(GROUPS)):
        member_of = frozenset(group for group, inside in zip(GROUPS, bits, strict=True) if inside)
        if fixed <= member_of:
            yield member_of


@given(st.lists(scopes_of(), min_size=1, max_size=4))
def test_every_possible_world_is_told_and_no_impossible_one(rules):
    scopes = [*rules, Scope()]
    found = reach(scopes, DOMAINS, UNKNOWN_DOMAINS)
    named_groups = {group for scope in scopes for group in scope.all_groups}
    named_addresses = {address for scope in scopes for address in scope.all_recipients}
    classes = [(Recipient("domain", domain), "", [domain], frozenset()) for domain in DOMAINS]
    classes += [(Recipient("user", one), one, [one.partition("@")[2]], frozenset()) for one in named_addresses]
    classes += [(Recipient("group", group), "", DOMAINS, frozenset({group})) for group in named_groups]
    for recipient, address, homes, fixed in classes:
        by_home = [
            {first_match(scopes, address, home, member_of) for member_of in all_memberships(fixed=fixed)}
            for home in homes
        ]
        possible = set().union(*by_home)
        key = (recipient.kind, recipient.id)
        told = {index for index, one in enumerate(found) if key in ids(one.certain) + ids(one.possible)}
        assert told == possible
        certain = {index for index, one in enumerate(found) if key in ids(one.certain)}
        if all(ends == {index} for ends in by_home for index in possible):
            assert certain == possible
        plain = {first_match(scopes, address, home, fixed) for home in homes}
        assert certain <= plain


@given(st.lists(scopes_of("x"), min_size=1, max_size=4))
def test_rules_of_which_something_is_unknown_never_make_a_later_rule_certain_that_they_might_take(rules):
    scopes = [*rules, Scope()]
    found = reach(scopes, DOMAINS, UNKNOWN_DOMAINS)
    taken = [scope if not scope.unknown else Scope(except_domains=frozenset(DOMAINS)) for scope in scopes]
    kept = [Scope(**{**{name: getattr(scope, name) for name in Scope.__slots__}, "unknown": ""}) for scope in scopes]
    for world in (taken, kept):
        for index, one in enumerate(reach(world, DOMAINS, UNKNOWN_DOMAINS)):
            everybody = ids(found[index].certain) + ids(found[index].possible)
            domains_there = [key for key in ids(one.certain) if key[0] != "group"]
            assert set(domains_there) <= set(everybody)
    for scope, one in zip(scopes, found, strict=True):
        assert not (scope.unknown and one.certain)

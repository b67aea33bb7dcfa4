"""Which fetcher reads in which way."""

from __future__ import annotations

from tenantlint.collect import dns, exchange, sharepoint, teams
from tenantlint.collect.fetching import Fetcher
from tenantlint.collect.group_references import GROUP_ELIGIBILITY
from tenantlint.collect.groups import fetch_group_eligibility, fetch_group_members, fetch_groups
from tenantlint.collect.lists import fetch_list, fetch_object, fetch_per_parent
from tenantlint.collect.role_policies import fetch_role_policies
from tenantlint.collect.secure_score import fetch_secure_scores
from tenantlint.collect.sign_ins import fetch_sign_ins
from tenantlint.collect.source import Source, Way

FETCHERS: dict[Way, Fetcher] = {
    Way.LIST: fetch_list,
    Way.OBJECT: fetch_object,
    Way.PER_PARENT: fetch_per_parent,
    Way.GROUPS: fetch_groups,
    Way.GROUP_MEMBERS: fetch_group_members,
    Way.ROLE_POLICIES: fetch_role_policies,
    Way.SECURE_SCORES: fetch_secure_scores,
    Way.SIGN_INS: fetch_sign_ins,
    Way.CMDLET: exchange.fetch,
    Way.TEAMS: teams.fetch,
    Way.SHAREPOINT: sharepoint.fetch,
    Way.DNS: dns.fetch,
}


def fetcher_of(source: Source) -> Fetcher:
    """The fetcher of a source. Eligibility for groups asks for groups that are known only during the run."""
    return fetch_group_eligibility if source.collection == GROUP_ELIGIBILITY else FETCHERS[source.way]

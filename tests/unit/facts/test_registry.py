import pytest
from tests.unit.directory.tenants import AT, GA, assignment, snapshot, user

from tenantlint.facts import FACTS, compute
from tenantlint.facts.interface import FactContext, Populations
from tenantlint.model import Principal
from tenantlint.snapshot import collection_names


@pytest.mark.parametrize("name", sorted(FACTS))
def test_every_fact_is_found_under_its_name_and_reads_what_exists(name: str) -> None:
    fact = FACTS[name]
    assert fact.name == name
    assert set(fact.reads) <= set(collection_names())


@pytest.mark.parametrize("name", sorted(FACTS))
def test_every_fact_has_a_value_for_an_empty_snapshot(name: str) -> None:
    facts = compute([name], FactContext(snapshot(), AT))
    value = facts.tree
    for part in name.split("."):
        value = value[part]
    assert value is not None


def test_facts_are_nested_by_their_dots_and_share_populations() -> None:
    context = FactContext(snapshot(users=[user("u")], role_assignments=[assignment("u")]), AT)
    facts = compute(["privileged_access", "mail_protection.safe_links", "mail_protection.anti_phish"], context)
    assert set(facts.tree) == {"privileged_access", "mail_protection"}
    assert set(facts.tree["mail_protection"]) == {"safe_links", "anti_phish"}
    assert facts.populations[f"privileged_access/{GA}/all"] == (
        Principal(id="u", kind="user", name="User u", enabled=True),
    )


def test_there_are_as_many_facts_as_names() -> None:
    assert len(FACTS) == len(set(FACTS))
    with pytest.raises(KeyError):
        compute(["nothing"], FactContext(snapshot(), AT))


def test_a_population_is_made_once_and_only_when_it_is_asked_for() -> None:
    made = Populations()
    calls: list[str] = []

    def people() -> tuple[Principal, ...]:
        calls.append("made")
        return (Principal(id="u", kind="user"),)

    made.later("handle", people)
    assert "handle" in made
    assert "other" not in made
    assert not calls
    assert made["handle"] == made["handle"] == (Principal(id="u", kind="user"),)
    assert calls == ["made"]
    with pytest.raises(KeyError):
        made["other"]

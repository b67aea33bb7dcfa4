"""The conformance run: every difference has its reason, nothing errs, and answers mean what the page says."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from tests.conformance import reasons as explanations
from tests.conformance import tables
from tests.conformance.__main__ import main, run, stale, unexplained
from tests.conformance.judgement import Answer, Judgement, judge
from tests.conformance.records import CORPUS, PRODUCTS, Record, read

from tenantlint.checks import controls

PAGE = Path(__file__).resolve().parents[2] / "docs" / "conformance.md"
corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not there")


@cache
def judged() -> list[Judgement]:
    return run(list(PRODUCTS))


@corpus
def test_every_record_is_read() -> None:
    assert Counter(one.record.product for one in judged()) == {
        "aad": 160,
        "securitysuite": 108,
        "sharepoint": 46,
        "teams": 38,
        "exo": 29,
    }


@corpus
def test_no_check_errs_over_any_record() -> None:
    assert [(one.record.name, one.told) for one in judged() if one.answer is Answer.ERROR] == []


@corpus
def test_every_difference_has_its_reason_and_every_reason_its_difference() -> None:
    reasons = explanations.read()
    found = [(one.record.policy, one.record.name, one.told) for one in unexplained(judged(), reasons)]
    assert found == []
    assert stale(judged(), reasons) == []


@corpus
@pytest.mark.parametrize("product", PRODUCTS)
def test_nine_of_ten_judged_records_of_each_product_agree(product: str) -> None:
    counted = Counter(one.answer for one in judged() if one.record.product == product)
    total = counted.total() - counted[Answer.NOT_COVERED] - counted[Answer.NO_CHECK]
    assert (counted[Answer.AGREE] + counted[Answer.WITHHELD]) / total >= 0.9


@corpus
def test_nothing_of_ours_is_known_to_be_wrong() -> None:
    assert [reason for reason in explanations.read() if reason.verdict == "ours_wrong"] == []


@corpus
def test_the_page_is_current() -> None:
    wanted = tables.text(judged(), explanations.read())
    assert PAGE.read_text(encoding="utf-8") == wanted, f"run `python -m tests.conformance --write docs/{PAGE.name}`"


@corpus
def test_the_command_tells_the_figures_and_one_policy(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    main(["--product", "teams", "--policy", "MS.TEAMS.1.2v2", "--write", str(page)])
    told = capsys.readouterr().out
    assert re.search(r"^Teams: 38 records, \d+ % agree", told)
    assert "agree: test_" in told
    assert page.read_text(encoding="utf-8").startswith("# Conformance with ScubaGear")


def test_every_reason_is_of_a_known_policy() -> None:
    known = controls.read()
    assert [one for one in explanations.read() if known.find("scuba", one.policy) is None] == []


def meetings(*, met: bool, **settings: object) -> Record:
    policy = {"Identity": "Global", **settings}
    return Record("teams", "case", "MS.TEAMS.1.2v2", met, {"meeting_policies": [policy]})


@pytest.mark.parametrize(
    ("record", "answer"),
    [
        (meetings(met=True, AllowAnonymousUsersToStartMeeting=False), Answer.AGREE),
        (meetings(met=False, AllowAnonymousUsersToStartMeeting=True), Answer.AGREE),
        (meetings(met=False, AllowAnonymousUsersToStartMeeting=False), Answer.DIFFER),
        (meetings(met=True, AllowAnonymousUsersToStartMeeting=True), Answer.DIFFER),
        (meetings(met=False), Answer.AGREE),
        (Record("teams", "case", "MS.TEAMS.1.2v2", False, {"client_configuration": []}), Answer.WITHHELD),
        (Record("teams", "case", "MS.TEAMS.1.2v2", True, {"client_configuration": []}), Answer.DIFFER),
        (Record("aad", "case", "MS.AAD.4.1v1", False, {}), Answer.NOT_COVERED),
        (Record("aad", "case", "MS.NOWHERE.1.1v1", False, {}), Answer.NO_CHECK),
    ],
)
def test_what_counts_as_what(record: Record, answer: Answer) -> None:
    with judge() as judging:
        assert judging.judge(record).answer is answer


def test_what_the_peers_configuration_permits_is_permitted() -> None:
    domain = {"AutoForwardEnabled": True, "DomainName": "partner.example"}
    star = {"AutoForwardEnabled": False, "DomainName": "*"}
    config = {"scuba_config": {"Exo": {"MS.EXO.1.1v2": {"AllowedForwardingDomains": ["partner.example"]}}}}
    with judge() as judging:
        bare = judging.judge(Record("exo", "case", "MS.EXO.1.1v2", False, {"remote_domains": [domain, star]}))
        held = judging.judge(Record("exo", "case", "MS.EXO.1.1v2", True, {"remote_domains": [domain, star], **config}))
    assert (bare.answer, held.answer) == (Answer.AGREE, Answer.AGREE)


def test_the_page_shows_what_is_unexplained_and_escapes_it() -> None:
    record = Record("teams", "test_case", "MS.TEAMS.1.2v2", True, {})
    text = tables.text([Judgement(record, Answer.DIFFER, ("TM002",), "TM002 fail: a|b <i>")], ())
    assert "| MS.TEAMS.1.2v2 | TM002 | 1 | 0 | 0 | 1 | 0 | 0 |" in text
    assert "| **unexplained** | TM002 fail: a\\|b &lt;i> |" in text
    reason = explanations.Reason("MS.TEAMS.1.2v2", "test_*", "peer_wrong", "It is so.")
    assert "| The peer is wrong | It is so. |" in tables.text([Judgement(record, Answer.DIFFER, ("TM002",))], (reason,))


def test_there_is_no_record_without_the_corpus(tmp_path: Path) -> None:
    assert list(read("aad", tmp_path)) == []

"""Selectors, held against a naive reading of what they mean."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.checks import selection
from tenantlint.checks.library import Library
from tenantlint.checks.retired import Retired
from tenantlint.errors import UsageError
from tenantlint.model import Check, Severity


def check(identity: str, slug: str, **more: object) -> Check:
    base = Check(
        id=identity,
        slug=slug,
        title=slug,
        description="",
        severity=Severity.HIGH,
        service="conditional_access",
        package="p",
        path=f"{slug}.rego",
        requires=("users",),
    )
    return replace(base, **more)  # type: ignore[arg-type]


LIBRARY = Library(
    (
        check("CA001", "legacy_blocked", tags=("legacy-auth",), mappings={"scuba": ("MS.AAD.1.1v1",)}),
        check("CA012", "mfa_for_all", severity=Severity.CRITICAL, licences=("entra_p1",), bucket="foundational"),
        check("EX001", "forwarding_off", service="exchange", tags=("mail", "legacy-auth")),
        check("X001", "own_thing", service="own", mappings={"orca": ("ORCA.1",)}),
    ),
    (),
)


def ids(*selectors: str, ignore: tuple[str, ...] = ()) -> list[str]:
    return [one.id for one in selection.select(LIBRARY, selectors, ignore)]


@pytest.mark.parametrize(
    ("selector", "wanted"),
    [
        ("CA001", ["CA001"]),
        ("ca001", ["CA001"]),
        ("CA", ["CA001", "CA012"]),
        ("CA0*", ["CA001", "CA012"]),
        ("CA01", ["CA012"]),
        ("legacy-auth", ["CA001", "EX001"]),
        ("forwarding_off", ["EX001"]),
        ("exchange", ["EX001"]),
        ("service:exchange", ["EX001"]),
        ("severity:critical", ["CA012"]),
        ("SEVERITY:High", ["CA001", "EX001", "X001"]),
        ("tag:mail", ["EX001"]),
        ("scuba:MS.AAD.1.1v1", ["CA001"]),
        ("scuba:ms.aad.1.1V1", ["CA001"]),
        ("orca:ORCA.1", ["X001"]),
        ("licence:entra_p1", ["CA012"]),
        ("bucket:foundational", ["CA012"]),
    ],
)
def test_a_selector_names_what_it_says(selector: str, wanted: list[str]) -> None:
    assert ids(selector) == wanted


def test_no_selector_means_every_check() -> None:
    assert ids() == ["CA001", "CA012", "EX001", "X001"]


def test_ignoring_wins_over_selecting() -> None:
    assert ids("CA", "EX", ignore=("legacy-auth",)) == ["CA012"]


@pytest.mark.parametrize(
    ("selector", "sentence"),
    [
        ("CA002", "no check is selected by `CA002`; did you mean CA0"),
        ("legacy-aut", "no check is selected by `legacy-aut`; did you mean legacy-auth?"),
        ("exchnge", "did you mean exchange?"),
        ("scuba:MS.AAD.1.1v2", "did you mean MS.AAD.1.1v1?"),
        ("sevrity:high", "a selector has no kind `sevrity`; did you mean severity?"),
        ("severity:hihg", "did you mean high?"),
        ("zzz", "`tenantlint rules list` shows what there is."),
        ("", "no check is selected by ``"),
        ("*", "no check is selected by `*`"),
    ],
)
def test_a_selector_that_fits_nothing_is_refused_with_near_matches(selector: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        ids(selector)
    assert sentence in str(caught.value)


def test_ignoring_what_is_not_there_is_refused_too() -> None:
    with pytest.raises(UsageError):
        ids(ignore=("CA009",))


def test_a_retired_id_says_where_to_look(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = {"CA099": Retired("CA099", "it asked for what Microsoft now enforces", "CA001")}
    monkeypatch.setattr(selection.retired, "read", lambda: gone)
    for ask in (lambda: ids("ca099"), lambda: selection.find(LIBRARY, "CA099")):
        with pytest.raises(UsageError, match=r"CA099 was retired \(it asked .*\); see CA001\."):
            ask()


@pytest.mark.parametrize("name", ["CA012", "ca012", "mfa_for_all"])
def test_a_check_is_found_by_id_or_slug(name: str) -> None:
    assert selection.find(LIBRARY, name).id == "CA012"


@pytest.mark.parametrize("name", ["CA0", "mfa_for_al"])
def test_a_check_is_not_found_by_half_a_name(name: str) -> None:
    with pytest.raises(UsageError, match=f"there is no check `{name}`"):
        selection.find(LIBRARY, name)


@given(
    st.sets(st.tuples(st.sampled_from(["CA", "EX"]), st.integers(0, 30)), max_size=12),
    st.lists(st.tuples(st.sampled_from(["CA", "EX"]), st.sampled_from(["", "0", "00", "01"])), max_size=3),
)
def test_prefixes_select_what_begins_with_them(numbers: set[tuple[str, int]], prefixes: list[tuple[str, str]]) -> None:
    library = Library(
        tuple(check(f"{word}{number:03}", f"s{word}{number}", tags=("t",)) for word, number in numbers), ()
    )
    words = ["".join(parts) for parts in prefixes]
    naive = {one.id for one in library.checks if not words or any(one.id.startswith(word) for word in words)}
    known = [word for word in words if any(one.id.startswith(word) for one in library.checks)]
    if len(known) < len(words):
        with pytest.raises(UsageError):
            selection.select(library, words)
    else:
        assert {one.id for one in selection.select(library, words)} == naive

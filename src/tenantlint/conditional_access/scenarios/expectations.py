"""What a scenario expects, and whether a result meets it: yes, no, or not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from tenantlint.conditional_access.grants import BUILT_IN, Grant, Strength
from tenantlint.conditional_access.questions import Question, answers
from tenantlint.yaml_document import Path, YamlDocument

# Properties that several controls bring, beside Graph's own words.
PROPERTIES = {
    "mfa": Question.MFA,
    "phishing_resistant_mfa": Question.PHISHING_RESISTANT_MFA,
    "managed_device": Question.MANAGED_DEVICE,
}
_KINDS = ("authenticationStrength", "termsOfUse", "customAuthenticationFactor")
_WORDS = (*PROPERTIES, *(one for one in BUILT_IN if one not in {"block", "mfa"}), *_KINDS)


@dataclass(frozen=True, slots=True)
class Expectation:
    """All parts must hold. `policies`: names or ids as written, with their places, and whether they shall apply."""

    outcome: str | None = None
    requires: tuple[str, ...] = ()
    requires_any: tuple[tuple[str, ...], ...] = ()
    negated: Expectation | None = None
    any_of: tuple[Expectation, ...] = ()
    policies: tuple[tuple[str, Path, bool], ...] = ()

    def words(self) -> str:
        """The expectation in words."""
        parts = []
        if self.outcome:
            parts.append({"requires": "granted with a requirement"}.get(self.outcome, self.outcome))
        if self.requires:
            parts.append(f"requires {' and '.join(self.requires)}")
        parts += [f"requires {' or '.join(one)}" for one in self.requires_any]
        if self.negated:
            parts.append(f"not ({self.negated.words()})" if self.negated.compound else f"not {self.negated.words()}")
        if self.any_of:
            parts.append(" or ".join(f"({one.words()})" if one.compound else one.words() for one in self.any_of))
        for shall, verb in ((True, "applies"), (False, "does not apply")):
            named = [name for name, _, wanted in self.policies if wanted is shall]
            if named:
                parts.append(f"{', '.join(named)} {verb}")
        return ", ".join(parts)

    @property
    def compound(self) -> bool:
        """Whether its words need brackets inside other words."""
        kinds = (self.outcome, self.requires, self.requires_any, self.negated, self.any_of, self.policies)
        return sum(bool(one) for one in kinds) > 1 or bool(self.any_of)

    def named_policies(self) -> Iterable[tuple[str, Path]]:
        """Every policy that is named anywhere in it."""
        yield from ((name, place) for name, place, _ in self.policies)
        for one in (*self.any_of, *((self.negated,) if self.negated else ())):
            yield from one.named_policies()


def read_expectation(given: Any, place: Path, document: YamlDocument) -> Expectation:
    """The expectation of an `expect:`. Raises InputError for a control that does not exist."""
    if isinstance(given, str):
        return Expectation(outcome=given)

    def texts(key: str) -> list[tuple[str, Path]]:
        value = given.get(key, [])
        if isinstance(value, str):
            return [(value, (*place, key))]
        return [(one, (*place, key, index)) for index, one in enumerate(value)]

    def any_of_controls() -> Iterator[tuple[str, ...]]:
        lists = given.get("requires_any", [])
        if isinstance(lists, list) and lists and isinstance(lists[0], list):
            for at, some in enumerate(lists):
                where = (*place, "requires_any", at)
                yield tuple(_control(one, (*where, index), document) for index, one in enumerate(some))
        elif lists:
            yield tuple(_control(one, at, document) for one, at in texts("requires_any"))

    return Expectation(
        outcome=given.get("outcome"),
        requires=tuple(_control(one, at, document) for one, at in texts("requires")),
        requires_any=tuple(any_of_controls()),
        negated=read_expectation(given["not"], (*place, "not"), document) if "not" in given else None,
        any_of=tuple(
            read_expectation(one, (*place, "any_of", index), document)
            for index, one in enumerate(given.get("any_of", ()))
        ),
        policies=(
            *((one, at, True) for one, at in texts("applies")),
            *((one, at, False) for one, at in texts("does_not_apply")),
        ),
    )


def _control(given: str, place: Path, document: YamlDocument) -> str:
    kind, colon, rest = given.partition(":")
    known = {one.casefold(): one for one in _WORDS}
    found = known.get(kind.strip().casefold())
    if found is not None and (not colon or (found in _KINDS and rest.strip())):
        return f"{found}:{rest.strip()}" if colon else found
    near = get_close_matches(given, _WORDS, n=2)
    mend = f"did you mean {' or '.join(near)}" if near else f"write one of {', '.join(_WORDS)}"
    raise document.error(place, f"`{given}` is no control", mend)


Verdict = tuple[str, Sequence[Sequence[str]]]  # outcome, and the conjunction of alternatives


@dataclass(frozen=True, slots=True)
class Came:
    """What comes out of a sign-in: between what its certain policies make of it and what its possible ones do.

    `must` and `may`: bit sets of the policies that certainly and that possibly apply.
    """

    least: Verdict
    most: Verdict
    must: int
    may: int


@dataclass(frozen=True)
class Judge:
    """`strengths` by id; `policies`: the index of the policy that a name in an expectation stands for."""

    strengths: Mapping[str, Strength] = field(default_factory=dict)
    policies: Mapping[str, int] = field(default_factory=dict)

    def meets(self, expectation: Expectation, came: Came) -> bool | None:
        """Whether the result meets the expectation; None when that hangs on something that is not known.

        More policies can only ask for more, and block: so that the two ends decide for all between.
        """
        parts: list[bool | None] = []
        if expectation.outcome:
            parts.append(_outcome(expectation.outcome, came))
        if expectation.requires or expectation.requires_any:
            parts.append(_outcome("requires", came))
        parts += [self._asked((one,), came) for one in expectation.requires]
        parts += [self._asked(one, came) for one in expectation.requires_any]
        if expectation.negated:
            inner = self.meets(expectation.negated, came)
            parts.append(None if inner is None else not inner)
        if expectation.any_of:
            parts.append(_any(self.meets(one, came) for one in expectation.any_of))
        for name, _, wanted in expectation.policies:
            index = self.policies[name]
            applies = True if came.must >> index & 1 else (None if came.may >> index & 1 else False)
            parts.append(None if applies is None else applies is wanted)
        return _all(parts)

    def _asked(self, wanted: Sequence[str], came: Came) -> bool | None:
        if self._forced(wanted, came.least[1]) is True:
            return True
        if came.most[0] == "blocked" and came.least[0] != "blocked":
            return None
        # Asked for at the far end only: it hangs on the policies between. Asked for nowhere: it is not.
        return False if self._forced(wanted, came.most[1]) is False else None

    def _forced(self, wanted: Sequence[str], requires: Sequence[Sequence[str]]) -> bool | None:
        """Whether some clause can only be met by controls that each bring one of the wanted."""
        return _any(
            _all(_any(self.brings(control, one) for one in wanted) for control in clause) for clause in requires
        )

    def brings(self, control: str, wanted: str) -> bool | None:
        """Whether meeting the control brings what is wanted: a property, a control, or any of a kind."""
        if wanted in PROPERTIES:
            strength = self.strengths.get(control.partition(":")[2].casefold())
            grant = Grant("OR", (control,), strength if control.startswith("authenticationStrength:") else None)
            return answers(PROPERTIES[wanted], grant, "browser", "none")
        if control.casefold() == wanted.casefold():
            return True
        kind, colon, name = wanted.partition(":")
        own, _, identity = control.partition(":")
        if own != kind:
            return False
        known = self.strengths.get(identity.casefold())
        return not colon or (known is not None and known.name.casefold() == name.casefold())


def _outcome(wanted: str, came: Came) -> bool | None:
    least, most = came.least[0], came.most[0]
    if wanted == "blocked":
        return True if least == "blocked" else (None if most == "blocked" else False)
    if wanted == "granted":
        return True if most == "granted" else (None if least == "granted" else False)
    blocked, granted = _outcome("blocked", came), _outcome("granted", came)
    return False if True in (blocked, granted) else (None if None in (blocked, granted) else True)


def _all(values: Iterable[bool | None]) -> bool | None:
    found = list(values)
    return False if False in found else (None if None in found else True)


def _any(values: Iterable[bool | None]) -> bool | None:
    found = list(values)
    return True if True in found else (None if None in found else False)

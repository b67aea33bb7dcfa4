"""The controls of peer tools and baselines (policies/controls/), and those that no check covers (not_covered.toml).

Both are TOML with one control a line, so that a fault has a line. Ids are the peers', every other word is ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tenantlint import shipped
from tenantlint.checks.control_file import ControlFile, choices
from tenantlint.checks.describe import FRAMEWORKS, SERVICES
from tenantlint.errors import InputError
from tenantlint.model import Check

NOT_COVERED = "not_covered.toml"
FOLDER = "controls"
AREAS = frozenset({*SERVICES, "ai", "audit", "azure", "endpoints", "governance", "purview"})
KINDS = frozenset(
    {"log_source", "manual", "retired", "other_service", "no_source", "third_party", "superseded", "no_risk"}
)
_MIN_REASON = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control. `aliases`: ids of its other versions. `same_as`: `framework:id` of a control that asks the same.

    A control out of scope is known, so that a mapping may name it, but need not be covered.
    """

    framework: str
    id: str
    area: str
    topic: str
    line: int
    aliases: tuple[str, ...] = ()
    in_scope: bool = True
    same_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCovered:
    """Why no check covers a control: a kind (KINDS) and a sentence."""

    framework: str
    id: str
    kind: str
    reason: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the list of a framework's controls comes from, and of when it is."""

    about: str
    source: str
    as_of: str


@dataclass(frozen=True)
class Controls:
    """Every known control by framework and id, and the listed exceptions. `files`: framework to its file as shown."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    controls: Mapping[str, Mapping[str, Control]] = field(default_factory=dict)
    not_covered: Mapping[str, Mapping[str, NotCovered]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def find(self, framework: str, id_: str) -> Control | None:
        """The control with this id, or of which this is another version."""
        known = self.controls.get(framework, {})
        return known.get(id_) or next((one for one in known.values() if id_ in one.aliases), None)

    def listed(self, control: Control) -> NotCovered | None:
        """Why no check covers the control, or the one that asks the same; None when it is not listed."""
        own = self.not_covered.get(control.framework, {}).get(control.id)
        framework, _, other = control.same_as.partition(":")
        return own or self.not_covered.get(framework, {}).get(other)

    def covering(self, control: Control, checks: Sequence[Check]) -> tuple[Check, ...]:
        """The checks mapped to the control, to another version of it, or to the control that asks the same."""
        ids = {control.id, *control.aliases}
        found = [one for one in checks if ids & set(one.mappings.get(control.framework, ()))]
        if control.same_as:
            framework, _, other = control.same_as.partition(":")
            twin = self.find(framework, other)
            also = (twin.id, *twin.aliases) if twin else (other,)
            found += [one for one in checks if one not in found and set(also) & set(one.mappings.get(framework, ()))]
        return tuple(sorted(found, key=lambda check: check.id))


def read(policies_dir: Path | None = None) -> Controls:
    """Every framework's controls and the list of exceptions. Raises InputError for the first fault, with its place."""
    root = policies_dir or shipped.policies()
    sources: dict[str, Source] = {}
    controls: dict[str, dict[str, Control]] = {}
    files: dict[str, str] = {}
    documents: dict[str, ControlFile] = {}
    for path in sorted((root / FOLDER).glob("*.toml"), key=lambda path: list(FRAMEWORKS).index(_framework(path))):
        document = ControlFile(path, f"policies/{FOLDER}/{path.name}")
        framework = _framework(path)
        told = document.table(document.data, {"about", "source", "as_of", "controls"}, ("about", "source", "as_of"), "")
        sources[framework] = Source(about=told["about"], source=told["source"], as_of=told["as_of"])
        controls[framework] = {one.id: one for one in _controls(document, framework)}
        files[framework] = document.shown
        documents[framework] = document
    _refuse_strange_twins(documents, controls)
    listed = ControlFile(root / NOT_COVERED, f"policies/{NOT_COVERED}")
    not_covered = {
        framework: {one.id: one for one in _not_covered(listed, framework, controls)} for framework in listed.data
    }
    return Controls(sources, controls, not_covered, {**files, "": listed.shown})


def _controls(document: ControlFile, framework: str) -> Iterator[Control]:
    keys = {"area", "topic", "aliases", "in_scope", "same_as"}
    names: set[str] = set()
    for id_, value in document.part("controls").items():
        told = document.table(value, keys, ("area", "topic"), id_)
        if told["area"] not in AREAS:
            raise document.error(id_, f"{id_}: there is no area `{told['area']}`", choices(AREAS))
        aliases = told.get("aliases", [])
        if not isinstance(aliases, list) or not all(isinstance(one, str) and one for one in aliases):
            raise document.error(id_, f"{id_}: `aliases` is not a list of ids", "write them in brackets")
        if not isinstance(told.get("in_scope", True), bool):
            raise document.error(id_, f"{id_}: `in_scope` is neither true nor false", "leave it out when it is true")
        same_as = told.get("same_as", "")
        if same_as and (not isinstance(same_as, str) or same_as.partition(":")[0] not in FRAMEWORKS):
            raise document.error(id_, f"{id_}: `same_as` does not name a framework", "write framework:id")
        for name in (id_, *aliases):
            if name in names:
                raise document.error(id_, f"`{name}` stands twice", "each id and each alias has one line")
            names.add(name)
        yield Control(
            framework=framework,
            id=id_,
            area=told["area"],
            topic=told["topic"],
            line=document.line(id_),
            aliases=tuple(aliases),
            in_scope=told.get("in_scope", True),
            same_as=same_as,
        )


def _refuse_strange_twins(documents: Mapping[str, ControlFile], controls: Mapping[str, Mapping[str, Control]]) -> None:
    """A control whose `same_as` names an id that its framework's list does not have."""
    for framework, known in controls.items():
        for control in known.values():
            other, _, id_ = control.same_as.partition(":")
            if other in controls and id_ not in controls[other]:
                problem = f"{control.id}: `same_as` names `{id_}`, which is no control of {other}"
                raise documents[framework].error(control.id, problem, "name one that stands in its list")


def _not_covered(
    document: ControlFile, framework: str, controls: Mapping[str, Mapping[str, Control]]
) -> Iterator[NotCovered]:
    if framework not in controls:
        raise document.error(framework, f"there are no controls of `{framework}`", choices(controls))
    for id_, value in document.part(framework).items():
        told = document.table(value, {"kind", "reason"}, ("kind", "reason"), id_)
        if id_ not in controls[framework]:
            mend = f"add it to policies/{FOLDER}/{framework}.toml or take it out"
            raise document.error(id_, f"`{id_}` is no control of {framework}", mend)
        if told["kind"] not in KINDS:
            raise document.error(id_, f"{id_}: there is no kind `{told['kind']}`", choices(KINDS))
        if len(told["reason"]) < _MIN_REASON or not told["reason"].endswith("."):
            raise document.error(id_, f"{id_}: the reason is not a sentence", "say why no check can answer it")
        yield NotCovered(framework=framework, id=id_, kind=told["kind"], reason=told["reason"], line=document.line(id_))


def _framework(path: Path) -> str:
    if path.stem not in FRAMEWORKS:
        raise InputError(
            f"there is no framework `{path.stem}`",
            file=f"policies/{FOLDER}/{path.name}",
            mend=f"name the file after one: {', '.join(FRAMEWORKS)}",
        )
    return path.stem

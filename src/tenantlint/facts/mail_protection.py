"""The protection that mail really gets: the layers of each protection kind in their order, and who reaches each.

Order of precedence (learn.microsoft.com/defender-office-365/preset-security-policies): the Strict preset, the
Standard preset, custom policies by their rule's priority, built-in protection (Safe Links and Safe Attachments
only), the default policy. A preset is on when its rule exists and is enabled; no rule means that it was never
turned on. Its policies carry a number in their names, so they are found through the rule's own fields, and
otherwise by RecommendedPolicyType. Impersonation protection follows the rule of Defender for Office 365
(Get-ATPProtectionPolicyRule); spoofing, spam and malware protection that of Exchange Online Protection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.mail_objects import (
    PRESETS,
    by_priority,
    find_policy,
    is_built_in,
    is_default,
    preset_of,
    type_of,
    written,
)
from tenantlint.facts.mail_reach import Reach, Recipient, reach
from tenantlint.facts.mail_scope import Scope, scope_of
from tenantlint.model import JsonObject
from tenantlint.snapshot import Snapshot, identity_of, name_of, spec_of

_ATP = "atp_protection_policy_rules"
_EOP = "eop_protection_policy_rules"
_BUILT_IN = "atp_built_in_protection_rules"
_ACCEPTED = "accepted_domains"
_UNKNOWN_DOMAINS = "the accepted domains (accepted_domains)"
_TO = ("SentTo", "SentToMemberOf", "RecipientDomainIs")
_FROM = ("From", "FromMemberOf", "SenderDomainIs")


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of protection: where its policies and rules are, and the rule's field that names the policy."""

    name: str
    policies: str
    rules: str
    link: str
    presets: str | None  # the collection of preset rules, None where presets do not reach
    built_in: bool = False
    conditions: tuple[str, str, str] = _TO

    @property
    def reads(self) -> tuple[str, ...]:
        presets = (self.presets, _EOP) if self.presets == _ATP else (self.presets,)
        built_in = (_BUILT_IN,) if self.built_in else ()
        return (self.policies, self.rules, *(name for name in presets if name), *built_in, _ACCEPTED)


_KINDS = (
    _Kind("safe_links", "safe_links_policies", "safe_links_rules", "SafeLinksPolicy", _ATP, built_in=True),
    _Kind(
        "safe_attachments",
        "safe_attachment_policies",
        "safe_attachment_rules",
        "SafeAttachmentPolicy",
        _ATP,
        built_in=True,
    ),
    _Kind("anti_phish", "anti_phish_policies", "anti_phish_rules", "AntiPhishPolicy", _ATP),
    _Kind("anti_spoofing", "anti_phish_policies", "anti_phish_rules", "AntiPhishPolicy", _EOP),
    _Kind(
        "anti_spam",
        "hosted_content_filter_policies",
        "hosted_content_filter_rules",
        "HostedContentFilterPolicy",
        _EOP,
    ),
    _Kind("anti_malware", "malware_filter_policies", "malware_filter_rules", "MalwareFilterPolicy", _EOP),
    _Kind(
        "outbound_spam",
        "hosted_outbound_spam_filter_policies",
        "hosted_outbound_spam_filter_rules",
        "HostedOutboundSpamFilterPolicy",
        None,
        conditions=_FROM,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    layer: str  # strict | standard | custom | built_in | default | none
    scope: Scope
    policy: JsonObject | None = None
    rule: JsonObject | None = None
    rules: str = ""  # the collection that the rule is from
    named: str = ""  # the policy that the rule names, for when it is not in the snapshot


def effective(snapshot: Snapshot, kind: _Kind) -> dict[str, Any]:
    """The layers of one kind as JSON: `{"layers": [...], "accepted_domains": [...] | null}`.

    A layer: `{layer, name, policy, policy_unknown, resource, rule, rule_id, conditions, exceptions, covers_all,
    reaches, reached, who, who_possibly, depends_on}`. `policy` is the object itself, null when the snapshot lacks
    it; `resource` what a finding is to be about; `reached` is `certain`, `possible` (hangs on `depends_on`) or
    `none` (earlier layers take everybody); `who` lists recipients as principals. The last layer is what is left
    when no rule names a recipient: the default policy, or `none` where there is no protection without a policy.
    """
    return _reached(snapshot, kind, list(_layers(snapshot, kind)))


def presets(snapshot: Snapshot, kind: _Kind) -> dict[str, Any]:
    """The two presets alone, as layers like those of `effective`; the last one, `none`, is who is in neither."""
    return _reached(snapshot, kind, [*_presets(snapshot, kind, ()), _Layer(layer="none", scope=Scope())])


def _reached(snapshot: Snapshot, kind: _Kind, layers: Sequence[_Layer]) -> dict[str, Any]:
    accepted = _accepted_domains(snapshot)
    reached = reach([layer.scope for layer in layers], accepted, _UNKNOWN_DOMAINS)
    pairs = zip(layers, reached, strict=True)
    return {
        "accepted_domains": accepted,
        "layers": [_as_json(snapshot, kind, layer, found, accepted) for layer, found in pairs],
    }


def _accepted_domains(snapshot: Snapshot) -> list[str] | None:
    """None when not all are known; an empty list would say that nobody gets mail, which cannot be."""
    names = {written(item, "DomainName").lower() for item in snapshot.items(_ACCEPTED)}
    return None if "" in names else sorted(names) or None


def _layers(snapshot: Snapshot, kind: _Kind) -> Iterator[_Layer]:
    policies = snapshot.items(kind.policies)
    yield from _presets(snapshot, kind, policies) if kind.presets else ()
    yield from _custom(snapshot, kind, policies)
    if kind.built_in:
        yield from _built_in(snapshot, kind, policies)
        yield _Layer(layer="none", scope=Scope())
        return
    default = next((policy for policy in policies if is_default(policy)), None)
    yield _Layer(layer="default", scope=Scope(), policy=default)


def _presets(snapshot: Snapshot, kind: _Kind, policies: Sequence[JsonObject]) -> Iterator[_Layer]:
    collection = kind.presets or _EOP
    for layer in PRESETS:
        of_type = next((policy for policy in policies if type_of(policy) == layer), None)
        for rule in snapshot.items(collection):
            scope = scope_of(rule, kind.conditions, name_of(spec_of(collection), rule))
            if scope is not None and preset_of(rule) == layer:
                named = written(rule, kind.link) or written(_twin(snapshot, layer), kind.link)
                policy = find_policy(policies, named) or of_type
                yield _Layer(layer=layer, scope=scope, policy=policy, rule=rule, rules=collection, named=named)
        if not snapshot.collection(collection).ok and _may_be_on(snapshot, kind, layer, of_type):
            yield _Layer(
                layer=layer, scope=Scope(unknown=f"the rules of the preset policies ({collection})"), policy=of_type
            )


def _may_be_on(snapshot: Snapshot, kind: _Kind, layer: str, policy: JsonObject | None) -> bool:
    """Whether a preset may be on whose rule is not known: the portal switches both of its rules together."""
    if snapshot.collection(_EOP).ok:
        twin = _twin(snapshot, layer)
        return bool(twin) and scope_of(twin, kind.conditions, layer) is not None
    return policy is not None or not snapshot.collection(kind.policies).ok


def _custom(snapshot: Snapshot, kind: _Kind, policies: Sequence[JsonObject]) -> Iterator[_Layer]:
    if snapshot.collection(kind.rules).ok:
        for rule in sorted(snapshot.items(kind.rules), key=by_priority):
            scope = scope_of(rule, kind.conditions, name_of(spec_of(kind.rules), rule))
            if scope is not None:
                named = written(rule, kind.link)
                policy = find_policy(policies, named)
                yield _Layer(layer="custom", scope=scope, policy=policy, rule=rule, rules=kind.rules, named=named)
        return
    scope = Scope(unknown=f"the rules of custom policies ({kind.rules})")
    if snapshot.collection(kind.policies).ok:
        for policy in policies:
            if not (is_default(policy) or is_built_in(policy) or type_of(policy) in PRESETS):
                yield _Layer(layer="custom", scope=scope, policy=policy)
    else:
        yield _Layer(layer="custom", scope=scope)


def _built_in(snapshot: Snapshot, kind: _Kind, policies: Sequence[JsonObject]) -> Iterator[_Layer]:
    """Built-in protection takes everybody but its exceptions; it is on unless the tenant lacks the policy."""
    policy = next((policy for policy in policies if is_built_in(policy)), None)
    if policy is None and snapshot.collection(kind.policies).ok:
        return
    if not snapshot.collection(_BUILT_IN).ok:
        unknown = f"the exceptions from built-in protection ({_BUILT_IN})"
        yield _Layer(layer="built_in", scope=Scope(unknown=unknown), policy=policy)
        return
    missing = "" if policy is not None else f"the built-in policy ({kind.policies})"
    for rule in snapshot.items(_BUILT_IN) or ({},):
        scope = scope_of({"State": "Enabled", **rule}, kind.conditions, name_of(spec_of(_BUILT_IN), rule))
        if scope is not None:
            yield _Layer(
                layer="built_in",
                scope=replace(scope, unknown=scope.unknown or missing),
                policy=policy,
                rule=rule or None,
                rules=_BUILT_IN,
            )


def _as_json(
    snapshot: Snapshot, kind: _Kind, layer: _Layer, found: Reach, accepted: Sequence[str] | None
) -> dict[str, Any]:
    scope = layer.scope
    names = dict(zip(("recipients", "groups", "domains"), kind.conditions, strict=True))
    conditions = {names[part]: sorted(getattr(scope, part) or ()) for part in names}
    exceptions = {f"ExceptIf{names[part]}": sorted(getattr(scope, f"except_{part}")) for part in names}
    return {
        "layer": layer.layer,
        "name": name_of(spec_of(kind.policies), layer.policy)
        if layer.policy is not None
        else layer.named or layer.layer,
        "policy": layer.policy,
        "policy_unknown": _policy_unknown(snapshot, kind, layer),
        "resource": _resource(snapshot, kind, layer),
        "rule": None if layer.rule is None else name_of(spec_of(layer.rules), layer.rule),
        "rule_id": None if layer.rule is None else identity_of(spec_of(layer.rules), layer.rule),
        "conditions": {name: values for name, values in conditions.items() if values},
        "exceptions": {name: values for name, values in exceptions.items() if values},
        "covers_all": scope.covers(accepted),
        "reaches": _in_words(conditions, exceptions),
        "reached": found.state,
        "who": [_principal(one) for one in found.certain],
        "who_possibly": [_principal(one) for one in found.possible],
        "depends_on": sorted(found.depends_on),
    }


def _resource(snapshot: Snapshot, kind: _Kind, layer: _Layer) -> dict[str, str]:
    """The policy; its rule when the snapshot lacks the policy; the tenant when there is neither."""
    for collection, item in ((kind.policies, layer.policy), (layer.rules, layer.rule)):
        if item is not None:
            spec = spec_of(collection)
            return {"kind": spec.kind, "id": identity_of(spec, item), "name": name_of(spec, item)}
    return {"kind": "tenant", "id": snapshot.tenant.id or "unknown", "name": snapshot.tenant.display_name}


def _policy_unknown(snapshot: Snapshot, kind: _Kind, layer: _Layer) -> str | None:
    """The name of the unknown where the layer's policy object is not in the snapshot."""
    if layer.policy is not None or layer.layer == "none":
        return None
    if not snapshot.collection(kind.policies).ok:
        return f"the policies ({kind.policies})"
    return f"the policy {layer.named}" if layer.named else f"the {layer.layer} policy ({kind.policies})"


def _principal(recipient: Recipient) -> dict[str, str]:
    name = recipient.id
    if recipient.id == "*":
        name = "everyone" if recipient.exists else "everyone in other domains"
    return {"kind": recipient.kind, "id": recipient.id, "name": name}


def _in_words(conditions: Mapping[str, Sequence[str]], exceptions: Mapping[str, Sequence[str]]) -> str:
    wanted = " and ".join(f"{name} {_some(values)}" for name, values in conditions.items() if values)
    left_out = " or ".join(f"{name} {_some(values)}" for name, values in exceptions.items() if values)
    return (wanted or "everyone") + (f", except {left_out}" if left_out else "")


def _some(values: Sequence[str], most: int = 5) -> str:
    shown = ", ".join(values[:most])
    return f"{shown} and {len(values) - most} more" if len(values) > most else shown


def _twin(snapshot: Snapshot, layer: str) -> JsonObject:
    """The preset's rule of Exchange Online Protection; it names the policies that both of its rules share."""
    return next((rule for rule in snapshot.items(_EOP) if preset_of(rule) == layer), {})


def _of(kind: _Kind) -> Callable[[FactContext], dict[str, Any]]:
    return lambda context: effective(context.snapshot, kind)


def _presets_of(kind: _Kind) -> Callable[[FactContext], dict[str, Any]]:
    return lambda context: presets(context.snapshot, kind)


FACTS: tuple[Fact, ...] = (
    *(Fact(name=f"mail_protection.{kind.name}", reads=kind.reads, compute=_of(kind)) for kind in _KINDS),
    *(
        Fact(
            name=f"mail_protection.{name}",
            reads=tuple(read for read in kind.reads if read in (_ATP, _EOP, _ACCEPTED)),
            compute=_presets_of(kind),
        )
        for name, like in (("presets_exchange", "anti_malware"), ("presets_defender", "safe_links"))
        for kind in (one for one in _KINDS if one.name == like)
    ),
)

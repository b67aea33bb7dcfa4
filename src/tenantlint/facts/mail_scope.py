"""Whom one of Exchange's protection rules names: its conditions and exceptions.

Conditions of different types must all hold, the values of one type are alternatives, and every exception takes
away (learn.microsoft.com/defender-office-365/preset-security-policies). A domain stands for its subdomains too,
unless they are excepted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tenantlint.model import JsonObject


def inside(domain: str | None, parents: frozenset[str]) -> bool:
    """Whether the domain is one of the parents or a subdomain of one."""
    rest = domain or ""
    while rest:
        if rest in parents:
            return True
        rest = rest.partition(".")[2]
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whom one rule names; lower case throughout. None: there is no condition of that type.

    `unknown`: what is not known about the rule itself (its state, its scope); it then takes possibly.
    """

    recipients: frozenset[str] | None = None
    groups: frozenset[str] | None = None
    domains: frozenset[str] | None = None
    except_recipients: frozenset[str] = frozenset()
    except_groups: frozenset[str] = frozenset()
    except_domains: frozenset[str] = frozenset()
    unknown: str = ""

    def admits(self, address: str, home: str | None) -> bool:
        """Whether the rule names this address in this domain, as far as groups do not matter."""
        if self.recipients is not None and address not in self.recipients:
            return False
        if self.domains is not None and not inside(home, self.domains):
            return False
        return address not in self.except_recipients and not inside(home, self.except_domains)

    @property
    def all_groups(self) -> frozenset[str]:
        return (self.groups or frozenset()) | self.except_groups

    @property
    def all_domains(self) -> frozenset[str]:
        return (self.domains or frozenset()) | self.except_domains

    @property
    def all_recipients(self) -> frozenset[str]:
        return (self.recipients or frozenset()) | self.except_recipients

    def covers(self, domains: Sequence[str] | None) -> bool:
        """Whether every recipient is named, whatever the groups hold. `domains`: the accepted ones, if known."""
        if self.unknown or self.except_recipients or self.except_groups or self.except_domains:
            return False
        if self.recipients is not None or self.groups is not None:
            return False
        if self.domains is None:
            return True
        return domains is not None and all(inside(domain, self.domains) for domain in domains)


def scope_of(rule: JsonObject, conditions: tuple[str, str, str], name: str) -> Scope | None:
    """Whom a rule object names; None for a rule that is off.

    `conditions`: its fields for addresses, groups and domains; the exceptions are the same with `ExceptIf`.
    A missing State and a condition of unknown form leave the rule possible, never certain.
    """
    state = rule.get("State")
    if state is not None and str(state).lower() not in ("enabled", "true"):
        return None
    unknown = f"the state of the rule {name}" if state is None else ""
    told: dict[str, frozenset[str]] = {}
    for part in (*conditions, *(f"ExceptIf{condition}" for condition in conditions)):
        values = _values(rule.get(part))
        if values is None:
            unknown = unknown or f"{part} of the rule {name}"
        told[part] = frozenset(values or ())
    recipients, groups, domains = conditions
    return Scope(
        recipients=told[recipients] or None,
        groups=told[groups] or None,
        domains=told[domains] or None,
        except_recipients=told[f"ExceptIf{recipients}"],
        except_groups=told[f"ExceptIf{groups}"],
        except_domains=told[f"ExceptIf{domains}"],
        unknown=unknown,
    )


def _values(value: object) -> list[str] | None:
    """A condition's values in lower case: a list, one string, or nothing. None when it is of no known form."""
    listed = [] if value is None else [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        return None
    return [one.strip().lower() for one in listed if one.strip()]

"""A plan as text and as data."""

from __future__ import annotations

import math

from tenantlint.collect.plan import LATENCY, Plan, Step
from tenantlint.collect.statuses import LICENCE_NAMES
from tenantlint.model import JsonObject


def as_json(found: Plan) -> JsonObject:
    """The plan as data."""
    return {
        "format": "tenantlint.plan/1",
        "steps": [
            {
                "area": step.area,
                "collection": step.collection,
                "service": step.service,
                "method": step.method,
                "request": step.request,
                "api_version": step.api_version or None,
                "permissions": list(step.permissions),
                "alternatives": list(step.alternatives),
                "roles_any_of": list(step.roles),
                "licence_any_of": list(step.licence),
                "rate": step.rate,
                "calls": step.calls,
                "note": step.note or None,
            }
            for step in found.steps
        ],
        "graph_permissions": list(found.graph_permissions),
        "other_permissions": [{"service": service, "permission": name} for service, name in found.other_permissions],
        "role": found.role or None,
        "can_write": list(found.writers),
        "warnings": list(found.warnings),
        "least_seconds": math.ceil(found.seconds),
        "assumed": {
            "users": found.size.users,
            "groups": found.size.groups,
            "role_groups": found.size.role_groups,
            "service_principals": found.size.service_principals,
            "applications": found.size.applications,
        },
    }


def as_lines(found: Plan) -> list[str]:
    """The plan as text, a line each, at most as wide as its longest request."""
    lines: list[str] = []
    area = ""
    for step in found.steps:
        if step.area != area:
            area = step.area
            lines += ["", area] if lines else [area]
        version = f" ({step.api_version})" if step.api_version else ""
        lines.append(f"  {step.collection}: {step.service} {step.method} {step.request}{version}")
        lines.append(f"    needs {'; '.join(_needs(step))}")
        if step.note:
            lines.append(f"    note: {step.note}")
    return [*lines, "", *_totals(found)]


def _needs(step: Step) -> list[str]:
    needs = []
    if step.permissions:
        instead = f" (or {' or '.join(step.alternatives)})" if step.alternatives else ""
        needs.append(f"{' and '.join(step.permissions)}{instead}")
    if step.roles:
        needs.append(f"the Entra role {' or '.join(step.roles)}")
    if step.licence:
        needs.append(" or ".join(LICENCE_NAMES[name] for name in step.licence))
    return [*(needs or ["no permission"]), f"{step.calls:,} {'call' if step.calls == 1 else 'calls'}, rate {step.rate}"]


def _totals(found: Plan) -> list[str]:
    size = found.size
    lines = [f"{len(found.steps)} collections, {sum(step.calls for step in found.steps):,} calls at the least"]
    if found.graph_permissions:
        lines += ["", "Application permissions of Microsoft Graph, the smallest set:"]
        lines += [f"  {name}" for name in found.graph_permissions]
    if found.other_permissions:
        lines += ["", "Application permissions of other services:"]
        named: dict[str, list[str]] = {}
        for service, name in found.other_permissions:
            named.setdefault(name, []).append(service)
        lines += [f"  {name} ({', '.join(services)})" for name, services in named.items()]
    if found.role:
        lines += ["", f"Entra role of the application: {found.role}"]
    lines += ["", "What of this could write: " + (", ".join(found.writers) or "nothing")]
    lines += [f"  {warning}" for warning in found.warnings]
    lines += [
        "",
        f"At least {math.ceil(found.seconds)} s in a tenant of {size.users:,} users, {size.groups:,} groups that "
        f"matter and {size.service_principals:,} service principals, by the documented limits and {LATENCY:g} s a call",
    ]
    return lines

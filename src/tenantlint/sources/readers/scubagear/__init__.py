"""Reader of ScubaGear's exports: `ProviderSettingsExport.json`, `ScubaResults_*.json`, the folder of a run, or a
fragment that holds some of the keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tenantlint.errors import InputError
from tenantlint.model import CollectionStatus, JsonObject, Tenant
from tenantlint.snapshot import Collection, Origin, Snapshot, Storage, identity_of, spec_of
from tenantlint.sources.faults import object_fault
from tenantlint.sources.policy_shape import ShapeError, policy_of
from tenantlint.sources.readers.scubagear.configuration import read_configuration
from tenantlint.sources.readers.scubagear.export import Export, export_in
from tenantlint.sources.readers.scubagear.keys import CLASSIFICATIONS, KEYS, METHODS, POLICIES, Key
from tenantlint.sources.readers.scubagear.mail_dns import read_dns
from tenantlint.sources.readers.scubagear.roles import read_holders, read_roles
from tenantlint.sources.reading import Reading
from tenantlint.sources.registry import Reader
from tenantlint.sources.target import Target, files_of
from tenantlint.sources.wording import graph_name, items_of, lookup, moment, restate

_CLOUDS = {"commercial": "global", "gcc": "global", "gcchigh": "usgov", "dod": "usgovdod"}
_Placed = tuple[Origin, JsonObject]
_ERROR = "error retrieving"  # ScubaGear's words in place of a value that it could not get


def _recognises(target: Target) -> bool:
    return bool(_exports(target))


def _read(target: Target) -> Reading:
    """Raises InputError when a folder holds exports of several runs: which one is meant is the user's to say."""
    exports = _exports(target)
    runs = {str(export.value("report_uuid") or export.document.file) for export in exports}
    if len(runs) > 1:
        names = ", ".join(export.document.path.name for export in exports)
        raise InputError(
            f"the folder holds several ScubaGear exports ({names})", file=target.shown, mend="name one of them"
        )
    # The same run is in ProviderSettingsExport.json and under Raw in ScubaResults: the plain one is the smaller.
    export = min(exports, key=lambda one: (one.root, one.document.file))
    problems: list[InputError] = []
    exemptions, faults = read_configuration(export)
    problems += faults
    collections = {one.name: one for one in _collections(export, problems) if _says_something(one)}
    snapshot = Snapshot(
        tenant=_tenant(export),
        collections=dict(sorted(collections.items())),
        collected_at=moment(export.value("timestamp_zulu")),
        licences=export.licences,
        digest=export.document.sha256,
        files=files_of([export.document]),
        exemptions=exemptions,
        format="scubagear",
    )
    return Reading(snapshot, tuple(problems))


def _exports(target: Target) -> list[Export]:
    if not target.is_folder:
        found = export_in(target.document)
        return [] if found is None else [found]
    exports = []
    for path in target.top:
        try:
            found = export_in(target.read(path))
        except InputError:
            continue  # told by the reader that takes the folder, or by the refusal
        if found is not None:
            exports.append(found)
    return exports


def _collections(export: Export, problems: list[InputError]) -> Iterator[Collection]:
    for key in KEYS:
        yield _plain(export, key, problems)
    yield _policies(export, problems)
    yield _methods(export)
    yield _classifications(export)
    yield from read_roles(export)
    yield from read_holders(export)
    dns = read_dns(export)
    if dns is not None:
        yield dns
    yield from _organization(export)


def _says_something(collection: Collection) -> bool:
    return collection.status is not CollectionStatus.NOT_COLLECTED or bool(collection.detail)


def _plain(export: Export, key: Key, problems: list[InputError]) -> Collection:
    found = [(origin, restate(item, graph_name if key.graph else None)) for origin, item in export.objects(key)]
    if key.collection == "sharepoint_tenant":
        unwrapped = [(origin, _unwrapped(item)) for origin, item in found]
        found = [(origin, item) for origin, item in unwrapped if isinstance(item, Mapping)]
    return _collection(export, key, found, problems)


def _collection(export: Export, key: Key, found: list[_Placed], problems: list[InputError]) -> Collection:
    spec = spec_of(key.collection)
    if spec.storage is Storage.SINGLETON:
        if export.found(key.name) is not None and not found:
            # Every tenant has this object: none in the export means that it was not got.
            detail = f"`{key.name}` holds no object"
            return export.collection(key, (), (), status=CollectionStatus.FAILED, detail=detail)
        found, others = _one(found)
        for origin, _ in others:
            problem = f"`{key.name}` holds {len(others) + 1} objects where a tenant has one: this one is left out"
            problems.append(object_fault(export.document, origin.pointer, problem, "export it again"))
    else:
        found = _unique(export, key, found, problems)
    return export.collection(key, [item for _, item in found], [origin for origin, _ in found])


def _one(found: Sequence[_Placed]) -> tuple[list[_Placed], list[_Placed]]:
    """Teams' global object, or the first of another service; and the others."""
    ordered = sorted(found, key=lambda pair: str(pair[1].get("Identity") or "").lower() != "global")
    return ordered[:1], ordered[1:]


def _unique(export: Export, key: Key, found: list[_Placed], problems: list[InputError]) -> list[_Placed]:
    """The objects with an identity each: without one it is their place, and of two alike the first counts."""
    spec = spec_of(key.collection)
    kept: dict[str, _Placed] = {}
    for index, (origin, told) in enumerate(found):
        item = told if identity_of(spec, told) else {**told, spec.identity[-1]: f"{key.name}/{index}"}
        identity = identity_of(spec, item)
        if identity in kept:
            problem = f"`{key.name}` holds two objects `{identity}`: the second is left out"
            problems.append(object_fault(export.document, origin.pointer, problem, "export it again"))
        else:
            kept[identity] = (origin, item)
    return list(kept.values())


def _policies(export: Export, problems: list[InputError]) -> Collection:
    found: list[_Placed] = []
    for origin, item in export.objects(POLICIES):
        try:
            found.append((origin, policy_of(item)))
        except ShapeError as error:
            problems.append(object_fault(export.document, origin.pointer + error.pointer, error.problem, error.mend))
    kept = _unique(export, POLICIES, found, problems)
    return export.collection(POLICIES, [item for _, item in kept], [origin for origin, _ in kept])


def _methods(export: Export) -> Collection:
    """Graph's policy and its configurations, which ScubaGear keeps apart, put together again."""
    items, origins = [], []
    for origin, entry in export.objects(METHODS)[:1]:
        policy = lookup(entry, "authentication_method_policy")
        settings = lookup(entry, "authentication_method_feature_settings")
        parts = [part for _, part in items_of(policy[1])] if policy else []
        made: dict[str, Any] = restate(parts[0], graph_name) if parts else {}
        if settings:
            made["authenticationMethodConfigurations"] = [restate(one, graph_name) for _, one in items_of(settings[1])]
        if made:
            items.append({"id": "authenticationMethodsPolicy", **made})
            place = f"/{policy[0]}" if policy and isinstance(policy[1], Mapping) else ""
            origins.append(Origin(origin.file, origin.pointer + place))
    if export.found(METHODS.name) is not None and not items:
        detail = f"`{METHODS.name}` holds no object"
        return export.collection(METHODS, (), (), status=CollectionStatus.FAILED, detail=detail)
    return export.collection(METHODS, items, origins)


def _classifications(export: Export) -> Collection:
    """One object a permission. ScubaGear lists those classified as low that it calls risky, by application."""
    items, origins = [], []
    for origin, entry in export.objects(CLASSIFICATIONS):
        told = restate(entry, graph_name)
        named = told.get("riskyPermClassifications")
        for permission in [named] if isinstance(named, str) else named or ():
            items.append(
                {
                    "id": f"{told.get('objectId') or told.get('appId')}/{permission}",
                    "permissionName": permission,
                    "classification": "low",
                    "servicePrincipalId": told.get("objectId"),
                    "appId": told.get("appId"),
                    "displayName": told.get("displayName"),
                }
            )
            origins.append(origin)
    return export.collection(CLASSIFICATIONS, items, origins)


def _organization(export: Export) -> Iterator[Collection]:
    entry = _tenant_details(export)
    data = lookup(entry[1], "AADAdditionalData") if entry else None
    if entry is None or data is None:
        return
    for pointer, item in items_of(data[1])[:1]:
        yield Collection(
            "organization",
            items=(restate(item, graph_name),),
            origins=(export.origin(f"{entry[0]}/{data[0]}{pointer}"),),
            source="ScubaGear tenant_details",
        )


def _tenant(export: Export) -> Tenant:
    entry = _tenant_details(export)
    details = entry[1] if entry else {}

    def known(name: str) -> str:
        value = lookup(details, name)
        text = str(value[1] or "") if value else ""
        return "" if text.lower().startswith(_ERROR) or text.startswith("AAD: ") else text

    configuration = export.value("scuba_config")
    environment = lookup(configuration, "M365Environment") if isinstance(configuration, Mapping) else None
    return Tenant(
        id=known("TenantId"),
        display_name=known("DisplayName"),
        initial_domain=known("DomainName"),
        cloud=_CLOUDS.get(str(environment[1]).lower(), "") if environment else "",
    )


def _tenant_details(export: Export) -> tuple[str, Mapping[str, Any]] | None:
    entry = export.found("tenant_details")
    found = items_of(entry[1]) if entry else []
    return (entry[0] + found[0][0], found[0][1]) if entry and found else None


def _unwrapped(value: Any) -> Any:
    """A SharePoint object without the wrappers of verbose OData: `__metadata`, `__deferred`, `results`, `d`."""
    if isinstance(value, Mapping):
        if set(value) == {"d"}:
            return _unwrapped(value["d"])
        if "results" in value and set(value) <= {"__metadata", "results"}:
            return _unwrapped(value["results"])
        return {
            key: _unwrapped(child)
            for key, child in value.items()
            if key != "__metadata" and not (isinstance(child, Mapping) and "__deferred" in child)
        }
    return [_unwrapped(child) for child in value] if isinstance(value, list) else value


READER = Reader(
    name="ScubaGear",
    looks_for="an object with keys such as `conditional_access_policies`, itself or under `Raw`",
    recognises=_recognises,
    read=_read,
)

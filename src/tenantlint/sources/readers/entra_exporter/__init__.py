"""Reader of EntraExporter's folders (github.com/microsoft/EntraExporter): one folder a Graph resource.

A folder that is there is `ok`, one that is not was not collected: the exporter makes none for an empty answer and
none for a call that failed, so the two cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenantlint.errors import InputError
from tenantlint.model import CollectionStatus, JsonObject, Tenant
from tenantlint.snapshot import Collection, Snapshot
from tenantlint.sources.licences import licences_of
from tenantlint.sources.readers.entra_exporter.layout import (
    ALSO_TELLING,
    METHODS,
    PIM_ROLES,
    PLACES,
    ROLES,
    Place,
    has_object_folders,
    object_files,
    resolve,
)
from tenantlint.sources.readers.entra_exporter.objects import Found, Objects
from tenantlint.sources.readers.entra_exporter.roles import (
    made,
    read_directory_roles,
    read_eligibility,
    read_group_members,
    read_owners,
)
from tenantlint.sources.reading import Reading
from tenantlint.sources.registry import Reader
from tenantlint.sources.target import Target, files_of
from tenantlint.sources.wording import items_of

_DETAILS = {
    "role_assignment_schedule_instances": "the exporter leaves activated instances out",
}


def _recognises(target: Target) -> bool:
    if not target.is_folder:
        return False
    try:
        for path in (*(place.path for place in PLACES if place.telling), *ALSO_TELLING):
            at = resolve(target, path)
            if at is not None and next(object_files(target, at), None) is not None:
                return True
        names = {place.path for place in PLACES if not place.telling} | {ROLES}
        return any(at is not None and has_object_folders(target, at) for at in (resolve(target, one) for one in names))
    except InputError:
        return False


def _read(target: Target) -> Reading:
    objects = Objects(target)
    collections: dict[str, Collection] = {}
    for collection in _collections(objects):
        collections.setdefault(collection.name, collection)
    skus = collections.get("subscribed_skus")
    snapshot = Snapshot(
        tenant=_tenant(collections.get("organization")),
        collections=dict(sorted(collections.items())),
        licences=None if skus is None else licences_of(_plans(skus.items)),
        digest=target.digest(objects.documents.values()),
        files=files_of(objects.documents.values()),
        format="entra_exporter",
    )
    return Reading(snapshot, tuple(objects.problems))


def _collections(objects: Objects) -> Iterator[Collection]:
    for place in PLACES:
        found = _at(objects, place)
        if found is not None:
            if place.collection == "groups":
                yield from _by_type(found, place)
            yield _whole(made(place.collection, found, place.uri, place.api, _DETAILS.get(place.collection, "")))
    roles = resolve(objects.target, ROLES)
    if roles is not None:
        yield read_directory_roles(objects, roles)
    pim = resolve(objects.target, PIM_ROLES)
    if pim is not None:
        yield from read_eligibility(objects, pim)
    for folder, collection in (
        ("Applications", "application_owners"),
        ("ServicePrincipals", "service_principal_owners"),
    ):
        at = resolve(objects.target, folder)
        owners = read_owners(objects, at, collection) if at is not None else None
        if owners is not None:
            yield owners
    groups = resolve(objects.target, "Groups")
    members = read_group_members(objects, groups) if groups is not None else None
    if members is not None:
        yield members
    yield from _methods(objects)


def _at(objects: Objects, place: Place) -> Found | None:
    at = resolve(objects.target, place.path)
    if at is None:
        return None
    found = objects.checked(place.collection, objects.at(at))
    # A folder of that name without any object of its own only holds children: `Organization/Branding`.
    return found or None


def _methods(objects: Objects) -> Iterator[Collection]:
    """The method configurations, put together as Graph's one policy; its own settings are not in the export."""
    at = resolve(objects.target, METHODS)
    found = objects.at(at) if at is not None else []
    if found:
        policy = {
            "id": "authenticationMethodsPolicy",
            "authenticationMethodConfigurations": [item for _, item in found],
        }
        yield made(
            "authentication_methods_policy",
            [(found[0][0], policy)],
            "policies/authenticationMethodsPolicy/authenticationMethodConfigurations",
            detail="only the methods' configurations: the policy's own settings are not in the export",
        )


def _whole(collection: Collection) -> Collection:
    """A default run exports dynamic groups only: then the list of groups is not whole."""
    if collection.name != "groups" or not all(_is_dynamic(group) for group in collection):
        return collection
    return Collection(
        collection.name,
        CollectionStatus.TRUNCATED,
        items=collection.items,
        origins=collection.origins,
        source=collection.source,
        api_version=collection.api_version,
        detail="only dynamic groups are in the export",
    )


def _by_type(found: Found, place: Place) -> Iterator[Collection]:
    """Lists of two types of groups: dynamic ones, which every run exports, and where it exports others, public ones."""
    yield made(
        "dynamic_groups", [(origin, group) for origin, group in found if _is_dynamic(group)], place.uri, place.api
    )
    if not all(_is_dynamic(group) for _, group in found):
        public = [(origin, group) for origin, group in found if _is_public(group)]
        yield made("public_groups", public, place.uri, place.api)


def _is_public(group: JsonObject) -> bool:
    """A Microsoft 365 group that everybody can read, or of which the export does not tell who can."""
    kinds = group.get("groupTypes")
    private = str(group.get("visibility")).lower() in {"private", "hiddenmembership"}
    return isinstance(kinds, list) and "Unified" in kinds and not private


def _is_dynamic(group: JsonObject) -> bool:
    kinds = group.get("groupTypes")
    return isinstance(kinds, list) and "DynamicMembership" in kinds


def _plans(skus: Sequence[JsonObject]) -> Iterator[str]:
    for sku in skus:
        if str(sku.get("capabilityStatus") or "Enabled").lower() in ("enabled", "warning"):
            for _, plan in items_of(sku.get("servicePlans")):
                if str(plan.get("provisioningStatus") or "").lower() == "success":
                    yield str(plan.get("servicePlanName") or "")


def _tenant(organization: Collection | None) -> Tenant:
    if organization is None or not organization.items:
        return Tenant()
    item = organization.items[0]
    domains = item.get("verifiedDomains")
    initial = (
        [one for one in domains if isinstance(one, dict) and one.get("isInitial")] if isinstance(domains, list) else []
    )
    return Tenant(
        id=str(item.get("id") or ""),
        display_name=str(item.get("displayName") or ""),
        initial_domain=str(initial[0].get("name") or "") if initial else "",
    )


READER = Reader(
    name="EntraExporter",
    looks_for="a folder such as `Identity/Conditional/AccessPolicies` or `Policies/AuthorizationPolicy`",
    recognises=_recognises,
    read=_read,
)

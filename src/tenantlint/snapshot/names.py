"""File names of a snapshot: readable, the same every time, and safe on every file system."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from tenantlint.model import JsonObject
from tenantlint.snapshot.catalog import CollectionSpec, identity_of, name_of

MANIFEST = "snapshot.json"
_SLUG_LENGTH = 60
_ID_LENGTHS = (8, 12, 16, 24, 36, 64, 100)
_COLLECTION = re.compile(r"[a-z][a-z0-9_]{0,99}")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_NOT_ID = re.compile(r"[^a-z0-9-]+")


def is_collection_name(name: str) -> bool:
    """Whether a collection may be called so: snake_case, so that it is a file name and nothing else."""
    return bool(_COLLECTION.fullmatch(name)) and name != "snapshot"


def slug(name: str) -> str:
    """A name as part of a file name: a-z, 0-9 and dashes, at most 60 characters; `unnamed` when nothing is left."""
    plain = unicodedata.normalize("NFKD", name[:1000]).encode("ascii", "ignore").decode("ascii").lower()
    return _NOT_SLUG.sub("-", plain).strip("-")[:_SLUG_LENGTH].strip("-") or "unnamed"


def file_names(spec: CollectionSpec, items: Sequence[JsonObject]) -> list[str]:
    """`<slug>--<id8>.json` for each object. The id part of names that collide is lengthened until they do not.

    The hash of the identity stands for an id that is the name itself, and for one that leaves nothing which can
    stand in a file name. Names depend on the objects alone, never on their order.
    """
    slugs = [slug(name_of(spec, item)) for item in items]
    ids = [_id_text(spec, item) for item in items]
    names = [""] * len(items)
    open_ones = list(range(len(items)))
    for length in _ID_LENGTHS:
        tried = {index: f"{slugs[index]}--{ids[index][:length].rstrip('-')}" for index in open_ones}
        uses = Counter(tried.values())
        for index in open_ones:
            if uses[tried[index]] == 1:
                names[index] = tried[index]
        open_ones = [index for index in open_ones if not names[index]]
    for index in open_ones:
        names[index] = f"{slugs[index]}--{ids[index][:100].rstrip('-')}-{_hash(identity_of(spec, items[index]))[:16]}"
    return [f"{name}.json" for name in names]


def _id_text(spec: CollectionSpec, item: JsonObject) -> str:
    """What stands for the id in a file name. Lower case: file systems may not tell cases apart."""
    identity = identity_of(spec, item)
    text = "" if identity == name_of(spec, item) else _NOT_ID.sub("-", identity[:200].lower()).strip("-")
    return text or _hash(identity)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

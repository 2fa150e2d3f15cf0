"""Bytes stored once under their own SHA-256."""

import hashlib
from collections.abc import Iterable

from django.db.models import Exists, ForeignObjectRel, OuterRef

from peyvand.core.errors import NotFound
from peyvand.core.models import Blob


def digest(data: bytes) -> str:
    """Return the address of these bytes."""
    return hashlib.sha256(data).hexdigest()


def put(data: bytes) -> Blob:
    """Store bytes in the current transaction, once, and return their row."""
    return put_many([data])[0]


def put_many(items: Iterable[bytes]) -> list[Blob]:
    """Store many in one statement, in the order of their addresses so that two writers cannot deadlock."""
    blobs = [Blob(sha256=digest(data), size=len(data), data=data) for data in items]
    distinct = {blob.sha256: blob for blob in blobs}
    Blob.objects.bulk_create([distinct[key] for key in sorted(distinct)], ignore_conflicts=True)
    return blobs


def get(blob: Blob | str) -> bytes:
    """Return the bytes of a blob or of an address. Raises NotFound."""
    address = blob if isinstance(blob, str) else blob.sha256
    data = Blob.objects.filter(sha256=address).values_list("data", flat=True).first()
    if data is None:
        raise NotFound
    return bytes(data)


def drop_unused(addresses: Iterable[str]) -> int:
    """Delete those of these bytes that no row refers to any more, and return how many they were."""
    unused = Blob.objects.filter(sha256__in=set(addresses))
    for relation in Blob._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.field.concrete:
            rows = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
            unused = unused.filter(~Exists(rows))
    return unused.delete()[0]

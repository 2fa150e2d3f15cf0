"""`Idempotency-Key`: a write that a client names happens once, however often it is asked for.

The key is stored in the transaction of the write itself, so there is never one without the other; a write that
fails stores nothing and may be tried again. While it runs, a lock that dies with its connection guards the key.
"""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpResponse
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.api.auth import ApiRequest
from peyvand.api.errors import BadIdempotencyKey, KeyReused, StillRunning
from peyvand.core import secrets
from peyvand.core.models import IdempotencyKey

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT = timedelta(hours=24)
_KEY = re.compile(r"[\x21-\x7e]{1,120}")
_KEPT_HEADERS = ("ETag", "Location")


def once(request: ApiRequest, perform: Callable[[], HttpResponse], *, secret: bool = False) -> HttpResponse:
    """Perform the write, or give the stored answer when this key was used for the same request before.

    secret: the answer holds something that is shown once only, so it is kept encrypted.
    Raises BadIdempotencyKey, KeyReused (422), StillRunning (409) and whatever `perform` raises.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return perform()
    if not _KEY.fullmatch(key):
        raise BadIdempotencyKey
    user, print_ = request.auth.user, _fingerprint(request)
    with transaction.atomic():
        _lock(user, key)
        known = IdempotencyKey.objects.filter(user=user, key=key).first()
        if known is not None and known.created_at > timezone.now() - KEPT:
            return _replay(known, print_)
        if known is not None:
            known.delete()
        response = perform()
        _store(IdempotencyKey(user=user, key=key, fingerprint=print_), response, secret=secret)
    return response


def purge() -> int:
    """Forget keys older than a day; return how many."""
    deleted, _ = IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return deleted


def _lock(user: User, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"api:{user.pk}:{key}"])
        row = cursor.fetchone()
    if not row or not row[0]:
        raise StillRunning


def _fingerprint(request: ApiRequest) -> str:
    """A digest of method, address and body (of each field and file, when the body is a form)."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if (request.content_type or "").startswith("multipart/"):
        for name, values in sorted(request.POST.lists()):
            digest.update(json.dumps([name, values]).encode())
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                digest.update(json.dumps([name, file.name, file.size]).encode())
                for chunk in file.chunks():
                    digest.update(chunk)
                file.seek(0)
    else:
        digest.update(request.raw if hasattr(request, "raw") else request.body)
    return digest.hexdigest()


def _store(row: IdempotencyKey, response: HttpResponse, *, secret: bool) -> None:
    text = response.content.decode()
    row.status = response.status_code
    row.body = {"sealed": secrets.encrypt(text)} if secret else {"text": text}
    row.headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
    row.save(force_insert=True)


def _replay(row: IdempotencyKey, print_: str) -> HttpResponse:
    if row.fingerprint != print_:
        raise KeyReused
    body = row.body or {}
    text = secrets.decrypt(body["sealed"]) if "sealed" in body else body.get("text", "")
    response = HttpResponse(text, status=row.status, content_type="application/json")
    for name, value in row.headers.items():
        response[name] = value
    response[REPLAYED] = "true"
    return response

"""Endpoints that each declare their permission; everything common to all of them happens here, once."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, TypeVar

import pghistory
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router
from ninja.errors import ConfigError
from pydantic import TypeAdapter

from peyvand.api.auth import SIGNED_IN, ApiRequest, Session, Token
from peyvand.api.errors import BadVersion, VersionNeeded, VersionOutdated
from peyvand.api.idempotency import HEADER, once
from peyvand.api.problems import MEDIA_TYPE
from peyvand.core.errors import Conflict, TooLarge

F = TypeVar("F", bound=Callable[..., Any])
RAW_TYPE = "application/octet-stream"
ETAG = re.compile('"([0-9]{1,9})"')


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How one endpoint is called and answered.

    permission: a declared name, or SIGNED_IN; raw: largest body in bytes of an endpoint that reads it as it is;
    looks: called with that body (None: it is too large) and the path's values before the transaction of the write, so
    that what it writes down about a refused body stays;
    versioned: whether the caller must or can send If-Match; secret: the answer is shown once, so a stored copy is
    encrypted; gone: what 410 means here, in words, when the endpoint can answer it.
    """

    permission: str
    status: int
    response: Any = None
    raw: int = 0
    raw_type: str = RAW_TYPE
    looks: Callable[..., None] | None = None
    versioned: Literal["", "optional", "required"] = ""
    secret: bool = False
    file: bool = False
    gone: str = ""


class Endpoints:
    """A router. Each endpoint needs a permission, its own or the router's: without one it fails when imported."""

    def __init__(self, *, tag: str, permission: str | None = None) -> None:
        self.tag = tag
        self.permission = permission
        self.router = Router(tags=[tag])

    def get(self, path: str, *, response: Any, permission: str | None = None, **more: Any) -> Callable[[F], F]:
        """Read; `more` as in Rule. file: the answer is the file itself."""
        return self._add("GET", path, permission, status=200, response=response, **more)

    def post(
        self, path: str, *, response: Any, permission: str | None = None, status: int = 201, **more: Any
    ) -> Callable[[F], F]:
        """Make something or do something; `more` as in Rule."""
        return self._add("POST", path, permission, status=status, response=response, **more)

    def patch(self, path: str, *, response: Any, permission: str | None = None, **more: Any) -> Callable[[F], F]:
        """Change the given fields; `more` as in Rule."""
        return self._add("PATCH", path, permission, status=200, response=response, **more)

    def put(self, path: str, *, response: Any, permission: str | None = None, **more: Any) -> Callable[[F], F]:
        """Set something as a whole; `more` as in Rule."""
        return self._add("PUT", path, permission, status=200, response=response, **more)

    def delete(self, path: str, *, permission: str | None = None, **more: Any) -> Callable[[F], F]:
        """Take something away."""
        return self._add("DELETE", path, permission, status=204, response=None, **more)

    def _add(self, method: str, path: str, permission: str | None, **rule: Any) -> Callable[[F], F]:
        def register(function: F) -> F:
            wanted = permission or self.permission
            if not wanted:
                raise ConfigError(f"{function.__module__}.{function.__name__} declares no permission")
            made = Rule(permission=wanted, **rule)
            self.router.api_operation(
                [method],
                path,
                auth=[Token(wanted), Session(wanted)],
                response={made.status: made.response},
                operation_id=f"{self.tag}_{function.__name__}",
                url_name=f"{self.tag}_{function.__name__}",
                summary=(function.__doc__ or function.__name__).strip().splitlines()[0],
                description=None,
                openapi_extra=_documented(made, method),
            )(_ruled(function, made, writes=method != "GET"))
            return function

        return register


def router(*, tag: str, permission: str | None = None) -> Endpoints:
    """Return a router for the endpoints of one subject; `tag` heads them in the documentation."""
    return Endpoints(tag=tag, permission=permission)


def expected_version(request: ApiRequest) -> int:
    """The version in If-Match. Raises VersionNeeded when it is missing, BadVersion when it is no ETag of ours."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise VersionNeeded
    found = ETAG.fullmatch(given)
    if found is None:
        raise BadVersion
    return int(found[1])


def seen_version(request: ApiRequest) -> int | None:
    """The version in If-Match, or None when the caller does not mind what happened meanwhile."""
    return expected_version(request) if "If-Match" in request.headers else None


def _ruled(function: F, rule: Rule, *, writes: bool) -> Callable[..., HttpResponseBase]:
    adapter = TypeAdapter(rule.response) if rule.response is not None and not rule.file else None

    @wraps(function)
    def run(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if rule.raw:
            request.raw = _raw(request, rule, kwargs)
        if rule.versioned == "required":
            expected_version(request)

        def perform() -> HttpResponse:
            token = request.auth.token
            with pghistory.context(user=request.auth.user.pk, token=token.pk if token else None, url=request.path):
                try:
                    return _answer(request, function(request, *args, **kwargs), rule, adapter)
                except Conflict as error:
                    if type(error) is Conflict and "If-Match" in request.headers:
                        raise VersionOutdated from error
                    raise

        return once(request, perform, secret=rule.secret) if writes else perform()

    return run


def _answer(request: ApiRequest, result: Any, rule: Rule, adapter: "TypeAdapter[Any] | None") -> HttpResponse:
    """Write the declared fields of the result, its version as ETag, and 304 when the caller has it already."""
    if isinstance(result, HttpResponseBase):
        return result  # type: ignore[return-value]  # a file: streamed, never stored for replay
    if adapter is None:
        return HttpResponse(status=rule.status)
    made = isinstance(rule.response, type) and isinstance(result, rule.response)
    shown = result if made else adapter.validate_python(result, from_attributes=True, context={"request": request})
    response = HttpResponse(adapter.dump_json(shown), status=rule.status, content_type="application/json")
    version = getattr(shown, "version", None)
    if isinstance(version, int):
        response["ETag"] = f'"{version}"'
        if request.method == "GET" and request.headers.get("If-None-Match") == response["ETag"]:
            response = HttpResponse(status=304, headers={"ETag": response["ETag"]})
    return response


def _raw(request: ApiRequest, rule: Rule, path: dict[str, Any]) -> bytes:
    """The body as it came, read no further than one byte beyond the limit. Raises TooLarge and what `looks` raises."""
    announced = int(request.META.get("CONTENT_LENGTH") or 0)
    data: bytes = b"" if announced > rule.raw else request.read(rule.raw + 1)
    too_large = max(announced, len(data)) > rule.raw
    if rule.looks is not None:
        rule.looks(request, None if too_large else data, **path)
    if too_large:
        raise TooLarge
    return data


def _documented(rule: Rule, method: str) -> dict[str, Any]:
    """What the library cannot see by itself: headers, raw bodies, files, the permission."""
    extra: dict[str, Any] = {"x-permission": rule.permission}
    headers = [("Accept-Language", False, {"type": "string", "maxLength": 100})]
    if method != "GET":
        headers.append((HEADER, False, {"type": "string", "pattern": "^[!-~]{1,120}$"}))
    if rule.versioned:
        needed = rule.versioned == "required"
        headers.append(("If-Match", needed, {"type": "string", "pattern": '^"[0-9]{1,9}"$'}))
    extra["parameters"] = [
        {"in": "header", "name": name, "required": needed, "schema": schema} for name, needed, schema in headers
    ]
    if rule.raw:
        binary = {"schema": {"type": "string", "format": "binary"}}
        extra["requestBody"] = {"required": True, "content": {rule.raw_type: binary}}
    if rule.file:
        binary = {"schema": {"type": "string", "format": "binary"}}
        extra["responses"] = {rule.status: {"description": "OK", "content": {"*/*": binary}}}
    if rule.gone:
        problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        extra["responses"] = {410: {"description": rule.gone, "content": problem}}
    return extra


__all__ = ["SIGNED_IN", "Endpoints", "expected_version", "router", "seen_version"]

"""The API as a whole: every answer a problem or a declared shape, whatever goes wrong before or after an endpoint."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, re_path
from django.utils import translation
from django.utils.cache import patch_vary_headers
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ConfigError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from peyvand.accounts.permissions import all_permissions
from peyvand.api import problems
from peyvand.api.auth import SIGNED_IN, Session, Token
from peyvand.api.router import Endpoints
from peyvand.api.schemas import Problem
from peyvand.core.errors import NotFound

DEEPEST = 40
_PROBLEMS = {
    400: "The request cannot be read",
    401: "Not logged in",
    403: "Not allowed",
    404: "No such record, or not visible to you",
    405: "This address does not know that method",
    409: "Conflict with the present state",
    412: "Changed meanwhile (If-Match)",
    413: "Too large",
    422: "Some values cannot be accepted",
    428: "If-Match is missing",
    429: "Too many calls",
    503: "Something behind us cannot be reached right now",
}


class SafeParser(Parser):
    """Reads JSON and queries; refuses what the database cannot hold: NUL characters, NaN, bottomless nesting."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        data = super().parse_body(request)
        _check(data)
        return data

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        for values in data.lists():
            for value in values[1]:
                if isinstance(value, str) and "\x00" in value:
                    raise HttpError(400, "NUL")
        return super().parse_querydict(data, list_fields, request)


def _check(value: Any, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, str) and "\x00" in value:
        raise ValueError("NUL")
    if isinstance(value, float) and value != value:
        raise ValueError("NaN")
    if isinstance(value, dict):
        for key, each in value.items():
            _check(key, depth + 1)
            _check(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            _check(each, depth + 1)


class PeyvandAPI(NinjaAPI):
    """django-ninja with problems for every error and endpoints that must declare a permission."""

    def __init__(self, **options: Any) -> None:
        super().__init__(docs_url=None, parser=SafeParser(), **options)
        self._described: dict[str, OpenAPISchema] = {}

    def set_default_exception_handlers(self) -> None:
        for kind in (Exception, HttpError, ValidationError, AuthenticationError):
            self.add_exception_handler(kind, problems.render)

    def mount(self, prefix: str, endpoints: Endpoints) -> None:
        """Add the endpoints of a subject below `prefix`."""
        self.add_router(prefix, endpoints.router)

    def check_permissions(self) -> None:
        """Raise ConfigError for an endpoint that is open, asks an undeclared permission or has a strange login."""
        known = {SIGNED_IN, *all_permissions()}
        for bound in self._get_bound_routers():
            for path, view in bound.path_operations.items():
                for operation in view.operations:
                    asked = {getattr(each, "permission", "") for each in operation.auth_callbacks}
                    if [type(each) for each in operation.auth_callbacks] != [Token, Session] or not asked <= known:
                        raise ConfigError(f"{bound.prefix}{path} must declare one known permission, not {asked}")

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        self.check_permissions()
        found = [*super()._get_urls(), re_path(r"^.*$", not_found, name="nowhere")]
        for pattern in found:
            if isinstance(pattern, URLPattern):
                pattern.callback = _framed(pattern.callback)
        return found

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description of every endpoint, with the problems that each may answer; made once, it takes a second."""
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        if prefix not in self._described:
            self._described[prefix] = self._describe(prefix)
        return self._described[prefix]

    def _describe(self, prefix: str) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=prefix)
        content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        found = Problem.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
        schema["components"]["schemas"] |= found.pop("$defs") | {"Problem": found}
        for path in schema["paths"].values():
            for operation in path.values():
                for status, text in _PROBLEMS.items():
                    operation["responses"].setdefault(status, {"description": text, "content": content})
        return schema


def _framed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Around every address: the caller's language, problems instead of pages, nothing cached."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = "Accept-Language" in request.headers
        asked_for_head = request.method == "HEAD"
        language = translation.get_language_from_request(request) if asked else translation.get_language() or "fa"
        with translation.override(language), _head_as_get(request):
            try:
                response = view(request, *args, **kwargs)
            except Exception as error:  # noqa: BLE001 -- whatever it is, the client gets a problem and we a log line
                response = problems.render(request, error)
            if response.status_code == 405 and response.headers.get("Content-Type") != problems.MEDIA_TYPE:
                allowed = response["Allow"]
                response = problems.problem(problems.MethodNotAllowed())
                response["Allow"] = allowed
            if asked_for_head and response.streaming:  # what was not read is closed, so that nothing counts as taken
                response.streaming_content = ()  # type: ignore[attr-defined]  # of a StreamingHttpResponse
            response.setdefault("Cache-Control", "no-store")
            response.setdefault("Content-Language", translation.get_language() or language)
            patch_vary_headers(response, ("Accept-Language", "Authorization", "Cookie"))
        return response

    run.csrf_exempt = True  # type: ignore[attr-defined]  # the session login checks it itself
    return run


@contextmanager
def _head_as_get(request: HttpRequest) -> Iterator[None]:
    """HEAD is answered as GET (RFC 9110, 9.3.2); the server leaves the body out."""
    asked = request.method
    if asked == "HEAD":
        request.method = "GET"
    try:
        yield
    finally:
        request.method = asked


def not_found(request: HttpRequest) -> HttpResponse:
    """The problem for an address that leads nowhere."""
    return problems.problem(NotFound())

"""Who may open a page. Every view says so: `@page()`, `@page("cartable.refer")` or `@public`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.cache import patch_cache_control

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.errors import NotFound
from peyvand.web.http import redirect

View = Callable[..., HttpResponseBase]
OWN_GUARDS = ("peyvand.api.", "peyvand.config.health", "peyvand.config.live")


@dataclass(frozen=True)
class Access:
    """What a view declared: open to everybody, or to who is logged in and holds `permission` (if it names one)."""

    is_public: bool
    permission: str = ""


def page(permission: str = "") -> Callable[[View], View]:
    """Let in who is logged in, and holds `permission` in some scope when one is named.

    Others go to the login page and come back, or get NotAllowed. The record itself is checked by the selector
    (`visible_to`) and by the service.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_login(request)
            if permission:
                require(request.user, permission)
            response = view(request, *args, **kwargs)
            if not response.has_header("Cache-Control"):
                patch_cache_control(response, private=True, no_cache=True)
            return response

        return _declared(guarded, Access(is_public=False, permission=permission))

    return decorate


def signed_in(request: HttpRequest) -> User:
    """Return who asks, on a page that `@page` guards. Raises NotFound for anybody else."""
    if not isinstance(request.user, User):
        raise NotFound
    return request.user


def public(view: View) -> View:
    """Let everybody in, logged in or not."""
    return _declared(view, Access(is_public=True))


def access_of(view: Any) -> Access | None:
    """Return what a view declared, None when it declared nothing."""
    found = getattr(view, "pv_access", None)
    return found if isinstance(found, Access) else None


def undeclared_views(resolver: URLResolver | None = None, *, root: str = "peyvand.") -> list[str]:
    """Return the dotted names of our own pages that no decorator opened; a test keeps this list empty.

    The API, health and the live stream are not pages: they guard themselves.
    """
    names = set()
    for pattern in _patterns(resolver or get_resolver()):
        view = pattern.callback
        module = getattr(view, "__module__", "") or ""
        if module.startswith(root) and not module.startswith(OWN_GUARDS) and access_of(view) is None:
            names.add(f"{module}.{getattr(view, '__qualname__', view.__class__.__qualname__)}")
    return sorted(names)


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


def _declared(view: View, access: Access) -> View:
    view.pv_access = access  # type: ignore[attr-defined]  # a function may carry what it declared
    return view


def _to_login(request: HttpRequest) -> HttpResponse:
    htmx: Any = getattr(request, "htmx", None)
    back = htmx.current_url_abs_path if htmx and htmx.current_url_abs_path else request.get_full_path()
    return redirect(request, redirect_to_login(back).url)

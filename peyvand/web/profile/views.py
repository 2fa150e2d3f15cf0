"""«نمایه»: one's own settings, password, second step, passkeys, sessions and tokens."""

from datetime import timedelta
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peyvand.accounts import selectors, services
from peyvand.accounts.models import ApiToken, User
from peyvand.accounts.permissions import groups
from peyvand.accounts.policies import may, scope_of
from peyvand.core.errors import NotFound
from peyvand.web.access import page
from peyvand.web.administration.sections import sections_for
from peyvand.web.administration.words import scope_name
from peyvand.web.profile.forms import PasswordForm, PreferencesForm, TokenForm
from peyvand.web.refusals import attempt, succeeded
from peyvand.web.toasts import toast
from peyvand.web.views import signed_in


def show(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a page of the profile with its list of pages beside it."""
    own = [each for each in sections_for(signed_in(request)) if each.personal]
    at = {"here": f"profile:{name}", "may_use_tokens": may(request.user, "accounts.token"), "own_sections": own}
    return render(request, f"profile/{name}.html", at | context, status=status)


@require_http_methods(["GET", "POST"])
@page()
def preferences(request: HttpRequest) -> HttpResponse:
    """Language, calendar, digits, theme, shortcuts."""
    user = signed_in(request)
    form = PreferencesForm(request.POST) if request.method == "POST" else PreferencesForm.of(user)
    if form.is_valid():
        services.change_preferences(actor=user, **form.cleaned_data)
        toast(request, _("Saved"))
        return redirect("profile:preferences")
    return show(request, "preferences", {"form": form}, status=422 if form.errors else 200)


@require_GET
@page()
def access(request: HttpRequest) -> HttpResponse:
    """What one may do and why: roles, and the widest scope of every permission."""
    user = signed_in(request)
    held = [
        (group.label, [(each.label, scope_name(scope_of(user, each.name))) for each in group.permissions])
        for group in groups()
    ]
    grants = user.grants.select_related("role").order_by("id")
    return show(request, "access", {"held": held, "grants": grants})


@sensitive_post_parameters("current", "password", "again")
@require_http_methods(["GET", "POST"])
@page()
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; all other sessions end."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and succeeded(form, lambda: _change_password(request, form)):
        toast(request, _("The password was changed; your other sessions have ended."))
        return redirect("profile:security")
    return show(request, "password", {"form": form}, status=422 if form.errors else 200)


def _change_password(request: HttpRequest, form: PasswordForm) -> bool:
    user = signed_in(request)
    services.change_password(
        actor=user,
        current=form.cleaned_data["current"],
        password=form.cleaned_data["password"],
        keep_session=request.session.session_key or "",
    )
    update_session_auth_hash(request, user)
    return True


@require_GET
@page()
def security(request: HttpRequest) -> HttpResponse:
    """Password, second step, recovery codes, passkeys."""
    user = signed_in(request)
    held = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    kinds = {each.type: each for each in held}
    context = {
        "totp": kinds.get(Authenticator.Type.TOTP),
        "recovery": kinds.get(Authenticator.Type.RECOVERY_CODES),
        "passkeys": [each for each in held if each.type == Authenticator.Type.WEBAUTHN],
    }
    return show(request, "security", context)


@require_GET
@page()
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is logged in."""
    return show(request, "sessions", {"sessions": selectors.sessions_of(signed_in(request))})


@require_POST
@page()
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions."""
    found = [each for each in selectors.sessions_of(signed_in(request)) if each.pk == pk]
    if not found:
        raise NotFound
    found[0].end()
    toast(request, _("The session has ended."))
    return redirect("profile:sessions")


@require_POST
@page()
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions but this one."""
    services.end_sessions(user=signed_in(request), keep=request.session.session_key or "")
    toast(request, _("All other sessions have ended."))
    return redirect("profile:sessions")


@require_http_methods(["GET", "POST"])
@page("accounts.token")
@reauthentication_required(app="allauth.mfa", allow_get=True)  # type: ignore[untyped-decorator]  # allauth has no types
def tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens; a new one is shown once, and asks for a recent login."""
    user = signed_in(request)
    form = TokenForm(user, request.POST if request.method == "POST" else None)
    secret = ""
    if form.is_valid():
        secret = attempt(form, lambda: _new_token(user, form)) or ""
    fresh = TokenForm(user) if secret else form
    context = {"form": fresh, "secret": secret, "tokens": selectors.tokens_of(user)}
    response = show(request, "tokens", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def _new_token(user: User, form: TokenForm) -> str:
    days = int(form.cleaned_data["days"])
    _token, secret = services.create_token(
        actor=user,
        user=user,
        name=form.cleaned_data["name"],
        scopes=form.cleaned_data["scopes"],
        expires_at=timezone.now() + timedelta(days=days) if days else None,
    )
    return secret


@require_POST
@page("accounts.token")
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own tokens."""
    user = signed_in(request)
    token = ApiToken.objects.filter(user=user, pk=pk).first()
    if token is None:
        raise NotFound
    services.revoke_token(actor=user, token=token)
    toast(request, _("The token does not work any more."))
    return redirect("profile:tokens")

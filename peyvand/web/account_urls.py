"""The addresses of login: of allauth's only what Peyvand uses; the rest leads to our own pages."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, re_path

from peyvand.web import account_mail
from peyvand.web.access import page, public


@public
def to_login(request: HttpRequest) -> HttpResponse:
    """There is no sign-up: accounts are made by an administrator."""
    return redirect("account_login")


@page()
def to_profile(request: HttpRequest, **_address: Any) -> HttpResponse:
    """One's own settings are on the profile's pages."""
    return redirect("profile:security")


@page()
def to_sessions(request: HttpRequest) -> HttpResponse:
    """One's sessions are on the profile's page."""
    return redirect("profile:sessions")


@public
def password_reset(request: HttpRequest) -> HttpResponse:
    """Send a link by mail; without a way to send mail a forgotten password is the administrator's business."""
    if not account_mail.can_send():
        return render(request, "account/password_reset_unavailable.html")
    response: HttpResponse = account.password_reset(request)
    return response


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", to_login, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("email/", to_profile, name="account_email"),
    path("confirm-email/", to_login, name="account_email_verification_sent"),
    path("password/change/", to_profile, name="account_change_password"),
    path("password/set/", to_profile, name="account_set_password"),
    path("password/reset/", password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", to_profile, name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("2fa/webauthn/", to_profile, name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("2fa/webauthn/reauthenticate/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("sessions/", to_sessions, name="usersessions_list"),
]

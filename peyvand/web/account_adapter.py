"""Our answers to what allauth asks: no sign-up, limits per account, encrypted secrets, our toasts."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from peyvand.accounts.logins import normalise_login
from peyvand.accounts.models import User
from peyvand.accounts.services import end_sessions
from peyvand.core.secrets import decrypt, encrypt
from peyvand.web import account_mail

SILENT = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}
LEVELS = {messages.ERROR: "bad", messages.WARNING: "warn"}


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by administrators; everything else is allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One counter per person, however his name or address is spelled and whichever of them is typed."""
        name = normalise_login(str(credentials.get("email") or credentials.get("username") or ""))
        found = User.objects.filter(Q(username=name) | Q(email=name)).exclude(username="").values_list("pk", flat=True)
        known = found.first() if name else None
        return f"login:{name}" if known is None else f"login:#{known}"

    def set_password(self, user: User, password: str) -> None:
        """Set a forgotten password anew: whoever was logged in is so no more."""
        user.set_password(password)
        user.password_changed_at = timezone.now()
        user.save(update_fields=["password", "password_changed_at"])
        end_sessions(user=user)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The page of a new password at the address of this installation, whatever host a request names."""
        given = urlsplit(super().get_reset_password_from_key_url(key))
        return f"{settings.BASE_URL}{given.path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send through the organisation's own channel; without one nothing is sent."""
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        account_mail.send(to=email, subject=subject, text=render_to_string(f"{template_prefix}_message.txt", context))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile:security")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Show allauth's news as toasts; that one has logged in needs no news."""
        if message_template not in SILENT:
            kwargs["extra_tags"] = LEVELS.get(level, "ok")
            super().add_message(request, level, message_template, *args, **kwargs)


class SecretMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Keeps the secrets of second factors encrypted."""

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

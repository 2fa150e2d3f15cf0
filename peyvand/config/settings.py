"""Every setting of Peyvand in one place, read through `env`."""

import os
import secrets
from pathlib import Path
from zoneinfo import available_timezones

from csp.constants import NONE, SELF

from peyvand.config.env import BadSetting, Env
from peyvand.config.postgres import database_settings

env = Env()
ROOT = Path(__file__).resolve().parent.parent.parent
DATA = env.folder("PEYVAND_DATA", ROOT / "var")
DEBUG = env.flag("PEYVAND_DEBUG", False)
LOG_LEVEL = env.choice("PEYVAND_LOG_LEVEL", "INFO", {"DEBUG", "INFO", "WARNING", "ERROR"})
PORT = env.number("PORT", 8000, 1, 65535)
BIND = env.text("PEYVAND_BIND", "127.0.0.1")
BASE_URL = env.url("PEYVAND_BASE_URL", f"http://localhost:{PORT}", {"http", "https"}).rstrip("/")
HTTPS = BASE_URL.startswith("https://")
DEMO = env.flag("DEMO", True)  # whether an empty database gets the demo company


def _secret_key() -> str:
    """Return the key of this installation, made at the first start and kept in the data folder."""
    given = env.text("PEYVAND_SECRET_KEY", "")
    if given:
        if len(given) < 50:
            raise BadSetting("PEYVAND_SECRET_KEY is shorter than 50 characters; leave it out to have one made.")
        return given
    path = DATA / "secret_key"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{secrets.token_hex(4)}")
        part.touch(mode=0o600)
        part.write_text(secrets.token_urlsafe(64))
        try:
            path.hardlink_to(part)
        except FileExistsError:
            pass
        part.unlink()
    return path.read_text().strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.names("PEYVAND_ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "peyvand.core",
    "peyvand.accounts",
    "peyvand.web",
    "peyvand.api",
    "peyvand.parties",
    "peyvand.channels",
    "peyvand.activities",
    "peyvand.cartable",
    "peyvand.sales",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "pgtrigger",
    "pghistory",
    "template_partials",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "peyvand.web.middleware.PreferencesMiddleware",
    "peyvand.web.middleware.ErrorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "peyvand.config.urls"
WSGI_APPLICATION = "peyvand.config.wsgi.application"
ASGI_APPLICATION = "peyvand.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "peyvand.web.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "peyvand.web.templatetags.pv"],
        },
    }
]

DATABASES = {"default": database_settings(env=env, data=DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody has us write to strangers
ACCOUNT_ADAPTER = "peyvand.web.account_adapter.ClosedAccountAdapter"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("PEYVAND_TRUSTED_PROXIES", 0, 0, 5)
ACCOUNT_FORMS = {
    "login": "peyvand.web.account_forms.LoginForm",
    "reset_password": "peyvand.web.account_forms.ResetPasswordForm",
}
MFA_ADAPTER = "peyvand.web.account_adapter.SecretMFAAdapter"
MFA_FORMS = {
    "authenticate": "peyvand.web.account_forms.AuthenticateForm",
    "reauthenticate": "peyvand.web.account_forms.ReauthenticateForm",
    "activate_totp": "peyvand.web.account_forms.ActivateTOTPForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Peyvand"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-peyvand" if HTTPS else "peyvand"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "peyvand.web.views.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_MAX_BYTES = 25 * 1024 * 1024
IMPORT_MAX_BYTES = env.number("PEYVAND_IMPORT_MAX_MB", 512, 1, 4096) * 1024 * 1024
IMPORT_LANES = env.number("PEYVAND_IMPORT_LANES", min(2, os.cpu_count() or 1), 1, 8)  # 1: block after block
IMPORT_LANES_FROM = env.number("PEYVAND_IMPORT_LANES_FROM", 50_000, 1, 10**9)  # rows

LANGUAGE_CODE = "fa"
LANGUAGES = [("fa", "فارسی"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.choice("PEYVAND_TIME_ZONE", "Asia/Tehran", available_timezones())

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # the server of static files insists on the folder
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

SMTP_BIND = env.text("PEYVAND_SMTP_BIND", "127.0.0.1")
SMTP_PORT = env.number("PEYVAND_SMTP_PORT", 2525, 1, 65535)
LMTP_SOCKET = env.socket("PEYVAND_LMTP_SOCKET")
MAIL_DOMAIN = env.text("PEYVAND_MAIL_DOMAIN", "peyvand.localhost")
ALLOWED_PRIVATE_HOSTS = env.names("PEYVAND_ALLOWED_PRIVATE_HOSTS", ["localhost", "127.0.0.1", "::1"])
WEB_PROCESSES = env.number("PEYVAND_WEB_PROCESSES", 1, 1, 64)
WEB_THREADS = env.number("PEYVAND_WEB_THREADS", 4, 1, 64)

PROCRASTINATE_ON_APP_READY = "peyvand.core.queue.on_app_ready"
REACTIONS = "peyvand.config.reactions.REACTIONS"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "mail.log": {"level": "WARNING"},
        "mail.error": {"level": "WARNING"},
    },
}

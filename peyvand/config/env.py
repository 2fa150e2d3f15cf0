"""Typed reading of the environment: one sentence for every bad value, before anything else starts."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

KNOWN = {
    "PEYVAND_DATA",
    "PEYVAND_DEBUG",
    "PEYVAND_SECRET_KEY",
    "PEYVAND_ALLOWED_HOSTS",
    "PEYVAND_BASE_URL",
    "PEYVAND_BIND",
    "PEYVAND_TIME_ZONE",
    "PEYVAND_TRUSTED_PROXIES",
    "PEYVAND_SMTP_PORT",
    "PEYVAND_SMTP_BIND",
    "PEYVAND_LMTP_SOCKET",
    "PEYVAND_MAIL_DOMAIN",
    "PEYVAND_ALLOWED_PRIVATE_HOSTS",
    "PEYVAND_WEB_PROCESSES",
    "PEYVAND_WEB_THREADS",
    "PEYVAND_LOG_LEVEL",
    "PEYVAND_IMPORT_LANES",
    "PEYVAND_IMPORT_LANES_FROM",
    "PEYVAND_IMPORT_MAX_MB",
}


class BadSetting(Exception):
    """A setting has a value that cannot be used; the message names it and says what is expected."""


class Env:
    """Reads settings from a mapping of strings, as `os.environ`."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = os.environ if values is None else values
        unknown = sorted(n for n in self.values if n.startswith("PEYVAND_") and n not in KNOWN)
        if unknown:
            raise BadSetting(f"{unknown[0]} is not a setting of Peyvand; known ones: {', '.join(sorted(KNOWN))}.")

    def text(self, name: str, default: str) -> str:
        return self.values.get(name, "").strip() or default

    def flag(self, name: str, default: bool) -> bool:
        value = self.text(name, "1" if default else "0").lower()
        if value in {"1", "true", "yes", "on"}:
            return True
        if value in {"0", "false", "no", "off"}:
            return False
        raise BadSetting(f"{name} is {value!r}; write 1 or 0.")

    def number(self, name: str, default: int, low: int, high: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise BadSetting(f"{name} is {value!r}; write a whole number from {low} to {high}.")
        return int(value)

    def choice(self, name: str, default: str, among: set[str]) -> str:
        value = self.text(name, default)
        if value not in among:
            raise BadSetting(f"{name} is {value!r}; write one of {', '.join(sorted(among))}.")
        return value

    def names(self, name: str, default: list[str]) -> list[str]:
        value = self.text(name, "")
        return [part.strip() for part in value.split(",") if part.strip()] or default

    def folder(self, name: str, default: Path) -> Path:
        path = Path(self.text(name, str(default))).expanduser().absolute()
        if path.exists() and not path.is_dir():
            raise BadSetting(f"{name} is {str(path)!r}, which is a file; name a folder.")
        return path

    def socket(self, name: str) -> str:
        """The path of a local socket in a folder that is there; empty when none is wanted."""
        value = self.text(name, "")
        if value and not Path(value).absolute().parent.is_dir():
            raise BadSetting(f"{name} is {value!r}, but its folder is not there.")
        return value

    def url(self, name: str, default: str, schemes: set[str]) -> str:
        value = self.text(name, default)
        try:
            scheme = urlsplit(value).scheme
        except ValueError:
            raise BadSetting(f"{name} is not a URL: its host cannot be read.") from None
        if value and scheme not in schemes:
            raise BadSetting(f"{name} is not a URL that starts with {' or '.join(sorted(schemes))}://.")
        return value

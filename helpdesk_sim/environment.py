"""The environment, read strictly: what cannot be meant is refused at the start, with its value and what to do."""

import builtins
import re
from decimal import Decimal
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

from helpdesk_sim.logs import mask

YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")
DATABASES = ("postgres", "postgresql", "sqlite")
MAILERS = ("smtp", "smtp+tls", "smtp+ssl", "smtps", "dummymail", "consolemail", "filemail", "memorymail")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def refused(name: str, value: str, ask: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is {safe(value)!r}. {ask}")


def safe(value: str) -> str:
    """Without what stands before an @, where addresses carry user names and passwords."""
    return mask(re.sub(r"(?s)^([\w+]+://)?.*@", r"\1[secret]@", value))


class Environment(environ.Env):
    """Every method takes the name of a variable and its default, and raises `ImproperlyConfigured`."""

    def int(self, name: str, default: builtins.int, least: builtins.int = 0) -> builtins.int:
        value = self(name, default=str(default)).strip()
        if not value.isascii() or not value.isdigit() or builtins.int(value) < least:
            raise refused(name, value, f"Give a whole number of at least {least}.")
        return builtins.int(value)

    def bool(self, name: str, default: builtins.bool) -> builtins.bool:
        value = self(name, default=str(default)).strip().lower()
        if value not in (*YES, *NO):
            raise refused(name, value, "Give 1 or 0.")
        return value in YES

    def db(self, name: str, default: str) -> dict[str, Any]:
        """The entry of `DATABASES`."""
        value = self(name, default=default)
        ask = "Give postgres://user:password@host:5432/name, its user and password URL-quoted, or sqlite:///file."
        parts = self._parts(name, value, DATABASES, ask)
        if parts.scheme != "sqlite" and not (parts.hostname and parts.path.strip("/")):
            raise refused(name, value, ask)
        return super().db_url_config(value)

    def email_url(self, name: str, default: str) -> dict[str, Any]:
        """Django's settings of mail."""
        value = self(name, default=default)
        ask = "Give smtp+tls://user:password@host:587, its user and password URL-quoted, or dummymail:// for none."
        parts = self._parts(name, value, MAILERS, ask)
        if parts.scheme.startswith("smtp") and not parts.hostname:
            raise refused(name, value, ask)
        return super().email_url_config(value)

    def redis(self, name: str) -> str:
        """Empty for none."""
        value = self(name, default="")
        ask = "Give redis://host:6379/1 (rediss:// over TLS), or leave it unset to run all in one process."
        if value:
            parts = self._parts(name, value, ("redis", "rediss"), ask)
            if not parts.hostname or not re.fullmatch(r"(/\d*)?", parts.path):
                raise refused(name, value, ask)
        return value

    def site(self, name: str, default: str) -> str:
        """Where people find the site: scheme, host and perhaps a port."""
        value = self(name, default=default)
        ask = "Give the address that people type, without a path: https://helpdesk.example.com"
        parts = self._parts(name, value, ("http", "https"), ask)
        if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
            raise refused(name, value, ask)
        return value.rstrip("/")

    def hosts(self, name: str, default: list[str]) -> list[str]:
        """Names of hosts, without scheme and port."""
        for host in (hosts := [host.strip() for host in self.list(name, default=default)]):
            if not re.fullmatch(r"\*|\.?[\w.-]+|\[[0-9a-f:.]+\]", host, re.IGNORECASE):
                raise refused(
                    name, host, "Give names alone, separated by commas: helpdesk.example.com,localhost"
                )
        return hosts

    def languages(self, name: str, default: list[str]) -> list[tuple[str, str]]:
        """Their codes, and what they call themselves."""
        codes = [code.strip() for code in self.list(name, default=default)]
        for code in codes:
            if "name_local" not in LANG_INFO.get(code, {}):
                raise refused(name, code, "Give codes that Django knows, separated by commas: en,nl,pt-br")
        return [(code, LANG_INFO[code]["name_local"]) for code in codes]

    def level(self, name: str, default: str) -> str:
        """Of the log."""
        value = self(name, default=default).upper()
        if value not in LEVELS:
            raise refused(name, value, f"Give one of {', '.join(LEVELS)}.")
        return value

    def service(self, name: str) -> str:
        """The http address of something that listens to us; empty for none."""
        value = self(name, default="")
        ask = "Give its whole address, http:// or https://, or leave it unset."
        if value and not self._parts(name, value, ("http", "https"), ask).hostname:
            raise refused(name, value, ask)
        return value

    def choice(self, name: str, default: str, of: tuple[str, ...]) -> str:
        value = self(name, default=default).strip().lower()
        if value not in of:
            raise refused(name, value, f"Give one of {', '.join(of)}.")
        return value

    def decimal(self, name: str, default: str = "0") -> Decimal:
        """A number that is not negative."""
        value = self(name, default=default).strip()
        if not re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value):
            raise refused(name, value, "Give a number with a point, for instance 0.15.")
        return Decimal(value)

    def listen(self, name: str) -> tuple[str, builtins.int] | None:
        """(address, port) to listen at; None for none."""
        value = self(name, default="")
        ask = "Give address:port, for instance 127.0.0.1:9100 or, among machines inside, 0.0.0.0:9100."
        if not value:
            return None
        parts = self._parts(name, f"tcp://{value}", ("tcp",), ask)
        if not parts.hostname or not parts.port or parts.path:
            raise refused(name, value, ask)
        return parts.hostname, parts.port

    def _parts(self, name: str, value: str, schemes: tuple[str, ...], ask: str) -> SplitResult:
        try:
            parts = urlsplit(value)
            if parts.scheme != "sqlite":
                _ = parts.port  # raises for a port that is no number
        except ValueError:  # its words may hold half a password
            raise refused(name, value, ask) from None
        if parts.scheme not in schemes or "://" not in value:
            raise refused(name, value, ask)
        return parts

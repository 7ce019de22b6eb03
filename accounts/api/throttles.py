"""What costs much is slow: guessing passwords, by machine and by address, and drawing the schema."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from accounts.models import digest


class LoginByMachine(SimpleRateThrottle):
    scope = "login"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return f"login-machine-{self.get_ident(request)}"


class SchemaByMachine(SimpleRateThrottle):
    scope = "schema"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return f"schema-machine-{self.get_ident(request)}"


class LoginByAddress(SimpleRateThrottle):
    scope = "login"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        email = request.data.get("email") if isinstance(request.data, dict) else None
        return f"login-address-{digest(email.strip().lower())}" if isinstance(email, str) else None

"""`Authorization: Bearer <token or key>`."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from structlog.contextvars import bind_contextvars

from accounts import services
from accounts.models import ApiKey, ApiToken, Scope, User


class TokenAuthentication(BaseAuthentication):
    """The token of a sign-in, or a key that a person made for a program."""

    keyword = "Bearer"

    def authenticate(self, request: Request) -> tuple[User, ApiToken | ApiKey] | None:
        scheme, _space, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != self.keyword.lower():
            return None
        held = services.held_by(token=token.strip(), now=timezone.now())
        if held is None:
            raise AuthenticationFailed(_("This token is not valid, or no longer. Sign in or refresh it."))
        bind_contextvars(user_id=str(held.user.pk))
        return held.user, held

    def authenticate_header(self, request: Request) -> str:
        return self.keyword


class ScopeOfKey(BasePermission):
    """The one place that says what a key opens; sign-ins pass.

    Reading needs `Scope.READ`, anything else what the view says as `scope` (`Scope.LEARN` unless it says so). A view
    of the account itself gives a scope by method instead, and what is not named there is closed to keys.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        scope = needed_scope(view, request.method or "GET")
        if services.opens(request.auth, scope):
            return True
        self.message = (
            _("This key has not the scope “%(scope)s”.") % {"scope": scope}
            if scope
            else _("No key opens this: sign in.")
        )
        return False


def needed_scope(view: Any, method: str) -> Scope | None:
    scope = getattr(view, "scope", Scope.LEARN)
    if isinstance(scope, dict):
        return scope.get("GET" if method in SAFE_METHODS else method)
    return Scope.READ if method in SAFE_METHODS else scope


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}

"""Who is at the other end of a socket: a browser with its cookie, or a client with a token."""

from collections.abc import Awaitable, Callable
from typing import Any

from channels.auth import AuthMiddlewareStack
from channels.db import database_sync_to_async
from channels.security.websocket import AllowedHostsOriginValidator
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

PROTOCOL = "helpdesk.v1"
TOKEN_PREFIX = "token."  # noqa: S105 (a prefix, not a secret)

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


def signed_in_sockets(app: Application) -> Application:
    """Put `user` (anonymous if none) and `accept_subprotocol` into the scope of `app`.

    A cookie is believed only from an origin that is ours; a token needs no origin,
    since no browser sends one by itself.
    """
    with_cookie = AllowedHostsOriginValidator(AuthMiddlewareStack(app))

    async def identify(scope: dict[str, Any], receive: Any, send: Any) -> None:
        offered = scope.get("subprotocols", [])
        scope = scope | {"accept_subprotocol": PROTOCOL if PROTOCOL in offered else None}
        token = next((word for word in offered if word.startswith(TOKEN_PREFIX)), None)
        if token is None:
            await with_cookie(scope, receive, send)
        else:
            user = await _person_with(token.removeprefix(TOKEN_PREFIX))
            await app(scope | {"user": user}, receive, send)

    return identify


@database_sync_to_async
def _person_with(token: str) -> Any:
    from accounts.models import ApiToken  # apps are not ready when this module is imported

    held = ApiToken.objects.valid(token, now=timezone.now())
    return held.user if held else AnonymousUser()

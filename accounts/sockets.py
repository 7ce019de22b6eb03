"""Who is at the other end of a socket: a browser with its cookie, or a client with a token; and whether still."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.security.websocket import AllowedHostsOriginValidator, WebsocketDenier
from channels.sessions import SessionMiddlewareStack
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone

from accounts.live import person_group, remember_loop

PROTOCOL = "helpdesk.v1"
TOKEN_PREFIX = "token."  # noqa: S105 (a prefix, not a secret)
NOT_SIGNED_IN, NOWHERE, TOO_SLOW = 4401, 4404, 4408
SLOWEST_READER_S = 20.0
ASK_EVERY_S = 5.0

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


def signed_in_sockets(app: Application) -> Application:
    """Put `user` (anonymous if none), `who` (asks for the user again) and `accept_subprotocol` into the scope.

    A cookie is believed only from an origin that is ours; a token needs no origin,
    since no browser sends one by itself.
    """

    async def by_cookie(scope: dict[str, Any], receive: Any, send: Any) -> None:
        who = partial(_person_of_session, scope["session"].session_key)
        user = await database_sync_to_async(who)()
        await app(scope | {"user": user, "who": who}, receive, send)

    with_cookie = AllowedHostsOriginValidator(SessionMiddlewareStack(by_cookie))
    denied = WebsocketDenier.as_asgi()

    async def identify(scope: dict[str, Any], receive: Any, send: Any) -> None:
        offered = scope.get("subprotocols", [])
        scope = scope | {"accept_subprotocol": PROTOCOL if PROTOCOL in offered else None}
        token = next((word for word in offered if word.startswith(TOKEN_PREFIX)), None)
        if token is None:
            await (with_cookie if _names_origin(scope) else denied)(scope, receive, send)
        else:
            user, who = await database_sync_to_async(_holder_of)(token.removeprefix(TOKEN_PREFIX))
            await app(scope | {"user": user, "who": who}, receive, send)

    return identify


def _names_origin(scope: dict[str, Any]) -> bool:
    """Whether the origin can be read at all: the validator breaks on half an IPv6 address."""
    try:
        urlsplit(dict(scope["headers"]).get(b"origin", b"").decode("latin-1"))
    except ValueError:
        return False
    return True


class SignedInConsumer(AsyncWebsocketConsumer):
    """Closes when its person may no longer have it.

    It asks when told to (`live.ask_again`), and with frames, at most every five seconds.
    """

    asked_at = 0.0
    leaving = False

    async def stay_while_signed_in(self) -> None:
        """Call once the person is known and let in."""
        remember_loop()
        self.asked_at = time.monotonic()
        self.home = person_group(self.scope["user"].pk)
        await self.channel_layer.group_add(self.home, self.channel_name)

    async def send(self, *args: Any, **kwargs: Any) -> None:
        """A server that has buffered enough waits for the reader; who takes nothing for so long is let go."""
        try:
            async with asyncio.timeout(SLOWEST_READER_S):
                await super().send(*args, **kwargs)
        except TimeoutError:
            if not self.leaving:
                await self.leave(TOO_SLOW)

    async def leave(self, code: int) -> None:
        self.leaving = True
        await self.close(code)

    async def disconnect(self, code: int) -> None:
        if home := getattr(self, "home", None):
            await self.channel_layer.group_discard(home, self.channel_name)

    async def recheck(self, event: dict[str, Any] | None = None) -> None:
        """From the channel layer, and before a frame."""
        self.asked_at = time.monotonic()
        if not self.leaving and (code := await self.reason_to_close()):
            await self.leave(code)

    async def may_stay(self) -> bool:
        if not self.leaving and time.monotonic() - self.asked_at > ASK_EVERY_S:
            await self.recheck()
        return not self.leaving

    async def reason_to_close(self) -> int | None:
        self.scope["user"] = await database_sync_to_async(self.scope["who"])()
        return None if self.scope["user"].is_authenticated else NOT_SIGNED_IN


class NowhereConsumer(AsyncWebsocketConsumer):
    """For addresses without a socket: told so as everywhere else, not by an error of the server."""

    async def connect(self) -> None:
        await self.accept(self.scope["accept_subprotocol"])
        await self.close(NOWHERE)


def _person_of_session(key: str | None) -> Any:
    """As Django finds the user of a request: the session lives, its person is active, the password is the same."""
    from django.contrib.sessions.backends.db import SessionStore  # apps are not ready yet up there

    from accounts.services import must_set_up_factor

    request = HttpRequest()
    request.session = SessionStore(key)
    user = get_user(request)
    return AnonymousUser() if must_set_up_factor(user) else user


def _holder_of(token: str) -> tuple[Any, Callable[[], Any]]:
    """The user of a token or key, and how to ask again: a sign-in lives on when its token was refreshed."""
    from accounts import services  # apps are not ready when this module is imported
    from accounts.models import ApiKey, ApiToken, Scope

    held = services.held_by(token=token, now=timezone.now())
    if held is None or not all(services.opens(held, s) for s in (Scope.READ, Scope.LEARN)):
        return AnonymousUser(), AnonymousUser

    def again() -> Any:
        now = timezone.now()
        still: Any
        if isinstance(held, ApiKey):
            still = ApiKey.objects.working(now).filter(pk=held.pk)
        else:
            still = ApiToken.objects.alive(now=now).filter(family=held.family)
        same = still.select_related("user").first()
        lives = same is not None and not services.must_set_up_factor(same.user)
        return same.user if lives else AnonymousUser()

    return held.user, again

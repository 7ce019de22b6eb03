"""Who is at the other end of a socket: a browser with its cookie, or a client with a token; and whether still."""

import asyncio
import logging
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from channels.consumer import get_handler_name
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.security.websocket import AllowedHostsOriginValidator, WebsocketDenier
from channels.sessions import SessionMiddlewareStack
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone

from accounts.live import Hint, Hub, person_group
from accounts.metrics import CLOSINGS, SOCKETS

PROTOCOL = "helpdesk.v1"
TOKEN_PREFIX = "token."  # noqa: S105 (a prefix, not a secret)
NOT_SIGNED_IN, NOWHERE, TOO_SLOW, FINISHED, DRAINING = 4401, 4404, 4408, 4409, 4503
SLOWEST_READER_S = 20.0
LONGEST_OUTBOX = 500  # frames; the whole of a long conversation is sent in pages
ASK_EVERY_S, ASK_WHEN_DEAF_S = 300.0, 5.0

log = logging.getLogger(__name__)
_at_work: set[asyncio.Task[None]] = set()

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

    It asks when told to (`live.ask_again`), and with frames, should that have been missed: every five minutes,
    every five seconds while hints of other processes do not arrive.
    Everything goes out through one bounded queue, in order, while frames come in.
    """

    kind = "me"
    asked_at = 0.0
    leaving = False
    hub: Hub | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mine: list[str] = []
        self.outbox: deque[str] = deque()
        self.sending: asyncio.Task[None] | None = None
        self.last_code: int | None = None

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Without asking a thread to close old connections, as Channels does for each frame: whoever uses one does."""
        await getattr(self, get_handler_name(message))(message)

    async def stay_while_signed_in(self) -> None:
        """Call once the person is known and let in."""
        self.asked_at = time.monotonic() - random.uniform(
            0, ASK_EVERY_S / 2
        )  # all came at once: they do not ask at once
        SOCKETS.labels(self.kind).inc()
        await self.join(person_group(self.scope["user"].pk))

    async def join(self, group: str) -> None:
        self.hub = self.hub or Hub.here()
        self.mine.append(group)
        await self.hub.join(group, self)

    def hear(self, hint: Hint) -> None:
        """From the hub."""
        if hint.kind == "recheck":
            self.do_soon(self.recheck())
        else:
            self.post(hint.text, close_with=FINISHED if hint.kind == "last" else None)

    def post(self, text: str, *, close_with: int | None = None) -> None:
        """Sends a frame after those that wait; `close_with`: the last one."""
        if self.leaving or self.last_code is not None:
            return
        self.outbox.append(text)
        self.last_code = close_with
        if len(self.outbox) > LONGEST_OUTBOX:
            self.outbox.clear()
            self.do_soon(self.leave(TOO_SLOW))
        elif self.sending is None or self.sending.done():
            self.sending = asyncio.create_task(self._send_all())

    async def _send_all(self) -> None:
        """A server that has buffered enough waits for the reader; who takes nothing for so long is let go."""
        try:
            async with asyncio.timeout(SLOWEST_READER_S) as patience:
                while self.outbox and await self.may_stay():
                    await self.send(self.outbox.popleft())
                    patience.reschedule(asyncio.get_running_loop().time() + SLOWEST_READER_S)
        except TimeoutError:
            return await self.leave(TOO_SLOW)
        except Exception as error:  # the other end has gone
            log.debug("A frame was not sent: %r", error)
            self.outbox.clear()
        if self.last_code is not None:
            await self.leave(self.last_code)

    async def all_sent(self) -> None:
        """Before more is posted than a reader takes at once."""
        if self.sending:
            await asyncio.wait([self.sending])

    async def leave(self, code: int) -> None:
        if not self.leaving:
            self.leaving = True
            CLOSINGS.labels(code).inc()
            with suppress(OSError):  # the other end was quicker
                await self.close(code)

    async def disconnect(self, code: int) -> None:
        self.leaving = True
        if self.mine:
            SOCKETS.labels(self.kind).dec()
        while self.mine and self.hub:
            await self.hub.leave(self.mine.pop(), self)

    def go_away(self, code: int) -> None:
        """From the hub."""
        self.do_soon(self.leave(code))

    def do_soon(self, work: Coroutine[Any, Any, None]) -> None:
        """Beside the receive loop; kept, since a task that nobody holds may vanish."""
        task = asyncio.create_task(work)
        _at_work.add(task)
        task.add_done_callback(_at_work.discard)

    async def recheck(self) -> None:
        self.asked_at = time.monotonic()
        if not self.leaving and (code := await self.reason_to_close()):
            await self.leave(code)

    async def may_stay(self) -> bool:
        every = ASK_WHEN_DEAF_S if self.hub and self.hub.is_deaf else ASK_EVERY_S
        if not self.leaving and time.monotonic() - self.asked_at > every:
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

"""The sockets of this process, by group; those of other processes are reached through Redis.

Who is here is told first and needs no Redis. Nothing here raises, or waits for a socket.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextvars import Context
from typing import Any, ClassVar

from django.conf import settings

from accounts.live.hints import Hint, Socket, packed
from accounts.live.link import Link, send_from_outside

log = logging.getLogger(__name__)


class Hub:
    """One per event loop, as long as it has sockets. All methods but `reach` are called on that loop."""

    _here: ClassVar["Hub | None"] = None

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.members: dict[str, set[Socket]] = {}
        self.link = Link(settings.REDIS_URL, self.deliver) if settings.REDIS_URL else None
        self.farewells: list[Callable[[], Awaitable[None]]] = []
        """What to call when the last socket has left."""

    @classmethod
    def here(cls) -> "Hub":
        """The hub of the running loop."""
        if cls._here is None or cls._here.loop is not asyncio.get_running_loop():
            cls._here = Hub()
        return cls._here

    @classmethod
    def reach(cls) -> "Hub | None":
        """The hub of this process's server, from any thread; None where no socket is open here."""
        return cls._here if cls._here is not None and cls._here.loop.is_running() else None

    @property
    def is_deaf(self) -> bool:
        """Whether hints of other processes do not arrive at present."""
        return self.link is not None and not self.link.is_up

    def sockets(self) -> set[Socket]:
        return set().union(*self.members.values())

    @property
    def losses(self) -> int:
        """How often hints of other processes ceased to arrive; rises once for each time."""
        return self.link.losses if self.link else 0

    async def join(self, group: str, socket: Socket) -> None:
        """When it returns, the socket misses nothing that is published from now on."""
        is_new = group not in self.members
        self.members.setdefault(group, set()).add(socket)
        if is_new and self.link:
            await self.link.follow(group)

    async def leave(self, group: str, socket: Socket) -> None:
        left = self.members.get(group, set())
        left.discard(socket)
        if not left and self.members.pop(group, None) is not None and self.link:
            self.link.unfollow(group)
        if not self.members and Hub._here is self:
            Hub._here = None
            if self.link:
                await self.link.close()
            for farewell in self.farewells:
                await farewell()

    def tell(self, group: str, hint: Hint) -> None:
        """Everywhere."""
        self.deliver(group, hint)
        if self.link:
            self.link.send(group, hint)

    def send_away(self, code: int) -> None:
        """Closes every socket of this process."""
        for socket in self.sockets():
            socket.go_away(code)

    def deliver(self, group: str, hint: Hint) -> None:
        """To the sockets of this process."""
        for socket in tuple(self.members.get(group, ())):
            try:
                socket.hear(hint)
            except Exception:
                log.exception("A socket could not be told")


def publish(group: str, frame: dict[str, Any], *, last: bool = False) -> None:
    """Give `frame` to every socket of `group`; after the `last` one they close. Sockets miss none with a `seq`."""
    text = packed(frame)
    _tell(group, Hint("last" if last else "frame", text, frame.get("seq", 0)))


def ask_again(group: str) -> None:
    """Have every socket of `group` find out whether it may stay open."""
    _tell(group, Hint("recheck"))


def _tell(group: str, hint: Hint) -> None:
    hub = Hub.reach()
    if hub is None:
        send_from_outside(group, hint)
    elif _is_on(hub.loop):
        hub.tell(group, hint)
    else:
        # In a context of its own: what sockets do about it is no part of what this thread does.
        hub.loop.call_soon_threadsafe(hub.tell, group, hint, context=Context())


def _is_on(loop: asyncio.AbstractEventLoop) -> bool:
    try:
        return asyncio.get_running_loop() is loop
    except RuntimeError:
        return False

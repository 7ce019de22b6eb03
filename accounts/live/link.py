"""Between processes: Redis carries hints, and may be away. What it loses, sockets find in the database."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any
from uuid import uuid4

from django.conf import settings

from accounts.live.hints import Hint, unpack
from accounts.metrics import LINK_LOSSES

log = logging.getLogger(__name__)
ORIGIN = uuid4().hex[:12]
"""This process: it has told its own sockets before Redis brings the hint back."""
PREFIX = "live:"
MOST_UNSENT = 10_000
PAUSE_S = 1.0
PATIENCE_S = 0.5
GATHER_S = 0.02  # other processes hear so much later, and all at once: a wake-up costs more than a hint
REST_S = 5.0


class Link:
    """Of one hub; its tasks run while there are groups to follow.

    `is_up`: hints of others arrive. `losses`: how often they ceased to; whoever cares then looks into the database.
    """

    def __init__(self, url: str, deliver: Callable[[str, Hint], None]) -> None:
        self.url, self.deliver = url, deliver
        self.is_up, self.is_away, self.losses = False, False, 0
        self.groups: set[str] = set()
        self.changes: asyncio.Queue[tuple[str, asyncio.Future[None]]] = asyncio.Queue()
        self.unsent: asyncio.Queue[tuple[str, str]] = asyncio.Queue(MOST_UNSENT)
        self.tasks: list[asyncio.Task[None]] = []

    async def follow(self, group: str) -> None:
        """Returns when Redis was asked for the group's hints, or is found away."""
        self.groups.add(group)
        asked = self._change(group)
        if not self.tasks:
            self.tasks = [asyncio.create_task(self._stay(work)) for work in (self._hear, self._carry_out)]
        if not self.is_away:
            await asyncio.wait([asked], timeout=PATIENCE_S)

    def unfollow(self, group: str) -> None:
        self.groups.discard(group)
        self._change(group)

    def _change(self, group: str) -> "asyncio.Future[None]":
        asked = asyncio.get_running_loop().create_future()
        self.changes.put_nowait((group, asked))
        return asked

    def send(self, group: str, hint: Hint) -> None:
        try:
            self.unsent.put_nowait((PREFIX + group, hint.packed(ORIGIN)))
        except asyncio.QueueFull:
            log.warning("A hint to %s was dropped: Redis does not keep up", group)

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self.tasks = []

    async def _stay(self, work: Callable[[Any], Awaitable[None]]) -> None:
        """Does `work` on a connection of its own, again and again while Redis comes and goes."""
        from redis.asyncio import Redis
        from redis.asyncio.retry import Retry
        from redis.backoff import NoBackoff

        never = Retry(NoBackoff(), 0)  # what is lost must be known here, not mended silently
        while True:
            redis = Redis.from_url(self.url, decode_responses=True, socket_timeout=None, retry=never)
            try:
                async with asyncio.timeout(REST_S):
                    await redis.ping()
                self.is_away = False
                await work(redis)
            except Exception as error:
                if not self.is_away:
                    log.warning("Redis is away; sockets of other processes are told later: %r", error)
                self.is_away = True
            finally:
                await redis.aclose()
            await asyncio.sleep(PAUSE_S)

    async def _carry_out(self, redis: Any) -> None:
        """Sends what waits, in one go."""
        while True:
            batch = [await self.unsent.get()]
            await asyncio.sleep(GATHER_S)
            while not self.unsent.empty():
                batch.append(self.unsent.get_nowait())
            async with asyncio.timeout(REST_S), redis.pipeline(transaction=False) as pipe:
                for channel, payload in batch:
                    pipe.publish(channel, payload)
                await pipe.execute()

    async def _hear(self, redis: Any) -> None:
        """Subscribes to what is followed, as it changes, and delivers what others say."""
        pubsub = redis.pubsub(ignore_subscribe_messages=True)
        try:
            await pubsub.subscribe(PREFIX, *(PREFIX + group for group in self.groups))
            subscriber = asyncio.create_task(self._subscribe(pubsub))
            self.is_up = True
            try:
                while not subscriber.done():
                    if message := await pubsub.get_message(timeout=REST_S):
                        self._heard(message["channel"].removeprefix(PREFIX), message["data"])
            finally:
                self.losses += 1
                LINK_LOSSES.inc()
                self.is_up = False
                subscriber.cancel()
        finally:
            await pubsub.aclose()

    def _heard(self, group: str, payload: str) -> None:
        origin, hint = unpack(payload)
        if origin != ORIGIN:
            self.deliver(group, hint)

    async def _subscribe(self, pubsub: Any) -> None:
        while True:
            changes = [await self.changes.get()]
            while not self.changes.empty():
                changes.append(self.changes.get_nowait())
            changed = {group for group, _ in changes}
            if new := changed & self.groups:
                await pubsub.subscribe(*(PREFIX + group for group in new))
            if gone := changed - self.groups:
                await pubsub.unsubscribe(*(PREFIX + group for group in gone))
            for _, asked in changes:
                if not asked.done():
                    asked.set_result(None)


_rest_until = 0.0


def send_from_outside(group: str, hint: Hint) -> None:
    """From a process without sockets (pages, workers). Waits half a second at most, then leaves Redis alone a while."""
    global _rest_until
    if not settings.REDIS_URL or time.monotonic() < _rest_until:
        return
    try:
        _client().publish(PREFIX + group, hint.packed(ORIGIN))
    except Exception as error:
        _rest_until = time.monotonic() + REST_S
        log.warning("Redis is away; open sockets are told later: %r", error)


@cache
def _client() -> Any:
    from redis import Redis

    return Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S)

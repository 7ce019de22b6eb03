"""Sockets whose session went on without a hint are told: hints may be lost, and Redis may be away."""

import asyncio
import logging
from uuid import UUID

from channels.db import database_sync_to_async

from accounts.live import Hub
from chat.models import Session

log = logging.getLogger(__name__)
EVERY_S = 15.0
LOOK_S = 1.0  # how often it is seen whether hints ceased to arrive
AT_ONCE = 1000
_watching: dict[asyncio.AbstractEventLoop, asyncio.Task[None]] = {}


def keep_caught_up() -> None:
    """From now until the last socket of this process has left."""
    loop = asyncio.get_running_loop()
    if loop not in _watching:
        _watching[loop] = loop.create_task(_watch(Hub.here()))
        Hub.here().farewells.append(_stop)


async def _stop() -> None:
    task = _watching.pop(asyncio.get_running_loop())
    task.cancel()
    await asyncio.wait([task])


async def _watch(hub: Hub) -> None:
    """Looks every 15 seconds, and as soon as Redis is back."""
    losses, rounds = hub.losses, 0
    while True:
        await asyncio.sleep(LOOK_S)
        rounds += 1
        is_back = hub.losses != losses and not hub.is_deaf
        if is_back or rounds * LOOK_S >= EVERY_S:
            losses, rounds = hub.losses, 0
            try:
                await catch_up(hub)
            except Exception as error:
                log.warning("Open sockets could not be looked after: %r", error)


async def catch_up(hub: Hub) -> None:
    from chat.consumers import SessionConsumer

    sockets = [socket for socket in hub.sockets() if isinstance(socket, SessionConsumer)]
    for some in (sockets[i : i + AT_ONCE] for i in range(0, len(sockets), AT_ONCE)):
        standing = await _standing([socket.session_id for socket in some])
        for socket in some:
            last_seq, is_over = standing.get(socket.session_id, (0, False))
            if last_seq > socket.seen or is_over:
                socket.catch_up_soon()


@database_sync_to_async
def _standing(session_ids: list[UUID]) -> dict[UUID, tuple[int, bool]]:
    """(last seq, whether the session has ended) of each."""
    rows = Session.objects.filter(pk__in=session_ids).values_list("pk", "last_seq", "status")
    return {pk: (last_seq, status != "active") for pk, last_seq, status in rows}

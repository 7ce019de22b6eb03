"""Hints to open sockets. The database is the truth; a hint that is lost is healed by asking again."""

import asyncio
import logging
from concurrent.futures import Future
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings

log = logging.getLogger(__name__)
WATCHERS = "watchers"
"""The sockets of those who look at a conversation that is not theirs."""
_server_loop: asyncio.AbstractEventLoop | None = None


def person_group(user_id: UUID) -> str:
    return f"person-{user_id.hex}"


def remember_loop() -> None:
    """Called by every consumer on connect: the in-memory layer delivers only on this loop."""
    global _server_loop
    _server_loop = asyncio.get_running_loop()


def publish(group: str, frame: dict[str, Any]) -> None:
    """Give `frame` to every socket of `group`. Never raises, never waits for the sockets."""
    _tell(group, {"type": "frame", "frame": frame})


def ask_again(group: str) -> None:
    """Have every socket of `group` find out whether it may stay open."""
    _tell(group, {"type": "recheck"})


def _tell(group: str, message: dict[str, Any]) -> None:
    send = get_channel_layer().group_send
    try:
        if _server_loop is not None and _server_loop.is_running():
            sent = asyncio.run_coroutine_threadsafe(send(group, message), _server_loop)
            sent.add_done_callback(_note_failure)
        elif not settings.EMBEDDED:  # embedded without a server in this process: no socket could hear
            async_to_sync(send)(group, message)
    except Exception as error:
        log.warning("A hint to %s was lost: %r", group, error)


def _note_failure(sent: "Future[None]") -> None:
    if not sent.cancelled() and (error := sent.exception()):
        log.warning("A hint was lost: %r", error)

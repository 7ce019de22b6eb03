"""The product's chat server that dies at a named step: an ASGI application around its own.

It dies by its own hand, as `kill -9` does it, once the file `$STEPS_FILE` names a step that a frame has reached; the
file goes with it, so that one process dies of one order. Nothing of the product knows.
"""

import json
import os
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from threading import Event as Flag
from typing import Any

if "FAKETIME_TIMESTAMP_FILE" in os.environ:
    # libfaketime 0.9.10 refuses what Python's own sleep asks of the system; pools sleep between their tries.
    time.sleep = lambda seconds: Flag().wait(seconds)

from helpdesk_sim.asgi import application as product

ORDERS = Path(os.environ["STEPS_FILE"])
RECEIVED, STORED, ACKED, THINKING, ANSWERED, HALF_TOLD = (
    *("received", "stored", "acked", "thinking", "answered", "half-told"),
)

Event = dict[str, Any]


def die_at(step: str) -> None:
    try:
        ordered = ORDERS.read_text()
        if ordered == step:
            ORDERS.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
    except FileNotFoundError:
        return


async def application(
    scope: dict[str, Any], receive: Callable[[], Awaitable[Event]], send: Callable[[Event], Awaitable[None]]
) -> None:
    if scope["type"] != "websocket":
        return await product(scope, receive, send)

    async def receiving() -> Event:
        event = await receive()
        if '"message.send"' in (event.get("text") or ""):
            die_at(RECEIVED)
        return event

    async def sending(event: Event) -> None:
        before, after = _steps(event)
        if before:
            die_at(before)
        await send(event)
        if after:
            die_at(after)

    await product(scope, receiving, sending)


def _steps(event: Event) -> tuple[str, str]:
    """The steps that a message has reached before and after this frame goes out."""
    frame = json.loads(event["text"]) if event.get("text") else {}
    if frame.get("type") == "ack" and not frame["duplicate"]:
        return STORED, ACKED
    if frame.get("type") == "typing" and frame["on"]:
        return "", THINKING
    if frame.get("type") == "message" and frame["inReplyTo"]:
        return ANSWERED, HALF_TOLD
    return "", ""

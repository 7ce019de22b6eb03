"""Hostile sockets: frames, handshakes, floods, crowds and readers who do not read."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator

from accounts import sockets
from accounts.models import User
from accounts.services import log_in_with_password
from accounts.services.tokens import Pair
from chat.consumers import BURST, FLOOD
from helpdesk_sim.asgi import application
from tests.chat.test_socket import closed_with, connect, frames_until
from tests.conftest import PASSWORD
from tests.hostile.frames import FRAMES, sending

pytestmark = pytest.mark.django_db(transaction=True)
OURS = (b"origin", b"http://localhost")
ERRORS = {"bad_frame", "too_long", "empty"}
CROWD = 100


async def test_a_bad_frame_is_answered_stores_nothing_and_closes_nothing(open_session, learner):
    assert len(FRAMES) >= 50
    names = list(FRAMES)
    for start in range(0, len(names), BURST - 1):
        socket = await connect(open_session.pk, learner)
        await frames_until(socket, "state")
        for name in names[start : start + BURST - 1]:
            sent = FRAMES[name]
            await socket.send_to(**({"text_data": sent} if isinstance(sent, str) else {"bytes_data": sent}))
            answer = json.loads(await socket.receive_from(timeout=10))
            assert answer["type"] == "error" and answer["code"] in ERRORS and answer["message"], (
                name,
                answer,
            )
        await socket.send_json_to({"type": "ping"})
        await frames_until(socket, "pong")
        await socket.disconnect()
    assert await open_session.messages.acount() == 1


async def test_a_flood_is_slowed_and_then_ended(open_session, learner):
    socket = await connect(open_session.pk, learner)
    for _ in range(BURST + FLOOD + 20):
        await socket.send_to(text_data=sending())
    assert await closed_with(socket) == 4429
    assert await open_session.messages.acount() <= 1 + BURST + 5


async def test_what_was_sent_before_is_stored_once_however_often_it_comes(open_session, learner):
    socket, frame = await connect(open_session.pk, learner), sending()
    for _ in range(BURST):
        await socket.send_to(text_data=frame)
    acks = [each for each in await frames_until(socket, "ack", count=BURST) if each["type"] == "ack"]
    assert [ack["duplicate"] for ack in acks] == [False] + [True] * (BURST - 1)
    assert len({ack["id"] for ack in acks}) == 1 and await open_session.messages.acount() == 2
    await socket.disconnect()


async def signed_in(person: User) -> Pair:
    return await sync_to_async(log_in_with_password)(
        email=person.email, password=PASSWORD, now=datetime.now(UTC)
    )


async def token_of(person: User) -> list[str]:
    """The subprotocols that a program of theirs offers."""
    return ["helpdesk.v1", f"token.{(await signed_in(person)).token}"]


@asynccontextmanager
async def knocking(path: str, *, headers: Any = (OURS,), protocols: Any = ()) -> AsyncIterator[Any]:
    socket = WebsocketCommunicator(application, path, headers=list(headers), subprotocols=list(protocols))
    accepted, _ = await socket.connect(timeout=10)
    yield socket if accepted else None
    await socket.disconnect()


@pytest.mark.parametrize(
    "protocols",
    [
        [],
        ["helpdesk.v1"],
        ["token."],
        ["helpdesk.v1", "token.x"],
        ["helpdesk.v1", "token." + "x" * 100_000],
        ["helpdesk.v1", "token.a\0b"],
        ["helpdesk.v1", "token.%"],
        ["helpdesk.v1", "token.é"],
        ["TOKEN.x", "Bearer x"],
        [f"p{number}" for number in range(1000)],
    ],
)
async def test_without_a_token_that_holds_nobody_is_let_in(open_session, protocols):
    async with knocking(f"/ws/sessions/{open_session.pk}/", protocols=protocols) as socket:
        assert await closed_with(socket) == sockets.NOT_SIGNED_IN


async def test_a_refresh_token_opens_nothing(open_session, learner):
    pair = await signed_in(learner)
    protocols = ["helpdesk.v1", f"token.{pair.refresh_token}"]
    async with knocking(f"/ws/sessions/{open_session.pk}/", protocols=protocols) as socket:
        assert await closed_with(socket) == sockets.NOT_SIGNED_IN


@pytest.mark.parametrize(
    "origin",
    [
        b"https://evil.example",
        b"http://localhost.evil.example",
        b"null",
        b"",
        b"file://",
        b"\xff",
        b"http://[",
        None,
    ],
)
async def test_a_cookie_counts_from_our_own_origin_alone(open_session, learner, as_, origin):
    client = await sync_to_async(as_)(learner)
    cookie = (b"cookie", f"sessionid={client.cookies['sessionid'].value}".encode())
    headers = [cookie] if origin is None else [cookie, (b"origin", origin)]
    async with knocking(f"/ws/sessions/{open_session.pk}/", headers=headers) as socket:
        assert socket is None
    async with knocking(f"/ws/sessions/{open_session.pk}/", headers=[cookie, OURS]) as socket:
        assert socket is not None


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ws/",
        "/ws/sessions/",
        "/ws/sessions/x/",
        "/ws/me",
        "/ws/me/../sessions/",
        "/ws/%00/",
        "/api/v1/users/me",
    ],
)
async def test_an_address_without_a_socket_says_so(db, path):
    async with knocking(path) as socket:
        assert await closed_with(socket) == sockets.NOWHERE


async def test_a_crowd_of_one_person_hears_everything_once(open_session, learner):
    crowd, protocols = [], await token_of(learner)
    for _ in range(CROWD):
        path = f"/ws/sessions/{open_session.pk}/"
        crowd.append(WebsocketCommunicator(application, path, headers=[OURS], subprotocols=protocols))
        assert await crowd[-1].connect(timeout=10)
        await frames_until(crowd[-1], "state")
    await crowd[0].send_to(text_data=sending(clientId=str(uuid4())))
    for socket in crowd:
        heard = await frames_until(socket, "message")
        assert [frame["seq"] for frame in heard if frame["type"] == "message"] == [2]
    for socket in crowd:
        await socket.disconnect()


async def test_who_reads_nothing_is_let_go(open_session, learner, monkeypatch):
    """As with a server whose buffer is full: sending waits."""
    monkeypatch.setattr(sockets, "SLOWEST_READER_S", 0.05)
    protocols = await token_of(learner)
    said: list[dict[str, Any]] = []
    closed = asyncio.Event()

    async def send(event: dict[str, Any]) -> None:
        said.append(event)
        if event["type"] == "websocket.send":
            await asyncio.Event().wait()
        if event["type"] == "websocket.close":
            closed.set()

    came: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    await came.put({"type": "websocket.connect"})
    scope = {
        "type": "websocket",
        "path": f"/ws/sessions/{open_session.pk}/",
        "headers": [],
        "query_string": b"",
        "subprotocols": protocols,
    }
    served = asyncio.create_task(application(scope, came.get, send))
    async with asyncio.timeout(10):
        await closed.wait()
    assert said[-1]["code"] == sockets.TOO_SLOW
    await came.put({"type": "websocket.disconnect", "code": sockets.TOO_SLOW})
    await served

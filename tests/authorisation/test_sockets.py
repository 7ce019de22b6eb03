"""The sockets × everybody: who gets in, and what a frame of theirs does."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator

from accounts import services
from accounts.models import AuditEvent, Role
from chat.models import Message
from helpdesk_sim.asgi import application
from tests.authorisation.world import ANYBODY, WHO, World, build
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
NOT_SIGNED_IN, NOT_YOURS, FINISHED = 4401, 4404, 4409
# What a frame is answered by the owner's socket, and by those who only look on; None: nothing. All are told the last.
FRAMES: dict[str, tuple[dict[str, Any], str | None, str | None]] = {
    "typing": ({"on": True}, None, None),
    "resume": ({"after": 0}, "message", "message"),
    "message.send": ({"text": "A note.", "messageType": "note", "clientId": "{uuid}"}, "ack", "error"),
}
READERS = ("owner", "coach", "admin")


@asynccontextmanager
async def socket(world: World, who: str, address: str) -> AsyncIterator[WebsocketCommunicator]:
    protocols = []
    if who != ANYBODY:
        pair = await sync_to_async(services.log_in_with_password)(
            email=world.people[who].email, password=PASSWORD, now=datetime.now(UTC)
        )
        protocols = ["helpdesk.v1", f"token.{pair.token}"]
    talk = WebsocketCommunicator(
        application, address, headers=[(b"origin", b"http://localhost")], subprotocols=protocols
    )
    assert (await talk.connect(timeout=10))[0]
    yield talk
    await talk.disconnect()


async def heard(talk: WebsocketCommunicator) -> str | int:
    """The type of the next frame, or the code of the close."""
    output = await talk.receive_output(timeout=10)
    return json.loads(output["text"])["type"] if output["type"] == "websocket.send" else output["code"]


async def answers_to(talk: WebsocketCommunicator, frame: dict[str, Any]) -> list[str | int]:
    """Types of what comes before the answer to a ping that follows at once."""
    await talk.send_to(text_data=json.dumps(frame))
    await talk.send_to(text_data='{"type": "ping"}')
    answers = []
    while (answer := await heard(talk)) != "pong":
        answers.append(answer)
    return answers


async def test_who_is_let_into_a_session() -> None:
    world = await sync_to_async(build)()
    for name, last_words in (
        ("running", []),
        ("exam", ["assessed", FINISHED]),
        ("practice", ["assessed", FINISHED]),
    ):
        for who in WHO:
            refusal = NOT_SIGNED_IN if who == ANYBODY else NOT_YOURS
            expected = ["state", *last_words] if who in READERS else [refusal]
            async with socket(world, who, f"/ws/sessions/{world.named[name]}/") as talk:
                assert [await heard(talk) for _ in expected] == expected, (name, who)
    read = AuditEvent.objects.filter(action="session.read")
    assert await read.acount() == 3, "the administrator left a trace each time, nobody else did"


async def test_what_each_frame_does() -> None:
    world = await sync_to_async(build)()
    messages = Message.objects.filter(session=world.named["running"])
    for who in READERS:
        async with socket(world, who, f"/ws/sessions/{world.named['running']}/") as talk:
            assert await heard(talk) == "state"
            for kind, (fields, of_owner, of_others) in FRAMES.items():
                before, expected = await messages.acount(), of_owner if who == "owner" else of_others
                answers = await answers_to(talk, {"type": kind, **world.fill(fields)})
                assert expected in answers if expected else not answers, (who, kind, answers)
                written = await messages.acount() - before
                assert written == (expected == "ack"), (who, kind)


async def test_who_is_let_into_their_own_news() -> None:
    world = await sync_to_async(build)()
    for who in WHO:
        async with socket(world, who, "/ws/me/") as talk:
            if who == ANYBODY:
                assert await heard(talk) == NOT_SIGNED_IN
                continue
            await talk.send_to(text_data='{"type": "ping"}')
            assert await heard(talk) == "pong", who


async def test_a_coach_who_loses_the_role_is_shown_out() -> None:
    world = await sync_to_async(build)()
    async with socket(world, "coach", f"/ws/sessions/{world.named['running']}/") as talk:
        assert await heard(talk) == "state"
        await sync_to_async(services.remove_role)(
            person=world.people["coach"], role=Role.COACH, actor=None, now=datetime.now(UTC)
        )
        assert await heard(talk) == NOT_YOURS

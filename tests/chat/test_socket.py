"""The chat socket: its frames and its five promises."""

import json
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator

from accounts import services as accounts
from chat import answering, fast
from chat.services import abandon, receive_message
from helpdesk_sim.asgi import application
from tests.conftest import NOW, PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
ANY_ID = UUID(int=7)
ORIGIN = (b"origin", b"http://localhost")


async def connect(session_id, person=None, query=""):
    protocols = []
    if person:
        pair = await sync_to_async(accounts.log_in_with_password)(
            email=person.email, password=PASSWORD, now=_clock()
        )
        protocols = ["helpdesk.v1", f"token.{pair.token}"]
    socket = WebsocketCommunicator(
        application, f"/ws/sessions/{session_id}/{query}", headers=[ORIGIN], subprotocols=protocols
    )
    connected, protocol = await socket.connect(timeout=10)
    assert connected
    assert protocol == ("helpdesk.v1" if person else None)
    return socket


def _clock():
    from django.utils import timezone

    return timezone.now()


async def frames_until(socket, kind, *, count=1):
    """All frames up to and with the `count`th of this type."""
    frames, seen = [], 0
    while seen < count:
        frame = json.loads(await socket.receive_from(timeout=10))
        frames.append(frame)
        seen += frame["type"] == kind
    return frames


async def closed_with(socket):
    output = await socket.receive_output(timeout=10)
    while output["type"] == "websocket.send":
        output = await socket.receive_output(timeout=10)
    return output["code"]


def send_frame(text="What exactly does it say?", client_id=None, **more):
    return {"type": "message.send", "clientId": str(client_id or uuid4()), "text": text} | more


async def test_a_stranger_is_sent_away(open_session):
    socket = await connect(open_session.pk)

    assert await closed_with(socket) == 4401


async def test_someone_elses_session_is_not_found(open_session, other_learner):
    socket = await connect(open_session.pk, other_learner)

    assert await closed_with(socket) == 4404


async def test_an_unknown_session_is_not_found(learner):
    socket = await connect(uuid4(), learner)

    assert await closed_with(socket) == 4404


async def test_the_whole_state_comes_first(open_session, learner):
    socket = await connect(open_session.pk, learner)

    (state,) = await frames_until(socket, "state")
    assert state["lastSeq"] == 1
    assert state["session"]["ticket"]["number"] == open_session.ticket.number
    await socket.disconnect()


async def test_nothing_hidden_is_in_the_state(open_session, learner):
    socket = await connect(open_session.pk, learner)

    (state,) = await frames_until(socket, "state")
    text = json.dumps(state).casefold()
    world = open_session.document
    hidden = [f.say for name, f in world.facts.items() if f.volunteer is None] + list(
        world.root_cause.say_any
    )
    assert not [words for words in hidden if words.casefold() in text]
    await socket.disconnect()


async def test_a_message_is_acked_stored_and_answered(open_session, learner):
    socket = await connect(open_session.pk, learner)
    client_id = uuid4()

    await socket.send_json_to(send_frame(client_id=client_id))
    frames = await frames_until(socket, "message", count=2)

    ack = next(f for f in frames if f["type"] == "ack")
    own, answer = [f for f in frames if f["type"] == "message"]
    assert ack["clientId"] == str(client_id) and not ack["duplicate"]
    assert (own["id"], own["seq"], own["senderType"]) == (ack["id"], 2, "user")
    assert (answer["seq"], answer["senderType"], answer["inReplyTo"]) == (3, "ai", own["id"])
    assert answer["turnId"] and answer["clientId"] is None
    await socket.disconnect()


async def test_a_message_that_comes_as_a_turn_ends_is_answered_at_once(open_session, learner, monkeypatch):
    """Not when a sweep finds it: the frames come within the ten seconds that a test waits for one."""
    store, late = answering._store, ["Since when is it like that?"]

    async def store_while_somebody_writes(turn):
        stored = await store(turn)
        while late:
            await socket.send_json_to(send_frame(late.pop()))
            await frames_until(socket, "ack")
        return stored

    monkeypatch.setattr(answering, "_store", store_while_somebody_writes)
    monkeypatch.setattr(fast, "is_here", lambda: False)
    socket = await connect(open_session.pk, learner)
    await frames_until(socket, "state")
    await socket.send_json_to(send_frame("Hello, what does the screen say?"))
    turns = set()
    while len(turns) < 2:
        frame = (await frames_until(socket, "message"))[-1]
        turns |= {frame["turnId"]} if frame["senderType"] == "ai" else set()
    await socket.disconnect()


async def test_sending_again_is_acked_again_as_a_duplicate(open_session, learner):
    socket = await connect(open_session.pk, learner)
    frame = send_frame(client_id=uuid4())
    await socket.send_json_to(frame)
    first = (await frames_until(socket, "ack"))[-1]

    await socket.send_json_to(frame)
    again = (await frames_until(socket, "ack"))[-1]

    assert again == first | {"duplicate": True}
    await socket.disconnect()


async def test_resume_gives_every_message_once_in_order(open_session, learner):
    for n in range(3):
        await sync_to_async(receive_message)(
            session_id=open_session.pk,
            text=f"note {n}",
            message_type="note",
            client_id=uuid4(),
            now=NOW,
        )
    socket = await connect(open_session.pk, learner)

    await socket.send_json_to({"type": "resume", "after": 1})
    frames = await frames_until(socket, "message", count=3)

    assert [f["seq"] for f in frames if f["type"] == "message"] == [2, 3, 4]
    await socket.disconnect()


async def test_an_answer_owed_from_before_comes_when_someone_connects(open_session, learner):
    await sync_to_async(receive_message)(
        session_id=open_session.pk,
        text="What exactly does it say?",
        message_type="reply",
        client_id=uuid4(),
        now=NOW,
    )
    socket = await connect(open_session.pk, learner)

    answer = (await frames_until(socket, "message"))[-1]
    assert answer["senderType"] == "ai"
    await socket.disconnect()


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{", "bad_frame"),
        ("[]", "bad_frame"),
        ('"hello"', "bad_frame"),
        ("{}", "bad_frame"),
        ('{"type": "message"}', "bad_frame"),
        ('{"type": "message.send", "text": "hi"}', "bad_frame"),
        ('{"type": "message.send", "clientId": "7", "text": "hi"}', "bad_frame"),
        ('{"type": "resume", "after": -1}', "bad_frame"),
        ('{"type": "resume", "after": 1e99}', "bad_frame"),
        ('{"type": "typing", "on": "yes"}', "bad_frame"),
        ('{"type": "ping", "on": ' + "[" * 8000, "bad_frame"),
        (json.dumps(send_frame(client_id=ANY_ID, seq=9)), "bad_frame"),
        (json.dumps(send_frame(client_id=ANY_ID, senderType="ai")), "bad_frame"),
        (json.dumps(send_frame(client_id=ANY_ID, messageType="system")), "bad_frame"),
        (json.dumps(send_frame("x" * 17000, ANY_ID)), "bad_frame"),
        (json.dumps(send_frame("x" * 1001, ANY_ID)), "too_long"),
        (json.dumps(send_frame("  ", ANY_ID)), "empty"),
    ],
)
async def test_a_bad_frame_gets_an_error_changes_nothing_and_closes_nothing(
    open_session, learner, frame, code
):
    socket = await connect(open_session.pk, learner)
    await frames_until(socket, "state")

    await socket.send_to(text_data=frame)
    error = (await frames_until(socket, "error"))[-1]

    assert error["code"] == code and error["message"]
    await socket.send_json_to({"type": "ping"})
    await frames_until(socket, "pong")
    assert await open_session.messages.acount() == 1
    await socket.disconnect()


async def test_binary_is_a_bad_frame(open_session, learner):
    socket = await connect(open_session.pk, learner)

    await socket.send_to(bytes_data=b"\x00\xff")

    assert (await frames_until(socket, "error"))[-1]["code"] == "bad_frame"
    await socket.disconnect()


async def test_a_reused_client_id_is_named_in_the_error(open_session, learner):
    socket = await connect(open_session.pk, learner)
    client_id = uuid4()
    await socket.send_json_to(send_frame("One", client_id))
    await frames_until(socket, "ack")

    await socket.send_json_to(send_frame("Two", client_id))
    error = (await frames_until(socket, "error"))[-1]

    assert (error["code"], error["clientId"]) == ("reused_id", str(client_id))
    await socket.disconnect()


async def test_a_finished_session_refuses_and_stays_open_until_it_is_assessed(open_session, learner):
    socket = await connect(open_session.pk, learner)
    await sync_to_async(abandon)(session_id=open_session.pk, now=NOW)

    await socket.send_json_to(send_frame())
    error = (await frames_until(socket, "error"))[-1]

    assert (error["code"], error["retryable"]) == ("finished", False)
    await socket.disconnect()


async def test_a_flood_is_slowed_down(open_session, learner):
    socket = await connect(open_session.pk, learner)

    for _ in range(30):
        await socket.send_json_to({"type": "ping"})
    error = (await frames_until(socket, "error"))[-1]

    assert error["code"] == "rate_limited" and error["retryable"] and error["retryAfter"] > 0
    await socket.disconnect()


async def test_two_tabs_see_the_same_conversation(open_session, learner):
    one, two = await connect(open_session.pk, learner), await connect(open_session.pk, learner)
    for tab in (one, two):
        await frames_until(tab, "state")

    await one.send_json_to(send_frame())
    seen = [
        [f["id"] for f in await frames_until(tab, "message", count=2) if f["type"] == "message"]
        for tab in (one, two)
    ]

    assert seen[0] == seen[1]
    turns = [m async for m in open_session.messages.filter(sender_type="ai", seq__gt=1)]
    assert len({m.turn_id for m in turns}) == 1
    await one.disconnect()
    await two.disconnect()

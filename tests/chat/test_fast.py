"""The fast path's statements against the models, and its rows against those of the services. PostgreSQL alone has it."""

import asyncio
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.utils import timezone

from chat import fast
from chat.models import LEASE, Event, Message, Session, Ticket
from chat.services import abandon, change_ticket, receive_message, start_session, take_turn, think
from chat.services.thinking import Place
from tests.conftest import NOW

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="there is no fast path on SQLite"),
]
TEXT = "What exactly does it say?"
LATER = NOW + timedelta(minutes=1)
OWN = {"id", "session_id", "turn_id", "in_reply_to", "client_id", "learner_id", "number"}


@pytest.fixture
async def store(open_session):
    """`await store("text")`: as a chat process takes in a message; connections end with the test."""

    async def store_message(text=TEXT, *, client_id=None, learner_id=None, now=LATER):
        return await fast.store_message(
            session_id=open_session.pk,
            learner_id=learner_id or open_session.learner_id,
            text=text,
            client_id=client_id or uuid4(),
            now=now,
        )

    yield store_message
    await fast.close()


async def answer(session, now=LATER):
    fresh, waiting = await fast.read(session.pk)
    turn = await sync_to_async(think)(fresh, waiting, now)
    return turn, await fast.store_turn(turn)


def rows(session):
    """All that a session is in the database, without what is random."""
    return [
        {name: value for name, value in row.items() if name not in OWN}
        for model in (Session, Ticket, Message, Event)
        for row in model.objects.filter(**{"pk" if model is Session else "session": session.pk}).values()
    ]


def without_ids(value):
    """Documents name messages by their ids."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "an id", str(value))


@pytest.mark.parametrize(
    ("statement", "model"),
    [
        ("STORE_FIRST_MESSAGE", Message),
        ("STORE_MESSAGE", Message),
        ("STORE_TURN", Message),
        ("STORE_TURN", Event),
    ],
)
def test_every_column_that_must_have_a_value_gets_one(statement, model):
    named = re.search(rf"INSERT INTO {model._meta.db_table}\s*\((.*?)\)", getattr(fast, statement), re.S)[1]
    needed = {
        f.column for f in model._meta.concrete_fields if not f.null and not (f.primary_key and f.db_returning)
    }
    assert (
        needed
        <= {column.strip() for column in named.split(",")}
        <= {f.column for f in model._meta.concrete_fields}
    )


async def test_both_ways_leave_the_same_rows(open_session, other_learner, store):
    @sync_to_async
    def by_services():
        twin = start_session(
            learner=other_learner,
            scenario=open_session.scenario,
            mode=open_session.mode,
            now=open_session.started_at,
            seed=open_session.seed,
        )
        receive_message(session_id=twin.pk, text=TEXT, message_type="reply", client_id=uuid4(), now=LATER)
        take_turn(session_id=twin.pk, now=LATER)
        return rows(twin)

    assert await store()
    _, stored = await answer(open_session)

    assert stored
    fast_rows = await sync_to_async(rows)(open_session)
    assert without_ids(fast_rows) == without_ids(await by_services())


async def test_a_message_takes_the_turn_upon_its_process_once(store):
    assert (await store()).is_mine
    assert not (await store(now=LATER + LEASE / 2)).is_mine


async def test_a_turn_whose_lease_ran_out_is_taken_again(store):
    await store()
    assert (await store(now=LATER + LEASE)).is_mine


async def test_what_is_not_the_usual_case_is_left_to_the_service(open_session, other_learner, store):
    client_id = uuid4()
    assert await store(client_id=client_id)
    assert await store(client_id=client_id) is None
    assert await store(learner_id=other_learner.pk) is None
    await sync_to_async(abandon)(session_id=open_session.pk, now=LATER)
    assert await store() is None
    assert await sync_to_async(Message.objects.filter(sender_type="user").count)() == 1


async def test_twins_at_the_same_moment_are_stored_once(store):
    client_id = uuid4()
    stored = await asyncio.gather(*(store(client_id=client_id) for _ in range(8)))
    assert len([one for one in stored if one]) == 1


async def test_messages_at_the_same_moment_follow_each_other(store):
    stored = await asyncio.gather(*(store(f"Message {i}") for i in range(16)))
    assert sorted(one.message.seq for one in stored) == list(range(2, 18))


async def test_a_turn_is_not_stored_where_the_session_moved_on(open_session, store):
    await store()
    session, waiting = await fast.read(open_session.pk)
    turn = await sync_to_async(think)(session, waiting, LATER)
    await store("And since when?")

    assert not await fast.store_turn(turn)
    assert not await sync_to_async(
        Message.objects.filter(turn_id__isnull=False, sender_type="ai", seq__gt=1).exists
    )()


async def test_an_answer_lets_the_clocks_of_a_waiting_ticket_run_again(open_session, store):
    await sync_to_async(change_ticket)(session_id=open_session.pk, status="pending", now=NOW)
    await store()
    turn, _ = await answer(open_session)

    ticket = await Ticket.objects.aget(session=open_session)
    assert turn.resumed and (ticket.status, ticket.paused_at) == ("open", None)


async def test_what_is_read_is_what_the_orm_reads(open_session, store):
    await store()
    session, (message,) = await fast.read(open_session.pk)
    same = await Session.objects.select_related("ticket").aget(pk=open_session.pk)
    assert Place.of(session) == Place.of(same)
    for model, mine, theirs in ((Session, session, same), (Ticket, session.ticket, same.ticket)):
        names = [f.attname for f in model._meta.concrete_fields]
        assert [getattr(mine, n) for n in names] == [getattr(theirs, n) for n in names]
    assert message.text == TEXT and message.created_at == LATER <= timezone.now()


async def recalled(session, stored):
    """What the process remembers of the session, after a turn that it made."""
    await answer(session)
    fresh, _ = await fast.read(session.pk)
    fast.remember(fresh)
    return fast.recall(await stored())


async def test_a_session_whose_last_turn_was_made_here_need_not_be_read(open_session, store):
    await store()
    session, (message,) = await recalled(open_session, store)
    same, (waiting,) = await fast.read(open_session.pk)
    assert Place.of(session) == Place.of(same) and message.pk == waiting.pk
    for name in ("world", "desk", "next_event_at", "status"):
        assert getattr(session, name) == getattr(same, name)
    turn = await sync_to_async(think)(session, [message], LATER)
    assert await fast.store_turn(turn)


async def test_a_session_is_read_again_where_anything_happened_elsewhere(open_session, store):
    await store()
    await answer(open_session)
    fresh, _ = await fast.read(open_session.pk)
    fast.remember(fresh)
    await sync_to_async(change_ticket)(session_id=open_session.pk, category="network", now=LATER)
    assert fast.recall(await store()) is None


async def test_a_message_that_another_process_stored_is_not_overlooked(open_session, store):
    await store()
    await answer(open_session)
    fresh, _ = await fast.read(open_session.pk)
    fast.remember(fresh)
    await store("Stored elsewhere")
    assert fast.recall(await store()) is None

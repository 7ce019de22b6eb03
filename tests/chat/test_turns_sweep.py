"""What a process left undone is found again by the sweep."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from chat.models import Message, Session
from chat.services import abandon, receive_message, speak_up, start_session, turns
from chat.tasks import sweep
from tests.chat.talking import happened


@pytest.fixture
def session(learner, scenarios):
    """Started just now: the sweep takes the clock's time."""
    return started(learner, scenarios)


def started(person, scenarios):
    scenario = scenarios["locked-out-monday"]
    return start_session(learner=person, scenario=scenario, mode="exam", now=timezone.now(), seed=3)


def owe(session, text="since when?", message_type="reply"):
    """The message is stored, and its process dies before the answer."""
    return receive_message(
        session_id=session.pk, text=text, message_type=message_type, client_id=uuid4(), now=timezone.now()
    ).message


def answers(session):
    return Message.objects.filter(session=session, sender_type="ai", in_reply_to__isnull=False)


def test_an_owed_turn_is_taken_once(session):
    message = owe(session)

    sweep()
    sweep()

    message.refresh_from_db()
    assert {answer.turn_id for answer in answers(session)} == {message.turn_id}
    assert len(happened(session, "turn")) == 1


def test_several_owed_messages_share_one_turn(session):
    owe(session, "hello Priya")
    last = owe(session, "since when?")

    sweep()

    assert {answer.in_reply_to for answer in answers(session)} == {last.pk}
    assert not Message.objects.waiting().exists()


def test_notes_and_finished_sessions_are_owed_nothing(session, other_learner, scenarios):
    owe(session, "seems to be the phone", message_type="note")
    finished = started(other_learner, scenarios)
    owe(finished)
    abandon(session_id=finished.pk, now=timezone.now())

    sweep()

    assert not answers(session).exists()
    assert not answers(finished).exists()


def test_all_sessions_are_looked_after(session, other_learner, scenarios):
    other = started(other_learner, scenarios)
    for one in (session, other):
        owe(one)

    sweep()

    assert answers(session).exists() and answers(other).exists()
    assert not Session.objects.unanswered().exists()


def test_one_broken_session_does_not_keep_the_others_waiting(session, other_learner, scenarios):
    Session.objects.filter(pk=session.pk).update(world={"nothing": "of use"})
    other = started(other_learner, scenarios)
    for one in (session, other):
        owe(one)

    sweep()

    assert answers(other).exists()
    assert Session.objects.unanswered().get() == session


def test_a_conversation_that_never_stands_still_is_put_off(session, monkeypatch):
    owe(session)
    monkeypatch.setattr(turns, "store_turn", lambda turn: False)

    sweep()

    assert Session.objects.unanswered().get() == session


def test_a_customer_who_hears_nothing_asks_once_whether_anybody_is_there(session):
    owe(session)
    sweep()
    session.refresh_from_db()
    before = Message.objects.filter(session=session).count()
    later = session.started_at + timedelta(minutes=7)

    first = speak_up(session_id=session.pk, now=later)
    second = speak_up(session_id=session.pk, now=later + timedelta(minutes=7))

    assert len(first) == 1 and second == []
    assert Message.objects.filter(session=session).count() == before + 1
    assert len(happened(session, "nudge")) == 1


def test_the_sweep_lets_customers_speak_up(session):
    Session.objects.filter(pk=session.pk).update(
        started_at=session.started_at - timedelta(minutes=9),
        next_event_at=session.started_at - timedelta(minutes=1),
    )

    sweep()

    assert len(happened(session, "nudge")) == 1


def test_nobody_speaks_up_while_a_reply_is_owed(session):
    owe(session)

    assert speak_up(session_id=session.pk, now=session.started_at + timedelta(minutes=9)) == []


def test_nobody_speaks_up_before_the_time_or_after_the_end(session):
    assert speak_up(session_id=session.pk, now=session.started_at + timedelta(minutes=1)) == []

    abandon(session_id=session.pk, now=session.started_at + timedelta(minutes=2))

    assert speak_up(session_id=session.pk, now=session.started_at + timedelta(minutes=9)) == []


def test_a_customer_who_was_told_how_long_it_takes_waits_so_long(session):
    owe(session, "please give me ten minutes, i am reading the logs")
    sweep()
    session.refresh_from_db()

    assert session.next_event_at > session.started_at + timedelta(minutes=12)

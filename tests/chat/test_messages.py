"""Messages are stored once, in order, and answered once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from chat.errors import Empty, Finished, ReusedId, TooLong
from chat.models import Message
from chat.services import abandon, receive_message, take_turn
from tests.chat.talking import happened, say
from tests.conftest import NOW

LATER = NOW + timedelta(seconds=30)


def send(session, text="Hello there", client_id=None, message_type="reply"):
    return receive_message(
        session_id=session.pk,
        text=text,
        message_type=message_type,
        client_id=client_id or uuid4(),
        now=LATER,
    )


def test_a_conversation_opens_with_the_customers_words(open_session):
    first = open_session.messages.get()

    assert (first.seq, first.sender_type) == (1, "ai")
    assert first.text == open_session.document.ticket.opening


def test_seq_rises_by_one_without_holes(open_session):
    say(open_session, "Hello Maria")
    say(open_session, "checking the account", message_type="note")
    say(open_session, "What exactly does it say?")

    seqs = list(open_session.messages.values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))


def test_the_same_client_id_with_the_same_text_is_stored_once(open_session):
    client_id = uuid4()

    first = send(open_session, client_id=client_id)
    again = send(open_session, client_id=client_id)

    assert not first.duplicate
    assert again.duplicate
    assert again.message.pk == first.message.pk


def test_the_same_client_id_with_another_text_is_refused(open_session):
    client_id = uuid4()
    send(open_session, client_id=client_id)

    with pytest.raises(ReusedId):
        send(open_session, "Something else", client_id=client_id)

    assert open_session.messages.count() == 2


def test_a_duplicate_is_recognised_after_the_session_has_ended(open_session):
    client_id = uuid4()
    send(open_session, client_id=client_id)
    abandon(session_id=open_session.pk, now=LATER)

    assert send(open_session, client_id=client_id).duplicate


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\0"])
def test_an_empty_message_is_refused(open_session, text):
    with pytest.raises(Empty):
        send(open_session, text)


def test_length_counts_characters_not_bytes(open_session):
    send(open_session, "é" * 1000)

    with pytest.raises(TooLong):
        send(open_session, "é" * 1001)


def test_a_finished_session_takes_no_messages(open_session):
    abandon(session_id=open_session.pk, now=LATER)

    with pytest.raises(Finished):
        send(open_session)


def test_each_message_is_answered_by_one_turn_of_one_or_two_messages(open_session):
    answer = say(open_session, "What exactly does it say?")

    question = open_session.messages.get(seq=2)
    assert 1 <= len(answer) <= 2
    assert {m.turn_id for m in answer} == {question.turn_id}
    assert {m.in_reply_to for m in answer} == {question.pk}


def test_messages_in_quick_succession_share_a_turn(open_session):
    one, two = send(open_session, "Hello Maria"), send(open_session, "What exactly does it say?")

    answer = take_turn(session_id=open_session.pk, now=LATER)

    turns = set(
        Message.objects.filter(pk__in=[one.message.pk, two.message.pk]).values_list("turn_id", flat=True)
    )
    assert turns == {answer[0].turn_id}
    assert answer[0].in_reply_to == two.message.pk


def test_an_answered_message_is_not_answered_again(open_session):
    say(open_session, "Hello Maria")

    assert take_turn(session_id=open_session.pk, now=LATER) == []


def test_notes_are_not_answered(open_session):
    assert say(open_session, "sounds like a certificate", message_type="note") == []


def test_a_console_use_between_thinking_and_storing_makes_the_turn_think_again(open_session, monkeypatch):
    from chat.services import perform_action, turns

    think, interrupted = turns.think, []

    def think_while_the_console_is_used(session, waiting, now):
        thought = think(session, waiting, now)
        if not interrupted:
            interrupted.append(perform_action(session_id=session.pk, action="vpn_gateway_log", now=LATER))
        return thought

    monkeypatch.setattr(turns, "think", think_while_the_console_is_used)
    say(open_session, "What exactly does it say?")

    assert len(happened(open_session, "turn")) == 1
    earned = open_session.state.earned
    assert any(open_session.document.facts[fact].holder == "tool" for fact in earned)
    assert any(open_session.document.facts[fact].holder == "device" for fact in earned)


def test_the_same_seed_messages_and_times_give_the_same_conversation(learner, scenarios):
    from chat.services import start_session

    transcripts = []
    for _ in range(2):
        session = start_session(
            learner=learner, scenario=scenarios["locked-out-monday"], mode="exam", now=NOW, seed=99
        )
        for line in ("Hello Priya!", "what does it say exactly?", "since when?", "sorry, that is annoying"):
            say(session, line)
        transcripts.append(list(session.messages.values_list("text", flat=True)))
        abandon(session_id=session.pk, now=LATER)

    assert transcripts[0] == transcripts[1]

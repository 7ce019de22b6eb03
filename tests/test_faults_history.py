"""The checker of bench/faults finds each broken promise in a made-up history, and none in a whole one."""

from collections import Counter
from dataclasses import replace

import pytest

from bench.faults_parts.history import (
    Ack,
    Books,
    Conversation,
    Finding,
    Row,
    Sending,
    View,
    check,
    check_work,
)

S = "session"


def asked(seq, turn, *, text="hello", client_id=None, kind="reply"):
    return Row(f"m{seq}", seq, "user", kind, text, turn, None, client_id or f"c{seq}")


def said(seq, turn, to=None, *, text="yes?"):
    return Row(f"m{seq}", seq, "ai", "reply", text, turn, to and f"m{to}", None)


def sent(seq, *, at, connection=1, acked=True, client_id=None):
    ack = Ack(f"m{seq}", seq, False, connection, at + 0.1)
    return Sending(client_id or f"c{seq}", "hello", "reply", [(connection, at)], [ack] if acked else [])


def rows():
    """An opening, a question with an answer of two lines, another with one."""
    return [
        said(1, "t0"),
        asked(2, "t1"),
        said(3, "t1", 2),
        said(4, "t1", 2),
        asked(5, "t2"),
        said(6, "t2", 5),
    ]


def talk(stored=None, *, sendings=None, views=None, over=True):
    sendings = [sent(2, at=1.0), sent(5, at=2.0)] if sendings is None else sendings
    views = [View({row.seq: (row.id, row.text) for row in rows()})] if views is None else views
    return Conversation(S, {s.client_id: s for s in sendings}, views, over)


def broken(conversation, stored=None, last_seq=None):
    stored = rows() if stored is None else stored
    books = Books({S: stored}, {S: len(stored) if last_seq is None else last_seq})
    return {finding.promise for finding in check([conversation], books)}


def test_a_whole_history_breaks_nothing():
    assert broken(talk()) == set()


def test_an_acked_message_that_is_not_stored_is_lost():
    assert broken(talk(sendings=[*talk().sendings.values(), sent(7, at=3.0)])) == {"lost"}


def test_an_acked_message_stored_with_another_text_is_lost():
    stored = [replace(row, text="HELLO") if row.seq == 2 else row for row in rows()]
    assert broken(talk(views=[]), stored) == {"lost"}


def test_a_message_that_was_never_acked_may_be_stored_or_not():
    sendings = [sent(2, at=1.0, acked=False), sent(5, at=2.0), sent(9, at=3.0, acked=False)]
    assert broken(talk(sendings=sendings)) == set()


def test_a_client_id_stored_twice_is_doubled():
    stored = [*rows(), asked(7, "t2", client_id="c5")]
    assert "doubled" in broken(talk(views=[]), stored)


@pytest.mark.parametrize(
    "ack", [Ack("m9", 9, True, 1, 9.0), Ack("m5", 5, False, 1, 9.0)], ids=["elsewhere", "as new again"]
)
def test_a_second_ack_that_is_not_that_of_the_first_is_doubled(ack):
    conversation = talk()
    conversation.sendings["c5"].acks.append(ack)
    assert broken(conversation) == {"doubled"}


def test_a_second_ack_with_the_same_id_and_seq_is_as_promised():
    conversation = talk()
    conversation.sendings["c5"].acks.append(Ack("m5", 5, True, 2, 9.0))
    assert broken(conversation) == set()


def test_a_message_stored_before_one_that_was_acked_earlier_is_reordered():
    assert broken(talk(sendings=[sent(5, at=1.0), sent(2, at=2.0, connection=2)])) == {"reordered"}


def test_two_messages_in_flight_on_one_connection_keep_their_order():
    early, late = sent(5, at=1.0), sent(2, at=1.01)
    assert broken(talk(sendings=[early, late])) == {"reordered"}


def test_two_messages_in_flight_on_two_connections_may_come_in_any_order():
    assert broken(talk(sendings=[sent(5, at=1.0), sent(2, at=1.01, connection=2)])) == set()


@pytest.mark.parametrize("last_seq", [5, 7])
def test_numbers_that_do_not_run_from_one_to_the_last_have_holes(last_seq):
    assert broken(talk(), last_seq=last_seq) == {"holes"}


def test_a_message_answered_by_two_turns_is_doubled():
    assert "doubled" in broken(talk(views=[]), [*rows(), said(7, "t3", 5)])


def test_a_turn_that_answers_what_another_turn_answered_is_doubled():
    stored = [replace(row, turn="t2") if row.seq == 2 else row for row in rows()]
    assert broken(talk(), stored) == {"doubled"}


def test_a_turn_of_three_messages_is_doubled():
    assert "doubled" in broken(talk(views=[]), [*rows(), said(7, "t1", 2)])


def test_one_turn_may_answer_two_messages():
    stored = [said(1, "t0"), asked(2, "t1"), asked(3, "t1"), said(4, "t1", 3)]
    sendings = [sent(2, at=1.0), sent(3, at=2.0)]
    assert broken(talk(sendings=sendings, views=[]), stored) == set()


def test_a_message_without_a_turn_in_a_finished_conversation_is_unanswered():
    stored = [*rows()[:4], asked(5, None)]
    views = [View({row.seq: (row.id, row.text) for row in stored})]
    assert broken(talk(views=views), stored) == {"unanswered"}
    assert broken(talk(views=views, over=False), stored) == set()


def test_a_message_whose_turn_said_nothing_is_unanswered():
    assert broken(talk(views=[]), [*rows()[:4], asked(5, "t2")]) == {"unanswered"}


def test_a_note_needs_no_answer():
    stored = [*rows()[:4], asked(5, None, kind="note")]
    note = replace(sent(5, at=2.0), kind="note")
    assert broken(talk(sendings=[sent(2, at=1.0), note], views=[]), stored) == set()


def test_a_client_that_was_shown_what_is_not_stored_saw_a_phantom():
    view = talk().views[0]
    view.take(7, "m7", "never committed")
    assert broken(talk(views=[view])) == {"phantom"}


def test_a_client_that_was_shown_two_messages_of_one_number_saw_a_phantom():
    view = talk().views[0]
    assert not view.take(6, "m66", "another")
    assert broken(talk(views=[view])) == {"phantom"}


def test_a_stored_message_that_nobody_sent_is_a_phantom():
    assert broken(talk(sendings=[sent(2, at=1.0)])) == {"phantom"}


def test_a_client_that_never_got_a_message_is_unhealed_once_all_is_over():
    view = talk().views[0]
    del view.held[4]
    assert view.whole_to == 3
    assert broken(talk(views=[view])) == {"unhealed"}
    assert broken(talk(views=[view], over=False)) == set()


def test_every_resolved_session_has_one_score_one_reward_and_the_ledger_is_the_xp():
    whole = Books({}, {}, {S}, Counter([S]), Counter([S]), Counter([(S, "score")]), {"person": (50, 50)})
    assert check_work(whole) == []
    for change, promise in (
        ({"scores": Counter()}, "unscored"),
        ({"scores": Counter([S, S])}, "doubled"),
        ({"rewards": Counter()}, "unpaid"),
        ({"rewards": Counter([S, S])}, "double_xp"),
        ({"pays": Counter([(S, "score")] * 2)}, "double_xp"),
        ({"xp": {"person": (100, 50)}}, "double_xp"),
    ):
        assert [f.promise for f in check_work(replace(whole, **change))] == [promise]


def test_a_finding_names_its_session():
    books = Books({S: []}, {S: 0})
    conversation = Conversation(S, {"c2": sent(2, at=1.0)})
    assert check([conversation], books) == [Finding("lost", S, "c2 was acked as 2 and is not stored")]

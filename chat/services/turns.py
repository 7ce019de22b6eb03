"""Taking turns: thought without a lock, stored where the session still stands as it was read."""

from datetime import datetime
from random import Random
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext

from accounts.metrics import REPLY_SECONDS, TURNS
from chat.errors import Busy
from chat.models import Event, Message, Sender, Session
from chat.services.log import announce, append, changed, lock, say_changed
from chat.services.thinking import Turn, say, think
from chat.voices.scripted import speak
from scenarios.world.step import wait

ATTEMPTS = 5


def take_turn(*, session_id: UUID, now: datetime) -> list[Message]:
    """Answers every message that waits with exactly one turn of one or two messages; [] if none waits.

    Thinks without a lock and stores only if the session stands where it stood, else thinks again:
    whoever stores first wins, so a message is answered once however many processes try.
    The words are the scripted ones, whoever speaks else: who comes here has waited long enough.
    """
    for _ in range(ATTEMPTS):
        session, waiting = read_turn(session_id)
        if not waiting or not session.is_active:
            return []
        turn = think(session, waiting, now)
        if store_turn(turn):
            count(turn)
            return turn.said
    raise Busy(gettext("The conversation is very busy; your message is kept and will be answered."))


def read_turn(session_id: UUID) -> tuple[Session, list[Message]]:
    """The session with its ticket, and what waits for the customer, in order."""
    session = Session.objects.select_related("ticket").get(pk=session_id)
    return session, list(session.messages.waiting().order_by("seq"))


def count(turn: Turn) -> None:
    """Of a turn that was stored."""
    took = turn.said[0].created_at - turn.answered[-1].created_at
    TURNS.labels(turn.voice).inc()
    REPLY_SECONDS.labels(turn.voice).observe(took.total_seconds())


@transaction.atomic
def store_turn(turn: Turn) -> bool:
    """The turn's messages, events and state in one commit; False where the session moved on meanwhile."""
    session, seen = turn.session, turn.seen
    standing = Session.objects.active().filter(
        pk=session.pk, revision=seen.revision, last_seq=seen.last_seq, last_event=seen.last_event
    )
    stored = standing.update(
        revision=session.revision,
        last_seq=session.last_seq,
        last_event=session.last_event,
        world=session.world,
        desk=session.desk,
        next_event_at=session.next_event_at,
        turn_due_at=None,
        turn_attempts=0,
        turn_error="",
    )
    if not stored:
        return False
    Message.objects.filter(pk__in=[message.pk for message in turn.answered]).update(turn_id=turn.id)
    Message.objects.bulk_create(turn.said)
    Event.objects.bulk_create(turn.happened)
    if turn.resumed:
        session.ticket.save()
    announce(session, turn.said)
    say_changed(session)
    return True


@transaction.atomic
def speak_up(*, session_id: UUID, now: datetime) -> list[Message]:
    """What the customer says unasked, if its time has come; [] if not, or if a reply is owed first."""
    session = lock(session_id, active=False)
    due, owed = session.next_event_at, session.messages.waiting().exists()
    if due is None or due > now or owed or not session.is_active:
        return []
    dice = Random(f"{session.seed}:{session.revision}:wait")
    outcome = wait(session.document, session.state, dice, session.seconds_at(now))
    texts, outcome.state.wordings = speak(session.document, outcome.state, outcome.moves, dice)
    written = Message.objects.bulk_create(say(session, texts, Sender.AI, now, turn_id=uuid4()))
    session.world = outcome.state.as_json()
    append(session, [(event.kind, event.data) for event in outcome.events], at=now)
    announce(session, written)
    changed(session)
    return written

"""The customer's turn: what waits is understood, the world steps, the voice speaks, all is stored at once."""

import logging
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext

from chat.customer.understanding import Reading
from chat.errors import Busy
from chat.listening import listener_for
from chat.models import Message, Sender, Session, TicketStatus
from chat.services.log import add_message, announce, append, changed, lock
from chat.voices.scripted import speak
from scenarios.world.state import State
from scenarios.world.step import hear, wait
from scenarios.world.turn import Heard, Outcome

log = logging.getLogger(__name__)
ATTEMPTS = 5


@dataclass(frozen=True)
class Thought:
    """A turn as thought, not yet stored."""

    waiting: list[Message]
    readings: list[Reading]
    outcome: Outcome
    state: State
    texts: list[str]

    @property
    def is_gone(self) -> bool:
        return [move.kind for move in self.outcome.moves] == ["gone"]


def take_turn(*, session_id: UUID, now: datetime) -> list[Message]:
    """Answers every message that waits with exactly one turn of one or two messages; [] if none waits.

    Thinks without a lock and stores only if nothing changed the world meanwhile, else thinks again:
    whoever stores first wins, so a message is answered once however many processes try.
    """
    for _ in range(ATTEMPTS):
        session = Session.objects.get(pk=session_id)
        waiting = list(session.messages.waiting().order_by("seq"))
        if not waiting or not session.is_active:
            return []
        thought = _think(session, waiting)
        written = _store(session, thought, now)
        if written is not None:
            return written
    raise Busy(gettext("The conversation is very busy; your message is kept and will be answered."))


def _think(session: Session, waiting: list[Message]) -> Thought:
    world, state = session.document, session.state
    readings = [_read(session, message, state) for message in waiting]
    dice = Random(f"{session.seed}:{state.turn}")
    at = session.seconds_at(waiting[-1].created_at)
    outcome = hear(world, state, _together(readings, at), dice)
    texts, wordings = speak(world, outcome.state, outcome.moves, dice)
    outcome.state.wordings = wordings
    return Thought(waiting, readings, outcome, outcome.state, texts)


def _read(session: Session, message: Message, state: State) -> Reading:
    """What breaks understanding gets a "sorry, what do you mean?": it must not cost the learner the session."""
    try:
        return listener_for(session.version_id, session.document).understand(message.text, state)
    except Exception:
        log.exception("Message %s could not be understood", message.pk)
        return Reading(unclear=True)


def _together(readings: list[Reading], at: float) -> Heard:
    return Heard(
        acts=tuple(act for reading in readings for act in reading.acts),
        at=at,
        options=next((r.options for r in readings if r.options), ()),
        unclear=any(r.unclear for r in readings),
        jargon=any(r.jargon for r in readings),
        steps=any(r.steps for r in readings),
    )


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
    written = _said(session, texts, Sender.AI, now, turn_id=uuid4())
    session.world = outcome.state.as_json()
    append(session, [(event.kind, event.data) for event in outcome.events], at=now)
    announce(session, written)
    changed(session)
    return written


@transaction.atomic
def _store(seen: Session, thought: Thought, now: datetime) -> list[Message] | None:
    """The turn's messages, events and state in one commit; None where the world moved on meanwhile."""
    session = lock(seen.pk, active=False)
    if session.revision != seen.revision or not session.is_active:
        return None
    turn_id = uuid4()
    session.messages.filter(pk__in=[m.pk for m in thought.waiting]).update(turn_id=turn_id)
    sender = Sender.SYSTEM if thought.is_gone else Sender.AI
    written = _said(session, thought.texts, sender, now, turn_id=turn_id, in_reply_to=thought.waiting[-1].pk)
    session.world = thought.state.as_json()
    _remember_answers(session, thought, written)
    append(session, _happened(thought, written), at=thought.waiting[-1].created_at)
    _customer_answered(session, now)
    announce(session, written)
    changed(session)
    return written


def _said(session: Session, texts: list[str], sender: Sender, now: datetime, **turn: UUID) -> list[Message]:
    return [add_message(session, at=now, sender_type=sender, text=text, **turn) for text in texts]


def _happened(thought: Thought, written: list[Message]) -> list[tuple[str, dict[str, Any]]]:
    heard = [
        (
            "heard",
            {
                "message": str(message.pk),
                "seq": message.seq,
                "acts": [
                    {"name": a.name, "confidence": round(a.confidence, 3), "arg": a.arg} for a in reading.acts
                ],
                "options": list(reading.options),
                "unclear": reading.unclear,
            },
        )
        for message, reading in zip(thought.waiting, thought.readings, strict=True)
    ]
    cause = {"seq": thought.waiting[-1].seq, "reply": written[0].seq}
    stepped = [(event.kind, event.data | cause) for event in thought.outcome.events]
    turn = {
        "turn": thought.state.turn,
        "messages": [message.seq for message in written],
        "moves": [[move.kind, move.ref] for move in thought.outcome.moves],
        "patience": thought.state.patience,
        "trust": thought.state.trust,
    }
    return [*heard, *stepped, ("turn", turn)]


def _remember_answers(session: Session, thought: Thought, written: list[Message]) -> None:
    """Keeps, for the verification panel, what the caller gave and in which message."""
    for event in thought.outcome.events:
        if event.kind == "identity" and event.data["given"]:
            field = event.data["field"]
            value = thought.state.answered[field]
            session.desk["said"][field] = {"value": value, "seq": written[0].seq, "id": str(written[0].pk)}


def _customer_answered(session: Session, now: datetime) -> None:
    """A ticket that waited for the customer is open again, its clocks run."""
    ticket = session.ticket
    if ticket.paused_at is not None:
        ticket.run(now)
        ticket.status = TicketStatus.OPEN
        ticket.save()

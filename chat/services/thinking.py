"""The customer's turn in memory: what waits is understood, the world steps, the voice speaks."""

import logging
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID, uuid4

from chat.customer.understanding import Reading
from chat.listening import listener_for
from chat.models import Event, Message, Sender, Session, TicketStatus, Voice
from chat.voices.scripted import speak
from scenarios.world.state import State
from scenarios.world.step import hear
from scenarios.world.turn import Heard, Outcome

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session stood when it was read. A turn is stored only if it still stands there."""

    revision: int
    last_seq: int
    last_event: int

    @classmethod
    def of(cls, session: Session) -> "Place":
        return cls(session.revision, session.last_seq, session.last_event)


@dataclass(frozen=True, slots=True)
class Turn:
    """All that a turn writes, not yet stored: rows as they will be.

    `resumed`: the ticket's clocks run again. `changed`: the documents of the session that the turn changed.
    `outcome`: what the world made of it. `voice`: whose words the messages are.
    """

    id: UUID
    seen: Place
    session: Session
    answered: list[Message]
    said: list[Message]
    happened: list[Event]
    resumed: bool
    changed: tuple[str, ...] = ()
    outcome: Outcome | None = None
    voice: Voice = Voice.SCRIPTED


def think(
    session: Session, waiting: list[Message], now: datetime, readings: list[Reading] | None = None
) -> Turn:
    """Answers all messages that wait with one or two. Changes `session` and its ticket in memory alone.

    `readings`: how each is understood, where that was found out before.
    """
    seen, turn_id, last = Place.of(session), uuid4(), waiting[-1]
    world, state = session.document, session.state
    readings = readings or [read(session, message, state) for message in waiting]
    dice = Random(f"{session.seed}:{state.turn}")
    outcome = hear(world, state, _together(readings, session.seconds_at(last.created_at)), dice)
    texts, outcome.state.wordings = speak(world, outcome.state, outcome.moves, dice)
    sender = Sender.SYSTEM if is_gone(outcome) else Sender.AI
    said = say(session, texts, sender, now, turn_id=turn_id, in_reply_to=last.pk)
    session.world = outcome.state.as_json()
    changed = ("world", "desk") if _remember_answers(session, outcome, said[0]) else ("world",)
    happened = note(session, _happened(waiting, readings, outcome, said), at=last.created_at)
    resumed = session.ticket.paused_at is not None
    if resumed:
        session.ticket.run(now)
        session.ticket.status = TicketStatus.OPEN
    session.revision += 1
    session.plan_next_event()
    return Turn(turn_id, seen, session, waiting, said, happened, resumed, changed, outcome)


def is_gone(outcome: Outcome) -> bool:
    """Nobody is at the other end any more."""
    return [move.kind for move in outcome.moves] == ["gone"]


def say(session: Session, texts: list[str], sender: Sender, now: datetime, **turn: UUID) -> list[Message]:
    """The session's next messages; the caller stores them and the session."""
    first = session.last_seq + 1
    session.last_seq += len(texts)
    return [
        Message(session=session, seq=seq, created_at=now, sender_type=sender, text=text, **turn)
        for seq, text in enumerate(texts, start=first)
    ]


def note(session: Session, happened: list[tuple[str, dict[str, Any]]], *, at: datetime) -> list[Event]:
    """The session's next events; the caller stores them and the session."""
    first = session.last_event + 1
    session.last_event += len(happened)
    return [
        Event(session=session, number=number, kind=kind, data=data, at=at)
        for number, (kind, data) in enumerate(happened, start=first)
    ]


def read(session: Session, message: Message, state: State) -> Reading:
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


def _happened(
    waiting: list[Message], readings: list[Reading], outcome: Outcome, said: list[Message]
) -> list[tuple[str, dict[str, Any]]]:
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
        for message, reading in zip(waiting, readings, strict=True)
    ]
    cause = {"seq": waiting[-1].seq, "reply": said[0].seq}
    stepped = [(event.kind, event.data | cause) for event in outcome.events]
    turn = {
        "turn": outcome.state.turn,
        "messages": [message.seq for message in said],
        "moves": [[move.kind, move.ref] for move in outcome.moves],
        "patience": outcome.state.patience,
        "trust": outcome.state.trust,
    }
    return [*heard, *stepped, ("turn", turn)]


def _remember_answers(session: Session, outcome: Outcome, first: Message) -> bool:
    """Keeps, for the verification panel, what the caller gave and in which message; whether there was any."""
    given = [e.data["field"] for e in outcome.events if e.kind == "identity" and e.data["given"]]
    for field in given:
        value = outcome.state.answered[field]
        session.desk["said"][field] = {"value": value, "seq": first.seq, "id": str(first.pk)}
    return bool(given)

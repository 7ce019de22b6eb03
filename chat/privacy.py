"""What the desk keeps of a person: tickets, conversations, and what they did."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.privacy import keeps, rows
from chat.models import Event, Message, Session, Status

ABOUT = ("mode", "voice", "status", "outcome", "started_at", "finished_at", "draft", "resolution")


def _export(person: User) -> dict[str, Any]:
    sessions = Session.objects.of(person).select_related("scenario", "ticket").order_by("started_at")
    return {"sessions": [_session(session) for session in sessions]}


def _session(session: Session) -> dict[str, Any]:
    """The log of what happened only where it is over: before, it would tell how the ticket is built."""
    ticket = session.ticket
    log = session.events.all() if session.status == Status.COMPLETED else Event.objects.none()
    return {
        "id": session.pk,
        "scenario": session.scenario.title,
        "ticket": {
            name: getattr(ticket, name)
            for name in ("number", "category", "impact", "urgency", "priority", "status")
        },
        **{name: getattr(session, name) for name in ABOUT},
        "messages": rows(session.messages.all(), "seq", "sender_type", "message_type", "text", "created_at"),
        "model_calls": rows(session.model_calls.all(), "at", "model", "result", "tokens_in", "tokens_out"),
        "events": rows(log, "number", "kind", "data", "at"),
    }


def _erase(person: User, now: datetime) -> None:
    """Sessions stay as numbers: which scenario, how long, how it ended."""
    mine = Session.objects.of(person)
    Message.objects.filter(session__in=mine).delete()
    Event.objects.filter(session__in=mine).delete()
    mine.active().update(status=Status.ABANDONED, finished_at=now, next_event_at=None)
    mine.update(draft={}, resolution=None, desk={"said": {}, "marks": {}, "runs": [], "opened": []})


keeps(export=_export, erase=_erase)

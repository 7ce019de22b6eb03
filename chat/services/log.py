"""Locking a session, appending to its log, telling those who watch."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import Missing
from accounts.live import publish
from chat.errors import Finished
from chat.frames import message_frame, state_frame
from chat.models import Event, Message, Session
from chat.services.thinking import note


def lock(session_id: UUID, *, active: bool = True) -> Session:
    """The session's row, locked until the transaction ends. Raises Missing, or Finished where it must be active."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("ticket")
    session = rows.filter(pk=session_id).first()
    if session is None:
        raise Missing(_("There is no such session."))
    if active:
        require_active(session)
    return session


def require_active(session: Session) -> None:
    if not session.is_active:
        raise Finished(_("This session is finished; nothing can be added to it."))


def append(session: Session, happened: Iterable[tuple[str, dict[str, Any]]], *, at: datetime) -> None:
    """Adds events to the log of a locked session; the caller saves the session."""
    Event.objects.bulk_create(note(session, list(happened), at=at))


def add_message(session: Session, *, at: datetime, **fields: Any) -> Message:
    """Stores the next message of a locked session; the caller saves the session."""
    session.last_seq += 1
    return Message.objects.create(session=session, seq=session.last_seq, created_at=at, **fields)


def without_nul(text: str) -> str:
    """What people paste may hold NUL, which PostgreSQL stores neither as text nor as JSON."""
    return text.replace("\0", " ")


def changed(session: Session) -> None:
    """Saves a locked session whose world or desk changed, and tells the watchers after commit."""
    session.revision += 1
    session.plan_next_event()
    session.save()
    say_changed(session)


def say_changed(session: Session) -> None:
    """Tells the watchers after commit how the session stands."""
    transaction.on_commit(lambda: publish(session.group, state_frame(session)))


def announce(session: Session, messages: Iterable[Message]) -> None:
    """Sends messages to the watchers after commit; a hint, the database is the truth."""
    for message in messages:
        frame = message_frame(message)
        transaction.on_commit(lambda frame=frame: publish(session.group, frame))  # type: ignore[misc]

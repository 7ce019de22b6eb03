"""Reading somebody's work."""

from datetime import datetime

from accounts.models import User
from accounts.services.audit import record_reading
from chat.models import Session


def note_read(*, session: Session, reader: User, now: datetime) -> None:
    """An administrator who reads somebody's work leaves a trace, one an hour."""
    if reader.is_admin and not session.belongs_to(reader):
        record_reading(actor=reader, action="session.read", about=session, now=now)

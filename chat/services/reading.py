"""Reading somebody's work."""

from datetime import datetime

from accounts.models import User
from accounts.services import record_audit
from chat.models import Session


def note_read(*, session: Session, reader: User, now: datetime) -> None:
    """An administrator who reads somebody's work leaves a trace."""
    if reader.is_admin and not session.belongs_to(reader):
        record_audit(actor=reader, action="session.read", about=session, now=now)

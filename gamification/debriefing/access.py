"""Who may read how a session went, and how much of it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.errors import Missing
from accounts.models import User
from assessment.models import Assessment
from assessment.self_assessment import see_score
from chat.models import Session
from chat.services import note_read


def visible_session(viewer: User, session_id: UUID, *, now: datetime) -> tuple[Session, bool]:
    """The session, and whether the work itself (transcript, notes) may be read or only the assessment.

    Raises Missing for everybody else. An administrator who reads somebody's work leaves a trace.
    """
    related = ("scenario", "version", "ticket", "learner", "self_assessment", "assessment__reward")
    session = Session.objects.select_related(*related).filter(pk=session_id).first()
    if session is None:
        raise Missing("There is no such session.")
    if Session.objects.visible_to(viewer).filter(pk=session_id).exists():
        if session.learner.is_erased:
            raise Missing(_("Whose ticket this was has erased their account; the words went with it."))
        note_read(session=session, reader=viewer, now=now)
        return session, True
    if Assessment.objects.visible_to(viewer).filter(session=session_id).exists():
        return session, False
    raise Missing("There is no such session.")


def note_seen(viewer: User, session: Session, *, now: datetime) -> None:
    """From here on the learner has seen the score of their own session; nobody else's look counts."""
    if session.belongs_to(viewer) and session.assessment.seen_at is None:
        see_score(session_id=session.pk, now=now)

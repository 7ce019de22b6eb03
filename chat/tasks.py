"""Owed turns and idle sessions, found again by the sweep."""

import logging
from uuid import UUID

from asgiref.sync import async_to_sync
from celery import shared_task
from django.utils import timezone

from accounts.services.owed import work_off
from chat.answering import answer_now
from chat.models import Session
from chat.services import close_idle, speak_up, take_turn

log = logging.getLogger(__name__)
AT_ONCE = 100


@shared_task
def answer(session_id: str) -> None:
    """A turn in a model's words, for a message that came without a socket."""
    async_to_sync(answer_now)(UUID(session_id))


@shared_task
def sweep() -> None:
    """Answers what waited too long for its process, lets customers speak up, closes what was left alone."""
    now = timezone.now()
    work_off(rows=Session.objects.all(), work=_answer, now=now)
    for session_id in Session.objects.speaking_up(now).values_list("pk", flat=True)[:AT_ONCE]:
        try:
            speak_up(session_id=session_id, now=now)
        except Exception:
            log.exception("The customer of %s speaks up later", session_id)
    close_idle(now=now)


def _answer(session: Session) -> None:
    take_turn(session_id=session.pk, now=timezone.now())

"""Owed turns and idle sessions, found again by the sweep."""

import logging

from celery import shared_task
from django.utils import timezone

from chat.models import Session
from chat.services import close_idle, speak_up, take_turn

log = logging.getLogger(__name__)
AT_ONCE = 100


@shared_task
def sweep() -> None:
    """Answers what waited too long for its process, lets customers speak up, closes what was left alone."""
    now = timezone.now()
    for sessions, serve in (
        (Session.objects.unanswered(), take_turn),
        (Session.objects.speaking_up(now), speak_up),
    ):
        for session_id in sessions.values_list("pk", flat=True)[:AT_ONCE]:
            try:
                serve(session_id=session_id, now=now)
            except Exception:  # one broken session must not keep the others waiting
                log.exception("The turn of %s is put off", session_id)
    close_idle(now=now)

"""Scores are made here and skills rated; a sweep finds again what was lost on the way."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from assessment.models import Assessment
from assessment.selectors.skills import unrated
from assessment.services import owed_sessions, score_session
from assessment.skills.services import rate, rate_owed

AT_ONCE = 100


@shared_task
def score(session_id: str) -> None:
    score_session(session_id=UUID(session_id), now=timezone.now())


@shared_task
def rate_skills(assessment_id: str) -> None:
    rate(assessment_id=UUID(assessment_id))


@shared_task
def sweep() -> None:
    now = timezone.now()
    due = Assessment.objects.due(now).values_list("session_id", flat=True)[:AT_ONCE]
    for session_id in {*owed_sessions(), *due}:
        score_session(session_id=session_id, now=now)
    rate_owed(unrated()[:AT_ONCE])

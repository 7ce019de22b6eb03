"""Scores are made here and skills rated; a sweep finds again what was lost on the way."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from assessment.services import score_owed_sessions, score_session
from assessment.skills.services import rate_owed


@shared_task
def score(session_id: str) -> None:
    score_session(session_id=UUID(session_id), now=timezone.now())


@shared_task
def rate_skills(assessment_id: str) -> None:
    rate_owed(now=timezone.now(), only=UUID(assessment_id))


@shared_task
def sweep() -> None:
    score_owed_sessions(now=timezone.now())
    rate_owed(now=timezone.now())

"""Reactions to what lower apps and scoring did."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from accounts.queue import hurry
from assessment.signals import session_rescored, session_scored
from assessment.tasks import rate_skills, score
from chat.signals import session_finished


@receiver(session_finished)
def score_soon(session_id: UUID, **_: Any) -> None:
    hurry(score, str(session_id))


@receiver([session_scored, session_rescored])
def rate_soon(assessment_id: UUID, **_: Any) -> None:
    hurry(rate_skills, str(assessment_id))

"""Reactions to what lower apps did."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from accounts.queue import hurry
from assessment.signals import session_rescored, session_scored
from gamification.tasks import pay


@receiver([session_scored, session_rescored])
def pay_soon(assessment_id: UUID, **_: Any) -> None:
    hurry(pay, str(assessment_id))

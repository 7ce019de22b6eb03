"""Rewards are paid here; a sweep finds again what was lost on the way."""

import logging
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from gamification.selectors import unrewarded
from gamification.services import reward

log = logging.getLogger(__name__)
AT_ONCE = 100


@shared_task
def pay(assessment_id: str) -> None:
    reward(assessment_id=UUID(assessment_id), now=timezone.now())


@shared_task
def sweep() -> None:
    """Pays what is owed, oldest first; one that cannot be paid does not hold up the others."""
    for assessment_id in unrewarded().values_list("pk", flat=True)[:AT_ONCE]:
        try:
            reward(assessment_id=assessment_id, now=timezone.now())
        except Exception:
            log.exception("Assessment %s could not be rewarded; it stays owed", assessment_id)

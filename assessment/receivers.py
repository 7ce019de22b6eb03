"""Reactions to what lower apps did."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from accounts.queue import hurry
from assessment.tasks import score
from chat.signals import session_finished


@receiver(session_finished)
def score_soon(session_id: UUID, **_: Any) -> None:
    hurry(score, str(session_id))
